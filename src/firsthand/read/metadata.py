"""Title, outlet, byline and publication date of a web page, from its markup for machines and from what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firsthand.read.bylines import byline_in, clean_byline, is_name_line
from firsthand.read.dates import FoundDate, find_dates, settle, stated_date
from firsthand.read.main_text import Judged
from firsthand.read.markup import Element
from firsthand.read.names import Claim, agree, copyright_holder, host_name, same_outlet, split_title
from firsthand.read.structured import Structured
from firsthand.read.wording import contained, flat, word_count

_LOGO = re.compile(
    r"(?:^|[\s_-])(?:site|page|blog|main|top)?[\s_-]*_*(?:logo|brand|masthead|mast|nameplate|sitename|name|site-?title|header|head|hdr|banner|top)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TITLE_NAME = re.compile(r"titl|headline|heading|titulo|titre|überschrift|head", re.IGNORECASE)
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "article.published",
    "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate", "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "article_date_original", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "bt:pubdate", "date", "created", "datecreated", "ptime", "displaydate", "publish_up",
)  # fmt: skip
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
_MAX_LINE_WORDS = 30
_HEAD_LINES = 14
"""How many segments before the story's first paragraph may hold its headline, byline and date."""
_TAIL_LINES = 6
_MAX_MASTHEAD_WORDS = 8


@dataclass(frozen=True, slots=True)
class Page:
    """A page's segments around its story. `first` and `last` are the places of the story's first and last segment in `items`."""

    structured: Structured
    items: Sequence[Judged]
    first: int
    last: int

    def head(self) -> Sequence[Judged]:
        """Short segments before the story, nearest last."""
        return [
            item for item in self.items[max(0, self.first - _HEAD_LINES) : self.first] if item.words <= _MAX_LINE_WORDS
        ]

    def tail(self) -> Sequence[Judged]:
        """Short segments after the story, nearest first."""
        return [
            item for item in self.items[self.last + 1 : self.last + 1 + _TAIL_LINES] if item.words <= _MAX_LINE_WORDS
        ]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its story."""

    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    published_from: str | None
    warnings: tuple[str, ...] = ()


def page_facts(page: Page) -> PageFacts:
    """Title, outlet, byline and date, each None when the page does not give it."""
    title, ends = _title(page)
    outlet, outlet_warning = _outlet(page, ends, title)
    published, source, date_warning = _published(page, title)
    warnings = tuple(warning for warning in (outlet_warning, date_warning) if warning)
    return PageFacts(title or None, outlet, _byline(page, title, outlet), published, source, warnings)


def shown_headlines(page: Page) -> list[str]:
    """What the page shows as the story's headline, best guess first."""
    heads = [item for item in page.items[: page.first] if item.segment.heading == 1 and not _is_masthead(item)]
    near = [item for item in page.head() if 2 <= item.words and item.segment.link_share < 0.9 and not item.prose]
    named = [
        item
        for item in near
        if _TITLE_NAME.search(f"{item.chain[0].get('class')} {item.chain[0].get('id')} {item.chain[0].get('itemprop')}")
    ]
    headed = [item for item in near if item.segment.heading in (1, 2, 3)]
    strong = [item for item in near if item.segment.strong and not item.segment.heading]
    ranked = [*reversed(heads), *reversed(named), *reversed(headed), *reversed(strong)]
    top = list(page.items[:2])
    if any(item not in top and item.words >= 4 for item in ranked):
        ranked = [item for item in ranked if item not in top]  # the page's first lines name the outlet
    return list(
        dict.fromkeys(item.segment.text for item in ranked if not find_dates(item.segment.text) or item.words > 6)
    )


