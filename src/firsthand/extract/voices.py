"""The cast of a document: every named body, person and work, and which of them a phrase such as "the report" means.

Only public roles and institutions are resolved to names. Witnesses and interviewees keep the words in which the
text first
describes them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from firsthand.extract.cast import Cast
from firsthand.extract.members import Member
from firsthand.extract.memory import Memory, Voice
from firsthand.extract.nouns import head_noun, words_of
from firsthand.knowledge.cues import cues
from firsthand.records import Document, Span, Speaker

_PRONOUN = re.compile(
    r"^(?:he|she|him|it|them|they|who|which|that|we|i|one of them|his|her|its|their|both|others?)$", re.IGNORECASE
)
_SUBJECT_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_OWN = re.compile(
    r"^(?:we|i|us|our (?:reporter|correspondent|researchers?|team|staff|interviewees)|this (?:study|report|"
    r"paper|newspaper|magazine|newsletter))\b",
    re.IGNORECASE,
)
_WORK_OWN = re.compile(
    r"^(?:this|our|the present) (?:study|report|paper|survey|analysis|research|article|series)\b", re.IGNORECASE
)
_REST_OF_WORD = re.compile(r"[-‐‑]\w+(?:[-‐‑]\w+)*")
_WHOLE_NAME = re.compile(
    r"(?:[Tt]he )?(?:[\w’'.-]+ )?(?:\d+ )?[A-ZÀ-Þ][\w’'&.-]*(?: (?:of|for|de|the|y|[A-ZÀ-Þ][\w’'&.-]*))*"
)
_STATE_MEDIA = re.compile(
    r"(?:[A-Z][\w-]+ )*[Ss]tate(?:[- ](?:run|owned|controlled))? (?:media|television|TV|news agency|"
    r"newspapers?|broadcaster)"
)
_INTERVIEWED = re.compile(
    r"\b(?:interviewed|interviewees?|respondents?|surveyed|questioned|polled|participants)\b", re.IGNORECASE
)
# Phrases that a reading of the sentence may take for a voice, but that name nobody.
_NOT_SOMEBODY = re.compile(
    r"^(?:the (?:same|former|latter|rest|first|second|following|more|less)|.*\b(?:day|days|week|weeks|month|months|"
    r"camera|cameras|machine|machines|computer|computers|system|systems|software|program|programme|device|devices|"
    r"sensor|sensors|screen|screens|list|lists|column|columns|line|lines|tick|post|posts|pole|poles|lens|lenses|drone|"
    r"drones|app|algorithm|box|boxes|tablet|gate|gates|reader|readers|controls|laws|meeting|"
    r"year|years|morning|evening|time|times|end|way|fact|rumour|word|news))$|\b(?:is|are|was|were|has|have|had)\b|"
    r"^(?:in|on|at|by|for|from|since|after|before|as|when|while|and|but|that|how|why|if)\b",
    re.IGNORECASE,
)
_MOUTHPIECES = frozenset("spokesman spokeswoman spokesperson representative press-secretary".split())
_PAPERS = frozenset("newspaper paper magazine broadcaster station channel website agency daily weekly outlet".split())
_MAKERS = frozenset("researchers investigators scientists authors analysts researcher author".split())
_BODIES = frozenset("group organisation organization centre center institute body association".split())
_OFFICES = frozenset(
    "secretary minister governor mayor commissioner president superintendent prosecutor senator ombudsman judge".split()
)
_NOBODY = frozenset("reporters journalists media press us me parliament lawmakers court tv interview".split())


class Voices:
    """Resolves the source phrases of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.cast = Cast(document)
        self.memory = Memory()
        self._gender: dict[str, str] = {}
        self._vague: str | None = None
        self._named_later: dict[str, Speaker] = {}
        self._speaks_for: dict[str, str | None] = {}

    def resolve(self, span: Span, *, sure: bool = False) -> Voice:
        """The voice that the phrase at `span` names; None as speaker when the phrase names nobody.

        A phrase of a kind that no list knows names somebody only where its sentence makes it `sure`.
        """
        span = self._trimmed(span)
        phrase = self.text[span.start : span.end]
        if _OWN.match(phrase) or _WORK_OWN.match(phrase) or self.cast.is_outlet(phrase):
            return Voice(speaker=None, own=True)
        if relative := re.match(r"(?:which|who)\b", phrase):
            return self._pronoun(relative.group(), Span(start=span.start, end=span.start + relative.end()))
        if _PRONOUN.match(phrase.strip()):
            return self._pronoun(phrase.strip().lower(), span)
        speaker = self._apposed(span) or self._named(phrase, span) or self._described(phrase, span)
        if speaker is None and sure:
            speaker = _somebody(phrase, span)
        if speaker is not None:
            if self.cast.is_outlet(speaker.name):
                return Voice(speaker=None, own=True)
            speaker = self._linked(speaker, span)
            self.memory.note(speaker)
        return Voice(speaker=speaker)

    def _linked(self, speaker: Speaker, span: Span) -> Speaker:
        """A body that the lead only describes ("a workers' union") is the one named next; later bare mentions
        follow it.
        """
        if speaker.sort not in {"organisation", "group"} or speaker.role == "work":
            return speaker
        head = head_noun(speaker.name)
        if head in self._named_later and only_described(speaker.name):
            return _again(self._named_later[head], span)
        if only_described(speaker.name) and self.memory.body is None:
            self._vague = head
        elif self._vague is not None and speaker.sort == "organisation":
            self._named_later[self._vague] = speaker
            self._vague = None
        return speaker

    def told(self, span: Span) -> Voice:
        """The voice that was told: an outlet or a work on the way, ourselves (first hand), or nobody in particular."""
        phrase = self.text[span.start : span.end].strip(" .,")
        lowered = phrase.lower()
        if (
            lowered in {"us", "me"}
            or self.cast.is_outlet(phrase)
            or lowered.startswith(("this newspaper", "this magazine", "our "))
        ):
            return Voice(speaker=None, own=True, first_hand=True)
        if set(words_of(phrase)) & _NOBODY or not phrase:
            return Voice(speaker=None)
        if lowered in {
            "the paper",
            "the newspaper",
            "the magazine",
            "the edition",
            "the outlet",
            "the station",
            "the broadcaster",
            "the agency",
        }:
            outlet = self.cast.outlet_mentioned(span.start)
            return Voice(speaker=outlet)
        if re.match(
            r"its (?:authors|researchers|investigators)|the (?:researchers|authors|group|institute|organi[sz]ation)",
            lowered,
        ):
            return self.resolve(Span(start=span.start, end=span.start + len(phrase)))
        if not re.search(r"[A-Z]", phrase):
            return Voice(speaker=None)
        member = self.cast.find(phrase)
        name = member.name if member else phrase.removeprefix("the ").removeprefix("The ")
        return Voice(speaker=Speaker(name=name, span=Span(start=span.start, end=span.end), sort="outlet"))

    def spoken_of(self, sentence: Span) -> Speaker | None:
        """The person that the paragraph of a sentence speaks of before it, by name, description or pronoun."""
        start = self.text.rfind("\n\n", 0, sentence.start) + 2
        for match in reversed(list(_SUBJECT_PRONOUN.finditer(self.cast.unquoted, start, sentence.start))):
            span = Span(start=match.start(), end=match.end())
            return self._pronoun(match.group().lower(), span).speaker
        person = self.cast.person_between(start, sentence.start)
        if person is not None:
            return self._as_speaker(person, Span(start=sentence.start, end=sentence.start))
        return None

    def _trimmed(self, span: Span) -> Span:
        start, end = span.start, span.end
        while start < end and not self.text[start].isalnum():
            start += 1
        while end > start and not (self.text[end - 1].isalnum() or self.text[end - 1] == "."):
            end -= 1
        rest = _REST_OF_WORD.match(self.text, end)
        end = rest.end() if rest and end > start else end
        return Span(start=start, end=end)

    def _pronoun(self, word: str, span: Span) -> Voice:
        memory = self.memory
        if word in {"which", "who", "that"}:
            member = self.cast.last_before(span.start)
            if member is not None and member.sort != "place":
                speaker = self._as_speaker(member, span)
                memory.note(speaker)
                return Voice(speaker=speaker)
        chosen = {
            "he": memory.person, "she": memory.person, "him": memory.person, "his": memory.person, "her": memory.person,
            "it": memory.body, "its": memory.body,
            "they": memory.group or memory.last, "them": memory.group or memory.last,
            "their": memory.group or memory.last,
        }.get(word, memory.last)  # fmt: skip
        if word in {"he", "she", "him", "her"}:
            chosen = self._he_or_she(word, span, chosen)
        elif word == "it" and (work := self._work_since(memory.body, span)) is not None:
            chosen = work
        elif word == "it" and (subject := self._subject_before(span)) is not None:
            chosen = subject
        elif word != "it" or (memory.last is not None and memory.last.sort not in {"person", "witness", "group"}):
            chosen = chosen or memory.last
        if chosen is None and word == "it":
            chosen = self._work_told_of(span)
        if chosen is None:
            return Voice(speaker=None)
        return Voice(speaker=_again(chosen, span))

    def _he_or_she(self, word: str, span: Span, chosen: Speaker | None) -> Speaker | None:
        """The person that "he" or "she" means: whoever was brought in since, else who spoke last and may be one."""
        gender = "he" if word in {"he", "him"} else "she"
        paragraph = self.text.rfind("\n\n", 0, span.start) + 1
        floor = max(paragraph, chosen.span.end if chosen else 0)
        since = self.cast.person_between(floor, span.start)
        met = self.cast.witness_met(Span(start=floor, end=span.start), gender)
        if met is not None and (since is None or since.span.start < met.start):
            name = self.text[met.start : met.end]
            chosen, since = Speaker(name=name, span=span, named_at=met, sort="witness"), None
        if since is not None and self._gender.get(since.name, gender) == gender:
            chosen = self._as_speaker(since, span)
        if chosen is None or self._gender.get(chosen.name, gender) != gender:
            chosen = self._someone_before(span, gender)
        if chosen is not None:
            self._gender.setdefault(chosen.name, gender)
            self.memory.note(chosen)
        return chosen

    def _work_since(self, body: Speaker | None, span: Span) -> Speaker | None:
        """A report introduced in the sentence before, after the last body spoke: an "it" that follows means the
        report.
        """
        floor = max(span.start - 300, body.span.start if body else 0)
        recent = [
            w
            for w in self.cast.works
            if floor < w.span.start < span.start and "\n\n" not in self.text[w.span.start : span.start]
        ]
        return Speaker(name=recent[-1].name, span=span, named_at=recent[-1].span, role="work") if recent else None

    def _work_told_of(self, span: Span) -> Speaker | None:
        """The work spoken of last, not far before: where no body has spoken, an "it" that speaks is a work."""
        earlier = [w for w in self.cast.works if span.start - 600 < w.span.start < span.start]
        if not earlier:
            return None
        return Speaker(name=earlier[-1].name, span=span, named_at=earlier[-1].span, role="work")

    def _subject_before(self, span: Span) -> Speaker | None:
        """The body that opens the sentence of an "it": "The firm denies it all: nothing was sold, it insists."."""
        start = max(self.text.rfind(stop, 0, span.start) + len(stop) for stop in (". ", "\n", "” "))
        opening = re.match(r"The (?P<head>\w+)\b", self.text[start : span.start])
        heads = cues().voices["company"] | cues().voices["official"] | cues().voices["research"]
        if opening is None or opening["head"] not in heads:
            return None
        return self._described(opening.group(), Span(start=start, end=start + opening.end()))

    def _someone_before(self, span: Span, gender: str) -> Speaker | None:
        """The person or single witness described last before a pronoun, when nobody fitting has spoken yet."""
        person = self.cast.last_person_before(span.start)
        if person is not None and self._gender.get(person.name, gender) != gender:
            person = None
        witness = self.cast.witness_met(Span(start=0, end=span.start), gender) or self.cast.witness_before(span.start)
        if person is not None and (witness is None or person.sort == "person"):
            found = self._as_speaker(person, span)
            return found if person.sort == "person" else replace(found, sort="person")
        if witness is None:
            return None
        return Speaker(name=self.text[witness.start : witness.end], span=span, named_at=witness, sort="witness")

    def _apposed(self, span: Span) -> Speaker | None:
        """The person named right after an office: "the minister of transport, Ana Ruiz,"."""
        gap = re.match(r",? (?=[A-ZÀ-Þ])", self.text[span.end : span.end + 3])
        head = head_noun(self.text[span.start : span.end])
        lexicon = cues().voices
        offices = lexicon["spokesperson"] | lexicon["court"] | lexicon["expert"] | {"author"}
        if gap is None or head not in offices | lexicon["company"] | lexicon["research"]:
            return None
        members = self.cast.within(Span(start=span.end, end=span.end + 60))
        if (
            not members
            or (members[0].sort == "person") is not (head in offices)
            or members[0].span.start > span.end + 60
        ):
            return None
        return self._as_speaker(members[0], Span(start=span.start, end=span.end))

    def _named(self, phrase: str, span: Span) -> Speaker | None:
        """A phrase that holds a name: the person in it, else the body, else the body behind a work."""
        members = [m for m in self.cast.within(span) if not self._located(m, span)]
        people = [m for m in members if m.sort == "person"]
        if people:
            return self._as_speaker(people[0], span)
        bodies = [m for m in members if m.sort in {"organisation", "outlet", "work"}]
        head = head_noun(phrase)
        holder = (
            self.cast.by_role(head, span.start)
            if head in cues().voices["spokesperson"] and phrase.lower().startswith("the ")
            else None
        )
        if holder is not None:
            return self._as_speaker(holder, span)
        lexicon = cues().voices
        if (
            set(words_of(re.split(r"\b(?:of|for|in|by|from)\b", phrase)[0]))
            & (lexicon["primary"] | lexicon["dataset"]) - lexicon["work"]
            and not bodies
        ):
            return self._primary(phrase, head, span)
        bodies = bodies or self._styled(phrase, members)
        if not bodies and _WHOLE_NAME.fullmatch(phrase):
            bodies = [m for m in members if m.sort == "unknown"]
        if head in lexicon["primary"] | lexicon["dataset"]:
            return Speaker(name=phrase, span=span, sort="work", of=bodies[0].name if bodies else None)
        if head in lexicon["witness"] and not bodies:
            return None
        if bodies:
            first = bodies[0]
            if head in lexicon["spokesperson"] | lexicon["witness"] and not first.name.lower().endswith(head):
                return Speaker(
                    name=phrase,
                    span=span,
                    sort="person" if head in lexicon["spokesperson"] else "group",
                    role=head,
                    of=first.name,
                )
            return self._as_speaker(first, span)
        return None

    def _styled(self, phrase: str, members: list[Member]) -> list[Member]:
        """The body at the end of a phrase that says what it is: "drone maker Veldt Dynamics"."""
        lexicon = cues().voices
        kinds = lexicon["company"] | lexicon["research"] | lexicon["official"] | lexicon["media"]
        for member in members:
            before = phrase.partition(member.name)[0]
            if phrase.endswith(member.name) and member.sort == "unknown" and set(words_of(before)[-1:]) & kinds:
                return [replace(member, sort="organisation")]
        return []

    def _located(self, member: Member, span: Span) -> bool:
        """Whether a name inside a phrase only says where its head is: "researchers in the capital"."""
        words = self.text[span.start : span.end]
        at = words.find(member.name.split(" ")[-1])
        return at > 0 and re.search(r"\b(?:in|near|outside|across) (?:the )?(?:[A-Z][\w-]+ )*$", words[:at]) is not None

    def _in_full(self, member: Member) -> str | None:
        """Whom a person speaks for; of a bare "ministry" the name that the text gives it."""
        if member.of is None or not member.of.islower():
            return member.of
        found = self.cast.by_head(head_noun(member.of), member.span.start)
        return found.name if found else member.of

    def _meant_by(self, member: Member) -> str | None:
        """The body that "the inspectorate" means, of which a person is said to be an officer."""
        if member.under is None:
            return None
        found = self.cast.by_head(head_noun(member.under), member.span.start)
        return found.name if found else None

    def _behind(self, member: Member, role: str) -> str | None:
        """Whom a person with a role but no named body speaks for: a spokesperson for the body just spoken of, an
        official for the office.
        """
        head = head_noun(role)
        if head == "author":
            return None
        if head in _MOUTHPIECES:
            return self._body_just_spoken_of(member.span.start)
        if head in _OFFICES:
            return role if len(words_of(role)) > 1 else None
        return self._body_just_spoken_of(member.span.start)

    def _body_just_spoken_of(self, at: int) -> str | None:
        body = self.memory.body
        if body is not None and "\n\n" not in self.text[body.span.start : at]:
            return body.name
        named = self.cast.body_before(at)
        if body is not None and (named is None or head_noun(named) == head_noun(body.name)):
            return body.name  # "the authority" is the transit authority that spoke before
        return named

    def _described(self, phrase: str, span: Span) -> Speaker | None:
        head = head_noun(phrase)
        words = set(words_of(phrase))
        lexicon = cues().voices
        if state := _STATE_MEDIA.search(phrase):
            return Speaker(name=state.group(), span=span, sort="outlet")
        if head in _PAPERS and phrase.lower().startswith("the "):
            outlet = self.cast.outlet_mentioned(span.start) or self._unmarked_body()
            if outlet is not None:
                return replace(outlet, span=span)
        if head in {"reports", "studies"} or phrase.lower().startswith("one "):
            return self._generic(phrase, head, span)
        definite = phrase.lower().startswith(("the ", "its ", "their ", "his ", "her ", "this ")) or " " not in phrase
        if head in lexicon["primary"] | lexicon["dataset"] and head not in lexicon["work"]:
            return self._primary(phrase, head, span)
        if head in lexicon["work"] or words & lexicon["work"]:
            return self._work(phrase, span)
        return self._office_or_body(phrase, head, definite, span) or self._generic(phrase, head, span)

    def _unmarked_body(self) -> Speaker | None:
        """The named body that spoke last, if its name does not tell what it is; it may well be "the newspaper"."""
        body = self.memory.body
        if body is None or only_described(body.name):
            return None
        told = {word for kind in ("official", "research", "company", "court") for word in cues().voices[kind]}
        return None if set(words_of(body.name)) & told else _again(body, body.span)

    def _office_or_body(self, phrase: str, head: str, definite: bool, span: Span) -> Speaker | None:
        """The holder of an office, the body a bare head noun means, or the makers of the work spoken of."""
        lexicon = cues().voices
        person = self.cast.by_role(head, span.start) if definite else None
        if person is not None:
            return self._as_speaker(person, span)
        spoken = self.memory.body
        if definite and spoken is not None and head_noun(spoken.name) == head and len(words_of(phrase)) <= 2:
            return _again(spoken, span)
        holder = self.cast.holder_of(head) if definite and head in lexicon["official"] else None
        if holder is not None:
            of = holder.of or self._behind(holder, holder.role or "") or holder.name
            return Speaker(name=phrase, span=span, sort="organisation", role=head, of=of)
        member = self.cast.by_head(head, span.start) if definite or head in lexicon["research"] else None
        if member is not None:
            return self._as_speaker(member, span)
        if head in _MAKERS or (definite and head in _BODIES):
            return self._work(phrase, span)
        return None

    def _generic(self, phrase: str, head: str, span: Span) -> Speaker | None:
        lexicon = cues().voices
        sort: Literal["organisation", "person", "group", "witness", "outlet"]
        if _INTERVIEWED.search(phrase):
            owner = self.cast.work_owner(span)
            return Speaker(name=phrase, span=span, sort="group", of=owner.name if owner else None)
        if head in lexicon["witness"] or (head.endswith("s") and head[:-1] in lexicon["witness"]):
            bare = len(words_of(phrase)) <= 2
            described = (self.cast.first_description(head, span.start) if bare else None) or phrase
            return Speaker(name=described, span=span, sort="witness", role=head)
        if head in lexicon["spokesperson"] | lexicon["expert"]:
            body = self.memory.body
            return Speaker(
                name=phrase,
                span=span,
                sort="person",
                role=head,
                of=body.name if body and head in lexicon["spokesperson"] else None,
            )
        if head in lexicon["official"] | lexicon["court"] | lexicon["company"] | lexicon["research"] | lexicon["media"]:
            sort = "organisation"
        elif re.match(
            r"(?:most|many|some|two|three|four|five|\w+teen|\w+ty|\d+|several|both|ten|a majority|the majority|"
            r"others)\b",
            phrase,
            re.IGNORECASE,
        ):
            sort = "group"
        elif re.search(r"[A-Z]", phrase[1:]):
            sort = "organisation"
        else:
            return None
        return Speaker(name=phrase, span=span, sort=sort)

    def _primary(self, phrase: str, head: str, span: Span) -> Speaker:
        introduced = self.cast.document_named(head, span.start) if phrase.lower().startswith("the ") else None
        name = introduced or phrase
        return Speaker(name=name, span=span, sort="work", role=head)

    def _work(self, phrase: str, span: Span) -> Speaker | None:
        owner = self.cast.work_owner(span)
        if owner is None:
            return Speaker(name=phrase, span=span, sort="work")
        if self.cast.is_outlet(owner.name):
            return Speaker(name=owner.name, span=span, sort="work")
        return Speaker(name=owner.name, span=span, named_at=owner.span, sort="organisation", role="work")

    def _as_speaker(self, member: Member, span: Span) -> Speaker:
        sort: Literal["organisation", "person", "work", "outlet", "witness"]
        sort = member.sort if member.sort in {"person", "work", "outlet"} else "organisation"
        if self.cast.is_protected(member):
            sort = "witness"
        of = self._in_full(member)
        if of is None and sort == "person" and member.role:
            # As first introduced: who speaks in between changes nothing about whom a spokesman speaks for.
            named = self._speaks_for.get(member.name) or self._meant_by(member) or self._behind(member, member.role)
            of = self._speaks_for[member.name] = named
        return Speaker(
            name=member.name, span=span, named_at=member.span if member.span.start != span.start else None,
            sort=sort, role=member.role, of=of,
        )  # fmt: skip


def _somebody(phrase: str, span: Span) -> Speaker | None:
    """A voice that is only described, in words that no list knows."""
    if _NOT_SOMEBODY.search(phrase) or not re.search(r"\w{3}", phrase):
        return None
    return Speaker(name=phrase, span=span, sort="group" if head_noun(phrase).endswith("s") else "witness")


def _again(speaker: Speaker, span: Span) -> Speaker:
    return Speaker(
        name=speaker.name,
        span=span,
        named_at=speaker.named_at or speaker.span,
        sort=speaker.sort,
        role=speaker.role,
        of=speaker.of,
    )


def only_described(name: str) -> bool:
    """Whether a phrase describes a body without naming it: "a camera maker", "a Zelian union"."""
    return re.match(r"(?:an?|one|some)\s", name, re.IGNORECASE) is not None or re.search(r"[A-Z]", name[1:]) is None
