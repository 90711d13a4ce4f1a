"""From statements to the origins they rest on, by the counting rules. All documents are invented."""

import hashlib
from typing import Any

import pytest

from firsthand.extract import extract
from firsthand.records import Document, Traced
from firsthand.trace import sources as sources_module
from firsthand.trace import trace
from firsthand.trace.sources import MOST_BEARERS, Sources, same_body

REPORT = (
    "The port police of Lindau now watch 90 quays with cameras that recognise faces. That is the central "
    "finding of a study "
    "for which we interviewed 12 dockers.\n\nThree dockers said that foremen read their names off a screen in "
    "the guard room.\n\n"
    "Customs declarations show that Orrin Optics shipped 1,140 cameras to Lindau in 2030."
)
WIRE = (
    "LINDAU, May 3 (NWA) - Cameras that recognise faces watch 90 quays in Lindau, the Wend Institute said in a "
    "report on Monday.\n\n"
    "Orrin Optics shipped 1,140 cameras to Lindau in 2030, according to customs declarations cited by the "
    "institute.\n\n"
    "“We have never sold cameras to Lindau,” Orrin Optics spokeswoman Ana Ruhl told reporters."
)
BLOG = "The port of Lindau has cameras that recognise faces on 90 quays, and everybody there knows it."


def document(key: str, text: str, **fields: Any) -> Document:
    given = {"sha256": key.rjust(64, "0"), "part": 0, "path": f"{key}.txt", "published": "2031-05-03"}
    return Document(id=f"d-{key}", text=text, **{**given, **fields})


def traced(*documents: Document) -> tuple[Traced, dict[tuple[str, str], set[str]]]:
    """What tracing finds, and for each (document, words) the names of the origins its statement rests on."""
    statements = [s for d in documents for s in extract(d)]
    found = trace(documents, statements)
    names = {o.id: o.name for o in found.origins}
    grounds = {g.statement: g for g in found.groundings}
    return found, {(s.document, s.quote): {names[o] for o in grounds[s.id].origins} for s in statements}


def origins_of(reached: dict[tuple[str, str], set[str]], key: str, words: str) -> set[str]:
    return next(origins for (d, quote), origins in reached.items() if d == f"d-{key}" and words in quote)


report = document("1", REPORT, outlet="Wend Institute", title="Faces on the quay", published="2031-05-01")
wire = document("2", WIRE, outlet="Northern Wire Agency", title="Cameras know dockers by face, study finds")
blog = document("3", BLOG, outlet="Quayside notes", title="They know you", published="2031-06-01")


def test_a_report_is_the_origin_of_what_it_found() -> None:
    _, reached = traced(report)
    assert origins_of(reached, "1", "90 quays") == {"Wend Institute"}


def test_people_a_report_spoke_to_are_the_reports_evidence() -> None:
    _, reached = traced(report)
    assert origins_of(reached, "1", "read their names") == {"Wend Institute"}


def test_the_deepest_named_source_is_the_origin() -> None:
    """The institute only passes the customs declarations on, and the agency only passes the institute on."""
    _, reached = traced(report, wire)
    assert origins_of(reached, "1", "1,140 cameras") == origins_of(reached, "2", "1,140 cameras")
    assert all("ustoms declarations" in name for name in origins_of(reached, "2", "1,140 cameras"))


def test_a_captured_report_and_those_who_cite_it_have_one_origin() -> None:
    found, reached = traced(report, wire)
    assert origins_of(reached, "2", "90 quays") == {"Wend Institute"}
    assert next(o for o in found.origins if o.name == "Wend Institute").document == "d-1"


def test_a_spokeswoman_counts_as_the_company_behind_her() -> None:
    found, reached = traced(wire)
    assert origins_of(reached, "2", "never sold") == {"Orrin Optics"}
    assert next(o.kind for o in found.origins if o.name == "Orrin Optics") == "company-statement"


def test_what_no_source_is_shown_for_is_undetermined() -> None:
    found, reached = traced(blog)
    assert origins_of(reached, "3", "90 quays") == set()
    assert "names no source" in found.groundings[0].reason


def test_a_reprint_under_another_masthead_adds_no_origin() -> None:
    copy = document(
        "4",
        WIRE.replace("LINDAU, May 3 (NWA) - ", ""),
        outlet="Harbour Post",
        title="Faces watched",
        published="2031-05-04",
    )
    alone, _ = traced(wire)
    both, reached = traced(wire, copy)
    assert {o.name for o in both.origins} == {o.name for o in alone.origins}
    assert origins_of(reached, "4", "90 quays") == origins_of(reached, "2", "90 quays")
    assert [(e.child, e.parent, e.how) for e in both.derivations if e.parent.startswith("d-")] == [
        ("d-4", "d-2", "reprint")
    ]


def test_crowds_without_a_name_are_no_origin() -> None:
    _, reached = traced(
        document("5", "Experts have warned that the police use face recognition at the port.", outlet="Harbour Post")
    )
    assert origins_of(reached, "5", "face recognition") == set()


def test_a_document_says_that_its_own_staff_saw_it() -> None:
    text = "Our reporter counted 14 cameras with face recognition above the gates of the port."
    _, reached = traced(document("6", text, outlet="Harbour Post"))
    assert origins_of(reached, "6", "14 cameras") == {"Harbour Post"}


