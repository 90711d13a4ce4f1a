"""Evidence is counted by origin, in one place, and what cannot be shown is never counted as independent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reconcile_case import CaseBuilder

from firsthand.reconcile import count, ledger, reconcile
from firsthand.reconcile.counting import without
from firsthand.records import Counts, Derivation, Evidence, How, Membership, Stance


def counted(case: CaseBuilder, **stances: Stance) -> Counts:
    members = [
        Membership(statement=s.id, stance=stances.get(s.id.replace("-", "_"), "supports")) for s in case.statements
    ]
    return count(members, ledger(*case.arguments()))


def test_two_papers_on_one_survey_are_one_origin() -> None:
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", "dockers")
    case.says("Mercury", "Faces are read at the gates.", "dockers")
    assert counted(case) == Counts(independent=1, undetermined=0, derived=1, disputed_by=0)


def test_two_origins_in_one_paper_are_two() -> None:
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces, the dockers say.", "dockers")
    case.says("Courier", "The board confirms the gates.", "board")
    assert counted(case).independent == 2
    assert counted(case).derived == 0


def test_one_statement_may_rest_on_two_origins() -> None:
    case = CaseBuilder()
    case.says("Courier", "Dockers and board agree that gates read faces.", "dockers", "board")
    assert counted(case).independent == 2


def test_an_unknown_origin_is_undetermined_and_never_independent() -> None:
    """Undetermined is the number of documents, however many statements each makes."""
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.")
    case.says("Courier", "Each gate has a lens.")
    case.says("Mercury", "Faces are read at the gates.")
    assert counted(case) == Counts(independent=0, undetermined=2, derived=0, disputed_by=0)


def reworking(child: str, parent: str, how: How) -> Derivation:
    return Derivation(
        child=f"d-{child}", parent=f"d-{parent}", how=how, credited=False, confidence=0.9,
        evidence=(Evidence(kind="shared-passage", text="all of it"),),
    )  # fmt: skip


@pytest.mark.parametrize(("how", "undetermined"), [("reprint", 1), ("rewrite", 1), ("cites", 2)])
def test_reworkings_of_an_undetermined_story_add_nothing(how: How, undetermined: int) -> None:
    """One report told twelve times counts once, known origin or not. What cites another has more than that to say."""
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", published="2031-01-01")
    case.says("Mercury", "Gates at Halvar read faces.", published="2031-01-02")
    documents, statements, traced = case.arguments()
    told = replace(traced, derivations=(reworking("Mercury", "Courier", how),))
    book = ledger(documents, statements, told)
    found = count([Membership(statement=s.id, stance="supports") for s in statements], book)
    assert found == Counts(independent=0, undetermined=undetermined, derived=2 - undetermined, disputed_by=0)


def test_an_undetermined_story_is_shown_by_its_earliest_document() -> None:
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", published="2031-01-09")
    case.says("Mercury", "Gates at Halvar read faces.", published="2031-01-02")
    documents, statements, traced = case.arguments()
    told = replace(traced, derivations=(reworking("Courier", "Mercury", "reprint"),))
    (finding,) = reconcile(documents, statements, told)
    assert finding.explanation == (
        "Courier (2031-01-09) adds no origin: what it says was counted already.",
        "Undetermined: nothing shows where Mercury (2031-01-02) had it from.",
        "No independent origin is known.",
    )


def test_a_document_that_brings_an_origin_is_not_derived_for_what_it_repeats() -> None:
    """Each supporting document is counted for what it brings: here one is undetermined, the other has an origin."""
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", published="2031-01-01")
    case.says("Mercury", "Gates at Halvar read faces.", published="2031-01-02")
    case.says("Mercury", "Dockers say so.", "dockers", published="2031-01-02")
    documents, statements, traced = case.arguments()
    told = replace(traced, derivations=(reworking("Mercury", "Courier", "rewrite"),))
    found = count(
        [Membership(statement=s.id, stance="supports") for s in statements], ledger(documents, statements, told)
    )
    assert found == Counts(independent=1, undetermined=1, derived=0, disputed_by=0)


def test_a_statement_without_a_grounding_is_undetermined() -> None:
    """Nothing that tracing left out can raise a count of independent origins."""
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", "dockers")
    case.groundings.clear()
    assert counted(case) == Counts(independent=0, undetermined=1, derived=0, disputed_by=0)


def test_an_origin_that_no_record_describes_is_not_counted() -> None:
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", "dockers")
    documents, statements, traced = case.arguments()
    bare = type(traced)(derivations=(), origins=(), groundings=traced.groundings)
    book = ledger(documents, statements, bare)
    assert count([Membership(statement="s-00", stance="supports")], book).independent == 0


def test_a_denial_counts_on_the_other_side_only() -> None:
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", "dockers")
    case.says("Courier", "The board denies it.", "board")
    case.says("Mercury", "The board denies it all.", "board")
    found = counted(case, s_01="disputes", s_02="disputes")
    assert found == Counts(independent=1, undetermined=0, derived=0, disputed_by=1)


def test_a_dispute_from_nowhere_adds_no_disputing_origin() -> None:
    case = CaseBuilder()
    case.says("Courier", "It is not so.")
    assert counted(case, s_00="disputes") == Counts(independent=0, undetermined=0, derived=0, disputed_by=0)


def test_a_document_with_one_new_origin_among_known_ones_is_not_derived() -> None:
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", "dockers", published="2031-01-01")
    case.says("Mercury", "Dockers and tender say so.", "dockers", "tender", published="2031-01-02")
    case.says("Record", "The tender says so.", "tender", published="2031-01-03")
    assert counted(case).derived == 1


def test_counting_a_statement_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        count([Membership(statement="s-99", stance="supports")], ledger(*CaseBuilder().arguments()))


def test_what_remains_without_an_origin_is_what_is_counted_without_it() -> None:
    """What rests on it alone goes, on either side; what rests on another too stays for the other."""
    case = CaseBuilder()
    case.says("Courier", "Gates at Halvar read faces.", "dockers")
    case.says("Mercury", "Dockers and board agree.", "dockers", "board")
    case.says("Record", "Nobody says where it is from.")
    case.says("Weekly", "The dockers deny it too.", "dockers")
    book = ledger(*case.arguments())
    stances: list[Stance] = ["supports", "supports", "supports", "disputes"]
    members = [Membership(statement=s.id, stance=stance) for s, stance in zip(case.statements, stances, strict=True)]
    assert count(members, book) == Counts(independent=2, undetermined=1, derived=0, disputed_by=1)
    assert without("o-dockers", members, book) == Counts(independent=1, undetermined=1, derived=0, disputed_by=0)
    assert without("o-board", members, book) == Counts(independent=1, undetermined=1, derived=1, disputed_by=1)
    assert without("o-unknown", members, book) == count(members, book)
