"""Countries and territories by the names, adjectives and capitals that news English gives them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

PlaceNameKind: TypeAlias = Literal["country", "demonym", "capital"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """One row of `countries.psv`."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    others: tuple[str, ...]
    """Official names, abbreviations and older names."""
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceName:
    """One name that points to a country."""

    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    kind: PlaceNameKind
    canonical: str
    """The country's short name, or the first spelling of its capital."""
    needs_context: bool
    """Also a person's name or a common word, so that it counts only where the words around show a place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceWords:
    """Words of `places.toml` that help to tell places from other capitalised names."""

    function_words: frozenset[str]
    never_places: frozenset[str]
    organisation_words: frozenset[str]
    person_titles: frozenset[str]
    product_words: frozenset[str]
    region_words: frozenset[str]
    facility_words: frozenset[str]
    settlement_words: frozenset[str]


def rows(name: str) -> Iterator[list[str]]:
    """Rows of a `|`-separated data file of this folder, without comments and empty lines."""
    for line in (files("firsthand.knowledge") / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def listed(cell: str) -> tuple[str, ...]:
    """The entries of a `;`-separated cell."""
    return tuple(entry.strip() for entry in cell.split(";") if entry.strip())


@cache
def place_words() -> PlaceWords:
    """The word lists, loaded once."""
    lists = tomllib.loads((files("firsthand.knowledge") / "places.toml").read_text(encoding="utf-8"))
    return PlaceWords(**{name: frozenset(words) for name, words in lists.items()})


@cache
def countries() -> Mapping[str, Country]:
    """All countries and territories, by code; names still carry their marks (`~`, `!`)."""
    return {
        code: Country(code=code, name=name, others=listed(others), demonyms=listed(demonyms), capitals=listed(capitals))
        for code, name, others, demonyms, capitals in rows("countries.psv")
    }


@cache
def place_names() -> Mapping[str, PlaceName]:
    """Every name, demonym and capital as written in text; of two countries with one name, the first listed has it."""
    found: dict[str, PlaceName] = {}
    for country in countries().values():
        main = _bare(country.name)
        for kind, canonical, names in _names(country, main):
            for marked in names:
                name = _bare(marked)
                entry = PlaceName(
                    name=name, country=country.code, kind=kind, canonical=canonical, needs_context=marked.endswith("~")
                )
                found.setdefault(name, entry)
    return found


def _names(country: Country, main: str) -> Iterator[tuple[PlaceNameKind, str, Sequence[str]]]:
    yield "country", main, (country.name, *country.others)
    yield "demonym", main, (*country.demonyms, *_plurals(country.demonyms))
    if country.capitals:
        yield "capital", _bare(country.capitals[0]), country.capitals


def _plurals(demonyms: Sequence[str]) -> tuple[str, ...]:
    """ "Kenyans", "Afghans"; not for adjectives that have none ("Chinese", "Spanish")."""
    return tuple(
        d.replace("~", "") + "s" for d in demonyms if not d.endswith(("ese", "sh", "ch", "ss", "s", "x", "man"))
    )


def _bare(name: str) -> str:
    return name.rstrip("~!").removeprefix("the ")
