"""The table of irregular lemmas: what the treebanks say where the spelling rules say otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from firsthand.extract.lemmas import lemma
from firsthand.extract.words import plain
from train.treebanks import Tree

_INFLECTED = frozenset({"NNS", "VBZ", "VBG", "VBD", "VBN", "JJR", "JJS", "RBR", "RBS"})
_NAMES = frozenset({"NNP", "NNPS"})


def irregular(trees: Iterable[Tree]) -> dict[tuple[str, str], str]:
    """Lemma by lower-cased form and Penn tag, where the most frequent one differs from the rules.

    Uninflected words must be seen so twice, since their odd lemmas are mostly corrected misspellings.
    """
    seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in trees:
        for form, gold, tag in zip(tree.forms, tree.lemmas, tree.tags, strict=True):
            penn = tag.split("|")[1]
            if gold != "_" and " " not in gold and penn not in _NAMES:
                seen[plain(form).lower(), penn][gold] += 1
    table = {}
    for key, lemmas in sorted(seen.items()):
        gold, count = min(lemmas.items(), key=lambda item: (-item[1], item[0]))
        if gold != lemma(*key, {}) and count >= (1 if key[1] in _INFLECTED else 2):
            table[key] = gold
    return table
