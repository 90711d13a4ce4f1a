"""A tolerant tree of HTML or XML that remembers where every piece stood in the source.

Parsing never recurses, never resolves entities other than HTML's own, and never fetches anything. Tag soup is repaired
with the few rules of the HTML standard that matter for text: void elements, implied end tags, raw-text elements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice

MAX_ELEMENTS = 50_000
"""The largest of 439 pages of two public benchmarks has 4,101; live blogs with comments reach tens of thousands."""
MAX_TAGS = 1_000_000
"""Tags, comments and declarations together, closing ones included."""
MAX_DEPTH = 256
"""As in libxml2. Deeper elements become siblings, so their text is kept."""

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
RAW_TEXT = frozenset("script style textarea title iframe noembed noframes xmp".split())
BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre "
    "search section select summary table tbody td tfoot th thead title tr ul".split()
)
_SCOPE_ENDS = frozenset("td th table caption button object html body template".split())
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"}) | _SCOPE_ENDS),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _SCOPE_ENDS),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _SCOPE_ENDS),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "a": (frozenset({"a"}), _SCOPE_ENDS),
}
_ITEMS = frozenset({"item", "entry"})
"""In feeds these never nest: one that was not closed would take all that follow into its text."""
_PARTS_OF_TABLE = frozenset("table tbody thead tfoot tr td th caption html body".split())
_TIDY_TAG = re.compile(
    r"""<([A-Za-z][^\s/>]*+)"""
    r"""((?:\s++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+))?+)*+)\s*+(/?)>"""
)
"""A start tag as it should be, and most are: name, attributes as they stand, and the stroke that closes it at once."""
_NAME = re.compile(r"[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+""")
_TAG_END = re.compile(r"[\s/]*+>")
_MAX_ATTRIBUTES = 200
_MARKS = frozenset("/!?")
_ENDS_OTHERS = BLOCK | frozenset(_CLOSES)
_CLOSE_RAW = {tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE) for tag in RAW_TEXT}


_BEFORE_BLANK_LINE = re.compile(r"(?=\n[^\S\n]*\n)")


class TooManyElementsError(Exception):
    """The source holds more than `MAX_ELEMENTS` elements or `MAX_TAGS` tags."""


@dataclass(slots=True)
class TextRun:
    """Text between two tags, entities resolved, with its half-open place in the source."""

    text: str
    start: int
    end: int


class Element:
    """One element. `start` is the offset of its opening `<`, `end` the offset after its last character."""

    __slots__ = ("_attributes", "_written", "children", "end", "parent", "start", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, str] | None, parent: Element | None, start: int, written: str = ""
    ) -> None:
        """With `attributes` None they are read, when first asked for, from how they are `written` in a tidy tag."""
        self.tag = tag
        self.parent = parent
        self.start = start
        self.end = 0
        self.children: list[Element | TextRun] = []
        self._attributes = attributes
        self._written = written

    @property
    def attributes(self) -> dict[str, str]:
        """Lower-case name (as it stands in XML) → value with character references resolved, the first of a name."""
        found = self._attributes
        if found is None:
            found = self._attributes = {}
            if self._written:
                for name, value in islice(_ATTRIBUTE.findall(self._written), _MAX_ATTRIBUTES):
                    found.setdefault(name.lower(), _value(value))
        return found

    def get(self, name: str) -> str:
        """The attribute's value, stripped; empty when it is missing."""
        found = self._attributes
        if found is None:
            if not self._written:
                return ""
            found = self.attributes
        value = found.get(name)
        return value.strip() if value else ""

    def may_say(self, word: str) -> bool:
        """Whether the tag holds `word`, of lower-case letters, in any attribute: quicker told than which."""
        if self._attributes is None:
            return word in self._written.lower()
        return any(word in name.lower() or word in value.lower() for name, value in self._attributes.items())

    def walk(self) -> Iterator[Element]:
        """This element and every element below it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def ancestors(self) -> Iterator[Element]:
        """The parent, its parent, and so on."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def raw_text(self) -> str:
        """All text below this element, as it stands."""
        parts: list[str] = []
        stack: list[Element | TextRun] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, TextRun):
                parts.append(node.text)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)

    def plain(self) -> str:
        """All text below this element with white space collapsed."""
        return " ".join(self.raw_text().split())


