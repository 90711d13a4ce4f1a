"""Statements of a document: who says it, how sure, about what. All documents are invented."""

from typing import Any

import pytest

from firsthand.extract import extract
from firsthand.records import Document, Proposals, Statement


def document(text: str, **fields: Any) -> Document:
    given = {
        "id": "d-1",
        "sha256": "0" * 64,
        "part": 0,
        "path": "a.txt",
        "outlet": "Harbour Post",
        "published": "2031-05-20",
    }
    return Document(text=text, **{**given, **fields})


def statements(text: str, **fields: Any) -> list[Statement]:
    return list(extract(document(text, **fields)))


def about(found: list[Statement], words: str) -> Statement:
    return next(s for s in found if words in s.quote)


def names(statement: Statement) -> list[str]:
    return [speaker.name for speaker in statement.speakers]


def test_a_quote_is_exactly_the_text_at_its_span() -> None:
    text = (
        "The port police installed 40 surveillance cameras. The Lindow Institute said they recognise "
        "faces.\n\nRain fell."
    )
    found = statements(text)
    assert found
    assert all(text[s.start : s.end] == s.quote for s in found)


def test_background_and_procedure_are_no_statements() -> None:
    text = (
        "The ministry has put 300 surveillance cameras on the quays, the Lindow Institute said in a report.\n\n"
        "Cotton prices rose. The ferry was opened in 1987. The ministry did not respond to a request for comment."
    )
    assert [s.quote.split(" ")[0:2] for s in statements(text)] == [["The", "ministry"]]


def test_a_document_about_something_else_has_no_statements() -> None:
    assert statements("The choir sang in the square. The mayor said that the harvest was good.") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Lindow Institute said that police use face recognition at the port.", ["Lindow Institute"]),
        ("Police use face recognition at the port, according to the Lindow Institute.", ["Lindow Institute"]),
        ("“We use face recognition at the port every day,” said the port director, Ana Ruhl.", ["Ana Ruhl"]),
        (
            "Police use face recognition at the port, Ana Ruhl, a spokeswoman for the Port Authority, told Radio Wend.",
            ["Radio Wend", "Ana Ruhl"],
        ),
        (
            "Police use face recognition at the port, the Lindow Institute said, citing a contract.",
            ["Lindow Institute", "a contract"],
        ),
        (
            "Police use face recognition, according to a tender notice cited by the Lindow Institute.",
            ["Lindow Institute", "a tender notice"],
        ),
        (
            "“They are switched on by hand, these face recognition cameras,” its director, Ana Ruhl, told reporters.",
            ["Ana Ruhl"],
        ),
        ("Police use face recognition at the port.", []),
    ],
)
def test_a_chain_of_voices_runs_from_the_outermost_to_the_source(sentence: str, expected: list[str]) -> None:
    (statement,) = statements(sentence)
    assert names(statement) == expected


def test_the_report_is_the_body_that_published_it() -> None:
    text = (
        "A report published on Monday by the Lindow Institute counts 90 surveillance cameras.\n\n"
        "The report also says that the police store the footage for a year."
    )
    assert names(about(statements(text), "also says")) == ["Lindow Institute"]


def test_she_and_the_spokeswoman_are_the_person_named_before() -> None:
    text = (
        "Spokeswoman Ana Ruhl of the Port Authority said the cameras recognise faces. "
        "The footage is deleted after a week, she said."
    )
    assert names(about(statements(text), "deleted"))[-1] == "Ana Ruhl"


def test_a_spokesperson_speaks_for_the_body_just_spoken_of() -> None:
    text = "Orrin Optics rejected that: “We have never sold cameras to the police,” spokesman Tam Weil said."
    assert about(statements(text), "never sold").speakers[-1].of == "Orrin Optics"


def test_the_publishing_outlet_is_left_out_and_what_it_was_told_is_first_hand() -> None:
    text = "“The cameras follow everybody,” a former guard told Harbour Post."
    (statement,) = statements(text)
    assert names(statement) == ["a former guard"]
    assert statement.speakers[0].sort == "witness"
    assert statement.first_hand is not None


def test_every_sentence_of_one_quotation_has_its_speaker() -> None:
    text = (
        "“There is no face recognition. There never was any database of faces. No camera does that,” Minister "
        "Olo Brand said."
    )
    found = statements(text)
    assert len(found) >= 2
    assert {tuple(names(s)) for s in found} == {("Olo Brand",)}


def test_a_pseudonym_is_a_witness() -> None:
    text = (
        "The clerk, whom we are calling Mrs Dorn, worked there. “They watch us on the cameras all day,” Mrs Dorn said."
    )
    assert about(statements(text), "watch us").speakers[-1].sort == "witness"


def test_two_voices_in_one_sentence_give_two_statements() -> None:
    text = (
        "The Lindow Institute said that the cameras recognise faces, but the Port Authority said that "
        "the system was switched off."
    )
    assert [names(s) for s in statements(text)] == [["Lindow Institute"], ["Port Authority"]]


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The police use face recognition at the port.", "stated"),
        ("The police are believed to use face recognition at the port.", "likely"),
        ("The police may use face recognition at the port.", "possible"),
        ("If the police use face recognition, they could track dockers.", "possible"),
        ("It is unclear whether the police use face recognition at the port.", "doubtful"),
        ("The Port Authority denied that it uses face recognition.", "denied"),
        ("The cameras were installed in May at the port by police.", "stated"),
    ],
)
def test_certainty_is_that_of_the_words(sentence: str, certainty: str) -> None:
    (statement,) = statements(sentence)
    assert statement.certainty == certainty


