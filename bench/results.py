"""Where figures are kept: `bench/RESULTS.md`, one section a bench, each saying where it was measured."""

from __future__ import annotations

import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"


def measured_where(command: str) -> str:
    """The line that says which command wrote figures, at which commit, on what machine, and when."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=True
    )
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return (
        f"Written by `python -m {command} --write` at commit {commit.stdout.strip()}, on {machine}, "
        f"{datetime.now(UTC):%Y-%m-%d}."
    )


def keep_section(path: Path, name: str, text: str) -> None:
    """Put `text` in the file as its section `name`, between two markers, and leave other sections as they are."""
    opening, closing = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    start, end = before.find(opening), before.find(closing)
    head, tail = (before[:start], before[end + len(closing) :]) if 0 <= start < end else (before, "")
    path.write_text(f"{head}{opening}{text}{closing}{tail}", encoding="utf-8")
