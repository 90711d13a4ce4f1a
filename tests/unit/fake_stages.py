"""Tiny stages for tests of the engine: each line `ACTOR uses VENDOR` of a text is a statement; some texts misbehave."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence

from firsthand.engine.stages import Stages
from firsthand.records import (
    Capture,
    Counts,
    Decision,
    Document,
    Finding,
    Grounding,
    Membership,
    PartlyRead,
    Proposals,
    Refusal,
    Statement,
    Traced,
    record_id,
)


def read(capture: Capture, content: bytes) -> tuple[Document, ...] | PartlyRead | Refusal:
    """Does what the first word of the bytes says; by default the bytes are the text."""
    word = content.split(b" ")[0].strip()
    if word == b"refuse":
        return Refusal(path=capture.path, code="not-text", reason="It says so.", remedy="Say something else.")
    if word in ACTS:
        ACTS[word]()
    if word == b"nothing":
        return ()
    text = content.decode("utf-8")
    identity = record_id("d", {"sha256": capture.sha256, "part": 0})
    if word == b"many":
        return tuple(
            Document(
                id=record_id("d", {"sha256": capture.sha256, "part": part}),
                sha256=capture.sha256,
                part=part,
                path=capture.path,
                text=line,
            )
            for part, line in enumerate(text.splitlines()[1:])
        )
    whole = (Document(id=identity, sha256=capture.sha256, part=0, path=capture.path, text=text),)
    if word == b"partly":
        left_out = Refusal(path=capture.path, code="cut-off", reason="It ends early.", remedy="Fetch it again.")
        return PartlyRead(documents=whole, refused=(left_out,))
    return whole


def _print_a_lot() -> None:
    print("garbage on the pipe" * 100)
    os.write(1, b"garbage on the pipe")


def _eat_memory() -> None:
    eaten = [bytearray(64 * 1024 * 1024) for _ in range(64)]
    assert eaten


def _fail() -> None:
    raise RecursionError("too deep")


ACTS: dict[bytes, Callable[[], object]] = {
    b"hang": lambda: time.sleep(60),
    b"die": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    b"exit": lambda: os._exit(3),
    b"eat": _eat_memory,
    b"fail": _fail,
    b"print": _print_a_lot,
    b"path": lambda: sys.path.clear(),
}


def extract(document: Document, proposals: Sequence[Proposals] = ()) -> tuple[Statement, ...]:
    """One statement a line that has the word `uses`; a document that asks for it misbehaves."""
    if document.text.startswith("later "):
        ACTS[document.text.split(" ")[1].encode()]()
    found = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        quote = line.rstrip("\n")
        if " uses " in quote:
            identity = record_id("s", {"document": document.id, "start": start})
            found.append(
                Statement(
                    id=identity,
                    document=document.id,
                    quote=quote,
                    start=start,
                    end=start + len(quote),
                    certainty="stated",
                    activity="use",
                )
            )
        start += len(line)
    return tuple(found)


def trace(documents: Sequence[Document], statements: Sequence[Statement]) -> Traced:
    """Nothing is traced: every statement is undetermined."""
    groundings = tuple(Grounding(statement=statement.id, origins=()) for statement in statements)
    return Traced(derivations=(), origins=(), groundings=groundings)


def reconcile(
    documents: Sequence[Document], statements: Sequence[Statement], traced: Traced, decisions: Sequence[Decision] = ()
) -> tuple[Finding, ...]:
    """Statements with the same quote are one finding."""
    quotes = sorted({statement.quote for statement in statements})
    return tuple(
        Finding(
            id=record_id("f", {"quote": quote}),
            text=quote,
            members=tuple(Membership(statement=s.id, stance="supports") for s in statements if s.quote == quote),
            counts=Counts(independent=0, undetermined=1, derived=0, disputed_by=0),
            explanation=("No origin is named.",),
        )
        for quote in quotes
    )


STAGES = Stages(read=read, extract=extract, trace=trace, reconcile=reconcile)
