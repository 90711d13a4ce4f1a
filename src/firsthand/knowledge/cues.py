"""The cue lexicons of `cues.toml`, compiled once: words that attribute and hedge, and nouns for kinds of voice."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class Cues:
    """Compiled cue patterns and the head nouns of the kinds of voice."""

    speech: re.Pattern[str]
    finding: re.Pattern[str]
    denial: re.Pattern[str]
    according_to: re.Pattern[str]
    certainty: tuple[tuple[str, re.Pattern[str]], ...]
    """(certainty, pattern), strongest class first."""
    voices: dict[str, frozenset[str]]
    """Kind of voice to its lower-case head nouns."""
    activity: tuple[tuple[str, float, re.Pattern[str]], ...]
    """(activity, weight, pattern)."""


@cache
def cues() -> Cues:
    """The lexicons, read from the package."""
    table = tomllib.loads(files("firsthand.knowledge").joinpath("cues.toml").read_text(encoding="utf-8"))
    attribution = table["attribution"]
    activities = [
        (name, float(weight), _words(pattern))
        for name, rows in sorted(table["activity"].items())
        for weight, pattern in rows.items()
    ]
    return Cues(
        speech=_words("|".join(re.split(r"[|\s]+", attribution["speech"].strip()))),
        finding=_words("|".join(re.split(r"[|\s]+", attribution["finding"].strip()))),
        denial=_words(attribution["denial"]),
        according_to=_words("|".join(re.split(r"\s*[|\n]\s*", attribution["preposition"].strip()))),
        certainty=tuple((name, _words(table["certainty"][name])) for name in ("doubtful", "possible", "likely")),
        voices={kind: frozenset(words.split()) for kind, words in table["voices"].items()},
        activity=tuple(activities),
    )


def _words(alternatives: str) -> re.Pattern[str]:
    """A pattern for whole words, in which one space stands for any white space and any apostrophe for both kinds."""
    flexible = re.sub(r"\s*\n\s*", "|", alternatives.strip()).replace(" ", r"\s+").replace("'", "['’]")
    return re.compile(rf"(?<![\w-])(?:{flexible})(?![\w-])", re.IGNORECASE)
