"""Word documents of the kind that is a ZIP archive of XML (ISO 29500), macros or not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping

from firsthand.read.bylines import byline_in, clean_byline
from firsthand.read.dates import stated_date
from firsthand.read.docx_body import Paragraph, paragraphs_of
from firsthand.read.names import Claim, agree, copyright_holder
from firsthand.read.office_xml import EntitiesDeclaredError, Style, TooMuchXmlError, leaves, relations, styles
from firsthand.read.packed import Budget, TooMuchUnpackedError
from firsthand.read.story import Passage, Source, Story
from firsthand.read.title_lines import date_in, is_title, names_beside_date
from firsthand.read.wording import flat, word_count
from firsthand.read.zips import ZipRefused, entry_bytes, may_hold, open_zip
from firsthand.records import BlockKind, Image, Link, Refusal

MAX_BODY_BYTES = 64 * 1024 * 1024
_MAX_PART_BYTES = 8 * 1024 * 1024
_MAX_UNPACKED_BYTES = 192 * 1024 * 1024
_MIN_CHARACTERS = 40
_FIRST_LINES = 20
_MAX_IMAGES = 60
_HEADING = re.compile(r"heading \d|title|subtitle|toc heading")
_CONTENTS = re.compile(r"toc \d|table of figures|index \d|header|footer")
_DIRECTORY_REMEDY = "Save the document again as .docx, .pdf or .txt and add that."


class Docx:
    """Paragraphs, headings, lists, tables and notes; text that tracked changes have deleted is left out."""

    name = "docx"
    suffixes = ("docx", "docm", "dotx")

    def recognises(self, content: bytes) -> bool:
        """A ZIP archive with a Word document in it."""
        return may_hold(content, (), ("word/document",))

    def read(self, source: Source) -> tuple[Story, ...] | Refusal:
        """One story, or a refusal: damaged, encrypted, declares entities, unpacks too far, without text."""
        try:
            story = _story(_Parts(source.content))
        except ZipRefused as why:
            return source.refuse(why.code, why.reason, _DIRECTORY_REMEDY)
        except EntitiesDeclaredError:
            return source.refuse(
                "xml-entities",
                "The document declares entities, as attacks on XML readers do and Word does not.",
                _DIRECTORY_REMEDY,
            )
        except (TooMuchUnpackedError, TooMuchXmlError):
            return source.refuse("unpacks-too-far", "The document unpacks to more than any report.", _DIRECTORY_REMEDY)
        if story is None:
            return source.refuse(
                "no-main-text", "The document holds no text, only pictures or forms.", "Save its text as .txt."
            )
        return (story,)


class _Parts:
    """The parts of a document by name, unpacked when asked for, within one budget."""

    def __init__(self, content: bytes) -> None:
        self.archive: zipfile.ZipFile = open_zip(content)
        self.budget = Budget(_MAX_UNPACKED_BYTES)
        self.names = frozenset(self.archive.namelist())

    def part(self, name: str, limit_bytes: int = _MAX_PART_BYTES) -> bytes:
        """The part's bytes; none where the document has no such part."""
        if name not in self.names:
            return b""
        return entry_bytes(self.archive, self.archive.getinfo(name), limit_bytes=limit_bytes, budget=self.budget)

    def body_name(self) -> str:
        """The part that is the document, as the package states it."""
        for kind, target, _ in relations(self.part("_rels/.rels")).values():
            name = target.lstrip("/")
            if kind.endswith("/officeDocument") and name in self.names:
                return name
        return "word/document.xml"


def _story(parts: _Parts) -> Story | None:
    body = parts.body_name()
    folder, _, file = body.rpartition("/")
    related = relations(parts.part(f"{folder}/_rels/{file}.rels"))
    known = styles(parts.part(f"{folder}/styles.xml"))
    read = paragraphs_of(parts.part(body, MAX_BODY_BYTES), known)
    notes = [note for name in ("footnotes", "endnotes") for note in _notes(parts.part(f"{folder}/{name}.xml"), known)]
    if sum(len(paragraph.text) for paragraph in read.paragraphs) < _MIN_CHARACTERS:
        if not read.whole:
            raise ZipRefused("zip-damaged", "The document's text is damaged from its start.", "")
        return None
    title = _title(leaves(parts.part("docProps/core.xml")).get("title", ""), read.paragraphs)
    story = _facts(parts, read.paragraphs, title)
    said = {
        "docx: damaged; read as far as the damage": not read.whole,
        "docx: tracked changes are read as accepted": read.changed,
        "docx: holds macros, which are neither read nor run": f"{folder}/vbaProject.bin" in parts.names,
    }
    return Story(
        passages=_passages([*read.paragraphs, *notes], title, related),
        title=title,
        outlet=story.outlet,
        byline=story.byline,
        published=story.published,
        published_from=story.published_from,
        language=story.language,
        images=_images(read.paragraphs, related),
        partial=not read.whole,
        warnings=(*(warning for warning, holds in said.items() if holds), *story.warnings),
    )


