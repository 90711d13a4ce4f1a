"""Who says it: cues of attribution in a sentence, with the words that name the voice and the words it answers for.

The method follows the source, cue and content of PARC and PolNeAR (Pareti 2012; Newell et al. 2018), found by rules
over cue verbs and clause boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from firsthand.extract.attributed import Attribution
from firsthand.extract.nouns import head_noun
from firsthand.extract.parse import Sentence
from firsthand.extract.phrases import content_of, names_a_voice, phrase_after, phrase_before
from firsthand.extract.reporting import Report, reports
from firsthand.extract.telling_grammar import candidates
from firsthand.extract.told import speaking, turned
from firsthand.knowledge.cues import cues
from firsthand.records import Span

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
_NEGATED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bcould|\bcannot|\bcan|\bmay|\bmight|\bto|\bdeclined to|\brefused to)\s*$", re.IGNORECASE
)
_CITED = re.compile(
    r"\s*,?\s*(?:(?:which|that)\s+)?(?:was |were |is |are )?(?:cited|quoted|seen|obtained|reviewed|published|"
    r"referenced|mentioned|examined|analysed|reproduced)\s+(?:in|by)\s+",
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
_BY_ACCOUNT = re.compile(
    r"\b(?:by|on|in) (?P<source>his|her|their|(?:the |an? )?[\w-]+(?: [\w-]+){0,3}(?=['’]s?\b))(?:['’]s?)? (?:own )?"
    r"(?:count|reckoning|estimate|estimation|telling|recollection|figures|numbers|admission|view|opinion|calculations?|"
    r"tally|memory|assessment|judge?ment|(?<=by \w{3} )account)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"^(?:\s+(?P<to>(?:the |a |an |its |his |her |their |our )?[\w'’.-]+(?:\s+(?!that\b|in\b|on\b|at\b|by\b|"
    r"over\b|among\b|with\b|during\b|how\b|it\b|the\b|of\b|there\b|he\b|she\b|they\b)[\w'’.-]+){0,5}))"
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_HANGS = re.compile(
    r"(?:to|by|of|in|on|at|for|from|with|since|following|until|after|before|beside|under|over|into|as|if|how|why|when|"
    r"where|then|though|although|because|whatever)\b",
    re.IGNORECASE,
)
_DANGLES = re.compile(r"\w (?:which|that|who|until|yet|and|but|or)$")
_ITEM = re.compile(r"\d{1,3}\.(?:\d{1,2}\.?)* (?=\S)")
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,40}(?:, [^()\n.]{2,30}\.?(?: \d{1,2})?)?,? "
    r"(?:\([^)\n]{2,30}\)|[–—-]) *(?:[–—-]+ *)?(?=\S)"
)
_TOLD_TO = frozenset({"tell", "tells", "told", "informed", "confirmed"})
# "the act says nothing about cameras" is the author's reading of it.
_SAYS_NOTHING = re.compile(r"\s+(?:nothing|little|not a word)\b")
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


def attributions(text: str, blanked: str, sentence: Span, parsed: Sentence | None = None) -> tuple[Attribution, ...]:
    """The attributions of one sentence, in the order of their cues; overlapping readings are resolved in favour
    of the clearer cue.

    `blanked` is `text` with quoted speech masked (see `quotations.masked`), so that only the author's cues are read.
    `parsed` is the sentence's grammar, where it is known.
    """
    found: list[Attribution] = []
    told, barred = reports(parsed, blanked) if parsed is not None else ([], frozenset())
    readings = (
        _in_work(blanked, sentence), _from_work(blanked, sentence), _quoted_as(blanked, sentence),
        _by_account(blanked, sentence), _according(text, blanked, sentence),
        _grammatical(text, blanked, sentence, told), _verbal(text, blanked, sentence, barred),
        _impersonal(blanked, sentence),
    )  # fmt: skip
    for reading in readings:
        for candidate in reading:
            if candidate.source is not None and not _is_phrase(text, candidate.source, parsed):
                continue
            if not any(_overlap(candidate, kept) for kept in found):
                found.append(candidate)
    if parsed is not None:
        others = [each for each in candidates(parsed) if parsed.tokens[each.head].start not in barred]
        more = speaking(text, blanked, sentence, parsed, others)
        found = [turned(each, parsed, others) for each in found] or [
            each for each in more if each.source is not None and _is_phrase(text, each.source, parsed)
        ]
    return tuple(sorted(found, key=lambda a: a.cue.start))


def _is_phrase(text: str, source: Span, parsed: Sentence | None) -> bool:
    """Whether a stretch can be a noun phrase: no clause with a verb of its own, no preposition before it."""
    words = text[source.start : source.end]
    if _HANGS.match(words) or _DANGLES.search(words):
        return False
    if parsed is None or re.search(r"\b(?:who|which|that|whose|whom|where)\b", words):
        return True
    return not any(
        source.start <= t.start < source.end and t.upos in {"VERB", "AUX"} and t.xpos in _FINITE for t in parsed.tokens
    )


def may_attribute(blanked: str, sentence: Span) -> bool:
    """Whether a sentence holds a word that could attribute, so that its grammar is worth reading."""
    return cues().any_report.search(blanked, sentence.start, sentence.end) is not None


def spoken_part(text: str, sentence: Span) -> Span:
    """A sentence without the dateline or the number that opens it: "HALDEN, May 3 (ABC) - ", "12. "."""
    dateline = _DATELINE.match(text, sentence.start, sentence.end) or _ITEM.match(text, sentence.start, sentence.end)
    return Span(start=dateline.end(), end=sentence.end) if dateline else sentence


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
        through = phrase_before(blanked, sentence, match.start())
        source = phrase_after(blanked, match.end(), sentence.end)
        if through is not None and source is not None:
            cue = Span(start=match.start(), end=match.end())
            found.append(Attribution(cue=cue, source=source, through=through, content=sentence, shape="cited"))
    return found


def _by_account(blanked: str, sentence: Span) -> list[Attribution]:
    """ "By her count", "on the sheriff's figures": whoever counts is the voice."""
    found = []
    for match in _BY_ACCOUNT.finditer(blanked, sentence.start, sentence.end):
        cue = Span(start=match.start(), end=match.end())
        source = Span(start=match.start("source"), end=match.end("source"))
        content = content_of(blanked, sentence, cue)
        found.append(Attribution(cue=cue, source=source, content=content, shape="according", sure=True))
    return found


def _quoted_as(blanked: str, sentence: Span) -> list[Attribution]:
    """ "The paper quoted a driver as saying that …": the driver is the source, the paper passes it on."""
    return [
        Attribution(
            cue=Span(start=match.start(), end=match.end()),
            source=Span(start=match.start("who"), end=match.end("who")),
            through=phrase_before(blanked, sentence, match.start()),
            content=Span(start=match.end(), end=sentence.end),
            shape="cited",
        )
        for match in _QUOTED_AS.finditer(blanked, sentence.start, sentence.end)
    ]


def _according(text: str, blanked: str, sentence: Span) -> list[Attribution]:
    found = []
    for match in cues().according_to.finditer(blanked, sentence.start, sentence.end):
        source = phrase_after(blanked, match.end(), sentence.end)
        if source is None or re.match(
            r"(?:and|or|this|that|which|a decision)\b", text[source.start : source.end], re.IGNORECASE
        ):
            continue
        passed_on = _CITED.search(blanked, source.start, source.end)
        if passed_on:
            source = Span(start=source.start, end=passed_on.start())
        lowered = match.group().lower()
        inner = lowered in {"citing", "quoting"} or lowered.endswith(("cited by", "quoted by"))
        if inner and not names_a_voice(text[source.start : source.end]):
            continue
        through = _through(blanked, source, sentence.end)
        content = content_of(
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
        return phrase_after(blanked, cited.end(), limit)
    quotes = _THAT_QUOTES.match(blanked, source.end, limit)
    if quotes:
        return Span(start=quotes.start("who"), end=quotes.end("who"))
    return None


def _grammatical(text: str, blanked: str, sentence: Span, told: Sequence[Report]) -> list[Attribution]:
    """The reporting verbs whose subject the sentence's grammar shows."""
    found: list[Attribution] = []
    for report in told:
        attribution = _reported(text, blanked, sentence, report)
        if attribution is None:
            continue
        if found and not report.subject_beside and attribution.source is not None:
            shared = found[-1].source
            if shared is not None and shared.start > attribution.source.start:
                attribution = replace(attribution, source=shared)  # "…, which counted 14 and said": the nearer subject
        found.append(attribution)
    return found


