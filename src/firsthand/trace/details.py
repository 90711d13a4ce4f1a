"""What a story consists of, for comparison: words, sentences, and the details in each (figures, names, words)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from firsthand.records import Document, Span
from firsthand.trace.details_numbers import figures
from firsthand.trace.details_words import CALENDAR, COMMON, fold, name_key, stem

MAX_TEXT: Final = (
    400_000  # code points looked at; longer documents are books, and their opening shows where they come from
)
MAX_SENTENCE: Final = 1_200  # a longer "sentence" is cut, which bounds the time any pattern can take

WORD: Final = re.compile(r"[^\W_]+(?:['’](?![sS]\b)[^\W\d_]+)?")  # the possessive s is a word of its own
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")
_STOP: Final = re.compile(r"[.!?…]+[\"'”’»)\]]{0,3}\s+(?=[\"'“‘«(\[]{0,2}[^\W_a-z])")
_SHORTENED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Gov|Sen|Rep|St|Mt|No|Nr|Vol|Fig|Art|Feb|Jan|Aug|Sept|Oct|Nov|Dec|Inc|Ltd|Co|vs|approx)|\b[A-Z])\.$"
)
_ATTRIBUTES: Final = re.compile(
    r"\b(?:according to|said|says|told|reported|reports|writes|wrote|citing|announced|confirmed"
    r"|the (?:report|study|survey|statement))\b",
    re.I,
)
_OPENS: Final = re.compile(r"[.!?:;…“„«\"‘\n(]")
_QUOTED: Final = re.compile(r"[“„«][^“”„«»\n]{1,1500}(?:[”“»]|(?=\n|$))|\"[^\"]{1,1500}\"|(?<!\w)‘[^‘]{1,1500}?’(?!\w)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One word: its folded form and where it stands."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Detail:
    """Something in a sentence that another telling of the story would have to repeat."""

    key: str
    """Two details with one key are the same, names after a check of the spelling."""
    folded: str
    start: int
    end: int
    weight: float
    """0 to 2: how telling it is, before asking how many documents share it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence with its details, in reading order."""

    start: int
    end: int
    paragraph: int
    words: int
    details: tuple[Detail, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A document taken apart for comparison."""

    document: Document
    folded: tuple[str, ...]
    """Its words, folded; where they stand is in `starts` and `ends`, as arrays to keep large sets in memory."""
    starts: array[int]
    ends: array[int]
    sentences: tuple[Sentence, ...]
    quoted: tuple[tuple[int, int], ...]
    """Stretches inside quotation marks: somebody else's words."""
    attributes: bool
    """Whether it names a source for anything ("according to", "said")."""

    def words(self, first: int, last: int) -> list[Word]:
        """The words with the numbers from `first` up to `last`, the latter left out."""
        numbers = range(first, min(last, len(self.folded)))
        return [Word(folded=self.folded[i], start=self.starts[i], end=self.ends[i]) for i in numbers]

    def says(self, sentence: Sentence) -> bool:
        """Whether a sentence says who said something."""
        return _ATTRIBUTES.search(self.document.text, sentence.start, sentence.end) is not None

    def span(self, first: int, count: int) -> Span:
        """Where `count` words from number `first` stand in the text."""
        return Span(start=self.starts[first], end=self.ends[first + count - 1])


def profile(document: Document) -> Profile:
    """Take `document` apart. Time and memory are proportional to its length, which is cut at `MAX_TEXT`."""
    text = document.text[:MAX_TEXT]
    words = [Word(folded=fold(m[0]), start=m.start(), end=m.end()) for m in WORD.finditer(text)]
    sentences = tuple(_sentences(text, words))
    quoted = tuple(m.span() for m in _QUOTED.finditer(text))
    return Profile(
        document=document,
        folded=tuple(w.folded for w in words),
        starts=array("I", (w.start for w in words)),
        ends=array("I", (w.end for w in words)),
        sentences=sentences,
        quoted=quoted,
        attributes=_ATTRIBUTES.search(text) is not None,
    )


def sentence_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and paragraph number of every sentence; together they cover all words of `text`."""
    start = 0
    for number, end in enumerate([*(m.start() for m in _PARAGRAPH.finditer(text)), len(text)]):
        cut = start
        for stop in _STOP.finditer(text, start, end):
            if _SHORTENED.search(text, max(start, stop.start() - 8), stop.start() + 1):
                continue
            yield from ((a, b, number) for a, b in _pieces(cut, stop.end()))
            cut = stop.end()
        yield from ((a, b, number) for a, b in _pieces(cut, end))
        start = end


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end, MAX_SENTENCE):
        yield at, min(at + MAX_SENTENCE, end)


def _sentences(text: str, words: Sequence[Word]) -> Iterator[Sentence]:
    midway = _midway_capitals(text, words)
    at = 0
    for _, end, paragraph in sentence_spans(text):
        first = at
        while at < len(words) and words[at].start < end:
            at += 1
        inside = words[first:at]
        if inside:
            details = _details(text, inside, midway)
            yield Sentence(
                start=inside[0].start, end=inside[-1].end, paragraph=paragraph, words=len(inside), details=details
            )


def _midway_capitals(text: str, words: Sequence[Word]) -> frozenset[str]:
    """Words that stand capitalised although no sentence begins there, and never in lower case: names."""
    capital, lower = set(), set()
    previous: Word | None = None
    for word in words:
        if not text[word.start].isupper():
            lower.add(word.folded)
        elif previous and not _OPENS.search(text, previous.end, word.start):
            capital.add(word.folded)
            if text[previous.start].isupper() and previous.end + 1 == word.start:
                capital.add(previous.folded)  # "Aaa Bbb" at the start of a sentence: both belong to a name
        previous = word
    return frozenset(capital - lower)


def _details(text: str, words: Sequence[Word], names: frozenset[str]) -> tuple[Detail, ...]:
    start, end = words[0].start, words[-1].end
    found = [
        Detail(key=f.key, folded=f.key, start=start + f.start, end=start + f.end, weight=f.weight)
        for f in figures(text[start:end])
    ]
    figured = {at for f in found for at in range(f.start, f.end)}
    found += [d for w in words if w.start not in figured for d in _word_detail(w, names)]
    return tuple(sorted(found, key=lambda d: (d.start, d.end, d.key)))


def _word_detail(word: Word, names: frozenset[str]) -> Iterator[Detail]:
    folded = word.folded
    if folded in CALENDAR and (folded in names or folded not in ("may", "march")):
        yield Detail(key=f"day:{folded}", folded=folded, start=word.start, end=word.end, weight=0.3)
    elif folded in COMMON or len(folded) < 3 or not folded[0].isalpha():
        return
    elif folded in names:
        yield Detail(key=f"name:{name_key(folded)}", folded=folded, start=word.start, end=word.end, weight=0.7)
    else:
        yield Detail(key=f"word:{stem(folded)}", folded=folded, start=word.start, end=word.end, weight=0.3)
