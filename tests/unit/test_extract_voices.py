"""Who says a statement: by the grammar of its sentence, by turns, and by who goes on speaking. All is invented."""

from dataclasses import replace
from typing import Any

import pytest

from firsthand.extract import extract
from firsthand.extract.attribution import attributions, spoken_part
from firsthand.extract.parse import parse_words
from firsthand.extract.quotations import masked, quotations
from firsthand.extract.topic import judge
from firsthand.extract.words import words
from firsthand.records import Document, Span


@pytest.fixture(autouse=True)
def everything_is_on_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who says something does not depend on whether it is on topic, so these tests leave that aside."""
    monkeypatch.setattr(
        "firsthand.extract.statements.judge",
        lambda *given, **named: tuple(replace(judged, on_topic=True) for judged in judge(*given, **named)),
    )
    monkeypatch.setattr("firsthand.extract.statements.on_subject", lambda *given: True)


def sources(sentence: str) -> list[str]:
    """The words that name the voices of one sentence, in the order of their cues."""
    span = Span(start=0, end=len(sentence))
    blanked = masked(sentence, quotations(sentence))
    (parsed,) = parse_words(sentence, [words(sentence)])
    found = attributions(sentence, blanked, span, parsed)
    return [sentence[a.source.start : a.source.end] for a in found if a.source is not None]


def voices(text: str, words_of_statement: str, **fields: Any) -> list[str]:
    """The speakers of the statement that holds some words."""
    given = {"id": "d-1", "sha256": "0" * 64, "part": 0, "path": "a.txt", "outlet": "Harbour Post", "published": "2031"}
    found = extract(Document(text=text, **{**given, **fields}))
    return [speaker.name for speaker in next(s for s in found if words_of_statement in s.quote).speakers]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Two beekeepers say that the cameras film their hives.", ["Two beekeepers"]),
        ("A tea seller, who will not be named, says she saw it twice.", ["A tea seller"]),
        ("Since 3 May the governor has insisted that the cameras are off.", ["the governor"]),
        ("The colonel held that the number could not be right.", ["The colonel"]),
        ("The committee held its meeting in the town hall.", []),
        ("The harbour law requires a warrant for every recording.", ["The harbour law"]),
        ("By the mayor's own count the cameras missed nine cars in ten.", ["the mayor"]),
        ("The microphones cannot take down what people say beneath them.", []),
        ("There are more cameras than the brochure says.", []),
    ],
)
def test_grammar_finds_who_reports(sentence: str, expected: list[str]) -> None:
    """Whoever reports is found wherever the subject stands, and a verb that only looks like a report is none."""
    assert sources(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "spoken"),
    [
        ("HALDEN, May 3 (ABC) - Police said no.", "Police said no."),
        ("12. The court finds otherwise.", "The court finds otherwise."),
        ("Police said no.", "Police said no."),
    ],
)
def test_a_dateline_or_number_is_no_part_of_what_is_said(sentence: str, spoken: str) -> None:
    part = spoken_part(sentence, Span(start=0, end=len(sentence)))
    assert sentence[part.start : part.end] == spoken


TRANSCRIPT = (
    "PRESENTER: The police have 40 surveillance cameras at the port. With us is Ana Ruhl, an inspector.\n\n"
    "RUHL: Twelve of the cameras recognise faces.\n\n"
    "PRESENTER: Face recognition cameras watch the ferry too."
)


def test_a_turn_of_a_transcript_belongs_to_whoever_has_it() -> None:
    """The guest has the full name that the text gives; whoever asks for the outlet is no speaker."""
    assert voices(TRANSCRIPT, "Twelve of the cameras") == ["Ana Ruhl"]
    assert voices(TRANSCRIPT, "watch the ferry") == []


def test_a_quotation_without_a_cue_belongs_to_whom_its_paragraph_speaks_of() -> None:
    text = (
        "The face recognition cameras hang in the school, said Ana Ruhl, the director. They watch every door. "
        "She pours the tea. “The cameras have never recognised a single thief here.”"
    )
    assert voices(text, "never recognised") == ["Ana Ruhl"]


def test_it_is_never_a_person() -> None:
    """ "According to it" after a witness has spoken leaves the voice open rather than name the witness."""
    text = "“The cameras recognise faces at the gate,” a nurse said.\n\nAccording to it, police bought 40 cameras."
    assert voices(text, "police bought") == []


def test_a_voice_behind_its_verb_is_not_the_clause_before_it() -> None:
    """Otherwise the long clause, which ends beside the verb, passes for its subject."""
    text = "New surveillance cameras, each the size of a plum, record faces on every quay, say two porters."
    assert sources(text) == ["two porters"]


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The minister's spokesman blogged that the cameras record every face.", "The minister's spokesman"),
        ("The mayor's office clarified that no faces are kept.", "The mayor's office"),
        ("The mayor's office never clarified that no faces are kept.", None),
        ("The mayor's office would have clarified that no faces are kept.", None),
    ],
)
def test_a_clause_that_somebody_says_in_words_of_no_list_has_a_voice(text: str, voice: str | None) -> None:
    assert sources(text) == ([voice] if voice else [])
