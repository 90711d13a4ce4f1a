"""The names under which documents credit one another: an outlet, its initials, an author, a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from firsthand.records import Document
from firsthand.trace.details import WORD, Word
from firsthand.trace.details_words import COMMON, alike, fold

Sort = Literal["outlet", "author", "title", "initials"]

_SMALL: Final = "the of for and on in at a an de del la le el y du des di da do dos van von und e et"
PARTICLES: Final = frozenset(_SMALL.split())
_ROLES: Final = """
    staff desk newsroom redaction team editorial editor editors correspondent correspondents reporter reporters foreign
    world agency agencies news admin by author
"""
_NOT_NAMES: Final = frozenset(_ROLES.split())
_DATELINE: Final = re.compile(r"[^\n(]{2,80}\(([A-Z][\w .&'’-]{1,40})\)\s*[-–—]")
_DEFINED: Final = re.compile(r"\(\s*([A-Z][A-Z&]{1,7})\s*\)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """One way to name a document's publisher, author or title."""

    words: tuple[str, ...]
    """Folded, particles left out."""
    shown: str
    sort: Sort


def aliases(document: Document) -> tuple[Alias, ...]:
    """The names under which other documents may credit this one."""
    found: dict[tuple[str, ...], Alias] = {}

    def add(name: str, sort: Sort) -> None:
        words = name_words(name)
        if words and words not in found and not all(w in COMMON or w in _NOT_NAMES for w in words):
            found[words] = Alias(words=words, shown=name.strip(), sort=sort)

    outlet = publisher(document)
    add(outlet, "outlet")
    for author in re.split(r",|;|/|\band\b|&|\bby\b", document.byline or "", flags=re.I):
        if len(name_words(author)) >= 2 and not any(w in _NOT_NAMES for w in name_words(author)):
            add(author, "author")
    for short in _initials(outlet, document):
        found.setdefault((short,), Alias(words=(short,), shown=short.upper(), sort="initials"))
    title = document.title or ""
    for part in {title, re.split(r":\s| [–—|-] ", title)[0]}:
        if len(name_words(part)) >= 3 or (part == title and len(name_words(part)) >= 3):
            add(part, "title")
    return tuple(found.values())


def publisher(document: Document) -> str:
    """The outlet's name without an edition, section or slogan behind it ("Harbour Ledger - Courts", "Ledger [EN]").

    Where the page names no outlet: the agency in its dateline, else the name in its address; empty without either.
    """
    if document.outlet:
        return re.split(r":\s| [–—|-] |[\[(]", document.outlet, maxsplit=1)[0].strip()
    dateline = _DATELINE.match(document.text[:200])
    if dateline:
        return dateline[1].strip()
    host = re.match(r"https?://(?:www\.)?([a-z][a-z0-9-]{4,40})\.", document.url or "", re.I)
    return host[1].replace("-", " ").title() if host else ""


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without its particles."""
    return tuple(w for w in (fold(m) for m in WORD.findall(name)) if w not in PARTICLES)


def _initials(outlet: str, document: Document) -> Iterator[str]:
    """Initials of a name of three words and more, and those that the document puts in brackets after the name."""
    capitals = [w[0] for w in re.findall(r"\b[^\W\d_]\w*", outlet) if w[0].isupper() and w.lower() not in PARTICLES]
    built = "".join(capitals).lower()
    if len(built) >= 3:
        yield built
    spelt = fold(outlet.strip())
    for match in _DEFINED.finditer(document.text[:20_000]):
        before = fold(document.text[max(0, match.start() - len(outlet) - 4) : match.start()].strip())
        opening = match.start() < 120  # a dateline: "TOWN, May 3 (ABC) -"
        if (spelt and before.endswith(spelt)) or (opening and built.startswith(match[1].lower()[:2])):
            yield match[1].lower()


def is_domain(text: str, word: Word) -> bool:
    """Whether the word opens something written like a web address (`example.org`)."""
    return text[word.end : word.end + 1] == "." and text[word.end + 1 : word.end + 2].isalpha()


def follow(alias: Alias, words: Sequence[Word], at: int, text: str) -> int | None:
    """Index of the last word of a mention of `alias` that starts at `at`, or None.

    A long name may be cut ("Ash Institute" for "Ash Institute for River Studies") when two words agree and no other
    capitalised word follows; a name of one word has to agree exactly unless it is long.
    """
    if alias.sort == "initials":
        word = words[at]
        return at if word.folded == alias.words[0] and text[word.start : word.end].isupper() else None
    matched, i, last = 0, at, at
    while matched < len(alias.words) and i < len(words):
        if matched and words[i].folded in PARTICLES:
            i += 1
            continue
        if not _same(words[i].folded, alias.words[matched]):
            break
        matched, last, i = matched + 1, i, i + 1
    goes_on = (
        last + 1 < len(words) and text[words[last + 1].start].isupper() and words[last + 1].start - words[last].end == 1
    )
    if matched == len(alias.words) > 1:
        return last
    if matched == len(alias.words) == 1:
        exact = words[at].folded == alias.words[0] or (len(alias.words[0]) >= 7 and at > 0)
        return last if exact and not goes_on and len(alias.words[0]) >= 4 else None
    return last if alias.sort == "outlet" and matched >= 2 and not goes_on else None


def _same(written: str, name: str) -> bool:
    return written == name or (len(name) >= 4 and alike(written, name))


def within(name: tuple[str, ...], line: tuple[str, ...]) -> bool:
    """Whether the words of `name` stand in `line` one after another."""
    return any(line[i : i + len(name)] == name for i in range(len(line) - len(name) + 1))
