"""Figures in running English, brought to one value: "2.7 billion" is "2,700 million", "an hour and a half" 90 minutes.

A figure survives rewriting and translation better than any other detail, so most evidence that one story was made from
another rests on these keys. A key says what was counted only where the unit changes the value (durations, shares).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure of a text: where it stands, its normal form, and how telling it is when two texts share it."""

    key: str
    """`n:1437`, `share:5/6`, `dur:5400s`, `date:06-23`, `year:2033`, `code:ab12`; equal keys mean equal values."""
    start: int
    end: int
    weight: float
    """0 to 2: how unlikely two texts are to share it by chance, before counting how many do."""


_UP_TO_NINETEEN: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_UNITS: Final = {word: value for value, word in enumerate(_UP_TO_NINETEEN)}
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES: Final = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "mln": 10**6, "mn": 10**6, "bn": 10**9, "dozen": 12,
}  # fmt: skip
_ORDINALS: Final = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12,
}  # fmt: skip
_MONTHS: Final = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_SECONDS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "fortnight": 1209600}
_TWELFTHS: Final = {"month": 1, "year": 12, "decade": 120}  # months, because years and months convert into each other

_WORD_NUMBER: Final = "|".join(sorted([*_UNITS, *_TENS, *_SCALES], key=lambda w: (-len(w), w)))
# Every repetition is bounded, so that a hostile page costs time in proportion to its length.
_DIGITS: Final = r"(?<!\w)(?:\d{1,3}(?:[,\u00a0\u202f’' ]\d{3}){1,5}(?!\d)|\d{1,24}(?:[.,]\d{1,12})?)"
_SPELT: Final = rf"\b(?:{_WORD_NUMBER})(?:(?:[-\s‐‑]|\sand\s){{1,2}}(?:{_WORD_NUMBER})){{0,6}}\b"
_MONTH: Final = "|".join(_MONTHS)
_PERIOD: Final = "|".join([*_SECONDS, *_TWELFTHS])
_AMOUNT: Final = rf"(?:{_DIGITS}|{_SPELT})"

# Telephone numbers, addresses and prices of a subscription belong to the page, not to the story.
_PHONE: Final = re.compile(r"(?<![\w.])\+?(?:\(?\d{1,4}\)?[-. /\u00a0‐‑–]{1,2}){1,4}\d{3,4}[-‐‑]\d{3,4}(?![\w])")
_CODE: Final = re.compile(r"\b(?=[\w/-]{0,20}\d)(?=[\w/-]{0,20}[A-Z])[A-Z0-9]{1,12}(?:[-/][A-Z0-9]{1,12}){0,4}\b")
_CLOCK: Final = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b|h\b|GMT|UTC)|\b\d{1,2}:\d{2}(?::\d{2})?\b", re.I
)
_DATE: Final = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)|(?P<d4>\d\d?)[./](?P<m4>\d\d?)[./](?P<y4>\d{4}))\b",
    re.I,
)
_HALF_MORE: Final = re.compile(rf"\b(?:(?:a|an|one)\s+)?(?P<unit>{_PERIOD})\s+and\s+a\s+half\b", re.I)
_HALF_OF: Final = re.compile(rf"\bhalf\s+(?:an?\s+)?(?P<unit>{_PERIOD})\b", re.I)
_RATIO: Final = re.compile(
    rf"\b(?P<a>\d{{1,3}}|{'|'.join(_UNITS)})\s+(?:out\s+of(?:\s+every)?|in(?:\s+every)?|(?<=[a-z]\s)of|from)\s+"
    rf"(?P<b>\d{{1,3}}|{'|'.join([*_UNITS, *_TENS])})\b(?![-\w%])",
    re.I,
)
_PART: Final = re.compile(
    rf"\b(?:(?P<a>an?|one|two|three|four|five)[-\s]+(?P<b>{'|'.join(_ORDINALS)})s?\b(?=\s+(?:of|part|more|less|higher|lower|up|down)\b)"
    rf"|(?P<b2>{'|'.join(_ORDINALS)})\s+part\b)",
    re.I,
)
_PERCENT: Final = re.compile(rf"(?P<n>{_AMOUNT})\s*(?:%|per\s?cent\b|pct\b|percentage\b)", re.I)
_DURATION: Final = re.compile(rf"(?P<n>{_AMOUNT})[-\s]+(?P<unit>{_PERIOD})s?\b", re.I)
_PLAIN: Final = re.compile(
    rf"(?P<n>{_AMOUNT})(?P<scale>[-\s]?(?:thousand|million|billion|trillion|mln|mn|bn|[km](?![²\w])))?", re.I
)


def figures(text: str) -> list[Figure]:
    """Every figure of `text` in reading order. Of readings that overlap the fuller one counts: a date is no number."""
    taken = bytearray(len(text))
    found: list[Figure] = []
    for pattern, read in _readings(text):
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) >= 0:
                continue
            kept = list(read(match))
            if kept or read is _clutter:
                taken[start:end] = b"\x01" * (end - start)
            found += [Figure(key=k, start=match.start(), end=match.end(), weight=w) for k, w in kept]
    return sorted(found, key=lambda f: (f.start, f.end, f.key))


