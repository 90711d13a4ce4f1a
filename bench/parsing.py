"""How well is grammar found? `python -m bench.parsing TREEBANKS`, with the checkouts that `train.treebanks` names.

Scores as in the CoNLL 2018 shared task (Zeman et al. 2018): F1 over words aligned by characters, relations without
their subtypes. *Raw* starts from running text with blank lines between paragraphs, *gold words* from the treebank's
sentences and words. Peers are not installed for this, so their published figures are cited, not measured again; those
are for other versions of the treebanks and, for GUM, for all its genres, so they place the scores and no more.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from train.treebanks import Tree, ewt, gum, pud

from bench.results import RESULTS, keep_section, measured_where
from firsthand.extract.parse import Sentence, parse, parse_words

COLUMNS = ("words", "sentences", "upos", "lemmas", "uas", "las")
PUBLISHED = (
    # UDPipe 1.2, UD 2.3 models (README of the model release): one model a treebank, trained on the treebank alone.
    ("EWT test", "raw", "UDPipe 1.2 (UD 2.3)", (99.1, 77.1, 93.5, 96.0, 80.5, 77.5)),
    ("EWT test", "gold words", "UDPipe 1.2 (UD 2.3)", (None, None, 94.4, 96.8, 84.5, 81.2)),
    ("GUM test, free genres", "raw", "UDPipe 1.2 (UD 2.3, all genres)", (99.7, 80.7, 93.2, 94.4, 79.0, 74.7)),
    ("GUM test, free genres", "gold words", "UDPipe 1.2 (UD 2.3, all genres)", (None, None, 93.5, 94.7, 81.2, 76.8)),
    # LIMA and UDify (eval.md of lima-models, UD 2.6): pretrained vectors; a multilingual BERT.
    ("EWT test", "raw", "LIMA deep (UD 2.6)", (98.85, 85.14, 94.89, 94.17, 85.15, 82.06)),
    ("EWT test", "gold words", "LIMA deep (UD 2.6)", (None, None, 95.95, 95.09, 87.91, 84.65)),
    ("EWT test", "gold words", "UDify (UD 2.6)", (None, None, 96.29, 97.39, 91.12, 88.53)),
    # Model card of spaCy's en_udv25_englishewt_trf: a RoBERTa of 125 million parameters.
    ("EWT test", "raw", "spaCy transformer (UD 2.5)", (None, 90.6, 96.94, 97.36, 91.90, 89.42)),
)
Row = tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One word for comparison; `head` is the offset pair of the governing word, its own for the root."""

    span: tuple[int, int]
    upos: str
    lemma: str
    head: tuple[int, int]
    relation: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table of our figures and the published ones."""
    parser = argparse.ArgumentParser(description="Score the English parser on treebanks.")
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    text = table(options.treebanks)
    print(text)
    if options.write:
        where = measured_where("bench.parsing TREEBANKS")
        keep_section(RESULTS, "parsing", f"# Parsing\n\n{where}\n\n```text\n{text}```\n")
    return 0


def table(folder: Path) -> str:
    """One line a test set and start, each with the peers' published figures below it."""
    parse("Loading comes first.")
    sets = {"EWT test": ewt(folder, "test"), "GUM test, free genres": gum(folder, "test")}
    sets["GUM test, news and interviews"] = tuple(
        tree for tree in sets["GUM test, free genres"] if tree.document.split("_")[1] in {"news", "interview"}
    )
    if (folder / "UD_English-PUD").exists():
        sets["PUD (never trained on)"] = pud(folder)
    lines = [f"{'':30} {'from':11} {'':32} " + " ".join(f"{name:>9}" for name in COLUMNS)]
    for name, trees in sets.items():
        for start, reading in (("raw", _raw), ("gold words", _gold_words)):
            began = time.process_time()
            row = scores(trees, reading)
            speed = len([form for tree in trees for form in tree.forms]) / (time.process_time() - began)
            lines.append(_line(name, start, f"Firsthand, {speed:,.0f} words/s", row))
            lines += [_line("", "", peer[2], peer[3]) for peer in PUBLISHED if peer[:2] == (name, start)]
    return "\n".join(lines) + "\n"


