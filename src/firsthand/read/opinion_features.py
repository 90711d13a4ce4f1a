"""How a second opinion about a page's main text bears on each segment, as a row of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.read.block_features import Numbers, by_make, neighbours, spans
from firsthand.read.judged import Judged

_WORD = re.compile(r"\w+")
_RUNS = (4, 3)
"""A word counts as said where it stands in a run of so many that the opinion has too."""
_LEVELS = (0, 1, 2, 4)
_REACHES = (1, 2, 5)
_FAR = 40
_MOSTLY = 0.5
_OWN = ("said", "a line of it")
_PAGE = ("log words", "said share of page", "found share of it", "agreement with rules", "length beside rules")


@dataclass(frozen=True, slots=True)
class _Said:
    """What of a page an opinion says."""

    shares: Numbers
    """For each segment the share of its words that stand in the opinion in runs."""
    lines: Numbers
    """1 where a segment is a line of the opinion."""
    words: int
    """In the opinion."""
    found: int
    """Words of the page that are said."""


def opinion_names() -> list[str]:
    """What the columns of `opinion_rows` hold, in their order."""
    names = [*_OWN, *(f"{reach * side:+d} said" for reach in _REACHES for side in (-1, 1))]
    for level in _LEVELS:
        names += [f"container {level} said"] + ([f"container {level} of all said"] if level else [])
    names += [*(f"make {depth} said" for depth in (1, 2)), "before said", "after said"]
    return [f"opinion: {name}" for name in (*names, *(f"page {name}" for name in _PAGE))]


def opinion_rows(items: Sequence[Judged], text: str) -> Numbers:
    """One row a segment, columns as in `opinion_names`; at least one segment. `text` is the opinion, perhaps empty."""
    said = _said(items, text)
    sizes = np.array([len(item.segment.text) for item in items], dtype=np.float64)
    share = np.maximum(said.shares, said.lines)
    mass = np.stack([sizes, share * sizes], axis=1)
    columns = [said.shares, said.lines]
    columns += [neighbours(share[:, None], reach * side)[:, 0] for reach in _REACHES for side in (-1, 1)]
    columns += [*_containers(items, mass), *_from_said(share)]
    page = _page(items, said, mass)
    table = np.stack([*columns, *(np.full(len(items), value) for value in page)], axis=1)
    return table.astype(np.float32)


def _said(items: Sequence[Judged], text: str) -> _Said:
    words = [_WORD.findall(item.segment.text.lower()) for item in items]
    page, opinion = [word for each in words for word in each], _WORD.findall(text.lower())
    covered = np.zeros(len(page), dtype=bool)
    for size in _RUNS:
        known = set(zip(*(opinion[shift:] for shift in range(size)), strict=False))
        runs = zip(*(page[shift:] for shift in range(size)), strict=False)
        hits = np.fromiter((run in known for run in runs), dtype=bool)
        for shift in range(size):
            covered[shift : shift + len(hits)] |= hits
    sums = np.concatenate([[0], np.cumsum(covered)])
    counts = np.array([len(each) for each in words])
    ends = np.cumsum(counts)
    lines = {" ".join(_WORD.findall(line)) for line in text.lower().split("\n")} - {""}
    return _Said(
        shares=(sums[ends] - sums[ends - counts]) / np.maximum(counts, 1),
        lines=np.array([" ".join(each) in lines for each in words], dtype=np.float64),
        words=len(opinion),
        found=int(covered.sum()),
    )


def _containers(items: Sequence[Judged], mass: Numbers) -> list[Numbers]:
    """Shares of what stands in a segment's containers, and in blocks of its make, that is said."""
    sums = np.concatenate([np.zeros((1, 2)), np.cumsum(mass, axis=0)])
    around = spans(items)
    columns = []
    for level in _LEVELS:
        first, last = around[level]
        size, said = (sums[last] - sums[first]).T
        columns.append(said / np.maximum(size, 1))
        if level:
            columns.append(said / max(sums[-1, 1], 1))
    for depth in (1, 2):
        size, said = by_make(items, mass, depth).T
        columns.append(said / np.maximum(size, 1))
    return columns


def _from_said(share: Numbers) -> list[Numbers]:
    """How far a segment stands before the first and after the last that is mostly said."""
    at, places = np.arange(len(share)), np.flatnonzero(share > _MOSTLY)
    if not len(places):
        return [np.full(len(share), float(_FAR))] * 2
    return [np.clip(places[0] - at, -_FAR, _FAR), np.clip(at - places[-1], -_FAR, _FAR)]


def _page(items: Sequence[Judged], said: _Said, mass: Numbers) -> tuple[float, ...]:
    kept = np.array([item.keep for item in items])
    size, all_said = mass.sum(axis=0)
    by_rule = float(mass[kept, 0].sum())
    return (
        float(np.log1p(said.words)),
        all_said / max(size, 1),
        said.found / max(said.words, 1),
        2 * float(mass[kept, 1].sum()) / max(by_rule + all_said, 1),
        all_said / max(by_rule, 1),
    )
