"""Figures, names and words brought to forms in which two tellings of one story meet."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from derive_stories import document

from firsthand.trace import details_numbers
from firsthand.trace.details import MAX_SENTENCE, MAX_TEXT, profile, sentence_spans
from firsthand.trace.details_numbers import figures
from firsthand.trace.details_words import alike, fold, name_key, stem


def keys(text: str) -> set[str]:
    return {f.key for f in figures(text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.7 billion dinars", "2,700 million dinars"),
        ("6,300 cameras", "6 300 cameras"),
        ("63 thousand", "63,000"),
        ("7.3m dinars", "7,300,000 dinars"),
        ("two hundred and five", "205"),
        ("thirty-six feeds", "36 feeds"),
        ("two dozen", "24"),
        ("five in six", "5 out of 6"),
        ("four out of five", "80 percent"),
        ("a sixth of the crop", "sixth part of the crop"),
        ("90 minutes", "an hour and a half"),
        ("eighteen months", "a year and a half"),
        ("12 per cent", "twelve percent"),
        ("23 June", "June 23rd"),
        ("2031-06-23", "23.06.2031"),
        ("contract VT-88/2033", "contract VT-88-2033"),
    ],
)
def test_one_value_in_two_forms_is_one_figure(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.7 billion", "2.7 million"),
        ("362 wells", "326 wells"),
        ("90 minutes", "90 hours"),
        ("five in six", "five in seven"),
        ("23 June", "23 July"),
        ("2.4 percent", "24 percent"),
    ],
)
def test_different_values_stay_apart(one: str, other: str) -> None:
    assert not (keys(one) & keys(other)) - {"n:90"}


def test_a_rare_number_tells_more_than_a_small_or_round_one() -> None:
    weight = {text: figures(text)[0].weight for text in ("1,437", "2,300", "500", "58", "9", "2033")}
    assert weight["1,437"] > weight["2,300"] > weight["500"] > weight["2033"]
    assert weight["58"] > weight["9"]


@pytest.mark.parametrize("text", ["call 250-555-0142 now", "at 09:20 GMT", "6:05 p.m.", "one of them", "no zero"])
def test_clutter_and_ones_are_no_figures(text: str) -> None:
    assert not [f for f in figures(text) if f.key not in ("n:0",)]


def test_figures_quote_the_text() -> None:
    text = "About 2.7 billion was paid on 5 May 2033 for 41 cameras, four out of five of them used."
    assert next(text[f.start : f.end] for f in figures(text)) == "2.7 billion"
    assert all(0 <= f.start < f.end <= len(text) for f in figures(text))


@pytest.mark.parametrize("junk", ["one ", "1,111,", "A1", "A-", "123-", "1 ", "ninety-", "“", "(", "a.b"])
def test_hostile_repetition_costs_time_in_proportion(junk: str) -> None:
    """A page of nothing but one token is taken apart in seconds, not hours."""
    began = time.perf_counter()
    profile(document(junk * (200_000 // len(junk))))
    assert time.perf_counter() - began < 20


def test_text_beyond_the_limit_is_not_read() -> None:
    long = document("word " * (MAX_TEXT // 5) + "1,437 cameras")
    assert all(d.key != "n:1437" for s in profile(long).sentences for d in s.details)


def test_sentences_cover_the_text_and_respect_abbreviations() -> None:
    text = "Dr. Voss of St. Anne came at 5 p.m. and left. “Did he?” she asked. No. 9 was empty!\n\nNew paragraph"
    spans = list(sentence_spans(text))
    assert [text[a:b].strip() for a, b, _ in spans] == [
        "Dr. Voss of St. Anne came at 5 p.m. and left.",
        "“Did he?” she asked.",
        "No. 9 was empty!",
        "New paragraph",
    ]
    assert [p for _, _, p in spans] == [0, 0, 0, 1]
    assert [b for _, b, _ in spans][:-1] == [a for a, _, _ in spans][1:]
    assert all(b - a <= MAX_SENTENCE for a, b, _ in sentence_spans("x " * 5000))


def test_names_are_capitalised_words_that_are_never_small() -> None:
    text = "Corvane Data runs it, and Odile Ferrant of the Board said so. The board met. Tuesday was dull for Corvane."
    found = {d.key for s in profile(document(text)).sentences for d in s.details}
    assert {f"name:{name_key('corvane')}", f"name:{name_key('ferrant')}", "day:tuesday", "word:board"} <= found


@pytest.mark.parametrize(
    ("a", "b"),
    [("Qelvane", "Kelvane"), ("Marlowe", "Marlow"), ("Ferrant", "Ferran"), ("Ünsal", "Unsal"), ("Sevik", "Cevik")],
)
def test_spellings_of_one_name_are_alike(a: str, b: str) -> None:
    assert alike(fold(a), fold(b))


@pytest.mark.parametrize(
    ("a", "b"), [("Corvane", "Carvin"), ("Marlowe", "Merlin"), ("Ferrant", "Forint"), ("Anna", "Hanno")]
)
def test_different_names_are_not_alike(a: str, b: str) -> None:
    assert not alike(fold(a), fold(b))


def test_stems_meet_across_spelling_and_ending() -> None:
    assert stem("recognises") == stem("recognizing")
    assert stem("labour") == stem("labor")
    assert stem("searches") == stem("searched")
    assert stem("school") != stem("schedule")


def test_possessives_are_their_names() -> None:
    assert profile(document("Velmont’s VELMONT'S Velmont")).folded.count("velmont") == 3


FAMILIES = sorted(Path(__file__).parents[2].glob("bench/families/*/docs/*.txt"))


def test_no_figure_is_missed_by_trying_only_the_readings_that_a_sentence_can_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Most sentences have neither a digit nor a number word; every reading is tried on what has."""
    texts = [
        "Half a year", "two in seven", "a third of the crop", "the quarter part", "Twenty-five", "thirds of it", "dozen",
        "no figure at all", *(path.read_text(encoding="utf-8") for path in FAMILIES),
    ]  # fmt: skip
    sentences = [text[start:end] for text in texts for start, end, _ in sentence_spans(text)]
    quick = [figures(sentence) for sentence in sentences]
    assert sum(map(bool, quick)) > 8
    monkeypatch.setattr(details_numbers, "_readings", lambda _: details_numbers._READINGS)
    assert [figures(sentence) for sentence in sentences] == quick
