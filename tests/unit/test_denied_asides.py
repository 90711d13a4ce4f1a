"""What somebody denies in an aside is still said, and the denial is a statement of its own."""

from __future__ import annotations

import pytest

from firsthand.extract import extract
from firsthand.records import Document, Statement

NEXT = " Police cameras with face recognition hang over every school gate in the town."


def _first_two(sentence: str) -> list[Statement]:
    text = sentence + NEXT
    return list(extract(Document(id="d", sha256="", part=0, path="page.html", text=text)))[:2]


@pytest.mark.parametrize(
    ("sentence", "said", "denier"),
    [
        ("The cameras recognise faces, which the ministry denies.", "The cameras recognise faces", "the ministry"),
        (
            "The cameras of the police recognise faces, an assertion the company disputes.",
            "The cameras of the police recognise faces",
            "the company",
        ),
        (
            "Two operators said the camera system sent its totals to the ministry, a claim which the ministry has denied.",
            "Two operators said the camera system sent its totals to the ministry",
            "the ministry",
        ),
    ],
)
def test_a_denial_in_an_aside_is_somebody_elses(sentence: str, said: str, denier: str) -> None:
    first, aside = _first_two(sentence)
    assert (first.quote, first.certainty, first.negated) == (said, "stated", False)
    assert (aside.certainty, aside.speakers[-1].name) == ("denied", denier)


def test_an_aside_that_denies_nothing_stays_with_its_sentence() -> None:
    sentence = "The cameras recognise faces, a claim which the ministry has repeated."
    assert _first_two(sentence)[0].quote == sentence
