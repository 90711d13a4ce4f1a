"""What does tracing cost as a case grows? `python -m bench.scale [--documents 100 1000 10000] [--write]`

Invented events (`bench.events`) with the statements in them given, so that tracing (derivations, origins, grounds) and
reconciling are measured alone; and the whole way from files, for the sizes named by `--files`. Each size runs in a
process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.events import tell
from bench.results import RESULTS, keep_section, measured_where
from firsthand.records import Document

SIZES = (100, 1000, 10_000)
FROM_FILES = (100, 1000)
Row = Mapping[str, float]
COLUMNS = (
    "documents", "statements", "trace s", "reconcile s", "together s", "ms a document", "peak MB",
    "from files s", "of it CPU s",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description="Measure what tracing costs as a case grows.")
    parser.add_argument("--documents", type=int, nargs="+", default=SIZES)
    parser.add_argument("--files", type=int, nargs="*", default=FROM_FILES, help="sizes also traced from files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", choices=("stages", "files"), help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    if options.one:
        measure = stages if options.one == "stages" else from_files
        print(json.dumps(measure(options.documents[0], options.seed)))
        return 0
    rows = []
    for count in options.documents:
        row = _alone("stages", count, options.seed)
        if count in options.files:
            row = {**row, **_alone("files", count, options.seed)}
        rows.append(row)
        print(_line(row), file=sys.stderr)
    text = written(rows)
    print(text)
    if options.write:
        keep_section(RESULTS, "scale", f"# Scale\n\n{measured_where('bench.scale')}\n\n{NOTE}\n{text}")
    return 0


NOTE = (
    "Seconds of processor time of one process on invented events, statements given. `from files` is the wall clock of\n"
    "`firsthand trace` with its default workers, reading and extraction included, on the machine named above with\n"
    "whatever else ran there; beside it, the processor time of all its processes.\n"
)


def _alone(what: str, count: int, seed: int) -> Row:
    command = [sys.executable, "-m", "bench.scale", "--one", what, "--documents", str(count), "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    row: Row = json.loads(done.stdout)
    return row


def stages(count: int, seed: int) -> Row:
    """Seconds of each stage over `count` documents, and the most memory that the process held."""
    from firsthand.reconcile import reconcile
    from firsthand.trace import trace

    told = tell(count, seed)
    began = time.process_time()
    traced = trace(told.documents, told.statements)
    between = time.process_time()
    reconcile(told.documents, told.statements, traced)
    ended = time.process_time()
    return {
        "documents": count,
        "statements": len(told.statements),
        "trace s": between - began,
        "reconcile s": ended - between,
        "together s": ended - began,
        "ms a document": 1000 * (ended - began) / count,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def from_files(count: int, seed: int) -> Row:
    """Seconds of `firsthand trace` over `count` pages, the start of the program left out; of all its processes."""
    from firsthand.engine.tracing import trace_paths

    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(tell(count, seed).documents):
            Path(folder, f"{number:06}.html").write_text(page(document), encoding="utf-8")
        began, began_cpu = time.perf_counter(), sum(os.times()[:4])
        trace_paths([folder], now="2035-01-01T00:00:00Z")
        waited, spent = time.perf_counter() - began, sum(os.times()[:4]) - began_cpu
        return {"from files s": waited, "of it CPU s": spent}


def page(document: Document) -> str:
    """The document as a plain web page that says its outlet and date."""
    head = {"og:site_name": document.outlet, "article:published_time": document.published}
    meta = "".join(f'<meta property="{key}" content="{html.escape(value or "")}">' for key, value in head.items())
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in document.text.split("\n\n"))
    title = html.escape(document.title or "")
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{meta}</head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def written(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    head = "| " + " | ".join(COLUMNS) + " |"
    return "\n".join([head, "|" + "---:|" * len(COLUMNS), *map(_line, rows)]) + "\n"


def _line(row: Row) -> str:
    shown = ["–" if column not in row else _figure(column, row[column]) for column in COLUMNS]
    return "| " + " | ".join(shown) + " |"


def _figure(column: str, value: float) -> str:
    return f"{value:,.0f}" if column in ("documents", "statements", "peak MB") else f"{value:.1f}"


if __name__ == "__main__":
    sys.exit(main())
