"""Hashes of runs of words, and the few of them by which a document is found.

Winnowing (Schleimer, Wilkerson and Aiken 2003) over 8-word shingles guarantees that a shared run of 18 words is found;
sampled 5-word shingles find copies whose every sentence was touched. Documents below 600 words keep every 5-word
shingle, because a sample of a short text misses most of what it shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from firsthand.trace.word_marks import BASE, Marks, mixed

SHORT: Final = 5
WIDER: Final = 3  # words by which the long shingles, of eight words, are longer than the short ones
WINDOW: Final = 11
SAMPLE: Final = 6  # one 5-word shingle in six for long documents
DENSE_BELOW: Final = 600  # words
_BASE: Final = np.uint64(BASE)
_TOGETHER: Final = 1 << 15  # marks worked on at once: what is made of them stays in the processor's cache


def shingles(words: Sequence[Marks]) -> list[Marks]:
    """For each document, given by the marks of its words, a 64-bit hash of every run of five words, in order."""
    return _along(words, SHORT - 1, _of_five)


def widened(hashes: Sequence[Marks]) -> list[Marks]:
    """For each document a hash of every run of eight words, from those of the runs of five that begin and end it."""
    return _along(hashes, WIDER, lambda found: mixed(found[:-WIDER] * _BASE + found[WIDER:]))


def winnow(hashes: Sequence[Marks]) -> list[Marks]:
    """For each document the smallest hash of every window: any shared stretch of `WINDOW` shingles leaves at least one
    common mark. A mark that windows apart from each other leave may come twice.
    """
    least = _along(hashes, WINDOW - 1, _least_of_eleven)
    return [_changing(found) if len(found) else short[:0] if not len(short) else short.min(keepdims=True)
            for found, short in zip(least, hashes, strict=True)]  # fmt: skip


def sample(hashes: Marks) -> Marks:
    """The 5-word shingles by which a document is found: all of a short one, every sixth by hash of a long one."""
    return hashes if is_dense(hashes) else hashes[hashes % np.uint64(SAMPLE) == 0]


def is_dense(hashes: Marks) -> bool:
    """Whether a document is so short that all its 5-word shingles are kept."""
    return len(hashes) < DENSE_BELOW


def blocks(documents: Sequence[Marks], size: int) -> Iterator[tuple[int, Sequence[Marks]]]:
    """Some documents after another, with the number of the first, of about `size` marks together."""
    start, held = 0, 0
    for number, found in enumerate(documents):
        held += len(found)
        if held >= size:
            yield start, documents[start : number + 1]
            start, held = number + 1, 0
    if start < len(documents):
        yield start, documents[start:]


def _along(documents: Sequence[Marks], shorter: int, work: Callable[[Marks], Marks]) -> list[Marks]:
    """What `work` makes of each document's marks, done for many laid end to end; a row gets `shorter` by so many."""
    made: list[Marks] = []
    for _, some in blocks(documents, _TOGETHER):
        flat = np.concatenate(some)
        worked = work(flat) if len(flat) > shorter else flat[:0]
        start = 0
        for found in some:
            made.append(worked[start : start + max(0, len(found) - shorter)])
            start += len(found)
    return made


def _of_five(words: Marks) -> Marks:
    count = len(words) - SHORT + 1
    found = words[:count].copy()
    for place in range(1, SHORT):  # a polynomial in the words' marks, modulo 2 to the 64th
        found *= _BASE
        found += words[place : place + count]
    return mixed(found)


def _least_of_eleven(hashes: Marks) -> Marks:
    of_two = np.minimum(hashes[:-1], hashes[1:])
    of_four = np.minimum(of_two[:-2], of_two[2:])
    of_eight = np.minimum(of_four[:-4], of_four[4:])
    found: Marks = np.minimum(of_eight[:-3], of_eight[3:])
    return found


def _changing(found: Marks) -> Marks:
    fresh = np.ones(len(found), np.bool_)
    np.not_equal(found[1:], found[:-1], out=fresh[1:])
    kept: Marks = found[fresh]
    return kept
