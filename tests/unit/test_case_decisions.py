"""What people decide is kept apart from what the machine found, acts on it every time, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from case_stages import STAGES
from store_cases import NOW, quick_folder

from firsthand.engine import case
from firsthand.engine.case_decide import DecisionRefused
from firsthand.engine.decisions import (
    apply_to_documents,
    apply_to_statements,
    apply_to_traced,
    corrected,
    lapsed,
    standing,
)
from firsthand.records import (
    Decision,
    DecisionAct,
    Derivation,
    Document,
    Evidence,
    Grounding,
    Origin,
    Statement,
    Traced,
)
from firsthand.store.errors import RecordNotFound
from firsthand.store.serial import NotARecord

TEXTS = {
    "a.txt": "Port Authority uses cameras, says Quayside Report\nPort Authority uses drones\n",
    "b.txt": "from a.txt\nPort Authority uses cameras\n",
    "c.txt": "Rail Police uses cameras, says Platform Study\nRail Police uses scanners, says Quayside Reports\n",
}


def decision(number: int, act: DecisionAct, *subjects: str, values: Mapping[str, str] | None = None) -> Decision:
    return Decision(
        id=f"decision-{number}",
        act=act,
        subjects=subjects,
        values=values or {},
        why="because",
        by="an analyst",
        decided_at=NOW,
    )


def statement(identifier: str, document: str) -> Statement:
    return Statement(
        id=identifier, document=document, quote="q", start=0, end=1, certainty="stated", activity="use", actor="Police"
    )


STATEMENTS = [statement("s-1", "d-1"), statement("s-2", "d-2"), statement("s-3", "d-3")]
PROOF = Evidence(kind="cue", text="it says so")
TRACED = Traced(
    derivations=(
        Derivation(child="d-2", parent="d-1", how="rewrite", credited=True, confidence=0.6, evidence=(PROOF,)),
        Derivation(child="d-1", parent="o-1", how="cites", credited=True, confidence=0.7, evidence=(PROOF,)),
    ),
    origins=(
        Origin(id="o-1", kind="report", name="Quayside Report", evidence=(PROOF,)),
        Origin(id="o-2", kind="survey", name="Quayside Reports", document="d-9", aliases=("QR",)),
    ),
    groundings=(
        Grounding(statement="s-1", origins=("o-1",), chain=("d-1",)),
        Grounding(statement="s-2", origins=("o-1",), chain=("d-2", "d-1")),
        Grounding(statement="s-3", origins=(), chain=("d-3",), reason="no voice"),
    ),
)


def resting(traced: Traced) -> dict[str, tuple[str, ...]]:
    return {each.statement: each.origins for each in traced.groundings}


def links(traced: Traced) -> dict[tuple[str, str], float]:
    return {(each.child, each.parent): each.confidence for each in traced.derivations}


def test_a_decision_that_was_undone_has_no_effect() -> None:
    """An undo that was itself undone has none either."""
    made = [decision(1, "reject", "s-1"), decision(2, "undo", "decision-1"), decision(3, "undo", "decision-2")]
    assert [each.id for each in standing(made[:1])] == ["decision-1"]
    assert standing(made[:2]) == ()
    assert [each.id for each in standing(made)] == ["decision-1"]


def test_a_decision_without_subjects_left_has_lapsed() -> None:
    """One subject is enough to act on."""
    made = [decision(1, "reject", "s-1", "s-9"), decision(2, "accept", "s-8"), decision(3, "undo", "decision-1")]
    assert [each.id for each in lapsed(made[:2], {"s-1"})] == ["decision-2"]
    assert [each.id for each in lapsed(made, {"s-1"})] == ["decision-2"]


def test_rejected_statements_are_left_out() -> None:
    """By themselves, or all that one document says."""
    for subject, left in (("s-1", ["s-2", "s-3"]), ("d-2", ["s-1", "s-3"]), ("x", ["s-1", "s-2", "s-3"])):
        assert [each.id for each in apply_to_statements(STATEMENTS, [decision(1, "reject", subject)])] == left


def test_accepting_changes_nothing() -> None:
    """It says that someone looked."""
    accepted = [decision(1, "accept", "s-1", "o-1", "d-1")]
    assert apply_to_statements(STATEMENTS, accepted) == tuple(STATEMENTS)
    assert apply_to_traced(TRACED, STATEMENTS, accepted) == TRACED


def test_a_correction_replaces_what_the_machine_read() -> None:
    """The last one wins; an empty value takes the field's content away; the quote stays."""
    made = [
        decision(
            1, "correct", "s-1", values={"actor": "Guards", "technology": "drones, smart-city", "negated": "true"}
        ),
        decision(2, "correct", "s-1", values={"actor": "", "stance": "disputes"}),
    ]
    first, *others = apply_to_statements(STATEMENTS, made)
    assert (first.actor, first.technology, first.negated, first.quote) == (None, ("drones", "smart-city"), True, "q")
    assert others == STATEMENTS[1:]
    assert apply_to_statements(
        STATEMENTS, [*made, decision(3, "undo", "decision-1"), decision(4, "undo", "decision-2")]
    ) == (tuple(STATEMENTS))


