"""Sentences with two assertions give two statements."""

from itertools import pairwise

import pytest

from firsthand.extract.clauses import clauses
from firsthand.extract.parse import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Police put cameras on every quay, and the pictures are sent to the ministry each night.",
            ["Police put cameras on every quay", "the pictures are sent to the ministry each night."],
        ),
        ("The port bought cameras and installed them on every quay.", None),
        ("The cameras that police bought in May recognise faces of dockers.", None),
        ("The cameras recognise faces, officials said.", None),
    ],
)
def test_a_coordination_with_two_subjects_is_two_clauses(text: str, expected: list[str] | None) -> None:
    (sentence,) = parse(text)
    assert [text[s.start : s.end].strip() for s in clauses(sentence)] == (expected or [text])


def test_clauses_stand_in_order_and_leave_out_only_what_joins_them() -> None:
    text = "Guards watch the screens all day, but nobody outside the port has seen them, and the ministry says nothing."
    (sentence,) = parse(text)
    found = clauses(sentence)
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert {text[a.end : b.start].strip(" ,") for a, b in pairwise(found)} <= {"and", "but"}
