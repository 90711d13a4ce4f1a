"""A small invented case to reconcile: the port of Halvar, its gates, and who says what about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from firsthand.records import Document, Finding, Grounding, Origin, Span, Speaker, Statement, Traced

ORIGINS = {
    "dockers": Origin(id="o-dockers", kind="survey", name="Survey of the Halvar dockers' union"),
    "board": Origin(id="o-board", kind="official-statement", name="Halvar harbour board"),
    "tender": Origin(id="o-tender", kind="document", name="Tender 12/88"),
    "customs": Origin(id="o-customs", kind="dataset", name="Customs records of Oddany"),
}


class CaseBuilder:
    """Collects documents, statements and groundings, then gives them as the arguments of `reconcile`."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.statements: list[Statement] = []
        self.groundings: list[Grounding] = []

    def says(self, outlet: str, quote: str, *origins: str, **fields: Any) -> str:
        """`outlet` prints `quote`, which rests on `origins`; the statement's identifier."""
        before = self.documents[outlet].text + "\n\n" if outlet in self.documents else ""
        self.documents[outlet] = Document(
            id=f"d-{outlet}",
            sha256="0" * 64,
            part=0,
            path=f"{outlet}.txt",
            text=before + quote,
            outlet=outlet,
            published=fields.pop("published", None),
        )
        start, end = len(before), len(before) + len(quote)
        voices = (Speaker(name=name, span=Span(start=start, end=end)) for name in fields.pop("speakers", ()))
        defaults: dict[str, Any] = {
            "certainty": "stated",
            "activity": "deployment",
            "technology": ("face-recognition",),
            "speakers": tuple(voices),
        }
        statement = Statement(
            id=f"s-{len(self.statements):02}",
            document=f"d-{outlet}",
            quote=quote,
            start=start,
            end=end,
            **{**defaults, **fields},
        )
        self.statements.append(statement)
        known = tuple(ORIGINS[origin].id for origin in origins)
        self.groundings.append(Grounding(statement=statement.id, origins=known, chain=(statement.document,)))
        return statement.id

    @property
    def traced(self) -> Traced:
        return Traced(derivations=(), origins=tuple(ORIGINS.values()), groundings=tuple(self.groundings))

    def arguments(self) -> tuple[Sequence[Document], Sequence[Statement], Traced]:
        return tuple(self.documents.values()), tuple(self.statements), self.traced


def finding_of(findings: Sequence[Finding], statement: str) -> Finding:
    """The one finding that holds the statement."""
    (found,) = (finding for finding in findings if statement in {member.statement for member in finding.members})
    return found


def stance_of(findings: Sequence[Finding], statement: str) -> str:
    """On which side of its finding the statement stands."""
    (stance,) = (m.stance for m in finding_of(findings, statement).members if m.statement == statement)
    return stance
