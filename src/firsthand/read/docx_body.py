"""The paragraphs of a Word document's text, as it reads when every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from firsthand.read.office_xml import Attributes, Style, scan
from firsthand.read.wording import spaced, word_count

MAX_CHARACTERS = 4_000_000
_SKIPPED = frozenset("del moveFrom Fallback instrText delText pPrChange rPrChange tblPrChange fldData".split())
"""What Word does not show: deleted text, field codes, and what stands there for programs that know no better."""
_CHANGES = frozenset("ins del moveFrom moveTo".split())
_BREAKS = frozenset("tab br cr".split())
_MAX_CELL_WORDS = 20
"""A cell with more and several paragraphs holds prose: the table only places it on the page."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a table row with its cells parted by ` | `."""

    text: str = ""
    style: str = ""
    """Word's own English name of the style in lower case, such as `heading 1`, whatever the user's language."""
    numbered: bool = False
    outlined: bool = False
    """Stands in the document's outline, which makes it a heading."""
    is_row: bool = False
    links: list[tuple[int, int, str]] = field(default_factory=list)
    """Start, end and relationship of each hyperlink."""
    images: list[str] = field(default_factory=list)
    """Relationships of the pictures in it."""

    @property
    def is_caption(self) -> bool:
        """Whether Word knows it as the caption of something."""
        return self.style == "caption"

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    """Of what was added so far."""

    def add(self, text: str) -> None:
        """Adds a run of text; white space never doubles and never comes first."""
        text = spaced(text)
        if not self.pieces or self.pieces[-1].endswith(" "):
            text = text.lstrip()
        if text:
            self.pieces.append(text)
            self.length += len(text)

    def close(self) -> None:
        """Puts the text together and trims its end, and the links to what they show."""
        self.text = "".join(self.pieces).rstrip()
        self.pieces.clear()
        trimmed = []
        for start, end, key in self.links:
            shown = self.text[start:end]
            start += len(shown) - len(shown.lstrip())
            end = start + len(shown.strip())
            if start < end:
                trimmed.append((start, end, key))
        self.links = trimmed


@dataclass(slots=True)
class Body:
    """What a part's XML came to."""

    paragraphs: list[Paragraph]
    whole: bool
    """False when the XML is damaged; the paragraphs before the damage are there."""
    changed: bool
    """Holds tracked changes."""


def paragraphs_of(xml: bytes, known: Mapping[str, Style]) -> Body:
    """The paragraphs with text, in order. Raises `EntitiesDeclaredError`, `TooMuchXmlError`."""
    reader = _Reader(known)
    whole = scan(xml, reader.start, reader.end, reader.text) if xml else True
    reader.finish()
    return Body(reader.done, whole, reader.changed)


class _Reader:
    """Follows the XML event by event; boxes put paragraphs into paragraphs, so the open ones are on a stack."""

    def __init__(self, known: Mapping[str, Style]) -> None:
        self.known = known
        self.done: list[Paragraph] = []
        self.open: list[Paragraph] = []
        self.rows: list[list[list[Paragraph]]] = []
        """Open table rows, outermost first: cells with their paragraphs."""
        self.skipping: list[str] = []
        self.in_text = 0
        self.link: tuple[int, str] | None = None
        self.changed = False
        self.characters = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        self.changed = self.changed or name in _CHANGES
        if self.skipping or name in _SKIPPED:
            self.skipping.append(name)
            return
        if name == "p":
            self.open.append(Paragraph())
        elif name == "tr":
            self.rows.append([])
        elif name == "tc" and self.rows:
            self.rows[-1].append([])
        elif self.open:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: Attributes) -> None:
        paragraph = self.open[-1]
        if name == "t":
            self.in_text += 1
        elif name in _BREAKS:
            paragraph.add(" ")
        elif name == "noBreakHyphen":
            paragraph.add("-")
        elif name == "pStyle":
            style = self.known.get(attributes.get("val", ""), Style("", outlined=False))
            paragraph.style, paragraph.outlined = style.name, paragraph.outlined or style.outlined
        elif name == "numPr":
            paragraph.numbered = True
        elif name == "outlineLvl":
            paragraph.outlined = attributes.get("val", "9") < "9"
        elif name == "hyperlink" and attributes.get("id"):
            self.link = (paragraph.length, attributes["id"])
        elif name == "blip" and attributes.get("embed"):
            paragraph.images.append(attributes["embed"])

    def end(self, name: str) -> None:
        """An element closes."""
        if self.skipping:
            self.skipping.pop()
        elif name == "t" and self.in_text:
            self.in_text -= 1
        elif name == "hyperlink" and self.link is not None and self.open:
            self.open[-1].links.append((self.link[0], self.open[-1].length, self.link[1]))
            self.link = None
        elif name == "p" and self.open:
            self._close(self.open.pop())
        elif name == "tr" and self.rows:
            self._close_row(self.rows.pop())

    def text(self, text: str) -> None:
        """Characters, which count only inside a run's text."""
        if self.in_text and self.open and not self.skipping and self.characters < MAX_CHARACTERS:
            self.characters += len(text)
            self.open[-1].add(text)

    def finish(self) -> None:
        """Closes what damaged XML left open."""
        while self.open:
            self._close(self.open.pop())
        while self.rows:
            self._close_row(self.rows.pop())

    def _close(self, paragraph: Paragraph) -> None:
        paragraph.close()
        if not paragraph.text and not paragraph.images:
            return
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(paragraph)
        else:
            self.done.append(paragraph)

    def _close_row(self, cells: list[list[Paragraph]]) -> None:
        cells = [cell for cell in cells if cell]
        inside = self.rows[-1][-1] if self.rows and self.rows[-1] else self.done
        prose = any(len(cell) > 1 and sum(word_count(each.text) for each in cell) > _MAX_CELL_WORDS for cell in cells)
        if len(cells) == 1 or prose:
            inside.extend(each for cell in cells for each in cell)
        elif cells:
            inside.append(_row(cells))


def _row(cells: list[list[Paragraph]]) -> Paragraph:
    """One paragraph of a row's cells, links and pictures moved along."""
    row = Paragraph(is_row=True)
    for cell in cells:
        for place, paragraph in enumerate(cell):
            if paragraph.text and row.length:
                row.add(" " if place else " | ")
            at = row.length
            row.add(paragraph.text)
            row.links += [(at + start, at + end, key) for start, end, key in paragraph.links]
            row.images += paragraph.images
    row.close()
    return row
