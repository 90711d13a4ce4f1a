"""Gold families as records: what a careful analyst concluded, in the shape that the stages pass between them.

A family is a folder with `gold.json` and `docs/`; its README says what the fields mean. Nothing here changes a family.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from firsthand.extract.voices import Voices
from firsthand.read import read
from firsthand.records import (
    Capture,
    Circumstance,
    Derivation,
    Document,
    Evidence,
    Grounding,
    Origin,
    PartlyRead,
    Refusal,
    Span,
    Speaker,
    Statement,
    Traced,
    record_id,
)

INLINE_TAGS = "b|i|em|strong|a|span|cite|q|mark|abbr|sup|sub|small|u"


@dataclass(frozen=True, kw_only=True)
class Family:
    """One gold family, with the records that its answers amount to."""

    folder: Path
    gold: Mapping[str, Any]
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    traced: Traced
    """Gold derivations, origins and groundings."""

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def paths(self) -> list[Path]:
        """The captured files, in the gold's order."""
        return [self.folder / str(document["file"]) for document in self.gold["documents"]]


def load(folder: Path) -> Family:
    """Read one family; raises ValueError where a gold quote does not stand in its document."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    quotes: dict[str, list[str]] = {row["id"]: [] for row in gold["documents"]}
    for row in gold["statements"]:
        quotes[row["doc"]].append(row["quote"])
    documents = {row["id"]: _document(folder, row, quotes[row["id"]]) for row in gold["documents"]}
    voices = {key: Voices(document) for key, document in documents.items()}
    statements = [_statement(documents[row["doc"]], row, voices[row["doc"]]) for row in gold["statements"]]
    return Family(
        folder=folder,
        gold=gold,
        documents=tuple(documents.values()),
        statements=tuple(statements),
        traced=_traced(gold, documents, statements),
    )


def plain_text(path: Path) -> str:
    """The file's text without markup, paragraphs apart; clutter stays in. Good enough to find gold quotes in."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".xml"}:
        text = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", text)
        text = re.sub(r"(?s)<!--.*?-->", " ", text)
        text = text.replace("<![CDATA[", " ").replace("]]>", " ")
        for _ in range(2):  # a feed escapes the markup of its items once more
            text = re.sub(rf"(?i)</?({INLINE_TAGS})\b[^>]*>", "", text)
            text = html.unescape(re.sub(r"<[^>]+>", "\n\n", text))
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def _document(folder: Path, row: Mapping[str, Any], quotes: Sequence[str]) -> Document:
    """The file as the reading stage reads it, with gold metadata; its plain text where that lacks a gold quote."""
    said = Document(
        id=record_id("d", [folder.name, row["id"]]),
        sha256="0" * 64,
        part=0,
        path=str(folder / row["file"]),
        text="",
        title=row["title"],
        outlet=row["outlet"],
        byline=row["byline"],
        published=row["published"],
        language="en",
        method="gold",
    )
    for part in _parts(folder / row["file"]):
        if all(_pattern(quote).search(part.text) for quote in quotes):
            return replace(said, text=part.text, blocks=part.blocks, links=part.links, url=part.url)
    return replace(said, text=plain_text(folder / row["file"]))


def _parts(path: Path) -> tuple[Document, ...]:
    content = path.read_bytes()
    met = Circumstance(path=str(path), captured_at="2000-01-01T00:00:00Z", tool="bench")
    sha256 = hashlib.sha256(content).hexdigest()
    found = read(Capture(sha256=sha256, size_bytes=len(content), circumstances=(met,)), content)
    found = found.documents if isinstance(found, PartlyRead) else found
    return () if isinstance(found, Refusal) else found


def _speaker(name: str, span: Span, voices: Voices) -> Speaker:
    """The voice of that name. The gold gives the name alone; what the document says of its bearer, an office and a
    body, is read off the document, at the mention nearest to the statement.
    """
    text = voices.document.text
    met = [found.span() for found in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]
    start, end = min(met, key=lambda place: abs(place[0] - span.start), default=(0, 0))
    known = voices.resolve(Span(start=start, end=end)).speaker if end else None
    return replace(known, name=name, span=span) if known else Speaker(name=name, span=span)


def _statement(document: Document, row: Mapping[str, Any], voices: Voices) -> Statement:
    start, end = _place_of(row["quote"], document)
    span = Span(start=start, end=end)
    return Statement(
        id=record_id("s", [document.id, row["id"]]),
        document=document.id,
        quote=document.text[start:end],
        start=start,
        end=end,
        certainty=row["certainty"],
        negated=row["certainty"] == "denied",
        speakers=tuple(_speaker(name, span, voices) for name in row["speakers"]),
        activity=row["activity"],
        technology=tuple(row["technology"]),
        actor=row["actor"],
        supplier=row["supplier"],
        place=row["place"],
        time=row["time"],
        method="gold",
    )


def _place_of(quote: str, document: Document) -> tuple[int, int]:
    found = _pattern(quote).search(document.text)
    if not found:
        raise ValueError(f"{document.path}: the gold quote is not in the text: {quote[:70]!r}")
    return found.span()


def _pattern(quote: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in quote.split()))


def _traced(gold: Mapping[str, Any], documents: Mapping[str, Document], statements: Sequence[Statement]) -> Traced:
    names = {key: document.id for key, document in documents.items()}
    origins = {
        row["id"]: Origin(
            id=record_id("o", [gold["family"], row["id"]]),
            kind=row["kind"],
            name=row["name"],
            document=names.get(row["captured_as"]),
            aliases=tuple(row.get("aliases", ())),
        )
        for row in gold["origins"]
    }
    derivations = [
        Derivation(
            child=names[row["child"]],
            parent=names.get(row["parent"]) or origins[row["parent"]].id,
            how=row["how"],
            credited=row["credited"],
            confidence=1.0,
            evidence=(Evidence(kind="decision", text="gold"),),
        )
        for row in gold["derivations"]
    ]
    groundings = [
        Grounding(
            statement=statement.id,
            origins=tuple(origins[origin].id for origin in row["origins"]),
            chain=(statement.document,),
            reason="gold",
        )
        for statement, row in zip(statements, gold["statements"], strict=True)
    ]
    return Traced(derivations=tuple(derivations), origins=tuple(origins.values()), groundings=tuple(groundings))
