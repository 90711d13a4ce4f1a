"""A native library that hangs, eats memory or dies costs one file, never the batch, and what was captured is kept."""

from __future__ import annotations

import os
import time

import native_stages
import pytest
from read_cases import capture_of, make_pdf
from store_cases import NOW, quick_folder

from firsthand.engine import case
from firsthand.engine.stages import Stages
from firsthand.engine.workers import Limits, Reading, read_captures

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX systems can limit a process's memory")

LINES = [
    (72, 760 - 14 * row, 11, f"The harbour office bought camera {row} and its clerk said so on Monday.")
    for row in range(9)
]
GOOD = make_pdf([LINES])
PARAGRAPHS = "".join(
    f"<p>The council of the lower harbour bought {number} cameras, its clerk said on Monday.</p>" for number in range(8)
)
LINKS = "".join(f"<li><a href='/{number}'>Quay {number}</a></li>" for number in range(30))
PAGE = f"<html><body><nav><ul>{LINKS}</ul></nav><article>{PARAGRAPHS}</article></body></html>"
LIMITS = Limits(seconds=4, memory_bytes=768 * 1024 * 1024)


def readings(contents: dict[str, bytes], stages: Stages) -> dict[str, Reading]:
    captures = {path: capture_of(content, path) for path, content in contents.items()}
    bytes_of = {captures[path].sha256: content for path, content in contents.items()}
    found = read_captures(
        list(captures.values()), lambda each: bytes_of[each.sha256], stages=stages, workers=1, limits=LIMITS
    )
    return {each.capture.path: each for each in found}


@pytest.mark.parametrize(
    ("act", "code"), [("native-hang", "too-slow"), ("native-eat", "reader-crashed"), ("native-die", "reader-crashed")]
)
def test_a_native_parser_out_of_hand_is_stopped_and_the_batch_goes_on(act: str, code: str) -> None:
    started_s = time.monotonic()
    found = readings(
        {"before.pdf": GOOD, "trap.pdf": make_pdf([LINES], Title=act), "after.pdf": GOOD + b"\n"},
        native_stages.BAD_PDFIUM,
    )
    refusal = found["trap.pdf"].refusal
    assert refusal is not None
    assert (refusal.code, refusal.path) == (code, "trap.pdf")
    assert refusal.remedy
    assert all("camera 3" in found[path].documents[0].text for path in ("before.pdf", "after.pdf"))
    assert time.monotonic() - started_s < 25


def test_what_a_native_parser_was_stopped_over_stays_in_the_case_byte_for_byte() -> None:
    trap = make_pdf([LINES], Title="native-die")
    with quick_folder() as folder:
        (folder / "trap.pdf").write_bytes(trap)
        (folder / "good.pdf").write_bytes(GOOD)
        case.init(folder / "case", now=NOW)
        case.add(folder / "case", [str(folder / "trap.pdf"), str(folder / "good.pdf")], now=NOW)
        ran = case.run(folder / "case", stages=native_stages.BAD_PDFIUM, workers=1)
        assert [refusal.code for refusal in ran.refused] == ["reader-crashed"]
        assert len(case.documents(folder / "case")) == 1
        (kept,) = [each for each in case.captures(folder / "case") if each.path.endswith("trap.pdf")]
        assert case.sealed_bytes(folder / "case", kept.sha256) == trap


@pytest.mark.parametrize("act", ["native-hang", "native-eat", "native-die"])
def test_a_second_opinion_out_of_hand_costs_the_opinion_and_not_the_page(act: str) -> None:
    found = readings(
        {"trap.html": PAGE.replace("<article>", f"<article><!-- {act} -->").encode(), "after.html": PAGE.encode()},
        native_stages.BAD_OPINION,
    )
    (document,) = found["trap.html"].documents
    assert "7 cameras" in document.text
    assert any("standard mode" in warning for warning in document.warnings)
    assert "trafilatura" not in document.method
    (heard,) = found["after.html"].documents
    assert "trafilatura" in heard.method
    assert not any("standard mode" in warning for warning in heard.warnings)
