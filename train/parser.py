"""Train the English parser: `python -m train.parser TREEBANKS OUTPUT`.

TREEBANKS holds checkouts of UD_English-EWT and UD_English-GUM (see `train.treebanks`); OUTPUT is the model to write.
One processor core suffices. Everything random comes from one seed: the same data and library versions give one file.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from firsthand.extract.word_features import KINDS, features
from firsthand.extract.words import plain
from firsthand.knowledge.models import ParserModel, write_parser
from train import network, treebanks
from train.lemmas import irregular
from train.treebanks import Tree

SEED = 20
STEPS = 4800
RATE = 2e-3
WARM_UP_STEPS = 200
BATCH_WORDS = 1500
LENGTHS = (8, 12, 16, 22, 28, 36, 48, 64, 96, 128)
"""Sentences are padded to the next of these, so that the compiler sees few shapes; longer ones are left out."""
LEAST_COUNT = {"word": 2, "prefix3": 3, "suffix2": 3, "suffix3": 3, "suffix4": 4, "shape": 3}
PADDING, UNKNOWN, ROOT = 0, 1, 2
SPECIAL = ("", "<unknown>", "<root>")
# Headlines in capitals or title case and text without capitals occur in news but hardly in the treebanks.
RECASED = ((0.03, str.lower), (0.02, str.upper), (0.03, str.title))
WITHOUT_STOP = 0.06


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What has an embedding or a score, by feature kind, and the labels."""

    kinds: dict[str, dict[str, int]]
    tags: tuple[str, ...]
    relations: tuple[str, ...]


