"""Dates as EDTF text, and the arithmetic on them that news English needs.

A granule is one EDTF date without qualifier: a day `2030-04-16`, a month `2030-04`, a season `2028-23` (21 spring to
24 winter; a winter carries the year its December lies in), a year `2030`, a decade `202X` or a century `20XX`. EDTF has
no weeks, so a week is the interval of its days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_FULL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T?~%])")
_SEASON_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class Reference:
    """A known date, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The calendar day, if it is known."""
        return None if self.month is None or self.day is None else date(self.year, self.month, self.day)


def reference(edtf: str | None) -> Reference | None:
    """The date that a day, month or year in EDTF gives; None for anything else and for days that do not exist."""
    found = _FULL.match(edtf or "")
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Reference(year, month, day)


def reached(edtf: str) -> Reference | None:
    """Where a text that names a granule or interval has come to: its first day as far as known, for a season a month.

    >>> reached("2028-23/..")
    Reference(year=2028, month=9, day=None)
    """
    granule = lower(edtf)
    season = _SEASON_FIRST_MONTH.get(int(granule[5:7])) if re.fullmatch(r"\d{4}-\d\d", granule) else None
    return Reference(int(granule[:4]), season) if season is not None else reference(granule)


def year_granule(year: int) -> str | None:
    """EDTF for a year, 1 to 9999; None outside."""
    return f"{year:04d}" if 1 <= year <= 9999 else None


def month_granule(year: int, month: int) -> str | None:
    """EDTF for a month; `month` may lie outside 1 to 12 and then counts into the neighbouring years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}" if 1 <= year <= 9999 else None


def season_granule(year: int, season: int) -> str | None:
    """EDTF for a season, 21 spring to 24 winter; None where its days would leave the calendar."""
    return f"{year:04d}-{season}" if 1 <= year < 9999 else None


def day_granule(year: int, month: int, day: int) -> str | None:
    """EDTF for a day; None if there is no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def shifted(day: date, days: int) -> str:
    """The day that many days on, as EDTF; kept inside the calendar that Python knows."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal())).isoformat()


def week_of(day: date) -> str:
    """The Monday-to-Sunday week that holds the day, as an interval."""
    return f"{shifted(day, -day.weekday())}/{shifted(day, 6 - day.weekday())}"


def bounds(edtf: str) -> tuple[date, date] | None:
    """First and last day that an EDTF granule or closed interval covers; None for open ends."""
    left, _, right = edtf.partition("/")
    first, last = _granule_bounds(left), _granule_bounds(right or left)
    return None if first is None or last is None else (first[0], last[1])


def _granule_bounds(edtf: str) -> tuple[date, date] | None:
    granule = edtf.rstrip("?~%")
    if "X" in granule:
        return date(int(granule.replace("X", "0")) or 1, 1, 1), date(int(granule.replace("X", "9")), 12, 31)
    known = _FULL.match(granule)
    if known is None:
        return None
    year, month, day = int(known[1]), int(known[2] or 0), int(known[3] or 0)
    if day:
        return date(year, month, day), date(year, month, day)
    first, length = (
        (_SEASON_FIRST_MONTH[month], 3) if month in _SEASON_FIRST_MONTH else (month or 1, 1 if month else 12)
    )
    last = first + length - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def lower(edtf: str) -> str:
    """Where a granule or interval begins, for use as the left side of an interval."""
    granule = edtf.split("/", 1)[0]
    return granule.rstrip("?~%").replace("X", "0") if "X" in granule else granule


def upper(edtf: str) -> str:
    """Where a granule or interval ends, for use as the right side of an interval."""
    granule = edtf.rsplit("/", 1)[-1]
    return granule.rstrip("?~%").replace("X", "9") if "X" in granule else granule


def interval(left: str, right: str) -> str | None:
    """The EDTF interval from one granule to another; None if it would run backwards."""
    start, end = bounds(left), bounds(right)
    if start is not None and end is not None and end[1] < start[0]:
        return None
    return f"{lower(left)}/{upper(right)}"


def granularity(edtf: str) -> int:
    """Letters of the granule: 10 a day, 7 a month or season, 4 a year or coarser."""
    return len(edtf.split("/", 1)[0].rstrip("?~%"))
