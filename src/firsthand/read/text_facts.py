"""Title, outlet, byline and date of a plain text, from the lines around its story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.read.bodies import (
    is_body,
    is_named_body,
    is_publisher,
    is_reference,
    issuer_before,
    publisher_in,
    spelled,
)
from firsthand.read.bylines import byline_in, clean_byline, is_name_line, name_and_outlet
from firsthand.read.dates import day_without_year, find_dates, month_in, settle
from firsthand.read.letterhead import (
    BREADCRUMB,
    MAX_DATE_LINE_WORDS,
    composite,
    describes,
    is_stamp,
    masthead_name,
    masthead_units,
    named_line,
    names_writers,
    paper_beside_date,
    reference_title,
    set_apart_title,
    standing_title,
)
from firsthand.read.lines import Unit
from firsthand.read.names import Claim, agree, copyright_holder
from firsthand.read.phrases import is_biography, is_credit, is_furniture, is_photo_credit
from firsthand.read.wording import ends_sentence, flat, word_count

_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][\w .,'’/-]{1,60}?)[,.]?\s*(?:\w{3,9}\.?\s\d{1,2}|\d{1,2}\.?\s\w{3,9})?\.?,?\s*(?:\d{4})?"
    r"\s*[,.]?\s*(?:[(/\[](?P<agency>[^()\[\]/]{2,40})[)/\]]|(?P<named>[A-Z][\w]+(?:\s[A-Z]\w+)?))\s*(?:[-–—]{1,2}|\.)\s",
)
_LABEL_KINDS = {
    "title": "title", "headline": "title", "byline": "byline", "author": "byline", "by": "byline", "source": "outlet",
    "outlet": "outlet", "publication": "outlet", "publisher": "outlet", "newspaper": "outlet", "subject": "title",
    "re": "title", "from": "sender", "issued by": "sender", "journal": "outlet",
    "station": "outlet", "broadcaster": "outlet",
}  # fmt: skip
_LABEL = re.compile(rf"(?P<label>{'|'.join(_LABEL_KINDS)})\s*:\s*(?P<value>.+)", re.IGNORECASE)
_LABELLED = re.compile(
    r"^(?:(?:date|published|posted|title|headline)\s*:?\s+|(?:subject|re|concerning|topic)\s*:\s+)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:[\w.+-]+@|https?://(?:www\.)?|\bwww\.)([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})", re.IGNORECASE
)
_EMPLOYER = re.compile(
    r"\b(?:journalist|reporter|correspondent|writer|editor|columnist|contributor|author)\s+(?:for|at|with|of)\s+"
    r"((?:the\s)?[A-Z][\w'’&-]*(?:\s+(?:[A-Z&][\w'’&-]*|of|and|the))*)"
)
_ABOUT = re.compile(
    r"(?i:about\s+(?:us|the (?:company|firm|organi[sz]ation|publisher|institute|group))\s*[:.–—-]\s*"
    r"|about\s+)(?:The\s|the\s)?"
    r"(?P<name>[A-Z][\w'’&-]*(?:\s(?:(?:of|for|and|the|&)\s)?[A-Z][\w'’&-]*){0,6})"
    r"(?=\s*:|\s*$|\s(?:is|was|are|were|has|have|makes|develops|provides|supplies|offers|works|runs|represents|brings|helps)\b)"
)
"""The paragraph of a release that presents who issued it."""
_THREAD = re.compile(r"(?P<site>[^\W\d_][^>›»]{2,40}?)\s+[>›»]\s.*\b(?:thread|topic|forum|board|post)\b", re.IGNORECASE)
"""The path to a discussion, which opens with the board's name."""
_CAPITAL = re.compile(r"[A-Z][\w'’&-]*")
_CAPITAL_RUN = re.compile(r"[A-Z][\w'’&-]*(?:\s(?:(?:of|for|and|the|&)\s)?[A-Z][\w'’&-]*){0,5}")
_MIN_HOST_LETTERS = 6
_MAX_DATED_WORDS = 14
_MAX_HEADER_WORDS = 30
_MAX_OPENING_WORDS = 22
_MAX_PAPER_WORDS = 6
_MAX_MONTH_WORDS = 10
_PLACE_AND_DAY = re.compile(
    r"(?:(?:date(?:d)?|done|given|issued|signed|published)\s*(?:at|in|on|:)?\s*)?(?:[A-Z][\w'’-]*,?\s){0,4}(?:the\s|this\s|on\s){0,2}",
    re.IGNORECASE,
)
"""What may stand before the day in a line of place and day."""
_DONE_AT = re.compile(
    r"^\W*(?:so\s)?(?:filed|dated|date|signed|done|given|issued|adopted|executed|sworn|made|ordered|delivered|promulgated|published)\b",
    re.IGNORECASE,
)
"""How the closing formula of an official paper opens."""


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
    title = labels.get("title") or _title(dump)
    published, source, warnings = _published(dump)
    outlet = Claim(labels["outlet"], 5.0, "label") if "outlet" in labels else _outlet(dump, title)
    byline = clean_byline(labels["byline"]) if "byline" in labels else _byline(dump, title)
    return TextFacts(title, outlet.name if outlet else None, byline, published, source, warnings)


