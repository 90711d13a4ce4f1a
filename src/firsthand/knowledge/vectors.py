"""What words are about, as directions in a space in which words of one field lie close (`models/words.npz`).

Names take no part, as in `senses`: what is learned from one story must not know the next by its names. A sentence's
direction is the mean of its words', the commonest words counting least (Arora, Liang and Ma, ICLR 2017). All is whole
numbers until the last division, so that every machine finds the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from operator import mul
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FORMAT = "firsthand.vectors/1"
TABLE = "words.npz"
FULL = 127
"""What stands for 1 in the table."""
HALF_WEIGHT_RANK = 100
"""A word of this rank by frequency counts half as much as a very rare one."""
_WORD = re.compile(r"[A-Za-z][a-z'’-]*")

SIZE = 50
SCALE = 10_000
Direction = tuple[int, ...]
"""A vector in parts of `SCALE`, all zeros where nothing is known of any word."""


@dataclass(frozen=True, kw_only=True)
class WordVectors:
    """Rows by word, and a weight in thousandths for each."""

    rows: Mapping[str, int]
    table: NDArray[np.int64]
    weights: NDArray[np.int64]


def write_vectors(path: Path, words: Sequence[str], ranks: Sequence[int], table: NDArray[np.float64]) -> None:
    """Write words with their ranks by frequency and their vectors (one row a word, whole numbers up to `FULL`)."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        format=np.frombuffer(FORMAT.encode(), np.uint8),
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        ranks=np.array(ranks, np.uint32),
        table=table.astype(np.int8),
    )


def read_vectors(path: Path) -> WordVectors:
    """The table that `write_vectors` made; raises ValueError for any other format."""
    with np.load(path, allow_pickle=False) as archive:
        if archive["format"].tobytes().decode() != FORMAT:
            raise ValueError(f"{path.name} is no {FORMAT} table: make it again")
        words = archive["words"].tobytes().decode().split("\n")
        ranks, table = archive["ranks"].astype(np.int64), archive["table"].astype(np.int64)
    weights = 1000 * (ranks + 1) // (ranks + 1 + HALF_WEIGHT_RANK)
    return WordVectors(rows={word: row for row, word in enumerate(words)}, table=table, weights=weights)


@lru_cache(maxsize=4096)
def direction(text: str) -> Direction:
    """What the words of `text` are about: 50 whole numbers, the mean of its words' vectors; its length tells how much
    its words agree, at most about `SCALE`.
    """
    known = word_vectors()
    rows = [known.rows[word] for word in _words(text) if word in known.rows]
    if not rows:
        return (0,) * SIZE
    weights = known.weights[rows]
    full = FULL * int(weights.sum())
    return tuple(round(SCALE * value / full) for value in (weights @ known.table[rows]).tolist())


def closeness(a: Direction, b: Direction) -> float:
    """The cosine of two directions, -1 to 1, to four decimals; 0 where one is all zeros.

    >>> closeness(direction("cameras on the gates"), direction("video surveillance")) > closeness(
    ...     direction("cameras on the gates"), direction("the price of bread"))
    True
    """
    lengths = math.sqrt(sum(x * x for x in a) * sum(x * x for x in b))
    return round(sum(map(mul, a, b)) / lengths, 4) if lengths else 0.0


def total(directions: Iterable[Direction], size: int) -> Direction:
    """The sum of `directions` (each of `size` numbers), all zeros of none: it points where their mean points."""
    return tuple(map(sum, zip(*directions, strict=True))) or (0,) * size


@cache
def word_vectors() -> WordVectors:
    """The table that ships with the package, read once."""
    with as_file(files("firsthand.knowledge.models").joinpath(TABLE)) as path:
        return read_vectors(path)


def _words(text: str) -> list[str]:
    """Words in order, lower-cased; a capitalised word inside the text is a name and stays out."""
    found = []
    for number, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        if not (word[0].isupper() and (number > 0 or len(word) < 2)):
            found.append(word.lower().replace("’", "'").removesuffix("'s"))
    return [
        part
        for word in found
        for part in ([word] if "-" not in word or word in word_vectors().rows else word.split("-"))
    ]
