"""Names of those who publish, as letterheads, footers and senders write them: bodies, papers, firms, their desks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from firsthand.read.names import title_parts
from firsthand.read.wording import flat, word_count

_BODY = re.compile(
    r"\b(?:academy|administration|agency|archive|assembly|association|authority|bank|board|bureau|cabinet|central|centre|center"
    r"|chamber|chancellery|church|city|club|coalition|collective|college|command|commission|commissioner|committee|confederation"
    r"|congress|consortium|constabulary|cooperative|corps|council|court|customs|department|directorate|embassy|federation|forum"
    r"|foundation|fund|government|guard|headquarters|hospital|house of|inspectorate|institute|institution"
    r"|laborator(?:y|ies)|labs?"
    r"|league|library|ministry|mission|municipality|museum|network|observatory|office|ombudsman|organi[sz]ation|parliament|party"
    r"|police|polytechnic|prefecture|prosecutor|registry|registrar|school|secretariat|senate|service|sheriff|society|treasury"
    r"|tribunal|trust|union|university|works council)\b",
    re.IGNORECASE,
)
"""What public bodies, courts, research bodies and associations call themselves, in English."""
PAPER = re.compile(
    r"\b(?:post|gazette|herald|times|news|newswire|daily|weekly|tribune|courier|journal|observer|monitor|standard|radio|channel"
    r"|television|tv|fm|agency|press|wire|bulletin|review|magazine|ledger|record|chronicle|dispatch|echo|voice|today|online|mail"
    r"|star|sun|telegraph|guardian|examiner|inquirer|mirror|digest|report|watch|annals|proceedings|transactions|broadcasting)\b"
    r"|\w\.(?:com|org|net|info|press|media|news)\b",
    re.IGNORECASE,
)
"""What newspapers, stations, agencies and journals call themselves, in English."""
_FIRM = re.compile(
    r"\b(?:Inc|Ltd|LLC|LLP|GmbH|S\.?A|SRL|Co|Corp|Corporation|Limited|AG|AB|Oy|BV|PLC|plc|Pte|Pty|Systems|Technologies|Holdings)\b"
)
_POLITY = re.compile(
    r"^(?:the\s)?(?:\w+\s){0,2}(?:republic|kingdom|state|federation|commonwealth|union|principality|emirate|sultanate|province"
    r"|government)\s+of\s+(?:the\s)?[\w'’-]+(?:\s[\w'’-]+)?$",
    re.IGNORECASE,
)
_DESK = (
    r"(?:(?:the\s)?(?:press|media|communications?|public affairs|public relations|information|news"
    r"|corporate communications)\s+"
    r"(?:office|desk|service|team|department|unit|centre|center|section|relations|contact)|(?:the\s)?(?:newsroom|press|communications"
    r"|corporate communications|media relations|public relations|public affairs))"
)
_DESK_FIRST = re.compile(rf"^{_DESK}\s*(?:,|\s[-–—]\s|\bof\b|\bat\b)\s*(?:the\s+(?=[a-z]))?", re.IGNORECASE)
_DESK_LAST = re.compile(rf"\s*(?:,|\s[-–—]\s|\()\s*{_DESK}\)?$|\s+press office$", re.IGNORECASE)
_BEFORE_COURT = re.compile(r"^(?:in|before)\s+the\s+", re.IGNORECASE)
_VOLUME = re.compile(
    r"(?:,|:|\s[-–—])?\s+(?:(?:vol(?:ume)?|no|nr|number|issue|edition|series|p{1,2}|pages?)\b\.?\s*\d|#\s?\d|\d+\s*[(:,]).*$",
    re.IGNORECASE,
)
"""Volume, number and pages behind the name of a periodical."""
_AFTER_NAME = re.compile(r"\s*\([^()]*\)\s*$")
_SMALL_WORDS = frozenset("a an and at by de del der di du for in la of on the to van von with y".split())
_NAME_LINK = re.compile(r"^(?:of|for|and|the|on|in|de|del|der|di|du|la|le|van|von|y|e|&|[–—-])$", re.IGNORECASE)
_MAX_NAME_WORDS = 12
_MAX_LINE_CHARACTERS = 300
_KIND_ENDS = re.compile(r"\s*$|\s+(?:of|for|on)\b|\s*,", re.IGNORECASE)


def is_body(text: str) -> bool:
    """Whether a short text is the name of a public body, a court, an association or the like, or of a firm.

    >>> is_body("Ministry of Harbours"), is_body("Clerk to the town"), is_body("Harbour Systems Ltd")
    (True, False, True)
    """
    return is_name(text) and (_BODY.search(text) or _FIRM.search(text)) is not None


def is_publisher(text: str) -> bool:
    """Whether a short text is the name of a body or of a paper, a station, an agency, a journal.

    >>> is_publisher("THE HARBOUR POST"), is_publisher("News of the harbour is bad")
    (True, False)
    """
    return is_body(text) or (is_name(text) and PAPER.search(text) is not None)


def is_named_body(text: str) -> bool:
    """Whether a line is nothing but a body's name: its kind ends it, or "of" or "for" follows the kind.

    >>> is_named_body("Harbour Inspection Office"), is_named_body("Ministry of Ports"), is_named_body("Police Buy")
    (True, True, False)
    """
    kinds = list(_BODY.finditer(text))
    plain = re.search(r"[\d:]", text) is None and word_count(text) > 1
    return plain and is_name(text) and any(_KIND_ENDS.match(text, kind.end()) for kind in kinds)


def is_name(text: str) -> bool:
    """Whether every word is capital but the small ones between.

    >>> is_name("Tundra & Town"), is_name("Bank of the North"), is_name("Drones at night")
    (True, True, False)
    """
    words = text.split()
    return (
        0 < len(words) <= _MAX_NAME_WORDS
        and not words[-1].islower()
        and all(word[:1].isupper() or not word[:1].isalpha() or _NAME_LINK.match(word) for word in words)
    )


def publisher_in(text: str) -> str:
    """The publisher's name in a line of a letterhead or a sender's name, without desk, section, state and wrapping.

    >>> publisher_in("IN THE HIGH COURT OF TORSUND (CIVIL SIDE)"), publisher_in("Press Office, Ministry of Harbours")
    ('HIGH COURT OF TORSUND', 'Ministry of Harbours')
    >>> publisher_in("REPUBLIC OF TORSUND - OFFICIAL GAZETTE"), publisher_in("The Harbour Post - News - Courts")
    ('OFFICIAL GAZETTE', 'The Harbour Post')
    """
    name = _AFTER_NAME.sub("", _VOLUME.sub("", text)).strip() or text
    if _BODY.search(name):
        name = _BEFORE_COURT.sub("", name)
    name = _DESK_LAST.sub("", _DESK_FIRST.sub("", name)) or name
    parts = title_parts(name)
    if len(parts) > 1:
        own = [part for part in parts if not _POLITY.match(part)]
        own = [part for part in own if not names_document(part) or is_body(part)] if len(own) > 1 else own
        named = [part for part in own if is_publisher(part) and word_count(part) > 1]
        name = named[0] if named else own[0] if len(own) == 1 and word_count(own[0]) > 1 else name
    return re.sub(r",\s+(?:\w+\s+)?(?:section|chamber|division|registry|bench|branch)$", "", name, flags=re.IGNORECASE)


def is_desk(text: str) -> bool:
    """Whether a name says only which desk of a body it is.

    >>> is_desk("Press office"), is_desk("The Harbour Post")
    (True, False)
    """
    return re.fullmatch(_DESK, text, re.IGNORECASE) is not None


def is_polity(text: str) -> bool:
    """Whether a line names a state and nothing that publishes.

    >>> is_polity("REPUBLIC OF TORSUND"), is_polity("BANK OF THE REPUBLIC")
    (True, False)
    """
    return _POLITY.match(text) is not None


def issuer_before(text: str, *, any_name: bool = False) -> str | None:
    """The body that a title names before the kind and number of its own paper, as in "Harbour Office: Notice 7".

    With `any_name` also a name that says of no kind what it is.

    >>> issuer_before("Harbour Office: Notice 7 of 2 May 2031"), issuer_before("City Council: Report finds misuse")
    ('Harbour Office', None)
    """
    parts = re.split(r"\s*:\s+|,\s+|\s[-–—]\s", text, maxsplit=1)
    own = len(parts) == 2 and (is_body(parts[0]) or (any_name and is_name(parts[0]))) and _OWN_PAPER.match(parts[1])
    return parts[0] if own and word_count(parts[0]) > 1 else None


_KIND = (
    r"(?:act|affidavit|agenda|agreement|announcement|annex|answers?|appendix|application|audit|award|bill|brief(?:ing)?|brochure|call"
    r"|case|catalogue|certificate|circular|claim|code|communication|communiqu[eé]|complaint|contract|declaration|decision|decree"
    r"|determination|directive|evidence|extract|files?|form|guide|guidelines|handbook|hearing|indictment|instructions?|invitation"
    r"|invoice|judge?ment|law|letter|licen[cs]e|manual|memo(?:randum)?|minutes|motion|notes?|notices?|notification|opinion|order"
    r"|ordinance|paper|permit|petition|plan|policy|protocol|questions?|regulations?|release|replies|reply|report|request|resolution"
    r"|response|rul(?:es|ing)|schedule|sitting|specifications?|statement|study|submission|summons|survey|tender|testimony|transcript"
    r"|verdict|warrant)"
)
_DOCUMENT = re.compile(rf"^\W*(?:[\w'’/-]+\s+){{0,5}}?{_KIND}\b", re.IGNORECASE)
_OWN_PAPER = re.compile(
    rf"^(?:[\w'’-]+\s+){{0,3}}?{_KIND}\s*(?:$|[,;(]|\b(?:no|nr|number|part|chapter|of|for|volume)\b|[\w/-]*\d)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(rf"^\W*(?:[\w'’/-]+\s+){{0,3}}?{_KIND}\b.*\d", re.IGNORECASE)


def names_document(text: str) -> bool:
    """Whether a line opens with the kind of an official or other paper.

    >>> names_document("Minutes of the sitting"), names_document("Operator's manual"), names_document("Harbour drones")
    (True, True, False)
    """
    return _DOCUMENT.match(text) is not None


def is_reference(text: str) -> bool:
    """Whether a line calls its paper by kind and number or day.

    >>> is_reference("Circular 12/2031"), is_reference("Press release no. 7, 3 May 2031"), is_reference("3 May 2031")
    (True, True, False)
    """
    return word_count(text) <= 20 and _REFERENCE.match(text) is not None


def spelled(name: str, text: str) -> str:
    """A name set in capitals as `text` writes it, or else with capitals at the words' beginnings only.

    >>> spelled("HARBOUR OFFICE OF TORSUND", "The harbour."), spelled("NPA", "It is NPA.")
    ('Harbour Office of Torsund', 'NPA')
    """
    words = name.split()
    if not name.isupper() or len(words) < 2:
        return name
    written = re.search(re.escape(name), text, re.IGNORECASE)
    if written and not written[0].isupper() and is_name(written[0]):
        return written[0]
    return " ".join(_lowered(word, first=place == 0) for place, word in enumerate(words))


def _lowered(word: str, *, first: bool) -> str:
    """A word without a vowel is an abbreviation and keeps its capitals."""
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    if not re.search(r"[AEIOUYÀ-Þ]", word) or re.search(r"\d|\.\w", word):
        return word
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda run: run[0][:1] + run[0][1:].lower(), word)


def spelled_out(abbreviation: str, texts: Iterable[str]) -> str | None:
    """The name in one of the texts whose capitals are the letters of an abbreviation.

    >>> spelled_out("NPA", ["World | Sport", "Lind, Northern Press Agency, 3 May"])
    'Northern Press Agency'
    >>> spelled_out("NPA", ["No Plain Air today"]) is None
    True
    """
    letters = re.sub(r"\W", "", abbreviation)
    if not 2 <= len(letters) <= 6 or not letters.isupper():
        return None
    start = rf"\b{letters[0]}[\w'’-]+"
    rest = "".join(rf"(?:\s+(?:of|and|the|for|&|de|y|e))*[\s-]+{letter}[\w'’]+" for letter in letters[1:-1])
    last = rf"(?:\s+(?:of|and|the|for|&|de|y|e))*[\s-]+{letters[-1]}[\w'’]+"
    name = re.compile(start + rest + last)
    for text in texts:
        found = name.search(text[:_MAX_LINE_CHARACTERS])
        if found and (PAPER.search(found[0]) or _BODY.search(found[0]) or flat(found[0]) == flat(text)):
            return found[0]
    return None
