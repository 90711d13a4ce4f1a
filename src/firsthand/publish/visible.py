"""Text from captured pages, made safe to show: what would steer a terminal or reorder a line becomes its code point.

A page may hold terminal escapes in its title or a direction override in a name ("gnp.exe" shown as "exe.png"). Nothing
is dropped: every such character appears as `[U+202E]`, so a reader sees that it is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# C0 but tab and newline, DEL and C1 (terminal control); line and paragraph separators; embeddings, overrides and
# isolates (Unicode UAX #9 section 2); lone surrogates; interlinear annotation; noncharacters; tags. The plain marks
# U+200E, U+200F and U+061C stay: ordinary Hebrew and Arabic need them and they cannot reorder letters.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


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
    return sum(_width(letter) for letter in text)


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns, ending in an ellipsis if something was left out.

    >>> cut("a long outlet name", 8)
    'a long…'
    """
    if columns(text) <= width:
        return text
    used, end = 0, 0
    for end, letter in enumerate(text):  # noqa: B007  # `end` is what the loop looks for
        used += _width(letter)
        if used > width - 1:
            break
    return text[:end].rstrip() + "…"


def wrap(text: str, width: int) -> list[str]:
    """`text` on one or more lines of at most `width` columns, broken at blanks where there are any."""
    lines: list[str] = []
    line = ""
    for word in _words(one_line(text), width):
        if line and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line or not lines else lines


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split(" "):
        rest = word
        while columns(rest) > width:
            head, used = 0, 0
            while head < len(rest) and used + _width(rest[head]) <= max(width, 2):
                used += _width(rest[head])
                head += 1
            yield rest[:head]
            rest = rest[head:]
        if rest:
            yield rest


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
