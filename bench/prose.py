"""Text to plant reuse in: a wandering reader of somebody's texts, or an invented language where no text is at hand.

Both give sentences that look like prose to a program that compares words, and that no other document shares by more
than chance. They mean nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Protocol

FUNCTION_WORDS = (
    "the of to and a in that for is on with as was at by it from has be are an its said this which have not were but "
    "their they been or had more would than after about also will one who can all two out other when there into up no "
    "over some could only before new between under while since most during last three through against first because"
).split()
ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr r s sh sl st t tr v w z".split()
VOWELS = "a e i o u ai ea oa ie".split()
CODAS = ["", "n", "r", "s", "l", "nd", "rt", "st", "m", "ck"]
VOCABULARY = 24_000  # invented words, about what a year of a newspaper's ordinary sentences uses
FUNCTION_SHARE = 0.44  # of the words of English news
JUMP = 0.5  # chance after each word to go on where the same word stands elsewhere
LONGEST_RUN = 7  # words kept before the walk goes on anywhere: rare words stand nowhere else, and runs would be long
SENTENCE_WORDS = (9, 28)
LEAST_WORDS = 500_000  # of a folder's texts; in fewer, walks cross one another so often that they share wording
MARKS = ".!?"


class Prose(Protocol):
    """Gives sentences and words."""

    def sentences(self, words: int, chance: Random) -> list[str]:
        """Sentences with about `words` words together."""

    def word(self, chance: Random) -> str:
        """One word, as frequent as in the sentences."""


class Invented:
    """Sentences of invented words, which are as unequally frequent as real ones (Zipf), between English function words.

    >>> Invented().sentences(12, Random(3)) == Invented().sentences(12, Random(3))
    True
    """

    def __init__(self, seed: int = 1) -> None:
        chance = Random(seed)
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            syllables = chance.choice((1, 2, 2, 3, 3))
            made["".join(_syllable(chance) for _ in range(syllables))] = None
        self._words = [word for word in made if len(word) > 2]
        self._shares = list(accumulate(1 / (rank + 12) for rank in range(len(self._words))))
        self._function_shares = list(accumulate(1 / (rank + 2) for rank in range(len(FUNCTION_WORDS))))

    def word(self, chance: Random) -> str:
        """A function word or an invented one."""
        if chance.random() < FUNCTION_SHARE:
            return chance.choices(FUNCTION_WORDS, cum_weights=self._function_shares)[0]
        return chance.choices(self._words, cum_weights=self._shares)[0]

    def name(self, chance: Random) -> str:
        """An invented name of a place or a person."""
        return "".join(_syllable(chance) for _ in range(chance.choice((2, 2, 3)))).capitalize()

    def sentences(self, words: int, chance: Random) -> list[str]:
        """Sentences of 9 to 28 words, about `words` together."""
        found, left = [], words
        while left > 0:
            length = chance.randint(*SENTENCE_WORDS)
            found.append(self._sentence(length, chance))
            left -= length
        return found

    def _sentence(self, length: int, chance: Random) -> str:
        words = [self.word(chance) for _ in range(length)]
        if chance.random() < 0.5:
            words[chance.randrange(1, length)] = self.name(chance)
        if chance.random() < 0.3:
            words[chance.randrange(1, length)] = str(round(10 ** chance.uniform(0.5, 4.5)))
        words[length // 2] += chance.choice(("", "", ","))
        return " ".join(words).capitalize() + "."


def _syllable(chance: Random) -> str:
    return chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS)


class Walked:
    """A walk through the texts of a folder that jumps, half of the time, to another place with the same word."""

    def __init__(self, folder: Path) -> None:
        """Raises ValueError for a folder with too few words in its files `*.txt`."""
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
        self._words = [word for text in texts for word in text.split()]
        if len(self._words) < LEAST_WORDS:
            raise ValueError(f"{folder} holds {len(self._words):,} words in files *.txt; a walk needs {LEAST_WORDS:,}.")
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            self._places[re.sub(r"\W", "", word).lower()].append(place)

    def word(self, chance: Random) -> str:
        """A word from anywhere in the texts."""
        return chance.choice(self._words)

    def sentences(self, words: int, chance: Random) -> list[str]:
        """Sentences that the walk crosses, at least `words` words together."""
        place, run = chance.randrange(len(self._words)), 0
        walked: list[str] = []
        while len(walked) < words or walked[-1][-1] not in MARKS:
            onward = self._elsewhere(place, run, chance)
            run = run + 1 if onward == place else 0
            place = (onward + 1) % len(self._words)
            walked.append(self._words[place])
            if len(walked) > words + SENTENCE_WORDS[1]:
                walked[-1] += "."
        return _cut(walked)

    def _elsewhere(self, place: int, run: int, chance: Random) -> int:
        if run >= LONGEST_RUN:
            return chance.randrange(len(self._words))
        if chance.random() > JUMP:
            return place
        return chance.choice(self._places[re.sub(r"\W", "", self._words[place]).lower()])


def _cut(words: Sequence[str]) -> list[str]:
    found: list[list[str]] = [[]]
    for word in words:
        found[-1].append(word)
        if word[-1] in MARKS:
            found.append([])
    return [" ".join(sentence) for sentence in found if sentence]
