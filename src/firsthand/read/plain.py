"""Plain text: reports and wire copy typed by hand, and pages dumped with everything that stood around the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.read.bylines import byline_in, clean_byline, is_name_line, name_and_outlet
from firsthand.read.dates import day_without_year, find_dates, settle
from firsthand.read.encoding import Decoded, decode
from firsthand.read.lines import Unit, units_of
from firsthand.read.names import Claim, agree, copyright_holder
from firsthand.read.phrases import (
    ends_story,
    is_biography,
    is_credit,
    is_furniture,
    is_photo_credit,
    opens_comments,
    opens_related,
)
from firsthand.read.story import Passage, Source, Story
from firsthand.read.wording import ends_sentence, flat, word_count
from firsthand.records import BlockKind, Refusal

MAX_TEXT_BYTES = 4_000_000
"""Long books have less than half; read time grows with the number of lines."""
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
_MIN_TEXT_CHARACTERS = 40
_MAX_HEADER_WORDS = 30


class Plain:
    """Anything that is text and no other format."""

    name = "text"
    suffixes = ("txt", "text", "log", "asc", "")

    def recognises(self, content: bytes) -> bool:  # noqa: ARG002  # plain text has no mark
        """Never by content: plain text is what remains."""
        return False

    def read(self, source: Source) -> tuple[Story, ...] | Refusal:
        """One story, or a refusal: too large, not text, no passage of prose."""
        if len(source.content) > MAX_TEXT_BYTES:
            return source.refuse(
                "too-large", f"The text has {len(source.content):,} bytes.", "Split the file into its stories."
            )
        decoded = decode(source.content)
        if decoded is None:
            return source.refuse(
                "not-text",
                "The bytes are not text in any encoding.",
                "Check that the file is complete and not compressed.",
            )
        story = read_text(decoded)
        if story is None:
            return source.refuse(
                "no-main-text", "The text holds no passage of prose.", "Add the missing text, or leave the file out."
            )
        return (story,)


@dataclass(slots=True)
class _Dump:
    """The units of a text, split into what stands before the story, the story, and what stands after it."""

    head: list[Unit] = field(default_factory=list)
    body: list[Unit] = field(default_factory=list)
    tail: list[Unit] = field(default_factory=list)


def read_text(decoded: Decoded) -> Story | None:
    """The story in a plain text; None when there is no prose in it."""
    units = units_of(decoded.text)
    dump = _split(units)
    if sum(len(unit.text) for unit in dump.body) < _MIN_TEXT_CHARACTERS:
        return None
    labels = _labels(dump.head)
    title = labels.get("title") or _title(dump.head)
    published, source, warning = _published(dump)
    outlet = Claim(labels["outlet"], 5.0, "label") if "outlet" in labels else _outlet(dump, title)
    return Story(
        passages=tuple(_passage(unit, decoded) for unit in dump.body),
        title=title,
        outlet=outlet.name if outlet else None,
        byline=clean_byline(labels["byline"]) if "byline" in labels else _byline(dump, title),
        published=published,
        published_from=source,
        warnings=(*decoded.warnings, *warning),
    )


def letter_passages(decoded: Decoded, *, exact: bool) -> tuple[Passage, ...]:
    """The passages of a plain-text letter without its signature and its lines about subscription."""
    units = units_of(_without_signature(decoded.text))
    kept = [unit for unit in units if not (unit.rule or is_furniture(unit.text) or _only_address(unit.text))]
    passages = tuple(_passage(unit, decoded) for unit in kept)
    return passages if exact else tuple(Passage(text=passage.text, kind=passage.kind) for passage in passages)


def _without_signature(text: str) -> str:
    """The text before the line `-- ` that opens a signature (RFC 3676)."""
    match = re.search(r"^--[ \t]*\r?$", text, re.MULTILINE)
    return text[: match.start()] if match and match.start() > 0.3 * len(text) else text


def _only_address(text: str) -> bool:
    return re.fullmatch(r"\W*https?://\S+\W*", text) is not None


def _passage(unit: Unit, decoded: Decoded) -> Passage:
    kind: BlockKind = "list-item" if unit.bullet else "heading" if _is_heading(unit) else "paragraph"
    return Passage(text=unit.text, kind=kind, byte_range=decoded.byte_range(unit.start, unit.end))


def _is_heading(unit: Unit) -> bool:
    return unit.words <= 12 and not ends_sentence(unit.text) and not is_credit(unit.text)


def _split(units: list[Unit]) -> _Dump:
    repeated = Counter(flat(unit.text) for unit in units)
    clutter = [_is_clutter(unit, repeated) for unit in units]
    _mark_related(units, clutter)
    prose = [place for place, unit in enumerate(units) if not clutter[place] and _is_prose(unit)]
    if not prose:
        return _Dump(head=units)
    first, last = prose[0], prose[-1]
    while last > first and (is_biography(units[last].text) or (clutter[last] or not _is_prose(units[last]))):
        last -= 1
    last = _before_final_rule(units, first, last)
    body = [
        unit
        for place, unit in enumerate(units[first : last + 1], first)
        if not clutter[place] and (_is_prose(unit) or _belongs(unit))
    ]
    tail = units[last + 1 :]
    if not _labels(units[:first]):
        body[:0] = [unit for unit in units[max(0, first - 6) : first] if unit.words <= 12 and is_credit(unit.text)]
    body += [unit for unit in tail[:4] if is_credit(unit.text)]
    return _Dump(head=units[:first], body=body, tail=tail)


def _is_prose(unit: Unit) -> bool:
    count = unit.words
    return (count >= 8 and ends_sentence(unit.text)) or count >= 30


def _belongs(unit: Unit) -> bool:
    """A short unit between paragraphs of prose: a subheading, an item, a short sentence."""
    return not unit.rule and unit.columns < 3 and (unit.words >= 2 or ends_sentence(unit.text))


def _is_clutter(unit: Unit, repeated: Counter[str]) -> bool:
    text = unit.text
    if unit.rule or is_photo_credit(text) or (repeated[flat(text)] > 1 and unit.words > 2):
        return True
    if is_credit(text):
        return False
    many_columns = unit.columns >= 4 and not ends_sentence(text)
    return many_columns or is_furniture(text) or re.fullmatch(r"\W*\d+(?:\s*/\s*\d+)?\W*", text) is not None


def _mark_related(units: list[Unit], clutter: list[bool]) -> None:
    """Marks headings such as "Recommended Stories" with the list under them, and comments to the end."""
    total = sum(
        unit.words for place, unit in enumerate(units) if not clutter[place] and _is_prose(unit) and not unit.bullet
    )
    before = 0
    for place, unit in enumerate(units):
        if (opens_comments(unit.text) or ends_story(unit.text)) and before > 0.5 * total:
            clutter[place:] = [True] * (len(units) - place)
            return
        if opens_related(unit.text):
            clutter[place] = True
            for later in range(place + 1, len(units)):
                if before < 0.9 * total and all(
                    _is_prose(unit) and not unit.bullet for unit in units[later : later + 2]
                ):
                    break  # one paragraph after a linked headline is its teaser; two in a row are the story again
                clutter[later] = True
        if not clutter[place] and _is_prose(unit) and not unit.bullet:
            before += unit.words


def _before_final_rule(units: list[Unit], first: int, last: int) -> int:
    """The last unit before a closing line of dashes that only small print follows."""
    total = sum(unit.words for unit in units[first : last + 1])
    for place in range(last, first, -1):
        if units[place].rule:
            after = units[place + 1 : last + 1]
            if sum(unit.words for unit in after) < 0.2 * total and all(unit.words < 20 for unit in after):
                return place - 1
    return last


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
            or _is_clutter(unit, repeated)
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


def _labels(head: Sequence[Unit]) -> dict[str, str]:
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


def _published(dump: _Dump) -> tuple[str | None, str | None, tuple[str, ...]]:
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


def _outlet(dump: _Dump, title: str | None) -> Claim | None:
    return agree(claim for claim in _claims(dump) if flat(claim.name) != flat(title or ""))


def _claims(dump: _Dump) -> Iterator[Claim]:
    masthead = _masthead_units(dump.head)
    if masthead:
        yield Claim(" ".join(unit.text for unit in masthead), 3.0, "masthead")
    for unit in dump.head:
        both = name_and_outlet(unit.text) if not unit.gap else None
        if both:
            yield Claim(both[1], 2.5, "byline")
    dateline = _DATELINE.match(dump.body[0].text)
    if dateline and (dateline["agency"] or dateline["named"]):
        agency = dateline["agency"] or dateline["named"]
        yield Claim(agency, 2.0, "dateline")
        for unit in (*dump.head, *dump.tail):
            if unit.words <= 6 and _spells(unit.text, agency):
                yield Claim(unit.text, 2.5, "line that spells out the dateline")
    for unit in dump.tail:
        employer = _EMPLOYER.search(unit.text) if is_biography(unit.text) else None
        if employer:
            yield Claim(employer[1], 1.5, "writer's biography")
        holder = copyright_holder(unit.text)
        if holder:
            yield Claim(holder, 1.5, "copyright line")
        for match in _ADDRESS.finditer(unit.text[:300]):
            yield Claim(match[1].lower(), 0.5, "address")


def _spells(text: str, abbreviation: str) -> bool:
    """Whether the initials of a line are the abbreviation, as in `NORTHERN WIRE` and `NW`."""
    return (
        "".join(word[0] for word in flat(text).split()) == flat(abbreviation).replace(" ", "") and word_count(text) > 1
    )


def _byline(dump: _Dump, title: str | None) -> str | None:
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
