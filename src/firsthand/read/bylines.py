"""Who a page says wrote the text."""

from __future__ import annotations

import re

from firsthand.read.dates import find_dates
from firsthand.read.wording import line, word_count

_BY = re.compile(
    r"(?:^|[|·•—–(]\s*|\s)(?:(?:text|words|written|report|reported|submitted|posted|photos? and text)\s+by\s*:?|by\s*:?"
    r"|(?:text|words|author|autor|auteur|автор|reportage)\s*[:：|]|(?:por|par|von|di)(?=\s+[A-ZÀ-Þ])"
    r"|(?:our\s+)?(?:reporter|correspondent|author)(?=\s+[A-Z]))\s+(?P<name>[^|·•:;/()<>\d]{3,90}?)\s*(?=$|[|·•:;()<>\d]|\s[—–-]\s|,|\.(?:\s|$)|\s(?:in|at|on|for|from|published|posted|updated)\b)",
    re.IGNORECASE,
)
_OPENS_WITH_BY = re.compile(
    r"^\W*(?:by|text|words|written|reported?|submitted|posted|author|autor|auteur|автор|por|par|von|di|reporter|correspondent|our)\b|[|·•—–]\s*(?:by|text|words|author)\b",
    re.IGNORECASE,
)
_DATE_WORD_AT_END = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?$"
    r"|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:the|our|my|a|an|of|for|from|staff$|admin|super user|webmaster|root$|editors?$|redaction|redaktion|newsroom"
    r"|web\s?desk|news\s?desk|none|unknown|anonymous|guest)\b|@|https?:|www\.|\.[a-z]{2,3}$",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(
    r"^(?:[^\W\d_][\w'’.\-]*|&|and|y|et|und|e|и|de|da|di|del|della|van|von|der|den|la|le|el|al|bin|bint|ibn|dos|das)$"
)
_PARTICLES = frozenset("and y et und e de da di del van von der den la le el al bin dos".split())
_MAX_NAME_WORDS = 12


def byline_in(text: str) -> str | None:
    """The writer that a short line names after a word such as "By".

    >>> byline_in("By Ana Lind | 3 May 2030"), byline_in("By the newsroom | 08/03/2029")
    ('Ana Lind', None)
    """
    match = _BY.search(text) if _OPENS_WITH_BY.search(text) else None
    name = clean_byline(_DATE_WORD_AT_END.sub("", match["name"]).strip()) if match else None
    return name if name and (name[:1].isupper() or not name[:1].islower()) else None


def name_and_outlet(text: str) -> tuple[str, str] | None:
    """The writer and the paper in a line such as "Ana Lind, Harbour Post".

    >>> name_and_outlet("Ana Lind, Harbour Post"), name_and_outlet("Drones, boats and nets")
    (('Ana Lind', 'Harbour Post'), None)
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not 2 <= word_count(parts[0]) <= 3 or not 1 <= word_count(parts[1]) <= 4:
        return None
    both = is_name_line(parts[0]) and all(word[:1].isupper() for word in parts[1].split())
    return (parts[0], parts[1]) if both else None


def name_beside_date(text: str) -> str | None:
    """The writer in a line that holds a date, some dividers and a name, as in "3 May 2030 | Ana Lind".

    >>> name_beside_date("3 May 2030, 07:15 | Ana Lind"), name_beside_date("Ana Lind told us so")
    ('Ana Lind', None)
    """
    parts = [part for part in re.split(r"\s*[|·•/]\s*|\s[—–-]\s", text) if part]
    dated = [part for part in parts if find_dates(part)]
    if not dated or len(parts) < 2:
        return None
    names = [part for part in parts if part not in dated and is_name_line(part) and word_count(part) <= 4]
    return clean_byline(names[0]) if len(names) == 1 else None


def clean_byline(value: str) -> str | None:
    """A writer's name without "By", addresses or titles; None when it names nobody.

    >>> clean_byline("By Ana Lind"), clean_byline("https://example.org/ana")
    ('Ana Lind', None)
    """
    name = re.sub(r"^(?:by|text(?:\s+by)?|author|written by)\s*:?\s+", "", line(value), flags=re.IGNORECASE).strip(
        " ,.;|-–—"
    )
    if not name or _NOT_A_NAME.search(name) or word_count(name) > _MAX_NAME_WORDS:
        return None
    return name


def is_name_line(text: str) -> bool:
    """Whether a short line consists of names only, as bylines often do ("Ana Lind and Ib Moe").

    >>> is_name_line("Ana Lind and Ib Moe"), is_name_line("Courts desk reports")
    (True, False)
    """
    words = re.split(r"[\s,]+", line(text))
    capitals = [word for word in words if word[:1].isupper() or not word.isascii()]
    fits = all(_NAME_WORD.match(word) and (not word[:1].islower() or word in _PARTICLES) for word in words)
    return 2 <= len(words) <= _MAX_NAME_WORDS and len(capitals) >= 2 and fits
