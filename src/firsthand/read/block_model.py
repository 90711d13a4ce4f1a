"""Which segments of a page belong to its story, as a model learned it from pages that people marked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.knowledge.models.trees import reading_model
from firsthand.read.block_features import Numbers, feature_rows
from firsthand.read.bylines import byline_in
from firsthand.read.dates import find_dates
from firsthand.read.judged import Judged
from firsthand.read.main_text import MainText
from firsthand.read.markup import Element
from firsthand.read.phrases import is_credit, is_furniture
from firsthand.read.repeats import once

_CAUTION = 0.8
"""How much recall weighs beside precision: of 0.6 to 1.2 the best for articles left out of training, by words and by
shingles; a foreign sentence in a text is a false statement of its outlet.
"""
_FEW_CHARACTERS = 300
_AGREED, _SURELY_NOT, _SURELY = 0.85, 0.05, 0.85
"""Share of the text that both keep from which on the rules are heard too; on articles left out of training this costs
the model three thousandths of F1 and leaves set phrases out that its pages were not asked about.
"""
MAX_SEGMENTS = 8_000
"""Longer than any page learned from; what is longer is a dump or an attack, and the rules alone read it."""
_LINKED = 0.9
_MAX_METADATA_WORDS = 15


def beliefs(items: Sequence[Judged], title: str, stated: str) -> Numbers:
    """For each segment of a page how probable it is, 0 to 1, that it belongs to the story; at least one segment.

    `title` is the page's headline and `stated` the text that it states for machines, either may be empty.
    """
    return reading_model().trees.probabilities(feature_rows(items, title, stated))


def best_cut(belief: Numbers, characters: Numbers, caution: float) -> float:
    """The belief from which on segments are best kept, so that precision and recall together come out highest.

    Keeps the segments for which the expected F of the page is greatest (Lewis 1995), recall weighing `caution` times as
    much as precision: on a page where little is certain more is kept than on one where the story stands out.
    """
    order = np.argsort(-belief, kind="stable")
    likely = np.cumsum((belief * characters)[order])
    kept = np.cumsum(characters[order])
    expected = (1 + caution**2) * likely / (kept + caution**2 * likely[-1])
    return float(belief[order[int(np.argmax(expected))]])


def learned_text(ruled: MainText, title: str, stated: str) -> MainText:
    """The story as rules and model settle it, in the segments that the rules judged.

    What is evidence stays as the rules found it: credits are kept, captions are not text. No paragraph is kept twice,
    and the lines above the story that say who wrote it and when are left to the metadata.
    """
    if not 0 < len(ruled.all) <= MAX_SEGMENTS:
        return ruled
    return with_choice(ruled, _settled(ruled, beliefs(ruled.all, title, stated)))


def with_choice(ruled: MainText, chosen_by_model: NDArray[np.bool_], *, prose_only: bool = True) -> MainText:
    """The segments that a model chose as the story, with what stays as the rules found it (see `learned_text`).

    The rules' own story where the model chose no prose, unless not `prose_only`.
    """
    chosen = [
        item
        for item, belongs in zip(ruled.all, chosen_by_model, strict=True)
        if (belongs and item.zone != "caption") or (item.keep and is_credit(item.segment.text))
    ]
    chosen = _without_head(list(once(chosen, lambda item: item.segment.text)))
    if not chosen or (prose_only and not any(item.prose for item in chosen)):
        return ruled
    kept = set(map(id, chosen))
    for item in ruled.all:
        item.keep = id(item) in kept
    return MainText(chosen, ruled.all, ruled.region)


def _settled(ruled: MainText, belief: Numbers) -> NDArray[np.bool_]:
    """Which segments belong to the story when rules and model are both heard.

    Where they differ by a few lines the rules know better: a set phrase, a small box, a line of thanks. Where they
    differ in part, the model changes what it is sure of; where they tell of different stories, it decides.
    """
    sizes = np.array([len(item.segment.text) for item in ruled.all], dtype=np.float64)
    by_rule = np.array([item.keep for item in ruled.all])
    learned: NDArray[np.bool_] = belief >= best_cut(belief, sizes, _CAUTION)
    if sizes[learned != by_rule].sum() <= _FEW_CHARACTERS:
        return by_rule
    shared = 2 * sizes[learned & by_rule].sum() / (sizes[learned].sum() + sizes[by_rule].sum())
    if shared >= _AGREED:
        learned = (by_rule & (belief > _SURELY_NOT)) | (belief > _SURELY)
    aside = np.array([_is_aside(item, ruled.region) for item in ruled.all])
    settled: NDArray[np.bool_] = learned & (by_rule | ~aside)
    return settled


def _is_aside(item: Judged, region: Element | None) -> bool:
    """Furniture, another story's linked headline or teaser, or what a marked article has outside it as clutter."""
    if is_furniture(item.segment.text) or item.teaser or (item.segment.heading and item.segment.link_share > _LINKED):
        return True
    outside = region is not None and region.tag == "article" and region not in item.chain
    return outside and any(zone in ("clutter", "comments") for _, zone in item.zones)


def _without_head(chosen: Sequence[Judged]) -> list[Judged]:
    first = next((place for place, item in enumerate(chosen) if item.prose), 0)
    return [item for item in chosen[:first] if not _is_metadata(item)] + list(chosen[first:])


def _is_metadata(item: Judged) -> bool:
    text = item.segment.text
    if item.words > _MAX_METADATA_WORDS or is_credit(text):
        return False
    return bool(find_dates(text)) or byline_in(item.segment.parted) is not None
