"""Whether two names mean the same body or person, with the reason in words.

A false merge makes two origins one, so a match needs a reason that can be named. A difference in a number, a compass
point, a level of government or a country keeps two names apart, whatever else they share.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from rapidfuzz.distance import OSA

from firsthand.knowledge.aliases import canonical_name
from firsthand.knowledge.countries import place_names
from firsthand.knowledge.hangul import SCHEMES, has_hangul, korean_fold, korean_surname, romanised
from firsthand.knowledge.names_words import name_words

NameReason: TypeAlias = Literal[
    "same spelling",
    "alias",
    "abbreviation",
    "short form",
    "word order",
    "misspelling",
    "romanisation",
    "rough translation",
]


@dataclass(frozen=True, slots=True)
class Match:
    """Why two names are taken for one."""

    reason: NameReason
    score: float
    """0 to 1, by the kind of reason; not a probability."""
    detail: str
    """A sentence a reader can check."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart."""

    text: str
    words: tuple[str, ...]
    """All words, folded."""
    content: tuple[str, ...]
    """Words that say which body is meant: no fillers, legal forms, titles or countries. Initials keep their dot."""
    numbers: frozenset[str]
    marks: frozenset[str]
    countries: frozenset[str]
    forms: frozenset[str]
    """Families of its legal forms."""

    @property
    def is_of_state(self) -> bool:
        """It has a head such as "ministry" or "police", so that its country may be left out."""
        return any(word in name_words().place_heads for word in self.content)

    @property
    def is_capitalised(self) -> bool:
        """Every word but small ones such as "de" begins with a capital."""
        return all(word[0].isupper() or word in name_words().fillers for word in self.text.split())

    @property
    def is_plain(self) -> bool:
        """None of its words is an ordinary one, as in people's names."""
        return not any(word in name_words().known for word in self.words)


# By reason. Order is what matters: a caller may ask for at least a short form, say. Set by hand, not fitted to data.
_SCORES: Mapping[NameReason, float] = {
    "same spelling": 1.0, "alias": 0.98, "word order": 0.97, "abbreviation": 0.9, "romanisation": 0.9,
    "misspelling": 0.85, "short form": 0.8, "rough translation": 0.75,
}  # fmt: skip
_PARENTHESES = re.compile(r"\s*\(([^()]+)\)\s*")
_WORD = re.compile(r"\b[^\W\d_]\.(?=\s)|[^\W_]+(?:[’'][^\W_]+)*")
_INITIAL = re.compile(r"\b([^\W\d_])\.(?=\s)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?!\w)")
_COUNTRY_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*\.?")
_ROMAN = re.compile(r"^(?=[ivx]{2,}$)x{0,3}(?:ix|iv|v?i{0,3})$")


def same_name(a: str, b: str) -> Match | None:
    """Why `a` and `b` mean one body or person; None if no reason is found or something tells them apart.

    >>> same_name("State Labour Inspectorate", "State Inspection of Labor").reason
    'rough translation'
    >>> same_name("No. 3 Middle School", "No. 9 Middle School") is None
    True
    """
    best: Match | None = None
    for left in _variants(a):
        for right in _variants(b):
            match = _compared(min(left, right), max(left, right))  # one order, so that both ways round agree
            if match is not None and (best is None or match.score > best.score):
                best = match
    return best


def _variants(name: str) -> tuple[str, ...]:
    """The name, and for "Radio Free Asia (RFA)" also each of its two names alone; a country stays with the name."""
    inside = [part for part in _PARENTHESES.findall(name) if _can_stand_alone(part)]
    outside = _PARENTHESES.sub(lambda found: f" {found[1]} " if found[1] in place_names() else " ", name).strip()
    return (outside, *inside) if outside else (name.strip(),)


def _can_stand_alone(part: str) -> bool:
    """Whether words in parentheses are a name of their own: an abbreviation or several words, but no place."""
    return part not in place_names() and (
        " " in part or sum(letter.isupper() for letter in part) > 1 or has_hangul(part)
    )


