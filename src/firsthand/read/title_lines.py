"""What the first lines of a report say about it: shared by the readers of formats that are made for paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from firsthand.read.dates import find_dates, settle
from firsthand.read.wording import line, word_count

_MAX_LINE_WORDS = 12
_NAME_LINE = re.compile(r"[A-ZÀ-Þ][\w’'&.-]*(?: (?:of|for|the|and|on|de|[A-ZÀ-Þ][\w’'&.-]*)){1,9}")
_FOREIGN_TITLE = re.compile(
    r"^(?:microsoft|untitled|document\d*|layout|slide|presentation)\b|\.(?:docx?|pdf|indd|odt|qxd|pptx?|tex)$|^[\w-]+$",
    re.IGNORECASE,
)


def is_title(stated: str) -> bool:
    """Whether a file's stated title is one, and not the name of a program or of another file.

    >>> is_title("Cameras in schools"), is_title("Microsoft Word - final_v3.doc"), is_title("report")
    (True, False, False)
    """
    return word_count(stated) >= 2 and not _FOREIGN_TITLE.search(stated)


def date_in(lines: Iterable[str]) -> tuple[str, bool] | None:
    """EDTF of the first date in a short line, and whether its order of day and month had to be assumed."""
    for text in map(line, lines):
        if word_count(text) <= _MAX_LINE_WORDS:
            for date in find_dates(text):
                if not date.updated:
                    return settle(date, ())
    return None


def names_beside_date(lines: Iterable[str]) -> list[str]:
    """Names that share a short line with a date: "Harbour Institute, 2 March 2031"."""
    found = []
    for text in map(line, lines):
        dates = find_dates(text) if word_count(text) <= _MAX_LINE_WORDS else []
        if dates:
            rest = (text[: dates[0].start] + text[dates[0].end :]).strip(" ,;:·|–—-")
            if _NAME_LINE.fullmatch(rest):
                found.append(rest)
    return found
