"""Who holds the floor: the turns of a transcript, and voices that go on where a sentence names none."""

from __future__ import annotations

import re

from firsthand.extract.cast import Cast
from firsthand.extract.nouns import words_of
from firsthand.knowledge.cues import cues
from firsthand.records import Document, Span, Speaker

_NAMED = re.compile(
    r"(?:\d{1,4}\. )?(?:The [A-Z]\w+(?: (?:of|for|the|and|[A-Z]\w+)){0,7} \((?P<holder>[^()\n]{3,50})\)"
    r"|(?:The )?(?P<who>(?:[A-Z][\w.’-]+ ){1,4}[A-Z][\w.’-]+)(?:,[^:.\n]{1,60}| \([^)\n]{1,60}\))?): (?=\S)"
)
# "VOICE:" as transcripts write it; one alone may be a heading.
_LABELLED = re.compile(r"(?P<who>[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]+){0,3}): (?=\S)")
_ASKS = frozenset(
    "presenter anchor host interviewer moderator reporter narrator voiceover correspondent studio question q "
    "newsreader announcer".split()
)
_OF_THE_OUTLET = re.compile(
    r"\b[Oo]ur (?:crew|cameras?|cameraman|reporter|newsroom|viewers|listeners|studio|microphone)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|me)\b")
_OF_A_PERSON = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b")
_BODY_KINDS = ("official", "research", "company", "court")


class Turns:
    """The turns of one document that sets down who speaks before each of them ("Ana Ruiz: We never …")."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.text = document.text
        self.cast = cast
        labels = list(re.finditer(rf"(?m)^{_LABELLED.pattern}", document.text))
        self._labelled = len(labels) > 1
        own = {m["who"] for m in labels if _OF_THE_OUTLET.search(self._paragraph(m.start()))}
        self._own = own | {m["who"] for m in labels if document.byline and m["who"].lower() in document.byline.lower()}
        self._several = len(labels) > 1 or len(re.findall(rf"(?m)^{_NAMED.pattern}", document.text)) > 1

    def at(self, sentence: Span, *, opening: bool) -> Speaker | bool | None:
        """Who takes the floor with a sentence: a speaker, None for whoever asks for the outlet, False for nobody.

        Inside a paragraph, not `opening` it, only a known person takes it ("Col. Ruiz: that is untrue.").
        """
        label = _LABELLED.match(self.text, sentence.start, sentence.end) if self._labelled else None
        if label is not None:
            words = set(words_of(label["who"]))
            return None if words & _ASKS or label["who"] in self._own else self._labelled_speaker(label)
        name = _NAMED.match(self.text, sentence.start, sentence.end)
        if name is None:
            return False
        group = "holder" if name["holder"] else "who"
        return self._named_speaker(Span(start=name.start(group), end=name.end(group)), opening)

    def holds_on(self, paragraph: Span) -> bool:
        """Whether whoever has a turn may keep it beyond its paragraph."""
        return self._several or _FIRST_PERSON.search(self.text, paragraph.start, paragraph.end) is not None

    def _paragraph(self, at: int) -> str:
        return self.text[at:].split("\n\n", 1)[0]

    def _labelled_speaker(self, label: re.Match[str]) -> Speaker:
        span = Span(start=label.start("who"), end=label.end("who"))
        wanted = words_of(label["who"])
        for member in self.cast.members:
            own = words_of(member.name)
            if len(own) > len(wanted) and own[-len(wanted) :] == wanted and not member.name.isupper():
                return Speaker(
                    name=member.name, span=span, named_at=member.span, sort="person", role=member.role, of=member.of
                )
        return Speaker(name=label["who"], span=span, sort="witness")

    def _named_speaker(self, span: Span, opening: bool) -> Speaker | bool:
        words = set(words_of(self.text[span.start : span.end]))
        lexicon = cues().voices
        if words & frozenset().union(*(lexicon[kind] for kind in (*_BODY_KINDS, "media"))) - lexicon["spokesperson"]:
            return False
        inside = [m for m in self.cast.within(span) if m.sort in {"person", "unknown"}]
        titled = re.match(r"[A-Z][a-z]{1,5}\. ", self.text[span.start : span.end]) is not None
        if not inside or not (opening or titled or inside[-1].sort == "person"):
            return False
        member = inside[-1]
        return Speaker(name=member.name, span=span, named_at=member.span, sort="person", role=member.role, of=member.of)


def publishes_itself(document: Document) -> bool:
    """Whether a document comes from a body that reports its own work, so that what it says nobody says is its own."""
    words = set(words_of(document.outlet or document.byline or ""))
    return bool(words & frozenset().union(*(cues().voices[kind] for kind in _BODY_KINDS)))


def goes_on(unquoted: str, speaker: Speaker) -> bool:
    """Whether a sentence without a cue still tells what the voice before it told.

    People who tell what they lived through go on while the text speaks of them ("In May she was moved"); a body's
    statement ends with its sentence. `unquoted` is the sentence with quoted speech masked.
    """
    if _FIRST_PERSON.search(unquoted) or unquoted.rstrip().endswith("?"):
        return False
    return speaker.sort in {"person", "witness"} and _OF_A_PERSON.search(unquoted) is not None
