"""Who names whom: a document that credits another one's outlet, author, title or address as its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from firsthand.records import Evidence, Span
from firsthand.trace.credit_names import Alias, aliases, follow, is_domain, name_words, within
from firsthand.trace.credit_words import Strength, around, names_a_work, source_lines, strength_of
from firsthand.trace.details import Profile, Word
from firsthand.trace.details_words import name_key

FEW: Final = 4  # documents of one publisher that are all looked at when it is named


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """A document names another as where it has something from."""

    strength: Strength
    evidence: Evidence
    sentence: int | None
    """Index of the child's sentence that names it; None for an address."""

    def same_place(self, other: Credit) -> bool:
        """Whether both are one naming: an outlet's name credits one of its documents, not all that were captured."""
        return self.evidence.kind == other.evidence.kind and self.evidence.child == other.evidence.child


class Naming:
    """Finds in every document the names of the others. Built once for a set; looking up is linear in the text."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._profiles = profiles
        self._bearers: defaultdict[Alias, set[int]] = defaultdict(set)
        self._by_first: defaultdict[str, list[Alias]] = defaultdict(list)
        self._own = [frozenset((a.words, a.sort == "author") for a in aliases(p.document)) for p in profiles]
        self._by_address: defaultdict[str, list[int]] = defaultdict(list)
        for number, prof in enumerate(profiles):
            for alias in aliases(prof.document):
                if alias not in self._bearers:
                    self._by_first[name_key(alias.words[0])].append(alias)
                self._bearers[alias].add(number)
            if prof.document.url:
                self._by_address[address(prof.document.url)].append(number)

    def credits(self, child: int, partners: Set[int]) -> Mapping[int, Credit]:
        """The documents that `child` names, with the strongest naming of each, the first of equals.

        A name that many documents bear counts only for those of `partners`.
        """
        best: dict[int, Credit] = {}
        for parent, credit in self._addresses(child):
            _keep(best, parent, credit)
        for alias, credit in self._names(child):
            bearers = self._bearers[alias]
            for parent in sorted(bearers if len(bearers) <= FEW else bearers & partners):
                _keep(best, parent, credit)
        best.pop(child, None)
        return best

    def _is_own(self, alias: Alias, child: int) -> bool:
        """Whether the child bears the name itself; an agency in its byline stays an agency."""
        return (alias.words, alias.sort == "author") in self._own[child]

    def _addresses(self, child: int) -> Iterator[tuple[int, Credit]]:
        document = self._profiles[child].document
        if document.source_url:
            for parent in self._by_address.get(address(document.source_url), ()):
                words = f"the page names {document.source_url} as where it took its text from"
                yield parent, Credit(strength="whole", evidence=Evidence(kind="link", text=words), sentence=None)
        for link in document.links:
            for parent in self._by_address.get(address(link.url), ()):
                span = Span(start=link.start, end=link.end)
                yield (
                    parent,
                    Credit(
                        strength="passage",
                        evidence=Evidence(kind="link", text=f"links to {link.url}", child=span),
                        sentence=None,
                    ),
                )

    def _names(self, child: int) -> Iterator[tuple[Alias, Credit]]:
        prof = self._profiles[child]
        lines = source_lines(prof)
        at = 0
        for number, sentence in enumerate(prof.sentences):
            words = prof.words(at, at + sentence.words)
            at += sentence.words
            for alias, span in self._mentions(prof, words, child):
                if alias.sort == "title" and not names_a_work(prof.document.text, span):
                    continue
                strength: Strength = "whole" if number in lines else strength_of(prof, sentence, span)
                text = f"names {alias.shown}: “{around(prof.document.text, sentence, span)}”"
                kind: Literal["cue", "dateline"] = "dateline" if number == 0 and span.start < 80 else "cue"
                yield (
                    alias,
                    Credit(strength=strength, evidence=Evidence(kind=kind, text=text, child=span), sentence=number),
                )
        yield from self._byline(child)

    def _starting_with(self, folded: str) -> Iterator[Alias]:
        """Aliases that may begin with this word, a plural or a possessive without its apostrophe included."""
        yield from self._by_first.get(name_key(folded), ())
        if folded.endswith("s") and name_key(folded[:-1]) != name_key(folded):
            yield from self._by_first.get(name_key(folded[:-1]), ())

    def _byline(self, child: int) -> Iterator[tuple[Alias, Credit]]:
        """An agency in the byline credits the whole story."""
        byline = name_words(self._profiles[child].document.byline or "")
        for first in byline:
            for alias in self._by_first.get(name_key(first), ()):
                publisher = alias.sort in ("outlet", "initials") and not self._is_own(alias, child)
                if publisher and within(alias.words, byline):
                    evidence = Evidence(kind="byline", text=f"the byline names {alias.shown}")
                    yield alias, Credit(strength="whole", evidence=evidence, sentence=None)

    def _mentions(self, prof: Profile, words: Sequence[Word], child: int) -> Iterator[tuple[Alias, Span]]:
        text = prof.document.text
        for i, word in enumerate(words):
            if not (text[word.start].isupper() or text[word.start].isdigit() or is_domain(text, word)):
                continue
            for alias in self._starting_with(word.folded):
                end = None if self._is_own(alias, child) else follow(alias, words, i, text)
                if end is not None:
                    yield alias, Span(start=word.start, end=words[end].end)


_RANK: Final = {"mention": 0, "passage": 1, "whole": 2}


def _keep(best: dict[int, Credit], parent: int, credit: Credit) -> None:
    if parent not in best or _RANK[credit.strength] > _RANK[best[parent].strength]:
        best[parent] = credit


def address(url: str) -> str:
    """A web address without scheme, `www.`, query, fragment and trailing slash, for comparison."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # an address that no parser accepts names no captured page
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"
