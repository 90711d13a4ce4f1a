"""Quotes marked in a document's text: they may nest, overlap, touch and run over paragraphs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "golden" / "publish"))
from ferry_case import document

from firsthand.publish.marks import Paragraph, bytes_of, marked
from firsthand.records import Block, Document, Statement

TEXT = "One two three four.\n\nFive six."


def quote(page: Document, words: str, name: str = "s") -> Statement:
    start = page.text.index(words)
    return Statement(
        id=name,
        document=page.id,
        quote=words,
        start=start,
        end=start + len(words),
        certainty="stated",
        activity="use",
    )


def pieces(paragraphs: tuple[Paragraph, ...], name: str) -> list[str]:
    found = [stretch for paragraph in paragraphs for stretch in paragraph.stretches]
    return [stretch.text for stretch in found if any(one.id == name for one in stretch.quotes)]


def whole(paragraphs: tuple[Paragraph, ...]) -> str:
    return "|".join("".join(stretch.text for stretch in paragraph.stretches) for paragraph in paragraphs)


def test_overlapping_quotes_are_cut_where_they_cross() -> None:
    page = document("page", TEXT)
    paragraphs = marked(page, (quote(page, "One two three", "a"), quote(page, "two three four", "b")))
    assert pieces(paragraphs, "a") == ["One ", "two three"]
    assert pieces(paragraphs, "b") == ["two three", " four"]


def test_nested_quotes_share_their_words() -> None:
    page = document("page", TEXT)
    paragraphs = marked(page, (quote(page, "One two three four.", "a"), quote(page, "two", "b")))
    assert "".join(pieces(paragraphs, "a")) == "One two three four."
    assert pieces(paragraphs, "b") == ["two"]


def test_a_quote_over_two_paragraphs_keeps_the_gap() -> None:
    page = document("page", TEXT)
    paragraphs = marked(page, (quote(page, "four.\n\nFive", "a"),))
    assert pieces(paragraphs, "a") == ["four.", "\n\n", "Five"]
    assert [stretch.gap for paragraph in paragraphs for stretch in paragraph.stretches].count(True) == 1


def test_gaps_outside_quotes_are_left_to_the_page() -> None:
    assert whole(marked(document("page", TEXT), ())) == "One two three four.|Five six."


def test_text_without_blocks_still_falls_into_paragraphs() -> None:
    assert whole(marked(replace(document("page", TEXT), blocks=()), ())) == "One two three four.|Five six."


def test_text_that_no_block_covers_is_still_shown() -> None:
    page = replace(document("page", TEXT), blocks=(Block(kind="heading", start=4, end=7),))
    paragraphs = marked(page, ())
    assert whole(paragraphs) == "One|two| three four.|Five six."
    assert [paragraph.kind for paragraph in paragraphs] == ["paragraph", "heading", "paragraph", "paragraph"]


def test_blocks_that_overlap_or_overrun_show_no_letter_twice() -> None:
    blocks = (Block(kind="paragraph", start=0, end=10), Block(kind="quote", start=5, end=999))
    assert whole(marked(replace(document("page", TEXT), blocks=blocks), ())) == "One two th|ree four.\n\nFive six."


def test_byte_range_is_that_of_the_blocks_a_quote_touches() -> None:
    page = document("page", TEXT)
    assert bytes_of(page, quote(page, "two")) == (2000, 2019)
    assert bytes_of(page, quote(page, "four.\n\nFive")) == (2000, 2030)


def test_byte_range_is_unknown_where_one_block_hides_it() -> None:
    page = document("page", TEXT)
    hidden = replace(page, blocks=(page.blocks[0], replace(page.blocks[1], byte_start=None)))
    assert bytes_of(hidden, quote(page, "four.\n\nFive")) is None
    assert bytes_of(replace(page, blocks=()), quote(page, "two")) is None
