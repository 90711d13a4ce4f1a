"""The stages that a run uses, as one value, so that a test or another method can put its own in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from firsthand.records import Capture, Decision, Document, Finding, PartlyRead, Proposals, Refusal, Statement, Traced


class Read(Protocol):
    """Reads the main text of one capture; several documents when it holds several stories."""

    def __call__(self, capture: Capture, content: bytes, /) -> tuple[Document, ...] | PartlyRead | Refusal:
        """The documents in it, with what had to be left out if anything had, or why there are none."""


class Extract(Protocol):
    """Finds the on-topic statements of one document."""

    def __call__(self, document: Document, proposals: Sequence[Proposals] = (), /) -> tuple[Statement, ...]:
        """Its statements, in the order of the text, and those that only the proposals of a model point at."""


class Trace(Protocol):
    """Finds who draws on whom, and what everything rests on."""

    def __call__(self, documents: Sequence[Document], statements: Sequence[Statement], /) -> Traced:
        """Derivations, origins, and a grounding for each statement."""


class Reconcile(Protocol):
    """Puts statements that assert or dispute the same thing together, and counts their origins."""

    def __call__(
        self,
        documents: Sequence[Document],
        statements: Sequence[Statement],
        traced: Traced,
        decisions: Sequence[Decision] = (),
        /,
    ) -> tuple[Finding, ...]:
        """The findings, with what people decided taken into account."""


if TYPE_CHECKING:
    from firsthand.read import ReadingMode


class ReadingUnavailableError(Exception):
    """A mode of reading needs a library that is not installed; says which and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stages:
    """One function a stage. They are module-level functions, so that a worker process can be told which to run."""

    read: Read
    extract: Extract
    trace: Trace
    reconcile: Reconcile
    read_again: Read | None = None
    """Reads what ended the worker that read it first; None where nothing else can."""


def default_stages(reading: ReadingMode = "standard") -> Stages:
    """The project's own stages, each imported when it first runs: reading pulls in heavy parsers.

    With `reading` "best", web pages are read as `firsthand.read` says; raises `ReadingUnavailableError` where the
    extra `best` is not installed.
    """
    if reading == "standard":
        return Stages(read=_read, extract=_extract, trace=_trace, reconcile=_reconcile)
    if find_spec("trafilatura") is None:
        raise ReadingUnavailableError("The second extractor, trafilatura, is not installed here.")
    return Stages(read=read_best, extract=_extract, trace=_trace, reconcile=_reconcile, read_again=read_without_opinion)


def _read(capture: Capture, content: bytes, /) -> tuple[Document, ...] | PartlyRead | Refusal:
    from firsthand.read import read

    return read(capture, content)


def read_best(capture: Capture, content: bytes, /) -> tuple[Document, ...] | PartlyRead | Refusal:
    """The read stage in its best mode."""
    from firsthand.read import read

    return read(capture, content, "best")


def read_without_opinion(capture: Capture, content: bytes, /) -> tuple[Document, ...] | PartlyRead | Refusal:
    """The standard mode, for what the best one was ended over; the documents say so."""
    from firsthand.read import read, without_opinion

    found = read(capture, content)
    if isinstance(found, Refusal):
        return found
    documents = found.documents if isinstance(found, PartlyRead) else found
    why = without_opinion("reading it that way ended the process, by its limits or otherwise")
    warned = tuple(replace(each, warnings=(*each.warnings, why)) for each in documents)
    return replace(found, documents=warned) if isinstance(found, PartlyRead) else warned


def _extract(document: Document, proposals: Sequence[Proposals] = (), /) -> tuple[Statement, ...]:
    from firsthand.extract import extract

    return extract(document, proposals)


def _trace(documents: Sequence[Document], statements: Sequence[Statement], /) -> Traced:
    from firsthand.trace import trace

    return trace(documents, statements)


def _reconcile(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    traced: Traced,
    decisions: Sequence[Decision] = (),
    /,
) -> tuple[Finding, ...]:
    from firsthand.reconcile import reconcile

    return reconcile(documents, statements, traced, decisions)
