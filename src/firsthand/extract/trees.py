"""Dependency trees from scores: each word gets one governor, exactly one hangs from the root, nothing goes in circles.

Maximum spanning arborescence after Chu and Liu (1965) and Edmonds (1967). Where more than one word would hang from the
root, the one that gains most by it does, which is not always the best single-rooted tree but is nearly so and quick.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Heads = npt.NDArray[np.intp]
_NEVER = np.float32(-1e9)


def best_tree(scores: Scores) -> Heads:
    """Governor of each word: `scores[w, h]` rates h governing w, index 0 is the root; the result's first entry is 0.

    >>> best_tree(np.array([[0, 0, 0], [1, 0, 9], [5, 8, 0]], np.float32)).tolist()
    [0, 2, 0]
    """
    scores = scores.copy()
    scores[0] = _NEVER
    np.fill_diagonal(scores, _NEVER)
    heads = _greedy(scores)
    if np.count_nonzero(heads[1:] == 0) == 1 and not _cycle(heads).size:
        return heads
    gain = scores[1:, 0] - scores[1:, 1:].max(axis=1)
    root = int(gain.argmax()) + 1
    kept = scores[root, 0]
    scores[:, 0] = _NEVER
    scores[root, :] = _NEVER
    scores[root, 0] = kept
    return _spanning(scores)


def _greedy(scores: Scores) -> Heads:
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    return heads


def _cycle(heads: Heads) -> Heads:
    """Indices of one cycle, empty when there is none."""
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        node = start
        while state[node] == 0:
            state[node] = 1
            node = int(heads[node])
        if state[node] == 1:
            members = [node]
            while heads[members[-1]] != node:
                members.append(int(heads[members[-1]]))
            return np.array(members, np.intp)
        node = start
        while state[node] == 1:
            state[node] = 2
            node = int(heads[node])
    return np.empty(0, np.intp)


def _spanning(scores: Scores) -> Heads:
    """Each round either has no cycle or makes one node of a cycle, so there are fewer rounds than words."""
    rounds: list[tuple[Heads, Heads, Heads, Heads, Heads]] = []
    while True:
        heads = _greedy(scores)
        cycle = _cycle(heads)
        if not cycle.size:
            break
        outside = np.setdiff1d(np.arange(len(heads)), cycle)
        into = scores[cycle][:, outside] - scores[cycle, heads[cycle]][:, None]
        out = scores[outside][:, cycle]
        smaller = np.full((len(outside) + 1, len(outside) + 1), _NEVER, np.float32)
        smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
        smaller[-1, :-1] = into.max(axis=0)
        smaller[:-1, -1] = out.max(axis=1)
        smaller[0] = _NEVER
        np.fill_diagonal(smaller, _NEVER)
        rounds.append((outside, cycle, heads, into.argmax(axis=0), out.argmax(axis=1)))
        scores = smaller
    for outside, cycle, before, enters, leaves in reversed(rounds):
        heads = _unfolded(heads, outside, cycle, before, (enters, leaves))
    return heads


def _unfolded(heads: Heads, outside: Heads, cycle: Heads, before: Heads, best: tuple[Heads, Heads]) -> Heads:
    """Heads with the node that stood for a cycle taken apart again."""
    enters, leaves = best
    merged = len(outside)
    whole = before.copy()
    for node in range(1, merged):
        head = heads[node]
        whole[outside[node]] = cycle[leaves[node]] if head == merged else outside[head]
    entry = heads[merged]
    whole[cycle[enters[entry]]] = outside[entry]
    return whole
