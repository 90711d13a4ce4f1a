"""Documents with known reuse among them: who took what from whom, and how, decided before the texts are written.

Proportions follow what large news collections hold: 30 documents in 100 take text from another, a third of those from
one that took it itself. Half of the outlets print the same words around every story, and one document in a hundred
comes from a series that fills in a form, so that sharing words alone proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.prose import Prose
from firsthand.records import Document

# Kind to its share of a hundred documents.
SHARES: Mapping[str, int] = {
    "copy": 4,
    "reprint": 5,
    "edited sentences": 4,
    "edited words": 5,
    "trim": 4,
    "excerpt": 4,
    "quotation": 2,
    "rewrite": 2,
}
SECOND_HAND = 0.3  # of what takes text takes it from a document that took some itself
SITES = 400
SERIES = 20
SERIES_SHARE = 0.01
STORY_WORDS = (180, 720)
LEAST_PARENT_WORDS = 150
DAYS = 700
Sentences = list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Planted:
    """Documents in the order of their writing, and what is true of them."""

    documents: tuple[Document, ...]
    pairs: Mapping[tuple[int, int], str]
    """Parent and child, by their places in `documents`, to the kind of reuse."""
    families: tuple[int, ...]
    """A number for each document; documents with one number descend from one text."""
    series: frozenset[int]
    """Places of documents that fill in a form which others fill in too."""


def plant(count: int, prose: Prose, seed: int = 1) -> Planted:
    """`count` documents; the same for the same prose and seed."""
    return _Press(count, prose, Random(seed)).run()


class _Press:
    """Writes document after document and remembers what each was made from."""

    def __init__(self, count: int, prose: Prose, chance: Random) -> None:
        self._count, self._prose, self._chance = count, prose, chance
        self._bodies: list[Sentences] = []
        self._families: list[int] = []
        self._pairs: dict[tuple[int, int], str] = {}
        self._second: list[int] = []
        self._series: set[int] = set()
        self._forms = [self._story((60, 120)) for _ in range(SERIES)]
        self._frames = [self._frame() for _ in range(SITES)]

    def run(self) -> Planted:
        kinds = [kind for kind, share in SHARES.items() for _ in range(self._count * share // 100)]
        firsts = self._count - len(kinds)
        for _ in range(firsts):
            self._first()
        self._chance.shuffle(kinds)
        for kind in kinds:
            self._take(kind)
        documents: list[Document] = []
        copied = {child: parent for (parent, child), kind in self._pairs.items() if kind == "copy"}
        for number in range(self._count):
            document = self._document(number)
            first = copied.get(number)
            documents.append(document if first is None else replace(document, text=documents[first].text))
        return Planted(
            documents=tuple(documents),
            pairs=self._pairs,
            families=tuple(self._families),
            series=frozenset(self._series),
        )

    def _story(self, words: tuple[int, int] = STORY_WORDS) -> Sentences:
        return self._prose.sentences(self._chance.randint(*words), self._chance)

    def _first(self) -> None:
        number = len(self._bodies)
        if self._chance.random() < SERIES_SHARE:
            self._series.add(number)
            form = self._chance.choice(self._forms)
            self._bodies.append([self._filled_in(sentence) for sentence in form])
        else:
            self._bodies.append(self._story())
        self._families.append(number)

    def _filled_in(self, sentence: str) -> str:
        """A form's sentence with a new name or figure every ten words or so."""
        words = sentence.split()
        for at in range(self._chance.randrange(10), len(words), 10):
            words[at] = f"{self._prose.word(self._chance).capitalize()} {self._chance.randrange(100_000)}"
        return " ".join(words)

    def _take(self, kind: str) -> None:
        parent = self._parent()
        child = len(self._bodies)
        self._bodies.append(TAKING[kind](self._bodies[parent], self._prose, self._chance))
        self._families.append(self._families[parent])
        self._pairs[parent, child] = kind
        self._second.append(child)

    def _parent(self) -> int:
        while True:
            if self._second and self._chance.random() < SECOND_HAND:
                parent = self._chance.choice(self._second)
            else:
                parent = self._chance.randrange(self._count - len(self._second))
            parent = min(parent, len(self._bodies) - 1)
            if _length(self._bodies[parent]) >= LEAST_PARENT_WORDS and parent not in self._series:
                return parent

    def _frame(self) -> tuple[str, str]:
        """What an outlet prints above and below every story; nothing for half of them."""
        if self._chance.random() < 0.5:
            return "", ""
        head, foot = (self._prose.sentences(60, self._chance) for _ in range(2))
        shown = (self._chance.randint(8, 20), self._chance.randint(25, 45))
        return tuple(" ".join(" ".join(part).split()[:n]) for part, n in zip((head, foot), shown, strict=True))  # type: ignore[return-value]

    def _document(self, number: int) -> Document:
        body = self._bodies[number]
        site = self._chance.randrange(SITES)
        head, foot = self._frames[site]
        paragraphs = [" ".join(body[at : at + 3]) for at in range(0, len(body), 3)]
        day = date(2031, 1, 1) + timedelta(days=number * DAYS // self._count)
        return Document(
            id=f"d-{number:07}",
            sha256=f"{number:064x}",
            part=0,
            path=f"{number}.html",
            text="\n\n".join(part for part in (head, *paragraphs, foot) if part),
            title=" ".join(self._prose.word(self._chance) for _ in range(8)),
            outlet=f"Site {site}",
            published=day.isoformat(),
            language="en",
        )


def _length(body: Sentences) -> int:
    return sum(sentence.count(" ") + 1 for sentence in body)


# How text is taken. Each gives the body of the child.


def _whole(body: Sentences, _prose: Prose, _chance: Random) -> Sentences:
    return list(body)


def _edited_sentences(body: Sentences, prose: Prose, chance: Random) -> Sentences:
    """One sentence in ten replaced, left out, or followed by a new one."""
    made: Sentences = []
    for sentence in body:
        if chance.random() >= 0.1:
            made.append(sentence)
            continue
        new = prose.sentences(12, chance)[:1]
        made += chance.choice(([], new, [sentence, *new]))
    return made


def _with_other_words(body: Sentences, share: float, prose: Prose, chance: Random) -> Sentences:
    return [
        " ".join(prose.word(chance) if chance.random() < share else word for word in sentence.split())
        for sentence in body
    ]


def _edited_words(body: Sentences, prose: Prose, chance: Random) -> Sentences:
    return _with_other_words(body, 0.1, prose, chance)


def _trim(body: Sentences, _prose: Prose, chance: Random) -> Sentences:
    """The first 30 to 60 of 100 words."""
    left = round(_length(body) * chance.uniform(0.3, 0.6))
    made: Sentences = []
    for sentence in body:
        words = sentence.split()[:left]
        left -= len(words)
        if words:
            made.append(" ".join(words))
    return made


def _inside_new_text(words: int, body: Sentences, prose: Prose, chance: Random) -> Sentences:
    every = " ".join(body).split()
    at = chance.randrange(max(1, len(every) - words))
    new = prose.sentences(chance.randint(120, 400), chance)
    place = chance.randrange(len(new) + 1)
    return [*new[:place], " ".join(every[at : at + words]), *new[place:]]


def _excerpt(body: Sentences, prose: Prose, chance: Random) -> Sentences:
    return _inside_new_text(chance.randint(60, 150), body, prose, chance)


def _quotation(body: Sentences, prose: Prose, chance: Random) -> Sentences:
    return _inside_new_text(chance.randint(25, 40), body, prose, chance)


def _rewrite(body: Sentences, prose: Prose, chance: Random) -> Sentences:
    """Three words in ten are others, and the sentences stand in another order."""
    made = _with_other_words(body, 0.3, prose, chance)
    chance.shuffle(made)
    return made


Taking = Callable[[Sentences, Prose, Random], Sentences]
TAKING: Mapping[str, Taking] = {
    "copy": _whole,
    "reprint": _whole,
    "edited sentences": _edited_sentences,
    "edited words": _edited_words,
    "trim": _trim,
    "excerpt": _excerpt,
    "quotation": _quotation,
    "rewrite": _rewrite,
}
