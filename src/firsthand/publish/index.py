"""Results, checked once and looked up by identifier, in one reading order that every output shares.

The reading order depends on what the records say, never on the order they came in: documents by date, statements by
their place in the text, findings with disputed ones first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from firsthand.records import (
    Capture,
    Document,
    Finding,
    Grounding,
    Membership,
    Origin,
    Results,
    Stance,
    Statement,
)

Record = TypeVar("Record", Document, Statement, Origin, Finding)


class BrokenResultsError(ValueError):
    """Results that contradict themselves: publishing them would print a sentence that leads nowhere."""


class Index:
    """Everything the outputs look up.

    Refuses, with `BrokenResultsError`, results in which an identifier occurs twice or names nothing, or in which a
    quote is not what stands at its place in the text.
    """

    def __init__(self, results: Results) -> None:
        self.results = results
        self._documents, self._statements = _by_id(results.documents), _by_id(results.statements)
        self._origins, self._findings = _by_id(results.traced.origins), _by_id(results.findings)
        _check(results, self._documents)
        self._captures = {capture.sha256: capture for capture in results.captures}
        self._groundings = {grounding.statement: grounding for grounding in results.traced.groundings}
        self._put_in_order(results)
        self._in_document: defaultdict[str, list[Statement]] = defaultdict(list)
        self._on_origin: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            self._in_document[statement.document].append(statement)
            for origin in self.grounding(statement).origins:
                self._on_origin[origin].append(statement)
        self.origins = tuple(sorted(results.traced.origins, key=self._by_reach))
        self._labels = self._numbered()
        self.rank = {id_: number for number, id_ in enumerate(self._labels)}
        self._places = {
            member.statement: (finding, member.stance)
            for finding in reversed(self.findings)
            for member in finding.members
        }

    def _put_in_order(self, results: Results) -> None:
        self.documents = tuple(sorted(results.documents, key=_by_date))
        place = {document.id: number for number, document in enumerate(self.documents)}
        self.statements = tuple(sorted(results.statements, key=lambda s: (place[s.document], s.start, s.end, s.id)))
        self.proposed = tuple(sorted(results.proposed, key=lambda s: (place[s.document], s.start, s.end, s.id)))
        self._order = {statement.id: number for number, statement in enumerate(self.statements)}
        self.derivations = tuple(
            sorted(results.traced.derivations, key=lambda d: (place[d.child], d.parent, d.how, not d.credited)),
        )
        self.findings = tuple(sorted(results.findings, key=_contested_then_strong))

    def document(self, id_: str) -> Document:
        """The document of that identifier."""
        return self._documents[id_]

    def statement(self, id_: str) -> Statement:
        """The statement of that identifier."""
        return self._statements[id_]

    def origin(self, id_: str) -> Origin:
        """The origin of that identifier."""
        return self._origins[id_]

    def knows_document(self, id_: str) -> bool:
        """Whether a derivation's parent is a captured document (else it is an origin)."""
        return id_ in self._documents

    def label(self, id_: str) -> str:
        """What a reader calls a record: `O1`, `D4` or `F2` in reading order, `D4.2` for a document's second quote."""
        return self._labels[id_]

    def capture(self, document: Document) -> Capture | None:
        """The capture a document was read from, where the results hold it."""
        return self._captures.get(document.sha256)

    def grounding(self, statement: Statement) -> Grounding:
        """What a statement rests on; a statement that tracing says nothing about rests on nothing determinable."""
        return self._groundings.get(statement.id) or Grounding(statement=statement.id, origins=())

    def place(self, statement: Statement) -> tuple[Finding, Stance] | None:
        """The finding a statement belongs to and its side in it."""
        return self._places.get(statement.id)

    def members(self, finding: Finding) -> tuple[Membership, ...]:
        """The members of a finding: those who support it first, each side in reading order."""
        return tuple(sorted(finding.members, key=lambda m: (m.stance != "supports", self._order[m.statement])))

    def statements_in(self, document: Document) -> tuple[Statement, ...]:
        """The statements of a document, in the order of its text."""
        return tuple(self._in_document[document.id])

    def resting_on(self, origin: Origin) -> tuple[Statement, ...]:
        """The statements that rest on an origin, in reading order."""
        return tuple(self._on_origin[origin.id])

    def origins_of(self, finding: Finding, stance: Stance) -> tuple[Origin, ...]:
        """The distinct origins on one side of a finding, in reading order."""
        wanted = {
            origin
            for member in finding.members
            if member.stance == stance
            for origin in self.grounding(self.statement(member.statement)).origins
        }
        return tuple(origin for origin in self.origins if origin.id in wanted)

    def also_at(self, document: Document) -> tuple[str, ...]:
        """Further paths at which the same bytes were met."""
        capture = self.capture(document)
        paths = {circumstance.path for circumstance in capture.circumstances} if capture else set()
        return tuple(sorted(paths - {document.path}))

    def _numbered(self) -> dict[str, str]:
        labels: dict[str, str] = {}
        sorts: tuple[tuple[str, Sequence[Document | Origin | Finding]], ...] = (
            ("D", self.documents),
            ("O", self.origins),
            ("F", self.findings),
        )
        for letter, records in sorts:
            labels |= {record.id: f"{letter}{number}" for number, record in enumerate(records, start=1)}
        for document in self.documents:
            quotes = enumerate(self._in_document[document.id], start=1)
            labels |= {statement.id: f"{labels[document.id]}.{number}" for number, statement in quotes}
        return labels

    def _by_reach(self, origin: Origin) -> tuple[int, bool, str, str]:
        # Of two that reach as far, the one that was captured leads: what draws on its document is then told under it.
        reach = len({statement.document for statement in self._on_origin[origin.id]})
        return (-reach, origin.document is None, origin.name, origin.id)


