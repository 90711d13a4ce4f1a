"""Names in one document: where each is introduced, what it is, which role a person holds and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from firsthand.extract.nouns import head_noun, words_of
from firsthand.extract.sentences import sentences
from firsthand.knowledge.countries import place_names
from firsthand.knowledge.cues import cues
from firsthand.records import Document, Span, Speaker

Sort = Literal["organisation", "person", "work", "outlet", "place", "unknown"]

_CAP = r"(?:[A-ZÀ-ÖØ-Þ][\w’'&.-]*\w|[A-Z]\.?|[A-ZÀ-ÖØ-Þ]\w*)"
_JOIN = r"(?:of|for|de|del|da|do|la|las|los|y|e|&|van|von|der|al|el|di|on|to)"
_NAMED = rf"(?:\d{{1,3}} (?=[A-Z]))?(?:{_CAP})(?:[ \u00a0](?:\d+ )?(?:{_JOIN} (?:the |la |los )?)?{_CAP})*"
_NAME = re.compile(rf"(?<![\w]){_NAMED}")
_AND_NAME = re.compile(rf"(?P<first>{_CAP}(?:\s+{_CAP})*\s+(?:of|for)\s+(?:{_CAP}\s+)*{_CAP})\s+and\s+(?P<last>{_CAP})")
_STOP = frozenset(
    "the a an this that these those it he she they we i you but and or so if in on at of to for from by with "
    "as after before while when "
    "where who what why how there here its his her their our no not none nobody nor yet also then however "
    "although though because since "
    "according most many some several each every both all any other another such one two three four five six "
    "seven eight nine ten "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october "
    "november december mr mrs ms dr prof yes meanwhile still even only just now today yesterday tomorrow last "
    "next more less about "
    "over under during until despite between among without within against across around asked anyone everyone "
    "nothing something "
    "does do did is are was were has have had can could will would should may might must let new whether "
    "whoever".split()
)
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Professor|Judge|Justice|Pastor|Rev|Minister|President|Governor|Mayor|Senator|"
    r"Secretary|Superintendent|Commissioner|General|Colonel|Captain|Chief|Inspector|Director)\.?"
)
_ROLE = (
    r"(?P<role>(?:[\w-]+ )?(?:spokesman|spokeswoman|spokesperson|press-secretary|director|director-general|"
    r"secretary|secretary-general|chairman|chairwoman|chair|head|manager|chief executive|founder|co-founder|"
    r"president|minister|commissioner|coordinator|lawyer|attorney|principal|superintendent|governor|mayor|"
    r"researcher|analyst|professor|lecturer|author|co-author|expert|representative|officer|judge|pastor|"
    r"engineer|ombudsman|prosecutor|deputy|leader|captain|technologist))"
)
_BEFORE_ROLE = re.compile(rf"(?:^|[\s(]){_ROLE}(?: (?:of|for|at) [^,.;]{{2,50}})?,? $", re.IGNORECASE)
_AFTER_ROLE = re.compile(
    rf",? (?:who is |who heads |is )?(?:(?:the|a|an|its|their|his|her) )?(?:[\w’'-]+ ){{0,5}}?{_ROLE}\b", re.IGNORECASE
)
_SITES = frozenset(
    "square street airport hospital river bridge mountain prison park road avenue district province harbour "
    "harbor bay island valley border stadium market".split()
)
# "The People's Voice" is one name; "Lindau's Harbour Office" is two.
_FOLK = r"\b[Pp]eople)(?<!\b[Ww]omen)(?<!\b[Ww]orkers)(?<!\b[Cc]hildren)(?<!\b[Cc]itizen"
# Kinds of body that may carry a purpose in their name: "Institute for Northern Studies", "Committee on Trade".
_MAY_BE_FOR = frozenset(
    "institute committee center centre laboratory council office agency bureau department foundation "
    "secretariat ministry commission commissioner group network project alliance coalition federation "
    "university college school society association initiative campaign authority board fund".split()
)
_LEADING_TITLE = re.compile(
    r"(?:(?:[A-Z]\w+ )?(?:Secretary|Minister|President|Governor|Mayor|Senator|Superintendent|Commissioner|"
    r"Director|Spokesman|Spokeswoman|Spokesperson)"
    r"|Researchers?|Judge|Justice|Pastor|Professor|Prof\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Chief|Inspector|General|"
    r"Colonel|Captain) (?=[A-Z][\w’-]+)(?! of\b)(?!General\b)"
)
_ADJECTIVAL = re.compile(
    r"-(?:focused|based|made|born|led|style|owned|backed|run|funded|trained|speaking)$|^(?:AI|CCTV|PDF|GPS|DNA|"
    r"ID|IT|TV|US|UK|EU|UN|FILE|COVID-19)$"
)
_HEADS = re.compile(r", who (?:heads|leads|runs|chairs|directs|founded) (?:the )?")
_WROTE = re.compile(
    r",? (?:who|an? \w+ who) (?:co-)?(?:wrote|authored|led|compiled|conducted)\b|,? (?:the|an?) (?:co-)?author of",
    re.IGNORECASE,
)
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
    re.compile(rf"(?P<who>{_NAMED})(?:'s|’s)? (?:[\w’'“”‘-]+ ){{0,4}}?{_WORK}\b"),
    re.compile(rf"\b{_WORK} (?:that|which) (?:the )?(?P<who>{_NAMED}) (?:put out|published|released|issued|publishes)"),
    re.compile(rf"(?P<who>{_NAMED})[^.;“”\n]{{0,40}}? in (?:a|its) (?:new |recent )?{_WORK}\b"),
)
_IN_A_WORK = re.compile(rf"\b(?:in|through|via) (?:a|an|their|its) (?:\w+ )?{_WORK}\b")
_PSEUDONYM = re.compile(
    r"\b(?:whom we (?:are calling|call)|(?:his|her|their|a) real name|name (?:has been|was|is) (?:changed|"
    r"withheld)|not (?:his|her) real name|pseudonym|identified only)\b",
    re.IGNORECASE,
)
_PLAIN_BODY = re.compile(
    r"\b(?:[Tt]he |[Aa]n? )(?P<body>(?:[\w’'-]+ ){0,3}(?:office|ministry|police|authority|department|agency|"
    r"council|commission|university|company|firm|union|association))\b"
)
_SAID_NEAR = re.compile(
    r"^(?:,[^,.]{0,60},)? (?:said|says|told|tells|added|wrote|writes|explained|warned|argued|insisted|recalled)\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A name of the document at its first mention."""

    name: str
    span: Span
    sort: Sort
    role: str | None = None
    of: str | None = None
    description: str | None = None
    acronym: str | None = None


