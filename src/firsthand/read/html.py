"""HTML and XHTML pages."""

from __future__ import annotations

import re

from firsthand.read.addresses import web_address
from firsthand.read.best_text import Heard, best_text
from firsthand.read.block_model import learned_text
from firsthand.read.encoding import Decoded, decode
from firsthand.read.judged import Judged
from firsthand.read.main_text import MainText, find_main_text
from firsthand.read.markup import TooManyElementsError, parse_markup
from firsthand.read.metadata import PageFacts, declared_language, page_facts
from firsthand.read.page import Page
from firsthand.read.phrases import is_credit
from firsthand.read.pictures import images_of, images_within
from firsthand.read.repeats import once
from firsthand.read.segments import segment_tree
from firsthand.read.stated_text import stated_passages
from firsthand.read.story import Passage, ReadingMode, Source, Story
from firsthand.read.structured import Structured, harvest, stated_text
from firsthand.read.wording import ends_sentence, flat
from firsthand.records import Image, Link, Refusal

MAX_HTML_BYTES = 16_000_000
"""Thirty times the largest page of the benchmarks; above it lie dumps and attacks."""
MAX_TEXT_CHARACTERS = 4_000_000
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|meta\s|title>|article[\s>]|div[\s>]|p[\s>]|table[\s>]|br\s*/?>|font\s|h[1-6][\s>]|amp-)",
    re.IGNORECASE,
)
_MAX_CREDIT_WORDS = 12
_MIN_TEXT_CHARACTERS = 40
"""Less than this is a teaser or an error page, never a story."""
_MIN_STATED_CHARACTERS = 200


class TooMuchTextError(Exception):
    """A page shows more than `MAX_TEXT_CHARACTERS`."""


