"""Looking a name, an office or a description up among the members of one document."""

from __future__ import annotations

import re
from dataclasses import replace

from firsthand.extract.members import Member, members_of, plain
from firsthand.extract.names import NAMED, STOP, spot_names
from firsthand.extract.nouns import head_noun, words_of
from firsthand.extract.quotations import masked, quotations
from firsthand.extract.sentences import sentences
from firsthand.knowledge.cues import cues
from firsthand.records import Document, Span, Speaker

_WORK = r"(?:working paper|report|study|survey|analysis|research|investigation|dossier|findings|briefing|assessment)"
# Words that may stand between a work and its maker: how and when it came out.
_BETWEEN = (
    r"(?:published|released|issued|put|out|produced|prepared|compiled|written|on|in|at|the|this|last|late|"
    r"early|earlier|yesterday|today|new|week|weekend|month|year|\w+day|\d+|January|February|March|April|May|"
    r"June|July|August|September|October|November|December)"
)
_WORK_BY = re.compile(
    rf"\b{_WORK}\b(?:,? {_BETWEEN}){{0,6}}? (?:by|from|of) |\b{_WORK},? (?:which|that)(?: on \w+)? published ",
    re.IGNORECASE,
)
_WORKS_OF = (
    re.compile(rf"(?P<who>{NAMED})(?:'s|’s) (?:[\w’'“”‘-]+ ){{0,4}}?{_WORK}\b"),
    re.compile(rf"(?P<who>{NAMED}) (?:study|report|survey|paper)\b"),
    re.compile(rf"\b{_WORK} (?:that|which) (?:the )?(?P<who>{NAMED}) (?:put out|published|released|issued|publishes)"),
    re.compile(rf"(?P<who>{NAMED})[^.;“”\n]{{0,40}}? in (?:a|its) (?:new |recent )?{_WORK}\b"),
)
_IN_A_JOURNAL = re.compile(
    rf"\b{_WORK} (?:published |printed )?in (?:the )?"
    r"(?=(?:[A-Z][\w-]+ )*(?:Annals|Journal|Proceedings|Review|Letters)\b)"
)
_IN_A_WORK = re.compile(rf"\b(?:in|through|via) (?:a|an|their|its) (?:\w+ )?{_WORK}\b")
_PSEUDONYM = re.compile(
    r"\b(?:whom we (?:are calling|call)|(?:his|her|their|a) real name|name (?:has been|was|is) (?:changed|"
    r"withheld)|not (?:his|her) real name|pseudonym|identified only)\b",
    re.IGNORECASE,
)
# Words for people that tell which pronoun is not theirs.
_TELL = {
    "he": frozenset(
        "woman lady girl mother grandmother aunt sister daughter wife widow seamstress waitress landlady "
        "policewoman".split()
    ),
    "she": frozenset(
        "man gentleman boy father grandfather uncle brother son husband widower waiter landlord policeman".split()
    ),
}
_PLAIN_BODY = re.compile(
    r"\b(?:[Tt]he |[Aa]n? )(?P<body>(?:[\w’'-]+ ){0,3}(?:office|ministry|police|authority|department|agency|"
    r"council|commission|university|company|firm|union|association))\b"
)