def test_documents_and_origins_can_be_corrected() -> None:
    """Before tracing and after it."""
    document = Document(id="d-1", sha256="00", part=0, path="a", text="t", outlet="Wrong Post")
    made = [
        decision(1, "correct", "d-1", values={"outlet": "Right Post"}),
        decision(2, "correct", "o-1", values={"kind": "survey"}),
    ]
    assert apply_to_documents([document], made)[0].outlet == "Right Post"
    assert apply_to_traced(TRACED, STATEMENTS, made).origins[0].kind == "survey"


@pytest.mark.parametrize(
    "values",
    [{"quote": "x"}, {"start": "1"}, {"certainty": "sure"}, {"negated": "perhaps"}, {"activity": ""}, {"id": "s-2"}],
)
def test_what_the_bytes_say_cannot_be_corrected(values: dict[str, str]) -> None:
    """Nor can a field take a value outside its vocabulary."""
    with pytest.raises(NotARecord):
        corrected(STATEMENTS[0], values)


def test_merged_origins_are_one() -> None:
    """The first keeps its identifier; names, documents and evidence come together, and the decision is evidence."""
    traced = apply_to_traced(TRACED, STATEMENTS, [decision(1, "merge", "o-2", "o-1")])
    (one,) = traced.origins
    assert (one.id, one.name, one.aliases, one.document) == (
        "o-2",
        "Quayside Reports",
        ("QR", "Quayside Report"),
        "d-9",
    )
    assert [proof.kind for proof in one.evidence] == ["cue", "decision"]
    assert resting(traced) == {"s-1": ("o-2",), "s-2": ("o-2",), "s-3": ()}
    assert links(traced) == {("d-2", "d-1"): 0.6, ("d-1", "o-2"): 0.7}


def test_a_merge_with_one_origin_left_does_nothing() -> None:
    """The other is not among what was found this time."""
    assert apply_to_traced(TRACED, STATEMENTS, [decision(1, "merge", "o-1", "o-7")]) == TRACED


def test_a_rejected_origin_carries_nothing() -> None:
    """What rested on it alone is undetermined, and says by which decision."""
    traced = apply_to_traced(TRACED, STATEMENTS, [decision(1, "reject", "o-1")])
    assert [each.id for each in traced.origins] == ["o-2"]
    assert resting(traced) == {"s-1": (), "s-2": (), "s-3": ()}
    assert links(traced) == {("d-2", "d-1"): 0.6}
    assert traced.groundings[0].reason == "By decision decision-1: because (an analyst)"
    assert traced.groundings[2] == TRACED.groundings[2]


def test_a_broken_link_takes_away_what_came_over_it() -> None:
    """Independence must be shown: the statements above the break are undetermined, not independent."""
    traced = apply_to_traced(TRACED, STATEMENTS, [decision(1, "break", "d-2", "d-1")])
    assert links(traced) == {("d-1", "o-1"): 0.7}
    assert resting(traced) == {"s-1": ("o-1",), "s-2": (), "s-3": ()}
    traced = apply_to_traced(TRACED, STATEMENTS, [decision(1, "break", "d-1", "o-1")])
    assert resting(traced) == {"s-1": (), "s-2": (), "s-3": ()}


def test_a_broken_link_that_is_not_there_changes_nothing() -> None:
    """The machine does not find it any more."""
    assert apply_to_traced(TRACED, STATEMENTS, [decision(1, "break", "d-1", "d-2")]) == TRACED


def test_a_confirmed_link_is_certain() -> None:
    """Its evidence stays, with the decision behind it."""
    traced = apply_to_traced(TRACED, STATEMENTS, [decision(1, "confirm", "d-2", "d-1")])
    assert links(traced) == {("d-2", "d-1"): 1.0, ("d-1", "o-1"): 0.7}
    (link,) = [each for each in traced.derivations if each.child == "d-2"]
    assert [proof.kind for proof in link.evidence] == ["cue", "decision"]
    assert resting(traced) == resting(TRACED)


