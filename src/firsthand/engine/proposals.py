"""What became of what models proposed: how much was new, known already, or not to be found in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.engine.workers import Reading
from firsthand.records import Document, Proposals


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """One model's proposals, each counted once; the three parts add up to `quotes`."""

    model: str
    quotes: int
    """Different quotes that it answered with, document by document."""
    new: int
    """Those that point at statements which Firsthand had not found."""
    known: int
    """Those that stand in what Firsthand had found already."""
    dropped: int
    """Those that do not stand in the document, word for word, or are no sentence's worth."""


def tally(proposals: Sequence[Proposals], readings: Sequence[Reading]) -> tuple[Tally, ...]:
    """The count for each model, by name. Proposals for documents that were not read count as dropped."""
    documents = {document.id: document for reading in readings for document in reading.documents}
    made: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for reading in readings:
        for statement in reading.statements:
            for model in statement.proposed_by:
                made.setdefault((statement.document, model), []).append((statement.start, statement.end))
    counts: dict[str, list[int]] = {}
    for each in proposals:
        at = documents.get(each.document)
        for number, count in enumerate(_count(each, at, made.get((each.document, each.model), []))):
            counts.setdefault(each.model, [0, 0, 0])[number] += count
    return tuple(
        Tally(model=model, quotes=sum(counted), new=counted[0], known=counted[1], dropped=counted[2])
        for model, counted in sorted(counts.items())
    )


def _count(proposals: Proposals, document: Document | None, made: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    from firsthand.extract.proposed import placed  # imported late: the extracting stage is heavy

    quotes = set(proposals.quotes)
    spans = [placed(document.text, quote) for quote in quotes] if document is not None else []
    found = [span for span in spans if span is not None]
    new = sum(1 for span in found if any(start < span.end and span.start < end for start, end in made))
    return new, len(found) - new, len(quotes) - len(found)
