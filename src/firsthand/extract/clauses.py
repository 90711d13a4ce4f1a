"""Clauses of a sentence that assert something of their own, by its grammar.

"Police bought cameras, and the pictures go to the ministry" is two assertions;
"police bought and installed cameras" is one.
"""

from __future__ import annotations

from firsthand.extract.parse import Sentence, Token, children, subtree_span
from firsthand.records import Span

# A shorter side of a coordination carries no assertion of its own.
_LEAST_WORDS = 5
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "NOUN"})


def clauses(parsed: Sentence) -> tuple[Span, ...]:
    """Spans of the main clauses of a parsed sentence, in order, without the conjunctions between them.

    One span where it asserts one thing. A coordinated clause counts when it has a subject of its own and both sides are
    long enough to assert something.
    """
    found = []
    start = parsed.start
    for end, opening in sorted(_seam(parsed, token) for token in parsed.tokens if _is_clause(parsed, token)):
        if _words(parsed, start, end) >= _LEAST_WORDS and _words(parsed, opening, parsed.end) >= _LEAST_WORDS:
            found.append(Span(start=start, end=end))
            start = opening
    return (*found, Span(start=start, end=parsed.end))


def _is_clause(parsed: Sentence, token: Token) -> bool:
    """A conjunct of the main predicate that is a predicate with its own subject."""
    if token.relation != "conj" or token.upos not in _PREDICATES or not _on_main_line(parsed, token):
        return False
    return any(child.relation in {"nsubj", "csubj", "expl"} for child in children(parsed, token.i))


def _on_main_line(parsed: Sentence, token: Token) -> bool:
    """Whether only coordination and reported speech lie between a predicate and the root."""
    while token.head != token.i:
        if token.relation not in {"conj", "ccomp", "parataxis"}:
            return False
        token = parsed.tokens[token.head]
    return True


def _seam(parsed: Sentence, token: Token) -> tuple[int, int]:
    """Where the clause before a conjunct ends, and where the conjunct begins behind its "and" or "but"."""
    span = subtree_span(parsed, token.i)
    leading = [child for child in children(parsed, token.i) if child.relation in {"cc", "punct"} and child.i < token.i]
    joining = [child for child in leading if child.start <= span.start + 4]
    if not joining:
        return span.start, span.start
    behind = max(child.end for child in joining)
    opening = next((t.start for t in parsed.tokens if t.start >= behind), span.start)
    return min(child.start for child in joining), opening


def _words(parsed: Sentence, start: int, end: int) -> int:
    return sum(1 for token in parsed.tokens if start <= token.start < end and token.upos != "PUNCT")
