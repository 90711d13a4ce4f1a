"""How the command line speaks: results on stdout, everything else on stderr, never a control code from a page."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from firsthand.records import Refusal, Results


class Exit(IntEnum):
    """Exit codes, for scripts."""

    DONE = 0
    FAILED = 1
    MISUSED = 2
    NOT_FOUND = 3
    NOT_VERIFIED = 4
    PARTLY_DONE = 5


# Titles and file names come from hostile pages. C0 and C1 controls could drive the terminal, and the bidirectional
# controls could make a line read as another; all are shown as escapes. Tab and line feed stay.
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ESCAPED = {code: f"\\u{code:04x}" for code in _CONTROLS if chr(code) not in "\t\n"}


def cleaned(text: str) -> str:
    r"""`text` with control characters made visible.

    >>> cleaned("safe \x1b[2J unsafe")
    'safe \\u001b[2J unsafe'
    """
    return text.translate(_ESCAPED)


def say(text: str) -> None:
    """Writes a result for people to stdout."""
    click.echo(cleaned(text))


def width() -> int:
    """Columns for running text: the terminal's, up to a length that reads well; a fixed number when piped."""
    return min(shutil.get_terminal_size().columns, 110) if sys.stdout.isatty() else 96


def say_json(value: Any) -> None:
    """Writes a JSON result to stdout, in UTF-8 and indented."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(cleaned(text).encode("utf-8", "backslashreplace"))  # both escape as JSON does


def show_results(results: Results, *, as_json: bool, html: Path | None) -> None:
    """Results as a summary or as the results contract on stdout, and as a dossier in a file if one is named."""
    from firsthand import publish

    if html is not None:
        write_file(html, publish.dossier_html(results))
    if as_json:
        click.echo(publish.results_json(results).rstrip(b"\n"))
        note_refusals(results.refused)
    else:
        say(publish.summary(results, width=width()).rstrip())


def plain(record: object) -> dict[str, Any]:
    """A record as JSON values."""
    from firsthand.store.serial import to_json

    return dict(to_json(record))


def fields(entry: Mapping[str, Any], margin: str = "") -> str:
    """A record as lines of `name: value`, without what is empty; what is inside it stands further in.

    >>> print(fields({"id": "o-1", "aliases": [], "evidence": [{"kind": "cue", "text": "said"}]}))
    id: o-1
    evidence:
      - kind: cue
        text: said
    """
    lines = []
    for name, value in entry.items():
        if value in (None, "", [], {}):
            continue
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            items = [fields(item, f"{margin}    ") for item in value]
            lines += [f"{margin}{name}:", *(f"{margin}  - {item.lstrip()}" for item in items)]
        elif isinstance(value, dict):
            lines.append(f"{margin}{name}: " + ", ".join(f"{key} {inner}" for key, inner in value.items()))
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            lines.append(f"{margin}{name}: " + shown.replace("\n", f"\n{margin}  "))
    return "\n".join(lines)


def write_file(path: Path, content: bytes) -> None:
    """Writes a file the user asked for, whole or not at all; ends the command when that cannot be done."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # /dev/stdout and its like
        else:
            _write_whole(path, content)
    except OSError as fault:
        reason = f"It could not be written: {fault.strerror or fault}."
        fail(str(path), reason, "Choose a folder that exists and that you may write to, with room left.")
    note(f"Wrote {path}")


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def note(text: str, *, alarm: str = "") -> None:
    """Tells people something that is no result, on stderr; `alarm` is a word of ours to put before it, in red."""
    click.echo(f"{_red(alarm)} {cleaned(text)}" if alarm else cleaned(text), err=True)


def fail(where: str, reason: str, remedy: str, code: Exit = Exit.FAILED) -> NoReturn:
    """Ends the command with a message that says what, why and what to do."""
    note(f"{where}: {reason} {remedy}", alarm="Error:")
    raise SystemExit(int(code))


def note_refusals(refused: Sequence[Refusal]) -> None:
    """One paragraph an input that could not be used: file, reason, remedy, and the stable code to search for."""
    for refusal in refused:
        note(f"{refusal.path}: {refusal.reason} {refusal.remedy} [{refusal.code}]", alarm="Refused:")


def batch_exit(used: int, refused: Sequence[Refusal]) -> Exit:
    """The exit code of a batch: partly done when some inputs were refused, failed or not found when all were."""
    if not refused:
        return Exit.DONE
    if used:
        return Exit.PARTLY_DONE
    return Exit.NOT_FOUND if all(refusal.code == "not-found" for refusal in refused) else Exit.FAILED


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns as wide as their widest cell; the last column runs free, so nothing is cut off when piped.

    >>> print(table(("ID", "Name"), [("o-1", "Audit office"), ("o-22", "Court")]))
    ID    Name
    o-1   Audit office
    o-22  Court
    """
    lines = [tuple(" ".join(cell.split()) for cell in row) for row in (headings, *rows)]
    widths = [max(len(row[column]) for row in lines) for column in range(len(headings) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in lines
    )


@contextmanager
def progress(doing: str = "Reading") -> Iterator[Callable[[int, int, str], None] | None]:
    """A line on stderr that follows a batch; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return

    def follow(done: int, total: int, path: str) -> None:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
        line = cleaned(f"{doing} {done}/{total} {path}").replace("\n", " ")[: max(columns - 1, 20)]
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    try:
        yield follow
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _red(text: str) -> str:
    """Red on a terminal that wants colour (https://no-color.org)."""
    return click.style(text, fg="red", bold=True) if sys.stderr.isatty() and not os.environ.get("NO_COLOR") else text