def vocabulary(trees: Sequence[Tree]) -> Vocabulary:
    """Features frequent enough to learn from, and every label, in an order that depends on the trees alone."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for tree in trees:
        for form in tree.forms:
            for kind, value in zip(KINDS, features(plain(form)), strict=True):
                counts[kind][value] += 1
    kinds = {}
    for kind, counter in counts.items():
        kept = sorted(value for value, count in counter.items() if count >= LEAST_COUNT[kind])
        kinds[kind] = {value: n for n, value in enumerate((*SPECIAL, *kept))}
    tags = sorted({tag for tree in trees for tag in tree.tags})
    relations = sorted({relation for tree in trees for relation in tree.deprels})
    return Vocabulary(kinds=kinds, tags=tuple(tags), relations=tuple(relations))


def varied(tree: Tree, rng: random.Random) -> Tree:
    """The sentence as it is, or now and then in other case or without its full stop."""
    draw = rng.random()
    for share, change in RECASED:
        if draw < share:
            return replace(tree, forms=tuple(change(form) for form in tree.forms))
        draw -= share
    last = len(tree.forms) - 1
    if draw < WITHOUT_STOP and last > 2 and tree.forms[last] == "." and last + 1 not in tree.heads:
        parts = {name: getattr(tree, name)[:last] for name in ("forms", "spaced", "lemmas", "tags", "heads", "deprels")}
        return replace(tree, **parts)
    return tree


def batch(trees: Sequence[Tree], length: int, size: int, known: Vocabulary) -> network.Batch:
    """Sentences as arrays of `size` rows and `length` + 1 positions."""
    tags = {tag: n for n, tag in enumerate(known.tags)}
    relations = {relation: n for n, relation in enumerate(known.relations)}
    ids = np.zeros((size, length + 1, len(KINDS)), np.int32)
    rows = np.zeros((4, size, length + 1), np.int32)
    for s, tree in enumerate(trees):
        end = len(tree.forms) + 1
        ids[s, 0] = ROOT
        for w, form in enumerate(tree.forms, 1):
            found = zip(KINDS, features(plain(form)), strict=True)
            ids[s, w] = [known.kinds[kind].get(value, UNKNOWN) for kind, value in found]
        rows[0, s, :end] = 1
        rows[1, s, 1:end] = [tags.get(tag, 0) for tag in tree.tags]
        rows[2, s, 1:end] = tree.heads
        rows[3, s, 1:end] = [relations.get(relation, 0) for relation in tree.deprels]
    return network.Batch(ids, rows[0].astype(np.float32), rows[1], rows[2], rows[3])


def batches(trees: Sequence[Tree], known: Vocabulary, rng: random.Random) -> Iterator[network.Batch]:
    """One pass over the sentences in random batches of about `BATCH_WORDS` positions."""
    groups: dict[int, list[Tree]] = {length: [] for length in LENGTHS}
    for tree in trees:
        changed = varied(tree, rng)
        fitting = [length for length in LENGTHS if length >= len(changed.forms)]
        if fitting:
            groups[fitting[0]].append(changed)
    plan = []
    for length, group in groups.items():
        rng.shuffle(group)
        size = max(4, BATCH_WORDS // length)
        plan += [(group[n : n + size], length, size) for n in range(0, len(group), size)]
    rng.shuffle(plan)
    for chosen, length, size in plan:
        yield batch(chosen, length, size, known)


def quick_score(p: network.Parameters, trees: Sequence[Tree], known: Vocabulary) -> tuple[float, float, float]:
    """UPOS, UAS and LAS (greedy heads, relations to gold heads), to watch training by."""
    upos = np.array([tag.split("|")[0] for tag in known.tags])
    plain_relations = np.array([relation.split(":")[0] for relation in known.relations])
    right = np.zeros(4)
    for made in batches(trees, known, random.Random(0)):  # noqa: S311 - nothing secret
        tags, arcs, relations = (np.asarray(x).argmax(-1) for x in network.evaluate(p, made))
        words = made.mask.copy()
        words[:, 0] = 0
        arc = arcs == made.heads
        both = arc & (plain_relations[relations] == plain_relations[made.relations])
        right += [
            words.sum(),
            ((upos[tags] == upos[made.tags]) * words).sum(),
            (arc * words).sum(),
            (both * words).sum(),
        ]
    return tuple(100 * right[1:] / right[0])


def rate_at(step: int, steps: int) -> float:
    """Learning rate: up in a short warm-up, then down in a half cosine."""
    if step < WARM_UP_STEPS:
        return RATE * (step + 1) / WARM_UP_STEPS
    return RATE * (0.01 + 0.99 * 0.5 * (1 + float(np.cos(np.pi * step / steps))))


def train(
    trees: Sequence[Tree], watched: dict[str, Sequence[Tree]], steps: int
) -> tuple[Vocabulary, network.Parameters]:
    """Averaged parameters after `steps` steps, telling progress on standard error."""
    known = vocabulary(trees)
    sizes = {kind: len(entries) for kind, entries in known.kinds.items()}
    state = network.start(network.initial(sizes, len(known.tags), len(known.relations), SEED))
    rng = random.Random(SEED)  # noqa: S311 - nothing secret
    key, began, done = jax.random.PRNGKey(SEED), time.monotonic(), 0
    parameters = sum(int(np.prod(value.shape)) for value in state.parameters.values())
    print(f"{len(trees)} sentences, {parameters} parameters", file=sys.stderr)
    while done < steps:
        for made in batches(trees, known, rng):
            state, value = network.advance(
                state, made, jax.random.fold_in(key, done), jnp.float32(rate_at(done, steps))
            )
            done += 1
            if done % 400 == 0 or done == steps:
                told = {
                    name: [f"{x:.2f}" for x in quick_score(state.average, some, known)]
                    for name, some in watched.items()
                }
                print(
                    f"{done} {time.monotonic() - began:.0f}s loss {float(value):.3f} {told}",
                    file=sys.stderr,
                    flush=True,
                )
            if done == steps:
                break
    return known, state.average


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    chosen = parser.parse_args(arguments)
    trees = treebanks.ewt(chosen.treebanks, "train") + treebanks.gum(chosen.treebanks, "train")
    watched = {"EWT dev": treebanks.ewt(chosen.treebanks, "dev"), "GUM dev": treebanks.gum(chosen.treebanks, "dev")}
    known, parameters = train(trees, watched, chosen.steps)
    write_parser(
        chosen.output,
        ParserModel(
            entries=known.kinds,
            tags=known.tags,
            relations=known.relations,
            irregular=irregular(trees),
            weights={name: np.asarray(value) for name, value in parameters.items()},
        ),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
