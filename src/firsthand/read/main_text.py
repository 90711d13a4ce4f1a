"""Chooses the segments that are the story.

Method: every segment is judged by itself (words, sentence end, share of links, set phrases), by the zones its ancestors
open (`clutter.zone_of`) and by its neighbours (a linked heading before it makes it a teaser). The weighted characters of
its prose are summed up the tree; the region is the deepest element that still holds most of the weight. Inside the region
the layout that most of the prose uses decides about the odd ones out. Zones above the region no longer matter, so a story
inside a `div.sidebar-grid` is still found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from firsthand.read.clutter import Zone, is_hard, names_main_text, zone_of
from firsthand.read.markup import Element
from firsthand.read.phrases import is_biography, is_credit, is_furniture, opens_comments, opens_related
from firsthand.read.segments import Segment
from firsthand.read.wording import ends_sentence, flat, word_count

Signature: TypeAlias = tuple[str, str]

_DESCEND_SHARE = 0.75
_DESCEND_SHARE_NAMED = 0.5
"""Enough for an element that its own name calls the story's text."""
_TOWERING = 4.0
_TWIN_SHARE = 0.05
_ZONE_WEIGHT: dict[Zone, float] = {"": 1.0, "small": 0.8, "caption": 0.3, "clutter": 0.2, "comments": 0.1}
_FINE_WEIGHT = 0.5
_TEASER_WEIGHT = 0.25
_ENOUGH_FREE = 0.25
"""When less of the region's prose than this stands outside every zone, zones are taken back, the fullest first."""
_MAX_VETOES = 4
_VETO_SHARE_PARAGRAPHS = 0.3
"""Classes set on single paragraphs, such as `p.paywall` on every second one, are taken back when they hold so much."""
_MAX_PULL_QUOTE_WORDS = 40
_MIN_ROW = 3
"""So many short lines in the usual layout before or after the prose are a list that belongs to it."""
_ZONE_WORDS: dict[Zone, int] = {"small": 40, "caption": 120}
"""Above so many words a small zone, or a caption, is neither."""
_NEVER_REGION = frozenset("p li blockquote pre dd dt h1 h2 h3 h4 h5 h6 a span b i em strong font u".split())


@dataclass(slots=True, eq=False)
class Judged:
    """A segment with what was concluded about it."""

    segment: Segment
    words: int
    prose: bool
    zones: tuple[tuple[Element, Zone], ...]
    """Innermost first."""
    chain: tuple[Element, ...]
    """Its block and every element above it, the block first."""
    weight: float = 0.0
    zone: Zone = ""
    keep: bool = False


@dataclass(slots=True)
class MainText:
    """The story's segments in order, every segment as judged, and the element that holds the story."""

    kept: list[Judged] = field(default_factory=list)
    all: list[Judged] = field(default_factory=list)
    region: Element | None = None


def find_main_text(segments: list[Segment], title: str = "", *, whole: bool = False) -> MainText:
    """The segments that tell the story; none when the page has no prose.

    With `whole` the tree is a story already (a feed's item, a letter): nothing outside a region is cut off.
    """
    judged = _judge(segments)
    prose = [item for item in judged if item.weight > 0]
    if not prose:
        return MainText(all=judged)
    regions = (prose[0].chain[-1],) if whole else _with_twins(_region(prose), judged)
    inside = [item for item in judged if any(element in regions for element in item.chain)]
    _settle_zones(inside, regions)
    _keep(inside, title)
    return MainText([item for item in inside if item.keep], judged, regions[0])


def _judge(segments: list[Segment]) -> list[Judged]:
    chains: dict[Element, tuple[Element, ...]] = {}
    zones: dict[Element, Zone] = {}
    judged: list[Judged] = []
    for segment in segments:
        chain = chains.get(segment.block)
        if chain is None:
            chain = chains[segment.block] = (segment.block, *segment.block.ancestors())
            zones.update((element, zone_of(element)) for element in chain if element not in zones)
        count = word_count(segment.text)
        around = tuple((element, zones[element]) for element in chain if zones[element])
        item = Judged(segment, count, _is_prose(segment, count), around, chain)
        if item.prose:
            item.weight = len(segment.text) * _weight(item, judged[-1] if judged else None)
        judged.append(item)
    return judged


def _is_prose(segment: Segment, words: int) -> bool:
    """A sentence or more, not mostly links and no set phrase of the page's furniture."""
    if segment.heading or segment.link_share > 0.5 or is_furniture(segment.text):
        return False
    return words >= 25 or (words >= 8 and ends_sentence(segment.text)) or (words >= 15 and segment.link_share < 0.2)


