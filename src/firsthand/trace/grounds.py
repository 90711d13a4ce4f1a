"""Down the chain: from a statement through the documents and voices it passes on to the origins it rests on.

The rules are those of counting by origin: copies and citations add nothing, the deepest named source is the origin, and
what cannot be shown stays undetermined.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from firsthand.records import Derivation, Document, Speaker, Statement
from firsthand.trace.alignment import Alignment
from firsthand.trace.described import describes_people, is_described, is_paper, stands_for
from firsthand.trace.reportage import seen_by_staff
from firsthand.trace.sources import Sources

# Likeness from which a statement of a copy or rewrite is taken to be a given statement of its parent (bench/origins).
COPIED = 0.18
# For a sentence of a copy that says it in other words: its nearest counterpart, not what the story mostly rests on.
LOOSE = 0.04
# For a document that merely cites the parent, more is asked: its other statements may be its own.
CITED = 0.34


# A person in the text's words rather than by name: "a ticket inspector", "the other woman", "two drivers".
_DESCRIBED = re.compile(
    r"(?:An?|The|One|Two|Three|Four|Five|Several|Some|Another|His|Her|Their|Former|Most|Many|Both|All)\b|[a-z]"
)
# What a body publishes itself, its unaffiliated officers say for it.
_OF_RECORD = frozenset({"official-statement", "court-record", "document", "dataset"})
_BODIES = frozenset({"official-statement", "report", "company-statement"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """The origins reached, the documents passed through on the way, and why."""

    origins: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    reason: str = ""


class Grounds:
    """Resolves statements to origins, each once."""

    def __init__(
        self,
        documents: Sequence[Document],
        statements: Sequence[Statement],
        edges: Sequence[Derivation],
        sources: Sources,
        alignment: Alignment,
    ) -> None:
        self._documents = {d.id: d for d in documents}
        self._sources = sources
        self._alignment = alignment
        self._parents: dict[str, list[Derivation]] = defaultdict(list)
        for edge in sorted(edges, key=lambda e: (-e.confidence, e.parent)):
            of_record = sources.published_as(edge.child) in _OF_RECORD and not sources.is_primary(edge.parent)
            if edge.how != "rewrite" or not of_record:
                self._parents[edge.child].append(edge)  # a court's order is no retelling of what a paper wrote
        self._above: dict[str, frozenset[str]] = {}
        self._done: dict[str, Ground] = {}
        self._open: set[str] = set()
        self._same_informants(statements)
        self._seen_by_staff = frozenset[str]().union(
            *(seen_by_staff(d, self._alignment.neighbours(d.id)) for d in documents)
        )
        above = {d.id: sorted(self._ancestors(d.id)) for d in documents}
        self._stands_for = stands_for(documents, statements, above, sources, self._alignment)

    def of(self, statement: Statement) -> Ground:
        """The ground of one statement; undetermined where chains run in a circle."""
        if statement.id in self._done:
            return self._done[statement.id]
        if statement.id in self._open:
            return Ground(chain=(statement.document,), reason="the chain of sources runs in a circle")
        self._open.add(statement.id)
        ground = self._resolve(statement)
        self._open.discard(statement.id)
        self._done[statement.id] = ground
        return ground

    def _resolve(self, statement: Statement) -> Ground:
        copied = self._through(statement, ("reprint", "rewrite", "excerpt"), COPIED)
        if copied is not None:
            return copied
        if statement.speakers:
            return self._voiced(statement)
        return self._own_voice(statement)

    def _through(self, statement: Statement, hows: tuple[str, ...], floor: float) -> Ground | None:
        """The ground of the statement's counterpart in a parent document, where there is one."""
        for edge in self._parents[statement.document]:
            if edge.how not in hows:
                continue
            other, height = self._retold(statement, edge.parent, floor)
            if other is None or height < floor:
                continue
            found = self.of(other)
            how = {
                "reprint": "reprinted from",
                "rewrite": "rewritten from",
                "excerpt": "taken from",
                "cites": "passed on from",
            }[edge.how]
            return Ground(
                origins=found.origins, chain=(statement.document, *found.chain),
                reason=f"{how} {self._name(edge.parent)}; {found.reason}",
            )  # fmt: skip
        return None

    def _retold(self, statement: Statement, parent: str, floor: float) -> tuple[Statement | None, float]:
        """The counterpart in `parent`: a retelling keeps its voices, so that what it has a body say is what that body
        says there, however loosely told.
        """
        other, height = self._alignment.counterpart(statement, parent, lambda s: self._one_voice(statement, s))
        if other is not None:
            return other, max(height, floor)
        return self._alignment.counterpart(statement, parent)

    def _one_voice(self, a: Statement, b: Statement) -> bool:
        """Whether one named body, or people who speak for it, is said to say both."""
        if not (a.speakers and b.speakers):
            return False
        inner = [(s.speakers[-1], s.document) for s in (a, b)]
        if any(voice.sort in {"witness", "group"} or is_described(voice) for voice, _ in inner):
            return False
        mine, theirs = (self._sources.key(voice, document) for voice, document in inner)
        return mine == theirs

    def _own_voice(self, statement: Statement) -> Ground:
        document = self._documents[statement.document]
        here = (statement.document,)
        copies = [e for e in self._parents[document.id] if e.how in {"reprint", "rewrite"}]
        if copies:
            return self._remainder(statement, copies[0])
        if self._sources.is_primary(document.id):
            return Ground(
                origins=(self._sources.outlet_key(document.id),),
                chain=here,
                reason=f"{self._name(document.id)} states its own findings",
            )
        cited = self._through(statement, ("cites",), CITED)
        if cited is not None:
            return cited
        if statement.first_hand is not None or statement.id in self._seen_by_staff:
            key = self._sources.outlet_key(document.id)
            return Ground(
                origins=(key,),
                chain=here,
                reason=f"{self._name(document.id)} says that its own staff saw, heard or obtained this",
            )
        informant = self._only_informant(document.id)
        if informant is not None:
            return Ground(
                origins=(informant,),
                chain=here,
                reason=f"{self._name(document.id)} has it from the one informant it spoke to",
            )
        return Ground(chain=here, reason=f"{self._name(document.id)} states it in its own voice and names no source")

    def _remainder(self, statement: Statement, edge: Derivation) -> Ground:
        """A sentence of a copy without a counterpart still comes from the copied story: it rests on what the
        story mostly rests on.

        Giving it an origin of its own would let a loose rewrite count as new evidence.
        """
        other, height = self._alignment.counterpart(statement, edge.parent)
        if other is not None and height >= LOOSE and (found := self.of(other)).origins:
            return Ground(
                origins=found.origins, chain=(statement.document, *found.chain),
                reason=f"rewritten freely from {self._name(edge.parent)}; {found.reason}",
            )  # fmt: skip
        votes: Counter[str] = Counter()
        for other in self._alignment.neighbours(edge.parent):
            if other.activity == statement.activity or other.technology == statement.technology:
                votes.update(self.of(other).origins)
        if not votes:
            return Ground(
                chain=(statement.document,),
                reason=f"part of a story copied from {self._name(edge.parent)}, not found there",
            )
        best = min(votes, key=lambda key: (-votes[key], key))
        return Ground(
            origins=(best,), chain=(statement.document, edge.parent),
            reason=f"part of a story copied from {self._name(edge.parent)}, which rests mostly on one origin",
        )  # fmt: skip

    def _voiced(self, statement: Statement) -> Ground:
        """The first rule that knows the innermost voice; else the voice is an origin by its name."""
        rules = (self._meant_document, self._of_the_copied_story, self._of_the_publisher, self._unnamed)
        for rule in rules:
            ground = rule(statement)
            if ground is not None:
                return ground
        return self._named_voice(statement)

    def _meant_document(self, statement: Statement) -> Ground | None:
        """A described voice that means a captured document."""
        inner = statement.speakers[-1]
        meant = self._stands_for.get((statement.document, inner.name))
        return None if meant is None else self._from(statement, inner, meant)

    def _of_the_copied_story(self, statement: Statement) -> Ground | None:
        """Whoever a copy only describes is somebody whom the copied story names."""
        inner = statement.speakers[-1]
        copies = [e for e in self._parents[statement.document] if e.how in {"reprint", "rewrite"}]
        nameless = inner.sort in {"witness", "group"} or is_described(inner) or _unnamed_many(inner)
        return self._remainder(statement, copies[0]) if copies and nameless and not is_paper(inner) else None

    def _of_the_publisher(self, statement: Statement) -> Ground | None:
        """People without a body of their own, in what a body or a state organ publishes, speak for it."""
        inner, name = statement.speakers[-1], self._name(statement.document)
        published_as = self._sources.published_as(statement.document)
        if inner.of is None and inner.sort == "person" and published_as in _BODIES:
            reason = f"an officer of {name}, which publishes it"
        elif inner.of is None and inner.sort in {"person", "witness", "group"} and published_as == "state-media":
            reason = f"a voice of the state organ {name}"
        else:
            return None
        key = self._sources.outlet_key(statement.document)
        return Ground(origins=(key,), chain=(statement.document,), reason=reason)

    def _unnamed(self, statement: Statement) -> Ground | None:
        """Witnesses and crowds: an informant, the evidence of who gathered it, or nobody that can be told."""
        *outer, inner = statement.speakers
        primary = self._sources.is_primary(statement.document)
        crowd = _unnamed_many(inner) and statement.first_hand is None
        met = describes_people(inner) if primary else inner.sort in {"witness", "group"}
        studied = met and self._sources.published_as(statement.document) == "report" and inner.sort != "person"
        witness = met and (inner.of is None or studied)
        if crowd and not primary and not (witness and outer):
            return Ground(chain=(statement.document,), reason=f"comes from {inner.name}, whom nobody names")
        return self._informant(statement, outer, inner) if witness or crowd else None

    def _named_voice(self, statement: Statement) -> Ground:
        inner, here = statement.speakers[-1], (statement.document,)
        key = self._sources.key(inner, statement.document)
        published = [d for d in self._sources.documents_of(key) if statement.document not in {d, *self._ancestors(d)}]
        pairs = [self._alignment.counterpart(statement, earlier) for earlier in published]
        for other, _ in sorted((p for p in pairs if p[1] >= COPIED), key=lambda p: -p[1]):
            found = self.of(other) if other is not None else Ground()
            if found.origins:
                return Ground(
                    origins=found.origins, chain=(*here, *found.chain), reason=f"cites {inner.name}; {found.reason}"
                )
        if published and not self._sources.is_primary(published[0]) and self._sources.kind(key) == "own-reporting":
            return Ground(chain=(*here, published[0]), reason=f"cites {inner.name}, where nothing like it was found")
        return Ground(origins=(key,), chain=here, reason=f"comes from {inner.of or inner.name}")

    def _from(self, statement: Statement, voice: Speaker, document: str) -> Ground:
        """What a captured document rests on where it says the same, else the document's own voice."""
        other, height = self._alignment.counterpart(statement, document)
        found = self.of(other) if other is not None and height >= COPIED else Ground()
        origins = found.origins or (self._sources.outlet_key(document),)
        return Ground(
            origins=origins, chain=(statement.document, *(found.chain or (document,))),
            reason=f"“{voice.name}” means {self._name(document)}; {found.reason or 'which publishes it'}",
        )  # fmt: skip

    def _informant(self, statement: Statement, outer: Sequence[Speaker], inner: Speaker) -> Ground:
        """People a report spoke to are the report's evidence; people an outlet spoke to are an origin of their own."""
        here = (statement.document,)
        document = self._documents[statement.document]
        shared = self._sources.key(inner, statement.document)
        if shared in self._shared_informants:
            return Ground(
                origins=(shared,), chain=here, reason=f"comes from an informant ({inner.name}) whom others quote too"
            )
        bodies = [s for s in outer if s.sort not in {"witness", "group"}]
        if bodies:
            key = self._sources.key(bodies[-1], statement.document)
            return Ground(origins=(key,), chain=here, reason=f"is evidence gathered by {bodies[-1].name}")
        if self._sources.is_primary(document.id):
            return Ground(
                origins=(self._sources.outlet_key(document.id),),
                chain=here,
                reason=f"is evidence gathered by {self._name(document.id)}",
            )
        key = self._informant_key(inner, document.id)
        return Ground(
            origins=(key,), chain=here, reason=f"comes from {inner.name}, to whom {self._name(document.id)} spoke"
        )

    def _only_informant(self, document: str) -> str | None:
        """The single informant that a document speaks through: one who is heard in most of what it states, and it
        names no other source at all.
        """
        stated = self._alignment.neighbours(document)
        voices = [s.speakers for s in stated if s.speakers]
        if 2 * len(voices) < len(stated) or any(chain[-1].sort != "witness" for chain in voices):
            return None
        keys = {self._informant_key(chain[-1], document) for chain in voices}
        return keys.pop() if len(keys) == 1 else None

    def _informant_key(self, informant: Speaker, document: str) -> str:
        """A named eyewitness is an origin; everybody an outlet only describes is part of its own reporting."""
        shared = self._sources.key(informant, document)
        described = informant.sort == "group" or _DESCRIBED.match(informant.name) is not None
        return self._sources.outlet_key(document) if described and shared not in self._shared_informants else shared

    def _same_informants(self, statements: Sequence[Statement]) -> None:
        """Informants described alike in two documents that share rare details of the account are one informant."""
        told: dict[str, list[Statement]] = defaultdict(list)
        where: dict[str, tuple[str, str]] = {}
        for statement in statements:
            if statement.speakers and statement.speakers[-1].sort == "witness":
                inner = statement.speakers[-1]
                key = self._sources.key(inner, statement.document)
                told[key].append(statement)
                where[key] = (statement.document, (inner.role or inner.name).lower())
        self._shared_informants: set[str] = set()
        described: dict[str, list[str]] = defaultdict(list)
        for key in sorted(told):
            described[where[key][1]].append(key)
        for a, b in sorted(pair for keys in described.values() for pair in combinations(keys, 2)):
            if where[a][0] == where[b][0] or self._linked(where[a][0], where[b][0]):
                continue  # one passes the other on: the informant is the report's evidence
            if self._alignment.shared_rare(told[a], told[b]):
                self._sources.join(a, b)
                self._shared_informants.update((a, b))
        self._shared_informants = {
            self._sources.key(s.speakers[-1], s.document) for k in self._shared_informants for s in told[k]
        }

    def _linked(self, a: str, b: str) -> bool:
        """Whether one document draws on the other, by any way."""
        return b in self._ancestors(a) or a in self._ancestors(b)

    def _ancestors(self, document: str) -> frozenset[str]:
        """Everything that a document draws on, by any way."""
        if document not in self._above:
            seen: set[str] = set()
            todo = [document]
            while todo:
                for edge in self._parents.get(todo.pop(), ()):
                    if edge.parent not in seen:
                        seen.add(edge.parent)
                        todo.append(edge.parent)
            self._above[document] = frozenset(seen)
        return self._above[document]

    def _name(self, document: str) -> str:
        return self._documents[document].outlet or self._documents[document].title or self._documents[document].path


def _unnamed_many(speaker: Speaker) -> bool:
    """Whether a voice is a crowd without a name: "experts", "analysts", "some reports"."""
    plural = speaker.name.split()[-1].lower().endswith("s") or speaker.name.lower().startswith(
        ("some ", "many ", "several ")
    )
    return (
        speaker.of is None
        and speaker.sort != "work"
        and plural
        and not any(c.isupper() for c in speaker.name[1:])
        and len(speaker.name.split()) <= 3
    )
