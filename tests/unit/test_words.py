"""Words are cut as the treebanks cut them, and nothing visible is lost."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.extract.words import plain, words


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_every_visible_character_is_in_exactly_one_word(text: str) -> None:
    spans = words(text)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join(cut(text)) == "".join(character for character in text if not character.isspace())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don’t, Qu’s aren't.", ["They", "do", "n’t", ",", "Qu", "’s", "are", "n't", "."]),
        ("well-known non-avian e-mail", ["well", "-", "known", "non-avian", "e-mail"]),
        ("Mr. Oyo of the U.S. paid $1,500.50.", ["Mr.", "Oyo", "of", "the", "U.S.", "paid", "$", "1,500.50", "."]),
        (
            "See www.example.org/a-b, or ask a@b.example.org.",
            ["See", "www.example.org/a-b", ",", "or", "ask", "a@b.example.org", "."],
        ),
        ("on 2019-04-03 at 10am, the 3rd", ["on", "2019-04-03", "at", "10", "am", ",", "the", "3rd"]),
        ("It cannot wait... no?!", ["It", "can", "not", "wait", "...", "no", "?!"]),
        ("O’Brien's 5G cameras", ["O’Brien", "'s", "5G", "cameras"]),
    ],
)
def test_words_follow_the_treebanks(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_typography_does_not_change_what_the_parser_sees() -> None:
    curly, straight = "“They don’t know,” she said", '"They don\'t know," she said'
    assert [plain(word) for word in cut(curly)] == cut(straight)


@pytest.mark.parametrize("unit", ["a-", "a.", "www.", "a@", "1,", "'s", "A.", "https://", "-", "=x", "é́"])
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    """A page of one repeated pattern takes no longer than seconds for 200,000 characters."""
    began = time.process_time()
    words(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 10
