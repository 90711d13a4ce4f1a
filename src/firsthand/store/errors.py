# ruff: noqa: N818  the names say what is wrong; "Error" behind each would add nothing
"""What can be wrong with a case folder. Each error says which file, why, and what to do next."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """Base of them all: `where` it happened, the `reason`, and the `remedy`, each in words for the user."""

    def __init__(self, where: Path | str, reason: str, remedy: str) -> None:
        super().__init__(f"{where}: {reason} {remedy}")
        self.where = str(where)
        self.reason = reason
        self.remedy = remedy


class CaseNotFound(StoreError):
    """The folder holds no case."""


class CaseExists(StoreError):
    """The folder cannot become a case, because something is there already."""


class CaseLocked(StoreError):
    """Another process is writing to the case."""


class CaseDamaged(StoreError):
    """What the case remembers does not hold together, so nothing may be added to it."""


class CaseTooNew(StoreError):
    """A later version of this program wrote the case."""


class ObjectMissing(StoreError):
    """The log names sealed bytes that are not in the folder."""


class ObjectDamaged(StoreError):
    """Sealed bytes are no longer what the log says they were."""


class WriteFailed(StoreError):
    """The disk refused a write. Everything acknowledged before it is kept."""


class RecordNotFound(StoreError):
    """No record of the case has that identifier."""
