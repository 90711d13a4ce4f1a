"""What elements are called: the groups of words in a class or id that say what a part of a page is for."""

from __future__ import annotations

import re
from functools import lru_cache

GROUPS: tuple[tuple[str, str], ...] = (
    ("body", r"body|content|text|copy|prose|wysiwyg|richtext|markdown"),
    ("story", r"article|story|entry|post|news|blog|hentry|single"),
    ("main", r"main|primary|page"),
    ("lead", r"lead|intro|summary|standfirst|excerpt|abstract|deck|dek|sub-?title|sub-?head|desc|teaser-?text"),
    ("title", r"title|headline|heading|head"),
    ("author", r"author|byline|writer|contributor|vcard|profile|avatar|bio"),
    ("date", r"date|time|publish|posted|meta|info"),
    ("comment", r"comment|disqus|respond|reply|replies"),
    ("forum", r"thread|message|answer|question|discussion|topic|forum|postbody|post-?content"),
    ("share", r"shar(?:e|ing)|social|follow|addthis|facebook|twitter|whatsapp|like"),
    ("related", r"relat|recommend|more|popular|trend|similar|also|latest|recent|most|read-?next|suggest|featured"),
    ("navigation", r"nav|menu|breadcrumb|crumb|pagination|pager|toc|tabs?|skip|sitemap"),
    ("header", r"header|masthead|topbar|top|logo|brand|banner"),
    ("footer", r"foot|bottom|colophon|copyright|legal|imprint"),
    ("side", r"side|aside|rail|widget|right|left|col"),
    ("advert", r"\bad\b|ads\b|advert|sponsor|promo|outbrain|taboola|gpt|dfp|affiliate"),
    ("subscribe", r"subscri|newsletter|sign-?up|paywall|donat|member|login|register|premium"),
    ("picture", r"image|img|photo|picture|figure|caption|gallery|media|video|player|slide|carousel|credit"),
    ("tags", r"tags?\b|categor|keyword|label|topic"),
    ("list", r"list|grid|card|tile|item|loop|archive|feed|row"),
    ("product", r"product|price|cart|shop|buy|sku|review|rating|spec|variant|shipping"),
    ("hidden", r"hid(?:e|den)|modal|popup|overlay|cookie|consent|gdpr|dialog|dropdown|tooltip|sr-only|print|noscript"),
    ("form", r"form|search|input|button|btn|cta|submit|select"),
    ("quote", r"quote|pull|block-?quote|callout|highlight|box|infobox|fact|note"),
    ("data", r"table|cell|data|stat|code|example|section|feature|service|hero"),
)
"""Name and words of each group: common words of templates in many systems, none of a single site."""

_WORDS = tuple(re.compile(words, re.IGNORECASE) for _, words in GROUPS)
_TAGS = (
    "article", "main", "section", "header", "footer", "nav", "aside", "form", "figure", "figcaption", "table", "ul",
    "ol", "li", "dl", "blockquote", "p", "a", "h1", "h2", "h3", "td", "button", "details",
)  # fmt: skip
_TAG_BITS = {tag: 1 << place for place, tag in enumerate(_TAGS)}
_TAG_BITS["th"] = _TAG_BITS["td"]
_MAX_CHARACTERS = 300
NAME_BITS = len(GROUPS)
TAG_BITS = len(_TAGS)
MARK_NAMES = (*(f"name {name}" for name, _ in GROUPS), *(f"tag {tag}" for tag in _TAGS))
"""What each bit of a mark stands for, the lowest first."""


@lru_cache(maxsize=8192)
def mark_of(tag: str, names: str) -> int:
    """One bit for each group that the names speak of, and above them one for the tag."""
    names = names[:_MAX_CHARACTERS]
    found = _TAG_BITS.get(tag, 0) << NAME_BITS
    if names:
        for place, words in enumerate(_WORDS):
            if words.search(names):
                found |= 1 << place
    return found
