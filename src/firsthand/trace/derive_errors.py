"""Errors that give a copy away: a child repeats its parent's figure where the parent's source has another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from firsthand.records import Evidence, Span
from firsthand.trace.derive_links import Compared, Link
from firsthand.trace.details import Detail, Profile
from firsthand.trace.reuse import Shared, is_figure

NEAR_WORDS: Final = 4  # telling words right after a figure that say what it counts
TELLING: Final = 0.5  # weight; smaller figures differ by chance


def shared_errors(link: Link, parents: Mapping[int, Sequence[Link]], known: Compared) -> Iterator[Evidence]:
    """The errors that `link`'s child shares with its parent against a source which the parent draws on."""
    child, parent = known.profiles[link.child], known.profiles[link.parent]
    for upward in parents.get(link.parent, ()):
        source = known.profiles[upward.parent]
        given = {d.key for s in source.sentences for d in s.details}
        for shared in link.telling.shared:
            if is_figure(shared.key) and shared.key not in given and shared.parent.weight >= TELLING:
                right = _counterpart(shared.parent, parent, source)
                if right is not None:
                    yield _evidence(shared, child, source, right)


def _counterpart(figure: Detail, parent: Profile, source: Profile) -> Detail | None:
    """The source's figure of the same thing: a slip of the digits, or followed by the same words."""
    theirs = [d for s in source.sentences for d in s.details if _sort(d) == _sort(figure) and d.weight >= TELLING]
    elsewhere = {d.key for s in parent.sentences for d in s.details}
    free = [d for d in theirs if d.key not in elsewhere]
    counted = _counted(figure, parent)
    slips = [d for d in free if _slip(figure.key, d.key)]
    alike = [d for d in slips if _counted(d, source) & counted]
    return next(iter(alike or slips), None)


def _sort(detail: Detail) -> str:
    return detail.key.split(":")[0]


def _slip(a: str, b: str) -> bool:
    """Whether two whole numbers are written with the same digits in another order, or differ in one digit of three."""
    x, y = a.split(":")[1], b.split(":")[1]
    if x == y or len(x) != len(y) or not (x + y).isdigit():
        return False
    return sorted(x) == sorted(y) or (len(x) >= 3 and sum(p != q for p, q in zip(x, y, strict=True)) == 1)


def _counted(figure: Detail, prof: Profile) -> frozenset[str]:
    """What a figure counts: the telling words right after it."""
    after = [d.key for s in prof.sentences for d in s.details if d.start >= figure.end and d.start < figure.end + 60]
    return frozenset(k for k in after[:NEAR_WORDS] if k.startswith("word:"))


def _evidence(shared: Shared, child: Profile, source: Profile, right: Detail) -> Evidence:
    wrong = child.document.text[shared.child.start : shared.child.end]
    stated = source.document.text[right.start : right.end]
    outlet = source.document.outlet or source.document.title or "the source"
    return Evidence(
        kind="shared-error",
        text=f"both give “{wrong}” where {outlet}, the source of the other, has “{stated}”",
        child=Span(start=shared.child.start, end=shared.child.end),
        parent=Span(start=shared.parent.start, end=shared.parent.end),
    )
