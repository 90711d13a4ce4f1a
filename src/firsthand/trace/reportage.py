"""Where an outlet says that its own people saw, counted, measured or obtained something, and how far that carries.

What stands in a paper's own voice rests on nothing that can be shown, unless the paper says that somebody of its own
was there. That holds to the end of the paragraph, or until somebody else speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.records import Document, Statement

FURTHER = 1
_STAFF = (
    r"(?:(?:two|three|four|some|one|several|both) of us|(?:a|one|two) colleagues? of ours|this reporter|"
    r"our (?:own )?(?:crew|reporters?|correspondents?|photographers?|colleagues?|team|staff|volunteers?|editors?))"
)
_SAW = (
    r"(?:(?:have |had |also |then |ourselves |myself )*"
    r"(?:counted|saw|seen|watched|photographed|filmed|measured|timed|tested|visited|inspected|examined|obtained|read|"
    r"logged|recorded|noted|kept|compared|checked|cycled|drove|walked|stood|sat|followed|found|tried|observed))"
)
_MARK = re.compile(
    rf"\b(?:I|[Ww]e|{_STAFF})\b,?(?: [\w’'-]+){{0,4}}? {_SAW}\b|\b{_STAFF}\b[^.“”\"\n]{{0,40}}? {_SAW}\b|"
    r"\b[Bb]y our (?:own )?count\b|\b[Oo]ur own (?:count|log|survey|measurements?|tests?|tally)\b|"
    r"\b(?:as|where) (?:I|we) (?:saw|watched|stood|sat)\b",
)
_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{0,1500}[”\"»]")


def seen_by_staff(document: Document, stated: Sequence[Statement]) -> frozenset[str]:
    """Identifiers of those of the document's statements that it makes in its own voice of what its own people saw."""
    quoted = [m.span() for m in _QUOTED.finditer(document.text)]
    marks = [m for m in _MARK.finditer(document.text) if not any(a <= m.start() < b for a, b in quoted)]
    voiced = [s for s in stated if s.speakers]
    found = set()
    for statement in stated:
        if statement.speakers:
            continue
        before = [m for m in marks if m.start() < statement.end]
        if not before:
            continue
        between = [v for v in voiced if before[-1].end() <= v.start and v.end <= statement.start]
        breaks = document.text.count("\n\n", before[-1].start(), statement.start)
        if not between and breaks <= FURTHER:
            found.add(statement.id)
    return frozenset(found)
