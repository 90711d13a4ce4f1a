"""Attributions of any English news text: who answers for which words, and which words say so, with exact spans.

Source, cue and content as PARC and PolNeAR define them (Pareti 2012; Newell et al. 2018): not only what is said, also
what is thought, wanted or felt. Found by rules over the parse. A content that touches a quotation takes all of it, over
several sentences, and a quotation without a cue goes on with the voice before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from firsthand.extract.parse import Sentence, parse_words
from firsthand.extract.quotations import is_speech, quotations
from firsthand.extract.sentences import paragraphs, sentences
from firsthand.extract.telling_grammar import Candidate, candidates, runs
from firsthand.extract.words import words
from firsthand.records import Span

_MARKS = '”"’»“'
_LEADING, _TRAILING = ",;:—–-", ",.;:!?—–-"
_NEW_SENTENCE = re.compile(r"[.!?;]\s")
# Between a quotation and its cue stand a few words at most: "“…,” the minister of transport then said".
_MOST_WORDS_BETWEEN = 8
_LONGEST_GAP_CHARACTERS = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One attribution. Each part may be in pieces: "The plan, she said, is dead" has its content in two."""

    source: tuple[Span, ...]
    """The words that name the voice; none where it is understood ("…, adding that …")."""
    cue: tuple[Span, ...]
    """The words that attribute; none for a quotation that goes on with the voice before it."""
    content: tuple[Span, ...]
    """The words that the voice answers for, quotation marks included; at least one piece."""
    nested: tuple[Telling, ...] = ()
    """Attributions within the content: "She said | that the mayor had denied | it"."""


def tellings(text: str) -> tuple[Telling, ...]:
    """The outermost attributions of `text`, in order, each with those inside it. No two of one level share a word.

    Quotations that stand for themselves are not read for attributions inside them: whoever is quoted speaks there.

    >>> found, = tellings("The ministry said it had bought cameras.")
    >>> ["The ministry said it had bought cameras."[span.start : span.end] for span in found.content]
    ['it had bought cameras']
    """
    quotes = [_with_marks(text, span) for span in quotations(text) if is_speech(text, span)]
    found: list[Telling] = []
    for span in paragraphs(text):
        first, behind = (bisect_left(quotes, at, key=lambda quote: quote.start) for at in (span.start, span.end))
        found += _Paragraph(text, span, quotes[first:behind]).read()
    return tuple(found)


def _with_marks(text: str, quote: Span) -> Span:
    opened = quote.start > 0 and not text[quote.start - 1].isalnum()
    closed = text[quote.end : quote.end + 1] in tuple(_MARKS)
    return Span(start=quote.start - opened, end=quote.end + closed)


