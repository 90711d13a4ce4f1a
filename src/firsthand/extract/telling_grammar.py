"""What the grammar of one sentence attributes to whom: candidates, the outermost first.

Each kind of cue is one rule over Universal Dependencies: verbs with a clause, an infinitive or a thing; passives; states
("is confident that"); nouns ("the claim that"); "according to". Which words may stand in which rule is in
`knowledge/telling.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from firsthand.extract.parse import Sentence, Token
from firsthand.knowledge.cues import cues
from firsthand.knowledge.telling import TellingWords, telling_words

_SUBJECTS = frozenset({"nsubj", "csubj"})
_IN_CUE = frozenset({"aux", "advmod", "compound"})
_THEY = frozenset({"it", "there"})
_URGED_TOO = frozenset("want expect need like love hate prefer wish urge encourage desire intend mean trust recommend propose".split())
_DESCRIBES = frozenset("of about for as against between over toward towards regarding".split())
_WORKS = frozenset("poll figure number document result test chart map email average".split())
_RELATIVE = frozenset({"who", "which", "that", "whom"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Word positions of one attribution in its sentence."""

    head: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: frozenset[int]
    speaks: bool
    """Whether it may be the cue of a quotation beside it."""
    loose: bool = False
    """Whether its content is the rest of the sentence, as far as nothing else takes it."""


def candidates(parsed: Sentence, *, quoted: bool = False) -> list[Candidate]:
    """The attributions of a sentence, the outermost first. `quoted`: a quotation of its own stands in or beside it."""
    reading = _Grammar(parsed, quoted=quoted)
    found = [made for token in parsed.tokens if (made := reading.read(token)) is not None]
    return sorted(found, key=lambda each: (reading.rank(each.head), each.head))


