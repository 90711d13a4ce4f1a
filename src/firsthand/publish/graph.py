"""The drawing of who draws on whom: origins on the left, documents to their right, one box each, one line a derivation.

Papers that do just the same with the same parent, and from which nobody draws, share a box, so that forty reprints do
not hide the one report. Groups that have nothing to do with each other are laid out one below the other, and a tall
drawing is split between groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from firsthand.publish import words
from firsthand.publish.index import Index
from firsthand.publish.layout import Layout, arrange
from firsthand.publish.lineage import STRENGTH, Tree, without_circles
from firsthand.publish.visible import columns, cut, one_line, wrap
from firsthand.records import Document, Origin

BOX_WIDTH, BETWEEN, GAP = 176, 104, 18
"""Width of a box, room for a line and its label between layers, least distance of boxes; in CSS pixels."""
_COLUMNS = 27
"""Columns of 12.5-unit text that fit a box less its margins."""
_KICKER = 27
"""The same for the bold line at the top."""
_BEND = 46
"""A line turns within this distance of where it starts, so that the rest is level and holds its label."""
_PORT = 30
"""Distance of two lines that end at one box: a label above, "no credit" below."""
_STACKED = 5
"""From so many alike on, papers share a box."""
_TALL = 900
"""A figure grows no taller by adding a group: about a printed page."""
_MOST = 1200
"""Boxes beyond which no drawing is made: nobody could read it, and the list says the same."""
_UNKNOWN = "?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """One node, ready to be drawn."""

    id: str
    sort: str
    """`origin`, `document`, `stack` or `unknown`."""
    href: str
    name: str
    """Everything the box stands for, in one line, for those who do not see it."""
    kicker: str
    lines: tuple[str, ...]
    foot: str
    x: float = 0
    y: float = 0
    height: float = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One derivation, ready to be drawn."""

    path: str
    """SVG path data."""
    x: float
    y: float
    """Where it meets the child's box."""
    label: str
    credited: bool
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Boxes and lines that hang together, in a frame of their own."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One drawing: groups, one below the other, each with the height at which it begins."""

    groups: tuple[tuple[float, Group], ...]

    @property
    def width(self) -> float:
        """Of the widest group."""
        return max(group.width for _, group in self.groups)

    @property
    def height(self) -> float:
        """To the lower edge of the last group."""
        return self.groups[-1][0] + self.groups[-1][1].height

    @property
    def wide(self) -> bool:
        """More than three layers: printed on a page turned sideways."""
        return self.width > 3 * BOX_WIDTH + 2 * BETWEEN


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tie:
    parent: str
    child: str
    label: str
    credited: bool = True


def figures(index: Index, grown: Sequence[Tree]) -> tuple[Figure, ...]:
    """The drawings of a case, in reading order; none where nothing draws on anything or there is too much to draw."""
    ties = _ties(index, grown)
    stacks = _stacks(index, ties)
    boxes = _boxes(index, grown, stacks)
    ties = list({(tie.parent, stacks.get(tie.child, tie.child)): tie for tie in reversed(ties)}.values())[::-1]
    ties = [replace(tie, child=stacks.get(tie.child, tie.child)) for tie in ties]
    if len(boxes) > _MOST:
        return ()
    drawn: list[Figure] = []
    for members in _groups(boxes, ties):
        group = _drawn(
            {id_: box for id_, box in boxes.items() if id_ in members}, [t for t in ties if t.parent in members]
        )
        if drawn and (top := drawn[-1].height + 2 * GAP) + group.height <= _TALL:
            drawn[-1] = Figure(groups=(*drawn[-1].groups, (top, group)))
        else:
            drawn.append(Figure(groups=((0, group),)))
    return tuple(drawn)


def _ties(index: Index, grown: Sequence[Tree]) -> list[_Tie]:
    kept = without_circles(index.derivations, [document.id for document in index.documents])
    ties = [
        _Tie(parent=edge.parent, child=edge.child, label=edge.how, credited=edge.credited)
        for edge in sorted(kept, key=lambda edge: STRENGTH[edge.how])
    ]
    drawn = {(tie.parent, tie.child) for tie in ties}
    for tree in grown:
        for row in tree.rows:
            if row.depth == 0 and row.derivation is None:
                parent = tree.origin.id if tree.origin else _UNKNOWN
                label = "itself" if row.is_origin else "rests on" if tree.origin else ""
                if (parent, row.document.id) not in drawn:
                    ties.append(_Tie(parent=parent, child=row.document.id, label=label))
    return ties


def _stacks(index: Index, ties: Sequence[_Tie]) -> dict[str, str]:
    """For each document that shares a box, that box's name."""
    above: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
    for tie in ties:
        above[tie.child].add((tie.parent, tie.label, tie.credited))
    parents = {tie.parent for tie in ties}
    alike: dict[frozenset[tuple[str, str, bool]], list[str]] = defaultdict(list)
    for document in index.documents:
        if above[document.id] and document.id not in parents:
            alike[frozenset(above[document.id])].append(document.id)
    return {id_: f"stack {members[0]}" for members in alike.values() if len(members) >= _STACKED for id_ in members}


def _boxes(index: Index, grown: Sequence[Tree], stacks: Mapping[str, str]) -> dict[str, Box]:
    boxes = {origin.id: _origin_box(origin, index) for origin in index.origins}
    shown = {row.document.id for tree in grown for row in tree.rows}
    piles: dict[str, list[Document]] = defaultdict(list)
    if any(tree.origin is None for tree in grown):
        boxes[_UNKNOWN] = _unknown_box()
    for document in index.documents:
        if document.id in stacks:
            piles[stacks[document.id]].append(document)
        elif document.id in shown:
            boxes[document.id] = _document_box(document, index)
    return boxes | {name: _stack_box(name, pile, index) for name, pile in piles.items()}


