"""Claims about the data files: complete, unambiguous, sourced."""

from __future__ import annotations

from firsthand.knowledge.agencies import agencies
from firsthand.knowledge.aliases import aliases, canonical_name
from firsthand.knowledge.countries import countries, place_names
from firsthand.knowledge.names import fold
from firsthand.knowledge.names_words import name_words


def test_every_country_code_is_two_capitals_and_all_are_there() -> None:
    """249 codes of ISO 3166-1 and Kosovo."""
    assert len(countries()) == 250
    assert all(len(code) == 2 and code.isupper() for code in countries())


def test_a_name_points_to_one_country() -> None:
    """Names, adjectives and capitals that news uses point where a reader expects."""
    table = place_names()
    wanted = {
        "U.S.": "US",
        "ROK": "KR",
        "DPRK": "KP",
        "Kiev": "UA",
        "Burmese": "MM",
        "Holland": "NL",
        "Congolese": "CD",
        "Dutch": "NL",
    }
    assert {name: table[name].country for name in wanted} == wanted
    assert table["Niger"].country == "NE"
    assert table["Nigeria"].country == "NG"


def test_names_that_people_bear_need_context() -> None:
    """Jordan, Chad and Georgia count only in a place's position."""
    assert all(place_names()[name].needs_context for name in ("Jordan", "Chad", "Georgia", "Sofia"))
    assert not place_names()["Kenya"].needs_context


def test_every_agency_has_an_owner_and_a_source() -> None:
    """Who owns an agency decides whether two outlets are one voice."""
    assert all(a.owned_by and a.source and 1800 < a.since < 2030 for a in agencies())
    voices = {a.name: a.state_voice for a in agencies()}
    assert voices["Korean Central News Agency"]
    assert voices["People’s Daily"]
    assert not voices["Associated Press"]
    assert all(a.country in countries() for a in agencies())


def test_every_alias_has_a_reason_and_a_source_and_leads_to_one_name() -> None:
    """No alias belongs to two bodies, and each says where it can be checked."""
    assert all(a.reason and a.source for a in aliases())
    assert all(canonical_name(a.alias) == canonical_name(a.name) == a.name for a in aliases())


def test_an_agency_abbreviation_leads_to_its_name() -> None:
    """Abbreviations and native names of agencies are aliases too."""
    assert canonical_name("KCNA") == canonical_name("조선중앙통신") == "Korean Central News Agency"
    assert canonical_name("Norvik") is None


def test_no_word_has_two_meanings_in_the_synonym_rows() -> None:
    """A word in two rows would make their meanings one."""
    import tomllib
    from importlib.resources import files

    rows = tomllib.loads((files("firsthand.knowledge") / "names.toml").read_text(encoding="utf-8"))["same_meaning"]
    words = [fold(word) for row in rows for word in set(map(fold, row))]
    assert sorted(words) == sorted(set(words))
    assert not name_words().ignored & set(words) - {"company", "firm"}