class Cast:
    """The names of one document, in order of first mention, and the works it speaks of."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.outlet = document.outlet or ""
        self.sentences = sentences(document.text)
        self.mentions = self._mentions()
        self.works: list[Member] = []
        self.members = self._members()
        self.works = self._works()
        self.members = [self._settled(m, self.members) for m in self.members]

    # ---- finding

    def is_outlet(self, phrase: str) -> bool:
        """Whether a phrase names the publishing outlet."""
        if not self.outlet:
            return False
        a, b = _plain(phrase), _plain(self.outlet)
        shortened = b.split()[-1] if b else ""
        return bool(a) and (
            a == b
            or (len(a) > 3 and a in b and a.split()[0] == b.split()[0])
            or a == _initials(self.outlet)
            or (a == shortened and len(a) > 4 and phrase.lower().startswith("the "))
        )

    def find(self, name: str) -> Member | None:
        """The member that a name, a shortened name or an acronym stands for."""
        wanted = _plain(name)
        if not wanted:
            return None
        for member in self.members:
            if wanted == _plain(member.name) or (member.acronym and wanted == member.acronym.lower()):
                return member
        tokens = wanted.split()
        for member in sorted(self.members, key=lambda m: m.sort != "person"):
            own = _plain(member.name).split()
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

    def is_protected(self, member: Member) -> bool:
        """Whether the document marks a name as a pseudonym or as that of somebody without a public role."""
        around = self.text[max(0, member.span.start - 60) : member.span.end + 40]
        return _PSEUDONYM.search(around) is not None or (
            member.role is None and re.search(r"\bMrs? $|\bMs $", self.text[: member.span.start]) is not None
        )

    def body_before(self, at: int) -> str | None:
        """The institution named last before `at` in the same paragraph, capitalised ("the Ministry of Trade") or not ("the port's education office")."""
        start = self.text.rfind("\n\n", 0, at) + 1
        for mention in reversed([m for m in self.mentions if start <= m.start and m.end <= at]):
            member = self.find(self.text[mention.start : mention.end])
            if member is not None and member.sort == "organisation" and not self.is_outlet(member.name):
                return member.name
        spoken = list(_PLAIN_BODY.finditer(self.text, start, at))
        return spoken[-1]["body"] if spoken else None

    def holder_of(self, head: str) -> Member | None:
        """The person whose office a bare body name means: the minister for "the ministry", if no ministry is named."""
        if any(head in _plain(m.name).split() for m in self.members if m.sort == "organisation"):
            return None
        holders = [m for m in self.members if m.sort == "person" and m.role and words_of(m.role)[-1][:6] == head[:6]]
        return holders[0] if holders else None

    def by_role(self, head: str, at: int) -> Member | None:
        """The person introduced with a role that ends in `head`, nearest before `at`, else after."""
        holders = [m for m in self.members if m.sort == "person" and m.role and words_of(m.role)[-1:] == [head]]
        return _nearest(holders, at)

    def by_head(self, head: str, at: int) -> Member | None:
        """The body whose name or description holds `head`, nearest before `at`, else after."""
        bodies = [m for m in self.members if m.sort in {"organisation", "outlet", "unknown"}]
        named = [m for m in bodies if head in _plain(m.name).split()]
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
            rf"\b(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}{re.escape(head)}(?:\s+(?:of|no\.?|number|"
            rf"[A-Z0-9])[\w/.-]*(?:\s+\d[\w/]*|\s+[A-Z][\w-]*)*)?",
            re.IGNORECASE,
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

    # ---- building

    def _mentions(self) -> list[Span]:
        found: list[Span] = []
        for match in _NAME.finditer(self.text):
            start, end = match.span()
            while start < end:
                first = re.match(r"[\w’'&.-]+", self.text[start:end])
                if first is None or first.group().lower().strip(".'’") not in _STOP:
                    break
                start += first.end()
                while start < end and self.text[start] == " ":
                    start += 1
                lead = re.match(rf"{_JOIN}\s+(?:the\s+)?", self.text[start:end])
                if lead:
                    start += lead.end()
            proper = self._without_title(start, end)
            titled = proper > start or _BEFORE_ROLE.search(self.text[max(0, start - 40) : start]) is not None
            start = proper
            belongs = re.match(r"\S+(?: [A-Z]\S+)+?(?= (?:of|for|at|to) )", self.text[start:end]) if titled else None
            if belongs is not None:
                found.append(Span(start=start, end=start + belongs.end()))
                rest = re.match(r" (?:of|for|at|to) (?:the )?", self.text[start + belongs.end() : end])
                start += belongs.end() + (rest.end() if rest else 1)
            name = self.text[start:end].rstrip(".,'’-")
            end = start + len(name)
            loose = re.search(r"(?P<left>\S+) (?:for|on|to) (?:the )?", name)
            if loose and loose["left"].lower() not in _MAY_BE_FOR:
                found.append(Span(start=start, end=start + loose.end("left")))
                start, name = start + loose.end(), name[loose.end() :]
                end = start + len(name)
            name = re.sub(r"(?:'s|’s)$", "", name)
            possessive = re.search(rf"(?<!{_FOLK})(?:'s|’s)\s", name)
            if possessive:
                found.append(Span(start=start, end=start + possessive.start()))
                start += possessive.end()
                name = name[possessive.end() :]
            end = start + len(name)
            counted = re.match(r"\d+ (?=(?P<word>\w+))", name)
            if counted and (counted["word"].lower() in _STOP or _place_kind(name[counted.end() :]) is not None):
                start, name = start + counted.end(), name[counted.end() :]
            end = start + len(name)
            if name.lower() in _STOP:
                continue
            if len(name) > 1 and not _ADJECTIVAL.search(name) and not self._common_word(name, start):
                found.append(Span(start=start, end=end))
        return found

    def _without_title(self, start: int, end: int) -> int:
        """Where the name proper starts in a capitalised run such as "Security Secretary Ana Ruiz"."""
        title = _LEADING_TITLE.match(self.text[start:end])
        return start + title.end() if title else start

    def _common_word(self, name: str, start: int) -> bool:
        """A single capitalised word at the start of a sentence that the text also writes small."""
        if " " in name or name.isupper():
            return False
        before = self.text[:start].rstrip(' \n“"‘«(—–-')
        opens = not before or before[-1] in '.!?:…”"’»\n' or self.text[:start].endswith("\n")
        if not opens:
            return False
        small = re.search(rf"\b{re.escape(name.lower())}(?:s|d|ed|ing)?\b", self.text)
        again = len(re.findall(rf"(?<=[a-z,] ){re.escape(name)}\b", self.text))
        return small is not None or (
            again == 0 and re.search(rf"\b{re.escape(name)}\b", self.text[start + len(name) :]) is None
        )

    def _members(self) -> list[Member]:
        members: list[Member] = []
        for mention in self.mentions:
            name = self.text[mention.start : mention.end]
            member = self._member(name, mention)
            known = next((i for i, m in enumerate(members) if _same_member(m, member)), None)
            if known is None:
                members.append(member)
                continue
            old = members[known]
            fuller = name if len(_plain(name).split()) > len(_plain(old.name).split()) else old.name
            sort = old.sort if old.sort not in {"unknown", "place"} else member.sort
            members[known] = replace(
                old, name=fuller, sort=sort, role=old.role or member.role, of=old.of or member.of,
                description=old.description or member.description, acronym=old.acronym or member.acronym,
            )  # fmt: skip
        return members

    def _member(self, name: str, span: Span) -> Member:
        before = self.text[max(0, span.start - 80) : span.start]
        after = self.text[span.end : span.end + 160].split("\n")[0]
        acronym = re.match(r"\s\(([A-ZÀ-Þ][\w-]{1,9})\)", after)
        description = re.match(
            r"(?:\s\([^)]{1,20}\))?,? (?:is )?(?:an?|the|one of) ((?:[\w’'-]+ ){0,6}[\w’'-]+)", after
        )
        role, of = self._role(before, after, span)
        sort = _sort(
            name,
            before,
            after,
            role,
            description[1] if description and after.lstrip(" ").startswith((",", "(")) else "",
        )
        return Member(
            name=name, span=span, sort=sort, role=role if sort == "person" else None, of=of if sort == "person" else None,
            description=description[1] if description else None, acronym=acronym[1] if acronym else None,
        )  # fmt: skip

    def _role(self, before: str, after: str, span: Span) -> tuple[str | None, str | None]:
        """(role, body or work the person speaks for) from the words around a name."""
        clause = re.split(r"[.!?;:”\"]\s", before)[-1]
        if _WROTE.match(after):
            return "author", "work"
        leading = _BEFORE_ROLE.search(clause)
        if leading:
            office = re.search(
                r"(?:minister|secretary|commissioner) of (?:the )?[A-Z][\w-]+(?: (?:and )?[A-Z][\w-]+)*",
                leading.group(),
            )
            return (office.group() if office else leading["role"]), (
                None if office else self._body_in(span.start - len(clause), span.start)
            )
        project = re.match(r" (?:and [A-Z][\w’-]+ [A-Z][\w’-]+ )?(?:from|of|at|with) (?:the )?(?=\d* ?[A-Z])", after)
        if (
            project
            and len(self.text[span.start : span.end].split()) >= 2
            and re.search(
                r"(?:researchers?|analysts?|experts?|professors?) (?:[A-Z][\w’-]+ [A-Z][\w’-]+ and )?$",
                clause,
                re.IGNORECASE,
            )
        ):
            return "researcher", self._body_in(span.end + project.end() - 1, span.end + project.end() + 60)
        heads = _HEADS.match(after)
        trailing = _AFTER_ROLE.match(after) if after.startswith((",", " (")) else None
        if heads:
            return "head", self._body_in(span.end, span.end + 70)
        if trailing:
            stop = re.search(r"[.;:”\"]|, (?:said|who|told|adding)", after[trailing.end() :])
            reach = trailing.end() + (stop.start() if stop else 60)
            return trailing["role"], self._body_in(span.end, span.end + reach)
        return None, None

    def _body_in(self, start: int, end: int) -> str | None:
        for mention in self.mentions:
            if mention.start >= start and mention.end <= end:
                return self.text[mention.start : mention.end]
        return None

    def _settled(self, member: Member, members: list[Member]) -> Member:
        """`member` with the body it speaks for under that body's full name."""
        if member.of is None:
            return member
        if member.of == "work":
            owner = self.work_owner(member.span)
            return replace(member, of=owner.name if owner else None)
        wanted = _plain(member.of)
        for other in members:
            if other is not member and (
                wanted == _plain(other.name) or (other.acronym and wanted == other.acronym.lower())
            ):
                return replace(member, of=other.name)
        return member

    def _works(self) -> list[Member]:
        """Bodies named as makers of a report, at the place where the report is spoken of."""
        found: list[Member] = []
        for match in _WORK_BY.finditer(self.text):
            reach = re.search(r"[.;:“”\n]|, (?!the\b|an?\b)", self.text[match.end() : match.end() + 90])
            end = match.end() + (reach.start() if reach else 90)
            found.extend(self._maker(match, self.within(Span(start=match.end(), end=end)))[:1])
        for pattern in _WORKS_OF:
            for match in pattern.finditer(self.text):
                if re.search(r"\b(?:in|near|from) (?:the )?$", self.text[: match.start("who")]):
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
        return re.search(r"\b(?:in|near|outside|across) (?:the )?$", self.text[: member.span.start]) is not None

    def _maker(self, match: re.Match[str], members: list[Member]) -> list[Member]:
        makers = [m for m in members if m.sort in {"organisation", "unknown", "outlet"} and m.name.lower() not in _STOP]
        return [replace(m, span=Span(start=match.start(), end=match.end())) for m in makers]


