"""Images of a story and their captions, which are kept apart from its text."""

from __future__ import annotations

import re

from firsthand.read.addresses import web_address
from firsthand.read.clutter import zone_of
from firsthand.read.markup import Element
from firsthand.read.page import Page
from firsthand.read.segments import Picture, Segmented
from firsthand.read.wording import line, word_count
from firsthand.records import Image

_MAX_CAPTION_CHARACTERS = 500
_MIN_CAPTION_WORDS = 3
_MIN_IMAGE_PIXELS = 60
_MAX_IMAGES = 60


def images_of(page: Page, segmented: Segmented, base: str, title: str) -> tuple[Image, ...]:
    """Images between headline and end of the story, with their captions, and the one the page declares."""
    around = set(page.items[page.first].chain)
    first = page.head_place(title)
    found: dict[str, str | None] = {}
    for picture in segmented.pictures:
        if not first <= picture.before <= page.last + 2 or any(
            zone_of(above) in ("clutter", "comments") for above in _inner(picture.element)
        ):
            continue
        url = web_address(picture_address(picture.element), base)
        if url and not is_icon(picture.element):
            found[url] = found.get(url) or _caption(picture, page, around)
    declared = web_address(page.structured.first("og:image", "twitter:image"), base)
    if declared:
        found.setdefault(declared, None)
    return tuple(Image(url=url, caption=caption) for url, caption in list(found.items())[:_MAX_IMAGES])


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
    inside = figure.walk() if figure is not None else ()
    caption = next((line(each.plain()) for each in inside if each.tag == "figcaption"), "")
    return caption[:_MAX_CAPTION_CHARACTERS] or None


def _inner(element: Element) -> list[Element]:
    return [above for above, _ in zip(element.ancestors(), range(3), strict=False)]


def picture_address(element: Element) -> str:
    """The address of an image, wherever the page keeps it until it is scrolled to; empty where none is stated."""
    for name in ("src", "data-src", "data-lazy-src", "data-original", "data-srcset", "srcset"):
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
            caption = " ".join(item.segment.text for item in texts if not item.keep)
            return caption[:_MAX_CAPTION_CHARACTERS] if word_count(caption) >= _MIN_CAPTION_WORDS else None
    below = page.items[picture.before : picture.before + 1]
    return next((item.segment.text[:_MAX_CAPTION_CHARACTERS] for item in below if item.zone == "caption"), None)


def stated_caption(element: Element) -> str | None:
    """The caption that an image carries in its own attributes; None without one of three words."""
    texts = (line(element.get(name)) for name in ("data-caption", "title", "alt"))
    return next((text[:_MAX_CAPTION_CHARACTERS] for text in texts if word_count(text) >= _MIN_CAPTION_WORDS), None)
