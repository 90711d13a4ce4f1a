"""Each segment of a page as a row of numbers: its words, its markup, its containers, its neighbours, and the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.read.block_names import MARK_NAMES, mark_of
from firsthand.read.clutter import Zone, is_hard, names_main_text
from firsthand.read.judged import Judged, Signature, make_of
from firsthand.read.markup import Element
from firsthand.read.phrases import is_credit, is_furniture, opens_comments, opens_related
from firsthand.read.wording import ends_sentence, flat

Numbers: TypeAlias = NDArray[np.floating]
Places: TypeAlias = NDArray[np.intp]

_LEVELS = 6
"""Containers looked at, from the segment's block upwards."""
_REACHES = (1, 2, 5)
"""How many neighbours on either side are summed up."""
_KINDS = {"paragraph": 0, "heading": 1, "list-item": 2, "quote": 3, "table-row": 4}
_ZONES: Mapping[Zone, int] = {"": 0, "small": 1, "caption": 2, "clutter": 3, "comments": 4}
_DIGIT = re.compile(r"\d")
_UPPER = re.compile(r"[A-ZÀ-ÞА-Я]")
_COMMA = re.compile(r"[,;:،、，]")
_STOP = re.compile(r"[.!?…。！？](?:\s|$)")
_FAR = 40
"""Distance that stands for none, in elements or segments."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The segments of a page as numbers, and which of them stand together."""

    own: Numbers
    """One row a segment, columns as in `feature_names`."""
    characters: Numbers
    """Length of each segment's text."""
    spans: tuple[tuple[Places, Places], ...]
    """For each level of containers the half-open range of segments in the one around each segment."""
    makes: tuple[Places, ...]
    """A number for each segment's make: of its block, and of its block with the parent."""


def feature_rows(items: Sequence[Judged], title: str, stated: str) -> Rows:
    """The rows of a page's segments; at least one segment.

    `title` is the page's headline and `stated` the text that it states for machines, either may be empty.
    """
    own = np.array([_own(item) for item in items], dtype=np.float32).reshape(len(items), len(_OWN))
    marks, chains = _Chains().rows(items)
    words = _word_facts(items, title, stated)
    mass = _masses(items)
    spans, makes = _spans(items), (_makes(items, 1), _makes(items, 2))
    sums = np.concatenate([np.zeros((1, mass.shape[1])), np.cumsum(mass, axis=0)])
    parts = [own, marks, chains, words]
    parts += [_shares(sums[last] - sums[first], sums[-1]) for first, last in spans]
    parts += [_shares(by_make(mass, make), sums[-1]) for make in makes]
    parts += [*_around(own, mass), _page(len(items), own, mass)]
    return Rows(np.concatenate(parts, axis=1), mass[:, 1], spans, makes)


_OWN = (
    "characters", "words", "word length", "link share", "links", "ends sentence", "prose", "commas", "stops",
    "digits", "capitals", "opens with capital", "kind", "heading", "strong", "fine", "slanted", "breaks",
    "furniture", "credit", "opens related", "opens comments", "teaser", "zone", "kept by rule", "weight", "bars",
    "zones around",
)  # fmt: skip


def _own(item: Judged) -> tuple[float, ...]:
    segment = item.segment
    text = segment.text
    length = len(text)
    short = length <= 200
    return (
        length,
        item.words,
        length / (item.words + 1),
        segment.link_share,
        len(segment.links),
        ends_sentence(text),
        item.prose,
        len(_COMMA.findall(text)) / length,
        len(_STOP.findall(text)),
        len(_DIGIT.findall(text)) / length,
        len(_UPPER.findall(text)) / length,
        text[0].isupper(),
        _KINDS[segment.kind],
        segment.heading,
        segment.strong,
        segment.fine,
        segment.slanted,
        segment.breaks,
        is_furniture(text),
        short and is_credit(text),
        short and opens_related(text),
        short and opens_comments(text),
        item.teaser,
        _ZONES[item.zone],
        item.keep,
        item.weight / length,
        text.count("|"),
        len(item.zones),
    )


