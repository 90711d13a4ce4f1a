"""Who stands against a finding: denials of what others say, not every sentence with a "no" in it."""

from __future__ import annotations

import pytest
from reconcile_case import CaseBuilder

from firsthand.reconcile.counting import ledger
from firsthand.reconcile.stance import says_not, take_sides


def stances(case: CaseBuilder) -> list[str]:
    return [side.stance for side in take_sides(case.statements, ledger(*case.arguments()))]


def test_a_denial_disputes_what_another_origin_affirms() -> None:
    case = CaseBuilder()
    case.says("Courier", "The gates read faces.", "dockers")
    case.says("Courier", "The board denied it.", "board", certainty="denied", speakers=("the board",))
    assert stances(case) == ["supports", "disputes"]


def test_a_doubt_disputes_too() -> None:
    case = CaseBuilder()
    case.says("Courier", "The gates read faces.", "dockers")
    case.says("Courier", "The board doubts that they can.", "board", certainty="doubtful")
    assert stances(case) == ["supports", "disputes"]


def test_a_plain_negative_disputes_where_others_mostly_affirm() -> None:
    case = CaseBuilder()
    case.says("Courier", "The gates read faces.", "dockers")
    case.says("Record", "The gates do not read faces.", "tender", negated=True)
    assert stances(case) == ["supports", "disputes"]


def test_a_body_does_not_dispute_itself() -> None:
    """An origin that affirms most of a finding and denies a detail of it supports it."""
    case = CaseBuilder()
    case.says("Courier", "The board opened a control room.", "board")
    case.says("Courier", "It shows nine gates.", "board")
    case.says("Courier", "It has nothing to do with faces.", "board", certainty="denied", negated=True)
    assert stances(case) == ["supports", "supports", "supports"]


def test_what_a_denier_adds_stands_with_the_denial() -> None:
    case = CaseBuilder()
    case.says("Courier", "The gates read faces.", "dockers")
    case.says("Courier", "The board denied it.", "board", certainty="denied", speakers=("the board",))
    case.says("Courier", "The gates tell a lorry from a van.", "board")
    assert stances(case) == ["supports", "disputes", "disputes"]


def test_a_negative_finding_is_disputed_by_whoever_says_that_all_is_so() -> None:
    case = CaseBuilder()
    case.says("Courier", "No search in the files had a reason noted.", "dockers", negated=True)
    case.says("Record", "Searches were never checked.", "tender", negated=True)
    case.says("Courier", "Every search has its reason noted, the board said.", "board")
    assert stances(case) == ["supports", "supports", "disputes"]


def test_one_negative_aside_does_not_make_a_voice_a_negative_one() -> None:
    case = CaseBuilder()
    case.says("Courier", "The files go to the ministry every night.", "dockers")
    case.says("Courier", "Names and hours are in the files.", "dockers")
    case.says("Courier", "The files were not shown to us.", "dockers", negated=True)
    case.says("Record", "No such files reach the ministry.", "board", negated=True)
    assert stances(case) == ["supports", "supports", "supports", "disputes"]


def test_saying_it_twice_has_no_second_vote() -> None:
    """The board's denial outweighs its own slip, however often the paper prints the slip."""
    case = CaseBuilder()
    case.says("Record", "The gates read faces.", "dockers")
    case.says("Courier", "Faces are read at the gates.", "board")
    case.says("Courier", "Faces are read at the gates.", "board")
    case.says("Courier", "The board denied it.", "board", certainty="denied")
    assert stances(case) == ["supports", "disputes", "disputes", "disputes"]


def test_an_absence_that_nobody_contradicts_is_supported() -> None:
    case = CaseBuilder()
    case.says("Courier", "No law limits the cameras.", "dockers", activity="constraint", negated=True)
    case.says("Courier", "It is uncertain who keeps the pictures.", "dockers", certainty="doubtful")
    assert stances(case) == ["supports", "supports"]


def test_a_denial_whose_accusation_nobody_prints_still_disputes() -> None:
    """It counts as no independent origin of anything."""
    case = CaseBuilder()
    case.says("Courier", "The board denied that it reads faces.", "board", certainty="denied", speakers=("the board",))
    assert stances(case) == ["disputes"]


@pytest.mark.parametrize(
    "quote",
    ["There is no register of faces.", "He said that no such files were sent.", "The units left without any lens."],
)
def test_a_main_clause_that_denies(quote: str) -> None:
    assert says_not(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "Gate No. 4 has a camera.",
        "No fewer than 30 gates have cameras.",
        "Not only the board looks on.",
        "Dockers who have no card are photographed.",
        "The cameras went off because the quay had no current.",
    ],
)
def test_a_negation_that_denies_nothing(quote: str) -> None:
    assert not says_not(quote)
