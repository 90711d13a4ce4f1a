"""From any scores comes a tree."""

from itertools import product

import numpy as np
import pytest

from firsthand.extract.trees import best_tree


def is_tree(heads: list[int]) -> bool:
    def reaches_root(word: int) -> bool:
        for _ in heads:
            word = heads[word]
        return word == 0

    return heads[1:].count(0) == 1 and all(reaches_root(word) for word in range(1, len(heads)))


def best_by_trying(scores: np.ndarray) -> float:
    words = range(1, len(scores))
    candidates = ([0, *heads] for heads in product(range(len(scores)), repeat=len(words)))
    return max(float(sum(scores[w, heads[w]] for w in words)) for heads in candidates if is_tree(heads))


@pytest.mark.parametrize("seed", range(40))
def test_small_trees_are_the_best_there_are_or_close(seed: int) -> None:
    """Where greedy choice of the root is right, no tree scores better; otherwise the loss is the root's alone."""
    scores = np.random.default_rng(seed).normal(0, 1, (5, 5)).astype(np.float32)
    heads = best_tree(scores).tolist()
    assert is_tree(heads)
    root = heads.index(0, 1)
    fixed = scores.copy()
    fixed[1:, 0] = -1e6
    fixed[root, 0] = scores[root, 0]
    assert sum(fixed[w, heads[w]] for w in range(1, 5)) == pytest.approx(best_by_trying(fixed), abs=1e-4)


@pytest.mark.parametrize("size", [2, 3, 40, 161])
def test_circles_are_broken_at_any_size(size: int) -> None:
    """Every word prefers its neighbour in a ring, no word the root."""
    scores = np.zeros((size, size), np.float32)
    for word in range(1, size):
        scores[word, word % (size - 1) + 1] = 9
    heads = best_tree(scores).tolist()
    assert is_tree(heads)


def test_one_root_even_where_all_words_ask_for_it() -> None:
    scores = np.zeros((6, 6), np.float32)
    scores[:, 0] = [0, 5, 6, 9, 6, 5]
    assert best_tree(scores).tolist().index(0, 1) == 3
