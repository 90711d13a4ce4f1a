"""A letter as pieces, from its HTML part or its plain part: what `round_ups` looks for stories in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import parse_qsl, urlsplit

from firsthand.read.addresses import web_address
from firsthand.read.clutter import is_hidden
from firsthand.read.encoding import Decoded
from firsthand.read.html import passages_of
from firsthand.read.judged import Judged
from firsthand.read.lines import Unit, units_of
from firsthand.read.markup import Element, parse_markup
from firsthand.read.phrases import is_furniture, is_menu
from firsthand.read.pictures import is_icon, picture_address, stated_caption
from firsthand.read.plain import text_passage, without_signature
from firsthand.read.round_ups import Piece
from firsthand.read.segments import Picture, Segment, segment_tree
from firsthand.read.wording import ends_sentence, line, word_count
from firsthand.records import Image

_MAX_HEAD_WORDS = 20
_LINKED_SHARE = 0.9
_FOOT = re.compile(r"\b(?:footer|foot|preheader|pre-header|unsubscribe|social|preview-?text)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\W*(?:(?:read|continue|keep|see|learn|find out)\b.{0,40}(?:more|on|reading|story|article|post|here)|more|details"
    r"|(?:full|whole) (?:story|article|text)|go to (?:story|article)|open|link"
    r"|(?:read|view)(?: it| this)?(?: here| online)?|weiterlesen"
    r"|mehr(?: lesen| dazu)?|lire (?:la suite|plus)|en savoir plus"
    r"|leer (?:más|nota.*)|seguir leyendo|leia mais|continua(?: a leggere)?|leggi(?: tutto)?|lees (?:meer|verder)"
    r"|läs mer|les mer|læs mere"
    r"|czytaj (?:dalej|więcej)|читать (?:далее|дальше|полностью)|подробнее|阅读(?:全文|更多)|続きを読む|더\s?보기)\W*",
    re.IGNORECASE,
)
"""The words of a link that only leads on."""
_ADDRESS_LINE = re.compile(r"(?P<label>[^:<\n]{0,30}?)\W*(?P<url>https?://[^\s<>\"')\]]+)\W*", re.IGNORECASE)


def text_pieces(decoded: Decoded) -> list[Piece]:
    """The pieces of a plain letter, without its signature."""
    pieces: list[Piece] = []
    after_rule = False
    for unit in units_of(without_signature(decoded.text)):
        if unit.rule:
            after_rule = True
            continue
        address = _ADDRESS_LINE.fullmatch(unit.text)
        leads_on = address is not None and (not address["label"].strip() or _leads_on(address["label"]))
        if not leads_on and is_furniture(unit.text):
            continue
        pieces.append(
            Piece(
                passage=text_passage(unit, decoded),
                is_head=_is_set_apart(unit),
                address=_target(address["url"]) if address and leads_on else "",
                leads_on=leads_on,
                after_rule=after_rule,
            )
        )
        after_rule = False
    return pieces


def _is_set_apart(unit: Unit) -> bool:
    return unit.gap and not unit.bullet and 1 <= unit.words <= _MAX_HEAD_WORDS and not ends_sentence(unit.text)


def html_pieces(decoded: Decoded) -> list[Piece]:
    """The pieces of an HTML letter, without what it hides, its foot and its set phrases.

    Raises `TooManyElementsError`.
    """
    root = parse_markup(decoded.text)
    found = segment_tree(root)
    rules = [element.start for element in root.walk() if element.tag == "hr"]
    shown = [segment for segment in found.segments if _is_shown(segment)]
    pieces: list[Piece] = []
    for alone, group in groupby(shown, key=_stands_alone):
        run = list(group)
        for segments in [[segment] for segment in run] if alone else [run]:
            pieces += _pieces_of(segments, decoded)
    return _with_pictures(list(_after_rules(pieces, rules, decoded)), found.pictures, decoded)


def _is_shown(segment: Segment) -> bool:
    if segment.link_share > _LINKED_SHARE and _leads_on(segment.text):
        return not _is_hidden(segment)
    return not (is_furniture(segment.text) or is_menu(segment.text) or _is_hidden(segment))


def _is_hidden(segment: Segment) -> bool:
    return any(
        is_hidden(element) or element.tag == "footer" or _FOOT.search(f"{element.get('class')} {element.get('id')}")
        for element in (segment.block, *segment.block.ancestors())
    )


def _stands_alone(segment: Segment) -> bool:
    """Whether a segment is a headline or a link, never the start of the paragraph behind it."""
    return bool(segment.heading) or segment.link_share > _LINKED_SHARE or _is_bold_line(segment)


def _is_bold_line(segment: Segment) -> bool:
    return segment.strong and word_count(segment.text) <= _MAX_HEAD_WORDS and not ends_sentence(segment.text)


def _pieces_of(run: Sequence[Segment], decoded: Decoded) -> list[Piece]:
    judged = [Judged(segment, word_count(segment.text), False, (), (segment.block,)) for segment in run]
    passages = passages_of(judged, decoded, "")
    if len(run) > 1 or not _stands_alone(run[0]):
        return [Piece(passage=passage) for passage in passages]
    segment = run[0]
    linked = segment.link_share > _LINKED_SHARE and segment.links
    address = _target(web_address(segment.links[0][2], "") or "") if linked else ""
    leads_on = bool(linked) and _leads_on(segment.text)
    is_head = not leads_on and (bool(segment.heading) or _is_bold_line(segment))
    return [Piece(passage=passages[0], is_head=is_head, address=address, leads_on=leads_on)]


def _leads_on(text: str) -> bool:
    return _MORE.fullmatch(line(text)) is not None or re.fullmatch(r"\W*", text) is not None


def _target(address: str) -> str:
    """Where a link leads: the address that a counter of clicks was given, where the link shows it.

    >>> _target("https://click.example/?u=https%3A%2F%2Fpost.example%2F1&k=7"), _target("https://post.example/1?p=2")
    ('https://post.example/1', 'https://post.example/1?p=2')
    """
    try:
        parts = urlsplit(address)
        inner = [value for _, value in parse_qsl(parts.query, max_num_fields=50)]
    except ValueError:
        return address
    return next((value for value in inner if re.match(r"https?://[^/\s]+\.[^/\s]+/", value)), address)


def _after_rules(pieces: Sequence[Piece], rules: Sequence[int], decoded: Decoded) -> Iterator[Piece]:
    """The pieces, each told whether a rule stands between it and the piece before it."""
    places = [_byte(decoded, at) for at in rules]
    before = 0
    for piece in pieces:
        start = _start(piece)
        yield replace(piece, after_rule=any(before <= place < start for place in places))
        before = start


def _with_pictures(pieces: Sequence[Piece], pictures: Sequence[Picture], decoded: Decoded) -> list[Piece]:
    """The pieces, each with the images between it and the piece before it; the last also with those behind it."""
    shown = [
        (_byte(decoded, picture.element.start), image) for picture in pictures if (image := _image(picture.element))
    ]
    found: list[Piece] = []
    for number, piece in enumerate(pieces, 1):
        here = [image for place, image in shown if place < _start(piece) or number == len(pieces)]
        shown = shown[len(here) :]
        found.append(replace(piece, images=tuple(here)))
    return found


def _image(element: Element) -> Image | None:
    url = web_address(picture_address(element), "")
    if not url or is_icon(element):
        return None
    return Image(url=url, caption=stated_caption(element))


def _start(piece: Piece) -> int:
    return piece.passage.byte_range[0] if piece.passage.byte_range else 0


def _byte(decoded: Decoded, at: int) -> int:
    found = decoded.byte_range(at, at)
    return found[0] if found else 0
