"""The one place where evidence is counted. Every door shows what `count` returns and nothing else.

1. An origin counts once, however many documents pass it on.
2. A supporting document without a known origin is undetermined; it never becomes an independent origin by itself, and
   documents that rework one another are undetermined once.
3. A supporting document that brings nothing which another has not brought already is derived.
4. What stands against a finding is counted by the same rules, on the other side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from firsthand.records import Counts, Document, Grounding, Membership, Origin, Statement, Traced

REWORKING = frozenset({"reprint", "rewrite", "excerpt"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """What is needed to count and to explain a count, by identifier."""

    documents: Mapping[str, Document]
    statements: Mapping[str, Statement]
    groundings: Mapping[str, Grounding]
    origins: Mapping[str, Origin]
    stories: Mapping[str, str]
    """Each document that tells the same story as others by reworking them, to one document for them all."""

    def origins_of(self, statement: str) -> tuple[str, ...]:
        """The known origins that the statement rests on; none when nothing says what it rests on."""
        grounding = self.groundings.get(statement)
        return tuple(origin for origin in grounding.origins if origin in self.origins) if grounding else ()

    def document_of(self, statement: str) -> str:
        """Identifier of the document that the statement stands in."""
        return self.statements[statement].document

    def story_of(self, statement: str) -> str:
        """Identifier of the document that stands for all that tell the statement's story by reworking one another."""
        document = self.document_of(statement)
        return self.stories.get(document, document)


def ledger(documents: Sequence[Document], statements: Sequence[Statement], traced: Traced) -> Ledger:
    """The records by identifier."""
    return Ledger(
        documents={document.id: document for document in documents},
        statements={statement.id: statement for statement in statements},
        groundings={grounding.statement: grounding for grounding in traced.groundings},
        origins={origin.id: origin for origin in traced.origins},
        stories=_stories(traced, {document.id for document in documents}),
    )


def _stories(traced: Traced, documents: Set[str]) -> dict[str, str]:
    """Documents joined by reworking, each to the alphabetically first of its group."""
    stands: dict[str, str] = {}

    def first_of(document: str) -> str:
        while stands.setdefault(document, document) != document:
            stands[document] = stands[stands[document]]
            document = stands[document]
        return document

    for edge in traced.derivations:
        if edge.how in REWORKING and edge.child in documents and edge.parent in documents:
            first, last = sorted((first_of(edge.child), first_of(edge.parent)))
            stands[last] = first
    return {document: first_of(document) for document in stands}


def count(members: Iterable[Membership], book: Ledger) -> Counts:
    """Evidence for a finding with these `members`, counted by origin; KeyError for a statement that the book lacks."""
    members = tuple(members)
    supporting = [member.statement for member in members if member.stance == "supports"]
    disputing = [member.statement for member in members if member.stance == "disputes"]
    return Counts(
        independent=len({origin for statement in supporting for origin in book.origins_of(statement)}),
        undetermined=len(undetermined_documents(supporting, book)),
        derived=len(derived_documents(supporting, book)),
        disputed_by=len({origin for statement in disputing for origin in book.origins_of(statement)}),
    )


def without(origin: str, members: Iterable[Membership], book: Ledger) -> Counts:
    """What `count` would return if `origin` did not exist: what rests on it alone goes, on either side."""
    rest = replace(book, origins={key: record for key, record in book.origins.items() if key != origin})
    left = [m for m in members if book.origins_of(m.statement) != (origin,)]
    return count(left, rest)


def undetermined_documents(supporting: Iterable[str], book: Ledger) -> tuple[str, ...]:
    """Documents of the `supporting` statements whose origin is not known, the earliest of each story."""
    first: dict[str, str] = {}
    for statement, document in _without_origin(supporting, book):
        first.setdefault(book.story_of(statement), document)
    return tuple(first.values())


def _without_origin(supporting: Iterable[str], book: Ledger) -> list[tuple[str, str]]:
    """Statements without a known origin and their documents, earliest published first."""
    found = [(statement, book.document_of(statement)) for statement in supporting if not book.origins_of(statement)]
    return sorted(found, key=lambda pair: (_published(pair[1], book), pair[1], pair[0]))


def derived_documents(supporting: Iterable[str], book: Ledger) -> tuple[str, ...]:
    """Documents of the `supporting` statements that bring nothing which is not brought already.

    A document that is itself an origin brings it; otherwise the earliest to publish does, undated ones last. Of a story
    whose origin is not known, the earliest document brings all there is.
    """
    supporting = tuple(supporting)
    rests_on: dict[str, set[str]] = {}
    for statement in supporting:
        origins = book.origins_of(statement)
        if origins:
            rests_on.setdefault(book.document_of(statement), set()).update(origins)
    brought: set[str] = set()
    derived = []
    for document in sorted(rests_on, key=lambda document: _turn(document, rests_on[document], book)):
        if rests_on[document] <= brought:
            derived.append(document)
        brought |= rests_on[document]
    counted = {*rests_on, *undetermined_documents(supporting, book)}
    repeating = dict.fromkeys(document for _, document in _without_origin(supporting, book) if document not in counted)
    return (*derived, *repeating)


def _turn(document: str, origins: Iterable[str], book: Ledger) -> tuple[bool, str, str]:
    is_origin = any(book.origins[origin].document == document for origin in origins)
    return (not is_origin, _published(document, book), document)


def _published(document: str, book: Ledger) -> str:
    record = book.documents.get(document)
    return record.published or "~" if record else "~"  # "~" sorts after every date
