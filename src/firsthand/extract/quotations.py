"""Quotation marks: which stretches of a text are somebody's words."""

from __future__ import annotations

import re

from firsthand.extract.sentences import paragraphs
from firsthand.records import Span

_PAIRS = {"“": "”", "«": "»", "„": "“"}
_SINGLE = re.compile(r"(?<!\w)‘(?P<body>[^‘\n]{1,600}?)’(?!\w)")
# Fewer words than this are a name, a title or a distancing mark, not speech.
SPEECH_WORDS = 4


def quotations(text: str) -> tuple[Span, ...]:
    """Spans between quotation marks, marks left out, in order; a mark never closed runs to the end of its paragraph.

    Straight marks pair up within a paragraph; single curly marks count where they cannot be apostrophes.
    """
    found: list[Span] = []
    for paragraph in paragraphs(text):
        found.extend(_in_paragraph(text, paragraph))
    covered = [False] * len(text)
    for span in found:
        covered[span.start : span.end] = [True] * (span.end - span.start)
    found.extend(
        Span(start=m.start("body"), end=m.end("body"))
        for m in _SINGLE.finditer(text)
        if not covered[m.start()] and len(m["body"].split()) >= SPEECH_WORDS
    )
    return tuple(sorted(found, key=lambda span: span.start))


def is_speech(text: str, span: Span) -> bool:
    """Whether a quotation is long enough to be speech rather than a name or a scare quote."""
    return len(text[span.start : span.end].split()) >= SPEECH_WORDS


def _in_paragraph(text: str, paragraph: Span) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    closer = ""
    for at in range(paragraph.start, paragraph.end):
        character = text[at]
        if opened is None:
            if character in _PAIRS:
                opened, closer = at + 1, _PAIRS[character]
            elif character == '"':
                opened, closer = at + 1, '"'
        elif character == closer or (closer == "“" and character == "”"):
            found.append(Span(start=opened, end=at))
            opened = None
    if opened is not None and closer != '"':
        found.append(Span(start=opened, end=paragraph.end))
    return [span for span in found if span.end > span.start]


def masked(text: str, quotes: tuple[Span, ...]) -> str:
    """`text` with the letters of every speech quotation blanked by `_`, offsets kept, so that cues inside are
    not read as the author's.
    """
    characters = list(text)
    for span in quotes:
        if is_speech(text, span):
            for at in range(span.start, span.end):
                if characters[at] != "\n":
                    characters[at] = "_"
    return "".join(characters)
