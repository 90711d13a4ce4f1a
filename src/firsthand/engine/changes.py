"""What a run changed: findings that are new, gone, or counted otherwise than by the run before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.records import Counts, Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One finding whose counts are not what they were. The counts are those of the two findings, not made again."""

    text: str
    finding: str | None
    """Identifier of the finding as it is now; None when it is gone."""
    was: str | None
    """Identifier of the finding as it was; None when it is new."""
    before: Counts | None
    after: Counts | None


def changes(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Change, ...]:
    """The changes from one run's findings to the next one's, by their text; none where all counts are as they were.

    A finding goes on in the one that holds most of its statements. Of several into which it fell apart, or that became
    one, the one that shares most goes on, and the others are new or gone.
    """
    earlier = _goes_on(before, after)
    went_on = {finding.id for finding in earlier.values()}
    found = [
        Change(text=now.text, finding=now.id, was=was.id if was else None, before=was.counts if was else None,
               after=now.counts)
        for now in after
        if (was := earlier.get(now.id)) is None or was.counts != now.counts
    ]  # fmt: skip
    found += [
        Change(text=was.text, finding=None, was=was.id, before=was.counts, after=None)
        for was in before
        if was.id not in went_on
    ]
    return tuple(sorted(found, key=lambda change: (change.text, change.finding or "", change.was or "")))


def _goes_on(before: Sequence[Finding], after: Sequence[Finding]) -> dict[str, Finding]:
    """Each later finding's identifier to the earlier finding that goes on in it; each earlier one at most once."""
    held = {member.statement: finding for finding in before for member in finding.members}
    shared = Counter(
        (held[member.statement].id, finding.id)
        for finding in after
        for member in finding.members
        if member.statement in held
    )
    by_id = {finding.id: finding for finding in before}
    earlier: dict[str, Finding] = {}
    taken: set[str] = set()
    for (was, now), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if was not in taken and now not in earlier:
            taken.add(was)
            earlier[now] = by_id[was]
    return earlier
