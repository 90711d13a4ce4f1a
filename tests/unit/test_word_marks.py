"""Marks of words: found for many texts at once, they tell apart exactly the words that folding tells apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.trace import meeting
from firsthand.trace.details import WORD
from firsthand.trace.details_words import fold
from firsthand.trace.shingles import DENSE_BELOW, WINDOW, sample, shingles, widened, winnow
from firsthand.trace.word_marks import word_marks

TEXTS = st.lists(
    st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("ab'’sS _1é “"), max_size=40), max_size=6
)


def folded(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(text)]


def same(a: str, b: str) -> bool:
    first, second = word_marks([a, b])
    return bool(np.array_equal(first, second))


@given(TEXTS)
def test_two_words_have_one_mark_when_they_fold_alike(texts: list[str]) -> None:
    """For any texts: as many marks as words, and equal marks for equal folded words only."""
    marks = word_marks(texts)
    pairs = {pair for text, found in zip(texts, marks, strict=True)
             for pair in zip(folded(text), found.tolist(), strict=True)}  # fmt: skip
    assert len({word for word, _ in pairs}) == len({mark for _, mark in pairs}) == len(pairs)


@given(TEXTS)
def test_marks_of_a_text_do_not_hang_on_the_texts_beside_it(texts: list[str]) -> None:
    for text, found in zip(texts, word_marks(texts), strict=True):
        assert np.array_equal(word_marks([text])[0], found)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Ministry’s cameras", "the ministry s CAMERAS"),
        ("don't", "dont"),
        ("rock'n'roll", "rockn roll"),
        ("abc'd5", "abcd 5"),
        ("Straße in Ångström", "strasse in angstrom"),
        ("a_b", "a b"),
    ],
)
def test_spellings_that_fold_alike_are_marked_alike(a: str, b: str) -> None:
    assert same(a, b)


@pytest.mark.parametrize(("a", "b"), [("its", "it's"), ("ab", "ba"), ("a bc", "ab c"), ("aa", "a")])
def test_other_words_are_marked_otherwise(a: str, b: str) -> None:
    assert not same(a, b)


def test_a_long_set_is_marked_as_each_of_its_texts_alone() -> None:
    """Texts are worked on some at a time; where one batch ends shows in nothing."""
    texts = [f"Story {n} of the harbour's {n * 7} cameras. " * 60 for n in range(40)]
    assert all(
        np.array_equal(found, word_marks([text])[0]) for text, found in zip(texts, word_marks(texts), strict=True)
    )


def test_shingles_never_span_two_documents() -> None:
    words = word_marks([" ".join(f"w{n}x{i}" for i in range(length)) for n, length in enumerate((0, 4, 5, 9, 700))])
    runs = shingles(words)
    assert [len(found) for found in runs] == [0, 0, 1, 5, 696]
    assert [len(found) for found in widened(runs)] == [0, 0, 0, 2, 693]
    assert np.array_equal(shingles([words[4]])[0], runs[4])


def test_every_window_leaves_its_smallest_shingle() -> None:
    (runs,) = widened(shingles(word_marks([" ".join(f"word{i * i}" for i in range(400))])))
    (marks,) = winnow([runs])
    windows = np.lib.stride_tricks.sliding_window_view(runs, WINDOW).min(axis=1)
    assert set(marks.tolist()) == set(windows.tolist())
    assert winnow([runs[:3]])[0].tolist() == [runs[:3].min()]
    assert not len(winnow([runs[:0]])[0])


def test_a_long_document_is_sampled_and_a_short_one_kept() -> None:
    (long,) = shingles(word_marks([" ".join(f"word{i}" for i in range(DENSE_BELOW + 4))]))
    assert len(sample(long[:-1])) == DENSE_BELOW - 1
    assert DENSE_BELOW / 9 < len(sample(long)) < DENSE_BELOW / 4


def test_parts_of_the_marks_give_the_pairs_that_all_together_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large set is sorted part by part to bound memory; that changes nothing."""
    stories = [" ".join(f"story{n % 12}word{i + n}" for i in range(90)) for n in range(30)]
    marks = shingles(word_marks(stories))
    sites = np.arange(30) % 4
    whole = meeting._together(marks, marks, sites, range(30))
    monkeypatch.setattr(meeting, "_PART", 64)
    monkeypatch.setattr(meeting, "_BLOCK", 200)
    for one, other in zip(whole, meeting._together(marks, marks, sites, range(30)), strict=True):
        assert np.array_equal(one, other)
    assert len(whole[0])
