"""The headline of a page's story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.read.dates import find_dates
from firsthand.read.names import same_outlet, split_title, title_parts
from firsthand.read.page import Page, is_masthead, marks
from firsthand.read.wording import contained, flat, word_count

_TITLE_NAME = re.compile(r"titl|headline|heading|titulo|titre|überschrift|overskrift|rubrik|head", re.IGNORECASE)
_MASTHEAD_LINES = 3
_MIN_HEADLINE_WORDS = 3


def page_title(page: Page, sites: Sequence[str]) -> tuple[str, list[str]]:
    """The headline, and the rest of the document's title as names that the outlet may have, the outermost last.

    What the page states for machines comes first, then what it shows as a headline, then its document title without the
    outlet's name. `sites` are the names that the page states for its site.
    """
    structured = page.structured
    machine = (
        structured.ld_text("headline")
        or structured.first("og:title", "twitter:title", "dc.title", "title", "headline")
        or structured.microdata.get("headline", "")
    )
    shown = shown_headlines(page)
    headlines = [*(text for text in shown if _similar(text, machine)), machine, *shown, *_near_texts(page)]
    from_document, ends = split_title(structured.title, [text for text in headlines if word_count(text) >= 2], sites)
    if machine:
        return _bare(machine, page, shown, [*sites, *ends]), ends
    return _shown_or_document(page, shown, from_document, ends)


def _bare(machine: str, page: Page, shown: Sequence[str], outlets: Sequence[str]) -> str:
    """The machine-readable title without the outlet's name, or the fuller form of it that the page shows."""
    for text in first_headings(page):
        if word_count(text) >= 3 and any(flat(part) == flat(text) for part in title_parts(machine)[:1]):
            return text
    if any(outlet and f" {flat(machine)} ".find(f" {flat(outlet)} ") >= 0 for outlet in outlets):
        machine, _ = split_title(machine, shown, outlets)
    begins = flat(machine.rstrip("….")) + " "
    return next((text for text in shown if len(text) > len(machine) and flat(text).startswith(begins)), machine)


def _shown_or_document(page: Page, shown: Sequence[str], from_document: str, ends: list[str]) -> tuple[str, list[str]]:
    for text in shown:
        if _similar(text, from_document):
            return (text if len(text) >= len(from_document) else from_document), ends
    heading = _story_heading(page, from_document)
    if heading is not None and not any(same_outlet(part, heading) for part in ends):
        return heading, [*ends, from_document] if not set(flat(heading).split()) & set(
            flat(from_document).split()
        ) else ends
    mastheads = [page.structured.logo, *(item.segment.text for item in page.items[: min(_MASTHEAD_LINES, page.first)])]
    names_site = any(same_outlet(part, text) for part in (from_document, *ends) for text in mastheads if part)
    if shown and (not from_document or names_site):
        return shown[0], [*ends, from_document] if from_document else ends
    return from_document, ends


def _story_heading(page: Page, from_document: str) -> str | None:
    """The only heading of the first order before the story, when it stands with the story or is made of the title's
    own words.
    """
    headings = [item for item in page.items[: page.first] if item.segment.heading == 1 and not is_masthead(item)]
    if len(headings) != 1 or headings[0].words < _MIN_HEADLINE_WORDS:
        return None
    own = any(element.tag in ("article", "main") for element in headings[0].chain)
    text = headings[0].segment.text
    return text if own or set(flat(text).split()) <= set(flat(from_document).split()) else None


def shown_headlines(page: Page) -> list[str]:
    """What the page shows as the story's headline, best guess first."""
    near = [item for item in page.head() if item.words >= 2 and item.segment.link_share < 0.9 and not item.prose]
    named = [item for item in near if _TITLE_NAME.search(marks(item))]
    headed = [item for item in near if item.segment.heading in (1, 2, 3)]
    strong = [item for item in near if item.segment.strong and not item.segment.heading]
    ranked = [*reversed(named), *reversed(headed), *reversed(strong)]
    nearest = max(ranked, key=lambda item: item.segment.start, default=None)
    if nearest is not None and nearest.words >= 3:
        top = list(page.items[:2])  # the page's first lines name the outlet
        ranked = [item for item in ranked if item is nearest or item not in top]
    texts = [item.segment.text for item in ranked if not find_dates(item.segment.text) or item.words > 6]
    return list(dict.fromkeys([*reversed(first_headings(page)), *texts]))


def first_headings(page: Page) -> list[str]:
    """Headings of the first order before the story, those of the page's own masthead excepted."""
    return [
        item.segment.text for item in page.items[: page.first] if item.segment.heading == 1 and not is_masthead(item)
    ]


def _near_texts(page: Page) -> list[str]:
    return [item.segment.text for item in reversed(page.head()) if 3 <= item.words <= 30 and not item.prose]


def _similar(one: str, other: str) -> bool:
    """Whether two titles are equal or one holds the other whole."""
    if flat(one) == flat(other):
        return bool(flat(one))
    return min(word_count(one), word_count(other)) >= 3 and (contained(one, other) or contained(other, one))
