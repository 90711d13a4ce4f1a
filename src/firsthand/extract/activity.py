"""What a statement says is done: the activity that a model of its words and their classes finds likeliest."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import cast

from firsthand.knowledge.cues import cues
from firsthand.knowledge.models.linear import statement_model
from firsthand.knowledge.senses import senses, stems
from firsthand.records import Activity

_MOST = 2
"""How often a class or cue is counted at most."""


def activity(words: str) -> Activity:
    """The activity of a statement, from its words alone.

    >>> activity("The firm shipped 300 cameras to the ministry under a contract.")
    'supply'
    """
    model = statement_model("activity")
    scores = model.scores(activity_features(words))
    best = max(range(len(scores)), key=lambda number: (scores[number], -number))
    return cast(Activity, model.classes[best])


def activity_features(words: str) -> dict[str, float]:
    """Words, pairs of neighbouring words, classes of words and cues (`knowledge/cues.toml`) with their strengths."""
    found = stems(words)
    classes = Counter(name for word in found for name in senses(word))
    features = {"always": 1.0, "length": min(3.0, len(found) / 12)}
    features |= {f"word {word}": 1.0 for word in found}
    features |= {f"pair {a} {b}": 1.0 for a, b in pairwise(found)}
    features |= {f"sense {name}": float(min(_MOST, count)) for name, count in classes.items()}
    for name, weight, pattern in cues().activity:
        hits = {match.group().lower() for match in pattern.finditer(words)}
        if hits:
            features[f"cue {name} {weight:g}"] = float(min(_MOST, len(hits)))
    return features
