"""Does reading withstand damage? `python -m bench.fuzz_read [--inputs N] [--seed S] [--only NUMBER] [--write]`.

Example files of every format are damaged in N ways and read in worker processes with limits, as the engine reads. What
counts as a failure: a crash, thirty seconds of processor time, more memory than allowed, a fault of a reader's own, a
broken law. Each is printed with the numbers that make the same file again: `--seed S --only NUMBER` writes it to
standard output.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.mutations import examples, format_of, judged, mutated, no_statements
from bench.results import RESULTS, keep_section, measured_where
from firsthand.engine.stages import Stages, default_stages
from firsthand.engine.workers import Limits, Reading, read_captures
from firsthand.records import Capture, Circumstance

LIMITS = Limits(seconds=120.0, memory_bytes=1024**3)
MAX_CPU_S = 30.0
"""Of processor time, so that a busy machine fails nothing; the clock's limit is only there to end what hangs."""
MAX_RESIDENT_MB = 512
FAILURES = frozenset({"reader-crashed", "reader-failed", "too-slow", "out-of-memory"})


@dataclass(slots=True)
class Tally:
    """What the inputs came to."""

    by_format: dict[str, Counter[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def add(self, number: int, name: str, reading: Reading) -> None:
        """Counts one input."""
        assert reading.refusal is not None
        code = reading.refusal.code
        self.by_format.setdefault(format_of(name), Counter())[_outcome(code)] += 1
        broken = reading.refusal.remedy if code in ("read", "partly-read") else ""
        too_slow = code not in FAILURES and float(reading.refusal.reason) > MAX_CPU_S
        if code in FAILURES or broken or too_slow:
            said = broken or reading.refusal.reason
            self.failed.append(f"--only {number} ({name}): {code}, {said}")
        elif float(reading.refusal.reason) > self.slowest[0]:
            self.slowest = (float(reading.refusal.reason), f"--only {number} ({name})")


def _outcome(code: str) -> str:
    return code if code in ("read", "partly-read") or code in FAILURES else "refused"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read N damaged files; exit with 1 when one of them failed."""
    parser = argparse.ArgumentParser(description="Read damaged files of every format.")
    parser.add_argument("--inputs", type=int, default=10_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="other seeds make other files")
    parser.add_argument("--only", type=int, help="write this one file to standard output")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put the figures into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    files = examples()
    if options.only is not None:
        sys.stdout.buffer.write(mutated(options.seed, options.only, files)[1])
        return 0
    tally = fuzz(options.seed, options.inputs, files, options.workers)
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    text = table(tally, options.seed, options.inputs, peak_mb)
    print(text)
    for line in tally.failed:
        print(f"failed: --seed {options.seed} {line}")
    if options.write:
        where = measured_where(f"bench.fuzz_read --inputs {options.inputs} --seed {options.seed}")
        keep_section(RESULTS, "damaged files", f"# Damaged files\n\n{where}\n\n{text}")
    return 1 if tally.failed or peak_mb > MAX_RESIDENT_MB else 0


def fuzz(seed: int, inputs: int, files: Mapping[str, bytes], workers: int) -> Tally:
    """What the damaged files came to, each made when its turn comes."""
    own = default_stages()
    stages = Stages(read=judged, extract=no_statements, trace=own.trace, reconcile=own.reconcile)
    tally, captures = Tally(), [_capture(number) for number in range(inputs)]
    readings = read_captures(
        captures,
        lambda capture: mutated(seed, int(capture.path), files)[1],
        stages=stages,
        workers=workers,
        limits=LIMITS,
    )
    for number, reading in enumerate(readings):
        tally.add(number, mutated(seed, number, files)[0], reading)
        if sys.stderr.isatty():
            print(f"\r{number + 1:,} of {inputs:,}, {len(tally.failed)} failed", end="", file=sys.stderr)
    return tally


def _capture(number: int) -> Capture:
    met = Circumstance(path=str(number), captured_at="2030-01-01T00:00:00Z", tool="bench")
    return Capture(sha256=f"{number:064x}", size_bytes=0, circumstances=(met,))


def table(tally: Tally, seed: int, inputs: int, peak_mb: float) -> str:
    """The figures: outcomes by format, failures, the slowest input, memory."""
    names = ("read", "partly-read", "refused")
    lines = [f"| format | files | {' | '.join(names)} | failed |", "|---|---:|---:|---:|---:|---:|"]
    for kind, counts in sorted(tally.by_format.items()):
        failed = sum(counts[code] for code in FAILURES)
        lines.append(f"| {kind} | {counts.total()} | {' | '.join(str(counts[name]) for name in names)} | {failed} |")
    said = [
        f"{inputs:,} example files, damaged with seed {seed}: {len(tally.failed)} failed (a crash, thirty seconds of",
        "processor time, a fault of a reader's own, or a broken law).",
        f"The slowest took {tally.slowest[0]:.1f} s of it ({tally.slowest[1]});",
        f"no worker held more than {peak_mb:.0f} MB.",
        "",
    ]
    return "\n".join([*said, *lines]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
