"""Which language a text is in.

Script and the commonest words settle most texts at once; only the rest is given to py3langid, whose model takes most
of a second to load.
"""

from __future__ import annotations

import re
from collections import Counter

_MAX_CHARACTERS = 1500
"""Enough to tell a language of running text; the time grows with them."""
_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("bo", re.compile("[\u0f00-\u0fff]")),
)
_ENGLISH = frozenset(
    "the of and to in a that is was for it with as his on be at by had not are but from or have an they which one "
    "were".split()
)
_MIN_ENGLISH = 0.22
"""Share of these words in running English is 0.30 to 0.45; in other Latin-script languages it stays under 0.12."""
_MIN_WORDS = 8


def language_of(text: str, declared: str | None = None) -> str | None:
    """BCP 47 tag of the text's language; the declared tag, with its region, when the text bears it out.

    None when nothing is declared and the text is too short to tell.

    >>> language_of("The cameras were bought by the ministry and hang in all of the schools.", "en-GB")
    'en-GB'
    """
    tag = _tag(declared)
    found = _detected(text[:_MAX_CHARACTERS], tag)
    if found is None:
        return tag
    return tag if tag and tag.split("-")[0] == found else found


def _tag(declared: str | None) -> str | None:
    """`declared` as a tidy BCP 47 tag of a language and perhaps a region or script; None when it is none."""
    match = re.match(r"^\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?\b", declared or "")
    if not match or match[1].lower() in ("und", "mul", "xx"):
        return None
    return "-".join(filter(None, (match[1].lower(), match[2] and match[2].title(), match[3] and match[3].upper())))


def _detected(text: str, declared: str | None) -> str | None:
    letters = sum(character.isalpha() for character in text)
    if letters < 20:
        return None
    for tag, script in _SCRIPTS:
        if len(script.findall(text)) > (0.1 if tag == "ja" else 0.3) * letters:
            return tag
    words = re.findall(r"[a-z']+", text.lower())
    if len(words) >= _MIN_WORDS:
        counted = Counter(words)
        if sum(counted[word] for word in _ENGLISH) >= _MIN_ENGLISH * len(words):
            return "en"
    if len(text.split()) < _MIN_WORDS:
        return None
    return _by_model(text, declared)


def _by_model(text: str, declared: str | None) -> str | None:
    import py3langid  # its model takes 0.7 s and 100 MB, and few texts need it

    tag, _ = py3langid.classify(text)
    # Close relatives are confused on short texts; there the page's own word counts for more.
    relatives = (
        {"no", "nb", "nn", "da"},
        {"sr", "hr", "bs"},
        {"id", "ms"},
        {"cs", "sk"},
        {"ru", "uk", "be", "bg"},
        {"kk", "ky", "uz"},
        {"gl", "pt", "es"},
    )
    base = (declared or "").split("-")[0]
    if any(base in group and tag in group for group in relatives) and len(text) < 300:
        return base
    return str(tag)
