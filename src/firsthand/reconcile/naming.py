"""The names that a case drops, and which of them are spellings of one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from firsthand.knowledge.names import same_name
from firsthand.reconcile.words import STOP_WORDS, WORD, stem

MOST_NAMES = 3000  # compared with one another, so 9 million comparisons at most; the rarest beyond that stay as spelled
MOST_BODIES = 500  # groups that a name is compared with; the shortest beyond that make groups of their own
LONGEST_NAME = 120  # code points; what is longer is a description and joins by its words alone
LONGEST_TEXT = 200_000  # code points of a document looked at
OPENS_SENTENCE = re.compile(r"(?:^|[.!?:]|\n)[\s\"“”'‘’(«—–-]*$")


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Stem of every name in `texts` to the spelling that stands for it.

    A name is a word that stands with a capital inside a sentence and never without one. Names of five letters and more
    that differ by about one letter in five count as spellings of one name, as transliterations do.
    """
    capital: Counter[str] = Counter()
    lower: set[str] = set()
    for text in sorted(set(texts)):
        for match in WORD.finditer(text, 0, LONGEST_TEXT):
            word = match.group()
            if not word[0].isupper():
                lower.add(word.lower())
            elif not OPENS_SENTENCE.search(text, max(0, match.start() - 6), match.start()):
                capital[word.lower()] += 1
    found = sorted({stem(word) for word in capital if word not in lower and word not in STOP_WORDS and len(word) > 2})
    return _merged(found)


def _merged(found: Sequence[str]) -> dict[str, str]:
    """Each name to the alphabetically first one that it is a spelling of."""
    stands: dict[str, str] = {}
    for name in found[:MOST_NAMES]:
        near = (kept for kept in stands.values() if _one_name(name, kept))
        stands[name] = next(near, name)
    return stands | {name: name for name in found[MOST_NAMES:]}


def _one_name(left: str, right: str) -> bool:
    # 80: about one letter in five, chosen by hand for names carried into Latin letters twice
    return min(len(left), len(right)) >= 5 and fuzz.ratio(left, right, score_cutoff=80) > 0


def dropped(text: str, known: Mapping[str, str]) -> frozenset[str]:
    """The names of `known` that `text` drops, in the spelling that stands for each."""
    return frozenset(
        known[root]
        for match in WORD.finditer(text)
        if match.group()[0].isupper() and (root := stem(match.group().lower())) in known
    )


def name_groups(written: Iterable[str | None], known: Mapping[str, str]) -> dict[str, int]:
    """Each written name to the number of the group of names that may mean one body or place.

    Names may mean one body when `same_name` says so, or when the content words of the shorter all stand in the longer,
    spellings of one name counting as one word: `Transport Ministry` and `Ministry of Transport of Averland`.
    """
    groups: dict[str, int] = {}
    heads: list[tuple[str, frozenset[str]]] = []
    for name in sorted({name for name in written if name}, key=lambda name: (-len(name), name)):
        words = _content_words(name, known)
        near = (number for number, head in enumerate(heads[:MOST_BODIES]) if _may_be_one(name, words, *head))
        groups[name] = next(near, len(heads))
        if groups[name] == len(heads):
            heads.append((name, words))
    return groups


def _content_words(name: str, known: Mapping[str, str]) -> frozenset[str]:
    roots = (stem(word) for word in WORD.findall(name.lower()[:LONGEST_NAME]) if word not in STOP_WORDS)
    return frozenset(known.get(root, root) for root in roots)


def _may_be_one(name: str, words: frozenset[str], head: str, head_words: frozenset[str]) -> bool:
    return (bool(words) and words <= head_words) or (
        max(len(name), len(head)) <= LONGEST_NAME and same_name(name, head) is not None
    )
