"""Where a text names a surveillance technology, in plain words or by its proper term."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from firsthand.knowledge.senses import stems
from firsthand.knowledge.technology import Match, company, cue_lexicon, never_lexicon, technology_lexicon


@dataclass(frozen=True, slots=True)
class TechnologyMention:
    """A half-open span of the text that names the technology `id`."""

    start: int
    end: int
    id: str
    strong: bool
    """False when the words mean the technology only beside another surveillance cue ("camera" may be a film crew's)."""


@dataclass(frozen=True, slots=True)
class CueMention:
    """A half-open span whose words show that people are watched or data kept, without saying how."""

    start: int
    end: int
    kind: Literal["cue"] = "cue"


@lru_cache(maxsize=8)  # the rules of one document ask for the same text several times
def spot_technology(text: str) -> tuple[TechnologyMention, ...]:
    """Technology mentions in text order. Spans of different technologies may overlap; of one, the longest stays.

    >>> [(m.id, m.strong) for m in spot_technology("Face-recognition software went into the lobby’s cameras.")]
    [('face-recognition', True), ('video-surveillance', False)]
    """
    never = _Spans()
    for start, end, _ in _by_strength(never_lexicon().matches(text)):
        never.add(start, end)
    lexicon_matches = technology_lexicon().matches(text)
    found = _apart((s, e, p) for s, e, p in lexicon_matches if not never.holds(s, e))
    strong: dict[str, _Spans] = {}
    for mention in found:
        if mention.strong:
            strong.setdefault(mention.id, _Spans()).add(mention.start, mention.end)
    return tuple(m for m in found if m.strong or not any(s.holds(m.start, m.end) for s in strong.values()))


def surveillance_cues(text: str) -> tuple[CueMention, ...]:
    """Words that show a passage is about watching people or keeping data on them; weak evidence each."""
    return tuple(CueMention(m.start, m.end) for m in _apart(cue_lexicon().matches(text)))


# Worth of a mention by its proper term, of one in plain words, and of a word that keeps company with a technology; the
# title counts three times, a word at most so often. Settled on the stories in `train/prose`.
_STRONG, _WEAK, _COMPANY = 3.0, 1.0, 1.5
_TITLE, _MOST_OFTEN, _MOST_NAMED = 3, 3, 12.0
PLAIN_SHARE = 0.5
"""Of the leading standing: with less, a plain word ("scores" beside a gait laboratory) is another matter."""


def technology_standing(title: str, passages: Sequence[str]) -> dict[str, float]:
    """How much a document's title and passages speak for each technology, named or described; empty for none."""
    named: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text, worth in ((title, _TITLE), *((passage, 1) for passage in passages)):
        for mention in spot_technology(text):
            named[mention.id] += worth * round(_STRONG if mention.strong else _WEAK)
        for word in stems(text.lower() if text is title else text):
            words[word] += worth
    total = {name: min(_MOST_NAMED, float(count)) for name, count in named.items()}
    for word in sorted(words):
        for name, weight in company().get(word, ()):
            total[name] = total.get(name, 0.0) + _COMPANY * weight * min(_MOST_OFTEN, words[word])
    return {name: round(total[name], 6) for name in sorted(total)}


def leading(standing: Mapping[str, float]) -> tuple[str, ...]:
    """The technology with the highest standing, the first by name among equals; none without any standing."""
    return (min(standing, key=lambda name: (-standing[name], name)),) if standing else ()


def meant(mentions: Iterable[TechnologyMention], standing: Mapping[str, float]) -> tuple[str, ...]:
    """Technologies that mentions mean, in order: those by their proper term, and plain words that fit the document."""
    least = PLAIN_SHARE * max(standing.values(), default=0.0)
    return tuple(dict.fromkeys(m.id for m in mentions if m.strong or standing.get(m.id, 0.0) >= least))


class _Spans:
    """Spans that do not overlap, kept in order."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> bool:
        """True if the span found room; one that overlaps an earlier one is left out."""
        at = bisect_left(self._spans, (start, start))
        if at < len(self._spans) and self._spans[at][0] < end:
            return False
        if at and start < self._spans[at - 1][1]:
            return False
        insort(self._spans, (start, end))
        return True

    def holds(self, start: int, end: int) -> bool:
        """Whether the span lies inside one of these."""
        at = bisect_left(self._spans, (start + 1, 0))
        return at > 0 and end <= self._spans[at - 1][1]


def _by_strength(matches: Iterable[Match]) -> list[Match]:
    return sorted(matches, key=lambda m: (not m[2].strong, m[0] - m[1], m[0]))


def _apart(matches: Iterable[Match]) -> list[TechnologyMention]:
    """Matches in text order, without those that overlap a stronger or longer one of the same key."""
    taken: dict[str, _Spans] = {}
    kept = [
        TechnologyMention(start, end, pattern.key, pattern.strong)
        for start, end, pattern in _by_strength(matches)
        if taken.setdefault(pattern.key, _Spans()).add(start, end)
    ]
    return sorted(kept, key=lambda m: (m.start, m.end, m.id))
