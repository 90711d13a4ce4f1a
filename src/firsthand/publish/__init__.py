"""Publish: one run's results as a contract for programs, a summary for a terminal and a dossier for readers."""

from firsthand.publish.contract import results_json, results_schema
from firsthand.publish.dossier import dossier_html
from firsthand.publish.index import BrokenResultsError
from firsthand.publish.summary import summary

__all__ = ["BrokenResultsError", "dossier_html", "results_json", "results_schema", "summary"]
