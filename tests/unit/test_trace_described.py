"""Sources under other names: described, by a title, by a number, by a first word; and bodies told from outlets. All
documents are invented.
"""

from typing import Any

import pytest

from firsthand.records import Document, OriginKind, Span, Speaker, Statement
from firsthand.trace import trace
from firsthand.trace.described import describes_people, is_described
from firsthand.trace.kinds import origin_kind
from firsthand.trace.publishers import publisher_kinds, works_apart
from firsthand.trace.reportage import seen_by_staff
from firsthand.trace.sources import Sources

STUDY = (
    "Readers on the tram doors of Ostrell take the fingerprints of 41,200 passengers a day. This study is the first to "
    "count them; for it we interviewed 61 drivers.\n\nOf the 61 drivers, 38 had been fined for a door that did not open."
)


def document(key: str, text: str, **fields: Any) -> Document:
    given = {"sha256": key.rjust(64, "0"), "part": 0, "path": f"{key}.txt", "published": "2032-03-05"}
    return Document(id=f"d-{key}", text=text, **{**given, **fields})


study = document("1", STUDY, outlet="Marrow Institute", title="Doors that read: a count", published="2032-03-01")


def said(page: Document, quote: str, *speakers: Speaker) -> Statement:
    start = page.text.index(quote)
    return Statement(
        id=f"s-{page.id}-{start}", document=page.id, quote=quote, start=start, end=start + len(quote),
        certainty="stated", activity="use", speakers=speakers,
    )  # fmt: skip


def voice(name: str, **fields: Any) -> Speaker:
    return Speaker(name=name, span=Span(start=0, end=1), **fields)


def origins_of(documents: list[Document], statements: list[Statement]) -> list[set[str]]:
    """The names of the origins of each statement."""
    found = trace(documents, statements)
    names = {o.id: o.name for o in found.origins}
    return [{names[o] for o in grounding.origins} for grounding in found.groundings]


def retelling(source: str) -> Document:
    text = (
        f"Tram doors in Ostrell take the fingerprints of 41,200 passengers a day, {source} say, according to a study by "
        "the Marrow Institute.\n\nOf 61 drivers 38 were fined for a door that did not open, the Marrow Institute said."
    )
    return document("2", text, outlet="Ostrell Echo", title="Fingers at the door")


@pytest.mark.parametrize("source", ["researchers", "the authors of the count", "Marrow analysts"])
def test_a_described_voice_means_the_captured_study_that_the_story_draws_on(source: str) -> None:
    story = retelling(source)
    quote = story.text.split(", according")[0]
    statements = [said(study, STUDY.split(".")[0]), said(story, quote, voice(source))]
    assert origins_of([study, story], statements) == [{"Marrow Institute"}, {"Marrow Institute"}]


def test_one_person_whom_an_outlet_spoke_to_is_not_the_study_it_also_draws_on() -> None:
    text = (
        "A driver says that the doors take the fingerprints of 41,200 passengers a day.\n\nThe depot at Vell opened its "
        "gates late on Monday, after a quarrel over the canteen, and the number 9 ran without lamps until noon. The "
        "mayor walked. A study by the Marrow Institute is in print, we hear, and costs more than a monthly ticket."
    )
    story = document("2", text, outlet="Ostrell Echo", title="A late start")
    quote = text.split(".")[0]
    statements = [said(study, STUDY.split(".")[0]), said(story, quote, voice("A driver", sort="witness"))]
    assert origins_of([study, story], statements) == [{"Marrow Institute"}, {"Ostrell Echo"}]


def test_people_a_study_speaks_of_are_its_evidence_however_they_are_sorted() -> None:
    quote = "Of the 61 drivers, 38 had been fined for a door that did not open"
    assert origins_of([study], [said(study, quote, voice("the 61 drivers"))]) == [{"Marrow Institute"}]


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("the handbook", True),
        ("Those polled", True),
        ("union chiefs", True),
        ("Ostrell researchers", True),
        ("Marrow Institute", False),
        ("Marrow", False),
        ("contract MS-77/2030", False),
    ],
)
def test_a_description_has_no_name_of_its_own(name: str, described: bool) -> None:
    assert is_described(voice(name)) is described


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("two operators", True),
        ("Agents who grew up north of the Vell", True),
        ("Seven of the nine families", True),
        ("412 depot staff who answered", True),
        ("the handbook", False),
        ("the ministry", False),
        ("Marrow Institute", False),
    ],
)
def test_people_are_told_from_bodies_and_papers(name: str, people: bool) -> None:
    assert describes_people(voice(name)) is people


def test_the_title_of_a_report_means_its_publisher() -> None:
    story = document("3", "The doors of Ostrell read fingers, says Doors That Read.", outlet="Vell Courier")
    sources = Sources([study, story], [said(story, story.text, voice("Doors That Read", sort="work"))])
    assert sources.key(voice("Doors That Read", sort="work"), story.id) == sources.outlet_key(study.id)


