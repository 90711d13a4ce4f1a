"""How pages name and word the things around a story: by class and id, by role, and by set phrases.

The words are those that templates and newsrooms use everywhere (WordPress, Blogger, AMP, Drupal, Joomla and hand-made
pages in the larger languages of the web); none is taken from a single site.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from firsthand.read.markup import Element

Zone: TypeAlias = Literal["", "clutter", "caption", "comments", "small"]

_CLUTTER_TAGS = frozenset("nav aside footer dialog menu search label legend address".split())
_CLUTTER_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar toolbar tablist tooltip "
    "form".split()
)
_CLUTTER_WORDS = frozenset(
    """
    ad ads adv advert advertisement advertising advertorial adbox adsense dfp gpt sponsor sponsored sponsorship
    promo promotion promoted publicidad publicidade publicite pubblicita werbung anzeige reklama banner banners
    outbrain taboola mgid zergnet revcontent nav navbar navi navigation menu menubar submenu mainmenu topbar toolbar
    masthead sitemap breadcrumb breadcrumbs crumbs crumb pager pagination paging skip skiplink sidebar sidebars side
    rail aside lateral rightcol leftcol rcol lcol rightbar leftbar sitebar seitenleiste footer foot ftr bottom
    bottombar colophon fuss rodape imprint impressum legal disclaimer copyright terms related relatedposts
    relacionadas relacionados relateds recommend recommended recommendation recommendations reco readmore alsoread
    seealso similar trending popular mostread mostpopular mostviewed bestof hot latest recent recirc recirculation
    readnext upnext morefrom morestories teaser teasers latestnews share sharing sharebar sharebox sharedaddy
    addthis addtoany social socials sociallinks socialshare compartir partager teilen follow newsletter newsletters
    subscribe subscription subscriptions signup register registration login signin optin mailinglist boletin abo
    paywall regwall donate donation donations donar support supporter membership membermessage appeal fundraising
    cookie cookies gdpr consent cmp ccpa privacy onetrust popup popover modal overlay lightbox interstitial toast
    snackbar poll quiz survey encuesta rating ratings stars votes vote reaction reactions like likes emoji feedback
    player audioplayer videoplayer podcast tts listen livestream widget widgets ticker weather currency tagcloud
    tags taglist tagged topics keywords etiquetas schlagworte hidden invisible screenreader visuallyhidden noprint
    printonly noscript disqus cmt pullquote authorbox authorbio aboutauthor bio biography authorinfo vcard metadata
    references reflist footnotes footnote anuncio anuncios pauta aviso avisos migas masleidas masnoticias
    suscripcion suscribete infolettre abonnement partage bandeau encart voiraussi lireaussi alire filariane
    autorenbox verwandt mehrzumthema fusszeile compartilhar boletim leiamais leiatambem saibamais correlati
    leggianche condividi iscriviti commenti reklamy podval poxozhie chitayte chitaite teg tegi altbilgi ilgili
    paylas reklam stopka zobacz powiazane udostepnij reclame gerelateerd delen voettekst annons annonse annonce
    relaterat relaterade relatert sidfot bunntekst inlay inset sidebox factbox linkbox adslot adunit adcontainer
    adwrap
    """.split()
)
_SMALL_WORDS = frozenset(
    """
    meta date time datetime timestamp dateline stamp pubdate published updated posted byline author authors writer
    credit credits label kicker eyebrow overline section category categories cat tag tgs views viewcount counter
    hits readtime readingtime print mail email button btn buttons actions tools utilities dl download downloads info
    infobox more next prev previous toc contents gallery slideshow carousel slider language languages lang search
    form notice note correction head header hd hdr logo brand subscribebox pub nl rel pie link links count title
    headline hed tit box call cta callout insert tooltip badge caret icon icons flag status warning
    """.split()
)
_CAPTION_WORDS = frozenset(
    """
    caption captions captioned cap figcaption legend cutline photocaption imagecaption photocredit imagecredit
    credit credits photo foto photos fotos picture pic img image images thumbnail thumb bildunterschrift legende
    didascalia pie piedefoto photographer leyenda epigrafe piefoto bildtext bildetekst billedtekst bijschrift podpis
    didascalie onderschrift kuvateksti photodesc
    """.split()
)
_COMMENT_WORDS = frozenset(
    """
    comment comments commentlist comentarios commentaires kommentare kommentar coment respond disqus commentaire
    commenti kommentarer kommentarze komentarze kommentarii yorumlar reacties reaktionen opinie coments
    """.split()
)
_SAFE_PARTS = (  # long enough to mean the same inside any compound
    "related", "newsletter", "cookie", "sidebar", "subscri", "advert", "breadcrumb", "recommend", "footer", "taboola",
    "outbrain", "sharing",
)  # fmt: skip
_STATE_OF_POST = re.compile(r"^(?:tag|category|cat|postid|term|has|is|no)-\S+$")
_WORD_BORDER = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_PAIRS = re.compile(
    r"(?:read|see|view|show|load|learn|lee|lire|more|most|also|you|up|on|in|dont|sign|log|author|writer|about|story|post"
    r"|article|page|follow|get|call|our|site|global|main|top|bottom|left|right)"
    r"-(?:also|more|next|too|read|viewed|popular|shared|commented|stories|articles|posts|news|from|like|miss|up|in|out"
    r"|box|bio|info|card|profile|details|author|footer|header|foot|tools|actions|share|tags|tag|meta|promo|nav|menu|bar"
    r"|links|us|app|to-action|rail|col|column|banner|mas|suite)\b"
)
_HARD = re.compile(
    r"foot|cookie|consent|gdpr|comment|newsletter|subscri|related|recommend|menu|nav(?:bar|igation)?\b|popup|modal",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAIN_NAMES = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry|news|report|page|main)?[\s_-]*_*(?:body|content|text|copy)(?:$|[\s_-])"
    r"|articlebody|storybody|hentry",
    re.IGNORECASE,
)
_STORY_BODY = re.compile(
    r"(?:^|\s)(?:[\w-]*?[-_])?(?:article|story|post|entry)[-_]*(?:body|content|text)"
    r"(?:[-_]+(?:content|text|inner|wrapper|main))?(?:_{2}\w+)*(?:\s|$)",
    re.IGNORECASE,
)
_MAX_NAME_CHARACTERS = 300
"""Utility-class pages use up to so many; what follows says nothing of the element's role."""
_UNNAMED_TAGS = frozenset("html body main article tr tbody #root h1 h2 h3 h4 h5 h6".split())
"""Elements whose classes describe the whole page, the post's state, or a heading's looks."""
_TEXT_TAGS = frozenset("p li b i em strong font u".split())


