"""Set phrases of pages and letters, told apart from the story they surround.

Every pattern is generic newsroom or template wording; the longer ones are limited to short passages, so that a story that
quotes such a phrase keeps its paragraph.
"""

from __future__ import annotations

import re

from firsthand.read.wording import ends_sentence, line, word_count

_MAX_HEADING_WORDS = 9
_MAX_FURNITURE_WORDS = 45

_RELATED_HEADING = re.compile(
    r"""^\W*(?:
      (?:see|read|listen|watch)\ (?:also|more|next|too|now)\b.* | also\ (?:read|see|by|on|in|of|worth)\b.* | more\ (?:from|on|about|like|in|by|stories|news|to\ explore)\b.*
      | more\ \w+(?:\ (?:news|stories|articles))? | (?:you\ )?(?:may|might)\ (?:also\ )?(?:like|enjoy|be\ interested).* | you\ (?:may|might|can['’]t)\b.{0,30} | people\ (?:also|are)\ .*
      | don['’]t\ miss.* | related\b.{0,30} | recommended\b.{0,30} | (?:our\ |editor['’]?s['’]?\ )(?:picks?|choice).* | most\ (?:read|popular|viewed|shared|heard|commented|watched|discussed).*
      | (?:top|latest|trending|popular|other|similar|recent|featured)\ (?:now|today|news|stories|articles|posts|videos|headlines|in\b.*|on\b.*) | trending | popular | latest
      | up\ next | next\ up | (?:continue|keep|further|suggested|what\ (?:to|we['’]re))\ read(?:ing)? | in\ case\ you\ missed.* | sponsored.{0,20} | promoted.{0,20} | around\ the\ web
      | from\ (?:the\ web|our\ partners|around).* | (?:interesting|hot|read)\ (?:now|for\ you) | interesting | on\ (?:the\ same|this)\ (?:topic|subject|page).* | stories\ (?:for|you)\b.*
      | (?:à\ )?lire\ (?:aussi|également).* | à\ lire.* | sur\ le\ même\ (?:sujet|thème).* | le[ae]\ (?:también|más).* | (?:te|le)\ puede\ interesar.* | (?:notas?\ )?relacionad[oa]s?.* | (?:lo\ )?más\ leíd[oa]s?.*
      | lesen\ sie\ (?:auch|mehr).* | mehr\ (?:zum\ thema|dazu).* | das\ könnte\ .* | meistgelesen.* | leia\ (?:também|mais).* | veja\ (?:também|mais).* | leggi\ anche.* | potrebbe\ interessar.*
      | читайте\ (?:также|ещё|еще).* | по\ теме.* | смотрите\ также.* | читати\ також.* | lees\ (?:ook|meer).* | läs\ (?:också|mer).* | les\ (?:også|mer).* | læs\ også.* | czytaj\ (?:też|także|więcej|również).* | zobacz\ (?:też|także|również).*
      | 관련\s?기사.* | 相关(?:阅读|新闻|文章|报道).* | 延伸阅读.* | 関連記事.* | あわせて読みたい.* | اقرأ\ أيض.* | baca\ juga.* | ilgili\ haberler.*
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_INLINE_RELATED = re.compile(
    r"""^\W*(?:(?:read|see|watch|listen|also\ read|also\ see)(?:\ (?:also|more|next|now|too))?|related|recommended|more|explainer|lire\ aussi|à\ lire|lea\ también|lee\ también|lesen\ sie\ auch|mehr\ dazu
      |leia\ (?:também|mais)|leggi\ anche|читайте\ также|по\ теме|lees\ ook|läs\ också|les\ også|czytaj\ (?:też|także)|baca\ juga)\s?(?:[:|>»→–—-]|$).{0,160}$""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_COMMENTS_HEADING = re.compile(
    r"""^\W*(?:\d[\d,. ]*\s*(?:comments?|replies|responses|comentarios?|commentaires?|kommentare?|комментари\w+)|(?:reader\ |user\ |all\ )?comments?(?:\s*[(:]?\s*\d+\s*\)?)?
      |(?:leave|post|add|write)\ (?:a|your)\ (?:comment|reply).* |join\ the\ (?:conversation|discussion).* |(?:comentarios?|commentaires?|kommentare?|komentarze|комментари\w+|댓글|评论|コメント)(?:\s*\(?\d+\)?)?
      |have\ your\ say.* |what\ do\ you\ think\??)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_FURNITURE_START = re.compile(
    r"""^\W*(?:
      advertise?ments?\b | (?:publicidad|publicité|anzeige|werbung|реклама|reklama|pubblicità|広告|广告|광고)\W*$ | article\ continues\ (?:below|after) | (?:keep|continue)\ reading\b | (?:story|post)\ continues | scroll\ (?:down|to)\ 
      | share\ (?:this|on|via|article|the)\b | share\W*$ | share: | (?:tweet|print|email|copy\ link)\b.{0,30}$ | follow\ (?:us|our|@|me)\b | like\ us\ on | join\ (?:us|our|the\ channel)\b
      | (?:click|tap|press)\ (?:here|on|to)\b | download\ (?:the|our|audio|app|pdf)\b.{0,80}$ | (?:sign|log)\ (?:up|in)\b | subscribe\b | get\ .{0,60}\b(?:inbox|newsletter|by\ (?:e-?mail|message|post))\b | enjoying\ (?:this|the)\b
      | (?:please\ )?support\ (?:us|our|independent)\b | (?:donate|become\ a\ (?:member|patron|friend|supporter|subscriber))\b | tags?\s*: | keywords?\s*: | topics?\s*: | filed\ under\b | posted\ in\b | categor(?:y|ies)\s*: | themes?\s*:
      | views?\s*[:：]\s*\d | (?:\d[\d,. ]*[KM]?)\s*(?:views|shares|likes|reads|min(?:ute)?s?\ read)\b.{0,20}$ | reading\ time\b | \d+\ of\ \d+\b.{0,10}$ | visitor\ (?:number|no)
      | (?:©|\(c\)|copyright\b|all\ rights?\b|no\ unauthori[sz]ed) | (?:photo|image|picture|illustration|video|foto|bild|credit|getty|graphic|фото)\w*\s*(?:credit\w*|courtesy|by)?\s*[:：/©] | (?:file\ (?:photo|picture)|FILE\ -)
      | (?:last\ )?(?:updated|modified|published|posted)\s*(?:on|at)?\s*:?\s*\w{0,10}\W{0,3}\d.{0,60}$ | version\ for\ print | print(?:able)?\ version | found\ (?:a\ )?(?:mistake|typo|error) | spotted\ an?\ error | (?:report|correct)\ an?\ error
      | (?:you['’]ve|you\ have)\ (?:read|reached|used)\b.{0,60}\b(?:articles?|limit|stories)\b | this\ (?:article|story|content)\ is\ (?:for|available)\b.{0,40}subscribers | already\ a\ (?:subscriber|member)
      | skip\ to\b | back\ to\ (?:top|home) | jump\ to\b | home\s*[>›»/|] | play\ (?:video|audio)\b | listen\ to\ this | watch\s*: | loading\b.{0,20}$ | not\ now$ | accept\ all | manage\ (?:cookies|choices|options|preferences)
      | poll\b | vote\s*: | by\ (?:submitting|clicking|signing)\b | enter\ your\ e-?mail | your\ e-?mail\b | thank\ you\ for\ (?:subscribing|signing|reading) | (?:if\ you\ )?(?:no\ longer\ wish|want\ to\ unsubscribe) | unsubscribe\b
      | view\ (?:this|in)\ (?:email|browser|your|the) | view\ online | you\ (?:are\ receiv|receiv|get\ th|got\ th)\w*\b.{0,60}\b(?:because|as)\b | sent\ (?:to|by)\b.{0,80}$ | forwarded\ this | was\ this\ (?:forwarded|helpful)
      | send\ (?:us\ )?(?:your|a)\ (?:tip|news|greeting|photo) | have\ (?:a\ tip|you\ got) | contact\ (?:us|the\ author)\b | write\ to\ us | reach\ us | complaints?\ to\b | all\ (?:the\ )?materials? | when\ (?:using|quoting)\ .{0,30}materials?
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_FURNITURE_INSIDE = re.compile(
    r"""\b(?:we|us)\ and\ (?:our|\d+|up\ to)\b.{0,30}\bpartners\b | \b(?:this\ (?:web)?site|we|our\ (?:web)?site)\b.{0,30}\b(?:uses?|stores?|sets?|needs?)\b.{0,40}\bcookies\b | \bcookies?\ (?:policy|settings|preferences|notice)\b | \bprivacy\ policy\b | \bterms\ (?:of\ (?:use|service)|and\ conditions)\b
      | \ball\ rights\ (?:reserved|belong|to\ the)\b | \b(?:hyper)?link\b.{0,40}\b(?:is\ )?(?:obligatory|required|mandatory)\b | \breference\ to\ .{0,30}\b(?:obligatory|required|mandatory)\b | \bctrl\s?\+\s?enter\b | \b(?:subscribe|sign\ up)\ (?:to|for|on|now)\ (?:our|the|my|us|a)\b
      | \b(?:to|in)\ your\ (?:inbox|mailbox)\b | \bno\ spam\b | \bbecome\ a\ (?:member|monthly|patron|subscriber)\b | \b(?:AP|Reuters|AFP|Getty|EPA|Xinhua|TASS|Yonhap)\b[^.]{0,30}/\s?(?:[A-Z][\w.\- ]+|File|Handout|Pool)\W{0,2}(?:File\)?)?$ | \((?:AP|AFP|Reuters|Getty|EPA)\ (?:Photo|Images|Pictures)[^)]*\)
      | \b(?:file\ photo|file\ picture|handout\ photo)\b | \bunsubscribe\b | \bpowered\ by\b.{0,30}$ | \bterms\ apply\b | \bfree\ trial\b | \bjavascript\b.{0,40}\b(?:enable|disabled|required)\b | \benable\ javascript\b | \bmay\ not\ be\ (?:published|reproduced|redistributed)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_PHOTO_CREDIT = re.compile(
    r"^FILE\s?[-–—]\s|\((?:AP|AFP|Reuters|Getty|EPA|Xinhua|TASS|Yonhap|Kyodo|dpa|ANSA|EFE|UPI)\s?(?:Photo|Images?|Pictures?|via)?\b[^()]{0,60}\)\W*$"
    r"|\b(?:photo|image|picture|foto)s?\s*(?:by|courtesy|credit|:|/|©)[^.!?]{2,60}\W*$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"""^\W*(?:
      (?:original\ )?(?:source|fuente|quelle|fonte|источник|джерело|출처|来源|出典)s?\s*[:：]\s*\S | (?:via|h/t)\ [A-Z] | forwarded\ from\b | by\ materials\ (?:of|from)\b | based\ on\ (?:materials|reports?|reporting|an?\ (?:article|report))\b | по\ материалам\b
      | (?:this\ (?:article|story|report|piece|text|post)|the\ (?:article|story))\ (?:was\ )?(?:originally|first)\b | (?:originally|first)\ (?:published|appeared|posted)\b | (?:re)?(?:printed|published|posted)\ (?:with\ permission|from)\b
      | with\ (?:reporting|material|information|input|files?)\ (?:from|by)\b | (?:translated|adapted|abridged)\ (?:from|by)\b | courtesy\ of\b | con\ información\ de\b | avec\ (?:l['’])?(?:AFP|Reuters|agences)\b | mit\ material\ von\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_STAFF_CREDIT = re.compile(
    r"^\W*(?:additional\s)?(?:reporting|editing|writing|edited|compiled|photography|translation|translated)\s(?:by|from|in)\b.{0,200}$",
    re.IGNORECASE,
)
_ROLE = r"(?:journalist|reporter|correspondent|editor|writer|author|columnist|freelancer?|contributor|producer|photographer|fellow|blogger|staff|analyst|researcher)"
_BIO = re.compile(
    rf"""^(?:[^.!?]{{3,60}}?\s(?:is|was|works|has\ been|serves)\s(?:an?|the|our|as|based)\b[^.!?]{{0,120}}\b{_ROLE}\b | [^.!?,]{{3,40}}\s(?:covers|reports\ on|writes\ (?:about|for|on))\s.{{3,150}}\b(?:for|at|in|from)\s
      | about\ the\ author | follow\ .{{0,40}}\ on\ (?:twitter|x|facebook|bluesky|mastodon|instagram))""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_END_MARK = re.compile(
    r"^\W*(?:-+\s*(?:end|ends|0|30)\s*-+|#{3,}|\*{3,}|_{3,}|={3,}|-{3,}|ends?|\(end\)|\(ends\)|-0-|-30-)\W*$",
    re.IGNORECASE,
)


def opens_related(text: str) -> bool:
    """A heading over links to other stories.

    >>> opens_related("Read also:"), opens_related("Most read"), opens_related("More cameras than pupils were counted.")
    (True, True, False)
    """
    if word_count(text) > _MAX_HEADING_WORDS or (ends_sentence(text) and not text.rstrip().endswith((":", "…", "?"))):
        return False
    return _RELATED_HEADING.match(text) is not None


def opens_comments(text: str) -> bool:
    """A heading over readers' comments.

    >>> opens_comments("Comments (3)"), opens_comments("2 comments"), opens_comments("He made no comments.")
    (True, True, False)
    """
    return word_count(text) <= _MAX_HEADING_WORDS and _COMMENTS_HEADING.match(text) is not None


def is_furniture(text: str) -> bool:
    """Wording of the page itself: sharing, subscribing, cookies, counters, legal lines, photo credits, links to other stories.

    >>> is_furniture("We and our 212 partners value your privacy."), is_furniture("The ministry bought 40 cameras.")
    (True, False)
    """
    if word_count(text) > _MAX_FURNITURE_WORDS:
        return False
    if is_credit(text):
        return False
    return any(
        pattern.search(text)
        for pattern in (_FURNITURE_START, _FURNITURE_INSIDE, _INLINE_RELATED, _END_MARK, _STAFF_CREDIT)
    )


def is_photo_credit(text: str) -> bool:
    """A caption that ends in the credit of an agency's picture, or opens like a file picture's.

    >>> is_photo_credit("Traders at a market. (AFP Photo/Ana Lund, File)"), is_photo_credit("The photo was sold to AFP.")
    (True, False)
    """
    return word_count(text) <= 200 and _PHOTO_CREDIT.search(text) is not None


def is_credit(text: str) -> bool:
    """A line that names where the text was taken from. It is evidence, so it stays with the story.

    >>> is_credit("Source: Northern Wire"), is_credit("Source code was found.")
    (True, False)
    """
    return word_count(text) <= 25 and _CREDIT.match(line(text)) is not None


def is_biography(text: str) -> bool:
    """A closing paragraph about the writer.

    >>> is_biography("Ana Lund is a reporter who covers courts."), is_biography("The reporter was held for a day.")
    (True, False)
    """
    return word_count(text) <= 70 and _BIO.match(text) is not None
