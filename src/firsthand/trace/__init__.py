"""Trace: who draws on whom, and the few origins that statements rest on."""

from firsthand.trace.tracing import METHOD, trace

__all__ = ["METHOD", "trace"]
