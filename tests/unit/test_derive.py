"""Which document draws on which, on small invented families: what must be found, and what must not."""

from __future__ import annotations

from dataclasses import replace

from derive_stories import BRIEF, CLUMSY, REPORT, REPRINT, RETOLD, WIRE, document

from firsthand.records import Derivation, Document
from firsthand.trace.derive import derive

ELSEWHERE = document(
    "HARNBY, March 2 (Marlowe News Agency) - The port of Harnby has put 212 cameras that read number plates along its "
    "quays, the harbour master said on Thursday.\n\n"
    "The cameras, made by Ostrel, stop lorries that have not booked a slot. Plates are wiped after four days, harbour "
    'master Jonas Trell said. "We are not the police," he added.\n\n'
    "The port handled 3.1 million tonnes last year.",
    title="Harnby port reads plates on its quays", outlet="Marlowe News Agency", byline="Ivo Brandt",
    published="2034-03-02",
)  # fmt: skip


def edges(*documents: Document) -> dict[tuple[str, str], Derivation]:
    """Derivations by the outlets of child and parent."""
    outlet = {d.id: d.outlet or d.id for d in documents}
    return {(outlet[e.child], outlet[e.parent]): e for e in derive(documents)}


def hows(*documents: Document) -> dict[tuple[str, str], str]:
    return {pair: edge.how for pair, edge in edges(*documents).items()}


def test_reprint_without_the_agency_name_is_an_uncredited_reprint() -> None:
    """A paper that drops dateline and agency still reprints the wire."""
    edge = edges(WIRE, REPRINT)["Dorrick Evening Post", "Marlowe News Agency"]
    assert (edge.how, edge.credited) == ("reprint", False)
    assert edge.confidence > 0.9
    assert any(e.kind == "shared-passage" for e in edge.evidence)


def test_reprint_with_the_agency_in_the_byline_is_credited() -> None:
    edge = edges(WIRE, replace(REPRINT, byline="Staff with Marlowe News Agency"))[
        "Dorrick Evening Post", "Marlowe News Agency"
    ]
    assert edge.credited


def test_wire_about_a_report_cites_it() -> None:
    """Own words, attribution and a voice of its own: a citation, and not the report's copy."""
    edge = edges(REPORT, WIRE)["Marlowe News Agency", "Tamsin Institute for Open Records"]
    assert (edge.how, edge.credited) == ("cites", True)


def test_retelling_without_credit_is_found_by_its_rare_details() -> None:
    """No sentence is shared, no source named: the figures and names betray it, converted or not."""
    edge = edges(WIRE, RETOLD)["The Saltern Weekly", "Marlowe News Agency"]
    assert (edge.how, edge.credited) == ("rewrite", False)
    assert any("1,347" in e.text for e in edge.evidence if e.kind == "shared-detail")


def test_clumsy_translation_with_misspelt_names_is_a_credited_rewrite() -> None:
    edge = edges(WIRE, CLUMSY)["Ostnik.info", "Marlowe News Agency"]
    assert (edge.how, edge.credited) == ("rewrite", True)


def test_item_in_a_newsletter_cites() -> None:
    """A few attributed sentences among other matters are a citation."""
    edge = edges(WIRE, BRIEF)["The Quayside Letter", "Marlowe News Agency"]
    assert (edge.how, edge.credited) == ("cites", True)


def test_edges_are_direct_only() -> None:
    """Everybody who took the wire's wrong figure is the wire's child, and the report's child is the wire alone."""
    assert hows(REPORT, WIRE, REPRINT, RETOLD, CLUMSY, BRIEF) == {
        ("Marlowe News Agency", "Tamsin Institute for Open Records"): "cites",
        ("Dorrick Evening Post", "Marlowe News Agency"): "reprint",
        ("The Saltern Weekly", "Marlowe News Agency"): "rewrite",
        ("Ostnik.info", "Marlowe News Agency"): "rewrite",
        ("The Quayside Letter", "Marlowe News Agency"): "cites",
    }


def test_error_shared_against_the_cited_report_is_evidence_of_copying() -> None:
    """The report counts 1,437 cameras, the wire misquotes 1,347, and so does the copy: it copied the wire."""
    edge = edges(REPORT, WIRE, RETOLD)["The Saltern Weekly", "Marlowe News Agency"]
    errors = [e.text for e in edge.evidence if e.kind == "shared-error"]
    assert len(errors) == 1
    assert "1,347" in errors[0]
    assert "1,437" in errors[0]


