"""The story of a page in the best mode: two models, one of which also hears another extractor's opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.knowledge.models.trees import best_reading_model, reading_model
from firsthand.read.block_features import Numbers, feature_rows
from firsthand.read.block_model import MAX_SEGMENTS, best_cut, learned_text, with_choice
from firsthand.read.judged import Judged
from firsthand.read.main_text import MainText
from firsthand.read.opinion_features import opinion_rows
from firsthand.read.phrases import is_furniture
from firsthand.read.second_opinion import second_opinion, version

_CAUTION = 0.85
"""How much recall weighs beside precision. For articles left out of training 0.8 and 0.9 are level and the best of 0.6
to 1.2; pages of other kinds would have more.
"""
_MORE_RIGHT_THAN_WRONG = 0.5
"""Expected share of the chosen text from which on it stands although the rules see no prose in it: lists and tables."""
_LEAST_SEGMENTS = 30
"""Of the pages learned from 98 in 100 have more. Of smaller ones, bare texts with a line or two around them, the rules
know more, and the standard mode hears them.
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """A page's story, the opinion that was heard about it, and a warning where one was asked for in vain."""

    main: MainText
    opinion: str = ""
    """Name and version of the extractor; empty where none was heard."""
    warnings: tuple[str, ...] = ()


def best_text(ruled: MainText, title: str, stated: str, page: str) -> Heard:
    """The story as rules, models and the second opinion settle it; the standard mode's where there is no opinion.

    `ruled` is what the rules concluded, `title` the page's headline, `stated` the text that it states for machines,
    `page` its whole source, decoded.
    """
    if not _LEAST_SEGMENTS <= len(ruled.all) <= MAX_SEGMENTS:
        return Heard(learned_text(ruled, title, stated))
    opinion = second_opinion(page)
    if opinion.fault:
        return Heard(learned_text(ruled, title, stated), warnings=(without_opinion(opinion.fault),))
    belief = best_beliefs(ruled.all, title, stated, opinion.text)
    sizes = np.array([len(item.segment.text) for item in ruled.all], dtype=np.float64)
    phrase = np.array([not item.keep and is_furniture(item.segment.text) for item in ruled.all])
    chosen = (belief >= best_cut(belief, sizes, _CAUTION)) & ~phrase
    right = float((belief * sizes)[chosen].sum()) / max(float(sizes[chosen].sum()), 1.0)
    return Heard(with_choice(ruled, chosen, prose_only=right < _MORE_RIGHT_THAN_WRONG), version())


def without_opinion(fault: str) -> str:
    """The warning that a page was read in the standard mode although the best one was asked for, and why."""
    return f"main text: read in the standard mode; the second opinion could not be had, because {fault}"


def best_beliefs(items: Sequence[Judged], title: str, stated: str, opinion: str) -> Numbers:
    """For each segment how probable it is, 0 to 1, that it belongs to the story, by both models' mean in logits."""
    rows = feature_rows(items, title, stated)
    heard = np.concatenate([rows, opinion_rows(items, opinion)], axis=1)
    logits = (reading_model().trees.logits(rows) + best_reading_model().trees.logits(heard)) / 2
    belief: Numbers = 1.0 / (1.0 + np.exp(-logits))
    return belief
