"""The network being trained: embeddings of word features, two bidirectional LSTM layers, tag scores and biaffine trees.

After Dozat and Manning (2017), "Deep biaffine attention for neural dependency parsing", with smaller layers and word
features in place of pretrained vectors, so that everything it knows comes from the treebanks. What is computed here is
what `firsthand.extract.parse_network` computes with numpy; parameters have the same names there.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

Array = Any
Parameters = dict[str, Array]

EMBEDDING = {"word": 96, "prefix3": 32, "suffix2": 24, "suffix3": 40, "suffix4": 32, "shape": 16}
HIDDEN, TAG, ARC, RELATION = 160, 96, 160, 64
LAYERS = (1, 2)
WORD_DROPOUT = 0.33
DROPOUT = 0.33
RECURRENT_DROPOUT = 0.2


class Batch(NamedTuple):
    """Sentences padded to one length; position 0 is the root, which governs and is never governed."""

    features: Array
    """int32 [sentence, position, kind]."""
    mask: Array
    """float32 [sentence, position]: 1 for the root and words, 0 for padding."""
    tags: Array
    heads: Array
    relations: Array


def initial(sizes: dict[str, int], tags: int, relations: int, seed: int) -> Parameters:
    """Starting values for `sizes` entries a feature kind, and so many tags and relations."""
    rng = np.random.default_rng(seed)

    def matrix(rows: int, columns: int) -> Array:
        limit = np.sqrt(6 / (rows + columns))
        return jnp.asarray(rng.uniform(-limit, limit, (rows, columns)).astype(np.float32))

    made: Parameters = {}
    for kind, width in EMBEDDING.items():
        made[f"embed.{kind}"] = jnp.asarray(rng.normal(0, 0.3, (sizes[kind], width)).astype(np.float32))
    width = sum(EMBEDDING.values())
    for layer in LAYERS:
        for way in ("forward", "backward"):
            made[f"lstm{layer}.{way}.input"] = matrix(width, 4 * HIDDEN)
            made[f"lstm{layer}.{way}.hidden"] = matrix(HIDDEN, 4 * HIDDEN)
            bias = np.zeros(4 * HIDDEN, np.float32)
            bias[HIDDEN : 2 * HIDDEN] = 1.0  # remember at first
            made[f"lstm{layer}.{way}.bias"] = jnp.asarray(bias)
        width = 2 * HIDDEN
    for name, size in (
        ("tag", TAG),
        ("arc.head", ARC),
        ("arc.word", ARC),
        ("rel.head", RELATION),
        ("rel.word", RELATION),
    ):
        made[f"{name}.weight"], made[f"{name}.bias"] = matrix(width, size), jnp.zeros(size)
    made["tag.out"], made["tag.out.bias"] = matrix(TAG, tags), jnp.zeros(tags)
    made["arc.score"] = jnp.zeros((ARC + 1, ARC))
    made["rel.score"] = jnp.zeros((RELATION + 1, relations * (RELATION + 1)))
    return made


def _dropped(key: Array, values: Array, rate: float, shape: tuple[int, ...]) -> Array:
    return values * jax.random.bernoulli(key, 1 - rate, shape) / (1 - rate)


def _lstm(inputs: Array, mask: Array, weights: tuple[Array, Array, Array], hidden_mask: Array, reverse: bool) -> Array:
    into, recurrent, bias = weights
    projected = jnp.swapaxes(inputs @ into + bias, 0, 1)

    def step(state: tuple[Array, Array], now: tuple[Array, Array]) -> tuple[tuple[Array, Array], Array]:
        hidden, cell = state
        gates_in, keep = now
        gates = gates_in + (hidden * hidden_mask) @ recurrent
        i, f, o, g = jnp.split(gates, 4, axis=-1)
        fresh = jax.nn.sigmoid(f) * cell + jax.nn.sigmoid(i) * jnp.tanh(g)
        cell = fresh * keep
        hidden = jax.nn.sigmoid(o) * jnp.tanh(fresh) * keep
        return (hidden, cell), hidden

    zero = jnp.zeros((inputs.shape[0], HIDDEN))
    _, outputs = jax.lax.scan(step, (zero, zero), (projected, jnp.swapaxes(mask, 0, 1)[..., None]), reverse=reverse)
    return jnp.swapaxes(outputs, 0, 1)


def _encode(p: Parameters, batch: Batch, key: Array | None) -> Array:
    ids = batch.features
    keys = jax.random.split(key, 8) if key is not None else None
    if keys is not None:
        # Unknown words (id 1) are practised on known ones; the root (id 2) is always known.
        gone = jax.random.bernoulli(keys[0], WORD_DROPOUT * 0.5, ids.shape[:2]) & (ids[..., 0] > 2)
        ids = ids.at[..., 0].set(jnp.where(gone, 1, ids[..., 0]))
    values = jnp.concatenate([p[f"embed.{kind}"][ids[..., n]] for n, kind in enumerate(EMBEDDING)], axis=-1)
    size = values.shape[0]
    for layer in LAYERS:
        if keys is not None:
            values = _dropped(keys[layer], values, DROPOUT, (size, 1, values.shape[-1]))
        outputs = []
        for n, way in enumerate(("forward", "backward")):
            hidden_mask = jnp.ones((size, HIDDEN))
            if keys is not None:
                hidden_mask = _dropped(keys[3 + 2 * (layer - 1) + n], hidden_mask, RECURRENT_DROPOUT, hidden_mask.shape)
            weights = tuple(p[f"lstm{layer}.{way}.{part}"] for part in ("input", "hidden", "bias"))
            outputs.append(_lstm(values, batch.mask, weights, hidden_mask, way == "backward"))
        values = jnp.concatenate(outputs, axis=-1)
    return values if keys is None else _dropped(keys[7], values, DROPOUT, (size, 1, values.shape[-1]))


def _one(values: Array) -> Array:
    return jnp.concatenate([values, jnp.ones((*values.shape[:-1], 1))], axis=-1)


def scores(p: Parameters, batch: Batch, key: Array | None = None) -> tuple[Array, Array, Array]:
    """Scores of tags [s, word, tag], heads [s, word, head], and relations to the gold heads [s, word, relation]."""
    first, second = jax.random.split(key) if key is not None else (None, None)
    encoded = _encode(p, batch, first)
    layers = {}
    for n, name in enumerate(("tag", "arc.head", "arc.word", "rel.head", "rel.word")):
        values = jax.nn.leaky_relu(encoded @ p[f"{name}.weight"] + p[f"{name}.bias"], 0.1)
        if second is not None:
            values = _dropped(jax.random.fold_in(second, n), values, DROPOUT, (values.shape[0], 1, values.shape[-1]))
        layers[name] = values
    tags = layers["tag"] @ p["tag.out"] + p["tag.out.bias"]
    arcs = jnp.einsum("swa,sha->swh", _one(layers["arc.word"]) @ p["arc.score"], layers["arc.head"])
    arcs = jnp.where(batch.mask[:, None, :] > 0, arcs, -1e9)
    of_head = jnp.take_along_axis(_one(layers["rel.head"]), batch.heads[..., None], axis=1)
    crossed = _one(layers["rel.word"]) @ p["rel.score"]
    crossed = crossed.reshape(*crossed.shape[:2], -1, RELATION + 1)
    return tags, arcs, jnp.einsum("swrh,swh->swr", crossed, of_head)


def loss(p: Parameters, batch: Batch, key: Array) -> Array:
    """Mean cross entropy of tags, heads and relations over the words of a batch."""
    words = batch.mask.at[:, 0].set(0.0)
    total = 0.0
    for logits, gold in zip(scores(p, batch, key), (batch.tags, batch.heads, batch.relations), strict=True):
        chosen = jnp.take_along_axis(jax.nn.log_softmax(logits), gold[..., None], axis=-1)[..., 0]
        total = total - (chosen * words).sum()
    return total / words.sum()


class State(NamedTuple):
    """Parameters, their running average, and Adam's moments."""

    parameters: Parameters
    average: Parameters
    first: Parameters
    second: Parameters
    step: Array