@lru_cache(maxsize=65536)
def _compared(a: str, b: str) -> Match | None:
    one, other = canonical_name(a), canonical_name(b)
    if one is not None and other is not None:
        return _match("alias", a, b) if one == other else None
    if has_hangul(a) or has_hangul(b):
        return _by_hangul(a, b)
    left, right = _parsed(a), _parsed(b)
    if not left.words or not right.words or left.numbers != right.numbers:
        return None
    if left.words == right.words:
        return _match("same spelling", a, b)
    if _abbreviates(left, right) or _abbreviates(right, left):
        return _match("abbreviation", a, b)
    return None if _told_apart(left, right) else _by_words(left, right)


def _told_apart(left: _Name, right: _Name) -> bool:
    """Whether a mark, a legal form or a country says that these are two bodies."""
    if left.marks != right.marks or (left.forms and right.forms and not left.forms & right.forms):
        return True
    if left.countries and right.countries:
        return left.countries != right.countries
    return left.countries != right.countries and not (left.is_of_state or right.is_of_state)


def _match(reason: NameReason, a: str, b: str) -> Match:
    return Match(reason, _SCORES[reason], f"{reason}: “{a}” and “{b}”")


def fold(text: str) -> str:
    """Lower case, without accents, with plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ø", "o").replace("ł", "l").replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=16384)
def _parsed(text: str) -> _Name:
    vocabulary = name_words()
    countries, without = _countries_apart(text)
    words, own = _words(text), _words(without) or _words(text)
    initials = {found[1].casefold() + "." for found in _INITIAL.finditer(text)}
    content = tuple(w for w in own if w not in vocabulary.ignored or w in initials)
    return _Name(
        text=text,
        words=words,
        content=content or words,
        numbers=frozenset(w for w in words if any(c.isdigit() for c in w) or _ROMAN.match(w)),
        marks=frozenset(vocabulary.marks[w] for w in own if w in vocabulary.marks),
        countries=countries,
        forms=frozenset(vocabulary.legal_families[w] for w in words if w in vocabulary.legal_families),
    )


def _words(text: str) -> tuple[str, ...]:
    """The words of a name, folded, without possessive endings, dots of abbreviations and a person's titles."""
    vocabulary = name_words()
    undotted = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    words = tuple(_WORD.findall(_POSSESSIVE.sub("", fold(undotted))))
    while len(words) > 1 and words[0] in vocabulary.titles and words[1] not in vocabulary.known | vocabulary.fillers:
        words = words[1:]
    return words


def _countries_apart(text: str) -> tuple[frozenset[str], str]:
    """Codes of the countries that a name mentions, and the name without them."""
    table = place_names()
    codes: set[str] = set()
    words = list(_COUNTRY_WORD.finditer(text))
    without, at = "", 0
    while at < len(words):
        for size in (3, 2, 1):
            last = words[min(at + size, len(words)) - 1]
            entry = table.get(_POSSESSIVE.sub("", text[words[at].start() : last.end()]))
            if entry is not None and entry.kind != "capital" and not entry.needs_context:
                codes.add(entry.country)
                break
        else:
            size = 1
            without += f" {words[at].group()}"
        at += size
    return frozenset(codes), without


def _abbreviates(short: _Name, full: _Name) -> bool:
    """Whether the one word of `short` is made of the first letters of `full`, where small words may be left out."""
    letters = short.text.replace(".", "").replace("&", "")
    if not re.fullmatch(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]{1,8}", letters) or sum(c.isupper() for c in letters) < max(
        2, len(letters) - 2
    ):
        return False
    if len(full.words) < 2 or full.text.isupper() or full.is_plain:
        return False
    return _spells(fold(letters), full.words, name_words().fillers | name_words().legal_forms)


