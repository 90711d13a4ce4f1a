"""Cuts a tree of markup into segments: the smallest runs of text between block boundaries and line breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.read.markup import BLOCK, Element, TextRun
from firsthand.read.wording import spaced
from firsthand.records import BlockKind

UNREAD = frozenset(
    "script style template noscript svg math iframe noframes noembed object embed canvas audio video map select "
    "datalist textarea button progress meter head title".split()
)
_STYLES = frozenset("b strong font small i em cite".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![^\S\n]*\n))+")
_MAX_PARTED_CHARACTERS = 300
_MAX_CELL_CHARACTERS = 120


@dataclass(slots=True)
class Piece:
    """Text of one run, or a mark put between two, with how it is set."""

    text: str
    start: int
    end: int
    link: str = ""
    strong: bool = True
    fine: bool = True
    slanted: bool = False
    parent: Element | None = None


@dataclass(slots=True)
class Segment:
    """A run of text with no block boundary or line break inside."""

    text: str
    kind: BlockKind
    block: Element
    """The nearest block element around it."""
    start: int
    """Half-open range in the source, from its first to its last character."""
    end: int
    links: list[tuple[int, int, str]] = field(default_factory=list)
    """(start, end, address): half-open spans in `text`."""
    breaks: int = 0
    """Line breaks before it within its block: 0 at the block's start, 1 for a single one, 2 for more."""
    heading: int = 0
    """1 to 6 inside a heading element, else 0."""
    strong: bool = False
    """All of it stands in bold or large type."""
    fine: bool = False
    """All of it stands in small type."""
    slanted: bool = False
    """All of it stands in italics."""
    names: str = ""
    """Class, id and itemprop of the inline elements around its first characters."""
    pieces: Sequence[Piece] = ()
    """The runs of text that it was joined from."""

    @property
    def link_share(self) -> float:
        """Share of its characters that are links, 0 to 1."""
        return sum(end - start for start, end, _ in self.links) / len(self.text) if self.links else 0.0

    @property
    def parted(self) -> str:
        """The text with a bar wherever two inline elements touch without white space, as in many bylines."""
        return _parted(self.pieces) if self.pieces and len(self.text) <= _MAX_PARTED_CHARACTERS else self.text


@dataclass(slots=True)
class Picture:
    """An image element and how many segments came before it."""

    element: Element
    before: int


@dataclass(slots=True)
class Segmented:
    """All segments and images of a tree, in document order."""

    segments: list[Segment]
    pictures: list[Picture]


def segment_tree(root: Element) -> Segmented:
    """Every segment below `root`; scripts, hidden machinery and form fields left out."""
    return _Cutter().cut(root)


class _Cutter:
    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.pictures: list[Picture] = []
        self.pieces: list[Piece] = []
        self.blocks: list[Element] = []
        self.links: list[str] = []
        self.strong = 0
        self.fine = 0
        self.slanted = 0
        self.breaks = 0
        self.open: list[Element] = []
        self.figures: set[int] = set()
        self.in_figures = 0

    def cut(self, root: Element) -> Segmented:
        self.figures = {id(element) for element in root.walk() if element.tag == "table" and _holds_figures(element)}
        stack: list[tuple[Element | TextRun, bool]] = [(root, False)]
        self.blocks.append(root)
        self.open.append(root)
        while stack:
            node, leaving = stack.pop()
            if isinstance(node, TextRun):
                self._add(node)
            elif leaving:
                self._leave(node)
            elif node.tag not in UNREAD and not _is_note_mark(node):
                self._enter(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.children))
        self._flush()
        return Segmented(self.segments, self.pictures)

    def _add(self, run: TextRun) -> None:
        if not self.pieces and run.text.isspace():
            return
        if self.blocks[-1].tag == "pre" and "\n" in run.text:
            self._add_preformatted(run)
            return
        self.pieces.append(self._piece(run.text, run.start, run.end))

    def _piece(self, text: str, start: int, end: int) -> Piece:
        link = self.links[-1] if self.links else ""
        return Piece(text, start, end, link, self.strong > 0, self.fine > 0, self.slanted > 0, self.open[-1])

    def _add_preformatted(self, run: TextRun) -> None:
        """Blank lines of preformatted text part its paragraphs; places are kept when no entity shifts them."""
        exact = len(run.text) == run.end - run.start
        for match in _PARAGRAPH.finditer(run.text):
            if match.start() > 0 and self._flush():
                self.breaks = 2
            start, end = (run.start + match.start(), run.start + match.end()) if exact else (run.start, run.end)
            self.pieces.append(self._piece(match.group(), start, end))

    def _enter(self, element: Element) -> None:
        tag = element.tag
        self.open.append(element)
        if tag == "br":
            had_text = self._flush()
            self.breaks = 1 if had_text else 2
        elif tag in ("img", "amp-img"):
            self.pictures.append(Picture(element, len(self.segments)))
        elif tag == "a":
            self.links.append(element.get("href"))
        if tag in _STYLES:
            self._set_style(element, 1)
        if id(element) in self.figures:
            self.in_figures += 1
        if self._is_block(element):
            self._flush()
            self.blocks.append(element)
            self.breaks = 0
        elif tag in ("td", "th") and self.pieces:
            self.pieces.append(Piece(" | ", element.start, element.start))

    def _leave(self, element: Element) -> None:
        self.open.pop()
        if element.tag == "a":
            self.links.pop()
        elif element.tag in _STYLES:
            self._set_style(element, -1)
        if self._is_block(element):
            self._flush()
            self.blocks.pop()
            self.breaks = 0
        if id(element) in self.figures:
            self.in_figures -= 1

    def _set_style(self, element: Element, step: int) -> None:
        self.strong += step * _is_strong(element)
        self.fine += step * _is_fine(element)
        self.slanted += step * (element.tag in ("i", "em", "cite"))

    def _is_block(self, element: Element) -> bool:
        if self.in_figures and element.tag in ("td", "th", "p", "div"):
            return False
        return element.tag in BLOCK or ("-" in element.tag and self.blocks[-1].tag != "p")

    def _flush(self) -> bool:
        """Ends the current segment; whether there was one."""
        if not self.pieces:
            return False
        pieces, self.pieces = self.pieces, []
        segment = _joined(pieces, self.blocks[-1])
        if segment is None:
            return False
        segment.breaks, self.breaks = self.breaks, 0
        segment.kind, segment.heading = self._kind()
        self.segments.append(segment)
        return True

    def _kind(self) -> tuple[BlockKind, int]:
        for block in reversed(self.blocks[-6:]):
            if block.tag in _HEADINGS:
                return "heading", int(block.tag[1])
            if block.tag == "li":
                return "list-item", 0
            if block.tag == "blockquote":
                return "quote", 0
            if block.tag == "tr" and self.in_figures:
                return "table-row", 0
        return "paragraph", 0


