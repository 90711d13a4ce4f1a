"""The one plain sentence that a finding goes by: its clearest supporting quote, cleaned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from firsthand.reconcile.words import content
from firsthand.records import Statement

MOST_COMPARED = 300  # quotes of one finding that are compared
CERTAIN = {"stated": 0, "likely": 1, "possible": 2, "doubtful": 3, "denied": 4}
FIT_LENGTH = (40, 220)  # code points: shorter says too little, longer is seldom one plain sentence
ANAPHOR = re.compile(
    r"^\W*(?:he|she|it|its|they|them|their|this|that|these|those|such|there|one|some|others?|who|which|and|but|so)\b",
    re.I,
)
FIRST_PERSON = re.compile(r"\b(?:I|we|us|our|my|me|you|your)\b", re.IGNORECASE)
ATTRIBUTION = re.compile(
    r",[”\"’»]?\s+(?:according to [^,;]{1,80}|(?:(?:he|she|it|they|the [\w' -]{1,40}|[A-Z][\w.'’ -]{1,40}) "
    r"(?:said|says|added|adds|noted|notes|wrote|writes|reports|reported|explained)))\W*$"
)


def plain_sentence(statements: Sequence[Statement]) -> str:
    """The clearest of the quotes of `statements` (at least one) as one sentence with a capital and a full stop.

    Clear is what is certain, whole, needs no other sentence, and says what the others say.
    """
    shown = {
        statement.quote: statement for statement in sorted(statements, key=lambda s: (s.quote, s.id), reverse=True)
    }
    bags = {quote: content(quote) for quote in sorted(shown)[:MOST_COMPARED]}
    common = Counter(word for bag in bags.values() for word in bag)
    return clean(
        min(bags, key=lambda quote: (_murkiness(shown[quote]) - _central(bags[quote], common, len(bags)), quote))
    )


def _central(bag: Iterable[str], common: Mapping[str, int], quotes: int) -> float:
    """Up to 3 points for words that the other quotes have too."""
    shares = [(common[word] - 1) / (quotes - 1) for word in bag] if quotes > 1 else []
    return round(3 * sum(sorted(shares)) / len(shares), 6) if shares else 0.0


def clean(quote: str) -> str:
    """`quote` without marks around it and without a closing attribution, as a sentence.

    >>> clean("“the cameras were switched on in May”, he said")
    'The cameras were switched on in May.'
    """
    text = " ".join(quote.split())
    text = ATTRIBUTION.sub("", text).strip(" \t,;:–—-")
    if sum(text.count(mark) for mark in '“”"') == 1 or re.fullmatch(r"[“\"«][^“”\"«»]*[”\"»][.,]?", text):
        text = text.strip('“”"«» ')
    text = text.rstrip(" ,;:")
    text = text[:1].upper() + text[1:]
    return text if re.search(r"[.!?…][”\"’)]?$", text) else text + "."


def _murkiness(statement: Statement) -> float:
    """How far the quote is from a full, certain sentence that needs no other; lower is clearer."""
    text = clean(statement.quote)
    short, long = FIT_LENGTH
    reasons = (
        2.0 * CERTAIN[statement.certainty],
        2.0 * bool(ANAPHOR.match(text)),
        1.5 * bool(FIRST_PERSON.search(text)),
        1.0 * (not statement.quote.strip(" “\"'‘(")[:1].isupper()),
        3.0 * (len(text) < short),
        (len(text) - long) / 100 if len(text) > long else 0.0,
        1.0 * ("?" in text),
        -0.5 * bool(statement.place and statement.place in text),
        -0.5 * bool(statement.actor and statement.actor in text),
        -0.5 * bool(statement.supplier and statement.supplier in text),
        -0.2 * len(re.findall(r"\b[A-Z]\w+ [A-Z]\w+", text)),
    )
    return round(sum(reasons), 3)
