"""Writes the part of docs/cli.md that comes from the commands' own help: `make reference`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from firsthand.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
BEGIN = "<!-- from here on written by `make reference` -->\n"


def reference() -> str:
    """The page as it should be: what stands before the mark as it is, behind it the help of every command."""
    written_by_hand = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
    return written_by_hand + BEGIN + "\n" + "\n".join(_sections(main, "firsthand"))


def _sections(command: click.Command, name: str, above: click.Context | None = None) -> Iterator[str]:
    context = command.make_context(
        name, [], parent=above, resilient_parsing=True, terminal_width=90, max_content_width=90
    )
    help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield f"### {context.command_path}\n\n```text\n{help_text}\n```\n"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None and not found.hidden:
                yield from _sections(found, inner, context)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
