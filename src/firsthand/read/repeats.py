"""Lines that stand in a story a second time are given once: pages print boxes, headings and rows again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from firsthand.read.wording import flat, word_count

Line = TypeVar("Line")

_FEW_WORDS, _FEW_PARTS = 3, 4
"""What has no more words, and no more parts between white space, may come again: names in a list, signs in a table."""


def once(lines: Iterable[Line], text_of: Callable[[Line], str]) -> Iterator[Line]:
    """The lines without those whose words an earlier one has; short ones all stay.

    >>> list(once(["Open to all until noon.", "Yes | 1", "open to all until noon", "Yes | 1"], str))
    ['Open to all until noon.', 'Yes | 1', 'Yes | 1']
    """
    seen: set[str] = set()
    for line in lines:
        text = text_of(line)
        if word_count(text) <= _FEW_WORDS and len(text.split()) <= _FEW_PARTS:
            yield line
            continue
        key = flat(text) or text
        if key not in seen:
            seen.add(key)
            yield line
