"""Times in a text that tells of years long past, as a history or a long report does: which carry the tale on.

There a day without a year belongs to the year the tale has come to, not to that of publication. So what the teller says
from today ("two years ago"), what looks back, and a year named by the way must not carry the tale off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.extract.time_grammar import TEXTUAL, Found, ago, related, span, today
from firsthand.extract.time_values import Reference, reached

_LEAST_YEARS, _SHARE = 6, 0.7
"""Years a text must name, and the share of them long past, for it to be read as a tale. Set by hand."""
_LEAP = 10
"""Years; a tale that goes on in a year farther off has either jumped or only mentioned that year."""


def stated_year(match: re.Match[str]) -> int | None:
    """The year that an expression writes out."""
    year = match.groupdict().get("year")
    return int(year) if year else None


def tells_of_the_past(years: Sequence[int | None], published: Reference | None) -> bool:
    """Whether most of the years that the text writes out lie before that of its publication."""
    written = [year for year in years if year is not None]
    if published is None or len(written) < _LEAST_YEARS:
        return False
    return sum(year < published.year for year in written) > _SHARE * len(written)


def is_aside(
    item: Found, edtf: str, previous: Reference | None, coming: Sequence[int | None], *, open_ended: bool = False
) -> bool:
    """Whether the tale does not go on from an expression: told from today, looking back, or a year named by the way.

    `previous` is where the tale has come to; `coming` are the years that the next expressions write out; `open_ended`
    says that the expression opens or closes a stretch ("since 1813"). A far year is named by the way if the next year
    is closer to where the tale was.
    """
    written = stated_year(item.match) is not None
    if open_ended or (not written and (previous is None or _from_today(item) or _looks_back(item))):
        return True
    there = reached(edtf)
    if there is None or previous is None or abs(there.year - previous.year) <= _LEAP:
        return False
    following = next((year for year in coming if year is not None), None)
    return not written or (following is not None and abs(following - previous.year) < abs(following - there.year))


def _from_today(item: Found) -> bool:
    groups = item.match.groupdict()
    if item.form.resolve is related:
        return groups["rel"].lower() not in TEXTUAL | {"next"}
    return item.form.resolve in (today, span) or (item.form.resolve is ago and groups["way"].lower() in {"ago", "back"})


def _looks_back(item: Found) -> bool:
    groups = item.match.groupdict()
    return (groups.get("way") or "").lower() in {"earlier", "before"} or (groups.get("rel") or "").lower() in {
        "previous",
        "preceding",
    }
