"""How fast are web archives read? `python -m bench.warc_reading PAGES [--write]`, with FastWARC and warcio beside it.

PAGES is a folder with saved pages (a checkout of scrapinghub/article-extraction-benchmark, say): each becomes a
response record with a request and a metadata record, as crawlers write them. Every reader walks all records and takes
each block out; nothing more. The best of five runs counts, in records a second of processor time.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import importlib.util
import io
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.results import RESULTS, keep_section, measured_where
from firsthand.read.packed import Budget
from firsthand.read.warc_records import WarcRecord, warc_records

RUNS = 5
MAX_PAGES = 600
ENDINGS = (".html", ".html.gz", ".htm")
Walk = Callable[[bytes], tuple[int, int]]
"""Records of an archive, and the bytes of their blocks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table of our reading and that of the libraries that are installed."""
    parser = argparse.ArgumentParser(description="Walk a web archive with several readers.")
    parser.add_argument("pages", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    walks: dict[str, Walk] = {"firsthand": ours}
    for name, walk in (("fastwarc", _fastwarc), ("warcio", _warcio)):
        if importlib.util.find_spec(name) is None:
            print(f"{name} is not installed: pip install {name} puts it beside us.", file=sys.stderr)
        else:
            walks[f"{name} {_version(name)}"] = walk
    pages = saved_pages(options.pages)
    text = "\n".join(
        f"{title}, {len(pages):,} pages, {len(content) / 1e6:.1f} MB:\n\n{table(walks, content)}"
        for title, content in (("Packed record by record", archive(pages, packed=True)), ("Not packed", archive(pages)))
    )
    print(text)
    if options.write:
        where = measured_where("bench.warc_reading PAGES")
        keep_section(RESULTS, "web archives", f"# Web archives\n\n{where}\n\n{text}")
    return 0


def saved_pages(folder: Path) -> list[bytes]:
    """The pages of a folder, in the order of their names."""
    files = sorted(path for path in folder.rglob("*") if path.name.endswith(ENDINGS))[:MAX_PAGES]
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files]


def archive(pages: Sequence[bytes], *, packed: bool = False) -> bytes:
    """A web archive of the pages: request, response and metadata for each."""
    records = []
    for number, page in enumerate(pages):
        address = f"https://post.example/{number}"
        records += [
            _record("request", address, "application/http; msgtype=request", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            _record(
                "response",
                address,
                "application/http; msgtype=response",
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page,
            ),
            _record("metadata", address, "application/warc-fields", b"fetchTimeMs: 12\r\n"),
        ]
    return b"".join(gzip.compress(record, 6, mtime=0) for record in records) if packed else b"".join(records)


def _record(kind: str, address: str, content_type: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2031-02-03T04:05:06Z\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def table(walks: dict[str, Walk], content: bytes) -> str:
    """One line a reader: records, records a second of processor time, and how many times the fastest's time it takes.

    Raises `AssertionError` where two readers find different records.
    """
    found: dict[str, tuple[int, int]] = {}
    spent_s: dict[str, float] = dict.fromkeys(walks, float("inf"))
    for _ in range(RUNS):
        for name, walk in walks.items():
            started_s = time.process_time()
            found[name] = walk(content)
            spent_s[name] = min(spent_s[name], time.process_time() - started_s)
    assert len(set(found.values())) == 1, found
    fastest_s = min(spent_s.values())
    lines = ["| reader | records | records/CPU s | times the fastest |", "|---|---:|---:|---:|"]
    for name, (records, _) in found.items():
        rate, times = records / spent_s[name], spent_s[name] / fastest_s
        lines.append(f"| {name} | {records:,} | {rate:,.0f} | {times:.2f} |")
    return "\n".join(lines) + "\n"


def ours(content: bytes) -> tuple[int, int]:
    """Our own reader, with its limits and its reports of damage."""
    found = warc_records(content, Budget(left_bytes=1 << 40))
    blocks = [len(item.block or b"") for item in found if isinstance(item, WarcRecord)]
    return len(blocks), sum(blocks)


def _fastwarc(content: bytes) -> tuple[int, int]:
    reader = importlib.import_module("fastwarc.warc")
    blocks = [len(record.reader.read()) for record in reader.ArchiveIterator(io.BytesIO(content), parse_http=False)]
    return len(blocks), sum(blocks)


def _warcio(content: bytes) -> tuple[int, int]:
    reader = importlib.import_module("warcio.archiveiterator")
    found = reader.ArchiveIterator(io.BytesIO(content), no_record_parse=True)
    blocks = [len(record.raw_stream.read()) for record in found]
    return len(blocks), sum(blocks)


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


if __name__ == "__main__":
    sys.exit(main())
