"""What the README tells a reader to type works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]


def test_the_two_set_up_commands_are_targets_of_the_makefile() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    typed = [line.removeprefix("make ") for line in TYPED if line.startswith("make ")]
    assert typed == ["demo", "test"]
    assert set(typed) <= set(targets)


@pytest.mark.parametrize("line", [line for line in TYPED if "firsthand trace" in line])
def test_a_trace_command_of_the_readme_runs(line: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "brannik-trams" / "pages", tmp_path / "saved-pages")
    words = shlex.split(line)
    done = subprocess.run(
        [sys.executable, "-m", "firsthand", *words[1:]], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    if "--html" in words:
        assert (tmp_path / words[words.index("--html") + 1]).read_bytes().lower().startswith(b"<!doctype html>")
    else:
        assert done.stdout


def test_every_page_the_readme_links_to_is_there() -> None:
    for page in re.findall(r"\]\(([^)#]+)", README):
        assert (ROOT / page).exists(), page


def test_every_command_the_readme_names_exists() -> None:
    named = re.search(r"A case remembers: (.*?)\. \[docs", README, re.DOTALL)
    assert named is not None
    helped = subprocess.run(
        [sys.executable, "-m", "firsthand", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in re.findall(r"`(?:firsthand )?(\w+)`", named[1]):
        assert re.search(rf"^\s+{command}\b", helped, re.MULTILINE), command
