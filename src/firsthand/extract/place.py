"""Places a text names: countries and capitals from a table, and by the words around them the many that no list has.

Most places in a document (a county, a plant, a border town) are in no gazetteer that could be shipped. So a capitalised
name becomes a place where the text uses it as one ("in X", "X province", "the town of X", a dateline) and nowhere
uses it as a person, a company or a product. Once it has become one, every occurrence counts.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from firsthand.extract.place_grammar import PLACE_NAMED_BODY, PlaceKind, Use, Weight, uses_of_names
from firsthand.knowledge.countries import PlaceName, place_names


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A half-open span that names a place."""

    start: int
    end: int
    name: str
    """The place itself: the country for an adjective ("Kenyan" gives Kenya), no possessive ending."""
    country: str | None
    """ISO 3166-1 alpha-2, when the table knows it."""
    kind: PlaceKind


_PLACE_BEFORE = re.compile(
    r"(?:\b(?:[Ii]n|[Aa]cross|[Nn]ear|[Tt]hroughout|[Ff]rom|[Tt]o|[Oo]f|[Oo]utside|and)\s|,\s|\A|\n)\Z"
)
_NORTH_AND_SOUTH = re.compile(r"\b[Tt]he\s(?P<side>North|South)\b(?!\s[A-Z]|\sof\b|-)")
_DEMONYM_ENDINGS = ("an", "n", "ian", "ese", "i", "ic", "ish", "ans", "ns", "ians", "is")


def place_mentions(text: str) -> tuple[PlaceMention, ...]:
    """Place mentions in text order, not overlapping.

    >>> [(m.name, m.country, m.kind) for m in place_mentions("Kenya’s cameras hang in Vorland. Vorlandic police…")]
    [('Kenya', 'KE', 'country'), ('Vorland', None, 'place'), ('Vorland', None, 'demonym')]
    """
    known = list(_known(text))
    uses = uses_of_names(text)
    found = [*known, *_told_by_grammar(uses), *_koreas(text, known)]
    return _apart(found)


@cache
def _automaton() -> tuple[AhoCorasick, Sequence[str]]:
    names = tuple(place_names())
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


def _known(text: str) -> Iterable[PlaceMention]:
    """Names of the table, as whole words and, where they are also people's names, only in a place's position."""
    automaton, names = _automaton()
    table = place_names()
    for index, start, end in automaton.find_matches_as_indexes(text):
        entry = table[names[index]]
        if not _whole(text, start, end) or not _meant(text, start, end, entry):
            continue
        yield PlaceMention(start, end, entry.canonical, entry.country, entry.kind)


def _whole(text: str, start: int, end: int) -> bool:
    return not (start and (text[start - 1].isalnum() or text[start - 1] == "@")) and not text[end : end + 1].isalnum()


def _meant(text: str, start: int, end: int, entry: PlaceName) -> bool:
    """Whether a name that people bear too ("Jordan", "Sofia") stands for the place."""
    if not entry.needs_context:
        return True
    followed = re.match(r"\s[A-Z]", text[end : end + 2])
    return followed is None and _PLACE_BEFORE.search(text[max(0, start - 24) : start]) is not None


def _koreas(text: str, known: Sequence[PlaceMention]) -> Iterable[PlaceMention]:
    """ "the North" and "the South" in a text that speaks of Korea by name."""
    if all(mention.country != "KP" for mention in known):
        return
    for found in _NORTH_AND_SOUTH.finditer(text):
        code, name = ("KP", "North Korea") if found["side"] == "North" else ("KR", "South Korea")
        yield PlaceMention(found.start("side"), found.end(), name, code, "country")


def _told_by_grammar(uses: Sequence[Use]) -> Iterable[PlaceMention]:
    """Occurrences of every name that the uses together show to be a place."""
    accepted = _accepted(uses)
    for use in uses:
        kind = None if _base_of_adjective(use.name, accepted) else accepted.get(use.name)
        if kind is None:
            yield from _inside(use, accepted)
        elif use.weight > Weight.PERSON:
            own = use.kind if use.kind is not None and use.weight >= Weight.CERTAIN else kind
            yield PlaceMention(use.start, use.end, use.name, _country_of(use.name), own)


def _country_of(name: str) -> str | None:
    entry = place_names().get(name)
    return entry.country if entry is not None else None


def _accepted(uses: Sequence[Use]) -> Mapping[str, PlaceKind]:
    """Names whose uses add up to a place, with the sort that the clearest use shows."""
    totals: dict[str, float] = {}
    slight: set[str] = set()
    kinds: dict[str, tuple[float, PlaceKind]] = {}
    for use in (*uses, *_of_longer_names(uses)):
        if use.weight == Weight.SLIGHT:
            slight.add(use.name)
        else:
            totals[use.name] = totals.get(use.name, 0.0) + use.weight
        if use.kind is not None and use.weight > kinds.get(use.name, (0.0, "place"))[0]:
            kinds[use.name] = (use.weight, "place" if use.kind == "dateline" else use.kind)
    return {
        name: kind
        for name, (_, kind) in kinds.items()
        if totals.get(name, 0.0) + Weight.SLIGHT * (name in slight) >= Weight.PLAIN
    }


def _of_longer_names(uses: Sequence[Use]) -> Iterable[Use]:
    """What longer names and adjectives say of the name inside: "Vorland University", "Vorlandic"."""
    names = {use.name for use in uses}
    for use in uses:
        first, _, rest = use.name.partition(" ")
        if rest and PLACE_NAMED_BODY.match(rest):
            yield Use(use.start, use.start + len(first), first, "place", Weight.PLAIN)
        base = _base_of_adjective(first, names)
        if base is not None:
            yield Use(use.start, use.start + len(first), base, "place", Weight.PLAIN, of_country=True)


def _base_of_adjective(word: str, names: Container[str]) -> str | None:
    """The name among `names` that `word` is the adjective of ("Zhetvian" of "Zhetvia"); None if it is of none."""
    for ending in _DEMONYM_ENDINGS:
        base = word.removesuffix(ending)
        if base == word or len(base) < 4:
            continue
        for name in (base, base + "a", base + "y", base + "ia", base + "e", base + "o"):
            if name in names and name != word:
                return name
    return None


def _inside(use: Use, accepted: Mapping[str, PlaceKind]) -> Iterable[PlaceMention]:
    """An accepted place that begins a longer name ("Vorland Customs"), or the adjective of one ("Vorlandic")."""
    word = use.name.split()[0]
    end = use.start + len(word)
    base = _base_of_adjective(word, accepted)
    known = place_names().get(word)
    if base is not None:
        yield PlaceMention(use.start, end, base, _country_of(base), "demonym")
    elif word in accepted and not (known is not None and known.needs_context):
        yield PlaceMention(use.start, end, word, _country_of(word), "part-of-name")


def _apart(mentions: Iterable[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Mentions in text order; of two that overlap, the longer, and of equals the one that the table knows."""
    kept: list[PlaceMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.country is None)):
        if kept and mention.start < kept[-1].end:
            if kept[-1].country is None and mention.country is not None:
                kept[-1] = replace(kept[-1], country=mention.country)
            continue
        kept.append(mention)
    return tuple(kept)
