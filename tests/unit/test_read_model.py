"""The learned choice of a page's segments: what it may and may not change of what the rules found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from read_cases import document

from firsthand.knowledge.models.trees import FORMAT, ReadingModel, Trees, read_reading, reading_model, write_reading
from firsthand.read.block_features import feature_names, feature_rows
from firsthand.read.block_model import beliefs, best_cut
from firsthand.read.block_names import mark_of
from firsthand.read.main_text import find_main_text
from firsthand.read.markup import parse_markup
from firsthand.read.segments import segment_tree

SENTENCE = "The council of the lower harbour bought forty cameras for the ferry stairs, its clerk said on Monday."


def _trees(**changes: object) -> Trees:
    parts = {
        "columns": np.array([[0, 1]], dtype=np.int16),
        "borders": np.array([[0.5, 10.0]], dtype=np.float32),
        "leaves": np.array([[-2.0, -1.0, 1.0, 2.0]], dtype=np.float32),
        "bias": 0.0,
    }
    return Trees(**(parts | changes))  # type: ignore[arg-type]


def test_first_question_is_lowest_bit_of_leaf() -> None:
    """Yes to the first question only is leaf 1, yes to the second only is leaf 2."""
    rows = np.array([[0, 0], [1, 0], [0, 11], [1, 11]], dtype=np.float32)
    logits = np.array([-2.0, -1.0, 1.0, 2.0])
    assert np.allclose(_trees().probabilities(rows), 1 / (1 + np.exp(-logits)))


def test_a_number_on_the_border_is_a_no() -> None:
    """Above the border is yes, on it is no."""
    assert _trees().probabilities(np.array([[0.5, 10.0]]))[0] == pytest.approx(1 / (1 + np.exp(2.0)))


def test_model_written_and_read_is_the_same(tmp_path: Path) -> None:
    """Write, read, write gives the same bytes."""
    model = ReadingModel(trees=_trees(bias=0.25), features=("one", "two"))
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    write_reading(first, model)
    write_reading(second, read_reading(first))
    assert first.read_bytes() == second.read_bytes()
    assert read_reading(first).trees.bias == 0.25


def test_file_of_another_format_is_refused(tmp_path: Path) -> None:
    """The error names the file and the format it should have."""
    path = tmp_path / "other.npz"
    np.savez(path, facts=np.frombuffer(b'{"format": "other/9"}', np.uint8))
    with pytest.raises(ValueError, match=f"other.npz holds 'other/9', not '{FORMAT}'"):
        read_reading(path)


def test_shipped_model_asks_for_the_columns_that_are_made() -> None:
    """The names in the file are those of the feature rows, in their order."""
    assert reading_model().features == tuple(feature_names())
    items = find_main_text(segment_tree(parse_markup(f"<article><p>{SENTENCE}</p></article>")).segments).all
    assert feature_rows(items, "", "").shape == (1, len(feature_names()))


def test_story_is_believed_and_menu_is_not() -> None:
    """Paragraphs of an article stand above a half, links of a menu far below."""
    paragraphs = "".join(f"<p>{SENTENCE} It paid {number} crowns for them.</p>" for number in range(8))
    links = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("Sport", "Weather", "Harbour", "Courts"))
    body = f"<nav><ul>{links}</ul></nav><main><article class='story-body'><h1>Cameras</h1>{paragraphs}</article></main>"
    items = find_main_text(segment_tree(parse_markup(body)).segments).all
    told = dict(zip((item.segment.text for item in items), beliefs(items, "Cameras", ""), strict=True))
    assert all(told[name] < 0.1 for name in ("Sport", "Weather", "Harbour", "Courts"))
    assert all(sure > 0.5 for text, sure in told.items() if text.startswith("The council"))


def test_cut_keeps_more_where_little_is_certain() -> None:
    """On a page of doubts the best cut lies lower than on one where the story stands out."""
    sizes = np.full(6, 100.0)
    certain = best_cut(np.array([0.99, 0.98, 0.97, 0.3, 0.02, 0.01]), sizes, 1.0)
    doubtful = best_cut(np.array([0.4, 0.38, 0.35, 0.3, 0.02, 0.01]), sizes, 1.0)
    assert certain == 0.97
    assert doubtful <= 0.35


def test_caution_keeps_less() -> None:
    """The less recall weighs, the higher the cut."""
    belief, sizes = np.array([0.9, 0.6, 0.45, 0.4]), np.full(4, 100.0)
    assert best_cut(belief, sizes, 0.3) > best_cut(belief, sizes, 1.5)


def test_no_paragraph_is_kept_twice() -> None:
    """A page that carries its story in two copies gives each sentence once."""
    paragraphs = "".join(f"<p>{SENTENCE} It paid {number} crowns for them.</p>" for number in range(8))
    twice = f"<html><body><article>{paragraphs}</article><article>{paragraphs}</article></body></html>"
    text = document(twice).text
    assert all(text.count(f"It paid {number} crowns") == 1 for number in range(8))


def test_names_are_told_by_words_of_any_part() -> None:
    """A class speaks of a group wherever the word stands in it; a word's end is a border."""
    share, advert = mark_of("div", "post__share-bar")[0], mark_of("div", "col ad")[0]
    assert share & mark_of("div", "sharing")[0] & ~mark_of("div", "")[0]
    assert advert & mark_of("div", "side-ad-2")[0] & ~mark_of("div", "")[0]
    assert not mark_of("div", "header-shadow")[0] & mark_of("", "my-ad")[0]