def _title(page: Page) -> tuple[str, list[str]]:
    """The headline, and the rest of the document's title as names the outlet may have."""
    structured = page.structured
    machine = (
        structured.ld_text("headline")
        or structured.first("og:title", "twitter:title", "dc.title", "title", "headline")
        or structured.microdata.get("headline", "")
    )
    shown = shown_headlines(page)
    sites = [structured.ld_site, structured.first("og:site_name", *_SITE_METAS)]
    headlines = [*(text for text in shown if _similar(text, machine)), machine, *shown]
    from_document, ends = split_title(structured.title, [text for text in headlines if text], sites)
    machine, machine_ends = (
        split_title(machine, shown, [*sites, *ends]) if _has_affix(machine, [*sites, *ends]) else (machine, [])
    )
    ends = ends or machine_ends
    if machine:
        fuller = next((text for text in shown if len(text) > len(machine) and _begins(text, machine)), None)
        return fuller or machine, ends
    for text in shown:
        if _similar(text, from_document):
            return text if len(text) >= len(from_document) else from_document, ends
    before = [item.segment.text for item in page.items[: page.first]]
    if shown and (
        not from_document
        or any(flat(part) == flat(text) for part in [structured.title, *ends, from_document] for text in before)
    ):
        return shown[0], [*ends, from_document] if from_document else ends
    return from_document, ends


def _has_affix(title: str, outlets: Sequence[str]) -> bool:
    """Whether a machine-readable title carries the outlet's name at an end."""
    return any(
        outlet and (flat(title).endswith(" " + flat(outlet)) or flat(title).startswith(flat(outlet) + " "))
        for outlet in outlets
    )


def _similar(one: str, other: str) -> bool:
    return (
        bool(one)
        and bool(other)
        and (
            flat(one) == flat(other)
            or (min(word_count(one), word_count(other)) >= 3 and (contained(one, other) or contained(other, one)))
        )
    )


def _begins(text: str, start: str) -> bool:
    return flat(text).startswith(flat(start.rstrip("….")))


def _is_masthead(item: Judged) -> bool:
    """Whether the segment stands in the page's header and not in the story's."""
    for element in item.chain[:4]:
        if _LOGO.search(f"{element.get('class')} {element.get('id')}"):
            return True
        if element.tag == "header" and not any(
            above.tag in ("article", "main", "section") for above in element.ancestors()
        ):
            return True
    return False


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
    for place, end in enumerate(reversed(ends)):
        yield Claim(end, 4.0 - 0.5 * min(place, 4), "title" if place == 0 else f"title part {place}")
    yield from _shown_claims(page)
    host = host_name(structured.canonical) or host_name(structured.first("og:url")) or host_name(structured.base)
    if host:
        yield Claim(host, 0.5, "host")
        yield Claim(host.split(".")[0], 0.4, "host")


def _shown_claims(page: Page) -> Iterator[Claim]:
    """The masthead before the story and the copyright line, wherever it stands."""
    mastheads = [
        item
        for item in page.items[: page.first]
        if item.words <= _MAX_MASTHEAD_WORDS and not find_dates(item.segment.text)
    ]
    logos = [
        item
        for item in mastheads
        if _is_masthead(item) and (item.segment.link_share < 0.1 or item.segment.link_share > 0.95)
    ]
    for item in logos[:2]:
        yield Claim(item.segment.text, 2.0 if item is logos[0] else 1.0, "masthead")
    for item in mastheads[:1]:
        if item not in logos:
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
        name = byline_in(item.segment.text) or _marked_author(item)
        if name and not _is_outlet(name, outlet):
            return name
    return None


def _marked_author(item: Judged) -> str | None:
    """A name line in an element that template or microformat call the author."""
    marks = " ".join(
        f"{element.get('class')} {element.get('rel')} {element.get('itemprop')}" for element in item.chain[:2]
    )
    text = re.split(r"\s[—–|·•-]\s|,", item.segment.text)[0]
    if re.search(
        r"author|byline|writer|(?:^|[\s_-])by(?:$|[\s_-])|meta|who|autor|firma|sub", marks, re.IGNORECASE
    ) and is_name_line(text):
        return clean_byline(text)
    return None


def _is_outlet(name: str, outlet: str | None) -> bool:
    return outlet is not None and flat(name) == flat(outlet)


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))[:6]
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"


def _published(page: Page, title: str) -> tuple[str | None, str | None, str | None]:
    """EDTF, where it stands, and a warning when its order of day and month had to be assumed."""
    structured = page.structured
    for source, value in _machine_dates(structured):
        date = stated_date(value)
        if date:
            return _confirmed(date, value, page), source, None
    timed = _time_elements(page)
    if timed:
        return timed, "time element", None
    for source, text in _shown_lines(page, title):
        for date in find_dates(text):
            if not date.updated:
                edtf, assumed = settle(date, _certain_days(page), month_first=_month_first(structured))
                return (
                    edtf,
                    source,
                    f"published: day and month of {text[date.start : date.end]!r} could be swapped"
                    if assumed
                    else None,
                )
    return _in_address(structured), "address", None


