"""Claims about Korean names in Latin letters. Example words are those of the published rules and of everyday maps."""

from __future__ import annotations

import pytest

from firsthand.knowledge.hangul import has_hangul, korean_fold, korean_surname, romanised


@pytest.mark.parametrize(
    ("korean", "rr", "mr"),
    [
        ("평양", "pyeongyang", "p’yŏngyang"),
        ("압록강", "amnokgang", "amnokkang"),
        ("진달래", "jindallae", "chindallae"),
        ("독립문", "dongnimmun", "tongnimmun"),
        ("종로", "jongno", "chongno"),
        ("신라", "silla", "silla"),
        ("설악산", "seoraksan", "sŏraksan"),
        ("같이", "gachi", "kach’i"),
        ("좋다", "jota", "chot’a"),
        ("묵호", "mukho", "mukho"),
    ],
)
def test_syllables_are_written_as_spoken(korean: str, rr: str, mr: str) -> None:
    """Sounds that change where syllables meet are written so, in both systems."""
    assert romanised(korean, "rr") == rr
    assert romanised(korean, "mr") == mr


def test_the_northern_system_has_no_marks() -> None:
    """North Korean usage writes Rodong Sinmun and Sinuiju."""
    assert romanised("로동신문", "dprk") == "rodongsinmun"
    assert romanised("신의주", "dprk") == "sinuiju"


def test_other_letters_stay() -> None:
    """Only Korean syllables change."""
    assert romanised("38 노스 (KR)") == "38 noseu (KR)"
    assert not has_hangul("38 North")


@pytest.mark.parametrize(
    ("a", "b"), [("Amnok-kang", "Amnokgang"), ("P’yŏngyang", "Pyeongyang"), ("Chun-hee", "Chun Hi")]
)
def test_spellings_of_one_name_fold_alike(a: str, b: str) -> None:
    """The fold is blind to the system of writing."""
    assert korean_fold(a) == korean_fold(b)


def test_different_names_fold_apart() -> None:
    """The fold keeps names apart that sound apart."""
    assert korean_fold("Sinuiju") != korean_fold("Chongju")


def test_a_surname_has_many_spellings() -> None:
    """Ri, Lee and Yi are one surname; Kim is another."""
    assert korean_surname("Ri") == korean_surname("Lee") == korean_surname("yi")
    assert korean_surname("Kim") != korean_surname("Ri")
    assert korean_surname("Smith") is None
