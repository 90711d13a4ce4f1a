"""Runs the stages over files or over a case: alone knows both the stages and the store.

`tracing` does it once and keeps nothing, `case` does it for a folder that remembers. `inputs` turns names into files,
`workers` reads hostile bytes in processes that may be killed, `stages` names the stages that run.
"""
