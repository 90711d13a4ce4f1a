"""What the words around a time expression say about it: whether it is one, looks ahead, or dates the report."""

from __future__ import annotations

import re

from firsthand.extract.time_grammar import Outlook

_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\"“‘])|\n\s*\n")
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|going\s+to|(?:is|are|was|were|be)\s+(?:to|due|set|scheduled|expected|planned)|plans?|planned|expires?|intends?"
    r"|(?:postponed|delayed|deferred|adjourned|rescheduled)\s+(?:until|till|to|for)|to\s+\w+\s+(?:until|till|through)"
    r"|upcoming|hopes?\s+to|aims?\s+to|deadline|(?:not|no)\s+later\s+than|by\s+the\s+end)\b|[’']ll\b"
)
_AHEAD_OF_NOW = re.compile(
    r"\b(?:will|shall|won[’']t|(?:is|are)\s+(?:going\s+to|to|due|set|scheduled|expected|planned)|upcoming|deadline)\b|[’']ll\b"
)
_BEHIND = re.compile(
    r"\b(?:was|were|had|has|have|did|said|says|told|began|became|came|went|made|took|gave|saw|found|wrote|bought|sold|built"
    r"|put|won|(?<!be\s)(?<!to\s)\b\w{3,}ed)\b"
)
_DEADLINE = re.compile(
    r"\b(?:to|by|until|till|through|before|effective|expires?|due|payable)\s+(?:the\s+|on\s+)?\Z", re.IGNORECASE
)
_REPORTING = re.compile(
    r"\b(?:said|told\s+\S+(?:\s+\S+){0,2}|reported|announced|published|released|wrote|issued|confirmed|denied|stated|added|dated"
    r"|acknowledged|posted|statement|report|briefing|conference|interview|filed|seen|updated|judgment|judgement|ruling|bulletin|letter|notice|edition|issue)\b"
    r"(?:\s+(?:on|in|late|early|earlier|last|at|by|of|from|the|its|website|a|statement)){0,4}[\s,]*\Z"
)
_REPORTING_AFTER = re.compile(r",?\s+(?:said|told|reported|announced|published)\b")
_AGENCY_AFTER = re.compile(r"\s+\([A-Z]{2}[A-Za-z .-]*\)")
_LEAD_IN = re.compile(
    r"(?:the\s+)?(?:(?:(?:early|late)\s+)?(?:morning|night|evening|afternoon)(?:\s+hours)?\s+of\s+"
    r"|(?:early|late|mid|end|start|beginning|middle|close|turn|first|last)[-\s]+(?:days?\s+)?(?:in\s+|of\s+)?(?:the\s+)?)?\Z",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"\s+(?:early\s+)?(?:morning|afternoon|evening|night)\b")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|from|by|until|till|before|after|during|of|for|through|throughout|between|early|late|mid|year|the|a|an|his|her|its|their"
    r"|and|to|or|than|around|about|circa|summer|spring|autumn|fall|winter|beginning|end)\s+|\b(?:mid|early|late)[-–]|[(\[,–—]\s*|\A|\n)\Z",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(r"\s+(?:[a-z]+s|people|percent|per\s+cent|men|women|children)\b")
_TIME_BEFORE = re.compile(
    r"\b(?:in|since|from|until|till|by|last|next|this|of|early|late|mid|to|and|between|before|after|during|through|on|for|or|the|again)"
    r"[\s-]+\Z|[,(–-]\s*\Z",
    re.IGNORECASE,
)
_SEASON_BEFORE = re.compile(
    r"\b(?:in|since|until|by|during|over|from|of|through|before|after|early|late|mid)[\s-]+(?:the\s+(?:early\s+|late\s+)?)?\Z",
    re.IGNORECASE,
)
_ALSO_NAMES = frozenset({"May", "March", "Mar", "Jan", "Dec", "Sat", "Sun", "August", "April", "June"})
"""Months and days that are also verbs or people's names."""
_HABIT_BEFORE = re.compile(r"\b(?:the|a|at|its|their|her|his|our|each|every|usual|regular)\s+\Z", re.IGNORECASE)
_NOUN_OF_DAY = re.compile(
    r"\s+(?!(?:morning|afternoon|evening|night|last|and|or|that|by|in|at|to|when|as|after|before|for|with|while|but|from|of|said)\b)[a-z]{3,}"
)
_LASTING_BEFORE = re.compile(r"\b(?:for|take|takes|took|taken|lasts?|lasted|within|spent)\s+\Z", re.IGNORECASE)
_LASTING_AFTER = re.compile(r"\s+(?:before|after|earlier|later|ago)\b")
_UNITS = frozenset({"days", "weeks", "months", "years", "decades"})
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_MARKS_OF_OTHER_FIGURES = frozenset("-‐‑$€£./#:")


