"""Text from captured pages, made safe to show: what would steer a terminal or reorder a line becomes its code point.

A page may hold terminal escapes in its title or a direction override in a name ("gnp.exe" shown as "exe.png"). Nothing
is dropped: every such character appears as `[U+202E]`, so a reader sees that it is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeAlias

# C0 but tab and newline, DEL and C1 (terminal control); line and paragraph separators; embeddings, overrides and
# isolates (Unicode UAX #9 section 2); lone surrogates; interlinear annotation; noncharacters; tags. The plain marks
# U+200E, U+200F and U+061C stay: ordinary Hebrew and Arabic need them and they cannot reorder letters.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)

Measure: TypeAlias = Callable[[str], float]
"""Width of a text, the sum of the widths of its letters."""


def visible(text: str) -> str:
    """`text` with each steering character written as its code point; tabs and newlines stay.

    >>> visible("exe\\u202egnp.\\x1b[31m")
    'exe[U+202E]gnp.[U+001B][31m'
    """
    return STEERING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def one_line(text: str) -> str:
    """`text` on a single line: white space runs become one blank, steering characters their code points."""
    return visible(" ".join(re.split(r"[ \t\r\n\f\v\x85\u2028\u2029]+", text.strip())))


def columns(text: str) -> int:
    """Columns that `text` takes in a terminal: East Asian wide letters two, combining marks none."""
    return sum(_columns(letter) for letter in text)


def cut(text: str, width: float, measure: Measure = columns) -> str:
    """`text` in at most `width` by `measure`, ending in an ellipsis if something was left out.

    >>> cut("a long outlet name", 8)
    'a long…'
    """
    if measure(text) <= width:
        return text
    return text[: _fitting(text, width - measure("…"), measure)].rstrip() + "…"


def wrap(text: str, width: float, measure: Measure = columns) -> list[str]:
    """`text` on one or more lines of at most `width` by `measure`, broken at blanks where there are any."""
    lines: list[str] = []
    line = ""
    for word in _words(one_line(text), width, measure):
        if line and measure(f"{line} {word}") > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line or not lines else lines


def _words(text: str, width: float, measure: Measure) -> Iterator[str]:
    for word in text.split(" "):
        rest = word
        while measure(rest) > width:
            end = max(_fitting(rest, width, measure), 1)
            yield rest[:end]
            rest = rest[end:]
        if rest:
            yield rest


def _fitting(text: str, width: float, measure: Measure) -> int:
    """How many letters of `text`, from its start, fit `width`."""
    used = 0.0
    for number, letter in enumerate(text):
        used += measure(letter)
        if used > width:
            return number
    return len(text)


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
