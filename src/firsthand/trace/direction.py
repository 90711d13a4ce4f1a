"""Which of two documents drew on the other: dates first, then what the documents say and how complete they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from firsthand.records import Evidence
from firsthand.trace.credit import Credit
from firsthand.trace.details import Profile

_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?")
_DATELINE: Final = re.compile(r"^[^\n]{0,90}?(?:\([A-Z][\w .&-]{1,40}\)\s*[-–—]|[A-Z]{3,}[^\n]{0,60}?\s[-–—]{1,2}\s)")
GRACE_DAYS: Final = (
    2  # pages change their date when they are updated, so an explicit credit may run against it this far
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What speaks for a document being close to its sources."""

    published: date | None
    clock: tuple[int, int] | None
    primary: float
    """Signs of own work: first-hand words, dateline, named author, quoted speech; 0 to 4."""
    words: int
    body: bool = False
    """Whether it is a body's own paper, which outlets report on and not the other way round."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """Whether a document may be the child of another, and how surely."""

    certainty: float
    """0 when it cannot be, 1 when nothing speaks against it."""
    evidence: tuple[Evidence, ...]


def standing(prof: Profile, first_hand: frozenset[int], *, body: bool = False) -> Standing:
    """Read the signs off one document."""
    document = prof.document
    match = _DAY.match(document.published or "")
    published, clock = None, None
    if match:
        try:
            published = date(int(match[1]), int(match[2]), int(match[3]))
            clock = (int(match[4]), int(match[5])) if match[4] else None
        except ValueError:  # "2031-02-30": a date that no calendar has is no date
            published = None
    primary = min(1.5, 0.5 * len(first_hand))
    primary += 1.0 if _DATELINE.search(document.text[:200]) else 0.0
    primary += 0.5 if document.byline and len(document.byline.split()) in (2, 3) else 0.0
    primary += min(1.0, 0.25 * len(prof.quoted))
    return Standing(published=published, clock=clock, primary=primary, words=len(prof.folded), body=body)


def may_derive(child: Standing, parent: Standing, credit: Credit | None, counter: Credit | None) -> Ruling:
    """Whether `child` can draw on `parent`; `credit` is the child's naming of the parent, `counter` the other way."""
    credited = credit is not None and credit.strength != "mention"
    countered = counter is not None and counter.strength != "mention"
    if credited and not countered:
        return _by_credit(child, parent)
    if child.published and parent.published and child.published != parent.published:
        days = (child.published - parent.published).days
        if days < 0:
            return Ruling(certainty=0.0, evidence=())
        text = (
            f"published {days} day{'s' if days > 1 else ''} after the other ({child.published} and {parent.published})"
        )
        return Ruling(certainty=1.0 if not countered else 0.4, evidence=(Evidence(kind="date", text=text),))
    if countered:
        return Ruling(certainty=0.0, evidence=())
    return _by_signs(child, parent)


def _by_credit(child: Standing, parent: Standing) -> Ruling:
    if child.published and parent.published:
        days = (child.published - parent.published).days
        if days < -GRACE_DAYS:
            return Ruling(certainty=0.0, evidence=())
        if days < 0:
            return Ruling(
                certainty=0.6,
                evidence=(
                    Evidence(kind="date", text="dated earlier than the document it names, as updated pages are"),
                ),
            )
    return Ruling(certainty=1.0, evidence=())


def _by_signs(child: Standing, parent: Standing) -> Ruling:
    """No date decides: a body's paper is what the others report on; else dateline, quotations and first-hand words make
    the parent, and length breaks near ties.
    """
    if child.body != parent.body:
        text = "no date decides; one is a body's own paper, the other reports"
        return Ruling(certainty=0.9 if parent.body else 0.0, evidence=(Evidence(kind="date", text=text),))
    lead = parent.primary - child.primary
    if child.published and parent.published and child.clock and parent.clock and child.clock != parent.clock:
        lead += 0.5 if child.clock > parent.clock else -0.5
    if bool(child.published) != bool(parent.published):
        lead += 0.3 if parent.published else -0.3  # copies lose their date more often than originals
    lead += max(-0.5, min(0.5, (parent.words - child.words) / 400))
    if lead < 0:
        return Ruling(certainty=0.0, evidence=())
    text = "no date decides; the other has more signs of own work (dateline, author, quotations, first-hand words)"
    return Ruling(certainty=min(1.0, 0.6 + 0.2 * lead), evidence=(Evidence(kind="date", text=text),))
