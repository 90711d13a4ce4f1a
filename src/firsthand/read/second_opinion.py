"""What another extractor takes for a page's main text: a second opinion, heard and never quoted.

The extra `best` installs the extractor, trafilatura (Barbaresi 2021, Apache-2.0). Its text only helps to choose among
this project's own segments, so offsets stay ours. It parses with lxml, a native library: where workers read, a page
that harms it ends one worker and is read again without it (`engine.workers`).
"""

from __future__ import annotations

import importlib
import logging
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any

LIBRARY = "trafilatura"
_MAX_CHARACTERS = 4_000_000
"""Twice the longest page of the benchmarks; lxml takes some hundred bytes of memory a character of dense markup."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The main text according to the other extractor, or why it gave none."""

    text: str = ""
    fault: str = ""
    """In words, for a warning; empty where it answered."""


@cache
def version() -> str:
    """Name and version of the extractor, which decide together with the page what it answers."""
    try:
        return f"{LIBRARY}-{metadata.version(LIBRARY)}"
    except metadata.PackageNotFoundError:
        return f"{LIBRARY}-absent"


def second_opinion(page: str) -> Opinion:
    """What the other extractor finds in a decoded page. It fails in its own ways; every one is told, none is raised."""
    if len(page) > _MAX_CHARACTERS:
        return Opinion(fault="the page is too large for it")
    try:
        found = _extractor()(page.encode("utf-8", "replace"), include_comments=False)
    except Exception as fault:  # noqa: BLE001
        # Another's code on hostile pages: whatever it raises costs its opinion and is told in the document's warnings.
        return Opinion(fault=f"it stopped with {type(fault).__name__}")
    return Opinion(text=found or "")


@cache
def _extractor() -> Any:
    logging.getLogger(LIBRARY).addHandler(logging.NullHandler())  # it logs every page it finds nothing in
    return importlib.import_module(LIBRARY).extract