class Cast:
    """The names of one document, in order of first mention, and the works it speaks of."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.unquoted = masked(document.text, quotations(document.text))
        self.outlet = document.outlet or ""
        self.sentences = sentences(document.text)
        self.mentions = spot_names(document.text)
        self.works: list[Member] = []
        self.members = members_of(document.text, self.mentions)
        self.works = self._works()
        self.members = [self._settled(m, self.members) for m in self.members]

    def is_outlet(self, phrase: str) -> bool:
        """Whether a phrase names the publishing outlet."""
        if not self.outlet:
            return False
        a, b = plain(phrase), plain(self.outlet)
        shortened = b.split()[-1] if b else ""
        return bool(a) and (
            a == b
            or (len(a) > 3 and a in b and a.split()[0] == b.split()[0])
            or a == _initials(self.outlet)
            or (a == shortened and len(a) > 4 and phrase.lower().startswith("the "))
        )

    def find(self, name: str) -> Member | None:
        """The member that a name, a shortened name or an acronym stands for."""
        wanted = plain(name)
        if not wanted:
            return None
        for member in self.members:
            if wanted == plain(member.name) or (member.acronym and wanted == member.acronym.lower()):
                return member
        tokens = wanted.split()
        for member in sorted(self.members, key=lambda m: m.sort != "person"):
            own = plain(member.name).split()
            if len(own) > len(tokens) and (own[-len(tokens) :] == tokens or own[: len(tokens)] == tokens):
                return member
        return None

    def within(self, span: Span) -> list[Member]:
        """Members named inside `span`, in order, resolved to their fullest name."""
        inside = [m for m in self.mentions if m.start >= span.start and m.end <= span.end]
        found = [self.find(self.text[m.start : m.end]) for m in inside]
        return [member for member in found if member is not None]

    def last_before(self, at: int) -> Member | None:
        """The member mentioned last before `at`."""
        earlier = [m for m in self.mentions if m.end <= at]
        return self.find(self.text[earlier[-1].start : earlier[-1].end]) if earlier else None

    def last_person_before(self, at: int) -> Member | None:
        """The person mentioned last before `at`."""
        for mention in reversed([m for m in self.mentions if m.end <= at]):
            member = self.find(self.text[mention.start : mention.end])
            if member is not None and member.sort == "person":
                return member
        for mention in reversed([m for m in self.mentions if m.end <= at]):
            member = self.find(self.text[mention.start : mention.end])
            if member is not None and member.sort == "unknown" and 2 <= len(member.name.split()) <= 3:
                return member
        return None

    def person_between(self, start: int, end: int) -> Member | None:
        """The person with a public role mentioned last between two places of the text."""
        for mention in reversed([m for m in self.mentions if start <= m.start and m.end <= end]):
            member = self.find(self.text[mention.start : mention.end])
            if member is not None and member.sort == "person":
                return member
        return None

    def witness_before(self, at: int) -> Span | None:
        """Where a single witness was last described before `at` ("a physics teacher")."""
        heads = "|".join(sorted(re.escape(h) for h in cues().voices["witness"] if not h.endswith("s")))
        found = list(
            re.finditer(rf"\b(?:an?|one|the)\s+(?:[\w-]+\s+){{0,3}}?(?:{heads})\b", self.text[:at], re.IGNORECASE)
        )
        return Span(start=found[-1].start(), end=found[-1].end()) if found else None

    def witness_met(self, within: Span, gender: str) -> Span | None:
        """The single witness brought in last within a stretch of text: at the head of a sentence, or as somebody spoken
        to. `gender` is "he" or "she"; words that tell the other one do not count.
        """
        heads = "|".join(sorted(re.escape(h) for h in cues().voices["witness"] - _TELL[gender] if not h.endswith("s")))
        pattern = (
            r"(?:(?:^|[.!?:”\"]\s+|\n)(?:\w+ )?|\b(?:to|with|before|met|asked|from|is|was|by) )"
            rf"(?P<who>(?:an?|one|another)\s+(?:[\w-]+\s+){{0,3}}?(?:{heads}))\b"
        )
        found = list(re.finditer(pattern, self.unquoted[within.start : within.end], re.IGNORECASE))
        if not found:
            return None
        return Span(start=within.start + found[-1].start("who"), end=within.start + found[-1].end("who"))

    def is_protected(self, member: Member) -> bool:
        """Whether the document marks a name as a pseudonym or as that of somebody without a public role."""
        around = self.text[max(0, member.span.start - 60) : member.span.end + 40]
        return _PSEUDONYM.search(around) is not None or (
            member.role is None and re.search(r"\bMrs? $|\bMs $", self._before(member.span.start)) is not None
        )

    def body_before(self, at: int) -> str | None:
        """The institution named last before `at` in the same paragraph, capitalised ("the Ministry of Trade") or
        not ("the port's education office").
        """
        start = self.text.rfind("\n\n", 0, at) + 1
        for mention in reversed([m for m in self.mentions if start <= m.start and m.end <= at]):
            member = self.find(self.text[mention.start : mention.end])
            if member is not None and member.sort == "organisation" and not self.is_outlet(member.name):
                return member.name
        spoken = list(_PLAIN_BODY.finditer(self.text, start, at))
        return spoken[-1]["body"] if spoken else None

    def holder_of(self, head: str) -> Member | None:
        """The person whose office a bare body name means: the minister for "the ministry", if no ministry is named."""
        if any(head in plain(m.name).split() for m in self.members if m.sort == "organisation"):
            return None
        holders = [m for m in self.members if m.sort == "person" and m.role and words_of(m.role)[-1][:6] == head[:6]]
        return holders[0] if holders else None

    def by_role(self, head: str, at: int) -> Member | None:
        """The person introduced with a role that ends in `head`, nearest before `at`, else after."""
        holders = [m for m in self.members if m.sort == "person" and m.role and words_of(m.role)[-1:] == (head,)]
        return _nearest(holders, at)

    def by_head(self, head: str, at: int) -> Member | None:
        """The body whose name or description holds `head`, nearest before `at`, else after."""
        bodies = [m for m in self.members if m.sort in {"organisation", "outlet", "unknown"}]
        named = [m for m in bodies if head in plain(m.name).split()]
        described = [m for m in bodies if m.description and head_noun(m.description) == head]
        return _nearest(named, at) or _nearest(described, at)

    def outlet_mentioned(self, at: int) -> Speaker | None:
        """The outlet that "the paper" means: the last body before `at` that reads like one."""
        media = cues().voices["media"]
        bodies = [m for m in self.members if m.span.end <= at and m.sort in {"outlet", "organisation", "unknown"}]
        for member in reversed(bodies):
            if (
                set(words_of(member.name)) & media
                or set(words_of(member.description or "")) & media
                or member.sort == "outlet"
            ):
                return Speaker(name=member.name, span=Span(start=at, end=at), named_at=member.span, sort="outlet")
        return None

    def first_description(self, head: str, at: int) -> str | None:
        """The words in which the text first describes a witness: "a former teacher" for a later "the teacher"."""
        pattern = re.compile(
            rf"\b(?:an?|one|two|three|four|five|several)\s+(?:[\w-]+\s+){{0,3}}{re.escape(head)}\b", re.IGNORECASE
        )
        match = pattern.search(self.text, 0, max(at, 0))
        return match.group() if match else None

    def document_named(self, head: str, at: int) -> str | None:
        """The fullest wording before `at` of a primary document: "contract SSP-1/2027" for a later "the contract"."""
        pattern = re.compile(
            rf"\b(?i:an?|the)\s+(?:[\w-]+\s+){{0,3}}(?i:{re.escape(head)})\b(?:\s+(?:of|no\.?|number|"
            rf"[A-Z0-9])[\w/-]*(?:\s+\d[\w/]*|\s+[A-Z][\w-]*)*)?"
        )
        best = None
        for match in pattern.finditer(self.text, 0, max(at, 0)):
            if best is None or len(match.group()) > len(best):
                best = match.group()
        return best

    def work_owner(self, span: Span) -> Member | None:
        """The body behind the work or the researchers that a phrase speaks of, as the document says anywhere."""
        local = self.text[span.start : span.end + 90].split("\n\n")[0]
        for work in self.works:
            if span.start <= work.span.start < span.start + len(local):
                return work
        before = [w for w in self.works if w.span.start <= span.start]
        if before:
            return before[-1]
        if self.works:
            return self.works[0]
        research = cues().voices["research"]
        candidates = [
            m
            for m in self.members
            if m.sort == "organisation" and set(words_of(m.name + " " + (m.description or ""))) & research
        ]
        return _nearest(candidates, span.start)

    def _settled(self, member: Member, members: list[Member]) -> Member:
        """`member` with the body it speaks for under that body's full name."""
        if member.of is None:
            return member
        if member.of == "work":
            owner = self.work_owner(member.span)
            return replace(member, of=owner.name if owner else None)
        wanted = plain(member.of)
        for other in members:
            if other is not member and (
                wanted == plain(other.name) or (other.acronym and wanted == other.acronym.lower())
            ):
                return replace(member, of=other.name)
        return member

    def _works(self) -> list[Member]:
        """Bodies named as makers of a report, at the place where the report is spoken of."""
        found: list[Member] = []
        for match in _IN_A_JOURNAL.finditer(self.text):
            found.extend(self._maker(match, self.within(Span(start=match.end(), end=match.end() + 90)))[:1])
        for match in _WORK_BY.finditer(self.text):
            reach = re.search(r"[.;:“”\n]|, (?!the\b|an?\b)", self.text[match.end() : match.end() + 90])
            end = match.end() + (reach.start() if reach else 90)
            found.extend(self._maker(match, self.within(Span(start=match.end(), end=end)))[:1])
        for pattern in _WORKS_OF:
            for match in pattern.finditer(self.text):
                if re.search(r"\b(?:in|near|from) (?:the )?$", self._before(match.start("who"))):
                    continue  # "researchers in the capital said in a report": a place, not a maker
                member = self.find(re.sub(r"(?:'s|’s)$", "", match["who"]))
                found.extend(self._maker(match, [member] if member else []))
        for match in _IN_A_WORK.finditer(self.text):
            start = max((s.start for s in self.sentences if s.start <= match.start()), default=0)
            members = self.within(Span(start=start, end=match.start()))
            bodies = [b for m in members if m.of and (b := self.find(m.of))]
            bodies += [m for m in members if m.sort == "organisation" and not self.is_outlet(m.name)]
            if not any(w.span.start < match.end() and match.start() < w.span.end for w in found):
                found.extend(self._maker(match, [m for m in bodies if not self._only_place(m)])[:1])
        return sorted(found, key=lambda m: (m.span.start, m.span.end))

    def _only_place(self, member: Member) -> bool:
        """Whether a name is first met as the place where something is."""
        return re.search(r"\b(?:in|near|outside|across) (?:the )?$", self._before(member.span.start)) is not None

    def _before(self, at: int) -> str:
        """The words right before a place: as many as a preposition with its article needs."""
        return self.text[max(0, at - 20) : at]

    def _maker(self, match: re.Match[str], members: list[Member]) -> list[Member]:
        makers = [m for m in members if m.sort in {"organisation", "unknown", "outlet"} and m.name.lower() not in STOP]
        return [replace(m, span=Span(start=match.start(), end=match.end())) for m in makers]


def _initials(name: str) -> str:
    return "".join(w[0] for w in words_of(name) if w not in {"of", "the", "for", "and", "de", "y", "del", "la"})


def _nearest(members: list[Member], at: int) -> Member | None:
    before = [m for m in members if m.span.start <= at]
    return before[-1] if before else (members[0] if members else None)
