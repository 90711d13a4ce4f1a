"""What the parser looks at in a word: its lower-cased form, its beginning, its endings and the shape of its letters."""

from __future__ import annotations

import re

KINDS = ("word", "prefix3", "suffix2", "suffix3", "suffix4", "shape")
"""Names of the features, in the order of `features`."""
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1{2,}")
_LONGEST_FORM = 60
"""Longer strings are addresses or noise; only their beginning is looked at."""


def features(form: str) -> tuple[str, ...]:
    """The features of a word in `words.plain` spelling, one for each of `KINDS`.

    >>> features("McLaren")
    ('mclaren', 'mcl', 'en', 'ren', 'aren', 'XxXxx')
    """
    form = form[:_LONGEST_FORM]
    lower = _DIGIT.sub("0", form.lower())
    return (lower, lower[:3], lower[-2:], lower[-3:], lower[-4:], _shape(form))


def _shape(form: str) -> str:
    letters = "".join(
        "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in form[:24]
    )  # fmt: skip
    return _RUN.sub(r"\1\1", letters)[:8]