_CHAIN = ("depth", "up to main text", "up to article", "up to main", "up to zone", "up to hard zone", "up to list", "up to table", "in region")  # fmt: skip
_MARK_SPANS = ("own", "near", "any")


class _Chains:
    """What stands above a segment; everything about an element is worked out once, from what its parent has."""

    def __init__(self) -> None:
        self.known: dict[Element, tuple[int, int, int, tuple[int, ...]]] = {}

    def rows(self, items: Sequence[Judged]) -> tuple[Numbers, Numbers]:
        """Bits of the marks (own, of the three nearest, of all above), and distances."""
        found = [self._of(item.chain) for item in items]
        inline = [mark_of("", item.segment.names) if item.segment.names else 0 for item in items]
        bits = np.array(
            [[own | more, near | more, every] for (own, near, every, _), more in zip(found, inline, strict=True)],
            dtype=np.uint64,
        ).reshape(len(items), 3)
        spread = (bits[:, :, None] >> np.arange(len(MARK_NAMES), dtype=np.uint64)) & np.uint64(1)
        marks = spread.reshape(len(items), -1).astype(np.float32)
        return marks, np.array([far for *_, far in found], dtype=np.float32).reshape(len(items), len(_CHAIN))

    def _of(self, chain: tuple[Element, ...]) -> tuple[int, int, int, tuple[int, ...]]:
        place = next((place for place, element in enumerate(chain) if element in self.known), len(chain))
        for element in reversed(chain[:place]):
            self.known[element] = self._extended(element)
        return self.known[chain[0]]

    def _extended(self, element: Element) -> tuple[int, int, int, tuple[int, ...]]:
        names = f"{element.get('class')} {element.get('id')} {element.get('itemprop')} {element.get('role')}".strip()
        own = mark_of(element.tag, names)
        above = self.known.get(element.parent) if element.parent is not None else None
        if above is None:
            return own, own, own, (0, *((_FAR,) * 7), 0)
        parent_own, parent_near, parent_any, far = above
        near = own | parent_own | (self.known[element.parent.parent][0] if element.parent.parent else 0)
        starts = (
            names_main_text(element),
            element.tag == "article",
            element.tag == "main",
            False,
            is_hard(element.tag, names),
            element.tag in ("ul", "ol"),
            element.tag == "table",
        )
        steps = tuple(0 if is_one else min(far[place + 1] + 1, _FAR) for place, is_one in enumerate(starts))
        return own, near, own | parent_any, (far[0] + 1, *steps, 0)


def _word_facts(items: Sequence[Judged], title: str, stated: str) -> Numbers:
    """How often the same text stands on the page, and what it shares with title and stated text."""
    flats = [flat(item.segment.text[:300]) for item in items]
    times: dict[str, int] = {}
    order = []
    for text in flats:
        order.append(times.get(text, 0))
        times[text] = order[-1] + 1
    title_words = set(flat(title).split())
    body = f" {flat(stated)} " if stated else ""
    rows = []
    for text, nth in zip(flats, order, strict=True):
        words = set(text.split())
        shared = len(words & title_words) / len(title_words | words) if title_words and words else 0.0
        rows.append((times[text], nth, shared, (f" {text} " in body) if body and text else -1))
    return np.array(rows, dtype=np.float32).reshape(len(items), len(_WORD_FACTS))


_WORD_FACTS = ("times on page", "nth time", "shared with title", "stated")
_MASS = ("segments", "characters", "link characters", "prose characters", "kept characters")


def _masses(items: Sequence[Judged]) -> Numbers:
    """A row a segment of what containers sum up."""
    rows = []
    for item in items:
        length = len(item.segment.text)
        rows.append((1, length, length * item.segment.link_share, length * item.prose, length * item.keep))
    return np.array(rows, dtype=np.float64).reshape(len(items), len(_MASS))


_CONTAINER = ("log characters", "segments", "link share", "prose share of page", "prose share", "kept share")


