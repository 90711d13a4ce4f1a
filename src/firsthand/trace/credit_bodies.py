"""How a text is spoken of by those who do not give its publisher's full name: "the auditors", "the order form".

A publisher's name is taken apart into the words that tell it from others, and a text is known by what it is: a ruling,
a notice, a handbook. Which words tell is asked of the set at hand: a word that every text has tells nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from firsthand.knowledge.cues import cues
from firsthand.records import Document
from firsthand.trace.credit_names import PARTICLES
from firsthand.trace.credit_words import passes_on
from firsthand.trace.details import Profile
from firsthand.trace.details_words import fold, stem

_SEGMENTS: Final = re.compile(r"\s+[–—|/-]\s+|[,:;([\])]")
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_OPENING: Final = 150  # code points in which a text says what it is, where its title does not
NEAR: Final = 4  # words
TELLING_WORDS: Final = 3  # of a name; a long one is cut to its rarest words in speech

# Words for parts of a body, for its publishing, and for the state it belongs to: alone they name nobody.
_GENERIC: Final = frozenset(
    stem(word)
    for word in """
    press office desk service services publications publication publishing special reports report release releases
    section division department directorate registry records newsroom communications corporate public affairs media
    information website homepage home page official archive library republic kingdom federation union state states
    immediate blog newsletter news edition english
    """.split()
)
# Papers that are called by one another's names.
_PAPERS: Final = (
    "manual handbook guide instructions booklet guidebook",
    "decision ruling judgment judgement order verdict resolution decree",
    "contract agreement deal form lease",
    "notice tender bulletin gazette award",
    "report study survey paper research findings dossier article poll investigation brief publication journal",
    "statement explanation communique communication release clarification reply answer",
    "motion filing petition suit complaint application",
    "minutes sitting transcript hearing",
    "letter response memo memorandum circular",
    "log register ledger list sheet spreadsheet dataset",
    "retraction correction erratum",
)
_PAPER_OF: Final = {stem(word): number for number, words in enumerate(_PAPERS) for word in words.split()}
_COMMAND: Final = "guard tribunal union council bank police association circle league chamber society command".split()


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """What a text and its publisher are called."""

    names: tuple[frozenset[str], ...]
    """Stems of each name of the publisher."""
    papers: frozenset[int]
    """Kinds of paper that the text is."""


def identity(document: Document) -> Identity:
    """The names of whoever publishes `document`, and what kind of paper it is.

    Where no outlet is given, the author or the head of the title that names an office or a body stands for it.
    """
    heads = [document.outlet] if document.outlet else [_if_body(document.byline), _if_body(document.title)]
    segments = [s for head in heads if head for s in _SEGMENTS.split(head)]
    names = {frozenset(_stems(s) - _GENERIC) for s in segments}
    whole = " ".join(filter(None, (document.title, document.outlet, document.text[:_OPENING])))
    papers = frozenset(_PAPER_OF[s] for s in _stems(whole) if s in _PAPER_OF)
    return Identity(names=tuple(sorted((n for n in names if n), key=sorted)), papers=papers)


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(w) for w in map(fold, _WORDS.findall(name)) if w not in PARTICLES)


@lru_cache
def _bodies() -> frozenset[str]:
    lexicon = cues().voices
    return frozenset({*lexicon["research"], *lexicon["official"], *lexicon["court"], *_COMMAND})


def _if_body(line: str | None) -> str | None:
    """The first part of a byline or title, if it names a body."""
    head = re.split(r"\s[–—|-]\s|[:;]", line or "", maxsplit=1)[0]
    return head if {fold(w) for w in _WORDS.findall(head)} & _bodies() else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """How clearly a sentence speaks of another text."""

    share: float
    """Of what tells the other's name from other names, 0 to 1."""
    paper: bool
    """Whether the sentence also names the kind of paper that the other is."""


class Speech:
    """Finds where texts speak of one another by parts of a name or by the kind of paper."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._identities = [identity(p.document) for p in profiles]
        self._profiles = profiles
        self._where = [_sentences_of(p) for p in profiles]
        self._holders = Counter(word for where in self._where for word in where)
        self._count = len(profiles)

    def words_of(self, number: int) -> frozenset[str]:
        """All stems of the names of a text's publisher."""
        return frozenset(s for name in self._identities[number].names for s in name)

    def spoken(self, child: int, parent: int) -> Mapping[int, Spoken]:
        """By sentence of the child: how it speaks of the parent, where it does at all."""
        where, other = self._where[child], self._identities[parent]
        shares: dict[int, float] = {}
        for name in other.names:
            for number, share in self._told(name, where, parent).items():
                shares[number] = max(share, shares.get(number, 0.0))
        papers = {n for word, kind in _PAPER_OF.items() if kind in other.papers for n in where.get(word, ())}
        return {
            number: Spoken(share=shares.get(number, 0.0), paper=number in papers)
            for number in sorted(papers | shares.keys())
        }

    def cue_near(self, child: int, sentence: int, parent: int) -> bool:
        """Whether a word that passes something on stands within a few words of the parent's name."""
        prof, named = self._profiles[child], self.words_of(parent)
        first = sum(s.words for s in prof.sentences[:sentence])
        words = prof.words(first, first + prof.sentences[sentence].words)
        at = [i for i, w in enumerate(words) if {stem(w.folded), stem(w.folded.removesuffix("s"))} & named]
        reach = [words[max(0, i - NEAR) : i + NEAR + 1] for i in at]
        return any(passes_on(prof.document.text[near[0].start : near[-1].end]) for near in reach)

    def _told(self, name: frozenset[str], where: Mapping[str, Sequence[int]], parent: int) -> Mapping[int, float]:
        """By sentence: the share of what tells this name from others that the sentence gives."""
        weights = {word: self._telling(word, parent) for word in sorted(name)}
        whole = sum(sorted(weights.values())[-TELLING_WORDS:])
        told: defaultdict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for number in where.get(word, ()):
                told[number] += weight / whole
        return {number: min(1.0, share) for number, share in told.items()}

    def _telling(self, word: str, parent: int) -> float:
        """How rare a word is among the other texts; never nothing."""
        others = self._holders[word] - (word in self._where[parent])
        return log((self._count + 1) / (others + 0.5)) if others < self._count else 0.1


def _sentences_of(prof: Profile) -> Mapping[str, tuple[int, ...]]:
    """Where each stem stands, by number of the sentence; a possessive without its apostrophe counts as the name."""
    where: dict[str, list[int]] = {}
    at = 0
    for number, sentence in enumerate(prof.sentences):
        for folded in set(prof.folded[at : at + sentence.words]):
            for word in {stem(folded), stem(folded.removesuffix("s"))}:
                where.setdefault(word, []).append(number)
        at += sentence.words
    return {word: tuple(numbers) for word, numbers in where.items()}
