"""XML parts of office documents, read event by event: no tree, no entities, no more elements than are allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from xml.parsers import expat

from firsthand.read.wording import line

MAX_ELEMENTS = 2_000_000
"""A book of 1,000 pages has half of it; as many take three seconds."""
MAX_DEPTH = 512
_MAX_LEAVES = 200
_MAX_LEAF_CHARACTERS = 1_000

Attributes: TypeAlias = Mapping[str, str]


class EntitiesDeclaredError(Exception):
    """The XML has a document type, as office documents must not."""


class TooMuchXmlError(Exception):
    """More than `MAX_ELEMENTS` elements, or more than `MAX_DEPTH` in one another."""


@dataclass(frozen=True, slots=True)
class Style:
    """A named style: Word's own English name in lower case, and whether it makes headings."""

    name: str
    outlined: bool


def scan(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> bool:
    """Hands over elements and text, names without their namespaces; False when the XML ends in damage.

    Raises `EntitiesDeclaredError` and `TooMuchXmlError`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    left, depth = MAX_ELEMENTS, 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal left, depth
        left, depth = left - 1, depth + 1
        if left < 0 or depth > MAX_DEPTH:
            raise TooMuchXmlError
        start(name.rsplit(" ", 1)[-1], {key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rsplit(" ", 1)[-1])

    def refuse(*_: object) -> None:
        raise EntitiesDeclaredError

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):  # damage, or an encoding that is none
        return False
    return True


def leaves(xml: bytes) -> dict[str, str]:
    """The text of each element of a part with a document's properties, by name; the first of each name."""
    found: dict[str, str] = {}
    names: list[str] = []

    def text(piece: str) -> None:
        if names and len(found) < _MAX_LEAVES:
            found[names[-1]] = (found.get(names[-1], "") + piece)[:_MAX_LEAF_CHARACTERS]

    if xml:
        scan(xml, lambda name, _: names.append(name), lambda _: names.clear(), text)
    return {name: line(value) for name, value in found.items() if line(value)}


def relations(xml: bytes) -> dict[str, tuple[str, str, bool]]:
    """Kind, target, and whether the target lies outside the document, of each relationship; nothing is followed."""
    found: dict[str, tuple[str, str, bool]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Id") and len(found) < 50_000:
            outside = attributes.get("TargetMode") == "External"
            found[attributes["Id"]] = (attributes.get("Type", ""), line(attributes.get("Target", "")), outside)

    if xml:
        scan(xml, start, lambda _: None, lambda _: None)
    return found


def styles(xml: bytes) -> dict[str, Style]:
    """The named styles by their identifiers."""
    found: dict[str, Style] = {}
    at = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal at
        if name == "style":
            at = attributes.get("styleId", "")
            found[at] = Style("", outlined=False)
        elif name == "name" and at in found:
            found[at] = Style(attributes.get("val", "").lower(), found[at].outlined)
        elif name == "outlineLvl" and at in found:
            found[at] = Style(found[at].name, attributes.get("val", "9") < "9")

    if xml:
        scan(xml, start, lambda _: None, lambda _: None)
    return found
