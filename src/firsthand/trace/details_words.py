"""Words brought to a form in which two tellings of one story meet: folded, stemmed, and names by how they sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

# Function words and the stock words of news prose: sharing them says nothing about copying.
_COMMON: Final = """
    a about above according accord across add added after afterwards again against ago all almost alone along
    already also although always am among an and another any anybody anyone anything are around as ask asked at
    away back be became because become been before began behind being below between both but by call called came
    can cannot case come comes could day days did do does done down during each early either else end enough
    even ever every everybody everyone everything far few find first follow for former found from further gave
    get gets give given go goes going gone good got great group had hand has have having he head held help her
    here hers herself him himself his hold home how however i if important in including inside instead into is
    it its itself just keep kept know known large last late later least leave left less let like likely little
    long look made main make makes making man many may me mean means meanwhile might more most much must my
    named near nearly need never new next no nobody none nor not nothing now number of off often old on once one
    only onto open or other others our ours out over own part people per perhaps person place point put quite
    rather really recent report reported reporter reporting reports right said same say saying says second see
    seen set several shall she should show showed shown side since small so some somebody something soon still
    such take taken than that the their theirs them themselves then there these they thing things think third
    this those though three through thus time times to today together told too took toward two under until up
    upon us use used very want was way we week weeks well went were what whatever when where whether which while
    who whole whom whose why will with within without woman word work would write writes written wrote year
    years yes yet you young your article column comment correspondent edition editor editorial headline
    journalist journalists media news newspaper paper press publish published publication quoted read reader
    readers source sources spokesman spokesperson spokeswoman statement story study interview authority
    authorities company country government ministry official officials police president state states monday
    tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december eight eleven fifteen fifty five four fourteen forty hundred million billion
    thousand nine seven six sixty ten thirty twelve twenty
"""
COMMON: Final = frozenset(_COMMON.split())
# Days and months say something only when the sentences already match; they are capitalised, yet no names.
_CALENDAR: Final = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
"""
CALENDAR: Final = frozenset(_CALENDAR.split())
_SUFFIXES: Final = (
    ("isations", "iz"), ("izations", "iz"), ("isation", "iz"), ("ization", "iz"), ("ising", "iz"), ("izing", "iz"),
    ("ised", "iz"), ("ized", "iz"), ("ises", "iz"), ("izes", "iz"), ("ise", "iz"), ("ize", "iz"),
    ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ies", "y"),
    ("ied", "y"), ("ness", ""),
    ("ers", ""), ("er", ""), ("ors", ""), ("or", ""), ("ions", ""), ("ion", ""), ("ely", ""), ("ly", ""), ("ed", ""),
    ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """`word` in lower case without accents or apostrophes: `Echéance’s` and `echeance's` agree."""
    if word.isascii():
        return word.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "").replace("'", "")


@lru_cache(maxsize=65536)
def stem(folded: str) -> str:
    """A light English stem; British and American spellings of one word meet. At least four letters stay."""
    word = folded.replace("our", "or") if len(folded) > 5 else folded
    for suffix, tail in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: len(word) - len(suffix)] + tail
            break
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word


_SOUNDS: Final = (
    (re.compile(r"ph"), "f"), (re.compile(r"gh|kh"), "g"), (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|qu|[cq]"), "k"), (re.compile(r"[wb]"), "v"), (re.compile(r"x"), "ks"), (re.compile(r"z"), "s"),
    (re.compile(r"(?<=.)h"), ""), (re.compile(r"^[aeiouyj]+"), "a"), (re.compile(r"(?<=.)[aeiouyj]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def sound(folded: str) -> str:
    """The consonants a name keeps when it is spelt by ear or comes through another script; of vowels only the first.

    >>> sound("cwalin") == sound("kvalyn")
    True
    """
    for pattern, replacement in _SOUNDS:
        folded = pattern.sub(replacement, folded)
    return folded


def name_key(folded: str) -> str:
    """Under what spellings of one name meet: the sound if it is long enough to tell names apart, else the spelling."""
    heard = sound(folded)
    return heard if len(heard) >= 3 else folded


@lru_cache(maxsize=65536)
def alike(a: str, b: str) -> bool:
    """Whether two folded spellings can be one name: alike in sound and 3 letters of 5, or in 6 letters of 7."""
    if a == b:
        return True
    floor = 0.6 if name_key(a) == name_key(b) else 0.85
    return Levenshtein.normalized_similarity(a, b) >= floor
