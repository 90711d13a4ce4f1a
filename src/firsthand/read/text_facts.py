"""Title, outlet, byline and date of a plain text, from the lines around its story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.read.bylines import byline_in, clean_byline, is_name_line, name_and_outlet
from firsthand.read.dates import day_without_year, find_dates, settle
from firsthand.read.lines import Unit
from firsthand.read.names import Claim, agree, copyright_holder
from firsthand.read.phrases import is_biography, is_credit, is_furniture, is_photo_credit
from firsthand.read.wording import ends_sentence, flat, word_count

_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][\w .,'’/-]{1,60}?)[,.]?\s*(?:\w{3,9}\.?\s\d{1,2}|\d{1,2}\.?\s\w{3,9})?\.?,?\s*(?:\d{4})?"
    r"\s*[,.]?\s*(?:[(/\[](?P<agency>[^()\[\]/]{2,40})[)/\]]|(?P<named>[A-Z][\w]+(?:\s[A-Z]\w+)?))\s*(?:[-–—]{1,2}|\.)\s",
)
_BREADCRUMB = re.compile(r"(?:\s[/›»>|·•]\s.*){2,}|^/|/$")
_SLUG = re.compile(r"[A-Z0-9]+(?:[-/][A-Z0-9]+)+")
"""A wire's keyword line, such as `COUNCIL-PLATES`."""
_LABEL_KINDS = {
    "title": "title", "headline": "title", "byline": "byline", "author": "byline", "by": "byline", "source": "outlet",
    "outlet": "outlet", "publication": "outlet", "publisher": "outlet", "newspaper": "outlet",
}  # fmt: skip
_LABEL = re.compile(rf"(?P<label>{'|'.join(_LABEL_KINDS)})\s*:\s*(?P<value>.+)", re.IGNORECASE)
_LABELLED = re.compile(r"^(?:date|published|posted|title|headline)\s*:?\s+", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:[\w.+-]+@|https?://(?:www\.)?|\bwww\.)([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})", re.IGNORECASE
)
_EMPLOYER = re.compile(
    r"\b(?:journalist|reporter|correspondent|writer|editor|columnist|contributor|author)\s+(?:for|at|with|of)\s+"
    r"((?:the\s)?[A-Z][\w'’&-]*(?:\s+(?:[A-Z&][\w'’&-]*|of|and|the))*)"
)
_PAPER = re.compile(
    r"\b(?:post|gazette|herald|times|news|daily|weekly|tribune|courier|journal|observer|monitor|standard|radio|channel|agency"
    r"|press|wire|bulletin|review|magazine|ledger|record|chronicle|dispatch|echo|voice|today|online|mail|star|sun|telegraph"
    r"|guardian|examiner|inquirer|mirror|digest|report|watch)\b|\w\.(?:com|org|net|info|press|media|news)\b",
    re.IGNORECASE,
)
"""What newspapers, stations and agencies call themselves, in English."""
_MAX_DATED_WORDS = 14
_MAX_HEADER_WORDS = 30


