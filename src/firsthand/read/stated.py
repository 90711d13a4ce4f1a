"""Every date that a document gives for its publication, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from firsthand.records import StatedDate

_MAX_DATES = 12


def all_stated(published: str | None, found_in: str | None, others: Iterable[StatedDate]) -> tuple[StatedDate, ...]:
    """The date that counts, then the others; each place once, and no more than twelve. Empty where none counts."""
    if published is None or found_in is None:
        return ()
    first = StatedDate(edtf=published, found_in=found_in)
    places = {found_in}
    kept = [first]
    for other in others:
        if other.found_in not in places:
            places.add(other.found_in)
            kept.append(other)
    return tuple(kept[:_MAX_DATES])


def disagreement(stated: Sequence[StatedDate]) -> str | None:
    """A warning that names the dates that cannot be the same day as the first, or None.

    A month agrees with its days. Days next to each other agree where a time zone may part them.

    >>> first = StatedDate(edtf="2031-02-03", found_in="meta date")
    >>> disagreement([first, StatedDate(edtf="2031-02", found_in="text")])
    >>> disagreement([first, StatedDate(edtf="2031-02-05", found_in="text")])
    'published: sources disagree: meta date says 2031-02-03, text says 2031-02-05'
    """
    others = [other for other in stated[1:] if not _agree(stated[0].edtf, other.edtf)]
    if not others:
        return None
    said = ", ".join(f"{each.found_in} says {each.edtf}" for each in (stated[0], *others))
    return f"published: sources disagree: {said}"


def after_capture(published: str | None, fetched_at: str | None) -> str | None:
    """A warning where a page says it was published after it was fetched; a day is left for time zones."""
    said, fetched = _day(published or ""), _day(fetched_at or "")
    if said is None or fetched is None or said <= fetched + timedelta(days=1):
        return None
    return f"published: {published} is after the capture of the page, {fetched_at}"


def _agree(one: str, other: str) -> bool:
    shorter = min(len(one[:10]), len(other[:10]))
    if one[:shorter] == other[:shorter]:
        return True
    first, second = _day(one), _day(other)
    zoned = any(len(each) > 10 for each in (one, other))
    return zoned and first is not None and second is not None and abs(first - second) <= timedelta(days=1)


def _day(edtf: str) -> date | None:
    try:
        return date.fromisoformat(edtf[:10])
    except ValueError:
        return None
