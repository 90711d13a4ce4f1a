"""The command line: parse, one call into the engine, show."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from firsthand.cli import deciding, keeping, reading, screen, taking
from firsthand.cli.clock import utc_now
from firsthand.cli.options import html_option, json_option, reading_option, stages_for, workers_option
from firsthand.version import VERSION

if TYPE_CHECKING:
    from firsthand.read import ReadingMode

# Read when numpy first loads: its threads fight over cores that the worker processes already fill, ten times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class _Commands(click.Group):
    """Lists the commands in the order in which one uses them, and tells the computer's refusals in words."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click ends quietly when nobody listens any more
        except OSError as fault:
            where = str(fault.filename) if fault.filename is not None else "this computer"
            remedy = "Check that there is room left, and that this account may read and write there."
            screen.fail(where, f"{fault.strerror or fault}.", remedy)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's name for it
        return list(self.commands)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="firsthand", message="%(prog)s %(version)s")
@click.option(
    "--case",
    "case_folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The case to work on: this folder or the nearest one above it. The current folder by default.",
)
@click.pass_context
def main(context: click.Context, case_folder: Path) -> None:
    """Trace what is written about surveillance technology back to the few origins it rests on.

    \b
    One shot, nothing is kept:
      firsthand trace saved-pages/
      firsthand trace saved-pages/ --html dossier.html

    \b
    A case that remembers:
      firsthand init my-case && cd my-case
      firsthand add ~/saved-pages
      firsthand run
      firsthand findings

    \b
    Exit codes: 0 done, 1 failed, 2 used wrongly, 3 not found, 4 verification failed,
    5 partly done (some inputs were refused; each is named with the reason).
    """
    context.obj = case_folder


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@json_option
@html_option
@reading_option
@workers_option
def trace(paths: Sequence[str], as_json: bool, html: Path | None, reading: ReadingMode, workers: int | None) -> None:
    """Trace files back to the origins they rest on. Nothing is kept.

    PATH is a saved page, a PDF or Word document, a text, an email, a feed, a web archive, a folder of
    these, or a pattern such as 'pages/*.html'. A file that cannot be used is named with the reason
    and what to do; the rest goes on.

    \b
    Examples:
      firsthand trace saved-pages/
      firsthand trace report.pdf 'pages/*.html' --json > results.json
    """
    from firsthand.engine.tracing import trace_paths

    stages = stages_for(reading)
    with screen.progress() as follow:
        results = trace_paths(paths, now=utc_now(), stages=stages, workers=workers, progress=follow)
    screen.show_results(results, as_json=as_json, html=html)
    raise SystemExit(int(screen.batch_exit(len(results.documents), results.refused)))


for _command in (*keeping.MAKING, *taking.COMMANDS, *keeping.COMMANDS, *reading.COMMANDS, *deciding.COMMANDS):
    main.add_command(_command)
