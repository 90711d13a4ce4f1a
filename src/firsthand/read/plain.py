"""Plain text: reports and wire copy typed by hand, and pages dumped with everything that stood around the story."""

from __future__ import annotations

import re
from collections import Counter

from firsthand.read.encoding import Decoded, decode
from firsthand.read.lines import Unit, units_of
from firsthand.read.phrases import (
    ends_story,
    is_biography,
    is_credit,
    is_furniture,
    opens_comments,
    opens_related,
)
from firsthand.read.story import Passage, Source, Story
from firsthand.read.text_facts import Dump, is_text_clutter, labelled, text_facts
from firsthand.read.wording import ends_sentence, flat
from firsthand.records import BlockKind, Refusal

MAX_TEXT_BYTES = 4_000_000
"""Long books have less than half; read time grows with the number of lines."""
MAX_LINES = 200_000
"""A book has 20,000; every line is looked at for itself."""
_MIN_TEXT_CHARACTERS = 40


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
        if source.content.count(b"\n") > MAX_LINES:
            return source.refuse(
                "too-large", f"The text has more than {MAX_LINES:,} lines.", "Split the file into its stories."
            )
        decoded = decode(source.content)
        if decoded is None:
            return source.refuse_not_text()
        story = read_text(decoded)
        if story is None:
            return source.refuse(
                "no-main-text", "The text holds no passage of prose.", "Add the missing text, or leave the file out."
            )
        return (story,)


def read_text(decoded: Decoded) -> Story | None:
    """The story in a plain text; None when there is no prose in it."""
    units = units_of(decoded.text)
    dump = _split(units)
    if sum(len(unit.text) for unit in dump.body) < _MIN_TEXT_CHARACTERS:
        return None
    facts = text_facts(dump)
    return Story(
        passages=tuple(text_passage(unit, decoded) for unit in dump.body),
        title=facts.title,
        outlet=facts.outlet,
        byline=facts.byline,
        published=facts.published,
        published_from=facts.published_from,
        warnings=(*decoded.warnings, *facts.warnings),
    )


def letter_passages(decoded: Decoded) -> tuple[Passage, ...]:
    """The passages of a plain-text letter without its signature and its lines about subscription."""
    units = units_of(without_signature(decoded.text))
    kept = [unit for unit in units if not (unit.rule or is_furniture(unit.text) or _only_address(unit.text))]
    return tuple(text_passage(unit, decoded) for unit in kept)


def without_signature(text: str) -> str:
    """The text before the line `-- ` that opens a signature (RFC 3676)."""
    match = re.search(r"^--[ \t]*\r?$", text, re.MULTILINE)
    return text[: match.start()] if match and match.start() > 0.3 * len(text) else text


def _only_address(text: str) -> bool:
    return re.fullmatch(r"\W*https?://\S+\W*", text) is not None


def text_passage(unit: Unit, decoded: Decoded) -> Passage:
    """The passage of a unit, with the bytes that it came from."""
    kind: BlockKind = "list-item" if unit.bullet else "heading" if _is_heading(unit) else "paragraph"
    return Passage(text=unit.text, kind=kind, byte_range=decoded.byte_range(unit.start, unit.end))


def _is_heading(unit: Unit) -> bool:
    return unit.words <= 12 and not ends_sentence(unit.text) and not is_credit(unit.text)


def _split(units: list[Unit]) -> Dump:
    repeated = Counter(flat(unit.text) for unit in units)
    clutter = [is_text_clutter(unit, repeated) for unit in units]
    _mark_related(units, clutter)
    prose = [place for place, unit in enumerate(units) if not clutter[place] and _is_prose(unit)]
    if not prose:
        return Dump(head=units)
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
    if not labelled(units[:first]):
        body[:0] = [unit for unit in units[max(0, first - 6) : first] if unit.words <= 12 and is_credit(unit.text)]
    body += [unit for unit in tail[:4] if is_credit(unit.text)]
    return Dump(head=units[:first], body=body, tail=tail)


def _is_prose(unit: Unit) -> bool:
    count = unit.words
    return (count >= 8 and ends_sentence(unit.text)) or count >= 30


def _belongs(unit: Unit) -> bool:
    """A short unit between paragraphs of prose: a subheading, an item, a short sentence."""
    return not unit.rule and unit.columns < 3 and (unit.words >= 2 or ends_sentence(unit.text))


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
