"""What the forms of time in English prose mean beside a publication date.

Each function takes a match of one form of `time_forms` and its context, and gives EDTF. None of them gives a value
finer than its words, or any value where the words need a date that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from firsthand.extract.time_values import (
    Reference,
    day_granule,
    interval,
    lower,
    month_granule,
    reference,
    season_granule,
    shifted,
    week_of,
    year_granule,
)

TimeKind: TypeAlias = Literal["date", "interval", "duration", "set", "vague"]


Outlook: TypeAlias = Literal["ahead", "behind", "open"]
_SOON = 3
"""Months within which a date without a year lies ahead, if the clause leaves it open: news names the year of others."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a form is resolved against."""

    published: Reference | None
    previous: Reference | None = None
    """The latest date that the text has mentioned before."""
    outlook: Outlook = "behind"
    """Whether the clause looks ahead ("will", "plans to"), back, or neither."""
    narrative: bool = False
    """The text tells of years long before its publication, so that a month without year continues the tale."""

    @property
    def future(self) -> bool:
        """The clause looks ahead."""
        return self.outlook == "ahead"

    @property
    def now(self) -> Reference | None:
        """The publication date or, for an undated text, the date it last mentioned."""
        return self.published or self.previous


Match: TypeAlias = re.Match[str]
Resolver: TypeAlias = Callable[[Match, Context], str | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a time."""

    kind: TimeKind
    regex: re.Pattern[str]
    resolve: Resolver
    first: tuple[str, ...]
    """Words a match can begin with, as written; `#` stands for any word that begins with a figure."""


_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Found:
    """A form where it was met, before it has a value."""

    form: Form
    match: Match


MONTHS: Mapping[str, int] = {
    **{name: n for n, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3]: n for n, name in enumerate(_MONTH_NAMES, 1)},
    "Sept": 9,
}
WEEKDAYS: Mapping[str, int] = {
    **{name: n for n, name in enumerate(_WEEKDAY_NAMES)},
    "Mon": 0, "Tue": 1, "Tues": 1, "Wed": 2, "Thu": 3, "Thur": 3, "Thurs": 3, "Fri": 4, "Sat": 5, "Sun": 6,
}  # fmt: skip
SEASONS: Mapping[str, int] = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
_SMALL = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBERS: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_SMALL, 1)},
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
_ORDINALS: Mapping[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
DECADES: Mapping[str, int] = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip
CENTURIES: Mapping[str, int] = {
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21,
}  # fmt: skip
_BACK = frozenset({"last", "past", "previous", "preceding"})
_ON = frozenset({"next", "coming", "following"})
TEXTUAL = frozenset({"that", "same", "previous", "following", "preceding"})
"""Words that look to a date mentioned before rather than to the day of publication."""


def number(words: str) -> float | None:
    """The number that figures or number words give.

    >>> number("Twelve"), number("1.5"), number("several")
    (12.0, 1.5, None)
    """
    word = words.lower().split()[0]
    if word[0].isdigit():
        return float(word)
    return None if word not in NUMBERS else float(NUMBERS[word])


def _figures(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def _step(rel: str) -> int:
    return -1 if rel in _BACK else 1 if rel in _ON else 0


def _which_year(which: str, context: Context) -> int | None:
    rel = which.split()[-1]
    base = (context.previous or context.published) if rel in TEXTUAL else context.now
    return None if base is None else base.year + _step(rel)


def _stated_year(match: Match, context: Context) -> int | None:
    """The year that the words give, as a figure or as "last year"; None if they give none that is known."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    return _which_year(groups["which"], context) if groups.get("which") else None


def _year_for(match: Match, context: Context, month: int, day: int = 0) -> int | None:
    """The stated year or, unless a year is stated that is not known, the nearest one that fits."""
    stated = _stated_year(match, context)
    if stated is not None or match.groupdict().get("which"):
        return stated
    now = context.now
    if now is None or now.month is None:
        return None
    if context.narrative and context.previous is not None and not context.future:
        last = context.previous
        # A tale moves on: a month half a year or more before the last one named is in the year after it.
        return last.year + (last.month is not None and last.month - month >= 6)
    here, there = (now.month, now.day), (month, day)
    if not now.day or not day:
        here, there = (now.month, 0), (month, 0)
    soon = context.outlook == "open" and there > here and (month - now.month) % 12 < _SOON
    if context.future or soon:
        return now.year + (there < here)
    next_year_soon = (
        context.outlook == "open" and there < here and (month - now.month) % 12 < _SOON and month != now.month
    )
    return now.year + 1 if next_year_soon else now.year - (there > here)


def day_month(match: Match, context: Context) -> str | None:
    """ "16 April 2030", "April 16", "16-18 April": the latest such day unless a year is named."""
    month, day = _month(match["month"]), _figures(match["day"])
    year = _year_for(match, context, month, day)
    first = None if year is None else day_granule(year, month, day)
    until = match.groupdict().get("until")
    if year is None or first is None or until is None:
        return first
    last = day_granule(year, month, _figures(until))
    return interval(first, last) if last else first


def month_only(match: Match, context: Context) -> str | None:
    """ "April", "April 2030", "April to June 2030"."""
    until = match.groupdict().get("until")
    first, last = _month(match["month"]), _month(until or match["month"])
    year = _year_for(match, context, last)
    if year is None:
        return None
    start, end = month_granule(year - (first > last), first), month_granule(year, last)
    return start if until is None or start is None or end is None else interval(start, end)


def iso_day(match: Match, _: Context) -> str | None:
    """ "2030-04-16"."""
    return day_granule(int(match["year"]), int(match["month"]), int(match["day"]))


def numeric_day(match: Match, _: Context) -> str | None:
    """Day and month in figures; only the year where their order cannot be told."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if match["dot"] == "." or a > 12 or a == b:
        return day_granule(year, b, a)
    return day_granule(year, a, b) if b > 12 else year_granule(year)


def weekday(match: Match, context: Context) -> str | None:
    """ "Tuesday": the last one up to the day of publication, or the next where the clause looks ahead."""
    groups = match.groupdict()
    if groups.get("month"):
        return day_month(match, context)
    now = context.published.date if context.published else None
    if now is None:
        return None
    wanted = WEEKDAYS[match["weekday"].rstrip(".")]
    if groups.get("week"):
        return shifted(now, wanted - now.weekday() + 7 * _step(groups["week"]))
    rel = (groups.get("rel") or "").lower()
    days = (wanted - now.weekday()) % 7
    if rel in _ON or (context.future and rel not in _BACK):
        return shifted(now, days if days or rel not in _ON else 7)
    return shifted(now, days - 7 if days or rel in _BACK else 0)


def bare_day(match: Match, context: Context) -> str | None:
    """ "the 25th": the latest such day up to publication, or the next one where the clause looks ahead."""
    now, day, rel = context.now, _figures(match["day"]), match["rel"]
    if now is None or now.month is None or now.day is None:
        return None
    step = _step(rel or "")
    if rel is None and (day < now.day if context.future else day > now.day):
        step = 1 if context.future else -1
    month = reference(month_granule(now.year, now.month + step))
    return day_granule(month.year, month.month, day) if month and month.month else None


def today(match: Match, context: Context) -> str | None:
    """ "today", "yesterday", "last night"."""
    now, word = context.published.date if context.published else None, match[0].lower()
    step = -1 if word.startswith(("yesterday", "last")) else 1 if word.startswith("tomorrow") else 0
    return None if now is None else shifted(now, step)


def related(match: Match, context: Context) -> str | None:
    """ "last month", "this autumn", "next September", "the following year"."""
    rel, what = match["rel"].lower(), match["what"]
    # "the next day" follows the day that was told of; "next week" is the one after publication, except in a tale
    told = rel in TEXTUAL or (rel == "next" and (context.narrative or what == "day"))
    now = (context.previous or context.published) if told else context.now
    if now is None:
        return None
    if what.rstrip(".") in MONTHS:
        return _related_month(_step(rel), _month(what), now)
    if what.lower() in SEASONS:
        return _related_season(_step(rel), SEASONS[what.lower()], now)
    return _related_unit(what, _step(rel), now)


def related_year_of_accounts(match: Match, context: Context) -> str | None:
    """ "this fiscal year": about the calendar year, since every body begins its own in another month."""
    year = related(match, context)
    return f"{year}~" if year else None


def _related_month(step: int, month: int, now: Reference) -> str | None:
    if step == 0:
        return month_granule(now.year, month)
    if now.month is None:
        return None
    return month_granule(now.year - (month >= now.month) if step < 0 else now.year + (month <= now.month), month)


def _related_season(step: int, season: int, now: Reference) -> str | None:
    first = _SEASON_MONTH[season]
    if now.month is None:
        return None if step else season_granule(now.year, season)
    if step == 0:
        return season_granule(now.year - (season == 24 and now.month < 3), season)
    if step > 0:
        return season_granule(now.year + (now.month >= first), season)
    ended = now.month >= first + 3 and season != 24
    running_or_ended_winter = season == 24 and now.month < 3
    return season_granule(now.year if ended else now.year - 1 - running_or_ended_winter, season)


def _related_unit(unit: str, step: int, now: Reference) -> str | None:
    """The year, month, week … that lies `step` units from `now`; None where `now` is too coarse for the unit."""
    if unit in {"year", "decade", "century"}:
        size, unknown_digits = {"year": (1, ""), "decade": (10, "X"), "century": (100, "XX")}[unit]
        number_of = now.year // size + step
        return f"{number_of:0{4 - len(unknown_digits)}d}{unknown_digits}" if 0 < number_of * size <= 9999 else None
    if unit in {"month", "quarter"}:
        if now.month is None:
            return None
        return (
            month_granule(now.year, now.month + step)
            if unit == "month"
            else _quarter(now.year, (now.month - 1) // 3 + step)
        )
    return None if now.date is None else _related_days(unit, step, now.date)


def _related_days(unit: str, step: int, day: date) -> str | None:
    if unit == "week":
        return week_of(date.fromisoformat(shifted(day, 7 * step)))
    if unit == "weekend":
        saturday = (5 - day.weekday()) % 7 if step > 0 else -((day.weekday() - 5) % 7)
        return interval(shifted(day, saturday), shifted(day, saturday + 1))
    return shifted(day, step)


def _quarter(year: int, index: int) -> str | None:
    """The `index`-th quarter of the year, 0-based, counting into neighbouring years."""
    first, last = month_granule(year, index * 3 + 1), month_granule(year, index * 3 + 3)
    return interval(first, last) if first and last else None


def part_of_year(match: Match, context: Context) -> str | None:
    """Quarters and halves of a year; of the year of publication, or the one before, if none is named."""
    nth, quarter = _ORDINALS[match["nth"].lower()], match["part"].lower() in {"quarter", "q"}
    nth = nth if quarter else min(nth, 2)
    first = nth * 3 - 2 if quarter else nth * 6 - 5
    year = _which_year("this", context) if match["which"] == "the" else _year_for(match, context, first)
    if year is None:
        return None
    if quarter:
        return _quarter(year, nth - 1)
    start, end = month_granule(year, first), month_granule(year, first + 5)
    return interval(start, end) if start and end else None


def season(match: Match, context: Context) -> str | None:
    """ "autumn 2028", "the winter": the latest that has begun unless a year is named."""
    code = SEASONS[match["season"].lower()]
    year = _year_for(match, context, _SEASON_MONTH[code])
    return None if year is None else season_granule(year, code)


def plain_year(match: Match, _: Context) -> str | None:
    """ "2030"."""
    return year_granule(int(match["year"]))


def years(match: Match, _: Context) -> str | None:
    """ "2028-2030", "2028/29"."""
    first, last = match["year"], match["until"]
    return interval(first, first[: 4 - len(last)] + last)


def decade(match: Match, _: Context) -> str | None:
    """ "the 1990s", "the nineties"."""
    return f"{match['figures'][:3]}X" if match["figures"] else f"19{DECADES[match['word'].lower()]}X"


def century(match: Match, _: Context) -> str | None:
    """ "the 21st century"."""
    nth = int(match["nth"]) if match["nth"] else CENTURIES[re.sub(r"\s", "-", match["word"].lower())]
    return f"{nth - 1:02d}XX" if 10 < nth <= 22 else None


def ago(match: Match, context: Context) -> str | None:
    """ "two years ago", and "two years later" beside a date mentioned before."""
    way, count = match["way"].lower(), number(match["count"])
    now = context.now if way in {"ago", "back"} else context.previous or context.published
    if count is None or now is None:
        return None
    count += 0.5 if match["half"] else 0
    return _moved(now, count if way == "later" else -count, match["unit"].lower().removesuffix("s"))


def _moved(now: Reference, count: float, unit: str) -> str | None:
    """The granule of the unit's size that lies `count` units from `now`; half a unit gives the next smaller size."""
    if unit in {"decade", "century", "centurie"}:
        year = year_granule(now.year + int(count * (10 if unit == "decade" else 100)))
        return year and f"{year}~"
    if unit == "year" and count == int(count):
        return year_granule(now.year + int(count))
    months = {"year": 12, "quarter": 3, "month": 1}.get(unit)
    if months is not None:
        return None if now.month is None else month_granule(now.year, now.month + int(count * months))
    day = now.date
    if day is None:
        return None
    if unit == "week":
        return week_of(date.fromisoformat(shifted(day, int(7 * count))))
    return shifted(day, int(count) if unit in {"day", "night"} else 0)


def span(match: Match, context: Context) -> str | None:
    """ "the past three years": from the same size of date that long ago up to that of publication."""
    now, unit = context.now, match["unit"].lower().removesuffix("s")
    count = number(match["count"]) if match["count"] else 1
    if now is None or count is None:
        return None
    if not match["count"] and unit in {
        "year",
        "month",
    }:  # "the past year" is counted in months, "the past month" in days
        count, unit = (12, "month") if unit == "year" else (30, "day")
    ahead = match["rel"].lower() in _ON
    other = _moved(now, count if ahead else -count, unit)
    here = None if other is None else _same_size(now, lower(other).rstrip("~"))
    if other is None or here is None:
        return None
    return interval(here, other) if ahead else interval(other.rstrip("~"), here)


def _same_size(now: Reference, granule: str) -> str | None:
    if len(granule) == 4:
        return year_granule(now.year)
    if len(granule) == 7:
        return None if now.month is None else month_granule(now.year, now.month)
    return None if now.date is None else now.date.isoformat()


def plain_unit(match: Match, context: Context) -> str | None:
    """ "the end of the year": the year of publication or, in a tale, of the date before."""
    now = context.previous if context.narrative and context.previous is not None else context.now
    return None if now is None else _related_unit(match["what"].lower(), 0, now)


def unknown(_match: Match, _context: Context) -> str | None:
    """Lengths, repetitions and words such as "recently" have no value."""
    return None
