"""PDF files with a text layer, read with PDFium."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from firsthand.read.bylines import byline_in, clean_byline
from firsthand.read.dates import find_dates, stated_date
from firsthand.read.names import Claim, agree, copyright_holder
from firsthand.read.pdf_lines import Line, read_page
from firsthand.read.phrases import is_furniture, is_photo_credit
from firsthand.read.story import Passage, Source, Story
from firsthand.read.title_lines import date_in, is_title, names_beside_date
from firsthand.read.wording import ends_sentence, flat, line, word_count
from firsthand.records import BlockKind, Refusal

MAX_PDF_BYTES = 200_000_000
MAX_PAGES = 1_500
MAX_CHARACTERS = 4_000_000
_MIN_CHARACTERS = 40
_MAX_LOST_OBJECTS = 5_000
"""As many are found again within five seconds."""
_FIRST_LINES = 15
_EDGE_LINES = 3
"""Running headers and footers have at most so many lines."""
_WIDE_STEP = 1.35
"""Line spacing varies by a tenth; typesetters part paragraphs by half a line or more."""
_BULLET = re.compile(r"[•·▪‣◦●■►▶➤]\s")
_HYPHENS = "\u00ad\ufffe\u0002\u2010"


class Pdf:
    """Pages in PDFium's reading order, without running headers, footers and page numbers, split words joined."""

    name = "pdf"
    suffixes = ("pdf",)

    def recognises(self, content: bytes) -> bool:
        """`%PDF-` within the first kilobyte, as viewers accept it."""
        return b"%PDF-" in content[:1024]

    def read(self, source: Source) -> tuple[Story, ...] | Refusal:
        """One story, or a refusal: too large, damaged, encrypted, without a text layer."""
        if len(source.content) > MAX_PDF_BYTES:
            return source.refuse("too-large", f"The PDF has {len(source.content):,} bytes.", "Split it into parts.")
        if _is_beyond_repair(source.content):
            return source.refuse(
                "pdf-damaged",
                "The PDF's table of contents does not lead to its parts, and these are too many to be put in order.",
                "Fetch it again; the transfer may have failed.",
            )
        import pypdfium2  # loads a native library

        try:
            document = pypdfium2.PdfDocument(source.content)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                return source.refuse(
                    "pdf-encrypted", "The PDF asks for a password.", "Save a copy without a password and add that."
                )
            return source.refuse(
                "pdf-damaged",
                "The PDF is damaged or cut off and cannot be opened.",
                "Fetch it again; the transfer may have failed.",
            )
        try:
            return _read(document, source)
        finally:
            document.close()


def _is_beyond_repair(content: bytes) -> bool:
    """Whether the table of objects is lost and there are too many: finding them again takes time by their square."""
    if content.count(b" obj") <= _MAX_LOST_OBJECTS:
        return False
    end = content.rfind(b"startxref")
    place = re.match(rb"startxref\s+(\d{1,10})", content[end : end + 40]) if end >= 0 else None
    return place is None or not re.match(rb"\s*(?:xref|\d+\s+\d+\s+obj)", content[int(place[1]) :][:40])


