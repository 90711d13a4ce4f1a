"""Publish: one run's results as a contract for programs, a summary for a terminal and a dossier for readers."""

from firsthand.publish.contract import results_json, results_schema
from firsthand.publish.index import BrokenResultsError
from firsthand.publish.summary import summary

__all__ = ["BrokenResultsError", "results_json", "results_schema", "summary"]
