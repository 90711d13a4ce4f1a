"""Text inside text: markup that a feed carries with its signs escaped, and the way back to the bytes of the feed."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from firsthand.read.encoding import Decoded

_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
"""What `html.unescape` takes for a character reference."""
_JSON_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


@dataclass(slots=True)
class Layered(Decoded):
    """Text that stands in another text, perhaps with some of its signs written in a longer way."""

    outer: Decoded = field(default_factory=lambda: Decoded("", "utf-8"))
    places: Sequence[int] = ()
    """For each character, and the end, its offset in the outer text."""
    escapes: Mapping[int, int] = field(default_factory=dict)
    """Where the longer ways of writing a sign start in the outer text, and where they end."""

    def byte_range(self, start: int, end: int) -> tuple[int, int] | None:
        """The bytes of `text[start:end]` in the content that holds the outer text."""
        last = self.places[end - 1] if end > start else self.places[start] - 1
        return self.outer.byte_range(self.places[start], self.escapes.get(last, last + 1))


@dataclass(slots=True)
class Layer:
    """An inner text that is put together from pieces of an outer one."""

    outer: Decoded
    _texts: list[str] = field(default_factory=list)
    _places: array[int] = field(default_factory=lambda: array("L"))
    _escapes: dict[int, int] = field(default_factory=dict)
    _end: int = 0

    def add(self, start: int, end: int) -> None:
        """A piece that means what it shows, such as CDATA."""
        self._texts.append(self.outer.text[start:end])
        self._places.extend(range(start, end))
        self._end = end

    def add_references(self, start: int, end: int) -> None:
        """A piece with character references of HTML and XML."""
        self._add_resolved(start, end, _REFERENCE, unescape)

    def add_json(self, start: int, end: int) -> None:
        """The inside of a JSON string."""
        self._add_resolved(start, end, _JSON_ESCAPE, _from_json)

    def text(self) -> Layered:
        """The text of all pieces."""
        places = array("L", self._places)
        places.append(self._end)
        return Layered("".join(self._texts), self.outer.codec, outer=self.outer, places=places, escapes=self._escapes)

    def _add_resolved(self, start: int, end: int, escape: re.Pattern[str], resolve: Callable[[str], str]) -> None:
        at = start
        for match in escape.finditer(self.outer.text, start, end):
            self.add(at, match.start())
            meant = resolve(match.group())
            self._texts.append(meant)
            self._places.extend([match.start()] * len(meant))
            self._escapes[match.start()] = at = match.end()
        self.add(at, end)


def _from_json(escape: str) -> str:
    meant = json.loads(f'"{escape}"') if escape[1] in '"\\/bfnrtu' else escape[1]
    assert isinstance(meant, str)
    return meant
