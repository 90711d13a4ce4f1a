"""Takes down a person's decision about a case. It shows in the results of the next run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from firsthand.engine.case_read import Shown, find
from firsthand.engine.decisions import corrected, new_link, undone
from firsthand.engine.inputs import shown
from firsthand.records import (
    Decision,
    DecisionAct,
    Derivation,
    Document,
    Finding,
    Json,
    Origin,
    Stance,
    Statement,
    record_id,
)
from firsthand.store.errors import StoreError
from firsthand.store.folder import writing
from firsthand.store.index import Index
from firsthand.store.serial import NotARecord, from_json, to_json


class DecisionRefused(StoreError):  # noqa: N818  says what is wrong
    """The decision makes no sense for the records it names; nothing was written."""


def decide(  # noqa: PLR0913  one for each part of a decision
    folder: Path,
    act: DecisionAct,
    subjects: Sequence[str],
    *,
    values: Mapping[str, str] | None = None,
    why: str = "",
    by: str = "",
    now: str,
) -> Decision:
    """Writes a decision to the case's log (see `decisions` for the acts) and returns it; `run` then acts on it.

    `subjects` are identifiers or their beginnings. A finding that is merged or rejected is written down with its
    statements, so that the decision still holds when the finding has grown. Raises `RecordNotFound` or
    `DecisionRefused`.
    """
    if act not in get_args(DecisionAct):
        raise DecisionRefused(act, "There is no such decision.", f"Choose one of {', '.join(get_args(DecisionAct))}.")
    values = {shown(name): shown(value) for name, value in (values or {}).items()}
    with writing(folder) as writer:
        found = [find(writer.index, subject) for subject in subjects]
        _check(act, found, values, writer.index)
        decision = Decision(
            id="",
            act=act,
            subjects=_named(act, found),
            values=values,
            why=shown(why),
            by=shown(by),
            decided_at=now,
        )
        # The place in the log makes it one of its kind: the same judgement twice is two decisions.
        content: Json = {"decision": to_json(decision), "place": writer.log.tip.size}
        decision = replace(decision, id=record_id("decision", content))
        writer.decide(decision)
    return decision


def undo(folder: Path, decision: str, *, why: str = "", by: str = "", now: str) -> Decision:
    """Undoes a decision, or an earlier undo, by another decision: the log keeps both."""
    return decide(folder, "undo", [decision], why=why, by=by, now=now)


def _named(act: DecisionAct, found: Sequence[Shown]) -> tuple[str, ...]:
    """What a decision is about: the records named, and for findings that may grow, the statements in them."""
    names = [_identifier(each) for each in found]
    for each in found if act in ("merge", "reject") else ():
        if isinstance(each.record, Finding):
            names += [member.statement for member in each.record.members]
    return tuple(dict.fromkeys(names))


def _identifier(found: Shown) -> str:
    record = found.record
    return record.id if isinstance(record, Document | Statement | Origin | Finding | Decision) else record.sha256


_ABOUT: Mapping[DecisionAct, frozenset[str]] = {
    "accept": frozenset({"document", "statement", "proposed", "origin", "finding"}),
    "reject": frozenset({"document", "statement", "proposed", "origin", "finding"}),
    "correct": frozenset({"document", "statement", "proposed", "origin", "finding"}),
    "merge": frozenset({"statement", "origin", "finding"}),
    "split": frozenset({"statement", "finding"}),
    "break": frozenset({"document", "origin"}),
    "confirm": frozenset({"document", "origin"}),
    "undo": frozenset({"decision"}),
}
_MOST_SUBJECTS: Mapping[DecisionAct, int] = {"break": 2, "confirm": 2, "undo": 1}
_FEWEST_SUBJECTS: Mapping[DecisionAct, int] = {"break": 2, "confirm": 2, "merge": 2}


def _check(act: DecisionAct, found: Sequence[Shown], values: Mapping[str, str], index: Index) -> None:
    """Raises `DecisionRefused` for a decision that could have no effect, or none that makes sense."""
    for each in found:
        if each.kind not in _ABOUT[act]:
            kinds = ", ".join(sorted(_ABOUT[act]))
            raise DecisionRefused(_identifier(each), f"One cannot {act} a {each.kind}.", f"Name one of these: {kinds}.")
    most, fewest = _MOST_SUBJECTS.get(act, 10_000), _FEWEST_SUBJECTS.get(act, 1)
    if not fewest <= len({_identifier(each) for each in found}) <= most:
        number = f"{fewest} different records" if fewest == most else f"at least {fewest}"
        raise DecisionRefused(act, f"This needs {number}, and {len(found)} were given.", "Name them by identifier.")
    if act == "correct":
        _check_values(found, values)
    elif act == "merge":
        _check_same_kind(found)
    elif act in ("break", "confirm"):
        _check_link(act, found, values, index)
    elif act == "undo":
        _check_in_force(found[0], index)


def _check_values(found: Sequence[Shown], values: Mapping[str, str]) -> None:
    if not values:
        raise DecisionRefused("correct", "No field was given a value.", "Give FIELD=VALUE.")
    for each in found:
        record = each.record
        try:
            if isinstance(record, Finding):
                _check_finding_values(values)
            elif isinstance(record, Statement):
                _check_times(values)
                corrected(record, {name: value for name, value in values.items() if name != "stance"})
                _check_stance(values)
            elif isinstance(record, Document):
                _check_times(values)
                corrected(record, values)
            elif isinstance(record, Origin):
                corrected(record, values)
        except NotARecord as fault:
            raise DecisionRefused(_identifier(each), f"{fault}.", "Correct the field or its value.") from fault


def _check_finding_values(values: Mapping[str, str]) -> None:
    if values.keys() - {"text"} or not values["text"].strip():
        raise NotARecord("Finding: only its text can be corrected, and it cannot be empty")


def _check_stance(values: Mapping[str, str]) -> None:
    if values.get("stance", "supports") not in get_args(Stance):
        raise NotARecord(f"Statement.stance: {values['stance']!r} is none of {', '.join(get_args(Stance))}")


def _check_times(values: Mapping[str, str]) -> None:
    """Times must be EDTF, as the records promise."""
    for name in ("time", "published"):
        if values.get(name):
            import edtf

            try:
                edtf.parse_edtf(values[name])
            except edtf.EDTFParseException as fault:
                raise NotARecord(f"{name}: {values[name]!r} is no EDTF date, such as 2031-02 or 2029/..") from fault


def _check_same_kind(found: Sequence[Shown]) -> None:
    if len({each.kind == "origin" for each in found}) > 1:
        remedy = "Merge origins with origins, and findings with findings."
        raise DecisionRefused("merge", "Origins and findings cannot become one.", remedy)


def _check_link(act: DecisionAct, found: Sequence[Shown], values: Mapping[str, str], index: Index) -> None:
    child, parent = _identifier(found[0]), _identifier(found[1])
    links = [from_json(Derivation, body) for body in index.records("derivation")]
    if found[0].kind != "document":
        raise DecisionRefused(child, "Only a document draws on something.", "Name the child first, then its parent.")
    if act == "break" and not any((link.child, link.parent) == (child, parent) for link in links):
        raise DecisionRefused(child, f"It is not shown to draw on {parent}.", "Look at the derivations, child first.")
    if act == "confirm" and child in _ancestors(parent, links):
        raise DecisionRefused(child, f"{parent} draws on it already.", "Break that link first, if it is wrong.")
    try:
        new_link(child, parent, values)
    except NotARecord as fault:
        raise DecisionRefused(child, f"{fault}.", "Correct the value of `how`.") from fault


def _ancestors(start: str, links: Sequence[Derivation]) -> set[str]:
    """Everything that `start` draws on, however far down."""
    reached, waiting = set(), [start]
    while waiting:
        at = waiting.pop()
        for link in links:
            if link.child == at and link.parent not in reached:
                reached.add(link.parent)
                waiting.append(link.parent)
    return reached


def _check_in_force(found: Shown, index: Index) -> None:
    identifier = _identifier(found)
    if identifier in undone(index.decisions()):
        remedy = "To make it again, undo the decision that undid it."
        raise DecisionRefused(identifier, "It has been undone already.", remedy)