def means_time(text: str, match: re.Match[str]) -> bool:
    """Whether words with other meanings too ("May", "fall", 2000) are meant as a time where they stand."""
    words, start, end = match[0], match.start(), match.end()
    before = text[max(0, start - 24) : start]
    if words[0].isdigit() and before and before[-1] in _MARKS_OF_OTHER_FIGURES and not _YEAR_BEFORE.search(before):
        return False
    if len(words) == 4 and words.isdigit():
        return _YEAR_BEFORE.search(before) is not None and not (words.endswith("00") and _NOUN_AFTER.match(text, end))
    if words.rstrip(".") in _ALSO_NAMES:
        return _TIME_BEFORE.search(before) is not None or (start == 0 and words != "May")
    if words.lower() in _UNITS:
        return bool(_LASTING_BEFORE.search(before) or _LASTING_AFTER.match(text, end))
    return words.lower() not in _SEASONS or _SEASON_BEFORE.search(before) is not None


def means_habit(text: str, start: int, end: int) -> bool:
    """Whether a weekday names a habit, not a day ("at Saturday meetings", "the Sunday market")."""
    if not text[start].isupper() or not text[start:end].endswith("day") or " " in text[start:end]:
        return False
    return bool(_HABIT_BEFORE.search(text, max(0, start - 12), start) and _NOUN_OF_DAY.match(text, end))


def leads_in(text: str, start: int) -> int:
    """Where an expression begins once "the", "early" or "the end of" before it is counted in."""
    found = _LEAD_IN.search(text, max(0, start - 32), start)
    if found is None or (found.start() and text[found.start() - 1].isalnum()):
        return start
    return found.start()


def trails_off(text: str, end: int) -> int:
    """Where the name of a day ends once "morning" or "night" behind it is counted in."""
    found = _PART_OF_DAY.match(text, end)
    return found.end() if found else end


def outlook(text: str, start: int, end: int, *, tale: bool = False) -> Outlook:
    """Whether the clause speaks of what is to come, of what is past, or leaves it open.

    A word such as "by" or "effective" right before decides, or else the nearest verb: the last one of the sentence
    before the expression, or the first after it. In a `tale`, what was once to come ("was to land in May") is past.
    """
    coming_up = _AHEAD_OF_NOW if tale else _AHEAD
    since = max(0, start - 300)
    for found in _SENTENCE_END.finditer(text, since, start):
        since = found.end()
    ahead = max((m.start() for m in coming_up.finditer(text, since, start)), default=-1)
    behind = max((m.start() for m in _BEHIND.finditer(text, since, start)), default=-1)
    if ahead >= max(behind, 0):
        return "ahead"
    if _DEADLINE.search(text, max(0, start - 24), start):
        return "open"
    if behind >= 0:
        return "behind"
    stop = _SENTENCE_END.search(text, end, end + 200)
    limit = end + 200 if stop is None else stop.start()
    coming, gone = coming_up.search(text, end, limit), _BEHIND.search(text, end, limit)
    if coming is not None and (gone is None or coming.start() <= gone.start()):
        return "ahead"
    return "open" if gone is None else "behind"


def dates_a_report(text: str, start: int, end: int) -> bool:
    """Whether the expression says when something was said, published or wired rather than when it happened."""
    if text[start:end].isdigit():  # "phones released in 2020": a year alone dates a thing, seldom a report
        return False
    return bool(
        _REPORTING.search(text, max(0, start - 60), start)
        or _REPORTING_AFTER.match(text, end)
        or _AGENCY_AFTER.match(text, end)
    )