class _Grammar:
    def __init__(self, parsed: Sentence, *, quoted: bool) -> None:
        self.quoted = quoted
        self.tokens = parsed.tokens
        self.words: TellingWords = telling_words()
        self.below: list[list[Token]] = [[] for _ in parsed.tokens]
        for token in parsed.tokens:
            if token.head != token.i:
                self.below[token.head].append(token)

    def depth(self, at: int) -> int:
        steps = 0
        while self.tokens[at].head != at and steps < len(self.tokens):
            at, steps = self.tokens[at].head, steps + 1
        return steps

    def rank(self, at: int) -> int:
        """How far from the outside a cue is; "…, she said" and "according to her" are outside what they are set into."""
        token = self.tokens[at]
        outside = token.relation == "parataxis" and token.lemma in self.words.said or token.text.lower() == "according"
        return 0 if outside else self.depth(at) + 1

    def subtree(self, at: int) -> set[int]:
        found, waiting = {at}, [at]
        while waiting:
            fresh = [child.i for child in self.below[waiting.pop()]]
            found.update(fresh)
            waiting += fresh
        return found

    def child(self, token: Token, *relations: str) -> Token | None:
        return next((c for c in self.below[token.i] if c.relation in relations), None)

    def read(self, token: Token) -> Candidate | None:
        if token.text.lower() == "according":
            return self.according(token)
        if token.upos in {"VERB", "AUX"} or token.xpos.startswith("VB"):
            return self.verb(token)
        if token.upos == "ADJ" or token.xpos == "VBN":
            return self.state(token)
        if token.upos == "NOUN":
            return self.noun(token)
        return None

    # --- verbs -------------------------------------------------------------------------------------------------------

    def verb(self, token: Token) -> Candidate | None:
        speaks = self.speaks(token)
        if token.lemma in self.words.never and not speaks or token.relation in {"aux", "cop", "case", "mark", "amod", "compound"}:
            return None
        if self.child(token, "cop") is not None or self.in_passing(token):
            return None
        if any(c.deprel == "aux:pass" for c in self.below[token.i]):
            return self.passive(token)
        content, extra = (None, set[int]()) if token.lemma in self.words.never else self.verb_content(token)
        subject = self.subject(token)
        inverted = self.inverted(token) if subject is None or content is None else None
        if inverted is not None:
            subject, content = inverted, None
        if content is None:
            content = self.beside(token, subject)
        if content is None and not speaks:
            return None
        if subject is not None and subject.lemma in _THEY and subject.text.lower() == "there":
            return None
        cue = self.group(token, subject) | extra
        source = self.noun_phrase(subject) if subject is not None else set()
        inside = self.filled(content or set(), cue | source)
        return Candidate(head=token.i, cue=self.ordered(cue), source=self.ordered(source),
                         content=frozenset(inside), speaks=speaks, loose=speaks and subject is not None)  # fmt: skip

    def filled(self, content: set[int], apart: set[int]) -> set[int]:
        """The content without holes, but for the cue and source that it may stand around."""
        if not content:
            return content
        whole = self.without_aside(set(range(min(content), max(content) + 1)))
        return whole - set(range(min(apart), max(apart) + 1)) if apart else whole

    def without_aside(self, content: set[int]) -> set[int]:
        """The content without a clause behind a comma that only adds to its last noun (", which had been …")."""
        import os
        if os.environ.get("NOCUT"): return content
        for at in sorted(content):
            if self.tokens[at].text == "," and at + 1 in content and self.tokens[at + 1].lemma in {"which", "who", "whose"}:
                if at - min(content) >= 3:
                    head = next((t for t in self.tokens if t.relation == "acl" and t.i > at and at + 1 in self.subtree(t.i)), None)
                    if head is not None and max(self.subtree(head.i)) >= max(content) - 1:
                        return {a for a in content if a < at}
        return content

    def speaks(self, token: Token) -> bool:
        """Whether a verb may attribute a quotation beside it: a verb of saying, or any that a quotation stands beside."""
        if token.lemma in self.words.said:
            return True
        after = self.tokens[token.i + 1].text if token.i + 1 < len(self.tokens) else ""
        alone = token.relation == "root" and self.child(token, "nsubj") is not None and self.child(token, "obj", "cop") is None
        return alone and (after == ":" or self.quoted and len(self.tokens) <= 12)

    def in_passing(self, token: Token) -> bool:
        """Whether a verb without a voice only names a deed: "a group called …", "by pretending …", "Do not blame …"."""
        if any(c.relation in _SUBJECTS for c in self.below[token.i]):
            return False
        if token.relation == "acl" and token.xpos == "VBN":
            return not any(c.deprel == "obl:agent" for c in self.below[token.i])
        if token.xpos == "VBG" and any(c.relation == "mark" and c.upos == "ADP" for c in self.below[token.i]):
            return True
        return token.relation == "root" and token.xpos == "VB"

    def inverted(self, token: Token) -> Token | None:
        """The subject behind a verb that follows what is said (", noted Ana Ruiz"), which may pass for an object."""
        before = self.tokens[token.i - 1] if token.i else None
        if token.lemma not in self.words.said or (before is not None and before.text not in {",", "”", '"', "’", "?", "!"}):
            return None
        behind = [c for c in self.below[token.i] if c.i > token.i and c.relation in {"obj", "nsubj"}]
        near = next((c for c in behind if min(self.subtree(c.i)) == token.i + 1), None)
        return near if near is not None and self.child(token, "ccomp") is None or near is not None and near.relation == "nsubj" else None

    def beside(self, token: Token, subject: Token | None) -> set[int] | None:
        """What stands beside "she said": the clause that it is set into, or that follows it without "that"."""
        if subject is None or token.lemma in self.words.never:
            return None
        whole = {t.i for t in self.tokens}
        if token.relation == "parataxis":
            main = self.tokens[token.head]
            return self.subtree(main.i) - self.subtree(token.i)
        later = next((c for c in self.below[token.i] if c.relation == "parataxis" and self.child(c, "nsubj") is not None), None)
        if later is not None and token.lemma in self.words.said:
            return self.subtree(later.i) & whole
        return None

    def verb_content(self, token: Token) -> tuple[set[int] | None, set[int]]:
        """Word positions of what a verb's voice answers for, and of what belongs to the cue besides the verb."""
        lexicon, lemma = self.words, token.lemma
        clause = self.child(token, "ccomp")
        if clause is not None and self.is_clause(clause):
            that = next((c.i for c in self.below[clause.i] if c.relation == "mark" and c.lemma in {"that", "whether", "if"} and c.i > token.i), 0)
            return {at for at in self.subtree(clause.i) if at >= that}, set()
        wanted = self.child(token, "xcomp")
        thing = self.child(token, "obj")
        if wanted is not None and lemma in lexicon.as_what and thing is not None and not self.infinitive(wanted):
            return self.subtree(thing.i) | self.subtree(wanted.i), set()
        if wanted is not None and lemma in lexicon.wish and self.infinitive(wanted):
            urged = self.subtree(thing.i) if thing is not None and lemma in _URGED_TOO else set[int]()
            return self.subtree(wanted.i) | urged, set()
        for child in self.below[token.i]:
            case = self.child(child, "case", "mark")
            if child.relation in {"obl", "advcl"} and case is not None and case.lemma in lexicon.about.get(lemma, ()):
                return self.subtree(child.i) - {case.i}, {case.i} if case.i == token.i + 1 else set()
        if thing is not None and (lemma in lexicon.thing or lemma == "show" and self.of_a_work(token)):
            return self.with_what_follows(token, thing), set()
        return None, set()

    def of_a_work(self, token: Token) -> bool:
        subject = self.child(token, "nsubj")
        voices = cues().voices
        return subject is not None and subject.lemma in voices["work"] | voices["dataset"] | _WORKS

    def with_what_follows(self, token: Token, thing: Token) -> set[int]:
        """A thing with the phrases behind it that describe it, although the parse hangs them on the verb."""
        found = self.subtree(thing.i)
        for child in self.below[token.i]:
            case = self.child(child, "case")
            if child.relation in {"obl", "xcomp"} and case is not None and case.lemma in _DESCRIBES and case.i == max(found) + 1:
                found |= self.subtree(child.i)
        return found

    def is_clause(self, clause: Token) -> bool:
        return clause.upos in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON", "ADV", "NUM", "ADP"}

    def infinitive(self, token: Token) -> bool:
        return any(c.relation == "mark" and c.lemma == "to" for c in self.below[token.i])

    def passive(self, token: Token) -> Candidate | None:
        """ "Was dubbed the winner by X", "is expected to win", "was accused of lying"."""
        lexicon = self.words
        if token.lemma not in lexicon.said | lexicon.thing | lexicon.wish | lexicon.as_what | lexicon.about.keys():
            return None
        agent = next((c for c in self.below[token.i] if c.deprel == "obl:agent"), None)
        subject = next((c for c in self.below[token.i] if c.deprel in {"nsubj:pass", "csubj:pass"}), None)
        rest: set[int] = set()
        for child in self.below[token.i]:
            if child.relation in {"xcomp", "ccomp"}:
                rest |= self.subtree(child.i)
        if subject is not None and subject.lemma != "it" and not (subject.text.lower() in _RELATIVE):
            rest |= self.subtree(subject.i)
        if not rest:
            return None
        cue = self.group(token, subject)
        source = set()
        if agent is not None:
            by = self.child(agent, "case")
            source = self.subtree(agent.i) - ({by.i} if by is not None else set())
        return Candidate(head=token.i, cue=self.ordered(cue), source=self.ordered(source),
                         content=frozenset(rest - cue - source), speaks=False)  # fmt: skip

    def group(self, token: Token, subject: Token | None) -> set[int]:
        """A verb with its auxiliaries, negation, adverbs and particle, as far as they stand together."""
        parts = {token.i}
        for child in self.below[token.i]:
            near = child.relation in _IN_CUE and (child.i < token.i or child.deprel == "compound:prt")
            if near and not self.below[child.i] and (subject is None or child.i > subject.i or subject.i > token.i):
                parts.add(child.i)
        first = token.i
        while first - 1 in parts:
            first -= 1
        parts = {at for at in parts if at >= first}
        if token.relation == "xcomp" and self.infinitive(token) and self.tokens[token.head].i < token.i:
            upper = self.tokens[token.head]
            between = set(range(upper.i, token.i))
            if len(between) <= 3:
                parts |= between | self.group(upper, subject)
        return parts

    def subject(self, token: Token) -> Token | None:
        """The verb's own subject; for an infinitive under another verb, that verb's."""
        for _ in range(4):
            own = [c for c in self.below[token.i] if c.relation in _SUBJECTS and c.deprel != "csubj"]
            if own:
                return own[0]
            if token.relation != "xcomp":
                return None
            token = self.tokens[token.head]
        return None

    def noun_phrase(self, head: Token) -> set[int]:
        """A source with all that describes it, and the comma behind an apposition."""
        inside = self.subtree(head.i)
        inside = set(range(min(inside), max(inside) + 1))
        first = min(inside)
        while first < head.i and self.tokens[first].upos in {"CCONJ", "SCONJ", "PUNCT", "ADV", "ADP", "NUM", "X"} and first + 1 in inside:
            inside.discard(first)
            first += 1
        import os
        if os.environ.get("SRC") == "who":
            for at in sorted(inside):
                if at > head.i and self.tokens[at].text == "," and at + 1 in inside and self.tokens[at + 1].lemma in {"who", "which", "whose"}:
                    return {a for a in inside if a < at}
        if os.environ.get("SRC") == "comma":
            for at in sorted(inside):
                if at > head.i and self.tokens[at].text == ",":
                    return {a for a in inside if a < at}
        last = max(inside)
        while last + 1 < len(self.tokens) and self.tokens[last + 1].upos in {"PROPN"} and self.tokens[last].upos in {"NOUN", "PROPN"}:
            last += 1
            inside.add(last)
        if last + 1 < len(self.tokens) and self.tokens[last + 1].text == "," and any(
            self.tokens[at].text == "," for at in inside if at < last
        ):
            inside.add(last + 1)
        return inside

    # --- states, nouns, according to ---------------------------------------------------------------------------------

    def state(self, token: Token) -> Candidate | None:
        if token.lemma not in self.words.state and token.text.lower() not in self.words.state:
            return None
        clause = self.child(token, "ccomp", "xcomp", "advcl")
        content: set[int] = set()
        extra: set[int] = set()
        if clause is not None and (clause.relation != "advcl" or self.infinitive(clause) or self.marked(clause, "that")):
            content = self.subtree(clause.i)
        else:
            about = next((c for c in self.below[token.i] if c.relation == "obl" and c.i > token.i), None)
            case = self.child(about, "case") if about is not None else None
            if about is None or case is None or case.lemma not in {"about", "of", "with", "by", "at", "over", "to"}:
                return None
            content = self.subtree(about.i) - {case.i}
            extra = {case.i}
        subject = next((c for c in self.below[token.i] if c.relation == "nsubj"), None)
        if subject is None or subject.lemma in _THEY:
            return None
        cue = {token.i, *(c.i for c in self.below[token.i] if c.relation in {"cop", "aux", "advmod"} and c.i > subject.i)}
        cue = {at for at in cue if at <= token.i} | extra
        source = self.noun_phrase(subject)
        return Candidate(head=token.i, cue=self.ordered(cue), source=self.ordered(source),
                         content=frozenset(content - cue - source), speaks=False)  # fmt: skip

    def marked(self, token: Token, word: str) -> bool:
        return any(c.relation == "mark" and c.lemma == word for c in self.below[token.i])

    def noun(self, token: Token) -> Candidate | None:
        if token.lemma not in self.words.noun:
            return None
        owner = next((c for c in self.below[token.i] if c.deprel == "nmod:poss"), None)
        clause = next(
            (c for c in self.below[token.i] if c.relation in {"acl", "ccomp"} and c.i > token.i
             and (self.marked(c, "that") or self.marked(c, "to"))), None
        )  # fmt: skip
        if clause is not None and (owner is not None or self.marked(clause, "that")):
            content, extra = self.subtree(clause.i), set[int]()
        elif owner is not None:
            about = next((c for c in self.below[token.i] if c.deprel == "nmod" and c.i > token.i), None)
            case = self.child(about, "case") if about is not None else None
            if about is None or case is None or case.lemma not in {"of", "about", "for", "against", "in", "over"}:
                return None
            content, extra = self.subtree(about.i) - {case.i}, {case.i}
        else:
            return None
        source = self.subtree(owner.i) if owner is not None else set()
        first = max(source) + 1 if source else min(
            [c.i for c in self.below[token.i] if c.relation in {"det", "amod"} and c.i < token.i] or [token.i]
        )
        cue = set(range(first, token.i + 1)) | extra
        return Candidate(head=token.i, cue=self.ordered(cue), source=self.ordered(source),
                         content=frozenset(content - cue - source), speaks=False)  # fmt: skip

    def according(self, token: Token) -> Candidate | None:
        """ "According to X" at either end of a sentence, or in its midst: the rest is what X answers for."""
        to = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        if to is None or to.text.lower() != "to":
            return None
        head = self.tokens[token.head] if token.relation in {"case", "mark"} else None
        if head is None:
            head = next((c for c in self.below[token.i] if c.relation in {"obl", "nmod"} and c.i > to.i), None)
        if head is None or head.i <= to.i:
            return None
        source = {at for at in self.subtree(head.i) if at > to.i}
        last = max(at for at in source if self.tokens[at].upos != "PUNCT")
        source = set(range(to.i + 1, last + 1))
        return Candidate(head=token.i, cue=(token.i, to.i), source=self.ordered(source), content=frozenset(),
                         speaks=False, loose=True)  # fmt: skip

    def ordered(self, positions: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(positions))


def runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbouring positions."""
    start = last = None
    for at in sorted(positions):
        if last is not None and at == last + 1:
            last = at
            continue
        if start is not None and last is not None:
            yield start, last
        start = last = at
    if start is not None and last is not None:
        yield start, last
