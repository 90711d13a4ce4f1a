"""Attributions of any English news text: who answers for which words, and which words say so, with exact spans.

Source, cue and content as PARC and PolNeAR define them (Pareti 2012; Newell et al. 2018): not only what is said, also
what is thought, wanted or felt. Found by rules over the parse; a content that a quotation begins or ends takes the whole
of it, over several sentences, and quotations that follow in the same paragraph go on with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.extract.parse import Sentence, parse_words
from firsthand.extract.quotations import is_speech, quotations
from firsthand.extract.sentences import paragraphs, sentences
from firsthand.extract.telling_grammar import Candidate, candidates, runs
from firsthand.extract.words import words
from firsthand.records import Span

_OUTSIDE = frozenset(",.;:!?—–-")


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One attribution. Each part may be in pieces: "The plan, she said, is dead" has its content in two."""

    source: tuple[Span, ...]
    """The words that name the voice; none where it is understood ("…, adding that …")."""
    cue: tuple[Span, ...]
    """The words that attribute; none for a quotation that goes on with the voice before it."""
    content: tuple[Span, ...]


def tellings(text: str) -> tuple[Telling, ...]:
    """The outermost attributions of `text`, in order; no word is in two of them, and each has a content."""
    found: list[Telling] = []
    quotes = [_with_marks(text, span) for span in quotations(text) if is_speech(text, span)]
    for paragraph in paragraphs(text):
        inside = [quote for quote in quotes if paragraph.start <= quote.start < paragraph.end]
        standing = [quote for quote in inside if _stands_alone(text, paragraph, quote)]
        cut = [
            [(a, b) for a, b in words(text, span.start, span.end) if not any(q.start <= a < q.end for q in standing)]
            for span in sentences(text, paragraph)
        ]
        found += _Paragraph(text, inside, standing).read(parse_words(text, [each for each in cut if each]))
    return tuple(found)


def _stands_alone(text: str, paragraph: Span, quote: Span) -> bool:
    """Whether a quotation is a speech of its own rather than some words within a sentence: the parse leaves it out."""
    before = text[paragraph.start : quote.start].rstrip()
    inner = text[quote.start : quote.end].rstrip("”\"’»“ ")
    return inner.endswith((",", ".", "!", "?", "…", "-", "—")) and (not before or before[-1] in ",:.!?”\"—")


def _with_marks(text: str, quote: Span) -> Span:
    start = quote.start - 1 if quote.start and not text[quote.start - 1].isalnum() else quote.start
    end = quote.end + 1 if quote.end < len(text) and text[quote.end] in "”\"’»“" else quote.end
    return Span(start=start, end=end)