def _place_kind(name: str) -> str | None:
    """Whether a name is a country, its adjective or its capital."""
    entry = place_names().get(name) or place_names().get(name.removesuffix("s"))
    return entry.kind if entry else None


def _plain(name: str) -> str:
    return " ".join(w for w in words_of(name) if w not in {"the", "a", "an"})


def _initials(name: str) -> str:
    return "".join(w[0] for w in words_of(name) if w not in {"of", "the", "for", "and", "de", "y", "del", "la"})


def _nearest(members: list[Member], at: int) -> Member | None:
    before = [m for m in members if m.span.start <= at]
    return before[-1] if before else (members[0] if members else None)


def _same_member(a: Member, b: Member) -> bool:
    if _plain(a.name) == _plain(b.name) or (a.acronym and b.name == a.acronym):
        return True
    x, y = _plain(a.name).split(), _plain(b.name).split()
    short, long = (x, y) if len(x) < len(y) else (y, x)
    if not short or len(short) == len(long):
        return False
    person = "person" in {a.sort, b.sort}
    plain = {"person", "unknown"} >= {a.sort, b.sort}
    opens = long[: len(short)] == short and (len(short) > 1 or "place" not in {a.sort, b.sort})
    heads = cues().voices["research"] | cues().voices["official"] | cues().voices["court"]
    surname = plain and not set(long) & heads
    closes = long[-len(short) :] == short and (person or surname or len(short) > 1 or short[0] in heads)
    return opens or closes


