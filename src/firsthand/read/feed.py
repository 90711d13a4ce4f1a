"""RSS, RDF and Atom feeds: every item is a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from firsthand.read.addresses import web_address
from firsthand.read.bylines import clean_byline
from firsthand.read.dates import stated_date
from firsthand.read.encoding import Decoded, decode
from firsthand.read.html import fragment_passages
from firsthand.read.markup import Element, TextRun, TooManyElementsError, parse_markup
from firsthand.read.plain import letter_passages
from firsthand.read.story import Passage, Source, Stories, Story
from firsthand.read.wording import line, word_count
from firsthand.records import Refusal, StatedDate

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


def _stories(root: Element, items: Sequence[Element], decoded: Decoded) -> list[Story]:
    channel = next((element for element in root.walk() if _local(element.tag) in ("channel", "feed")), root)
    outlet = _text(channel, "dc:publisher") or _site_name(line(_plain(_text(channel, "title"))))
    language = _text(channel, "language", "dc:language") or channel.get("xml:lang")
    return [story for story in (_story(item, outlet, language, decoded) for item in items) if story is not None]


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


def _story(item: Element, outlet: str, language: str, decoded: Decoded) -> Story | None:
    fields = [
        (child, name)
        for name in _CONTENT
        for child in item.children
        if isinstance(child, Element) and child.tag.lower() == name
    ]
    read = ((_passages(element, decoded), name) for element, name in fields)
    passages, name = next(((passages, name) for passages, name in read if passages), ((), ""))
    if not passages:
        return None
    words = sum(word_count(passage.text) for passage in passages)
    partial = bool(_CUT_OFF.search(passages[-1].text)) or (
        name not in _FULL and words < _MIN_WHOLE_WORDS and len(passages) < _MIN_WHOLE_PASSAGES
    )
    taken_from = _child(item, "source")
    date, date_field = _date(item)
    title = line(_plain(_text(item, "title")))
    story = Story(
        passages=passages,
        title=title or None,
        outlet=line(_text(item, "dc:publisher")) or outlet or None,
        byline=clean_byline(_author(item)) if _author(item) else None,
        published=date,
        published_from=date_field,
        stated_dates=tuple(_stated(item)),
        language=language or None,
        url=_link(item),
        warnings=decoded.warnings,
    )
    if taken_from is not None:
        story = replace(
            story,
            source_url=web_address(taken_from.get("url") or _link(taken_from) or "", ""),
            warnings=(*story.warnings, *_credit(taken_from)),
        )
    return (
        replace(story, partial=True, warnings=(*story.warnings, "partial: the feed carries only an excerpt"))
        if partial
        else story
    )


def _credit(taken_from: Element) -> tuple[str, ...]:
    name = line(taken_from.plain() if not _child(taken_from, "title") else _text(taken_from, "title"))
    return (f"source: the feed credits {name!r}",) if name else ()


def _passages(element: Element, decoded: Decoded) -> tuple[Passage, ...]:
    """The passages of a content field: markup in CDATA, escaped markup, XHTML inside the feed, or plain text."""
    inner = [child for child in element.children if isinstance(child, Element)]
    if inner:
        start, end = inner[0].start, inner[-1].end
        return _fragment(decoded.text[start:end], start, decoded)
    runs = [child for child in element.children if isinstance(child, TextRun) and child.text.strip()]
    if not runs:
        return ()
    if len(runs) == 1 and decoded.text[runs[0].start : runs[0].end] == runs[0].text:
        return _fragment(runs[0].text, runs[0].start, decoded)
    text = "".join(run.text for run in runs)
    return _fragment(text, None, decoded)


def _fragment(text: str, offset: int | None, decoded: Decoded) -> tuple[Passage, ...]:
    """Passages of a fragment that starts at `offset` of the feed's text; None when escaping moved its characters."""
    own = Decoded(text, "utf-8")
    try:
        markup = re.search(r"<[a-z!/]", text, re.IGNORECASE) or re.search(r"&#?\w{2,8};", text)
        passages = fragment_passages(own) if markup else letter_passages(own)
    except TooManyElementsError:
        return ()
    return tuple(replace(passage, byte_range=_moved(passage, text, offset, decoded)) for passage in passages)


def _moved(passage: Passage, text: str, offset: int | None, decoded: Decoded) -> tuple[int, int] | None:
    if offset is None or passage.byte_range is None:
        return None
    encoded = text.encode("utf-8", "surrogateescape")
    start, end = (len(encoded[:at].decode("utf-8", "surrogateescape")) for at in passage.byte_range)
    return decoded.byte_range(offset + start, offset + end)


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


def _link(item: Element) -> str | None:
    for child in item.children:
        if isinstance(child, Element) and _local(child.tag) == "link" and child.get("rel") in ("", "alternate"):
            url = child.get("href") or line(child.raw_text())
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
