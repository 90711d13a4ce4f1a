"""Cheap stages with something to decide about: a line `ACTOR uses THING, says VOICE` rests on VOICE.

A document's first line may be `from TITLE`: then it draws on the document with that title. Every other line that has
` uses ` is a statement. Statements about the same actor and thing are one finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.engine.stages import Stages
from firsthand.reconcile.deciding import replay
from firsthand.records import (
    Capture,
    Counts,
    Decision,
    Derivation,
    Document,
    Finding,
    Grounding,
    Membership,
    Origin,
    Proposals,
    Refusal,
    Span,
    Speaker,
    Statement,
    Traced,
    record_id,
)

read_so_far: list[str] = []
"""Paths of the captures that were read in this process."""


def read(capture: Capture, content: bytes) -> tuple[Document, ...] | Refusal:
    """The bytes are the text; the file's name is the title."""
    read_so_far.append(capture.path)
    if content.startswith(b"refuse"):
        return Refusal(path=capture.path, code="not-text", reason="It says so.", remedy="Say something else.")
    if content.startswith(b"fail"):
        raise ValueError("the reader is broken")
    identity = record_id("d", {"sha256": capture.sha256, "part": 0})
    title = capture.path.rsplit("/", 1)[-1]
    text = content.decode("utf-8")
    return (Document(id=identity, sha256=capture.sha256, part=0, path=capture.path, title=title, text=text),)


def extract(document: Document, proposals: Sequence[Proposals] = ()) -> tuple[Statement, ...]:
    """One statement a line that has the word `uses`."""
    found = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        quote = line.rstrip("\n")
        if " uses " in quote:
            content, _, voice = quote.partition(", says ")
            actor, _, thing = content.partition(" uses ")
            end = start + len(quote)
            span = Span(start=end - len(voice), end=end)
            found.append(
                Statement(
                    id=record_id("s", {"document": document.id, "start": start}),
                    document=document.id,
                    quote=quote,
                    start=start,
                    end=end,
                    certainty="stated",
                    activity="use",
                    actor=actor,
                    technology=(thing,),
                    speakers=(Speaker(name=voice, span=span),) if voice else (),
                )
            )
        start += len(line)
    return tuple(found)


def trace(documents: Sequence[Document], statements: Sequence[Statement]) -> Traced:
    """A statement rests on its voice; what a copy states without a voice, on the voices of what it draws on."""
    voices = sorted({each.speakers[0].name for each in statements if each.speakers})
    origins = {name: Origin(id=record_id("o", name), kind="report", name=name) for name in voices}
    by_title = {each.title: each for each in documents}
    links = [
        Derivation(child=each.id, parent=parent.id, how="cites", credited=True, confidence=0.5, evidence=())
        for each in documents
        if each.text.startswith("from ") and (parent := by_title.get(each.text.splitlines()[0][5:])) is not None
    ]
    above = {link.child: link.parent for link in links}
    groundings = []
    for each in statements:
        chain = (each.document, above[each.document]) if each.document in above else (each.document,)
        told = [each] if each.speakers else [other for other in statements if other.document == chain[-1]]
        found = tuple(sorted({origins[voice.name].id for other in told for voice in other.speakers}))
        groundings.append(Grounding(statement=each.id, origins=found, chain=chain))
    return Traced(derivations=tuple(links), origins=tuple(origins.values()), groundings=tuple(groundings))


def reconcile(
    documents: Sequence[Document], statements: Sequence[Statement], traced: Traced, decisions: Sequence[Decision] = ()
) -> tuple[Finding, ...]:
    """Statements on the same actor and thing are one finding, unless people decided otherwise."""
    keys = sorted({(each.actor or "", each.technology) for each in statements})
    groups = [[each.id for each in statements if (each.actor or "", each.technology) == key] for key in keys]
    judged = replay(groups, decisions)
    resting = {each.statement: each.origins for each in traced.groundings}
    found = []
    for group in judged.groups:
        origins = {origin for statement in group for origin in resting[statement]}
        loose = sum(not resting[statement] for statement in group)
        found.append(
            Finding(
                id=record_id("f", sorted(group)),
                text=judged.texts.get(group, next(each.quote for each in statements if each.id in group)),
                members=tuple(Membership(statement=each, stance="supports") for each in sorted(group)),
                counts=Counts(independent=len(origins), undetermined=loose, derived=0, disputed_by=0),
                explanation=(),
            )
        )
    return tuple(sorted(found, key=lambda each: each.id))


STAGES = Stages(read=read, extract=extract, trace=trace, reconcile=reconcile)
