"""Several stories in one letter: told by structure alone, so that a letter with one story, however divided, stays one.

Four makes of round-up are known, tried in this order: numbered items with titles; headlines that each link to their
story; headings whose sections each lead to an address of their own or are parted by rules; and paragraphs that each
open with a title in capitals. What stands before the first story, and the farewell, is the letter's own text.

Paragraphs that open with a number or a title are stories only where they also lead to addresses of their own. Without
these they are an editor's running remarks on the week, one text, which passes on what others published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.read.story import Passage
from firsthand.read.wording import ends_sentence, flat, word_count
from firsthand.records import Image

_MIN_STORIES = 2
_MIN_SHARE = 0.6
"""So much of the letter's words must stand in its stories; a story with links under it holds most of them itself."""
_MIN_PROSE_WORDS = 8
_LONG_WORDS = 25
_MAX_TITLE_WORDS = 20
_MAX_RUN_IN_WORDS = 8
_MAX_PLAIN_RUN_IN_WORDS = 4
"""Of a first sentence that is no title in capitals ("The herring quota. Down again.")."""
_NUMBER = re.compile(r"^\W{0,3}(?:No\.?\s?)?(?P<number>\d{1,2})\s?(?:[.)/:]|[–—-]\s)\s*(?=\S)")
_RUN_IN = re.compile(r"(?P<title>[^.:!?]{3,80}?)(?:[.:!?]|\s[–—-])\s+(?=\S)")
_SECTION = re.compile(
    r"\W*(?:about|annex|appendix|background|conclusions?|contacts?|decisions?|definitions|ends|faq|findings|findings"
    r"|introduction|legal basis|media|methods?|notes?|questions?|answers?|recommendations?|results?|scope|sources?"
    r"|summary|terms|timeline|what (?:we|to)|who we)\b.*",
    re.IGNORECASE,
)
"""What the sections of one paper are called."""
_FAREWELL = re.compile(
    r"\W*(?:that(?:['’]s| is) (?:all|it)|until\b|see you|write (?:back|to us)|reply to this|have a (?:good|great|nice)"
    r"|thanks? (?:you )?for reading|yours\b|cheers|good night|back (?:tomorrow|next|on)|readers write|all the best"
    r"|best wishes|enjoy your)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A line or paragraph of a letter with what its markup or its place says of it."""

    passage: Passage
    is_head: bool = False
    """A heading, a line in bold, or a short line set apart."""
    address: str = ""
    """Where all of it links to, or the address that it consists of."""
    leads_on: bool = False
    """It says only where to read on, or is no more than an address."""
    after_rule: bool = False
    """A rule stands before it."""
    images: tuple[Image, ...] = ()

    @property
    def words(self) -> int:
        """Number of words."""
        return 0 if self.leads_on else word_count(self.passage.text)

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence or more, and no headline."""
        told = self.words >= _LONG_WORDS or (self.words >= _MIN_PROSE_WORDS and ends_sentence(self.passage.text))
        return told and not (self.is_head or self.leads_on or self.address)


@dataclass(slots=True)
class Part:
    """One story of a letter."""

    title: str | None
    pieces: list[Piece] = field(default_factory=list)
    """Its lines in order, the headline left out unless it opens a paragraph."""
    addresses: list[str] = field(default_factory=list)
    """Where it leads to, the headline's own address first."""
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundUp:
    """The stories of a letter in order, at least two, and the letter's own words around them."""

    parts: tuple[Part, ...]
    around: tuple[Piece, ...]
    headlines: int
    """Headlines without a text of their own: they are counted and left out."""


@dataclass(frozen=True, slots=True)
class _Head:
    at: int
    title: str | None
    run_in: bool = False
    """The title opens the paragraph that tells the story."""


def round_up(pieces: Sequence[Piece]) -> RoundUp | None:
    """The stories of a letter that holds several; None for a letter that tells one, or whose structure does not say."""
    for heads in (_numbered(pieces), _linked(pieces), _headed(pieces), _run_in(pieces)):
        found = _cut(pieces, heads) if len(heads) >= _MIN_STORIES and _stand_apart(pieces, heads) else None
        if found is not None:
            return found
    return None


def _stand_apart(pieces: Sequence[Piece], heads: Sequence[_Head]) -> bool:
    """Whether headlines have lines of their own, or all sections but one lead to different addresses."""
    if not any(head.run_in for head in heads):
        return True
    return len(set(_addresses(pieces, heads))) >= max(_MIN_STORIES, len(heads) - 1)


def _addresses(pieces: Sequence[Piece], heads: Sequence[_Head]) -> Iterator[str]:
    """The first address of each section that has one."""
    for _, section in _sections(pieces, heads):
        yield from [piece.address for piece in section if piece.address][:1]


def _cut(pieces: Sequence[Piece], heads: Sequence[_Head]) -> RoundUp | None:
    """The letter cut at its heads; None where that leaves fewer than two stories, or too little of it in them."""
    sections = list(_sections(pieces, heads))
    told = [(head, section) for head, section in sections if head.run_in or _has_prose(section)]
    if len(told) < _MIN_STORIES:
        return None
    body, farewell = _without_farewell([part for _, part in told])
    parts = tuple(_part(head, part) for (head, _), part in zip(told, body, strict=True))
    words = sum(piece.words for piece in pieces)
    if sum(piece.words for part in body for piece in part) < _MIN_SHARE * words:
        return None
    before = [piece for piece in pieces[: heads[0].at] if not piece.leads_on]
    return RoundUp(parts, (*before, *farewell), len(sections) - len(told))


def _sections(pieces: Sequence[Piece], heads: Sequence[_Head]) -> Iterator[tuple[_Head, Sequence[Piece]]]:
    """Each head with its own piece and those up to the next head."""
    for number, head in enumerate(heads):
        end = heads[number + 1].at if number + 1 < len(heads) else len(pieces)
        yield head, pieces[head.at : end]


def _has_prose(section: Sequence[Piece]) -> bool:
    return any(piece.is_prose for piece in section)


def _part(head: _Head, section: Sequence[Piece]) -> Part:
    kept = section if head.run_in else section[1:]
    addresses = [piece.address for piece in section if piece.address]
    return Part(
        head.title,
        [piece for piece in kept if not piece.leads_on],
        list(dict.fromkeys(addresses)),
        tuple(image for piece in section for image in piece.images),
    )


def _without_farewell(sections: list[Sequence[Piece]]) -> tuple[list[Sequence[Piece]], Sequence[Piece]]:
    """The sections, and what closes the letter behind the last of them.

    A last paragraph is the letter's own when it takes leave, or when no other story has a second paragraph.
    """
    *others, last = sections
    first = next((place for place, piece in enumerate(last) if piece.is_prose), 0)
    usual = max((sum(piece.is_prose for piece in section) for section in others), default=1)
    for place in range(first + 1, len(last)):
        piece = last[place]
        alone = usual == 1 and not piece.leads_on and piece.words > 0
        if alone or _FAREWELL.match(piece.passage.text) or piece.after_rule:
            return [*others, last[:place]], [piece for piece in last[place:] if not piece.leads_on]
    return sections, ()


def _numbered(pieces: Sequence[Piece]) -> list[_Head]:
    """Items numbered from one on, most of them with a title; none where these are the sections of one paper."""
    heads: list[_Head] = []
    for at, piece in enumerate(pieces):
        text = piece.passage.text
        number = _NUMBER.match(text)
        if number and int(number["number"]) == len(heads) + 1:
            heads.append(_titled(at, piece, text[number.end() :]))
    titles = [head.title for head in heads if head.title]
    return heads if 2 * len(titles) >= len(heads) and _are_stories(titles) else []


def _titled(at: int, piece: Piece, text: str) -> _Head:
    """The head of a numbered item: a line of its own, a title that opens the paragraph, or no title."""
    if piece.is_head or (not piece.is_prose and not ends_sentence(text)):
        return _Head(at, text if word_count(text) <= _MAX_TITLE_WORDS else None)
    return _Head(at, _opening_title(text, _MAX_PLAIN_RUN_IN_WORDS), run_in=True)


def _opening_title(text: str, max_plain_words: int) -> str | None:
    """The title that a paragraph opens with: in capitals, or in so few words that it is no sentence.

    >>> _opening_title("A BRIDGE. It will be closed.", 0), _opening_title("The herring quota. Down again.", 4)
    ('A BRIDGE', 'The herring quota')
    >>> _opening_title("TORSUND, March 18 (HNA) - The ministry said so.", 0) is None
    True
    """
    found = _RUN_IN.match(text)
    if found is None:
        return None
    title = found["title"].strip()
    count = word_count(title)
    in_capitals = title.isupper() and count <= _MAX_RUN_IN_WORDS and not re.search(r"\(|\d{2}|^[A-Z]\.?$", title)
    return title if in_capitals or count <= max_plain_words else None


def _linked(pieces: Sequence[Piece]) -> list[_Head]:
    """Headlines that link to a story each, to different ones."""
    heads = [
        _Head(at, piece.passage.text)
        for at, piece in enumerate(pieces)
        if piece.address and not piece.leads_on and 2 <= piece.words <= 2 * _MAX_TITLE_WORDS
    ]
    return heads if len({pieces[head.at].address for head in heads}) == len(heads) and _differ(heads) else []


def _headed(pieces: Sequence[Piece]) -> list[_Head]:
    """Headings of sections that lead to addresses of their own, or that rules part; one of them may do neither."""
    heads = [
        _Head(at, piece.passage.text)
        for at, piece in enumerate(pieces)
        if piece.is_head and 1 <= piece.words <= _MAX_TITLE_WORDS
    ]
    told = [head for head, section in _sections(pieces, heads) if _has_prose(section)]
    lead_on = len(set(_addresses(pieces, told))) >= max(_MIN_STORIES, len(told) - 1)
    parted = sum(pieces[head.at].after_rule for head in told) >= max(1, len(told) - 1)
    titles = [head.title or "" for head in told]
    return told if (lead_on or parted) and _are_stories(titles) and _differ(told) else []


def _run_in(pieces: Sequence[Piece]) -> list[_Head]:
    """Paragraphs that open with a title in capitals, each with another one."""
    titles = ((at, _opening_title(piece.passage.text, 0)) for at, piece in enumerate(pieces) if piece.is_prose)
    heads = [_Head(at, title, run_in=True) for at, title in titles if title]
    return heads if _are_stories([head.title or "" for head in heads]) and _differ(heads) else []


def _are_stories(titles: Sequence[str]) -> bool:
    """Whether fewer than two titles are such as the sections of one paper have."""
    return len(titles) >= _MIN_STORIES and sum(_SECTION.fullmatch(title) is not None for title in titles) < 2


def _differ(heads: Sequence[_Head]) -> bool:
    """Whether no title comes twice, as the speakers of an interview do."""
    titles = list(_flat_titles(heads))
    return len(set(titles)) == len(titles)


def _flat_titles(heads: Sequence[_Head]) -> Iterator[str]:
    return (flat(head.title) for head in heads if head.title)