def test_a_denial_is_negated_whoever_says_it() -> None:
    (statement,) = statements("Orrin Optics denied that its cameras recognise faces.")
    assert statement.negated


@pytest.mark.parametrize(
    ("sentence", "activity"),
    [
        ("Orrin Optics shipped 300 surveillance cameras to the port police.", "supply"),
        ("Two dockers were dismissed after the cameras had filmed them.", "harm"),
        ("The police will install surveillance cameras on every quay.", "plan"),
        ("A court has banned face recognition at the port.", "constraint"),
        ("Researchers are developing software that recognises faces.", "development"),
        ("The ministry sanctioned the camera maker Orrin Optics.", "sanction"),
    ],
)
def test_the_activity_is_what_the_words_say_is_done(sentence: str, activity: str) -> None:
    (statement,) = statements(sentence)
    assert statement.activity == activity


def test_technology_and_time_come_from_the_words_and_the_publication_date() -> None:
    (statement,) = statements("Since 2029 the police have used facial recognition cameras in Vienna.")
    assert "face-recognition" in statement.technology
    assert (statement.time, statement.time_text) == ("2029/..", "Since 2029")
    assert statement.country == "AT"


def test_a_lead_that_only_describes_its_source_gets_the_name_that_follows() -> None:
    text = (
        "A camera maker has confirmed that its cameras went to the port police.\n\n"
        "In a reply to questions, Orrin Optics said it had shipped 300 cameras with face recognition."
    )
    assert names(statements(text)[0]) == ["Orrin Optics"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Radio Wend quoted a dismissed sergeant as saying that surveillance cameras hang at the campus.",
            ["Radio Wend", "a dismissed sergeant"],
        ),
        ("A police officer has sworn that surveillance cameras hang over the port.", ["A police officer"]),
        (
            "The port ministry confirmed it bought surveillance cameras, two days after a newspaper reported one.",
            ["The port ministry"],
        ),
        ("The cameras run face recognition software that nobody maintains.", []),
    ],
)
def test_only_who_answers_for_the_words_is_a_speaker(sentence: str, expected: list[str]) -> None:
    assert names(statements(sentence)[0]) == expected


def test_a_name_that_opens_a_sentence_is_known_by_what_it_is_said_to_be() -> None:
    found = statements("Ororis, a manufacturer in Wend, confirmed that it had shipped forty surveillance cameras.")
    assert names(found[0]) == ["Ororis"]


def test_a_denial_in_a_relative_clause_denies_nothing_for_the_speaker() -> None:
    found = statements(
        "A police officer has sworn that surveillance cameras hang over the port, which the port ministry has denied."
    )
    assert not found[0].negated


def test_a_spokesman_speaks_for_the_body_he_was_introduced_with() -> None:
    found = statements(
        "The interior ministry confirmed that it had bought surveillance cameras.\n\n"
        "“The surveillance cameras serve the port,” ministry spokesman Issa Bandor said. "
        "The Lann Dispatch wrote that surveillance cameras watch the market.\n\n"
        "The surveillance cameras store nothing, Bandor said."
    )
    first, last = about(found, "serve the port"), about(found, "store nothing")
    assert first.speakers[-1].of is not None
    assert last.speakers[-1].of == first.speakers[-1].of


def test_it_after_a_citation_is_the_body_that_cites() -> None:
    found = statements(
        "Citing a police tender of November, the Lindow Institute said that two surveillance cameras had been ordered. "
        "It said that the cameras recognise faces."
    )
    assert names(about(found, "recognise faces"))[-1] == "Lindow Institute"


def test_words_about_surveillance_at_large_name_no_technology() -> None:
    """That the text is about cameras does not make every sentence on surveillance one on cameras."""
    found = statements(
        "The port of Lindau has put 90 surveillance cameras over its quays.\n\n"
        "The police use digital surveillance tools to monitor and track dockers at home, the union said."
    )
    assert [s.technology for s in found] == [("video-surveillance",), ()]


def test_a_text_about_other_things_is_put_aside_before_its_grammar_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of what a crawl brings home is about something else, and reading grammar is what takes time."""

    def unread(*_: Any) -> None:
        raise AssertionError("its grammar was read")

    monkeypatch.setattr("firsthand.extract.statements.parse_words", unread)
    text = "The bakery of Velmont won a prize for its rye bread on Friday, the mayor said. It sells cakes as well."
    assert statements(text) == []
    with pytest.raises(AssertionError):
        statements("Face-recognition cameras watch every gate of the port, the mayor said on Friday.")


def test_what_a_model_points_at_brings_nothing_else_of_a_text_about_other_things(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A text without the subject has no statements of its own, whatever is proposed in it."""
    monkeypatch.setattr("firsthand.extract.statements.on_subject", lambda *given: False)
    text = "Face-recognition cameras watch the gates of the port. The ferry sells cakes as well as bread."
    proposed = Proposals(
        document="d-1", sha256="0" * 64, model="own", server="s", question="question/1",
        quotes=("The ferry sells cakes as well as bread.",), asked_at="2031-05-20T00:00:00Z",
    )  # fmt: skip
    assert [s.quote for s in extract(document(text), (proposed,))] == ["The ferry sells cakes as well as bread."]
