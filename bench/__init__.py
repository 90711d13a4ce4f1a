"""Measurements: one command a question, peers in the same run, figures in RESULTS.md."""
