"""A 64-bit mark for every word of a text, equal for words that `details_words.fold` makes equal.

The words are those of `details.WORD`, found here by arithmetic over the code points of many texts at once, which takes
a tenth of the time of matching and folding word by word. A mark is the value of a polynomial over the folded letters,
modulo 2 to the 64th, well mixed; texts with letters that fold into several go the long way and get the same marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.trace.details import MAX_TEXT, WORD
from firsthand.trace.details_words import fold

Marks: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]
_TABLE: Final = 0x3000  # code points below are looked up; those above stand for words of scripts without spaces
_TOGETHER: Final = 1 << 16  # code points worked on at once: what is made of them stays in the processor's cache
_APOSTROPHES: Final = (0x27, 0x2019)
_LETTER: Final = 1 << 30
_HARD: Final = 1 << 29  # folds into none or several, or lies above the table: the text is taken word by word
_FOLDED: Final = _HARD - 1
BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
_INVERSE: Final = pow(BASE, -1, 1 << 64)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)  # Steele, Lea and Flood 2014 (SplitMix)


def word_marks(texts: Sequence[str]) -> list[Marks]:
    """For each text the marks of its words, in order, as far as `details.profile` reads it.

    >>> first, second = word_marks(["The Ministry’s cameras", "the ministry s CAMERAS"])
    >>> bool((first == second).all())
    True
    """
    made: list[Marks] = []
    for some in _chunks([text[:MAX_TEXT] for text in texts]):
        made += _marked(some)
    return made


def mixed(found: Marks) -> Marks:
    """Every bit depends on all: a polynomial alone says little in its low bits, by which samples are drawn."""
    found = (found ^ (found >> np.uint64(32))) * _MIX
    return found ^ (found >> np.uint64(29))


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    ends = np.cumsum([len(text) + 1 for text in texts]) // _TOGETHER
    for _, some in groupby(zip(ends.tolist(), texts, strict=True), key=lambda pair: pair[0]):
        yield [text for _, text in some]


def _marked(texts: Sequence[str]) -> list[Marks]:
    lengths = np.array([len(text) + 1 for text in texts])
    points = np.frombuffer("".join(f"{text} " for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    signs = _signs()[np.minimum(points, _TABLE)]
    starts, kept, values = _words(points, signs)
    marks = mixed(_polynomials(starts, values))
    ends = np.cumsum(lengths)
    cuts = np.searchsorted(kept[starts], ends[:-1]) if len(starts) else np.zeros(len(texts) - 1, np.int64)
    parts = np.split(marks, cuts)
    hard = np.add.reduceat((signs & _HARD).astype(np.int64), ends - lengths)
    return [part if not odd else _one_by_one(text) for part, odd, text in zip(parts, hard, texts, strict=True)]


def _words(points: NDArray[np.uint32], signs: NDArray[np.uint32]) -> tuple[Places, Places, NDArray[np.uint32]]:
    """Where words start among the letters and figures kept, where those stand, and their folded forms."""
    kept = np.flatnonzero(signs)
    opens = np.ones(len(kept), np.bool_)
    opens[1:] = np.diff(kept) != 1
    joined, cut = _apostrophes(points, signs)
    opens[np.searchsorted(kept, joined + 1)] = False
    opens[np.searchsorted(kept, cut)] = True
    folded: NDArray[np.uint32] = np.bitwise_and(signs[kept], np.uint32(_FOLDED))
    return np.flatnonzero(opens), kept, folded


def _apostrophes(points: NDArray[np.uint32], signs: NDArray[np.uint32]) -> tuple[Places, Places]:
    """Where an apostrophe joins what follows to the word before it, and where a word starts behind what it joined.

    As in `details.WORD`: one apostrophe a word, letters only behind it, and the possessive s is a word of its own.
    """
    found = np.flatnonzero((points == _APOSTROPHES[0]) | (points == _APOSTROPHES[1]))
    found = found[(found > 0) & (found < len(points) - 1)]
    found = found[(signs[found - 1] > 0) & (signs[found + 1] >= _LETTER)]
    joined: list[int] = []
    cut: list[int] = []
    reach = -1  # up to where the letters go that the last apostrophe joined
    for at in found.tolist():
        if at <= reach or _is_possessive(points, signs, at):
            continue
        reach = at + 1
        while signs[reach] >= _LETTER:
            reach += 1
        joined.append(at)
        if signs[reach]:
            cut.append(reach)
    return np.array(joined, np.int64), np.array(cut, np.int64)


def _is_possessive(points: NDArray[np.uint32], signs: NDArray[np.uint32], at: int) -> bool:
    """Whether an s follows alone; an underscore is no letter here, but none stands behind a word's end either."""
    if int(points[at + 1]) not in (0x53, 0x73):
        return False
    return at + 2 >= len(points) or not (signs[at + 2] or int(points[at + 2]) == 0x5F)


def _polynomials(starts: Places, values: NDArray[np.uint32]) -> Marks:
    """For each word the sum of its letters, each times the base to the power of its place in the word."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    powers, inverses = _powers(len(values))
    sums = np.add.reduceat(values.astype(np.uint64) * powers, starts)
    found: Marks = sums * inverses[starts]
    return found


def _one_by_one(text: str) -> Marks:
    """The same marks, word by word."""
    made = []
    for word in map(fold, WORD.findall(text)):
        values = np.array([ord(letter) for letter in word], np.uint32)
        made.append(_polynomials(np.zeros(min(1, len(word)), np.int64), values) if word else np.zeros(1, np.uint64))
    return mixed(np.concatenate(made)) if made else np.zeros(0, np.uint64)


@cache
def _signs() -> NDArray[np.uint32]:
    """For every code point what it is: 0 between words, else its folded form, with a flag for letters."""
    table = np.zeros(_TABLE + 1, np.uint32)
    for point in range(_TABLE):
        letter = chr(point)
        if WORD.fullmatch(letter) is None:
            continue
        folded = fold(letter)
        is_letter = WORD.fullmatch(f"a'{letter}a") is not None
        table[point] = (ord(folded) if len(folded) == 1 else _HARD) | (_LETTER if is_letter else 0)
    table[_TABLE] = _HARD
    return table


_POWERS: list[Marks] = []


def _powers(count: int) -> tuple[Marks, Marks]:
    """The first powers of the base and of its inverse, at least `count` of each."""
    if not _POWERS or len(_POWERS[0]) < count:
        size = 1 << (count - 1).bit_length()
        _POWERS[:] = [_running_product(base, size) for base in (BASE, _INVERSE)]
    return _POWERS[0][:count], _POWERS[1]


def _running_product(base: int, size: int) -> Marks:
    factors = np.full(size, base, np.uint64)
    factors[0] = 1
    found: Marks = np.multiply.accumulate(factors)
    return found
