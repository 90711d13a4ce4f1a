"""Asks a person's own language model, on a server whose address the person gives."""

from firsthand.ask.model_server import ModelServer, Question, ask, refuse_address

__all__ = ["ModelServer", "Question", "ask", "refuse_address"]
