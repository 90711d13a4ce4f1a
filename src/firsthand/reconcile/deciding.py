"""Replays what people decided about findings, in the order in which they decided it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.records import Decision, Stance, record_id

STANCES: Mapping[str, Stance] = {"supports": "supports", "disputes": "disputes"}


@dataclass(kw_only=True)
class Judged:
    """Groups of statements, and what people said about them."""

    groups: list[frozenset[str]]
    rejected: set[str] = field(default_factory=set)
    """Statements that count for nothing."""
    accepted: set[frozenset[str]] = field(default_factory=set)
    """Groups that a person accepted as they stood."""
    texts: dict[frozenset[str], str] = field(default_factory=dict)
    stances: dict[str, Stance] = field(default_factory=dict)


def finding_id(statements: Iterable[str]) -> str:
    """Identifier of the finding that these statements make up, in whatever order they come.

    >>> finding_id(["s-2", "s-1"]) == finding_id(["s-1", "s-2"])
    True
    """
    return record_id("f", sorted(statements))


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that nobody has undone, `undo` left out. An undo that was undone itself has no effect."""
    undone: set[str] = set()
    kept = []
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        if decision.act == "undo":
            undone.update(decision.subjects)
        else:
            kept.append(decision)
    return kept[::-1]


def replay(groups: Iterable[Iterable[str]], decisions: Sequence[Decision]) -> Judged:
    """The groups after all decisions that stand.

    A subject is a statement's identifier, or a finding's as it stands when the decision's turn comes. Subjects that are
    not there are passed over: decisions about documents and origins are other stages' to replay.

    - `merge`: the findings that hold the subjects become one.
    - `split`: the subjects leave their findings and make up a finding of their own; a finding named alone falls apart
      into its statements.
    - `reject`: the subjects, a finding's statements included, count for nothing.
    - `accept`: the finding is marked as accepted while its statements stay the same.
    - `correct`: a finding's `text`, or a statement's `stance`.
    """
    judged = Judged(groups=[frozenset(group) for group in groups])
    for decision in standing(decisions):
        named = _named(decision, judged)
        if decision.act == "merge":
            _merge(judged, frozenset().union(*named))
        elif decision.act == "split":
            _split(judged, named)
        elif decision.act == "reject":
            judged.rejected |= frozenset().union(*named)
        elif decision.act == "accept":
            judged.accepted.update(named)
        elif decision.act == "correct":
            _correct(judged, named, decision.values)
    return judged


def _named(decision: Decision, judged: Judged) -> list[frozenset[str]]:
    """The statements that each subject of the decision stands for; unknown subjects left out."""
    there = frozenset().union(*judged.groups)
    by_id = {finding_id(group): group for group in judged.groups}
    found = (by_id.get(subject, frozenset({subject}) & there) for subject in decision.subjects)
    return [statements for statements in found if statements]


def _merge(judged: Judged, statements: frozenset[str]) -> None:
    touched = [group for group in judged.groups if group & statements]
    if touched:
        judged.groups = [group for group in judged.groups if group not in touched] + [frozenset().union(*touched)]


def _split(judged: Judged, named: Sequence[frozenset[str]]) -> None:
    whole = len(named) == 1 and named[0] in judged.groups
    leaving = frozenset().union(*named)
    parts = [frozenset({statement}) for statement in sorted(leaving)] if whole else [leaving]
    judged.groups = [rest for group in judged.groups if (rest := group - leaving)] + [part for part in parts if part]


def _correct(judged: Judged, named: Sequence[frozenset[str]], values: Mapping[str, str]) -> None:
    for statements in named:
        if "text" in values and statements in judged.groups:
            judged.texts[statements] = values["text"]
        stance = STANCES.get(values.get("stance", ""))
        if stance is not None:
            judged.stances.update(dict.fromkeys(statements, stance))