def test_a_captured_call_is_what_others_mean_by_its_number_with_or_without_the_last_part() -> None:
    text = (
        "1. The Tram Authority shall buy 90 door readers.\n\n2. Offers are to be lodged within thirty days.\n\n3. None."
    )
    call = document("4", text, outlet="Ostrell Tram Authority", title="Open Call 12/2031/OTA: door readers")
    story = document("5", "Open Call 12/2031 asks for 90 door readers.", outlet="Vell Courier")
    named, other = voice("Open Call 12/2031"), voice("Open Call 13/2031")
    sources = Sources([call, story], [said(story, story.text, named), said(story, "90 door readers", other)])
    assert sources.key(named, story.id) == sources.outlet_key(call.id)
    assert sources.key(other, story.id) != sources.outlet_key(call.id)


def test_who_signs_for_a_body_speaks_for_it_elsewhere_too() -> None:
    order = document("6", STUDY, outlet="Ostrell Tram Authority", title="Notice 4", byline="Inda Varrow")
    story = document("7", "Inda Varrow said that the doors read fingers.", outlet="Vell Courier", byline="Tom Asker")
    person = voice("Inda Varrow", sort="person")
    sources = Sources([order, story], [said(story, story.text, person)])
    assert sources.key(person, story.id) == sources.outlet_key(order.id)
    assert sources.key(voice("Tom Asker", sort="person"), story.id) != sources.outlet_key(story.id)


def test_a_body_goes_by_the_first_word_of_its_name_unless_another_begins_alike() -> None:
    lines = document("8", "Norvane denies it.", outlet="Vell Courier")
    full, short = voice("Norvane Door Laboratory"), voice("Norvane")
    alone = Sources([lines], [said(lines, "Norvane denies", full), said(lines, "denies it", short)])
    assert alone.key(full, lines.id) == alone.key(short, lines.id)
    rival = voice("Norvane Harbour Council")
    two = Sources([lines], [said(lines, q, v) for q, v in (("Norvane", full), ("denies", short), ("it", rival))])
    assert len({two.key(v, lines.id) for v in (full, short, rival)}) == 3


def test_a_role_names_the_body_behind_a_spokeswoman_better_than_what_stands_nearby() -> None:
    page = document("9", "Norvane spokeswoman Ada Pell denied it.", outlet="Vell Courier")
    person = voice("Ada Pell", sort="person", role="Norvane spokeswoman", of="Marrow Institute")
    sources = Sources([page], [said(page, page.text, person), said(page, "denied it", voice("Norvane"))])
    assert sources.key(person, page.id) == sources.key(voice("Norvane"), page.id)


def test_people_who_work_at_a_court_are_no_court() -> None:
    assert origin_kind(voice("the city court")) == "court-record"
    assert origin_kind(voice("a court reporter")) != "court-record"


def test_numbered_rules_in_the_passive_are_a_bodys_and_a_first_person_tale_is_not() -> None:
    rules = document(
        "10",
        "1. With effect from 1 May a depot shall send each reading to the Hall.\n\n"
        "2. A depot in default is hereby fined.\n\n3. Appeals may be lodged within thirty days.",
        title="Tram Hall of Ostrell: Circular 9",
    )
    tale = document(
        "11",
        "I went to the depot with my brother. The driver said that the doors read fingers, and I told him what I had "
        "heard from my aunt. He said nothing more.",
        outlet="Vell Courier",
        byline="Tom Asker",
    )
    kinds = publisher_kinds([rules, tale])
    assert kinds["d-10"] != "own-reporting"
    assert kinds["d-11"] == "own-reporting"


def test_a_contract_is_evidence_beside_what_the_firm_says_of_it_and_a_second_copy_of_it_is_not() -> None:
    contract = document("12", STUDY, outlet="Norvane Systems", title="Supply agreement No. 7")
    again = document("13", STUDY, outlet="Norvane Systems", title="Supply agreement No. 7")
    release = document("14", STUDY, outlet="NORVANE SYSTEMS", title="Why our doors are safe")
    papers = [contract, again, release]
    kinds: dict[str, OriginKind] = {paper.id: "company-statement" for paper in papers}
    assert works_apart([contract, again], kinds) == frozenset()
    assert works_apart([contract, release], kinds) == {contract.id}


def test_what_staff_saw_holds_for_one_more_paragraph_and_until_somebody_else_speaks() -> None:
    text = (
        "We counted 14 readers on the doors. They glow red.\n\nOne of them is loose.\n\n"
        "All of them hum. The depot says that none is loose. They are new."
    )
    page = document("15", text, outlet="Vell Courier")
    quotes = ["We counted 14 readers on the doors", "One of them is loose", "All of them hum"]
    stated = [said(page, quote) for quote in quotes]
    assert seen_by_staff(page, stated) == {s.id for s in stated[:2]}
    spoken = said(page, "They glow red", voice("a driver", sort="witness"))
    assert seen_by_staff(page, [stated[0], spoken, stated[1]]) == {stated[0].id}


def test_what_a_quotation_says_its_speaker_counted_is_not_the_outlets_own_work() -> None:
    page = document("16", "“We counted 14 readers,” a driver said. The doors are locked.", outlet="Vell Courier")
    assert seen_by_staff(page, [said(page, "The doors are locked")]) == frozenset()