def _title(dump: Dump) -> str | None:
    """The headline, or what an official paper has in its place: its kind with its number or day."""
    head, masthead = dump.head, masthead_units(dump.head)
    issuer = named_line(head) if not masthead else None
    masthead = [issuer] if issuer else masthead
    return (
        _composite_title(dump)
        or standing_title(head)
        or set_apart_title(head, masthead)
        or _headline(head, masthead)
        or reference_title(head, masthead, dump.body[0].text)
        or _in_breadcrumb(head)
    )


def _composite(dump: Dump) -> tuple[str, str] | None:
    """Publisher and title where the whole heading is one line, or a sentence before the text."""
    lines = [unit for unit in dump.head if not unit.rule] or dump.body[:1]
    return composite(lines[0].text) if len(lines) == 1 and lines[0].words <= _MAX_OPENING_WORDS else None


def _composite_title(dump: Dump) -> str | None:
    both = _composite(dump)
    return both[1] if both else None


def _in_breadcrumb(head: Sequence[Unit]) -> str | None:
    """The title of a thread or page whose only heading is the path to it, where the path ends in a title in quotes."""
    for unit in head:
        quoted = re.search(r"[\"“«]([^\"“”«»]{3,120})[\"”»]\W*$", unit.text)
        if quoted and BREADCRUMB.search(unit.text):
            return quoted[1]
    return None


def _headline(head: Sequence[Unit], masthead: Sequence[Unit]) -> str | None:
    """The nearest line above the story that is no date, byline, menu, field or masthead."""
    repeated = Counter(flat(unit.text) for unit in head)
    after_rule = next((place + 1 for place in range(len(head) - 1, -1, -1) if head[place].rule), 0)
    fit: list[str] = []
    for place, unit in reversed(list(enumerate(head))):
        if place < after_rule and fit:
            break
        text = _stripped_label(unit.text)
        dates = find_dates(text)
        is_date_line = bool(dates) and word_count(text) <= MAX_DATE_LINE_WORDS
        skip = (
            unit in masthead
            or is_date_line
            or is_text_clutter(unit, repeated)
            or byline_in(text)
            or (name_and_outlet(text) and not unit.gap)
            or unit.columns > 1
            or BREADCRUMB.search(text)
            or describes(text)
            or is_stamp(text)
            or names_writers(text)
        )
        if skip or not 2 <= word_count(text) <= _MAX_HEADER_WORDS or (word_count(text) <= 3 and is_name_line(text)):
            continue
        follows = bool(fit) and not head[place + 1].gap and _stripped_label(head[place + 1].text) == fit[-1]
        if follows and not (masthead or dates or is_publisher(publisher_in(text)) or is_reference(fit[-1])):
            fit.pop()  # a headline and its second line
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
    sender = publisher_in(found.pop("sender", ""))
    if is_body(sender):
        found.setdefault("outlet", sender)
    return found if "title" in found or is_body(sender) else {}


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
    late = _late_date(dump)
    if late:
        return *late, ()
    partial = day_without_year(first) if _DATELINE.match(first) else None
    return None, None, (f"published: the dateline says {partial!r} without a year",) if partial else ()


def _late_date(dump: Dump) -> tuple[str, str] | None:
    """The day that an official paper gives in its opening or closing formula, or a heading's month."""
    for sentence in re.split(r"(?<=[.;:])\s+", dump.body[0].text[:600]):
        dates = find_dates(sentence)
        if (
            dates
            and _PLACE_AND_DAY.fullmatch(sentence[: dates[0].start])
            and sentence[dates[0].end :].strip(" .;") == ""
        ):
            return dates[0].edtf, "text opening"
    for unit in [*reversed(dump.body[-3:]), *dump.tail]:
        for sentence in re.split(r"(?<=[.;])\s+", unit.text):
            dates = find_dates(sentence) if _DONE_AT.match(sentence) else []
            if dates and dates[-1].start < 120:
                return dates[-1].edtf, "text closing"
    months = ((month_in(unit.text), unit.words) for unit in dump.head)
    month = next((month for month, words in months if month and words <= _MAX_MONTH_WORDS), None)
    return (month, "text header") if month else None


