"""When a page says that its story was published, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from firsthand.read.dates import FoundDate, find_dates, month_in, settle, stated_date
from firsthand.read.markup import Element
from firsthand.read.page import Page
from firsthand.read.structured import Structured
from firsthand.read.wording import flat, word_count
from firsthand.records import StatedDate

_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time",
    "parsely-pub-date", "sailthru.date", "article.published", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "publicationdate", "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created",
    "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "bt:pubdate", "date", "created", "datecreated", "ptime", "displaydate", "publish_up",
)  # fmt: skip
_MAX_LINE_WORDS = 30
_MAX_MONTH_WORDS = 10
_MAX_DATE_WORDS = 10
"""A longer line beside the headline may tell of another day."""
_CLAIM = re.compile(r"publi|pubdate|pub-date|issued|ptime|citation_date|sailthru|original", re.IGNORECASE)
"""Sources that speak of publication; `date` or `created` may be the file's."""
_PUBLISHED_NAME = re.compile(r"publish|date|time", re.IGNORECASE)
_DATE_ATTRIBUTES = ("data-published", "data-publish-date", "data-pubdate", "data-datetime", "data-date")


def published(page: Page, title: str) -> tuple[str | None, str | None, str | None]:
    """EDTF, where it stands, and a warning when its order of day and month had to be assumed."""
    structured = page.structured
    for source, value in _machine_dates(structured):
        stated = stated_date(value)
        if stated:
            return _confirmed(stated, value, page), source, None
    timed = _time_elements(page) if page.items else None
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
    scripted = stated_date(structured.script_date)
    if scripted:
        return scripted, "script", None
    stated = _in_address(structured)
    if stated is None:
        lines = ((source, text) for source, text in _shown_lines(page, title) if word_count(text) <= _MAX_MONTH_WORDS)
        source, stated = next(((source, month) for source, text in lines if (month := month_in(text))), ("", None))
        return stated, source or None, None
    return stated, "address", None


def stated_dates(page: Page, title: str) -> Iterator[StatedDate]:
    """Every place that claims to say when the page was published, with what it says."""
    for source, value in _machine_dates(page.structured):
        stated = stated_date(value) if _CLAIM.search(source) else None
        if stated:
            yield StatedDate(edtf=_confirmed(stated, value, page), found_in=source)
    for item in page.items[page.first : page.first + 1]:
        marked = _marked_time(item.chain[-1])
        if marked:
            yield StatedDate(edtf=marked, found_in="time element")
    for source, text in _shown_lines(page, title):
        dates = _unmistakable(text) if source == "text byline" and word_count(text) <= _MAX_DATE_WORDS else []
        if dates and not dates[0].updated:
            yield StatedDate(edtf=dates[0].edtf, found_in=source)
    address = _in_address(page.structured)
    if address:
        yield StatedDate(edtf=address, found_in="address")


def _marked_time(root: Element) -> str | None:
    """The date of the first element that is marked for machines as the time of publication."""
    for element in root.walk():
        if not element.may_say("datepublished") and not element.may_say("pubdate"):
            continue
        marks = f"{element.get('itemprop')} {element.get('class')}".lower()
        if "datepublished" in marks or "pubdate" in element.attributes:
            date = stated_date(_machine_value(element))
            if date:
                return date
    return None


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
    """The date of the first `time` element marked as publication, else of the first one near the headline."""
    start = page.items[page.first].segment.start
    floor = page.head_start
    best = None
    for element in page.items[page.first].chain[-1].walk():
        if element.tag != "time" and not any(map(element.may_say, ("date", "time", "publish"))):
            continue
        value = _machine_value(element)
        date = stated_date(value) if value else None
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


def _machine_value(element: Element) -> str:
    """The date that a `time` or `abbr` element, or a data attribute, gives for machines."""
    if element.tag == "time":
        return element.get("datetime")
    if element.tag == "abbr" and _PUBLISHED_NAME.search(element.get("class")):
        return element.get("title")
    return next((element.get(name) for name in _DATE_ATTRIBUTES if element.get(name)), "")


def _shown_lines(page: Page, title: str) -> Iterator[tuple[str, str]]:
    """Lines that may give the date, likeliest first: below and above the headline, after the story, the dateline."""
    if not page.items:
        return
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
    for url in (structured.canonical, structured.first("og:url"), structured.address):
        match = re.search(r"[/\-_]((?:19|20|21)\d\d)[/\-_]?([01]\d)[/\-_]?([0-3]\d)(?=[/\-_.?]|$)", url)
        if match and stated_date("-".join(match.groups())):
            return "-".join(match.groups())
    return None
