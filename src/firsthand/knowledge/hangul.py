"""Korean script in Latin letters, by the three systems that news uses.

`rr`: Revised Romanization (South Korea, 2000). `mr`: McCune-Reischauer (1939), with breves and apostrophes. `dprk`: the
system of North Korea (1992). Sounds that change where syllables meet are written as spoken (압록강 is Amnokgang), by
the rules published with the Revised Romanization and in the McCune-Reischauer article of 1939.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

Scheme: TypeAlias = Literal["rr", "mr", "dprk"]
SCHEMES: tuple[Scheme, ...] = ("rr", "mr", "dprk")

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_SPLIT = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_ENDS_AS = {
    letter: row[0]
    for row in ("ㄱㄲㅋㄳㄺ", "ㄷㅅㅆㅈㅊㅌㅎ", "ㅂㅍㅄㄿ", "ㄴㄵㄶ", "ㄹㄼㄽㄾㅀ", "ㅁㄻ")
    for letter in row
}
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}

_VOWEL_LETTERS: Mapping[Scheme, Sequence[str]] = {
    "rr": [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae",
        "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
    ],
    "mr": [
        "a", "ae", "ya", "yae", "ŏ", "e", "yŏ", "ye", "o", "wa", "wae",
        "oe", "yo", "u", "wŏ", "we", "wi", "yu", "ŭ", "ŭi", "i",
    ],
    "dprk": [
        "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae",
        "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui", "i",
    ],
}  # fmt: skip
_INITIAL_LETTERS: Mapping[Scheme, Sequence[str]] = {
    "rr": ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"],
    "mr": ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch’", "k’", "t’", "p’", "h"],
    "dprk": ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "kh", "th", "ph", "h"],
}
_FINAL_LETTERS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}
_VOICED = {"k": "g", "t": "d", "p": "b", "ch": "j"}
_SYLLABLES = re.compile(r"[가-힣]+")


def has_hangul(text: str) -> bool:
    """Whether any letter is a Korean syllable."""
    return _SYLLABLES.search(text) is not None


def romanised(text: str, scheme: Scheme = "rr") -> str:
    """The text with every run of Korean syllables in lower-case Latin letters; other letters stay.

    >>> romanised("압록강"), romanised("평양", "mr"), romanised("로동신문", "dprk")
    ('amnokgang', 'p’yŏngyang', 'rodongsinmun')
    """
    return _SYLLABLES.sub(lambda run: _spelled(_spoken(run.group()), scheme), text)


def _spoken(run: str) -> list[list[str]]:
    """Syllables as [initial, vowel, final] after the sound changes where they meet."""
    syllables = [_parts(letter) for letter in run]
    for left, right in pairwise(syllables):
        _meet(left, right)
    for syllable in syllables:
        syllable[2] = _ENDS_AS.get(syllable[2], syllable[2])
    return syllables


def _parts(letter: str) -> list[str]:
    index = ord(letter) - _FIRST_SYLLABLE
    return [_INITIALS[index // 588], _VOWELS[index % 588 // 28], _FINALS[index % 28]]


def _meet(left: list[str], right: list[str]) -> None:
    """Changes the final of one syllable and the initial of the next as they are spoken together."""
    final, initial = left[2], right[0]
    if not final:
        return
    if initial == "ㅇ" and final != "ㅇ":
        _link(left, right)
        return
    kept, last = ("", final) if final not in _SPLIT else tuple(_SPLIT[final])
    if last == "ㅎ" and initial in _ASPIRATED:
        left[2], right[0] = kept, _ASPIRATED[initial]
        return
    end = _ENDS_AS.get(final, final)
    if initial == "ㅎ" and end in _ASPIRATED:
        return  # written as spelled in names (묵호 is Mukho), by both published rules
    left[2], right[0] = _assimilated(end, initial)


def _link(left: list[str], right: list[str]) -> None:
    """A final before a vowel begins the next syllable; of two finals only the second moves."""
    final = left[2]
    kept, moving = ("", final) if final not in _SPLIT else tuple(_SPLIT[final])
    if moving == "ㅎ":
        left[2], moving = kept, ""
    if right[1] == "ㅣ" and moving in {"ㄷ", "ㅌ"}:
        moving = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}[moving]
    if moving:
        left[2], right[0] = kept, moving


def _assimilated(final: str, initial: str) -> tuple[str, str]:
    if initial == "ㄹ":
        if final in {"ㄴ", "ㄹ"}:
            return "ㄹ", "ㄹ"
        return _NASAL.get(final, final), "ㄴ"
    if initial == "ㄴ" and final == "ㄹ":
        return "ㄹ", "ㄹ"
    return (_NASAL.get(final, final) if initial in {"ㄴ", "ㅁ"} else final), initial


def _spelled(syllables: Sequence[Sequence[str]], scheme: Scheme) -> str:
    letters: list[str] = []
    before: str | None = None  # final of the syllable before; None at the start
    for initial, vowel, final in syllables:
        sound = _INITIAL_LETTERS[scheme][_INITIALS.index(initial)]
        if before == "ㄹ" and initial == "ㄹ":
            sound = "l"
        elif scheme != "rr" and before in {"", "ㄴ", "ㄹ", "ㅁ", "ㅇ"} and initial != "ㅊ":
            sound = _VOICED.get(sound, sound)
        letters.append(sound + _VOWEL_LETTERS[scheme][_VOWELS.index(vowel)] + _FINAL_LETTERS[final])
        before = final
    return "".join(letters)


# One letter for all spellings of a sound that the systems, and people's own spellings, tell apart.
_FOLDS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[’'`ʼ\-\s.]", ""), (r"eo|ŏ|au", "o"), (r"eu|ŭ|oo|ou", "u"), (r"ae|oe|ay|ai", "e"), (r"ee|ea(?!n)", "i"),
        (r"ui(?!j)", "i"), (r"ch|tch|jj|j|tj", "c"), (r"sh", "s"), (r"kk|kh|gg|g(?<!ng)|k|q|c(?=k)", "k"),
        (r"tt|th|dd|d|t", "t"), (r"pp|ph|bb|b|p|f", "p"), (r"ss", "s"), (r"rl|lr|ll|l|r", "l"), (r"w(?=[ou])", ""),
        (r"(?<=[aeiou])h", ""), (r"(.)\1", r"\1"),
    )
)  # fmt: skip
_SURNAMES: Mapping[str, str] = {
    spelling: group.split()[0]
    for group in (
        "kim gim", "lee ri yi rhee li i", "park pak bak", "choi choe ch’oe", "jung jong chung jeong chong", "kang gang",
        "cho jo", "yoon yun youn", "jang chang", "lim rim im yim", "han", "oh o", "seo so suh", "shin sin", "kwon gwon",
        "hwang", "ahn an", "song", "ryu yoo yu lyu you", "hong", "ko go koh", "moon mun", "yang ryang", "son sohn",
        "bae pae", "baek paek paik", "heo ho hur", "nam", "noh ro roh no", "ha", "kwak gwak", "sung seong", "cha",
        "joo ju chu", "woo u", "koo ku gu", "na ra", "jin chin", "min", "hyon hyun hyeon", "thae tae",
    )
    for spelling in group.split()
}  # fmt: skip


def korean_fold(name: str) -> str:
    """A form that is alike for all usual Latin spellings of one Korean name; no spelling to show to anybody.

    >>> korean_fold("Amnok-kang") == korean_fold(romanised("압록강"))
    True
    """
    folded = name.lower()
    for pattern, replacement in _FOLDS:
        folded = pattern.sub(replacement, folded)
    return folded


def korean_surname(word: str) -> str | None:
    """One spelling for all of a Korean surname ("Ri", "Yi", "Lee"); None if it is no usual one."""
    return _SURNAMES.get(word.lower())