def _by_date(document: Document) -> tuple[str, str, str, int, str]:
    # "~" sorts after every digit: undated documents come last.
    return (document.published or "~", document.outlet or "~", document.path, document.part, document.id)


def _contested_then_strong(finding: Finding) -> tuple[bool, int, int, str, str]:
    # A reader who stops early must have met what is contested; after that, what stands on the most origins.
    counts = finding.counts
    return (counts.disputed_by == 0, -counts.independent, -counts.undetermined, finding.text, finding.id)


def _by_id(records: Iterable[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for record in records:
        if record.id in found:
            raise BrokenResultsError(f"two records have the identifier {record.id}")
        found[record.id] = record
    return found


def _check(results: Results, documents: Mapping[str, Document]) -> None:
    known = {
        "document": set(documents),
        "statement": {statement.id for statement in results.statements},
        "origin": {origin.id for origin in results.traced.origins},
    }
    known["document or origin"] = known["document"] | known["origin"]
    for where, id_, sort in _references(results):
        if id_ not in known[sort]:
            raise BrokenResultsError(f"{where} names {id_}, which is no {sort} in these results")
    for statement in (*results.statements, *results.proposed):
        held = documents[statement.document].text[statement.start : statement.end]
        if not statement.quote or held != statement.quote:
            raise BrokenResultsError(f"statement {statement.id} quotes what does not stand at its place in the text")


def _references(results: Results) -> Iterator[tuple[str, str, str]]:
    """Who names which identifier, and of what sort it must be."""
    for statement in (*results.statements, *results.proposed):
        yield f"statement {statement.id}", statement.document, "document"
    for derivation in results.traced.derivations:
        yield "a derivation", derivation.child, "document"
        yield f"a derivation of {derivation.child}", derivation.parent, "document or origin"
    for origin in results.traced.origins:
        if origin.document is not None:
            yield f"origin {origin.id}", origin.document, "document"
    for grounding in results.traced.groundings:
        yield "a grounding", grounding.statement, "statement"
        yield from ((f"the grounding of {grounding.statement}", id_, "origin") for id_ in grounding.origins)
        yield from ((f"the chain of {grounding.statement}", id_, "document or origin") for id_ in grounding.chain)
    for finding in results.findings:
        yield from ((f"finding {finding.id}", member.statement, "statement") for member in finding.members)
