"""The bench on attribution scores spans as its peers are scored, and asks for its data in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.attribution import labelled_spans, labels_of, main, read_segments, score, segment

from firsthand.extract.tellings import tellings

TOKENS = "`` We sold it , '' Ana Ruiz said -LRB- again -RRB- .".split()
LABELS = (
    "B-content I-content I-content I-content I-content I-content B-source I-source B-cue O O O O".split()
)  # fmt: skip


def test_tokens_are_put_together_as_an_outlet_prints_them() -> None:
    made = segment(TOKENS, LABELS)
    assert made.text == "“We sold it,” Ana Ruiz said (again)."
    assert [made.text[span.start : span.end] for span in made.tokens][5:8] == ["”", "Ana", "Ruiz"]


def test_a_closing_mark_that_opens_is_an_opening_one() -> None:
    assert segment(["''", "Yes", "''"], ["O"] * 3).text == "“Yes”"


def test_only_a_beginning_opens_a_span() -> None:
    """As CofeNet's own scorer reads labels: an inside label alone, or of another part, belongs to no span."""
    labels = ["I-cue", "B-cue", "I-source", "B-content", "I-content", "B-content"]
    assert labelled_spans(labels) == {"source": [], "cue": [(1, 2)], "content": [(3, 5), (5, 6)]}


def test_our_attributions_become_labels_of_the_tokens() -> None:
    made = segment(TOKENS, LABELS)
    assert labels_of(made, tellings(made.text)) == LABELS


def test_a_span_counts_where_both_ends_are_right(tmp_path: Path) -> None:
    wrong = [*LABELS[:7], "O", *LABELS[8:]]
    for number, labels in enumerate((LABELS, wrong)):
        (tmp_path / f"{number}.txt").write_text(json.dumps({"tokens": TOKENS, "labels": labels}) + "\n")
    assert {part: each.f1 for part, each in score(read_segments(tmp_path / "0.txt")).items()} == {
        "source": 100.0,
        "cue": 100.0,
        "content": 100.0,
    }
    half = score(read_segments(tmp_path / "1.txt"))
    assert (half["source"].right, half["source"].found, half["source"].there, half["cue"].f1) == (0, 1, 1, 100.0)


def test_a_folder_without_the_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="res/polnear of cofe-ai/CofeNet"):
        main([str(tmp_path)])