def _origin_box(origin: Origin, index: Index) -> Box:
    documents = len({statement.document for statement in index.resting_on(origin)})
    label, kind, name = index.label(origin.id), words.KINDS[origin.kind], one_line(origin.name)
    return Box(
        id=origin.id,
        sort="origin",
        href=f"#origin-{origin.id}",
        name=f"{label}, {kind}: {name}; {words.resting(documents)}",
        kicker=cut(f"{label} · {kind}", _KICKER, _measure),
        lines=_lines(name, 3),
        foot=words.resting(documents),
    )


def _document_box(document: Document, index: Index) -> Box:
    label, outlet, title = index.label(document.id), words.outlet(document), words.title(document)
    return Box(
        id=document.id,
        sort="document",
        href=f"#document-{document.id}",
        name=f"{label}, {outlet}: {title}, {words.date(document)}",
        kicker=cut(f"{label} · {outlet}", _KICKER, _measure),
        lines=_lines(title, 2),
        foot=cut(words.date(document), _COLUMNS, _measure),
    )


def _stack_box(name: str, pile: Sequence[Document], index: Index) -> Box:
    outlets = words.listed([words.outlet(document) for document in pile])
    return Box(
        id=name,
        sort="stack",
        href=f"#document-{pile[0].id}",
        name=f"{len(pile)} documents alike: {outlets}",
        kicker=f"{index.label(pile[0].id)} … {index.label(pile[-1].id)}",
        lines=(f"{len(pile)} documents alike", *_lines(outlets, 2)),
        foot="see the list below",
    )


def _unknown_box() -> Box:
    return Box(
        id=_UNKNOWN,
        sort="unknown",
        href="#undetermined",
        name="Origin undetermined",
        kicker="?",
        lines=("Origin undetermined",),
        foot="",
    )


def _lines(text: str, most: int) -> tuple[str, ...]:
    lines = wrap(text, _COLUMNS, _measure)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], cut(" ".join(lines[most - 1 :]), _COLUMNS, _measure))


def _measure(text: str) -> float:
    # In Times, Georgia and Arial alike, capitals are 1.3 to 1.5 times as wide as the mean small letter.
    return columns(text) + 0.45 * sum(1 for letter in text if letter.isupper() or letter in "mw@%")


def _groups(boxes: Mapping[str, Box], ties: Sequence[_Tie]) -> Iterator[set[str]]:
    near = defaultdict(set)
    for tie in ties:
        near[tie.parent].add(tie.child)
        near[tie.child].add(tie.parent)
    seen: set[str] = set()
    for start in boxes:
        if start in seen or start not in near:
            continue
        group, stack = set[str](), [start]
        while stack:
            node = stack.pop()
            if node not in group:
                group.add(node)
                stack.extend(near[node])
        seen |= group
        yield group


def _drawn(boxes: Mapping[str, Box], ties: Sequence[_Tie]) -> Group:
    into: dict[str, list[_Tie]] = defaultdict(list)
    for tie in ties:
        into[tie.child].append(tie)
    heights = {id_: _height(box, len(into[id_])) for id_, box in boxes.items()}
    layout = arrange(heights, [(tie.parent, tie.child) for tie in ties], GAP)
    placed = tuple(
        replace(box, x=_x(layout.layers[id_]), y=layout.tops[id_], height=heights[id_]) for id_, box in boxes.items()
    )
    spots = {box.id: box for box in placed}
    lines = tuple(line for id_ in boxes for line in _lines_into(spots[id_], into[id_], spots, layout))
    width = _x(max(layout.layers.values())) + BOX_WIDTH
    return Group(width=width, height=layout.height, boxes=placed, lines=lines)


def _height(box: Box, lines_in: int) -> float:
    text = 10 + 14 + 16 * len(box.lines) + (15 if box.foot else 0) + 9
    return max(text, _PORT * lines_in + 4)


def _x(layer: int) -> float:
    return layer * (BOX_WIDTH + BETWEEN)


def _lines_into(child: Box, ties: Sequence[_Tie], spots: Mapping[str, Box], layout: Layout) -> Iterator[Line]:
    def last_height(tie: _Tie) -> float:
        bends, parent = layout.bends[tie.parent, tie.child], spots[tie.parent]
        return bends[-1][1] if bends else parent.y + parent.height / 2

    ordered = sorted(ties, key=lambda tie: (last_height(tie), tie.parent))
    first = child.y + child.height / 2 - _PORT * (len(ordered) - 1) / 2
    for place, tie in enumerate(ordered):
        parent, y = spots[tie.parent], first + _PORT * place
        credit = "" if tie.credited else ", without credit"
        yield Line(
            path=_path(parent, layout.bends[tie.parent, tie.child], (child.x, y)),
            x=child.x,
            y=y,
            label=tie.label,
            credited=tie.credited,
            name=f"{child.name} — {tie.label or 'from'}{credit} — {parent.name}",
        )


def _path(parent: Box, bends: Iterable[tuple[int, float]], end: tuple[float, float]) -> str:
    x, y = parent.x + BOX_WIDTH, parent.y + parent.height / 2
    parts = [f"M{x:.1f} {y:.1f}"]
    for layer, height in bends:
        parts += [_curve(x, y, height), f"H{_x(layer) + BOX_WIDTH:.1f}"]
        x, y = _x(layer) + BOX_WIDTH, height
    return "".join([*parts, _curve(x, y, end[1]), f"H{end[0] - 6:.1f}"])


def _curve(x: float, y: float, to_y: float) -> str:
    half, to_x = x + _BEND / 2, x + _BEND
    return f"C{half:.1f} {y:.1f} {half:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
