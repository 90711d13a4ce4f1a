"""The patterns of the time grammar: how English prose writes a point or stretch of time.

In the patterns below `_` stands for white space, and names in braces for the building blocks that come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from firsthand.extract.time_grammar import (
    CENTURIES,
    DECADES,
    MONTHS,
    NUMBERS,
    SEASONS,
    WEEKDAYS,
    Form,
    Resolver,
    TimeKind,
    ago,
    bare_day,
    century,
    day_month,
    decade,
    iso_day,
    month_only,
    numeric_day,
    part_of_year,
    plain_unit,
    plain_year,
    related,
    related_year_of_accounts,
    season,
    span,
    today,
    unknown,
    weekday,
    years,
)

_BLOCKS: Mapping[str, str] = {
    "month": r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b(?:(?<=Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|ept|Oct|Nov|Dec)\.)?",
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
    "nth": r"(?:[12]?\d|3[01])(?:st|nd|rd|th)",
    "weekday": r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\.)",
    "yyyy": r"(?:1[4-9]|20|21)\d\d",
    "season": r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)",
    "unit": r"(?i:minutes?|hours?|days?|nights?|weeks?|months?|quarters?|years?|decades?|century|centuries)",
    "number": r"(?:\d{1,3}(?:\.5)?|(?i:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")(?:_of)?)",
    "that": r"(?:this|last|next|that|the_same|the_previous|the_following|the_current|the_preceding)",
    "rel": r"(?i:this|last|next|that|past|coming|current|same|previous|following|preceding)",
    "ordinal": r"(?i:first|second|third|fourth|final|last|1st|2nd|3rd|4th)",
    "some": r"(?i:a_few|few|several|some|many|a_couple_of|couple_of)",
    "tens": "(?i:" + "|".join(DECADES) + ")",
    "hundreds": "(?i:" + "|".join(CENTURIES).replace("-", r"[-\s]") + ")",
    "ofyear": r"(?:,?_(?P<year>{yyyy})\b(?:_year\b)?|,?_(?:of_|in_)?(?P<which>{that})_year\b)",
}


def _expanded(pattern: str) -> str:
    for _ in range(2):  # a block may name another block
        pattern = re.sub(r"\{([a-z]+)\}", lambda m: _BLOCKS[m[1]], pattern)
    return pattern.replace("_", r"\s+")


def _form(kind: TimeKind, pattern: str, resolve: Resolver, first: Iterable[str]) -> Form:
    return Form(kind, re.compile(_expanded(pattern) + r"(?![^\W_])"), resolve, tuple(first))


def _cased(*words: str) -> tuple[str, ...]:
    return tuple(form for word in words for form in (word, word.capitalize()))


_FIGURE = ("#",)
_RELATED = _cased(
    "this", "last", "next", "that", "past", "coming", "current", "same", "previous", "following", "preceding"
)  # fmt: skip
_ORDINAL = (*_FIGURE, *_cased("first", "second", "third", "fourth", "final", "last"))
_COUNT = (*_FIGURE, *_cased(*NUMBERS))
_BARE_UNITS = ("days", "weeks", "months", "years", "decades")
_MONTH = tuple(MONTHS)
_SEASON = _cased(*SEASONS)

_DAYS = (
    _form("date", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+Z?)?", iso_day, _FIGURE),
    _form("date", r"(?P<a>\d\d?)(?P<dot>[./])(?P<b>\d\d?)(?P=dot)(?P<year>{yyyy})", numeric_day, _FIGURE),
    _form(
        "date",
        r"(?P<day>{day})(?:\s?[-–]\s?(?P<until>{day}))?(?:_day)?(?:_of)?_(?P<month>{month}){ofyear}?",
        day_month,
        _FIGURE,
    ),
    _form(
        "date",
        r"(?P<month>{month})_(?:the_)?(?P<day>{day})(?![\d%:]|,\d)(?:\s?[-–]\s?(?P<until>{day})(?!\d))?{ofyear}?",
        day_month,
        _MONTH,
    ),
    _form(
        "date",
        r"(?P<weekday>{weekday})(?:,?_(?:the_)?(?P<day>{day})(?:_of)?_(?P<month>{month}){ofyear}?)?",
        weekday,
        WEEKDAYS,
    ),
    _form("date", r"(?P<weekday>{weekday}),?_(?P<month>{month})_(?P<day>{day}){ofyear}?", weekday, tuple(WEEKDAYS)),
    _form("date", r"(?P<weekday>{weekday})_(?:of_)?(?P<week>last|this|next)_week", weekday, tuple(WEEKDAYS)),
    _form("date", r"(?P<rel>{rel})_(?P<weekday>{weekday})", weekday, _RELATED),
    _form(
        "date",
        r"(?i:today|yesterday|tomorrow|tonight|last_night|this_(?:morning|afternoon|evening))",
        today,
        _cased("today", "yesterday", "tomorrow", "tonight", "last", "this"),
    ),
    _form(
        "date",
        r"(?P<day>{nth})(?:_of_(?:(?P<rel>last|this|next)|the)_month)?"
        r"(?=\s*(?:[.,;:)]|$)|\s+(?:and|at|in|that|when|said|by|to|with|from|after|before|about)\b)",
        bare_day,
        _FIGURE,
    ),
)

_MONTHS_AND_SEASONS = (
    _form(
        "date", r"(?P<month>{month})(?:\s?[-–]\s?|_(?:to|through|until)_)(?P<until>{month}){ofyear}", month_only, _MONTH
    ),
    _form("date", r"(?P<month>{month}){ofyear}?", month_only, _MONTH),
    _form(
        "date", r"(?P<season>{season})(?:(?:_of)?_(?P<year>{yyyy})|_(?:of_)?(?P<which>{that})_year)?", season, _SEASON
    ),
    _form(
        "date",
        r"(?P<nth>{ordinal})[-_](?P<part>quarter|half)(?:(?:_of)?_(?P<year>{yyyy})|_of_(?P<which>{that}|the)_year)?",
        part_of_year,
        _ORDINAL,
    ),
    _form(
        "date",
        r"(?P<part>[QH])(?P<nth>[1-4])(?:(?:_of)?_(?P<year>{yyyy})|_of_(?P<which>{that})_year)?",
        part_of_year,
        ("Q1", "Q2", "Q3", "Q4", "H1", "H2"),
    ),
)

_YEARS = (
    _form("interval", r"(?P<year>{yyyy})\s?[-–/]\s?(?P<until>\d{4}|\d\d)(?![-/\d])", years, _FIGURE),
    _form("date", r"(?P<year>{yyyy})(?:_year)?(?![.,:/–-]?\d|[%°$€£]|\s?B\.?C)", plain_year, _FIGURE),
    _form("date", r"(?i:year)_(?P<year>{yyyy})", plain_year, _cased("year")),
    _form("date", r"(?:(?P<figures>(?:1[89]|2[01])\d0)['’]?s|(?P<word>{tens}))", decade, (*_FIGURE, *_cased(*DECADES))),
    _form(
        "date",
        r"(?:(?P<nth>\d\d)(?:st|nd|rd|th)|(?P<word>{hundreds}))[-_](?i:century|centuries)",
        century,
        (*_FIGURE, *_cased(*CENTURIES, "twenty")),
    ),
)

_RELATIVE = (
    _form(
        "date",
        r"(?P<rel>{rel})_(?P<what>{season}|{month}|(?<!past\s)(?:year|month|week|weekend|decade|century|quarter|day))",
        related,
        _RELATED,
    ),
    _form("date", r"(?P<rel>{rel})_(?:fiscal|financial)_(?P<what>year)", related_year_of_accounts, _RELATED),
    _form(
        "date",
        # "a month earlier than usual", "a week before the vote": so long before something else, not before a date
        r"(?P<count>{number})_(?P<unit>{unit})(?P<half>_and_a_half)?"
        r"_(?P<way>ago|back|(?:earlier|later)(?!_than\b)|before(?!_(?:the|an?|his|her|its|their|this|that|[A-Z]|\w+ing\b)))",
        ago,
        _COUNT,
    ),
    _form(
        "interval",
        r"(?P<rel>(?i:past|last|next|coming|following))_(?P<count>{number})_(?:or_so_)?(?P<unit>{unit})",
        span,
        _RELATED,
    ),
    _form("interval", r"(?P<rel>(?i:past))_(?P<count>)(?P<unit>year|month|week|decade)", span, _RELATED),
    _form(
        "date",
        r"(?P<what>year|month|week)(?:['’]s[-_]|-)(?:end|close|start)",
        plain_unit,
        _cased("year", "month", "week"),
    ),
    _form("date", r"(?P<what>year|month|week)_(?:is_out|ends)", plain_unit, ("year", "month", "week")),
    _form(
        "date",
        r"(?i:end|start|beginning|middle|rest|remainder|close|turn)_of_(?:the_)?(?P<what>year|month|week|decade|century)",
        plain_unit,
        _cased("end", "start", "beginning", "middle", "rest", "remainder", "close", "turn"),
    ),
    _form("date", r"(?i:(?P<what>weekend))", plain_unit, _cased("weekend")),
)

_WITHOUT_VALUE = (
    _form(
        "vague",
        r"(?i:recent|past|last|coming|next|previous)_(?:{some}_)?{unit}",
        unknown,
        (*_RELATED, *_cased("recent")),
    ),
    _form(
        "vague",
        r"{some}_{unit}_(?:ago|earlier|later|back)",
        unknown,
        _cased("a", "few", "several", "some", "many", "couple"),
    ),
    _form(
        "vague", r"(?i:recently|currently|nowadays|now)", unknown, _cased("recently", "currently", "nowadays", "now")
    ),
    _form(
        "set",
        r"(?i:every|each)_(?:(?:other|{number})_)?(?:{unit}|{weekday}s?|{month}|{season}|season|morning|evening|weekend)",
        unknown,
        _cased("every", "each"),
    ),
    _form(
        "set",
        r"(?:(?i:daily|weekly|monthly|yearly|annually|annual)|{weekday}s|(?i:once|twice)_an?_{unit})",
        unknown,
        (
            *_cased("daily", "weekly", "monthly", "yearly", "annually", "annual", "once", "twice"),
            *(f"{d}s" for d in WEEKDAYS),
        ),
    ),
    _form(
        "duration",
        r"(?:{number}|(?i:half_an?)|{some})[-_]{unit}(?:_and_a_half)?(?![-_]old)",
        unknown,
        (*_COUNT, *_cased("half", "several", "few", "some", "many")),
    ),
    _form("duration", r"(?i:days|weeks|months|years|decades)", unknown, _cased(*_BARE_UNITS)),
)

FORMS: tuple[Form, ...] = (*_DAYS, *_MONTHS_AND_SEASONS, *_YEARS, *_RELATIVE, *_WITHOUT_VALUE)


def forms_by_first_word() -> Mapping[str, tuple[Form, ...]]:
    """Forms by the words that a match can begin with, as written; `#` for a figure."""
    index: dict[str, list[Form]] = {}
    for form in FORMS:
        for word in dict.fromkeys(form.first):
            index.setdefault(word, []).append(form)
    return {word: tuple(forms) for word, forms in index.items()}