def test_a_new_link_carries_an_origin_only_where_there_is_one_to_carry() -> None:
    """What was undetermined rests on the parent's only origin; with two, nothing shows which."""
    for parent in ("d-2", "o-1"):
        traced = apply_to_traced(TRACED, STATEMENTS, [decision(1, "confirm", "d-3", parent, values={"how": "excerpt"})])
        assert links(traced)["d-3", parent] == 1.0
        assert resting(traced)["s-3"] == ("o-1",)
    both = Traced(
        derivations=TRACED.derivations,
        origins=TRACED.origins,
        groundings=(*TRACED.groundings, Grounding(statement="s-4", origins=("o-2",), chain=("d-2",))),
    )
    several = [*STATEMENTS, statement("s-4", "d-2")]
    assert resting(apply_to_traced(both, several, [decision(1, "confirm", "d-3", "d-2")]))["s-3"] == ()


def test_a_link_between_records_that_are_gone_is_not_made() -> None:
    """Nothing is drawn to what is not there."""
    assert apply_to_traced(TRACED, STATEMENTS, [decision(1, "confirm", "d-3", "d-7")]) == TRACED


# --- in a case --------------------------------------------------------------------------------------------------------


@pytest.fixture
def root() -> Iterator[Path]:
    """A case that has run over three documents."""
    with quick_folder() as folder:
        for name, text in TEXTS.items():
            (folder / name).write_text(text)
        case.init(folder / "case", now=NOW)
        case.add(folder / "case", [str(folder / name) for name in TEXTS], now=NOW)
        run(folder / "case")
        yield folder / "case"


def run(root: Path) -> None:
    case.run(root, stages=STAGES, workers=0)


def finding(root: Path, words: str) -> str:
    return next(each.id for each in case.findings(root) if each.text.startswith(words))


def origin(root: Path, name: str) -> str:
    return next(each.id for each in case.origins(root) if each.name == name)


def said(root: Path, words: str) -> Statement:
    return next(each for each in (*case.statements(root), *case.rejected(root)) if each.quote.startswith(words))


def test_decisions_survive_runs_and_can_be_undone(root: Path) -> None:
    """Reject, run, run again, undo, run: as it was, and the log has kept every step."""
    before = case.results(root)
    target = said(root, "Port Authority uses drones")
    made = case.decide(root, "reject", [target.id], why="a joke", by="an analyst", now=NOW)
    for _ in range(2):
        run(root)
        assert target.id not in {each.id for each in case.statements(root)}
        assert case.rejected(root) == (target,)
    case.undo(root, made.id, why="no joke", by="another", now=NOW)
    run(root)
    assert case.results(root) == before
    assert [(each.decision.act, each.undone) for each in case.decisions(root)] == [("reject", True), ("undo", False)]
    assert case.verify(root).ok


def test_merging_origins_lowers_the_count(root: Path) -> None:
    """Two spellings of one report are one origin by decision."""
    assert len(case.origins(root)) == 3
    case.decide(root, "merge", [origin(root, "Quayside Report"), origin(root, "Quayside Reports")], now=NOW)
    run(root)
    assert [each.name for each in case.origins(root)] == ["Platform Study", "Quayside Report"]


def test_merged_findings_stay_merged_when_they_grow(root: Path) -> None:
    """A finding's identifier changes with its statements; the decision holds all the same."""
    names = ["Port Authority uses drones", "Rail Police uses scanners"]
    made = case.decide(root, "merge", [finding(root, name) for name in names], now=NOW)
    assert {said(root, name).id for name in names} < set(made.subjects)
    (root.parent / "d.txt").write_text("Port Authority uses drones\n")
    case.add(root, [str(root.parent / "d.txt")], now=NOW)
    run(root)
    (one,) = [each for each in case.findings(root) if len(each.members) == 3]
    assert {said(root, name).id for name in names} < {each.statement for each in one.members}


def test_a_statement_can_be_split_out(root: Path) -> None:
    """It leaves its finding for one of its own."""
    count = len(case.findings(root))
    case.decide(root, "split", [said(root, "Port Authority uses cameras").id], now=NOW)
    run(root)
    assert len(case.findings(root)) == count + 1


def test_a_broken_link_shows_in_the_counts(root: Path) -> None:
    """What the copy states is undetermined once the copying is denied."""
    link = case.derivations(root)[0]
    case.decide(root, "break", [link.child, link.parent], now=NOW)
    run(root)
    assert case.derivations(root) == ()
    counts = next(each.counts for each in case.findings(root) if len(each.members) == 2)
    assert (counts.independent, counts.undetermined) == (1, 1)