def _reported(text: str, blanked: str, sentence: Span, told: Report) -> Attribution | None:
    cue = told.cue
    source = told.source if told.passive else _nearer(blanked, sentence, told)
    after = blanked[cue.end : sentence.end]
    if _NOBODY.search(text[source.start : source.end]) or _SAYS_NOTHING.match(after):
        return None
    if _WRITES_A_WORK.match(blanked, cue.start, sentence.end):
        return None
    if told.shape == "finding" and not names_a_voice(text[source.start : source.end]):
        return None
    passed_on = _CITED.match(blanked, source.end, cue.start)
    via = phrase_after(blanked, passed_on.end(), cue.start) if passed_on else None
    verb = text[cue.start : cue.end].lower()
    through = via or (_addressee(blanked, cue, sentence.end) if verb in _TOLD_TO and not told.passive else None)
    edge = Span(start=min(source.start, cue.start), end=max(source.end, cue.end, through.end if through else 0))
    if not told.subject_beside:
        edge = Span(start=cue.start, end=max(cue.end, through.end if through else 0))
    return Attribution(
        cue=cue,
        source=source,
        through=through,
        content=sentence if told.passive else content_of(blanked, sentence, edge),
        shape="cited" if via is not None else told.shape,
        denial=cues().denial.fullmatch(verb) is not None and not told.passive,
        sure=told.sure,
    )


