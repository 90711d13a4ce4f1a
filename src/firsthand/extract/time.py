"""Time expressions of a text, as EDTF, resolved against the date it was published.

"the 25th", "last autumn" and "on Tuesday" get a value from the publication date; nothing gets one finer than its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from firsthand.extract.time_context import dates_a_report, leads_in, means_habit, means_time, outlook, trails_off
from firsthand.extract.time_forms import forms_by_first_word
from firsthand.extract.time_grammar import Context, Form, Found, TimeKind, day_month, weekday
from firsthand.extract.time_tale import is_aside, stated_year, tells_of_the_past
from firsthand.extract.time_values import Reference, bounds, granularity, interval, lower, reached, reference, upper


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A half-open span that says when."""

    start: int
    end: int
    text: str
    edtf: str | None
    """None where the words need a date the text does not give, and for lengths and repetitions."""
    kind: TimeKind
    anchor: str | None = None
    """EDTF of the point the words name, without an open side: `2027` in "since 2027"."""
    reporting: bool = False
    """It dates a report ("said on Tuesday", "published last month"), not what is reported."""


_WORD = re.compile(r"[^\W_]+")
_OPENING = re.compile(
    r"(?P<open>since|from|as\s+of|beginning(?:\s+in)?|starting(?:\s+in)?|after)(?:\s+(?:in|about|around|at\s+least|as\s+early\s+as|on))*\s+\Z",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:until|till|up\s+to|before|through)\s+\Z", re.IGNORECASE)
_PAIRING = re.compile(r"(?P<word>between|from)\s+\Z", re.IGNORECASE)
_PAIR_JOIN = re.compile(r"\s+(?:and|to|until|till|through)\s+|\s*[-–—]\s*")
_LIST_JOIN = re.compile(r"\s*(?:,|,?\s*and|or|to|until|through|[-–—])\s*")
_APPROXIMATE = re.compile(r"\b(?:about|around|nearly|almost|roughly|circa|approximately|c\.)\s+\Z", re.IGNORECASE)
_END_OF = re.compile(r"\b(?:end|close)\s+of\b|['’]s[-\s](?:end|close)\b|is\s+out|ends", re.IGNORECASE)
_NEAR = 400
"""Characters that "that year" may look back for the year it means."""


@cache
def _forms() -> dict[str, tuple[Form, ...]]:
    return dict(forms_by_first_word())


def time_expressions(text: str, published: str | None) -> tuple[TimeMention, ...]:
    """Time expressions in text order, not overlapping; `published` is the EDTF date the text came out, if known.

    >>> [(m.text, m.edtf) for m in time_expressions("On Tuesday it said that sales began last autumn.", "2029-04-19")]
    [('Tuesday', '2029-04-17'), ('last autumn', '2028-23')]
    """
    known, previous, previous_end = reference(published), None, -_NEAR
    made: list[TimeMention] = []
    found = list(_longest(text))
    years = [stated_year(item.match) for item in found]
    narrative = tells_of_the_past(years, known)
    for place, item in enumerate(found):
        start, end = item.match.span()
        near = previous if narrative or start - previous_end < _NEAR else None
        heir = _year_from_next(text, item, found[place + 1]) if place + 1 < len(found) else None
        direction = "behind" if heir is not None else outlook(text, start, end, tale=narrative)
        context = Context(heir or known, near, direction, narrative and heir is None)
        mention = _resolved(text, item, context)
        made.append(mention)
        if mention.edtf and not (narrative and _by_the_way(text, item, mention.edtf, previous, years[place + 1 :])):
            previous, previous_end = reached(mention.edtf) or previous, end
    return tuple(_opened(text, _paired(text, made)))


def main_time(mentions: Sequence[TimeMention], start: int, end: int) -> TimeMention | None:
    """The time of what text[start:end] tells: the finest resolved mention there that dates no report."""
    inside = [m for m in mentions if start <= m.start and m.end <= end and m.edtf is not None and not m.reporting]
    return max(inside, key=lambda m: (granularity(m.anchor or ""), -m.start), default=None)


def _longest(text: str) -> Iterable[Found]:
    """The longest form at each place, left to right, without overlaps."""
    forms, taken = _forms(), 0
    for token in _WORD.finditer(text):
        start, word = token.start(), token.group()
        if start < taken:
            continue
        best: Found | None = None
        for form in forms["#"] if word[0].isdigit() else forms.get(word, ()):
            match = form.regex.match(text, start)
            if match is not None and (best is None or match.end() > best.match.end()):
                best = Found(form, match)
        if best is not None and means_time(text, best.match):
            taken = best.match.end()
            yield best


