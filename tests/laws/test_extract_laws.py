"""Laws of extraction, for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.extract import extract
from firsthand.extract.tellings import Telling, tellings
from firsthand.records import Document, Proposals, Span

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


@given(TEXTS, st.lists(st.text(max_size=40), max_size=3), st.data())
@settings(max_examples=80, deadline=None)
def test_a_proposal_quotes_its_document_and_changes_nothing_else(
    text: str, invented: list[str], data: st.DataObject
) -> None:
    """Whatever a model answers, invented or cut out of the text anywhere."""
    cuts = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    quotes = (*invented, *(text[min(cut) : max(cut)] for cut in cuts))
    asked = Proposals(
        document="d-1",
        sha256="0" * 64,
        model="m",
        server="",
        question="q",
        quotes=quotes,
        asked_at="2031-05-20T00:00:00Z",
    )
    found = extract(document(text), [asked])
    assert tuple(s for s in found if not s.proposed_by) == extract(document(text))
    for statement in found:
        assert statement.quote == text[statement.start : statement.end] != ""


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_attributions_of_one_level_share_no_word_and_stand_in_the_text(text: str) -> None:
    def check(level: tuple[Telling, ...]) -> None:
        taken: list[Span] = []
        for each in level:
            assert each.content
            for span in (*each.source, *each.cue, *each.content):
                assert 0 <= span.start < span.end <= len(text)
                assert not any(span.start < other.end and other.start < span.end for other in taken)
                taken.append(span)
            check(each.nested)

    check(tellings(text))
