"""Plain text as units: paragraphs put together from wrapped lines, or single lines where each stands for itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firsthand.read.wording import ends_sentence, line, word_count

_BULLET = re.compile(r"^\s*(?:[•·▪‣◦●■►▶➤*–—-]|\d{1,2}[.)])\s+")
_LIST_BULLET = re.compile(r"^\s*[•·▪‣◦●■►▶➤*]\s+")
_RULE = re.compile(r"^\s*(?:[-_=*~#+·.–—]\s?){4,}\s*$")
_MIN_WRAPPED = 40
_MAX_WRAPPED = 100
"""Hand-wrapped text breaks between these columns; lines of a page dump run on or are far shorter."""
_MIN_INDENT = 2
"""A line set in by so many columns more than its neighbours opens a paragraph."""
_MIN_FILL = 0.75
"""A line that ends amid a sentence was wrapped when it fills so much of the usual width."""


@dataclass(slots=True)
class Unit:
    """A paragraph or line of plain text."""

    text: str
    start: int
    """Half-open range in the source text."""
    end: int
    bullet: bool = False
    columns: int = 1
    """Runs of text parted by wide gaps, as in menus."""
    rule: bool = False
    """A line of dashes or stars."""
    gap: bool = False
    """A blank line stands before it."""

    @property
    def words(self) -> int:
        """Number of words."""
        return word_count(self.text)


@dataclass(slots=True)
class _Line:
    raw: str
    start: int


def units_of(text: str) -> list[Unit]:
    """The units of `text` in order; blank lines part paragraphs, and lines wrapped by hand are put together."""
    groups: list[list[_Line]] = [[]]
    at = 0
    for raw in text.splitlines(keepends=True):
        if line(raw):
            groups[-1].append(_Line(raw.rstrip(), at))
        elif groups[-1]:
            groups.append([])
        at += len(raw)
    widest = _usual_width([entry.raw for group in groups for entry in group])
    return [unit for group in groups if group for unit in _units(group, widest)]


def _usual_width(lines: list[str]) -> float:
    longish = sorted(len(raw) for raw in lines if len(raw) >= _MIN_WRAPPED)
    return longish[min(len(longish) - 1, int(0.9 * len(longish)))] if longish else 0


def _units(group: list[_Line], widest: float) -> list[Unit]:
    units: list[Unit] = []
    pending: list[_Line] = []
    indents = [len(entry.raw) - len(entry.raw.lstrip()) for entry in group]
    each_whole = len(group) > 1 and all(ends_sentence(entry.raw) for entry in group)
    opening_indent = min(indents) + _MIN_INDENT
    for number, entry in enumerate(group):
        pending.append(entry)
        following = group[number + 1] if number + 1 < len(group) else None
        opens = following is not None and indents[number + 1] >= opening_indent
        if following is None or opens or each_whole or not _wraps(entry, following, widest):
            units.append(_unit(pending))
            pending = []
    units[0].gap = True
    return units


def _wraps(entry: _Line, following: _Line, widest: float) -> bool:
    """Whether the line break after `entry` is only there because the line was full."""
    if _LIST_BULLET.match(following.raw) or _RULE.match(entry.raw) or _RULE.match(following.raw):
        return False
    if not _MIN_WRAPPED <= len(entry.raw) <= _MAX_WRAPPED or widest > _MAX_WRAPPED + 10 or _columns(entry.raw) > 1:
        return False
    label = len(following.raw) < _MIN_WRAPPED and not ends_sentence(following.raw)
    if label and (ends_sentence(entry.raw) or following.raw.isupper()):
        return False
    first_word = following.raw.strip().split(" ")[0]
    was_full = len(entry.raw) + 1 + len(first_word) > 0.85 * widest
    return was_full or (not ends_sentence(entry.raw) and len(entry.raw) > _MIN_FILL * widest)


def _columns(raw: str) -> int:
    return len(re.split(r"\s{3,}|\t+", raw.strip()))


def _unit(lines: list[_Line]) -> Unit:
    parts: list[str] = []
    for entry in lines:
        part = line(entry.raw)
        before = parts[-1] if parts else "-"
        hyphenated = before.endswith("-") and not before.endswith(" -") and part[:1].islower()
        parts.append(part if hyphenated or not parts else f" {part}")
    joined = "".join(parts)
    first, last = lines[0], lines[-1]
    lead = len(first.raw) - len(first.raw.lstrip())
    bullet = _LIST_BULLET.match(first.raw) is not None
    if bullet:
        joined = _BULLET.sub("", joined)
    columns = _columns(first.raw)
    start = first.start + lead
    return Unit(
        joined,
        start,
        last.start + len(last.raw),
        bullet=bullet,
        columns=columns if len(lines) == 1 else 1,
        rule=bool(_RULE.match(first.raw)),
    )