def _weight(item: Judged, before: Judged | None) -> float:
    weight = min((_ZONE_WEIGHT[zone] for _, zone in item.zones), default=1.0) * (
        _FINE_WEIGHT if item.segment.fine else 1.0
    )
    opens_with_link = bool(item.segment.links) and item.segment.links[0][0] == 0 and item.segment.link_share > 0.15
    below_linked_heading = (
        before is not None and before.segment.link_share > 0.9 and before.words >= 3 and not before.prose
    )
    if (opens_with_link and item.segment.kind == "list-item") or below_linked_heading:
        weight *= _TEASER_WEIGHT
    return weight


def _region(prose: list[Judged]) -> Element:
    """The deepest element that still holds most of the weight of the prose."""
    mass: defaultdict[Element, float] = defaultdict(float)
    loose: defaultdict[Element, float] = defaultdict(float)
    children: defaultdict[Element, dict[Element, None]] = defaultdict(dict)
    for item in prose:
        for element in item.chain:
            mass[element] += item.weight
        for child, parent in zip(item.chain, item.chain[1:], strict=False):
            children[parent][child] = None
        loose[item.chain[0]] += item.weight
    region = prose[0].chain[-1]
    while children[region]:
        best = max(children[region], key=lambda element: mass[element])
        named = best.tag == "article" or names_main_text(best)
        share = _DESCEND_SHARE_NAMED if named else _DESCEND_SHARE
        if best.tag in _NEVER_REGION or not (
            mass[best] >= share * mass[region] or _towers(best, children[region], mass, loose[region])
        ):
            break
        region = best
    return region


def _with_twins(region: Element, judged: list[Judged]) -> tuple[Element, ...]:
    """The region and its twins: elements of the same make that go on with the story, with no headline between.

    Pages interrupt a story by closing the container, showing an advertisement, and opening a container of the same class.
    """
    if not region.get("class"):
        return (region,)
    mass: dict[Element, float] = {}
    headlines = []
    for item in judged:
        twin = next(
            (
                element
                for element in item.chain
                if element.tag == region.tag and element.get("class") == region.get("class")
            ),
            None,
        )
        if twin is not None:
            mass[twin] = mass.get(twin, 0.0) + item.weight
        if item.segment.heading == 1:
            headlines.append(item.segment.start)
    twins = [twin for twin, size in mass.items() if twin is not region and size >= _TWIN_SHARE * mass[region]]
    article = _article_around(region)
    return (region, *(
        twin for twin in twins
        if _article_around(twin) is article
        and not any(min(region.start, twin.start) < at < max(region.start, twin.start) for at in headlines)
    ))  # fmt: skip


def _article_around(element: Element) -> Element | None:
    return next((above for above in element.ancestors() if above.tag == "article"), None)


def _towers(best: Element, siblings: Iterable[Element], mass: Mapping[Element, float], loose: float) -> bool:
    """Whether `best` outweighs every sibling container, and all loose paragraphs together, several times over."""
    loose += sum(mass[element] for element in siblings if element.tag in _NEVER_REGION)
    rival = max(
        (mass[element] for element in siblings if element is not best and element.tag not in _NEVER_REGION), default=0.0
    )
    return mass[best] >= _TOWERING * max(loose, rival)


def _settle_zones(inside: list[Judged], regions: tuple[Element, ...]) -> None:
    """Gives each segment its zone below the regions, unless a zone turns out to hold the story or, if small, too many words."""
    words: Counter[Element] = Counter()
    for item in inside:
        item.zones = _below(item.zones, item.chain, regions)
        words.update({element: item.words for element, _ in item.zones})
    for item in inside:
        item.zones = tuple(
            (element, zone) for element, zone in item.zones if words[element] <= _ZONE_WORDS.get(zone, words[element])
        )
    _take_back(
        inside,
        {make for make, share in _shares(inside, paragraphs_only=True).items() if share >= _VETO_SHARE_PARAGRAPHS},
    )
    for _ in range(_MAX_VETOES):
        total = sum(len(item.segment.text) for item in inside if item.prose)
        free = sum(len(item.segment.text) for item in inside if item.prose and not item.zones)
        if free >= _ENOUGH_FREE * total:
            break
        shares = _shares(inside)
        _take_back(inside, {max(shares, key=lambda make: shares[make])})
    for item in inside:
        item.zone = item.zones[-1][1] if item.zones else ""


