"""E-mail: newsletters and forwarded stories. A letter is one document, a round-up of stories one a story."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser

from firsthand.read.bodies import is_desk, is_name, is_named_body, is_publisher, publisher_in, spelled
from firsthand.read.bylines import is_name_line
from firsthand.read.dates import mail_date
from firsthand.read.encoding import Decoded, decode
from firsthand.read.html import fragment_passages
from firsthand.read.letter_pieces import html_pieces, text_pieces
from firsthand.read.letter_stories import stories_of
from firsthand.read.mail_bytes import Placed, placed
from firsthand.read.markup import TooManyElementsError
from firsthand.read.names import copyright_holder
from firsthand.read.plain import letter_passages
from firsthand.read.round_ups import round_up
from firsthand.read.story import Passage, Source, Story
from firsthand.read.wording import flat, line, word_count
from firsthand.records import Refusal

MAX_MAIL_BYTES = 40_000_000
_MAX_PARTS = 200
_MAX_HEADER_CHARACTERS = 20_000
_HEADER = re.compile(
    rb"^(?:From |(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|Sender"
    rb"|List-[\w-]+|X-[\w-]+|Reply-To|DKIM-Signature):)",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|wg|aw|tr|rv)\s*:\s*)+", re.IGNORECASE)
_LIST = re.compile(r"^\[[^\[\]]{2,60}\]\s+(?=\S)")
"""What a mailing list puts before every subject."""
_PERSON_OF = re.compile(r"(?P<person>[^,(|]+?)\s*(?:,|\||\s[-–—]\s|\()\s*(?P<outlet>[^,()|]+)\)?")
"""A display name such as "Ida Moen, Harbour Post" or "Ida Moen (Harbour Post)"."""
_MAX_SIGNATURE_LINES = 8
_MAX_SIGNATURE_WORDS = 12
_WEB_VIEW = re.compile(
    r"(?:view|read|open)[^\n]{0,60}?(?:web|browser|online|app)[^\n]{0,40}?[\s(<]*(https?://[^\s<>\"')\]]+)",
    re.IGNORECASE,
)
_MAX_ROUND_UP_CHARACTERS = 1_000_000
"""Ten times the longest newsletter that we met; a larger letter is a dump, and looking at each line twice is slow."""
_MIN_HTML_SHARE = 0.5
"""With less than half the words of the plain alternative, the markup hid the letter from us."""


class Letter:
    """RFC 5322 messages with text in plain or HTML parts, in any transfer encoding. Attachments are not opened."""

    name = "mail"
    suffixes = ("eml", "mbox", "mht", "mhtml")

    def recognises(self, content: bytes) -> bool:
        """At least two known header fields before the first blank line, from the first line on."""
        head = re.split(rb"\r?\n\r?\n", content[:16_384].lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
        return _HEADER.match(head) is not None and len(set(_HEADER.findall(head))) >= 2

    def read(self, source: Source) -> tuple[Story, ...] | Refusal:
        """Its stories, mostly one, or a refusal: too large, broken, without text."""
        content = source.content
        if len(content) > MAX_MAIL_BYTES:
            return source.refuse(
                "too-large", f"The message has {len(content):,} bytes.", "Save the message without its attachments."
            )
        if len(re.findall(rb"(?im)^content-type:\s*(?:multipart|message)/", content)) > _MAX_PARTS:
            return source.refuse(
                "mail-broken",
                "The message nests more parts than any letter does.",
                "Save the text of the message as .txt.",
            )
        try:
            message = BytesParser(policy=policy.compat32).parsebytes(content)
        except (MessageError, ValueError, LookupError) as error:
            return source.refuse(
                "mail-broken",
                f"The message cannot be taken apart ({type(error).__name__}).",
                "Save the text of the message as .txt.",
            )
        stories = _stories(message, content)
        if not stories:
            return source.refuse(
                "no-main-text",
                "The message holds no text, only attachments or empty parts.",
                "Save the attachments as files and add those.",
            )
        return stories


@dataclass(slots=True)
class _Text:
    """The text of one part of a message."""

    decoded: Decoded
    bytes: Placed


@dataclass(slots=True)
class _Body:
    """The text parts of a message."""

    plain: _Text | None = None
    html: _Text | None = None
    attachments: int = 0


def _stories(message: Message, content: bytes) -> tuple[Story, ...]:
    """The stories of a message; none when it has no text."""
    body = _body(message, content)
    title = _LIST.sub("", _FORWARDED.sub("", _header(message, "Subject")))
    chosen, passages = _chosen(body)
    if chosen is None or not passages:
        return ()
    letter = _letter(message, body, title, passages)
    found = None
    if len(chosen.decoded.text) <= _MAX_ROUND_UP_CHARACTERS:
        found = round_up(html_pieces(chosen.decoded) if chosen is body.html else text_pieces(chosen.decoded))
    if found is None:
        own = tuple(passage for passage in passages if flat(passage.text) != flat(title))
        stories: tuple[Story, ...] = (replace(letter, passages=own),) if own else ()
    else:
        stories = stories_of(found, replace(letter, url=None), _sender(_header(message, "From"))[1].partition("@")[2])
    return tuple(_placed(story, chosen.bytes) for story in stories)


def _letter(message: Message, body: _Body, title: str, passages: tuple[Passage, ...]) -> Story:
    """What the message says about itself, with its passages."""
    date = mail_date(_header(message, "Date")) if message["Date"] else None
    parts = [part.decoded for part in (body.html, body.plain) if part is not None]
    notes = (f"mail: {body.attachments} attachments were not read",) if body.attachments else ()
    outlet, person = _outlet(message, body, passages)
    view = _WEB_VIEW.search(body.plain.decoded.text[:4000]) if body.plain else None
    return Story(
        passages=passages,
        title=title or None,
        outlet=outlet,
        byline=person,
        published=date,
        published_from="mail Date" if date else None,
        language=_header(message, "Content-Language") or None,
        url=view[1] if view else None,
        warnings=(*dict.fromkeys(warning for part in parts for warning in part.warnings), *notes),
    )


def _body(message: Message, content: bytes) -> _Body:
    body, at = _Body(), 0
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            body.attachments += 1
            continue
        found = placed(part, content, at)
        decoded = decode(found.content, part.get_content_charset()) if found and found.content.strip() else None
        if found is None or decoded is None:
            continue
        at = found.after
        if kind == "text/html":
            body.html = body.html or _Text(decoded, found)
        elif body.plain is None:
            body.plain = _Text(decoded, found)
    return body


def _chosen(body: _Body) -> tuple[_Text | None, tuple[Passage, ...]]:
    """The HTML part, or the plain part where that says more, with its passages."""
    plain = letter_passages(body.plain.decoded) if body.plain else ()
    if body.html is None:
        return body.plain, plain
    try:
        html = fragment_passages(body.html.decoded)
    except TooManyElementsError:
        return body.plain, plain
    return (body.html, html) if _words(html) >= _MIN_HTML_SHARE * _words(plain) else (body.plain, plain)


def _placed(story: Story, part: Placed) -> Story:
    """The story with its bytes counted from the start of the message."""
    passages = (replace(passage, byte_range=part.moved(passage.byte_range)) for passage in story.passages)
    return replace(story, passages=tuple(passages))


def _words(passages: tuple[Passage, ...]) -> int:
    return sum(word_count(passage.text) for passage in passages)


def _header(message: Message, name: str) -> str:
    """A header field as one line, its encoded words decoded, as far as any honest one goes."""
    value = message[name]
    if value is None:
        return ""
    value = str(value)[:_MAX_HEADER_CHARACTERS]
    from email.header import decode_header  # only for letters

    try:
        parts = decode_header(value)
    except (MessageError, ValueError):
        return line(value)
    texts = []
    for part, charset in parts:
        found = decode(part, charset) if isinstance(part, bytes) else None
        texts.append(part if isinstance(part, str) else found.text if found else "")
    return line("".join(texts))


def _outlet(message: Message, body: _Body, passages: tuple[Passage, ...]) -> tuple[str | None, str | None]:
    """Who publishes the letter, and the person who sent it: where the sender is a person, a desk or an address alone,
    the body that they write for.
    """
    sender = _header(message, "From")
    name, address = _sender(sender)
    person = name if name and _is_person(name, address) else None
    if name and not person:
        match = _PERSON_OF.fullmatch(name)
        if match and _is_person(match["person"], address):
            return publisher_in(match["outlet"]), match["person"]
        named = publisher_in(_from_outlet(name))
        if not is_desk(named):
            return named, None
    stated = (_header(message, "Organization"), _header(message, "Organisation"), _list_name(message))
    lines = body.plain.decoded.text.splitlines() if body.plain else [passage.text for passage in passages]
    outlet = next((text for text in (*stated, _signed(lines, person)) if text), None)
    host = address.partition("@")[2].lower()
    return outlet or name or host or line(sender) or None, person if outlet else None


def _list_name(message: Message) -> str:
    """The mailing list's own name, as RFC 2919 puts it before its identifier."""
    return _header(message, "List-Id").partition("<")[0].strip(" \"'")


