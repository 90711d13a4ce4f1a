"""Statements that a person's own model points at: the model says where to look, the text says what stands there.

A proposal is only words to look for. Where they stand in the text, the clause around them becomes a statement like any
other: its exact words, its voices, how sure it is and what it is about are read by the same code, so a fragment cannot
lose its "no evidence that", and a page that talks a model into something can only have its own sentences pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from firsthand.records import Proposals, Span, Statement, record_id

METHOD = "extract-proposed/1"
# Fewer words point at nothing in particular: "the police said" stands everywhere.
_LEAST_WORDS = 4
_LONGEST_CHARACTERS = 2_000
_WORD = re.compile(r"\w+")


def placed(text: str, quote: str) -> Span | None:
    """Where `quote` first stands in `text`, word for word; None where it does not, or is no sentence's worth.

    It must begin and end at whole words, stay within a paragraph, and have four words or more.

    >>> placed("The ministry bought cameras.", "ministry bought cameras")
    >>> placed("The ministry bought cameras.", "The ministry bought cameras")
    Span(start=0, end=27)
    """
    wanted = quote.strip()
    if len(wanted) > _LONGEST_CHARACTERS or "\n\n" in wanted or len(_WORD.findall(wanted)) < _LEAST_WORDS:
        return None
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not _cuts_a_word(text, start) and not _cuts_a_word(text, end):
            return Span(start=start, end=end)
        start = text.find(wanted, start + 1)
    return None


def _cuts_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


class Pointed:
    """The places of one text that models point at. False where there are none."""

    def __init__(self, text: str, proposals: Sequence[Proposals]) -> None:
        found = {(each.model, placed(text, quote)) for each in proposals for quote in each.quotes}
        self._places = [(span, model) for model, span in found if span is not None]

    def __bool__(self) -> bool:
        return bool(self._places)

    def at(self, clause: Span) -> tuple[str, ...]:
        """Names of the models that point at a clause: at half of it, or with half of what they quote."""
        named = {model for span, model in self._places if _half(span, clause)}
        return tuple(sorted(named))


def _half(quote: Span, clause: Span) -> bool:
    shared = min(quote.end, clause.end) - max(quote.start, clause.start)
    return 2 * shared >= min(quote.end - quote.start, clause.end - clause.start) > 0


def as_proposed(statement: Statement, models: tuple[str, ...]) -> Statement:
    """The statement, marked as pointed at by these models; its identifier says so too."""
    content: dict[str, str | int] = {
        "document": statement.document,
        "start": statement.start,
        "end": statement.end,
        "method": METHOD,
    }
    return replace(statement, id=record_id("s", content), method=METHOD, proposed_by=models)
