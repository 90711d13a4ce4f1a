"""Who a page says wrote the text."""

from __future__ import annotations

import re

from firsthand.read.wording import flat, line, word_count

_BY = re.compile(
    r"(?:^|[|·•—–]\s*|\W(?=text|author|words))(?:by|text(?:\s+by)?|author|words(?:\s+by)?|written\s+by|reporter|report\s+by|reporting\s+by|por|par|von|di|автор|autor|auteur|reportage)\s*[:：]?\s+"
    r"(?P<name>[^|·•:;/()<>\d]{3,90}?)\s*(?=$|[|·•:;()<>\d]|\s[—–-]\s|,|\.(?:\s|$)|\s(?:in|at|on|for|published|posted|updated)\b)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:the|our|my|a|an|from|staff$|admin|editor$|redaction|redaktion|editors?$|newsroom|web\s?desk|news\s?desk|none|unknown|anonymous|guest)\b|@|https?:|www\.",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(
    r"^(?:[^\W\d_][\w'’.\-]*|&|and|y|et|und|e|и|de|da|di|del|della|van|von|der|den|la|le|el|al|bin|bint|ibn|dos|das)$"
)
_MAX_NAME_WORDS = 12


def byline_in(text: str) -> str | None:
    """The writer that a short line names after a word such as "By".

    >>> byline_in("By Ana Lund | 3 May 2030"), byline_in("By the newsroom | 08/03/2029")
    ('Ana Lund', None)
    """
    match = _BY.search(text)
    if not match:
        return None
    return clean_byline(match["name"])


def clean_byline(value: str) -> str | None:
    """A writer's name without "By", addresses or titles; None when it names nobody.

    >>> clean_byline("By Ana Lund"), clean_byline("https://example.org/ana")
    ('Ana Lund', None)
    """
    name = re.sub(r"^(?:by|text(?:\s+by)?|author|written by)\s*:?\s+", "", line(value), flags=re.IGNORECASE).strip(
        " ,.;|-–—"
    )
    if not name or _NOT_A_NAME.search(name) or word_count(name) > _MAX_NAME_WORDS:
        return None
    return name


def is_name_line(text: str) -> bool:
    """Whether a short line consists of names only, as bylines often do ("Ana Lund and Ib Moe").

    >>> is_name_line("Ana Lund and Ib Moe"), is_name_line("Courts desk reports")
    (True, False)
    """
    words = re.split(r"[\s,]+", line(text))
    capitals = [word for word in words if word[:1].isupper() or not word.isascii()]
    return (
        2 <= len(words) <= _MAX_NAME_WORDS
        and all(_NAME_WORD.match(word) for word in words)
        and len(capitals) >= 2
        and all(
            word[:1].isupper()
            or not word[:1].islower()
            or word
            in (
                "and",
                "y",
                "et",
                "und",
                "e",
                "de",
                "da",
                "di",
                "del",
                "van",
                "von",
                "der",
                "den",
                "la",
                "le",
                "el",
                "al",
                "bin",
                "dos",
            )
            for word in words
        )
        and flat(text) != ""
    )
