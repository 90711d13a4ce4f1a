"""The account of one derivation: its evidence in plain words, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from firsthand.records import Derivation, Evidence, How, Span
from firsthand.trace.credit_words import around
from firsthand.trace.derive_links import Compared, Link
from firsthand.trace.reuse import Shared, is_figure

SHOWN_DETAILS: Final = 6


def explain(link: Link, how: How, known: Compared, errors: Sequence[Evidence] = ()) -> Derivation:
    """The derivation with its evidence, strongest kind first."""
    child, parent = known.profiles[link.child].document, known.profiles[link.parent].document
    credited = link.named or (link.weighed.cites and (how == "cites" or known.primary[link.parent]))
    evidence = [
        *_credit(link, known, credited),
        *errors,
        *_wording(link, known),
        *_details(link, known),
        *link.ruling.evidence,
    ]
    return Derivation(
        child=child.id,
        parent=parent.id,
        how=how,
        credited=credited,
        confidence=confidence(link, how, len(errors)),
        evidence=tuple(evidence),
    )


def confidence(link: Link, how: How, errors: int = 0) -> float:
    """0.3 to 0.99: what the evidence is worth, times how sure the direction is. Judgement, not a frequency."""
    weight = link.telling.weight
    if how in ("reprint", "excerpt"):
        value = 0.88 + 0.11 * min(1.0, link.wording.child_share)
    elif link.credited and not link.named:
        value = 0.5 + 0.4 * link.weighed.cited
    elif link.credited:
        value = 0.75 + min(0.2, weight / 40)
    else:
        value = 0.5 + min(0.4, weight / 25) + (0.1 if errors else 0.0)
    return round(min(0.99, max(0.3, value * (0.5 + 0.5 * link.ruling.certainty))), 2)


def _credit(link: Link, known: Compared, credited: bool) -> Iterator[Evidence]:
    """Where the parent is named, or described and meant: a retelling that says "a report" names no newspaper by it."""
    mention = link.weighed.mention
    if link.credit is not None:
        yield link.credit.evidence
    elif credited and mention.sentence >= 0:
        prof = known.profiles[link.child]
        sentence = prof.sentences[mention.sentence]
        span = Span(start=sentence.start, end=sentence.end)
        yield Evidence(kind="cue", text=f"speaks of it: “{around(prof.document.text, sentence, span)}”", child=span)


def _wording(link: Link, known: Compared) -> Iterator[Evidence]:
    longest = link.wording.longest()
    if longest is None or link.wording.words < 12:
        return
    child, parent = known.profiles[link.child], known.profiles[link.parent]
    mine, theirs = child.span(longest.child, longest.length), parent.span(longest.parent, longest.length)
    text = (
        f"{link.wording.words} of {len(child.folded)} words stand word for word in the other document, "
        f"{longest.length} of them in one run"
    )
    yield Evidence(kind="shared-passage", text=text, child=mine, parent=theirs)


def _details(link: Link, known: Compared) -> Iterator[Evidence]:
    shared = sorted(link.telling.shared, key=lambda s: (not is_figure(s.key), -s.weight, s.child.start))
    telling = [s for s in shared if s.weight >= 0.3][:SHOWN_DETAILS] or _scattered(link, known)
    if not telling:
        return
    text = known.profiles[link.child].document.text
    alone = all(known.rarity.holders(s.key) <= 2 for s in telling)
    tail = "no other document does" if alone else "few other documents do"
    words = "both give " + ", ".join(f"“{_shown(s, text)}”" for s in telling) + f"; {tail}"
    first = telling[0]
    yield Evidence(
        kind="shared-detail",
        text=words,
        child=Span(start=first.child.start, end=first.child.end),
        parent=Span(start=first.parent.start, end=first.parent.end),
    )


def _scattered(link: Link, known: Compared) -> list[Shared]:
    """The rarest details that both give where no two sentences match, as in a story that was reworded throughout."""
    if not link.weighed.tells:
        return []
    theirs = {d.key: d for s in known.profiles[link.parent].sentences for d in s.details}
    found = {
        d.key: Shared(
            key=d.key, child=d, parent=theirs[d.key], weight=d.weight * known.rarity.of(d.key), sentence=number
        )
        for number, sentence in enumerate(known.profiles[link.child].sentences)
        for d in sentence.details
        if d.key in theirs
    }
    return sorted(found.values(), key=lambda s: (-s.weight, s.child.start, s.key))[:SHOWN_DETAILS]


def _shown(shared: Shared, text: str) -> str:
    """The detail as the child writes it; a figure with the word after it."""
    written = text[shared.child.start : shared.child.end]
    if not is_figure(shared.key):
        return written
    after = re.match(r"\s+([^\W\d_]{3,20})", text[shared.child.end : shared.child.end + 24])
    return f"{written} {after[1]}" if after else written
