"""Bodies that speak of their own work are told from outlets that pass on what others say."""

from __future__ import annotations

from firsthand.records import Document
from firsthand.trace.publishers import publisher_kinds

NOTICE = (
    "We have fitted 60 gates with our two-lens reader, and our engineers keep no picture of anybody. Our staff built it "
    "in three years.\n\nOur customers tell us that we save them an hour a day. We will answer every question in writing."
)
STORY = (
    "HAVN (NA) — The port has fitted 60 gates with face readers, the maker Quist Optikk said on Monday.\n\nThe union said "
    "that nobody had been asked. Quist Optikk told reporters that no picture was kept, according to a spokesman."
)


def _document(name: str, outlet: str, text: str, **facts: str) -> Document:
    return Document(id=name, sha256="", part=0, path=f"{name}.txt", outlet=outlet, text=text, **facts)  # type: ignore[arg-type]


def test_a_makers_own_notice_is_known_by_how_it_writes() -> None:
    """No word of its name says what it is; a newspaper names it, and it writes "we" and "our"."""
    kinds = publisher_kinds(
        [
            _document("a", "Quist Optikk", NOTICE, title="Statement on our gates"),
            _document("b", "Havn Courier", STORY, byline="Ada Lund"),
        ]
    )
    assert kinds["a"] != "own-reporting"
    assert kinds["b"] == "own-reporting"


def test_a_reprint_does_not_make_an_outlet_a_body() -> None:
    """Copies of the story name its outlet again and again; the most in one other document counts, and no copy."""
    story = _document("b", "Havn Courier", STORY + "\n\nThe Havn Courier saw the gates, the Havn Courier adds.")
    copies = [_document(f"c{n}", f"Daily {n}", story.text) for n in range(5)]
    assert publisher_kinds([story])["b"] == publisher_kinds([story, *copies])["b"] == "own-reporting"


def test_a_journal_and_a_court_are_what_they_are_called() -> None:
    """The name helps where it says what the body is."""
    order = "It is ordered that the operator shall erase the register. The application is granted. Costs are reserved."
    kinds = publisher_kinds([_document("a", "Administrative Tribunal of Havn", order, title="Case 12/31. Order")])
    assert kinds["a"] == "court-record"


def test_a_ministry_that_quotes_its_minister_speaks_for_itself() -> None:
    """It writes like a newspaper, but its name leaves no doubt."""
    text = "The readers at the port keep nothing, the Minister of Ports, Ida Holt, said. Pictures go after a day, she said."
    assert publisher_kinds([_document("a", "Ministry of Ports", text)])["a"] == "official-statement"
