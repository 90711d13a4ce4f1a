"""Statements and origins to findings: what is asserted, who says so independently, and who says otherwise."""

from firsthand.reconcile.counting import Ledger, count, ledger
from firsthand.reconcile.reconciling import reconcile

__all__ = ["Ledger", "count", "ledger", "reconcile"]