class _Paragraph:
    def __init__(self, text: str, quotes: Sequence[Span], standing: Sequence[Span]) -> None:
        self.text = text
        self.quotes = quotes
        self.standing = standing
        self.taken: list[Span] = []
        self.found: list[Telling] = []

    def read(self, parsed: Sequence[Sentence]) -> list[Telling]:
        for sentence in parsed:
            near = any(q.start <= sentence.end + 3 and q.end >= sentence.start - 3 for q in self.standing)
            for candidate in candidates(sentence, quoted=near):
                self._take(sentence, candidate)
        self._quotes_left()
        return sorted(self.found, key=lambda each: each.content[0].start)

    def _take(self, sentence: Sentence, candidate: Candidate) -> None:
        cue = self._spans(sentence, candidate.cue)
        if any(self._is_taken(span) for span in cue) or self._in_quote(cue[0]):
            return
        content = self._content(sentence, candidate)
        source = self._spans(sentence, candidate.source)
        if not content or any(self._is_taken(span) for span in (*source, *content)):
            return
        self.taken += [*source, *cue, *content]
        self.found.append(Telling(source=source, cue=self._with_colon(cue), content=content))

    def _content(self, sentence: Sentence, candidate: Candidate) -> tuple[Span, ...]:
        spans = list(self._spans(sentence, candidate.content))
        if candidate.speaks and not spans:
            spans = self._beside(sentence, candidate)
        if candidate.loose and not spans:
            spans = self._rest(sentence, candidate)
        grown = [self._grown(span) for span in spans]
        return tuple(span for span in self._joined([self._trimmed(span) for span in grown]) if span.end > span.start)

    def _rest(self, sentence: Sentence, candidate: Candidate) -> list[Span]:
        """The clause that "…, she said" or "according to X" is set beside: before it, or else behind it."""
        places = [sentence.tokens[at] for at in (*candidate.cue, *candidate.source)]
        start, end = min(t.start for t in places), max(t.end for t in places)
        floor = max([sentence.start, *(span.end for span in self.taken if sentence.start < span.end <= start)])
        before = self._trimmed(Span(start=floor, end=start))
        set_off = self.text[before.end : start].strip().startswith(",")
        if set_off and len(self.text[before.start : before.end].split()) > 2:
            return [before]
        if candidate.speaks or self.text[end : end + 1] != "," or before.end > before.start:
            return []
        ceiling = min([sentence.end, *(span.start for span in self.taken if end <= span.start < sentence.end)])
        return [Span(start=end, end=ceiling)]

    def _beside(self, sentence: Sentence, candidate: Candidate) -> list[Span]:
        """The quotation right before or right behind a cue and its source."""
        places = [sentence.tokens[at] for at in (*candidate.cue, *candidate.source)]
        start, end = min(t.start for t in places), max(t.end for t in places)
        found = []
        for quote in self.quotes:
            between = self.text[quote.end : start] if quote.end <= start else self.text[end : quote.start]
            if not self._is_taken(quote) and len(between.split()) <= 8 and not re.search(r"[.!?;]\s", between):
                found.append((len(between), quote))
        return [quote for _, quote in sorted(found, key=lambda each: (each[0], each[1].start))][:1]

    def _grown(self, span: Span) -> Span:
        for quote in self.quotes:
            if quote.start < span.end and quote.end > span.start:
                span = Span(start=min(span.start, quote.start), end=max(span.end, quote.end))
        return span

    def _joined(self, spans: list[Span]) -> list[Span]:
        out: list[Span] = []
        for span in sorted(spans, key=lambda each: each.start):
            if out and self.text[out[-1].end : span.start].strip() in {"", ",", ":", "that", "that,"} or out and span.start < out[-1].end:
                out[-1] = Span(start=out[-1].start, end=max(span.end, out[-1].end))
            else:
                out.append(span)
        return out

    def _trimmed(self, span: Span) -> Span:
        start, end = span.start, span.end
        while start < end and (self.text[start].isspace() or self.text[start] in ",;:—–-"):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in _OUTSIDE):
            end -= 1
        return Span(start=start, end=end)

    def _quotes_left(self) -> None:
        """A quotation that no cue attributes goes on with the voice of the paragraph."""
        for quote in self.quotes:
            if not self._is_taken(quote) and self._ends_sentence(quote):
                self.taken.append(quote)
                self.found.append(Telling(source=(), cue=(), content=(quote,)))

    def _ends_sentence(self, quote: Span) -> bool:
        inner = self.text[quote.start : quote.end].rstrip("”\"’»“ ")
        return inner.endswith((".", "!", "?", "…"))

    def _with_colon(self, cue: tuple[Span, ...]) -> tuple[Span, ...]:
        last = cue[-1]
        return (*cue[:-1], Span(start=last.start, end=last.end + 1)) if self.text[last.end : last.end + 1] == ":" else cue

    def _spans(self, sentence: Sentence, positions: Sequence[int] | frozenset[int]) -> tuple[Span, ...]:
        tokens = sentence.tokens
        return tuple(Span(start=tokens[a].start, end=tokens[b].end) for a, b in runs(positions))

    def _is_taken(self, span: Span) -> bool:
        return any(span.start < other.end and other.start < span.end for other in self.taken)

    def _in_quote(self, span: Span) -> bool:
        return any(quote.start <= span.start and span.end <= quote.end for quote in self.quotes)
