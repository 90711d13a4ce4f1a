"""The parser's network, run with numpy: word features, two bidirectional LSTM layers, tag and biaffine tree scores.

The same computation as in `train/network.py`, where the method is described; there is no randomness in it. Here it is
laid out for speed on one core: everything that does not wait for the word before it is one matrix product over all
words, both ways of a layer take their steps together, and what has been read of a word form is remembered.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from firsthand.extract.trees import best_tree
from firsthand.extract.word_features import KINDS, features
from firsthand.knowledge.models import ParserModel, Weights

_UNKNOWN, _ROOT = 1, 2
_BATCH_WORDS = 1500
"""Words scored together: enough to keep matrix products busy, some 20 MB of intermediate results."""
_RELATED_WORDS = 512
"""Words whose relations are scored together: 7 MB a time for 51 relations."""
_ROWS = 4
"""Sentences step together in fours: products of matrices with 5 to 7 rows take longer than those with 8."""
_FORMS = 65_536
"""Word forms whose features are remembered; a news archive in one language has fewer that come back."""
_WAYS = ("forward", "backward")
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """Labels of one sentence's words: tags, 1-based governors with 0 for the root, relations."""

    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layer:
    """One bidirectional layer, its two ways side by side."""

    into: Weights
    """[inputs, ways × gates × units]."""
    bias: Weights
    recurrent: Weights
    """[ways, units, gates × units]."""


class _Room(threading.local):
    """Memory for steps that is used again and again, since clearing it takes as long as a matrix product.

    What stands in it from before are finite numbers, which rows without a sentence may step through.
    """

    def __init__(self) -> None:
        self._held: dict[str, Weights] = {}

    def of(self, name: str, *shape: int) -> Weights:
        size = math.prod(shape)
        if name not in self._held or len(self._held[name]) < size:
            self._held[name] = np.zeros(size, np.float32)
        return self._held[name][:size].reshape(shape)


