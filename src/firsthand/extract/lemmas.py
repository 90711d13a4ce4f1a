"""Dictionary forms of English words: spelling rules for what is regular, a table for what is not.

The table is made by `train.lemmas` from the treebanks: every inflected form whose lemma there differs from what these
rules say. Both sides use the Penn tags (NNS, VBD, ...) to know which ending to take off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_VOWELS = "aeiou"
_NAMES = frozenset({"NNP", "NNPS"})
_FULL_FORM = re.compile(r"[a-z]+")
# Stems that end like this lost an "e" before "-ing" or "-ed": tracing, using, solved, agreed, created, argued, enabled.
_LOST_E = re.compile(
    r"(?:[cvz]|[^s]s|[aeiou]g|[rnd]g|[^aeiou]u|[^aeious][aiou]t|[^aeiou][bcdfgkptz]l|(?:[^aeo]a|u|pl?o|st?o)r|[ai]d|[^aeiou]i[nmrlkpb])$"
)
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def lemma(word: str, tag: str, irregular: Mapping[tuple[str, str], str]) -> str:
    """The dictionary form of `word` (in `words.plain` spelling) under the Penn tag `tag`; names keep their capitals.

    >>> lemma("cameras", "NNS", {}), lemma("tracing", "VBG", {}), lemma("Qu", "NNP", {})
    ('camera', 'trace', 'Qu')
    """
    lower = word.lower()
    known = irregular.get((lower, tag))
    if known is not None:
        return known
    if tag in _NAMES:
        return word.removesuffix("s") if tag == "NNPS" and not word.endswith("ss") else word
    if not _FULL_FORM.fullmatch(lower) or len(lower) < 3:
        return lower
    rule = _RULES.get(tag)
    return rule(lower) if rule else lower


def _without_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _stem(word: str, ending: str) -> str:
    if not word.endswith(ending) or len(word) - len(ending) < 2:
        return word
    stem = word[: -len(ending)]
    if _DOUBLED.search(stem):
        return stem[:-1]
    if not any(vowel in stem for vowel in _VOWELS + "y"):
        return word
    return stem + "e" if _LOST_E.search(stem) else stem


def _past(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ied") and len(word) > 4 else _stem(word, "ed")


def _compared(word: str, ending: str) -> str:
    return word[: -len(ending) - 1] + "y" if word.endswith("i" + ending) else _stem(word, ending)


_RULES: dict[str, Callable[[str], str]] = {
    "NNS": _without_s,
    "VBZ": _without_s,
    "VBG": lambda word: _stem(word, "ing"),
    "VBD": _past,
    "VBN": _past,
    "JJR": lambda word: _compared(word, "er"),
    "RBR": lambda word: _compared(word, "er"),
    "JJS": lambda word: _compared(word, "est"),
    "RBS": lambda word: _compared(word, "est"),
}
