"""Both sides of every limit that decides between derivation, citation and chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from derive_stories import BRIEF, CLUMSY, REPORT, RETOLD, WIRE, document

from firsthand.records import Derivation, Document, Evidence
from firsthand.trace.derive import derive, without_cycles

FAIR = (
    "The fair on the meadow opens on Saturday with a brass band, a tombola and the blessing of the tractors. Children "
    "under ten ride the carousel for nothing. Dogs stay outside, says the fire brigade, because of last year's "
    "sausages."
)


def how(child: Document, *others: Document) -> str | None:
    """How `child` uses the first of `others`, or None when no edge joins them."""
    found = {(e.child, e.parent): e.how for e in derive([child, *others])}
    return found.get((child.id, others[0].id))


def told(text: str, **fields: str) -> Document:
    return document(text, **{"outlet": "Harnby Courier", "published": "2034-02-20", **fields})


def test_naming_an_outlet_for_another_matter_cites_none_of_its_documents() -> None:
    """The agency is quoted on the fair; that town and firm also occur in its wire is no derivation."""
    fair = "The fair in Velmont opens on Saturday, Marlowe News Agency reports.\n\nBeer comes from Ashgrove, as ever."
    plates = "Velmont keeps plates for 26 months, Marlowe News Agency reports.\n\nBeer comes from Ashgrove, as ever."
    assert how(told(fair), WIRE) is None
    assert how(told(plates), WIRE) is not None


def test_a_credited_grandparent_must_add_something() -> None:
    """Naming the report beside the wire is one edge; giving what only the report has is two."""
    taken = CLUMSY.text.replace("has declared the Tamsyn Institut", "has declared the Tamsin Institute in its report")
    plain = replace(CLUMSY, id="d-plain", text=taken)
    more = replace(
        CLUMSY,
        id="d-more",
        text=f"{taken}\n\nThe contract has number VT-88/2033, says the report, and 58 requests were made.",
    )
    assert {e.parent for e in derive([plain, WIRE, REPORT]) if e.child == "d-plain"} == {WIRE.id}
    assert {e.parent for e in derive([more, WIRE, REPORT]) if e.child == "d-more"} == {WIRE.id, REPORT.id}


def test_an_outlet_named_once_is_credited_for_one_document() -> None:
    """Of two stories of the named agency the child draws on the one that it tells."""
    other = replace(
        WIRE, id="d-other", text="VELMONT, Feb 1 (Marlowe News Agency) - Velmont keeps 12 swans for 26 months."
    )
    assert {e.parent for e in derive([BRIEF, WIRE, other]) if e.child == BRIEF.id} == {WIRE.id}


COUNCIL = document(
    "The council of Emmering met on Tuesday. Councillor Hanne Dreyer said that 58 households had asked for lamps along "
    "Linden Street, and 12 percent of the budget was spoken for.\n\nThe bridge at Lower Mill stays closed until "
    "spring.",
    outlet="Emmering Anzeiger", published="2034-01-10",
)  # fmt: skip


def test_two_reports_of_one_meeting_share_its_figures_without_copying() -> None:
    """Two common figures, the names of the place and the speaker: anybody present would give them."""
    present = told(
        "Lamps for Linden Street: 58 households signed, Hanne Dreyer told the council of Emmering. With 12 percent of "
        "the budget gone, nobody said no.\n\nAfterwards there was soup, which the sports club had cooked.",
        published="2034-01-11",
    )
    assert how(present, COUNCIL) is None


def test_one_rare_figure_and_a_date_are_the_news_itself() -> None:
    """Two papers that give one announced sum are not derived; a second rare figure makes the difference."""
    first = document(
        "Mayor Lena Voss of Harnby said on 3 March 2034 that the new harbour cameras had cost 24.7 million dinars. "
        "They were delivered by Ostrel of Ashgrove.",
        outlet="Emmering Anzeiger", published="2034-03-04",
    )  # fmt: skip
    sum_only = (
        "The cameras of Harnby cost 24.7 million dinars, Lena Voss said on 3 March 2034. They are by Ostrel, Ashgrove."
    )
    assert how(told(sum_only, published="2034-03-05"), first) is None
    richer = replace(first, text=first.text.replace("harbour cameras", "1,386 harbour cameras"))
    both = sum_only.replace("The cameras", "The 1,386 cameras")
    assert how(told(both, published="2034-03-05"), richer) == "rewrite"


def test_a_document_that_names_no_source_needs_less() -> None:
    """Two figures in a text that attributes nothing were taken from somewhere; with "said" it may have asked itself."""
    wire = document(
        "Corvane Data runs 58 cameras in Velmont for the town hall.\n\n"
        "Of the clerks in Ashgrove, 12 percent can read the plates, a technician said.",
        outlet="Emmering Anzeiger", published="2034-01-10",
    )  # fmt: skip
    silent = (
        "Velmont has 58 cameras of Corvane Data: a town that looks.\n\nIn Ashgrove, 12 percent of clerks read plates."
    )
    assert how(told(silent), wire) == "rewrite"
    assert how(told(silent.replace("a town that looks", "no harm, the mayor said")), wire) is None


RECORD = (
    ("In his first season, 2021, Jonas Trell scored 27 goals.", "Trell began in 2021, and 27 goals of his went in."),
    ("He missed 44 games with a broken hand in Harnby.", "For 44 games in Harnby his hand was in plaster."),
    (
        "His shot was measured at 96 kilometres an hour in Dorrick.",
        "In Dorrick the ball flew with 96 kilometres an hour.",
    ),
    ("He has worn the number 63 at Emmering ever since.", "At Emmering his shirt says 63."),
)
DEPOT = (
    "Odile Ferrant opened the depot in Ashgrove with a speech on gates.",
    "A team of Corvane soldered 58 boxes beneath the weighbridge.",
    "The beekeeper Ansgar Milde protested against humming masts.",
    "The ferry Sankt Brida brought antennas under tarpaulins.",
    "A vet, Ilka Thorne, counted 47 dead starlings near the fence.",
)
DEPOT_RETOLD = (
    "With words on gates, Odile Ferrant started a depot: Ashgrove.",
    "Beneath a weighbridge, boxes of Corvane were soldered, 58 in all.",
    "Masts hum, so one beekeeper, Ansgar Milde, protested.",
    "Under tarpaulins lay antennas, on a ferry called Sankt Brida.",
    "Dead starlings near fences: 47, by Ilka Thorne, vet.",
)


def test_one_persons_record_told_in_another_order_is_not_copying() -> None:
    """Four facts about one career, and each paper has its own order: background that many know."""
    said = "\n\nThe coach said so."
    one = document("\n\n".join(a for a, _ in RECORD) + said, outlet="Emmering Anzeiger", published="2034-01-10")
    assert how(told("\n\n".join(b for _, b in RECORD) + said), one) == "rewrite"
    assert how(told("\n\n".join(b for _, b in reversed(RECORD)) + said), one) is None


def test_five_facts_in_one_order_are_a_retelling() -> None:
    """Names and words with few figures are enough when five facts follow one another in the same order."""
    said = " The mayor said so."
    one = document(" ".join(DEPOT) + said, outlet="Emmering Anzeiger", published="2034-01-10")
    assert how(told(" ".join(DEPOT_RETOLD) + said), one) == "rewrite"
    assert how(told(" ".join(DEPOT_RETOLD[i] for i in (3, 1, 4, 0, 2)) + said), one) is None


def test_reworded_text_without_figures_is_a_rewrite_when_enough_is_left() -> None:
    """Runs too short for an excerpt that make up a good part of a text betray its model; in a long text they do not."""
    base = (
        "the clerks carried the paper files down the back stairs before dawn and nobody in the street looked up from "
        "the bread they had queued for since the bells because the winter had been long and the town had learned to "
        "keep its eyes on its own shoes while the new machines were lifted through the window of the hall with ropes "
        "and a borrowed crane"
    ).split()
    model = document(" ".join(base).capitalize() + ".", outlet="Emmering Anzeiger", published="2034-01-10")
    reworded = [w if i % 12 else f"quite{i}" for i, w in enumerate(base)]
    assert how(told(" ".join(reworded).capitalize() + ". " + FAIR + " " + FAIR[:80]), model) == "rewrite"
    own = " ".join(f"unlike{i} words{i}" for i in range(300))
    assert how(told(" ".join(reworded).capitalize() + ". " + own), model) is None


def test_a_copy_of_a_small_part_is_an_excerpt() -> None:
    """The same paragraphs are a reprint of a short story and an excerpt from a long one."""
    part = " ".join(f"Plate{i} rolled past lens{i} at dusk{i}." for i in range(12))
    rest = " ".join(f"Other{i} matters fill line{i} here{i}." for i in range(60))
    assert how(told(part), document(f"{part} {rest[:400]}", published="2034-01-01")) == "reprint"
    assert how(told(part), document(f"{part} {rest}", published="2034-01-01")) == "excerpt"


def test_half_a_story_with_attribution_is_a_citation_and_most_of_it_a_rewrite() -> None:
    most = f"{CLUMSY.text}\n\n{FAIR[:100]}."
    less = f"{CLUMSY.text}\n\n{FAIR} {FAIR.upper()}"
    assert how(told(most), WIRE) == "rewrite"
    assert how(told(less), WIRE) == "cites"


def form(name: str, place: str, low: int) -> str:
    return (
        f"{name} of {place} has registered {low} cameras with the board for the protection of records. The board "
        f"reminds {name} that every camera must carry a plate with the name of the owner, that pictures must be wiped "
        f"after {low + 3} days, and that the owner has to answer letters within {low * 7} days from the day on which "
        f"they were sent. {name} can appeal to the court in {place} within the time that the law sets for appeals of "
        f"this kind."
    )


def test_a_form_filled_in_twice_is_not_a_copy() -> None:
    """Same words, other names and figures: a form. Same names and figures as well: a copy."""
    one = document(form("Aldring Mills", "Harnby", 31), outlet="Register A", published="2034-01-10")
    other = told(form("Besvik Tannery", "Dorrick", 58))
    copy = told(form("Aldring Mills", "Harnby", 31).replace("The board reminds", "It reminds"))
    assert how(other, one) is None
    assert how(copy, one) == "reprint"


@pytest.mark.parametrize(("day", "expected"), [("2034-02-05", True), ("2034-01-20", False)])
def test_a_credit_bends_dates_by_two_days_at_most(day: str, expected: bool) -> None:
    """Pages change their dates when they are updated; an article of a month before cannot quote a later one."""
    edges = [e for e in derive([replace(CLUMSY, published=day), WIRE]) if e.parent == WIRE.id]
    assert bool(edges) is expected
    certain = [e for e in derive([CLUMSY, WIRE]) if e.parent == WIRE.id]
    assert all(e.confidence < certain[0].confidence for e in edges)


def test_rare_figures_count_although_their_sentences_differ() -> None:
    """A figure that stands alone in its sentence on one side still adds to what the two share."""
    wire = replace(WIRE, text=WIRE.text + "\n\nOf the disks, 58 are left.")
    third = document("In Emmering, 58 lamps were lit.")
    stray = (
        "Velmont and its 1,347 cameras, run for the town: somebody looks at you.\n\n"
        "Corvane Data of Ashgrove holds the store.\n\nRust gnaws at 58 round things."
    )
    assert how(told(stray), wire, third) == "rewrite"
    assert how(told(stray.replace("58", "59")), wire, third) is None


def test_own_words_make_a_citation_wherever_the_credit_stands() -> None:
    """Half of it is the wire's. What the paper heard itself makes it more, even if the story opens with the credit."""
    opening = "Velmont, the town of lenses, has slept badly since.\n\n"
    own = "\n\nThe baker told us that he walks to work now, and that he has sold his car to a cousin in the hills."
    foreign = own.replace("told us", "thinks")
    assert how(told(opening + CLUMSY.text + own), WIRE) == "cites"
    assert how(told(opening + CLUMSY.text + foreign), WIRE) == "rewrite"
    assert how(told(CLUMSY.text + "\n\n" + opening + own), WIRE) == "cites"


