"""What a text's words are, stripped of their endings, and to which classes of `senses.toml` they belong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

NUMBER, NAME = "<number>", "<name>"
_WORD = re.compile(r"[A-Za-z][a-z'’-]*|\d+")
_ENDINGS = (
    (("'s", ""), ("ies", "y"), ("sses", "ss"), ("s", "")),
    (("ied", "y"), ("ing", ""), ("ed", "")),
    (("e", ""),),
)
_LEAST = 3
"""Letters that an ending must leave."""


@lru_cache(maxsize=1024)  # the rules of one document ask for the same sentences several times
def stems(text: str) -> tuple[str, ...]:
    """Stems of the words of `text`, in order; a capitalised word inside the text is only `<name>`, figures `<number>`.

    Names are left out on purpose: what is learned from one story must not know it by its names.

    >>> stems("The ministry had sold 300 cameras to Qu.")
    ('the', 'ministry', 'hav', 'sell', '<number>', 'camera', 'to', '<name>')
    """
    return tuple(_read(word, number == 0) for number, word in enumerate(_WORD.findall(text)))


@lru_cache(maxsize=100_000)
def _read(word: str, opens: bool) -> str:
    """What stands for a word as it is written; `opens` for the first of its text."""
    if word[0].isdigit():
        return NUMBER
    if word[0].isupper() and (not opens or len(word) < 2):
        return NAME
    return stem(word.lower().replace("’", "'"))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A lower-case word without its commonest endings; irregular forms as their base form.

    >>> stem("fitted"), stem("fits"), stem("supplies"), stem("bought")
    ('fit', 'fit', 'supply', 'buy')
    """
    return _strip(_irregular().get(word, word))


def senses(stemmed: str) -> frozenset[str]:
    """Classes of a stem, empty for most words.

    >>> sorted(senses(stem("warehouses")))
    ['nouns.contract']
    """
    return _classes().get(stemmed, frozenset())


def _strip(word: str) -> str:
    for endings in _ENDINGS:
        for ending, instead in endings:
            if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _LEAST and word[-2:] != "ss":
                word = word[: -len(ending)] + instead
                break
        if len(word) > _LEAST and word[-1] == word[-2] and word[-1] not in "sle":
            word = word[:-1]
    return word


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("firsthand.knowledge").joinpath("senses.toml").read_text(encoding="utf-8"))


@cache
def _irregular() -> Mapping[str, str]:
    return {form: base for base, forms in _table()["irregular"].items() for form in forms.split()}


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for section in ("verbs", "nouns", "others"):
        for name, listed in _table()[section].items():
            for word in listed.split():
                found.setdefault(_strip(word), set()).add(f"{section}.{name}")
    return {word: frozenset(classes) for word, classes in found.items()}
