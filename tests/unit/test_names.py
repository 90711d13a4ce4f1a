"""Claims about when two names mean one body or person. Invented names are our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.knowledge.names import misspells, same_name, sounds_alike


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("The Dovrik Times", "Dovrik Times", "same spelling"),
        ("Tallvane Systems LLC", "Tallvane Systems", "same spelling"),
        ("Secretary Nerea Echeverría", "Nerea Echeverria", "same spelling"),
        ("Hikvision", "Hike Vision", "alias"),
        ("海康威视", "Hangzhou Hikvision Digital Technology Co., Ltd.", "alias"),
        ("RFA", "Radio Free Asia", "alias"),
        ("Radio Orvel Free (ROF)", "ROF", "same spelling"),
        ("Strategic Goods Office", "SGO", "abbreviation"),
        ("CDDN", "Centro de Derechos Digitales del Norte", "abbreviation"),
        ("MoI", "Ministry of Interior", "abbreviation"),
        ("S. Lindholm", "Sunniva Lindholm", "abbreviation"),
        ("Ministry of the Interior", "Interior Ministry", "word order"),
        ("Norvik", "Norvik Systems", "short form"),
        ("Norvik Institute", "Norvik Institute for Security Research", "short form"),
        ("Echeverria", "Nerea Echeverría", "short form"),
        ("McAllister", "Jane McAllister", "short form"),
        ("Superintendent Jane McAllister", "Jane McAllister", "same spelling"),
        ("Qadvik", "Kadvik Imaging", "short form"),
        ("Tallvane", "Tallvan Elektronics", "short form"),
        ("Security Secretariat", "Orvalda Security Secretariat", "short form"),
        ("Ministry of Justice of Kenya", "Ministry of Justice", "same spelling"),
        ("Ri Chun Hee", "Lee Chun-hee", "romanisation"),
        ("압록강", "Amnokgang", "romanisation"),
        ("리춘히", "Ri Chun Hi", "romanisation"),
        ("Qazvin Optik", "Kazvin Optik", "romanisation"),
        ("Tallvane Elektronics", "Tallvane Electronics", "romanisation"),
        ("Hestrolm Optik", "Hestrulm Optik", "misspelling"),
        ("State Labour Inspectorate", "State Inspection of Labor", "rough translation"),
        ("Ministry of Border Affairs", "Ministry of Border Matters", "rough translation"),
    ],
)
def test_one_body_under_two_names_is_found_with_its_reason(a: str, b: str, reason: str) -> None:
    """Each kind of variation matches, both ways round, and says why."""
    forward, backward = same_name(a, b), same_name(b, a)
    assert forward is not None
    assert backward is not None
    assert forward.reason == backward.reason == reason
    assert forward.score == backward.score


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("No. 3 Middle School", "No. 9 Middle School"),
        ("OK-2143G2", "OK-2143G0"),
        ("North Ormeth", "South Ormeth"),
        ("First Bureau", "Second Bureau"),
        ("Norvik Police", "Norvik Provincial Police"),
        ("Norvik", "Norvik University"),
        ("Norvik University", "Norvik University of Technology"),
        ("Norvik Institute of Health", "Norvik Institute of Education"),
        ("Middle School", "Ormeth Middle School"),
        ("Ministry", "Ministry of Justice"),
        ("Ministry of Defence", "Ministry of Justice"),
        ("Chinese Ministry of Justice", "Kenyan Ministry of Justice"),
        ("Norvik (Kenya) Ltd", "Norvik (Ghana) Ltd"),
        ("Norvik", "Norvik Kenya"),
        ("Norvik GmbH", "Norvik AG"),
        ("Hikvision", "Dahua"),
        ("Beijing", "Beijing Systems"),
        ("Norvik Imaging", "Lorvik Imaging"),
        ("Dovrik Times", "Dovrik Post"),
        ("Import Bank", "Export Bank"),
        ("State Security Bureau", "National Protection Office"),
        ("Kim", "Kim Chol"),
        ("researchers in Orvalda", "School Safety Act (Orvalda)"),
        ("State Labour Inspectorate", "State Labour Inspectorate Union"),
        ("Ri Chun Hee", "Ri Chol Hee"),
        ("Hans Friedrich", "Friedrich Hans"),
        ("A. Lindholm", "Sunniva Lindholm"),
        ("Michael Ormond", "Michaela Ormond"),
        ("김정은", "김종은"),
        ("AP", "Agence France-Presse"),
        ("", ""),
    ],
)
def test_two_bodies_are_never_made_one(a: str, b: str) -> None:
    """A false merge makes two origins one, so doubt keeps names apart, both ways round."""
    assert same_name(a, b) is None
    assert same_name(b, a) is None


def test_a_match_explains_itself_with_both_names() -> None:
    """The detail is a sentence a reader can check."""
    match = same_name("SGO", "Strategic Goods Office")
    assert match is not None
    assert "SGO" in match.detail
    assert "Strategic Goods Office" in match.detail


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("hestrolm", "hestrulm", True),
        ("maria", "mario", False),
        ("norvik", "lorvik", False),
        ("echeverria", "echevarria", True),
        ("marvins", "martens", False),
    ],
)
def test_a_misspelling_is_a_slip_in_a_long_word(a: str, b: str, wanted: bool) -> None:
    """Short words have too many neighbours to be taken for slips."""
    assert misspells(a, b) is wanted


def test_words_of_three_letters_never_sound_alike() -> None:
    """ "Qas" and "Kas" are too short to tell."""
    assert not sounds_alike("qas", "kas")
    assert sounds_alike("qasr", "kasr")


_PARTS = st.sampled_from(
    "Norvik Hestrolm Systems Ministry of Labour North Bureau No. 3 (NB) Ltd Kenya Sunniva S. 평양".split()
)


@given(st.lists(_PARTS, min_size=1, max_size=5), st.lists(_PARTS, min_size=1, max_size=5))
def test_order_of_the_two_names_changes_nothing(a: list[str], b: list[str]) -> None:
    """same_name(a, b) and same_name(b, a) agree on whether and why."""
    left, right = same_name(" ".join(a), " ".join(b)), same_name(" ".join(b), " ".join(a))
    assert (left and left.reason) == (right and right.reason)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_compared_without_fault(a: str, b: str) -> None:
    """Names come from hostile pages."""
    same_name(a, b)
