"""Setting of a statement: actor, supplier, place and time of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firsthand.extract.place import place_mentions
from firsthand.extract.placed import Placed
from firsthand.extract.time import time_expressions
from firsthand.records import Document, Span

_NAME = r"(?:[A-ZÀ-Þ][\w&’.-]*)(?:\s+(?:of\s+(?:the\s+)?)?[A-ZÀ-Þ][\w&.-]*){0,4}"
_SUPPLIER = (
    re.compile(
        rf"(?P<who>{_NAME})[^.;]{{0,50}}?\b(?:supplied|supplies|shipped|sold|delivered|provided|exported|"
        rf"won the work|was hired|dispatched|manufactures)\b"
    ),
    re.compile(
        rf"\b(?:made|manufactured|supplied|delivered|built|sold|provided|produced|"
        rf"developed) by (?:the (?:\w+ ){{0,2}})?(?P<who>{_NAME})"
    ),
    re.compile(
        rf"\b(?:from|of|imported from|sourced from) (?P<who>{_NAME}),? (?:a|an|the) (?:\w+ )?(?:maker|"
        rf"manufacturer|company|firm|vendor|supplier)\b"
    ),
    re.compile(rf"(?P<who>{_NAME}),? (?:a|an|the) (?:[\w-]+ )?(?:maker|manufacturer|company|firm|vendor|supplier)\b"),
    re.compile(rf"\bcontract (?:with|to) (?P<who>{_NAME})"),
)
_ACTOR = re.compile(
    rf"^[\"“‘«]?(?:The |A |An |In \w+,? )?(?P<who>(?:state |national |city |security )?(?:police|authorities|"
    rf"government|regime|army)(?: of {_NAME})?|{_NAME})"
)
_NOT_ACTORS = frozenset(
    "The A An In On At It They This That These Those He She We You There But And As If When While Since For "
    "From By With According Each Every No".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """Who, where and when, as far as the words say."""

    actor: str | None = None
    supplier: str | None = None
    place: str | None = None
    country: str | None = None
    time: str | None = None
    time_text: str | None = None


class Scene:
    """The settings of one document's statements."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.times = Placed(time_expressions(document.text, document.published))
        self.places = Placed(place_mentions(document.text))

    def of(self, span: Span) -> Setting:
        """The setting that the words at `span` give."""
        words = self.text[span.start : span.end]
        times = self.times.inside(span)
        dated = next((m for m in times if m.edtf), None)
        place = next(iter(self.places.inside(span)), None)
        return Setting(
            actor=_actor(words),
            supplier=next(
                (m["who"] for p in _SUPPLIER if (m := p.search(words)) and m["who"] not in _NOT_ACTORS), None
            ),
            place=place.name if place else None,
            country=place.country if place else None,
            time=dated.edtf if dated else None,
            time_text=(dated or times[0]).text if times else None,
        )


def _actor(words: str) -> str | None:
    match = _ACTOR.match(words)
    if match is None or match["who"].split()[0] in _NOT_ACTORS:
        return None
    return match["who"]
