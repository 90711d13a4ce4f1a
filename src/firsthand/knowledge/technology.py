"""The technology vocabulary: patterns from `technology.toml`, compiled for spotting.

The pattern language is described at the top of the data file. Patterns are looked up by first word, so a text costs
one dictionary look-up a word plus the few patterns that begin with that word.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from firsthand.knowledge.senses import stem

WORD = re.compile(r"[^\W_]+")
PREFIX_LETTERS = 3
"""Letters of `stem*` that the index uses; a stem must have at least as many."""

# Between two words of a pattern: spaces or hyphens; an ending such as ’s or a quotation mark may stand there too.
_BETWEEN = r"(?:['’]s?)?(?:[\"”’)]?[\s‐‑–-]+[\"“‘(]?|\))"
_GAP = r"(?:(?:['’]s?)?[\s,\"“”‘’'()‐‑–-]+[^\W_]+){{0,{}}}?"
_NOT_MIDWORD = r"(?![^\W_])"


@dataclass(frozen=True, kw_only=True, slots=True)
class Technology:
    """One concept of the vocabulary."""

    id: str
    label: str
    source: str
    """Who names the concept so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """One way to say something; `key` is whatever the match stands for."""

    key: str
    strong: bool
    regex: re.Pattern[str]
    first: tuple[str, ...]
    """Lower-case words the match can begin with; a trailing `*` marks the beginning of a word."""


_SHARED, _MANY = 0.7, 0.3
"""Powers by which technologies that share a word, and words that share a technology, take weight off."""

Match: TypeAlias = tuple[int, int, Pattern]
"""Start and end of the matched text, half-open, and the pattern."""


class Lexicon:
    """Patterns indexed by the first word of what they match."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_word: dict[str, list[Pattern]] = {}
        self._by_prefix: dict[str, list[Pattern]] = {}
        self._beginning = lru_cache(maxsize=65_536)(self._look_up)
        for pattern in patterns:
            for first in pattern.first:
                index, word = (
                    (self._by_prefix, first[:PREFIX_LETTERS]) if first.endswith("*") else (self._by_word, first)
                )
                index.setdefault(word, []).append(pattern)

    def matches(self, text: str) -> Iterable[Match]:
        """Every match as (start, end, pattern), in text order; matches may overlap."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters change length in lower case; offsets come first
            lowered = text
        for token in WORD.finditer(lowered):
            start = token.start()
            for pattern in self._beginning(token.group()):
                found = pattern.regex.match(text, start)
                if found is not None:
                    yield start, found.end(), pattern

    def _look_up(self, word: str) -> tuple[Pattern, ...]:
        """The patterns that can begin with a lower-case word."""
        return (*self._by_word.get(word, ()), *self._by_prefix.get(word[:PREFIX_LETTERS], ()))


def compile_pattern(source: str, key: str, strong: bool) -> Pattern:
    """A pattern of the data file's language, compiled. Raises ValueError for one that no text could begin to match."""
    elements = source.split()
    first = tuple(word for option in _options(elements[0]) for word in _first_words(option))
    if not first or elements[0].startswith(".."):
        raise ValueError(f"technology pattern {source!r} must begin with a word")
    regex = _element(elements[0])
    for element in elements[1:]:
        if element.startswith(".."):
            regex += _GAP.format(int(element[2:]))
        elif element.endswith("?"):
            regex += f"(?:{_BETWEEN}{_element(element[:-1])})?"
        else:
            regex += f"{_BETWEEN}{_element(element)}"
    return Pattern(key=key, strong=strong, regex=re.compile(regex + _NOT_MIDWORD), first=first)


def _options(element: str) -> Sequence[str]:
    return [option for option in element.split("|") if option]


def _element(element: str) -> str:
    return "(?:" + "|".join(_option(option) for option in _options(element)) + ")" + _NOT_MIDWORD


def _option(option: str) -> str:
    stem = option.lstrip("=").rstrip("*")
    body = r"[\s‐‑–-]".join(re.escape(part) for part in re.split("[-_]", stem))
    if option.endswith("*"):
        body += r"[^\W_]*"
    elif not option.startswith("="):
        body += "(?:e?s)?" if not stem.endswith("s") else ""
    return body if stem != stem.lower() else f"(?i:{body})"


def _first_words(option: str) -> Sequence[str]:
    stem = option.lstrip("=").lower()
    found = WORD.match(stem)
    if found is None:
        return []
    word = found.group()
    if option.endswith("*") and found.end() == len(stem) - 1:
        if len(word) < PREFIX_LETTERS:
            raise ValueError(f"stem {option!r} is shorter than {PREFIX_LETTERS} letters")
        return [word + "*"]
    return [word, word + "s", word + "es"]


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("firsthand.knowledge") / "technology.toml").read_text(encoding="utf-8"))


@cache
def technologies() -> Mapping[str, Technology]:
    """The vocabulary by id, in the order of the data file."""
    return {t["id"]: Technology(id=t["id"], label=t["label"], source=t["source"]) for t in _data()["technology"]}


@cache
def technology_lexicon() -> Lexicon:
    """Every strong and weak pattern; the key is the technology id."""
    entries = _data()["technology"]
    return Lexicon(
        compile_pattern(pattern, entry["id"], strength == "strong")
        for entry in entries
        for strength in ("strong", "weak")
        for pattern in entry[strength]
    )


@cache
def company() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Stem of a word to the technologies it keeps company with (`technology_company.toml`), each with how much the word
    speaks for it: less for a word of several technologies, and for a technology with many words.
    """
    table = tomllib.loads((files("firsthand.knowledge") / "technology_company.toml").read_text(encoding="utf-8"))
    words = {name: sorted({stem(word) for word in listed.split()}) for name, listed in table.items()}
    shared = Counter(word for listed in words.values() for word in listed)
    found: dict[str, list[tuple[str, float]]] = {}
    for name in sorted(words):
        for word in words[name]:
            weight = shared[word] ** -_SHARED / len(words[name]) ** _MANY
            found.setdefault(word, []).append((name, round(weight, 6)))
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def never_lexicon() -> Lexicon:
    """Phrases in which a technology word means something else."""
    return Lexicon(compile_pattern(pattern, "never", True) for pattern in _data()["never"])


@cache
def cue_lexicon() -> Lexicon:
    """Words that show a passage is about watching people or keeping data on them."""
    return Lexicon(compile_pattern(pattern, "cue", False) for pattern in _data()["cues"]["patterns"])
