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
from firsthand.trace.kinds import COMPANY, document_class, kind_by_title, words

# Logits of a logistic fit over 176 documents of 19 story families, each judged with its own family left out: from a
# little more than even odds 45 of the 55 bodies are known and no outlet is taken for one. Taking an outlet
# for a body counts too high, so the margin stands.
_WEIGHTS: Mapping[str, float] = {
    "always": -1.15,
    "first person": 0.52,
    "named like a medium": -0.6,
    "named like an institution": 1.58,
    "reports what others say": -1.23,
    "byline of a person": -0.46,
    "named by others": 1.07,
    "titled like a paper of record": 1.19,
    "known research or office": 1.29,
    "names no outlet": 0.58,
    "numbered": 0.64,
    "says what shall be": 0.72,
    "one person's voice": -0.72,
}
_ENOUGH = 0.1

_QUOTED = re.compile(r"[“\"«][^“”\"«»\n]{0,600}[”\"»]")
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:I|my|me)\b")
_REPORTS = re.compile(r"\b(?:said|says|told|according to|reported|reports|added|claims?|claimed)\b")
# Paragraphs that carry a number, a letter or an ordinal, as those of orders, minutes and manuals do.
_NUMBERED = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[IVX]{1,4}|[a-h])[.)]|"
    r"(?:First|Second|Third|Fourth|Fifth|Article|Section|Agenda|Item|Paragraph|Question) ?\d*[.,:]) ?\S",
    re.MULTILINE,
)
_SHALL = re.compile(
    r"\b(?:shall|is to be|are to be|must be|may (?:not )?be (?:\w+ed|brought|made)|"
    r"(?:is|are) (?:hereby|accordingly|reserved|granted|rejected|dismissed|imposed|requested|reminded|invited|"
    r"established|decided|ordered|suspended|repealed)|pursuant to|in accordance with|in favour of|"
    r"within (?:\w+ ){1,2}(?:days|hours|months?)|not later than|with effect from|by virtue of|for the purposes of|"
    r"the said|thereof|hereby)\b",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"\b(?:statement|(?:press|media|immediate) release|questions|q&a|order|resolution|notice|decision|report|survey|"
    r"handbook|manual|erratum|retraction|correction of|findings|minutes|act|case|study|brochure|tender|circular|"
    r"communiqué|communique|communication no|motion|petition|judge?ment|ruling|verdict|directive|regulations?|"
    r"memorandum|decree|proclamation|explanation|clarification|guidance|guidelines|procedure|specifications?|"
    r"data sheet|contract|agreement|order form|invoice|licen[cs]e|permit|award|testimony|written answers|annex|"
    r"appendix|catalogue)\b",
    re.IGNORECASE,
)
_MEDIA = frozenset(
    "herald tribune courier mail express echo star sun mirror observer examiner chronicle standard telegraph guardian "
    "independent argus sentinel lantern beacon torch dawn voice post gazette weekly digest bulletin newsletter "
    "dispatch press wire bureau reporter review magazine notebook diary blog log channel fm radio tv live today "
    "monitor leader record advertiser globe world nation daily evening morning sunday report".split()
)
_INSTITUTIONS = frozenset(
    "tribunal union association assembly council party registry polytechnic board foundation federation university "
    "chamber bank house senate congress parliament diet cabinet chancellery treasury consulate academy college "
    "diocese secretariat".split()
)
# Parts of a body that sign for it in a byline.
_SECTIONS = frozenset("communications relations registry clerk committee directorate division section".split())
_JOURNALS = frozenset("annals journal proceedings transactions letters archives review".split())
_GAZETTES = frozenset("bulletin gazette register".split())
_NOTICES = frozenset("notice tender decree procurement order award call".split())
# What a notice opens with; a newspaper called Gazette opens with none of them.
_OPENS_NOTICE = re.compile(
    r"\b(?:(?:purchasing|contracting|awarding) (?:body|authority|entity)|procedure:|subject:)", re.I
)
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
_RETRACTS = re.compile(r"\b(?:retraction|erratum|corrigendum|expression of concern)\b", re.IGNORECASE)
_INSTRUMENTS = frozenset({"contract", "manual", "budget"})
_SAME_LINE = 60
"""Characters from which a line that two documents share shows one to be taken from the other."""


