"""Claims about places. Invented places are our own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from firsthand.extract.place import place_mentions


def names(text: str) -> list[tuple[str, str | None, str]]:
    """Name, country code and kind of every mention."""
    return [(m.name, m.country, m.kind) for m in place_mentions(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sold in Kenya.", ("Kenya", "KE", "country")),
        ("the U.S. embassy", ("United States", "US", "country")),
        ("Kenyan police", ("Kenya", "KE", "demonym")),
        ("two Kenyans", ("Kenya", "KE", "demonym")),
        ("mainland China’s exports", ("China", "CN", "country")),
        ("the DPRK said", ("North Korea", "KP", "country")),
        ("from Kiev", ("Kyiv", "UA", "capital")),
        ("in Georgia, where", ("Georgia", "GE", "country")),
        ("schools in Ormeth", ("Ormeth", None, "place")),
        ("Ormeth province", ("Ormeth", None, "region")),
        ("the town of Ormeth", ("Ormeth", None, "city")),
        ("Belsk, the northern capital", ("Belsk", None, "city")),
        ("Kenya’s Lorva airport", ("Lorva airport", None, "facility")),
        ("an Ormeth-based workshop", ("Ormeth", None, "place")),
        ("ORMETH, 3 May (VNA) - Crowds came.", ("Ormeth", None, "dateline")),
        ("Ormeth’s parliament met.", ("Ormeth", None, "place")),
    ],
)
def test_a_place_is_known_or_shown_by_its_words(text: str, wanted: tuple[str, str | None, str]) -> None:
    """Countries, capitals and peoples come from the table; others from the words around them."""
    assert wanted in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said so in Parliament.",
        "written in April",
        "Mr Ormeth spoke.",
        "They invested in Ormeth.",
        "Ormeth, a maker of lenses, denied it.",
        "Chad Ormond sang.",
        "The book is in Braille Press editions.",
        "Schools reopened. The schools are cold.",
    ],
)
def test_people_firms_and_months_are_no_places(text: str) -> None:
    """A capital letter alone makes no place."""
    assert names(text) == []


def test_a_name_once_shown_to_be_a_place_is_one_everywhere() -> None:
    """ "in Ormeth" makes the bare subject "Ormeth" a place too."""
    text = "Ormeth has fitted masts. Nobody in Ormeth was asked."
    assert [text[m.start : m.end] for m in place_mentions(text)] == ["Ormeth", "Ormeth"]


def test_a_name_used_as_a_product_does_not_become_a_place_by_one_in() -> None:
    """One "in" does not outweigh "the Ormeth software"."""
    assert names("Officers log in Ormeth daily. The Ormeth software is slow.") == []


def test_the_adjective_of_an_unknown_place_points_to_it() -> None:
    """ "Ormethian" is of Ormeth, once Ormeth is a place."""
    assert ("Ormeth", None, "demonym") in names("Rain fell across Ormeth. Ormethian farmers cheered.")


def test_the_north_is_a_country_only_beside_korea() -> None:
    """ "the North" needs North Korea in the text."""
    assert ("North Korea", "KP", "country") in names("North Korea replied. Later the North fell silent.")[1:]
    assert names("Later the North fell silent.") == []


def test_mentions_quote_the_text_and_do_not_overlap() -> None:
    """Spans are in order and name what they cover."""
    text = "SOUTH Korean and North Korean envoys met in Ulan Bator, Mongolia, near the Ormeth plant."
    mentions = place_mentions(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert "Ulan Bator" in [text[m.start : m.end] for m in mentions]
