"""How much text leads back to its bytes? `python -m bench.byte_map [--write]`.

Example files of every format, and the same in other encodings, with other line ends, with every sign beyond ASCII as a
reference, with soft hyphens, and damaged. A character counts as mapped where the bytes that its block names, taken by
themselves, show the block's text and hardly anything else. Formats that hide their bytes (packed, PDF) are named apart.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import quopri
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bench.mutations import examples, format_of, mutated
from bench.results import RESULTS, keep_section, measured_where
from firsthand.read import read
from firsthand.read.encoding import decode
from firsthand.records import Block, Capture, Circumstance, Document, PartlyRead, Refusal

HIDDEN = frozenset({"pdf", "docx", "warc.gz", "wacz", "warc"})
"""What is packed, or drawn; `pages.warc` of the examples keeps its pages in chunks, packed."""
TEXTS = frozenset({"html", "txt", "md", "xml", "eml", "json"})
DAMAGED = 600
SEED = 20
_MOST_OF_A_BLOCK = 2_000
"""A stretch that damage repeats a thousand times shall not outweigh all others."""
_MOST_ELSE = 0.5
"""Marks, notes and hidden text that stand among a block's words, as a share of them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table by format and by what was done to the files; exit with 1 under 99.9 percent."""
    parser = argparse.ArgumentParser(description="Measure how much text leads back to its bytes.")
    parser.add_argument("--damaged", type=int, default=DAMAGED, help="how many damaged files")
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    tally = measured(options.damaged)
    text = table(tally)
    print(text)
    if options.write:
        keep_section(RESULTS, "byte map", f"# Bytes of the text\n\n{measured_where('bench.byte_map')}\n\n{text}")
    return 0 if share(tally) >= 0.999 else 1


Tally = Mapping[tuple[str, str], Counter[str]]
"""By what was done and format: characters in all, mapped, and without a range."""


def measured(damaged: int = DAMAGED) -> Tally:
    """Every example in every variant, and so many damaged files."""
    files = examples()
    tally: dict[tuple[str, str], Counter[str]] = {}
    for done, name, content in [*_variants(files), *_damaged(files, damaged)]:
        counts = tally.setdefault((done, format_of(name)), Counter())
        for document in _documents(name, content):
            for block in document.blocks:
                size = min(block.end - block.start, _MOST_OF_A_BLOCK)
                counts["all"] += size
                counts["without"] += size if block.byte_start is None else 0
                counts["mapped"] += size if leads_back(document, block, content) else 0
    return tally


def _variants(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, bytes]]:
    for name, content in files.items():
        yield "as they are", name, content
        decoded = decode(content)
        if format_of(name) not in TEXTS or decoded is None or format_of(name) in ("eml", "json"):
            continue
        text = re.sub(r"(?i)(charset|encoding)(\s*=\s*[\"']?)[\w-]+", r"\1\2XX", decoded.text)
        for codec in ("cp1252", "utf-16", "koi8-r", "gb18030"):
            coded = text.replace("XX", codec).encode(codec, "xmlcharrefreplace" if "<" in text else "replace")
            yield f"in {codec}", name, coded
        yield "with CRLF", name, re.sub(rb"\r?\n", b"\r\n", content)
        if format_of(name) in ("html", "xml"):
            yield "with references", name, text.replace("XX", "utf-8").encode("ascii", "xmlcharrefreplace")
        yield "with soft hyphens", name, re.sub(r"(?<=[a-z]{4})(?=[a-z]{4} [a-z])", "\u00ad", decoded.text).encode()


def _damaged(files: Mapping[str, bytes], count: int) -> Iterator[tuple[str, str, bytes]]:
    texts = {name: content for name, content in files.items() if format_of(name) in TEXTS}
    for number in range(count):
        name, content = mutated(SEED, number, texts)
        yield "damaged", name, content


def _documents(name: str, content: bytes) -> tuple[Document, ...]:
    met = Circumstance(path=name, captured_at="2030-01-01T00:00:00Z", tool="bench")
    found = read(Capture(sha256=hashlib.sha256(content).hexdigest(), size_bytes=0, circumstances=(met,)), content)
    found = found.documents if isinstance(found, PartlyRead) else found
    return () if isinstance(found, Refusal) else found


def leads_back(document: Document, block: Block, content: bytes) -> bool:
    """Whether the bytes that a block names show its text, in order, and little else."""
    if block.byte_start is None or block.byte_end is None:
        return False
    held = content[block.byte_start : block.byte_end]
    wanted = _signs(document.text[block.start : block.end])
    return any(_shows(_signs(text), wanted) for text in _readings(held, content))


def _readings(held: bytes, content: bytes) -> Iterator[str]:
    """What some bytes may mean: in the file's encoding, or in its part's transfer encoding; without tags."""
    whole = decode(content)
    codecs = [whole.codec] if whole else []
    for raw in (held, quopri.decodestring(held)):
        for codec in (*codecs, "utf-8", "cp1252"):
            text = raw.decode(codec, "replace")
            for _ in range(3):  # escaped markup in markup
                yield text
                text = html.unescape(re.sub(r"<!--.*?(?:-->|$)|</?[a-zA-Z!][^<>]*(?:>|$)", " ", text, flags=re.DOTALL))
            yield text
            yield re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _signs(text: str) -> str:
    """Letters and digits alone."""
    return "".join(sign for sign in text if sign.isalnum())


def _shows(held: str, wanted: str) -> bool:
    if len(held) > (1 + _MOST_ELSE) * len(wanted) + 20:
        return False
    signs = iter(held)
    return all(sign in signs for sign in wanted)


def share(tally: Tally) -> float:
    """Share of the characters that are mapped, hidden formats left out."""
    shown = [counts for (_, kind), counts in tally.items() if kind not in HIDDEN]
    return sum(counts["mapped"] for counts in shown) / max(1, sum(counts["all"] for counts in shown))


def table(tally: Tally) -> str:
    """One line for each thing done to the files of a format."""
    lines = [
        f"{share(tally):.3%} of the characters lead back to their bytes, in formats that show them.",
        "",
        "| files | format | characters | mapped | no range |",
        "|---|---|---:|---:|---:|",
    ]
    for (done, kind), counts in sorted(tally.items()):
        total = max(1, counts["all"])
        mapped = "hidden" if kind in HIDDEN else f"{counts['mapped'] / total:.3%}"
        lines.append(f"| {done} | {kind} | {counts['all']:,} | {mapped} | {counts['without'] / total:.3%} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
