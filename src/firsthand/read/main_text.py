"""Chooses the segments that are the story.

Method: every segment is judged by itself (words, sentence end, share of links, set phrases), by the zones its ancestors
open (`clutter.zone_of`) and by its neighbours (a linked heading before it makes it a teaser). The weighted characters
of its prose are summed up the tree; the region is the deepest element that still holds most of the weight. Zones above
the region no longer matter, so a story inside a `div.sidebar-grid` is still found. `selection` decides what is kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.read.clutter import Zone, is_hard, names_main_text, zone_of
from firsthand.read.judged import Judged, Signature, make_of
from firsthand.read.markup import Element
from firsthand.read.phrases import is_furniture, is_menu
from firsthand.read.segments import Segment
from firsthand.read.selection import keep_story
from firsthand.read.wording import ends_sentence, word_count

_DESCEND_SHARE = 0.75
_DESCEND_SHARE_NAMED = 0.5
"""Enough for an element that its own name calls the story's text."""
_TOWERING = 4.0
_TWIN_SHARE = 0.05
_MIN_TWIN_WEIGHT = 0.5
"""A twin may not stand in a zone, where readers' comments often wear the story's class."""
_ZONE_WEIGHT: dict[Zone, float] = {"": 1.0, "small": 0.8, "caption": 0.3, "clutter": 0.2, "comments": 0.1}
_FINE_WEIGHT = 0.5
_TEASER_WEIGHT = 0.25
_ENOUGH_FREE = 0.25
"""When less of the region's prose than this stands outside every zone, zones are taken back, the fullest first."""
_MAX_VETOES = 4
_VETO_SHARE_PARAGRAPHS = 0.3
"""Classes set on single paragraphs, such as `p.paywall` on every second one, are taken back when they hold so much."""
_ZONE_WORDS: dict[Zone, int] = {"small": 40, "caption": 120}
"""Above so many words a small zone, or a caption, is neither."""
_NEVER_REGION = frozenset("p li blockquote pre dd dt h1 h2 h3 h4 h5 h6 a span b i em strong font u".split())


@dataclass(slots=True)
class MainText:
    """The story's segments in order, every segment as judged, and the element that holds the story."""

    kept: list[Judged] = field(default_factory=list)
    all: list[Judged] = field(default_factory=list)
    region: Element | None = None


def find_main_text(
    segments: list[Segment], title: str = "", *, pictures: Sequence[Element] = (), whole: bool = False
) -> MainText:
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
    keep_story(inside, title, pictures, whole=whole)
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
            item.teaser = _is_teaser(item, judged[-1] if judged else None)
            item.weight = len(segment.text) * _weight(item)
        judged.append(item)
    return judged


def _is_prose(segment: Segment, words: int) -> bool:
    """A sentence or more, not mostly links and no set phrase of the page's furniture."""
    if segment.kind == "table-row":
        return words >= 25 or (words >= 8 and ends_sentence(segment.text))
    if segment.heading or segment.link_share > 0.5 or is_furniture(segment.text) or is_menu(segment.text):
        return False
    return words >= 25 or (words >= 8 and ends_sentence(segment.text)) or (words >= 15 and segment.link_share < 0.2)


def _is_teaser(item: Judged, before: Judged | None) -> bool:
    links = item.segment.links
    if item.segment.kind == "list-item" and links and links[0][0] == 0 and item.segment.link_share > 0.15:
        return True
    return before is not None and before.segment.link_share > 0.9 and before.words >= 3 and not before.prose


def _weight(item: Judged) -> float:
    weight = min((_ZONE_WEIGHT[zone] for _, zone in item.zones), default=1.0)
    return weight * (_FINE_WEIGHT if item.segment.fine else 1.0) * (_TEASER_WEIGHT if item.teaser else 1.0)


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

    Pages interrupt a story by closing the container, showing an advertisement, and opening one of the same class.
    """
    named = region.get("class")
    if not named:
        return (region,)
    mass: dict[Element, float] = {}
    headlines = []
    for item in judged:
        twin = next(
            (element for element in item.chain if element.tag == region.tag and element.get("class") == named), None
        )
        if twin is not None and item.weight >= _MIN_TWIN_WEIGHT * len(item.segment.text):
            mass[twin] = mass.get(twin, 0.0) + item.weight
        if item.segment.heading == 1:
            headlines.append(item.segment.start)
    twins = [twin for twin, size in mass.items() if twin is not region and size >= _TWIN_SHARE * mass.get(region, 0.0)]
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
    """Gives each segment its zone below the regions, unless a zone holds the story or, if small, too many words."""
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
            make_of(element): zone for element, zone in item.zones if element.tag == "p" or not paragraphs_only
        }.items():
            factor = 0.25 if zone == "comments" or is_hard(make[0], make[1]) else 1.0
            shares[make] = shares.get(make, 0.0) + factor * len(item.segment.text) / total
    return shares


def _take_back(inside: list[Judged], makes: set[Signature]) -> None:
    for item in inside:
        item.zones = tuple((element, zone) for element, zone in item.zones if make_of(element) not in makes)


def _below(
    zones: tuple[tuple[Element, Zone], ...], chain: tuple[Element, ...], regions: tuple[Element, ...]
) -> tuple[tuple[Element, Zone], ...]:
    allowed = set(chain[: next(place for place, element in enumerate(chain) if element in regions)])
    return tuple((element, zone) for element, zone in zones if element in allowed)
