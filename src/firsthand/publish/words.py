"""How the record vocabularies read in English, for people who have never seen the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.publish.visible import one_line
from firsthand.records import Certainty, Counts, Document, How, OriginKind, Speaker, Stance

KINDS: Mapping[OriginKind, str] = {
    "report": "Report",
    "expert-assessment": "Expert assessment",
    "official-statement": "Official statement",
    "company-statement": "Company statement",
    "document": "Document",
    "court-record": "Court record",
    "eyewitness": "Eyewitness",
    "anonymous-source": "Anonymous source",
    "own-reporting": "Own reporting",
    "journal-article": "Journal article",
    "state-media": "State media",
    "survey": "Survey",
    "imagery": "Imagery",
    "dataset": "Data set",
}
HOW_OF: Mapping[How, str] = {
    "reprint": "reprint of",
    "rewrite": "rewrite of",
    "excerpt": "excerpt of",
    "cites": "cites",
}
"""What a document does with what it draws on; the parent's name follows."""
CERTAINTIES: Mapping[Certainty, str] = {
    "stated": "stated as fact",
    "likely": "said to be likely",
    "possible": "said to be possible",
    "doubtful": "said to be doubtful",
    "denied": "denied",
}
STANCES: Mapping[Stance, str] = {"supports": "supports", "disputes": "disputes"}


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`number` and the noun in the right number.

    >>> counted(1, "origin"), counted(2, "origin"), counted(0, "inquiry", "inquiries")
    ('1 origin', '2 origins', '0 inquiries')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def spelled(number: int) -> str:
    """Numbers up to twelve in letters, as newspapers set them; larger ones in figures.

    >>> spelled(9), spelled(1200)
    ('nine', '1,200')
    """
    small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return small[number] if number < len(small) else f"{number:,}"


def tally(counts: Counts) -> tuple[tuple[str, int, str], ...]:
    """The four counts of a finding: what is counted, how many, and both in words; zeros are left out but the first.

    >>> tally(Counts(independent=2, undetermined=0, derived=0, disputed_by=1))
    (('independent', 2, '2 independent origins'), ('disputed', 1, 'disputed by 1 origin'))
    """
    shown = counted(counts.independent, "independent origin") if counts.independent else "no independent origin"
    rest = (
        ("undetermined", counts.undetermined, f"{counts.undetermined} undetermined"),
        ("derived", counts.derived, f"{counts.derived} derived"),
        ("disputed", counts.disputed_by, f"disputed by {counted(counts.disputed_by, 'origin')}"),
    )
    return (("independent", counts.independent, shown), *(part for part in rest if part[1]))


def resting(documents: int) -> str:
    """How many documents rest on an origin, as a clause.

    >>> resting(1), resting(3), resting(0)
    ('1 document rests on it', '3 documents rest on it', 'no statement rests on it')
    """
    if not documents:
        return "no statement rests on it"
    return f"{counted(documents, 'document')} {'rests' if documents == 1 else 'rest'} on it"


def outlet(document: Document) -> str:
    """Who published it, or words for not knowing."""
    return one_line(document.outlet or "") or "Unnamed outlet"


def title(document: Document) -> str:
    """Its title, else the beginning of its text, else words for having neither."""
    if document.title and document.title.strip():
        return one_line(document.title)
    opening = one_line(document.text[:200])
    if not opening:
        return "Untitled"
    return opening if len(opening) <= 80 else opening[:80].rsplit(" ", 1)[0] + " …"


def date(document: Document) -> str:
    """The day it was published in EDTF, without the time of day."""
    return one_line(document.published or "").split("T", 1)[0] or "undated"


def voice(speaker: Speaker) -> str:
    """A voice with its office and the body it speaks for, as far as the document gives them."""
    name = one_line(speaker.name)
    extra = [one_line(part) for part in (speaker.role, speaker.of) if part]
    known = [part for part in extra if part.casefold() not in name.casefold()]
    return f"{name} ({', '.join(known)})" if known else name


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
