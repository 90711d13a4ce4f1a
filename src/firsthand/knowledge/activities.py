"""How likely each activity is for the words of a statement, by the model `activity` of `models/statements.json`."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import cast

from firsthand.knowledge.cues import cues
from firsthand.knowledge.models.linear import statement_model
from firsthand.knowledge.senses import senses, stems
from firsthand.knowledge.vectors import SCALE, SIZE, direction
from firsthand.records import Activity

_MOST = 2
"""How often a class or cue is counted at most."""
_NAMES = [f"about {number:02}" for number in range(SIZE)]
_ABOUT = 3.0
"""Scale of a direction among features of 0 or 1, so that one penalty does for all."""


def activity_odds(words: str) -> Mapping[Activity, float]:
    """The probability of every activity, adding up to 1, to six decimals."""
    model = statement_model("activity")
    scores = model.scores(activity_features(words))
    top = max(scores)
    raw = [math.exp(score - top) for score in scores]
    total = math.fsum(raw)
    return {cast(Activity, name): round(value / total, 6) for name, value in zip(model.classes, raw, strict=True)}


def activity_features(words: str) -> dict[str, float]:
    """Words, pairs of neighbouring words, classes of words, what they are about, and cues (`cues.toml`)."""
    found = stems(words)
    classes = Counter(name for word in found for name in senses(word))
    features = {"always": 1.0, "length": min(3.0, len(found) / 12)}
    features |= {f"word {word}": 1.0 for word in found}
    features |= {f"pair {a} {b}": 1.0 for a, b in pairwise(found)}
    features |= {f"sense {name}": float(min(_MOST, count)) for name, count in classes.items()}
    features |= {name: _ABOUT * value / SCALE for name, value in zip(_NAMES, direction(words), strict=True)}
    return features | {f"cue {name} {weight:g}": float(min(_MOST, count)) for name, weight, count in cue_hits(words)}


@lru_cache(maxsize=1024)  # whether a sentence is on topic and what it says is done both hang on them
def cue_hits(words: str) -> tuple[tuple[str, float, int], ...]:
    """Name and weight of every cue of an activity in `words`, and in how many different wordings it stands there."""
    lowered = words.lower()
    found = ((name, weight, {*_hits(pattern, lowered)}) for name, weight, pattern in cues().activity)
    return tuple((name, weight, len(hits)) for name, weight, hits in found if hits)


def _hits(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (match.group() for match in pattern.finditer(text))