def test_a_speaker_whom_the_parent_does_not_have_makes_a_citation() -> None:
    """Who adds the mayor's answer does more than retell the wire; a name in passing adds nothing."""
    opening = "Velmont, the town of lenses, has slept badly since.\n\n"
    answer = "\n\nThe mayor, Olda Brenk, said that the town would get used to it, as it did to the trams and the geese."
    assert how(told(opening + CLUMSY.text + answer), WIRE) == "cites"
    assert how(told(opening + CLUMSY.text + answer.replace("said", "hopes")), WIRE) == "rewrite"
    street = answer.replace("The mayor, Olda Brenk, said", "A shop in Olda Brenk said")
    assert how(told(opening + CLUMSY.text + street), WIRE) == "rewrite"


def test_a_figure_that_the_source_gives_too_is_no_error() -> None:
    """The report has both numbers, for different things: repeating one of them proves nothing."""
    both = replace(REPORT, text=REPORT.text + "\n\nThe town has 1,347 lamps.")
    errors = [v for e in derive([both, WIRE, RETOLD]) for v in e.evidence if v.kind == "shared-error"]
    assert errors == []


def edge(child: str, parent: str, confidence: float) -> Derivation:
    why = (Evidence(kind="date", text="later"),)
    return Derivation(child=child, parent=parent, how="rewrite", credited=False, confidence=confidence, evidence=why)


def test_the_weakest_edge_of_a_circle_is_dropped() -> None:
    circle = [edge("d-a", "d-b", 0.9), edge("d-b", "d-c", 0.6), edge("d-c", "d-a", 0.8), edge("d-c", "d-x", 0.5)]
    assert [(e.child, e.parent) for e in without_cycles(circle)] == [("d-a", "d-b"), ("d-c", "d-a"), ("d-c", "d-x")]