@lru_cache(maxsize=16_384)
def _names_zone(names: str) -> Zone:
    """What the class and id say: a zone to leave out whatever its size, only when small, or nothing."""
    kept = [name for name in names.split() if not _STATE_OF_POST.match(name)]
    tokens = {token.lower() for name in kept for token in _WORD_BORDER.split(name) if token}
    joined = {re.sub(r"[^a-z]", "", name.lower()) for name in kept}
    if tokens & _COMMENT_WORDS or any(name.startswith(("comment", "disqus")) for name in joined):
        return "comments"
    if any(_PAIRS.search(re.sub(r"[_\s]+", "-", name.lower())) for name in kept):
        return "clutter"
    if (tokens | joined) & _CLUTTER_WORDS or any(part in name for part in _SAFE_PARTS for name in joined):
        return "clutter"
    if (tokens | joined) & _CAPTION_WORDS:
        return "caption"
    return "small" if (tokens | joined) & _SMALL_WORDS else ""


def zone_of(element: Element) -> Zone:
    """The zone an element opens by its tag, role, visibility, class and id; empty for none."""
    tag = element.tag
    if tag in _CLUTTER_TAGS or element.get("role").lower() in _CLUTTER_ROLES or is_hidden(element):
        return "clutter"
    if tag in ("figcaption", "figure"):
        return "caption"
    names = element.get("class")[:_MAX_NAME_CHARACTERS]
    if tag in _UNNAMED_TAGS or "articlebody" in element.get("itemprop").lower() or _is_story_body(names):
        return ""
    if tag not in _TEXT_TAGS:
        names = f"{names} {element.get('id')[:_MAX_NAME_CHARACTERS]}"
    return _names_zone(names) or ("small" if tag == "header" else "")


def _is_story_body(names: str) -> bool:
    """A class such as `article-body` or `entry-content__x1`, whatever else stands beside it."""
    return _STORY_BODY.search(names) is not None and not is_hard("div", names)


def is_hidden(element: Element) -> bool:
    """Whether the page asks browsers not to show the element."""
    return "hidden" in element.attributes or _HIDDEN_STYLE.search(element.get("style")) is not None


def names_main_text(element: Element) -> bool:
    """Whether markup, class or id call the element the story's text."""
    if "articlebody" in element.get("itemprop").lower():
        return True
    return any(
        _MAIN_NAMES.search(element.get(name)[:_MAX_NAME_CHARACTERS])
        for name in ("class", "id", "data-testid", "data-component")
    )


def is_hard(tag: str, names: str) -> bool:
    """Whether tag and class leave little doubt that this is no story: footers, menus, consent walls, comments."""
    return tag in ("nav", "footer", "aside", "dialog") or _HARD.search(names[:_MAX_NAME_CHARACTERS]) is not None