@dataclass(slots=True)
class _Pages:
    """What was read of a document's pages."""

    lines: list[list[Line]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    """0-based numbers of the pages without a text layer."""
    warnings: list[str] = field(default_factory=list)
    characters: int = 0


def _read(document: Any, source: Source) -> tuple[Story, ...] | Refusal:
    pages = _pages(document)
    if pages.characters < _MIN_CHARACTERS:
        return _without_text(pages, len(document), source)
    scanned = _page_numbers(pages.pictures)
    if scanned:
        what = "has" if len(pages.pictures) == 1 else "have"
        pages.warnings.append(f"pdf: {scanned} {what} no text layer: run OCR, e.g. ocrmypdf, and add the result")
    story = _story(document, pages.lines, tuple(pages.warnings))
    if not story.passages:
        return source.refuse(
            "no-main-text", "The PDF holds no text but titles, dates and page numbers.", "Save its text as .txt."
        )
    return (replace(story, partial=bool(scanned)),)


def _pages(document: Any) -> _Pages:
    import pypdfium2

    pages = _Pages()
    for number in range(min(len(document), MAX_PAGES)):
        try:
            found = read_page(document[number], number)
        except pypdfium2.PdfiumError:
            pages.warnings.append(f"pdf: page {number + 1} could not be read")
            continue
        if found.is_picture:
            pages.pictures.append(number)
        pages.lines.append([] if found.is_picture else found.lines)
        pages.characters += sum(len(entry.text) for entry in pages.lines[-1])
        if pages.characters > MAX_CHARACTERS:
            pages.warnings.append(f"pdf: read up to page {number + 1} only")
            break
    if len(document) > MAX_PAGES:
        pages.warnings.append(f"pdf: read up to page {MAX_PAGES} only")
    return pages


def _without_text(pages: _Pages, count: int, source: Source) -> Refusal:
    """The refusal of a document that shows no text, with what it shows instead."""
    if pages.warnings and not pages.lines:
        return source.refuse(
            "pdf-damaged", "No page of the PDF can be read.", "Fetch it again; the transfer may have failed."
        )
    if pages.pictures:
        return source.refuse(
            "pdf-without-text",
            f"No text layer: {_page_numbers(pages.pictures)} of {count}, pictures of text only.",
            "Run OCR on it, e.g. ocrmypdf, and add the result.",
        )
    return source.refuse(
        "pdf-without-text",
        "No text layer: the PDF's pages are empty, or drawn without letters.",
        "Run OCR on it, e.g. ocrmypdf, and add the result.",
    )


def _page_numbers(pages: Sequence[int]) -> str:
    """0-based page numbers in words, from 1 on; empty for none.

    >>> _page_numbers([2]), _page_numbers([0, 1, 2, 6])
    ('page 3', 'pages 1-3, 7')
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    named = ", ".join(f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}" for run in runs)
    return "" if not pages else f"page {named}" if len(pages) == 1 else f"pages {named}"


def _story(document: Any, pages: list[list[Line]], warnings: tuple[str, ...]) -> Story:
    body = [entry for page in _without_running_lines(pages) for entry in page]
    about = {str(key): line(str(value)) for key, value in document.get_metadata_dict().items() if value}
    title = _title(about.get("Title", ""), body)
    date, source, dated = _published(pages, about)
    first = [entry.text for entry in (pages[0] if pages else [])[:_FIRST_LINES]]
    author = clean_byline(about["Author"]) if about.get("Author") else None
    named = next((name for entry in (pages[0] if pages else [])[:15] if (name := byline_in(line(entry.text)))), None)
    claims = [Claim(name, 1.5, "copyright line") for page in (*pages[:2], *pages[-1:]) if (name := _holder(page))]
    claims += [Claim(name, 1.4, "beside the date") for name in names_beside_date(first)[:1]]
    publisher = Claim(about.get("Publisher", ""), 2.0, "pdf Publisher")
    outlet = agree([*claims, publisher, Claim((named and author) or "", 1.0, "pdf Author")])
    return Story(
        passages=tuple(_passages(_paragraphs(body), title)),
        title=title,
        outlet=outlet.name if outlet else None,
        byline=named or author,
        published=date,
        published_from=source,
        warnings=(*warnings, *dated),
    )


def _holder(page: list[Line]) -> str | None:
    return next((name for entry in page if (name := copyright_holder(entry.text))), None)


def _passages(paragraphs: list[_Paragraph], title: str | None) -> Iterator[Passage]:
    """Paragraphs without the title, the lines of date and byline above the text, photo credits and stray furniture."""
    started = False
    for paragraph in paragraphs:
        text = paragraph.text
        is_head = not started and word_count(text) <= 12 and (find_dates(text) or byline_in(text))
        is_clutter = is_photo_credit(text) or (word_count(text) <= 12 and is_furniture(text))
        of_title = not started and title is not None and flat(text) in flat(title)
        if flat(text) == flat(title or "") or of_title or is_head or is_clutter:
            continue
        started = started or word_count(text) > 12
        yield Passage(text=text, kind=paragraph.kind, page=paragraph.page)


def _without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without lines that return at their top or bottom, numbers aside, and without bare page numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(entry.text) for entry in page[:_EDGE_LINES] + page[-_EDGE_LINES:]})
    often = {pattern for pattern, count in seen.items() if count >= max(2, 0.4 * len(pages)) and len(pages) > 1}
    return [
        [
            entry
            for place, entry in enumerate(page)
            if not (
                min(place, len(page) - 1 - place) < _EDGE_LINES
                and (_pattern(entry.text) in often or _is_page_number(entry.text))
            )
        ]
        for page in pages
    ]


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", flat(text))


def _is_page_number(text: str) -> bool:
    return (
        re.fullmatch(r"\W*(?:(?:page|seite|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?\W*", text, re.IGNORECASE)
        is not None
    )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    kind: BlockKind
    page: int
    """The one it starts on, from 1."""


def _paragraphs(lines: list[Line]) -> list[_Paragraph]:
    """Lines joined into paragraphs: a wide step, an indent, a change of size or a short last line ends one."""
    if not lines:
        return []
    steps = [
        step
        for before, entry in pairwise(lines)
        if before.page == entry.page and (step := before.end_bottom - entry.bottom) > 0
    ]
    usual = _Usual(
        step=sorted(steps)[len(steps) // 4] if steps else 0.0,
        height=median(entry.height for entry in lines),
        right=sorted(entry.right for entry in lines)[int(0.8 * (len(lines) - 1))],
    )
    groups: list[list[Line]] = [[lines[0]]]
    for before, entry in pairwise(lines):
        if _parts(before, entry, usual):
            groups.append([entry])
        else:
            groups[-1].append(entry)
    return [
        _Paragraph(text, _kind(text, group, usual.height), group[0].page + 1)
        for group in groups
        if (text := _joined(group))
    ]


@dataclass(frozen=True, slots=True)
class _Usual:
    """The document's own measures, in points."""

    step: float
    """From one baseline to the next."""
    height: float
    right: float
    """Where full lines end."""


def _parts(before: Line, entry: Line, usual: _Usual) -> bool:
    """Whether a new paragraph starts with `entry`."""
    if abs(before.height - entry.height) > 0.25 * usual.height or _BULLET.match(entry.text):
        return True
    if entry.page > before.page + 1:
        return True  # a page between them was not read
    ended_short = before.right < usual.right - 3 * usual.height and ends_sentence(before.text)
    indented = entry.left > before.left + 0.8 * usual.height and ends_sentence(before.text)
    if before.page != entry.page or entry.bottom > before.end_bottom:
        return ended_short or indented
    return before.end_bottom - entry.bottom > _WIDE_STEP * usual.step or ended_short or indented


def _joined(group: list[Line]) -> str:
    """The lines as one text, in time that grows with their number: words parted at a line's end are put together."""
    parts: list[str] = []
    for entry in group:
        part, before = entry.text, parts[-1] if parts else ""
        if before and before[-1] in _HYPHENS:
            parts[-1] = before[:-1]
            parts.append(part.lstrip())
        elif re.search(r"[^\W\d_]-$", before[-2:]) and part[:1].islower():
            parts[-1] = before[:-1]
            parts.append(part)
        else:
            parts += [" ", part] if parts else [part]
    return line("".join(parts).rstrip(_HYPHENS))


def _kind(text: str, group: list[Line], usual_height: float) -> BlockKind:
    if _BULLET.match(text):
        return "list-item"
    large = group[0].height > 1.15 * usual_height
    return (
        "heading"
        if word_count(text) <= 20
        and not ends_sentence(text)
        and (large or (len(group) == 1 and word_count(text) <= 10))
        else "paragraph"
    )


def _title(stated: str, body: list[Line]) -> str | None:
    """The metadata's title when it is a title, else the largest lines of the first page."""
    if is_title(stated):
        return stated
    first = [entry for entry in body if entry.page == body[0].page][:25] if body else []
    if not first:
        return None
    largest = max(entry.height for entry in first)
    if largest < 1.1 * median(entry.height for entry in body):
        return None
    at = next(place for place, entry in enumerate(first) if entry.height == largest)
    run = []
    for entry in first[at:]:
        if entry.height < 0.9 * largest:
            break
        run.append(entry)
    title = _joined(run)
    return title if 2 <= word_count(title) <= 40 else None


def _published(pages: list[list[Line]], about: dict[str, str]) -> tuple[str | None, str | None, tuple[str, ...]]:
    shown = date_in(entry.text for entry in (pages[0] if pages else [])[:20])
    if shown is not None:
        edtf, assumed = shown
        return edtf, "text first page", ("published: day and month could be swapped",) if assumed else ()
    made = re.match(r"D?:?(\d{4})(\d\d)(\d\d)", about.get("CreationDate", ""))
    day = stated_date("-".join(made.groups())) if made else None
    if day is None:
        return None, None, ()
    return day, "pdf CreationDate", ("published: the day the file was made; the pages state none",)
