"""Values on which the members of a finding disagree, and who says which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from firsthand.reconcile.counting import Ledger
from firsthand.reconcile.words import STOP_WORDS, content, figures, likeness, rarity, stem, weighted
from firsthand.records import Statement

ALIKE = 0.25  # cosine from which two sentences may be saying the same with another figure; chosen by hand
COUNTED = re.compile(r"(\d[\d.,]*\d|\d|\b[a-z]+)(?=\s+((?:[a-z][\w'’-]*\s+){0,2}[a-z][\w'’-]*))", re.IGNORECASE)
MOST_COMPARED = 300  # statements of one finding compared pair by pair


class Counted(NamedTuple):
    """A word for what is counted, and how many of it."""

    word: str
    value: str


Facts: TypeAlias = tuple[Mapping[str, Counted], frozenset[str]]
"""What a sentence counts, and all its figures."""


def variants(members: Sequence[Statement], book: Ledger) -> tuple[str, ...]:
    """One line for each thing counted or dated on which members that are otherwise alike differ."""
    members = sorted(members, key=lambda statement: statement.id)[:MOST_COMPARED]
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    words: dict[str, set[str]] = defaultdict(set)
    facts = {member.id: (counted(member.quote), figures(member.quote)) for member in members}
    for a, b in _alike(members):
        for what, left, right in _differences(a, b, facts):
            said[what][left.value].add(_voice(a, book))
            said[what][right.value].add(_voice(b, book))
            words[what] |= {left.word, right.word}
    lines: dict[str, list[str]] = defaultdict(list)
    for what in sorted(said):
        lines[_values(said[what])].append(min(words[what]))
    return tuple(f"{' / '.join(counted_words)}: {values}" for values, counted_words in sorted(lines.items()))


def _alike(members: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    bags = [content(statement.quote) for statement in members]
    rare = rarity(bags)
    weighed = [weighted(bag, rare) for bag in bags]
    return [
        (members[i], members[j])
        for i in range(len(members))
        for j in range(i + 1, len(members))
        if members[i].document != members[j].document and likeness(weighed[i], weighed[j]) >= ALIKE
    ]


def _differences(a: Statement, b: Statement, facts: Mapping[str, Facts]) -> list[tuple[str, Counted, Counted]]:
    """What is counted differently, with either value. A value that the other sentence has too is no difference."""
    (left, figures_a), (right, figures_b) = facts[a.id], facts[b.id]
    shared = figures_a & figures_b
    found = [
        (what, mine, right[what])
        for what, mine in sorted(left.items())
        if what in right and mine.value != right[what].value and not {mine.value, right[what].value} & shared
    ]
    if a.time and b.time and a.time != b.time and len(a.time) == len(b.time):
        found.append(("time", Counted("time", a.time), Counted("time", b.time)))
    return found


def counted(quote: str) -> dict[str, Counted]:
    """What a sentence counts, by the stems of the words after each number; things counted twice left out.

    >>> [tuple(found) for found in counted("214 primary schools and two cameras").values()]
    [('primary', '214'), ('schools', '214'), ('cameras', '2')]
    """
    found: dict[str, set[Counted]] = defaultdict(set)
    for match in COUNTED.finditer(quote[:2000]):
        values = figures(match.group(1))
        for word in match.group(2).lower().split() if values else ():
            if figures(word):
                break
            if word not in STOP_WORDS and len(word) > 2:
                found[stem(word)].add(Counted(word, min(values)))
    return {what: min(all_found) for what, all_found in found.items() if len(all_found) == 1}


def _voice(statement: Statement, book: Ledger) -> str:
    document = book.documents.get(statement.document)
    return (document.outlet or document.title or document.path) if document else statement.document


def _values(values: Mapping[str, set[str]]) -> str:
    return "; ".join(f"{value} ({', '.join(sorted(values[value]))})" for value in sorted(values))
