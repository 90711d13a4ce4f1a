"""The stories of a letter that holds several: each with its title, where it leads to, who is credited, and its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from firsthand.read.bodies import is_name, is_publisher, publisher_in
from firsthand.read.bylines import byline_in, is_name_line
from firsthand.read.dates import find_dates, settle
from firsthand.read.phrases import is_credit
from firsthand.read.round_ups import Part, Piece, RoundUp
from firsthand.read.story import Story
from firsthand.read.wording import ends_sentence, flat, line, word_count, words

_MAX_FACT_WORDS = 14
_MIN_WHOLE_WORDS = 80
"""As in feeds: fewer words under a link are an excerpt."""
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
_DIVIDER = re.compile(r"\s*[|·•]\s*|\s[–—-]\s|,\s|\s*\((?=\D)|\)\s*$")
_BY = re.compile(r"^\W*by\s.*?(?=$|[|·•,])", re.IGNORECASE)
_AGO = re.compile(
    r"^(?:\d+\s?(?:min|hour|hr|h|day|d)\w*\s?(?:ago)?|yesterday|today|\d+\s?min(?:ute)?s? read)$", re.IGNORECASE
)


@dataclass(slots=True)
class _Facts:
    """What the short lines between a headline and its story say."""

    outlet: str | None = None
    byline: str | None = None
    published: str | None = None


def stories_of(found: RoundUp, letter: Story, sender_host: str) -> tuple[Story, ...]:
    """The letter's own words, where it has any, under its own title; then its stories, in their order.

    `letter` gives the facts that the stories share. A story is `partial` where the letter only leads to it.
    """
    around = tuple(piece.passage for piece in found.around if flat(piece.passage.text) != flat(letter.title or ""))
    missed = (f"mail: headlines without text were left out: {found.headlines}",) if found.headlines else ()
    has_words = any(ends_sentence(passage.text) for passage in around)
    own = [replace(letter, passages=around, warnings=(*letter.warnings, *missed))] if has_words else []
    return (*own, *(_story(part, letter, sender_host) for part in found.parts))


def _story(part: Part, letter: Story, sender_host: str) -> Story:
    facts, pieces = _facts(part)
    pieces = [piece for piece in pieces if flat(piece.passage.text) != flat(part.title or "")] or pieces
    passages = tuple(piece.passage for piece in pieces)
    url = part.addresses[0] if part.addresses else None
    elsewhere = bool(facts.outlet and url and not _same_host(url, sender_host))
    excerpt = url is not None and (
        sum(word_count(passage.text) for passage in passages) < _MIN_WHOLE_WORDS
        or _CUT_OFF.search(passages[-1].text) is not None
    )
    return replace(
        letter,
        passages=passages,
        title=part.title,
        outlet=facts.outlet if elsewhere else letter.outlet,
        byline=facts.byline or (None if elsewhere else letter.byline),
        published=facts.published or letter.published,
        published_from="mail beside the headline" if facts.published else letter.published_from,
        url=url,
        source_url=url if elsewhere else None,
        images=part.images,
        round_up=letter.title or letter.outlet or "",
        partial=excerpt,
        warnings=(*letter.warnings, *_credit(facts, excerpt=excerpt)),
    )


def _credit(facts: _Facts, *, excerpt: bool) -> tuple[str, ...]:
    credited = (f"source: the letter credits {facts.outlet!r}",) if facts.outlet else ()
    return (*credited, "partial: the letter carries only an excerpt") if excerpt else credited


def _facts(part: Part) -> tuple[_Facts, list[Piece]]:
    """Outlet, writer and day in the short lines around the story's sentences, and the pieces without those lines."""
    facts, kept = _Facts(), list(part.pieces)
    while len(kept) > 1 and _is_line(kept[0]) and _learn(facts, kept[0], part.addresses):
        kept.pop(0)
    while len(kept) > 1 and _is_line(kept[-1]) and _learn(facts, kept[-1], part.addresses):
        kept.pop()
    return facts, kept


def _is_line(piece: Piece) -> bool:
    text = piece.passage.text
    return not (piece.is_prose or is_credit(text) or ends_sentence(text)) and piece.words <= _MAX_FACT_WORDS


def _learn(facts: _Facts, piece: Piece, addresses: Sequence[str]) -> bool:
    """Takes what a short line says; whether it says only who published or wrote the story, or when."""
    text = line(piece.passage.text)
    dates = find_dates(text)
    for date in reversed(dates):
        text = f"{text[: date.start]}|{text[date.end :]}"
    writer = byline_in(text)
    names = [name for part in _DIVIDER.split(_BY.sub("|", text) if writer else text) if (name := part.strip(" |·•,()"))]
    names = [name for name in names if not _AGO.match(name)]
    outlets = [name for name in names if _is_outlet(name, addresses)]
    writers = [name for name in names if name not in outlets and is_name_line(name)]
    known = len(outlets) + len(writers) == len(names) and len(outlets) <= 1
    if not known or not (dates or writer or names):
        return False
    days = [settle(date, ())[0] for date in dates if not date.updated]
    facts.outlet = facts.outlet or (publisher_in(outlets[0]) if outlets else None)
    facts.byline = facts.byline or writer or next(iter(writers), None)
    facts.published = facts.published or next(iter(days), None)
    return True


def _is_outlet(name: str, addresses: Sequence[str]) -> bool:
    """Whether a name is a publisher's: by its words, by being the address's own, or by being no person's."""
    if is_publisher(publisher_in(name)):
        return True
    host = "".join(filter(None, (urlsplit(address).hostname for address in addresses[:1])))
    return bool(host) and is_name(name) and ("".join(words(name)) in host or not is_name_line(name))


def _same_host(url: str, host: str) -> bool:
    """Whether an address and a sender are of one site, by the last two parts of their names.

    >>> _same_host("https://www.post.example/1", "to.post.example"), _same_host("https://fen.example/", "post.example")
    (True, False)
    """
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return name.rsplit(".", 2)[-2:] == host.rsplit(".", 2)[-2:]