def publisher_kinds(documents: Sequence[Document]) -> dict[str, OriginKind]:
    """What each document, by identifier, is an origin as when it speaks from its own knowledge; `own-reporting` for
    an outlet.
    """
    named = _most_named(documents)
    return {document.id: _kind(document, named[document.id]) for document in documents}


def works_apart(documents: Sequence[Document], kinds: Mapping[str, OriginKind]) -> frozenset[str]:
    """Documents that are evidence of their own, whatever else their publisher publishes: a contract beside what the
    firm says of it, an article beside the journal's retraction of it.
    """
    published: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        published[(document.outlet or document.id).casefold()].append(document)
    apart = set()
    for beside in published.values():
        retracting = {d.id for d in beside if _RETRACTS.search(d.title or "")}
        titles = {(d.title or "").casefold() for d in beside}  # a further copy of a contract is nothing beside it
        for document in beside if len(titles) > 1 else []:
            retracted = bool(retracting) and bool(document.byline)
            instrument = document_class(document.title or "") in _INSTRUMENTS
            if kinds[document.id] != "own-reporting" and document.id not in retracting and (retracted or instrument):
                apart.add(document.id)
    return frozenset(apart)


_SAID_BY_THE_NAME = frozenset({"state-media", "official-statement", "document"})
"""A ministry's notice is the ministry's, even where it quotes its minister as a newspaper would."""


def _kind(document: Document, named: int) -> OriginKind:
    known = _named_kind(document)
    if known in _SAID_BY_THE_NAME:
        return known
    score = sum(_WEIGHTS[name] * value for name, value in _signs(document, named, known).items())
    if score < _ENOUGH:
        return "own-reporting"
    return known if known != "own-reporting" else _kind_of_body(document)


def _signs(document: Document, named: int, known: OriginKind) -> dict[str, float]:
    own = _QUOTED.sub(" ", document.text)
    hundreds = max(1, len(own.split())) / 100
    outlet, lexicon = words(document.outlet or ""), cues().voices
    return {
        "always": 1.0,
        "first person": min(3.0, len(_FIRST_PERSON.findall(own)) / hundreds),
        "named like a medium": float(bool(outlet & (_MEDIA | lexicon["media"]))),
        "named like an institution": float(_is_institution(document)),
        "reports what others say": min(3.0, len(_REPORTS.findall(own)) / hundreds),
        "byline of a person": float(_by_a_person(document)),
        "named by others": min(3, named) / 2,
        "titled like a paper of record": float(
            _TITLES.search(f"{document.title or ''} / {document.outlet or ''}") is not None
        ),
        "known research or office": float(known != "own-reporting"),
        "names no outlet": float(not document.outlet),
        "numbered": min(1.0, len(_NUMBERED.findall(document.text)) / 3),
        "says what shall be": min(3.0, len(_SHALL.findall(own)) / hundreds),
        "one person's voice": min(3.0, len(_SINGULAR.findall(own)) / hundreds),
    }


def publisher_name(document: Document) -> str:
    """The name a document is published under: where the page names no outlet, the body that signs or heads it."""
    return document.outlet or document.byline or document.title or ""


def names_institution(name: str) -> bool:
    """Whether a name holds a word for an office, a court, a research body or another institution."""
    lexicon = cues().voices
    return bool(words(name) & (lexicon["research"] | lexicon["official"] | lexicon["court"] | _INSTITUTIONS))


def _is_institution(document: Document) -> bool:
    signed = words(document.byline or "")
    office = (bool(signed & _SECTIONS) or names_institution(document.byline or "")) and not signed & cues().voices[
        "media"
    ]
    return names_institution(publisher_name(document)) or office


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
    outlet, title = words(publisher_name(document)), words(document.title or "")
    lexicon = cues().voices
    if _STATE_ORGAN.search(document.text[:600]) or _STATE_ORGAN.search(document.outlet or ""):
        return "state-media"
    if outlet & _GAZETTES and ((title | outlet) & _NOTICES or _OPENS_NOTICE.search(document.text[:300])):
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
    name = publisher_name(document)
    outlet, lexicon = words(name), cues().voices
    if outlet & (lexicon["court"] | {"tribunal"}):
        return "court-record"
    if outlet & _JOURNALS:
        return "journal-article"
    if COMPANY.search(name):
        return "company-statement"
    return kind_by_title(document.title or "") or "report"
