"""Wording that two documents share: the aligned passages of a pair, of which `meeting` says that it may share some."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from firsthand.records import Document
from firsthand.trace.details import Profile
from firsthand.trace.shingles import SHORT
from firsthand.trace.word_marks import Marks

REPEATS: Final = 8  # places of one shingle in a document; one repeated more often is furniture
HEADER_WORDS: Final = 25  # a longer common opening is a story
FRAME_WORDS: Final = 80  # at both edges together; more, shared by stories of two outlets, is a story
_PLACE_BITS: Final = 20  # more than the words of a text as far as it is read
_PLACE: Final = np.uint64((1 << _PLACE_BITS) - 1)


class Worded(Protocol):
    """A document with its words."""

    @property
    def document(self) -> Document:
        """The document, whose outlet is asked for."""

    @property
    def folded(self) -> Sequence[str]:
        """Its words, folded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A run of words that stands in both documents, as indexes into their words."""

    child: int
    parent: int
    length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What two documents share word for word."""

    passages: tuple[Passage, ...]
    """In the child's order, without overlaps."""
    words: int
    """Shared words in all passages."""
    child_share: float
    parent_share: float

    def turned(self) -> Wording:
        """The same seen from the other document."""
        turned: list[Passage] = []
        end = 0
        for p in sorted(self.passages, key=lambda p: (p.parent, p.child)):
            if p.parent >= end:
                turned.append(Passage(child=p.parent, parent=p.child, length=p.length))
                end = p.parent + p.length
        words = sum(p.length for p in turned)
        return Wording(
            passages=tuple(turned), words=words, child_share=self.parent_share, parent_share=self.child_share
        )

    def longest(self) -> Passage | None:
        """The longest passage, the first of equals."""
        return max(self.passages, key=lambda p: (p.length, -p.child), default=None)


class Aligner:
    """Finds the passages that a document shares with others; its shingles are put in order once."""

    def __init__(self, parent: Worded, hashes: Marks, *, framed: bool = False) -> None:
        """`hashes` are the parent's 5-word shingles; `framed` if some outlet repeats one of them."""
        self._parent = parent
        self._shingles = hashes
        self._framed = framed
        # packed with their places: sorting numbers is quicker than sorting places by them
        keys = (hashes & ~_PLACE) | np.arange(len(hashes), dtype=np.uint64)
        keys.sort()
        self._hashes, self._places = keys & ~_PLACE, (keys & _PLACE).astype(np.int64)

    def align(self, child: Worded, hashes: Marks) -> Wording:
        """The longest common runs of at least five words, greedily in the child's order; expected linear time.

        What two stories of one outlet share at their edges is furniture and left out; so is furniture of an outlet
        that came along with stories which others copied from it.
        """
        mine, theirs = child.folded, self._parent.folded
        head, tail = 0, 0
        if _same_outlet(child, self._parent):
            head, tail = _furniture(mine, theirs)
        elif self._framed:
            found = _furniture(mine, theirs)
            head, tail = found if sum(found) <= FRAME_WORDS else (0, 0)
        bounds = (len(mine) - tail, len(theirs) - tail)
        runs = list(self._runs(child, hashes, head, bounds))
        words = sum(p.length for p in runs)
        return Wording(
            passages=tuple(runs),
            words=words,
            child_share=words / max(1, bounds[0] - head),
            parent_share=_covered(runs) / max(1, bounds[1] - head),
        )

    def _runs(self, child: Worded, hashes: Marks, head: int, bounds: tuple[int, int]) -> Iterator[Passage]:
        starts, firsts = self._hits(hashes)
        n = bisect_left(starts, head)
        while n < len(starts) and starts[n] <= bounds[0] - SHORT:
            best = Passage(child=starts[n], parent=0, length=0)
            for spot in self._spots(firsts[n]):
                length = self._run_length(child, hashes, (starts[n], spot), bounds) if spot >= head else 0
                if length > best.length:
                    best = Passage(child=starts[n], parent=spot, length=length)
            if best.length >= SHORT:
                yield best
            n = bisect_left(starts, starts[n] + (best.length if best.length >= SHORT else 1), n + 1)

    def _hits(self, hashes: Marks) -> tuple[list[int], list[int]]:
        """The child's shingles that the parent has as well, and where the parent's come first in `_places`."""
        if not len(self._hashes):
            return [], []
        wanted = hashes & ~_PLACE
        firsts = np.searchsorted(self._hashes, wanted)
        hits = np.flatnonzero(self._hashes[np.minimum(firsts, len(self._hashes) - 1)] == wanted)
        return hits.tolist(), firsts[hits].tolist()

    def _spots(self, first: int) -> list[int]:
        """Places of one shingle in the parent, `REPEATS` at most."""
        last = first + 1
        while last < min(first + REPEATS, len(self._hashes)) and self._hashes[last] == self._hashes[first]:
            last += 1
        found: list[int] = self._places[first:last].tolist()
        return found

    def _run_length(self, child: Worded, hashes: Marks, at: tuple[int, int], ends: tuple[int, int]) -> int:
        """Words in common from the child's word `at[0]` and the parent's `at[1]` on, up to either end.

        The hashes say how far; the words themselves have the last word.
        """
        mine, theirs = hashes[at[0] :], self._shingles[at[1] :]
        count = min(len(mine), len(theirs))
        differing = mine[:count] != theirs[:count]
        first = int(differing.argmax())
        same = first if differing[first] else count
        length = min(same + SHORT - 1, ends[0] - at[0], ends[1] - at[1])
        if child.folded[at[0] : at[0] + length] == self._parent.folded[at[1] : at[1] + length]:
            return length
        return _run_length(child.folded, at[0], ends[0], self._parent.folded, at[1], ends[1])


def _covered(runs: Sequence[Passage]) -> int:
    """Words of the parent that stand in any of the runs."""
    covered, reach = 0, 0
    for run in sorted(runs, key=lambda run: run.parent):
        covered += max(0, run.parent + run.length - max(reach, run.parent))
        reach = max(reach, run.parent + run.length)
    return covered


def _same_outlet(child: Worded, parent: Worded) -> bool:
    return child.document.outlet is not None and child.document.outlet == parent.document.outlet


def _furniture(mine: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """Words at the head and the tail of two stories that their outlet puts around every story.

    Stories whose openings differ are two stories, so what they end with alike is the outlet's. Stories that open alike
    are versions of one, and all that they share counts.
    """
    shorter = min(len(mine), len(theirs))
    head = _common_length(mine, theirs)
    if head > HEADER_WORDS or head == shorter:
        return 0, 0
    tail = _common_length(mine[::-1], theirs[::-1])
    return head, min(tail, shorter - head)


def _common_length(mine: Sequence[str], theirs: Sequence[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(mine, theirs)) if a != b), min(len(mine), len(theirs)))  # noqa: B905


def _run_length(mine: Sequence[str], a: int, mine_end: int, theirs: Sequence[str], b: int, theirs_end: int) -> int:
    """Words in common from `mine[a]` and `theirs[b]` on, up to either end."""
    most = min(mine_end - a, theirs_end - b)
    length = 0
    while length < most and mine[a + length] == theirs[b + length]:
        length += 1
    return length


def outside_quotes(wording: Wording, child: Profile) -> int:
    """Shared words that are not inside quotation marks: third parties' words are everybody's to quote."""
    inside = bytearray(len(child.folded))
    for start, end in child.quoted:
        first, last = bisect_left(child.starts, start), bisect_left(child.starts, end)
        inside[first:last] = b"\x01" * (last - first)
    return sum(not inside[i] for p in wording.passages for i in range(p.child, p.child + p.length))
