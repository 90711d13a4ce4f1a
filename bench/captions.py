"""Are captions kept apart? `python -m bench.captions CHECKOUT [--write]`.

CHECKOUT is a checkout of flairNLP/fundus (MIT), whose tests hold pages of news with the images and captions that its
own parsers, one for each site, find there. Counted are the captions that stand in a document's images, the captions
that leaked into its text as paragraphs, and the paragraphs that stand in a text twice.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.results import RESULTS, keep_section, measured_where
from firsthand.read import read
from firsthand.read.wording import flat, word_count
from firsthand.records import Capture, Circumstance, Document, PartlyRead, Refusal

PAGES = Path("tests") / "resources" / "parser" / "test_data"
MIN_WORDS = 3
"""Shorter ones are credits and labels."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts and the shares."""
    parser = argparse.ArgumentParser(description="Score captions on the test pages of fundus.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    counts = scored(options.checkout)
    text = table(counts)
    print(text)
    if options.write:
        keep_section(RESULTS, "captions", f"# Captions\n\n{measured_where('bench.captions CHECKOUT')}\n\n{text}")
    return 0


def pages(checkout: Path) -> Iterator[tuple[str, bytes, list[str]]]:
    """Name and bytes of each page, and the captions of its images, each once."""
    for truth in sorted((checkout / PAGES).glob("*/*.json")):
        versions = list(json.loads(truth.read_text(encoding="utf-8")).values())
        found = sorted(truth.parent.glob(f"{truth.stem}_*.html.gz"))
        if len(versions) != len(found):
            continue  # which page a version of the parser is for is then not told
        for page, version in zip(found, versions, strict=True):
            captions = [line for image in version.get("images", []) if (line := _caption(image))]
            yield f"{truth.parent.name}/{page.name}", gzip.decompress(page.read_bytes()), captions


def _caption(image: dict[str, Any]) -> str:
    caption = str(image.get("caption") or "")
    return caption if word_count(caption) >= MIN_WORDS else ""


def scored(checkout: Path) -> Counter[str]:
    """Counts over all pages: pages, captions, those found, those leaked, paragraphs that stand twice."""
    counts: Counter[str] = Counter()
    for name, content, captions in pages(checkout):
        documents = _documents(name, content)
        held = [flat(image.caption or "") for document in documents for image in document.images]
        paragraphs = [flat(part) for document in documents for part in document.text.split("\n\n")]
        wanted = dict.fromkeys(flat(caption) for caption in captions)
        counts["pages"] += 1
        counts["captions"] += len(wanted)
        counts["found"] += sum(any(_same(caption, each) for each in held) for caption in wanted)
        counts["leaked"] += sum(caption in paragraphs for caption in wanted)
        counts["twice"] += sum(count - 1 for text, count in Counter(paragraphs).items() if word_count(text) > MIN_WORDS)
    return counts


def _same(wanted: str, held: str) -> bool:
    """Whether a caption holds the wanted one, a credit behind it aside, or all of it but its credit."""
    return bool(held) and (wanted in held or (held in wanted and len(held) >= 0.6 * len(wanted)))


def _documents(name: str, content: bytes) -> tuple[Document, ...]:
    met = Circumstance(path=name, captured_at="2030-01-01T00:00:00Z", tool="bench")
    found = read(Capture(sha256=hashlib.sha256(content).hexdigest(), size_bytes=0, circumstances=(met,)), content)
    found = found.documents if isinstance(found, PartlyRead) else found
    return () if isinstance(found, Refusal) else found


def table(counts: Counter[str]) -> str:
    """The counts in words."""
    recall = counts["found"] / max(1, counts["captions"])
    return (
        f"| pages | captions | found | recall | leaked into the text | paragraphs that stand twice |\n"
        f"|---:|---:|---:|---:|---:|---:|\n"
        f"| {counts['pages']} | {counts['captions']} | {counts['found']} | {recall:.3f} | {counts['leaked']} "
        f"| {counts['twice']} |\n"
    )


if __name__ == "__main__":
    sys.exit(main())