def _machine_dates(structured: Structured) -> Iterator[tuple[str, str]]:
    yield "json-ld datePublished", structured.ld_text("datePublished")
    yield from ((f"meta {name}", structured.meta[name]) for name in _DATE_METAS if name in structured.meta)
    yield "microdata datePublished", structured.microdata.get("datepublished", "")


def _confirmed(date: str, value: str, page: Page) -> str:
    """For a numeric machine date such as 03/04/2030, the reading that other dates of the page support."""
    found = find_dates(value)
    return (
        settle(found[0], _certain_days(page), month_first=_month_first(page.structured))[0]
        if found and found[0].other
        else date
    )


def _time_elements(page: Page) -> str | None:
    """The date of the last `time` element before the story's first paragraph, or of the first one marked as publication."""
    start = page.items[page.first].segment.start
    floor = page.items[max(0, page.first - _HEAD_LINES)].segment.start
    best = None
    for element in page.items[page.first].chain[-1].walk():
        if element.tag != "time" or not element.get("datetime"):
            continue
        date = stated_date(element.get("datetime"))
        marks = f"{element.get('itemprop')} {element.get('class')}".lower()
        if date and ("datepublished" in marks or "pubdate" in element.attributes):
            return date
        if (
            date
            and best is None
            and floor <= element.start < start
            and not re.search(r"updat|modif", marks + element.plain().lower())
        ):
            best = date
    return best


def _shown_lines(page: Page, title: str) -> Iterator[tuple[str, str]]:
    """Lines that may give the date, likeliest first: between headline and story, above the headline, after the story, the dateline."""
    head = list(page.head())
    at = next((place for place, item in enumerate(head) if flat(item.segment.text) == flat(title)), -1)
    below, above = head[at + 1 :], head[: at + 1] if at >= 0 else []
    yield from (("text byline", item.segment.text) for item in below)
    yield from (("text above headline", item.segment.text) for item in reversed(above[-4:]))
    yield from (("text after story", item.segment.text) for item in page.tail() if item.words <= 12)
    yield "text dateline", page.items[page.first].segment.text[:80]


def _certain_days(page: Page) -> set[str]:
    """Days that the page writes unmistakably somewhere."""
    days: set[str] = set()
    for item in page.items:
        if item.words <= _MAX_LINE_WORDS and re.search(r"(?:19|20|21)\d\d", item.segment.text):
            days.update(date.edtf[:10] for date in _unmistakable(item.segment.text))
    address = _in_address(page.structured)
    return days | ({address} if address else set())


def _unmistakable(text: str) -> list[FoundDate]:
    return [date for date in find_dates(text) if date.other is None]


def _month_first(structured: Structured) -> bool:
    return structured.language.lower().replace("_", "-") in ("en-us", "en-ph") or structured.first(
        "og:locale"
    ).lower() in ("en_us", "en_ph")


def _in_address(structured: Structured) -> str | None:
    """The day in the page's own address, such as `/2030/04/17/`."""
    for url in (structured.canonical, structured.first("og:url")):
        match = re.search(r"[/\-_]((?:19|20|21)\d\d)[/\-_]?([01]\d)[/\-_]?([0-3]\d)(?=[/\-_.?]|$)", url)
        if match and stated_date("-".join(match.groups())):
            return "-".join(match.groups())
    return None


def declared_language(structured: Structured) -> str | None:
    """The language the page claims for itself."""
    value = (
        structured.ld_text("inLanguage")
        or structured.language
        or structured.first("og:locale", "content-language", "dc.language", "language")
    )
    return value or None


def story_elements(page: Page) -> set[Element]:
    """Every element around the story's kept segments."""
    return {element for item in page.items[page.first : page.last + 1] if item.keep for element in item.chain}


def is_same_outlet(one: str, other: str) -> bool:
    """Whether two outlet names may mean the same outlet."""
    return same_outlet(one, other)