def _spells(letters: str, words: Sequence[str], optional: frozenset[str]) -> bool:
    if not words:
        return not letters
    taken = bool(letters) and words[0].startswith(letters[0]) and _spells(letters[1:], words[1:], optional)
    return taken or (words[0] in optional and _spells(letters, words[1:], optional))


def _by_words(left: _Name, right: _Name) -> Match | None:
    if left.content == right.content or (sorted(left.content) == sorted(right.content) and not left.is_plain):
        return _match("word order" if left.content != right.content else "same spelling", left.text, right.text)
    if _korean_person(left, right):
        return _match("romanisation", left.text, right.text)
    short, full = (left, right) if len(left.content) <= len(right.content) else (right, left)
    if len(short.content) == len(full.content):
        return _aligned(left, right)
    both_full = bool(left.forms and right.forms)
    return _match("short form", left.text, right.text) if not both_full and _shortens(short, full) else None


def _korean_person(left: _Name, right: _Name) -> bool:
    """Two Latin spellings of one Korean name: one surname, and given names that fold alike."""
    if len(left.words) < 2 or len(right.words) < 2:
        return False
    surname = korean_surname(left.words[0])
    if surname is None or surname != korean_surname(right.words[0]):
        return False
    return korean_fold(" ".join(left.words[1:])) == korean_fold(" ".join(right.words[1:]))


def _by_hangul(a: str, b: str) -> Match | None:
    """Names of which one at least is in Korean script: letter for letter, or alike in any of the romanisations."""
    if has_hangul(a) and has_hangul(b):
        return _match("same spelling", a, b) if re.sub(r"\s", "", a) == re.sub(r"\s", "", b) else None
    korean, latin = (a, b) if has_hangul(a) else (b, a)
    words = latin.split()
    surname, given = (korean_surname(words[0]), korean_fold(fold(" ".join(words[1:])))) if words else (None, "")
    for scheme in SCHEMES:
        if korean_fold(fold(romanised(korean, scheme))) == korean_fold(fold(latin)):
            return _match("romanisation", a, b)
        letters = korean.replace(" ", "")
        first, rest = fold(romanised(letters[:1], scheme)), fold(romanised(letters[1:], scheme))
        if surname and given and surname == korean_surname(first) and korean_fold(rest) == given:
            return _match("romanisation", a, b)
    return None


def _shortens(short: _Name, full: _Name) -> bool:
    """Whether the words of `short` stand in `full` in their order and the rest adds only what a full name adds."""
    words = name_words()
    at = [_find(full.content, word) for word in short.content]
    if any(i < 0 for i in at) or at != sorted(at):
        return False
    rest = [w for i, w in enumerate(full.content) if i not in at]
    proper = [w for w in short.content if w not in words.known]
    if len(short.content) == 1:
        return bool(proper) and _one_word_stands_for(short.content[0], at[0], full, rest)
    heads = words.strict_heads.intersection(short.content)
    if any(w in words.place_heads for w in rest) or (heads and any(w in words.known for w in rest)):
        return False
    if proper:
        return all(w in words.known for w in rest)
    return len(rest) == 1 and rest[0] not in words.known and heads <= words.single_heads and not short.countries


def _find(content: Sequence[str], word: str) -> int:
    """Place of the word, or of one that sounds alike or is its misspelling; -1 if there is none."""
    if word in content:
        return content.index(word)
    known = name_words().known
    for place, other in enumerate(content):
        if sounds_alike(word, other) or (word not in known and other not in known and misspells(word, other)):
            return place
    return -1


def _one_word_stands_for(word: str, place: int, full: _Name, rest: Sequence[str]) -> bool:
    words = name_words()
    if len(word) < 4 or word in words.common_surnames or word in _place_words():
        return False
    if all(w in words.company_words or sound_fold(w) in _company_sounds() for w in rest):
        return place == 0
    is_person = full.is_plain and full.is_capitalised and len(full.content) <= 3
    return is_person and place == len(full.content) - 1


