"""Laws of findings, for any statements whatever."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.reconcile import reconcile
from firsthand.records import Derivation, Document, Evidence, Grounding, Origin, Statement, Traced

WORDS = ["cameras", "gates", "faces", "port", "union", "sold", "Halvar", "310", "nine", "never", "denied", "plan"]
ORIGINS = tuple(Origin(id=f"o-{number}", kind="report", name=f"Report {number}") for number in range(4))
Arguments = tuple[tuple[Document, ...], tuple[Statement, ...], Traced]


@st.composite
def cases(draw: st.DrawFn) -> Arguments:
    """Up to four documents of up to four statements each, resting on any of four origins or on none that is known."""
    documents: list[Document] = []
    statements: list[Statement] = []
    groundings: list[Grounding] = []
    for number in range(draw(st.integers(1, 4))):
        text = ""
        for _ in range(draw(st.integers(0, 4))):
            quote = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))) + "."
            statement = Statement(
                id=f"s-{len(statements):02}",
                document=f"d-{number}",
                quote=quote,
                start=len(text),
                end=len(text) + len(quote),
                certainty=draw(st.sampled_from(["stated", "likely", "doubtful", "denied"])),
                negated=draw(st.booleans()),
                activity=draw(st.sampled_from(["deployment", "supply", "use"])),
                technology=draw(st.sampled_from([(), ("face-recognition",), ("drones",)])),
                supplier=draw(st.sampled_from([None, "Brisling Optics", "Oriol Air"])),
                country=draw(st.sampled_from([None, "NO", "PE"])),
            )
            text += quote + " "
            rests_on = draw(st.lists(st.sampled_from([origin.id for origin in ORIGINS]), max_size=2, unique=True))
            statements.append(statement)
            groundings.append(Grounding(statement=statement.id, origins=tuple(rests_on), chain=(statement.document,)))
        documents.append(Document(id=f"d-{number}", sha256="0" * 64, part=0, path=f"{number}.txt", text=text))
    return tuple(documents), tuple(statements), Traced(derivations=(), origins=ORIGINS, groundings=tuple(groundings))


@settings(deadline=None, max_examples=60)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_input_changes_nothing(case: Arguments, chance: random.Random) -> None:
    documents, statements, traced = (list(case[0]), list(case[1]), case[2])
    groundings = list(traced.groundings)
    for shuffled in (documents, statements, groundings):
        chance.shuffle(shuffled)
    again = Traced(derivations=(), origins=traced.origins[::-1], groundings=tuple(groundings))
    assert reconcile(documents, statements, again) == reconcile(*case)


@settings(deadline=None, max_examples=60)
@given(cases())
def test_every_statement_is_in_exactly_one_finding(case: Arguments) -> None:
    members = [member.statement for finding in reconcile(*case) for member in finding.members]
    assert sorted(members) == sorted(statement.id for statement in case[1])


@settings(deadline=None, max_examples=60)
@given(cases())
def test_no_finding_has_more_independent_origins_than_its_statements_rest_on(case: Arguments) -> None:
    rests_on = {grounding.statement: set(grounding.origins) for grounding in case[2].groundings}
    for finding in reconcile(*case):
        known = set().union(*(rests_on[member.statement] for member in finding.members))
        assert finding.counts.independent <= len(known) <= len(ORIGINS)
        assert finding.counts.disputed_by <= len(known)


@settings(deadline=None, max_examples=60)
@given(cases(), st.data())
def test_adding_a_copy_of_a_document_changes_no_count_but_of_copies(case: Arguments, data: st.DataObject) -> None:
    """A reprint whose statements rest on the origins of its parent, or on none that is known, joins the parent's
    findings and adds to none.
    """
    documents, statements, traced = case
    parent = data.draw(st.sampled_from(documents))
    own = [statement for statement in statements if statement.document == parent.id]
    copies = [replace(statement, id=f"{statement.id}-copy", document="d-copy") for statement in own]
    origins = {grounding.statement: grounding.origins for grounding in traced.groundings}
    grounded = [Grounding(statement=f"{s.id}-copy", origins=origins[s.id], chain=("d-copy", parent.id)) for s in own]
    edge = Derivation(
        child="d-copy",
        parent=parent.id,
        how="reprint",
        credited=False,
        confidence=0.9,
        evidence=(Evidence(kind="shared-passage", text="all of it"),),
    )
    more = Traced(derivations=(edge,), origins=traced.origins, groundings=(*traced.groundings, *grounded))
    before = {
        frozenset(m.statement for m in finding.members): replace(finding.counts, derived=0)
        for finding in reconcile(*case)
    }
    after = {
        frozenset(m.statement.removesuffix("-copy") for m in finding.members): replace(finding.counts, derived=0)
        for finding in reconcile([*documents, replace(parent, id="d-copy")], [*statements, *copies], more)
    }
    assert after == before
