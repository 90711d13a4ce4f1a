"""Train the models of statements: `python -m train.statements TREEBANKS [--check]`, from the stories in `train/prose`.

TREEBANKS is the folder that the parser is trained from (`train/README.md`): its texts, which are about other things,
show what is not on topic.

Three linear models over named features: whether a text has the subject, which of its sentences are on topic, and what a
statement's activity is. What is written
knows no names and no word of a single story: a feature stays only if enough stories show it. `--check` prints how good
they are on stories that were left out of training, seven parts in turn, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench.gold import Family, load
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from firsthand.extract.attribution import attributions
from firsthand.extract.quotations import is_speech, masked, quotations
from firsthand.extract.sentences import paragraphs, sentences
from firsthand.extract.subject import subject_features
from firsthand.extract.technology import spot_technology
from firsthand.extract.topic import features
from firsthand.knowledge.activities import activity_features
from firsthand.knowledge.cues import cues
from firsthand.knowledge.models.linear import STATEMENTS, LinearModel, write_models
from firsthand.records import Document, Span
from train.treebanks import ewt, gum

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "src/firsthand/knowledge/models" / STATEMENTS
STORIES = (HERE / "prose", HERE.parent / "bench/families")
PARTS = 7
STRENGTH = {"subject": 0.3, "topic": 0.1, "activity": 0.12}
"""Inverse weight of the penalty on squares, by model."""
LEAST_STORIES = {"subject": 3, "topic": 3, "activity": 2}
LEAST_WEIGHT = 40
"""Thousandths of a logit; what weighs less on every activity is left out of the file."""
LEARNED = ("word ", "pair ")
"""Features that must stand in so many stories; the others are classes that the maintainers wrote down."""
BELIEF = 0.7
"""Logits a unit of a cue's weight, beside what is learned; from 0.3 to 1 nothing changes by more than a hundredth."""
STRETCH_WORDS, LEAST_WORDS = (250, 130, 60), 40
"""Of a treebank's text: as long as a short article, a passage and a note; of each two show enough."""
PROCEDURE = 1.5
"""Logits taken off what only says how a story came about ("declined to comment"): too rare to be learned well."""
COVERED = 0.3
"""Share of a gold quote from which a sentence holds it."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One sentence or statement with what is known of it."""

    story: str
    features: Mapping[str, float]
    label: str


Passage = tuple[str, Mapping[str, list[list[str]]]]


def main() -> None:
    """Train the models and write them, or print how good they are."""
    parser = argparse.ArgumentParser(prog="python -m train.statements", description=__doc__)
    parser.add_argument("treebanks", type=Path, help="folder with UD_English-EWT and UD_English-GUM")
    parser.add_argument("--check", action="store_true", help="print scores on stories left out; write nothing")
    options = parser.parse_args()
    families = [load(path.parent) for folder in STORIES for path in sorted(folder.glob("*/gold.json"))]
    passages, plain = (
        [row for path in sorted((HERE / "prose").glob(f"{kind}-*.jsonl")) for row in _passages(path)]
        for kind in ("vignettes", "news")
    )
    examples = {
        "subject": [*_subjects(families, passages), *_elsewhere(options.treebanks)],
        "topic": [e for f in families for e in _sentences(f)] + [e for p in passages for e in _passage_sentences(p)],
        "activity": [e for f in families for e in _statements(f)]
        + [e for p in (*passages, *plain) for e in _passage_parts(p)],
    }
    if options.check:
        for name, rows in examples.items():
            _check(name, rows)
    else:
        write_models(OUTPUT, {name: train(name, rows) for name, rows in examples.items()})


def train(name: str, examples: Sequence[Example]) -> LinearModel:
    """The model of that name from all `examples`; the same examples and library versions give the same weights."""
    known = _shared(examples, LEAST_STORIES[name])
    columns = DictVectorizer()
    table = columns.fit_transform([{k: v for k, v in e.features.items() if k in known} for e in examples])
    fit = LogisticRegression(C=STRENGTH[name], max_iter=500, fit_intercept=False).fit(
        table, [e.label for e in examples]
    )
    rows = np.rint(1000 * fit.coef_).astype(int)
    weights = {feature: tuple(int(w) for w in rows[:, at]) for feature, at in columns.vocabulary_.items()}
    classes = tuple(fit.classes_) if len(fit.classes_) > 2 else (str(fit.classes_[1]),)
    if name == "activity":
        _believe_the_cues(weights, classes)
    if name == "topic":
        weights["procedure"] = (weights["procedure"][0] - round(1000 * PROCEDURE),)
    least = LEAST_WEIGHT if name == "activity" else 1
    return LinearModel(classes=classes, weights={k: w for k, w in weights.items() if max(map(abs, w)) >= least})


