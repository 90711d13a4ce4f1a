"""Other names of bodies that news about surveillance technology keeps naming."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from firsthand.knowledge.agencies import agencies
from firsthand.knowledge.countries import rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """One other name of one body."""

    name: str
    alias: str
    reason: str
    """Such as `native name`, `former name`, `misspelling`."""
    source: str


@cache
def aliases() -> tuple[Alias, ...]:
    """Every row of `aliases.psv`."""
    return tuple(
        Alias(name=name, alias=alias, reason=reason, source=source)
        for name, alias, reason, source in rows("aliases.psv")
    )


@cache
def _canonical() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in aliases():
        found.setdefault(_key(entry.name), entry.name)
        found.setdefault(_key(entry.alias), entry.name)
    for agency in agencies():
        for name in (agency.name, agency.abbreviation, *agency.others):
            if name:
                found.setdefault(_key(name), found.get(_key(agency.name), agency.name))
    return found


@lru_cache(maxsize=16384)
def canonical_name(name: str) -> str | None:
    """The usual name of a known body for any of its names; None for a body that no list has.

    >>> canonical_name("Hangzhou Hikvision"), canonical_name("海康威视"), canonical_name("Norvik Systems")
    ('Hikvision', 'Hikvision', None)
    """
    return _canonical().get(_key(name))


def _key(name: str) -> str:
    """Case of abbreviations aside, names are compared by their letters and figures alone."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", plain.removeprefix("the "))