def start(parameters: Parameters) -> State:
    """A state before the first step."""
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    average = jax.tree.map(jnp.array, parameters)
    second = jax.tree.map(jnp.zeros_like, parameters)
    return State(parameters, average, zeros, second, jnp.zeros((), jnp.int32))


@partial(jax.jit, donate_argnums=0)
def advance(state: State, batch: Batch, key: Array, rate: Array) -> tuple[State, Array]:
    """One step of Adam (beta 0.9 and 0.98, gradients clipped at norm 5), and the batch's loss."""
    value, gradient = jax.value_and_grad(loss)(state.parameters, batch, key)
    norm = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(gradient)))
    gradient = jax.tree.map(lambda g: g * jnp.minimum(1.0, 5.0 / (norm + 1e-6)), gradient)
    step = state.step + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state.first, gradient)
    second = jax.tree.map(lambda v, g: 0.98 * v + 0.02 * g * g, state.second, gradient)
    scale = rate * jnp.sqrt(1 - 0.98**step) / (1 - 0.9**step)
    moved = jax.tree.map(lambda w, m, v: w - scale * m / (jnp.sqrt(v) + 1e-8), state.parameters, first, second)
    # The average follows the last few hundred steps; at the start it must not hold on to the initial values.
    hold = jnp.minimum(0.997, (1.0 + step) / (10.0 + step))
    average = jax.tree.map(lambda a, w: hold * a + (1 - hold) * w, state.average, moved)
    return State(moved, average, first, second, step), value


evaluate = jax.jit(scores)
