"""Sentences of a text with exact offsets, by rules that news prose needs.

A sentence never crosses a blank line. Full stops inside names ("Co., Ltd."), initials, numbers and web addresses do not
end one, and a closing quotation mark or bracket belongs to the sentence it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from firsthand.records import Span

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*", re.MULTILINE)
_END = re.compile(r"[.!?…]+[\"”’»')\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Rev|Hon|St|Mt|Sr|Jr|Co|Corp|Inc|Ltd|Bros|Dept|"
    r"Univ|Gov|Sen|Rep|Pres"
    r"|vs|etc|approx|no|nos|vol|fig|sec|art|cf|al|p|pp|ca|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|"
    r"p\.m|e\.g|i\.e)\.$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|[\s(.\"“-])[A-Z]\.$")
_ITEM = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})\.")
# An abbreviation that can also end a sentence ends one when a new sentence plainly starts after it.
_MAY_END = re.compile(r"(?:Co|Corp|Inc|Ltd|etc|a\.m|p\.m|[A-Z]\.[A-Z])\.$", re.IGNORECASE)
_FUNCTION_START = re.compile(
    r"\s+[\"“‘«]?(?:The|A|An|It|He|She|They|We|In|On|At|This|That|These|Those|But|And|However|Its|His|Her|Their|No)\s"
)


def paragraphs(text: str) -> Iterator[Span]:
    """Spans of the runs of text between blank lines, without surrounding white space."""
    for match in _PARAGRAPH.finditer(text):
        stripped = match.group().rstrip()
        yield Span(start=match.start(), end=match.start() + len(stripped))


def sentences(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, or of the paragraph `within`, in order and without surrounding white space.

    >>> text = "Qu Co. sold 1.5 million. It denies this."
    >>> [text[s.start : s.end] for s in sentences(text)]
    ['Qu Co. sold 1.5 million.', 'It denies this.']
    """
    spans = (within,) if within is not None else tuple(paragraphs(text))
    return tuple(sentence for span in spans for sentence in _split(text, span))


def _split(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if not _ends_sentence(text, start, match, span.end):
            continue
        yield Span(start=start, end=match.end())
        start = match.end()
        while start < span.end and text[start].isspace():
            start += 1
    if start < span.end:
        yield Span(start=start, end=span.end)


def _ends_sentence(text: str, start: int, match: re.Match[str], limit: int) -> bool:
    rest = text[match.end() : min(limit, match.end() + 40)]
    if not rest.strip():
        return True
    follower = rest.lstrip().lstrip("\"“‘«('[")[:1]
    if follower.islower() and match.group()[0] != "." and match.group()[-1] in "\"”’»'":
        return False  # “Why?” she asked.
    if match.group()[0] != "." or len(match.group().rstrip("\"”’»')]")) > 1:
        return not follower.islower()
    before = text[start : match.start() + 1]
    if _ITEM.fullmatch(before):
        return False  # the number of a list item belongs to the sentence behind it
    if _ABBREVIATION.search(before) or _INITIAL.search(before):
        return bool(_MAY_END.search(before)) and bool(_FUNCTION_START.match(rest))
    return not follower.islower() and follower not in {",", ";", ":"}
