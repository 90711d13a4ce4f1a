"""The lines above a text: which of them name its publisher, which its title, and which only describe it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.read.bodies import (
    PAPER,
    is_name,
    is_named_body,
    is_polity,
    is_publisher,
    is_reference,
    issuer_before,
    names_document,
    publisher_in,
)
from firsthand.read.bylines import is_name_line, name_and_outlet
from firsthand.read.dates import find_dates
from firsthand.read.lines import Unit
from firsthand.read.phrases import is_credit, is_furniture, is_photo_credit
from firsthand.read.wording import word_count

BREADCRUMB = re.compile(r"(?:\s[/›»>|·•]\s.*){2,}|^/|/$")
_SLUG = re.compile(r"[A-Z0-9]+(?:[-/][A-Z0-9]+)+")
"""A wire's keyword line, such as `COUNCIL-PLATES`."""
_STAMP = re.compile(
    r"^\W*(?:(?:not\s)?for (?:immediate |general |public |official )?(?:release|use|publication"
    r"|distribution)(?:\sonly)?"
    r"|(?:immediate\s)?(?:press|news|media) (?:release|notice|information)|(?:under\s)?embargo(?:ed)?\b.*"
    r"|(?:strictly\s)?confidential"
    r"|(?:un)?classified|restricted|internal(?:\suse only)?|(?:rough |final |unofficial )?(?:draft|copy"
    r"|translation|transcript)"
    r"|true copy|urgent|breaking(?:\snews)?|corrected|original|duplicate|scan|page \d+.{0,12})\W*$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?:(?:\w+ing|competent|responsible|other)\s(?:body|authority|entity|party|office)|part(?:y|ies)|present|absent|apologies|attending"
    r"|attendance|chair(?:man|woman|ed by)?"
    r"|applicants?|respondents?|claimants?|plaintiffs?|defendants?|appellants?|petitioners?|employer|employee|customer|client|supplier|vendor"
    r"|purchaser|buyer|seller|contractor|place|venue|seat|date|dated|time|to|from|cc|for|attention|attn|(?:our "
    r"|your )?ref(?:erence)?|file"
    r"|docket|presenters?|hosts?|producers?|guests?|reporters?|editors?|photos?|contact|tel(?:ephone)?|phone|e-?mail|address|status"
    r"|classification|language|version|term|duration|value|panel|before|judges?|court|counsel|categor(?:y|ies)|section|type"
    r"|authors?|signed|distribution|circulation|price|procedure|deadline)\s*:\s",
    re.IGNORECASE,
)
_LOWER_PART = re.compile(
    r"^\W*(?:part|chapter|section|annex|appendix|volume|vol\.?|issue|no\.?|number|page|edition|version|sheet)\s+[\dIVXA-Z]+\b",
    re.IGNORECASE,
)
_MAX_PLAIN_NAME_WORDS = 3
"""Small words of a name without a kind ("the washing line"); a longer line of them is a headline."""
MAX_DATE_LINE_WORDS = 8
"""A line with a day in it and no more words than these only dates the text."""
_FIELD_LINE = re.compile(rf"(?:{_FIELD.pattern}).*", re.IGNORECASE)
_FORMULA = re.compile(
    r"^\W*(?:so\s)?(?:filed|dated|signed|done|given|issued|adopted|executed|sworn|delivered|heard)\s", re.IGNORECASE
)
"""How a line of place and day in an official paper opens."""
_SECTION = re.compile(
    r"\W*(?:abstract|summary|executive summary|introduction|contents|table of contents|keywords?|background"
    r"|preface|foreword"
    r"|between\b.*\band\b.*|to whom it may concern|dear\b.*)\W*",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\b[A-Z]\.\s")
_WEEKDAY_AT_END = re.compile(r"[\s,]+(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\.?$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\W*(?:(?:from|by)\s+(?:our|a|an|the)\s.*\b(?:correspondent|reporter|staff|editor|desk)s?\b.*"
    r"|to the\s[A-Z].*|rev(?:ision)?\b.*\d.*)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[].*[)\]]")
_ISSUE_WORD = re.compile(
    r"^(?:page|number|issue|edition|volume|published|free|weekly|daily|price|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"\b(?:no|nr|issue|vol(?:ume)?|p|pp|pages?|edition)\b\.?\s*\w*\d|\b\w+\s(?:edition|issue)\b", re.IGNORECASE
)
"""What only periodicals carry beside the day."""
_CLOCK_AT_END = re.compile(r"[,;\s]+(?:at\s+)?\d{1,2}[.:]\d\d(?:\s*(?:[ap]\.?m\.?|h|hrs|UTC|GMT))?\.?$", re.IGNORECASE)
_PARTS = re.compile(r"\s[-–—|·•/]\s|,\s|\.\s|;\s|\s[(\[]")


def is_stamp(text: str) -> bool:
    """Whether a line only says how the text may be used or what state it is in.

    >>> is_stamp("FOR IMMEDIATE RELEASE"), is_stamp("Drones for release")
    (True, False)
    """
    return _STAMP.match(text) is not None


def describes(text: str) -> bool:
    """Whether a line is a field of a form, a remark in brackets, a formula or a section's heading, and no title.

    >>> describes("Contracting body: Harbour Office"), describes("(typed copy)"), describes("Torsund: drones at night")
    (True, True, False)
    """
    formula = _FORMULA.match(text) is not None and bool(find_dates(text))
    return formula or any(pattern.fullmatch(text) for pattern in (_FIELD_LINE, _IN_BRACKETS, _SECTION, _NO_TITLE))


def names_writers(text: str) -> bool:
    """Whether a line lists writers by initials, or is the body that they belong to.

    >>> names_writers("I. Moen and P. Lie"), names_writers("University of Torsund"), names_writers("Town Buys Drones")
    (True, True, False)
    """
    return (_INITIALS.search(text) is not None and is_name_line(text)) or (is_named_body(text) and not text.isupper())


def masthead_units(head: Sequence[Unit]) -> list[Unit]:
    """The publisher's own lines at the very top: the first line and the lines that continue it in capitals."""
    lines = [
        unit for unit in head if not (is_furniture(unit.text) or is_stamp(unit.text) or unit.rule) and unit.columns < 3
    ]
    if not lines:
        return []
    if find_dates(lines[0].text):
        return lines[:1] if _dated_name(lines[0].text) else []
    if is_polity(lines[0].text) and len(lines) > 1 and is_named_body(publisher_in(lines[1].text)):
        return lines[:2]
    if len(lines) < 2 or not _may_be_name(lines[0]):
        return []
    units = [lines[0]]
    if lines[0].text.isupper():
        units += _continuing(lines[1:3])
    return units if any(_may_be_title(unit) for unit in lines[len(units) :]) else []


def masthead_name(units: Sequence[Unit]) -> str:
    """The publisher's name in the lines of a masthead; empty when they only name a state."""
    texts = [unit.text for unit in units if not is_polity(unit.text)]
    if len(units) == 1 and (dated := _dated_name(units[0].text)):
        return dated
    if len(texts) > 1 and len(texts) < len(units):
        texts = texts[:1]
    return publisher_in(" ".join(texts or [unit.text for unit in units]))


def _dated_name(text: str) -> str | None:
    """The paper or body before number, day or page, as in "THE HARBOUR POST, No. 7, 3 May 2031"."""
    if not find_dates(text):
        return None
    first = re.split(r"\s(?=\d)", _PARTS.split(text)[0], maxsplit=1)[0].strip()
    first = _WEEKDAY_AT_END.sub("", first)
    if find_dates(first) or (names_document(first) and not is_publisher(first)):
        return None
    periodical = _ISSUE.search(text[len(first) :]) and is_name(first)
    return publisher_in(first) if periodical or is_publisher(first) else None


def _may_be_name(unit: Unit) -> bool:
    text = unit.text
    named = is_publisher(publisher_in(text))
    paper = names_document(text) and not named
    sentence = unit.words > _MAX_PLAIN_NAME_WORDS and not named and len(re.findall(r"\b[a-z]{4,}", text)) >= 2
    return (
        unit.columns == 1
        and 1 <= unit.words <= (12 if named else 8)
        and not (paper or sentence or BREADCRUMB.search(text) or _FIELD.match(text))
    )


def composite(text: str) -> tuple[str, str] | None:
    """Publisher and title in a heading of one line, as in "HARBOUR COUNCIL. Minutes of 3 May 2031" or "Radio Torsund |
    The Morning Hour | Transcript"; None for a line without a publisher, or with neither day nor kind of paper.

    >>> composite("HARBOUR COUNCIL. Minutes of the sitting of 3 May 2031.")
    ('HARBOUR COUNCIL', 'Minutes of the sitting of 3 May 2031')
    >>> composite("The Harbour Post says so.") is None
    True
    """
    parts = [part.strip(" .") for part in _PARTS.split(text)]
    if len(parts) < 2 or not (find_dates(text) or any(names_document(part) for part in parts[1:])):
        return None
    if not is_publisher(parts[0]) or word_count(parts[0]) < 2 or find_dates(parts[0]):
        return None
    rest = _CLOCK_AT_END.sub("", text[text.find(parts[0]) + len(parts[0]) :].strip(' .,;|-–—·•/"')).strip()
    telling = [word for word in re.findall(r"[^\W\d_]{4,}", rest) if not _ISSUE_WORD.match(word)]
    return (publisher_in(parts[0]), rest) if len(telling) >= 2 else None


def named_line(head: Sequence[Unit]) -> Unit | None:
    """The line of a heading that is the name of a body, wherever it stands beside the number of its paper."""
    if not any(is_reference(unit.text) for unit in head):
        return None
    return next((unit for unit in head if is_named_body(publisher_in(unit.text)) and not is_reference(unit.text)), None)


def paper_beside_date(text: str) -> str | None:
    """The outlet in a line such as "The Harbour Post, Thursday 5 March 2031, page 3".

    >>> paper_beside_date("The Harbour Post, 5 March 2031"), paper_beside_date("Torsund, 5 March 2031")
    ('The Harbour Post', None)
    """
    if not find_dates(text):
        return None
    parts = [part.strip(" .") for part in re.split(r"\s*[|,·;()]\s*|\s[–—-]\s", text)]
    named = (part for part in parts if PAPER.search(part) and word_count(part) <= 6)
    return next((part for part in named if not (find_dates(part) or _LOWER_PART.match(part))), None)


def _may_be_title(unit: Unit) -> bool:
    text = unit.text
    if describes(text) or is_photo_credit(text) or is_credit(text) or re.match(r"by\s", text, re.IGNORECASE):
        return False
    if is_reference(text) or issuer_before(text):
        return True
    if _is_date_line(text):
        return False
    is_name = unit.words <= 3 and is_name_line(text)
    is_name = is_name or (not unit.gap and name_and_outlet(text) is not None)
    letters = len(re.findall(r"[^\W\d_]{2,}", text))
    return (letters >= 2 or (unit.gap and letters == 1)) and not is_name


def _continuing(lines: Sequence[Unit]) -> list[Unit]:
    """Lines in capitals without a gap before them and without digits: the masthead goes on."""
    units = []
    for unit in lines:
        if unit.gap or not unit.text.isupper() or re.search(r"\d", unit.text) or _SLUG.fullmatch(unit.text):
            break
        units.append(unit)
    return units


def reference_title(head: Sequence[Unit], masthead: Sequence[Unit], opening: str) -> str | None:
    """The title of a paper that has none but its kind, number or day: in the heading, or as the text's first words."""
    for unit in head:
        reference = is_reference(unit.text) or issuer_before(unit.text)
        if unit not in masthead and reference and not _LOWER_PART.match(unit.text):
            return unit.text
    beside = next((rest for unit in masthead if (rest := _beside_name(unit.text))), None)
    if beside is not None:
        return beside
    run_in = re.match(r"(.{4,80}?)[.:]\s+(?=[A-Z])", opening)
    return run_in[1] if masthead and run_in and is_reference(run_in[1]) and word_count(run_in[1]) <= 8 else None


def _beside_name(text: str) -> str | None:
    """What a dated masthead says after the publisher's name, as of a programme; None for number, day and page."""
    border = _PARTS.search(text) if find_dates(text) else None
    rest = _CLOCK_AT_END.sub("", text[border.end() :]).strip() if border else ""
    dates = find_dates(rest)
    telling = re.findall(r"[^\W\d_]{4,}", rest[: dates[0].start] if dates else "")
    return rest if len([word for word in telling if not _ISSUE_WORD.match(word)]) >= 2 else None


def standing_title(head: Sequence[Unit]) -> str | None:
    """The first line where it names its kind of paper itself and the others are parts, remarks or fields."""
    lines = [unit for unit in head if not (is_stamp(unit.text) or unit.rule)]
    if not lines or find_dates(lines[0].text) or is_publisher(publisher_in(lines[0].text)):
        return None
    rest = [unit.text for unit in lines[1:]]
    minor = all(_LOWER_PART.match(text) or describes(text) or _is_date_line(text) for text in rest)
    return lines[0].text if rest and minor and 2 <= lines[0].words <= 20 and not describes(lines[0].text) else None


def _is_date_line(text: str) -> bool:
    return word_count(text) <= MAX_DATE_LINE_WORDS and bool(find_dates(text)) and not issuer_before(text)


def set_apart_title(head: Sequence[Unit], masthead: Sequence[Unit]) -> str | None:
    """A short line that stands alone right above the text, when a masthead has told what comes before it."""
    if not masthead or len(head) < 2 or not head[-1].gap or head[-1] in masthead:
        return None
    text = head[-1].text
    fits = re.search(r"[^\W\d_]{3,}", text) and not find_dates(text) and not is_furniture(text) and not describes(text)
    return text if fits and word_count(text) == 1 else None
