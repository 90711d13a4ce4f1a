"""Words that pass something on ("according to", "writes") and words of first-hand knowledge ("told us", "has seen")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from firsthand.records import Span
from firsthand.trace.credit_names import name_words, publisher
from firsthand.trace.details import Profile, Sentence, Word

Strength = Literal["whole", "passage", "mention"]
"""`whole`: a source line credits the story; `passage`: a sentence passes something on; `mention`: named, no more."""

_CUE: Final = re.compile(
    r"\b(?:accord(?:ing|ance)|report(?:s|ed|ing)?|wr(?:ite|ites|ote|itten|iting)|sa(?:y|ys|id|ying)|told|tells?"
    r"|cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing)|stud(?:y|ies)|surveys?|investigation|research|findings?|found|finds"
    r"|publish(?:ed|es)|releas(?:e|es|ed)|reveal(?:s|ed)?|disclos(?:e|es|ed)|document(?:s|ed)|describ(?:es|ed)"
    r"|claim(?:s|ed)|assert(?:s|ed)|alleg(?:es|ed)|announc(?:es|ed)|declar(?:es|ed)|inform(?:s|ed)|transmit(?:s|ted)?"
    r"|communicat(?:es|ed)|relay(?:s|ed)|count(?:s|ed)|estimat(?:es|ed)|warn(?:s|ed)|not(?:es|ed)|conclud(?:es|ed)"
    r"|insist(?:s|ed)?|maintain(?:s|ed)?|argu(?:es|ed)|acknowledg(?:es|ed)|confirm(?:s|ed)|retort(?:s|ed)|repl(?:y|ies|ied)"
    r"|den(?:y|ies|ied)|stat(?:es|ed)|rul(?:es|ed)|order(?:s|ed)|resolv(?:es|ed)|explain(?:s|ed)|admit(?:s|ted)?"
    r"|read(?:s|ing)?|accus(?:es|ed)|instruct(?:s|ed)|conced(?:es|ed)|let it be known|ma(?:de|kes) (?:public|known)"
    r"|show(?:s|ed|n)?|learned|learnt|notice|bulletin|referr?(?:ed|ing|ence)|sources?|via|courtesy|materials?"
    r"|with agency|originally|first (?:appeared|published)|shared with|seen by)\b",
    re.I,
)
_FIRST_HAND: Final = re.compile(
    r"\b(?:told|tells|to|with|by|gave|given)\s+(?:us|this\s+(?:newspaper|paper|magazine|site|website|outlet|station"
    r"|programme|program|publication|reporter))\b"
    r"|\bwe\s+(?:have\s+)?(?:also\s+)?(?:seen|saw|interviewed|spoke|spoken|examined|obtained|counted|visited|reviewed"
    r"|heard|asked|met|learned|learnt|surveyed)\b"
    r"|\bour\s+(?:own\s+)?(?:researchers?|reporters?|correspondents?|interviews?|interviewees|findings?|investigation"
    r"|team)\b|\bwhom?\s+we\s+(?:are\s+calling|call)\b",
    re.I,
)
_HEARING: Final = """
    told spoke spoken speak account interview interviewed seen obtained confirmed wrote reply learned learnt saw visited
"""
_HEARD: Final = frozenset(_HEARING.split())
_WORK: Final = re.compile(
    r"[“\"‘«']\s*$|\b(?:report|study|paper|dossier|investigation|called|titled|entitled)\W+(?:\w+\W+){0,2}$", re.I
)
_BRACKET_OPENS: Final = re.compile(r"[(\[][^()\[\]\n]{0,20}$")
_BRACKET_ENDS: Final = re.compile(
    r"[^()\[\]\n]{0,20}[)\]](?:\W*(?:\n|$)| ?[-–—])"
)  # ends the paragraph or opens a dateline
_SOURCE_LINE_WORDS: Final = 9  # a paragraph this short that names an outlet is a source line


def source_lines(prof: Profile) -> frozenset[int]:
    """Sentences that are a short paragraph of their own after the first, without a full stop: "Source: …", "By …"."""
    sizes = Counter(s.paragraph for s in prof.sentences)
    found = set()
    for number, sentence in enumerate(prof.sentences):
        alone = sizes[sentence.paragraph] == 1 and sentence.words <= _SOURCE_LINE_WORDS
        stopped = prof.document.text[sentence.end : sentence.end + 1] in (".", "!", "?")
        if number and alone and not stopped:
            found.add(number)
    return frozenset(found)


def strength_of(prof: Profile, sentence: Sentence, span: Span) -> Strength:
    """How strongly `sentence` credits the name at `span`, source lines apart."""
    text = prof.document.text
    if _BRACKET_OPENS.search(text, max(0, span.start - 24), span.start) and _BRACKET_ENDS.match(text, span.end):
        return "whole"
    words = text[sentence.start : sentence.end]
    return "passage" if passes_on(words) and not _FIRST_HAND.search(words) else "mention"


def passes_on(words: str) -> bool:
    """Whether a sentence has a word that passes something on or names what is passed on."""
    return _CUE.search(words) is not None


def names_a_work(text: str, span: Span) -> bool:
    """A title counts in quotation marks or after a word for a work; the same words elsewhere are ordinary prose."""
    return bool(_WORK.search(text, max(0, span.start - 40), span.start))


def around(text: str, sentence: Sentence, span: Span) -> str:
    """The words around `span` in its sentence, on one line, for showing."""
    start, end = max(sentence.start, span.start - 60), min(sentence.end, span.end + 60)
    return re.sub(
        r"\s+", " ", ("…" if start > sentence.start else "") + text[start:end] + ("…" if end < sentence.end else "")
    )


def first_hand(prof: Profile) -> frozenset[int]:
    """Sentences in which a document says, outside quotations, that its own people saw, heard or obtained something."""
    outlet = name_words(publisher(prof.document))
    found: set[int] = set()
    at = 0
    for number, sentence in enumerate(prof.sentences):
        words = prof.words(at, at + sentence.words)
        at += sentence.words
        own = [m.start() for m in _FIRST_HAND.finditer(prof.document.text, sentence.start, sentence.end)]
        named = bool(outlet) and _own_name_heard(outlet, words)
        if named or any(not _inside(prof.quoted, place) for place in own):
            found.add(number)
    return frozenset(found)


def _inside(stretches: Sequence[tuple[int, int]], place: int) -> bool:
    at = bisect_right(stretches, (place, place)) - 1
    return at >= 0 and place < stretches[at][1]


def _own_name_heard(outlet: tuple[str, ...], words: Sequence[Word]) -> bool:
    """Its own name near a verb of hearing or seeing: "told the Harbour Ledger", "the Ledger has seen"."""
    folded = [w.folded for w in words]
    for i in range(len(folded)):
        full = folded[i : i + len(outlet)] == list(outlet)
        short = folded[i] == outlet[-1] and i > 0 and folded[i - 1] == "the" and len(outlet) > 1
        if (full or short) and any(w in _HEARD for w in folded[max(0, i - 7) : i + len(outlet) + 4]):
            return True
    return False
