"""Which captured document a voice means that is only described: "the handbook", "union chiefs", "those polled".

A story seldom names its source twice in the same words. A description has no name to match, so it is matched by what is
said in its voice, against the documents that the story draws on, and by the words that it shares with their names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from firsthand.knowledge.cues import cues
from firsthand.records import Document, OriginKind, Speaker, Statement
from firsthand.trace.alignment import Alignment
from firsthand.trace.kinds import document_class, origin_kind, words
from firsthand.trace.publishers import publisher_name

# Mean likeness of statements from which a paper ("the invoice") is the captured report that also has it. No other voice
# is asked for likeness: what counts as like depends on the rest of the case, and a further document must not move it.
SAME_PAPER = 0.3

_STARTS = frozenset("the a an its their his her our this that these those some several many most all both one".split())
_ANSWERING = frozenset({"official-statement", "company-statement", "court-record", "state-media", "own-reporting"})
_RESEARCHES = frozenset({"report", "survey", "journal-article", "expert-assessment"})
_PAPERS = frozenset({"document", "court-record", "dataset"})
_BODIES = ("work", "research", "official", "company", "court", "media")
_WHOSE = frozenset("state national government official chiefs leaders bosses staff members".split())
_MODIFIER = r",|\b(?:of|for|from|in|at|by|on|to|with|that|who|which|whose|written)\b"
_PART_OF = re.compile(
    r"^(?:\w+|\d[\d,.]*) of (?:the |these |those |our )?(?=[\w-]+ ?(?:[a-z]|$))"
)  # "Seven of the nine"
_MANY = frozenset("staff people crew youth personnel men women children police team".split())
_STEM = 5
_MOST_BEARERS = 100  # documents whose names share a word; of more the word says nothing about which is meant
_SMALL = frozenset("the a an of for and in on at to by from with its their his her our this that who which".split())


class Publications(Protocol):
    """What has to be known about captured documents."""

    def published_as(self, document: str) -> OriginKind:
        """What a document is an origin as."""
        ...

    def is_primary(self, document: str) -> bool:
        """Whether it speaks of its own work."""
        ...


def is_described(speaker: Speaker) -> bool:
    """Whether a voice has no name of its own: nothing capitalised but the word that opens it, and that a common one."""
    first, *rest = re.findall(r"[\w’'-]+", speaker.name) or [""]
    if any(word[0].isupper() or any(c.isdigit() for c in word) for word in rest):
        return False
    # "Aldmoor lawyers" is a place and who they are, "Families met by an adviser" opens a sentence.
    crowd = len(rest) > 1 or (bool(rest) and (rest[-1].endswith("s") or rest[-1] in cues().voices["work"]))
    return first[:1].islower() or first.lower() in _STARTS or _is_common(first) or crowd


def describes_people(speaker: Speaker) -> bool:
    """Whether a voice is people in the text's words, however it was sorted: "two operators", "Agents of the north"."""
    core = re.split(_MODIFIER, _PART_OF.sub("", speaker.name))[0]
    first, *rest = re.findall(r"[\w’'-]+", core) or [""]
    head, lexicon = ([first, *rest][-1]).lower(), cues().voices
    if speaker.sort in {"witness", "group"}:
        return True
    if is_paper(speaker) or any(head in lexicon[kind] for kind in _BODIES) or (rest and rest[-1][0].isupper()):
        return False
    counted = first[:1].isdigit() or first.lower() in _STARTS or first[:1].islower() or head.endswith("s")
    people = lexicon["witness"] | lexicon["expert"] | _MANY
    return counted and (head in people or head.removesuffix("s") in people or head.endswith("s"))


def is_paper(speaker: Speaker) -> bool:
    """Whether a voice is a primary document or data set, a deeper source than whoever passes it on."""
    head = _head(speaker)
    return head in _papers() or (document_class(head) is not None and head not in cues().voices["work"])


def stands_for(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    drawn_on: Mapping[str, Sequence[str]],
    known: Publications,
    alignment: Alignment,
) -> Mapping[tuple[str, str], str]:
    """For each document and each voice it only describes, the captured document meant; left out where none is shown.

    `drawn_on` gives the documents that each one draws on, by any number of steps.
    """
    said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.speakers and not known.is_primary(statement.document) and is_described(statement.speakers[-1]):
            said[statement.document, statement.speakers[-1].name].append(statement)
    first = _first_copies(documents)
    primary = [d for d in documents if known.is_primary(d.id) and first[d.id] == d.id]
    named = _by_word(primary)
    found = {}
    for (document, name), voiced in sorted(said.items()):
        sharing = {d.id: d for word in words(name) for d in named.get(word[:_STEM], ()) if d.id != document}
        above = sorted({first[d] for d in drawn_on[document] if known.is_primary(d)} - {document})
        meant = _meant(voiced, sharing.values(), above, known, alignment)
        if meant is not None:
            found[document, name] = meant
    return found


