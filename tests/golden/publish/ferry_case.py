"""A fictional case for the publish tests: face recognition at the ferry gates of Sundry Bay, told by nine documents.

A report, a newspaper that went to look, a wire that rewrote it without saying so, two reprints of the wire, a
ministry's denial on state radio, a trade weekly with the maker's own word, a hostile blog and a page about ferries
alone. Places, bodies and people are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ferry_said import Said, ferry_said
from ferry_texts import BLOG, DAILY, PIER, RADIO, REPORT, REPRINT, WEEKLY, WIRE

from firsthand.records import (
    Block,
    Capture,
    Circumstance,
    Counts,
    Derivation,
    Document,
    Evidence,
    Finding,
    Grounding,
    How,
    Membership,
    Origin,
    Refusal,
    Results,
    Span,
    Speaker,
    Statement,
    Traced,
)

TOOL = "firsthand 0.1.0"


def ferry_results() -> Results:
    """The whole case, in an order that is not the reading order."""
    documents = _documents()
    texts = {document.id: document for document in documents}
    said = ferry_said()
    statements = tuple(_statement(number, one, texts[one.document]) for number, one in enumerate(said, start=1))
    groundings = tuple(
        Grounding(statement=statement.id, origins=one.origins, chain=one.chain, reason=one.reason)
        for statement, one in zip(statements, said, strict=True)
    )
    return Results(
        version="0.1.0",
        documents=documents,
        statements=statements,
        traced=Traced(derivations=_derivations(), origins=_origins(), groundings=groundings),
        findings=_findings(statements, said),
        refused=_refused(),
        captures=_captures(documents),
    )


def empty_results() -> Results:
    """A run over nothing."""
    nothing = Traced(derivations=(), origins=(), groundings=())
    return Results(version="0.1.0", documents=(), statements=(), traced=nothing, findings=(), refused=())


def shuffled(results: Results) -> Results:
    """The same results with every list of records turned round."""
    return replace(
        results,
        documents=results.documents[::-1],
        statements=results.statements[::-1],
        findings=tuple(replace(finding, members=finding.members[::-1]) for finding in results.findings[::-1]),
        refused=results.refused[::-1],
        captures=results.captures[::-1],
        traced=replace(
            results.traced,
            derivations=results.traced.derivations[::-1],
            origins=results.traced.origins[::-1],
            groundings=results.traced.groundings[::-1],
        ),
    )


def crowd(outlets: int) -> Results:
    """One report that `outlets` papers reprint, one of them reprinted once more: a wide case."""
    report = document("report", REPORT, outlet="Lantern Institute", title="Faces at the Ferry", published="2032-03-01")
    papers = [
        document(f"paper{number:03}", REPORT, outlet=f"Paper {number}", title="Faces", published="2032-03-02")
        for number in range(outlets)
    ]
    last = document("last", REPORT, outlet="Late Paper", title="Faces, late", published="2032-03-09")
    edges = [_edge(paper.id, report.id, "reprint", 0.99, credited=True) for paper in papers]
    return Results(
        version="0.1.0",
        documents=(report, *papers, last),
        statements=(),
        traced=Traced(
            derivations=(*edges, _edge(last.id, papers[0].id, "reprint", 0.9, credited=False)),
            origins=(Origin(id="o-report", kind="report", name="Faces at the Ferry", document=report.id),),
            groundings=(),
        ),
        findings=(),
        refused=(),
    )


def document(name: str, text: str, **known: Any) -> Document:
    """A document whose capture is made up from its name, with one block a paragraph."""
    return Document(
        id=f"d-{name}",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        part=0,
        path=known.pop("path", f"pages/{name}.html"),
        text=text,
        blocks=_blocks(text),
        method="read 1",
        **known,
    )


def _blocks(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        first = 2000 + len(text[:start].encode("utf-8", "replace"))
        size = len(paragraph.encode("utf-8", "replace"))
        kind: Any = "heading" if len(paragraph) < 30 and not paragraph.endswith((".", ")")) else "paragraph"
        blocks.append(Block(kind=kind, start=start, end=end, byte_start=first, byte_end=first + size))
        start = end + 2
    return tuple(blocks)


def _documents() -> tuple[Document, ...]:
    report = document(
        "report",
        REPORT,
        path="pages/faces-at-the-ferry.pdf",
        outlet="Lantern Institute",
        title="Faces at the Ferry",
        byline="I. Moravec",
        published="2032-03-01",
        published_from="pdf CreationDate",
        language="en",
    )
    hidden = tuple(replace(block, byte_start=None, byte_end=None) for block in report.blocks)
    return (
        document(
            "blog",
            BLOG,
            path="pages/blog\u202egnp.html",
            outlet="Harbour Notes\x1b]0;owned\x07",
            language="en",
            title="<script>alert('gates')</script> & \u202eeht no sesaF",
            url="javascript:alert(1)",
            source_url='https://notes.example/"><img src=x onerror=alert(2)>',
            warnings=("no publication date was found",),
        ),
        document(
            "weekly",
            WEEKLY,
            outlet="Quay Weekly",
            title="Gates that match faces",
            published="2032-03-05",
            published_from="json-ld datePublished",
            language="en",
            partial=True,
            url="https://quay-weekly.example/2032/gates-that-match-faces",
        ),
        document(
            "radio",
            RADIO,
            outlet="Merrow State Radio",
            title="Ministry: no face recognition at ferry terminal",
            published="2032-03-04T09:30:00Z",
            published_from="meta article:published_time",
            language="en",
        ),
        document("times", REPRINT, outlet="Ferry Times", title="Cameras know your face", published="2032-03-03"),
        document(
            "post",
            REPRINT,
            outlet="Island Post",
            title="Cameras at the ferry know faces",
            published="2032-03-03",
            byline="Coast Wire",
            published_from="text dateline",
        ),
        document("wire", WIRE, outlet="Coast Wire", title="Ferry cameras know faces", published="2032-03-02"),
        document(
            "daily",
            DAILY,
            outlet="Merrow Daily",
            title="Above the turnstiles",
            published="2032-03-02",
            byline="A. Quill",
            published_from="json-ld datePublished",
            language="en",
            url="https://merrow-daily.example/above-the-turnstiles",
        ),
        replace(report, blocks=hidden),
        document("pier", PIER, outlet="Merrow Daily", title="A new pier in June", published="2032-02-11"),
    )


def _origins() -> tuple[Origin, ...]:
    return (
        Origin(id="o-halden", kind="company-statement", name="Halden Optics", aliases=("the company",)),
        Origin(
            id="o-tender",
            kind="document",
            name="Tender notice 114/2031",
            evidence=(
                Evidence(kind="cue", text="the report quotes it by number: “according to tender notice 114/2031”"),
            ),
        ),
        Origin(
            id="o-report",
            kind="report",
            name="Lantern Institute: Faces at the Ferry",
            document="d-report",
            aliases=("the report", "Lantern report"),
        ),
        Origin(id="o-daily", kind="own-reporting", name="Merrow Daily", document="d-daily"),
        Origin(id="o-ministry", kind="official-statement", name="Ministry of transport of Merrow"),
        Origin(id="o-person", kind="anonymous-source", name="a person with knowledge of the contract"),
    )


def _edge(child: str, parent: str, how: How, confidence: float, *, credited: bool, why: str = "") -> Derivation:
    evidence = (Evidence(kind="shared-passage" if how != "cites" else "cue", text=why),) if why else ()
    return Derivation(child=child, parent=parent, how=how, credited=credited, confidence=confidence, evidence=evidence)


def _derivations() -> tuple[Derivation, ...]:
    return (
        _edge("d-times", "d-wire", "reprint", 0.99, credited=False, why="word for word the same but for the last line"),
        _edge("d-post", "d-wire", "reprint", 0.99, credited=True, why="word for word the same; byline “Coast Wire”"),
        _edge(
            "d-wire",
            "d-daily",
            "rewrite",
            0.86,
            credited=False,
            why="both count 14 cameras and name the guards' screens",
        ),
        _edge(
            "d-daily",
            "d-report",
            "cites",
            0.95,
            credited=True,
            why="“the Lantern Institute said in a report on Monday”",
        ),
        _edge("d-report", "o-tender", "cites", 0.97, credited=True, why="“according to tender notice 114/2031”"),
        _edge("d-radio", "o-ministry", "cites", 0.97, credited=True, why="“the ministry said in a statement”"),
        _edge("d-weekly", "o-halden", "cites", 0.96, credited=True, why="“Halden Optics said”"),
        _edge(
            "d-weekly", "o-person", "cites", 0.9, credited=True, why="“said a person with knowledge of the contract”"
        ),
    )


def _statement(number: int, one: Said, document: Document) -> Statement:
    start = document.text.index(one.quote)
    whole = Span(start=start, end=start + len(one.quote))
    known: dict[str, Any] = {"certainty": "stated", "activity": "deployment", "technology": ("face-recognition",)}
    known |= dict(one.fields)
    known["speakers"] = tuple(Speaker(name=name, span=whole) for name in known.get("speakers", ()))
    if "first_hand" in known:
        known["first_hand"] = whole
    return Statement(
        id=f"s-{number:02}",
        document=one.document,
        quote=one.quote,
        start=whole.start,
        end=whole.end,
        method="extract 1",
        **known,
    )


_TEXTS = {
    "F1": "The Sundry Bay port authority runs face recognition at its ferry gates.",
    "F2": "Halden Optics supplied the system at the ferry gates.",
    "F3": "Cameras watch the ferry gates.",
    "F4": "The gates will be extended with gait recognition.",
    "F5": "Passengers' names are shown at the gates.",
    "F6": "Passengers' faces are kept for 90 days.",
}
_COUNTS = {
    "F1": Counts(independent=2, undetermined=0, derived=3, disputed_by=1),
    "F2": Counts(independent=2, undetermined=0, derived=0, disputed_by=0),
    "F3": Counts(independent=1, undetermined=1, derived=1, disputed_by=0),
    "F4": Counts(independent=1, undetermined=1, derived=0, disputed_by=0),
    "F5": Counts(independent=1, undetermined=0, derived=0, disputed_by=0),
    "F6": Counts(independent=2, undetermined=0, derived=0, disputed_by=0),
}
_EXPLANATIONS = {
    "F1": (
        "Two origins support it: the report of the Lantern Institute, and what Merrow Daily's reporter saw.",
        "Coast Wire, Ferry Times and Island Post add none: their text comes from Merrow Daily.",
        "Without the report, one origin remains; without Merrow Daily, one origin remains.",
    ),
    "F2": ("Two origins support it: tender notice 114/2031 and Halden Optics.",),
    "F3": (
        "One origin supports it: Merrow Daily counted.",
        "Harbour Notes <b>says</b> so in its own voice, and nothing shows from where.",
    ),
    "F4": ("One origin supports it, an unnamed person; without that person nothing remains.",),
    "F5": ("One origin supports it: Merrow Daily.",),
    "F6": ("Two origins support it: tender notice 114/2031 and Halden Optics.",),
}
_VARIANTS = {"F3": ("Number of cameras: 14 (Merrow Daily, Coast Wire); 40 (Harbour Notes)",)}


def _findings(statements: Sequence[Statement], said: Sequence[Said]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            id=f"f-{name.lower()}",
            text=text,
            members=tuple(
                Membership(statement=statement.id, stance=one.stance)
                for statement, one in zip(statements, said, strict=True)
                if one.finding == name
            ),
            counts=_COUNTS[name],
            explanation=_EXPLANATIONS[name],
            variants=_VARIANTS.get(name, ()),
        )
        for name, text in reversed(_TEXTS.items())
    )


def _refused() -> tuple[Refusal, ...]:
    return (
        Refusal(
            path="pages/scan\x1b[2J.pdf",
            code="pdf-damaged",
            reason="the file breaks off in the middle of an object",
            remedy="Ask for the file again, or print it to a new PDF.",
        ),
        Refusal(
            path="pages/<i>locked</i>.html",
            code="no-permission",
            reason="this account may not read the file",
            remedy="Give this account read permission, then run again.",
        ),
    )


def _captures(documents: Sequence[Document]) -> tuple[Capture, ...]:
    return tuple(
        Capture(
            sha256=document.sha256,
            size_bytes=4000 + len(document.text.encode()),
            circumstances=(
                Circumstance(path=document.path, captured_at="2032-03-06T08:00:00Z", tool=TOOL),
                *(
                    [Circumstance(path="backup/wire-copy.html", captured_at="2032-03-07T10:15:00Z", tool=TOOL)]
                    if document.id == "d-wire"
                    else []
                ),
            ),
        )
        for document in documents
    )
