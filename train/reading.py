"""Train the model of main text: `python -m train.reading CHECKOUTS`, from the development pages of WCXB.

CHECKOUTS is the folder that `bench.reading` takes. Only pages of `web-content-extraction-benchmark`'s development split
are learned from (CC BY 4.0), and of those none on a site that one of the four benched sets has a test page of.

With `--best` the model of the best mode, which also sees what trafilatura finds on the page, and is heard together with
the other one.

Boosted symmetric trees judge each segment by what `firsthand.read.block_features` says of it. Printed are scores on
sites left out of training, three parts in turn. A second stage, which also saw what the first believed of a segment's
neighbours, containers and page, was tried and made articles no better.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from bench.reading_sets import BenchPage, shingle_scores, wcxb_gold, wcxb_pages, word_scores
from catboost import CatBoostClassifier, Pool

from firsthand.knowledge.models.trees import BEST_READING, READING, ReadingModel, Trees, write_reading
from firsthand.read.block_features import Numbers, feature_names, feature_rows
from firsthand.read.block_model import best_cut
from firsthand.read.encoding import decode
from firsthand.read.main_text import find_main_text
from firsthand.read.markup import TooManyElementsError, parse_markup
from firsthand.read.opinion_features import opinion_names, opinion_rows
from firsthand.read.second_opinion import second_opinion
from firsthand.read.segments import segment_tree
from firsthand.read.structured import harvest, stated_text

MODELS = Path(__file__).parent.parent / "src/firsthand/knowledge/models"
PARTS, SEED = 3, 1
TREES, RATE = 300, 0.11
DEPTH = 6
LEAST_COVERED = 0.5
"""Share of a segment's words that must stand in the gold text, in its order, for the segment to belong to it."""
RUN_WORDS = (4, 3)
ARTICLE_WEIGHT = 1.5
"""Pages of news are what is read; half of the pages are of other kinds."""
CAUTIONS = (1.2, 1.0, 0.9, 0.8, 0.7, 0.6)


