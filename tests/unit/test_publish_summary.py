"""The plain-text summary, as a reader meets it in a terminal."""

from __future__ import annotations

import os
import sys
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "golden" / "publish"))
from ferry_case import crowd, document, empty_results, ferry_results, shuffled

from firsthand.publish import summary
from firsthand.publish.visible import columns, cut, one_line, visible, wrap
from firsthand.records import Derivation

GOLDEN = Path(__file__).parents[1] / "golden" / "publish"


def test_summary_reads_as_it_was_agreed() -> None:
    """The golden text; run with FIRSTHAND_UPDATE_GOLDEN=1 to accept a new one."""
    golden = GOLDEN / "ferry-summary.txt"
    text = summary(ferry_results())
    if os.environ.get("FIRSTHAND_UPDATE_GOLDEN") == "1":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(columns(line) for line in summary(ferry_results(), width=width).splitlines()) <= width


def test_a_hostile_title_cannot_steer_the_terminal() -> None:
    text = summary(ferry_results())
    assert {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs")} == {"\n"}
    assert "[U+001B]" in text
    assert "[U+202E]" in text


def test_order_of_input_changes_no_letter() -> None:
    assert summary(shuffled(ferry_results())) == summary(ferry_results())


def test_nothing_read_says_so() -> None:
    assert summary(empty_results()) == "No document was read.\n"


def test_reprints_stand_under_what_they_reprint() -> None:
    lines = summary(ferry_results()).splitlines()
    wire = next(n for n, line in enumerate(lines) if "rewrite, uncredited: Coast Wire" in line)
    assert "├─ reprint, uncredited: Ferry Times" in lines[wire + 1]
    assert "└─ reprint: Island Post" in lines[wire + 2]
    assert lines[wire + 1].index("├") > lines[wire].index("└")


def test_a_document_that_no_origin_reaches_is_listed_apart() -> None:
    after = summary(ferry_results()).split("ORIGIN UNDETERMINED")[1]
    assert "Harbour Notes" in after.split("WITHOUT ANY STATEMENT")[0]


def test_a_document_that_rests_on_nothing_in_part_is_named_with_its_share() -> None:
    results = ferry_results()
    kept = tuple(g for g in results.traced.groundings if g.statement != "s-10")
    text = summary(replace(results, traced=replace(results.traced, groundings=kept)))
    assert "- Merrow Daily, “Above the turnstiles”, 2032-03-02: 1 of 4 statements" in text


def test_documents_that_draw_on_each_other_in_a_circle_still_appear_once() -> None:
    first, second = document("a", "One.", outlet="A"), document("b", "Two.", outlet="B")
    edges = tuple(
        Derivation(child=c, parent=p, how="rewrite", credited=False, confidence=0.5, evidence=())
        for c, p in (("d-a", "d-b"), ("d-b", "d-a"))
    )
    circle = replace(empty_results(), documents=(first, second))
    text = summary(replace(circle, traced=replace(circle.traced, derivations=edges)))
    assert text.count("A, “One.”") == 1
    assert text.count("rewrite, uncredited: B, “Two.”") == 1


def test_a_thousand_reprints_of_reprints_stay_readable() -> None:
    papers = [document(f"p{number:04}", "x", outlet=f"P{number}") for number in range(1000)]
    edges = tuple(
        Derivation(child=c.id, parent=p.id, how="reprint", credited=True, confidence=0.9, evidence=())
        for p, c in pairwise(papers)
    )
    chain = replace(empty_results(), documents=tuple(papers))
    text = summary(replace(chain, traced=replace(chain.traced, derivations=edges)), width=80)
    assert "P999" in text
    assert max(columns(line) for line in text.splitlines()) <= 80


def test_a_crowd_of_reprints_is_one_origin() -> None:
    text = summary(crowd(40))
    assert "41" not in text.splitlines()[2]
    assert text.count("reprint: Paper") == 40
    assert text.count("uncredited: Late Paper") == 1


def test_visible_keeps_what_languages_need() -> None:
    """Marks and joiners of ordinary Arabic, Persian and Hebrew stay; overrides do not."""
    assert visible("\u200f\u200d\u061c") == "\u200f\u200d\u061c"
    assert visible("\u202e\x9b") == "[U+202E][U+009B]"


def test_one_line_joins_lines() -> None:
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"


def test_wide_letters_take_two_columns() -> None:
    assert columns("港務局") == 6
    assert columns("e\u0301") == 1
    assert cut("港務局", 4) == "港…"
    assert wrap("港務局", 4) == ["港務", "局"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrap("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]
    assert wrap("", 10) == [""]
