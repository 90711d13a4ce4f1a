"""Pages of many templates, each with the documents that a careful reader would take from it.

After a change that is meant to alter what is read, `FIRSTHAND_UPDATE_GOLDEN=1 pytest tests/unit/test_read_golden.py`
writes the expected files anew; read the difference before keeping it.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path

import pytest
from read_cases import outcome

from firsthand.records import Document, Refusal

GOLDEN = Path(__file__).parent.parent / "golden" / "read"
PAGES = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.json"))


def shown(document: Document) -> dict[str, object]:
    """The parts of a document that a reader of the page would know, without what is empty."""
    fields = {
        name: getattr(document, name)
        for name in (
            "title",
            "outlet",
            "byline",
            "published",
            "published_from",
            "language",
            "url",
            "source_url",
            "partial",
        )
    }
    lists = {
        "links": [[document.text[link.start : link.end], link.url] for link in document.links],
        "images": [[image.url, image.caption] for image in document.images],
        "warnings": list(document.warnings),
        "text": [[block.kind, document.text[block.start : block.end]] for block in document.blocks],
    }
    return {name: value for name, value in {**fields, **lists}.items() if value}


def test_there_are_pages_of_many_templates() -> None:
    assert len(PAGES) >= 25


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_read_as_expected(page: Path) -> None:
    """Main text without clutter, and title, outlet, byline and date as the page gives them."""
    found = outcome(page.read_bytes(), page.name)
    assert not isinstance(found, Refusal), found
    expected_at = page.with_name(page.name + ".expected.json")
    got = json.dumps({"documents": [shown(document) for document in found]}, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("FIRSTHAND_UPDATE_GOLDEN"):
        expected_at.write_text(got, encoding="utf-8")
    wanted = expected_at.read_text(encoding="utf-8")
    assert got == wanted, "\n".join(
        difflib.unified_diff(wanted.splitlines(), got.splitlines(), "expected", "read", n=1)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_byte_ranges_hold_the_words_of_their_block(page: Path) -> None:
    """Where a block names bytes of the capture, its first and its last word stand there."""
    content = page.read_bytes()
    found = outcome(content, page.name)
    assert not isinstance(found, Refusal)
    for document in found:
        for block in document.blocks:
            if block.byte_start is None or block.byte_end is None:
                continue
            held = content[block.byte_start : block.byte_end]
            words = [
                word for word in document.text[block.start : block.end].split() if word.isascii() and word.isalpha()
            ]
            assert 0 <= block.byte_start < block.byte_end <= len(content)
            assert all(word.encode() in held for word in words[:1] + words[-1:])
