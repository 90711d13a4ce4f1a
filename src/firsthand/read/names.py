"""Headlines and the names of outlets: telling one from the other, and agreeing on the outlet's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from firsthand.read.wording import contained, flat, line, word_count

_BORDER = re.compile(r"\s+[|•·»›«‹/]+\s+|\s+[-–—]+\s+|\s+::?:?\s+|\s*\|\s*|\s+>\s+")
_DIVIDERS = "|•·»›«‹/-–—:_>"
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:by\s+)?(?:(?:19|20|21)\d\d(?:\s*[-–—/]\s*(?:(?:19|20|21)\d\d|\w+))?)?[,\s]*(?:by\s+)?([^\d.,|—–()][^|—–(),]*?)\s*"
    r"(?:[.,|—–()]|(?:19|20|21)\d\d|\ball\b|\btext\b|\bmaterial|\breproduc|\bcontent\b|$)",
    re.IGNORECASE,
)
_LEGAL_FORM = re.compile(
    r"\s*(?:,?\s*\b(?:Inc|Ltd|LLC|GmbH|S\.?A|SRL|S\.?L|Co|Corp|Corporation|Limited|AG|AB|AS|Oy|BV|PLC)\b\.?)+$",
    re.IGNORECASE,
)
_MAX_CLAIMS = 60
"""Each is compared with each; honest pages make ten."""
_MAX_OUTLET_WORDS = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that gives the outlet a name, and how far it is to be trusted."""

    name: str
    weight: float
    source: str


def title_parts(title: str) -> list[str]:
    """The parts of a document title between its dividers.

    >>> title_parts("Court frees mechanic | Local | The Harbour Post")
    ['Court frees mechanic', 'Local', 'The Harbour Post']
    """
    return [part for part in (line(part) for part in _BORDER.split(title)) if part]


def split_title(title: str, headlines: Iterable[str], outlets: Iterable[str]) -> tuple[str, list[str]]:
    """The headline in a document title, and the other parts (outlet, section), the outermost last.

    `headlines` are what the page shows as its headline, `outlets` what is known of the outlet's name; without a match
    the longest stretch of parts is the headline and the shorter end part is the rest.
    """
    for headline in headlines:
        around = _around(title, headline)
        if around is not None:
            return headline, around
    parts = title_parts(title)
    if len(parts) < 2:
        return title, []
    known = [outlet for outlet in outlets if outlet]
    if any(same_outlet(parts[-1], outlet) for outlet in known):
        return _without(title, at_end=True), parts[-1:]
    if any(same_outlet(parts[0], outlet) for outlet in known):
        return _without(title, at_end=False), parts[:1]
    first_is_short = word_count(parts[0]) < word_count(parts[-1])
    end = parts[0] if first_is_short and len(parts) == 2 and word_count(parts[0]) <= 3 else parts[-1]
    if word_count(end) > _MAX_OUTLET_WORDS or 2 * word_count(end) > word_count(title) + 2:
        return title, []
    return _without(title, at_end=end == parts[-1]), [end]


def _around(title: str, headline: str) -> list[str] | None:
    """What stands around `headline` in `title`, the outermost last; None when the headline is not a part of it.

    >>> _around("Undercurrent: Lamps that listen", "Lamps that listen"), _around("Lamps that listen", "that")
    (['Undercurrent'], None)
    """
    at = title.casefold().find(headline.casefold()) if headline else -1
    if at < 0:
        return None
    before, after = title[:at].rstrip(), title[at + len(headline) :].lstrip()
    if (before and before[-1] not in _DIVIDERS) or (after and after[0] not in _DIVIDERS):
        return None
    sides = [title_parts(side.strip(_DIVIDERS + " ")) for side in (after, before)]
    return sides[0] or sides[1][::-1]


def _without(title: str, *, at_end: bool) -> str:
    """The title without its last, or its first, part and the divider next to it."""
    borders = list(_BORDER.finditer(title))
    return title[: borders[-1].start()].strip() if at_end else title[borders[0].end() :].strip()


