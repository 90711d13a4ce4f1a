"""What the grammar of one sentence attributes to whom: candidates, the outermost first.

Each kind of cue is a rule over Universal Dependencies: verbs with a clause, an infinitive or a thing; passives; states
("is confident that"); nouns ("the claim that"); "according to". Which words may stand in which rule is in
`knowledge/telling.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import TypeAlias

from firsthand.extract.parse import Sentence, Token
from firsthand.knowledge.cues import cues
from firsthand.knowledge.telling import telling_words

_IN_CUE = frozenset({"aux", "advmod", "compound"})
_PREDICATE = frozenset({"VERB", "AUX"})
_PART_OF_ANOTHER = frozenset({"aux", "cop", "case", "mark", "amod", "compound"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SUBORDINATE = frozenset({"that", "whether", "if"})
_BEFORE_A_NAME = frozenset({"CCONJ", "SCONJ", "PUNCT", "ADV", "ADP", "NUM", "X"})
# With these, whoever is wanted to do something belongs to what is wanted: "wants | the mayor to resign".
_WANTED_TOO = frozenset(
    "desire encourage expect hate intend like love mean prefer propose recommend trust urge want wish".split()
)
# Phrases that describe a thing although the parse may hang them on the verb: "criticised | the act as a sham".
_DESCRIBES = frozenset("about against as between for of over regarding toward towards".split())
_OF_A_NOUN = frozenset("about against for in of over".split())
_OF_A_STATE = frozenset("about at by of over to with".split())
# What shows something, besides the works and data of the cue lexicon.
_SHOWS = frozenset("average chart document email figure map number poll result test".split())
# Longer sentences beside a quotation do something else than name its speaker.
_LONGEST_TAG_WORDS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Word positions of one attribution in its sentence, in order."""

    head: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    speaks: bool = False
    """Whether it may be the cue of a quotation beside it."""
    clause: bool = False
    """Whether it answers for a clause of its own."""
    rest: bool = False
    """Whether, without content or quotation, the rest of the sentence is its content."""


_Found: TypeAlias = tuple[set[int] | None, Set[int]]
"""Word positions of a content, if a rule finds one, and of what belongs to the cue with it."""


def candidates(parsed: Sentence, *, quoted: bool = False) -> list[Candidate]:
    """The attributions of a sentence, the outermost first. `quoted`: a quotation of its own stands in or beside it."""
    reading = _Reading(parsed, quoted=quoted)
    found = [made for token in parsed.tokens if (made := reading.read(token)) is not None]
    return sorted(found, key=lambda each: (reading.rank(each.head), each.head))


def runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbouring positions.

    >>> list(runs([4, 1, 2]))
    [(1, 2), (4, 4)]
    """
    there = set(positions)
    starts = (at for at in sorted(there) if at - 1 not in there)
    ends = (at for at in sorted(there) if at + 1 not in there)
    yield from zip(starts, ends, strict=True)


class _Tree:
    """A parsed sentence, to be asked for children and subtrees."""

    def __init__(self, parsed: Sentence) -> None:
        self.tokens = parsed.tokens
        self.below: list[list[Token]] = [[] for _ in parsed.tokens]
        for token in parsed.tokens:
            if token.head != token.i:
                self.below[token.head].append(token)

    def depth(self, at: int) -> int:
        """Steps up to the root."""
        steps = 0
        while self.tokens[at].head != at and steps < len(self.tokens):
            at, steps = self.tokens[at].head, steps + 1
        return steps

    def subtree(self, at: int) -> set[int]:
        """A word and everything it governs."""
        found, waiting = {at}, [at]
        while waiting:
            fresh = [child.i for child in self.below[waiting.pop()]]
            found.update(fresh)
            waiting += fresh
        return found

    def child(self, token: Token, *relations: str) -> Token | None:
        """The first word that hangs from another by one of these relations."""
        return next((each for each in self.below[token.i] if each.relation in relations), None)

    def marked(self, token: Token, words: Set[str]) -> Token | None:
        """The word that opens a clause, if it is one of these."""
        return next((each for each in self.below[token.i] if each.relation == "mark" and each.lemma in words), None)

    def follows(self, at: int) -> str:
        """The word behind a position; empty at the end."""
        return self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""


class _Reading(_Tree):
    def __init__(self, parsed: Sentence, *, quoted: bool) -> None:
        super().__init__(parsed)
        self.words = telling_words()
        self.quoted = quoted

    def rank(self, at: int) -> int:
        """How far from the outside a cue is; "…, she said" and "according to her" are outside what they stand in."""
        token = self.tokens[at]
        tag = token.relation == "parataxis" and token.lemma in self.words.said
        return 0 if tag or token.text.lower() == "according" else self.depth(at) + 1

    def read(self, token: Token) -> Candidate | None:
        """The attribution whose cue a word heads."""
        if token.text.lower() == "according":
            return self.according(token)
        if token.upos in _PREDICATE or token.xpos.startswith("VB"):
            return self.verb(token)
        if token.upos == "ADJ":
            return self.state(token)
        return self.noun(token) if token.upos == "NOUN" else None

    # --- verbs -------------------------------------------------------------------------------------------------------

    def verb(self, token: Token) -> Candidate | None:
        """ "Says that", "wants to", "supports the ban", "“…,” she said"."""
        never, speaks = token.lemma in self.words.never, self.speaks(token)
        if (
            (never and not speaks and token.lemma not in self.words.light)
            or token.relation in _PART_OF_ANOTHER
            or self.child(token, "cop") is not None
        ):
            return None
        if self.in_passing(token):
            return None
        if any(each.deprel == "aux:pass" for each in self.below[token.i]):
            return self.passive(token)
        content, behind = (
            self.content(token) if not never or token.lemma in self.words.light else (None, frozenset[int]())
        )
        subject = self.subject(token)
        if (subject is None or content is None) and (later := self.inverted(token)) is not None:
            subject, content = later, None
        if content is None and subject is not None and not never:
            content = self.beside(token)
        if (content is None and not speaks) or (subject is not None and subject.text.lower() == "there"):
            return None
        cue = self.group(token, subject) | behind
        source = self.voice(subject) if subject is not None else set()
        if not source and (token.relation == "acl" or self.marked(token, {"to"}) is not None):
            return None  # "a plan to sell it", "to say nothing of": whose word it is, the sentence does not say
        inside = self.filled(content, cue | source) if content else set()
        clause = token.relation == "parataxis" or self.child(token, "ccomp", "parataxis") is not None
        return Candidate(
            head=token.i, cue=_ordered(cue), source=_ordered(source), content=_ordered(inside),
            speaks=speaks, clause=clause, rest=speaks and subject is not None,
        )  # fmt: skip

    def speaks(self, token: Token) -> bool:
        """Whether a verb may attribute a quotation: one of saying, or any in a sentence that only names a speaker."""
        if token.lemma in self.words.said:
            return True
        plain = self.child(token, "nsubj") is not None and self.child(token, "obj", "cop") is None
        tag = self.quoted and len(self.tokens) <= _LONGEST_TAG_WORDS
        return token.relation == "root" and plain and (tag or self.follows(token.i) == ":")

    def in_passing(self, token: Token) -> bool:
        """Whether a verb without a voice only names a deed: "a group called …", "by pretending …", "Do not blame …"."""
        if self.child(token, "nsubj", "csubj") is not None:
            return False
        if token.relation == "acl" and token.xpos == "VBN":
            return not any(each.deprel == "obl:agent" for each in self.below[token.i])
        if token.xpos == "VBG" and any(each.relation == "mark" and each.upos == "ADP" for each in self.below[token.i]):
            return True
        return token.relation == "root" and token.xpos == "VB"

    def content(self, token: Token) -> tuple[set[int] | None, Set[int]]:
        """What a verb's voice answers for, and what belongs to the cue besides the verb's group."""
        for rule in (self.clause, self.wished, self.made_of, self.about, self.held, self.thing):
            content, behind = rule(token)
            if content is not None:
                return content, behind
        return None, frozenset()

    def clause(self, token: Token) -> _Found:
        """A clause: "says that …", also behind when or where it is said: "said in a statement this month that …"."""
        clause = self.child(token, "ccomp")
        if clause is not None and clause.upos not in {"PUNCT", "SYM"}:
            that = self.marked(clause, _SUBORDINATE)
            first = that.i if that is not None and that.i > token.i else 0
            return {at for at in self.subtree(clause.i) if at >= first}, frozenset()
        if token.lemma in self.words.said:
            for when in self.below[token.i]:
                late = self.child(when, "acl") if when.relation == "obl" and when.i > token.i else None
                if late is not None and self.tokens[min(self.subtree(late.i))].text == "that":
                    return self.subtree(late.i), frozenset()
        return None, frozenset()

    def wished(self, token: Token) -> _Found:
        """An infinitive: "plans to sell", "asked the court to stop", "decided after all not to sell"."""
        if token.lemma not in self.words.wish:
            return None, frozenset()
        thing = self.child(token, "obj")
        below = [*self.below[token.i], *(self.below[thing.i] if thing is not None else [])]
        wanted = next(
            (c for c in below if c.relation in {"xcomp", "advcl", "acl"} and c.i > token.i and self.marked(c, {"to"})),
            None,
        )
        if wanted is None:
            return None, frozenset()
        inside = self.subtree(wanted.i)
        whom = self.subtree(thing.i) if thing is not None and token.lemma in _WANTED_TOO else set()
        return inside | whom, frozenset()

    def made_of(self, token: Token) -> _Found:
        """What is called what: "called the plan a disgrace", "described it as unlawful"."""
        if token.lemma not in self.words.as_what:
            return None, frozenset()
        things = [each for each in self.below[token.i] if each.relation in {"obj", "iobj"} and each.i > token.i]
        named = next((c for c in self.below[token.i] if c.relation == "xcomp" and not self.marked(c, {"to"})), None)
        if named is None:
            named = next(
                (c for c in self.below[token.i] if c.relation in {"obl", "advcl"} and self.opens(c, "as")), None
            )
        if not things or (named is None and len(things) == 1):
            return None, frozenset()
        both = {at for each in (*things, *((named,) if named is not None else ())) for at in self.subtree(each.i)}
        return both, frozenset()

    def opens(self, token: Token, word: str) -> bool:
        """Whether a phrase or clause begins with a preposition or conjunction."""
        return any(each.relation in {"case", "mark"} and each.lemma == word for each in self.below[token.i])

    def about(self, token: Token) -> _Found:
        """A thing behind a preposition: "called for a ban", "accused them of lying"."""
        wanted = self.words.about.get(token.lemma, frozenset[str]())
        thing = self.child(token, "obj")
        below = [*self.below[token.i], *(self.below[thing.i] if thing is not None and wanted else [])]
        for each in below if wanted else ():
            case = self.child(each, "case", "mark")
            if each.relation in {"obl", "advcl", "acl", "nmod"} and case is not None and case.lemma in wanted:
                return self.subtree(each.i) - {case.i}, {case.i} if case.i == token.i + 1 else frozenset()
        return None, frozenset()

    def held(self, token: Token) -> _Found:
        """What is said with a noun: "raised questions about the deal", "made a promise to leave"."""
        thing = self.child(token, "obj")
        if token.lemma not in self.words.light or thing is None or thing.lemma not in self.words.noun:
            return None, frozenset()
        if any(each.deprel == "nmod:poss" for each in self.below[thing.i]):
            return None, frozenset()
        for each in sorted([*self.below[token.i], *self.below[thing.i]], key=lambda below: below.i):
            case = self.child(each, "case")
            cue = set(range(token.i, thing.i + 1))
            if each.i <= thing.i:
                continue
            if each.relation in {"acl", "ccomp", "advcl"} and self.marked(each, {"to", "that"}) is not None:
                return self.subtree(each.i), cue
            if case is not None and case.i == thing.i + 1 and case.lemma in _OF_A_NOUN | {"on", "with"}:
                return self.subtree(each.i) - {case.i}, cue | {case.i}
        return None, frozenset()

    def thing(self, token: Token) -> _Found:
        """A thing: "supports the ban"."""
        thing = self.child(token, "obj")
        if thing is not None and (token.lemma in self.words.thing or (token.lemma == "show" and self.of_a_work(token))):
            return self.described(token, thing), frozenset()
        return None, frozenset()

    def of_a_work(self, token: Token) -> bool:
        """Whether the subject is a report or figures: "the survey shows a rise"."""
        subject, voices = self.child(token, "nsubj"), cues().voices
        return subject is not None and subject.lemma in voices["work"] | voices["dataset"] | _SHOWS

    def described(self, token: Token, thing: Token) -> set[int]:
        """A thing with the phrases behind it that describe it."""
        found = self.subtree(thing.i)
        for each in self.below[token.i]:
            case = self.child(each, "case")
            near = case is not None and case.lemma in _DESCRIBES and case.i == max(found) + 1
            found |= self.subtree(each.i) if near and each.relation in {"obl", "xcomp"} else set()
        return found

    def inverted(self, token: Token) -> Token | None:
        """The subject behind a verb that follows what is said (", noted Ana Ruiz"), which may pass for an object."""
        after = token.i == 0 or self.tokens[token.i - 1].text in {",", "”", '"', "’", "?", "!"}
        if token.lemma not in self.words.said or not after:
            return None
        behind = (each for each in self.below[token.i] if each.i > token.i and each.relation in {"obj", "nsubj"})
        near = next((each for each in behind if min(self.subtree(each.i)) == token.i + 1), None)
        if near is None or (near.relation == "obj" and self.child(token, "ccomp") is not None):
            return None
        return near

    def beside(self, token: Token) -> set[int] | None:
        """The clause that "she said" is set into, or that follows it without "that"."""
        if token.relation == "parataxis":
            return self.subtree(token.head) - self.subtree(token.i)
        first, *others = [each for each in self.below[token.i] if each.relation in {"nsubj", "csubj"}] or [token]
        if others and first.upos in _PREDICATE:
            return self.subtree(first.i)  # "The cameras see everything, she explains", taken for a subject
        later = next(
            (c for c in self.below[token.i] if c.relation == "parataxis" and self.child(c, "nsubj") is not None), None
        )
        return self.subtree(later.i) if later is not None and token.lemma in self.words.said else None

    def passive(self, token: Token) -> Candidate | None:
        """ "Was dubbed the winner by X", "is expected to win": what it is said of is part of the content."""
        lexicon = self.words
        if token.lemma not in lexicon.said | lexicon.thing | lexicon.wish | lexicon.as_what | lexicon.about.keys():
            return None
        subject = next((c for c in self.below[token.i] if c.deprel in {"nsubj:pass", "csubj:pass"}), None)
        rest = {at for c in self.below[token.i] if c.relation in {"xcomp", "ccomp"} for at in self.subtree(c.i)}
        if subject is not None and subject.lemma != "it" and subject.text.lower() not in _RELATIVE:
            rest |= self.subtree(subject.i)
        agent = next((each for each in self.below[token.i] if each.deprel == "obl:agent"), None)
        by = self.child(agent, "case") if agent is not None else None
        source = self.subtree(agent.i) - ({by.i} if by is not None else set()) if agent is not None else set()
        cue = self.group(token, subject)
        if not rest - cue - source:
            return None
        return _candidate(token.i, cue, source, rest)

    def group(self, token: Token, subject: Token | None) -> set[int]:
        """A verb with its auxiliaries, negation, adverbs and particle, and the verb that it completes, without gaps."""
        near = {
            each.i
            for each in self.below[token.i]
            if each.relation in _IN_CUE and not self.below[each.i]
            and (each.i < token.i or each.deprel == "compound:prt")
            and (subject is None or each.i > subject.i or subject.i > token.i)
        }  # fmt: skip
        first = token.i
        while first - 1 in near:
            first -= 1
        parts = {token.i, *(at for at in near if at >= first)}
        upper = self.tokens[token.head]
        if token.relation == "xcomp" and self.marked(token, {"to"}) is not None and 0 < token.i - upper.i <= 3:
            parts |= set(range(upper.i, token.i)) | self.group(upper, subject)  # "continued to call for"
        return parts

    def subject(self, token: Token) -> Token | None:
        """The verb's own subject; for an infinitive under another verb, that verb's."""
        for _ in range(4):
            own = [each for each in self.below[token.i] if each.relation == "nsubj"]
            if own or token.relation != "xcomp":
                before = [each for each in own if each.i < token.i]
                return before[-1] if before else next(iter(own), None)  # the nearest: the parse may give two
            token = self.tokens[token.head]
        return None

    def voice(self, head: Token) -> set[int]:
        """The words of a source with all that describes it, and the comma behind an apposition."""
        inside = self.subtree(head.i)
        first, last = min(inside), max(inside)
        while first < head.i and self.tokens[first].upos in _BEFORE_A_NAME and self.tokens[first].relation != "nummod":
            first += 1
        while self.tokens[last].upos in {"NOUN", "PROPN"} and last + 1 < len(self.tokens):
            if self.tokens[last + 1].upos != "PROPN":
                break  # "campaign manager | Ana Ruiz"
            last += 1
        if self.follows(last) == "," and any(token.text == "," for token in self.tokens[first:last]):
            last += 1
        return set(range(first, last + 1))

    def filled(self, content: set[int], apart: set[int]) -> set[int]:
        """The content without holes, but for the cue and source that it stands around."""
        first, last = min(content), max(content)
        for at in range(first + 3, last):
            if self.tokens[at].text == "," and self.tokens[at + 1].lemma in _RELATIVE and self.adds_only(at + 1, last):
                last = at - 1  # ", which had been …": the author's aside
                break
        return set(range(first, last + 1)) - set(range(min(apart), max(apart) + 1))

    def adds_only(self, opening: int, last: int) -> bool:
        """Whether the clause that begins at a relative pronoun ends a content."""
        return any(
            opening in inside and max(inside) >= last - 1
            for token in self.tokens[opening:]
            if token.relation == "acl" and (inside := self.subtree(token.i))
        )

    # --- states, nouns, according to ---------------------------------------------------------------------------------

    def state(self, token: Token) -> Candidate | None:
        """ "Is confident that", "was worried about"."""
        subject = self.child(token, "nsubj")
        if token.lemma not in self.words.state or subject is None or subject.lemma in {"it", "there"}:
            return None
        clause = self.child(token, "ccomp", "xcomp", "advcl")
        behind: set[int] = set()
        if clause is not None and (clause.relation != "advcl" or self.marked(clause, {"to", "that"}) is not None):
            content = self.subtree(clause.i)
        else:
            about = next((each for each in self.below[token.i] if each.relation == "obl" and each.i > token.i), None)
            case = self.child(about, "case") if about is not None else None
            if about is None or case is None or case.lemma not in _OF_A_STATE:
                return None
            content, behind = self.subtree(about.i), {case.i}
        joined = (
            c.i for c in self.below[token.i] if c.relation in {"cop", "aux", "advmod"} and subject.i < c.i < token.i
        )
        return _candidate(token.i, {token.i, *joined} | behind, self.voice(subject), content)

    def noun(self, token: Token) -> Candidate | None:
        """ "The claim that", "their promise to", "her criticism of"."""
        if token.lemma not in self.words.noun:
            return None
        owner = next((each for each in self.below[token.i] if each.deprel == "nmod:poss"), None)
        clauses = (each for each in self.below[token.i] if each.relation in {"acl", "ccomp"} and each.i > token.i)
        clause = next((c for c in clauses if self.marked(c, {"that"} if owner is None else {"that", "to"})), None)
        about = next((each for each in self.below[token.i] if each.deprel == "nmod" and each.i > token.i), None)
        case = self.child(about, "case") if about is not None else None
        if clause is not None:
            content, behind = self.subtree(clause.i), set[int]()
        elif owner is not None and about is not None and case is not None and case.lemma in _OF_A_NOUN:
            content, behind = self.subtree(about.i), {case.i}
        else:
            return None
        source = self.subtree(owner.i) if owner is not None else set()
        before = [each.i for each in self.below[token.i] if each.relation in {"det", "amod"} and each.i < token.i]
        first = max(source) + 1 if source else min([*before, token.i])
        return _candidate(token.i, set(range(first, token.i + 1)) | behind, source, content)

    def according(self, token: Token) -> Candidate | None:
        """ "According to X" at either end of a sentence, or in its midst."""
        if self.follows(token.i).lower() != "to":
            return None
        hanging = (each for each in self.below[token.i] if each.relation in {"obl", "nmod"})
        head = self.tokens[token.head] if token.relation in {"case", "mark"} else next(hanging, None)
        inside = [at for at in self.subtree(head.i) if at > token.i + 1] if head is not None else []
        named = [at for at in inside if self.tokens[at].upos != "PUNCT"]
        if not named:
            return None
        source = tuple(range(token.i + 2, max(named) + 1))
        return Candidate(head=token.i, cue=(token.i, token.i + 1), source=source, content=(), rest=True)


def _candidate(head: int, cue: set[int], source: set[int], content: set[int]) -> Candidate:
    return Candidate(head=head, cue=_ordered(cue), source=_ordered(source), content=_ordered(content - cue - source))


def _ordered(positions: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(positions))
