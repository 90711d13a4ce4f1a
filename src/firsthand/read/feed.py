"""RSS, RDF and Atom feeds: every item is a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from firsthand.read.addresses import web_address
from firsthand.read.bylines import clean_byline
from firsthand.read.dates import stated_date
from firsthand.read.encoding import Decoded, decode
from firsthand.read.html import fragment
from firsthand.read.layers import Layer
from firsthand.read.markup import Element, TooManyElementsError, parse_markup
from firsthand.read.plain import letter_passages
from firsthand.read.story import Passage, Source, Stories, Story
from firsthand.read.wording import flat, line, word_count
from firsthand.records import Image, Refusal, StatedDate

MAX_FEED_BYTES = 16_000_000
MAX_ITEMS = 5_000
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|(?:\w+:)?channel)[\s>]", re.IGNORECASE)
_CONTENT = ("content:encoded", "encoded", "content", "description", "summary", "media:description", "subtitle")
_FULL = frozenset({"content:encoded", "encoded", "content"})
_MIN_WHOLE_WORDS = 80
"""A description of fewer words and fewer than three paragraphs is taken for an excerpt."""
_MIN_WHOLE_PASSAGES = 3
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;|read more\W*|continue reading.{0,60})\s*$", re.IGNORECASE)
_REMEDY = "Fetch the pages that the feed links to, and add those."


class Feed:
    """RSS 0.9 to 2.0, RDF and Atom. Entities that a document type declares are never expanded."""

    name = "feed"
    suffixes = ("rss", "atom", "rdf", "xml")

    def recognises(self, content: bytes) -> bool:
        """A feed's root element within the first bytes."""
        head = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return (
            head.startswith(b"<")
            and _FEED.search(head) is not None
            and not re.match(rb"<!doctype\s+html|<html", head, re.IGNORECASE)
        )

    def read(self, source: Source) -> Stories | Refusal:
        """One story an item of the first 5,000, or a refusal: too large, not text, declares entities, no text."""
        opened = _opened(source)
        if isinstance(opened, Refusal):
            return opened
        root, decoded = opened
        items = _items(root)
        stories = _stories(root, items[:MAX_ITEMS], decoded)
        if not stories:
            return source.refuse("feed-empty", "No item of the feed carries text.", _REMEDY)
        what = f"Of the feed's {len(items):,} items, the first {MAX_ITEMS:,} are read."
        more = (source.refuse("too-many-items", what, "Split the feed."),) if len(items) > MAX_ITEMS else ()
        return Stories(stories=tuple(stories), refused=more)


def item_addresses(source: Source) -> tuple[str, ...] | Refusal:
    """The address of each of the first 5,000 items that has one, as it is written and in the feed's order.

    Refuses what reading refuses. Whoever asks decides what to do with them; nothing here fetches.
    """
    opened = _opened(source)
    if isinstance(opened, Refusal):
        return opened
    return tuple(written for item in _items(opened[0])[:MAX_ITEMS] if (written := _written_address(item)))


def _written_address(item: Element) -> str:
    for child in item.children:
        if isinstance(child, Element) and _local(child.tag) == "link" and child.get("rel") in ("", "alternate"):
            written = line(child.get("href") or child.raw_text())
            if written:
                return written
    guid = _child(item, "guid")
    return line(guid.raw_text()) if guid is not None and guid.get("isPermaLink") != "false" else ""


def _opened(source: Source) -> tuple[Element, Decoded] | Refusal:
    if len(source.content) > MAX_FEED_BYTES:
        return source.refuse("too-large", f"The feed has {len(source.content):,} bytes.", "Split the feed.")
    decoded = decode(source.content)
    if decoded is None:
        return source.refuse_not_text()
    if re.search(r"<!ENTITY", decoded.text, re.IGNORECASE):
        return source.refuse(
            "xml-entities",
            "The document type declares entities, as attacks on XML readers do and feeds do not.",
            "Fetch the feed again from its publisher.",
        )
    try:
        return parse_markup(decoded.text, xml=True), decoded
    except TooManyElementsError:
        return source.refuse("too-many-elements", "The feed opens more elements than any feed does.", "Split the feed.")


def _items(root: Element) -> list[Element]:
    return [element for element in root.walk() if _local(element.tag) in ("item", "entry")]


