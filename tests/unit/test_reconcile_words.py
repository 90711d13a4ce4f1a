"""Words, figures and names are compared by what they mean, not by how they are spelled."""

from __future__ import annotations

import time

import pytest

from firsthand.reconcile.cluster import average_link
from firsthand.reconcile.naming import dropped, name_groups, spellings
from firsthand.reconcile.wording import clean
from firsthand.reconcile.words import content, figures, likeness, rarity, weighted


def alike(left: str, right: str) -> float:
    bags = [content(left), content(right)]
    rare = rarity(bags)
    return likeness(weighted(bags[0], rare), weighted(bags[1], rare))


def test_synonyms_are_alike() -> None:
    assert alike("The port bought lenses", "Harbour cameras were purchased") > 0.2
    assert alike("The port bought lenses", "A minister opened the fair") == 0.0


@pytest.mark.parametrize(
    ("left", "right"),
    [("1,860 cameras", "1860 cameras"), ("nine women", "9 women"), ("1.9 billion", "1,900 million")],
)
def test_one_number_in_two_spellings(left: str, right: str) -> None:
    assert figures(left) == figures(right) != frozenset()


def test_two_numbers_are_two() -> None:
    assert figures("214 schools").isdisjoint(figures("241 schools"))


def test_spellings_of_one_name_are_one() -> None:
    known = spellings(["In Varsilov the gates", "of Varsylov as", "from Brandt to Ostrava"])
    assert dropped("Varsilov", known) == dropped("Varsylov", known) != frozenset()
    assert dropped("Brandt", known).isdisjoint(dropped("Ostrava", known))


def test_a_word_that_also_stands_small_is_no_name() -> None:
    known = spellings(["The Gate opens. Then the gate shuts at Varsilov."])
    assert dropped("The Gate", known) == frozenset()


def test_longer_and_shorter_names_of_a_body_are_one_group() -> None:
    groups = name_groups(["Ministry of Transport", "Transport Ministry of Averland", "Ministry of Fisheries"], {})
    assert (
        groups["Ministry of Transport"] == groups["Transport Ministry of Averland"] != groups["Ministry of Fisheries"]
    )


def test_clusters_must_score_above_nothing_on_average() -> None:
    assert average_link(3, {(0, 1): 1, (1, 2): -1}) == [(0, 1), (2,)]
    assert average_link(2, {(0, 1): 0}) == [(0,), (1,)]


def test_a_chain_of_links_does_not_join_what_is_far_apart() -> None:
    """0 is like 1 and 1 like 2, but 0 and 2 speak against each other more loudly."""
    assert average_link(3, {(0, 1): 900, (1, 2): 800, (0, 2): -2000}) == [(0, 1), (2,)]


def test_what_must_not_meet_does_not_meet_through_a_third() -> None:
    scores = {(0, 1): 900, (1, 2): 900, (0, 2): 900}
    assert average_link(3, scores, apart=lambda a, b: (a, b) == (0, 2)) == [(0, 1), (2,)]


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("“We saw nine gates,” she said.", "We saw nine gates."),
        ("nine gates read faces, according to the union", "Nine gates read faces."),
        ("It said “nine gates” and left", "It said “nine gates” and left."),
        ("Nine gates read faces.", "Nine gates read faces."),
    ],
)
def test_a_quote_becomes_a_sentence(quote: str, sentence: str) -> None:
    assert clean(quote) == sentence


def test_hostile_text_costs_no_more_than_long_text() -> None:
    """Long runs of digits, marks and capitals are read in time that grows with their length alone."""
    started = time.process_time()
    for text in ("1,1." * 50_000, "Aa " * 50_000, "“" * 50_000, "x-" * 50_000, "No not " * 30_000):
        content(text), figures(text), clean(text), spellings([text])
    assert time.process_time() - started < 5.0