class _Held:
    """Which characters of a paragraph belong to an attribution already."""

    def __init__(self, span: Span) -> None:
        self._start = span.start
        self._taken = bytearray(span.end - span.start)

    def take(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self._taken[span.start - self._start : span.end - self._start] = b"\1" * (span.end - span.start)

    def holds(self, span: Span) -> bool:
        return self._taken.find(1, span.start - self._start, span.end - self._start) >= 0

    def end_before(self, start: int, end: int) -> int:
        """The end of the last piece held in a stretch; its start where none is."""
        return max(start, self._taken.rfind(1, start - self._start, end - self._start) + 1 + self._start)

    def start_behind(self, start: int, end: int) -> int:
        """The start of the first piece held in a stretch; its end where none is."""
        at = self._taken.find(1, start - self._start, end - self._start)
        return at + self._start if at >= 0 else end


class _Paragraph:
    """One paragraph with its quotations, which are in order and do not reach beyond it."""

    def __init__(self, text: str, span: Span, quotes: Sequence[Span]) -> None:
        self.text, self.span = text, span
        self.quotes = [replace(quote, end=min(quote.end, span.end)) for quote in quotes]
        self.standing = [quote for quote in self.quotes if self._stands_alone(quote)]
        self.held = _Held(span)

    def read(self) -> list[Telling]:
        """Its attributions, in the order of their contents."""
        waiting = [(sentence, each) for sentence in self._parsed() for each in self._candidates(sentence)]
        found = self._level(waiting, self.held) + self._left_quotes()
        return sorted(found, key=lambda each: each.content[0].start)

    def _parsed(self) -> tuple[Sentence, ...]:
        """Its sentences without the quotations that stand for themselves: the grammar around them is what matters."""
        apart = _Held(self.span)
        apart.take(self.standing)
        cut = (
            [(a, b) for a, b in words(self.text, each.start, each.end) if not apart.holds(Span(start=a, end=b))]
            for each in sentences(self.text, self.span)
        )
        return parse_words(self.text, [each for each in cut if each])

    def _candidates(self, sentence: Sentence) -> list[Candidate]:
        return candidates(sentence, quoted=bool(_touching(self.standing, sentence.start - 3, sentence.end + 3)))

    def _level(self, waiting: Sequence[tuple[Sentence, Candidate]], held: _Held) -> list[Telling]:
        """Attributions from the outermost candidate on; what is left over lies inside them, or contradicts them."""
        found: list[Telling] = []
        left: list[tuple[Sentence, Candidate]] = []
        for sentence, candidate in waiting:
            made = self._telling(sentence, candidate, held)
            if made is None:
                left.append((sentence, candidate))
            else:
                held.take((*made.source, *made.cue, *made.content))
                found.append(made)
        return self._with_nested(found, left)

    def _with_nested(self, found: list[Telling], left: Sequence[tuple[Sentence, Candidate]]) -> list[Telling]:
        places = sorted((span.start, span.end, number) for number, each in enumerate(found) for span in each.content)
        inside: dict[int, list[tuple[Sentence, Candidate]]] = {}
        for sentence, candidate in left:
            at = sentence.tokens[candidate.cue[0]].start
            place = bisect_right(places, (at, self.span.end, len(found))) - 1
            if place >= 0 and at < places[place][1]:
                inside.setdefault(places[place][2], []).append((sentence, candidate))
        for number, those in inside.items():
            below = [each for each in self._level(those, _Held(self.span)) if _within(each, found[number])]
            found[number] = replace(found[number], nested=tuple(sorted(below, key=lambda each: each.content[0].start)))
        return found

    def _telling(self, sentence: Sentence, candidate: Candidate, held: _Held) -> Telling | None:
        """What a candidate comes to, unless something before it holds words of it."""
        cue, source = _spans(sentence, candidate.cue), _spans(sentence, candidate.source)
        if any(held.holds(span) for span in (*source, *cue)) or self._in_standing_quote(cue[0]):
            return None
        content = self._content(sentence, candidate, held)
        if not content or any(held.holds(span) for span in content) or _share(content, (*source, *cue)):
            return None
        return Telling(source=source, cue=self._with_colon(cue), content=content)

    def _content(self, sentence: Sentence, candidate: Candidate, held: _Held) -> tuple[Span, ...]:
        spans = list(_spans(sentence, candidate.content))
        if candidate.speaks and not spans:
            spans = self._quote_beside(sentence, candidate, held)
        if candidate.rest and not spans:
            spans = self._rest(sentence, candidate, held)
        pieces = (self._trimmed(self._grown(span)) for span in spans)
        return self._joined([span for span in pieces if span.end > span.start])

    def _quote_beside(self, sentence: Sentence, candidate: Candidate, held: _Held) -> list[Span]:
        """The nearest quotation before or behind a cue and its source, in the same sentence or around it."""
        start, end = _extent(sentence, candidate)
        found = []
        for quote in _touching(self.quotes, start - _LONGEST_GAP_CHARACTERS, end + _LONGEST_GAP_CHARACTERS):
            between = self.text[quote.end : start] if quote.end <= start else self.text[end : quote.start]
            near = len(between.split()) <= _MOST_WORDS_BETWEEN and _NEW_SENTENCE.search(between) is None
            if near and not held.holds(quote):
                found.append((len(between), quote.start, quote))
        return [min(found)[2]] if found else []

    def _rest(self, sentence: Sentence, candidate: Candidate, held: _Held) -> list[Span]:
        """The clause that "…, she said" or "according to X" is set beside: before it, or else behind it."""
        start, end = _extent(sentence, candidate)
        before = self._trimmed(Span(start=held.end_before(sentence.start, start), end=start))
        set_off = self.text[before.end : start].strip().startswith(",")
        if set_off and len(self.text[before.start : before.end].split()) > 2:
            return [before]
        if candidate.speaks or self.text[end : end + 1] != "," or before.end > before.start:
            return []
        return [Span(start=end, end=held.start_behind(end, sentence.end))]

    def _left_quotes(self) -> list[Telling]:
        """Quotations of whole sentences that no cue attributes go on with the voice before them."""
        left = [q for q in self.quotes if self._inner(q).endswith((".", "!", "?", "…")) and not self.held.holds(q)]
        return [Telling(source=(), cue=(), content=(quote,)) for quote in left]

    def _stands_alone(self, quote: Span) -> bool:
        """Whether a quotation is a speech of its own rather than some words within a sentence."""
        before = self.text[max(self.span.start, quote.start - 20) : quote.start].rstrip()
        ends = self._inner(quote).endswith((",", ".", "!", "?", "…", "-", "—"))
        return ends and (not before or before[-1] in ',:.!?”"—')

    def _inner(self, quote: Span) -> str:
        return self.text[max(quote.start, quote.end - 10) : quote.end].rstrip(f"{_MARKS} ")

    def _in_standing_quote(self, span: Span) -> bool:
        return any(
            quote.start <= span.start and span.end <= quote.end
            for quote in _touching(self.standing, span.start, span.end)
        )

    def _grown(self, span: Span) -> Span:
        touched = _touching(self.quotes, span.start, span.end)
        return Span(
            start=min([span.start, *(q.start for q in touched)]), end=max([span.end, *(q.end for q in touched)])
        )

    def _trimmed(self, span: Span) -> Span:
        start, end = span.start, span.end
        while start < end and (self.text[start].isspace() or self.text[start] in _LEADING):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in _TRAILING):
            end -= 1
        return Span(start=start, end=end)

    def _joined(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Pieces that overlap, or between which nothing but a comma or a "that" stands, made one."""
        out: list[Span] = []
        for span in sorted(spans, key=lambda each: each.start):
            if out and self.text[out[-1].end : span.start].strip() in {"", ",", ":", "that", "that,"}:
                out[-1] = Span(start=out[-1].start, end=max(span.end, out[-1].end))
            else:
                out.append(span)
        return tuple(out)

    def _with_colon(self, cue: tuple[Span, ...]) -> tuple[Span, ...]:
        """The cue with the colon behind it: "He says:"."""
        last = cue[-1]
        colon = self.text[last.end : min(last.end + 1, self.span.end)] == ":"
        return (*cue[:-1], Span(start=last.start, end=last.end + colon))


def _touching(quotes: Sequence[Span], start: int, end: int) -> list[Span]:
    """Of quotations in order, those that share a character with a stretch."""
    behind = bisect_left(quotes, end, key=lambda quote: quote.start)
    first = behind
    while first and quotes[first - 1].end > start:
        first -= 1
    return list(quotes[first:behind])


def _spans(sentence: Sentence, positions: Iterable[int]) -> tuple[Span, ...]:
    tokens = sentence.tokens
    return tuple(Span(start=tokens[first].start, end=tokens[last].end) for first, last in runs(positions))


def _extent(sentence: Sentence, candidate: Candidate) -> tuple[int, int]:
    """Where a candidate's cue and source begin and end."""
    places = [sentence.tokens[at] for at in (*candidate.cue, *candidate.source)]
    return min(token.start for token in places), max(token.end for token in places)


def _share(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in some for b in others)


def _within(inner: Telling, outer: Telling) -> bool:
    """Whether all words of an attribution belong to the content of another."""
    parts = (*inner.source, *inner.cue, *inner.content)
    return all(any(o.start <= part.start and part.end <= o.end for o in outer.content) for part in parts)
