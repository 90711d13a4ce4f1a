"""Which sentences say something about a surveillance technology or programme.

In a text that has the subject (`subject`), a sentence is judged by its words and by the thread it stands in: the
technology, the words that show watching, what came before in its paragraph, and signs of background or
of mere procedure. Only sentences of the thread lend words to others, so an unrelated paragraph changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from operator import sub

from firsthand.extract.nouns import words_of
from firsthand.extract.placed import Placed
from firsthand.extract.technology import CueMention, TechnologyMention, spot_technology, surveillance_cues
from firsthand.knowledge.activities import cue_hits
from firsthand.knowledge.models.linear import statement_model
from firsthand.knowledge.senses import senses, stems
from firsthand.knowledge.vectors import SCALE, SIZE, Direction, closeness, direction, total
from firsthand.records import Span

_BACKGROUND = re.compile(
    r"\b(?:shares?|bonds?|stock|turnover|revenue|listed (?:in|on)|traded|trading|brokers?|crop|harvest|"
    r"tariffs?|prices?|"
    r"inflation|elections?|homicide|inhabitants|population of|festival|weather|storms?|snow|"
    r"football|"
    r"team|recipe|born in|married|grew up|founded in|coffee|"
    r"merger|loan|"
    r"banks?|tourists?|strike|subscribe|round-up|mayor of|run for|stand for|"
    r""
    r"anniversary|concert|museum|restaurant|champions?|league|orchestra|holiday)\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:declined to comment|did not (?:respond|reply|answer|wish|immediately)|no comment|went unanswered|"
    r"could not be reached|requests? for comment|seeking comment|hung up|asked not to be (?:named|identified)|"
    r"names? (?:have|has) been (?:withheld|changed)|whom we are calling|"
    r"(?:they|we|researchers?) (?:also )?(?:interviewed|spoke to|surveyed)|(?:was|were) interviewed (?:in|by|over)|"
    r"(?:report|study) examined|(?:not|never) (?:been )?(?:able|possible) to (?:see|verify|"
    r"check|confirm)|"
    r"could not (?:verify|check|examine|confirm)|we do not know|not known to us|report(?:s|ed) this|full text|"
    r"can be had|"
    r"(?:found|took|have) (?:this|that|these|those) (?:figure|number|name|detail|date|passage)s? (?:in|from)|"
    r"can be consulted|download|press conference|would not discuss)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"[“\"‘«]?(?:It|They|This|These|Those|That|Its|Their)\b")
_COMMON = frozenset(
    "about above after again also among another asked away because become been before being between both came "
    "come could country does down "
    "during each even every first from gave give given going have having here himself home into itself just "
    "last later least left less like "
    "made make many more most much must near never next none nothing number often once only other over people "
    "place same said says seen "
    "several shall should show since some still such take than that their them then there these they this "
    "those through told under until "
    "used very want week were what when where which while whose will with within without would year years "
    "month months today time report "
    "study found research institute ministry government state police city president company officials "
    "according published".split()
)
_ABOUT, _AROUND = ([f"{kind} {number:02}" for number in range(SIZE)] for kind in ("about", "beside"))
_OWN, _BESIDE = 5.0, 2.5
"""Scales of directions among features of 0 or 1, so that one penalty does for all."""
# Log odds; above even, since at even odds one in four sentences taken from families not trained on was no statement.
THRESHOLD = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A sentence with its topic score."""

    span: Span
    score: float
    on_topic: bool


def judge(
    text: str, paragraphs: Sequence[Sequence[Span]], attributed: frozenset[int], *, subject: bool
) -> tuple[Judged, ...]:
    """Judge every sentence of `paragraphs` (sentences by paragraph, in order); none is on topic without the `subject`.

    `attributed` holds the start of every sentence that somebody is said to say.
    """
    judged: list[Judged] = []
    model = statement_model("topic")
    for sentence, found in features(text, paragraphs, attributed):
        score = model.scores(found)[0]
        judged.append(Judged(span=sentence, score=round(score, 3), on_topic=subject and score >= THRESHOLD))
    return tuple(judged)


