"""Who says it, by the grammar of a sentence: the subject of a verb that reports, and the agent of a passive one.

Dependency relations find the subject wherever it stands ("A tea seller, who will not be named, says …") and tell a verb
from the noun spelled like it ("names", "reads"). What they miss, the rules of `attribution` still read.
"""

from __future__ import annotations

from dataclasses import dataclass

from firsthand.extract.attributed import Shape
from firsthand.extract.parse import Sentence, Token, subtree
from firsthand.knowledge.cues import cues
from firsthand.records import Span

# Parts of a noun phrase that tell more about the voice without naming it.
_ASIDE = frozenset({"acl", "parataxis", "advcl", "ccomp", "discourse", "punct", "cc", "dep", "advmod"})
_BEFORE = frozenset({"case", "punct", "cc", "mark", "advmod"})
_NOBODY = frozenset(
    "it this that these those there what nothing none nobody no neither you something everything whoever anyone "
    "anybody everyone everybody someone somebody whatever".split()
)
# Things do these as well as people: "the figures suggest".
_THINGS_DO = frozenset("suggest reveal indicate show mean confirm imply put predict observe establish record".split())
# Of words that are nouns as well, those that nothing but the grammar tells apart.
_NOUN_TOO = frozenset(
    "claims notes names counts records estimates doubts fears orders rules points puts traces reads reveal refer "
    "predict deny reject confirm examined recorded listed named counted ordered mention mentions maintain describe "
    "forged writing answers answered".split()
)
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday today yesterday".split())
_RELATIVE = frozenset("who which that".split())
_MAY_NOT_BE_SAID = frozenset("could can cannot may might must should shall".split())
_FINITE_CLAUSE = frozenset({"ccomp", "parataxis", "csubj"})
_PREDICATE = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A verb that reports, and who its grammar says reports."""

    cue: Span
    source: Span
    shape: Shape
    passive: bool
    """Whether the voice is the agent of a passive verb ("was confirmed by the ministry")."""
    subject_beside: bool
    """Whether the voice stands in the verb's own clause."""
    sure: bool
    """Whether only somebody who speaks does this."""


def reports(parsed: Sentence, blanked: str) -> tuple[list[Report], frozenset[int]]:
    """The verbs of `parsed` that report something and have a voice, in order; and where verbs start that report
    nothing although they look like it.
    """
    return _Reading(parsed, blanked).found()


