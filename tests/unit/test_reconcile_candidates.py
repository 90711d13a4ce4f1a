"""Statements are compared where something that few share speaks for it, so that large cases stay affordable."""

from __future__ import annotations

import pytest
from reconcile_case import CaseBuilder, finding_of

from firsthand.reconcile import reconcile
from firsthand.reconcile.candidates import COMMON, COMMON_KIND, PARTNERS, candidates
from firsthand.reconcile.case import EARLIEST, MOST_ALIGNED, Settings, build_case
from firsthand.reconcile.cluster import average_link
from firsthand.records import Derivation, Evidence, Traced


def pseudoword(number: int) -> str:
    """A word of its own for each number, which no rule of spelling brings near another."""
    return "".join("bdfgklmnprstvz"[number // 14**place % 14] + "aeiou"[place] for place in range(4))


def towns(count: int, quote: str = "In {0} the {1} hums.", **fields: object) -> CaseBuilder:
    """Statements with hardly a word in common, each of a document of its own."""
    case = CaseBuilder()
    for number in range(count):
        case.says(f"Paper {number}", quote.format(pseudoword(number), pseudoword(number + 5000)), **fields)
    return case


def brought_up(case: CaseBuilder) -> list[tuple[int, int]]:
    return candidates(build_case(*case.arguments()))


@pytest.mark.parametrize(("count", "compared"), [(PARTNERS, True), (COMMON_KIND + 1, False)])
def test_an_activity_brings_up_pairs_until_very_many_share_it(count: int, compared: bool) -> None:
    pairs = brought_up(towns(count, "{0} {1}.", technology=()))
    assert len(pairs) == (count * (count - 1) // 2 if compared else 0)


@pytest.mark.parametrize(("sharing", "compared"), [(COMMON, True), (COMMON + 1, False)])
def test_a_word_brings_up_pairs_until_it_is_common(sharing: int, compared: bool) -> None:
    """Activities and technologies are all common here, so the word is the only reason."""
    case = towns(COMMON_KIND + 1, "{0} {1}.")
    for number in range(sharing):
        case.says(f"Herald {number}", f"{pseudoword(number + 9000)} sirens.")
    words = [assertion.words.keys() for assertion in build_case(*case.arguments()).assertions]
    pairs = brought_up(case)
    assert all("siren" in words[a] & words[b] for a, b in pairs)
    assert len(pairs) == (sharing * (sharing - 1) // 2 if compared else 0)


@pytest.mark.parametrize("reason", [{"country": "PE"}, {"supplier": "Brisling Optics"}, {"technology": ("drones",)}])
def test_what_an_activity_has_to_do_with_brings_up_pairs_where_the_activity_does_not(reason: dict[str, object]) -> None:
    case = towns(COMMON_KIND + 1, "{0} {1}.", technology=("spyware",))
    case.says("Herald", "Kulto vomsk.", **{"technology": ("spyware",), **reason})
    case.says("Bugle", "Sambra pilde.", **{"technology": ("spyware",), **reason})
    assert len(brought_up(case)) == 1


def test_figures_and_origins_bring_up_pairs_of_one_activity() -> None:
    case = towns(COMMON_KIND, "{0} {1}.")
    case.says("Herald", "Kulto 4711 vomsk.")
    case.says("Bugle", "Sambra pilde 4711.", "dockers")
    case.says("Gazette", "Trenk molova.", "dockers")
    assert len(brought_up(case)) == 2


def test_pairs_grow_with_assertions_and_not_with_their_square() -> None:
    sizes = [len(brought_up(towns(count, "The {0} gate of {1} reads faces."))) for count in (300, 1200)]
    assert sizes[1] <= 4.2 * sizes[0]


def test_one_document_in_a_large_case_still_finds_its_reworking() -> None:
    case = towns(COMMON_KIND + 60)
    one = case.says("Courier", "Halvar port has fitted cameras that read dockers' faces at nine gates.", "dockers")
    two = case.says(
        "Mercury", "At nine gates of Halvar port, cameras that recognise dockers were installed.", "dockers"
    )
    findings = reconcile(*case.arguments())
    assert finding_of(findings, one) is finding_of(findings, two)
    assert len(finding_of(findings, one).members) == 2


def test_two_that_must_not_meet_do_not_meet_though_they_were_never_compared() -> None:
    scores = {(0, 1): 3000, (1, 2): 2000}
    assert average_link(3, scores, floor=-1000) == [(0, 1, 2)]
    assert average_link(3, scores, lambda a, b: (a, b) == (0, 2), floor=-1000) == [(0, 1), (2,)]


def resting_together(count: int) -> int:
    """How many pairs are aligned when `count` documents say two unlike things each on one origin."""
    case = CaseBuilder()
    for number in range(count):
        paper = f"Paper {number:03}"
        published = f"2031-01-{1 + number % 28:02}"
        case.says(paper, f"Gates of Halvar read faces {pseudoword(number)}.", "dockers", published=published)
    return len(build_case(*case.arguments()).aligned)


def test_documents_on_one_origin_are_aligned_with_all_or_with_the_earliest() -> None:
    few, many = resting_together(MOST_ALIGNED), resting_together(MOST_ALIGNED + 1)
    assert few == MOST_ALIGNED * (MOST_ALIGNED - 1) // 2
    assert many == sum(MOST_ALIGNED - place for place in range(EARLIEST))


def test_a_reworking_is_aligned_though_its_origin_is_unknown() -> None:
    case = CaseBuilder()
    case.says("Courier", "Gates of Halvar port read the faces of dockers.")
    case.says("Mercury", "Dockers' faces are read at the gates.")
    documents, statements, _ = case.arguments()
    edge = Derivation(
        child="d-Mercury", parent="d-Courier", how="rewrite", credited=False, confidence=0.9,
        evidence=(Evidence(kind="shared-detail", text="faces"),),
    )  # fmt: skip
    groundings = case.traced.groundings
    assert not build_case(documents, statements, Traced(derivations=(), origins=(), groundings=groundings)).aligned
    traced = Traced(derivations=(edge,), origins=(), groundings=groundings)
    assert build_case(documents, statements, traced).aligned == {(0, 1)}


def test_settings_are_alike_by_the_names_that_two_documents_drop() -> None:
    texts = {"d-1": "On the quay of Halvar", "d-2": "By the sea at Halvar", "d-3": "In the hills of Ost", "d-4": "no"}
    settings = Settings(texts, {"halvar": "halvar", "ost": "ost"})
    assert settings.get(("d-1", "d-2"), 0.5) == 1.0
    assert settings.get(("d-1", "d-3"), 0.5) == 0.0
    assert settings.get(("d-1", "d-4"), 0.5) == 1.0  # nothing to tell apart by
    assert settings.get(("d-1", "d-9"), 0.5) == settings.get(("d-1", "d-1"), 0.5) == 0.5