def features(
    text: str, paragraphs: Sequence[Sequence[Span]], attributed: frozenset[int]
) -> Iterator[tuple[Span, dict[str, float]]]:
    """Every sentence with its features."""
    technology, cues = Placed(spot_technology(text)), Placed(surveillance_cues(text))
    everything = [s for sentences in paragraphs for s in sentences]
    seeds = [s for s in everything if _seed(s, technology, cues)]
    thread = {w for s in seeds for w in words_of(text[s.start : s.end]) if _telling(w)}
    starts = {s.start for s in seeds}
    seeded = [number for number, sentences in enumerate(paragraphs) if any(s.start in starts for s in sentences)]
    abouts = {s.start: direction(text[s.start : s.end]) for s in everything}
    thread_about = total((abouts[s.start] for s in seeds), SIZE)
    for number, sentences in enumerate(paragraphs):
        followed = False
        for place, sentence in enumerate(sentences):
            found = _features(text, sentence, technology, cues, thread)
            found |= {
                "attributed": float(sentence.start in attributed),
                "follows a seed": float(followed),
                "paragraph of a seed": float(number in seeded),
                "behind the thread": float(bool(seeded) and number > seeded[-1]),
                "before the thread": float(bool(seeded) and number < seeded[0]),
                "rich in terms": min(1.0, len(seeds) / 4),
            }
            beside = [
                abouts[s.start] for s in (*sentences[max(0, place - 1) : place], *sentences[place + 1 : place + 2])
            ]
            own = abouts[sentence.start]
            others = tuple(map(sub, thread_about, own)) if sentence.start in starts else thread_about
            found |= _about(own, beside, others)
            yield sentence, found | _words(text[sentence.start : sentence.end])
            followed = followed or sentence.start in starts


def _about(own: Direction, beside: Sequence[Direction], thread: Direction) -> dict[str, float]:
    """What the sentence and those beside it in its paragraph are about, and how close it is to them and the thread."""
    around = total(beside, SIZE)
    scale = _BESIDE / max(1, len(beside))
    found = {name: _OWN * value / SCALE for name, value in zip(_ABOUT, own, strict=True)}
    found |= {name: scale * value / SCALE for name, value in zip(_AROUND, around, strict=True)}
    return found | {"like the thread": closeness(own, thread), "like beside": closeness(own, around)}


def _words(sentence: str) -> dict[str, float]:
    """Which words and classes of words the sentence holds, and how long it is."""
    found = stems(sentence)
    classes = {f"sense {name}" for word in found for name in senses(word)}
    listed = {f"word {word}" for word in found} | classes
    return dict.fromkeys(sorted(listed), 1.0) | {"length": min(3.0, len(found) / 15)}


def _seed(sentence: Span, technology: Placed[TechnologyMention], cues: Placed[CueMention]) -> bool:
    inside = technology.inside(sentence)
    return any(m.strong for m in inside) or (bool(inside) and bool(cues.inside(sentence)))


def _telling(word: str) -> bool:
    return len(word) > 4 and word.isalpha() and word not in _COMMON


def _features(
    text: str, sentence: Span, technology: Placed[TechnologyMention], cues: Placed[CueMention], thread: Set[str]
) -> dict[str, float]:
    words = text[sentence.start : sentence.end]
    inside = technology.inside(sentence)
    watching = len(cues.inside(sentence))
    active = sum(1 for _, weight, _ in cue_hits(words) if weight >= 3)
    return {
        "always": 1.0,
        "strong technology": float(any(m.strong for m in inside)),
        "weak technology": float(any(not m.strong for m in inside)),
        "cue": float(watching > 0),
        "second cue": float(watching > 1),
        "shared word": float(min(4, sum(w in thread for w in set(words_of(words))))),
        "background": float(min(2, len(_BACKGROUND.findall(words)))),
        "procedure": float(_PROCEDURE.search(words) is not None),
        "activity": float(min(2, active)),
        "quotation": float("“" in words or '"' in words),
        "points back": float(_POINTS_BACK.match(words) is not None),
    }
