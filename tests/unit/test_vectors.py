"""What words are about: near in meaning is near in space, names take no part, and a machine changes nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.knowledge.vectors import SCALE, closeness, direction, read_vectors, total, word_vectors, write_vectors


@pytest.mark.parametrize(
    ("near", "far"), [("the clinic keeps patient files", "a goal in the last minute"), ("hospital records", "a ferry")]
)
def test_words_of_one_field_lie_closer_than_others(near: str, far: str) -> None:
    medical = direction("medical documents of doctors")
    assert closeness(medical, direction(near)) > closeness(medical, direction(far)) + 0.2


def test_a_name_inside_a_sentence_changes_nothing() -> None:
    assert direction("the police of Ireland bought cameras") == direction("the police of Oddany bought cameras")


def test_a_text_without_known_words_has_no_direction() -> None:
    assert not any(direction("Zqxv 17 ..."))
    assert closeness(direction(""), direction("cameras")) == 0.0


@given(st.text(max_size=200))
def test_every_text_has_a_direction_no_longer_than_one(text: str) -> None:
    assert sum(value * value for value in direction(text)) <= 1.02 * SCALE**2  # entries are rounded to 127ths


def test_the_total_of_one_is_itself_and_of_none_nothing() -> None:
    one = direction("cameras on the gates")
    assert total([one], len(one)) == one
    assert total([], 3) == (0, 0, 0)


def test_every_word_of_the_table_is_lower_case_and_has_a_row() -> None:
    known = word_vectors()
    assert all(word == word.lower() for word in known.rows)
    assert len(known.rows) == len(known.table) == len(known.weights)


def test_equal_tables_give_equal_bytes_and_another_format_is_refused(tmp_path: Path) -> None:
    rows = np.array([[127.0, 0.0], [0.0, -127.0]])
    for name in ("one.npz", "two.npz"):
        write_vectors(tmp_path / name, ["gate", "tram"], [7, 900], rows)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert read_vectors(tmp_path / "one.npz").rows == {"gate": 0, "tram": 1}
    np.savez_compressed(tmp_path / "other.npz", format=np.frombuffer(b"else/1", np.uint8))
    with pytest.raises(ValueError, match=r"other\.npz is no"):
        read_vectors(tmp_path / "other.npz")
