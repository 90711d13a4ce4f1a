"""Is text that was taken from elsewhere found? `python -m bench.reuse [FOLDER] [--documents 2000] [--write]`

Documents with reuse planted among them (`bench.planting`), from the `*.txt` files of FOLDER or, without one, from
invented words. Measured is the channel of derivation that finds pairs by shared wording, beside MinHash of datasketch
and rensa where they are installed, over the same words. Each method runs in a process of its own.

Recall is the share of planted pairs that were found, by kind of reuse; precision the share of found pairs that descend
from one text. `--derive` adds a line for the whole of `firsthand.trace.derive`, which keeps the fewest parents that
account for a text: there, a child counts as found with any parent of its family.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

from bench.planting import SHARES, Planted, plant
from bench.prose import Invented, Walked
from bench.results import RESULTS, keep_section, measured_where
from firsthand.records import Document
from firsthand.trace.derive import derive
from firsthand.trace.derive_links import WORTH_WORDS, wordings_by
from firsthand.trace.details import WORD
from firsthand.trace.details_words import fold
from firsthand.trace.shingles import shingles
from firsthand.trace.word_marks import word_marks

LARGE = 50_000  # documents; figures for such a set are kept beside those for a small one
SHINGLE = 5
PERMUTATIONS = 128
LIKE = 0.5  # Jaccard likeness that MinHash is asked for, the usual choice for near-copies
Pair: TypeAlias = tuple[int, int]
"""Places of two documents, the smaller first."""
Row: TypeAlias = Mapping[str, float | str]
COLUMNS = ("method", *SHARES, "precision", "without forms", "documents a CPU s", "peak MB")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each method that is at hand."""
    parser = argparse.ArgumentParser(description="Score finding of planted reuse.")
    parser.add_argument("folder", nargs="?", help="a folder with texts in files *.txt; without, words are invented")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--derive", action="store_true", help="score the whole derivation too")
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    parser.add_argument("--one", choices=METHODS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(row(options.one, options.folder, options.documents, options.seed)))
        return 0
    rows = []
    for name in at_hand(derived=options.derive):
        command = [sys.executable, "-m", "bench.reuse", "--one", name, *([options.folder] if options.folder else [])]
        command += ["--documents", str(options.documents), "--seed", str(options.seed)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        rows.append(json.loads(done.stdout))
        print(_line(rows[-1]), file=sys.stderr)
    text = written(rows)
    print(text)
    if options.write:
        name = "reuse" if options.documents < LARGE else "reuse in a large set"
        keep_section(RESULTS, name, f"# Planted reuse\n\n{_about(options)}\n\n{text}")
    return 0


def at_hand(*, derived: bool) -> list[str]:
    """Names of the methods that can run here."""
    found = []
    for name in METHODS:
        package = PACKAGES.get(name)
        if package is not None and importlib.util.find_spec(package) is None:
            print(f"{package} is not installed: pip install {package} puts it beside us.", file=sys.stderr)
        elif name != DERIVE or derived:
            found.append(name)
    return found


def row(method: str, folder: str | None, count: int, seed: int) -> Row:
    """What `method` finds among `count` documents, and what it costs; making the documents is left out."""
    planted = plant(count, Walked(Path(folder)) if folder else Invented(), seed)
    began = time.process_time()
    pairs = METHODS[method](planted.documents)
    spent_s = time.process_time() - began
    scores = by_family(pairs, planted) if method == DERIVE else recalls(pairs, planted)
    return {
        "method": method,
        **scores,
        **precisions(pairs, planted),
        "documents a CPU s": count / spent_s,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def recalls(pairs: set[Pair], planted: Planted) -> dict[str, float]:
    """The share of planted pairs that were found, by kind."""
    made = Counter(planted.pairs.values())
    found = Counter(kind for pair, kind in planted.pairs.items() if pair in pairs)
    return {kind: found[kind] / made[kind] for kind in SHARES if made[kind]}


def by_family(pairs: set[Pair], planted: Planted) -> dict[str, float]:
    """The share of children, by kind, that were found with some earlier document of their family."""
    linked = {max(pair) for pair in pairs if planted.families[pair[0]] == planted.families[pair[1]]}
    made = Counter(planted.pairs.values())
    found = Counter(kind for (_, child), kind in planted.pairs.items() if child in linked)
    return {kind: found[kind] / made[kind] for kind in SHARES if made[kind]}


def precisions(pairs: set[Pair], planted: Planted) -> dict[str, float]:
    """The share of found pairs that descend from one text; and the same without pairs of filled-in forms."""
    families, forms = planted.families, planted.series
    right = sum(families[a] == families[b] for a, b in pairs)
    of_forms = sum(a in forms and b in forms for a, b in pairs)
    return {
        "precision": right / len(pairs) if pairs else 1.0,
        "without forms": right / (len(pairs) - of_forms) if len(pairs) > of_forms else 1.0,
    }


# Methods: documents to the pairs that they find. ----------------------------------------------------------------------


def ours(documents: Sequence[Document]) -> set[Pair]:
    """Pairs that share wording enough to be looked at as copies, exact copies brought together first."""
    groups: defaultdict[bytes, list[int]] = defaultdict(list)
    marked = word_marks([document.text for document in documents])
    for number, marks in enumerate(marked):
        groups[marks.tobytes()].append(number)
    alike = list(groups.values())
    firsts = [members[0] for members in alike]
    pairs = {pair for members in alike for pair in combinations(members, 2)}
    found = wordings_by(shingles([marked[n] for n in firsts]), [Bare(documents[n]) for n in firsts], firsts)
    for (a, b), wording in found.items():
        if wording.words < WORTH_WORDS:
            continue
        pairs |= {(min(x, y), max(x, y)) for x in alike[a] for y in alike[b]}
    return pairs


@dataclass(frozen=True)
class Bare:
    """A document whose words are looked at only when it is compared with another."""

    document: Document

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Its words."""
        return words(self.document.text)


def words(text: str) -> tuple[str, ...]:
    """Folded words, as derivation sees them."""
    if text.isascii():  # all at once what `fold` does to each
        found = WORD.findall(text.lower())
        return tuple([word.replace("'", "") for word in found] if "'" in text else found)
    return tuple(map(fold, WORD.findall(text)))


def derived(documents: Sequence[Document]) -> set[Pair]:
    """Pairs of child and parent in the whole derivation."""
    place = {document.id: number for number, document in enumerate(documents)}
    edges = ((place[edge.child], place[edge.parent]) for edge in derive(documents))
    return {(min(pair), max(pair)) for pair in edges}


def _shingles(text: str) -> list[str]:
    folded = words(text)
    return [" ".join(folded[at : at + SHINGLE]) for at in range(max(1, len(folded) - SHINGLE + 1))]


def datasketch_pairs(documents: Sequence[Document]) -> set[Pair]:
    """MinHash with locality-sensitive hashing of datasketch; found pairs are checked against the whole signature."""
    datasketch = importlib.import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=LIKE, num_perm=PERMUTATIONS)
    signatures: list[Any] = []
    pairs: set[Pair] = set()
    for number, document in enumerate(documents):
        signature = datasketch.MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([shingle.encode() for shingle in _shingles(document.text)])
        pairs |= {(other, number) for other in index.query(signature) if signatures[other].jaccard(signature) >= LIKE}
        index.insert(number, signature)
        signatures.append(signature)
    return pairs


def rensa_pairs(documents: Sequence[Document]) -> set[Pair]:
    """The same with rensa."""
    rensa = importlib.import_module("rensa")
    index = rensa.RMinHashLSH(threshold=LIKE, num_perm=PERMUTATIONS, num_bands=32)
    signatures: list[Any] = []
    pairs: set[Pair] = set()
    for number, document in enumerate(documents):
        signature = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update(_shingles(document.text))
        pairs |= {(other, number) for other in index.query(signature) if signatures[other].jaccard(signature) >= LIKE}
        index.insert(number, signature)
        signatures.append(signature)
    return pairs


DERIVE = "firsthand, whole derivation"
METHODS: Mapping[str, Callable[[Sequence[Document]], set[Pair]]] = {
    "firsthand": ours,
    DERIVE: derived,
    "datasketch": datasketch_pairs,
    "rensa": rensa_pairs,
}
PACKAGES = {"datasketch": "datasketch", "rensa": "rensa"}


# The table -----------------------------------------------------------------------------------------------------------


def _about(options: argparse.Namespace) -> str:
    text = "the texts of a folder, walked with jumps" if options.folder else "invented words"
    return (
        f"{measured_where('bench.reuse' + (' FOLDER' if options.folder else ''))}\n\n"
        f"{options.documents:,} documents from {text}. Recall by kind of reuse; precision over all pairs, and without\n"
        f"pairs of filled-in forms. MinHash: {PERMUTATIONS} permutations, likeness {LIKE}, shingles of {SHINGLE} words."
    )


def written(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    head = "| " + " | ".join(COLUMNS) + " |"
    return "\n".join([head, "|---|" + "---:|" * (len(COLUMNS) - 1), *map(_line, rows)]) + "\n"


def _line(found: Row) -> str:
    return "| " + " | ".join(_cell(column, found.get(column)) for column in COLUMNS) + " |"


def _cell(column: str, value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or "–"
    return f"{value:,.0f}" if column in ("documents a CPU s", "peak MB") else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