class Html:
    """Web pages of any age: main text by `main_text`, facts by `metadata`."""

    name = "html"
    suffixes = ("html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "amp")

    def recognises(self, content: bytes) -> bool:
        """Markup at the very start, or a document type, root or several elements within the first bytes."""
        head = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        if re.match(rb"<!doctype\s+html|<html[\s>]", head, re.IGNORECASE):
            return True
        return head.startswith(b"<") and len(_MARKUP.findall(head)) >= 2

    def read(self, source: Source) -> tuple[Story, ...] | Refusal:
        """One story, or a refusal: too large, not text, no main text."""
        if len(source.content) > MAX_HTML_BYTES:
            return source.refuse(
                "too-large",
                f"The page has {len(source.content):,} bytes; pages of news have far fewer.",
                "Cut the file down to the story, or capture the page anew.",
            )
        decoded = decode(source.content)
        if decoded is None:
            return source.refuse_not_text()
        try:
            story = read_page(decoded, source.address, mode=source.mode)
        except TooMuchTextError:
            return source.refuse(
                "too-large",
                "The page shows more text than several books.",
                "Cut the file down to the story, or capture the page anew.",
            )
        except TooManyElementsError:
            return source.refuse(
                "too-many-elements",
                "The page opens more elements than any page of news.",
                "Cut the file down to the story, or capture the page anew.",
            )
        if story is None:
            return source.refuse(
                "no-main-text",
                "The page holds no passage of prose: only menus, links, forms or scripts.",
                "Save the page after it has loaded fully, or save its text as .txt.",
            )
        return (story,)


def read_page(decoded: Decoded, address: str = "", *, mode: ReadingMode = "standard") -> Story | None:
    """The story of a page that came from `address`; None when it has no main text.

    Raises `TooManyElementsError`, `TooMuchTextError`.
    """
    root = parse_markup(decoded.text, xml=False)
    structured = harvest(root)
    structured.address = address
    segmented = segment_tree(root)
    if sum(len(segment.text) for segment in segmented.segments) > MAX_TEXT_CHARACTERS:
        raise TooMuchTextError
    title = structured.ld_text("headline") or structured.first("og:title")
    ruled = find_main_text(segmented.segments, title, pictures=[picture.element for picture in segmented.pictures])
    core = ruled.kept
    stated = stated_text(structured)
    best = mode == "best"
    heard = best_text(ruled, title, stated, decoded.text) if best else Heard(learned_text(ruled, title, stated))
    main = heard.main
    shown = sum(len(item.segment.text) for item in main.kept)
    if len(stated) > max(2 * shown, _MIN_STATED_CHARACTERS):
        return _stated_story(structured, stated, decoded)
    if shown < _MIN_TEXT_CHARACTERS:
        return None
    places = {id(item): place for place, item in enumerate(main.all)}
    core = core or main.kept  # what is said about the story stands around its certain part
    page = Page(structured, main.all, places[id(core[0])], places[id(core[-1])])
    facts = page_facts(page)
    base = structured.canonical or structured.first("og:url") or structured.base or address
    return Story(
        passages=_once(passages_of(_with_credits(page, _without_title(main.kept, facts.title)), decoded, base)),
        title=facts.title,
        outlet=facts.outlet,
        byline=facts.byline,
        published=facts.published,
        published_from=facts.published_from,
        stated_dates=facts.stated_dates,
        language=declared_language(structured),
        url=_address(structured),
        images=images_of(page, segmented, base, facts.title or ""),
        opinion=heard.opinion,
        warnings=(*decoded.warnings, *facts.warnings, *heard.warnings, *_doubts(main, facts)),
    )


def _stated_story(structured: Structured, body: str, decoded: Decoded) -> Story:
    """The story that a page built by scripts, or cut short for guests, still carries in its JSON-LD."""
    page = Page(structured, (), 0, -1)
    facts = page_facts(page)
    return Story(
        passages=_once(stated_passages(body, decoded)),
        title=facts.title,
        outlet=facts.outlet,
        byline=facts.byline,
        published=facts.published,
        published_from=facts.published_from,
        stated_dates=facts.stated_dates,
        language=declared_language(structured),
        url=_address(structured),
        warnings=(
            *decoded.warnings,
            *facts.warnings,
            "main text: taken from JSON-LD articleBody; the page itself shows less",
        ),
    )


def fragment_passages(decoded: Decoded, base: str = "") -> tuple[Passage, ...]:
    """The passages of HTML that is the story already, as feeds and letters carry it. Raises `TooManyElementsError`."""
    return fragment(decoded, base)[0]


def fragment(decoded: Decoded, base: str = "") -> tuple[tuple[Passage, ...], tuple[Image, ...]]:
    """The passages of HTML that is the story already, and its images, all of which belong to it.

    Raises `TooManyElementsError`.
    """
    segmented = segment_tree(parse_markup(decoded.text))
    main = find_main_text(segmented.segments, whole=True)
    return passages_of(main.kept, decoded, base), images_within(segmented, base)


def _without_title(kept: list[Judged], title: str | None) -> list[Judged]:
    return [item for item in kept if not title or flat(item.segment.text) != flat(title)] or kept


def _with_credits(page: Page, kept: list[Judged]) -> list[Judged]:
    """The story with the lines right before and after it that say where it was taken from: they are evidence."""
    before = [item for item in page.head() if item.words <= _MAX_CREDIT_WORDS and is_credit(item.segment.text)]
    after = [item for item in page.tail()[:3] if is_credit(item.segment.text) and item.segment.link_share < 1]
    known = [*kept, *after]  # the head of a short story reaches beyond its end
    return [*(item for item in before if item not in known), *kept, *(item for item in after if item not in kept)]


def _doubts(main: MainText, facts: PageFacts) -> tuple[str, ...]:
    """A short text of which the page shows as much elsewhere may be the wrong part of the page."""
    kept = sum(len(item.segment.text) for item in main.kept)
    prose = sum(len(item.segment.text) for item in main.all if item.prose)
    doubtful = kept < 400 and prose > 3 * kept
    return ("main text: short, and the page has more prose elsewhere",) if doubtful and facts.title else ()


def passages_of(kept: list[Judged], decoded: Decoded | None, base: str) -> tuple[Passage, ...]:
    """Passages of the kept segments; lines that a single break only wraps are put together again."""
    groups: list[list[Judged]] = []
    for item in kept:
        if groups and _continues(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(_passage(group, decoded, base) for group in groups)


def _once(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    return tuple(once(passages, lambda passage: passage.text))


def _continues(before: Judged, item: Judged) -> bool:
    if item.segment.breaks != 1 or before.segment.block is not item.segment.block:
        return False
    return not ends_sentence(before.segment.text) and (item.segment.text[:1].islower() or before.words > 6)


def _passage(group: list[Judged], decoded: Decoded | None, base: str) -> Passage:
    text, links = "", []
    for item in group:
        text += (" " if text else "") + item.segment.text
        at = len(text) - len(item.segment.text)
        links += [
            Link(start=at + start, end=at + end, url=url)
            for start, end, address in item.segment.links
            if (url := web_address(address, base))
        ]
    start, end = group[0].segment.start, group[-1].segment.end
    return Passage(
        text=text,
        kind=group[0].segment.kind,
        links=tuple(links),
        byte_range=decoded.byte_range(start, end) if decoded else None,
    )


def _address(structured: Structured) -> str | None:
    for url in (
        structured.canonical,
        structured.first("og:url"),
        structured.ld_text("url"),
        structured.ld_text("mainEntityOfPage"),
    ):
        if re.match(r"https?://", url):
            return url
    return None
