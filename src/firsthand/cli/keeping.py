"""Commands that make a case, run the stages over it, and check it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.cli import screen
from firsthand.cli.clock import utc_now
from firsthand.cli.options import case_at, json_option, reading_option, stages_for, store_faults, workers_option
from firsthand.cli.screen import Exit

if TYPE_CHECKING:
    from firsthand.read import ReadingMode


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.pass_obj
def init(case_folder: Path, folder: Path | None) -> None:
    """Make an empty case in a folder that is new or empty.

    A case keeps the exact bytes it is given, a signed log of what was done with them, and every
    decision of a person. Without FOLDER it is made where --case says.

    \b
    Example:
      firsthand init my-case
    """
    from firsthand.engine import case

    folder = folder if folder is not None else case_folder
    with store_faults():
        case.init(folder, now=utc_now())
    screen.note(f"Made a case in {folder}. Next: firsthand --case {folder} add PATH...")


@click.command()
@click.option("--afresh", is_flag=True, help="Read and trace everything again, even what has not changed.")
@reading_option
@workers_option
@click.pass_obj
def run(case_folder: Path, afresh: bool, reading: ReadingMode, workers: int | None) -> None:
    """Bring what the case concludes up to date.

    Documents, statements, origins and findings.

    Only what is new is read. Decisions made since the last run take effect. A run that was cut
    short goes on where it was. With another --reading than the run before, all is read again.

    \b
    Example:
      firsthand run
    """
    from firsthand.engine import case

    stages = stages_for(reading)
    with case_at(case_folder) as folder, screen.progress() as follow:
        ran = case.run(folder, stages=stages, workers=workers, progress=follow, afresh=afresh)
        status = case.status(folder)
    screen.note_refusals(ran.refused)
    screen.say(
        f"{ran.read} read, {ran.kept} kept from before, {len(ran.refused)} refused\n"
        f"{status.documents} documents, {status.statements} statements, {status.origins} origins, "
        f"{status.findings} findings"
    )
    for each in ran.proposed:
        screen.say(
            f"{each.quotes} quotes proposed by {each.model}: {each.new} new, {each.known} known already, "
            f"{each.dropped} dropped, for they do not stand in the text"
        )
    if ran.changed:
        screen.say(f"Since the run before, {len(ran.changed)} counted otherwise. Next: firsthand changes")
    raise SystemExit(int(screen.batch_exit(status.documents, ran.refused)))


@click.command()
@click.option("--server", required=True, metavar="ADDRESS", help="Base address, such as http://127.0.0.1:11434/v1")
@click.option("--model", required=True, metavar="NAME", help="The model, by the name that the server knows it by.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=120.0, show_default=True, help="For one answer.")
@click.option("--elsewhere", is_flag=True, help="The server may be on another computer: the texts leave this one.")
@click.option("--afresh", is_flag=True, help="Ask about every document again, also those with an answer.")
@click.pass_obj
def propose(case_folder: Path, server: str, model: str, seconds: float, elsewhere: bool, afresh: bool) -> None:
    """Have your own model propose statements of the case's documents.

    Off unless you give this command: nothing else asks a model, and nothing is sent anywhere but to
    ADDRESS. Its answers are kept in the case; the next `firsthand run` looks for each quote in the
    text, drops what is not there word for word, and lists the rest under `firsthand proposals`.
    They count only once you accept them. A key, if the server wants one, is read from the
    environment variable FIRSTHAND_LLM_KEY and kept nowhere.

    \b
    Example:
      firsthand propose --server http://127.0.0.1:11434/v1 --model my-model && firsthand run
    """
    from firsthand.ask import ModelServer
    from firsthand.engine import case

    asked_of = ModelServer(
        address=server, model=model, key=os.environ.get("FIRSTHAND_LLM_KEY") or None, seconds=seconds
    )
    with case_at(case_folder) as folder, screen.progress() as follow:
        made = case.propose(folder, asked_of, now=utc_now(), elsewhere=elsewhere, afresh=afresh, progress=follow)
    screen.note_refusals(made.refused)
    screen.say(
        f"{made.asked} documents asked about, {made.known} asked about before, {len(made.refused)} refused\n"
        f"{made.quotes} quotes proposed by {model}"
    )
    if made.asked:
        screen.note("Next: firsthand run, then firsthand proposals")
    raise SystemExit(int(screen.batch_exit(made.asked + made.known, made.refused)))


@click.command()
@json_option
@click.pass_obj
def status(case_folder: Path, as_json: bool) -> None:
    """How the case stands, in numbers.

    \b
    Example:
      firsthand status
    """
    from dataclasses import asdict

    from firsthand.engine import case

    with case_at(case_folder) as folder:
        found = case.status(folder)
    if as_json:
        screen.say_json({**asdict(found), "current": found.current})
        return
    screen.say(
        screen.table(("Of these", "The case has"), [(name, str(count)) for name, count in asdict(found).items()])
    )
    if not found.current:
        screen.note("Something is new since the last run. Next: firsthand run")


@click.command()
@click.option(
    "--known",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier checkpoint, kept elsewhere: the case must go on from it.",
)
@json_option
@click.pass_obj
def verify(case_folder: Path, known: Path | None, as_json: bool) -> None:
    """Check every byte that the case vouches for. Exit code 4 when something is not as it was sealed.

    \b
    Example:
      firsthand verify
      firsthand verify --known checkpoint-from-last-month.txt
    """
    from firsthand.engine import case

    earlier = _text(known) if known is not None else None
    with case_at(case_folder) as folder:
        found = case.verify(folder, known=earlier)
    if as_json:
        screen.say_json({**screen.plain(found), "ok": found.ok})
    else:
        screen.say(f"{found.entries} log entries, {found.objects} sealed objects, {found.size_bytes} bytes")
        for fault in found.faults:
            screen.say(f"{fault.kind}: {fault.what} {fault.path}: {fault.reason}")
        screen.say("Everything is as it was sealed." if found.ok else "The case is not as it was sealed.")
    raise SystemExit(int(Exit.DONE if found.ok else Exit.NOT_VERIFIED))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        screen.fail(str(path), "It cannot be read as text.", "Give a checkpoint file as `verify` or a backup kept it.")


@click.command()
@click.pass_obj
def reindex(case_folder: Path) -> None:
    """Make the index again from the log.

    Decisions included. For when index.sqlite was lost or damaged. It is never the record.

    \b
    Example:
      firsthand reindex && firsthand run
    """
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        case.reindex(folder)
    screen.note("Made the index again from the log. Next: firsthand run")


MAKING = (init,)
COMMANDS = (run, propose, status, verify, reindex)