def test_the_same_decision_twice_is_two_decisions(root: Path) -> None:
    """Each can be undone by itself."""
    target = said(root, "Port Authority uses drones").id
    first, second = (case.decide(root, "accept", [target], now=NOW) for _ in range(2))
    assert first.id != second.id


def test_a_decision_about_nothing_left_is_shown_as_lapsed(root: Path) -> None:
    """A finding that no longer exists cannot stay accepted; the decision is kept and says so."""
    case.decide(root, "accept", [finding(root, "Port Authority uses drones")], now=NOW)
    case.decide(root, "reject", [said(root, "Port Authority uses drones").id], now=NOW)
    run(root)
    assert [each.lapsed for each in case.decisions(root)] == [True, False]


def test_decisions_that_make_no_sense_are_refused(root: Path) -> None:
    """With a reason, and nothing is written."""
    link = case.derivations(root)[0]
    quote = said(root, "Port Authority uses drones").id
    made = case.decide(root, "accept", [quote], now=NOW)
    size = (root / "log" / "entries.jsonl").stat().st_size
    refused: list[tuple[DecisionAct, list[str], dict[str, str]]] = [
        ("accept", [made.id], {}),
        ("accept", [], {}),
        ("merge", [quote], {}),
        ("merge", [quote, quote], {}),
        ("merge", [origin(root, "Platform Study"), quote], {}),
        ("split", [origin(root, "Platform Study")], {}),
        ("break", [link.parent, link.child], {}),
        ("break", [link.child], {}),
        ("confirm", [link.parent, link.child], {}),
        ("confirm", [link.child, link.child], {}),
        ("confirm", [origin(root, "Platform Study"), link.child], {}),
        ("confirm", [case.documents(root)[2].id, link.child], {"how": "magic"}),
        ("correct", [quote], {}),
        ("correct", [quote], {"quote": "other words"}),
        ("correct", [quote], {"certainty": "sure"}),
        ("correct", [quote], {"stance": "neutral"}),
        ("correct", [quote], {"time": "the spring of 31"}),
        ("correct", [link.child], {"published": "yesterday"}),
        ("correct", [link.child], {"text": "other words"}),
        ("correct", [origin(root, "Platform Study")], {"kind": "rumour"}),
        ("correct", [finding(root, "Port Authority uses drones")], {"counts": "9"}),
        ("correct", [finding(root, "Port Authority uses drones")], {"text": " "}),
        ("undo", [quote], {}),
    ]
    for act, subjects, values in refused:
        with pytest.raises(DecisionRefused):
            case.decide(root, act, subjects, values=values, now=NOW)
    with pytest.raises(RecordNotFound):
        case.decide(root, "accept", ["s-0000"], now=NOW)
    assert (root / "log" / "entries.jsonl").stat().st_size == size
    case.undo(root, made.id, now=NOW)
    with pytest.raises(DecisionRefused, match="already"):
        case.undo(root, made.id, now=NOW)


def test_decisions_that_make_sense_are_taken(root: Path) -> None:
    """The other side of each refusal."""
    documents = {each.title: each.id for each in case.documents(root)}
    quote = said(root, "Port Authority uses drones").id
    taken: list[tuple[DecisionAct, list[str], dict[str, str]]] = [
        (
            "correct",
            [quote],
            {"time": "2031-02", "stance": "disputes", "technology": "drones", "actor": "Harbour Guard"},
        ),
        ("correct", [documents["a.txt"]], {"published": "2031-02-01", "outlet": "The Quay"}),
        ("correct", [origin(root, "Platform Study")], {"kind": "survey"}),
        ("correct", [finding(root, "Port Authority uses drones")], {"text": "The port has drones."}),
        ("confirm", [documents["c.txt"], documents["b.txt"]], {"how": "cites"}),
        ("confirm", [documents["b.txt"], documents["a.txt"]], {}),
    ]
    for act, subjects, values in taken:
        case.decide(root, act, subjects, values=values, why="seen", by="an analyst", now=NOW)
    run(root)
    assert said(root, "Port Authority uses drones").actor == "Harbour Guard"
    assert {each.outlet for each in case.documents(root)} == {"The Quay", None}
    assert {each.confidence for each in case.derivations(root)} == {1.0}
    assert "survey" in {each.kind for each in case.origins(root)}
    assert len(case.decisions(root)) == len(taken)
