"""Each segment of a page as a row of numbers: its words, its markup, its containers, its neighbours, and the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.read.block_names import MARK_NAMES, mark_of
from firsthand.read.clutter import Zone
from firsthand.read.judged import Judged, Signature, make_of
from firsthand.read.markup import Element
from firsthand.read.phrases import is_credit, is_furniture, opens_comments, opens_related
from firsthand.read.wording import ends_sentence

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
_OPENING = 120
"""So many of a text's first characters tell its make-up."""
_HEADING_WORDS = 9
_CREDIT_WORDS = 25
_FAR = 40
"""Distance that stands for none, in elements or segments."""


def feature_rows(items: Sequence[Judged], title: str, stated: str) -> Numbers:
    """One row a segment, columns as in `feature_names`; at least one segment.

    `title` is the page's headline and `stated` the text that it states for machines, either may be empty.
    """
    own = np.array([_own(item) for item in items], dtype=np.float32).reshape(len(items), len(_OWN))
    marks, chains = _Chains().rows(items)
    words = _word_facts(items, title, stated)
    mass = _masses(items)
    sums = np.concatenate([np.zeros((1, mass.shape[1])), np.cumsum(mass, axis=0)])
    parts = [own, marks, chains, words]
    parts += [_shares(sums[last] - sums[first], sums[-1]) for first, last in spans(items)]
    parts += [_shares(by_make(items, mass, depth), sums[-1]) for depth in (1, 2)]
    parts += [*_around(own), _places(own, mass), _page(len(items), own, mass)]
    return np.concatenate(parts, axis=1, dtype=np.float32)


_OWN = (
    "characters", "words", "word length", "link share", "links", "ends sentence", "prose", "commas", "stops",
    "digits", "capitals", "opens with capital", "kind", "heading", "strong", "fine", "slanted", "breaks",
    "furniture", "credit", "opens related", "opens comments", "teaser", "zone", "kept by rule", "weight", "bars",
    "zones around",
)  # fmt: skip


def _own(item: Judged) -> tuple[float, ...]:
    segment = item.segment
    text, words = segment.text, item.words
    length, opening = len(text), text[:_OPENING]
    heading = words <= _HEADING_WORDS
    return (
        length,
        words,
        length / (words + 1),
        segment.link_share,
        len(segment.links),
        ends_sentence(text),
        item.prose,
        sum(map(text.count, ",;:،、，")) / length,
        sum(map(text.count, (". ", "? ", "! ", "。"))),
        len(_DIGIT.findall(opening)) / len(opening),
        len(_UPPER.findall(opening)) / len(opening),
        opening[0].isupper(),
        _KINDS[segment.kind],
        segment.heading,
        segment.strong,
        segment.fine,
        segment.slanted,
        segment.breaks,
        is_furniture(text),
        words <= _CREDIT_WORDS and is_credit(text),
        heading and opens_related(text),
        heading and opens_comments(text),
        item.teaser,
        _ZONES[item.zone],
        item.keep,
        item.weight / length,
        opening.count("|"),
        len(item.zones),
    )


_CHAIN = ("depth", "up to article", "up to main", "up to hard zone", "up to list", "up to table")
_MARK_SPANS = ("own", "near", "any")
_Above: TypeAlias = tuple[int, int, int, tuple[int, ...]]
"""Bits of an element's own mark, of it and the two above it, of it and all above it; and its distances."""


class _Chains:
    """What stands above a segment; everything about an element is worked out once, from what its parent has."""

    def __init__(self) -> None:
        self.known: dict[Element, _Above] = {}

    def rows(self, items: Sequence[Judged]) -> tuple[Numbers, Numbers]:
        """Bits of the marks (own, of the three nearest, of all above), and distances."""
        found = [self._of(item.chain) for item in items]
        inline = [mark_of("", item.segment.names)[0] if item.segment.names else 0 for item in items]
        bits = np.array(
            [[own | more, near | more, every] for (own, near, every, _), more in zip(found, inline, strict=True)],
            dtype="<u8",
        ).reshape(len(items), 3)
        spread = np.unpackbits(bits.view(np.uint8).reshape(len(items), 3, 8), axis=2, bitorder="little")
        marks = spread[:, :, : len(MARK_NAMES)].reshape(len(items), -1).astype(np.float32)
        return marks, np.array([far for *_, far in found], dtype=np.float32).reshape(len(items), len(_CHAIN))

    def _of(self, chain: tuple[Element, ...]) -> _Above:
        known = self.known
        place = next((place for place, element in enumerate(chain) if element in known), len(chain))
        for element in reversed(chain[:place]):
            known[element] = self._extended(element)
        return known[chain[0]]

    def _extended(self, element: Element) -> _Above:
        tag, parent = element.tag, element.parent
        own, hard = mark_of(tag, f"{element.get('class')} {element.get('id')}".strip())
        if parent is None:
            return own, own, own, (0, _FAR, _FAR, _FAR, _FAR, _FAR)
        parent_own, _, parent_any, (depth, article, main, zone, listed, table) = self.known[parent]
        near = own | parent_own | (self.known[parent.parent][0] if parent.parent else 0)
        far = (
            depth + 1,
            0 if tag == "article" else min(article + 1, _FAR),
            0 if tag == "main" else min(main + 1, _FAR),
            0 if hard else min(zone + 1, _FAR),
            0 if tag in ("ul", "ol") else min(listed + 1, _FAR),
            0 if tag == "table" else min(table + 1, _FAR),
        )
        return own, near, own | parent_any, far


