"""Who says it: cues of attribution in a sentence, with the words that name the voice and the words it answers for.

The method follows the source, cue and content of PARC and PolNeAR (Pareti 2012; Newell et al. 2018), found by rules
over cue verbs and clause boundaries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from firsthand.extract.nouns import head_noun
from firsthand.knowledge.cues import cues
from firsthand.records import Span

Shape = Literal["speech", "finding", "according", "cited", "impersonal"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """One cue and what it joins."""

    cue: Span
    source: Span | None
    """The noun phrase that names the voice; None for "it is said"."""
    content: Span
    """The stretch of the sentence that the voice answers for."""
    through: Span | None = None
    """A second voice on the way: the one told, or the one that cites the source."""
    shape: Shape
    denial: bool = False


_NOUN_TOO = frozenset(
    "report reports claim claims state states note notes name names list lists count counts record records "
    "estimate estimates doubt "
    "doubts fear fears order orders rule rules point points put puts document documents trace traces find "
    "finds show shows "
    "say reads speak promise promises reveal respond inform refer identify cite dispute disputes highlight "
    "highlights establish "
    "think transmit convey predict address question deny reject confirm introduced examined documented "
    "recorded listed named "
    "counted traced ordered required".split()
)
# Base forms that are far oftener nouns: verbs only after a plural or a pronoun.
_MOSTLY_NOUN = frozenset(
    "report claim state note name list count record estimate doubt fear order rule point document trace find "
    "show say promise reply dispute comment complain highlight cite identify establish inform respond answer "
    "question address put introduced speak think".split()
)
_PASSIVE = frozenset("is are was were be been being am".split())
_WRITTEN = frozenset({"written", "shown", "spoken", "sworn"})
_PLURAL_BEFORE = re.compile(r"(?:\b(?:they|we|i|you|who)|\w{3,}s|people|women|men|police)$", re.IGNORECASE)
_NOT_BEFORE_VERB = frozenset(
    "a an the this that these those its his her their our your my to no of in on at by for from with new last "
    "any some every each "
    "more most such other and or via per".split()
)
_AUXILIARY = re.compile(
    r"(?:\s|^)(?:has|have|had|also|then|further|later|did|do|does|would|will|still|now|again|himself|herself|itself"
    r"|themselves|repeatedly|earlier|only|just|first|separately|\w+ly)$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bcould|\bcannot|\bcan|\bmay|\bmight|\bto|\bdeclined to|\brefused to)\s*$", re.IGNORECASE
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
_NP_END = re.compile(
    r"[,.;:!?—–()“”\"«»_]|\s-\s|\s(?:that|which|who|whom|whose|is|are|was|were|has|have|had|and (?:was|is|it|"
    r"the|they|he|she|that|would|could)|but|in (?:a|an|its|his|her|their) \w+"
    r"|on (?:the )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|condition|\d)|this week|"
    r"last (?:week|month|year)|when|while|as|if|because|at a|during|by (?:telephone|phone|e-?mail)|told|said"
    r"|to (?:the|a|our) (?:news)?(?:paper|agency|magazine|radio|station|portal|press|journalists?|reporters?))\b"
)
_CITED = re.compile(
    r"\s*,?\s*(?:(?:which|that)\s+)?(?:was |were |is |are )?(?:cited|quoted|seen|obtained|reviewed|published|"
    r"referenced|mentioned|examined|analysed|reproduced)\s+(?:in|by)\s+",
    re.IGNORECASE,
)
_CITING = re.compile(
    r",?\s+(?:which\s+)?(?:is\s+|was\s+)?(?:citing|quoting|cited|quotes?|relying on|on the strength of)\s+",
    re.IGNORECASE,
)
_THAT_QUOTES = re.compile(
    r"\s+(?:that|which)\s+(?:the\s+)?(?P<who>[\w\s-]{3,40}?)\s+(?:quotes?|cites?|refers? to|relies on|published?)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"(?:but|and)\s+(?:also\s+|then\s+|has\s+|have\s+)?$")
_CLAUSE = re.compile(
    r"(?<!who )(?<!which )(?<!that )\b(?:is|are|was|were|has been|have been|had been|will|can|could|would)\b|"
    r"\bthat$"
)
_NOBODY = re.compile(r"^(?:no|not|nobody|nothing|none|neither)\b|\b(?:nobody|no one)$", re.IGNORECASE)
_WHEN = re.compile(r"(?:[\w-]+ ){1,2}(?:minutes?|hours?|days?|weeks?|months?|years?) (?:after|before)\b", re.IGNORECASE)
_WRITES_A_WORK = re.compile(
    r"(?:wrote|writes|written|published|released|conducted) (?:the|a|an|this|that) (?:\w+ )?(?:report|study|"
    r"paper|book|article|analysis|column)\b",
    re.IGNORECASE,
)
_REPORTS_FROM = re.compile(
    r"\b(?:reports?|reported|learned|heard|hears) from (?=(?:a|an|the|two|three|several)\b)", re.IGNORECASE
)
_QUOTED_AS = re.compile(
    r"\b(?:quot(?:e[sd]?|ing)|cit(?:e[sd]?|ing)) (?P<who>[^,.;:]{3,60}?) as (?:saying|claiming|writing)\b"
)
_TOLD = re.compile(
    r"^(?:\s+(?P<to>(?:the |a |an |its |his |her |their |our )?[\w'’.-]+(?:\s+(?!that\b|in\b|on\b|at\b|by\b|"
    r"over\b|among\b|with\b|during\b|how\b|it\b|the\b|of\b|there\b|he\b|she\b|they\b)[\w'’.-]+){0,5}))"
)
_IMPERSONAL = re.compile(
    r"\b(?:it|this) (?:has been|is|was) (?:also )?(?:said|reported|understood|believed|noted|claimed|alleged|"
    r"known|determined|found)\b"
    r"|\bit is (?:told|said|stated) in\b",
    re.IGNORECASE,
)
_IN_WORK = re.compile(
    r"\b(?:in|from)\s+(?P<source>(?:the |a |an )?(?:[\w’'-]+ )?(?:report|study|research|paper|document|"
    r"investigation|survey|contract|annex|notice|ruling|judgment)(?: of (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+)*)?)"
    r"\s+(?:it )?(?:is|was)\s+(?:also\s+)?(?:said|told|mentioned|stated|noted|named|claimed|described|written)"
    r"|\b(?:it )?(?:is|was) (?:also )?(?:said|told|stated|noted|written|claimed) in (?P<late>(?:the |"
    r"a )?(?:report|study|research|paper|document|investigation|survey))"
    r"|\bfollows from (?P<from>(?:the )?[\w’'-]+(?: of [\w’'-]+)?)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"^[\s,.”\"»’)]*(?:(?:on|in|at|by|from|during|over|through|last|this|late|early|yesterday|today|to|told|"
    r"while|among|with|after|a|an|the|when|and|who|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday)\b[^,.;]{0,80})?[\s,.”\"»’)]*$",
    re.IGNORECASE,
)


def attributions(text: str, blanked: str, sentence: Span) -> tuple[Attribution, ...]:
    """The attributions of one sentence, in the order of their cues; overlapping readings are resolved in favour
    of the clearer cue.

    `blanked` is `text` with quoted speech masked (see `quotations.masked`), so that only the author's cues are read.
    """
    found: list[Attribution] = []
    readings = (
        _in_work(blanked, sentence), _from_work(blanked, sentence), _quoted_as(blanked, sentence),
        _according(text, blanked, sentence),
        _verbal(text, blanked, sentence), _impersonal(blanked, sentence),
    )  # fmt: skip
    for reading in readings:
        for candidate in reading:
            if not any(_overlap(candidate, kept) for kept in found):
                found.append(candidate)
    return tuple(sorted(found, key=lambda a: a.cue.start))


def _overlap(a: Attribution, b: Attribution) -> bool:
    spans = [s for s in (b.cue, b.source, b.through) if s is not None]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    return a.cue.start < end and start < a.cue.end


def _in_work(blanked: str, sentence: Span) -> list[Attribution]:
    found = []
    for match in _IN_WORK.finditer(blanked, sentence.start, sentence.end):
        group = next(name for name in ("source", "late", "from") if match[name])
        source = Span(start=match.start(group), end=match.end(group))
        found.append(
            Attribution(
                cue=Span(start=match.start(), end=match.end()), source=source, content=sentence, shape="finding"
            )
        )
    return found


def _from_work(blanked: str, sentence: Span) -> list[Attribution]:
    """ "The agency reports from a new study": the study is the source, the agency passes it on."""
    found = []
    for match in _REPORTS_FROM.finditer(blanked, sentence.start, sentence.end):
        through = _phrase_before(blanked, sentence, match.start())
        source = _phrase_after(blanked, match.end(), sentence.end)
        if through is not None and source is not None:
            cue = Span(start=match.start(), end=match.end())
            found.append(Attribution(cue=cue, source=source, through=through, content=sentence, shape="cited"))
    return found


def _quoted_as(blanked: str, sentence: Span) -> list[Attribution]:
    """ "The paper quoted a driver as saying that …": the driver is the source, the paper passes it on."""
    return [
        Attribution(
            cue=Span(start=match.start(), end=match.end()),
            source=Span(start=match.start("who"), end=match.end("who")),
            through=_phrase_before(blanked, sentence, match.start()),
            content=Span(start=match.end(), end=sentence.end),
            shape="cited",
        )
        for match in _QUOTED_AS.finditer(blanked, sentence.start, sentence.end)
    ]


def _according(text: str, blanked: str, sentence: Span) -> list[Attribution]:
    found = []
    for match in cues().according_to.finditer(blanked, sentence.start, sentence.end):
        source = _phrase_after(blanked, match.end(), sentence.end)
        if source is None or re.match(
            r"(?:and|or|this|that|which|a decision)\b", text[source.start : source.end], re.IGNORECASE
        ):
            continue
        passed_on = _CITED.search(blanked, source.start, source.end)
        if passed_on:
            source = Span(start=source.start, end=passed_on.start())
        lowered = match.group().lower()
        inner = lowered in {"citing", "quoting"} or lowered.endswith(("cited by", "quoted by"))
        if inner and not _names_a_voice(text[source.start : source.end]):
            continue
        through = _through(blanked, source, sentence.end)
        content = _content(
            blanked, sentence, Span(start=match.start(), end=max(source.end, through.end if through else 0))
        )
        found.append(
            Attribution(
                cue=Span(start=match.start(), end=match.end()),
                source=source,
                through=through,
                content=content,
                shape="according",
            )
        )
    return found


def _through(blanked: str, source: Span, limit: int) -> Span | None:
    """The voice that passes a cited source on: "the contract cited in the study", "a notice that the report quotes"."""
    cited = _CITED.match(blanked, source.end, limit)
    if cited:
        return _phrase_after(blanked, cited.end(), limit)
    quotes = _THAT_QUOTES.match(blanked, source.end, limit)
    if quotes:
        return Span(start=quotes.start("who"), end=quotes.end("who"))
    return None


def _verbal(text: str, blanked: str, sentence: Span) -> list[Attribution]:
    found: list[Attribution] = []
    lexicon = cues()
    for pattern, shape in ((lexicon.speech, "speech"), (lexicon.finding, "finding")):
        for match in pattern.finditer(blanked, sentence.start, sentence.end):
            elided = _ELIDED.search(blanked, sentence.start, match.start()) if found else None
            if elided is not None and found[-1].source is not None:
                candidate = _continued(blanked, sentence, match, found[-1])
            else:
                candidate = _reading(text, blanked, sentence, match, shape)
            if candidate is not None:
                found.append(candidate)
    return found


def _continued(blanked: str, sentence: Span, match: re.Match[str], first: Attribution) -> Attribution | None:
    """A second verb of one subject: "the minister confirmed it but denied …"."""
    if not _is_verb(blanked, sentence, match):
        return None
    return Attribution(
        cue=Span(start=match.start(), end=match.end()),
        source=first.source,
        content=Span(start=match.end(), end=sentence.end),
        shape=first.shape,
        denial=cues().denial.fullmatch(match.group()) is not None,
    )


def _reading(text: str, blanked: str, sentence: Span, match: re.Match[str], shape: str) -> Attribution | None:
    """The attribution that one cue verb makes, or None where it is a noun, negated, passive or has no voice for
    subject.
    """
    if not _is_verb(blanked, sentence, match):
        return None
    source = _inverted(blanked, sentence, match) or _phrase_before(blanked, sentence, match.start())
    if source is None or source.end <= source.start or _not_a_voice(text, source):
        return None
    denial = cues().denial.fullmatch(match.group()) is not None
    if denial and re.match(r"which (?!has\b|have\b|had\b|also\b)", blanked[source.start : match.start()]):
        return None  # "…, which the ministry has denied": whoever speaks in the main clause denies nothing
    whole = source
    passed_on = _CITED.search(blanked, source.start, source.end)
    via = Span(start=passed_on.end(), end=source.end) if passed_on and passed_on.end() < source.end else None
    if passed_on:
        source = Span(start=source.start, end=passed_on.start())
    if not _agrees(text, blanked, sentence, match, (source, whole)):
        return None
    if shape == "finding" and not _names_a_voice(text[source.start : source.end]):
        return None
    told = match.group().lower() in {"tell", "tells", "told", "informed", "confirmed"}
    through = via or (_addressee(blanked, match, sentence.end) if told else None)
    edge = Span(start=min(source.start, match.start()), end=max(source.end, match.end(), through.end if through else 0))
    return Attribution(
        cue=Span(start=match.start(), end=match.end()),
        source=source,
        through=through,
        content=_content(blanked, sentence, edge),
        shape="cited" if via is not None else "finding" if shape == "finding" else "speech",
        denial=denial,
    )


def _is_verb(blanked: str, sentence: Span, match: re.Match[str]) -> bool:
    """Whether a cue word is used as an active, affirmed verb here."""
    verb = match.group().lower()
    before = blanked[sentence.start : match.start()]
    after = blanked[match.end() : sentence.end]
    previous = re.search(r"([\w’'-]+)\s*$", before)
    word = previous[1].lower() if previous else ""
    set_off = before.rstrip().endswith((",", ")", "—", "–"))
    if verb in _NOUN_TOO and not set_off and (not word or word in _NOT_BEFORE_VERB or word.endswith(("'s", "’s"))):
        return False
    if verb in _WRITTEN and word not in {"has", "have", "had", "also", "since", "repeatedly"}:
        return False
    if word in _PASSIVE or word in {"the", "a", "an", "of", "its", "their", "his", "her", "to"}:
        return False
    if match.group()[0].isupper() and before.strip():
        return False  # "the United States": a name, not a verb
    if re.match(r"\s+(?:nothing|little|not a word)\b", after):
        return False  # "the act says nothing about cameras" is the author's reading of it
    return not (
        _NEGATED.search(before)
        or re.match(r"\s+(?:of|to (?:a|an|the) (?:question|request))\b", after)
        or _WRITES_A_WORK.match(blanked, match.start(), sentence.end)
    )


def _not_a_voice(text: str, source: Span) -> bool:
    """Whether a subject is nobody ("no law says", "a code that nobody maintains"), tells only when ("two days after a
    newspaper reported seeing one"), or is a clause rather than a noun phrase.
    """
    subject = text[source.start : source.end]
    return (
        _NOBODY.search(subject) is not None
        or _WHEN.match(subject) is not None
        or _CLAUSE.search(text, source.start, source.end) is not None
    )


def _agrees(text: str, blanked: str, sentence: Span, match: re.Match[str], subject: tuple[Span, Span]) -> bool:
    """Whether a form that is mostly a noun ("report", "state") has a plural subject right before it, as a verb
    would.
    """
    if match.group().lower() not in _MOSTLY_NOUN:
        return True
    source, whole = subject
    head = head_noun(text[source.start : source.end])
    previous = re.search(r"([\w’'-]+)\s*$", blanked[sentence.start : match.start()])
    beside = previous is not None and previous[1].lower().removesuffix("'s") in {head, "also", "now", "part", "further"}
    set_apart = source.end < whole.end or bool(text[source.end : match.start()].strip(" "))
    return _PLURAL_BEFORE.search(head) is not None and (beside or set_apart)


def _addressee(blanked: str, match: re.Match[str], limit: int) -> Span | None:
    after = match.end()
    if match.group().lower() == "confirmed":
        to = re.match(r"\s+to\b", blanked[after:limit])
        if to is None:
            return None
        after += to.end()
    told = _TOLD.match(blanked[after:limit])
    return None if told is None else Span(start=after + told.start("to"), end=after + told.end("to"))


def _inverted(blanked: str, sentence: Span, match: re.Match[str]) -> Span | None:
    """The subject after its verb, as in `“…,” said the other woman`."""
    before = blanked[sentence.start : match.start()].rstrip()
    before = re.sub(r"(?:\s|^)(?:has|have|had)$", "", before).rstrip()
    if not before or before[-1] not in ',”"»’_-—':
        return None
    if "_" in before and re.search(r"[^\W_]", re.split(r"[”\"»’_]", before)[-1]):
        return None  # “…,” its director, Ana Ruiz, told …: the subject stands between quotation and verb
    source = _phrase_after(blanked, match.end(), sentence.end)
    if source is not None and before[-1] == "," and "_" not in before:
        # Without a quotation before it, the verb comes first only where its subject closes the sentence.
        closes = (
            not blanked[source.end : sentence.end].strip(" .\n")
            or " with reference" in blanked[source.end : sentence.end]
        )
        told = match.group().lower() in {"tell", "tells", "told", "informed"} and blanked[source.start].isupper()
        if not closes or told or len(before.split()) < 4:
            return None
    if source is None or re.match(r"(?:that|in|on|at|by|to|it|how|why|when)\b", blanked[source.start :], re.IGNORECASE):
        return None
    return source


def _phrase_after(blanked: str, start: int, limit: int) -> Span | None:
    while start < limit and blanked[start] in " \n,—-":
        start += 1
    head = re.match(r"(?:[A-Z]\.\s?){1,3}|(?:Mr|Mrs|Ms|Dr|Prof)\.\s", blanked[start:limit])
    end = _NP_END.search(blanked, start + (head.end() if head else 0), limit)
    stop = end.start() if end else limit
    while stop > start and blanked[stop - 1] in " \n":
        stop -= 1
    return Span(start=start, end=stop) if stop > start else None


def _phrase_before(blanked: str, sentence: Span, verb_at: int) -> Span | None:
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


def _names_a_voice(phrase: str) -> bool:
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


def _content(blanked: str, sentence: Span, edge: Span) -> Span:
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


def _impersonal(blanked: str, sentence: Span) -> list[Attribution]:
    return [
        Attribution(cue=Span(start=m.start(), end=m.end()), source=None, content=sentence, shape="impersonal")
        for m in _IMPERSONAL.finditer(blanked, sentence.start, sentence.end)
    ]