def _signed(lines: list[str], person: str | None) -> str | None:
    """The body in the letter's head, in the lines under its writer's name, or behind the mark of copyright."""
    short = [text for text in map(line, lines) if text and word_count(text) <= _MAX_SIGNATURE_WORDS]
    names = [text for text in map(line, lines[:3]) if is_publisher(publisher_in(text)) and is_name(text)]
    last = [text for text in short[-_MAX_SIGNATURE_LINES:] if text != person]
    names += [part for text in last for part in text.split(", ") if is_named_body(publisher_in(part))]
    held = (copyright_holder(text) for text in last)
    return next((spelled(publisher_in(name), "") for name in names), None) or next(filter(None, held), None)


def _sender(value: str) -> tuple[str | None, str]:
    """The sender's display name and address."""
    match = re.match(r"""^\s*["']?(?P<name>[^<"]*?)["']?\s*<(?P<address>[^<>@]*@[^<>\s]+)>""", value)
    if match:
        return line(match["name"]) or None, match["address"]
    address = re.search(r"[\w.+-]+@[\w.-]+", value)
    return None, address[0] if address else ""


def _from_outlet(name: str) -> str:
    """Of a person "from" or "at" an outlet, the outlet."""
    outlet = re.search(r"\b(?:from|at|via|von|de)\s+(.+)$", name)
    return outlet[1] if outlet else name


def _is_person(name: str, address: str) -> bool:
    """Whether a name has the form of a person's, who writes from an address of their own and not of a desk."""
    own = re.split(r"[._+-]", address.partition("@")[0].lower())
    parts = [part.lower() for part in name.split()]
    named = any(len(word) > 1 and (word in part or part in word) for word in own for part in parts if len(part) > 2)
    return len(parts) in (2, 3) and is_name_line(name) and named and not is_publisher(name)
