"""Which words on a page caption a picture: those in an element that says so, and those beside it in a box of their own.

A caption's element names itself: `figcaption`, or a class with one of the words that templates use for it. It belongs
to the smallest box around it that also holds a picture's address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from firsthand.read.bylines import byline_in
from firsthand.read.clutter import is_hard
from firsthand.read.markup import Element
from firsthand.read.wording import line, word_count

MAX_CAPTION_CHARACTERS = 500
MIN_CAPTION_WORDS = 3
_NAMES = re.compile(
    r"caption|cutline|bildunterschrift|bildtext|bildetekst|billedtekst|bijschrift|onderschrift|kuvateksti|didascali"
    r"|piedefoto|piefoto|leyenda|epigrafe|(?:img|image|photo|foto|picture|media|bild)[-_]{0,2}"
    r"(?:desc(?:ription)?|info|text|legende?|underline)(?![a-z])",
    re.IGNORECASE,
)
"""As parts of class names; the templates of the larger languages of the web."""
_NOT_NAMES = re.compile(r"no-?caption|caption-?(?:toggle|button|icon)|closed-?caption", re.IGNORECASE)
_SHOWN = frozenset("img amp-img source video noscript picture".split())
_SHOWN_LATER = frozenset("a div span".split())
"""What may carry the address of a picture that a page loads by script."""
_MAX_UP = 5
"""How many elements above a caption its box may be, and above a picture what says whose it is."""
_MAX_BOX = 40_000
"""Characters of source; pages write up to twenty addresses of a few hundred each for one picture."""
_MAX_BOX_ELEMENTS = 100
"""What has more of them is no caption's; in a picture's box what stands after so many is not looked at."""
_MAX_BETWEEN = 1_000
"""Characters of source between a picture and the caption that follows it without a box around both."""
_FOREIGN_TAGS = frozenset("nav footer dialog form".split())
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_FOREIGN = re.compile(
    r"(?:^|[\s_-])(?:related|relacionad[ao]s?|recommend(?:ed|ations?)?|teasers?|promos?|promoted|sponsor(?:ed)?|adverts?"
    r"|advertisement|banner|authors?|byline|bio|avatar|comments?|newsletters?|subscribe|popular|trending|most-?read|more"
    r"|latest|recirc|outbrain|taboola|share|social|card|podcast|menu|logo)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Captioned:
    """A caption, the box that it shares with its picture, and the picture's address as the page writes it."""

    box: Element
    text: str
    address: str


def captioned_boxes(
    scope: Element, story: Collection[Element], address_of: Callable[[Element], str]
) -> Iterator[Captioned]:
    """Every captioned picture below `scope` that is not another story's, in document order; address empty if none.

    `story` are the elements that hold some of the story's own text, `address_of` says where an element's picture is.
    """
    boxes = _Boxes(story, address_of)
    read_to = 0
    picture: Element | None = None
    for element in scope.walk():
        if element.tag in _SHOWN and address_of(element):
            picture = element
        if element.start < read_to or element in story or not _is_caption(element):
            continue
        read_to = element.end
        text = as_caption(element.plain())
        box, address = boxes.around(element)
        if box is None and picture is not None and _is_right_before(picture, element):
            box, address = element, address_of(picture)
        if text is not None and box is not None and not _is_extra(box) and not is_foreign(box, story):
            yield Captioned(box, text, address)


def as_caption(text: str) -> str | None:
    """A caption in these words; None without three of them, and for the line that names the story's author."""
    text = line(text)
    enough = word_count(text) >= MIN_CAPTION_WORDS and byline_in(text) is None
    return text[:MAX_CAPTION_CHARACTERS] if enough else None


def is_foreign(box: Element, story: Collection[Element]) -> bool:
    """Whether something around a picture, below what holds the story, links it to another page or calls it an extra."""
    for above in _up(box):
        if above in story:
            return False
        if above.tag in _FOREIGN_TAGS or is_hard(above.tag, _names(above)) or _FOREIGN.search(_names(above)):
            return True
        if above.tag == "a" and above.plain() and not _PICTURE_FILE.search(above.get("href")):
            return True
    return False


def _is_extra(box: Element) -> bool:
    """A box of links beside the story; a figure's own class tells only how it is shown."""
    return box.tag != "figure" and _FOREIGN.search(_names(box)) is not None


def _names(element: Element) -> str:
    return f"{element.get('class')} {element.get('id')}"


def _is_caption(element: Element) -> bool:
    if element.tag == "figcaption":
        return True
    names = element.get("class")
    return (
        bool(names)
        and _NAMES.search(names) is not None
        and not _NOT_NAMES.search(names)
        and not _holds_picture(element)
    )


def _holds_picture(element: Element) -> bool:
    """Also true of what is too large to tell: a caption has few elements."""
    inside = list(_first_elements(element))
    return len(inside) == _MAX_BOX_ELEMENTS or any(each.tag in _SHOWN or each.tag == "figure" for each in inside)


def _is_right_before(picture: Element, caption: Element) -> bool:
    return caption.start - picture.end <= _MAX_BETWEEN and any(above is caption.parent for above in _up(picture))


class _Boxes:
    """The boxes around captions, each looked into once."""

    def __init__(self, story: Collection[Element], address_of: Callable[[Element], str]) -> None:
        self.story = story
        self.address_of = address_of
        self.known: dict[Element, str] = {}

    def around(self, caption: Element) -> tuple[Element | None, str]:
        """The smallest box that also holds a picture, with its address, or else the figure; None for neither."""
        figure = None
        for above in _up(caption):
            if above in self.story or above.end - above.start > _MAX_BOX:
                break
            if above not in self.known:
                self.known[above] = self._address_in(above)
            if self.known[above]:
                return above, self.known[above]
            figure = above if above.tag == "figure" else figure
        return figure, ""

    def _address_in(self, box: Element) -> str:
        """The address of the picture in a box: that of an image, or else of what stands in for one."""
        later = ""
        for each in _first_elements(box):
            if each.tag in _SHOWN and (found := self.address_of(each)):
                return found
            if not later and each.tag in _SHOWN_LATER and each is not box:
                later = self.address_of(each)
        return later


def _first_elements(box: Element) -> Iterator[Element]:
    """A box and the elements in it, in document order, up to as many as a picture's own box may have."""
    stack = [box]
    for _ in range(_MAX_BOX_ELEMENTS):
        if not stack:
            return
        element = stack.pop()
        yield element
        stack.extend(reversed([child for child in element.children[:_MAX_BOX_ELEMENTS] if isinstance(child, Element)]))


def _up(element: Element) -> Iterator[Element]:
    return islice(element.ancestors(), _MAX_UP)
