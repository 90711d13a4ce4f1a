"""How well is main text found? `python -m bench.reading FOLDER [--write]`, with other extractors in the same run.

FOLDER holds checkouts of the sets that `bench.reading_sets` names. Every method reads every page in a process of its
own, one page at a time, so that processor time and peak memory are its own; peers that are not installed are named and
left out. Each set is scored as its makers score it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.reading_facts import fact_scores, firsthand_facts, trafilatura_facts
from bench.reading_peers import OURS, PEERS, installed
from bench.reading_sets import PageSet, load_sets
from bench.results import RESULTS, keep_section, measured_where

_LEAST_WORDS = 5
"""Shorter lines may stand twice without being a repeated paragraph."""
_FACTS = {"firsthand": lambda: firsthand_facts, "trafilatura": trafilatura_facts}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table of our reading and of every peer that is installed."""
    parser = argparse.ArgumentParser(description="Score main text over real pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    parser.add_argument("--only", action="append", metavar="NAME", help="only this method; may be given several times")
    parser.add_argument("--method", help="only this one, as a line of JSON")
    options = parser.parse_args(arguments)
    methods = {name: each for name, each in (OURS | PEERS).items() if not options.only or name in options.only}
    if options.method:
        print(json.dumps(measured(options.method, load_sets(options.folder))))
        return 0
    rows = []
    for name, (module, _) in methods.items():
        if installed(module):
            rows.append(_in_its_own_process(name, options.folder))
            print(f"{name}: measured", file=sys.stderr)
        else:
            print(f"{name}: {module} is not installed here and is left out", file=sys.stderr)
    text = table(rows)
    print(text)
    if options.write:
        keep_section(RESULTS, "reading", f"# Reading\n\n{measured_where('bench.reading FOLDER')}\n\n{text}")
    return 0


def measured(name: str, sets: Sequence[PageSet]) -> dict[str, Any]:
    """Scores by set, pages a second of processor time, peak memory, repeated paragraphs and, where told, facts."""
    extract = (OURS | PEERS)[name][1]()
    found: dict[str, Any] = {"name": name, "scores": {}, "repeated": 0, "failed": 0}
    spent_s, count = 0.0, 0
    for each in sets:
        texts = []
        for page in each.pages:
            content = page.content
            started_s = time.process_time()
            try:
                text = extract(content)
            except Exception:  # noqa: BLE001 - a peer that fails on a page has found nothing there, and it is counted
                text, found["failed"] = "", found["failed"] + 1
            spent_s += time.process_time() - started_s
            found["repeated"] += _repeats(text)
            texts.append(text)
        count += len(each.pages)
        found["scores"][each.name] = each.score(texts, each.pages)
    found["pages_s"] = count / spent_s
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if name in _FACTS:
        told = [each for each in sets if each.name == "fundus"]
        found["facts"] = fact_scores(_FACTS[name](), told[0].pages) if told else {}
    return found


def table(rows: Sequence[dict[str, Any]]) -> str:
    """F1 by set with the mean, speed, memory and repeated paragraphs, a line a method; below it the facts."""
    names = list(rows[0]["scores"])
    lines = [
        f"| method | {' | '.join(names)} | mean F1 | pages / CPU s | peak MB | repeated | failed |",
        "|---|" + "---:|" * (len(names) + 5),
    ]
    for row in rows:
        scores = [row["scores"][name][0] for name in names]
        cells = [*(f"{score:.4f}" for score in scores), f"{sum(scores) / len(scores):.4f}", f"{row['pages_s']:.1f}"]
        lines.append(
            f"| {row['name']} | {' | '.join(cells)} | {row['peak_mb']:.0f} | {row['repeated']} | {row['failed']} |"
        )
    lines += [
        "",
        "Facts right on the pages of fundus:",
        "",
        "| method | date | title | authors |",
        "|---|---:|---:|---:|",
    ]
    for row in rows:
        if row.get("facts"):
            lines.append(f"| {row['name']} | " + " | ".join(f"{value:.3f}" for value in row["facts"].values()) + " |")
    return "\n".join(lines) + "\n"


def _in_its_own_process(name: str, folder: Path) -> Any:
    command = [sys.executable, "-m", "bench.reading", str(folder), "--method", name]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ended.stdout.splitlines()[-1])


def _repeats(text: str) -> int:
    """Paragraphs that stand in the text a second time."""
    lines = [line.strip() for line in text.split("\n")]
    long = [line for line in lines if len(line.split()) >= _LEAST_WORDS]
    return len(long) - len(set(long))


if __name__ == "__main__":
    sys.exit(main())
