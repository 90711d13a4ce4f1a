"""How long does extraction take? `python -m bench.extraction [FOLDER] [--characters 1000000] [--write]`

Article text from the project's own story families (`train/prose`, `bench/families`), all of it about surveillance, so
that nothing is put aside early. Where they do not suffice they come again under other names: in every name the vowels
are turned on by one, so that no word form of a name that was met before comes back. With FOLDER, the `*.txt` files in
it (blank lines between paragraphs) make a second kind of text, that of any news; and all of the families' text as one
document makes a third. No other tool does the same work, so no peer stands beside it.

Each kind runs in a process of its own on one core, as in a worker of `firsthand trace`. Start-up is the wall clock from
the start of a Python process to the statements of its first, short document.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.results import HERE, RESULTS, keep_section, measured_where
from firsthand.records import Document

FAMILIES = (HERE.parent / "train" / "prose", HERE / "families")
KINDS = ("own families", "one document", "texts of a folder")
COLUMNS = ("text", "documents", "characters", "statements", "CPU s", "CPU s a million", "peak MB", "start-up s")
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
Row = Mapping[str, float | str]
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_TURN = str.maketrans("aeiou", "eioua")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each kind of text."""
    parser = argparse.ArgumentParser(description="Measure the speed of extraction.")
    parser.add_argument("folder", nargs="?", type=Path, help="a folder with articles in files *.txt")
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    parser.add_argument("--one", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(row(options.one, options.characters, options.folder)))
        return 0
    rows = []
    for kind in KINDS if options.folder else KINDS[:2]:
        command = [sys.executable, "-m", "bench.extraction", "--one", kind, "--characters", str(options.characters)]
        command += [str(options.folder)] if options.folder else []
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, **ONE_CORE})
        rows.append({**json.loads(done.stdout), "start-up s": start_up()})
        print(_line(rows[-1]), file=sys.stderr)
    text = written(rows)
    print(text)
    if options.write:
        where = measured_where("bench.extraction" + (" FOLDER" if options.folder else ""))
        load = f"The machine's load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the end of it."
        keep_section(RESULTS, "extraction", f"# Extraction speed\n\n{where}\n{load}\n\n{text}")
    return 0


def row(kind: str, characters: int, folder: Path | None) -> Row:
    """What extraction of so much text of a kind costs; reading the texts is left out."""
    from firsthand.extract import extract

    texts = list(
        _up_to(characters, turned(own_texts()) if folder is None or kind != KINDS[2] else iter(_files(folder)))
    )
    documents = _documents(["\n\n".join(texts)] if kind == KINDS[1] else texts)
    began = time.process_time()
    found = sum(len(extract(document)) for document in documents)
    spent_s = time.process_time() - began
    size = sum(len(document.text) for document in documents)
    return {
        "text": kind,
        "documents": len(documents),
        "characters": size,
        "statements": found,
        "CPU s": spent_s,
        "CPU s a million": spent_s / size * 1_000_000,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def own_texts() -> list[str]:
    """The texts of the project's families, as they are read."""
    from firsthand.preserve import seal
    from firsthand.read import read
    from firsthand.records import Circumstance, Refusal

    texts = []
    for path in sorted(path for folder in FAMILIES for path in folder.glob("*/docs/*") if path.is_file()):
        content = path.read_bytes()
        given = Circumstance(path=path.name, captured_at="2035-01-01T00:00:00Z", tool="bench")
        found = read(seal(content, given), content)
        if isinstance(found, tuple):
            texts += [document.text for document in found]
        elif not isinstance(found, Refusal):
            texts += [document.text for document in found.documents]
    return texts


def turned(texts: Sequence[str]) -> Iterator[str]:
    """The texts, then again and again under other names; five times, after which names would come back."""
    plain = {word for text in texts for word in re.findall(r"\b[a-z]{4,}\b", text)}

    def turn(match: re.Match[str]) -> str:
        return match.group() if match.group().lower() in plain else match.group().translate(_TURN)

    for _ in range(len("aeiou")):
        yield from texts
        texts = [_NAME.sub(turn, text) for text in texts]


def _files(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]


def _up_to(characters: int, texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        if characters <= 0:
            return
        yield text[:characters]
        characters -= len(text)


def _documents(texts: Sequence[str]) -> list[Document]:
    return [
        Document(
            id=f"d-{number}", sha256="0" * 64, part=0, path=f"{number}.txt", text=text, outlet=f"Post {number % 40}",
            published="2031-05-14", language="en",
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip


def start_up() -> float:
    """Seconds until a new process has the statements of a short document; the median of three."""
    text = "The ministry bought 40 face-recognition cameras from Qu Optics, the mayor said on Monday."
    code = (
        "from firsthand.extract import extract; from firsthand.records import Document; "
        f"assert extract(Document(id='d', sha256='0', part=0, path='p', text={text!r}))"
    )
    waits = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, **ONE_CORE})
        waits.append(time.perf_counter() - began)
    return sorted(waits)[1]


def written(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    head = "| " + " | ".join(COLUMNS) + " |"
    return "\n".join([head, "|---|" + "---:|" * (len(COLUMNS) - 1), *map(_line, rows)]) + "\n"


def _line(found: Row) -> str:
    return "| " + " | ".join(_cell(column, found[column]) for column in COLUMNS) + " |"


def _cell(column: str, value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.1f}" if " s" in column else f"{value:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
