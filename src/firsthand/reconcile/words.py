"""What a text is about, as weighted words: stems, shared meanings and figures.

Stemming is a few suffix rules in the manner of Harman's S-stemmer (JASIS 42, 1991) and Porter's first step (Program 14,
1980); weights are inverse document frequencies over the case (Spärck Jones, J. Doc. 28, 1972).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
FIGURE = re.compile(r"\d{1,15}(?:[.,]\d{1,15}){0,5}|[^\W\d_]+")
LONGEST_QUOTE = 4000  # code points looked at; a sentence is seldom over 600, and hostile text must not cost more
SMALLEST_CASE = 50  # bags added without words, so that two sentences of three may share a rare word
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SPELLED = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
WITHOUT_CONTENT = """
    a about above after again all also among an and any anyone anybody are as at be because been before being below
    between both but by can could did do does doing down during each either else even every few for from further had
    has have having he her here hers herself him himself his how i if in into is it its itself just may me might more
    most much must my myself no nor not now of on once one only onto or other our ours out over own per same she
    should since so some such than that the their theirs them themselves then there these they this those through
    thus to too two under until up upon us very was we were what when where which while who whom whose why will with
    within without would you your yours say said says saying tell told tells according report reported reports add
    added adds note noted notes write writes wrote writing ask asked call called claim claimed claims well yet still
    many never nobody nothing none new part way thing kind
"""  # verbs of reporting among them: they say who speaks, not of what
STOP_WORDS = frozenset(WITHOUT_CONTENT.split())


@lru_cache(maxsize=65_536)  # words come back in every statement
def stem(word: str) -> str:
    """The lower-case word without its English ending; words of up to three letters stay.

    >>> [stem(word) for word in ("cameras", "installed", "studies", "relaying", "bus", "recognised")]
    ['camera', 'install', 'study', 'relay', 'bus', 'recognis']
    """
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(word) <= 3:
        return word
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if word.endswith(ending):
            word = word.removesuffix(ending) + put
            break
    for ending in ("ing", "ed", "ly", "e"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and any(vowel in root for vowel in "aeiouy"):
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz" else root
    return word


@cache
def meanings() -> Mapping[str, frozenset[str]]:
    """Stem to the names of the meanings it can have, from `meanings.txt`."""
    found: dict[str, set[str]] = {}
    for line in files(__package__).joinpath("meanings.txt").read_text(encoding="utf-8").splitlines():
        name, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            for word in words.split():
                found.setdefault(stem(word), set()).add(f"={name}")
    return {word: frozenset(names) for word, names in found.items()}


def content(text: str) -> Counter[str]:
    """Stems of the content words in `text`, each with the meanings it can have (written `=meaning`), counted."""
    found: Counter[str] = Counter()
    for match in WORD.finditer(text[:LONGEST_QUOTE].lower()):
        word = match.group()
        if word in STOP_WORDS or len(word) < 2 or word[0].isdigit():
            continue
        root = stem(word)
        found[root] += 1
        found.update(meanings().get(root, ()))
    return found


def figures(text: str) -> frozenset[str]:
    """The numbers in `text` as digits, spelled ones too; `1,900 million` and `1.9 billion` are one number.

    >>> sorted(figures("Nine of 1,860 cameras cost 1.9 billion"))
    ['1860', '1900000000', '9']
    """
    found = set()
    words = [match.group().lower() for match in FIGURE.finditer(text[:LONGEST_QUOTE])]
    for word, following in zip(words, [*words[1:], ""], strict=False):
        value = _value(word)
        if value is not None:
            value *= SCALES.get(following, 1)
            found.add(f"{value:.10g}" if value % 1 else str(round(value)))
    return frozenset(found)


@lru_cache(maxsize=65_536)
def _value(word: str) -> float | None:
    if word in SPELLED:
        return SPELLED[word]
    if not word[0].isdigit():
        return None
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", word)
    plain = re.sub(r"[.,]", "", word) if grouped else word.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else None


def rarity(bags: Iterable[Iterable[str]]) -> dict[str, float]:
    """Inverse document frequency of every word over `bags`: 1 for a word in one bag, near 0 for one in very many."""
    counted: Counter[str] = Counter()
    total = SMALLEST_CASE
    for bag in bags:
        total += 1
        counted.update(set(bag))
    top = math.log(total + 1)
    return {word: round(math.log((total + 1) / counted[word]) / top, 6) for word in sorted(counted)}


def weighted(bag: Mapping[str, int], rare: Mapping[str, float]) -> dict[str, float]:
    """`bag` with each word weighed by its rarity and the logarithm of its count, at length 1."""
    raw = {word: rare.get(word, 1.0) * (1 + math.log(bag[word])) for word in sorted(bag)}
    norm = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {word: weight / norm for word, weight in raw.items()} if norm else {}


def likeness(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Cosine of two weighted bags, 0 to 1, to six decimals; the same either way round."""
    return round(math.fsum([left[word] * right[word] for word in left.keys() & right.keys()]), 6)
