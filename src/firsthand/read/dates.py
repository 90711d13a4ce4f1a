"""Dates as pages write them, turned into EDTF. Nothing is guessed: what is not written stays out.

A publisher's local date and time are kept with the offset that the page gives, and without one when it gives none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

_MONTH_NAMES = {
    1: "january jan enero ene janvier janv januar jänner janeiro gennaio gen januari января янв январь січня "
    "ocak stycznia ledna",
    2: "february feb febrero février févr fevrier februar feber fevereiro fev febbraio februari февраля фев "
    "февраль лютого şubat lutego února",
    3: "march mar marzo mars märz maerz mrz março marco maart марта мар март березня marca března mart",
    4: "april apr abril abr avril aprile апреля апр апрель квітня nisan kwietnia dubna",
    5: "may mayo mai maio maggio mag mei maj мая май травня mayıs maja května",
    6: "june jun junio juin juni junho giugno giu июня июн июнь червня haziran czerwca června",
    7: "july jul julio juillet juil juli julho luglio lug июля июл июль липня temmuz lipca července",
    8: "august aug agosto ago août aout augustus augusti августа авг август серпня ağustos sierpnia srpna",
    9: "september sep sept septiembre setiembre septembre setembro set settembre сентября сен сентябрь вересня "
    "eylül września září",
    10: "october oct octubre octobre oktober okt outubro out ottobre ott октября окт октябрь жовтня ekim "
    "października října",
    11: "november nov noviembre novembre novembro ноября ноя ноябрь листопада kasım listopada listopadu",
    12: "december dec diciembre dic décembre dez dezember dezembro dicembre декабря дек декабрь грудня aralık "
    "grudnia prosince desember",
}
_ROMAN = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(), range(1, 13), strict=True))
_MONTHS = _ROMAN | {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS.keys() - _ROMAN.keys(), key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_OF_YEAR = r"(?:(?:(?:in|of)\s+the\s+year|A\.?\s?D\.?)(?:\s+of\s+our\s+lord)?\s+)?"
_DAYS_IN_WORDS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
        "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        start=1,
    )
}
_DAY_IN_WORDS = "(?P<day>" + "|".join(sorted(_DAYS_IN_WORDS, key=len, reverse=True)) + ")"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d.]){_YEAR}[-/.]\s?(?P<month>[01]?\d)[-/.]\s?{_DAY}(?![\d.]*\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>[01]?\d)\s?[月월]\s?{_DAY}\s?[日일]",
        rf"(?<![\d.]){_DAY}(?:st|nd|rd|th|er|º|ª|\.)?[\s\-/]+(?:(?:day\s+)?(?:de|of|d['’]|del)\s*)?{_MONTH}(?:\s+de[l]?)?[\s,\-/]+{_OF_YEAR}{_YEAR}(?!\d)",
        rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}(?:st|nd|rd|th)?,?\s+{_OF_YEAR}{_YEAR}(?!\d)",
        rf"(?<![\d.]){_DAY}\.\s?(?P<month>[IVX]{{1,4}})\.\s?{_YEAR}(?!\d)",
        rf"\b{_MONTH}\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?\s+(?:[A-Z]{{2,5}}\s+)?{_YEAR}(?!\d)",  # as `date` prints it
        rf"\b{_DAY_IN_WORDS}\s+(?:(?:day\s+)?of\s+)?{_MONTH},?\s+{_OF_YEAR}{_YEAR}(?!\d)",
    )
)
_NUMERIC = re.compile(
    rf"(?<![\d./\-])(?P<first>[0-3]?\d)\s?(?P<mark>[./\-])\s?(?P<second>[0-3]?\d)\s?(?P=mark)\s?{_YEAR}(?![\d.]*\d)"
)
_WITHOUT_YEAR = re.compile(
    rf"(?:{_DAY}(?:st|nd|rd|th|\.)?\s+{_MONTH}|\b{_MONTH.replace('month', 'month2')}\s+{_DAY.replace('day', 'day2')})"
    r"(?![\w,]*\s?\d)",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(
    rf"(?<![\w-])(?<!\d\s)(?<!\d\.\s)(?<!de\s){_MONTH}(?:\s+de)?\s+{_YEAR}(?!\d)", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>Z\b|UTC\b|GMT\b)?(?P<offset>[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<date>(?:19|20|21)\d\d-[01]\d-[0-3]\d)(?:[T\s](?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s*(?P<offset>Z|UTC|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20|21)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6})?(?!\d)")
_GLUE = re.compile(r"[\s,|·•/()–—-]*(?:T|г\.|at|um|à|a las|às|alle|klo?\.?|o godz\.|в|о)?[\s:]*", re.IGNORECASE)
_WEEKDAYS = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
    "lun": 0, "mié": 2, "jue": 3, "vie": 4, "sáb": 5, "dom": 6,
    "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6, "die": 1, "mit": 2, "don": 3, "fre": 4, "son": 6,
}  # fmt: skip
_UPDATED = re.compile(
    r"(?:updated?|modified|edited|revised|corrected|actualizad[oa]|aktualisiert|mis\s+à\s+jour|atualizado|aggiornato|обновлен\w*|оновлено|güncelleme|수정)\s*(?:on|at|:|le|el|am|em|il)?[\s:]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text."""

    edtf: str
    """Date, or date and time."""
    start: int
    end: int
    other: str | None = None
    """The other reading of a date such as 03/04/2030, month first."""
    updated: bool = False
    """The words before it call it a change of the text, not its publication."""


