"""Whether a document's publisher is a body that speaks of its own work, or an outlet that passes on what others say.

What a ministry, a firm, a court or a study states in its own voice rests on what it did itself. What a newspaper
states in its own voice rests on something that it does not name, so the two must be told apart, by how they write as
much as by what they are called.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from firsthand.knowledge.cues import cues
from firsthand.records import Document, OriginKind
from firsthand.trace.kinds import COMPANY, words

# Logits of a logistic fit over 158 documents of 18 story families, each judged with its own family left out: at even
# odds 36 of the 46 bodies are known and 2 outlets are taken for one (ADR 0006). Taking an outlet for a body counts too
# high, so a little more than even odds is asked.
_WEIGHTS: Mapping[str, float] = {
    "always": -0.8,
    "first person": 0.33,
    "named like a medium": -0.6,
    "named like an institution": 1.1,
    "named like a journal": 0.4,
    "reports what others say": -1.1,
    "formal words": 0.15,
    "byline of a person": -0.45,
    "named by others": 0.9,
    "titled like a paper of record": 1.05,
    "own work in the first person": 0.32,
    "known research or office": 1.05,
}
_ENOUGH = 0.1

_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{0,600}[”\"»]")
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
_OWN_WORK = re.compile(
    r"\b[Ww]e (?:have |also |then |had )?(?:\w+ed|saw|found|met|took|spoke|know|read|built|made|set)\b"
)
_REPORTS = re.compile(r"\b(?:said|says|told|according to|reported|reports|added|claims?|claimed)\b")
_FORMAL = re.compile(
    r"\b(?:hereby|herein|thereof|whereas|pursuant to|in accordance with|is established|it is (?:ordered|resolved|"
    r"assessed)|abstract|participants|methods|doi|appendix|respondents|(?:our|key) findings|annex|article \d+|"
    r"section \d+|paragraph \d+|case no|resolution|order of|notice)\b|^(?:[IVX]+|\d+)\.\s",
    re.IGNORECASE | re.MULTILINE,
)
_TITLES = re.compile(
    r"\b(?:statement|press release|questions|q&a|order|resolution|notice|decision|report|survey|handbook|manual|"
    r"erratum|retraction|correction of|findings|minutes|act|case|study|brochure|tender)\b",
    re.IGNORECASE,
)
_MEDIA = frozenset(
    "herald tribune courier mail express echo star sun mirror observer examiner chronicle standard telegraph guardian "
    "independent argus sentinel lantern beacon torch dawn voice post gazette weekly digest bulletin newsletter "
    "dispatch press wire bureau reporter review magazine notebook diary blog log channel fm radio tv live today "
    "monitor leader record advertiser globe world nation daily evening morning sunday report".split()
)
_INSTITUTIONS = frozenset(
    "tribunal union association assembly council party registry polytechnic board foundation federation "
    "university".split()
)
_JOURNALS = frozenset("annals journal proceedings transactions letters archives review".split())
_GAZETTES = frozenset("bulletin gazette register".split())
_NOTICES = frozenset("notice tender decree procurement order award call".split())
# Words that name research bodies and much else: they need the text to speak of research of its own.
_LOOSE = frozenset("centre center project group society rights watch campaign collective initiative".split())
_STATE_ORGAN = re.compile(
    r"\b[Oo]rgan of the\b|\b[Ss]tate (?:news agency|television|radio|broadcaster|newspaper)\b|"
    r"\bCentral (?:News Agency|Broadcasting|Television)\b"
)
_RESEARCHING = re.compile(
    r"\b(?:we|our (?:researchers|team|volunteers|interviewers)) (?:have )?(?:interviewed|examined|"
    r"surveyed|analy[sz]ed|measured|tested|scanned|reached|asked|probed|visited|counted|compared|collected|found|set)\b|"
    r"\bthis (?:study|report|paper) (?:finds|shows|documents)\b|\bcentral finding of\b|\bof our \d+ interviewees\b|"
    r"\b(?:households|people|members|networks|devices) (?:surveyed|that we \w+)\b",
    re.IGNORECASE,
)
_RESEARCH = re.compile(
    r"\b(?:this (?:study|report|paper)|central finding of|our (?:researchers|interviewees)|we interviewed \d+)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_MOST_BEARERS = 100  # documents of one publisher that are looked at; it is called the same in all of them
_SAME_LINE = 60
"""Characters from which a line that two documents share shows one to be taken from the other."""


def publisher_kinds(documents: Sequence[Document]) -> dict[str, OriginKind]:
    """What each document, by identifier, is an origin as when it speaks from its own knowledge; `own-reporting` for
    an outlet.
    """
    named = _most_named(documents)
    return {document.id: _kind(document, named[document.id]) for document in documents}


def _kind(document: Document, named: int) -> OriginKind:
    known = _named_kind(document)
    if known == "state-media":
        return known
    score = sum(_WEIGHTS[name] * value for name, value in _signs(document, named, known).items())
    if score < _ENOUGH:
        return "own-reporting"
    return known if known != "own-reporting" else _kind_of_body(document)


def _signs(document: Document, named: int, known: OriginKind) -> dict[str, float]:
    own = _QUOTED.sub(" ", document.text)
    hundreds = max(1, len(own.split())) / 100
    outlet, lexicon = words(document.outlet or ""), cues().voices
    institution = lexicon["research"] | lexicon["official"] | lexicon["court"] | _INSTITUTIONS
    return {
        "always": 1.0,
        "first person": min(3.0, len(_FIRST_PERSON.findall(own)) / hundreds),
        "named like a medium": float(bool(outlet & (_MEDIA | lexicon["media"]))),
        "named like an institution": float(bool(outlet & institution)),
        "named like a journal": float(bool(outlet & _JOURNALS)),
        "reports what others say": min(3.0, len(_REPORTS.findall(own)) / hundreds),
        "formal words": min(3.0, len(_FORMAL.findall(document.text)) / hundreds),
        "byline of a person": float(_by_a_person(document)),
        "named by others": min(3, named) / 2,
        "titled like a paper of record": float(_TITLES.search(document.title or "") is not None),
        "own work in the first person": min(3.0, float(len(_OWN_WORK.findall(own)))),
        "known research or office": float(known != "own-reporting"),
    }


def _by_a_person(document: Document) -> bool:
    byline = document.byline or ""
    return (
        len(byline.split()) in (2, 3)
        and "," not in byline
        and not byline.startswith("The ")
        and not words(byline) & words(document.outlet or "")
    )


def _most_named(documents: Sequence[Document]) -> dict[str, int]:
    """How often one other document names each document's publisher: the most, not the sum, and none that shares a line
    with it, since a further copy must not add to it.
    """
    lines = {d.id: _lines(d) for d in documents}
    bearers: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.outlet:
            bearers[document.outlet.removeprefix("The ")].append(document)
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in bearers:
        by_first[_first_word(name)].append(name)
    most = dict.fromkeys(lines, 0)
    for other in documents:
        for name, times in _names(other.text, by_first).items():
            for document in bearers[name][:_MOST_BEARERS]:
                if document.id != other.id and not lines[document.id] & lines[other.id]:
                    most[document.id] = max(most[document.id], times)
    return most


def _names(text: str, by_first: Mapping[str, Sequence[str]]) -> Counter[str]:
    """How often each name stands in the text; names are given by their first word."""
    found: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        for name in by_first.get(match.group(), ()):
            end = match.start() + len(name)
            found[name] += text.startswith(name, match.start()) and not text[end : end + 1].isalnum()
    return +found


def _first_word(name: str) -> str:
    found = _WORD.search(name)
    return found.group() if found else ""


def _lines(document: Document) -> frozenset[str]:
    return frozenset(" ".join(line.split()) for line in document.text.split("\n") if len(line) >= _SAME_LINE)


def _named_kind(document: Document) -> OriginKind:
    """The kind that the publisher's name and the text's own words give; `own-reporting` where they give none."""
    outlet, title = words(document.outlet or ""), words(document.title or "")
    lexicon = cues().voices
    if _STATE_ORGAN.search(document.text[:600]) or _STATE_ORGAN.search(document.outlet or ""):
        return "state-media"
    if outlet & _GAZETTES and (title | outlet) & _NOTICES:
        return "document"
    researching = len(_RESEARCHING.findall(document.text))
    if outlet & _JOURNALS and researching:
        return "journal-article"
    if outlet & (lexicon["research"] - _LOOSE) or (
        researching and (outlet & _LOOSE or _RESEARCH.search(document.text))
    ):
        return "report"
    if outlet & lexicon["official"] and not outlet & lexicon["media"]:
        return "official-statement"
    return "own-reporting"


def _kind_of_body(document: Document) -> OriginKind:
    """The kind of a body that only its way of writing gave away."""
    name, outlet = document.outlet or "", words(document.outlet or "")
    lexicon = cues().voices
    if outlet & (lexicon["court"] | {"tribunal"}):
        return "court-record"
    if outlet & _JOURNALS:
        return "journal-article"
    return "company-statement" if COMPANY.search(name) else "report"
