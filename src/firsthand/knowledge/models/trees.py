"""Boosted symmetric trees over rows of numbers, run with numpy alone.

In a symmetric tree every level asks one question of every row, so a tree is a short list of questions, and the answers
to them are the bits of the leaf's number: thousands of questions are one comparison of two arrays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

FORMAT = "firsthand.trees/1"
READING = "reading.npz"
BEST_READING = "reading-best.npz"
_FACTS = "facts"
_PARTS = ("columns", "borders", "leaves")
_PART_ROWS = 1024
"""All answers for so many rows take a few megabytes."""
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, kw_only=True, eq=False)
class Trees:
    """A sum of trees; every tree is of the same depth, at most 8."""

    columns: npt.NDArray[np.int16]
    """Trees by depth: which column of a row a level looks at."""
    borders: npt.NDArray[np.float32]
    """Trees by depth: a row answers yes where its number is above this."""
    leaves: npt.NDArray[np.float32]
    """Trees by leaves, in logits; the first question is the lowest bit of a leaf's number."""
    bias: float

    def probabilities(self, rows: Floats) -> Floats:
        """One number a row, 0 to 1."""
        found: Floats = 1.0 / (1.0 + np.exp(-self.logits(rows)))
        return found

    def logits(self, rows: Floats) -> Floats:
        """One number a row: the logarithm of the odds."""
        parts = [self._of_part(rows[at : at + _PART_ROWS]) for at in range(0, len(rows), _PART_ROWS)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _of_part(self, rows: Floats) -> Floats:
        count = len(self.columns)
        by_column = np.ascontiguousarray(rows.T, dtype=np.float32)
        answers = by_column[self.columns.ravel()] > self.borders.ravel()[:, None]
        leaf = np.packbits(answers.reshape(count, -1, len(rows)), axis=1, bitorder="little")[:, 0]
        logits = np.take_along_axis(self.leaves, leaf.astype(np.intp), axis=1).sum(axis=0, dtype=np.float64)
        found: Floats = logits + self.bias
        return found


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadingModel:
    """What was learned of which segments of a page belong to its story."""

    trees: Trees
    features: tuple[str, ...]
    """What the columns of a row hold."""


def write_reading(path: Path, model: ReadingModel) -> None:
    """Write the model as an .npz file; equal models give equal bytes."""
    facts = {"format": FORMAT, "bias": model.trees.bias, "features": model.features}
    packed = np.frombuffer(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode(), np.uint8)
    arrays = {part: getattr(model.trees, part) for part in _PARTS}
    np.savez_compressed(path, allow_pickle=False, **{_FACTS: packed}, **arrays)


def read_reading(path: Path) -> ReadingModel:
    """The model in a file that `write_reading` made; raises ValueError for any other format."""
    with np.load(path, allow_pickle=False) as archive:
        facts = json.loads(archive[_FACTS].tobytes())
        if facts.get("format") != FORMAT:
            raise ValueError(f"{path.name} holds {facts.get('format')!r}, not {FORMAT!r}: train it again")
        trees = Trees(**{part: archive[part] for part in _PARTS}, bias=facts["bias"])
    return ReadingModel(trees=trees, features=tuple(facts["features"]))


def reading_model() -> ReadingModel:
    """The model of main text that ships with the package."""
    return _shipped(READING)


def best_reading_model() -> ReadingModel:
    """The model of main text that also hears a second opinion."""
    return _shipped(BEST_READING)


@cache
def _shipped(name: str) -> ReadingModel:
    with as_file(files("firsthand.knowledge.models") / name) as path:
        return read_reading(path)
