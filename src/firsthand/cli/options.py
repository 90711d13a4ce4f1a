"""Options that several commands share, and how a case's faults are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from firsthand.cli import screen
from firsthand.cli.screen import Exit

if TYPE_CHECKING:
    from firsthand.engine.stages import Stages
    from firsthand.read import ReadingMode

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout.")(command)


def html_option(command: Command) -> Command:
    """`--html FILE`."""
    return click.option(
        "--html", "html", type=click.Path(dir_okay=False, path_type=Path), help="Write a dossier to this file."
    )(command)


def workers_option(command: Command) -> Command:
    """`--workers N`."""
    return click.option(
        "--workers",
        type=click.IntRange(min=0),
        help="Processes that read pages; as many as pay off by default. 0 reads in this process, without limits.",
    )(command)


def reading_option(command: Command) -> Command:
    """`--reading MODE`."""
    return click.option(
        "--reading",
        type=click.Choice(("standard", "best")),
        default="standard",
        show_default=True,
        envvar="FIRSTHAND_READING",
        help="How the text of web pages is found; best hears a second extractor and takes longer. "
        "[env: FIRSTHAND_READING]",
    )(command)


def stages_for(reading: ReadingMode) -> Stages:
    """The stages of a run with that mode of reading; ends the command where what it needs is not installed."""
    from firsthand.engine.stages import ReadingUnavailableError, default_stages

    try:
        return default_stages(reading)
    except ReadingUnavailableError as why:
        screen.fail(f"--reading {reading}", f"{why}", "Install it: pip install 'firsthand[best]'", Exit.MISUSED)


def web_options(command: Command) -> Command:
    """`--contact`, `--pause` and `--permit`, for commands that fetch."""
    contact = click.option(
        "--contact",
        envvar="FIRSTHAND_CONTACT",
        default="",
        metavar="TEXT",
        help="A mail or web address that is sent along, so that sites can reach you. [env: FIRSTHAND_CONTACT]",
    )
    pause = click.option(
        "--pause",
        type=click.FloatRange(min=0, max=3600),
        default=2.0,
        show_default=True,
        metavar="SECONDS",
        help="Least time between two requests to one host; a site may ask for more.",
    )
    permit = click.option(
        "--permit",
        multiple=True,
        metavar="HOST:PORT",
        help="Fetch from this server although it is in a private network or on this computer.",
    )
    return contact(pause(permit(command)))


def judgement_options(command: Command) -> Command:
    """`--why` and `--by`."""
    by = click.option("--by", envvar="FIRSTHAND_BY", default="", help="Who decides. [env: FIRSTHAND_BY]")
    return click.option("--why", default="", help="The reason, kept with the decision.")(by(command))


@contextmanager
def case_at(start: Path) -> Iterator[Path]:
    """The case that `start` is in; its faults are told as `store_faults` tells them."""
    from firsthand.engine.case import locate

    if not start.is_dir():  # a case above a folder that was misspelt is not the one that was meant
        remedy = "Check the spelling, or make a case with `firsthand init`."
        screen.fail(str(start), "There is no such folder.", remedy, Exit.NOT_FOUND)
    with store_faults():
        yield locate(start)


@contextmanager
def store_faults() -> Iterator[None]:
    """Tells what is wrong with a case in words, and ends the command with the exit code for it."""
    from firsthand.store import errors

    try:
        yield
    except (errors.CaseNotFound, errors.RecordNotFound) as fault:
        screen.fail(fault.where, fault.reason, fault.remedy, Exit.NOT_FOUND)
    except (errors.CaseDamaged, errors.ObjectDamaged, errors.ObjectMissing) as fault:
        screen.fail(fault.where, fault.reason, fault.remedy, Exit.NOT_VERIFIED)
    except errors.StoreError as fault:
        screen.fail(fault.where, fault.reason, fault.remedy)