def test_right_figure_is_no_shared_error() -> None:
    """The same chain without the misquotation shows no error."""
    right = {d.outlet: replace(d, text=d.text.replace("1,347", "1,437")) for d in (WIRE, RETOLD)}
    edge = edges(REPORT, *right.values())["The Saltern Weekly", "Marlowe News Agency"]
    assert not [e for e in edge.evidence if e.kind == "shared-error"]


def test_another_event_with_the_same_technology_is_not_derived() -> None:
    """Same agency, same kind of camera, another town: no edge."""
    assert edges(WIRE, ELSEWHERE) == {}


def test_story_that_also_names_the_report_with_new_material_cites_both() -> None:
    """A child that takes from the wire and, credited, something that only the report says has two parents."""
    both = document(
        "Velmont remembers plates for 26 months, Marlowe News Agency reported, and the transport chief, Odile Ferrant, "
        "says that its disks are smashed with a hammer every quarter.\n\n"
        "The report by the Tamsin Institute tells it differently: three clerks said that the parking office could "
        "search the store, and contract VT-88/2033 was found after 58 requests for records.",
        title="Who reads the plates?", outlet="Harnby Courier", published="2034-02-12",
    )  # fmt: skip
    found = hows(REPORT, WIRE, both)
    assert ("Harnby Courier", "Marlowe News Agency") in found
    assert ("Harnby Courier", "Tamsin Institute for Open Records") in found


def test_two_papers_on_one_captured_report_are_siblings() -> None:
    """Both credit the report and share nothing beyond it: two edges to the report, none between them."""
    a = document(
        "Drivers in Velmont are remembered for 26 months, says a study by the Tamsin Institute. Two in seven of the "
        "640 searches it reviewed named no case.\n\nThe contract with Corvane Data is worth 7.3 million dinars.",
        outlet="Dorrick Evening Post", published="2034-02-07",
    )  # fmt: skip
    b = document(
        "A study published by the Tamsin Institute puts the number of plate cameras in Velmont at 1,437. It says "
        "plates stay in the store for 26 months and that two in seven of 640 searches lacked a case number.\n\n"
        "Corvane Data of Ashgrove got 7.3 million dinars for the work.",
        outlet="Harnby Courier", published="2034-02-08",
    )  # fmt: skip
    assert set(edges(REPORT, a, b)) == {
        ("Dorrick Evening Post", "Tamsin Institute for Open Records"),
        ("Harnby Courier", "Tamsin Institute for Open Records"),
    }


def test_two_papers_on_one_report_that_was_not_captured_are_not_derived_from_each_other() -> None:
    """The shared figures all come with attribution to the same body: it explains them."""
    a = document(
        "A survey by the Ruddock Foundation has counted 2,914 cameras in the schools of Emmering. The Ruddock "
        "Foundation says that 46 percent of them watch classrooms.\n\n"
        "At the gate of the Linden school, parents had other worries on Friday: the roof leaks, and the caretaker is "
        "ill.",
        outlet="Emmering Anzeiger", published="2033-05-04",
    )  # fmt: skip
    b = document(
        "Nearly half of the cameras in Emmering's schools, 46 percent, point at pupils in class, according to the "
        "Ruddock Foundation, which found 2,914 of them.\n\n"
        "The teachers' union wants a vote in every school. Its chair, Wilma Aster, has collected 800 signatures.",
        outlet="The Lowland Times", published="2033-05-05",
    )  # fmt: skip
    assert edges(a, b) == {}


def test_both_quoting_one_speech_is_not_copying() -> None:
    """A long quotation is everybody's to quote; the words around it are not shared."""
    quote = (
        "“We bought these cameras because the people of this town asked us for them at every single meeting that we "
        "have held since the winter before last, and I will not apologise to anybody for having listened to the people "
        "who elected me, nor will I hand them back because somebody in the capital has written an article about it”"
    )
    a = document(
        f"Mayor Lena Voss of Harnby defended the town's cameras on Friday. {quote}, she said after the council had "
        f"met.",
        outlet="Harnby Courier", published="2033-09-02",
    )  # fmt: skip
    b = document(
        f"{quote}: with these words the mayor of Harnby answered her critics. Opposition members left the room.",
        outlet="Dorrick Evening Post", published="2033-09-03",
    )  # fmt: skip
    assert edges(a, b) == {}


