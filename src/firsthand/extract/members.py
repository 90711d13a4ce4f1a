"""What each name of a document is: a person with a role, a body, a place, and for whom a person speaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from firsthand.extract.names import BEFORE_ROLE, ROLE, place_kind
from firsthand.extract.nouns import words_of
from firsthand.knowledge.cues import cues
from firsthand.records import Span

Sort = Literal["organisation", "person", "work", "outlet", "place", "unknown"]

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Professor|Judge|Justice|Pastor|Rev|Minister|President|Governor|Mayor|Senator|"
    r"Secretary|Superintendent|Commissioner|General|Colonel|Captain|Chief|Inspector|Director)\.?"
)
_AFTER_ROLE = re.compile(
    rf",? (?:who is |who heads |is )?(?:(?:the|a|an|its|their|his|her) )?(?:[\w’'-]+ ){{0,5}}?{ROLE}\b", re.IGNORECASE
)
_SITES = frozenset(
    "square street airport hospital river bridge mountain prison park road avenue district province harbour "
    "harbor bay island valley border stadium market".split()
)
_HEADS = re.compile(r", who (?:heads|leads|runs|chairs|directs|founded) (?:the )?")
_WROTE = re.compile(
    r",? (?:who|an? \w+ who) (?:co-)?(?:wrote|authored|led|compiled|conducted)\b|,? (?:the|an?) (?:co-)?author of",
    re.IGNORECASE,
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
    under: str | None = None
    """Whom a person with a role speaks for, where no name is given: "the inspectorate"."""


def members_of(text: str, mentions: Sequence[Span]) -> list[Member]:
    """The members that `mentions` name, each once under its fullest name, in order of first mention."""
    return _Members(text, mentions).found()


class _Members:
    def __init__(self, text: str, mentions: Sequence[Span]) -> None:
        self.text = text
        self.mentions = mentions

    def found(self) -> list[Member]:
        members: list[Member] = []
        exact: dict[str, int] = {}
        alike: defaultdict[str, set[int]] = defaultdict(set)
        for mention in self.mentions:
            member = self._member(self.text[mention.start : mention.end], mention)
            key = plain(member.name)
            known = exact.get(key)
            if known is None:
                likely = sorted(set().union(*(alike[sign] for sign in _signs(member))))
                known = next((i for i in likely if _same_member(members[i], member)), None)
            if known is None:
                known = len(members)
                members.append(member)
            else:
                members[known] = _joined(members[known], member)
            exact.setdefault(key, known)
            for sign in _signs(members[known]):
                alike[sign].add(known)
        return members

    def _member(self, name: str, span: Span) -> Member:
        before = self.text[max(0, span.start - 80) : span.start]
        after = self.text[span.end : span.end + 160].split("\n")[0]
        acronym = re.match(r"\s\(([A-ZÀ-Þ][\w-]{1,9})\)", after)
        description = re.match(
            r"(?:\s\([^)]{1,20}\))?,? (?:is )?(?:an?|the|one of) ((?:[\w’'-]+ ){0,6}[\w’'-]+)", after
        )
        if description and re.search(r"\b(?:said|says|told|reported|wrote|announced)\b", description[1]):
            description = None  # "in Lindau, a laboratory said": two phrases, not one and its description
        role, of = self._role(before, after, span)
        under = _body_described(before, after) if role is not None and of is None else None
        sort = _sort(
            name,
            before,
            after,
            role,
            description[1] if description and after.lstrip(" ").startswith((",", "(")) else "",
        )
        return Member(
            name=name, span=span, sort=sort,
            role=role if sort == "person" else None, of=of if sort == "person" else None,
            description=description[1] if description else None, acronym=acronym[1] if acronym else None,
            under=under if sort == "person" else None,
        )  # fmt: skip

    def _role(self, before: str, after: str, span: Span) -> tuple[str | None, str | None]:
        """(role, body or work the person speaks for) from the words around a name."""
        clause = re.split(r"[.!?;:”\"]\s", before)[-1]
        if _WROTE.match(after):
            return "author", "work"
        leading = BEFORE_ROLE.search(clause)
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


def _body_described(before: str, after: str) -> str | None:
    """The body in "the deputy head of the inspectorate, NAME" or "NAME, a spokesman for the agency"."""
    leading = BEFORE_ROLE.search(re.split(r"[.!?;:”\"]\s", before)[-1])
    trailing = _AFTER_ROLE.match(after) if after.startswith((",", " (")) else None
    place = leading.group() if leading else after[trailing.end() :] if trailing else ""
    named = re.search(
        r"(?:^| )(?:of|for|at|with) (?P<body>(?:the|its|their) (?:[a-z-]+ ){0,2}?[a-z-]+)(?=[,. ]|$)", place
    )
    lexicon = cues().voices
    heads = lexicon["official"] | lexicon["company"] | lexicon["research"] | lexicon["court"]
    return named["body"] if named and words_of(named["body"])[-1] in heads - lexicon["spokesperson"] else None


def _joined(old: Member, new: Member) -> Member:
    """One member from two mentions: the fuller name, and whatever either mention tells first."""
    fuller = new.name if len(plain(new.name).split()) > len(plain(old.name).split()) else old.name
    sort = old.sort if old.sort not in {"unknown", "place"} else new.sort
    return replace(
        old, name=fuller, sort=sort, role=old.role or new.role, of=old.of or new.of,
        description=old.description or new.description, acronym=old.acronym or new.acronym,
        under=old.under or new.under,
    )  # fmt: skip


def _signs(member: Member) -> set[str]:
    """What two members that are the same share at least one of, so that not every name is compared with every other:
    the first word, the last one, or an acronym that the other is called by.
    """
    words = plain(member.name).split()
    return {f"{words[0]} …", f"… {words[-1]}", member.name, member.acronym or member.name} if words else {member.name}


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Lower-case words of a name without articles."""
    return " ".join(w for w in words_of(name) if w not in {"the", "a", "an"})


def _same_member(a: Member, b: Member) -> bool:
    if plain(a.name) == plain(b.name) or (a.acronym and b.name == a.acronym):
        return True
    x, y = plain(a.name).split(), plain(b.name).split()
    short, long = (x, y) if len(x) < len(y) else (y, x)
    if not short or len(short) == len(long):
        return False
    person = "person" in {a.sort, b.sort}
    unmarked = {"person", "unknown"} >= {a.sort, b.sort}
    opens = long[: len(short)] == short and (len(short) > 1 or "place" not in {a.sort, b.sort})
    heads = cues().voices["research"] | cues().voices["official"] | cues().voices["court"]
    surname = unmarked and not set(long) & heads
    closes = long[-len(short) :] == short and (person or surname or len(short) > 1 or short[0] in heads)
    return opens or closes


def _sort(name: str, before: str, after: str, role: str | None, description: str) -> Sort:
    voices = cues().voices
    words = set(words_of(name))
    if place_kind(name) is not None or (place_kind(name.split(" ")[0]) == "demonym" and len(name.split()) == 1):
        return "place"
    if words_of(name)[-1] in _SITES:
        return "place"
    heads = voices["research"] | voices["official"] | voices["court"] | voices["company"] | voices["media"]
    described = set(words_of(description))
    if (re.search(rf"\b{_TITLE} $", before) and not words & heads and len(name.split()) <= 4) or (
        re.match(rf"{_TITLE} [A-Z]", name) and len(name.split()) <= 4
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
