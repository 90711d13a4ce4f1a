"""The word lists of `names.toml`, loaded once."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class NameWords:
    """What the words of organisations' names say; all folded to lower case without accents."""

    fillers: frozenset[str]
    legal_forms: frozenset[str]
    ignored: frozenset[str]
    """Fillers and legal forms: they say nothing about who is meant."""
    titles: frozenset[str]
    """Stand before a person's name."""
    legal_families: Mapping[str, str]
    """Legal form to the first of its column."""
    company_words: frozenset[str]
    place_heads: frozenset[str]
    """Kinds of body that take the name of a place."""
    strict_heads: frozenset[str]
    """Kinds of which a longer name is another body."""
    single_heads: frozenset[str]
    """Kinds of which a country has one of each name."""
    marks: Mapping[str, str]
    """Word to the mark it stands for ("northern" to "north")."""
    meanings: Mapping[str, str]
    """Word to the first word of its row of synonyms."""
    known: frozenset[str]
    """Every ordinary word of the lists: none of them is a proper name."""
    common_surnames: frozenset[str]
    plain: frozenset[str]
    """Of the ordinary words those that are no kind of place and no compass point."""


@cache
def name_words() -> NameWords:
    """The lists, ready for look-up."""
    lists = tomllib.loads((files("firsthand.knowledge") / "names.toml").read_text(encoding="utf-8"))
    plain = {
        key: _folded(value) for key, value in lists.items() if key not in {"marks", "same_meaning", "legal_families"}
    }
    marks, meanings = _by_first(lists["marks"]), _by_first(lists["same_meaning"])
    known = frozenset().union(*(plain[k] for k in plain if k != "common_surnames"), marks, meanings)
    return NameWords(
        fillers=plain["fillers"],
        legal_forms=plain["legal_forms"],
        ignored=plain["fillers"] | plain["legal_forms"],
        titles=plain["titles"],
        legal_families=_by_first(lists["legal_families"]),
        company_words=plain["company_words"],
        place_heads=plain["place_heads"],
        strict_heads=plain["strict_heads"],
        single_heads=plain["single_heads"],
        marks=marks,
        meanings=meanings,
        known=known,
        plain=known - plain["place_heads"] - frozenset(marks),
        common_surnames=plain["common_surnames"],
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_fold(word) for word in words)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _by_first(rows: Sequence[Sequence[str]]) -> Mapping[str, str]:
    return {_fold(word): _fold(row[0]) for row in rows for word in row}
