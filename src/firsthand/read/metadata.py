"""Title, outlet, byline and publication date of a web page, from its markup for machines and from what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.read.bylines import byline_in, clean_byline, is_name_line, name_beside_date
from firsthand.read.dates import find_dates
from firsthand.read.judged import Judged
from firsthand.read.names import Claim, agree, copyright_holder, host_name, same_outlet
from firsthand.read.page import Page, is_masthead, marks
from firsthand.read.page_dates import published, stated_dates
from firsthand.read.phrases import is_furniture
from firsthand.read.structured import Structured
from firsthand.read.titles import page_title
from firsthand.read.wording import flat
from firsthand.records import StatedDate

_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "twitter:creator",
)
_SITE_METAS = (
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "al:ios:app_name",
)
_MAX_MASTHEAD_WORDS = 8
_AUTHOR_NAME = re.compile(r"author|byline|writer|(?:^|[\s_-])by(?:$|[\s_-])|meta|who|autor|firma|sub", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its story."""

    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    published_from: str | None
    warnings: tuple[str, ...] = ()
    stated_dates: tuple[StatedDate, ...] = ()


def page_facts(page: Page) -> PageFacts:
    """Title, outlet, byline and date, each None when the page does not give it."""
    sites = [page.structured.ld_site, page.structured.first("og:site_name", *_SITE_METAS)]
    title, ends = page_title(page, [site for site in sites if site])
    outlet, outlet_warning = _outlet(page, ends, title)
    date, source, date_warning = published(page, title)
    warnings = tuple(warning for warning in (outlet_warning, date_warning) if warning)
    others = tuple(stated_dates(page, title))
    return PageFacts(title or None, outlet, _byline(page, title, outlet), date, source, warnings, others)


def _outlet(page: Page, ends: Sequence[str], title: str) -> tuple[str | None, str | None]:
    claims = [claim for claim in _claims(page, ends) if flat(claim.name) != flat(title)]
    best = agree(claims)
    if best is None:
        return None, None
    alone = not any(claim.source != "host" for claim in claims)
    return best.name, "outlet: the page names none; taken from its address" if alone else None


def _claims(page: Page, ends: Sequence[str]) -> Iterator[Claim]:
    structured = page.structured
    yield Claim(structured.ld_site, 5.0, "json-ld publisher")
    yield Claim(structured.first("og:site_name"), 5.0, "og:site_name")
    for name in _SITE_METAS:
        yield Claim(structured.meta.get(name, ""), 3.0, "meta")
    yield Claim(structured.logo, 2.0, "logo")
    for place, end in enumerate(reversed(ends)):
        yield Claim(end, 4.0 - 0.5 * min(place, 4), "title" if place == 0 else f"title part {place}")
    yield from _shown_claims(page)
    stated = (structured.canonical, structured.first("og:url"), structured.base, structured.address)
    host = next(filter(None, map(host_name, stated)), None)
    if host:
        yield Claim(host, 0.5, "host")
        yield Claim(host.split(".")[0], 0.4, "host")


def _shown_claims(page: Page) -> Iterator[Claim]:
    """The masthead before the story and the copyright line, wherever it stands."""
    mastheads = [
        item
        for item in page.items[: page.first]
        if item.words <= _MAX_MASTHEAD_WORDS
        and not find_dates(item.segment.text)
        and not is_furniture(item.segment.text)
    ]
    logos = [
        item
        for item in mastheads
        if is_masthead(item) and (item.segment.link_share < 0.1 or item.segment.link_share > 0.95)
    ]
    for item in logos[:2]:
        yield Claim(item.segment.text, 2.0 if item is logos[0] else 1.0, "masthead")
    for item in mastheads[:1]:
        if item not in logos and item is page.items[0]:
            yield Claim(item.segment.text, 1.0, "first line")
    for item in page.items:
        holder = copyright_holder(item.segment.text) if item.words <= 60 else None
        if holder:
            yield Claim(holder, 1.5, "copyright line")
            return


def _byline(page: Page, title: str, outlet: str | None) -> str | None:
    structured = page.structured
    names = [
        name for name in (clean_byline(name) for name in structured.ld_authors) if name and not _is_outlet(name, outlet)
    ]
    if names:
        return _listed(names)
    for value in (structured.first(*_AUTHOR_METAS), structured.microdata.get("author", "")):
        name = clean_byline(value) if value else None
        if name and not _is_outlet(name, outlet):
            return name
    for item in [*reversed(page.head()), *page.tail()]:
        if flat(item.segment.text) == flat(title):
            continue
        name = byline_in(item.segment.parted) or _marked_author(item) or name_beside_date(item.segment.parted)
        if name and not _is_outlet(name, outlet):
            return name
    return None


def _marked_author(item: Judged) -> str | None:
    """A name line in an element that template or microformat call the author."""
    around = f"{marks(item)} {item.chain[1].get('class') if len(item.chain) > 1 else ''}"
    text = re.split(r"\s[—–|·•-]\s|,", item.segment.parted)[0].strip()
    return clean_byline(text) if _AUTHOR_NAME.search(around) and is_name_line(text) else None


def _is_outlet(name: str, outlet: str | None) -> bool:
    return outlet is not None and same_outlet(name, outlet)


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))[:6]
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"


def declared_language(structured: Structured) -> str | None:
    """The language the page claims for itself."""
    value = (
        structured.ld_text("inLanguage")
        or structured.language
        or structured.first("og:locale", "content-language", "dc.language", "language")
    )
    return value or None
