"""On which side of a finding each statement stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set

from firsthand.reconcile.counting import Ledger
from firsthand.reconcile.words import content
from firsthand.records import Membership, Stance, Statement

NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|lacks?|lacked|absent|hardly|\w+n['’]t)\b",
    re.IGNORECASE,
)
BENIGN = re.compile(
    r"\bno\.? ?\d|\b(?:no|not) (?:fewer|less|more|later|longer|only|just|merely|least)\b|\bnor (?:\w+ ){0,2}only\b|"
    r"\bor not\b|\bif not\b|\bnothing (?:but|less|more|new)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:who|whom|whose|which|because|since|though|although|while|when|where|if|unless)\b", re.IGNORECASE
)
UNIVERSAL = re.compile(r"\b(?:every|each|all|always|any)\b", re.IGNORECASE)
CONTRARY = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|refut(?:es?|ed)|disput(?:es?|ed)|so-called|untrue|baseless|groundless|"
    r"unfounded|fabricat(?:ed|ion)|smears?|slander)\b",
    re.IGNORECASE,
)
PARTIES = frozenset(("official-statement", "company-statement"))
MOSTLY = 2 / 3  # a finding is a negative one when at least this share of its voices say that something is not so


def take_sides(members: Sequence[Statement], book: Ledger, answers: Set[str] = frozenset()) -> tuple[Membership, ...]:
    """Each of `members`, sorted, with its stance towards what they are about.

    A finding says what its affirmative members say. Where nobody affirms anything, or most voices say in so many words
    that something is not so, it says that. `answers` are statements known to deny what the others affirm.
    """
    copies = _copies(members, book)
    said = [group[0] for group in copies]
    affirmed = [statement for statement in said if not negative(statement)]
    against = _against(said, book) if affirmed else {s.id for s in said if _rebuts(s)}
    against |= {statement.id for statement in said if affirmed and statement.id in answers}
    against |= _with_their_side(affirmed, against, book)
    sides: dict[str, Stance] = {
        copy.id: "disputes" if group[0].id in against else "supports" for group in copies for copy in group
    }
    return tuple(Membership(statement=key, stance=sides[key]) for key in sorted(sides))


def _copies(members: Sequence[Statement], book: Ledger) -> list[list[Statement]]:
    """Statements that one story makes in the same words on the same origins, together: a reprint has no vote."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in sorted(members, key=lambda statement: statement.id):
        words = " ".join(statement.quote.split())
        speaker = statement.speakers[-1].name if statement.speakers else ""
        grounds = (book.story_of(statement.id), tuple(sorted(book.origins_of(statement.id))))
        groups.setdefault((words, statement.certainty, statement.negated, speaker, *grounds), []).append(statement)
    return list(groups.values())


def denies(statement: Statement) -> bool:
    """The words deny or doubt something, rather than state it; that somebody else does, in an aside, is not meant."""
    return statement.certainty in ("denied", "doubtful") or _in_main_clause(CONTRARY, statement.quote)


def negative(statement: Statement) -> bool:
    """The words deny, doubt, or say in their main clause that something is not so."""
    return denies(statement) or (statement.negated and says_not(statement.quote))


def says_not(quote: str) -> bool:
    """The main clause says that something is not so: not an aside, and not a figure of speech such as "no fewer than".

    >>> says_not("There is no register of faces"), says_not("Gate No. 4 stays shut when no ferry calls")
    (True, False)
    >>> says_not("We sold cameras and nothing that knows a face"), says_not("They wanted nothing less than a register")
    (True, False)
    """
    return _in_main_clause(NEGATION, BENIGN.sub(" ", quote))


def _in_main_clause(words: re.Pattern[str], quote: str) -> bool:
    aside = ASIDE.search(quote)
    found = words.search(quote)
    return found is not None and (aside is None or found.start() < aside.start())


def _rebuts(statement: Statement) -> bool:
    """With nobody in sight who affirms it: somebody named denies an accusation, rather than reports an absence."""
    return statement.certainty == "denied" and bool(statement.speakers) and bool(CONTRARY.search(statement.quote))


def _against(members: Sequence[Statement], book: Ledger) -> set[str]:
    """Members that deny what others affirm, or affirm across the board what most others say is not so."""
    absent = _share(members, book, lambda member: says_not(member.quote) and not _of_party(member, book))
    found = set()
    for statement in members:
        others = [other for other in members if other.id != statement.id and not _one_voice(statement, other, book)]
        own = [other for other in members if other.id != statement.id and _one_voice(statement, other, book)]
        if denies(statement) or (negative(statement) and absent < MOSTLY):
            affirmed = [other for other in others if not negative(other)]
            if _stands_by_it(own) and any(denies(statement) or _contradicts(statement, other) for other in affirmed):
                found.add(statement.id)
        elif absent >= MOSTLY and others and UNIVERSAL.search(statement.quote) and not says_not(statement.quote):
            found.add(statement.id)
    return found


def _of_party(statement: Statement, book: Ledger) -> bool:
    """It rests on the word of an official body or a company: what these say is not so mostly answers a charge."""
    return any(book.origins[origin].kind in PARTIES for origin in book.origins_of(statement.id))


def _contradicts(statement: Statement, other: Statement) -> bool:
    """What the plain negative negates is something that the other speaks of, or is left open ("there was none")."""
    negated = NEGATION.search(BENIGN.sub(" ", statement.quote))
    scope = content(BENIGN.sub(" ", statement.quote)[negated.end() :]) if negated else content(statement.quote)
    return not scope or not scope.keys().isdisjoint(content(other.quote))


def _stands_by_it(own: Sequence[Statement]) -> bool:
    """A body that affirms more than it denies in one finding is taken to support it: its denial is about a detail."""
    return sum(not negative(other) for other in own) <= 1 + sum(negative(other) for other in own)


def _share(statements: Sequence[Statement], book: Ledger, has: Callable[[Statement], bool]) -> float:
    """The share of voices among `statements` of whose statements most `have` it; copies do not add to it."""
    voices = Counter(_voice(statement, book) for statement in statements)
    having = Counter(_voice(statement, book) for statement in statements if has(statement))
    return sum(2 * having[voice] > voices[voice] for voice in voices) / len(voices) if voices else 0.0


def _voice(statement: Statement, book: Ledger) -> tuple[str, ...]:
    return book.origins_of(statement.id) or (book.story_of(statement.id),)


def _with_their_side(affirmed: Sequence[Statement], against: set[str], book: Ledger) -> set[str]:
    """Affirmative members resting only on origins that mostly stand against the finding: no body is on both sides."""
    opposed = Counter(origin for key in against for origin in book.origins_of(key))
    held = Counter(origin for statement in affirmed for origin in book.origins_of(statement.id))
    turned = {origin for origin in opposed if opposed[origin] >= held[origin]}
    return {s.id for s in affirmed if book.origins_of(s.id) and turned.issuperset(book.origins_of(s.id))}


def _one_voice(a: Statement, b: Statement, book: Ledger) -> bool:
    """They rest on a common origin or, where that is unknown, stand in one story with the same innermost speaker."""
    origins_a, origins_b = book.origins_of(a.id), book.origins_of(b.id)
    if origins_a and origins_b:
        return not set(origins_a).isdisjoint(origins_b)
    speaker_a, speaker_b = (s.speakers[-1].name if s.speakers else None for s in (a, b))
    return book.story_of(a.id) == book.story_of(b.id) and speaker_a == speaker_b