@lru_cache(maxsize=1)
def _company_sounds() -> frozenset[str]:
    return frozenset(sound_fold(word) for word in name_words().company_words)


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    return frozenset(fold(name) for name in place_names())


def _aligned(left: _Name, right: _Name) -> Match | None:
    """Names of as many words, each of which is the other's, its translation or its misspelling."""
    if any(word.endswith(".") for word in right.content):
        left, right = right, left
    pairs = _pairs(left, right)
    if pairs is None:
        return None
    # A word of the same stem ("inspection", "inspectorate") is half a change.
    changes = [0.5 if a[:4] == b[:4] else 1.0 for a, b, reason in pairs if reason == "rough translation"]
    if changes and (len(pairs) == 1 or sum(changes) > len(pairs) / 2):  # with more than half changed it is another name
        return None
    worst = min((reason for _, _, reason in pairs), key=_SCORES.__getitem__)
    return _match(worst, left.text, right.text)


def _pairs(left: _Name, right: _Name) -> list[tuple[str, str, NameReason]] | None:
    """Each word of `left` with the word of `right` standing for it, people's names in order; None if one has none."""
    in_order = left.is_plain and right.is_plain
    free = list(right.content)
    pairs: list[tuple[str, str, NameReason]] = []
    for word in left.content if in_order else sorted(left.content, key=lambda w: w not in right.content):
        found = _partner(word, free[:1] if in_order else free)
        if found is None:
            return None
        free.remove(found[0])
        pairs.append((word, *found))
    return pairs


def _partner(word: str, free: Sequence[str]) -> tuple[str, NameReason] | None:
    """The word among `free` that stands for `word`, and in what way."""
    words = name_words()
    if word in free:
        return word, "same spelling"
    if word.endswith("."):
        beginning = next((other for other in free if other.startswith(word[0]) and other not in words.known), None)
        return None if beginning is None else (beginning, "abbreviation")
    meaning = words.meanings.get(word, words.marks.get(word, word))
    for other in free:
        if meaning == words.meanings.get(other, words.marks.get(other)):
            return other, "rough translation"
    for other in free:
        if sounds_alike(word, other):
            return other, "romanisation"
    for other in free:
        if word not in words.known and other not in words.known and misspells(word, other):
            return other, "misspelling"
    return None


# Letters that one sound is written with when a name passes between scripts and languages.
_SOUNDS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"'", ""), (r"ph", "f"), (r"kh", "h"), (r"gh", "g"), (r"dzh|dj|zh", "j"), (r"tsch|tch|tsh|ch", "C"),
        (r"sch|sh", "S"), (r"ts|tz", "c"), (r"ck|q", "k"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"x", "ks"), (r"w", "v"),
        (r"oo|ou", "u"), (r"ee|ie$|y", "i"), (r"(?<=\w)h", ""), (r"(.)\1+", r"\1"), (r"(?<=\w{3})e$", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=16384)
def sound_fold(word: str) -> str:
    """A form that is alike for spellings of one sound in different transliterations ("Qazvin", "Kazvin")."""
    folded = fold(word)
    for pattern, replacement in _SOUNDS:
        folded = pattern.sub(replacement, folded)
    return folded


def sounds_alike(a: str, b: str) -> bool:
    """Whether two words of at least four letters differ only in how sounds are spelled."""
    return min(len(a), len(b)) >= 4 and sound_fold(a) == sound_fold(b)


def misspells(a: str, b: str) -> bool:
    """Whether one word is a slip of the other: one letter in seven to nine, two from ten on.

    Words that differ in their last vowel alone are two names ("Maria" and "Mario", "Michael" and "Michaela").
    """
    shorter = min(len(a), len(b))
    if shorter < 7 or sound_fold(a)[0] != sound_fold(b)[0] or a.rstrip("aeio") == b.rstrip("aeio"):
        return False
    return OSA.distance(a, b) <= (1 if shorter < 10 else 2) or OSA.distance(sound_fold(a), sound_fold(b)) <= 1
