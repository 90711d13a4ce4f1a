"""The extractors of main text that reading is compared with, each as a function from a page's bytes to its text."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from firsthand.read import ReadingMode, read
from firsthand.records import Capture, Circumstance, Document, PartlyRead, Refusal

Extract: TypeAlias = Callable[[bytes], str]


def firsthand_documents(content: bytes, mode: ReadingMode = "standard") -> tuple[Document, ...]:
    """The documents that our reading finds in a page; none where it refuses."""
    circumstance = Circumstance(path="page.html", captured_at="2030-01-01T00:00:00Z", tool="bench")
    capture = Capture(
        sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content), circumstances=(circumstance,)
    )
    found = read(capture, content, mode)
    if isinstance(found, Refusal):
        return ()
    return found.documents if isinstance(found, PartlyRead) else found


def _firsthand(mode: ReadingMode) -> Extract:
    return lambda content: "\n\n".join(document.text for document in firsthand_documents(content, mode))


def _trafilatura(**options: bool) -> Extract:
    module: Any = importlib.import_module("trafilatura")
    return lambda content: module.extract(content, include_comments=False, **options) or ""


def _readability() -> Extract:
    module: Any = importlib.import_module("readability")
    html: Any = importlib.import_module("lxml.html")

    def extract(content: bytes) -> str:
        try:
            summary = module.Document(_decoded(content)).summary()
        except module.readability.Unparseable:
            return ""
        body = html.fromstring(summary)
        return "\n".join(" ".join(text.split()) for text in body.itertext() if text.strip())

    return extract


def _resiliparse() -> Extract:
    module: Any = importlib.import_module("resiliparse.extract.html2text")
    return lambda content: str(module.extract_plain_text(_decoded(content), main_content=True))


def _newspaper() -> Extract:
    module: Any = importlib.import_module("newspaper")

    def extract(content: bytes) -> str:
        article = module.Article("https://example.org/", fetch_images=False)
        article.download(input_html=_decoded(content))
        article.parse()
        return str(article.text)

    return extract


def _decoded(content: bytes) -> str:
    """The page as the library that tells encodings for trafilatura reads it; the others take text only."""
    declared = re.search(rb"""charset=["']?([\w-]+)""", content[:4096])
    for codec in ("utf-8", declared[1].decode() if declared else "cp1252"):
        try:
            return content.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


PEERS: dict[str, tuple[str, Callable[[], Extract]]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "trafilatura, fast": ("trafilatura", partial(_trafilatura, fast=True)),
    "trafilatura, precision": ("trafilatura", partial(_trafilatura, favor_precision=True)),
    "trafilatura, recall": ("trafilatura", partial(_trafilatura, favor_recall=True)),
    "readability-lxml": ("readability", _readability),
    "resiliparse": ("resiliparse", _resiliparse),
    "newspaper4k": ("newspaper", _newspaper),
}
"""Name → module that must be installed, and what makes the extractor."""

OURS: dict[str, tuple[str, Callable[[], Extract]]] = {
    "firsthand": ("firsthand", partial(_firsthand, "standard")),
    "firsthand, best": ("trafilatura", partial(_firsthand, "best")),
}


def installed(module: str) -> bool:
    """Whether a peer's module can be imported here."""
    return importlib.util.find_spec(module) is not None
