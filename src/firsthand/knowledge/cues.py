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
    clausal: frozenset[str]
    """Base forms of verbs that report only where they govern a clause or stand beside a quotation."""
    provision: frozenset[str]
    """Base forms of what a written document does by its wording: it allows, requires, lists."""
    documents: frozenset[str]
    """Head nouns of written documents, singular."""
    any_report: re.Pattern[str]
    """Whatever might be a reporting verb in any form; a sentence without it needs no closer reading."""
    denial: re.Pattern[str]
    according_to: re.Pattern[str]
    certainty: tuple[tuple[str, re.Pattern[str]], ...]
    """(certainty, pattern), strongest class first."""
    voices: dict[str, frozenset[str]]
    """Kind of voice to its lower-case head nouns."""
    activity: tuple[tuple[str, float, re.Pattern[str]], ...]
    """(activity, weight, pattern for text in lower case: that takes a quarter of the time of ignoring case)."""


@cache
def cues() -> Cues:
    """The lexicons, read from the package."""
    table = tomllib.loads(files("firsthand.knowledge").joinpath("cues.toml").read_text(encoding="utf-8"))
    attribution = table["attribution"]
    activities = [
        (name, float(weight), _words(pattern.lower(), 0))
        for name, rows in sorted(table["activity"].items())
        for weight, pattern in rows.items()
    ]
    return Cues(
        speech=_words("|".join(re.split(r"[|\s]+", attribution["speech"].strip()))),
        finding=_words("|".join(re.split(r"[|\s]+", attribution["finding"].strip()))),
        clausal=frozenset(attribution["clausal"].split()),
        provision=frozenset(attribution["provision"].split()),
        documents=frozenset(
            n.removesuffix("s") for kind in ("primary", "dataset") for n in table["voices"][kind].split()
        ),
        any_report=_stems(
            attribution["provision"], attribution["speech"], attribution["finding"], attribution["clausal"]
        ),
        denial=_words(attribution["denial"]),
        according_to=_words("|".join(re.split(r"\s*[|\n]\s*", attribution["preposition"].strip()))),
        certainty=tuple((name, _words(table["certainty"][name])) for name in ("doubtful", "possible", "likely")),
        voices={kind: frozenset(words.split()) for kind, words in table["voices"].items()},
        activity=tuple(activities),
    )


def _stems(*lists: str) -> re.Pattern[str]:
    """A pattern for words that begin like those of `lists` and end like an inflection."""
    words = {word.removesuffix("e").removesuffix("y") for words in lists for word in re.split(r"[|\s]+", words.strip())}
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(words))})\w{{0,4}}(?![\w-])", re.IGNORECASE)


def _words(alternatives: str, flags: re.RegexFlag | int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern for whole words, in which one space stands for any white space and any apostrophe for both kinds."""
    flexible = re.sub(r"\s*\n\s*", "|", alternatives.strip()).replace(" ", r"\s+").replace("'", "['’]")
    return re.compile(rf"(?<![\w-])(?:{flexible})(?![\w-])", flags)
