"""Commands that take files and pages on the web into a case. The only ones that use the network, and only when told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.cli import screen
from firsthand.cli.clock import utc_now
from firsthand.cli.options import case_at, json_option, web_options
from firsthand.cli.screen import Exit

if TYPE_CHECKING:
    from firsthand.engine.added import Added
    from firsthand.fetch import Policy


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="PATH|URL...")
@web_options
@click.pass_obj
def add(case_folder: Path, names: Sequence[str], contact: str, pause: float, permit: Sequence[str]) -> None:
    """Take files, or pages on the web, into the case, byte for byte.

    PATH is a file, a folder, or a pattern. Bytes that the case holds already are kept once, with
    the time and place they were met again. Cut short, the same command can be given again.

    URL is the http or https address of one page. It is fetched politely, and kept with every
    redirect as a WARC file; nothing that the page names is fetched. Given again, it is asked for only
    if it has changed.

    \b
    Example:
      firsthand add ~/saved-pages 'reports/*.pdf'
      firsthand add https://example.org/report --contact desk@example.org
    """
    from firsthand.engine import case

    addresses = [name for name in names if name.lower().startswith(("http://", "https://"))]
    files = [name for name in names if name not in addresses]
    done: list[Added] = []
    with case_at(case_folder) as folder:
        if files:
            done.append(case.add(folder, files, now=utc_now()))
        if addresses:
            done.append(_fetched(folder, addresses, _policy(contact, pause, permit)))
    _tell(done)


def _fetched(folder: Path, addresses: Sequence[str], policy: Policy) -> Added:
    from firsthand.engine.case_fetch import fetch
    from firsthand.fetch import real_web

    with screen.progress("Fetching") as follow:
        return fetch(folder, addresses, web=real_web(utc_now), policy=policy, progress=follow)


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "--items",
    type=click.IntRange(min=1),
    default=20,  # most feeds list no more
    show_default=True,
    help="Most pages of each feed to fetch this time.",
)
@web_options
@click.pass_obj
def watch(
    case_folder: Path, feeds: Sequence[str], items: int, contact: str, pause: float, permit: Sequence[str]
) -> None:
    """Fetch the pages that feeds list and the case does not have yet.

    FEED is the http or https address of an RSS or Atom feed. It is kept as evidence of what it
    listed. Give the command again, by hand or from a timer, to take in what is new.

    \b
    Example:
      firsthand watch https://example.org/feed.xml --items 5
    """
    from firsthand.engine.case_fetch import watch as watch_feeds
    from firsthand.fetch import real_web

    policy = _policy(contact, pause, permit)
    with case_at(case_folder) as folder, screen.progress("Fetching") as follow:
        watched = watch_feeds(folder, feeds, web=real_web(utc_now), policy=policy, items=items, progress=follow)
    screen.say(
        f"Feeds read: {watched.feeds}. Items fetched before: {watched.known}. "
        f"Items left for the next time: {watched.left}."
    )
    _tell([watched.added], used=watched.feeds)


def _policy(contact: str, pause: float, permit: Sequence[str]) -> Policy:
    from firsthand.fetch import FetchRefused, Policy, checked_contact, parse_place

    named = contact
    try:
        checked = checked_contact(contact)
        places = set()
        for named in permit:
            places.add(parse_place(named))
    except FetchRefused as why:
        screen.fail(named, why.reason, why.remedy, Exit.MISUSED)
    return Policy(contact=checked, pause_s=pause, permitted=frozenset(places))


def _tell(done: Sequence[Added], used: int = 0) -> None:
    """Says what all of it came to, and ends the command with the exit code for it."""
    new, again = sum(len(each.new) for each in done), sum(len(each.again) for each in done)
    refused = [refusal for each in done for refusal in each.refused]
    screen.note_refusals(refused)
    screen.say(f"{new} new, {again} known already, {len(refused)} refused")
    raise SystemExit(int(screen.batch_exit(new + again + used, refused)))


@click.command()
@json_option
@click.pass_obj
def visits(case_folder: Path, as_json: bool) -> None:
    """List the fetches that gave no new capture: unchanged pages, feeds, refusing answers.

    Each is a WARC file among the case's sealed objects, named by its SHA-256.

    \b
    Example:
      firsthand visits
    """
    from firsthand.engine import case

    with case_at(case_folder) as folder:
        found = case.visits(folder)
    if as_json:
        screen.say_json([screen.plain(visit) for visit in found])
    elif found:
        rows = [(visit.visited_at, visit.outcome, visit.sha256[:16], visit.address) for visit in found]
        screen.say(screen.table(("Visited", "Outcome", "Object", "Address"), rows))
    else:
        screen.note("No fetch of this case has ended without a new capture.")


COMMANDS = (add, watch, visits)
