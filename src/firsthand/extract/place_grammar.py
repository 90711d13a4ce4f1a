"""How English prose shows that a capitalised name is a place, a person, a company or a product."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from firsthand.knowledge.countries import place_words

PlaceKind: TypeAlias = Literal[
    "country", "demonym", "capital", "region", "city", "facility", "dateline", "place", "part-of-name"
]


@dataclass(frozen=True, slots=True)
class Use:
    """One capitalised name in the text with what the words around it make of it."""

    start: int
    end: int
    name: str
    kind: PlaceKind | None
    """The sort of place the words show; None if they show none."""
    strong: bool
    """The words leave no doubt ("the town of X"), unlike "in X"."""
    person: bool
    """A person's name here."""
    other: bool
    """Used as an organisation or product here."""


_CAPITALISED = r"[A-ZÀ-ÞŠŽŁŚ](?:[\w‐-]|['’](?!s\b)(?=\w))*"
_WORDS = place_words()
_NAME = re.compile(
    rf"{_CAPITALISED}(?:[^\S\n](?:(?:de|del|di|da|do|dos|la|las|le|el|al|du|von|van|bin|y|ul)[^\S\n]){{0,2}}{_CAPITALISED})*"
)
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
    r"\b(?P<head>city|town|village|province|county|district|port|region|state|island|suburb|municipality|republic|federation|capital"
    r"|kingdom|territory|prefecture|hamlet|outskirts|north|south|east|west|streets|government|people|citizens|authorities)\sof\s$",
    re.IGNORECASE,
)
_CITY_BEFORE = re.compile(
    r"\b(?:the|a)\s(?:[a-z-]+\s){0,2}(?:city|town|village|capital|port|settlement),?\s(?:of\s|called\s)?$|['’]s?\scapital,?\s$|\bcapital(?:\scity)?,\s$"
)
_CITY_AFTER = re.compile(
    r",\s(?:the|a|an)\s(?:[a-z-]+\s){0,3}(?:capital|city|town|village|port|settlement|province|region|district|county)\b"
)
_COUNTRY_AFTER = re.compile(
    r"['’]s?\s(?:(?:[a-z-]+\s){0,2}(?:capital|government|parliament|president|prime\sminister|ministry|customs|army|borders?|constitution"
    r"|economy|population|citizens|authorities|labou?r|laws?|police|schools|currency|rulers?|regime|territory)\b)"
)
_BASED = re.compile(r"[-‐](?:based|born|made|wide)\b")
_IN = re.compile(
    r"(?P<verb>\b[\w’]+\s)?\b(?:[Ii]n|[Aa]cross|[Ii]nside|[Tt]hroughout|[Nn]ear|[Oo]utside|[Ww]ithin|[Aa]round|[Nn]orth\sof|[Ss]outh\sof"
    r"|[Ee]ast\sof|[Ww]est\sof|exported\sto|travell?ed\sto|flew\sto|trip\sto|moved\sto|fled\sto|bound\sfor|returned\sto|escaped\sfrom"
    r"|fled|left)\s(?:(?:northern|southern|eastern|western|central|neighbou?ring|rural|downtown|the)\s)?$"
)
_NOT_BY_IN = re.compile(
    r"^(?:invest\w*|believ\w*|interest\w*|trust\w*|confidence|shares?|stakes?|faith|speciali[sz]\w*|partners?|role|involved|trad\w+|hop\w+"
    r"|written|wrote|published|printed|reported|quoted|appeared|speaking|said|spoken|translated|articles?|programmed)\s$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:,\s[A-ZÀ-Þ][\w’-]+)?(?:,?\s(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s\d{1,2})?(?:,?\s\d{4})?)?"
    r"\s?(?:\([^()\n]{2,40}\)|/[A-Z][^/\n]{1,30}/)?\s?(?:[-–—]{1,2}|:)\s"
)
_TITLE_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Judge|Justice|President|Minister|Secretary|Professor|General|Gen|Col|Colonel|Captain|Lt|Senator|Sen"
    r"|Rep|King|Queen|Prince|Princess|Pope|Chairman|Director|spokesman|spokeswoman|spokesperson|named|analyst|researcher|engineer"
    r"|teacher|colleague|brother|sister|husband|wife)\.?\s$"
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
_PRODUCT_BEFORE = re.compile(
    r"\b(?:called|dubbed|known\sas|product|platform|software|system|app|package|company|firm|maker|vendor|supplier|manufacturer|group|agency"
    r"|newspaper|magazine|integrator|supplied\sby|made\sby|built\sby|developed\sby|sold\sby),?\s[\"“‘]?$"
)


def uses_of_names(text: str) -> tuple[Use, ...]:
    """Every capitalised name with what the words around it show, in text order."""
    return tuple(_uses(text))


def _uses(text: str) -> Iterable[Use]:
    for found in _NAME.finditer(text):
        start, name = _trimmed(found)
        if name and not _is_no_name(name):
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
    words = name.split()
    person = _TITLE_BEFORE.search(before) is not None
    organisation = any(word in _WORDS.organisation_words for word in words)
    other = organisation or bool(_PRODUCT_AFTER.match(after) or _PRODUCT_BEFORE.search(before))
    kind, strong, longer = _as_place(before, after, at_line_start=not before or before.endswith("\n"))
    if kind is None or (organisation and kind != "facility") or person:
        said = person or (kind is None and _PERSON_AFTER.match(after) is not None)
        return Use(start, end, name, None, False, said, other)
    return Use(start, end + longer, text[start : end + longer], kind, strong, False, other and not strong)


def _as_place(before: str, after: str, at_line_start: bool) -> tuple[PlaceKind | None, bool, int]:
    """The sort of place, whether beyond doubt, and how many letters of a following head noun belong to the name."""
    if at_line_start and _DATELINE.match(after):
        return "dateline", True, 0
    region, facility = _REGION.match(after), _FACILITY.match(after)
    if region is not None:
        return _kind_of(region["head"]), True, region.end() if region["head"][0].isupper() else 0
    if facility is not None:
        return "facility", True, facility.end()
    if _CITY_BEFORE.search(before) or _CITY_AFTER.match(after):
        return "city", True, 0
    of_region = _OF_REGION.search(before)
    if of_region is not None:
        return _kind_of(of_region["head"]), of_region["head"].lower() not in {"people", "state", "authorities"}, 0
    return ("place" if _as_setting(before, after) else None), False, 0


def _as_setting(before: str, after: str) -> bool:
    """Whether the name is used as one that things lie in, come from or belong to as to a country."""
    if _COUNTRY_AFTER.match(after) or _BASED.match(after):
        return True
    preposition = None if after.startswith(("'s ", "’s ")) else _IN.search(before)
    return preposition is not None and not _NOT_BY_IN.match(preposition["verb"] or "")


def _kind_of(head: str) -> PlaceKind:
    return "city" if head.lower() in _WORDS.settlement_words else "region"
