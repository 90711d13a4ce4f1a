"""Commands for a person's judgement: it is logged, never overwritten, and takes effect in the next run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from firsthand.cli import screen
from firsthand.cli.clock import utc_now
from firsthand.cli.options import case_at, json_option, judgement_options
from firsthand.cli.screen import Exit

ACTS = ("accept", "reject", "correct", "merge", "split", "break", "confirm")


@click.command()
@click.argument("act", type=click.Choice(ACTS), metavar="ACT")
@click.argument("words", nargs=-1, required=True, metavar="ID... [FIELD=VALUE...]")
@judgement_options
@click.pass_obj
def decide(case_folder: Path, act: str, words: Sequence[str], why: str, by: str) -> None:
    """Record what a person decided.

    It is logged, never overwritten, and the next run acts on it.

    \b
    ACT is one of
      accept   any record: looked at and found right
      reject   statements, documents, origins or findings: not counted any more
      correct  a field of a statement, document, origin or finding: ID FIELD=VALUE
      merge    origins, or findings, that are one
      split    statements out of their finding, or a finding into its parts
      break    a link: CHILD PARENT, the child does not draw on the parent
      confirm  a link: CHILD PARENT, the child certainly draws on the parent

    \b
    Examples:
      firsthand decide merge o-3f2a o-91c4 --why "the same audit"
      firsthand decide correct s-77ab certainty=likely --by "R. Okafor"
      firsthand decide break d-12aa d-90fe --why "filed an hour earlier"
    """
    from typing import cast

    from firsthand.engine import case
    from firsthand.records import DecisionAct

    subjects = [word for word in words if "=" not in word]
    values = dict(word.split("=", 1) for word in words if "=" in word)
    with case_at(case_folder) as folder:
        made = case.decide(folder, cast("DecisionAct", act), subjects, values=values, why=why, by=by, now=utc_now())
    screen.say(made.id)
    screen.note("It takes effect with the next run. To take it back: firsthand undo")


@click.command()
@click.argument("decision", required=False, metavar="[ID]")
@judgement_options
@click.pass_obj
def undo(case_folder: Path, decision: str | None, why: str, by: str) -> None:
    """Take a decision back.

    The one named, or the last one in force. The log keeps both.

    \b
    Example:
      firsthand undo
    """
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        if decision is None:
            standing = [made.decision for made in case.decisions(folder) if not made.undone]
            last = next((each for each in reversed(standing) if each.act != "undo"), None)
            if last is None:
                screen.fail(str(folder), "No decision is in force.", "There is nothing to undo.", Exit.NOT_FOUND)
            decision = last.id
        made = case.undo(folder, decision, why=why, by=by, now=utc_now())
    screen.say(made.id)
    screen.note(f"Undid {made.subjects[0]}. It takes effect with the next run.")


@click.command()
@json_option
@click.pass_obj
def decisions(case_folder: Path, as_json: bool) -> None:
    """List every decision in the order it was made.

    \b
    Example:
      firsthand decisions
    """
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        found = case.decisions(folder)
    if as_json:
        entries = [{**screen.plain(made.decision), "undone": made.undone, "lapsed": made.lapsed} for made in found]
        screen.say_json(entries)
        return
    rows = [
        (
            made.decision.id,
            made.decision.decided_at,
            "undone" if made.undone else "lapsed" if made.lapsed else "in force",
            made.decision.by,
            " ".join((made.decision.act, *made.decision.subjects, made.decision.why)),
        )
        for made in found
    ]
    if rows:
        screen.say(screen.table(("Decision", "When", "State", "By", "What and why"), rows))
    else:
        screen.note("Nobody has decided anything yet. See firsthand decide --help")


COMMANDS = (decide, undo, decisions)
