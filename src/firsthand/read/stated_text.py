"""The story that a page states in its JSON-LD, led back to the bytes of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from firsthand.read.encoding import Decoded
from firsthand.read.layers import Layer, Layered
from firsthand.read.markup import Element, TextRun, parse_markup
from firsthand.read.story import Passage
from firsthand.read.wording import line

_BODY = re.compile(r'"articleBody"\s*:\s*"(?P<inside>(?:[^"\\]|\\.)*)"', re.DOTALL)


def stated_passages(body: str, decoded: Decoded) -> tuple[Passage, ...]:
    """The paragraphs of an `articleBody`, a line each; without bytes where the page words it in an unusual way.

    Raises `TooManyElementsError`.
    """
    shown = _shown(_inside(body, decoded))
    at, found = 0, []
    for raw in shown.text.splitlines(keepends=True):
        text = line(raw)
        if text:
            start = at + len(raw) - len(raw.lstrip())
            found.append(Passage(text=text, byte_range=_range(shown, start, at + len(raw.rstrip()))))
        at += len(raw)
    return tuple(found)


def _inside(body: str, decoded: Decoded) -> Layered:
    """The body as it stands in the page; by itself, where it cannot be found there."""
    for match in _BODY.finditer(decoded.text):
        layer = Layer(decoded)
        layer.add_json(*match.span("inside"))
        found = layer.text()
        if found.text.strip() == body.strip():
            return found
    return Layered(body, "utf-8", places=())


def _shown(body: Layered) -> Layered:
    """The body without its markup, references resolved: in JSON-LD both may be escaped once more."""
    resolved = Layer(body)
    resolved.add_references(0, len(body.text))
    markup = resolved.text()
    layer = Layer(markup)
    for run in _runs(parse_markup(markup.text)):
        layer.add_references(run.start, run.end)
    return layer.text()


def _runs(root: Element) -> Iterator[TextRun]:
    stack: list[Element | TextRun] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, TextRun):
            yield node
        else:
            stack.extend(reversed(node.children))


def _range(shown: Layered, start: int, end: int) -> tuple[int, int] | None:
    inner = shown.outer
    while isinstance(inner, Layered):
        if not inner.places:
            return None
        inner = inner.outer
    return shown.byte_range(start, end)
