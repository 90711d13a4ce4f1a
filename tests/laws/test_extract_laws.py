"""Laws of extraction, for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.extract import extract
from firsthand.records import Document

WORDS = st.sampled_from(
    [
        *"the police The Lindow Institute said that cameras recognise faces . , “ ” ( ) ; : report according".split(
            " "
        ),
        *"to may not Minister Olo Brand told Harbour Post 300 2029 in since database surveillance footage".split(" "),
        *"denied citing contract it she they he ‘ ’ - — of and but".split(" "),
        '"',
        "\n\n",
    ]
)
TEXTS = st.lists(WORDS, max_size=80).map(" ".join) | st.text(max_size=200)


def document(text: str) -> Document:
    return Document(
        id="d-1", sha256="0" * 64, part=0, path="a.txt", text=text, outlet="Harbour Post", published="2031-05-20"
    )


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_a_span_quotes_its_document(text: str) -> None:
    for statement in extract(document(text)):
        assert statement.quote == text[statement.start : statement.end] != ""
        for speaker in statement.speakers:
            assert 0 <= speaker.span.start <= speaker.span.end <= len(text)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_extracting_twice_gives_the_same_statements(text: str) -> None:
    assert extract(document(text)) == extract(document(text))


def test_an_unrelated_paragraph_changes_no_other_statement() -> None:
    text = (
        "A report published on Monday by the Lindow Institute counts 90 surveillance cameras at the port. "
        "They recognise faces, it says.\n\nThe Port Authority denied that the cameras recognise faces."
    )
    more = text + "\n\nCotton prices rose in the south, and the choir of the cathedral sang for the visitors."
    assert [s for s in extract(document(more)) if s.start < len(text)] == list(extract(document(text)))
