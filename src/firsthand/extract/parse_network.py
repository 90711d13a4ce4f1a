"""The parser's network, run with numpy: word features, two bidirectional LSTM layers, tag and biaffine tree scores.

The same computation as in `train/network.py`, where the method is described; there is no randomness in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from firsthand.extract.trees import best_tree
from firsthand.extract.word_features import KINDS, features
from firsthand.knowledge.models import ParserModel, Weights

_UNKNOWN, _ROOT = 1, 2
_BATCH_WORDS = 3000
"""Words scored together: enough to keep matrix products busy, some 30 MB of intermediate results."""
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """Labels of one sentence's words: tags, 1-based governors with 0 for the root, relations."""

    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


def analyse(model: ParserModel, sentences: Sequence[Sequence[str]]) -> tuple[Analysis, ...]:
    """Labels for sentences of at least one word each, given in `words.plain` spelling."""
    order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
    made: dict[int, Analysis] = {}
    for chosen in _batches(order, [len(sentence) for sentence in sentences]):
        rows = [_rows(model, sentences[n]) for n in chosen]
        for n, encoded in zip(chosen, _encode(model.weights, rows), strict=True):
            made[n] = _labels(model, encoded)
    return tuple(made[n] for n in range(len(sentences)))


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for n in order:
        if batch and (len(batch) + 1) * (lengths[batch[0]] + 1) > _BATCH_WORDS:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def _rows(model: ParserModel, words: Sequence[str]) -> Indices:
    rows = np.full((len(words) + 1, len(KINDS)), _ROOT, np.intp)
    for w, word in enumerate(words, 1):
        rows[w] = [model.entries[kind].get(value, _UNKNOWN) for kind, value in zip(KINDS, features(word), strict=True)]
    return rows


def _encode(weights: Mapping[str, Weights], rows: Sequence[Indices]) -> list[Weights]:
    """Encoded words of sentences that come longest first, the root in front."""
    lengths = np.array([len(row) for row in rows])
    padded = np.zeros((lengths[0], len(rows), len(KINDS)), np.intp)
    for s, row in enumerate(rows):
        padded[: len(row), s] = row
    values = np.concatenate([weights[f"embed.{kind}"][padded[..., k]] for k, kind in enumerate(KINDS)], axis=-1)
    running = [int(np.count_nonzero(lengths > step)) for step in range(lengths[0])]
    for layer in ("lstm1", "lstm2"):
        ways = [_lstm(weights, f"{layer}.{way}", values, running) for way in ("forward", "backward")]
        values = np.concatenate(ways, axis=-1)
    return [values[:length, s] for s, length in enumerate(lengths)]


def _lstm(weights: Mapping[str, Weights], name: str, values: Weights, running: Sequence[int]) -> Weights:
    """Outputs [step, sentence, unit]; `running` tells how many sentences are at least so long."""
    recurrent = weights[f"{name}.hidden"]
    size = recurrent.shape[0]
    gates_in = values @ weights[f"{name}.input"] + weights[f"{name}.bias"]
    outputs = np.zeros((*values.shape[:2], size), np.float32)
    hidden, cell = (np.zeros((values.shape[1], size), np.float32) for _ in range(2))
    steps = range(len(running))
    for step in steps if name.endswith("forward") else reversed(steps):
        n = running[step]
        gates = gates_in[step, :n] + hidden[:n] @ recurrent
        # Input, forget and output gates are logistic: written by tanh, which numpy has.
        open_ = 0.5 * np.tanh(0.5 * gates[:, : 3 * size]) + 0.5
        cell[:n] = open_[:, size : 2 * size] * cell[:n] + open_[:, :size] * np.tanh(gates[:, 3 * size :])
        hidden[:n] = open_[:, 2 * size :] * np.tanh(cell[:n])
        outputs[step, :n] = hidden[:n]
    return outputs


def _layer(weights: Mapping[str, Weights], name: str, values: Weights) -> Weights:
    out: Weights = values @ weights[f"{name}.weight"] + weights[f"{name}.bias"]
    sloped: Weights = np.maximum(out, np.float32(0.1) * out)
    return sloped


def _one(values: Weights) -> Weights:
    ones: Weights = np.ones((len(values), 1), np.float32)
    joined: Weights = np.concatenate([values, ones], axis=1)
    return joined


def _labels(model: ParserModel, encoded: Weights) -> Analysis:
    weights = model.weights
    tags = (_layer(weights, "tag", encoded[1:]) @ weights["tag.out"] + weights["tag.out.bias"]).argmax(axis=1)
    by_word = _one(_layer(weights, "arc.word", encoded)) @ weights["arc.score"]
    heads = best_tree(np.asarray(by_word @ _layer(weights, "arc.head", encoded).T, np.float32))[1:]
    governing = _one(_layer(weights, "rel.head", encoded))[heads]
    crossed = _one(_layer(weights, "rel.word", encoded[1:])) @ weights["rel.score"]
    scores = np.einsum("wrh,wh->wr", crossed.reshape(len(heads), -1, governing.shape[1]), governing)
    return Analysis(
        tags=tuple(model.tags[n] for n in tags),
        heads=tuple(int(head) for head in heads),
        relations=tuple(model.relations[n] for n in _fitting(model, scores, heads).argmax(axis=1)),
    )


def _fitting(model: ParserModel, scores: Weights, heads: Indices) -> Weights:
    """Scores where only the word under the root may be called root, and it must be."""
    root = model.relations.index("root")
    scores[:, root] = np.where(heads == 0, np.float32(1e9), np.float32(-1e9))
    return scores