def _nearer(blanked: str, sentence: Span, told: Report) -> Span:
    """The noun phrase right before a verb where the grammar took a farther one for its subject."""
    before = blanked[sentence.start : told.cue.start].rstrip()
    apposed = (
        blanked[told.source.end : told.cue.start].lstrip().startswith(",")
    )  # "The firm, a maker of lenses, said …"
    if before.endswith(",") and not apposed and (behind := _inverted(blanked, sentence, told.cue)) is not None:
        return behind
    beside = None if before.endswith((",", "—", "–")) else phrase_before(blanked, sentence, told.cue.start)
    if beside is None or beside.start < told.source.end or not told.subject_beside:
        return told.source
    return told.source if _HANGS.match(blanked, beside.start, beside.end) else beside


def _verbal(text: str, blanked: str, sentence: Span, barred: Set[int]) -> list[Attribution]:
    found: list[Attribution] = []
    lexicon = cues()
    for pattern, shape in ((lexicon.speech, "speech"), (lexicon.finding, "finding")):
        for match in pattern.finditer(blanked, sentence.start, sentence.end):
            if match.start() in barred:
                continue
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
    source = _inverted(blanked, sentence, Span(start=match.start(), end=match.end())) or phrase_before(
        blanked, sentence, match.start()
    )
    if source is None or source.end <= source.start or _not_a_voice(text, source):
        return None
    denial = cues().denial.fullmatch(match.group()) is not None
    whole = source
    passed_on = _CITED.search(blanked, source.start, source.end)
    via = Span(start=passed_on.end(), end=source.end) if passed_on and passed_on.end() < source.end else None
    if passed_on:
        source = Span(start=source.start, end=passed_on.start())
    if not _agrees(text, blanked, sentence, match, (source, whole)):
        return None
    if shape == "finding" and not names_a_voice(text[source.start : source.end]):
        return None
    told = match.group().lower() in _TOLD_TO
    cue = Span(start=match.start(), end=match.end())
    through = via or (_addressee(blanked, cue, sentence.end) if told else None)
    edge = Span(start=min(source.start, match.start()), end=max(source.end, match.end(), through.end if through else 0))
    return Attribution(
        cue=Span(start=match.start(), end=match.end()),
        source=source,
        through=through,
        content=content_of(blanked, sentence, edge),
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
    if _SAYS_NOTHING.match(after):
        return False
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


def _addressee(blanked: str, cue: Span, limit: int) -> Span | None:
    after = cue.end
    if blanked[cue.start : cue.end].lower() == "confirmed":
        to = re.match(r"\s+to\b", blanked[after:limit])
        if to is None:
            return None
        after += to.end()
    told = _TOLD.match(blanked[after:limit])
    return None if told is None else Span(start=after + told.start("to"), end=after + told.end("to"))


# After a subject that stands behind its verb: a name in apposition, another clause, the end.
_CLOSES = re.compile(
    r"(?:, [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,4})?(?:[ .\n]*$|[,;] (?:but|and|while|adding)\b|.* with reference)"
)


def _inverted(blanked: str, sentence: Span, cue: Span) -> Span | None:
    """The subject after its verb, as in `“…,” said the other woman`."""
    before = blanked[sentence.start : cue.start].rstrip()
    before = re.sub(r"(?:\s|^)(?:has|have|had)$", "", before).rstrip()
    if not before or before[-1] not in ',”"»’_-—':
        return None
    if "_" in before and re.search(r"[^\W_]", re.split(r"[”\"»’_]", before)[-1]):
        return None  # “…,” its director, Ana Ruiz, told …: the subject stands between quotation and verb
    source = phrase_after(blanked, cue.end, sentence.end)
    if source is not None and before[-1] == "," and "_" not in before:
        # Without a quotation before it, the verb comes first only where its subject closes the sentence.
        closes = _CLOSES.match(blanked, source.end, sentence.end)
        told = (
            blanked[cue.start : cue.end].lower() in {"tell", "tells", "told", "informed"}
            and blanked[source.start].isupper()
        )
        if closes is None or told or len(before.split()) < 4:
            return None
    if source is None or re.match(r"(?:that|in|on|at|by|to|it|how|why|when)\b", blanked[source.start :], re.IGNORECASE):
        return None
    return source


def _impersonal(blanked: str, sentence: Span) -> list[Attribution]:
    return [
        Attribution(cue=Span(start=m.start(), end=m.end()), source=None, content=sentence, shape="impersonal")
        for m in _IMPERSONAL.finditer(blanked, sentence.start, sentence.end)
    ]
