"""What people see on a terminal, and what scripts never see."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from saved_pages import save

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)
import pty


def on_a_terminal(*words: str, cwd: Path, **environment: str) -> str:
    """What `firsthand WORDS` writes to a stderr that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "firsthand", *words],
        cwd=cwd,
        env={**{name: value for name, value in os.environ.items() if name != "NO_COLOR"}, **environment},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 4096):
                said += piece
        except OSError:
            pass  # how Linux says that the other end was closed
        process.wait(timeout=60)
    os.close(ours)
    return said.decode()


def test_progress_shows_on_a_terminal_and_is_wiped_at_the_end(tmp_path: Path) -> None:
    save(tmp_path / "pages")
    said = on_a_terminal("trace", "pages", "--workers", "1", cwd=tmp_path)
    assert "Reading 1/6 pages/" in said
    assert "Reading 6/6 pages/" in said
    assert said.endswith("\r\x1b[K")


def test_messages_are_coloured_on_a_terminal_unless_no_color_is_set(tmp_path: Path) -> None:
    words = ("--case", "nowhere", "status")
    assert "\x1b[31m" in on_a_terminal(*words, cwd=tmp_path)
    assert "\x1b" not in on_a_terminal(*words, cwd=tmp_path, NO_COLOR="1")
