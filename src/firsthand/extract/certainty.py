"""How sure the words are, with the words that show it."""

from __future__ import annotations

import re

from firsthand.knowledge.cues import cues
from firsthand.records import Certainty, Span

_MODAL_ONLY = re.compile(r"\b(?:could|might|may)\b", re.IGNORECASE)
# "could query", "could not see": past ability, not possibility, when somebody reports what was so.
_ABILITY = re.compile(
    r"\bcould (?:not|no longer|see|hear|query|read|only|already|afford|find)\b|\b(?:as|when|whenever|before|"
    r"until|that) \w+ could\b",
    re.IGNORECASE,
)
_MONTH_MAY = re.compile(r"(?:\b\d{1,2} May\b|\bMay \d|\b(?:in|of|by|until|since|from|last|next|early|late|mid) May\b)")
_IF = re.compile(r"^[\"“‘«]?(?:if|should)\b|\bif [^,]{5,80}, [^.]{0,120}\b(?:would|could|will|can)\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|refut(?:es?|ed)|never|not(?! only| less than| fewer than| more than)|"
    r"n['’]t|no(?!\. ?\d| fewer| less| longer than| more than| later| doubt| sooner| other)|nobody|none|nor|neither|"
    r"without|nothing|cannot|fake|false|baseless|absent)\b",
    re.IGNORECASE,
)


# "…, which the ministry has denied", "…, a claim that the ministry rejects": somebody else's denial of what the
# sentence says.
_DENIED_BY_ANOTHER = re.compile(
    r", (?:an? (?:\w+ )?(?:claim|charge|account|accusation|allegation|assertion|figure|number|finding|version|story) )?"
    r"(?:which|that) (?!has\b|have\b|had\b|also\b)[^,;.]{3,60}? (?:(?:has|have|had) )?"
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|refut(?:es?|ed)|disput(?:es?|ed))\b",
    re.IGNORECASE,
)


def certainty(text: str, span: Span) -> tuple[Certainty, Span | None]:
    """Certainty of the words at `span` and the cue that shows it; `stated` and no cue for plain fact.

    The weakest hedge wins, in the order doubtful, possible, likely.
    """
    words = text[span.start : span.end]
    for name, pattern in cues().certainty:
        for match in pattern.finditer(words):
            if name == "possible" and _not_a_hedge(words, match):
                continue
            found: Certainty = "doubtful" if name == "doubtful" else "possible" if name == "possible" else "likely"
            return found, Span(start=span.start + match.start(), end=span.start + match.end())
    condition = _IF.search(words)
    if condition:
        return "possible", Span(start=span.start + condition.start(), end=span.start + condition.start() + 2)
    return "stated", None


def negated(text: str, span: Span) -> bool:
    """Whether the words say that something is not so, in the voice of whoever says them."""
    return _DENIAL.search(_DENIED_BY_ANOTHER.sub(",", text[span.start : span.end])) is not None


def _not_a_hedge(words: str, match: re.Match[str]) -> bool:
    if match.group() == "May" or _MONTH_MAY.search(words[max(0, match.start() - 8) : match.end() + 3]):
        return match.group() == "May"
    if _MODAL_ONLY.fullmatch(match.group()) is None:
        return False
    return any(m.start() <= match.start() < m.end() for m in _ABILITY.finditer(words))
