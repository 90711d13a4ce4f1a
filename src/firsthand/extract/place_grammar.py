"""How English prose shows that a capitalised name is a place, a person, a company or a product."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from firsthand.knowledge.countries import place_words
from firsthand.knowledge.names_words import name_words

PlaceKind: TypeAlias = Literal[
    "country", "demonym", "capital", "region", "city", "facility", "dateline", "place", "part-of-name"
]


@dataclass(frozen=True, slots=True)
class Use:
    """One capitalised name in the text with what the words around it make of it."""

    start: int
    end: int
    name: str
    """Capitals alone ("VALDERA") are written as a name ("Valdera")."""
    kind: PlaceKind | None
    """The sort of place the words show; None if they show none."""
    weight: float
    """How much this use speaks for a place: see `Weight`; below 0 it speaks against."""
    of_country: bool = False
    """The words give it what a country or province has: a government, customs, a capital."""


class Weight:
    """What a use counts for a name being a place. Set by hand: two weak signs, or one plain one, make a place."""

    CERTAIN = 3.0
    """ "the town of X", "X province", a dateline."""
    PLAIN = 1.0
    """ "in X", "X’s government"."""
    SLIGHT = 0.5
    """ "to X" (also said of companies), "X University"; however often, such signs count once."""
    SAID = -0.5
    """ "X said": people do, and so do states."""
    PERSON = -2.0
    """ "Mr X"."""
    THING = -2.0
    """ "X, a company", "the X software"."""


_CAPITALISED = r"[A-ZÀ-ÞŠŽŁŚ](?:\w|[‐-](?!(?:based|born|made|wide|run|owned|led|backed|style)\b)|['’](?!s\b)(?=\w))*"
_WORDS = place_words()
_NAME = re.compile(
    rf"{_CAPITALISED}(?:[^\S\n](?:(?:de|del|di|da|do|dos|la|las|le|los|el|al|du|von|van|bin|y|ul)[^\S\n]){{0,2}}{_CAPITALISED})*"
)
_LOWER_CASE = re.compile(r"\b[a-z]{3,}\b")
"""A capitalised word that the text also writes small is a common word at the start of a sentence."""
_FACILITY = re.compile(
    r"\s(?P<head>(?:[Ii]nternational\s)?[Aa]irport|[Ss]tation|[Pp]lant|[Ff]actory|[Mm]ill|[Pp]ort|[Pp]rison|(?:[Pp]rison|[Ll]abou?r)\s[Cc]amp"
    r"|[Cc]amp|[Ss]tadium|[Mm]arket|[Ss]quare|[Cc]rossing|[Bb]ridge|[Hh]arbour|[Hh]arbor|[Mm]ine|[Dd]am|(?:[A-Z][a-z]+\s){0,2}Zone"
    r"|(?:[a-z]+\s){0,2}zone|[Cc]heckpoint|[Hh]ospital|[Ss]treet|[Aa]venue|[Rr]iver|[Ll]ake|[Mm]ountain)\b"
)
_REGION = re.compile(
    r"\s(?P<head>[Pp]rovince|[Cc]ounty|[Dd]istrict|[Rr]egion|[Pp]refecture|[Oo]blast|[Gg]overnorate|[Mm]unicipality|[Cc]anton"
    r"|[Tt]erritory|[Pp]eninsula|[Ii]slands?|[Vv]alley|[Aa]utonomous\s[Rr]egion|[Cc]ity|[Tt]own|[Vv]illage|[Ss]uburb|[Nn]eighbou?rhood)\b"
    r"(?!\s(?:[Cc]ouncil|[Oo]ffice|[Pp]olice|[Cc]ourt))"
)
_OF_REGION = re.compile(
    r"\b(?P<head>city|town|village|province|county|district|port|region|island|suburb|municipality|republic|capital|kingdom|territory"
    r"|prefecture|hamlet|outskirts|north|south|east|west)\sof\s\Z",
    re.IGNORECASE,
)
_OF_COUNTRY = re.compile(
    r"\b(?:government|authorities|people|citizens|residents|police|army|parliament|secretary|minister|ministry|president|king|state"
    r"|streets|borders?|schools|rulers?|laws|federation|customs|court|constitution|map)\sof\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_CITY_BEFORE = re.compile(
    r"\b(?:the|a)\s(?:[a-z-]+\s){0,2}(?:city|town|village|capital|port|settlement),?\s(?:of\s|called\s)?\Z|['’]s?\scapital,?\s\Z|\bcapital(?:\scity)?,\s\Z"
)
_CITY_AFTER = re.compile(
    r",\s(?:the|a|an)\s(?:[a-z-]+\s){0,3}(?:capital|city|town|village|port|settlement|province|region|district|county)\b"
)
_COUNTRY_AFTER = re.compile(
    r"['’]s?\s(?:[a-z-]+\s){0,2}(?:capital|government|parliament|president|prime\sminister|ministry|customs|army|borders?|constitution"
    r"|economy|population|citizens|authorities|labou?r\s(?:code|law)|laws?|police|schools|currency|rulers?|regime|territory|embassy"
    r"|mission|ambassador|delegation|officials|diplomats|state\smedia|state\stelevision)\b"
    r"|['’]s?\s(?:[A-Z][a-z]+\s){0,3}(?:Ministry|Embassy|Parliament|Customs)\b"
    r"|\s(?:government|authorities|customs|police|officials|embassy|army|federation|state\smedia)\b"
)
_BASED = re.compile(r"[-‐](?:based|born|made|wide)\b")
_IN = re.compile(
    r"(?P<verb>\b[\w’]+\s)?\b(?:[Ii]n|[Aa]cross|[Ii]nside|[Tt]hroughout|[Nn]ear|[Oo]utside|[Ww]ithin|[Aa]round|[Nn]orth\sof|[Ss]outh\sof"
    r"|[Ee]ast\sof|[Ww]est\sof|exported\sto|travell?ed\sto|flew\sto|trip\sto|moved\sto|fled\sto|bound\sfor|returned\sto|escaped\sfrom"
    r"|fled|left)\s(?:(?:northern|southern|eastern|western|central|neighbou?ring|rural|downtown|the)\s)?\Z"
)
_TO_OR_FROM = re.compile(r"\b(?:to|from|against|with|into|towards|[Ll]eft|enter\w*)\s\Z")
PLACE_NAMED_BODY = re.compile(
    r"(?:University|Municipal|Police|Airport|Customs|Provincial|Border|City|No|Middle|Primary|Secondary|High|(?:\w+\s){0,3}Zone)\b"
)
_NOT_BY_IN = re.compile(
    r"^(?:invest\w*|believ\w*|interest\w*|trust\w*|confidence|shares?|stakes?|faith|speciali[sz]\w*|partners?|role|involved|trad\w+|hop\w+"
    r"|written|wrote|published|printed|reported|quoted|appeared|speaking|said|spoken|translated|articles?|programmed)\s\Z",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:,\s[A-ZÀ-Þ][\w’-]+)?"
    r"(?P<date>,?\s(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s\d{1,2})?(?:,?\s\d{4})?)?"
    r"(?P<agency>\s?(?:\([A-ZÀ-Þ][^()\n]{1,40}\)|/[A-Z][^/\n]{1,30}/))?\s?[-–—]{1,2}\s"
)
_PERSON_AFTER = re.compile(
    r",?\s(?:said|says|told|added|recalled|wrote|explained|argued|who|whose|aged)\b|,\s\d{2},|\s\(\d{2}\)"
)
_PRODUCT_AFTER = re.compile(
    r"(?:['’]s)?\s(?:software|platform|system|app|application|product|range|model|package|cameras?|program|programme|tool|database|spyware"
    r"|equipment|technology|devices?|phones?|Inc|Ltd|LLC|Corp)\b"
    r"|,\s(?:a|an|the|its|their|whose)\s(?:[\w’-]+\s){0,4}(?:maker|manufacturer|company|firm|vendor|supplier|platform|system|software|package"
    r"|product|agency|organi[sz]ation|group|subsidiary|integrator|newspaper|outlet|broadcaster|charity|app)\b"
)
_BY_BEFORE = re.compile(r"\b(?:supplied|made|built|developed|sold|known)\s(?:by|as)\s\Z")


def uses_of_names(text: str) -> tuple[Use, ...]:
    """Every capitalised name with what the words around it show, in text order."""
    return tuple(_uses(text))


def _uses(text: str) -> Iterable[Use]:
    common = set(_LOWER_CASE.findall(text))
    for found in _NAME.finditer(text):
        start, name = _trimmed(found)
        if name and name.lower() not in common and not _is_no_name(name):
            yield _judged(text, start, name)


def _trimmed(found: re.Match[str]) -> tuple[int, str]:
    """The name without function words that stand before it with a capital, as at the start of a sentence."""
    name, start = found.group(), found.start()
    while True:
        head = re.match(r"[\w’'‐-]+(?:\s|$)", name)
        if head is None or head.group().rstrip() not in _WORDS.function_words:
            return start, name
        name, start = name[head.end() :], start + head.end()


def _is_no_name(name: str) -> bool:
    words = name.split()
    return words[0] in _WORDS.never_places or (name.isupper() and len(name) <= 5) or len(name) < 3


def _judged(text: str, start: int, name: str) -> Use:
    end = start + len(name)
    before, after = text[max(0, start - 60) : start], text[end : end + 90]
    last = _last_word(before)
    if last.rstrip(".") in _WORDS.person_titles:
        return Use(start, end, name, None, Weight.PERSON)
    kind, weight, longer = _as_place(name, before, after)
    if weight < Weight.CERTAIN and _names_a_body(name):
        return Use(start, end, name, None, Weight.THING)
    if weight < Weight.CERTAIN and (
        last in _WORDS.product_words or _PRODUCT_AFTER.match(after) or _BY_BEFORE.search(before)
    ):
        return Use(start, end, name, None, Weight.THING)
    if kind is None and _PERSON_AFTER.match(after):
        return Use(start, end, name, None, Weight.SAID)
    end += longer
    written = name.title() if name.isupper() and len(name) > 3 else text[start:end]
    return Use(start, end, written, kind, weight, _of_country(before, after))


def _last_word(before: str) -> str:
    words = before[-24:].split()
    return words[-1].rstrip('“"‘,') if words and before[-1:].isspace() else ""


def _names_a_body(name: str) -> bool:
    """Whether a word of the name makes it an organisation, a law or an event, or its last word is an ordinary one."""
    words = name.split()
    if any(word in _WORDS.organisation_words for word in words):
        return True
    known = name_words()
    return words[-1].lower() in (known.plain if len(words) > 1 else known.known)


def _of_country(before: str, after: str) -> bool:
    return bool(_COUNTRY_AFTER.match(after) or _OF_COUNTRY.search(before))


def _as_place(name: str, before: str, after: str) -> tuple[PlaceKind | None, float, int]:
    """The sort of place, the weight, and how many letters of a following head noun belong to the name."""
    dateline = _DATELINE.match(after) if not before or before.endswith("\n") else None
    if dateline is not None and (dateline["date"] or dateline["agency"] or name.isupper()):
        return "dateline", Weight.CERTAIN, 0
    headed = _headed(name, before, after)
    if headed is not None:
        return headed[0], Weight.CERTAIN, headed[1]
    weight = _setting(before, after)
    return ("place" if weight else None), weight, 0


def _headed(name: str, before: str, after: str) -> tuple[PlaceKind, int] | None:
    """The sort of place by a head noun in the name or beside it, and how many letters of it belong to the name."""
    own_head = name.rpartition(" ")[2].lower() if " " in name else ""
    if own_head in _WORDS.region_words:
        return _kind_of(own_head), 0
    if own_head in _WORDS.facility_words:
        return "facility", 0
    region, facility = _REGION.match(after), _FACILITY.match(after)
    if region is not None:
        return _kind_of(region["head"]), region.end() if region["head"][0].isupper() else 0
    if facility is not None:
        return "facility", facility.end()
    of_region = _OF_REGION.search(before)
    if of_region is not None:
        return _kind_of(of_region["head"]), 0
    return ("city", 0) if _CITY_BEFORE.search(before) or _CITY_AFTER.match(after) else None


def _setting(before: str, after: str) -> float:
    """Weight of a name used as one that things lie in, come from or belong to."""
    if _of_country(before, after) or _BASED.match(after):
        return Weight.PLAIN
    if not after.startswith(("'s ", "’s ")):
        preposition = _IN.search(before)
        if preposition is not None and not _NOT_BY_IN.match(preposition["verb"] or ""):
            return Weight.PLAIN
    return Weight.SLIGHT if _TO_OR_FROM.search(before) else 0.0


def _kind_of(head: str) -> PlaceKind:
    return "city" if head.lower() in _WORDS.settlement_words else "region"
