"""Words of a text with exact offsets, cut as the Universal Dependencies English treebanks cut them.

Possessives and contractions come apart ("Qu|'s", "do|n't"), hyphenated compounds too ("well|-|known") unless their
first half is a prefix ("non-avian"), while numbers, web addresses and abbreviations stay whole. Every visible character
belongs to exactly one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Typography varies between outlets while the treebanks mostly write straight quotation marks: the parser sees these.
_PLAIN = str.maketrans(
    {
        "’": "'", "‘": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "ʼ": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "…": "...", "‐": "-", "‑": "-", "−": "-",
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip

# Prefixes that the EWT and GUM training files leave joined to what follows them.
_PREFIX = "non|anti|re|co|pre|pro|mid|cross|post|over|multi|ex|sub|counter|semi|mini|neo|socio|inter|intra|un|micro|e"
_ABBREVIATION = (
    "Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Capt|Sgt|Maj|Rev|Hon|St|Ft|Mt|Sr|Jr|Co|Corp|Inc|Ltd|Bros|Gov|Sen|Rep|Reps|Messrs|Mlle"
    "|vs|etc|al|Vol|vol|approx|cf|ca|esp|Ave|Blvd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ph|pp"
)
_DOMAIN = "com|org|net|edu|gov|info|int|io|co|uk|cn|de|fr|ru|in|eu|au|ca"
_LETTER = "[^\\W_0-9]"
# Bounded repeats keep the time linear in the text, whatever a page holds.
_WORD = re.compile(
    rf"""
      (?:https?://|www\.)[^\s<>"“”]{{1,2000}}(?<![.,;:!?)\]'’])
    | [\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}
    | (?:[\w-]{{1,63}}\.){{1,5}}(?:{_DOMAIN})\b(?![.@]\w)
    | [@#]\w{{2,}}
    | (?:{_LETTER}\.){{2,12}}(?:{_LETTER}(?!\w))? | [A-Z]\.[A-Z](?!\w) | Ph\.D\.
    | (?:{_ABBREVIATION})\.(?!\w)
    | [Nn]os?\.(?=\s?\d)
    | [A-Z]\.(?=\s?[A-Z]\w)
    | \d{{3}}-\d{{3}}-\d{{4}}(?!\d) | \d{{4}}-\d\d-\d\d(?!\d) | \d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?!\d)
    | \d+(?:[.,:]\d+)*(?:st\b|nd\b|rd\b|th\b|['’]?s\b|(?=[ap]m\b|[AP]M\b|km\b|kg\b|cm\b|mm\b|m\b|ft\b|mph\b|k\b)|(?!\w))
    | (?:US|A|C|HK|NZ)\$
    | [A-Z]{{1,4}}&[A-Z]{{1,4}}(?!\w)
    | (?i:{_PREFIX})-\w+
    | [\w\u0300-\u036f\u00ad\u200c\u200d]+(?:['’][\w\u0300-\u036f\u00ad]+)*
    | \[\.{{3}}\] | [:;]-?[()](?![\w)]) | ''|’’|``
    | \.{{2,}} | -{{2,}} | [!?]{{2,}} | ([=_*~#<>+])\1+
    | \S
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?i)(?<=\w)(?:n['’]t|['’](?:s|m|d|re|ve|ll))$")
# Spellings that the treebanks take apart without an apostrophe: where the first part ends.
_FUSED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3, "dont": 2, "doesnt": 4, "didnt": 3}


def words(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Half-open code-point offsets of the words of `text[start:end]`, in order.

    >>> text = "It didn’t sell well-known cameras."
    >>> [text[a:b] for a, b in words(text)]
    ['It', 'did', 'n’t', 'sell', 'well', '-', 'known', 'cameras', '.']
    """
    limit = len(text) if end is None else end
    return tuple(part for match in _WORD.finditer(text, start, limit) for part in _parts(match))


def plain(word: str) -> str:
    """The form the parser sees: straight quotation marks and hyphens, no invisible characters; never empty.

    >>> plain("n’t")
    "n't"
    """
    return word.translate(_PLAIN) or word


def _parts(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    start, end, word = match.start(), match.end(), match.group()
    cut = _FUSED.get(word.lower())
    if cut is None:
        clitic = _CLITIC.search(word)
        cut = clitic.start() if clitic else None
    if cut is None:
        yield start, end
    else:
        yield start, start + cut
        yield start + cut, end
