"""Which statement of one document retells which of another: shared rare details, weighed by how few documents
hold them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from firsthand.records import Statement
from firsthand.trace.details import WORD, Profile
from firsthand.trace.details_words import fold


class Alignment:
    """Likeness of statements across documents, from the details of the sentences that hold them."""

    def __init__(self, profiles: Mapping[str, Profile], statements: Sequence[Statement]) -> None:
        """`profiles` are the documents by identifier, taken apart."""
        holders: Counter[str] = Counter()
        for found in profiles.values():
            holders.update({d.key for s in found.sentences for d in s.details})
        self._idf = {key: math.log((1 + len(profiles)) / count) for key, count in holders.items()}
        self._details = {s.id: _details(profiles[s.document], s) for s in statements}
        self._masses = {key: self._mass(details) for key, details in self._details.items()}
        self._words = {s.id: tuple(map(fold, WORD.findall(s.quote))) for s in statements}
        self._by_document: dict[str, list[Statement]] = {document: [] for document in profiles}
        for statement in statements:
            self._by_document[statement.document].append(statement)

    def likeness(self, a: Statement, b: Statement) -> float:
        """0 to 1: the weight of shared details against the geometric mean of what each holds; 1 for equal words."""
        if self._words[a.id] == self._words[b.id]:
            return 1.0  # in few documents, nothing in a sentence may be rare enough to tell that it is the same
        mine, theirs = self._details[a.id], self._details[b.id]
        # exactly rounded, since a set of keys comes in another order in every process
        shared = math.fsum(min(mine[key], theirs[key]) * self._idf[key] for key in mine.keys() & theirs.keys())
        if not shared:
            return 0.0
        return shared / math.sqrt(self._masses[a.id] * self._masses[b.id])

    def counterpart(
        self, statement: Statement, document: str, fits: Callable[[Statement], bool] = lambda _: True
    ) -> tuple[Statement | None, float]:
        """The statement of `document` that `fits` and is most like `statement`, earliest first among equals, and how
        like it is.
        """
        best: Statement | None = None
        height = 0.0
        for other in self._by_document[document]:
            found = self.likeness(statement, other)
            if found > height and fits(other):
                best, height = other, found
        return best, height

    def neighbours(self, document: str) -> Sequence[Statement]:
        """The statements of one document, in text order."""
        return self._by_document[document]

    def shared_rare(self, a: Sequence[Statement], b: Sequence[Statement]) -> list[str]:
        """Details that two groups of statements share and that at most two documents hold, rarest first."""
        mine = {key for s in a for key in self._details[s.id]}
        theirs = {key for s in b for key in self._details[s.id]}
        floor = max(self._idf.values(), default=0.0) * 0.6
        rare = [key for key in mine & theirs if self._idf[key] >= floor]
        return sorted(rare, key=lambda key: (-self._idf[key], key))

    def _mass(self, details: dict[str, float]) -> float:
        return sum(weight * self._idf[key] for key, weight in details.items()) or 1.0


def _details(found: Profile, statement: Statement) -> dict[str, float]:
    details: dict[str, float] = {}
    for sentence in found.sentences:
        if sentence.end <= statement.start or sentence.start >= statement.end:
            continue
        for detail in sentence.details:
            if statement.start <= detail.start < statement.end:
                details[detail.key] = max(detail.weight, details.get(detail.key, 0.0))
    return details