def _readings(text: str) -> Sequence[_Reading]:
    """The ways of reading a figure that `text` has anything for, since most sentences have nothing for any."""
    if _DIGIT.search(text):
        return _READINGS
    return _WITHOUT_DIGITS if _NUMBER_WORDS.intersection(_LETTERS.findall(text.lower())) else ()


def value_of(written: str) -> Fraction | None:
    """The number that digits or number words spell, or None when they spell none ("two thousand and five" is 2005)."""
    text = written.strip().lower()
    if text[:1].isdigit():
        return _digits(text)
    total, current, seen = 0, 0, False
    for word in re.findall(r"[a-z]+", text):
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, _TENS.get(word, 0))
            seen = True
        elif word in _SCALES and _SCALES[word] in (12, 100):
            current = max(current, 1) * _SCALES[word]
            seen = True
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
            seen = True
    return Fraction(total + current) if seen else None


def _digits(text: str) -> Fraction | None:
    compact = re.sub(r"[\u00a0\u202f’' ]", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", compact):
        compact = compact.replace(",", "")
    if len(compact) > 24:  # longer runs of digits are identifiers, and conversions of them cost time
        return None
    return Fraction(compact.replace(",", "."))


def _written(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _number_weight(value: Fraction) -> float:
    """Small and round numbers are shared by chance; 1,437 is not. The steps are judgement, checked by the tests."""
    if value.denominator != 1:
        return 1.0
    whole = value.numerator
    if whole <= 12:
        return 0.25
    significant = len(str(whole).rstrip("0"))
    if whole < 100:
        return 0.5 if whole % 10 == 0 else 0.75
    return {1: 0.7, 2: 1.2}.get(significant, 1.6)


def _plain(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    value = value_of(match["n"])
    if value is None or (value <= 1 and value.denominator == 1):
        return
    if match["scale"]:
        name = match["scale"].strip(" -\n\t\u00a0").lower()
        value *= {"k": 10**3, "m": 10**6}.get(name) or _SCALES[name]
        yield f"n:{_written(value)}", max(1.2, _number_weight(value))
    elif value.denominator == 1 and 1900 <= value <= 2100 and re.fullmatch(r"\d{4}", match["n"]):
        yield f"year:{value}", 0.35
    else:
        yield f"n:{_written(value)}", _number_weight(value)


def _clutter(_: re.Match[str]) -> Iterator[tuple[str, float]]:
    """Clock times and telephone numbers belong to the page more often than to the story."""
    return iter(())


def _code(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    written = re.sub(r"[^a-z0-9]", "", match[0].lower())
    if len(written) >= 3:
        yield f"code:{written}", 1.8 if len(written) >= 5 else 1.0


def _date(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    groups: Mapping[str, str | None] = match.groupdict()
    day = next(v for k in ("d1", "d2", "d3", "d4") if (v := groups[k]))
    month = next(v for k in ("m1", "m2", "m3", "m4") if (v := groups[k]))
    number = _MONTHS.get(month.lower()) or int(month)
    if 1 <= number <= 12 and 1 <= int(day) <= 31:
        yield f"date:{number:02}-{int(day):02}", 0.6
        year = groups["y3"] or groups["y4"]
        if year:
            yield f"year:{year}", 0.35


def _half_more(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    yield _length(Fraction(3, 2), match["unit"]), 0.9


def _half_of(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    yield _length(Fraction(1, 2), match["unit"]), 0.6


def _duration(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    value = value_of(match["n"])
    if value is None or value <= 0:
        return
    yield _length(value, match["unit"]), 0.8 if value > 1 else 0.3
    if value > 12:  # "who is 23" and "23 years" are the same figure
        yield f"n:{_written(value)}", 0.3


def _length(value: Fraction, unit: str) -> str:
    unit = unit.lower()
    return (
        f"dur:{_written(value * _SECONDS[unit])}s" if unit in _SECONDS else f"dur:{_written(value * _TWELFTHS[unit])}m"
    )


def _percent(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    value = value_of(match["n"])
    if value is not None:
        yield f"share:{_written(value / 100)}", 0.8


def _ratio(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    a, b = value_of(match["a"]), value_of(match["b"])
    if a is not None and b is not None and 0 < a < b <= 100:
        yield f"share:{_written(a / b)}", 1.0


def _part(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    over = {"a": 1, "an": 1}.get((match["a"] or "a").lower()) or _UNITS[match["a"].lower()]
    under = _ORDINALS[(match["b"] or match["b2"]).lower()]
    if over < under:
        yield f"share:{_written(Fraction(over, under))}", 0.7


_Reading: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[tuple[str, float]]]]
_READINGS: Final[Sequence[_Reading]] = (
    (_DATE, _date), (_PHONE, _clutter), (_CLOCK, _clutter),
    (_CODE, _code), (_HALF_MORE, _half_more), (_HALF_OF, _half_of),
    (_PERCENT, _percent), (_RATIO, _ratio), (_PART, _part), (_DURATION, _duration), (_PLAIN, _plain),
)  # fmt: skip
_WITHOUT_DIGITS: Final = tuple(reading for reading in _READINGS if reading[1] not in (_date, _clutter, _code))
_DIGIT: Final = re.compile(r"\d")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NUMBER_WORDS: Final = frozenset([*_UNITS, *_TENS, *_SCALES, *_ORDINALS, *(f"{word}s" for word in _ORDINALS)])
