"""Who names whom: the many ways in which one document credits another, and mentions that credit nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from derive_stories import document

from firsthand.records import Document, Link
from firsthand.trace.credit import Credit, Naming, address
from firsthand.trace.credit_names import aliases, publisher
from firsthand.trace.credit_words import first_hand
from firsthand.trace.details import profile

POST = document(
    "DORRICK, Feb 6 (DEP) - The cameras of Velmont keep plates.",
    outlet="Dorrick Evening Post", byline="Petra Lund", title="Every plate in Velmont", url="https://dorrick.example/plates",
)  # fmt: skip
INSTITUTE = document(
    "The Tamsin Institute for Open Records (TIFOR) publishes today.",
    outlet="Tamsin Institute for Open Records", title="Every Plate: Velmont’s Cameras",
)  # fmt: skip
ONE_WORD = document("Nothing much.", outlet="Lanterna")


def naming(text: str, of: Document, **fields: str) -> Credit | None:
    child = document(text, **{"outlet": "The Saltern Weekly", **fields})
    return Naming([profile(child), profile(of)]).credits(0, {1}).get(1)


@pytest.mark.parametrize(
    "text",
    [
        "Plates are kept for years, the Dorrick Evening Post reports.",
        "According to the Dorrick Evening Post, plates are kept.",
        "Plates are kept, writes the edition Dorrick Evening Post.",
        "As transmits the Dorick Evning Post, plates are kept.",
        "The mayor told the Dorrick Evening Post that plates are kept.",
        "First published by Dorrick Evening Post on Monday, the list is long.",
        "DEP reports that plates are kept.",
        "Petra Lund writes that plates are kept.",
        "Plates are kept, said the DORRICK EVENING POST.",
    ],
)
def test_words_that_pass_something_on_credit_the_outlet(text: str) -> None:
    """Full name, initials, misspelling, author; before or after the verb."""
    credit = naming(text, POST)
    assert credit is not None
    assert credit.strength == "passage"
    span = credit.evidence.child
    assert span is not None
    assert text[span.start : span.end] in credit.evidence.text


@pytest.mark.parametrize(
    "text",
    [
        "Plates are kept for years. (Dorrick Evening Post)\n\nThe baker sells bread.",
        "Plates are kept for years.\n\nSource: Dorrick Evening Post",
        "Plates are kept for years.\n\nBy materials of Dorrick Evening Post",
        "VELMONT (DEP) - Plates are kept for years.",
    ],
)
def test_source_lines_credit_the_whole_story(text: str) -> None:
    credit = naming(text, POST)
    assert credit is not None
    assert credit.strength == "whole"


def test_byline_with_the_agency_credits_the_whole_story() -> None:
    credit = naming("Plates are kept.", POST, byline="Staff and Dorrick Evening Post")
    assert credit is not None
    assert (credit.strength, credit.evidence.kind) == ("whole", "byline")
    assert naming("Plates are kept.", POST, byline="Dorrick Morning Post") is None


@pytest.mark.parametrize(
    "text",
    [
        "A study by the Tamsin Institute says that plates are kept.",
        "The Tamsin Institute, which counted the cameras, has found more.",
        "The report “Every Plate: Velmont’s Cameras” tells of plates.",
        "TIFOR found that plates are kept.",
    ],
)
def test_reports_are_credited_by_short_name_title_or_abbreviation(text: str) -> None:
    credit = naming(text, INSTITUTE)
    assert credit is not None
    assert credit.strength == "passage"


@pytest.mark.parametrize(
    "text",
    [
        "The Dorrick Evening Chronicle reports that plates are kept.",
        "The Dorrick town council says that plates are kept.",
        "The evening post came late, a neighbour said.",
        "A dep or two, he said, would do.",
        "The Tamsin Valley Board says that every plate in Velmont was washed.",
    ],
)
def test_like_names_credit_nothing(text: str) -> None:
    """Another paper, a place with a shared word, ordinary words."""
    assert naming(text, POST) is None
    assert naming(text, INSTITUTE) is None


def test_a_mention_without_a_word_that_passes_on_is_only_a_mention() -> None:
    credit = naming("The Dorrick Evening Post moves to a new house in May.", POST)
    assert credit is not None
    assert credit.strength == "mention"


def test_own_hearing_beside_the_name_is_only_a_mention() -> None:
    """ "He told us, as he had told the report's authors": first-hand words outweigh the name."""
    credit = naming("He told us what he had said to the Tamsin Institute.", INSTITUTE)
    assert credit is not None
    assert credit.strength == "mention"


def test_an_outlet_of_one_word_must_be_written_exactly() -> None:
    assert naming("Lanterna reports that plates are kept.", ONE_WORD) is not None
    assert naming("Lanterns report nothing.", ONE_WORD) is None
    assert naming("Lanterna Grande reports that plates are kept.", ONE_WORD) is None


def test_an_outlet_does_not_credit_itself() -> None:
    assert naming("The Dorrick Evening Post reports.", POST, outlet="Dorrick Evening Post") is None


def test_links_and_source_addresses_credit() -> None:
    """The address counts without scheme, `www.` and query; another page of the site does not."""
    child = document("Plates are kept.", outlet="The Saltern Weekly")
    linked = replace(child, links=(Link(start=0, end=6, url="http://www.dorrick.example/plates/?x=1#top"),))
    astray = replace(child, links=(Link(start=0, end=6, url="https://dorrick.example/other"),))
    sourced = replace(child, source_url="https://dorrick.example/plates")
    strengths = []
    for version in (linked, astray, sourced):
        credit = Naming([profile(version), profile(POST)]).credits(0, {1}).get(1)
        strengths.append(credit.strength if credit else None)
    assert strengths == ["passage", None, "whole"]


def test_broken_address_names_no_page() -> None:
    assert address("http://[broken") == ""
    assert address("HTTPS://www.Dorrick.example/a/?q=1") == "dorrick.example/a"


def test_publisher_is_the_name_without_section_or_edition() -> None:
    named = [
        publisher(document("", outlet=o)) for o in ("Ledger - Courts", "Ledger [EN]", "Ledger: the feed", "Hem & Haw")
    ]
    assert named == ["Ledger", "Ledger", "Ledger", "Hem & Haw"]
    assert publisher(document("")) == ""


def test_a_page_without_an_outlet_is_named_by_its_dateline_or_address() -> None:
    """The agency that signs the dateline comes before the host; a bare page has no name."""
    wire = document("VELMONT, Feb 6 (Marlowe News Agency) - Plates are kept.", url="https://www.portal.example/1")
    paged = document("Plates are kept.", url="https://www.saltern-weekly.example/1")
    assert publisher(wire) == "Marlowe News Agency"
    assert publisher(paged) == "Saltern Weekly"
    assert publisher(document("Plates are kept (for now) - as ever.")) == ""


def test_staff_bylines_are_no_names() -> None:
    """ "World Desk" and "Foreign staff" would be found everywhere."""
    named = {a.shown for a in aliases(document("", byline="World Desk, Foreign staff and Petra Lund"))}
    assert named == {"Petra Lund"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clerk told us about it.", True),
        ("The clerk told the Saltern Weekly about it.", True),
        ("The Weekly has seen the letter.", True),
        ("We have also examined the disks.", True),
        ("The clerk told reporters about it.", False),
        ("“It tells us where the thief got off,” she said.", False),
        ("The clerk told the Dorrick Evening Post about it.", False),
    ],
)
def test_first_hand_words_are_the_documents_own(text: str, expected: bool) -> None:
    """Its own people saw or heard it; what others heard, or a quotation says, does not count."""
    assert bool(first_hand(profile(document(text, outlet="The Saltern Weekly")))) is expected
