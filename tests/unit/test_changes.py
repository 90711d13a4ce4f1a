"""What a run counts otherwise than the one before is said for every finding, and nothing else is."""

from __future__ import annotations

from firsthand.engine.changes import changes
from firsthand.records import Counts, Finding, Membership


def finding(key: str, statements: str, independent: int = 1, text: str = "") -> Finding:
    """A finding of the statements that the letters name."""
    return Finding(
        id=f"f-{key}",
        text=text or f"About {statements}",
        members=tuple(Membership(statement=f"s-{letter}", stance="supports") for letter in statements),
        counts=Counts(independent=independent, undetermined=0, derived=0, disputed_by=0),
        explanation=(),
    )


def told(before: list[Finding], after: list[Finding]) -> list[tuple[str | None, str | None, int | None, int | None]]:
    return [
        (c.was, c.finding, c.before.independent if c.before else None, c.after.independent if c.after else None)
        for c in changes(before, after)
    ]


def test_equal_counts_are_no_change_though_a_copy_joined() -> None:
    assert told([finding("1", "ab")], [finding("2", "abc")]) == []


def test_a_raised_count_names_both_findings() -> None:
    assert told([finding("1", "ab")], [finding("2", "abc", 2)]) == [("f-1", "f-2", 1, 2)]


def test_a_new_and_a_gone_finding_are_changes() -> None:
    assert told([], [finding("2", "a")]) == [(None, "f-2", None, 1)]
    assert told([finding("1", "a")], []) == [("f-1", None, 1, None)]


def test_of_a_finding_that_fell_apart_the_larger_part_goes_on() -> None:
    assert told([finding("1", "abc")], [finding("2", "a"), finding("3", "bc")]) == [(None, "f-2", None, 1)]


def test_of_findings_that_became_one_the_larger_goes_on() -> None:
    before = [finding("1", "a"), finding("2", "bc")]
    assert told(before, [finding("3", "abc")]) == [("f-1", None, 1, None)]


def test_order_of_findings_changes_nothing() -> None:
    before = [finding(str(n), letters) for n, letters in enumerate(("ab", "cd", "ef"))]
    after = [finding(str(n), letters, 2) for n, letters in enumerate(("af", "cb", "ed"), start=5)]
    assert changes(before, after) == changes(before[::-1], after[::-1])
    assert len(changes(before, after)) == 3
