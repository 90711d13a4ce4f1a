"""The best mode of reading: another extractor is heard, and never quoted; without it the standard mode reads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from read_cases import capture_of
from warc_cases import http, record

from firsthand.knowledge.models.trees import best_reading_model
from firsthand.read import read, second_opinion
from firsthand.read.block_features import feature_names
from firsthand.read.main_text import find_main_text
from firsthand.read.markup import parse_markup
from firsthand.read.opinion_features import opinion_names, opinion_rows
from firsthand.read.segments import segment_tree
from firsthand.records import Document

LINKS = "".join(f"<li><a href='/{number}'>Quay {number}</a></li>" for number in range(30))
SENTENCES = [
    f"The council of the lower harbour bought {number} cameras for the ferry stairs." for number in range(30, 38)
]
PARAGRAPHS = "".join(f"<p>{sentence} Its clerk said so on Monday.</p>" for sentence in SENTENCES)
PAGE = f"<html><body><nav><ul>{LINKS}</ul></nav><article>{PARAGRAPHS}</article></body></html>"


def best(content: bytes, path: str = "page.html") -> Document:
    found = read(capture_of(content, path), content, "best")
    assert isinstance(found, tuple)
    return found[0]


def say(monkeypatch: pytest.MonkeyPatch, extract: Callable[..., str | None]) -> None:
    monkeypatch.setattr(second_opinion, "_extractor", lambda: extract)
    monkeypatch.setattr(second_opinion, "version", lambda: "trafilatura-9.9")
    monkeypatch.setattr("firsthand.read.best_text.version", lambda: "trafilatura-9.9")


def test_the_text_is_cut_from_the_page_and_its_blocks_lead_to_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, lambda *_, **__: "The mayor sold the harbour to pirates, who paid in pearls.\n" + SENTENCES[0])
    content = PAGE.encode()
    found = best(content)
    assert "pirates" not in found.text
    assert all(sentence in found.text for sentence in SENTENCES)
    for block in found.blocks:
        assert block.byte_start is not None
        assert found.text[block.start : block.end].encode() in content[block.byte_start : block.byte_end]


def test_who_was_heard_is_part_of_the_method(monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, lambda *_, **__: "\n".join(SENTENCES))
    assert best(PAGE.encode()).method.startswith("read.html+trafilatura-9.9/")
    standard = read(capture_of(PAGE.encode(), "page.html"), PAGE.encode())
    assert isinstance(standard, tuple)
    assert "trafilatura" not in standard[0].method


def test_pages_in_an_archive_are_heard_about_too(monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, lambda *_, **__: "\n".join(SENTENCES))
    content = record(http(PAGE.encode()))
    assert best(content, "pages.warc").method.startswith("read.warc.html+trafilatura-9.9/")


def test_a_page_of_few_lines_is_read_in_the_standard_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, lambda *_, **__: pytest.fail("the rules know more of such a page"))
    assert best(f"<html><body><article>{PARAGRAPHS}</article></body></html>".encode()).method.startswith("read.html/")


def test_a_text_file_is_read_without_an_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, lambda *_, **__: pytest.fail("a text is no web page"))
    assert best("\n\n".join(SENTENCES).encode(), "story.txt").method.startswith("read.text/")


@pytest.mark.parametrize("fault", [RecursionError, MemoryError, ValueError])
def test_where_the_other_extractor_fails_the_standard_mode_reads_and_says_so(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise fault

    say(monkeypatch, fail)
    found = best(PAGE.encode())
    standard = read(capture_of(PAGE.encode(), "page.html"), PAGE.encode())
    assert isinstance(standard, tuple)
    assert found.text == standard[0].text
    assert any("standard mode" in warning and fault.__name__ in warning for warning in found.warnings)
    assert "trafilatura" not in found.method


def test_bytes_that_are_no_text_reach_it_as_text_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bytes] = []
    say(monkeypatch, lambda page, **_: told.append(page))
    best(PAGE.encode().replace(b"Monday", b"Mon\xe9day"))
    assert told[0].decode("utf-8")


def test_the_real_extractor_can_be_heard() -> None:
    pytest.importorskip("trafilatura")
    found = best(PAGE.encode())
    assert found.method.startswith("read.html+trafilatura-")
    assert all(sentence in found.text for sentence in SENTENCES)


def test_shipped_model_asks_for_the_columns_that_are_made() -> None:
    assert best_reading_model().features == (*feature_names(), *opinion_names())


def test_an_opinion_speaks_for_the_segments_whose_words_it_has() -> None:
    items = find_main_text(segment_tree(parse_markup(PAGE)).segments).all
    said = [item.segment.text.startswith(tuple(SENTENCES[2:4])) for item in items]
    rows = opinion_rows(items, "\n".join(sentence + " Its clerk said so on Monday." for sentence in SENTENCES[2:4]))
    assert rows.shape == (len(items), len(opinion_names()))
    lines = rows[:, opinion_names().index("opinion: a line of it")]
    assert np.array_equal(lines == 1, said)


def test_an_empty_opinion_speaks_for_nothing() -> None:
    items = find_main_text(segment_tree(parse_markup(PAGE)).segments).all
    rows = opinion_rows(items, "")
    assert np.isfinite(rows).all()
    assert not rows[:, opinion_names().index("opinion: said")].any()
