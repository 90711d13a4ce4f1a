"""Images of a story and their captions, which are kept apart from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_SHOWN_LATER = frozenset("img amp-img source video noscript a div".split())
"""What may carry the address of an image that a page loads by script."""


def images_of(page: Page, segmented: Segmented, base: str, title: str) -> tuple[Image, ...]:
    """Images between headline and end of the story, with their captions, and the one the page declares."""
    around = set(page.items[page.first].chain)
    first = page.head_place(title)
    found: dict[str, str | None] = {}
    for picture in segmented.pictures:
        captioned = _captioned_figure(picture.element)
        named = (zone_of(above) for above in _inner(captioned or picture.element))
        if not first <= picture.before <= page.last + 2 or any(zone in ("clutter", "comments") for zone in named):
            continue
        url = web_address(picture_address(picture.element), base)
        if url and (captioned or not is_icon(picture.element)):
            near = figure_caption(picture.element) or _caption(picture, page, around)
            found[url] = found.get(url) or near or stated_caption(picture.element)
    found.update({url: caption for url, caption in _other_figures(page, base) if not found.get(url)})
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
            found[url] = found.get(url) or figure_caption(picture.element) or stated_caption(picture.element)
    return tuple(Image(url=url, caption=caption) for url, caption in list(found.items())[:_MAX_IMAGES])


def figure_caption(element: Element) -> str | None:
    """The text of the caption in the figure around an image."""
    figure = _captioned_figure(element)
    return _text_of_caption(figure) if figure is not None else None


def _captioned_figure(element: Element) -> Element | None:
    """The figure around an image, where it has a caption of three words."""
    figure = next((above for above in element.ancestors() if above.tag == "figure"), None)
    return figure if figure is not None and _text_of_caption(figure) else None


def _text_of_caption(figure: Element) -> str | None:
    texts = (line(each.plain()) for each in figure.walk() if each.tag == "figcaption")
    return next((text[:_MAX_CAPTION_CHARACTERS] for text in texts if word_count(text) >= _MIN_CAPTION_WORDS), None)


def _other_figures(page: Page, base: str) -> Iterator[tuple[str, str]]:
    """Captioned figures among the story's text whose image only scripts would show: sources, and what stands in for it.

    A figure within a link belongs to another story.
    """
    story = page.items[page.first].chain
    body = next((above for above in story if above.tag in ("article", "main", "body")), story[-1])
    for figure in body.walk():
        caption = _text_of_caption(figure) if figure.tag == "figure" else None
        above = (figure, *_inner(figure))
        if caption is None or any(zone_of(each) in ("clutter", "comments") or each.tag == "a" for each in above):
            continue
        sources = (web_address(picture_address(each), base) for each in figure.walk() if each.tag in _SHOWN_LATER)
        url = next(filter(None, sources), None)
        if url:
            yield url, caption


def _inner(element: Element) -> list[Element]:
    return [above for above, _ in zip(element.ancestors(), range(3), strict=False)]


def picture_address(element: Element) -> str:
    """The address of an image, wherever the page keeps it until it is scrolled to; empty where none is stated."""
    for name in ("src", "data-src", "data-lazy-src", "data-original", "data-srcset", "srcset", "poster"):
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
