"""How well is main text found? `python -m bench.reading CHECKOUT [--write]`, with trafilatura beside it if installed.

CHECKOUT is a checkout of scrapinghub/article-extraction-benchmark (MIT): 181 real pages with hand-made article bodies,
scored as its `evaluate.py` does, over shingles of four words. Memory is the peak of the process after each method, so
the first one's figure is its own.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.results import RESULTS, keep_section, measured_where
from firsthand.read import read
from firsthand.records import Capture, Circumstance, PartlyRead, Refusal

Method = Callable[[str, bytes], str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table of our reading and, where it is installed, trafilatura's."""
    parser = argparse.ArgumentParser(description="Score main text over real pages.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    scorer = _scorer(options.checkout)
    methods: dict[str, Method] = {"firsthand": ours}
    if importlib.util.find_spec("trafilatura") is None:
        print("trafilatura is not installed: pip install trafilatura puts it beside us.", file=sys.stderr)
    else:
        trafilatura = importlib.import_module("trafilatura")
        for name, fast in (("trafilatura", False), ("trafilatura, fast", True)):
            methods[f"{name} {trafilatura.__version__}"] = _trafilatura(trafilatura, fast=fast)
    text = table(methods, list(pages(options.checkout)), scorer)
    print(text)
    if options.write:
        keep_section(RESULTS, "reading", f"# Reading\n\n{measured_where('bench.reading CHECKOUT')}\n\n{text}")
    return 0


def pages(checkout: Path) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and true article body of each page, in the order of names."""
    truth = json.loads((checkout / "ground-truth.json").read_text(encoding="utf-8"))
    for name in sorted(truth):
        yield name, gzip.decompress((checkout / "html" / f"{name}.html.gz").read_bytes()), truth[name]["articleBody"]


def table(methods: dict[str, Method], given: Sequence[tuple[str, bytes, str]], scorer: Any) -> str:
    """One line a method: F1, precision, recall, seconds of processor time, peak memory so far."""
    lines = ["| method | F1 | precision | recall | CPU s | peak MB |", "|---|---:|---:|---:|---:|---:|"]
    for name, method in methods.items():
        started_s = time.process_time()
        counts = [scorer.string_shingle_matching(body, method(page, content)) for page, content, body in given]
        spent_s = time.process_time() - started_s
        scores = scorer.metrics_from_tp_fp_fns(counts)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures = " | ".join(f"{scores[column]:.3f}" for column in ("f1", "precision", "recall"))
        lines.append(f"| {name} | {figures} | {spent_s:.1f} | {peak_mb:.0f} |")
    return "\n".join(lines) + "\n"


def ours(name: str, content: bytes) -> str:
    """The text of all documents in a page; nothing where it is refused."""
    circumstance = Circumstance(path=f"{name}.html", captured_at="2030-01-01T00:00:00Z", tool="bench")
    capture = Capture(
        sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content), circumstances=(circumstance,)
    )
    found = read(capture, content)
    found = found.documents if isinstance(found, PartlyRead) else found
    return "" if isinstance(found, Refusal) else "\n\n".join(document.text for document in found)


def _trafilatura(module: Any, *, fast: bool) -> Method:
    def extract(_: str, content: bytes) -> str:
        return module.extract(content, include_comments=False, fast=fast) or ""

    return extract


def _scorer(checkout: Path) -> Any:
    spec = importlib.util.spec_from_file_location("article_extraction_evaluate", checkout / "evaluate.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{checkout} holds no evaluate.py; it is no checkout of article-extraction-benchmark.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
