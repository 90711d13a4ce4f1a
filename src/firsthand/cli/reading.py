"""Commands that show what a case holds and what the last run made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from firsthand.cli import screen
from firsthand.cli.options import case_at, html_option, json_option

if TYPE_CHECKING:
    from firsthand.engine.case import Shown
    from firsthand.records import Counts, Results

Entry = Mapping[str, Any]


@click.command()
@json_option
@click.pass_obj
def documents(case_folder: Path, as_json: bool) -> None:
    """List the documents, and what each says about itself.

    \b
    Example:
      firsthand documents
    """
    found = _contract(case_folder)["documents"]
    rows = [(e["id"], e["published"] or "", e["outlet"] or "", e["title"] or e["path"]) for e in found]
    _list(found, ("Document", "Published", "Outlet", "Title"), rows, as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def statements(case_folder: Path, as_json: bool) -> None:
    """List the statements, each with the origins it rests on.

    The quote, how sure its words are, and the origins; undetermined where none can be shown.

    \b
    Example:
      firsthand statements --json | jq '.[] | select(.certainty == "likely") | .quote'
    """
    found = _contract(case_folder)["statements"]
    rows = [
        (e["id"], e["certainty"], ", ".join(e["origins"]) or "undetermined", _who_found(e) + e["quote"]) for e in found
    ]
    _list(found, ("Statement", "Certainty", "Rests on", "Quote"), rows, as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def proposals(case_folder: Path, as_json: bool) -> None:
    """List the statements that only a model proposed.

    They rest on nothing and count nowhere until a person accepts them:
    firsthand decide accept ID

    \b
    Example:
      firsthand proposals
    """
    found = _contract(case_folder)["proposed"]
    rows = [(e["id"], e["certainty"], ", ".join(e["proposed_by"]), e["quote"]) for e in found]
    _list(found, ("Statement", "Certainty", "Proposed by", "Quote"), rows, as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def origins(case_folder: Path, as_json: bool) -> None:
    """List the origins that everything rests on.

    \b
    Example:
      firsthand origins
    """
    contract = _contract(case_folder)
    resting = [origin for statement in contract["statements"] for origin in statement["origins"]]
    rows = [(e["id"], e["kind"], str(resting.count(e["id"])), e["name"]) for e in contract["origins"]]
    _list(contract["origins"], ("Origin", "Kind", "Statements", "Name"), rows, as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def findings(case_folder: Path, as_json: bool) -> None:
    """List the findings, with their evidence by origin.

    Independent: distinct origins that support it. Undetermined: documents whose origin cannot be
    shown. Disputed: distinct origins on the other side.

    \b
    Example:
      firsthand findings
    """
    found = _contract(case_folder)["findings"]
    counts = ("independent", "undetermined", "disputed_by")
    rows = [(e["id"], *(str(e[name]) for name in counts), e["text"]) for e in found]
    _list(found, ("Finding", "Independent", "Undetermined", "Disputed", "Text"), rows, as_json=as_json)


@click.command()
@json_option
@click.pass_obj
def changes(case_folder: Path, as_json: bool) -> None:
    """List the findings that the last run counts otherwise than the run before.

    New ones, ones that are gone, and ones whose counts changed. A run with nothing new to trace
    leaves the list as it was.

    \b
    Example:
      firsthand changes
    """
    from dataclasses import asdict

    from firsthand.engine import case

    with case_at(case_folder) as folder:
        found = case.changed(folder)
    rows = [
        (change.finding or "gone", _counted(change.before), _counted(change.after), change.text) for change in found
    ]
    headings = ("Finding", "Was", "Is", "Text")
    if rows or as_json:
        _list([asdict(change) for change in found], headings, rows, as_json=as_json)
    else:
        screen.note("The last run changed no count.")


def _counted(counts: Counts | None) -> str:
    from firsthand.publish.words import tally

    return ", ".join(words for _, _, words in tally(counts)) if counts is not None else "–"


@click.command()
@json_option
@click.pass_obj
def refused(case_folder: Path, as_json: bool) -> None:
    """List what could not be used, why, and what to do.

    \b
    Example:
      firsthand refused
    """
    found = _contract(case_folder)["refused"]
    rows = [(e["path"], e["code"], f"{e['reason']} {e['remedy']}") for e in found]
    _list(found, ("File", "Code", "Reason and remedy"), rows, as_json=as_json)


@click.command()
@click.argument("identifier", metavar="ID")
@json_option
@click.pass_obj
def show(case_folder: Path, identifier: str, as_json: bool) -> None:
    """Show one record of the case.

    A document, statement, origin, finding, capture or decision.

    ID is the identifier that the lists show, or the beginning of it.

    \b
    Example:
      firsthand show f-3c1a
    """
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        found = case.show(folder, identifier)
        entry = _entry(found, case.results(folder))
    if as_json:
        screen.say_json(entry)
    else:
        screen.say(f"{found.kind}\n{screen.fields(entry)}")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@json_option
@click.pass_obj
def search(case_folder: Path, words: Sequence[str], as_json: bool) -> None:
    """Find documents, origins and findings by words.

    Every WORD must be in them; exit code 3 when none is found. Words inside double
    quotes must stand next to each other. Case and accents make no difference.

    \b
    Example:
      firsthand search tender '"face recognition"'
    """
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        hits = case.search(folder, " ".join(words))
    if as_json:
        screen.say_json([screen.plain(hit) for hit in hits])
    elif hits:
        screen.say(screen.table(("Kind", "ID", "Words"), [(hit.kind, hit.id, hit.excerpt) for hit in hits]))
    raise SystemExit(0 if hits else int(screen.Exit.NOT_FOUND))


@click.command()
@json_option
@html_option
@click.pass_obj
def publish(case_folder: Path, as_json: bool, html: Path | None) -> None:
    """Write what the last run concluded.

    A summary to the terminal, the results as JSON, or a dossier to read.

    \b
    Examples:
      firsthand publish
      firsthand publish --html dossier.html
    """
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        results = case.results(folder)
    screen.show_results(results, as_json=as_json, html=html)


def _contract(case_folder: Path) -> dict[str, list[Any]]:
    """The results contract of the case, as Python values."""
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        return _as_contract(case.results(folder))


def _as_contract(results: Results) -> dict[str, list[Any]]:
    from firsthand.publish import results_json

    contract: dict[str, list[Any]] = json.loads(results_json(results))
    return contract


def _entry(found: Shown, results: Results) -> Entry:
    """The record as the contract has it, with the words of what it names; as it is kept where the contract has none."""
    contract = _as_contract(results)
    key = getattr(found.record, "id", None)
    known = [entry for entry in contract.get(f"{found.kind}s", ()) if entry["id"] == key]
    if not known:
        return screen.plain(found.record)
    quotes = {entry["id"]: entry["quote"] for entry in contract["statements"]}
    entry = dict(known[0])
    if found.kind == "finding":
        entry["members"] = [{**member, "quote": quotes.get(member["statement"])} for member in entry["members"]]
    if found.kind == "origin":
        entry["statements"] = [
            {"statement": each["id"], "quote": each["quote"]}
            for each in contract["statements"]
            if key in each["origins"]
        ]
    return entry


def _who_found(entry: Entry) -> str:
    """What stands before a quote whose place a model proposed; nothing before the others."""
    models = ", ".join(entry["proposed_by"])
    return f"[proposed by {models}] " if models else ""


def _list(entries: Sequence[Entry], headings: Sequence[str], rows: Sequence[Sequence[str]], *, as_json: bool) -> None:
    if as_json:
        screen.say_json(entries)
    elif rows:
        screen.say(screen.table(headings, rows))
    else:
        screen.note(
            "There are none. After `firsthand add`, use `firsthand run`; `firsthand status` says how it stands."
        )


COMMANDS = (documents, statements, proposals, origins, findings, changes, refused, show, search, publish)
