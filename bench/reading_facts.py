"""How often title, authors and date of a page are right, on the pages whose gold says them."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from bench.reading_peers import firsthand_documents
from bench.reading_sets import BenchPage, Facts

Tell: TypeAlias = Callable[[bytes], Facts]
_BETWEEN_NAMES = re.compile(r"\s*[;,]\s*|\s+(?:and|und|et|og|y|e|och|en)\s+")


def fact_scores(tell: Tell, pages: Sequence[BenchPage]) -> dict[str, float]:
    """Share of pages whose date is the exact day, and whose title and authors are the gold's but for case and signs.

    Only pages count whose gold gives the fact. Authors are right when all of them are there and nobody else.
    """
    right: dict[str, list[bool]] = {"date": [], "title": [], "authors": []}
    for page in pages:
        told, gold = tell(page.content), page.facts
        if gold.date:
            right["date"].append(told.date == gold.date)
        if gold.title:
            right["title"].append(_even(told.title or "") == _even(gold.title))
        if gold.authors:
            right["authors"].append(_names(told.authors) == _names(gold.authors))
    return {fact: sum(found) / len(found) for fact, found in right.items() if found}


def firsthand_facts(content: bytes) -> Facts:
    """What our reading says of a page."""
    for document in firsthand_documents(content):
        authors = (document.byline,) if document.byline else ()
        return Facts(document.title, authors, (document.published or "")[:10] or None)
    return Facts()


def trafilatura_facts() -> Tell:
    """What trafilatura says of a page."""
    module: Any = importlib.import_module("trafilatura")

    def tell(content: bytes) -> Facts:
        found = module.extract_metadata(content)
        return Facts(found.title, (found.author,) if found.author else (), found.date) if found else Facts()

    return tell


def _names(names: Sequence[str] | None) -> set[str]:
    return {_even(name) for value in names or () for name in _BETWEEN_NAMES.split(value)} - {""}


def _even(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