@dataclass(slots=True)
class Dump:
    """The units of a text, split into what stands before the story, the story, and what stands after it."""

    head: list[Unit] = field(default_factory=list)
    body: list[Unit] = field(default_factory=list)
    tail: list[Unit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What the lines around a story say about it."""

    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    published_from: str | None
    warnings: tuple[str, ...]


def text_facts(dump: Dump) -> TextFacts:
    """Title, outlet, byline and date, each None when no line gives it."""
    labels = labelled(dump.head)
    title = labels.get("title") or _title(dump.head)
    published, source, warnings = _published(dump)
    outlet = Claim(labels["outlet"], 5.0, "label") if "outlet" in labels else _outlet(dump, title)
    byline = clean_byline(labels["byline"]) if "byline" in labels else _byline(dump, title)
    return TextFacts(title, outlet.name if outlet else None, byline, published, source, warnings)


def _title(head: Sequence[Unit]) -> str | None:
    """The headline above the story: the nearest line that is no date, byline, menu or masthead."""
    repeated = Counter(flat(unit.text) for unit in head)
    masthead = _masthead_units(head)
    after_rule = next((place + 1 for place in range(len(head) - 1, -1, -1) if head[place].rule), 0)
    fit: list[str] = []
    for place, unit in reversed(list(enumerate(head))):
        if place < after_rule and fit:
            break
        text = _stripped_label(unit.text)
        dates = find_dates(text)
        is_date_line = bool(dates) and word_count(text) <= 8
        skip = (
            unit in masthead
            or is_date_line
            or is_text_clutter(unit, repeated)
            or byline_in(text)
            or (name_and_outlet(text) and not unit.gap)
            or unit.columns > 1
            or _BREADCRUMB.search(text)
        )
        if skip or not 2 <= word_count(text) <= _MAX_HEADER_WORDS or (word_count(text) <= 3 and is_name_line(text)):
            continue
        fit.append(text)
    long_enough = [text for text in fit if word_count(text) >= 4 or after_rule]
    return next((_without_sign(text) for text in long_enough or fit), None)


def labelled(head: Sequence[Unit]) -> dict[str, str]:
    """What lines such as "TITLE: …", "SOURCE: …" say, as news databases write them; empty without a title."""
    found: dict[str, str] = {}
    for unit in head:
        match = _LABEL.match(unit.text)
        if match and match["value"]:
            found.setdefault(_LABEL_KINDS[match["label"].lower()], match["value"].strip())
    return found if "title" in found else {}


def _without_sign(title: str) -> str:
    """The title without the emoji or bullet that channels put before it."""
    return re.sub(r"^[^\w\"'“‘«‹„¿¡(\[]+", "", title) or title


def _stripped_label(text: str) -> str:
    """`text` without a leading "date 2030-04-17" or "Title:"."""
    label = _LABELLED.match(text)
    if not label:
        return text
    dates = find_dates(text[: label.end() + 24])
    at = dates[0].end if dates and dates[0].start <= label.end() + 1 else label.end()
    return text[at:].strip(" :-–—|")


def _masthead_units(head: Sequence[Unit]) -> list[Unit]:
    """The outlet's own lines at the very top: the first line and the lines that continue it in capitals."""
    lines = [unit for unit in head if not is_furniture(unit.text) and unit.columns < 3]
    if len(lines) < 2 or not _may_be_name(lines[0]):
        return []
    units = [lines[0]]
    if lines[0].text.isupper():
        units += _continuing(lines[1:3])
    return units if any(_may_be_title(unit) for unit in lines[len(units) :]) else []


def _may_be_title(unit: Unit) -> bool:
    is_name = unit.words <= 3 and is_name_line(unit.text)
    is_name = is_name or (not unit.gap and name_and_outlet(unit.text) is not None)
    letters = len(re.findall(r"[^\W\d_]{2,}", unit.text))
    return letters >= 2 and not (is_name or find_dates(unit.text) or is_photo_credit(unit.text))


def _may_be_name(unit: Unit) -> bool:
    return (
        unit.columns == 1 and 1 <= unit.words <= 8 and not find_dates(unit.text) and not _BREADCRUMB.search(unit.text)
    )


def _continuing(lines: Sequence[Unit]) -> list[Unit]:
    """Lines in capitals without a gap before them and without digits: the masthead goes on."""
    units = []
    for unit in lines:
        if unit.gap or not unit.text.isupper() or re.search(r"\d", unit.text) or _SLUG.fullmatch(unit.text):
            break
        units.append(unit)
    return units


def _published(dump: Dump) -> tuple[str | None, str | None, tuple[str, ...]]:
    certain = {
        date.edtf[:10]
        for unit in (*dump.head, *dump.tail)
        for date in find_dates(unit.text[:300])
        if date.other is None
    }
    places = [("text header", unit.text) for unit in dump.head] + [
        ("text after story", unit.text) for unit in dump.tail if unit.words <= 12
    ]
    first = dump.body[0].text[:80]
    for source, text in [*places, ("text dateline", first)]:
        if word_count(text) > _MAX_HEADER_WORDS or (source == "text header" and is_photo_credit(text)):
            continue
        for date in find_dates(text):
            if not date.updated:
                edtf, assumed = settle(date, certain)
                return edtf, source, ("published: day and month could be swapped",) if assumed else ()
    partial = day_without_year(first) if _DATELINE.match(first) else None
    return None, None, (f"published: the dateline says {partial!r} without a year",) if partial else ()


def _outlet(dump: Dump, title: str | None) -> Claim | None:
    return agree(claim for claim in _claims(dump) if flat(claim.name) != flat(title or ""))


def _claims(dump: Dump) -> Iterator[Claim]:
    masthead = _masthead_units(dump.head)
    if masthead:
        yield Claim(" ".join(unit.text for unit in masthead), 3.0, "masthead")
    yield from _dateline_claims(dump)
    for unit in dump.head:
        both = name_and_outlet(unit.text) if not unit.gap else None
        yield Claim(both[1] if both else "", 2.5, "byline")
    for unit in (*dump.head, *dump.tail):
        paper = _paper_beside_date(unit.text) if unit.words <= _MAX_DATED_WORDS else None
        yield Claim(paper or "", 1.8, "line with the date")
    for unit in dump.tail:
        employer = _EMPLOYER.search(unit.text) if is_biography(unit.text) else None
        yield Claim(employer[1] if employer else "", 1.5, "writer's biography")
        yield Claim(copyright_holder(unit.text) or "", 1.5, "copyright line")
        yield from (Claim(match[1].lower(), 0.5, "address") for match in _ADDRESS.finditer(unit.text[:300]))


def _dateline_claims(dump: Dump) -> Iterator[Claim]:
    """The agency in the dateline, and a line that spells its initials out."""
    dateline = _DATELINE.match(dump.body[0].text)
    agency = (dateline["agency"] or dateline["named"]) if dateline else None
    if agency:
        yield Claim(agency, 2.0, "dateline")
        for unit in (*dump.head, *dump.tail):
            if unit.words <= 6 and _spells(unit.text, agency):
                yield Claim(unit.text, 2.5, "line that spells out the dateline")


def _paper_beside_date(text: str) -> str | None:
    """The outlet in a line such as "The Harbour Post, Thursday 5 March 2031, page 3"."""
    if not find_dates(text):
        return None
    parts = [part.strip(" .") for part in re.split(r"\s*[|,·;()]\s*|\s[–—-]\s", text)]
    return next(
        (part for part in parts if _PAPER.search(part) and word_count(part) <= 6 and not find_dates(part)), None
    )


def _spells(text: str, abbreviation: str) -> bool:
    """Whether the initials of a line are the abbreviation, as in `NORTHERN WIRE` and `NW`."""
    return (
        "".join(word[0] for word in flat(text).split()) == flat(abbreviation).replace(" ", "") and word_count(text) > 1
    )


def _byline(dump: Dump, title: str | None) -> str | None:
    for unit in (*reversed(dump.head[-8:]), *dump.tail[:4]):
        if unit.words > 16 or flat(unit.text) == flat(title or "") or is_credit(unit.text):
            continue
        both = name_and_outlet(unit.text) if not unit.gap else None
        name = byline_in(unit.text) or (both[0] if both else None)
        if name:
            return name
    repeated = Counter(flat(unit.text) for unit in dump.head)
    for unit in reversed(dump.head[-5:]):
        if (
            2 <= unit.words <= 4
            and is_name_line(unit.text)
            and repeated[flat(unit.text)] == 1
            and unit not in _masthead_units(dump.head)
            and unit.text != title
        ):
            return clean_byline(unit.text)
    return None


def is_text_clutter(unit: Unit, repeated: Counter[str]) -> bool:
    """Whether a line is a rule, a counter, a menu, a caption or furniture; `repeated` counts each line's flat words."""
    text = unit.text
    if unit.rule or is_photo_credit(text) or (repeated[flat(text)] > 1 and unit.words > 2):
        return True
    if is_credit(text):
        return False
    many_columns = unit.columns >= 4 and not ends_sentence(text)
    return many_columns or is_furniture(text) or re.fullmatch(r"\W*\d+(?:\s*/\s*\d+)?\W*", text) is not None