class Network:
    """A trained parser made ready to run."""

    def __init__(self, model: ParserModel) -> None:
        self.model = model
        self._layers = tuple(_both_ways(model.weights, name) for name in ("lstm1", "lstm2"))
        self._embeddings = tuple(model.weights[f"embed.{kind}"] for kind in KINDS)
        self._root = model.relations.index("root")
        self._row = lru_cache(maxsize=_FORMS)(self._read)
        self._room = _Room()

    def analyse(self, sentences: Sequence[Sequence[str]]) -> tuple[Analysis, ...]:
        """Labels for sentences of at least one word each, given in `words.plain` spelling."""
        order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
        made: dict[int, Analysis] = {}
        for chosen in _batches(order, [len(sentence) for sentence in sentences]):
            made.update(zip(chosen, self._batch([sentences[n] for n in chosen]), strict=True))
        return tuple(made[n] for n in range(len(sentences)))

    def _read(self, form: str) -> tuple[int, ...]:
        """Where the features of a word form stand in the embeddings."""
        entries = self.model.entries
        return tuple(entries[kind].get(value, _UNKNOWN) for kind, value in zip(KINDS, features(form), strict=True))

    def _batch(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Labels of sentences that come longest first."""
        root = (_ROOT,) * len(KINDS)
        rows = np.array([row for words in sentences for row in (root, *map(self._row, words))], np.intp)
        places = _Places.of([len(words) + 1 for words in sentences])
        values = np.concatenate(
            [table[rows[:, kind]] for kind, table in enumerate(self._embeddings)], axis=1, dtype=np.float32
        )
        for layer in self._layers:
            values = _stepped(layer, values, places, self._room)
        return self._labels(values, places)

    def _labels(self, encoded: Weights, places: _Places) -> list[Analysis]:
        weights = self.model.weights
        tags = (_dense(weights, "tag", encoded) @ weights["tag.out"] + weights["tag.out.bias"]).argmax(axis=1)
        by_word = _one(_dense(weights, "arc.word", encoded)) @ weights["arc.score"]
        by_head = _dense(weights, "arc.head", encoded)
        heads = [best_tree(np.asarray(by_word[at] @ by_head[at].T, np.float32)) for at in places.sentences]
        relations = self._relations(encoded, np.concatenate(heads), places)
        return [
            Analysis(
                tags=tuple(self.model.tags[n] for n in tags[at][1:].tolist()),
                heads=tuple(found[1:].tolist()),
                relations=tuple(self.model.relations[n] for n in relations[at][1:].tolist()),
            )
            for at, found in zip(places.sentences, heads, strict=True)
        ]

    def _relations(self, encoded: Weights, heads: Indices, places: _Places) -> Indices:
        """The relation of each word to its governor; the roots in front of the sentences get one that means nothing.

        Only the word under the root may be called root, and it must be.
        """
        weights = self.model.weights
        governors = _one(_dense(weights, "rel.head", encoded))[heads + places.firsts]
        words = _one(_dense(weights, "rel.word", encoded))
        found = []
        for start in range(0, len(words), _RELATED_WORDS):
            some = slice(start, start + _RELATED_WORDS)
            crossed = (words[some] @ weights["rel.score"]).reshape(len(words[some]), -1, governors.shape[1])
            scores = np.einsum("wrh,wh->wr", crossed, governors[some])
            scores[:, self._root] = np.where(heads[some] == 0, np.float32(1e9), np.float32(-1e9))
            found.append(scores.argmax(axis=1))
        return np.concatenate(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Places:
    """Where the words of a batch stand: one after the other, and in the steps of the two ways."""

    sentences: tuple[slice, ...]
    """Each sentence's words among all, its root in front."""
    firsts: Indices
    """For each word, the place of its sentence's root."""
    forward: Indices
    """For each word, (step × ways + way) × rows + sentence, going forward; so both ways of a step lie together."""
    backward: Indices
    running: tuple[int, ...]
    """For each step, how many sentences are at least so long, made up to a multiple of `_ROWS`."""

    @staticmethod
    def of(lengths: Sequence[int]) -> _Places:
        """For sentences with these numbers of words, longest first, their roots counted."""
        counts = np.array(lengths)
        ends = np.cumsum(counts)
        firsts = np.repeat(ends - counts, counts)
        steps = np.arange(len(firsts)) - firsts
        sentence = np.repeat(np.arange(len(counts)), counts)
        rows = _made_up(len(counts))
        longer = len(counts) - np.searchsorted(counts[::-1], np.arange(lengths[0]), side="right")
        return _Places(
            sentences=tuple(slice(end - count, end) for end, count in zip(ends.tolist(), lengths, strict=True)),
            firsts=firsts,
            forward=len(_WAYS) * steps * rows + sentence,
            backward=(len(_WAYS) * (np.repeat(counts, counts) - 1 - steps) + 1) * rows + sentence,
            running=tuple(map(_made_up, longer.tolist())),
        )


def _made_up(count: int) -> int:
    return count if count == 1 else -(-count // _ROWS) * _ROWS


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for n in order:
        if batch and (len(batch) + 1) * (lengths[batch[0]] + 1) > _BATCH_WORDS:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def _both_ways(weights: Mapping[str, Weights], name: str) -> _Layer:
    """The weights of a layer, those of the logistic gates halved: 1 / (1 + exp(-x)) is (1 + tanh(x / 2)) / 2.

    Halving is exact, so nothing but the number of operations changes.
    """
    units = weights[f"{name}.forward.hidden"].shape[0]
    halves = np.repeat(np.array([0.5, 0.5, 0.5, 1.0], np.float32), units)  # input, forget, output, what is new
    return _Layer(
        into=np.concatenate([weights[f"{name}.{way}.input"] * halves for way in _WAYS], axis=1),
        bias=np.concatenate([weights[f"{name}.{way}.bias"] * halves for way in _WAYS]),
        recurrent=np.stack([weights[f"{name}.{way}.hidden"] * halves for way in _WAYS]),
    )


def _stepped(layer: _Layer, values: Weights, places: _Places, room: _Room) -> Weights:
    """What a layer makes of every word: its outputs going forward, then those going backward.

    Rows without a sentence, and sentences that have ended, go on with numbers that nobody reads.
    """
    ways, units, gates = layer.recurrent.shape
    rows = places.running[0]
    entering = values @ layer.into + layer.bias
    gates_in = room.of("gates", len(places.running), ways, rows, gates)
    gates_in.reshape(-1, gates)[places.forward] = entering[:, :gates]
    gates_in.reshape(-1, gates)[places.backward] = entering[:, gates:]
    outputs = room.of("outputs", len(places.running), ways, rows, units)
    _steps(layer.recurrent, gates_in, outputs, places.running)
    by_place = outputs.reshape(-1, units)
    return np.concatenate([by_place[places.forward], by_place[places.backward]], axis=1)


def _steps(recurrent: Weights, gates_in: Weights, outputs: Weights, running: Sequence[int]) -> None:
    """Fill `outputs` [step, way, sentence, unit], both ways at once, each from its own end of the sentences."""
    _, ways, rows, units = outputs.shape
    cell, hidden = np.zeros((ways, rows, units), np.float32), np.zeros((ways, rows, units), np.float32)
    for step, n in enumerate(running):
        gates = np.matmul(hidden[:, :n], recurrent)
        gates += gates_in[step, :, :n]
        np.tanh(gates, out=gates)
        logistic = gates[..., : 3 * units]
        logistic *= np.float32(0.5)
        logistic += np.float32(0.5)
        new = gates[..., 3 * units :]
        new *= logistic[..., :units]
        cell = cell[:, :n]
        cell *= logistic[..., units : 2 * units]
        cell += new
        hidden = outputs[step]
        np.multiply(logistic[..., 2 * units :], np.tanh(cell), out=hidden[:, :n])


def _dense(weights: Mapping[str, Weights], name: str, values: Weights) -> Weights:
    out: Weights = values @ weights[f"{name}.weight"]
    out += weights[f"{name}.bias"]
    np.maximum(out, np.float32(0.1) * out, out=out)
    return out


def _one(values: Weights) -> Weights:
    ones: Weights = np.ones((len(values), 1), np.float32)
    joined: Weights = np.concatenate([values, ones], axis=1)
    return joined
