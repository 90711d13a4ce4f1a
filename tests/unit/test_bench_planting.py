"""The material that speed and recall are measured on says truly what is in it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from bench import prose
from bench.events import tell
from bench.planting import SHARES, Planted, plant
from bench.prose import Invented, Walked
from bench.reuse import ours, precisions, recalls, words
from bench.scale import page

from firsthand.read import read
from firsthand.records import Capture, Circumstance


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(400, Invented())


def test_the_same_seed_plants_the_same(planted: Planted) -> None:
    assert plant(400, Invented()) == planted != plant(400, Invented(), seed=2)


def test_every_kind_of_reuse_is_planted_in_its_share(planted: Planted) -> None:
    kinds = list(planted.pairs.values())
    assert {kind: kinds.count(kind) for kind in SHARES} == {kind: 4 * share for kind, share in SHARES.items()}
    assert all(planted.families[parent] == planted.families[child] for parent, child in planted.pairs)
    assert all(parent < child for parent, child in planted.pairs)


def test_a_child_shares_words_in_a_row_with_its_parent(planted: Planted) -> None:
    def runs(number: int) -> set[tuple[str, ...]]:
        found = words(planted.documents[number].text)
        return {found[at : at + 5] for at in range(len(found) - 4)}

    for parent, child in planted.pairs:
        assert len(runs(parent) & runs(child)) >= 10


def test_what_is_planted_is_found_and_nothing_else(planted: Planted) -> None:
    """The floors are the targets of the benchmark, on a set small enough for every run."""
    pairs = ours(planted.documents)
    assert min(recalls(pairs, planted).values()) >= 0.96
    assert precisions(pairs, planted)["without forms"] >= 0.98


def test_scores_know_misses_and_false_pairs(planted: Planted) -> None:
    some = next(pair for pair, kind in planted.pairs.items() if kind == "trim")
    stranger = next(n for n, family in enumerate(planted.families) if family != planted.families[some[0]])
    pairs = {some, (min(stranger, some[1]), max(stranger, some[1]))}
    assert recalls(pairs, planted)["trim"] == 1 / 16
    assert recalls(pairs, planted)["rewrite"] == 0
    assert precisions(pairs, planted)["precision"] == 0.5


def test_a_walk_needs_text_and_keeps_no_long_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = Invented().sentences(3000, Random(1))
    (tmp_path / "one.txt").write_text(" ".join(text), encoding="utf-8")
    with pytest.raises(ValueError, match="words in files"):
        Walked(tmp_path)
    monkeypatch.setattr(prose, "LEAST_WORDS", 1000)
    walked = " ".join(Walked(tmp_path).sentences(2000, Random(2))).split()
    assert len(walked) >= 2000
    source = " ".join(text)
    assert not any(" ".join(walked[at : at + 20]) in source for at in range(len(walked) - 20))


def test_statements_of_invented_events_quote_their_documents() -> None:
    told = tell(60)
    texts = {document.id: document.text for document in told.documents}
    assert len(texts) == 60
    assert told == tell(60) != tell(60, seed=2)
    for statement in told.statements:
        assert texts[statement.document][statement.start : statement.end] == statement.quote
        for voice in statement.speakers:
            assert texts[statement.document][voice.span.start : voice.span.end] == voice.name


def test_a_page_of_an_invented_document_reads_as_that_document() -> None:
    document = tell(3).documents[1]
    met = Circumstance(path="x.html", captured_at="2035-01-01T00:00:00Z", tool="bench")
    content = page(document).encode()
    (found,) = read(Capture(sha256="0" * 64, size_bytes=len(content), circumstances=(met,)), content)  # type: ignore[misc]
    assert found.text == document.text
    assert (found.outlet, found.published) == (document.outlet, document.published)
