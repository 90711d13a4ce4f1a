"""The layered drawing: places, order and bends."""

from __future__ import annotations

from itertools import pairwise

from firsthand.publish.layout import Edge, arrange

GAP = 10.0


def tall(*names: str) -> dict[str, float]:
    return dict.fromkeys(names, 40.0)


def test_a_child_stands_right_of_everything_it_draws_on() -> None:
    edges: list[Edge] = [("o", "a"), ("a", "b"), ("o", "b")]
    layout = arrange(tall("o", "a", "b"), edges, GAP)
    assert layout.layers == {"o": 0, "a": 1, "b": 2}


def test_an_edge_that_passes_a_layer_says_where() -> None:
    layout = arrange(tall("o", "a", "b"), [("o", "a"), ("a", "b"), ("o", "b")], GAP)
    (bend,) = layout.bends["o", "b"]
    assert bend[0] == 1
    top = layout.tops["a"]
    assert not top < bend[1] < top + 40


def test_boxes_of_a_layer_keep_their_distance() -> None:
    names = [f"n{number}" for number in range(30)]
    layout = arrange(tall("o", *names), [("o", name) for name in names], GAP)
    tops = sorted(layout.tops[name] for name in names)
    assert all(below - above >= 40 + GAP - 1e-6 for above, below in pairwise(tops))
    assert min(layout.tops.values()) >= 0
    assert layout.height >= max(layout.tops.values()) + 40 - 1e-6


def test_lines_that_need_not_cross_do_not() -> None:
    layout = arrange(tall("a", "b", "c", "x", "y", "z"), [("a", "z"), ("b", "y"), ("c", "x")], GAP)
    order = {layer: sorted(names, key=layout.tops.__getitem__) for layer, names in ((0, "abc"), (1, "xyz"))}
    partner = {"a": "z", "b": "y", "c": "x"}
    assert [partner[name] for name in order[0]] == order[1]


def test_one_parent_stands_at_the_middle_of_its_children() -> None:
    layout = arrange(tall("o", "a", "b", "c"), [("o", "a"), ("o", "b"), ("o", "c")], GAP)
    assert abs(layout.tops["o"] - layout.tops["b"]) < 1


def test_nothing_takes_no_room() -> None:
    assert arrange({}, [], GAP).height == 0
