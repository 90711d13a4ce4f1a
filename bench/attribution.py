"""How well are sources, cues and contents delimited? `python -m bench.attribution FOLDER [--part test] [--write]`.

FOLDER is `res/polnear` of a checkout of cofe-ai/CofeNet: the political news of PolNeAR (Newell et al. 2018) in segments
of tokens, each labelled source, cue, content or none. It is scored as CofeNet's `exe/eval` does (Wang et al. 2022): a
span counts where its first and last token are those of a labelled one. PolNeAR carries no data licence: it is used to
evaluate only, nothing is trained on it, and nothing of it is in this repository.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.results import RESULTS, keep_section, measured_where
from firsthand.extract.tellings import Telling, tellings
from firsthand.records import Span

PARTS = ("source", "cue", "content")
# Wang et al. 2022 (https://aclanthology.org/2022.coling-1.215/): exact F1 of source, cue and content on the test part.
PUBLISHED = (
    ("rules (published)", 10.7, 22.8, 5.6),
    ("CoreNLP (published)", 13.9, None, 17.5),
    ("CRF (published; trained on PolNeAR)", 50.6, 53.4, 28.6),
    ("best without BERT, by column (published; trained on PolNeAR)", 73.3, 67.1, 63.6),
    ("BERT with CofeNet (published; trained on PolNeAR)", 83.2, 75.3, 72.9),
)
_OPENING, _CLOSING = {"``": "“", "`": "‘"}, {"''": "”", "'": "’"}
_BRACKETS = {"-LSB-": "[", "-RSB-": "]", "-LRB-": "(", "-RRB-": ")", "-LCB-": "{", "-RCB-": "}"}
_CLINGS = frozenset({",", ".", ";", ":", "?", "!", "%", ")", "]", "”", "’", "n't", "..."})


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A labelled stretch of a text, and the text as an outlet would print it."""

    text: str
    tokens: tuple[Span, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How many spans were right, of how many found and how many there are."""

    right: int
    found: int
    there: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, of 100."""
        return 200 * self.right / (self.found + self.there) if self.found + self.there else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print our figures with the published ones."""
    parser = argparse.ArgumentParser(description="Score attribution on PolNeAR in CofeNet's form.")
    parser.add_argument("folder", type=Path, help="res/polnear of a checkout of cofe-ai/CofeNet")
    parser.add_argument("--part", choices=("test", "valid"), default="test", help="valid is for development")
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    segments = list(read_segments(options.folder / f"{options.part}.txt"))
    begun = time.process_time()
    scores = score(segments)
    text = table(scores, segments, time.process_time() - begun)
    print(text)
    if options.write:
        where = measured_where("bench.attribution FOLDER")
        keep_section(RESULTS, "attribution", f"# Attribution\n\n{where}\n\n{text}")
    return 0


def read_segments(path: Path) -> Iterator[Segment]:
    """The segments of a file, in order; raises `SystemExit` with the way out where it is no such file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as fault:
        raise SystemExit(f"{path}: {fault.strerror}. Give the folder res/polnear of cofe-ai/CofeNet.") from fault
    for line in lines:
        entry = json.loads(line)
        yield segment(entry["tokens"], entry["labels"])


def segment(tokens: Sequence[str], labels: Sequence[str]) -> Segment:
    """The tokens put together as an outlet prints them: quotation marks and brackets as such, clitics joined."""
    text, spans, open_before, quoting = "", [], True, False
    for token in tokens:
        shown = _OPENING.get(token) or _CLOSING.get(token) or _BRACKETS.get(token) or token
        if shown == "”" and not quoting:
            shown = "“"  # the corpus' tokeniser took an opening mark for a closing one
        quoting = shown == "“" or (quoting and shown != "”")
        clings = shown in _CLINGS or shown.startswith(("'", "’")) or open_before
        if text and not clings:
            text += " "
        spans.append(Span(start=len(text), end=len(text) + len(shown)))
        text += shown
        open_before = shown in {"“", "‘", "(", "[", "$"} or not text.strip()
    return Segment(text=text, tokens=tuple(spans), labels=tuple(labels))


def score(segments: Iterable[Segment]) -> Mapping[str, Score]:
    """Right, found and labelled spans of each part over all segments."""
    right, found, there = Counter[str](), Counter[str](), Counter[str]()
    for each in segments:
        ours, labelled = labelled_spans(labels_of(each, tellings(each.text))), labelled_spans(each.labels)
        for part in PARTS:
            right[part] += sum(1 for span in ours[part] if span in labelled[part])
            found[part] += len(ours[part])
            there[part] += len(labelled[part])
    return {part: Score(right=right[part], found=found[part], there=there[part]) for part in PARTS}


def labels_of(given: Segment, told: Sequence[Telling]) -> list[str]:
    """Our attributions as a label a token: a token belongs to the span that covers its middle."""
    labels = ["O"] * len(given.tokens)
    for each in told:
        for part, spans in (("content", each.content), ("source", each.source), ("cue", each.cue)):
            for span in spans:
                inside = [
                    number for number, token in enumerate(given.tokens)
                    if span.start <= (token.start + token.end - 1) / 2 < span.end
                ]  # fmt: skip
                for place, number in enumerate(inside):
                    labels[number] = f"{'I' if place else 'B'}-{part}"
    return labels


def labelled_spans(labels: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Spans of tokens by part, read as CofeNet's `get_element` reads them: only a `B-` opens one."""
    found: dict[str, list[tuple[int, int]]] = {part: [] for part in PARTS}
    start, part = -1, ""
    for number, label in enumerate([*labels, "O"]):
        if start >= 0 and label != f"I-{part}":
            found[part].append((start, number))
            start = -1
        if label.startswith("B-"):
            start, part = number, label[2:]
    return found


def table(scores: Mapping[str, Score], segments: Sequence[Segment], seconds: float) -> str:
    """Ours beside the published figures."""
    words = sum(len(each.tokens) for each in segments)
    lines = [
        f"{len(segments):,} segments, {words:,} words, read in {seconds:.1f} s of processor time. Exact F1, of 100.\n",
        "| method | source | cue | content |",
        "|---|---:|---:|---:|",
        f"| firsthand, not trained on PolNeAR | {' | '.join(f'{scores[part].f1:.1f}' for part in PARTS)} |",
    ]
    for name, *figures in PUBLISHED:
        lines.append(f"| {name} | {' | '.join('–' if figure is None else f'{figure:.1f}' for figure in figures)} |")
    lines += ["\n| firsthand | precision | recall |", "|---|---:|---:|"]
    for part, each in scores.items():
        precision, recall = each.right / max(1, each.found), each.right / max(1, each.there)
        lines.append(f"| {part} | {100 * precision:.1f} | {100 * recall:.1f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
