"""Decides inside a story's region which segments belong to the story."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from firsthand.read.judged import Judged, Signature, make_of
from firsthand.read.markup import Element
from firsthand.read.phrases import ends_story, is_biography, is_credit, is_furniture, opens_comments, opens_related
from firsthand.read.wording import ends_sentence, flat

Layout: TypeAlias = tuple[Signature, Signature]

_USUAL_SHARE = 0.2
"""A layout that carries so much of the prose is one of the story's own."""
_TEASER_SHARE = 0.6
_MAX_TEASER_LINKS = 0.3
"""Prose with a smaller share of links under a heading such as "Related" is the story going on."""
_MAX_INSET_WORDS = 45
_MAX_CAPTION_WORDS = 60
_INSET_TAGS = frozenset("div section table center span".split())
_MAX_PULL_QUOTE_WORDS = 40
_MIN_ROW = 3
"""So many short lines in the usual layout after the prose are a list that belongs to it."""


def keep_story(inside: list[Judged], title: str, pictures: Sequence[Element], *, whole: bool = False) -> None:
    """Marks the segments of the region that belong to the story."""
    _mark_teasers(inside)
    usual, fine_print = _usual(inside)
    _mark_slanted_captions(inside, pictures)
    _mark_insets(inside, usual, pictures)
    repeated = Counter(flat(item.segment.text) for item in inside)
    seen: set[str] = set()
    start = 0 if whole else _start(inside, title)
    for place, item in enumerate(inside):
        if place < start or item.zone or (fine_print and item.segment.fine and not is_credit(item.segment.text)):
            continue
        in_layout, words = _layout(item) in usual, flat(item.segment.text)
        again = repeated[words] > 1 and item.words > 4 and (words in seen or not (item.prose and in_layout))
        item.keep = not again and _belongs(item, in_layout)
        seen.add(words)
    _drop_after_markers(inside)
    _drop_pull_quotes(inside)
    _trim(inside, usual, whole=whole)


def _usual(inside: list[Judged]) -> tuple[set[Layout], bool]:
    """The layouts that carry the story, and whether small type is small print here and not the story's own type."""
    mass: Counter[Layout] = Counter()
    fine = 0
    for item in inside:
        if item.prose and not item.zone:
            mass[_layout(item)] += len(item.segment.text)
            fine += len(item.segment.text) if item.segment.fine else 0
    total = sum(mass.values())
    return {layout for layout, size in mass.items() if size >= _USUAL_SHARE * total}, fine < 0.5 * total


def _mark_teasers(inside: list[Judged]) -> None:
    """Gives layouts of which most paragraphs are teasers a zone, as long as other prose remains."""
    prose: Counter[Layout] = Counter()
    teasers: Counter[Layout] = Counter()
    for item in inside:
        if item.prose and not item.zone:
            prose[_layout(item)] += 1
            teasers[_layout(item)] += item.teaser and item.segment.kind == "paragraph"
    marked = {layout for layout, count in prose.items() if count >= 2 and teasers[layout] >= _TEASER_SHARE * count}
    if marked and set(prose) - marked:
        for item in inside:
            if _layout(item) in marked:
                item.zone = item.zone or "clutter"


def _mark_slanted_captions(inside: list[Judged], pictures: Sequence[Element]) -> None:
    """Gives lines in italics right below an image the caption zone."""
    starts = sorted(picture.start for picture in pictures)
    below = inside[0].chain[-1].start if inside else 0
    for item in inside:
        place = bisect_left(starts, below)
        has_image = place < len(starts) and starts[place] < item.segment.start
        if has_image and item.segment.slanted and item.words <= _MAX_CAPTION_WORDS:
            item.zone = item.zone or "caption"
        below = item.segment.end


def _mark_insets(inside: list[Judged], usual: set[Layout], pictures: Sequence[Element]) -> None:
    """Gives small boxes between or after the paragraphs a zone: a caption with an image in them, else clutter."""
    places = [place for place, item in enumerate(inside) if item.prose and not item.zone and _layout(item) in usual]
    if not places:
        return
    stories = {element for place in places for element in inside[place].chain}
    words: Counter[Element] = Counter()
    for item in inside:
        words.update({element: item.words for element in item.chain if element not in stories})
    pictured = {above for picture in pictures for above in (picture, *picture.ancestors()) if above not in stories}
    for place, item in enumerate(inside):
        box = next((element for element in reversed(item.chain) if element not in stories), None)
        if (
            box is None
            or item.zone
            or item.segment.kind in ("list-item", "table-row", "quote")
            or is_credit(item.segment.text)
        ):
            continue
        if box in pictured and words[box] <= _MAX_CAPTION_WORDS:
            item.zone = "caption"
        elif box.tag in _INSET_TAGS and words[box] <= _MAX_INSET_WORDS and place > places[0]:
            item.zone = "clutter"


