"""What elements are called: the groups of words in a class or id that say what a part of a page is for."""

from __future__ import annotations

from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from firsthand.read.clutter import is_hard

GROUPS: dict[str, str] = {
    "body": "body content text copy prose wysiwyg markdown",
    "story": "article story entry post news blog single",
    "main": "main primary page",
    "lead": "lead intro summary standfirst excerpt abstract deck dek- subtitle sub-title subhead desc",
    "title": "title headline heading",
    "author": "author byline writer contributor vcard profile avatar -bio",
    "date": "date time publish meta info",
    "comment": "comment disqus respond reply replies",
    "forum": "thread message answer question discussion forum postbody",
    "share": "share sharing social follow addthis facebook twitter whatsapp",
    "related": "relat recommend more popular trend similar also latest recent most readnext read-next suggest featured",
    "navigation": "nav menu crumb pagination pager toc tabs skip sitemap",
    "header": "header masthead topbar -top top- logo brand banner",
    "footer": "foot bottom colophon copyright legal imprint",
    "side": "side rail widget right left col-",
    "advert": "advert sponsor promo outbrain taboola -gpt dfp affiliate -ad- -ads- adsbygoogle",
    "subscribe": "subscri newsletter signup sign-up paywall donat member login register premium",
    "picture": "image img photo picture figure caption gallery media video player slide carousel credit",
    "tags": "tags- -tag- categor keyword label topic",
    "list": "list grid card tile item loop archive feed row",
    "product": "product price cart shop buy- sku review rating spec variant shipping",
    "hidden": "hidden hide modal popup overlay cookie consent gdpr dialog dropdown tooltip sr-only print noscript",
    "form": "form search input button btn cta submit select",
    "quote": "quote pull callout highlight box fact note",
    "data": "table cell data stat code example section feature service hero",
}
"""Words of each group, common in templates of many systems and none of a single site; a stroke is a word's end."""

_TAGS = (
    "article", "main", "section", "header", "footer", "nav", "aside", "form", "figure", "figcaption", "table", "ul",
    "ol", "li", "dl", "blockquote", "p", "a", "h1", "h2", "h3", "td", "button", "details",
)  # fmt: skip
_TAG_BITS = {tag: 1 << place for place, tag in enumerate(_TAGS)} | {"th": 1 << _TAGS.index("td")}
_ENDS = str.maketrans(" _\t\n\r\f:/.", "---------")
_MAX_CHARACTERS = 300
MARK_NAMES = (*(f"name {name}" for name in GROUPS), *(f"tag {tag}" for tag in _TAGS))
"""What each bit of a mark stands for, the lowest first."""


@lru_cache(maxsize=16_384)
def mark_of(tag: str, names: str) -> tuple[int, bool]:
    """One bit for each group that the names speak of, and above them one for the tag; and whether they are no story's.

    >>> mark_of("p", "article-body")[0] == mark_of("p", "")[0] | 0b11
    True
    """
    found = _TAG_BITS.get(tag, 0) << len(GROUPS)
    if names:
        spotter, bits = _spotter()
        tidy = f"-{names[:_MAX_CHARACTERS].lower().translate(_ENDS)}-"
        for word, _, _ in spotter.find_matches_as_indexes(tidy, overlapping=True):
            found |= bits[word]
    return found, is_hard(tag, names)


@cache
def _spotter() -> tuple[AhoCorasick, list[int]]:
    words = [(word, 1 << place) for place, group in enumerate(GROUPS.values()) for word in group.split()]
    return AhoCorasick([word for word, _ in words]), [bit for _, bit in words]
