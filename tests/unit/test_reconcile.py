"""Statements that assert the same thing become one finding, whatever their words; different things stay apart."""

from __future__ import annotations

from reconcile_case import CaseBuilder, finding_of, stance_of

from firsthand.reconcile import reconcile
from firsthand.records import Derivation, Evidence, Traced


def halvar() -> tuple[CaseBuilder, dict[str, str]]:
    """Two papers on the dockers' survey, the board's denial, a supplier story and a plan elsewhere."""
    case = CaseBuilder()
    supply = {"activity": "supply", "supplier": "Brisling Optics", "technology": ("video-surveillance",)}
    return case, {
        "survey": case.says(
            "Courier", "The port of Halvar has fitted cameras that read dockers' faces at nine gates.", "dockers"
        ),
        "rewrite": case.says(
            "Mercury", "At nine gates of Halvar port, cameras that recognise dockers' faces were installed.", "dockers"
        ),
        "denial": case.says(
            "Courier",
            "The harbour board denied that cameras at the gates of Halvar port read any faces.",
            "board",
            certainty="denied",
            negated=True,
            speakers=("Halvar harbour board",),
        ),
        "sale": case.says(
            "Courier", "Brisling Optics sold the port 310 cameras, according to customs records.", "customs", **supply
        ),
        "shipment": case.says(
            "Record", "A tender names Brisling Optics as supplier of 310 cameras to the port.", "tender", **supply
        ),
        "plan": case.says(
            "Record",
            "The town of Ost will vote on drones over its beaches next spring.",
            activity="plan",
            technology=("drones",),
            place="Ost",
        ),
    }


def test_other_words_for_one_thing_are_one_finding() -> None:
    case, ids = halvar()
    findings = reconcile(*case.arguments())
    assert finding_of(findings, ids["survey"]) is finding_of(findings, ids["rewrite"])
    assert finding_of(findings, ids["sale"]) is finding_of(findings, ids["shipment"])


def test_different_things_are_different_findings() -> None:
    case, ids = halvar()
    findings = reconcile(*case.arguments())
    assert len({finding_of(findings, ids[name]).id for name in ("survey", "sale", "plan")}) == 3


def test_a_denial_stands_on_the_other_side_of_what_it_denies() -> None:
    case, ids = halvar()
    findings = reconcile(*case.arguments())
    gates = finding_of(findings, ids["survey"])
    assert stance_of(findings, ids["denial"]) == "disputes"
    assert finding_of(findings, ids["denial"]) is gates
    assert (gates.counts.independent, gates.counts.derived, gates.counts.disputed_by) == (1, 1, 1)


def test_every_statement_is_in_exactly_one_finding() -> None:
    case, ids = halvar()
    members = [member.statement for finding in reconcile(*case.arguments()) for member in finding.members]
    assert sorted(members) == sorted(ids.values())


def test_like_events_in_two_countries_stay_apart() -> None:
    case = CaseBuilder()
    here = case.says(
        "Courier", "Police installed cameras with face recognition at the station.", country="NO", place="Bergen"
    )
    there = case.says(
        "Mercury", "Police installed cameras with face recognition at a station.", country="PE", place="Cusco"
    )
    findings = reconcile(*case.arguments())
    assert finding_of(findings, here) is not finding_of(findings, there)


def test_two_suppliers_of_like_goods_stay_apart() -> None:
    case = CaseBuilder()
    supply = {"activity": "supply", "technology": ("drones",)}
    one = case.says(
        "Courier", "Kestrel Works delivered drones to the coast guard.", "customs", supplier="Kestrel Works", **supply
    )
    two = case.says("Mercury", "Oriol Air has sold the army its drones.", "tender", supplier="Oriol Air", **supply)
    findings = reconcile(*case.arguments())
    assert finding_of(findings, one) is not finding_of(findings, two)


def test_a_reworked_sentence_is_found_by_its_place() -> None:
    """In a known rewrite, best matches join even where hardly a word is kept and the activity was read differently."""
    case = CaseBuilder()
    text = {"activity": "collection", "technology": ("location-tracking",)}
    original = case.says(
        "Courier", "Trams in Halvar log where every rider gets off, with the ticket's number.", "dockers", **text
    )
    case.says("Courier", "A spokesman declined to say more about ferries.", "dockers", activity="policy", technology=())
    reworked = case.says(
        "Mercury",
        "Whoever leaves a tram is noted down by ticket.",
        "dockers",
        activity="use",
        technology=("location-tracking",),
    )
    documents, statements, traced = case.arguments()
    evidence = (Evidence(kind="shared-detail", text="both tell of tickets"),)
    edge = Derivation(
        child="d-Mercury", parent="d-Courier", how="rewrite", credited=False, confidence=0.9, evidence=evidence
    )
    tied = Traced(derivations=(edge,), origins=traced.origins, groundings=traced.groundings)
    findings = reconcile(documents, statements, tied)
    assert finding_of(findings, original) is finding_of(findings, reworked)


