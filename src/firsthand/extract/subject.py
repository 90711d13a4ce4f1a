"""Whether a text is about surveillance at all, before its sentences are looked at one by one.

Sentences of a report on surveillance read like sentences of any report: "the contract was worth six million". So a
sentence counts only where the text around it has the subject.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from firsthand.extract.technology import spot_technology, surveillance_cues, technology_standing
from firsthand.knowledge.models.linear import statement_model
from firsthand.knowledge.senses import senses, stems
from firsthand.records import Span

# Log odds. Of documents of stories left out of training 96 in a hundred stay, of 180 ordinary news pages 27.
THRESHOLD = -0.8
WINDOW_WORDS = 300
"""A long text has the subject if one stretch of so many words has it: a round-up is about many things."""


def on_subject(text: str, paragraphs: Sequence[Sequence[Span]]) -> bool:
    """Whether the text, or a stretch of whole paragraphs (given as their sentences), is about surveillance."""
    model = statement_model("subject")
    stretches = (text, *_stretches(text, paragraphs))
    return any(model.scores(subject_features(stretch))[0] >= THRESHOLD for stretch in stretches)


def subject_features(text: str) -> dict[str, float]:
    """Classes of words by how often they occur, technologies named or described, and words of watching."""
    found = stems(text)
    share = 100 / max(1, len(found))
    classes = Counter(name for word in found for name in senses(word))
    mentions, cues = spot_technology(text), len(surveillance_cues(text))
    standing = max(technology_standing("", [text]).values(), default=0.0)
    strong = sum(mention.strong for mention in mentions)
    return {f"sense {name}": min(3.0, share * count) for name, count in classes.items()} | {
        "always": 1.0,
        "standing": min(8.0, standing),
        "standing for its length": standing / max(1.0, len(found) / 100) ** 0.5,
        "some standing": float(standing > 1.5),
        "proper terms": float(min(3, strong)),
        "a proper term": float(strong > 0),
        "plain terms": float(min(3, len(mentions) - strong)),
        "cues": float(min(6, cues)),
        "cues for its length": min(4.0, 100 * cues / max(30, len(found))),
    }


def _stretches(text: str, paragraphs: Sequence[Sequence[Span]]) -> Iterator[str]:
    """Stretches of paragraphs of about `WINDOW_WORDS` words each, every one beginning where the one before ended."""
    start, words = None, 0
    for sentences in paragraphs:
        start = sentences[0].start if start is None else start
        words += len(text[sentences[0].start : sentences[-1].end].split())
        if words >= WINDOW_WORDS:
            yield text[start : sentences[-1].end]
            start, words = None, 0
    if start is not None and words * 2 >= WINDOW_WORDS:
        yield text[start : paragraphs[-1][-1].end]