def _sort(name: str, before: str, after: str, role: str | None, description: str) -> Sort:
    voices = cues().voices
    words = set(words_of(name))
    if _place_kind(name) is not None or _place_kind(name.split(" ")[0]) == "demonym" and len(name.split()) == 1:
        return "place"
    if words_of(name)[-1] in _SITES:
        return "place"
    heads = voices["research"] | voices["official"] | voices["court"] | voices["company"] | voices["media"]
    described = set(words_of(description))
    if (
        re.search(rf"\b{_TITLE} $", before)
        and not words & heads
        and len(name.split()) <= 4
        or (re.match(rf"{_TITLE} [A-Z]", name) and len(name.split()) <= 4)
    ):
        return "person"
    if role is not None and len(name.split()) >= 2 and not words & heads:
        return "person"
    if words & heads or described & heads:
        return "organisation"
    if name.isupper() and name.isalpha() and len(name) > 1:
        return (
            "place"
            if re.match(r",? [A-Z][a-z]+\.? \d|\. \d+ [A-Z]|,? [^.\n]{0,30}\(\w+\) [-–—]", after)
            else "organisation"
        )
    if re.match(r",? (?:\d\d,|who\b|whom\b)", after) and 2 <= len(name.split()) <= 4:
        return "person"
    if 2 <= len(name.split()) <= 3 and _SAID_NEAR.match(after) and re.search(r"\b(?:he|she|his|her)\b", after):
        return "person"
    if re.search(r"\b(?:in|across|from|near|throughout|to) $", before) and len(name.split()) <= 2:
        return "place"
    return "unknown"
