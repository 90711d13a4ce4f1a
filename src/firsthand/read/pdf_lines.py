"""The lines of a PDF page in reading order, and whether a page is only a picture of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from firsthand.read.wording import word_count

_MIN_PICTURE_SHARE = 0.5
"""A scanned page is one picture, or strips of one, that cover it nearly whole."""
_MAX_STAMP_CHARACTERS = 60
"""A page number or the scanner's mark on a page that is a picture."""
_MAX_PICTURES = 400
"""As many strips are looked at for one page."""
_MIN_GUTTER = 1.0
"""Columns stand so many line heights apart at least; words a third of one."""
_SAME_ROW = 0.4
"""Share of the height by which the feet of two pieces in one row may differ."""
_MIN_ROWS = 4
_MIN_COLUMN_WORDS = 3.5
"""Cells of tables have fewer words than the lines of columns."""


@dataclass(slots=True)
class Line:
    """A line of a page, its box in points from the bottom left."""

    text: str
    page: int
    """0-based."""
    top: float
    bottom: float
    left: float
    right: float
    end_bottom: float
    """Bottom of its last character: PDFium puts lines that a hyphen parts together."""

    @property
    def height(self) -> float:
        """Points between the top and the bottom of its first letters."""
        return max(0.1, self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class PageLines:
    """What a page shows in text."""

    lines: list[Line]
    is_picture: bool
    """It shows a picture instead of text, as scanners make them."""


def read_page(page: Any, number: int) -> PageLines:
    """The lines of a page, columns one after the other. Closes the page. Raises `PdfiumError`."""
    textpage = page.get_textpage()
    try:
        lines = _in_columns(textpage, number) or _as_it_stands(textpage, number)
        short = sum(len(entry.text) for entry in lines) <= _MAX_STAMP_CHARACTERS
        return PageLines(lines, short and _is_picture(page))
    finally:
        textpage.close()
        page.close()


def _is_picture(page: Any) -> bool:
    """Whether pictures cover most of a page."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    covered = 0.0
    for number, picture in enumerate(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3)):
        if number >= _MAX_PICTURES:
            break
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered >= _MIN_PICTURE_SHARE * max(1.0, width * height))


def _as_it_stands(textpage: Any, number: int) -> list[Line]:
    """The lines in the order in which the file draws them, which is the reading order in most."""
    text = textpage.get_text_range()
    lines: list[Line] = []
    at = 0
    for raw in re.split(r"(?<=\n)", text):
        content = raw.rstrip("\r\n")
        visible = content.strip()
        if visible:
            lead = at + len(content) - len(content.lstrip())
            last = at + len(content.rstrip()) - 1
            left, bottom, _, top = _box(textpage, lead)
            _, end_bottom, right, _ = _box(textpage, last)
            lines.append(Line(visible, number, top, bottom, left, right, end_bottom))
        at += len(raw)
    return lines


def _box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    import pypdfium2

    try:
        left, bottom, right, top = textpage.get_charbox(min(index, textpage.count_chars() - 1), loose=True)
    except (pypdfium2.PdfiumError, ValueError):
        return 0.0, 0.0, 0.0, 0.0
    return float(left), float(bottom), float(right), float(top)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one row without a wide gap."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(0.1, self.top - self.bottom)


def _in_columns(textpage: Any, number: int) -> list[Line]:
    """The lines of a page whose columns the file draws row by row, across both; empty for all other pages."""
    pieces = _pieces(textpage)
    gutter = _gutter(pieces)
    if gutter is None:
        return []
    lines: list[Line] = []
    for crosses, group in groupby(pieces, key=lambda piece: piece.left < gutter < piece.right):
        run = list(group)
        sides = [run] if crosses else [[p for p in run if p.right <= gutter], [p for p in run if p.left >= gutter]]
        for side in sides:
            lines += [_line(textpage, number, row) for row in _rows(side)]
    shown = [entry for entry in lines if entry.text]
    told = median(word_count(entry.text) for entry in shown) if shown else 0
    return shown if told >= _MIN_COLUMN_WORDS else []


def _pieces(textpage: Any) -> list[_Piece]:
    """The page's text in stretches, in the order in which the file draws them."""
    found: list[_Piece] = []
    for index in range(textpage.count_rects()):
        piece = _Piece(*textpage.get_rect(index))
        before = found[-1] if found else None
        if before and _same_row(before, piece) and -1 < piece.left - before.right <= _MIN_GUTTER * piece.height:
            bottom, top = min(before.bottom, piece.bottom), max(before.top, piece.top)
            found[-1] = _Piece(before.left, bottom, piece.right, top)
        else:
            found.append(piece)
    return found


def _same_row(one: _Piece, other: _Piece) -> bool:
    return abs(one.bottom - other.bottom) <= _SAME_ROW * max(one.height, other.height)


def _gutter(pieces: Sequence[_Piece]) -> float | None:
    """Where the two columns part that the file draws row by row; None where it draws none so."""
    jumps = [(a, b) for a, b in pairwise(pieces) if _same_row(a, b) and b.left - a.right > _MIN_GUTTER * b.height]
    if len(jumps) < _MIN_ROWS:
        return None
    start = median(b.left for _, b in jumps)
    rows = [(a, b) for a, b in jumps if abs(b.left - start) <= b.height and a.right < start]
    if len(rows) < max(_MIN_ROWS, 0.6 * len(jumps)):
        return None
    return (max(a.right for a, _ in rows) + start) / 2


def _rows(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces of one column by row, from the top."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda each: (-each.bottom, each.left)):
        if rows and _same_row(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    yield from rows


def _line(textpage: Any, number: int, row: Sequence[_Piece]) -> Line:
    left, right = min(piece.left for piece in row), max(piece.right for piece in row)
    bottom, top = min(piece.bottom for piece in row), max(piece.top for piece in row)
    text = textpage.get_text_bounded(left=left - 1, bottom=bottom, right=right + 1, top=top)
    return Line(" ".join(text.split()), number, top, bottom, left, right, bottom)