def _layout(item: Judged) -> Layout:
    return make_of(item.chain[0]), make_of(item.chain[min(1, len(item.chain) - 1)])


def _start(inside: list[Judged], title: str) -> int:
    """The place after the story's headline, or 0 when none stands before the story."""
    wanted, before = flat(title), 0
    total = sum(len(item.segment.text) for item in inside if item.prose and not item.zone)
    start = 0
    for place, item in enumerate(inside):
        if (wanted and flat(item.segment.text) == wanted) or item.segment.heading == 1:
            start = place + 1
        if item.prose and not item.zone:
            before += len(item.segment.text)
            if before > 0.2 * total:
                break
    return start


def _belongs(item: Judged, usual: bool) -> bool:
    segment = item.segment
    if is_credit(segment.text):
        return True
    if (segment.kind != "table-row" and is_furniture(segment.text)) or segment.link_share > (
        0.9 if usual and item.words >= 4 else 0.5
    ):
        return False
    if segment.heading:
        return not opens_related(segment.text)
    if segment.kind == "quote" and segment.text[0] in "—–-":
        return True  # who is quoted
    if segment.kind in ("list-item", "table-row"):
        return usual or item.words >= (3 if segment.kind == "list-item" else 1)
    return usual or (item.prose and item.words >= 12)


def _drop_after_markers(inside: list[Judged]) -> None:
    """Drops what follows a heading such as "Comments (3)" or "Related"."""
    total = sum(item.words for item in inside if item.keep and item.prose)
    before = 0
    for place, item in enumerate(inside):
        text = item.segment.text
        if item.zone:
            continue
        if opens_comments(text) or ends_story(text):
            item.keep = False
            if before > 0.5 * total:
                for later in inside[place:]:
                    later.keep = False
                return
        if opens_related(text):
            _drop_related(inside, place)
        if item.keep and item.prose:
            before += item.words


def _drop_related(inside: list[Judged], place: int) -> None:
    """Drops the heading at `place` with the box that it opens, or with the links under it."""
    inside[place].keep = False
    story = {element for item in inside[:place] if item.keep for element in item.chain}
    box = next((element for element in reversed(inside[place].chain[1:]) if element not in story), None)
    for later in inside[place + 1 :]:
        in_box = box is not None and box in later.chain
        if not in_box and later.prose and later.segment.link_share < _MAX_TEASER_LINKS:
            return
        later.keep = False


def _drop_pull_quotes(inside: list[Judged]) -> None:
    """Drops quotes and headings that only repeat a sentence of a paragraph in larger type."""
    kept = [item for item in inside if item.keep]
    story = " ".join(f" {flat(item.segment.text)} " for item in kept if item.segment.kind == "paragraph")
    for item in kept:
        if (
            item.segment.kind == "quote"
            and item.words <= _MAX_PULL_QUOTE_WORDS
            and f" {flat(item.segment.text)} " in story
        ):
            item.keep = False


def _trim(inside: list[Judged], usual: set[Layout], *, whole: bool) -> None:
    """Drops what is not prose before the first and after the last of it; short sentences and credits stay."""
    places = [place for place, item in enumerate(inside) if item.keep and item.prose]
    if not places:
        return
    head, tail = inside[: places[0]], inside[places[-1] + 1 :]
    least = 2 if whole else 3
    for edge in (head, tail):
        in_row = (
            edge is tail and sum(item.keep and _layout(item) in usual and item.words >= 3 for item in edge) >= _MIN_ROW
        )
        for item in edge:
            if whole and edge is head and item.segment.heading:
                continue
            in_layout = whole or _layout(item) in usual or item.segment.kind == "list-item"
            closed = in_row or ends_sentence(item.segment.text)
            item.keep = item.keep and (is_credit(item.segment.text) or (in_layout and item.words >= least and closed))
    kept = [item for item in inside if item.keep]
    while len(kept) > 1 and (kept[-1].segment.heading or is_biography(kept[-1].segment.text)):
        kept.pop().keep = False
