"""Asides in which somebody else denies what the sentence says."""

from __future__ import annotations

import re

from firsthand.extract.attributed import Attribution
from firsthand.knowledge.cues import cues
from firsthand.records import Span

# "…, a claim which the ministry has" before a word for denying, with the ministry.
_DENIER = re.compile(
    r",\s+(?:(?:an?\s+(?:\w+\s+){1,2})?(?:which|that)\s+|an?\s+\w+\s+)(?!ha[sd]\b|have\b|also\b)"
    r"((?:the|its|their|his|her|[A-Z])[^,;:]{2,60}?)\s+(?:(?:has|have|had|also|since|later|flatly|strongly)\s+){0,2}$"
)


def denied_aside(blanked: str, sentence: Span) -> Attribution | None:
    """The aside of a sentence in which somebody denies what the rest says ("…, a claim which the ministry denies"),
    with its words as content; None where there is no such aside.

    `blanked` is the text with quoted speech masked.
    """
    for verb in cues().denial.finditer(blanked, sentence.start, sentence.end):
        aside = _DENIER.search(blanked, sentence.start, verb.start())
        if aside is not None:
            return Attribution(
                cue=Span(start=verb.start(), end=verb.end()), source=Span(start=aside.start(1), end=aside.end(1)),
                content=Span(start=aside.start(), end=sentence.end), shape="speech", denial=True,
            )  # fmt: skip
    return None
