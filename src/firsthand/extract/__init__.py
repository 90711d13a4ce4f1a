"""Extract: from a document to its statements, each with its exact words, voices, certainty and subject."""

from firsthand.extract.statements import METHOD, extract

__all__ = ["METHOD", "extract"]