_DIGITS = re.compile(r"\d\d")
"""Every date has a year, and every year has them."""


def stated_date(value: str) -> str | None:
    """EDTF of a machine-readable field: ISO 8601, `20300417`, RFC 5322, or any date in words. None when there is none.

    >>> stated_date("2030-04-17T06:42:00+0900"), stated_date("20300417"), stated_date("18.04.2030")
    ('2030-04-17T06:42:00+09:00', '2030-04-17', '2030-04-18')
    """
    value = value.strip()
    iso = _ISO.match(value)
    if iso and _is_day(iso["date"]):
        return iso["date"] + _time_of(iso["hour"], iso["minute"], iso["second"], iso["offset"])
    compact = _COMPACT.match(value)
    if compact and _is_day("-".join(compact.groups())):
        return "-".join(compact.groups())
    mail = mail_date(value)
    if mail:
        return mail
    found = find_dates(value)
    return found[0].edtf if found else None


def mail_date(value: str) -> str | None:
    """EDTF of an RFC 5322 date, in the sender's own time; None when it is none.

    >>> mail_date("Thu, 18 Apr 2030 07:00:12 +0900")
    '2030-04-18T07:00:12+09:00'
    """
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    text = moment.isoformat(timespec="seconds")
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def find_dates(text: str) -> list[FoundDate]:
    """Every full date in `text`, in order, with the time of day written next to it.

    >>> [date.edtf for date in find_dates("Posted 17:47 16.04.2024, Updated: April 18, 2024 3:05 pm")]
    ['2024-04-16T17:47:00', '2024-04-18T15:05:00']
    """
    if not _DIGITS.search(text):
        return []
    found: dict[int, FoundDate] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            month = match["month"].lower()
            number = str(_DAYS_IN_WORDS.get(match["day"].lower(), match["day"]))
            day = _day(match["year"], month if month.isdigit() else str(_MONTHS.get(month, 0)), number)
            if day:
                found.setdefault(match.start(), _with_time(text, match.start(), match.end(), day))
    for match in _NUMERIC.finditer(text):
        usual = _day(match["year"], match["second"], match["first"])
        swapped = _day(match["year"], match["first"], match["second"])
        if usual or swapped:
            date = _with_time(text, match.start(), match.end(), usual or swapped or "")
            if usual and swapped and _weekday_before(text, match.start()) not in (None, _weekday(usual)):
                usual, date = swapped, replace(date, edtf=swapped + date.edtf[10:])
            both = match["mark"] != "." and usual is not None and swapped is not None and usual != swapped
            other = (swapped or "") + date.edtf[10:] if both else None
            found.setdefault(match.start(), FoundDate(date.edtf, date.start, date.end, other, date.updated))
    return _without_overlaps(sorted(found.values(), key=lambda date: date.start))