class _Reading:
    def __init__(self, parsed: Sentence, blanked: str) -> None:
        self.parsed = parsed
        self.blanked = blanked
        self._below: list[list[Token]] = [[] for _ in parsed.tokens]
        for token in parsed.tokens:
            if token.head != token.i:
                self._below[token.head].append(token)

    def found(self) -> tuple[list[Report], frozenset[int]]:
        out = []
        barred: set[int] = set()
        for token in self.parsed.tokens:
            if self.blanked[token.start] == "_":
                continue
            if token.upos not in _PREDICATE:
                barred |= {token.start} if token.text.lower() in _NOUN_TOO else set()
                continue
            if self._negated(token) or self._in_passing(token) or self._of_a_thing(token):
                barred.add(token.start)
                continue
            shape = self._shape(token)
            if shape is None:
                continue
            passive = self._passive(token)
            source = self._agent(token) if passive else self._voice(token)
            if source is None or source.end <= source.start:
                continue
            own = any(c.relation == "nsubj" for c in self._below[token.i])
            cue = Span(start=token.start, end=token.end)
            sure = shape == "speech" and token.lemma not in _THINGS_DO and self._reports_a_clause(token)
            out.append(Report(cue=cue, source=source, shape=shape, passive=passive, subject_beside=own, sure=sure))
        return out, frozenset(barred)

    def _shape(self, token: Token) -> Shape | None:
        lexicon = cues()
        if lexicon.speech.fullmatch(token.text):
            return "speech"
        if lexicon.speech.fullmatch(token.lemma) and self._governs(token, "ccomp"):
            return "speech"
        if token.lemma in lexicon.clausal and self._reports_a_clause(token):
            return "speech"
        if token.lemma in lexicon.provision and self._of_a_document(token):
            return "finding"
        if lexicon.finding.fullmatch(token.text) or (lexicon.finding.fullmatch(token.lemma) and token.xpos != "VBG"):
            if self._governs(token, "ccomp"):
                return "speech"
            return "finding" if self._governs(token, "nsubj") or self._passive(token) else None
        return None

    def _in_passing(self, token: Token) -> bool:
        """Whether a verb only sets a scene: "what people say", "more than the paper says", "since several wrote in"."""
        if any(c.lemma == "what" and c.relation == "obj" and c.i < token.i for c in self._below[token.i]):
            return True
        if self._governs(token, "ccomp") or self._passive(token) or self._set_off(token):
            return False
        if token.relation == "acl":
            subject = next((c for c in self._below[token.i] if c.relation == "nsubj"), None)
            return subject is None or subject.lemma not in _RELATIVE
        marks = {child.lemma for child in self._below[token.i] if child.relation in {"mark", "advmod", "case"}}
        return token.relation == "advcl" and (not marks & {"as"} or token.xpos == "VBG")

    def _governs(self, token: Token, relation: str) -> bool:
        return any(child.relation == relation for child in self._below[token.i])

    def _negated(self, token: Token) -> bool:
        for child in self._below[token.i]:
            if child.lemma in {"not", "never", "n't"} and child.i < token.i:
                return True
            if child.relation == "aux" and child.lemma in _MAY_NOT_BE_SAID and child.text != "May":
                return True
            if child.relation == "mark" and child.lemma == "to":
                return self.parsed.tokens[token.head].lemma not in {"go", "continue", "proceed", "hasten"}
        return False

    def _reports_a_clause(self, token: Token) -> bool:
        if any(child.relation in _FINITE_CLAUSE and child.upos != "PUNCT" for child in self._below[token.i]):
            return True
        if token.relation == "parataxis" or self._set_off(token):
            return True
        thing = any(c.relation == "obj" and self.blanked[c.start] != "_" for c in self._below[token.i])
        return not thing and "_" in self.blanked[self.parsed.start : self.parsed.end]

    def _of_a_thing(self, token: Token) -> bool:
        """Whether an "it" does something else than report: "It tells friend from foe"."""
        own = [c.lemma for c in self._below[token.i] if c.relation == "nsubj"]
        return own == ["it"] and not self._reports_a_clause(token)

    def _of_a_document(self, token: Token) -> bool:
        """Whether the subject of a verb is a written document, which says whatever it allows, orders or lists."""
        if token.relation == "acl" or self._passive(token):
            return False
        subject = self._subject(token)
        return subject is not None and subject.text.lower().removesuffix("s") in cues().documents

    def _set_off(self, token: Token) -> bool:
        """Whether subject and verb stand apart from what they report: "The poles, he recalled, listen"."""
        own = [c for c in self._below[token.i] if c.relation == "nsubj" and c.i < token.i]
        if not own or own[0].lemma in _RELATIVE or self._governs(token, "mark"):
            return False
        first = next(t.i for t in subtree(self.parsed, own[0].i) if t.upos != "PUNCT" or t.i == own[0].i)
        before = self.parsed.tokens[first - 1] if first else None
        return before is not None and before.text in {",", "”", '"', "»", "’", "—", "–"} and own[-1].i > first - 1

    def _passive(self, token: Token) -> bool:
        if any(child.deprel in {"nsubj:pass", "aux:pass"} for child in self._below[token.i]):
            return True
        return token.relation == "acl" and token.xpos == "VBN"

    def _agent(self, token: Token) -> Span | None:
        agent = next((child for child in self._below[token.i] if child.deprel == "obl:agent"), None)
        return None if agent is None else self._phrase(agent)

    def _voice(self, token: Token) -> Span | None:
        subject = self._subject(token)
        return None if subject is None else self._phrase(subject)

    def _subject(self, token: Token) -> Token | None:
        """The subject of a verb, its own or the one it shares with the verb it is joined to."""
        for _ in range(6):
            own = [c for c in self._below[token.i] if c.relation == "nsubj" and c.text not in _DAYS]
            before = [c for c in own if c.i < token.i]
            if own:
                return self._antecedent(token, before[-1] if before else own[0])
            if token.relation not in {"conj", "xcomp", "advcl"} or token.head == token.i:
                return None
            if (token.relation == "advcl") != (token.xpos == "VBG"):
                return None
            token = self._main(token) if token.relation == "advcl" else self.parsed.tokens[token.head]
        return None

    def _main(self, token: Token) -> Token:
        """The verb that a participle goes with (", saying …"): the one that reports, not the one reported."""
        token = self.parsed.tokens[token.head]
        while token.relation == "ccomp":
            token = self.parsed.tokens[token.head]
        return token

    def _antecedent(self, verb: Token, subject: Token) -> Token | None:
        if subject.lemma in _RELATIVE and verb.relation == "acl" and subject.upos in {"PRON", "DET", "SCONJ"}:
            return self.parsed.tokens[verb.head]
        return None if subject.lemma.lower() in _NOBODY else subject

    def _runs_on(self, first: int) -> bool:
        """Whether the noun phrase that seems to begin at a word takes in the word before: "spokesman | Ana Ruiz"."""
        if first == 0 or self.parsed.tokens[first].upos == "DET":
            return False
        before = self.parsed.tokens[first - 1]
        return before.upos in {"NOUN", "PROPN"} and self.parsed.tokens[first].upos in {"NOUN", "PROPN"}

    def _phrase(self, head: Token) -> Span | None:
        """The noun phrase of a head without clauses that hang from it."""
        inside = subtree(self.parsed, head.i)
        aside: set[int] = set()
        for child in self._below[head.i]:
            if child.relation in (_ASIDE if child.i > head.i else _BEFORE):
                aside |= {t.i for t in subtree(self.parsed, child.i)}
        kept = [t for t in inside if t.i not in aside]
        first = last = head.i
        numbers = {t.i for t in kept}
        commas = {t.i for t in self.parsed.tokens if t.text == ","}
        tokens = self.parsed.tokens
        while first - 1 in numbers or self._runs_on(first):
            first -= 1
        while last + 1 in numbers or (
            last + 1 in commas and last + 2 in numbers and tokens[last + 2].lemma not in _RELATIVE
        ):
            last += 1
        if any(t.lemma in {"no", "neither"} and t.relation == "det" for t in self._below[head.i]):
            return None
        span = Span(start=tokens[first].start, end=tokens[last].end)
        return None if "_" in self.blanked[span.start : span.end] else span
