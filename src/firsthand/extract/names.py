"""Where a text names somebody or something: runs of capitalised words, cut to the names they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from firsthand.knowledge.countries import place_names
from firsthand.records import Span

CAP = r"(?:[A-ZÀ-ÖØ-Þ][\w’'&.-]*\w|[A-Z]\.?|[A-ZÀ-ÖØ-Þ]\w*)"
JOIN = r"(?:of|for|de|del|da|do|la|las|los|y|e|&|van|von|der|al|el|di|on|to)"
NAMED = rf"(?:\d{{1,3}} (?=[A-Z]))?(?:{CAP})(?:[ \u00a0](?:\d+ )?(?:{JOIN} (?:the |la |los )?)?{CAP})*"
NAME = re.compile(rf"(?<![\w]){NAMED}")
STOP = frozenset(
    "the a an this that these those it he she they we i you but and or so if in on at of to for from by with "
    "as after before while when "
    "where who what why how there here its his her their our no not none nobody nor yet also then however "
    "although though because since "
    "according most many some several each every both all any other another such one two three four five six "
    "seven eight nine ten "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october "
    "november december mr mrs ms dr prof yes meanwhile still even only just now today yesterday tomorrow last "
    "next more less about "
    "over under during until despite between among without within against across around asked anyone everyone "
    "nothing something "
    "does do did is are was were has have had can could will would should may might must let new whether "
    "whoever".split()
)
ROLE = (
    r"(?P<role>(?:[\w-]+ )?(?:spokesman|spokeswoman|spokesperson|press-secretary|director|director-general|"
    r"secretary|secretary-general|chairman|chairwoman|chair|head|manager|chief executive|founder|co-founder|"
    r"president|minister|commissioner|coordinator|lawyer|attorney|counsel|principal|superintendent|governor|mayor|"
    r"researcher|analyst|professor|lecturer|author|co-author|expert|representative|officer|judge|pastor|"
    r"engineer|ombudsman|prosecutor|deputy|leader|captain|technologist))"
)
BEFORE_ROLE = re.compile(rf"(?:^|[\s(]){ROLE}(?: (?:of|for|at) [^,.;]{{2,50}})?,? $", re.IGNORECASE)
# "The People's Voice" is one name; "Lindau's Harbour Office" is two.
_FOLK = r"\b[Pp]eople)(?<!\b[Ww]omen)(?<!\b[Ww]orkers)(?<!\b[Cc]hildren)(?<!\b[Cc]itizen"
# Kinds of body that may carry a purpose in their name: "Institute for Northern Studies", "Committee on Trade".
_MAY_BE_FOR = frozenset(
    "institute committee center centre laboratory council office agency bureau department foundation "
    "secretariat ministry commission commissioner group network project alliance coalition federation "
    "university college school society association initiative campaign authority board fund".split()
)
_LEADING_TITLE = re.compile(
    r"(?:(?:[A-Z]\w+ )?(?:Secretary|Minister|President|Governor|Mayor|Senator|Superintendent|Commissioner|"
    r"Director|Spokesman|Spokeswoman|Spokesperson)"
    r"|Researchers?|Judge|Justice|Pastor|Professor|Prof\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Chief|Inspector|General|"
    r"Colonel|Captain) (?=[A-Z][\w’-]+)(?! of\b)(?!General\b)"
)
_ADJECTIVAL = re.compile(
    r"-(?:focused|based|made|born|led|style|owned|backed|run|funded|trained|speaking)$|^(?:AI|CCTV|PDF|GPS|DNA|"
    r"ID|IT|TV|US|UK|EU|UN|FILE|COVID-19)$"
)


def place_kind(name: str) -> str | None:
    """Whether a name is a country, its adjective or its capital; None if it is none of them."""
    entry = place_names().get(name) or place_names().get(name.removesuffix("s"))
    return entry.kind if entry else None


def spot_names(text: str) -> list[Span]:
    """Spans of the names in `text`, in order. Titles, possessive endings and sentence-opening words are left out."""
    vocabulary = _Vocabulary(text)
    return [
        span
        for match in NAME.finditer(text)
        for span in _names_in(text, match.start(), match.end())
        if vocabulary.is_name(text[span.start : span.end], span.start)
    ]


def _names_in(text: str, start: int, end: int) -> Iterator[Span]:
    """The names in one capitalised run."""
    start = _after_function_words(text, start, end)
    title = _LEADING_TITLE.match(text, start, end)
    titled = title is not None or BEFORE_ROLE.search(text[max(0, start - 40) : start]) is not None
    start = title.end() if title else start
    if titled and (holder := re.match(r"\S+(?: [A-Z]\S+)+?(?= (?:of|for|at|to) )", text[start:end])):
        yield Span(start=start, end=start + holder.end())
        belongs = re.match(r" (?:of|for|at|to) (?:the )?", text[start + holder.end() : end])
        start += holder.end() + (belongs.end() if belongs else 1)
    name = text[start:end].rstrip(".,'’-")
    purpose = re.search(r"(?P<left>\S+) (?:for|on|to) (?:the )?", name)
    if purpose and purpose["left"].lower() not in _MAY_BE_FOR:
        yield Span(start=start, end=start + purpose.end("left"))
        start, name = start + purpose.end(), name[purpose.end() :]
    name = re.sub(r"(?:'s|’s)$", "", name)
    owner = re.search(rf"(?<!{_FOLK})(?:'s|’s)\s", name)
    if owner:
        yield Span(start=start, end=start + owner.start())
        start, name = start + owner.end(), name[owner.end() :]
    counted = re.match(r"\d+ (?=(?P<word>\w+))", name)
    if counted and (counted["word"].lower() in STOP or place_kind(name[counted.end() :]) is not None):
        start, name = start + counted.end(), name[counted.end() :]
    yield Span(start=start, end=start + len(name))


def _after_function_words(text: str, start: int, end: int) -> int:
    while start < end:
        first = re.match(r"[\w’'&.-]+", text[start:end])
        if first is None or first.group().lower().strip(".'’") not in STOP:
            break
        start += first.end()
        while start < end and text[start] == " ":
            start += 1
        joined = re.match(rf"{JOIN}\s+(?:the\s+)?", text[start:end])
        if joined:
            start += joined.end()
    return start


# "…, a maker of lenses, confirmed": whatever opens the sentence is described as a name is.
_APPOSED = re.compile(r", an? [^,.;:\n]{3,60}, (?:has |had |also )?[a-z]{2,}(?:s|d|t)\b")


class _Vocabulary:
    """How the text writes its words, to tell a name that opens a sentence from a common word."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._small = set(re.findall(r"\b[a-zà-ÿ][\w’'-]*", text))
        self._midway = set(re.findall(r"(?<=[a-z,] )[A-ZÀ-Þ][\w’'-]*", text))
        self._last = {m.group(): m.start() for m in re.finditer(r"\b[A-ZÀ-Þ][\w’'-]*", text)}

    def is_name(self, name: str, start: int) -> bool:
        """Whether a spotted run is a name at all."""
        if len(name) < 2 or name.lower() in STOP or _ADJECTIVAL.search(name):
            return False
        return " " in name or name.isupper() or not self._opens(start) or not self._common(name, start)

    def _opens(self, start: int) -> bool:
        """Whether a sentence or line may open at `start`."""
        before = self._text[max(0, start - 8) : start]
        bare = before.rstrip(' \n“"‘«(—–-')
        return (not bare and start < 9) or bare[-1:] in set('.!?:…”"’»') or before.endswith("\n")

    def _common(self, name: str, start: int) -> bool:
        if _APPOSED.match(self._text, start + len(name)):
            return False
        small = any(name.lower() + ending in self._small for ending in ("", "s", "d", "ed", "ing"))
        return small or (name not in self._midway and self._last.get(name, start) <= start)
