"""JSON Feed (versions 1 and 1.1): told by its bytes, every item a document that leads back to them."""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from typing import Any

from firsthand.read.addresses import web_address
from firsthand.read.bylines import clean_byline
from firsthand.read.dates import stated_date
from firsthand.read.encoding import Decoded, decode
from firsthand.read.feed import MAX_FEED_BYTES, MAX_ITEMS, as_excerpt, is_cut_off, is_short, read_fragment
from firsthand.read.layers import Layer
from firsthand.read.story import Passage, Source, Stories, Story
from firsthand.read.wording import line
from firsthand.records import Image, Refusal

_VERSION = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version', re.IGNORECASE)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_MIN_STORY_CHARACTERS = 42
_MAX_HEAD_BYTES = 4_096
_FIELDS = (("content_html", True), ("content_text", True), ("summary", False))
"""Where an item may tell its story, and whether it tells it whole there."""


class JsonFeed:
    """JSON Feed, whose top object names its version by an address of jsonfeed.org."""

    name = "feed"
    suffixes = ()

    def recognises(self, content: bytes) -> bool:
        """An object that states the version within the first bytes."""
        head = content[:_MAX_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
        return head.startswith(b"{") and _VERSION.search(head) is not None

    def read(self, source: Source) -> Stories | Refusal:
        """One story an item of the first 5,000, or a refusal: too large, not text, damaged, no text."""
        if len(source.content) > MAX_FEED_BYTES:
            return source.refuse("too-large", f"The feed has {len(source.content):,} bytes.", "Split the feed.")
        decoded = decode(source.content)
        if decoded is None:
            return source.refuse_not_text()
        try:
            feed = json.loads(decoded.text.lstrip("\ufeff"), strict=False)
        except (ValueError, RecursionError):
            feed = None
        if not isinstance(feed, dict):
            return source.refuse("feed-damaged", "The feed is cut off or damaged.", "Fetch it again.")
        items = [item for item in _list(feed.get("items")) if isinstance(item, dict)]
        strings = _Strings(decoded.text)
        told = (_story(item, feed, decoded, strings) for item in items[:MAX_ITEMS])
        stories = tuple(story for story in told if story is not None)
        if not stories:
            return source.refuse(
                "feed-empty", "No item of the feed carries text.", "Fetch the pages that the feed links to."
            )
        what = f"Of the feed's {len(items):,} items, the first {MAX_ITEMS:,} are read."
        more = (source.refuse("too-many-items", what, "Split the feed."),) if len(items) > MAX_ITEMS else ()
        return Stories(stories=stories, refused=more)


class _Strings:
    """The longer strings of a feed, each with the places where its inside stands in the feed's text."""

    def __init__(self, text: str) -> None:
        self._places: dict[str, deque[tuple[int, int]]] = defaultdict(deque)
        for match in _STRING.finditer(text):
            if match.end() - match.start() >= _MIN_STORY_CHARACTERS:
                self._places[_meaning(match.group())].append((match.start() + 1, match.end() - 1))

    def next_place(self, value: str) -> tuple[int, int] | None:
        """Where a string stands, the first time first: items are asked for in their order."""
        places = self._places.get(value)
        return None if not places else places.popleft() if len(places) > 1 else places[0]


def _meaning(quoted: str) -> str:
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        return ""


def _story(item: dict[str, Any], feed: dict[str, Any], decoded: Decoded, strings: _Strings) -> Story | None:
    home = _text(feed, "home_page_url") or _text(feed, "feed_url")
    url = web_address(_text(item, "url"), home)
    found = _content(item, url or home, decoded, strings)
    if found is None:
        return None
    passages, images, is_whole = found
    story = Story(
        passages=passages,
        title=line(_text(item, "title")) or None,
        outlet=line(_text(feed, "title")) or None,
        byline=_byline(item) or _byline(feed),
        published=stated_date(_text(item, "date_published")),
        published_from="feed date_published",
        language=_text(item, "language") or _text(feed, "language") or None,
        url=url or None,
        source_url=web_address(_text(item, "external_url"), home) or None,
        images=images,
        warnings=decoded.warnings,
    )
    return story if is_whole else as_excerpt(story)


def _content(
    item: dict[str, Any], base: str, decoded: Decoded, strings: _Strings
) -> tuple[tuple[Passage, ...], tuple[Image, ...], bool] | None:
    """What the first field with a text tells, and whether that is the whole story."""
    for name, is_full in _FIELDS:
        value = item.get(name)
        place = strings.next_place(value) if isinstance(value, str) else None
        if place is None:
            continue
        layer = Layer(decoded)
        layer.add_json(*place)
        passages, images = read_fragment(layer.text(), base)
        if passages:
            return passages, images, not is_cut_off(passages) and (is_full or not is_short(passages))
    return None


def _byline(holder: dict[str, Any]) -> str | None:
    """The names of the authors, as version 1.1 lists them, or the one of version 1."""
    named = [*_list(holder.get("authors")), holder.get("author")]
    names = [_text(author, "name") for author in named if isinstance(author, dict)]
    return clean_byline(" and ".join(dict.fromkeys(filter(None, names))))


def _text(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return str(value).strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