def _by_the_way(text: str, item: Found, edtf: str, previous: Reference | None, coming: Sequence[int | None]) -> bool:
    start, end = max(0, item.match.start() - 40), item.match.start()
    open_ended = _OPENING.search(text, start, end) or _CLOSING.search(text, start, end)
    return is_aside(item, edtf, previous, coming, open_ended=bool(open_ended))


def _year_from_next(text: str, item: Found, following: Found) -> Reference | None:
    """In "November and December 2028" the first month has the second one's year: a reference to resolve it in."""
    own, other = item.match.groupdict(), following.match.groupdict()
    if "month" not in own or own.get("year") or own.get("which") or not other.get("month") or not other.get("year"):
        return None
    between = text[item.match.end() : following.match.start()]
    if len(between) > 12 or not _LIST_JOIN.fullmatch(between):
        return None
    value = following.form.resolve(following.match, Context(None))
    return reference(upper(value)) if value else None


def _resolved(text: str, item: Found, context: Context) -> TimeMention:
    start, end = item.match.span()
    if means_habit(text, start, end):
        return TimeMention(start, end, item.match[0], None, "set")
    edtf = item.form.resolve(item.match, context)
    if edtf is not None and _is_plain_date(edtf) and _APPROXIMATE.search(text, max(0, start - 16), start):
        edtf += "~"
    kind = item.form.kind if item.form.kind != "date" or edtf is None or "/" not in edtf else "interval"
    if kind in {"date", "interval"}:
        start = leads_in(text, start)
    if item.form.resolve in (weekday, day_month):
        end = trails_off(text, end)
    reporting = kind in {"date", "interval"} and dates_a_report(text, start, end)
    return TimeMention(start, end, text[start:end], edtf, kind, edtf, reporting)


def _is_plain_date(edtf: str) -> bool:
    """A year, month or day; seasons, decades and intervals take no qualifier in EDTF level 1."""
    return "/" not in edtf and edtf[-1].isdigit() and reference(edtf) is not None


def _paired(text: str, points: Sequence[TimeMention]) -> list[TimeMention]:
    """Points joined by "between … and" or "from … to" made into one interval."""
    made: list[TimeMention] = []
    for point in points:
        joined = _joined(text, made[-1], point) if made else None
        if joined is None:
            made.append(point)
        else:
            made[-1] = joined
    return made


def _joined(text: str, first: TimeMention, second: TimeMention) -> TimeMention | None:
    if first.edtf is None or second.edtf is None or not _PAIR_JOIN.fullmatch(text[first.end : second.start]):
        return None
    keyword = _PAIRING.search(text, max(0, first.start - 12), first.start)
    value = interval(first.edtf, second.edtf) or _year_before(first.edtf, second.edtf)
    if value is None or (keyword is None and not _follow_on(first.edtf, second.edtf)):
        return None
    start = first.start if keyword is None else keyword.start()
    return TimeMention(start, second.end, text[start : second.end], value, "interval", value, first.reporting)


def _follow_on(left: str, right: str) -> bool:
    """Whether two granules of one size touch ("November and December 2028")."""
    first, second = bounds(left), bounds(right)
    if first is None or second is None or len(left) != len(right):
        return False
    return (second[0] - first[1]).days == 1


def _year_before(left: str, right: str) -> str | None:
    """An interval whose left side was put too late by a year or more ("from October to May 2030")."""
    if "/" in left or not left[4:].startswith("-") or not right[:4].isdigit():
        return None
    moved = f"{int(right[:4]) - (left[4:] > right[4:]):04d}{left[4:]}"
    if len(moved) == 10 and reference(moved) is None:  # 29 February of a common year
        return None
    return interval(moved, right) if moved[:4] != "0000" else None


def _opened(text: str, points: Sequence[TimeMention]) -> Iterable[TimeMention]:
    """Points after "since", "until" and the like, made into half-open intervals."""
    for point in points:
        edtf, start = point.edtf, max(0, point.start - 40)
        opening = _OPENING.search(text, start, point.start)
        closing = _CLOSING.search(text, start, point.start)
        if edtf is None or (opening is None and (closing is None or _END_OF.search(point.text))):
            yield point
        elif opening is not None and opening["open"].lower() == "from" and _PAIR_JOIN.search(point.text):
            yield replace(point, start=opening.start(), text=text[opening.start() : point.end])
        elif opening is not None:
            yield _widened(text, point, opening.start(), f"{lower(edtf)}/..")
        elif closing is not None:
            yield _widened(text, point, closing.start(), f"../{upper(edtf)}")


def _widened(text: str, point: TimeMention, start: int, edtf: str) -> TimeMention:
    return replace(point, start=start, text=text[start : point.end], edtf=edtf, kind="interval", anchor=point.edtf)
