"""Set phrases of pages and letters, told apart from the story they surround.

Every pattern is generic newsroom or template wording. Those that open a line are imperatives and labels; those that may
stand anywhere are phrases that stories do not use of their subjects; all are limited to short passages, so that a story
that quotes one keeps its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from firsthand.read.wording import ends_sentence, line, word_count

_MAX_PHRASE_CHARACTERS = 1_000
"""Set phrases are short; longer passages are not looked at."""
_MAX_HEADING_WORDS = 9
_MAX_FURNITURE_WORDS = 45
_MAX_LEGAL_WORDS = 14
"""A line of this length that names a privacy policy is a footer; a longer one may report on it."""
_MAX_ITEM_WORDS = 8
_DIVIDER = re.compile(r"\s[*|·•/»›>]\s|\s?[|•]\s?")


def _whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """Matches lines that are one of the patterns, punctuation around it aside."""
    return re.compile(rf"^\W*(?:{'|'.join(patterns)})\W*$", re.IGNORECASE)


def _opening(patterns: Iterable[str]) -> re.Pattern[str]:
    """Matches lines that open with one of the patterns, punctuation before it aside."""
    return re.compile(rf"^\W*(?:{'|'.join(patterns)})", re.IGNORECASE)


def _anywhere(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_RELATED_HEADING = _whole(
    (
        r"(?:see|read|listen|watch) (?:also|more|next|too|now)\b.*",
        r"also (?:read|see|by|on|in|of|worth|today|tonight|this)\b.*",
        r"more (?:from|on|about|like|in|by|stories|news|to explore)\b.*",
        r"more \w+(?: (?:news|stories|articles))?",
        r"(?:you )?(?:may|might) (?:also )?(?:like|enjoy|be interested).*",
        r"you (?:may|might|can['’]t)\b.{0,30}",
        r"people (?:also|are) .*",
        r"don['’]t miss.*",
        r"related\b.{0,30}",
        r"recommended\b.{0,30}",
        r"(?:our |editor['’]?s['’]? )(?:picks?|choice).*",
        r"most (?:read|popular|viewed|shared|heard|commented|watched|discussed).*",
        r"(?:top|latest|trending|popular|other|similar|recent|featured) (?:now|today|news|stories|articles|posts)",
        r"(?:top|latest|trending|popular|other|similar|recent|featured) (?:headlines|in\b.*|on\b.*)",
        r"trending",
        r"popular",
        r"latest",
        r"up next",
        r"next up",
        r"(?:continue|keep|further|suggested|what (?:to|we['’]re)) read(?:ing)?",
        r"in case you missed.*",
        r"sponsored.{0,20}",
        r"promoted.{0,20}",
        r"around the web",
        r"from (?:the web|our partners|around).*",
        r"(?:interesting|hot|read) (?:now|for you)",
        r"interesting",
        r"on (?:the same|this) (?:topic|subject|page).*",
        r"stories (?:for|you)\b.*",
        r"(?:à )?lire (?:aussi|également).*",
        r"à lire.*",
        r"sur le même (?:sujet|thème).*",
        r"le[ae] (?:también|más).*",
        r"(?:te|le) puede interesar.*",
        r"(?:notas? )?relacionad[oa]s?.*",
        r"(?:lo )?más leíd[oa]s?.*",
        r"lesen sie (?:auch|mehr).*",
        r"mehr (?:zum thema|dazu).*",
        r"das könnte .*",
        r"meistgelesen.*",
        r"leia (?:também|mais).*",
        r"veja (?:também|mais).*",
        r"leggi anche.*",
        r"potrebbe interessar.*",
        r"читайте (?:также|ещё|еще).*",
        r"по теме.*",
        r"смотрите также.*",
        r"читати також.*",
        r"lees (?:ook|meer).*",
        r"läs (?:också|mer).*",
        r"les (?:også|mer).*",
        r"læs også.*",
        r"czytaj (?:też|także|więcej|również).*",
        r"zobacz (?:też|także|również).*",
        r"관련\s?기사.*",
        r"相关(?:阅读|新闻|文章|报道).*",
        r"延伸阅读.*",
        r"関連記事.*",
        r"あわせて読みたい.*",
        r"اقرأ أيض.*",
        r"baca juga.*",
        r"ilgili haberler.*",
    )
)
_INLINE_RELATED = _opening(
    (
        r"(?:read|see|watch|listen|also read|also see)(?: (?:also|more|next|now|too))?\s?(?:[:|>»→].{0,160}|\W*)$",
        r"(?:related|recommended|more|explainer|lire aussi|à lire|lea también|lee también)\s?(?:[:|>»→].{0,160}|\W*)$",
        r"(?:lesen sie auch|mehr dazu|leia também|leia mais|leggi anche|lees ook|läs också)\s?(?:[:|>»→].{0,160}|\W*)$",
        r"(?:читайте также|по теме|les også|czytaj też|czytaj także|baca juga)\s?(?:[:|>»→–—-].{0,160}|\W*)$",
    )
)
_COMMENTS_HEADING = _whole(
    (
        r"\d[\d,. ]*\s*(?:comments?|replies|responses|comentarios?|commentaires?|kommentare?|комментари\w+)",
        r"(?:reader |user |all )?comments?(?:\s*[(:]?\s*\d+\s*\)?)?",
        r"(?:leave|post|add|write) (?:a|your) (?:comment|reply).*",
        r"(?:your|(?:our )?readers?['’]?) (?:comments?|reactions?|opinions?|letters|views)(?:\s*\(?\d+\)?)?",
        r"(?:what )?(?:our )?readers (?:say|write|think|comment)(?:\s*\(?\d+\)?)?",
        r"(?:discussion|opinions|reactions|responses|replies)\s*\(\d+\)",
        r"join the (?:conversation|discussion).*",
        r"(?:comentarios?|commentaires?|kommentare?|komentarze|комментари\w+|댓글|评论|コメント)(?:\s*\(?\d+\)?)?",
        r"have your say.*",
        r"what do you think\??",
    )
)
_FURNITURE_OPENING = _opening(
    (
        # advertising and the breaks it makes
        r"advertise?ments?(?:\W*$|\s*:)",
        r"advertise with us",
        r"(?:publicidad|publicité|anzeige|werbung|реклама|reklama|pubblicità|広告|广告|광고)\W*$",
        r"article continues (?:below|after)",
        r"(?:keep|continue) reading\b",
        r"(?:story|post) continues (?:below|after)",
        r"scroll (?:down|to)\b",
        # sharing and following
        r"share (?:this|on|via|article|the (?:article|story))\b",
        r"share\W*(?:$|:)",
        r"(?:tweet|print|e-?mail|copy link|bookmark|save)(?: (?:this|article|page|story))*\W*$",
        r"follow (?:us|our|@|me)\b",
        r"like us on",
        r"join (?:us on|our|the channel)\b",
        r"(?:click|tap|press) (?:here|on|to)\b",
        # subscribing, signing in, giving
        r"(?:sign up|sign in|log in|log on|register now|create an account)\b",
        r"subscribe(?:\W*$| (?:to|now|for|on|today|from|here|and)\b)",
        r"get .{0,60}\b(?:inbox|newsletter|by (?:e-?mail|message|post))\b",
        r"enjoying (?:this|the)\b",
        r"(?:please )?support (?:us|our|independent)\b",
        r"donate(?:\W*$| (?:now|today|to us|here))",
        r"become a (?:member|patron|friend|supporter|subscriber)\b",
        r"already a (?:subscriber|member)",
        r"(?:you['’]ve|you have) (?:read|reached|used)\b.{0,60}\b(?:articles?|limit|stories)\b",
        r"this (?:article|story|content) is (?:for|available)\b.{0,40}subscribers",
        r"(?:please )?enter your e-?mail",
        r"your e-?mail(?: address)?\W*$",
        r"thank you for (?:subscribing|signing|reading)",
        # labels, counters, dates of change
        r"(?:tags?|keywords?|topics?|categor(?:y|ies)|themes?|labels?)\s*:",
        r"(?:filed under|posted in|tagged)\b",
        r"views?\s*[:：]\s*\d",
        r"\d[\d,. ]*[KM]?\s*(?:views|shares|likes|reads|subscribers|followers|min(?:ute)?s? read)\b.{0,20}$",
        r"reading time\s*:?\s*\d",
        r"\d+ of \d+\W*$",
        r"(?:you are )?visitor (?:number|no)",
        r"(?:last )?(?:updated|modified)\s*(?:on|at)?\s*:?\s*\w{0,10}\W{0,3}\d.{0,60}$",
        r"(?:published|posted)\s*(?:on|at)?\s*:?\s*\w{0,10}\W{0,3}\d.{0,60}$",
        r"poll(?: of the (?:day|week))?\s*:",
        r"vote\s*:",
        r"loading\W*$",
        # rights, credits of pictures, errors
        r"©",
        r"\(c\)\s",
        r"copyright\s*(?:©|\(c\)|\d|by\b|:|$)",
        r"all rights reserved",
        r"no unauthori[sz]ed",
        r"complaints? to the editor",
        r"(?:photo|image|picture|illustration|video|foto|bild|credit|getty|graphic|фото)\w*\s*(?:credit\w*|courtesy|by)?\s*[:：/©]",
        r"file (?:photo|picture)\b",
        r"FILE -",
        r"found (?:a )?(?:mistake|typo|error)",
        r"spotted an? error",
        r"(?:report|correct) an? (?:error|mistake|typo)",
        r"when (?:using|quoting) .{0,30}materials?",
        # moving about the page, consent, printing, downloading
        r"skip to\b",
        r"back to (?:top|home|list)\b",
        r"jump to\b",
        r"home\s*[>›»/|]",
        r"play (?:video|audio)\b",
        r"listen to this\b",
        r"watch\s*:",
        r"not now\W*$",
        r"accept (?:all|cookies)",
        r"the post .{1,200} (?:appeared first|first appeared) on\b",
        r"manage (?:cookies|choices|options|preferences)",
        r"by (?:submitting|clicking|signing up)\b.{0,60}\bagree\b",
        r"version for print",
        r"print(?:able)? version",
        r"printed (?:from|on)\W",
        r"download (?:the|our|audio|app|pdf)\b.{0,80}$",
        # letters
        r"(?:view|read) (?:this|it|in|online)\b.{0,40}\b(?:browser|online|web|app)\b.{0,80}$",
        r"view online",
        r"unsubscribe\b",
        r"forwarded this",
        r"was this (?:forwarded|helpful)",
        r"you (?:are receiv|receiv|get th|got th)\w*\b.{0,60}\b(?:because|as)\b",
        r"(?:if you )?(?:no longer wish|want to unsubscribe)",
        r"to stop (?:these|receiving)\b",
        r"send (?:us )?(?:your|a) (?:tip|news|photo|story)",
        r"have (?:a tip|you got a)\b",
        r"contact (?:us|the author)\b",
        r"(?:write to|reach) us\b",
    )
)
_FURNITURE_ANYWHERE = _anywhere(
    (
        r"\b(?:we|us) and (?:our|\d+|up to)\b.{0,30}\bpartners\b",
        r"\b(?:this (?:web)?site|we|our (?:web)?site)\b.{0,30}\b(?:uses?|stores?|sets?|needs?)\b.{0,40}\bcookies\b",
        r"\bcookies? (?:policy|settings|preferences|notice)\b",
        r"\ball rights (?:reserved|belong|to the)\b",
        r"\bto use cookies\b",
        r"\b(?:hyper)?link\b.{0,40}\b(?:obligatory|required|mandatory)\b",
        r"\breference to .{0,30}\b(?:obligatory|mandatory)\b",
        r"\bctrl\s?\+\s?enter\b",
        r"\b(?:subscribe|sign up) (?:to|for|on|now) (?:our|the|my|us|a)\b",
        r"\b(?:to|in) your (?:inbox|mailbox)\b",
        r"\bno spam\b",
        r"\bunsubscribe\b",
        r"^\W*(?:proudly )?powered by\b",
        r"\b(?:AP|Reuters|AFP|Getty|EPA|Xinhua|TASS|Yonhap)\b[^.]{0,30}/\s?[A-Z][\w.\- ]+\W{0,2}(?:File\)?)?$",
        r"\((?:AP|AFP|Reuters|Getty|EPA) (?:Photo|Images|Pictures)[^)]*\)",
        r"\((?:file|handout|archive) (?:photo|picture|image)\)\W*$",
        r"\benable javascript\b",
        r"\bmay not be (?:published|reproduced|redistributed)\b",
    )
)
_LEGAL = re.compile(
    r"\bprivacy policy\b|\bterms (?:of (?:use|service)|and conditions)\b|\bterms apply\b|\bfree trial\b", re.IGNORECASE
)
_PHOTO_CREDIT = re.compile(
    r"^FILE\s?[-–—]\s|\((?:AP|AFP|Reuters|Getty|EPA|Xinhua|TASS|Yonhap|Kyodo|dpa|ANSA|EFE|UPI)\s?(?:Photo|Images?|Pictures?|via)?\b[^()]{0,60}\)\W*$"
    r"|\b(?:photo|image|picture|foto)s?\s*(?:by|courtesy|credit|:|/|©)[^.!?]{2,60}\W*$",
    re.IGNORECASE,
)
_CREDIT = _opening(
    (
        r"(?:original )?(?:source|fuente|quelle|fonte|источник|джерело|출처|来源|出典)s?\s*[:：]\s*\S",
        r"(?:via|h/t) [A-Z]",
        r"forwarded from\b",
        r"by materials (?:of|from)\b",
        r"based on (?:materials|reports?|reporting|an? (?:article|report))\b",
        r"по материалам\b",
        r"(?:this (?:article|story|report|piece|text|post)|the (?:article|story)) (?:was )?(?:originally|first)\b",
        r"(?:originally|first) (?:published|appeared|posted)\b",
        r"re(?:printed|published|posted) (?:with permission|from)\b",
        r"with (?:reporting|material|information|input|files?) (?:from|by)\b",
        r"(?:translated|adapted|abridged) (?:from|by)\b",
        r"courtesy of\b",
        r"con información de\b",
        r"avec (?:l['’])?(?:AFP|Reuters|agences)\b",
        r"mit material von\b",
    )
)
_STAFF_CREDIT = _opening(
    (
        r"(?:additional )?(?:reporting|editing|writing|photography|translation) (?:by|from|in)\b.{0,200}$",
        r"(?:edited|compiled|translated) (?:by|from|in)\b.{0,200}$",
    )
)
_ROLE = (
    r"(?:journalist|reporter|correspondent|editor|writer|author|columnist|freelancer?|contributor|producer|photographer"
    r"|fellow|blogger|analyst|researcher)"
)
_BIOGRAPHY = re.compile(
    rf"^[^.!?]{{3,60}}?\s(?:is|works|serves)\s(?:an?|the|our|as)\b[^.!?]{{0,120}}\b{_ROLE}\b(?:\W*$|[^.!?]{{0,40}}\b(?:for|at|with|based|covering|specialis\w+|specializ\w+|"
    rf"focus\w+|contribut\w+|living|and|who (?:covers?|writes?|reports?|lives?|works?))\b)"
    r"|^[^.!?,]{3,40}\s(?:covers|reports on|writes (?:about|for|on))\s.{3,150}\b(?:for|at|in|from)\s"
    r"|^about the author|^follow .{0,40} on (?:twitter|x|facebook|bluesky|mastodon|instagram)",
    re.IGNORECASE,
)
_END_MARK = _whole(
    (
        r"\*{3,}",
        r"_{3,}",
        r"={3,}",
        r"-{3,}",
        r"more follows",
    )
)
_STORY_END = re.compile(r"^[\s(\[*–-]*(?:#\s?#\s?#[#\s]*|ends?|(?<=-)\s?(?:0|30)\s?(?=-))[\s)\].*–-]*$", re.IGNORECASE)

_FURNITURE = (_FURNITURE_OPENING, _FURNITURE_ANYWHERE, _INLINE_RELATED, _END_MARK, _STORY_END, _STAFF_CREDIT)


def is_menu(text: str) -> bool:
    """Short items in a row with dividers between them, and no sentence's end.

    >>> is_menu("World | Sport | Weather"), is_menu("the voice of the hills * listen here * programme * the team")
    (True, True)
    """
    if len(text) > _MAX_PHRASE_CHARACTERS:
        return False
    items = [item for item in _DIVIDER.split(text) if item.strip()]
    return len(items) >= 3 and not ends_sentence(text) and word_count(text) <= _MAX_ITEM_WORDS * len(items)


def opens_related(text: str) -> bool:
    """A heading over links to other stories.

    >>> opens_related("Read also:"), opens_related("Most read"), opens_related("More cameras than pupils were counted.")
    (True, True, False)
    """
    if len(text) > _MAX_PHRASE_CHARACTERS:
        return False
    if _INLINE_RELATED.match(text) and re.search(r":\s*\w", text):
        return False
    if word_count(text) > _MAX_HEADING_WORDS or (ends_sentence(text) and not text.rstrip().endswith((":", "…", "?"))):
        return False
    return _RELATED_HEADING.match(text) is not None


def opens_comments(text: str) -> bool:
    """A heading over readers' comments.

    >>> opens_comments("Comments (3)"), opens_comments("2 comments"), opens_comments("He made no comments.")
    (True, True, False)
    """
    return (
        len(text) <= _MAX_PHRASE_CHARACTERS
        and word_count(text) <= _MAX_HEADING_WORDS
        and _COMMENTS_HEADING.match(text) is not None
    )


@lru_cache(maxsize=4096)
def is_furniture(text: str) -> bool:
    """Wording of the page itself: sharing, subscribing, cookies, counters, legal lines, photo credits, related stories.

    >>> is_furniture("We and our 212 partners value your privacy."), is_furniture("The ministry bought 40 cameras.")
    (True, False)
    """
    if len(text) > _MAX_PHRASE_CHARACTERS or word_count(text) > _MAX_FURNITURE_WORDS or is_credit(text):
        return False
    legal = word_count(text) <= _MAX_LEGAL_WORDS and _LEGAL.search(text) is not None
    return legal or is_menu(text) or any(pattern.search(text) for pattern in _FURNITURE)


def ends_story(text: str) -> bool:
    """A mark under the last line of a release or wire story; what follows is contact and small print.

    >>> ends_story("###"), ends_story("- ends -"), ends_story("-30-"), ends_story("The end"), ends_story("30")
    (True, True, True, False, False)
    """
    return len(text) <= _MAX_PHRASE_CHARACTERS and _STORY_END.match(text) is not None


def is_photo_credit(text: str) -> bool:
    """A caption that ends in the credit of an agency's picture, or opens like a file picture's.

    >>> is_photo_credit("Traders at a market. (AFP Photo/Ana Lind, File)"), is_photo_credit("They sold it to AFP.")
    (True, False)
    """
    return len(text) <= 2 * _MAX_PHRASE_CHARACTERS and _PHOTO_CREDIT.search(text) is not None


@lru_cache(maxsize=4096)
def is_credit(text: str) -> bool:
    """A line that names where the text was taken from. It is evidence, so it stays with the story.

    >>> is_credit("Source: Northern Wire"), is_credit("Source code was found.")
    (True, False)
    """
    return len(text) <= _MAX_PHRASE_CHARACTERS and word_count(text) <= 25 and _CREDIT.match(line(text)) is not None


def is_biography(text: str) -> bool:
    """A closing paragraph about the writer.

    >>> is_biography("Ana Lind is a reporter who covers courts."), is_biography("The reporter was held for a day.")
    (True, False)
    """
    return len(text) <= _MAX_PHRASE_CHARACTERS and word_count(text) <= 70 and _BIOGRAPHY.match(text) is not None