def _joined(pieces: list[Piece], block: Element) -> Segment | None:
    """One segment of the pieces with white space collapsed across their borders; None without visible text."""
    parts: list[str] = []
    links: list[tuple[int, int, str]] = []
    length, ends_in_space = 0, True
    visible: list[Piece] = []
    for piece in pieces:
        text = spaced(piece.text)
        if ends_in_space and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        if text != " ":
            visible.append(piece)
        if piece.link and text.strip():
            _add_link(links, length + len(text) - len(text.lstrip()), length + len(text.rstrip()), piece.link)
        parts.append(text)
        length += len(text)
        ends_in_space = text.endswith(" ")
    text = "".join(parts).rstrip()
    if not text or not visible:
        return None
    first, last = visible[0], visible[-1]
    start = (
        first.start + len(first.text) - len(first.text.lstrip())
        if first.end - first.start == len(first.text)
        else first.start
    )
    return Segment(
        text,
        "paragraph",
        block,
        start,
        last.end,
        links,
        strong=all(piece.strong for piece in visible),
        fine=all(piece.fine for piece in visible),
        slanted=all(piece.slanted for piece in visible),
        names=_inline_names(first, block),
        pieces=pieces,
    )


def _inline_names(piece: Piece, block: Element) -> str:
    names, element = [], piece.parent
    while element is not None and element is not block:
        names += [element.get(name) for name in ("class", "id", "itemprop", "rel") if element.get(name)]
        element = element.parent
    return " ".join(names)


def _parted(pieces: Sequence[Piece]) -> str:
    text = ""
    for place, piece in enumerate(pieces):
        touches = text[-1:].strip() and piece.text[:1].strip()
        text += (" | " if touches and _are_siblings(pieces[place - 1], piece) else "") + spaced(piece.text)
    return " ".join(text.split())


def _are_siblings(before: Piece, piece: Piece) -> bool:
    """Whether neither piece's element lies within the other's, as it would for a word half in italics."""
    one, other = before.parent, piece.parent
    if one is None or other is None or one is other:
        return False
    return one not in other.ancestors() and other not in one.ancestors()


def _is_strong(element: Element) -> bool:
    return element.tag in ("b", "strong") or (
        element.tag == "font" and element.get("size").lstrip("+") in ("4", "5", "6", "7")
    )


def _is_fine(element: Element) -> bool:
    return element.tag == "small" or (element.tag == "font" and element.get("size") in ("1", "2", "-1", "-2", "-3"))


def _add_link(links: list[tuple[int, int, str]], start: int, end: int, url: str) -> None:
    if links and links[-1][2] == url and start - links[-1][1] <= 1:
        links[-1] = (links[-1][0], end, url)
    else:
        links.append((start, end, url))


def _is_note_mark(element: Element) -> bool:
    """A superscript that only points to a footnote of the page, such as `[3]`."""
    if element.tag != "sup":
        return False
    inside = [child for child in element.children if isinstance(child, Element)]
    return len(inside) == 1 and inside[0].tag == "a" and "#" in inside[0].get("href") and len(element.plain()) <= 5


def _holds_figures(table: Element) -> bool:
    """Whether a table shows data: several rows of several short cells, with no layout inside."""
    rows = cells = 0
    for element in table.walk():
        if element is not table and element.tag in (
            "table",
            "h1",
            "h2",
            "img",
            "form",
            "ul",
            "iframe",
            "script",
            "nav",
        ):
            return False
        if element.tag == "tr":
            rows += 1
        elif element.tag in ("td", "th"):
            cells += 1
            if len(element.plain()) > _MAX_CELL_CHARACTERS or any(
                isinstance(child, Element) and child.tag == "br" for child in element.children
            ):
                return False
    return rows >= 2 and cells >= 2 * rows