def scores(trees: Sequence[Tree], reading: Callable[[Sequence[Tree]], tuple[Sentence, ...]]) -> Row:
    """F1 in percent, for `COLUMNS`, of what `reading` makes of each document's trees."""
    found: Counter[str] = Counter()
    for _, document in groupby(trees, key=lambda tree: tree.document):
        some = tuple(document)
        gold_sentences, gold = _gold(some)
        read = reading(some)
        ours = {word.span: word for sentence in read for word in _words(sentence)}
        our_sentences = {(sentence.start, sentence.end) for sentence in read}
        found.update(gold=len(gold), ours=len(ours), gold_s=len(gold_sentences), ours_s=len(our_sentences))
        found["sentences"] += len(gold_sentences & our_sentences)
        for word in gold:
            other = ours.get(word.span)
            if other is not None:
                found.update(name for name, right in _agreements(word, other).items() if right)
    return tuple(
        200
        * found[name]
        / (found["gold_s"] + found["ours_s"] if name == "sentences" else found["gold"] + found["ours"])
        for name in COLUMNS
    )


def _agreements(gold: Word, ours: Word) -> dict[str, bool]:
    attached = gold.head == ours.head
    return {
        "words": True,
        "upos": gold.upos == ours.upos,
        "lemmas": gold.lemma in {ours.lemma, "_"},
        "uas": attached,
        "las": attached and gold.relation == ours.relation,
    }


def _text(trees: Sequence[Tree]) -> str:
    """Running text of a document; the same spaces for gold and ours."""
    parts: list[str] = []
    for tree in trees:
        if parts:
            parts.append("\n\n" if tree.opens_paragraph else " ")
        parts.append(tree.text)
    return "".join(parts)


def _gold(trees: Sequence[Tree]) -> tuple[set[tuple[int, int]], list[Word]]:
    sentences: set[tuple[int, int]] = set()
    words: list[Word] = []
    for tree, spans in zip(trees, _spans(trees), strict=True):
        sentences.add((spans[0][0], spans[-1][1]))
        for n, head in enumerate(tree.heads):
            upos = tree.tags[n].split("|")[0]
            relation = tree.deprels[n].split(":")[0]
            governor = spans[head - 1] if head else spans[n]
            words.append(Word(span=spans[n], upos=upos, lemma=tree.lemmas[n], head=governor, relation=relation))
    return sentences, words


def _spans(trees: Sequence[Tree]) -> Iterator[list[tuple[int, int]]]:
    at = 0
    for n, tree in enumerate(trees):
        if n:
            at += 2 if tree.opens_paragraph else 1
        begin, spans = at, []
        for form, spaced in zip(tree.forms, tree.spaced, strict=True):
            spans.append((at, at + len(form)))
            at += len(form) + spaced
        at = begin + len(tree.text)
        yield spans


def _words(sentence: Sentence) -> Iterator[Word]:
    for token in sentence.tokens:
        head = sentence.tokens[token.head]
        yield Word(
            span=(token.start, token.end),
            upos=token.upos,
            lemma=token.lemma,
            head=(head.start, head.end),
            relation=token.relation,
        )


def _raw(trees: Sequence[Tree]) -> tuple[Sentence, ...]:
    return parse(_text(trees))


def _gold_words(trees: Sequence[Tree]) -> tuple[Sentence, ...]:
    return parse_words(_text(trees), tuple(_spans(trees)))


def _line(name: str, start: str, system: str, row: Row) -> str:
    figures = " ".join(f"{value:9.2f}" if value is not None else f"{'':9}" for value in row)
    return f"{name:30} {start:11} {system:32} {figures}"


if __name__ == "__main__":
    sys.exit(main())
