"""Are two names of one body or person taken for one? `python -m bench.names CASES [--write]`

CASES is `contrib/name_bench/cases.csv` of opensanctions/nomenklatura (MIT): pairs of names of people, bodies, ships and
things, each marked as one or two. `same_name` decides, and beside it, in the same run, the weighted ratio of rapidfuzz
at 86, a usual choice for names. The project links names of bodies of one case, where calling two bodies one does more
harm than leaving one apart, so precision comes first; it links no private persons at all.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from rapidfuzz import fuzz, utils

from bench.results import RESULTS, keep_section, measured_where
from firsthand.knowledge.names import same_name

Case: TypeAlias = tuple[str, str, str, bool]
"""Kind, the two names, and whether they are one."""
RATIO = 86
BODIES = frozenset({"Organization", "Company", "LegalEntity", "PublicBody"})
GROUPS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("bodies", lambda kind: kind in BODIES),
    ("people", lambda kind: kind == "Person"),
    ("all", lambda kind: bool(kind)),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each method and group of cases."""
    parser = argparse.ArgumentParser(description="Score the comparison of names.")
    parser.add_argument("cases", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    text = table(read(options.cases))
    print(text)
    if options.write:
        keep_section(RESULTS, "names", f"# Names\n\n{measured_where('bench.names CASES')}\n\n{text}")
    return 0


def read(path: Path) -> list[Case]:
    """The pairs of the file."""
    with path.open(encoding="utf-8", newline="") as rows:
        return [(row["schema"], row["name1"], row["name2"], row["is_match"] == "true") for row in csv.DictReader(rows)]


def ours(a: str, b: str) -> bool:
    """Whether a reason is known why the two are one."""
    return same_name(a, b) is not None


def by_ratio(a: str, b: str) -> bool:
    """Whether rapidfuzz finds the two alike enough."""
    return fuzz.WRatio(a, b, processor=utils.default_process) >= RATIO


def table(cases: Sequence[Case]) -> str:
    """Precision, recall and F1 of each method over each group, and microseconds a pair."""
    lines = ["| method | cases | pairs | precision | recall | F1 | µs a pair |", "|---|---|---:|---:|---:|---:|---:|"]
    for name, method in (("firsthand", ours), (f"rapidfuzz, weighted ratio ≥ {RATIO}", by_ratio)):
        for group, belongs in GROUPS:
            some = [case for case in cases if belongs(case[0])]
            began = time.process_time()
            answers = [method(a, b) for _, a, b, _ in some]
            spent_us = (time.process_time() - began) * 1e6 / max(1, len(some))
            scores = " | ".join(f"{value:.3f}" for value in scored(answers, [case[3] for case in some]))
            lines.append(f"| {name} | {group} | {len(some)} | {scores} | {spent_us:.0f} |")
    return "\n".join(lines) + "\n"


def scored(answers: Iterable[bool], truth: Iterable[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of saying that two names are one."""
    pairs = list(zip(answers, truth, strict=True))
    right = sum(answer and wanted for answer, wanted in pairs)
    precision = right / max(1, sum(answer for answer, _ in pairs))
    recall = right / max(1, sum(wanted for _, wanted in pairs))
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


if __name__ == "__main__":
    sys.exit(main())