def same_outlet(one: str, other: str) -> bool:
    """Whether two names may be one outlet: equal or contained words, equal letters, or initials.

    >>> same_outlet("The Harbour Post", "HARBOUR POST"), same_outlet("NPA", "Northern Press Agency")
    (True, True)
    >>> same_outlet("Harbour24", "Harbour 24"), same_outlet("Post", "Press")
    (True, False)
    """
    if not flat(one) or not flat(other):
        return False
    if contained(one, other) or contained(other, one) or _squeezed(one) == _squeezed(other):
        return True
    return _initials(one) == _squeezed(other) or _initials(other) == _squeezed(one)


def _squeezed(name: str) -> str:
    return re.sub(r"^the|\W|_", "", flat(name).replace(" ", ""))


def _initials(name: str) -> str:
    words = [word for word in flat(name).split() if word not in ("the", "of", "and", "de", "la", "for")]
    return "".join(word[0] for word in words) if len(words) > 1 else "\0"


def agree(claims: Iterable[Claim]) -> Claim | None:
    """The claim whose name has most support, itself the most trusted of its supporters; None without claims.

    Of two forms of a name from the same page the shorter one wins when the longer merely adds a slogan or a legal form.
    """
    tidy = [Claim(_tidied(claim.name), claim.weight, claim.source) for claim in claims]
    named = (claim for claim in tidy if claim.name and word_count(claim.name) <= 2 * _MAX_OUTLET_WORDS)
    usable = list(dict.fromkeys(named))
    if not usable:
        return None
    if len(usable) > _MAX_CLAIMS:
        usable = sorted(usable, key=lambda claim: -claim.weight)[:_MAX_CLAIMS]

    def support(claim: Claim) -> float:
        by_source = {other.source: other.weight for other in usable if same_outlet(claim.name, other.name)}
        return sum(by_source.values())

    best = max(usable, key=lambda claim: (support(claim), claim.weight))
    group = [claim for claim in usable if same_outlet(claim.name, best.name)]
    chosen = max(group, key=lambda claim: (claim.weight, not claim.name.isupper(), -len(claim.name)))
    if chosen.name.isupper():  # a masthead's capitals are type, not spelling
        spelled = (claim for claim in group if flat(claim.name) == flat(chosen.name) and not claim.name.isupper())
        chosen = next(spelled, chosen)
    fuller = (claim for claim in group if flat(claim.name).startswith(f"{flat(chosen.name)} of "))
    return _without_slogan(next(fuller, chosen), group)


def _tidied(name: str) -> str:
    name = re.sub(r"^[^\w\"'“‘«„(\[]+|[^\w\"'”’»!?)\]]+$", "", _LEGAL_FORM.sub("", line(name)))
    return name if any(character.isalpha() for character in name) else ""


def _without_slogan(chosen: Claim, group: list[Claim]) -> Claim:
    """`chosen` cut to the words at its start that another claim gives as the whole name."""
    words = chosen.name.split()
    for claim in sorted(group, key=lambda claim: len(claim.name)):
        size = len(claim.name.split())
        if size < len(words) and flat(" ".join(words[:size])) == flat(claim.name) and word_count(chosen.name) > 4:
            return Claim(" ".join(words[:size]), chosen.weight, chosen.source)
    return chosen


def copyright_holder(text: str) -> str | None:
    """The name in a copyright line.

    >>> copyright_holder("© 2031 Harbour Post Ltd. All rights reserved.")
    'Harbour Post'
    """
    match = _COPYRIGHT.search(text[:300])
    name = _tidied(match[1]) if match else ""
    is_name = bool(name) and not name[0].islower() and word_count(name) <= _MAX_OUTLET_WORDS
    return name if is_name and flat(name) not in _NO_HOLDERS else None


_NO_HOLDERS = frozenset({"all rights reserved", "copyright", "all rights", "the author", "the authors"})


def host_name(url: str) -> str | None:
    """The host of an address without `www.`; None when it has none.

    >>> host_name("https://www.harbourpost.example/a/1")
    'harbourpost.example'
    """
    match = re.match(
        r"^\s*(?:https?:)?//(?:[^/@\s]*@)?(?:www\d?\.|m\.|amp\.)?([^/:?#\s]+\.[^/:?#\s.]+)", url, re.IGNORECASE
    )
    return match[1].lower() if match else None