def test_boilerplate_of_one_publisher_is_not_copying() -> None:
    """Two stories with the same long footer are two stories."""
    footer = (
        "\n\nThe Harnby Courier is published by Courier Print of Harnby since 1931 and owned by its readers, who elect "
        "the board every second year. If you have something to tell us, write to the newsroom or come to the counter "
        "in Mill Lane, which is open on all working days from nine in the morning until half past four in the "
        "afternoon."
    )
    a = document(
        "The library has bought a gate that counts visitors." + footer, outlet="Harnby Courier", published="2033-01-02"
    )
    b = document(
        "Police will fly two drones over the regatta on Sunday." + footer,
        outlet="Harnby Courier",
        published="2033-02-02",
    )
    assert edges(a, b) == {}


def test_same_informant_heard_by_both_is_not_copying() -> None:
    """Two outlets that each spoke to the clerk themselves share her details, and neither copied."""
    a = document(
        "A former clerk of the parking office, who kept its keys for thirteen years, told the Harnby Courier that she "
        "had 4,150 plates looked up in one winter.\n\nShe was moved to the archive in the cellar after she asked for a "
        "receipt, she said. The Courier has seen her letter of transfer.",
        outlet="Harnby Courier", published="2033-03-02",
    )  # fmt: skip
    b = document(
        "She kept the keys of the parking office for thirteen years. In one winter, she told us, 4,150 plates went "
        "through her hands.\n\n“Then I asked for a receipt, and they sent me to the cellar,” she said when we met her. "
        "We have seen the letter.",
        outlet="Radio Lowland", published="2033-04-11",
    )  # fmt: skip
    assert edges(a, b) == {}


def test_excerpt_is_a_verbatim_part_among_other_material() -> None:
    long = document(
        "This column has long held that a town should know its own rules, and that rules written by a supplier are not "
        "the town's. I have said so about the swimming baths, the tram and the lamps, and I was told each time to mind "
        "my herbs.\n\n"
        + "\n\n".join(WIRE.text.split("\n\n")[1:3])
        + "\n\nSo much for the news. "
        "What would my grandmother have made of it? She wrote the number of every stranger's cart "
        "on the door of the barn, with chalk, and rain was her retention rule. Nobody ever asked her to erase "
        "anything, and nobody ever thought of asking her for a list. Perhaps we want too much from our clerks and too "
        "little from the rain. I for one shall walk to market from now on, slowly, with a basket, greeting every lens "
        "on the way by its number.",
        outlet="The Saltern Weekly", published="2034-02-10",
    )  # fmt: skip
    assert hows(WIRE, long) == {("The Saltern Weekly", "Marlowe News Agency"): "excerpt"}


def test_undated_copy_is_the_child_of_the_one_with_signs_of_own_work() -> None:
    """Without any date the dateline, the author and the fuller text decide."""
    bare = replace(REPRINT, published=None)
    assert set(edges(replace(WIRE, published=None), bare)) == {("Dorrick Evening Post", "Marlowe News Agency")}


def test_an_earlier_document_is_never_the_child_of_a_later_one() -> None:
    found = edges(replace(WIRE, published="2034-03-01"), replace(RETOLD, published="2034-02-01"))
    assert ("The Saltern Weekly", "Marlowe News Agency") not in found


def test_initials_credit_the_agency() -> None:
    """ "MNA reports" names the Marlowe News Agency; "ORE reports" names nobody here."""
    named = replace(BRIEF, text=BRIEF.text.replace("Marlowe News Agency reports", "MNA reports"))
    other = replace(BRIEF, text=BRIEF.text.replace("Marlowe News Agency reports", "ORE reports"))
    assert edges(WIRE, named)["The Quayside Letter", "Marlowe News Agency"].credited
    assert edges(WIRE, other) == {}


def test_link_to_the_parents_address_credits_it() -> None:
    from firsthand.records import Link

    wire = replace(WIRE, url="https://www.marlowe.example/2034/plates")
    start = RETOLD.text.index("26 months")
    link = Link(start=start, end=start + 9, url="http://marlowe.example/2034/plates/?from=home")
    assert edges(wire, replace(RETOLD, links=(link,)))["The Saltern Weekly", "Marlowe News Agency"].credited
    astray = replace(link, url="http://marlowe.example/2034/other")
    assert not edges(wire, replace(RETOLD, links=(astray,)))["The Saltern Weekly", "Marlowe News Agency"].credited


def test_empty_and_tiny_documents_are_left_alone() -> None:
    notice = document("Page not found", outlet="A")
    assert derive([notice, document("Page not found", outlet="B"), document(""), document("", outlet="C"), WIRE]) == ()
