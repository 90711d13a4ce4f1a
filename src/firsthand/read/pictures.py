"""Images of a story and their captions, which are kept apart from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from firsthand.read.addresses import web_address
from firsthand.read.captions import (
    MAX_CAPTION_CHARACTERS,
    MIN_CAPTION_WORDS,
    as_caption,
    captioned_boxes,
    is_foreign,
)
from firsthand.read.clutter import zone_of
from firsthand.read.markup import Element
from firsthand.read.page import Page
from firsthand.read.segments import Picture, Segmented
from firsthand.read.wording import line, word_count
from firsthand.records import Image

_MIN_IMAGE_PIXELS = 60
_MAX_IMAGES = 60
_ADDRESSES = ("data-src", "data-lazy-src", "data-original", "src", "data-srcset", "srcset", "poster")
"""Where pages keep an image's address; what waits until it is scrolled to goes before what stands in for it."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """An image with its place in the source."""

    start: int
    url: str
    caption: str | None


def images_of(page: Page, segmented: Segmented, base: str, title: str) -> tuple[Image, ...]:
    """Images between headline and end of the story, with their captions, and the one the page declares."""
    declared = web_address(page.structured.first("og:image", "twitter:image"), base)
    story = {element for item in page.items[page.first : page.last + 1] if item.keep for element in item.chain}
    boxes: set[Element] = set()
    shown: list[_Shown] = []
    first, last = _span(page)
    for each in captioned_boxes(page.items[page.first].chain[-1], story, picture_address):
        url = web_address(each.address, base) or (declared if not shown else None)
        if url and first <= each.box.end and each.box.start <= last:
            boxes.add(each.box)
            shown.append(_Shown(each.box.start, url, each.text))
    shown += _uncaptioned(page, segmented, base, title, (boxes, story))
    found = {(each.url, each.caption): None for each in sorted(shown, key=lambda each: each.start)}
    captioned = {url for url, caption in found if caption}
    images = [Image(url=url, caption=caption) for url, caption in found if caption or url not in captioned]
    if declared and not any(image.url == declared for image in images):
        images.append(Image(url=declared))
    return tuple(images[:_MAX_IMAGES])


def _span(page: Page) -> tuple[int, int]:
    """From where to where in the source captioned pictures are the story's: from its headline or its article on."""
    article = next((above for above in page.items[page.first].chain if above.tag == "article"), None)
    begin = min(page.head_start, article.start) if article is not None else page.head_start
    return begin, page.items[min(page.last + 2, len(page.items) - 1)].segment.end


def _uncaptioned(
    page: Page, segmented: Segmented, base: str, title: str, known: tuple[set[Element], set[Element]]
) -> Iterator[_Shown]:
    """The story's other images, with the words that stand by them in a small container, below them or in themselves.

    `known` are the boxes of the captioned ones and the elements that hold some of the story.
    """
    boxes, story = known
    around = set(page.items[page.first].chain)
    first = page.head_place(title)
    for picture in segmented.pictures:
        element = picture.element
        if not first <= picture.before <= page.last + 2 or is_icon(element):
            continue
        above = (element, *element.ancestors())
        if boxes.intersection(above) or is_foreign(element, story):
            continue
        if any(zone_of(each) in ("clutter", "comments") for each in _inner(element)):
            continue
        url = web_address(picture_address(element), base)
        if url:
            yield _Shown(element.start, url, _caption(picture, page, around) or stated_caption(element))


def images_within(segmented: Segmented, base: str) -> tuple[Image, ...]:
    """All images of markup that is one story, with their captions: of their figure, or stated by themselves."""
    found: dict[str, str | None] = {}
    for picture in segmented.pictures:
        url = web_address(picture_address(picture.element), base)
        if url and not is_icon(picture.element):
            found[url] = found.get(url) or _figure_caption(picture.element) or stated_caption(picture.element)
    return tuple(Image(url=url, caption=caption) for url, caption in list(found.items())[:_MAX_IMAGES])


def _figure_caption(element: Element) -> str | None:
    """The text of the caption in the figure around an image."""
    figure = next((above for above in element.ancestors() if above.tag == "figure"), None)
    texts = (each.plain() for each in figure.walk() if each.tag == "figcaption") if figure is not None else ()
    return next(filter(None, map(as_caption, texts)), None)


def _inner(element: Element) -> list[Element]:
    return list(islice(element.ancestors(), 3))


def picture_address(element: Element) -> str:
    """The address of an image, wherever the page keeps it until it is scrolled to; empty where none is stated."""
    for name in _ADDRESSES:
        value = element.get(name).split(",")[0].split(" ")[0]
        if value and not value.startswith("data:"):
            return value
    return ""


def is_icon(element: Element) -> bool:
    """Whether an image is a logo, a button or a counter, by its size or name."""
    sizes = [element.get(name) for name in ("width", "height")]
    marks = " ".join(element.get(name) for name in ("src", "class", "alt"))
    small = any(size.isdigit() and int(size) < _MIN_IMAGE_PIXELS for size in sizes)
    return small or re.search(r"logo|icon|avatar|pixel|spacer|sprite", marks, re.IGNORECASE) is not None


def _caption(picture: Picture, page: Page, around: set[Element]) -> str | None:
    """The text of the image's own figure or small container, or the caption right below the image."""
    near = page.items[max(0, picture.before - 3) : picture.before + 4]
    for above in _inner(picture.element):
        if above in around:
            break
        texts = [item for item in near if above in item.chain]
        if texts:
            return as_caption(" ".join(item.segment.text for item in texts if not item.keep))
    below = page.items[picture.before : picture.before + 1]
    return next((item.segment.text[:MAX_CAPTION_CHARACTERS] for item in below if item.zone == "caption"), None)


def stated_caption(element: Element) -> str | None:
    """The caption that an image carries in its own attributes; None without one of three words."""
    texts = (line(element.get(name)) for name in ("data-caption", "title", "alt"))
    return next((text[:MAX_CAPTION_CHARACTERS] for text in texts if word_count(text) >= MIN_CAPTION_WORDS), None)
