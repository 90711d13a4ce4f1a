"""Grammar of English text: sentences, words, parts of speech and who governs whom, with exact offsets.

Labels are those of Universal Dependencies (https://universaldependencies.org), as the English EWT and GUM treebanks use
them. The model, its scores and what it is not good at: `firsthand/knowledge/models/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from firsthand.extract.lemmas import lemma
from firsthand.extract.parse_network import Analysis, Network
from firsthand.extract.sentences import sentences
from firsthand.extract.words import plain, words
from firsthand.knowledge.models import english_parser
from firsthand.records import Span

LONGEST_SENTENCE_WORDS = 160
"""Longer runs without a full stop are lists or noise; parsed in parts, so that time stays linear in the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One syntactic word: "don't" is two of them."""

    i: int
    """Position in the sentence, from 0."""
    start: int
    """Half-open code-point offsets in the parsed text."""
    end: int
    text: str
    """Exactly `text[start:end]` of the parsed text, typographic quotation marks included."""
    lemma: str
    upos: str
    """Universal part of speech: NOUN, VERB, PROPN, ..."""
    xpos: str
    """Penn tag: VBD, NNS, ..."""
    head: int
    """Position of the governing word; its own position for the root."""
    deprel: str
    """Relation to the head, with subtype: nsubj, nsubj:pass, obl:agent, ...; root for the root."""

    @property
    def relation(self) -> str:
        """The relation without its subtype."""
        return self.deprel.partition(":")[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A parsed sentence; `start` and `end` are those of its first and last word."""

    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def root(self) -> Token:
        """The one word that no other governs."""
        return next(token for token in self.tokens if token.head == token.i)


@lru_cache(maxsize=8)  # the rules of one document ask for the same text several times
def parse(text: str) -> tuple[Sentence, ...]:
    """Sentences of an English text in order; none crosses a blank line, and every visible character is in one token.

    Text in other languages comes back tokenised, with labels that mean nothing.

    >>> text = "The ministry bought cameras."
    >>> [(token.text, token.deprel, text[token.start:token.end] == token.text) for token in parse(text)[0].tokens][1:3]
    [('ministry', 'nsubj', True), ('bought', 'root', True)]
    """
    spans = tuple(part for sentence in sentences(text) for part in _parts(words(text, sentence.start, sentence.end)))
    return parse_words(text, spans)


def parse_words(text: str, spans: Sequence[Sequence[tuple[int, int]]]) -> tuple[Sentence, ...]:
    """The same for sentences whose words are known: for each its words' half-open offsets; none may be empty."""
    if not spans:
        return ()
    forms = [[plain(text[start:end]) for start, end in sentence] for sentence in spans]
    analyses = english_network().analyse(forms)
    return tuple(_sentence(text, *made) for made in zip(spans, forms, analyses, strict=True))


@lru_cache(maxsize=1)
def english_network() -> Network:
    """The network of the English parser, made ready once."""
    return Network(english_parser())


@lru_cache(maxsize=65_536)  # names and inflected words come back in every story
def _lemma(form: str, xpos: str) -> str:
    return lemma(form, xpos, english_parser().irregular)


def children(sentence: Sentence, i: int) -> tuple[Token, ...]:
    """The words that word `i` governs directly, in order."""
    return tuple(token for token in sentence.tokens if token.head == i and token.i != i)


def subtree(sentence: Sentence, i: int) -> tuple[Token, ...]:
    """Word `i` and everything it governs, at any depth, in order."""
    below: list[list[int]] = [[] for _ in sentence.tokens]
    for token in sentence.tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    found, waiting = {i}, [i]
    while waiting:
        fresh = below[waiting.pop()]
        found.update(fresh)
        waiting.extend(fresh)
    return tuple(sentence.tokens[n] for n in sorted(found))


def subtree_span(sentence: Sentence, i: int) -> Span:
    """From the first to the last word of `subtree`, as offsets in the parsed text; a gap in between is covered too."""
    tokens = subtree(sentence, i)
    return Span(start=tokens[0].start, end=tokens[-1].end)


def _parts(spans: Sequence[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    for start in range(0, len(spans), LONGEST_SENTENCE_WORDS):
        yield spans[start : start + LONGEST_SENTENCE_WORDS]


def _sentence(text: str, spans: Sequence[tuple[int, int]], forms: Sequence[str], labels: Analysis) -> Sentence:
    tokens = []
    for i, ((start, end), form) in enumerate(zip(spans, forms, strict=True)):
        upos, _, xpos = labels.tags[i].partition("|")
        head = labels.heads[i] - 1
        tokens.append(
            Token(
                i=i,
                start=start,
                end=end,
                text=text[start:end],
                lemma=_lemma(form, xpos),
                upos=upos,
                xpos=xpos,
                head=i if head < 0 else head,
                deprel=labels.relations[i],
            )
        )
    return Sentence(start=spans[0][0], end=spans[-1][1], tokens=tuple(tokens))
