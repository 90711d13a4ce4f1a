"""A document's text as paragraphs of stretches, each with the quotes it belongs to.

Quotes may touch, nest and overlap, and one may run over a paragraph's end. Cutting the text at every quote's edge gives
stretches that need no nesting: put together in order, those of one quote are that quote, letter for letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from firsthand.records import Block, BlockKind, Document, Statement

_BLANK = " \t\n"
"""What separates paragraphs. Python's own notion takes in characters that are shown as code points."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A run of text that the same quotes hold."""

    text: str
    quotes: tuple[Statement, ...] = ()
    opening: tuple[Statement, ...] = ()
    """Those of `quotes` that begin here."""
    closing: tuple[Statement, ...] = ()
    """Those of `quotes` that end here."""
    gap: bool = False
    """White space between paragraphs that a quote runs over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One block of the document."""

    kind: BlockKind
    stretches: tuple[Stretch, ...]


def marked(document: Document, statements: Sequence[Statement]) -> tuple[Paragraph, ...]:
    """The whole text of `document` in paragraphs, cut at the edges of the statements' quotes."""
    cuts = sorted({edge for statement in statements for edge in (statement.start, statement.end)})
    paragraphs: list[Paragraph] = []
    for block in _covering(document):
        body = block.start + len(document.text[block.start : block.end].rstrip(_BLANK))
        near = [s for s in statements if s.start < block.end and s.end > block.start]
        edges = sorted({block.start, body, block.end, *(at for at in cuts if block.start < at < block.end)})
        stretches = [_stretch(document, start, end, near) for start, end in pairwise(edges)]
        seen = tuple(
            replace(one, gap=start >= body)
            for start, one in zip(edges, stretches, strict=False)
            if start < body or one.quotes
        )
        if seen:
            paragraphs.append(Paragraph(kind=block.kind, stretches=seen))
    return tuple(paragraphs)


def bytes_of(document: Document, statement: Statement) -> tuple[int, int] | None:
    """Half-open byte range of the blocks that hold a quote; None where the format hides it."""
    held = [block for block in document.blocks if block.start < statement.end and block.end > statement.start]
    starts = [block.byte_start for block in held if block.byte_start is not None]
    ends = [block.byte_end for block in held if block.byte_end is not None]
    return (min(starts), max(ends)) if held and len(starts) == len(ends) == len(held) else None


def _stretch(document: Document, start: int, end: int, near: Sequence[Statement]) -> Stretch:
    quotes = tuple(s for s in near if s.start <= start and s.end >= end)
    return Stretch(
        text=document.text[start:end],
        quotes=quotes,
        opening=tuple(s for s in quotes if s.start == start),
        closing=tuple(s for s in quotes if s.end == end),
    )


def _covering(document: Document) -> Iterator[Block]:
    """Blocks that cover the whole text once, in order: the document's own, each with the white space after it."""
    at, last = 0, None
    for block in sorted(document.blocks, key=lambda block: (block.start, block.end)):
        start, end = max(block.start, at), min(block.end, len(document.text))
        if start >= end:
            continue
        if last and not document.text[at:start].strip(_BLANK):
            yield replace(last, end=start)
        else:
            yield from filter(None, (last,))
            yield from _split(document.text, at, start)
        last, at = Block(kind=block.kind, start=start, end=end), end
    if last and not document.text[at:].strip(_BLANK):
        yield replace(last, end=len(document.text))
    else:
        yield from filter(None, (last,))
        yield from _split(document.text, at, len(document.text))


def _split(text: str, start: int, end: int) -> Iterator[Block]:
    """Text outside every block, as paragraphs between blank lines."""
    while start < end:
        pause = text.find("\n\n", start, end)
        stop = end if pause < 0 else pause + 2
        yield Block(kind="paragraph", start=start, end=stop)
        start = stop
