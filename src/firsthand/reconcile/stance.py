"""On which side of a finding each statement stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
MOSTLY = 2 / 3  # a finding is a negative one when at least this share of its other statements carry a negation


def take_sides(members: Sequence[Statement], book: Ledger) -> tuple[Membership, ...]:
    """Each of `members`, sorted, with its stance towards what they are about.

    A finding says what its affirmative members say; where there are none, what its members deny or doubt.
    """
    members = sorted(members, key=lambda statement: statement.id)
    deniers = {statement.id for statement in members if _denies(statement)}
    affirmed = [statement for statement in members if statement.id not in deniers]
    against = _against(members, affirmed, book) if affirmed else {s.id for s in members if _rebuts(s)}
    against |= _with_their_side(affirmed, against, book)
    sides: dict[str, Stance] = {s.id: "disputes" if s.id in against else "supports" for s in members}
    return tuple(Membership(statement=key, stance=side) for key, side in sides.items())


def _denies(statement: Statement) -> bool:
    """The words deny or doubt something, rather than state it."""
    return statement.certainty in ("denied", "doubtful") or bool(CONTRARY.search(statement.quote))


def _rebuts(statement: Statement) -> bool:
    """With nobody in sight who affirms it: somebody named denies an accusation, rather than reports an absence."""
    return statement.certainty == "denied" and bool(statement.speakers) and bool(CONTRARY.search(statement.quote))


def _against(members: Sequence[Statement], affirmed: Sequence[Statement], book: Ledger) -> set[str]:
    """Members that deny what others affirm, or affirm across the board what others say is not so.

    A body that affirms more than it denies in one finding is taken to support it: its denial is about a detail.
    """
    found = set()
    for statement in members:
        others = [other for other in affirmed if other.id != statement.id and not _one_voice(statement, other, book)]
        own = [other for other in affirmed if other.id != statement.id and _one_voice(statement, other, book)]
        if _denies(statement):
            if others and len(own) <= len(_denials_of(statement, members, book)):
                found.add(statement.id)
        elif UNIVERSAL.search(statement.quote) and not _negative(statement) and others:
            negative = sum(_negative(other) for other in others)
            if negative >= MOSTLY * len(others):
                found.add(statement.id)
    return found


def _denials_of(statement: Statement, members: Sequence[Statement], book: Ledger) -> list[Statement]:
    return [other for other in members if _denies(other) and _one_voice(statement, other, book)]


def _with_their_side(affirmed: Sequence[Statement], against: set[str], book: Ledger) -> set[str]:
    """Affirmative members that rest only on origins which stand against the finding: no body holds both sides."""
    opposed = {origin for key in against for origin in book.origins_of(key)}
    return {s.id for s in affirmed if book.origins_of(s.id) and opposed.issuperset(book.origins_of(s.id))}


def _negative(statement: Statement) -> bool:
    return statement.negated or bool(NEGATION.search(statement.quote))


def _one_voice(a: Statement, b: Statement, book: Ledger) -> bool:
    """They rest on a common origin or, where that is unknown, stand in one document with the same innermost speaker."""
    origins_a, origins_b = book.origins_of(a.id), book.origins_of(b.id)
    if origins_a and origins_b:
        return not set(origins_a).isdisjoint(origins_b)
    speaker_a, speaker_b = (s.speakers[-1].name if s.speakers else None for s in (a, b))
    return a.document == b.document and speaker_a == speaker_b