def _spans(items: Sequence[Judged]) -> tuple[tuple[Places, Places], ...]:
    """The segments inside each of the nearest containers stand in a row."""
    starts = np.array([item.segment.start for item in items])
    out = []
    for level in range(_LEVELS):
        elements = [item.chain[min(level, len(item.chain) - 1)] for item in items]
        first = np.searchsorted(starts, [each.start for each in elements], side="left")
        last = np.searchsorted(starts, [each.end for each in elements], side="left")
        out.append((first, np.maximum(last, first)))
    return tuple(out)


def _shares(inside: Numbers, total: Numbers) -> Numbers:
    characters = np.maximum(inside[:, 1], 1)
    columns = (
        np.log1p(inside[:, 1]),
        inside[:, 0],
        inside[:, 2] / characters,
        inside[:, 3] / max(total[3], 1),
        inside[:, 3] / characters,
        inside[:, 4] / characters,
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _makes(items: Sequence[Judged], depth: int) -> Places:
    ids: dict[tuple[Signature, ...], int] = {}
    return np.array(
        [ids.setdefault(tuple(make_of(each) for each in item.chain[:depth]), len(ids)) for item in items], dtype=np.intp
    )


def by_make(columns: Numbers, makes: Places) -> Numbers:
    """Sums of `columns` over all rows of the same make, for each row."""
    return np.stack([np.bincount(makes, weights=column)[makes] for column in columns.T], axis=1)


_AROUND = ("characters", "link share", "prose", "heading", "kept by rule", "ends sentence", "zone")


def _around(own: Numbers, mass: Numbers) -> list[Numbers]:
    """What the neighbours are: the next on either side, and means over more of them."""
    columns = own[:, [_OWN.index(name) for name in _AROUND]].copy()
    columns[:, 0] = np.log1p(columns[:, 0])
    out = []
    for reach in _REACHES:
        for side in (-1, 1):
            out.append(neighbours(columns, reach * side))
    count = len(own)
    at = np.arange(count)
    kept = np.flatnonzero(mass[:, 4] > 0)
    if len(kept):
        before = np.clip(kept[0] - at, -_FAR, _FAR)
        after = np.clip(at - kept[-1], -_FAR, _FAR)
        place = np.searchsorted(kept, at)
        near = np.minimum(
            np.abs(kept[np.minimum(place, len(kept) - 1)] - at), np.abs(at - kept[np.maximum(place - 1, 0)])
        )
    else:
        before = after = near = np.full(count, _FAR)
    share = np.cumsum(mass[:, 1]) / max(mass[:, 1].sum(), 1)
    headline = np.flatnonzero(own[:, _OWN.index("heading")] == 1)
    from_headline = np.clip(at - headline[0], -_FAR, _FAR) if len(headline) else np.full(count, -_FAR)
    out.append(
        np.stack([at, count - at, share, before, after, np.minimum(near, _FAR), from_headline], axis=1).astype(
            np.float32
        )
    )
    return out


_PLACES = ("place", "place from end", "share of page before", "before kept", "after kept", "nearest kept", "from headline")  # fmt: skip


def neighbours(columns: Numbers, reach: int) -> Numbers:
    """Means of `columns` over the `abs(reach)` rows before (negative) or after each row; zero beyond the ends."""
    count, sums = len(columns), np.concatenate([np.zeros((1, columns.shape[1])), np.cumsum(columns, axis=0, dtype=np.float64)])
    at = np.arange(count)
    low, high = (at + reach, at) if reach < 0 else (at + 1, at + 1 + reach)
    found = sums[np.clip(high, 0, count)] - sums[np.clip(low, 0, count)]
    return (found / abs(reach)).astype(np.float32)


def _page(count: int, own: Numbers, mass: Numbers) -> Numbers:
    total = mass.sum(axis=0)
    characters = max(total[1], 1)
    row = (
        count,
        np.log1p(total[1]),
        total[2] / characters,
        total[3] / characters,
        total[4] / characters,
        np.log1p(total[4]),
        total[4] / max(total[3], 1),
        own[:, 5].mean(),
        own[:, 1].max(),
        (own[:, 12] == 2).mean(),
        (own[:, 13] > 0).mean(),
    )
    return np.tile(np.array(row, dtype=np.float32), (count, 1))


_PAGE = ("segments", "log characters", "link share", "prose share", "kept share", "log kept", "kept of prose", "sentences", "longest", "list share", "heading share")  # fmt: skip


def feature_names() -> list[str]:
    """What the columns of `feature_rows` hold, in their order."""
    names = [*_OWN, *(f"{span} {mark}" for span in _MARK_SPANS for mark in MARK_NAMES), *_CHAIN, *_WORD_FACTS]
    names += [f"container {level} {name}" for level in range(_LEVELS) for name in _CONTAINER]
    names += [f"make {depth} {name}" for depth in (1, 2) for name in _CONTAINER]
    names += [f"{reach * side:+d} {name}" for reach in _REACHES for side in (-1, 1) for name in _AROUND]
    return [*names, *_PLACES, *(f"page {name}" for name in _PAGE)]


_VOTE_REACHES = (1, 2, 5, 15)


def vote_rows(rows: Rows, belief: Numbers) -> Numbers:
    """One row a segment of what the first stage believes about it, its neighbours, containers, make and page."""
    weight = rows.characters
    votes = np.stack([belief * weight, weight, belief > 0.5, np.ones(len(belief))], axis=1)
    sums = np.concatenate([np.zeros((1, 4)), np.cumsum(votes, axis=0)])
    columns = np.stack([belief, belief > 0.5], axis=1)
    parts = [belief[:, None]]
    parts += [neighbours(columns, reach * side) for reach in _VOTE_REACHES for side in (-1, 1)]
    for inside in [sums[last] - sums[first] for first, last in rows.spans] + [by_make(votes, m) for m in rows.makes]:
        found = inside[:, 0] / np.maximum(inside[:, 1], 1)
        parts.append(np.stack([found, inside[:, 0] / max(sums[-1, 0], 1), inside[:, 2] / np.maximum(inside[:, 3], 1)], axis=1))
    parts += [_from_believed(belief), np.tile(_page_votes(belief, votes), (len(belief), 1))]
    return np.concatenate(parts, axis=1).astype(np.float32)


def _from_believed(belief: Numbers) -> Numbers:
    """How many segments before the first, after the last and from the nearest believed one."""
    at, believed = np.arange(len(belief)), np.flatnonzero(belief > 0.5)
    if not len(believed):
        return np.full((len(belief), 4), _FAR, dtype=np.float32)
    place = np.searchsorted(believed, at)
    later = believed[np.minimum(place, len(believed) - 1)] - at
    earlier = at - believed[np.maximum(place - 1, 0)]
    far = np.stack([believed[0] - at, at - believed[-1], np.abs(later), np.abs(earlier)], axis=1)
    return np.clip(far, -_FAR, _FAR).astype(np.float32)


def _page_votes(belief: Numbers, votes: Numbers) -> Numbers:
    total = votes.sum(axis=0)
    return np.array(
        [
            np.log1p(total[0]),
            total[0] / max(total[1], 1),
            total[2],
            total[2] / total[3],
            belief.max(),
            np.abs(belief - 0.5).mean(),
        ]
    )


def vote_names() -> list[str]:
    """What the columns of `vote_rows` hold, in their order."""
    names = ["belief"]
    names += [f"{reach * side:+d} {name}" for reach in _VOTE_REACHES for side in (-1, 1) for name in ("belief", "yes")]
    around = [*(f"container {level}" for level in range(_LEVELS)), "make 1", "make 2"]
    names += [f"{where} {name}" for where in around for name in ("belief", "share of page's", "yes")]
    names += [f"from {name}" for name in ("first yes", "last yes", "next yes", "yes before")]
    return names + [f"page {name}" for name in ("log belief", "belief", "yes", "yes share", "most", "certainty")]
