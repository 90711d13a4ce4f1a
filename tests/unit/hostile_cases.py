"""Files made to do harm: each with what reading it may come to. Built when asked for; few are larger than 20 MB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import hostile_packed
import hostile_pages
from hostile_packed import READ

__all__ = ["READ", "Hostile", "cases"]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file: what it is called, how it is made, and the outcomes that are right for it."""

    name: str
    build: Callable[[], bytes]
    outcomes: frozenset[str]
    """Refusal codes, or `read`."""


FAMILIES = (
    hostile_packed.documents,
    hostile_packed.web_archives_in_zips,
    hostile_packed.web_archives,
    hostile_packed.responses,
    hostile_pages.pdfs,
    hostile_pages.feeds,
    hostile_pages.pages,
    hostile_pages.cards,
    hostile_pages.mails,
    hostile_pages.texts,
)


def cases() -> Iterator[Hostile]:
    """Every hostile file."""
    for family in FAMILIES:
        for name, build, *outcomes in family():
            yield Hostile(name, build, frozenset(outcomes))