def test_two_documents_that_cite_each_other_end_undetermined_or_at_one_of_them_but_end() -> None:
    one = document("7", "The port has face recognition cameras, Radio Wend reported.", outlet="Harbour Post")
    two = document("8", "The port has face recognition cameras, the Harbour Post reported.", outlet="Radio Wend")
    found, _ = traced(one, two)
    assert len(found.groundings) == 2


def test_the_order_of_documents_and_statements_changes_nothing() -> None:
    forward, _ = traced(report, wire, blog)
    backward, _ = traced(blog, wire, report)
    assert forward.derivations == backward.derivations
    assert forward.origins == backward.origins
    assert sorted(forward.groundings, key=lambda g: g.statement) == sorted(
        backward.groundings, key=lambda g: g.statement
    )


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Wend Institute", "Wend Institute for Ports", True),
        ("Wend Institute", "the Wend Institute", True),
        ("Security Secretary", "Security Secretariat", True),
        ("Ministry of Ports", "Ministry of Defence", False),
        ("Wend Institute", "Wend Observatory", False),
        ("No. 3 Terminal", "No. 9 Terminal", False),
        ("Lindau", "Lindau Courier", False),
    ],
)
def test_names_of_one_body_meet_and_those_of_two_do_not(a: str, b: str, one: bool) -> None:
    assert (same_body(a, b) is not None) is one


def test_an_outlet_with_one_informant_is_no_origin_of_what_the_informant_does_not_say() -> None:
    gossip = document(
        "9",
        "Cameras that recognise faces hang over the port of Lindau. The port police bought face recognition software "
        "last year. The cameras send every face to the ministry.\n\nA dismissed guard says that the cameras with "
        "face recognition were hung over the quay as well.",
        outlet="Quayside Notes",
    )
    _, reached = traced(gossip)
    assert origins_of(reached, "9", "send every face") == set()


def test_the_documents_of_a_body_include_those_of_an_outlet_found_to_be_it_later() -> None:
    """In order of publication, whichever outlet was registered first."""
    other = document("4", "Nothing.", outlet="Wend Observatory", published="2031-04-01")
    sources = Sources([report, wire, other], [])
    key = sources.outlet_key(report.id)
    assert sources.documents_of(key) == (report.id,)
    sources.join(key, sources.outlet_key(other.id))
    assert sources.documents_of(key) == (other.id, report.id) == sources.documents_of(sources.outlet_key(other.id))
    assert sources.documents_of(sources.outlet_key(wire.id)) == (wire.id,)


@pytest.mark.parametrize("others", [MOST_BEARERS - 2, MOST_BEARERS])
def test_a_word_that_very_many_outlets_bear_does_not_make_one_body_of_two(others: int) -> None:
    """Names with two words in common are still compared, however many bear one of the words."""
    names = ["Wend Lantern Courier", "The Wend Lantern Courier", *(f"{pseudoword(n)} Courier" for n in range(others))]
    papers = [document(str(n), "Nothing.", outlet=name) for n, name in enumerate(names)]
    sources = Sources(papers, [])
    assert sources.outlet_key("d-0") == sources.outlet_key("d-1")
    assert len({sources.outlet_key(paper.id) for paper in papers}) == others + 1


def pseudoword(number: int) -> str:
    """A word unlike those of other numbers."""
    digest = hashlib.sha256(str(number).encode()).digest()
    return "".join("bdfgklmnprstvz"[byte % 14] + "aeiou"[byte // 14 % 5] for byte in digest[:6]).capitalize()


def test_names_with_a_very_common_word_are_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(a: str, b: str) -> str | None:
        nonlocal compared
        compared += 1
        return same_body(a, b)

    monkeypatch.setattr(sources_module, "same_body", counting)
    papers = [document(str(n), "Nothing.", outlet=f"{pseudoword(n)} Courier") for n in range(3 * MOST_BEARERS)]
    Sources(papers, [])
    assert compared < 9000  # of the 44,850 pairs there are: those with the same initials


def test_a_retelling_keeps_its_voices_though_another_voice_used_more_of_its_words() -> None:
    """Of two sentences about one shipment, the company's answer is not the licensing office's."""
    body = (
        "Cameras on 90 quays of Lindau read the faces of dockers at every gate since May 2030. "
        "Foremen follow 412 dockers on nine screens in the guard room beside the old customs house, and two dockers "
        "were sent home after the screens showed them smoking behind the cold store.\n\n"
    )
    story = document(
        "20",
        body + "“We delivered what we were asked for,” Orrin Optics said of the cameras.\n\n"
        "The Strategic Trade Office said that the 1,140 face-recognition cameras sent to the port police of Lindau in "
        "the spring of 2030 needed no licence.",
        outlet="Export Ledger",
        title="Maker confirms Lindau cameras",
        published="2031-05-02",
    )
    brief = document(
        "21",
        body + "Orrin Optics said that it sent 1,140 face-recognition cameras to the port police of Lindau in the "
        "spring of 2030.",
        outlet="Morning Brief",
        title="Lindau cameras confirmed by maker",
        published="2031-05-04",
    )
    _, reached = traced(story, brief)
    assert origins_of(reached, "21", "1,140") == {"Orrin Optics"}