def _outlet(dump: Dump, title: str | None) -> Claim | None:
    return agree(claim for claim in _claims(dump, title) if flat(claim.name) != flat(title or ""))


def _claims(dump: Dump, title: str | None) -> Iterator[Claim]:
    masthead = masthead_units(dump.head)
    if masthead:
        story = "\n".join(unit.text for unit in dump.body)
        yield Claim(spelled(masthead_name(masthead), story), 3.0, "masthead")
    both = _composite(dump)
    yield Claim(spelled(both[0], "") if both else "", 2.8, "heading of one line")
    # A gazette prints the papers of other bodies.
    yield Claim(issuer_before(title or "") or "", 3.5, "title of an official paper")
    issuer = named_line(dump.head) if not masthead else None
    yield Claim(spelled(publisher_in(issuer.text), "") if issuer else "", 2.8, "line beside a reference")
    yield from _dateline_claims(dump)
    yield from _own_claims(dump)
    for unit in dump.head:
        other = unit not in masthead and flat(unit.text) != flat(title or "") and 2 <= unit.words <= _MAX_PAPER_WORDS
        yield Claim(unit.text if other and is_publisher(unit.text) else "", 1.0, "line of the heading")
        both = name_and_outlet(unit.text) if not unit.gap else None
        yield Claim(both[1] if both else "", 2.5, "byline")
    for unit in dump.head:
        board = _THREAD.match(unit.text)
        yield Claim(board["site"] if board else "", 2.0, "path to a thread")
    for unit in (*dump.head, *dump.tail):
        paper = paper_beside_date(unit.text) if unit.words <= _MAX_DATED_WORDS else None
        yield Claim(paper or "", 1.8, "line with the date")
    for unit in dump.tail:
        yield Claim(unit.text if unit.words > 1 and is_body(unit.text) else "", 1.2, "signature")
        employer = _EMPLOYER.search(unit.text) if is_biography(unit.text) else None
        yield Claim(employer[1] if employer else "", 1.5, "writer's biography")
        yield Claim(copyright_holder(unit.text) or "", 1.5, "copyright line")
        yield from (Claim(match[1].lower(), 0.5, "address") for match in _ADDRESS.finditer(unit.text[:300]))


def _own_claims(dump: Dump) -> Iterator[Claim]:
    """What releases say of their makers at the end: a paragraph about them, an address that spells their name."""
    story = "\n".join(unit.text for unit in (*dump.head, *dump.body, *dump.tail))
    for unit in (*dump.body[-4:], *dump.tail):
        about = _ABOUT.match(unit.text)
        if about and story.count(about["name"]) > 1:
            yield Claim(about["name"], 1.6, "paragraph about the publisher")
    for unit in (*dump.body[-2:], *dump.tail):
        for match in _ADDRESS.finditer(unit.text[:300]) if unit.words <= _MAX_DATED_WORDS else ():
            yield Claim(_spelled_in(match[1].split(".")[0], story) or "", 1.6, "name in the address")


def _spelled_in(host: str, story: str) -> str | None:
    """The capital words of the story whose letters together are the host's name."""
    letters = re.sub(r"[^a-z0-9]", "", host.lower())
    for match in _CAPITAL.finditer(story) if len(letters) >= _MIN_HOST_LETTERS else ():
        run = _CAPITAL_RUN.match(story, match.start())
        words = run[0].split() if run else []
        for size in range(len(words), 1, -1):
            if re.sub(r"[^a-z0-9]", "", "".join(words[:size]).lower()) == letters:
                return " ".join(words[:size])
    return None


def _dateline_claims(dump: Dump) -> Iterator[Claim]:
    """The agency in the dateline, and a line that spells its initials out."""
    dateline = _DATELINE.match(dump.body[0].text)
    agency = (dateline["agency"] or _named_after_place(dateline)) if dateline else None
    if agency:
        yield Claim(agency, 2.0, "dateline")
        for unit in (*dump.head, *dump.tail):
            if unit.words <= 6 and _spells(unit.text, agency):
                yield Claim(unit.text, 2.5, "line that spells out the dateline")


def _named_after_place(dateline: re.Match[str]) -> str | None:
    """The agency without brackets, where only the capital words of a place stand before it and no sentence."""
    place = [word for word in dateline["place"].split() if len(word) > 3]
    closed = dateline[0].rstrip()[-1:] in "-–—"  # a stop there ends a heading or a sentence
    return dateline["named"] if closed and all(word[:1].isupper() for word in place) else None


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
            and unit not in masthead_units(dump.head)
            and unit.text != title
            and not (is_stamp(unit.text) or is_named_body(unit.text) or is_publisher(unit.text))
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
