"""What a page says about itself in markup made for machines: JSON-LD, meta elements, microdata, document title."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from firsthand.read.markup import Element
from firsthand.read.wording import line

_MAX_JSON_CHARACTERS = 1_000_000
_MAX_NODES = 2_000
_MAX_MICRODATA = 100
_SCRIPT_DATE = re.compile(
    r"""["']?(?:date_?published|publish(?:ed)?_?(?:date|time|at|on)|pub_?date)["']?\s*[:=]\s*["'](\d{4}-\d\d-\d\d[^"']{0,24})["']""",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:Article|Report|BlogPosting|LiveBlogPosting|NewsArticle|Posting|Review)$")
_MAX_FIELD_CHARACTERS = 600


@dataclass(slots=True)
class Structured:
    """The machine-readable statements of a page; every value is one line of plain text."""

    ld: dict[str, Any] = field(default_factory=dict)
    """The JSON-LD node of the article, or an empty one."""
    ld_site: str = ""
    """Name of the publisher in JSON-LD."""
    ld_authors: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    """Lower-case name, property or itemprop of a meta element → content; the first one counts."""
    microdata: dict[str, str] = field(default_factory=dict)
    """itemprop → value, the first one in the body."""
    title: str = ""
    language: str = ""
    canonical: str = ""
    script_date: str = ""
    """A date that a script on the page calls the time of publication."""
    logo: str = ""
    """What stands for the logo where it cannot be shown."""
    base: str = ""
    address: str = ""
    """Where the page was fetched from, when the archive that holds it says so."""

    def first(self, *names: str) -> str:
        """The first non-empty meta value among `names`."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    def ld_text(self, name: str) -> str:
        """A text field of the article's JSON-LD node."""
        value = self.ld.get(name)
        return line(unescape(value))[:_MAX_FIELD_CHARACTERS] if isinstance(value, str) else ""


def harvest(root: Element) -> Structured:
    """Everything machine-readable in the tree."""
    found = Structured()
    nodes: list[dict[str, Any]] = []
    for element in root.walk():
        taker = _TAKERS.get(element.tag)
        if taker is not None:
            taker(found, element)
        if element.tag == "script" and "ld+json" in element.get("type").lower():
            nodes += _json_nodes(element.raw_text(), _MAX_NODES - len(nodes))
        elif element.tag == "script" and not found.script_date:
            published = _SCRIPT_DATE.search(element.raw_text())
            found.script_date = published[1] if published else ""
        if (
            element.may_say("itemprop")
            and element.get("itemprop")
            and element.tag != "meta"
            and len(found.microdata) < _MAX_MICRODATA
        ):
            _take_microdata(found, element)
    _choose_article(found, nodes)
    return found


def stated_text(structured: Structured) -> str:
    """The story's text as JSON-LD states it; empty when it does not."""
    stated = structured.ld.get("articleBody")
    return stated if isinstance(stated, str) else ""


def _take_meta(found: Structured, element: Element) -> None:
    content = line(element.get("content"))[:_MAX_FIELD_CHARACTERS]
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute).lower()
        if name and content:
            found.meta.setdefault(name, content)


def _take_title(found: Structured, element: Element) -> None:
    if not found.title and all(above.tag != "svg" for above in element.ancestors()):
        found.title = line(element.raw_text())[:_MAX_FIELD_CHARACTERS]


def _take_html(found: Structured, element: Element) -> None:
    found.language = found.language or element.get("lang") or element.get("xml:lang")


def _take_link(found: Structured, element: Element) -> None:
    if "canonical" in element.get("rel").lower().split():
        found.canonical = found.canonical or element.get("href")


def _take_image(found: Structured, element: Element) -> None:
    around = (element, *(above for above, _ in zip(element.ancestors(), range(3), strict=False)))
    marks = " ".join(f"{above.get('class')} {above.get('id')} {above.get('src')}" for above in around)
    if not found.logo and re.search(r"logo|masthead|brand|nameplate", marks + element.get("alt"), re.IGNORECASE):
        found.logo = line(re.sub(r"\blogo\b", "", element.get("alt"), flags=re.IGNORECASE))[:100]


def _take_base(found: Structured, element: Element) -> None:
    found.base = found.base or element.get("href")


_TAKERS = {
    "meta": _take_meta,
    "title": _take_title,
    "html": _take_html,
    "body": _take_html,
    "link": _take_link,
    "base": _take_base,
    "img": _take_image,
}


def _take_microdata(found: Structured, element: Element) -> None:
    value = element.get("content") or element.get("datetime")
    if not value and element.tag != "meta":
        value = element.plain() if element.get("itemprop").lower() != "articlebody" else ""
    for name in element.get("itemprop").lower().split():
        if value:
            found.microdata.setdefault(name, line(value)[:_MAX_FIELD_CHARACTERS])


def _json_nodes(text: str, room: int) -> list[dict[str, Any]]:
    """Every object in a JSON-LD script, outer ones first; none when it is not JSON."""
    if len(text) > _MAX_JSON_CHARACTERS or room <= 0:
        return []
    try:
        loaded = json.loads(
            re.sub(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$", "", text.strip()).strip().rstrip(";"), strict=False
        )
    except (ValueError, RecursionError):
        return []
    nodes: list[dict[str, Any]] = []
    queue = deque([loaded])
    while queue and len(nodes) < room:
        value = queue.popleft()
        if isinstance(value, list):
            queue.extend(value[:_MAX_NODES])
        elif isinstance(value, dict):
            nodes.append(value)
            queue.extend(inner for inner in value.values() if isinstance(inner, dict | list))
    return nodes


def _choose_article(found: Structured, nodes: list[dict[str, Any]]) -> None:
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _kinds(node))]
    pages = [
        node
        for node in nodes
        if {"WebPage", "CreativeWork"} & set(_kinds(node)) and (node.get("headline") or node.get("datePublished"))
    ]
    chosen = next((node for node in articles if node.get("headline") or node.get("datePublished")), None) or next(
        iter(pages), None
    )
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
    if chosen is not None:
        found.ld = chosen
        found.ld_site = next(iter(_names(chosen.get("publisher"), by_id)), "")
        found.ld_authors = list(_names(chosen.get("author"), by_id))
    if not found.ld_site:
        sites = [node for node in nodes if {"NewsMediaOrganization", "WebSite"} & set(_kinds(node))]
        found.ld_site = next((line(node["name"]) for node in sites if isinstance(node.get("name"), str)), "")


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [entry for entry in (kind if isinstance(kind, list) else [kind]) if isinstance(entry, str)]


def _names(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Names in a JSON-LD person or organisation, or a list of them."""
    for entry in value if isinstance(value, list) else [value]:
        node = (
            by_id.get(entry["@id"], entry) if isinstance(entry, dict) and isinstance(entry.get("@id"), str) else entry
        )
        name = node.get("name") if isinstance(node, Mapping) else node
        if isinstance(name, list):
            name = next(iter(name), None)
        if isinstance(name, str) and line(unescape(name)) and not re.match(r"https?://", name.strip()):
            yield line(unescape(name))[:_MAX_FIELD_CHARACTERS]
