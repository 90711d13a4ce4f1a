"""Mentions are looked up by place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from firsthand.extract.placed import Placed
from firsthand.records import Span

SPANS = st.builds(lambda start, length: Span(start=start, end=start + length), st.integers(0, 40), st.integers(0, 9))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_looking_up_by_place_finds_what_going_through_all_finds(mentions: list[Span], within: Span) -> None:
    wanted = [m for m in sorted(mentions, key=lambda m: m.start) if m.start >= within.start and m.end <= within.end]
    assert Placed(mentions).inside(within) == wanted