def _believe_the_cues(weights: dict[str, tuple[int, ...]], classes: Sequence[str]) -> None:
    """What the maintainers wrote of cues stands, and what was learned is added to it: plain words are the commonest in
    the news and the rarest in stories written to be various.
    """
    for activity, weight, _ in cues().activity:
        feature = f"cue {activity} {weight:g}"
        learned = weights.get(feature, (0,) * len(classes))
        weights[feature] = tuple(
            w + round(1000 * BELIEF * weight) * (label == activity) for w, label in zip(learned, classes, strict=True)
        )


def _shared(examples: Sequence[Example], least: int) -> set[str]:
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for example in examples:
        for feature in example.features:
            stories[feature].add(example.story)
    return {f for f, seen in stories.items() if not f.startswith(LEARNED) or len(seen) >= least}


def _check(name: str, examples: Sequence[Example]) -> None:
    stories = sorted({e.story for e in examples if not e.story.startswith("passage")})
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for part in range(PARTS):
        out = set(stories[part::PARTS])
        model = train(name, [e for e in examples if e.story not in out])
        for example in (e for e in examples if e.story in out):
            scores = model.scores(example.features)
            guess = model.classes[int(np.argmax(scores))] if len(scores) > 1 else _side(model.classes[0], scores[0])
            right[example.label].append(guess == example.label)
    total = [hit for hits in right.values() for hit in hits]
    print(f"{name}: {np.mean(total):.3f} of {len(total)} right")
    for label, hits in sorted(right.items()):
        print(f"  {label}: {np.mean(hits):.3f} of {len(hits)}")


def _side(label: str, score: float) -> str:
    return label if score >= 0 else f"not {label}"


def _sentences(family: Family) -> Iterator[Example]:
    spans = defaultdict(list)
    for statement in family.statements:
        spans[statement.document].append((statement.start, statement.end))
    for document in family.documents:
        for span, found in _judged(document):
            held = any(
                min(b, span.end) - max(a, span.start) > COVERED * min(b - a, span.end - span.start)
                for a, b in spans[document.id]
            )
            yield Example(story=family.name, features=found, label="on topic" if held else "not on topic")


def _judged(document: Document) -> Iterator[tuple[Span, dict[str, float]]]:
    text = document.text
    blanked = masked(text, tuple(q for q in quotations(text) if is_speech(text, q)))
    groups = [found for found in (sentences(text, p) for p in paragraphs(text)) if found]
    said = frozenset(s.start for group in groups for s in group if attributions(text, blanked, s))
    return features(text, groups, said)


def _subjects(families: Sequence[Family], passages: Sequence[Passage]) -> Iterator[Example]:
    for family in families:
        for document in family.documents:
            yield Example(story=family.name, features=subject_features(document.text), label="subject")
    for story, row in passages:
        text = " ".join(words for words, *_ in row["parts"])
        yield Example(story=story, features=subject_features(text), label="subject")
        for words, activity, *_ in row["parts"]:
            if not activity or spot_technology(words):  # of what is on topic, only what shows it by itself
                label = "subject" if activity else "other subject"
                yield Example(story=story, features=subject_features(words), label=label)


def _elsewhere(treebanks: Path) -> Iterator[Example]:
    """Stretches of the treebanks' longer texts, as long as a short article."""
    texts: dict[str, list[str]] = {}
    for tree in (*gum(treebanks, "train"), *ewt(treebanks, "train")):
        texts.setdefault(tree.document, []).extend(tree.text.split())
    for name, words in sorted(texts.items()):
        for size in STRETCH_WORDS:
            for start in range(0, min(len(words) - LEAST_WORDS, 2 * size), size):
                text = " ".join(words[start : start + size])
                yield Example(story=f"passage {name}", features=subject_features(text), label="other subject")


def _statements(family: Family) -> Iterator[Example]:
    for statement in family.statements:
        yield Example(story=family.name, features=activity_features(statement.quote), label=statement.activity)


def _passages(path: Path) -> Iterator[Passage]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        yield f"passage {path.stem} {number}", json.loads(line)


def _passage_parts(passage: Passage) -> Iterator[Example]:
    story, row = passage
    for words, activity, *_ in row["parts"]:
        if activity:
            yield Example(story=story, features=activity_features(words), label=activity)


def _passage_sentences(passage: Passage) -> Iterator[Example]:
    """The sentences of a passage, and each of its parts alone: a caption or a brief has nothing around it."""
    story, row = passage
    for words, activity, *_ in row["parts"]:
        for _, found in _judged(_text(story, words)):
            yield Example(story=story, features=found, label="on topic" if activity else "not on topic")
    text, spans = "", []
    for words, activity, *_ in row["parts"]:
        start = len(text) + bool(text)
        text = f"{text} {words}".strip()
        if activity:
            spans.append((start, len(text)))
    for span, found in _judged(_text(story, text)):
        held = any(
            min(b, span.end) - max(a, span.start) > COVERED * min(b - a, span.end - span.start) for a, b in spans
        )
        yield Example(story=story, features=found, label="on topic" if held else "not on topic")


def _text(name: str, text: str) -> Document:
    return Document(id=name, sha256="", part=0, path=name, text=text)


if __name__ == "__main__":
    main()
