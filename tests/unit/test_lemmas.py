"""Dictionary forms of regular words follow from spelling; the table overrides."""

import pytest

from firsthand.extract.lemmas import lemma


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("Cameras", "NNS", "camera"),
        ("cities", "NNS", "city"),
        ("boxes", "NNS", "box"),
        ("glass", "NN", "glass"),
        ("stopped", "VBD", "stop"),
        ("monitoring", "VBG", "monitor"),
        ("tracing", "VBG", "trace"),
        ("denied", "VBD", "deny"),
        ("installs", "VBZ", "install"),
        ("heavier", "JJR", "heavy"),
        ("sing", "VB", "sing"),
        ("red", "VBD", "red"),
        ("Rivers", "NNP", "Rivers"),
        ("3,000", "CD", "3,000"),
    ],
)
def test_regular_forms(word: str, tag: str, expected: str) -> None:
    assert lemma(word, tag, {}) == expected


def test_the_table_wins_over_the_rules() -> None:
    assert lemma("Bought", "VBD", {("bought", "VBD"): "buy"}) == "buy"
