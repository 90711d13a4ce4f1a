"""Title, outlet, byline and publication date of a web page, from its markup for machines and from what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.read.bodies import is_body, is_publisher, publisher_in, spelled_out
from firsthand.read.bylines import byline_in, clean_byline, is_name_line, name_beside_date
from firsthand.read.dates import find_dates
from firsthand.read.judged import Judged
from firsthand.read.letterhead import paper_beside_date
from firsthand.read.names import Claim, agree, copyright_holder, host_name, same_outlet, title_parts
from firsthand.read.page import Page, is_masthead, marks
from firsthand.read.page_dates import published, stated_dates
from firsthand.read.phrases import is_furniture
from firsthand.read.structured import Structured
from firsthand.read.titles import page_title
from firsthand.read.wording import flat, word_count
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
    "al:ios:app_name",
)
_JOURNAL_METAS = ("citation_journal_title", "prism.publicationname", "citation_conference_title")
_OWNER_METAS = (
    "citation_technical_report_institution",
    "citation_dissertation_institution",
    "citation_publisher",
    "organization",
    "organisation",
    "institution",
    "owner",
    "copyright",
    "dc.rights",
    "dcterms.rightsholder",
)
_MAX_MASTHEAD_WORDS = 8
_SECTION = re.compile(
    r"\s(?:blog|newsroom|press (?:room|office|centre|center|releases?)|media (?:centre|center))$", re.IGNORECASE
)
_NEAR_LINES = 4
_DATELINE_AGENCY = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+\b[^()a-z]{0,40}(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}\s*)?\((?P<agency>[^()]{2,40})\)\s*[-–—]"
)
_FIRST_PART = re.compile(r"\s?[|·•,]\s|\s[–—-]\s|\.\s|\s?©")
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
    sites = [page.structured.ld_site, page.structured.first("og:site_name", *_SITE_METAS, *_JOURNAL_METAS)]
    title, ends = page_title(page, [site for site in sites if site])
    outlet, outlet_warning = _outlet(page, ends, title)
    date, source, date_warning = published(page, title)
    warnings = tuple(warning for warning in (outlet_warning, date_warning) if warning)
    others = tuple(stated_dates(page, title))
    return PageFacts(title or None, outlet, _byline(page, title, outlet), date, source, warnings, others)


def _outlet(page: Page, ends: Sequence[str], title: str) -> tuple[str | None, str | None]:
    journal = page.structured.first(*_JOURNAL_METAS)
    if journal:  # before the platform that shows it
        return journal, None
    claims = [claim for claim in _claims(page, ends) if claim.name and not _repeats(title, claim.name)]
    best = agree(claim for claim in claims if not _is_section(claim.name, claims))
    if best is None:
        return None, None
    alone = not any(claim.source != "host" for claim in claims)
    around = [*page.items[: page.first], *page.items[page.last + 1 :]]
    name = spelled_out(best.name, (item.segment.text for item in around)) or best.name
    return name, "outlet: the page names none; taken from its address" if alone else None


def _repeats(title: str, name: str) -> bool:
    """Whether a name is the title, or the words it opens with and no publisher's name."""
    opens = flat(title).startswith(f"{flat(name)} ") and not is_publisher(name) and word_count(title) > 2
    return flat(name) == flat(title) or (opens and not re.match(r"\W*[:|–—-]", title[len(name) :]))


def _is_section(name: str, claims: Sequence[Claim]) -> bool:
    """Whether a name such as "Harbour blog" is a part of another claim's site ("Harbour Systems")."""
    section = _SECTION.search(name)
    owner = f"{flat(name[: section.start()])} " if section else ""
    return bool(owner.strip()) and any(flat(claim.name).startswith(owner) for claim in claims if claim.name != name)


def _claims(page: Page, ends: Sequence[str]) -> Iterator[Claim]:
    structured = page.structured
    yield Claim(structured.ld_site, 5.0, "json-ld publisher")
    yield Claim(structured.first("og:site_name"), 5.0, "og:site_name")
    for name in _SITE_METAS:
        yield Claim(structured.meta.get(name, ""), 3.0, "meta")
    for name in _OWNER_METAS:
        value = structured.meta.get(name, "")
        yield Claim(copyright_holder(value) or (value if is_publisher(value) else ""), 2.0, "meta owner")
    author = publisher_in(structured.first(*_AUTHOR_METAS))
    yield Claim(author if is_body(author) else "", 2.5, "meta author")
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
        and not _is_menu(item)
    ]
    logos = [
        item
        for item in mastheads
        if is_masthead(item) and (item.segment.link_share < 0.1 or item.segment.link_share > 0.95)
    ]
    for item in logos[:2]:
        yield Claim(publisher_in(item.segment.text), 2.0 if item is logos[0] else 1.0, "masthead")
    for item in mastheads[:1]:
        if item not in logos and item is page.items[0]:
            yield Claim(publisher_in(item.segment.text), 1.0, "first line")
    for item in mastheads[-_NEAR_LINES:]:
        near = item not in logos and item is not page.items[0] and item.segment.link_share < 0.1
        name = publisher_in(item.segment.text)
        yield Claim(name if near and is_publisher(name) else "", 1.0, "line above the story")
    for item in (*page.head(), *page.tail()):
        yield Claim(paper_beside_date(item.segment.parted) or "", 1.8, "line with the date")
    dateline = _DATELINE_AGENCY.match(page.items[page.first].segment.text[:120]) if page.items else None
    yield Claim(dateline["agency"] if dateline else "", 0.3, "dateline")
    yield from _small_print_claims(page)


def _is_menu(item: Judged) -> bool:
    """Whether the segment is a way about the site: several links, or the text of a navigation element."""
    in_nav = any(element.tag == "nav" for element in item.chain)
    return len(item.segment.links) > 1 or (in_nav and not (is_masthead(item) and len(item.segment.links) == 1))


def _small_print_claims(page: Page) -> Iterator[Claim]:
    """The body that opens the footer or the first menu, and the copyright line."""
    for item in page.items[page.last + 1 :]:
        name = publisher_in(_FIRST_PART.split(item.segment.parted, maxsplit=1)[0].strip())
        if any(element.tag == "footer" for element in item.chain[:4]) and is_body(name):
            yield Claim(name, 1.5, "footer")
            break
    items = title_parts(page.items[0].segment.parted) if page.items else []
    menu = items[0] if len(items) > 1 else ""
    if is_body(menu) and word_count(menu) > 2:  # "Courts" or "City Council" is a section of a paper
        yield Claim(menu, 0.8, "first menu")
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
