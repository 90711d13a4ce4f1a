"""A page as its metadata is read from: what it states for machines, and its segments around the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.read.judged import Judged
from firsthand.read.structured import Structured
from firsthand.read.wording import flat

_LOGO = re.compile(
    r"(?:^|[\s_-])(?:site|page|blog|main|top)?[\s_-]*_*"
    r"(?:logo|brand|masthead|mast|nameplate|sitename|name|site-?title|header|head|hdr|banner|top)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAX_LINE_WORDS = 30
_HEAD_LINES = 14
"""How many segments before the story's first paragraph may hold its headline, byline and date."""
_TAIL_LINES = 6


@dataclass(frozen=True, slots=True)
class Page:
    """A page's segments around its story, whose own first and last segment stand at `first` and `last` in `items`."""

    structured: Structured
    items: Sequence[Judged]
    first: int
    last: int

    def head(self) -> Sequence[Judged]:
        """Short segments before the story, nearest last, and those that interrupt its first paragraphs."""
        before = self.items[max(0, self.first - _HEAD_LINES) : self.first]
        between = [item for item in self.items[self.first : self.first + 4] if not item.keep]
        return [item for item in (*before, *between) if item.words <= _MAX_LINE_WORDS]

    def tail(self) -> Sequence[Judged]:
        """Short segments after the story, nearest first."""
        return [
            item for item in self.items[self.last + 1 : self.last + 1 + _TAIL_LINES] if item.words <= _MAX_LINE_WORDS
        ]

    def head_place(self, title: str) -> int:
        """Place of the headline in `items`, or of the first segment that `head` looks at."""
        earliest = max(0, self.first - _HEAD_LINES)
        places = [place for place in range(earliest, self.first) if flat(self.items[place].segment.text) == flat(title)]
        return places[-1] if places else earliest

    @property
    def head_start(self) -> int:
        """Source offset of the first segment that `head` looks at."""
        return self.items[max(0, self.first - _HEAD_LINES)].segment.start


def marks(item: Judged) -> str:
    """Class, id and itemprop of the element and the inline elements around a segment."""
    block = item.chain[0]
    return " ".join(
        (block.get("class"), block.get("id"), block.get("itemprop"), block.get("rel"), item.segment.names)
    ).strip()


def is_masthead(item: Judged) -> bool:
    """Whether the segment stands in the page's header and not in the story's."""
    for element in item.chain[:4]:
        if _LOGO.search(f"{element.get('class')} {element.get('id')}"):
            return True
        if element.tag == "header" and not any(
            above.tag in ("article", "main", "section") for above in element.ancestors()
        ):
            return True
    return False