@dataclass(frozen=True, slots=True)
class _Channel:
    """What the feed says of all its items."""

    outlet: str
    language: str
    base: str
    """Address that those in the feed are relative to."""


def _stories(root: Element, items: Sequence[Element], decoded: Decoded) -> list[Story]:
    element = next((each for each in root.walk() if _local(each.tag) in ("channel", "feed")), root)
    bases = (each.get("xml:base") for each in (element, *element.ancestors()))
    channel = _Channel(
        outlet=line(_text(element, "dc:publisher") or _site_name(line(_plain(_text(element, "title"))))),
        language=_text(element, "language", "dc:language") or element.get("xml:lang"),
        base=next(filter(None, bases), "") or _link(element, "") or "",
    )
    return [story for story in (_story(item, channel, decoded) for item in items) if story is not None]


def _site_name(title: str) -> str:
    """The channel's title without the words that only say that it is a feed.

    >>> _site_name("Latest news from Harbour Post"), _site_name("Harbour Post - RSS feed"), _site_name("Feed the Birds")
    ('Harbour Post', 'Harbour Post', 'Feed the Birds')
    """
    name = re.sub(
        r"^(?:(?:the )?(?:latest|newest|recent|all|top)\s+)?(?:news|stories|posts|articles|headlines|latest"
        r"|updates)\s+(?:from|by|on|at)\s+",
        "",
        title,
        flags=re.IGNORECASE,
    )
    return (
        re.sub(
            r"[\s:|–—-]+(?:rss|atom)(?:\s+(?:news\s*)?feed)?$|[\s:|–—-]+(?:news\s*)?feed$",
            "",
            name,
            flags=re.IGNORECASE,
        )
        or title
    )


def _story(item: Element, channel: _Channel, decoded: Decoded) -> Story | None:
    link = _link(item, channel.base)
    content = _content(item, link or channel.base, decoded)
    if content is None:
        return None
    taken_from = _child(item, "source")
    publisher = _source_name(taken_from)
    date, date_field = _date(item)
    author = _author(item)
    story = Story(
        passages=content.passages,
        title=_item_title(item, publisher),
        outlet=publisher or line(_text(item, "dc:publisher")) or channel.outlet or None,
        byline=clean_byline(author) if author else None,
        published=date,
        published_from=date_field,
        stated_dates=tuple(_stated(item)),
        language=channel.language or None,
        url=link,
        images=content.images,
        warnings=(*decoded.warnings, *_passed_on(publisher, channel), *_only_changed(date_field)),
    )
    if taken_from is not None:
        address = taken_from.get("url") or _link(taken_from, channel.base) or ""
        story = replace(story, source_url=web_address(address, channel.base))
    return as_excerpt(story) if content.is_excerpt else story


def as_excerpt(story: Story) -> Story:
    """The story, marked as one that the feed carries only in part."""
    return replace(story, partial=True, warnings=(*story.warnings, "partial: the feed carries only an excerpt"))


@dataclass(frozen=True, slots=True)
class _Content:
    """What an item tells, by the first of its fields that tells anything."""

    passages: tuple[Passage, ...]
    images: tuple[Image, ...]
    is_excerpt: bool


def _content(item: Element, base: str, decoded: Decoded) -> _Content | None:
    fields = [
        (child, name)
        for name in _CONTENT
        for child in item.children
        if isinstance(child, Element) and child.tag.lower() == name
    ]
    for element, name in fields:
        passages, images = _read_field(element, urljoin(base, element.get("xml:base")), decoded)
        if passages:
            return _Content(passages, images, is_cut_off(passages) or (name not in _FULL and is_short(passages)))
    return None


def is_cut_off(passages: Sequence[Passage]) -> bool:
    """Whether the last passage breaks off, or says where to read on."""
    return _CUT_OFF.search(passages[-1].text) is not None


def is_short(passages: Sequence[Passage]) -> bool:
    """Whether a description is too short for a whole story."""
    words = sum(word_count(passage.text) for passage in passages)
    return words < _MIN_WHOLE_WORDS and len(passages) < _MIN_WHOLE_PASSAGES


def _source_name(taken_from: Element | None) -> str:
    """The publisher that an item was taken from, as RSS and Atom name it in `source`."""
    if taken_from is None:
        return ""
    return line(_plain(_text(taken_from, "title") if _child(taken_from, "title") else taken_from.raw_text()))