def _notes(xml: bytes, known: Mapping[str, Style]) -> list[Paragraph]:
    """Notes that are notes: Word keeps the rules that separate them in the same part."""
    return [paragraph for paragraph in paragraphs_of(xml, known).paragraphs if word_count(paragraph.text) >= 2]


def _title(stated: str, paragraphs: list[Paragraph]) -> str | None:
    """The stated title if it is one, else the paragraph in the style for titles, else a heading at the top."""
    if is_title(stated):
        return stated
    first = paragraphs[:_FIRST_LINES]
    titles = [each.text for each in first if each.style in ("title", "heading 1") and word_count(each.text) <= 40]
    return next((each.text for each in first if each.style == "title"), None) or next(iter(titles), None)


def _facts(parts: _Parts, paragraphs: list[Paragraph], title: str | None) -> Story:
    """Outlet, byline, date and language: from the first lines, else from the document's properties."""
    core, app = leaves(parts.part("docProps/core.xml")), leaves(parts.part("docProps/app.xml"))
    first = [each.text for each in paragraphs[:_FIRST_LINES]]
    author = clean_byline(core["creator"]) if core.get("creator") else None
    named = next((name for text in first if word_count(text) <= 20 and (name := byline_in(text))), None)
    holders = (copyright_holder(each.text) for each in paragraphs if word_count(each.text) <= 60)
    claims = [Claim(name, 1.5, "copyright line") for name in (next(filter(None, holders), ""),)]
    claims += [Claim(name, 1.4, "beside the date") for name in names_beside_date(first)[:1]]
    claims += [Claim(core.get("publisher", ""), 2.0, "docx publisher"), Claim(app.get("Company", ""), 1.2, "company")]
    outlet = agree([claim for claim in claims if flat(claim.name) != flat(title or "")])
    published, source, doubt = _published(first, core.get("created", ""))
    return Story(
        passages=(),
        outlet=outlet.name if outlet else None,
        byline=named or author,
        published=published,
        published_from=source,
        language=core.get("language") or None,
        warnings=(doubt,) if doubt else (),
    )


def _published(first: list[str], created: str) -> tuple[str | None, str | None, str | None]:
    """EDTF, where it stands, and what makes it doubtful."""
    shown = date_in(first)
    if shown is not None:
        return shown[0], "text first page", "published: day and month could be swapped" if shown[1] else None
    made = stated_date(created)
    if made is None:
        return None, None, None
    return made, "docx created", "published: the day the file was made; the text states none"


def _passages(
    paragraphs: list[Paragraph], title: str | None, related: Mapping[str, tuple[str, str, bool]]
) -> tuple[Passage, ...]:
    """The document's blocks without its title, its table of contents, captions, and the lines of date and byline."""
    found: list[Passage] = []
    for paragraph in paragraphs:
        text = paragraph.text
        is_head = not found and word_count(text) <= 12 and (date_in([text]) or byline_in(text))
        if (
            not text
            or is_head
            or flat(text) == flat(title or "")
            or _CONTENTS.fullmatch(paragraph.style)
            or paragraph.is_caption
        ):
            continue
        links = tuple(
            Link(start=start, end=end, url=address)
            for start, end, key in paragraph.links
            if (address := _address(related.get(key)))
        )
        found.append(Passage(text=text, kind=_kind(paragraph), links=links))
    return tuple(found) or tuple(Passage(text=paragraph.text) for paragraph in paragraphs if paragraph.text)


def _address(relation: tuple[str, str, bool] | None) -> str | None:
    if relation is None or not relation[2] or not re.match(r"https?://|mailto:", relation[1], re.IGNORECASE):
        return None
    return relation[1][:2000]


def _kind(paragraph: Paragraph) -> BlockKind:
    if paragraph.is_row:
        return "table-row"
    if _HEADING.fullmatch(paragraph.style) or paragraph.outlined:
        return "heading"
    if paragraph.style in ("quote", "intense quote"):
        return "quote"
    return "list-item" if paragraph.numbered or paragraph.style.startswith("list ") else "paragraph"


def _images(paragraphs: list[Paragraph], related: Mapping[str, tuple[str, str, bool]]) -> tuple[Image, ...]:
    """The pictures, by their names in the package, each with the caption right below or above it."""
    found: list[Image] = []
    for paragraph in paragraphs:
        found += [Image(url=related[key][1]) for key in paragraph.images if key in related]
        if paragraph.is_caption and found and found[-1].caption is None:
            found[-1] = Image(url=found[-1].url, caption=paragraph.text)
    return tuple(found[:_MAX_IMAGES])