def _shares(inside: list[Judged], *, paragraphs_only: bool = False) -> dict[Signature, float]:
    """Share of the prose by the make of the zones around it; footers, comments and the like count for a quarter."""
    prose = [item for item in inside if item.prose]
    total = sum(len(item.segment.text) for item in prose)
    shares: dict[Signature, float] = {}
    for item in prose:
        for make, zone in {
            _make(element): zone for element, zone in item.zones if element.tag == "p" or not paragraphs_only
        }.items():
            factor = 0.25 if zone == "comments" or is_hard(make[0], make[1]) else 1.0
            shares[make] = shares.get(make, 0.0) + factor * len(item.segment.text) / total
    return shares


def _take_back(inside: list[Judged], makes: set[Signature]) -> None:
    for item in inside:
        item.zones = tuple((element, zone) for element, zone in item.zones if _make(element) not in makes)


def _below(
    zones: tuple[tuple[Element, Zone], ...], chain: tuple[Element, ...], regions: tuple[Element, ...]
) -> tuple[tuple[Element, Zone], ...]:
    allowed = set(chain[: next(place for place, element in enumerate(chain) if element in regions)])
    return tuple((element, zone) for element, zone in zones if element in allowed)


def _make(element: Element) -> Signature:
    return element.tag, element.get("class")


def _keep(inside: list[Judged], title: str) -> None:
    """Marks the segments of the region that belong to the story."""
    mass: Counter[tuple[Signature, Signature]] = Counter()
    for item in inside:
        if item.prose and not item.zone:
            mass[_layout(item)] += len(item.segment.text)
    usual = {layout for layout, size in mass.items() if size >= 0.2 * sum(mass.values())}
    repeated = Counter(flat(item.segment.text) for item in inside)
    seen: set[str] = set()
    start = _start(inside, title)
    fine_print = sum(mass.values()) * 0.5 > sum(
        len(item.segment.text) for item in inside if item.prose and item.segment.fine
    )
    for place, item in enumerate(inside):
        if place < start or item.zone or (fine_print and item.segment.fine and not is_credit(item.segment.text)):
            continue
        in_layout, words = _layout(item) in usual, flat(item.segment.text)
        again = repeated[words] > 1 and item.words > 4 and (words in seen or not (item.prose and in_layout))
        item.keep = not again and _belongs(item, in_layout)
        seen.add(words)
    _drop_after_markers(inside)
    _drop_pull_quotes(inside)
    _trim(inside, usual)


def _layout(item: Judged) -> tuple[Signature, Signature]:
    return _make(item.chain[0]), _make(item.chain[min(1, len(item.chain) - 1)])


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
    if is_furniture(segment.text) or segment.link_share > (0.9 if usual and item.words >= 4 else 0.5):
        return False
    if segment.heading:
        return not opens_related(segment.text)
    if item.prose:
        return usual or item.words >= 12
    return usual or (segment.kind in ("list-item", "table-row") and item.words >= 3)


def _drop_after_markers(inside: list[Judged]) -> None:
    """Drops what follows a heading such as "Comments (3)" or "Related"."""
    total = sum(item.words for item in inside if item.keep and item.prose)
    before = 0
    for place, item in enumerate(inside):
        text = item.segment.text
        if item.zone:
            continue
        if opens_comments(text):
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
    """Drops the heading at `place` and the links under it."""
    inside[place].keep = False
    for later in inside[place + 1 :]:
        if later.prose and later.segment.link_share < 0.3:
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


def _trim(inside: list[Judged], usual: set[tuple[Signature, Signature]]) -> None:
    """Drops what is not prose before the first and after the last of it, short sentences in the usual layout and credits excepted."""
    places = [place for place, item in enumerate(inside) if item.keep and item.prose]
    if not places:
        return
    for edge in (inside[: places[0]], inside[places[-1] + 1 :]):
        in_row = sum(item.keep and _layout(item) in usual and item.words >= 3 for item in edge) >= _MIN_ROW
        for item in edge:
            in_layout = _layout(item) in usual or item.segment.kind == "list-item"
            whole = in_row or ends_sentence(item.segment.text)
            item.keep = item.keep and (is_credit(item.segment.text) or (in_layout and item.words >= 3 and whole))
    kept = [item for item in inside if item.keep]
    while len(kept) > 1 and (kept[-1].segment.heading or is_biography(kept[-1].segment.text)):
        kept.pop().keep = False