def _item_title(item: Element, publisher: str) -> str | None:
    """The item's title, without the publisher's name that collectors of news put behind it."""
    title = line(_plain(_text(item, "title")))
    ending = re.search(r"\s[-–—|]\s(?P<name>[^-–—|]+)$", title)
    if publisher and ending and flat(ending["name"]) == flat(publisher):
        title = title[: ending.start()]
    return title or None


def _passed_on(publisher: str, channel: _Channel) -> tuple[str, ...]:
    if not publisher or flat(publisher) == flat(channel.outlet):
        return ()
    return (f"source: the feed {channel.outlet!r} passes it on from {publisher!r}",)


def _only_changed(date_field: str | None) -> tuple[str, ...]:
    """Atom asks for the time of the last change alone."""
    changed = date_field in ("feed updated", "feed modified")
    return ("published: the feed states only when the item was last changed",) if changed else ()


def _read_field(element: Element, base: str, decoded: Decoded) -> tuple[tuple[Passage, ...], tuple[Image, ...]]:
    """A content field: markup in CDATA, escaped markup, XHTML inside the feed, or plain text."""
    layer = Layer(decoded)
    if any(isinstance(child, Element) for child in element.children):
        layer.add(element.children[0].start, element.children[-1].end)
    else:
        for run in element.children:
            shown = decoded.text[run.start : run.end] == run.text  # type: ignore[union-attr]
            (layer.add if shown else layer.add_references)(run.start, run.end)
    return read_fragment(layer.text(), base)


def read_fragment(text: Decoded, base: str) -> tuple[tuple[Passage, ...], tuple[Image, ...]]:
    """Passages and images of a story as feeds carry it, in markup or plain; none when there is too much markup."""
    if not text.text.strip():
        return (), ()
    try:
        markup = re.search(r"<[a-z!/]", text.text, re.IGNORECASE) or re.search(r"&#?\w{2,8};", text.text)
        return fragment(text, base) if markup else (letter_passages(text), ())
    except TooManyElementsError:
        return (), ()


def _date(item: Element) -> tuple[str | None, str | None]:
    for name in ("pubdate", "published", "dc:date", "dcterms:issued", "issued", "created", "updated", "modified"):
        date = stated_date(_text(item, name))
        if date:
            return date, f"feed {name}"
    return None, None


def _stated(item: Element) -> Iterator[StatedDate]:
    for name in ("pubdate", "published", "dc:date", "dcterms:issued", "issued"):
        date = stated_date(_text(item, name))
        if date:
            yield StatedDate(edtf=date, found_in=f"feed {name}")


def _author(item: Element) -> str:
    author = _child(item, "author")
    if author is not None and _child(author, "name") is not None:
        return _text(author, "name")
    named = _text(item, "dc:creator", "author", "itunes:author")
    in_brackets = re.match(r"^\S+@\S+\s*\((.+)\)$", named)  # RSS: address (name)
    return in_brackets[1] if in_brackets else named


def _link(item: Element, base: str) -> str | None:
    """The item's address on the web, by its link or its permanent identifier."""
    base = web_address(item.get("xml:base"), base) or base
    for child in item.children:
        if isinstance(child, Element) and _local(child.tag) == "link" and child.get("rel") in ("", "alternate"):
            url = web_address(child.get("href") or child.raw_text(), base) or ""
            if re.match(r"https?://", url):
                return url
    guid = _child(item, "guid")
    url = line(guid.raw_text()) if guid is not None and guid.get("isPermaLink") != "false" else ""
    return url if re.match(r"https?://", url) else None


def _child(element: Element, *names: str) -> Element | None:
    for name in names:
        for child in element.children:
            if isinstance(child, Element) and child.tag.lower() == name:
                return child
    return None


def _text(element: Element, *names: str) -> str:
    child = _child(element, *names)
    return child.raw_text().strip() if child is not None else ""


def _plain(title: str) -> str:
    """A title without the markup that some feeds leave in it."""
    return parse_markup(title).raw_text() if "<" in title or "&" in title else title


def _local(tag: str) -> str:
    return tag.rsplit(":", 1)[-1].lower()