class _Root(Element):
    """The tree's root, which knows every element in document order."""

    __slots__ = ("elements",)

    def __init__(self) -> None:
        super().__init__("#root", {}, None, 0)
        self.elements: list[Element] = [self]

    def walk(self) -> Iterator[Element]:
        return iter(self.elements)


def _value(written: str) -> str:
    if written[:1] in ('"', "'"):
        written = written[1:-1]
    return unescape(written) if "&" in written else written


def parse_markup(source: str, *, xml: bool = False) -> Element:
    """The tree of `source` under a root element named `#root`. Raises `TooManyElementsError`; nothing else fails."""
    return _Builder(source, xml=xml).build()


class _Builder:
    """Reads the source left to right once and keeps the open elements on a stack."""

    def __init__(self, source: str, *, xml: bool) -> None:
        self.source = source
        self.xml = xml
        self.root = _Root()
        self.open: list[Element] = [self.root]
        self.count_open: defaultdict[str, int] = defaultdict(int)

    def build(self) -> Element:
        source, position, tags = self.source, 0, 0
        find = source.find
        at = find("<")
        while at >= 0:
            following = source[at + 1 : at + 2]
            if following not in _MARKS and not (following.isascii() and following.isalpha()):
                at = find("<", at + 1)  # a sign of the text
                continue
            tags += 1
            if tags >= MAX_TAGS:
                raise TooManyElementsError
            if position < at:
                self._text(position, at)
            position = self._markup(at, following)
            at = find("<", position)
        self._text(position, len(source))
        for element in self.open:
            element.end = len(source)
        return self.root

    def _markup(self, at: int, following: str) -> int:
        """Handles what starts with `<` and `following` at `at`; the offset after it."""
        source = self.source
        if following == "/":
            return self._end_tag(at)
        if following not in _MARKS:
            return self._start_tag(at)
        if source.startswith("<!--", at):
            return self._after("-->", at + 4)
        if source.startswith("<![CDATA[", at):
            return self._cdata(at)
        if following == "!" and self.xml and "[" in source[at : self._after(">", at)]:
            return self._after("]>", at)
        return self._after(">", at)

    def _after(self, mark: str, at: int) -> int:
        found = self.source.find(mark, at)
        return len(self.source) if found < 0 else found + len(mark)

    def _cdata(self, at: int) -> int:
        end = self._after("]]>", at)
        if self.xml:
            inner_end = end - 3 if self.source.endswith("]]>", 0, end) else end
            self.open[-1].children.append(TextRun(self.source[at + 9 : inner_end], at + 9, inner_end))
        return end

    def _text(self, start: int, end: int) -> None:
        if start >= end:
            return
        raw = self.source[start:end]
        if "&" not in raw:
            self.open[-1].children.append(TextRun(raw, start, end))
            return
        # References shift what follows them: paragraphs of preformatted text get runs, and so places, of their own.
        for part in _BEFORE_BLANK_LINE.split(raw) if self.count_open["pre"] else (raw,):
            self.open[-1].children.append(TextRun(unescape(part), start, start + len(part)))
            start += len(part)

    def _start_tag(self, at: int) -> int:
        tidy = None if self.xml else _TIDY_TAG.match(self.source, at)
        if tidy is None:
            return self._untidy_tag(at)
        name, written, _ = tidy.groups()
        tag, end = name.lower(), tidy.end()
        if tag in _ENDS_OTHERS:
            self._imply_ends(tag, at)
        element = self._append(tag, None, at, end, written)
        return end if tag in VOID else self._entered(element, end)

    def _untidy_tag(self, at: int) -> int:
        """A start tag of XML, or one of HTML that needs repair."""
        name = _NAME.match(self.source, at + 1)
        assert name is not None
        tag = name.group() if self.xml else name.group().lower()
        attributes, position, closed = self._attributes(name.end())
        if not self.xml:
            self._imply_ends(tag, at)
        elif tag in _ITEMS and self.count_open[tag]:
            self._close({tag}, frozenset(), at)
        element = self._append(tag, attributes, at, position, "")
        return position if closed and self.xml else self._entered(element, position)

    def _entered(self, element: Element, position: int) -> int:
        """Keeps the element open for what follows, unless nothing can stand in it; the offset after it."""
        tag = element.tag
        if not self.xml:
            if tag in VOID:
                return position
            if tag in RAW_TEXT:
                return self._raw_text(element, position)
        if len(self.open) <= MAX_DEPTH:
            self.open.append(element)
            self.count_open[tag] += 1
        return position

    def _append(self, tag: str, attributes: dict[str, str] | None, at: int, end: int, written: str) -> Element:
        elements, parent = self.root.elements, self.open[-1]
        if len(elements) > MAX_ELEMENTS:
            raise TooManyElementsError
        element = Element(tag, attributes, parent, at, written)
        element.end = end
        parent.children.append(element)
        elements.append(element)
        return element

    def _attributes(self, position: int) -> tuple[dict[str, str], int, bool]:
        """Attributes from `position` on, the offset after the tag, and whether it closes itself."""
        source = self.source
        found: dict[str, str] = {}
        for _ in range(_MAX_ATTRIBUTES):
            end = _TAG_END.match(source, position)
            if end:
                return found, end.end(), "/" in end.group()
            attribute = _ATTRIBUTE.match(source, position)
            if not attribute:
                break
            found.setdefault(attribute[1] if self.xml else attribute[1].lower(), _value(attribute[2] or ""))
            position = attribute.end()
        return found, self._after(">", position), False

    def _raw_text(self, element: Element, position: int) -> int:
        close = _CLOSE_RAW[element.tag].search(self.source, position)
        end = close.start() if close else len(self.source)
        text = self.source[position:end]
        if element.tag in ("title", "textarea"):
            text = unescape(text)
        element.children.append(TextRun(text, position, end))
        element.end = self._after(">", end)
        return element.end

    def _imply_ends(self, tag: str, at: int) -> None:
        if tag in BLOCK and self.count_open["p"]:
            self._close({"p"}, _SCOPE_ENDS, at)
        rule = _CLOSES.get(tag)
        if rule and any(map(self.count_open.__getitem__, rule[0])):
            self._close(rule[0], rule[1], at)

    def _close(self, tags: frozenset[str] | set[str], stops: frozenset[str], at: int) -> bool:
        """Closes the nearest open element named in `tags`, unless one of `stops` lies nearer."""
        for depth in range(len(self.open) - 1, 0, -1):
            tag = self.open[depth].tag
            if tag in tags:
                self._pop_to(depth, at)
                return True
            if tag in stops:
                return False
        return False

    def _pop_to(self, depth: int, at: int) -> None:
        for element in self.open[depth:]:
            element.end = at
            self.count_open[element.tag] -= 1
        del self.open[depth:]

    def _end_tag(self, at: int) -> int:
        source, innermost = self.source, self.open[-1]
        end = source.find(">", at) + 1 or len(source)
        if source[at + 2 : end - 1] == innermost.tag and len(self.open) > 1:  # as in a tidy page
            self.open.pop()
            innermost.end = end
            self.count_open[innermost.tag] -= 1
            return end
        name = _NAME.match(source, at + 2)
        if not name:
            return end
        tag = name.group() if self.xml else name.group().lower()
        if self.count_open[tag]:
            stops = frozenset[str]() if self.xml or tag in _PARTS_OF_TABLE else _SCOPE_ENDS - {tag}
            self._close({tag}, stops, end)
        elif tag in ("p", "br") and not self.xml:
            self._append(tag, {}, at, end, "")
        return end
