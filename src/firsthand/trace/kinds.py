"""What kind of origin a voice is, by the words that name it."""

from __future__ import annotations

import re

from firsthand.knowledge.cues import cues
from firsthand.records import OriginKind, Speaker

_STATE = re.compile(
    r"\bstate (?:media|television|tv|news|radio|newspaper|broadcaster|run)|\bstate-(?:run|owned|controlled)",
    re.IGNORECASE,
)
# Words that mark the name or description of a business.
COMPANY = re.compile(
    r"\b(?:co|corp|inc|ltd|llc|gmbh|plc|systems?|imaging|technolog(?:y|ies)|solutions|industries|networks|"
    r"vision|tech|labs|electronics|semiconductor|telecom|software|combine|holdings?|company|companies|"
    r"manufacturers?|makers?|vendors?|suppliers?|firms?)\b",
    re.IGNORECASE,
)
_SURVEY = re.compile(r"\b(?:survey|poll|questionnaire|census)\b", re.IGNORECASE)


def words(name: str) -> set[str]:
    """Lower-case words of a name, possessive endings removed."""
    return {w.lower().removesuffix("'s").removesuffix("’s") for w in re.findall(r"[\w’'-]+", name)}


def document_class(name: str) -> str | None:
    """Which class of primary document or data a phrase names ("contract", "customs", "ruling"), None if it names none.

    Phrases of one class in one story usually mean one document, and counting two would have to be shown.
    """
    for label, pattern in _CLASSES:
        if pattern.search(name):
            return label
    return None


_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (label, re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE))
    for label, alternatives in (
        ("customs", (
            r"customs|export (?:declarations?|paperwork|records?|entries)|shipping (?:records?|manifests?)|"
            r"bills? of lading|import records?|trade (?:records?|data)")),
        ("ruling", r"ruling|judge?ment|verdict|court (?:order|file|record|document)s?|injunction|lawsuit|indictment"),
        ("filing", (
            r"(?:court )?filings?|motion|petition|affidavit|deposition|pleadings?|writ|brief to the court|"
            r"statement of claim")),
        ("tender", (
            r"tender|procurement|notice|bulletin|gazette|award notice|open call|call for (?:tenders|bids|offers)|"
            r"invitation to (?:tender|bid)|request for proposals|solicitation")),
        ("contract", r"contracts?|annex|appendix|agreement|purchase order|order form"),
        ("law", r"act|law|statute|bill|code|regulation|decree|constitution|ordinance|control list"),
        ("journal", r"journal|\d{4} paper|paper (?:from|by|of|in)|article|thesis|patent|proceedings"),
        ("leak", r"leak(?:ed)?|emails?|internal (?:documents?|files?|memos?)|memo(?:randum)?"),
        ("imagery", r"satellite (?:imagery|images?)|imagery"),
        ("manual", r"manual|handbook|brochure|catalogue|catalog|specifications?|data ?sheet"),
        ("licence", r"licen[cs]es?|permits?|exemption|certificate"),
        ("budget", r"budget|accounts|invoice"),
        ("data", r"data ?set|database|statistics|register|records?|declarations?|paperwork"),
    )
)  # fmt: skip


def kind_by_title(title: str) -> OriginKind | None:
    """The kind of a document that a body publishes under `title`; None where the title does not tell."""
    label = document_class(title)
    return _BY_CLASS[label] if label not in {None, "journal"} else None


def origin_kind(speaker: Speaker) -> OriginKind:
    """The kind of origin that a voice is: a person speaks for the body behind them."""
    name = f"{speaker.of or ''} {speaker.name} {speaker.role or ''}"
    label = document_class(speaker.name) if speaker.sort == "work" else None
    if label is not None:
        return _BY_CLASS[label]
    if _STATE.search(name):
        return "state-media"
    if speaker.sort == "witness":
        return "eyewitness" if re.search(r"[A-Z]", speaker.name[1:]) else "anonymous-source"
    if _SURVEY.search(speaker.name):
        return "survey"
    return _kind_of_body(speaker, name)


def _kind_of_body(speaker: Speaker, name: str) -> OriginKind:
    lexicon = cues().voices
    found = words(name)
    by_words: tuple[tuple[bool, OriginKind], ...] = (
        (bool(found & lexicon["court"]) and _AT_COURT.search(name) is None, "court-record"),
        (speaker.role == "work" or bool(found & _REPORTING), "report"),
        (COMPANY.search(name) is not None, "company-statement"),
        (bool(found & lexicon["official"]), "official-statement"),
        (speaker.sort == "outlet" or bool(found & lexicon["media"]), "own-reporting"),
        (speaker.sort == "group", "anonymous-source"),
        (speaker.sort == "person" and speaker.role is None and speaker.of is None, "eyewitness"),
        (speaker.sort == "person" or bool(found & lexicon["expert"]), "expert-assessment"),
    )
    return next((kind for holds, kind in by_words if holds), "report")


# People who work at courts without being one.
_AT_COURT = re.compile(r"\bcourt (?:reporter|correspondent|interpreter|usher|artist|stenographer)s?\b", re.IGNORECASE)
_REPORTING = frozenset(
    "institute observatory study report laboratory lab centre center think-tank watch monitor".split()
)
_BY_CLASS: dict[str, OriginKind] = {
    "customs": "dataset", "ruling": "court-record", "filing": "court-record",
    "contract": "document", "tender": "document", "law": "document",
    "journal": "journal-article", "leak": "document", "imagery": "imagery", "manual": "document",
    "budget": "document", "licence": "document", "data": "dataset",
}  # fmt: skip
