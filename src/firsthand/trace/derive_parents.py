"""The parents of one text: the fewest that account for what it shares, and how it uses each.

A greedy cover. The parent that explains most comes first; a further one must explain something that the first does not.
Thresholds are judgement, checked on story families with known derivations and on real pairs of news on one event or
another (SemEval-2022 task 8, where nothing is known to be copied); each says what it guards against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from firsthand.records import How
from firsthand.trace.credit_names import name_words
from firsthand.trace.derive_links import Compared, Link
from firsthand.trace.derive_signs import same_outlet
from firsthand.trace.details import Detail, Profile, Sentence
from firsthand.trace.details_words import name_key
from firsthand.trace.reuse import is_figure

COPY_SHARE: Final = 0.5  # of the child's words in common runs: the text itself was taken over
COPY_WORDS: Final = 40  # words outside quotations; shorter runs are titles, legal names and stock phrases
REWORDED_SHARE: Final = 0.15  # of the child's words; long reports of one event have less in common by chance
LONG_RUN: Final = 20  # words; a run this long is copied, a shorter one may be left over from rewording
SMALL_PART: Final = 0.25  # of the parent: a copy of so little of it is an excerpt, even if the child is nothing else
WORD_WORTH: Final = 0.05  # twenty copied words weigh as much as one rare figure
CREDIT_WORTH: Final = {"whole": 3.0, "passage": 2.0, "mention": 0.0}
CREDITED_FLOOR: Final = 0.75  # one matching sentence is enough when the child names the parent
RESIDUE_FLOOR: Final = 1.2  # what a parent must add to one through which it would also have come
FIGURES_FLOOR: Final = 1.8  # uncredited retelling: about two rare figures …
WEIGHT_FLOOR: Final = 3.6  # … with names and words to match
SILENT_FIGURES_FLOOR: Final = 1.5  # a child that names no source at all has its story from somewhere
SILENT_WEIGHT_FLOOR: Final = 3.2
TELLING_FIGURES: Final = 2  # two reports of one event share its one figure, and the date
CALENDAR: Final = ("date:", "year:")
ORDER_SHOWS: Final = 4  # matches; fewer have no order to speak of
SOME_ORDER: Final = 0.6  # of the matches; less is no order at all, as with two stories on one person's record
MANY_FIGURES: Final = 3.5  # with this much order may be lost
ORDERED_MATCHES: Final = 5  # facts told in the same order: by chance one time in 120
ORDERED: Final = 0.9
ORDERED_FIGURES_FLOOR: Final = 1.2
ORDERED_WEIGHT_FLOOR: Final = 6.0
OWN_WORK: Final = 3.0  # times the evidence asked of a document that reports first-hand
LEAST_RETOLD: Final = 0.07  # below this the other signs speak against what shared details alone would show
SURELY_RETOLD: Final = 0.6  # for a child that speaks of the parent, so that it may be citing
WHOLE_STORY: Final = 0.5  # share of the child's words in matching sentences: its story is the parent's
WHOLE_DESPITE_OWN: Final = 0.75  # the same for a child with quotations or first-hand words of its own
OTHER_WORDS: Final = 0.75  # of a quotation's telling words; a quotation retold or translated keeps at least a quarter
QUOTE_DETAILS: Final = 3  # telling words; a shorter quotation is a phrase or a nickname


_PLACED: Final = re.compile(r"\b(?:of|in|at|from|near|to|for)\s$")
_NAME_GOES_ON: Final = re.compile(r"\s(?:(?:of|for|and)\b|[A-Z])")


@dataclass(slots=True)
class _Covered:
    """What the parents chosen so far account for."""

    keys: set[str] = field(default_factory=set)
    words: set[int] = field(default_factory=set)

    def take(self, link: Link) -> None:
        self.keys.update(s.key for s in link.telling.shared)
        self.words.update(_copied(link))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rest:
    """What one more parent would account for."""

    weight: float
    figures: float
    telling_figures: int
    words: int

    @property
    def worth(self) -> float:
        return self.weight + WORD_WORTH * self.words


def parents(child: int, known: Compared) -> list[tuple[Link, How]]:
    """The direct parents of `child` with how it uses them, best explained first; none when the evidence is too thin."""
    covered = _Covered()
    chosen: list[Link] = []
    remaining = [link for link in known.links.get(child, ()) if _acceptable(link, _rest(link, _Covered()), known)]
    while remaining:
        best = max(remaining, key=lambda link: _rank(link, covered, known))
        remaining.remove(best)
        if _adds(best, chosen, covered, known):
            chosen.append(best)
            covered.take(best)
    return [(link, how(link, known)) for link in chosen]


def _rank(link: Link, covered: _Covered, known: Compared) -> tuple[float, bool, float, int]:
    credit = CREDIT_WORTH[link.credit.strength] if link.credit else 0.0
    standing = known.standings[link.parent]
    return (round(_rest(link, covered).worth + credit, 6), link.credited, standing.primary, -link.parent)


def _rest(link: Link, covered: _Covered) -> _Rest:
    new = [s for s in link.telling.shared if s.key not in covered.keys]
    return _Rest(
        weight=sum(s.weight for s in new),
        figures=sum(s.weight for s in new if is_figure(s.key)),
        telling_figures=sum(is_figure(s.key) and not s.key.startswith(CALENDAR) and s.child.weight >= 0.6 for s in new),
        words=len(_copied(link) - covered.words),
    )


def _copied(link: Link) -> set[int]:
    return {i for p in link.wording.passages for i in range(p.child, p.child + p.length)}


def _acceptable(link: Link, rest: _Rest, known: Compared, *, further: bool = False) -> bool:
    """Whether what is shared, less what is accounted for, shows derivation.

    For a `further` parent the credit counts for nothing, and a retelling must tell something that is not accounted for.
    """
    if rest.words >= COPY_WORDS and is_copy(link):
        return True
    if not further and (link.weighed.cites or (link.named and rest.worth >= CREDITED_FLOOR)):
        return True
    if known.primary[link.child]:  # a body that writes of its own work retells nobody without copying or saying so
        return False
    if link.weighed.tells and (not further or rest.worth >= RESIDUE_FLOOR):
        return True
    own_share = link.wording.child_share * link.own_wording / max(1, link.wording.words)
    reworded = rest.words >= COPY_WORDS and link.own_wording >= COPY_WORDS and own_share >= REWORDED_SHARE
    return (reworded and not link.template) or _retold(link, rest, known)


def _retold(link: Link, rest: _Rest, known: Compared) -> bool:
    """Whether details alone show an uncredited retelling."""
    telling = link.telling
    if link.weighed.comparable and link.weighed.retold < LEAST_RETOLD:
        return False
    muddled = len(telling.matches) >= ORDER_SHOWS and telling.in_order < SOME_ORDER
    if rest.telling_figures < TELLING_FIGURES or (muddled and rest.figures < MANY_FIGURES):
        return False
    ask = OWN_WORK if known.first_hand[link.child] else 1.0
    if len(telling.matches) >= ORDERED_MATCHES and telling.in_order >= ORDERED:
        floors = (ORDERED_FIGURES_FLOOR, ORDERED_WEIGHT_FLOOR)
        if rest.figures >= ask * floors[0] and rest.worth >= ask * floors[1]:
            return True
    silent = not known.first_hand[link.child] and not known.profiles[link.child].attributes
    figures, weight = (SILENT_FIGURES_FLOOR, SILENT_WEIGHT_FLOOR) if silent else (FIGURES_FLOOR, WEIGHT_FLOOR)
    return rest.figures >= ask * figures and rest.worth >= ask * weight and len(telling.matches) >= 2


def is_copy(link: Link) -> bool:
    """Whether wording was taken over, rather than left over from rewording."""
    if link.template:
        return False
    long_runs = sum(p.length for p in link.wording.passages if p.length >= LONG_RUN)
    return link.own_wording >= COPY_WORDS and (link.wording.child_share >= COPY_SHARE or long_runs >= COPY_WORDS)


def _adds(link: Link, chosen: Sequence[Link], covered: _Covered, known: Compared) -> bool:
    rest = _rest(link, covered)
    if not chosen:
        return True
    spent = any(_one_naming(link, other, known) for other in chosen)
    if not link.credited or spent:
        return _acceptable(link, rest, known, further=True)
    if any(_in_copied_words(link, other, known) for other in chosen):
        return False
    through = any(_passes_on(other, link, known) for other in chosen)
    return rest.worth >= RESIDUE_FLOOR or not through


def _one_naming(a: Link, b: Link, known: Compared) -> bool:
    """Whether the child names both parents by one naming of their publisher, who can be meant once."""
    if a.credit is not None and b.credit is not None and a.credit.same_place(b.credit):
        return True
    return a.weighed.mention.sentence == b.weighed.mention.sentence and same_outlet(
        known.profiles[a.parent], known.profiles[b.parent]
    )


def _in_copied_words(link: Link, other: Link, known: Compared) -> bool:
    """Whether the sentence that names the parent was itself taken over from another parent."""
    if not is_copy(other) or link.weighed.mention.sentence < 0:
        return False
    sentences = known.profiles[link.child].sentences
    first = sum(s.words for s in sentences[: link.weighed.mention.sentence])
    words = set(range(first, first + sentences[link.weighed.mention.sentence].words))
    return len(words & _copied(other)) >= COPY_SHARE * len(words)


def _passes_on(nearer: Link, farther: Link, known: Compared) -> bool:
    """Whether the child has what it says of the farther parent from the nearer one: it retells the nearer one, or names
    both in one breath.
    """
    tells = how(nearer, known) != "cites"
    one_breath = nearer.weighed.mention.sentence == farther.weighed.mention.sentence
    return (tells or one_breath) and _may_have_passed(nearer, farther, known)


def _may_have_passed(nearer: Link, farther: Link, known: Compared) -> bool:
    """Whether the nearer parent itself draws on the farther one, so that the child may have it all from the nearer."""
    for link in known.links.get(nearer.parent, ()):
        if link.parent == farther.parent:
            return _acceptable(link, _rest(link, _Covered()), known)
    return False


def how(link: Link, known: Compared) -> How:
    """How the child uses the parent."""
    wording = link.wording
    if is_copy(link):
        if wording.child_share >= COPY_SHARE:
            return "reprint" if wording.parent_share >= SMALL_PART else "excerpt"
        return "reprint" if wording.parent_share >= COPY_SHARE else "excerpt"
    if link.credit is not None and link.credit.strength == "whole":
        return "rewrite"
    if known.primary[link.parent] and known.first_hand[link.child]:
        return "cites"  # own reporting that draws on a body's paper as well
    if not link.named:
        return "cites" if _only_speaks_of(link, known) else "rewrite"
    own = _has_own_material(link, known) or known.primary[link.parent]
    bar = WHOLE_DESPITE_OWN if own else WHOLE_STORY
    return "rewrite" if link.telling.child_share >= bar else "cites"


def _only_speaks_of(link: Link, known: Compared) -> bool:
    """Whether a child that mentions its parent without passing it on by name does no more than refer to it."""
    if link.credit is not None and (known.primary[link.parent] or known.first_hand[link.child]):
        return True
    return (link.credited or link.credit is not None) and (link.one_outlet or link.weighed.retold < SURELY_RETOLD)


def _has_own_material(link: Link, known: Compared) -> bool:
    """First-hand words, a person who speaks in no parent, or a quotation that is not the parent's, however worded."""
    child, parent = known.profiles[link.child], known.profiles[link.parent]
    if known.first_hand[link.child]:
        return True
    theirs = {d.key for s in parent.sentences for d in s.details}
    theirs |= {f"name:{name_key(w)}" for w in name_words(parent.document.outlet or "")}
    if any(_new_speaker(s, child, theirs) for s in child.sentences):
        return True
    for start, end in child.quoted:
        spoken = {d.key for s in child.sentences for d in s.details if start <= d.start and d.end <= end}
        if len(spoken) >= QUOTE_DETAILS and len(spoken - theirs) > OTHER_WORDS * len(spoken):
            return True
    return False


def _new_speaker(sentence: Sentence, child: Profile, theirs: Set[str]) -> bool:
    """Whether a sentence that says who said something names somebody, by two names, whom the parent does not."""
    if not child.says(sentence):
        return False
    text = child.document.text
    return any(
        len(name) > 1
        and not theirs & {d.key for d in name}
        and not _PLACED.search(text, max(0, name[0].start - 8), name[0].start)
        and not _NAME_GOES_ON.match(text, name[-1].end)
        for name in _full_names(sentence)
    )


def _full_names(sentence: Sentence) -> list[list[Detail]]:
    """Names that stand one after another, as first and last names do."""
    runs: list[list[Detail]] = []
    for detail in sentence.details:
        if detail.key.startswith("name:"):
            if runs and detail.start - runs[-1][-1].end == 1:
                runs[-1].append(detail)
            else:
                runs.append([detail])
    return runs