def settle(date: FoundDate, certain_days: Collection[str], *, month_first: bool = False) -> tuple[str, bool]:
    """The reading of `date` that other dates of the page or its language support, and whether it had to be assumed."""
    if date.other is None:
        return date.edtf, False
    if date.edtf[:10] in certain_days:
        return date.edtf, False
    if date.other[:10] in certain_days:
        return date.other, False
    return (date.other if month_first else date.edtf), True


def month_in(text: str) -> str | None:
    """EDTF of a month with its year, as reports give it for their date; None without one.

    >>> month_in("Working paper 7, March 2031"), month_in("In 2031")
    ('2031-03', None)
    """
    match = _MONTH_AND_YEAR.search(text)
    return f"{match['year']}-{_MONTHS[match['month'].lower()]:02d}" if match else None


def stated_month(value: str) -> str | None:
    """EDTF of a field that gives no more than a month.

    >>> stated_month("2031-05"), stated_month("May 2031"), stated_month("2031")
    ('2031-05', '2031-05', None)
    """
    number = re.fullmatch(r"((?:19|20|21)\d\d)[-/.](0[1-9]|1[0-2])", value.strip())
    return f"{number[1]}-{number[2]}" if number else month_in(value)


def day_without_year(text: str) -> str | None:
    """The words of a date that lacks its year, such as `March 7`, as in a dateline; None without one."""
    match = _WITHOUT_YEAR.search(text)
    return match.group() if match else None


def _day(year: str, month: str, day: str) -> str | None:
    text = f"{year}-{int(month):02d}-{int(day):02d}"
    return text if _is_day(text) else None


def _is_day(text: str) -> bool:
    year, month, day = (int(part) for part in text.split("-"))
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _with_time(text: str, start: int, end: int, day: str) -> FoundDate:
    after = _CLOCK.search(text, end, end + 24)
    before = None if after else next(reversed(list(_CLOCK.finditer(text, max(0, start - 14), start))), None)
    clock = after if after and _GLUE.fullmatch(text[end : after.start()]) else before
    updated = _UPDATED.search(text, max(0, start - 40), start) is not None
    if clock is None or int(clock["hour"]) > 23:
        return FoundDate(day, start, end, updated=updated)
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    offset = clock["offset"] or ("Z" if clock["zone"] else None)
    return FoundDate(
        day + _time_of(f"{hour:02d}", clock["minute"], clock["second"], offset),
        start,
        max(end, clock.end()),
        updated=updated,
    )


def _time_of(hour: str | None, minute: str | None, second: str | None, offset: str | None) -> str:
    if hour is None or int(hour) > 23:
        return ""
    if offset and offset[0] in "+-" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    zone = {"UTC": "Z", "+00:00": "Z", "-00:00": "Z"}.get(offset or "", offset or "")
    return f"T{hour}:{minute}:{second or '00'}{zone}"


def _weekday_before(text: str, start: int) -> int | None:
    """The day of the week, Monday 0, that is written right before `start`; None without one."""
    word = re.search(r"([^\W\d_]{3,12})\.?,?\s*$", text[max(0, start - 16) : start])
    return _WEEKDAYS.get(word[1][:3].lower()) if word else None


def _weekday(day: str) -> int:
    year, month, number = (int(part) for part in day.split("-"))
    return calendar.weekday(year, month, number)


def _without_overlaps(found: list[FoundDate]) -> list[FoundDate]:
    kept: list[FoundDate] = []
    for date in found:
        if not kept or date.start >= kept[-1].end or date.start > kept[-1].start + 12:
            kept.append(date)
    return kept
