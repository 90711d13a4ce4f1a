"""Markdown, with or without YAML front matter; cards that hold only an excerpt become partial documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from firsthand.read.addresses import web_address
from firsthand.read.bodies import is_body, is_publisher, issuer_before, names_document, publisher_in, spelled
from firsthand.read.bylines import byline_in, clean_byline, name_beside_date
from firsthand.read.dates import find_dates, stated_date, stated_month
from firsthand.read.encoding import Decoded, decode
from firsthand.read.letterhead import paper_beside_date
from firsthand.read.lines import units_of
from firsthand.read.phrases import is_furniture, opens_related
from firsthand.read.story import Passage, Source, Story
from firsthand.read.wording import ends_sentence, line, word_count
from firsthand.records import BlockKind, Image, Link, Refusal

MAX_MARKDOWN_BYTES = 4_000_000
_MAX_FRONT_MATTER = 65_536
_MAX_BRACKETS = 2_000
"""Nested YAML lists cost the square of their depth; cards have a handful."""
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_TITLES = ("title", "headline", "name")
_OUTLETS = (
    "outlet", "publisher", "publication", "site", "site_name", "sitename", "site_title", "newspaper", "paper",
    "magazine",
    "provider", "source", "website", "blog", "newsletter", "journal", "station", "broadcaster", "channel", "programme",
    "organization", "organisation", "org", "institution", "issuer", "issued_by", "issuing_body", "published_by", "body",
    "authority", "ministry", "court", "agency",
)  # fmt: skip
_AUTHORS = ("author", "authors", "byline", "creator", "by", "writer", "reporter", "correspondent")
_DATES = (
    "date", "published", "publisheddatetime", "published_at", "publishedat", "published_on", "pubdate", "pub_date",
    "publish_date", "publication_date", "publisheddate", "datepublished", "date_published", "posted",
    "release_date", "issued",
    "dated", "filed", "signed", "aired", "broadcast", "sent", "created",
)  # fmt: skip
_URLS = ("url", "weburl", "permalink", "canonical", "canonical_url", "link")
_SOURCES = ("originalurl", "original_url", "source_url", "sourceurl", "original", "source", "via")
_WHOLE_TEXTS = ("content", "body", "text", "articlebody")
_EXCERPTS = ("excerpt", "summary", "description", "abstract", "lead", "teaser", "snippet")
_LANGUAGES = ("lang", "language", "locale", "inlanguage")
_MIN_BODY_CHARACTERS = 40
_MAX_HEAD_LINES = 3
_MAX_HEAD_WORDS = 14
_PUBLISHED_BY = re.compile(
    r"^(?:(?:first |originally )?(?:published|issued|released|printed) (?:by|in)|publisher:"
    r"|outlet:)\s*(?P<name>[^,|·•\d]{3,80}?)"
    r"\s*(?=,|\||·|•|\bon\b|\d|\.?$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<name>[^\d:,#]{3,60}?),?\s+(?:#|(?:no|nr|number|issue|vol(?:ume)?|edition)\b\.?)\s*\d+\.?", re.IGNORECASE
)
"""A title that is the name of a periodical and a number."""


class Markdown:
    """Notes and cards in Markdown. The front matter is read as plain strings; it can build no objects."""

    name = "markdown"
    suffixes = ("md", "markdown", "mdown", "mkd", "qmd")

    def recognises(self, content: bytes) -> bool:
        """A front matter block with at least one key at the very start."""
        return (
            re.match(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[\w\"'-]+\s*:", content[:4096])
            is not None
        )

    def read(self, source: Source) -> tuple[Story, ...] | Refusal:
        """One story, or a refusal: too large, not text, front matter that is an attack, no text."""
        if len(source.content) > MAX_MARKDOWN_BYTES:
            return source.refuse(
                "too-large", f"The file has {len(source.content):,} bytes.", "Split the file into its stories."
            )
        decoded = decode(source.content)
        if decoded is None:
            return source.refuse_not_text()
        front = _FRONT.match(decoded.text)
        yaml = front["yaml"] if front else ""
        if len(yaml) > _MAX_FRONT_MATTER:
            return source.refuse(
                "front-matter-broken",
                "The front matter is larger than any card's.",
                "Keep only title, outlet, author, date and address.",
            )
        try:
            fields, warnings = _fields(yaml)
        except _AliasesUsedError:
            return source.refuse(
                "front-matter-broken",
                "The front matter uses YAML aliases, which can grow without bound.",
                "Write the repeated values out.",
            )
        story = _story(decoded, front.end() if front else 0, fields, warnings)
        if story is None:
            return source.refuse(
                "no-main-text",
                "Neither the body nor the front matter holds text.",
                "Add the text, or an excerpt field.",
            )
        return (story,)


class _AliasesUsedError(Exception):
    """The YAML refers back to an anchor."""


def _fields(yaml_text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Front matter with lower-case keys and values as strings; a broken one is read line by line, with a warning."""
    if not yaml_text.strip():
        return {}, ()
    import yaml  # 70 ms, and only cards need it

    try:
        if yaml_text.count("[") + yaml_text.count("{") > _MAX_BRACKETS:
            raise ValueError("too many brackets")
        for event in yaml.parse(yaml_text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                raise _AliasesUsedError
        loaded = yaml.load(yaml_text, Loader=yaml.BaseLoader)  # noqa: S506  # BaseLoader builds strings, lists and dicts only
    except (yaml.YAMLError, RecursionError, ValueError):
        pairs = re.findall(r"^([\w-]+)\s*:\s*(.+)$", yaml_text, re.MULTILINE)
        return {key.lower(): value.strip().strip("\"'") for key, value in pairs}, (
            "front matter: not valid YAML; read line by line",
        )
    if not isinstance(loaded, dict):
        return {}, ("front matter: holds no fields",)
    return {str(key).lower(): value for key, value in loaded.items()}, ()


def _story(decoded: Decoded, body_at: int, fields: Mapping[str, Any], warnings: tuple[str, ...]) -> Story | None:
    passages, images, heading = _body(decoded, body_at, _first(fields, _URLS))
    passages, above = _without_head(passages)
    partial = False
    if sum(len(passage.text) for passage in passages) < _MIN_BODY_CHARACTERS:
        passages, partial = _from_fields(decoded, body_at, fields) or passages, not _first(fields, _WHOLE_TEXTS)
        if partial:
            warnings = (*warnings, "partial: the card holds only an excerpt of the work")
    if not passages:
        return None
    author = _listed(fields) or next(
        (name for text in above if (name := byline_in(text) or name_beside_date(text))), None
    )
    title = _first(fields, _TITLES) or heading
    outlet = _first(fields, _OUTLETS)
    outlet = "" if re.match(r"https?://", outlet) else outlet
    outlet = outlet or _named_outlet(title or "", author, above) or ""
    date, date_from = _date(fields, above)
    if not outlet and author:
        warnings = (*warnings, "outlet: none is named; the author published this")
    return Story(
        passages=passages,
        title=title,
        outlet=outlet or author,
        byline=author,
        published=date,
        published_from=date_from,
        language=_first(fields, _LANGUAGES) or None,
        url=_first_url(fields, _URLS),
        source_url=_first_url(fields, _SOURCES),
        images=images,
        partial=partial,
        warnings=(*decoded.warnings, *warnings),
    )


def _named_outlet(title: str, author: str | None, above: list[str]) -> str | None:
    """The outlet that no field gives: in the lines above the text, as the author, or in the title."""
    for text in above:
        stated = _PUBLISHED_BY.match(text)
        name = (stated["name"] if stated else None) or paper_beside_date(text)
        name = name or (publisher_in(text) if is_publisher(publisher_in(text)) else None)
        if name:
            return spelled(name, "")
    if author and is_body(publisher_in(author)):
        return publisher_in(author)
    numbered = _NUMBERED.fullmatch(title)
    periodical = numbered["name"] if numbered and not names_document(title) else None
    return issuer_before(title, any_name=author is None) or periodical


def _without_head(passages: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], list[str]]:
    """The passages after the short lines of byline and date that open a note, and the texts of those lines."""
    above: list[str] = []
    for passage in passages[:_MAX_HEAD_LINES]:
        text = passage.text
        named = is_publisher(publisher_in(text)) and not ends_sentence(text)
        if word_count(text) > _MAX_HEAD_WORDS or not (byline_in(text) or find_dates(text) or named):
            break
        above.append(text)
    return passages[len(above) :], above


