"""Words and head nouns of English noun phrases."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=8192)  # a document's names are compared with one another many times
def words_of(phrase: str) -> tuple[str, ...]:
    """Lower-case words of a phrase, possessive endings removed."""
    return tuple(w.lower().removesuffix("'s").removesuffix("’s").strip("’'") for w in re.findall(r"[\w’'-]+", phrase))


def head_noun(phrase: str) -> str:
    """Head noun of a noun phrase, lower case: the last word before a preposition, comma or relative clause.

    >>> head_noun("a spokeswoman for the Trade Office")
    'spokeswoman'
    """
    core = re.split(
        r",|\b(?:of|for|from|in|at|by|on|to|with|that|who|which|whose|whom|published|released|quoted|cited|near|beside|against|about|between|interviewed|describing|called|titled)\b",
        phrase.strip(), maxsplit=1,
    )[0]  # fmt: skip
    core = re.sub(
        r"(?<=\w)(?<!\b[Tt]he)(?<!\b[Aa])(?<!\b[Aa]n)(?<!\b[Ii]ts)\s+\w+(?:ed|ing)$", "", core.strip()
    )  # "paperwork filed in …", "two women working at …"
    words = words_of(core) or words_of(phrase)
    return words[-1] if words else ""
