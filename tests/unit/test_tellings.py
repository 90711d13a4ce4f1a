"""Who answers for which words, by the grammar of any news sentence: source, cue and content with exact spans."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from firsthand.extract.tellings import Telling, tellings
from firsthand.records import Span


def parts(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def shown(text: str) -> list[tuple[list[str], list[str], list[str]]]:
    """Source, cue and content of each attribution, in words."""
    return [(parts(text, t.source), parts(text, t.cue), parts(text, t.content)) for t in tellings(text)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The ministry said that it had bought cameras.", "The ministry", "said", "that it had bought cameras"),
        ("Officials have not confirmed the purchase.", "Officials", "have not confirmed", "the purchase"),
        ("The mayor wants to sell the old cameras.", "The mayor", "wants", "to sell the old cameras"),
        ("Campaigners called for a ban on the system.", "Campaigners", "called for", "a ban on the system"),
        ("The union is confident that the plan will fail.", "The union", "is confident", "that the plan will fail"),
        ("He rejects her claim.", "He", "rejects", "her claim"),
        ("Their promise to sell the cameras surprised nobody.", "Their", "promise", "to sell the cameras"),
        ("According to the auditor, the contract has lapsed.", "the auditor", "According to", "the contract has lapsed"),
        ("The contract has lapsed, according to the auditor.", "the auditor", "according to", "The contract has lapsed"),
        ("The streets are quiet, other residents said.", "other residents", "said", "The streets are quiet"),
        ("“We never sold it,” said Ana Ruiz, a director.", "Ana Ruiz, a director", "said", "“We never sold it,”"),
        ("“We never sold it,” Ana Ruiz said.", "Ana Ruiz", "said", "“We never sold it,”"),
        ("Ruiz continued: “We never sold any of it.”", "Ruiz", "continued:", "“We never sold any of it.”"),
    ],
)  # fmt: skip
def test_one_attribution_is_found_with_its_exact_words(text: str, source: str, cue: str, content: str) -> None:
    assert shown(text) == [([source], [cue], [content])]


def test_a_quotation_over_several_sentences_is_one_content() -> None:
    text = "“We bought them in May. Nobody was told about it,” the clerk said."
    assert shown(text) == [(["the clerk"], ["said"], ["“We bought them in May. Nobody was told about it,”"])]


def test_a_quotation_that_goes_on_behind_its_cue_is_a_content_without_a_cue() -> None:
    text = "“We bought them in May,” the clerk said. “Nobody was told about it.”"
    assert [(found[1], found[2]) for found in shown(text)] == [
        (["said"], ["“We bought them in May,”"]),
        ([], ["“Nobody was told about it.”"]),
    ]


def test_a_content_around_its_cue_is_in_two_pieces() -> None:
    text = "The cameras, the ministry said, were never switched on."
    assert shown(text) == [(["the ministry"], ["said"], ["The cameras", "were never switched on"])]


def test_a_passive_cue_answers_for_what_it_is_said_of() -> None:
    text = "The supplier is believed to have left the country."
    assert shown(text) == [([], ["is believed"], ["The supplier", "to have left the country"])]


def test_what_is_attributed_within_a_content_is_nested_in_it() -> None:
    text = "The paper reported that the mayor denied that she had signed the contract."
    (outer,) = tellings(text)
    assert parts(text, outer.cue) == ["reported"]
    (inner,) = outer.nested
    assert (parts(text, inner.source), parts(text, inner.cue)) == (["the mayor"], ["denied"])
    assert parts(text, inner.content) == ["that she had signed the contract"]


@pytest.mark.parametrize(
    "text",
    [
        "The cameras were installed in May.",
        "A group called Open Streets met on Monday.",
        "Do not blame the supplier.",
        "There is a fence around the harbour.",
        "",
        "…",
    ],
)
def test_what_nobody_answers_for_is_no_attribution(text: str) -> None:
    assert tellings(text) == ()


def test_a_page_of_quotation_marks_takes_no_longer_than_its_length_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the text takes about ten times the time; the parser, whose time varies with the machine, left out."""
    monkeypatch.setattr("firsthand.extract.tellings.parse_words", lambda *_: ())

    def seconds(count: int) -> float:
        begun = time.process_time()
        tellings("“He said so, all of it, ” she said. " * count)
        return time.process_time() - begun

    seconds(20)
    assert seconds(10_000) < 30 * max(seconds(1_000), 0.02)


def test_every_word_of_an_attribution_stands_in_the_text() -> None:
    text = "Yet “no”, she wrote; “we will (as the court held) go on,” said X. According to Y, Z."

    def check(found: Sequence[Telling]) -> None:
        for each in found:
            assert all(parts(text, each.content))
            assert all(0 <= span.start < span.end <= len(text) for span in (*each.source, *each.cue, *each.content))
            check(each.nested)

    check(tellings(text))