def _date(fields: Mapping[str, Any], above: list[str]) -> tuple[str | None, str | None]:
    for name in _DATES:
        date = stated_date(_scalar(fields.get(name)))
        if date:
            return date, f"front matter {name}"
    found = next((date.edtf for text in above for date in find_dates(text) if not date.updated), None)
    if found:
        return found, "text header"
    for name in _DATES:
        month = stated_month(_scalar(fields.get(name)))
        if month:
            return month, f"front matter {name}"
    return None, None


def _scalar(value: Any) -> str:
    """A field as one line; of a mapping its name."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or value.get("id") or ""
    return line(value) if isinstance(value, str) else ""


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _scalar(fields.get(name)))), "")


def _first_url(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    values = [fields.get(name) for name in names]
    texts = [
        _scalar(value.get("url") or value.get("link")) if isinstance(value, Mapping) else _scalar(value)
        for value in values
    ]
    return next((text for text in texts if re.match(r"https?://", text)), None)


def _listed(fields: Mapping[str, Any]) -> str | None:
    for name in _AUTHORS:
        value = fields.get(name)
        entries = [_scalar(entry) for entry in (value if isinstance(value, list) else [value])]
        names = [clean for entry in entries if entry and (clean := clean_byline(entry) or entry)]
        if names:
            return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return None


def _from_fields(decoded: Decoded, body_at: int, fields: Mapping[str, Any]) -> tuple[Passage, ...]:
    """Passages of the fullest text field, with their bytes where the value stands in the file unescaped and once."""
    names = [*_WHOLE_TEXTS, *_EXCERPTS]
    texts = [value for name in names if isinstance(value := fields.get(name), str) and value.strip()]
    whole = [value for name in _WHOLE_TEXTS if isinstance(value := fields.get(name), str) and value.strip()]
    value = max(whole or texts, key=len, default="")
    passages = []
    for unit in units_of(value):
        raw = value[unit.start : unit.end]
        at = decoded.text.find(raw, 0, body_at)
        once = at >= 0 and decoded.text.find(raw, at + 1, body_at) < 0
        passages.append(Passage(text=unit.text, byte_range=decoded.byte_range(at, at + len(raw)) if once else None))
    return tuple(passages)


_IMAGE = re.compile(r"!\[([^\]]{0,500})\]\(\s*<?([^\s)>]{1,2000}+)>?(?:\s+[\"'][^\"')]{0,300}[\"'])?\s*\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,500})\]\(\s*<?([^\s)>]{1,2000}+)>?(?:\s+[\"'][^\"')]{0,300}[\"'])?\s*\)|<(https?://[^>\s]{1,2000})>"
)
_EMPHASIS = re.compile(
    r"(?<![\\\w*])(\*{1,3})(?=\S)([^*]{1,2000}?)(?<=\S)\1(?![\w*])|(?<![\\\w_])(_{1,3})(?=\S)([^_]{1,2000}?)(?<=\S)\3(?![\w_])|(?<!\\)`([^`]{1,500})`|~~([^~]{1,500})~~"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.{0,1000}?-->")
_NOTE = re.compile(r"\[\^[^\]]{1,30}\](?!:)")
_NOTE_TEXT = re.compile(r"\[\^[^\]]{1,30}\]:")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULE = re.compile(r"\s*(?:[-*_=]\s?){3,}\s*")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")


def _body(decoded: Decoded, body_at: int, base: str) -> tuple[tuple[Passage, ...], tuple[Image, ...], str | None]:
    """Passages and images of the body, and its first-level heading, which is the title and no passage."""
    text = decoded.text[body_at:]
    images = tuple(
        Image(url=url, caption=line(alt) or None)
        for alt, address in _IMAGE.findall(text)
        if (url := web_address(address, base))
    )
    passages: list[Passage] = []
    title = None
    for raw, at in _blocks(text):
        kind, inner = _kind(raw)
        plain, links = _inline(inner, base)
        if (
            not plain
            or _NOTE_TEXT.match(raw)
            or (len(links) == 1 and opens_related(plain))
            or (word_count(plain) <= 30 and is_furniture(plain))
        ):
            continue
        opens = (
            all(word_count(passage.text) <= _MAX_HEAD_WORDS for passage in passages)
            and len(passages) <= _MAX_HEAD_LINES
        )
        if kind == "heading" and title is None and opens and raw.lstrip().startswith("# "):
            title = plain
            continue
        passages.append(
            Passage(
                text=plain, kind=kind, links=links, byte_range=decoded.byte_range(body_at + at, body_at + at + len(raw))
            )
        )
    while passages and passages[-1].kind == "heading":
        passages.pop()
    return tuple(passages), images, title


def _blocks(text: str) -> list[tuple[str, int]]:
    """Blocks of Markdown with their offsets: paragraphs, headings, list items; fenced code is left out."""
    spans: list[tuple[int, int]] = []
    at, fenced, goes_on, quoting = 0, False, False, False
    for raw in text.splitlines(keepends=True):
        content = raw.rstrip("\r\n")
        start, end = at + len(content) - len(content.lstrip()), at + len(content)
        at += len(raw)
        fence, quoted = _FENCE.match(content) is not None, _QUOTE.match(content) is not None
        fenced = fenced != fence
        if fence or fenced or not content.strip() or _RULE.fullmatch(content):
            goes_on = False
        elif goes_on and not _HEADING.match(content) and not _ITEM.match(content) and (quoting or not quoted):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
            goes_on, quoting = _HEADING.match(content) is None, quoted
    return [(text[start:end], start) for start, end in spans]


def _kind(raw: str) -> tuple[BlockKind, str]:
    heading = _HEADING.match(raw)
    if heading:
        return "heading", heading[2]
    if _QUOTE.match(raw):
        return "quote", "\n".join(_QUOTE.sub("", part) for part in raw.splitlines())
    if _ITEM.match(raw):
        return "list-item", _ITEM.sub("", raw)
    if raw.startswith("|") and raw.count("|") >= 2:
        return "table-row", raw.strip("|")
    return "paragraph", raw


def _inline(raw: str, base: str) -> tuple[str, tuple[Link, ...]]:
    """The text of a block without marks, and its links."""
    raw = _NOTE.sub("", _TAG.sub("", _IMAGE.sub("", raw)) if "<http" not in raw else _IMAGE.sub("", raw))
    parts: list[str] = []
    links: list[Link] = []
    at = length = 0
    for match in _LINK.finditer(raw):
        before = _unmarked(raw[at : match.start()])
        label = line(_unmarked(match[1] or match[3]))
        text = line("".join(parts) + before)
        glue = " " if before[-1:].isspace() and text else ""
        length = len(text) + len(glue)
        parts = [text, glue, label]
        url = web_address(match[2] or match[3], base)
        if url and label:
            links.append(Link(start=length, end=length + len(label), url=url))
        at = match.end()
    rest = _unmarked(raw[at:])
    return (line("".join(parts) + rest) if not parts else _glued("".join(parts), rest)), tuple(links)


def _glued(before: str, rest: str) -> str:
    tail = line(rest)
    return (f"{before} {tail}" if rest[:1].isspace() and tail else before + tail).rstrip()


def _unmarked(raw: str) -> str:
    for _ in range(3):  # bold inside italics inside strikethrough
        raw = _EMPHASIS.sub(lambda match: match[2] or match[4] or match[5] or match[6] or "", raw)
    return _ESCAPE.sub(r"\1", raw)
