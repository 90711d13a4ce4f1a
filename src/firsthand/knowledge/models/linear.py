"""Linear models over named features, kept as readable JSON: one weight a class for every feature, in thousandths.

Whole numbers make a score the same on every machine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

FORMAT = "firsthand.linear/1"
STATEMENTS = "statements.json"


@dataclass(frozen=True, kw_only=True)
class LinearModel:
    """Weights by feature, one for each of `classes`, in thousandths of a logit."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[int, ...]]

    def scores(self, features: Mapping[str, float]) -> tuple[float, ...]:
        """The logit of every class for the given strengths of features; a feature that was never learned counts 0.

        Sums are exact, so the order of the features changes nothing.
        """
        found = [(weights, value) for name, value in features.items() if (weights := self.weights.get(name))]
        if len(self.classes) == 1:  # the commonest case, asked for every sentence
            return (math.fsum(weights[0] * value for weights, value in found) / 1000,)
        rows = ([weight * value for weight in weights] for weights, value in found)
        columns = zip(*rows, strict=True) if found else ((),) * len(self.classes)
        return tuple(math.fsum(column) / 1000 for column in columns)


def write_models(path: Path, models: Mapping[str, LinearModel]) -> None:
    """Write models by name, one line a feature so that a change can be reviewed; equal models give equal bytes."""
    parts = []
    for name in sorted(models):
        rows = ",\n".join(
            f"  {json.dumps(feature, ensure_ascii=False)}: {json.dumps(list(weights))}"
            for feature, weights in sorted(models[name].weights.items())
        )
        parts.append(
            f' {json.dumps(name)}: {{"classes": {json.dumps(models[name].classes)}, "weights": {{\n{rows}\n }}}}'
        )
    body = ",\n".join(parts)
    path.write_text(f'{{"format": "{FORMAT}",\n{body}\n}}\n', encoding="utf-8")


def read_models(text: str) -> dict[str, LinearModel]:
    """The models that `write_models` wrote; raises ValueError for any other format."""
    table = json.loads(text)
    if table.pop("format", None) != FORMAT:
        raise ValueError(f"this is no {FORMAT} model: train it again")
    return {
        name: LinearModel(
            classes=tuple(model["classes"]),
            weights={feature: tuple(weights) for feature, weights in model["weights"].items()},
        )
        for name, model in table.items()
    }


@cache
def statement_model(name: str) -> LinearModel:
    """The model `name` ("topic" or "activity") that ships with the package, read once."""
    return _shipped()[name]


@cache
def _shipped() -> dict[str, LinearModel]:
    return read_models(files("firsthand.knowledge.models").joinpath(STATEMENTS).read_text(encoding="utf-8"))
