"""A denial by an office or a company stands against what it denies, in whatever words, and raises no count."""

from __future__ import annotations

from reconcile_case import CaseBuilder, finding_of, stance_of

from firsthand.reconcile import reconcile
from firsthand.reconcile.answers import answered
from firsthand.reconcile.case import build_case


def accused() -> CaseBuilder:
    """What two bodies found about the gates of Halvar."""
    case = CaseBuilder()
    case.says("Courier", "The gates of Halvar keep photographs of dockers in a register.", "dockers", activity="use")
    case.says("Record", "The tender orders a register for photographs of dockers.", "tender", activity="supply")
    return case


def test_an_officials_denial_joins_what_it_denies_though_it_names_another_activity() -> None:
    case = accused()
    denial = case.says(
        "Beacon", "There is no register of dockers and no photographs.", "board", activity="policy", negated=True
    )
    findings = reconcile(*case.arguments())
    assert stance_of(findings, denial) == "disputes"
    assert finding_of(findings, denial).counts.disputed_by == 1


def test_answers_that_nothing_else_joined_are_put_to_what_they_deny() -> None:
    case = accused()
    case.says("Beacon", "There is no register of dockers and no photographs.", "board", activity="policy", negated=True)
    built = build_case(*case.arguments())
    alone = [(number,) for number in range(len(built.assertions))]
    (denial,) = (number for number, assertion in enumerate(built.assertions) if assertion.answers)
    parts, answers = answered(alone, built, [(0, 1), (0, 2), (1, 2)])
    assert answers == {denial}
    assert sorted(len(part) for part in parts) == [1, 2]
    assert denial in next(part for part in parts if len(part) == 2)


def test_an_answer_raises_no_count_of_support() -> None:
    case = accused()
    case.says("Beacon", "There is no register of dockers and no photographs.", "board", activity="policy", negated=True)
    assert all(
        "o-board" not in {o for s in finding.members if s.stance == "supports" for o in _origins(case, s.statement)}
        for finding in reconcile(*case.arguments())
    )


def _origins(case: CaseBuilder, statement: str) -> tuple[str, ...]:
    return next(grounding.origins for grounding in case.groundings if grounding.statement == statement)


def test_what_researchers_found_absent_is_a_finding_and_not_an_answer() -> None:
    case = accused()
    absent = case.says("Beacon", "No sign stands at any of the nine gates.", "customs", activity="policy", negated=True)
    assert stance_of(reconcile(*case.arguments()), absent) == "supports"


def test_a_denial_of_something_else_stays_alone() -> None:
    case = accused()
    denial = case.says(
        "Beacon", "The ferry to Oddany has never run late.", "board", activity="constraint", technology=(), negated=True
    )
    findings = reconcile(*case.arguments())
    assert [member.statement for member in finding_of(findings, denial).members] == [denial]