@dataclass(frozen=True, kw_only=True)
class Example:
    """One page to learn from."""

    site: str
    kind: str
    rows: Numbers
    belongs: np.ndarray[Any, np.dtype[np.bool_]]
    texts: tuple[str, ...]
    gold: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the model file and print how well its stages do on sites left out of training."""
    parser = argparse.ArgumentParser(description="Train the model of main text.")
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("--best", action="store_true", help="the model that hears a second opinion")
    options = parser.parse_args(arguments)
    kept_out = tested_sites(options.checkouts)
    pages = _examples(options.checkouts / "web-content-extraction-benchmark", best=options.best)
    examples = [each for each in pages if each.site not in kept_out]
    print(f"{len(examples)} pages, {sum(len(each.texts) for each in examples)} segments")
    told = _left_out(examples)
    if options.best:
        told = _means(told, _left_out([replace(each, rows=each.rows[:, : len(feature_names())]) for each in examples]))
    _report(examples, told)
    names = (*feature_names(), *opinion_names()) if options.best else tuple(feature_names())
    write_reading(
        MODELS / (BEST_READING if options.best else READING), ReadingModel(trees=_fitted(examples), features=names)
    )
    return 0


def site_of(host: str) -> str:
    """The registered domain of a host, as far as its labels tell."""
    labels = host.lower().split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else labels[-2:])


def tested_sites(folder: Path) -> set[str]:
    """Every site that a test page of the four sets is from."""
    aeb = json.loads((folder / "article-extraction-benchmark/ground-truth.json").read_text(encoding="utf-8"))
    urls = [entry.get("url", "") for entry in aeb.values()]
    urls += json.loads((folder / "trafilatura/tests/evaldata.json").read_text(encoding="utf-8"))
    for path in (folder / "fundus/tests/resources/parser/test_data").glob("*/meta.info"):
        urls += [entry["url"] for entry in json.loads(path.read_text(encoding="utf-8")).values()]
    wcxb = folder / "web-content-extraction-benchmark"
    seen = {domain for _, domain in wcxb_pages(wcxb, "dev")}
    hosts = [domain for _, domain in wcxb_pages(wcxb, "test") if domain not in seen]
    return {site_of(host) for host in [*hosts, *(urlsplit(url).hostname or "" for url in urls)]} - {""}


def _examples(checkout: Path, *, best: bool) -> Iterator[Example]:
    """The pages with their rows; with `best`, what the second opinion says of each is in the rows, behind the rest."""
    for path, domain in wcxb_pages(checkout, "dev"):
        gold = wcxb_gold(path)
        decoded = decode(gzip.decompress(path.read_bytes()))
        if not gold or decoded is None:
            continue
        try:
            root = parse_markup(decoded.text)
        except TooManyElementsError:
            continue
        structured, segmented = harvest(root), segment_tree(root)
        title = structured.ld_text("headline") or structured.first("og:title")
        pictures = [picture.element for picture in segmented.pictures]
        items = find_main_text(segmented.segments, title, pictures=pictures).all
        if items:
            texts = tuple(item.segment.text for item in items)
            rows = feature_rows(items, title, stated_text(structured))
            if best:
                rows = np.concatenate([rows, opinion_rows(items, second_opinion(decoded.text).text)], axis=1)
            yield Example(
                site=site_of(domain), kind=_kind(path), rows=rows, belongs=labels(texts, gold), texts=texts, gold=gold
            )


def _kind(path: Path) -> str:
    name = path.name.replace(".html.gz", ".json")
    truth = json.loads((path.parent.parent / "ground-truth" / name).read_text(encoding="utf-8"))
    kind = (truth.get("_internal") or {}).get("page_type") or ""
    return kind["primary"] if isinstance(kind, dict) else kind


def labels(texts: Sequence[str], gold: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which segments belong to the gold text: those that it has as a line, or most of whose words stand in it in runs.

    Of equal segments as many belong as the gold text has, those nearest to the bulk of what belongs.
    """
    words = [_words(text) for text in texts]
    lines = {" ".join(_words(line)) for line in gold.split("\n")}
    covered = _covered([word for each in words for word in each], _words(gold))
    ends = np.cumsum([len(each) for each in words])
    shares = np.array(
        [float(covered[end - len(each) : end].mean()) if each else 0.0 for each, end in zip(words, ends, strict=True)]
    )
    joined = [" ".join(each) for each in words]
    belongs = (shares > LEAST_COVERED) | np.array([bool(text) and text in lines for text in joined])
    return _without_repeats(belongs, joined, " ".join(_words(gold)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _covered(page: Sequence[str], gold: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which words of the page stand in a run of words that the gold text has too."""
    covered = np.zeros(len(page), dtype=bool)
    for size in RUN_WORDS:
        known = set(zip(*(gold[shift:] for shift in range(size)), strict=False))
        for at, run in enumerate(zip(*(page[shift:] for shift in range(size)), strict=False)):
            if run in known:
                covered[at : at + size] = True
    return covered


def _without_repeats(
    belongs: np.ndarray[Any, np.dtype[np.bool_]], texts: Sequence[str], gold: str
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    places = np.flatnonzero(belongs)
    if not len(places):
        return belongs
    mass = np.cumsum([len(texts[place]) for place in places])
    middle = places[np.searchsorted(mass, mass[-1] / 2)]
    same: dict[str, list[int]] = {}
    for place in places:
        same.setdefault(texts[place], []).append(int(place))
    for text, found in same.items():
        there = max(1, f" {gold} ".count(f" {text} "))
        for place in sorted(found, key=lambda place: abs(place - middle))[there:]:
            belongs[place] = False
    return belongs


def _left_out(examples: Sequence[Example]) -> list[Numbers]:
    """What is believed of each page's segments by trees that learned from the other parts only."""
    sites = sorted({each.site for each in examples})
    drawn = dict(zip(sites, np.random.default_rng(7).integers(0, PARTS, len(sites)), strict=True))
    told: list[Numbers] = [np.empty(0)] * len(examples)
    for number in range(PARTS):
        trees = _fitted([each for each in examples if drawn[each.site] != number])
        for place, each in enumerate(examples):
            if drawn[each.site] == number:
                told[place] = trees.probabilities(each.rows)
    return told


def _means(one: Sequence[Numbers], other: Sequence[Numbers]) -> list[Numbers]:
    """What two models believe together: the mean of their logits."""
    odds = [(a / (1 - a)) * (b / (1 - b)) for a, b in zip(one, other, strict=True)]
    return [np.sqrt(each) / (1 + np.sqrt(each)) for each in odds]


def _weights(example: Example) -> Any:
    """Long segments count for more, and a page for about the root of what belongs to it."""
    size = (np.array([len(text.split()) for text in example.texts]) + 1) ** 0.6
    factor = ARTICLE_WEIGHT if example.kind == "article" else 1.0
    return factor * size / np.sqrt(size[example.belongs].sum() + 20)


def _fitted(examples: Sequence[Example]) -> Trees:
    belongs = np.concatenate([each.belongs for each in examples]).astype(int)
    weights = np.concatenate([_weights(each) for each in examples])
    learner = CatBoostClassifier(
        iterations=TREES,
        learning_rate=RATE,
        depth=DEPTH,
        l2_leaf_reg=6,
        border_count=64,
        boosting_type="Plain",
        bootstrap_type="Bernoulli",
        subsample=0.7,
        rsm=0.4,
        random_seed=SEED,
        thread_count=2,
        verbose=0,
        allow_writing_files=False,
    )
    learner.fit(Pool(np.concatenate([each.rows for each in examples]), belongs, weight=weights))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        learner.save_model(str(path), format="json")
        return _from_export(json.loads(path.read_text(encoding="utf-8")))


def _from_export(exported: Any) -> Trees:
    """The trees of a model that CatBoost wrote as JSON."""
    splits = [
        [(split["float_feature_index"], split["border"]) for split in tree["splits"]]
        for tree in exported["oblivious_trees"]
    ]
    splits, leaves = _of_one_depth(splits, [tree["leaf_values"] for tree in exported["oblivious_trees"]])
    scale, bias = exported["scale_and_bias"]
    return Trees(
        columns=np.array([[column for column, _ in tree] for tree in splits], dtype=np.int16),
        borders=np.array([[border for _, border in tree] for tree in splits], dtype=np.float32),
        leaves=np.array(leaves, dtype=np.float32) * np.float32(scale),
        bias=float(bias[0] if isinstance(bias, list) else bias),
    )


def _of_one_depth(splits: list[Any], leaves: list[Any]) -> tuple[list[Any], list[Any]]:
    """Shallower trees with questions that nothing answers yes, so that their leaves repeat nothing."""
    for tree, values in zip(splits, leaves, strict=True):
        while len(tree) < DEPTH:
            tree.append((0, float("inf")))
            values.extend([0.0] * len(values))
    return splits, leaves


def _report(examples: Sequence[Example], told: Sequence[Numbers]) -> None:
    """Prints scores on sites left out of training, by how cautious the cut is."""
    for caution in CAUTIONS:
        texts = [_text(each, belief, caution) for each, belief in zip(examples, told, strict=True)]
        for kind in sorted({each.kind for each in examples}):
            places = [place for place, each in enumerate(examples) if each.kind == kind]
            shown = [texts[place] for place in places]
            pages = [BenchPage(Path(), examples[place].gold) for place in places]
            words, _, _ = word_scores(shown, pages)
            shingles, _, _ = shingle_scores(shown, pages)
            print(f"caution {caution} {kind} ({len(places)}): F1 by words {words:.4f}, by shingles {shingles:.4f}")


def _text(example: Example, belief: Numbers, caution: float) -> str:
    cut = best_cut(belief, np.array([len(text) for text in example.texts], dtype=float), caution)
    return "\n".join(text for text, sure in zip(example.texts, belief, strict=True) if sure >= cut)


if __name__ == "__main__":
    raise SystemExit(main())
