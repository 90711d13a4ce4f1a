"""What the reading of any attribution (`telling_grammar`) adds to the rules on reporting verbs (`attribution`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from firsthand.extract.attributed import Attribution
from firsthand.extract.parse import Sentence
from firsthand.extract.phrases import content_of, names_a_voice
from firsthand.extract.telling_grammar import Candidate
from firsthand.records import Span

_NOT_SAID = frozenset("not never n't would could should may might must".split())


def turned(found: Attribution, parsed: Sentence, others: Sequence[Candidate]) -> Attribution:
    """The attribution with the voice behind its verb, where the words before it are a clause: "…, say the owners"."""
    tokens = parsed.tokens
    other = next((each for each in others if tokens[each.head].start == found.cue.start and each.speaks), None)
    if other is None or not other.source or other.source[0] < other.head or found.source is None:
        return found
    before = [t for t in tokens if found.source.start <= t.start < found.source.end <= found.cue.start]
    if not any(t.upos == "VERB" or t.text == "," for t in before):
        return found
    return replace(found, source=_span(parsed, other.source), sure=True)


def speaking(
    text: str, blanked: str, sentence: Span, parsed: Sentence, others: Iterable[Candidate]
) -> list[Attribution]:
    """What only the reading of any attribution finds: a clause that somebody says, in words that no list here has."""
    found: list[Attribution] = []
    for each in others:
        verb, tokens = parsed.tokens[each.head], parsed.tokens
        if not (each.speaks and each.clause and each.source) or blanked[verb.start] == "_":
            continue
        source = _span(parsed, each.source)
        unsaid = any(tokens[at].lemma in _NOT_SAID for at in each.cue) or tokens[each.source[0]].lemma == "whose"
        if unsaid or not names_a_voice(text[source.start : source.end]):
            continue
        cue = Span(start=verb.start, end=verb.end)
        edge = Span(start=min(source.start, cue.start), end=max(source.end, cue.end))
        content = content_of(blanked, sentence, edge)
        found.append(Attribution(cue=cue, source=source, content=content, shape="speech", sure=True))
    return found


def _span(parsed: Sentence, positions: Sequence[int]) -> Span:
    return Span(start=parsed.tokens[positions[0]].start, end=parsed.tokens[positions[-1]].end)
