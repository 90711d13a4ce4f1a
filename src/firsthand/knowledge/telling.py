"""The lexicon of `telling.toml`: words that make a voice answer for what it says, thinks, wants or feels."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class TellingWords:
    """Base forms, lower case."""

    said: frozenset[str]
    never: frozenset[str]
    wish: frozenset[str]
    thing: frozenset[str]
    about: Mapping[str, frozenset[str]]
    """Verb to the prepositions with which it takes a thing."""
    as_what: frozenset[str]
    state: frozenset[str]
    noun: frozenset[str]
    light: frozenset[str]


@cache
def telling_words() -> TellingWords:
    """The lexicon, read from the package."""
    table = tomllib.loads(files("firsthand.knowledge").joinpath("telling.toml").read_text(encoding="utf-8"))
    about = dict(entry.split(":") for entry in table["about"].split())
    plain = {name: frozenset(words.split()) for name, words in table.items() if name != "about"}
    return TellingWords(about={verb: frozenset(given.split(",")) for verb, given in about.items()}, **plain)