def _word_facts(items: Sequence[Judged], title: str, stated: str) -> Numbers:
    """How often the same text stands on the page, and what it shares with title and stated text."""
    texts = [item.segment.text[:_OPENING].casefold() for item in items]
    times: dict[str, int] = {}
    order = []
    for text in texts:
        order.append(times.get(text, 0))
        times[text] = order[-1] + 1
    title_words = set(title.casefold().split())
    body = " ".join(stated.casefold().split())
    rows = []
    for text, nth in zip(texts, order, strict=True):
        words = set(text.split()) if title_words else title_words
        shared = len(words & title_words) / len(title_words | words) if title_words else 0.0
        rows.append((times[text], nth, shared, text in body if body else -1))
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


def spans(items: Sequence[Judged]) -> tuple[tuple[Places, Places], ...]:
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


def by_make(items: Sequence[Judged], mass: Numbers, depth: int) -> Numbers:
    """The sums over all segments whose blocks, and with `depth` 2 their parents too, are of the same make."""
    ids: dict[tuple[Signature, ...], int] = {}
    makes = np.array([ids.setdefault(tuple(map(make_of, item.chain[:depth])), len(ids)) for item in items])
    return np.stack([np.bincount(makes, weights=column)[makes] for column in mass.T], axis=1)


_AROUND = ("characters", "link share", "prose", "heading", "kept by rule", "ends sentence", "zone")


def _around(own: Numbers) -> list[Numbers]:
    """What the neighbours are: the next on either side, and means over more of them."""
    columns = own[:, [_OWN.index(name) for name in _AROUND]].copy()
    columns[:, 0] = np.log1p(columns[:, 0])
    return [neighbours(columns, reach * side) for reach in _REACHES for side in (-1, 1)]


def neighbours(columns: Numbers, reach: int) -> Numbers:
    """Means of `columns` over the `abs(reach)` rows before (negative) or after each row; zero beyond the ends."""
    count = len(columns)
    sums = np.concatenate([np.zeros((1, columns.shape[1])), np.cumsum(columns, axis=0, dtype=np.float64)])
    at = np.arange(count)
    low, high = (at + reach, at) if reach < 0 else (at + 1, at + 1 + reach)
    found: Numbers = sums[np.clip(high, 0, count)] - sums[np.clip(low, 0, count)]
    return found / abs(reach)


_PLACES = (
    "place", "place from end", "share of page before", "before kept", "after kept", "nearest kept", "from headline",
)  # fmt: skip


def _places(own: Numbers, mass: Numbers) -> Numbers:
    """Where each segment stands: on the page, from what the rules keep, and from the first heading of order one."""
    count = len(own)
    at = np.arange(count)
    share = np.cumsum(mass[:, 1]) / max(mass[:, 1].sum(), 1)
    before, after, near = _from_kept(at, np.flatnonzero(mass[:, 4] > 0))
    headline = np.flatnonzero(own[:, _OWN.index("heading")] == 1)
    from_headline = np.clip(at - headline[0], -_FAR, _FAR) if len(headline) else np.full(count, -_FAR)
    return np.stack([at, count - at, share, before, after, near, from_headline], axis=1)


def _from_kept(at: Places, kept: Places) -> tuple[Places, Places, Places]:
    """How far each place is before the first, after the last, and from the nearest of the kept ones."""
    if not len(kept):
        far = np.full(len(at), _FAR)
        return far, far, far
    place = np.searchsorted(kept, at)
    later, earlier = kept[np.minimum(place, len(kept) - 1)], kept[np.maximum(place - 1, 0)]
    near = np.minimum(np.minimum(np.abs(later - at), np.abs(at - earlier)), _FAR)
    return np.clip(kept[0] - at, -_FAR, _FAR), np.clip(at - kept[-1], -_FAR, _FAR), near


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
        own[:, _OWN.index("ends sentence")].mean(),
        own[:, _OWN.index("words")].max(),
        (own[:, _OWN.index("kind")] == _KINDS["list-item"]).mean(),
        (own[:, _OWN.index("heading")] > 0).mean(),
    )
    return np.tile(np.array(row, dtype=np.float32), (count, 1))


_PAGE = (
    "segments", "log characters", "link share", "prose share", "kept share", "log kept", "kept of prose", "sentences",
    "longest", "list share", "heading share",
)  # fmt: skip


def feature_names() -> list[str]:
    """What the columns of `feature_rows` hold, in their order."""
    names = [*_OWN, *(f"{span} {mark}" for span in _MARK_SPANS for mark in MARK_NAMES), *_CHAIN, *_WORD_FACTS]
    names += [f"container {level} {name}" for level in range(_LEVELS) for name in _CONTAINER]
    names += [f"make {depth} {name}" for depth in (1, 2) for name in _CONTAINER]
    names += [f"{reach * side:+d} {name}" for reach in _REACHES for side in (-1, 1) for name in _AROUND]
    return [*names, *_PLACES, *(f"page {name}" for name in _PAGE)]
