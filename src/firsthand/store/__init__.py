"""The case folder: sealed objects, the custody log that names them, and an index that can be made again from both.

`folder` opens a case for reading or for writing, `verify` checks every byte of it, `serial` writes records as JSON and
reads them back. Nothing here prints, and nothing here knows what the stages make of the bytes.
"""
