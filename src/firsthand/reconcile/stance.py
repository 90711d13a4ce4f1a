"""On which side of a finding each statement stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from firsthand.reconcile.counting import Ledger
from firsthand.records import Membership, Stance, Statement

NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot|lacks?|lacked|absent|hardly|\w+n['’]t)\b", re.IGNORECASE
)
UNIVERSAL = re.compile(r"\b(?:every|each|all|always|any)\b", re.IGNORECASE)
CONTRARY = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|refut(?:es?|ed)|disput(?:es?|ed)|so-called|untrue|baseless|groundless|"
    r"unfounded|fabricat(?:ed|ion)|smears?|slander)\b",
    re.IGNORECASE,
)
MOSTLY = 2 / 3  # a finding is a negative one when at least this share of its other voices say that something is not so


def take_sides(members: Sequence[Statement], book: Ledger) -> tuple[Membership, ...]:
    """Each of `members`, sorted, with its stance towards what they are about.

    A finding says what its affirmative members say. Where nobody affirms anything, or most voices say in so many words
    that something is not so, it says that.
    """
    members = sorted(members, key=lambda statement: statement.id)
    affirmed = [statement for statement in members if not _negative(statement)]
    against = _against(members, book) if affirmed else {s.id for s in members if _rebuts(s)}
    against |= _with_their_side(affirmed, against, book)
    sides: dict[str, Stance] = {s.id: "disputes" if s.id in against else "supports" for s in members}
    return tuple(Membership(statement=key, stance=side) for key, side in sides.items())


def denies(statement: Statement) -> bool:
    """The words deny or doubt something, rather than state it."""
    return statement.certainty in ("denied", "doubtful") or bool(CONTRARY.search(statement.quote))


def _negative(statement: Statement) -> bool:
    return statement.negated or denies(statement)


def _rebuts(statement: Statement) -> bool:
    """With nobody in sight who affirms it: somebody named denies an accusation, rather than reports an absence."""
    return statement.certainty == "denied" and bool(statement.speakers) and bool(CONTRARY.search(statement.quote))


def _against(members: Sequence[Statement], book: Ledger) -> set[str]:
    """Members that deny what others affirm, or affirm across the board what most others say is not so."""
    found = set()
    for statement in members:
        others = [other for other in members if other.id != statement.id and not _one_voice(statement, other, book)]
        own = [other for other in members if other.id != statement.id and _one_voice(statement, other, book)]
        absent = _share(others, book, _says_not)
        if denies(statement) or (statement.negated and absent < MOSTLY):
            affirmed = any(not _negative(other) for other in others)
            found |= {statement.id} if affirmed and _stands_by_it(own) else set()
        elif absent >= MOSTLY and UNIVERSAL.search(statement.quote) and not _says_not(statement):
            found.add(statement.id)
    return found


def _stands_by_it(own: Sequence[Statement]) -> bool:
    """A body that affirms more than it denies in one finding is taken to support it: its denial is about a detail."""
    return sum(not _negative(other) for other in own) <= 1 + sum(_negative(other) for other in own)


def _share(statements: Sequence[Statement], book: Ledger, has: Callable[[Statement], bool]) -> float:
    """The share of voices among `statements` of which at least one statement `has` it; copies do not add to it."""
    voices = {_voice(statement, book) for statement in statements}
    having = {_voice(statement, book) for statement in statements if has(statement)}
    return len(having) / len(voices) if voices else 0.0


def _voice(statement: Statement, book: Ledger) -> tuple[str, ...]:
    return book.origins_of(statement.id) or (statement.document,)


def _with_their_side(affirmed: Sequence[Statement], against: set[str], book: Ledger) -> set[str]:
    """Affirmative members that rest only on origins which stand against the finding: no body holds both sides."""
    opposed = {origin for key in against for origin in book.origins_of(key)}
    return {s.id for s in affirmed if book.origins_of(s.id) and opposed.issuperset(book.origins_of(s.id))}


def _says_not(statement: Statement) -> bool:
    return statement.negated or bool(NEGATION.search(statement.quote))


def _one_voice(a: Statement, b: Statement, book: Ledger) -> bool:
    """They rest on a common origin or, where that is unknown, stand in one document with the same innermost speaker."""
    origins_a, origins_b = book.origins_of(a.id), book.origins_of(b.id)
    if origins_a and origins_b:
        return not set(origins_a).isdisjoint(origins_b)
    speaker_a, speaker_b = (s.speakers[-1].name if s.speakers else None for s in (a, b))
    return a.document == b.document and speaker_a == speaker_b
