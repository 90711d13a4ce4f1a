"""What people decide about findings is replayed the same way every time, and can be undone."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from reconcile_case import CaseBuilder, finding_of, stance_of

from firsthand.reconcile import reconcile
from firsthand.records import Decision, DecisionAct, Finding

NUMBERS = itertools.count()


def decided(act: DecisionAct, *subjects: str, values: Mapping[str, str] | None = None) -> Decision:
    return Decision(id=f"j-{next(NUMBERS)}", act=act, subjects=subjects, values=values or {})


@pytest.fixture
def case() -> CaseBuilder:
    """Two statements of one finding, and one of another."""
    built = CaseBuilder()
    built.says("Courier", "The port of Halvar has fitted cameras that read faces at nine gates.", "dockers")
    built.says("Mercury", "At nine gates of Halvar port, cameras that read faces were fitted.", "board")
    built.says(
        "Record", "Drones over the beaches of Ost are planned.", "tender", activity="plan", technology=("drones",)
    )
    return built


def findings(case: CaseBuilder, *decisions: Decision) -> tuple[Finding, ...]:
    return reconcile(*case.arguments(), decisions)


def test_merging_statements_joins_their_findings(case: CaseBuilder) -> None:
    assert len(findings(case)) == 2
    (merged,) = findings(case, decided("merge", "s-00", "s-02"))
    assert merged.counts.independent == 3


def test_merging_findings_by_their_identifiers(case: CaseBuilder) -> None:
    before = [finding.id for finding in findings(case)]
    (merged,) = findings(case, decided("merge", *before))
    assert len(merged.members) == 3


def test_split_statements_make_up_a_finding_of_their_own(case: CaseBuilder) -> None:
    after = findings(case, decided("split", "s-01"))
    assert len(after) == 3
    assert finding_of(after, "s-00").counts.independent == 1


def test_a_finding_split_by_itself_falls_into_its_statements(case: CaseBuilder) -> None:
    whole = finding_of(findings(case), "s-00").id
    assert len(findings(case, decided("split", whole))) == 3


def test_a_rejected_statement_counts_for_nothing(case: CaseBuilder) -> None:
    after = findings(case, decided("reject", "s-01"))
    assert finding_of(after, "s-00").counts.independent == 1
    assert all(member.statement != "s-01" for finding in after for member in finding.members)


def test_a_rejected_finding_is_gone(case: CaseBuilder) -> None:
    beaches = finding_of(findings(case), "s-02").id
    assert [finding.id for finding in findings(case, decided("reject", beaches))] == [
        finding_of(findings(case), "s-00").id
    ]


def test_acceptance_is_shown_and_changes_no_count(case: CaseBuilder) -> None:
    gates = finding_of(findings(case), "s-00")
    accepted = finding_of(findings(case, decided("accept", gates.id)), "s-00")
    assert accepted.counts == gates.counts
    assert "A person accepted this finding as it stands." in accepted.explanation


def test_acceptance_does_not_outlive_a_change_of_members(case: CaseBuilder) -> None:
    gates = finding_of(findings(case), "s-00")
    after = findings(case, decided("accept", gates.id), decided("split", "s-01"))
    assert all("A person accepted" not in line for finding in after for line in finding.explanation)


def test_a_corrected_stance_is_counted(case: CaseBuilder) -> None:
    after = findings(case, decided("correct", "s-01", values={"stance": "disputes"}))
    assert stance_of(after, "s-01") == "disputes"
    assert finding_of(after, "s-00").counts.disputed_by == 1


def test_a_corrected_text_is_shown(case: CaseBuilder) -> None:
    gates = finding_of(findings(case), "s-00").id
    after = findings(case, decided("correct", gates, values={"text": "Halvar's gates read faces."}))
    assert finding_of(after, "s-00").text == "Halvar's gates read faces."


def test_an_undone_decision_has_no_effect(case: CaseBuilder) -> None:
    merge = decided("merge", "s-00", "s-02")
    assert findings(case, merge, decided("undo", merge.id)) == findings(case)


def test_an_undone_undo_restores_the_decision(case: CaseBuilder) -> None:
    merge = decided("merge", "s-00", "s-02")
    undo = decided("undo", merge.id)
    assert findings(case, merge, undo, decided("undo", undo.id)) == findings(case, merge)


def test_decisions_about_other_records_are_passed_over(case: CaseBuilder) -> None:
    assert findings(case, decided("break", "d-Courier", "d-Mercury"), decided("split", "s-99")) == findings(case)
