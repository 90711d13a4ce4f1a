"""The bundled case and the story families as documents and statements, read and extracted once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from firsthand.extract import extract
from firsthand.read import read
from firsthand.records import Capture, Circumstance, Document, PartlyRead, Refusal, Statement

HERE = Path(__file__).parents[2]
FOLDERS = {
    "brannik-trams": HERE / "examples" / "brannik-trams" / "pages",
    **{folder.name: folder / "docs" for folder in sorted((HERE / "bench" / "families").glob("t*"))},
}


@cache
def documents_of(case: str) -> tuple[Document, ...]:
    """Every document that can be read in the files of the case, in the order of their names."""
    found: list[Document] = []
    for path in sorted(FOLDERS[case].iterdir()):
        content = path.read_bytes()
        met = Circumstance(path=path.name, captured_at="2035-01-01T00:00:00Z", tool="test")
        sha256 = hashlib.sha256(content).hexdigest()
        read_in = read(Capture(sha256=sha256, size_bytes=len(content), circumstances=(met,)), content)
        if isinstance(read_in, PartlyRead):
            found += read_in.documents
        elif not isinstance(read_in, Refusal):
            found += read_in
    return tuple(found)


@cache
def statements_of(case: str) -> tuple[Statement, ...]:
    """The statements of those documents."""
    return tuple(statement for document in documents_of(case) for statement in extract(document))