def _first_copies(documents: Iterable[Document]) -> Mapping[str, str]:
    """For each document the first with its text: with a copy beside it, it would no longer be the only one meant."""
    first: dict[str, str] = {}
    ordered = sorted(documents, key=lambda d: (d.published or "9999", d.id))
    return {d.id: first.setdefault(d.text, d.id) for d in ordered}


def _by_word(documents: Iterable[Document]) -> Mapping[str, Sequence[Document]]:
    """Documents by the beginnings of the words in their title and publisher's name; words that very many have left out,
    which keeps the cost in proportion to the case.
    """
    found: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        initials = _initials(publisher_name(document))
        shorter = {initials[:size] for size in range(3, len(initials))}  # "SDW" of the SDW Union
        for beginning in {word[:_STEM] for word in _names_of(document) | shorter}:
            found[beginning].append(document)
    return {word: bearers for word, bearers in found.items() if len(bearers) <= _MOST_BEARERS}


def _meant(
    voiced: Sequence[Statement],
    sharing: Iterable[Document],
    above: Sequence[str],
    known: Publications,
    alignment: Alignment,
) -> str | None:
    speaker = voiced[0].speakers[-1]
    named = sorted(d.id for d in sharing if _shares_name(speaker, d))
    alike = {document: _likeness(voiced, document, alignment) for document in {*named, *above}}
    if len(named) == 1:
        return named[0]
    fitting = [d for d in (named or above) if _may_be(speaker, known.published_as(d))]
    best = max(fitting, key=lambda d: (alike[d], d), default=None)
    if best is None:
        return None
    paper = is_paper(speaker) and known.published_as(best) not in _PAPERS
    return best if not paper or alike[best] >= SAME_PAPER else None


def _likeness(voiced: Iterable[Statement], document: str, alignment: Alignment) -> float:
    heights = [alignment.counterpart(statement, document)[1] for statement in voiced]
    return sum(heights) / len(heights)


def _may_be(speaker: Speaker, published_as: OriginKind) -> bool:
    """Whether a description fits the kind of body: an office or a firm answers for itself, not for who writes of it."""
    head, lexicon = _head(speaker), cues().voices
    if speaker.sort == "person" or head in lexicon["spokesperson"]:
        return False
    if not is_paper(speaker) and not any(head in lexicon[kind] for kind in _BODIES):  # people
        return head.endswith("s") and published_as in _RESEARCHES  # not one, to whom the outlet spoke
    kind = origin_kind(speaker)
    return kind not in _ANSWERING or kind == published_as


def _shares_name(speaker: Speaker, document: Document) -> bool:
    """Whether what a description says beyond "report" or "chiefs" stands in a document's title or publisher's name."""
    lexicon = cues().voices
    own = _names_of(document)
    told = words(speaker.name) - _SMALL - _STARTS
    telling = told - lexicon["work"] - lexicon["spokesperson"] - _WHOSE
    if is_paper(speaker):
        return _head(speaker) in own
    initials = _initials(publisher_name(document))
    return bool(telling) and all(
        any(_same_stem(word, name) for name in own) or (len(word) > 2 and initials.startswith(word)) for word in telling
    )


def _names_of(document: Document) -> frozenset[str]:
    """Words of the title and of the publisher's name, and the initials of the latter."""
    name = publisher_name(document)
    return frozenset(words(f"{document.title or ''} {name}") | {_initials(name)})


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper()).lower()


def _same_stem(a: str, b: str) -> bool:
    """ "auditors" and "audit", "unions" and "union"."""
    shorter, longer = sorted((a, b), key=len)
    return a == b or (len(shorter) >= _STEM and longer.startswith(shorter[: max(_STEM, len(shorter) - 2)]))


def _head(speaker: Speaker) -> str:
    core = re.split(_MODIFIER, speaker.name)[0]
    found = [w.lower() for w in re.findall(r"[\w’'-]+", core.replace("think tank", "think-tank"))]
    return found[-1] if found else ""


def _papers() -> frozenset[str]:
    """Head nouns of primary documents and data, reports left out."""
    lexicon = cues().voices
    return (lexicon["primary"] | lexicon["dataset"]) - lexicon["work"]


def _is_common(word: str) -> bool:
    lower = word.lower()
    return any(lower in kind or lower.removesuffix("s") in kind for kind in cues().voices.values())
