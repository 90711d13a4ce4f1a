"""Noun phrases beside a cue, by their words alone: where the naming of a voice begins and ends."""

from __future__ import annotations

import re

from firsthand.knowledge.cues import cues
from firsthand.records import Span

_NP_END = re.compile(
    r"[,.;:!?—–()“”\"«»_]|\s-\s|\s(?:that|which|who|whom|whose|is|are|was|were|has|have|had|and (?:was|is|it|"
    r"the|they|he|she|that|would|could)|but|in (?:a|an|its|his|her|their) \w+"
    r"|on (?:the )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|condition|\d)|this week|"
    r"last (?:week|month|year)|when|while|as|if|because|at a|during|by (?:telephone|phone|e-?mail)|told|said"
    r"|to (?:the|a|our) (?:news)?(?:paper|agency|magazine|radio|station|portal|press|journalists?|reporters?))\b"
)
_AUXILIARY = re.compile(
    r"(?:\s|^)(?:has|have|had|also|then|further|later|did|do|does|would|will|still|now|again|himself|herself|itself"
    r"|themselves|repeatedly|earlier|only|just|first|separately|\w+ly)$",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:As|While|But|And|However|Although|Yet|So|Still|Also|Then|Here|According|and|but|while|as|yet|so)\s+(?=\S)"
    r"|(?:In|On|At|By|For|From|Since|During|Last|This|Earlier)\s+(?:its turn|their turn|(?:his|her|its) part|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d+)?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{4}|week|month|year|spring|summer|autumn|winter|the end)\s+(?=\S)"
)
_CLAUSE_START = re.compile(
    r"(?:[;:—–]\s*|(?<=[,\s])(?:that|but|while|whereas|although|though|because|since|when|which|where|if|as|"
    r"and|so)\s+)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"^[\s,.”\"»’)]*(?:(?:on|in|at|by|from|during|over|through|last|this|late|early|yesterday|today|to|told|"
    r"while|among|with|after|a|an|the|when|and|who|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday)\b[^,.;]{0,80})?[\s,.”\"»’)]*$",
    re.IGNORECASE,
)


def phrase_after(blanked: str, start: int, limit: int) -> Span | None:
    """The noun phrase that begins at or right after `start`; None where there is none before `limit`."""
    while start < limit and blanked[start] in " \n,—-":
        start += 1
    head = re.match(r"(?:[A-Z]\.\s?){1,3}|(?:Mr|Mrs|Ms|Dr|Prof)\.\s", blanked[start:limit])
    end = _NP_END.search(blanked, start + (head.end() if head else 0), limit)
    stop = end.start() if end else limit
    while stop > start and blanked[stop - 1] in " \n":
        stop -= 1
    return Span(start=start, end=stop) if stop > start else None


def phrase_before(blanked: str, sentence: Span, verb_at: int) -> Span | None:
    """The noun phrase that ends right before a verb, auxiliaries and descriptions between them left out."""
    end = verb_at
    start = sentence.start
    before = blanked[start:end].rstrip()
    while auxiliary := _AUXILIARY.search(before):
        before = before[: auxiliary.start()].rstrip()
    if before.endswith((",", "—", "–", ")")):
        before = _without_apposition(before)
    if not before:
        return None
    boundary = max((m.end() for m in re.finditer(r"[,;:—–”\"»_]\s*|\s-\s|\)\s", before)), default=0)
    clause = before[boundary:]
    if frame := _FRAME.match(clause):
        boundary += frame.end()
        clause = before[boundary:]
    for match in _CLAUSE_START.finditer(clause):
        rest = clause[match.end() :]
        if match.group().strip().lower() == "and" and re.fullmatch(
            r"(?:[A-Z][\w’.-]+ ?){1,3}", clause[: match.start()].strip()
        ):
            continue  # "Alder and Roe wrote": two voices, not two clauses
        if re.match(
            r"[\"“‘(]?(?:[A-Z]|the\b|a\b|an\b|he\b|she\b|it\b|they\b|we\b|its\b|his\b|her\b|their\b|some\b|"
            r"two\b|most\b|agency\b|researchers\b|officials\b|experts\b|analysts\b|\d)",
            rest,
        ):
            boundary += match.end() if match.group().strip().lower() not in {"of"} else 0
            clause = rest
            break
    stop = len(before)
    while boundary < stop and before[boundary] in ' \n”"»’)_.':
        boundary += 1
    return Span(start=start + boundary, end=start + stop) if stop > boundary else None


def _without_apposition(before: str) -> str:
    """`before` cut back over ", who heads the union," or ", a maker in the capital," to the phrase it describes."""
    if before.endswith(")"):
        return before[: before.rfind("(")].rstrip()
    body = before[:-1]
    office = re.search(r"[,”\"»’]\s+(?:the|its|their|his|her)\s+[^,]{3,60}(?=, [A-Z][\w’-]+(?: [A-Z][\w’-]+)+$)", body)
    if office is not None:
        return body[: office.end()]  # "…, the minister of transport, Ana Ruiz," with the name left to the resolver
    for match in reversed(
        list(
            re.finditer(
                r"[,—–]\s+(?=(?:who|which|whose|a|an|the|one|head|director|chief|spokes\w+|secretary|whom|both|"
                r"all|speaking|writing|head)\b)",
                body,
            )
        )
    ):
        return body[: match.start()].rstrip()
    cut = body.rfind(",")
    return body[:cut].rstrip() if cut > 0 else body.rstrip()


def names_a_voice(phrase: str) -> bool:
    """Whether a phrase is headed by a work, a document, a body or experts, which alone can "find" or "show"."""
    voices = cues().voices
    words = {w.lower().removesuffix("'s").removesuffix("’s") for w in re.findall(r"[\w’'-]+", phrase)}
    heads = (
        voices["work"]
        | voices["primary"]
        | voices["dataset"]
        | voices["research"]
        | voices["court"]
        | voices["expert"]
        | voices["official"]
    )
    pronoun = phrase.strip().lower() in {"it", "they", "she", "he", "we", "that"}
    return pronoun or bool(words & heads) or bool(re.search(r"\b[A-Z]{3,}\b", phrase))


def content_of(blanked: str, sentence: Span, edge: Span) -> Span:
    """What the voice answers for: what follows the cue, what precedes it, or the whole sentence around it."""
    before = blanked[sentence.start : edge.start].strip(" ,\n—–")
    after = blanked[edge.end : sentence.end]
    if len(before.split()) < 3 and "_" not in before:
        return Span(start=edge.end, end=sentence.end)
    if _TAIL.match(after) and len(after.split()) < 14:
        return Span(start=sentence.start, end=edge.start)
    if blanked[sentence.start : edge.start].rstrip().endswith((",", "_", "”", '"', "»")) or "_" in before:
        return sentence
    return Span(start=edge.start, end=sentence.end)
