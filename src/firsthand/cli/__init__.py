"""The command line: parse, one call into the engine, show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from firsthand.cli import screen
from firsthand.version import VERSION


def utc_now() -> str:
    """The clock, read once a command: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="firsthand", message="%(prog)s %(version)s")
def main() -> None:
    """Trace what is written about surveillance technology back to the few origins it rests on.

    \b
    Start here:
      firsthand trace saved-pages/                  one shot, nothing is kept
      firsthand trace saved-pages/ --html out.html  the same, as a dossier to read

    \b
    Exit codes: 0 done, 1 failed, 2 used wrongly, 3 not found, 4 verification failed,
    5 partly done (some inputs were refused; each says why on stderr).
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Write everything found to stdout as JSON.")
@click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), help="Write a dossier to this file.")
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    help="Processes that read pages; as many as pay off by default. 0 reads in this process, without limits.",
)
def trace(paths: Sequence[str], as_json: bool, html: Path | None, workers: int | None) -> None:
    """Trace files back to the origins they rest on. Nothing is kept.

    PATH is a saved page, a PDF, a text, an email, a feed, a folder of these, or a pattern such as
    'pages/*.html'. A file that cannot be used is named on stderr with the reason and what to do; the
    rest goes on.

    \b
    Examples:
      firsthand trace saved-pages/
      firsthand trace report.pdf 'pages/*.html' --json > results.json
    """
    from firsthand import publish
    from firsthand.engine.tracing import trace_paths

    with screen.progress() as follow:
        results = trace_paths(paths, now=utc_now(), workers=workers, progress=follow)
    if html is not None:
        screen.write_file(html, publish.dossier_html(results))
    if as_json:
        screen.say_json(publish.results_json(results))
    elif results.documents:
        screen.say(publish.summary(results))
    screen.note_refusals(results.refused)
    raise SystemExit(int(screen.batch_exit(len(results.documents), results.refused)))