def test_nothing_to_reconcile_gives_no_findings() -> None:
    assert reconcile(*CaseBuilder().arguments()) == ()


def test_the_text_is_the_clearest_supporting_quote() -> None:
    case = CaseBuilder()
    case.says("Mercury", "they may read our faces there", "dockers", certainty="possible")
    case.says("Courier", "The port of Halvar reads the faces of dockers at its gates, the union said.", "dockers")
    (finding,) = reconcile(*case.arguments())
    assert finding.text == "The port of Halvar reads the faces of dockers at its gates."


def test_a_certain_quote_goes_before_a_hedged_one() -> None:
    case = CaseBuilder()
    case.says("Mercury", "Cameras read the faces of dockers at the gates.", "dockers", certainty="possible")
    case.says("Courier", "The faces of dockers are read by cameras at the gates.", "dockers")
    (finding,) = reconcile(*case.arguments())
    assert finding.text == "The faces of dockers are read by cameras at the gates."


def test_the_explanation_names_origins_and_what_remains_without_each() -> None:
    case, ids = halvar()
    findings = reconcile(*case.arguments())
    told = "\n".join(finding_of(findings, ids["sale"]).explanation)
    assert "Customs records of Oddany (dataset, not captured, only named), as it stands in Courier" in told
    assert "Without Tender 12/88, 1 remains." in told
    told = "\n".join(finding_of(findings, ids["survey"]).explanation)
    assert "Mercury adds no origin: what it says was counted already." in told
    assert "Rests on one origin; without it nothing remains." in told
    assert "Disputed by Halvar harbour board, as it stands in Courier." in told
    told = "\n".join(finding_of(findings, ids["plan"]).explanation)
    assert "Undetermined: nothing shows where Record had it from." in told
    assert "No independent origin is known." in told


def test_differing_figures_are_shown_with_who_gives_which() -> None:
    case = CaseBuilder()
    case.says("Courier", "Cameras that read faces stand at nine gates of the port of Halvar.", "dockers")
    case.says("Mercury", "Cameras that read faces stand at nineteen gates of the port of Halvar.", "dockers")
    (finding,) = reconcile(*case.arguments())
    assert "gates: 19 (Mercury); 9 (Courier)" in finding.variants


def test_a_figure_that_both_give_is_no_difference() -> None:
    case = CaseBuilder()
    case.says("Courier", "Cameras that read faces stand at nine gates of the port of Halvar.", "dockers")
    case.says("Mercury", "At Halvar's port, 9 gates have cameras that read faces.", "dockers")
    (finding,) = reconcile(*case.arguments())
    assert finding.variants == ()


def test_a_part_and_the_whole_are_no_difference() -> None:
    """Thirty gates of which nine have cameras, and nine gates with cameras: the second figure stands in both."""
    case = CaseBuilder()
    case.says("Courier", "Of thirty gates of Halvar port, nine have cameras that read faces.", "dockers")
    case.says("Mercury", "At nine gates of Halvar port, cameras read faces.", "dockers")
    (finding,) = reconcile(*case.arguments())
    assert finding.variants == ()


def test_one_sentence_about_two_countries_is_two_findings() -> None:
    case = CaseBuilder()
    here = case.says("Courier", "Police use cameras that read faces.", country="NO")
    there = case.says("Mercury", "Police use cameras that read faces.", country="PE")
    findings = reconcile(*case.arguments())
    assert finding_of(findings, here) is not finding_of(findings, there)


def test_what_two_origins_are_about_does_not_make_them_say_the_same() -> None:
    """One technology and one activity in common, but hardly a word: nobody confirms anybody."""
    case = CaseBuilder()
    about = {"activity": "supply", "technology": ("drones",)}
    one = case.says("Courier", "Kestrel Works delivered forty drones to the coast guard.", "customs", **about)
    two = case.says("Mercury", "Who sold them is a matter of public record.", "board", **about)
    findings = reconcile(*case.arguments())
    assert finding_of(findings, one).counts.independent == 1
    assert finding_of(findings, one) is not finding_of(findings, two)


def test_a_plan_is_no_evidence_that_it_was_carried_out() -> None:
    """A tender that asks for it does not confirm the resident who saw it."""
    case = CaseBuilder()
    about = {"activity": "deployment", "technology": ("drones",)}
    seen = case.says("Courier", "The coast guard flies six drones over the bay of Halvar.", "dockers", **about)
    meant = case.says("Gazette", "The coast guard will fly six drones over the bay of Halvar.", "tender", **about)
    findings = reconcile(*case.arguments())
    assert finding_of(findings, seen).counts.independent == 1
    assert finding_of(findings, seen) is not finding_of(findings, meant)
