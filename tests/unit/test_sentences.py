"""Sentences and quotations of news prose."""

import pytest

from firsthand.extract.quotations import masked, quotations
from firsthand.extract.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orrin Co., Ltd. sold it. It denies this.", ["Orrin Co., Ltd. sold it.", "It denies this."]),
        ("The U.S. Committee agreed. Nobody else did.", ["The U.S. Committee agreed.", "Nobody else did."]),
        ("It costs 1.5 million. That is much.", ["It costs 1.5 million.", "That is much."]),
        ("“Why?” she asked. He left.", ["“Why?” she asked.", "He left."]),
        ("It closed at 5 p.m. The guard left.", ["It closed at 5 p.m.", "The guard left."]),
        ("Written by J. R. Alder. He is gone.", ["Written by J. R. Alder.", "He is gone."]),
        ("1. The town buys cameras. 2. It pays.", ["1. The town buys cameras.", "2. It pays."]),
        ("One\n\nTwo", ["One", "Two"]),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_sentence_never_crosses_a_blank_line() -> None:
    assert cut("A heading without stop\n\nThe text goes on.") == ["A heading without stop", "The text goes on."]


def test_curly_straight_and_angled_quotes_are_found_and_an_unclosed_one_ends_with_its_paragraph() -> None:
    text = (
        '“We never sold it,” he said. "Not to them," she said. «Nothing of the kind happened»'
        "\n\n“It runs on\n\nElsewhere."
    )
    assert [text[s.start : s.end] for s in quotations(text)] == [
        "We never sold it,", "Not to them,", "Nothing of the kind happened", "It runs on",
    ]  # fmt: skip


def test_masking_hides_speech_but_neither_names_nor_offsets() -> None:
    text = "The “Lantern” system: “they said that it never worked at all,” he wrote."
    hidden = masked(text, quotations(text))
    assert len(hidden) == len(text)
    assert "Lantern" in hidden
    assert "never worked" not in hidden
