"""What the command line writes: exit codes, columns, no control codes, colour only where it is wanted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from firsthand.cli import main, screen
from firsthand.records import Refusal

HEAVY = {"lxml", "trafilatura", "sqlite3", "numpy", "yaml", "jinja2", "rich", "rapidfuzz", "nacl", "rfc8785", "asyncio"}


def refusal(code: str) -> Refusal:
    return Refusal(path="p", code=code, reason="r.", remedy="m.")


@pytest.mark.parametrize(
    ("used", "codes", "expected"),
    [
        (2, [], 0),
        (0, [], 0),
        (1, ["empty"], 5),
        (0, ["empty"], 1),
        (0, ["not-found"], 3),
        (0, ["not-found", "empty"], 1),
    ],
)
def test_a_batch_exits_by_what_was_refused(used: int, codes: list[str], expected: int) -> None:
    assert screen.batch_exit(used, [refusal(code) for code in codes]) == expected


@pytest.mark.parametrize("control", ["\x1b", "\x07", "\r", "\x9b", "\u202e", "\u2066"])
def test_control_characters_are_shown_not_sent(control: str) -> None:
    assert control not in screen.cleaned(f"a{control}b")
    assert screen.cleaned(f"a{control}b").startswith("a\\u")


def test_text_in_any_script_is_left_as_it_is() -> None:
    text = "Škoda\tمراقبة 监控\nline"
    assert screen.cleaned(text) == text


def test_help_imports_nothing_heavy() -> None:
    """`firsthand --help` must answer at once, so it may not load what reading or a case needs."""
    program = (
        "import sys, json\n"
        "from firsthand.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    loaded = set(json.loads(done.stderr))
    assert not {name for name in loaded if name.split(".")[0] in HEAVY}
    assert not {name for name in loaded if name.startswith(("firsthand.engine", "firsthand.store", "firsthand.read"))}


def test_every_command_explains_itself_with_an_example() -> None:
    runner = CliRunner()
    for name in main.commands:
        said = runner.invoke(main, [name, "--help"]).output
        assert "Example" in said, name
        assert f"firsthand {name}" in said, name


def test_a_mistyped_command_is_misuse() -> None:
    assert CliRunner().invoke(main, ["tarce"]).exit_code == 2
    assert CliRunner().invoke(main, ["trace"]).exit_code == 2


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.startswith("firsthand ")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.html"
    out.write_bytes(b"old")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SystemExit) as ended:
        screen.write_file(out, b"new")
    assert ended.value.code == 1
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_refusal_of_the_computer_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, a folder without permission and their like are expected faults: no traceback."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/cases/one/index.sqlite")

    monkeypatch.setattr("firsthand.engine.tracing.trace_paths", full)
    done = CliRunner().invoke(main, ["trace", "x"])
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: /cases/one/index.sqlite: No space left on device. ")
