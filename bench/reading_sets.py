"""The four public sets of real pages that reading is measured on, each with the scorer that its makers use.

None is part of this repository; `load_sets` takes a folder with a checkout of each (or some) of them:

- `article-extraction-benchmark` (scrapinghub, MIT): 181 pages, scored over shingles of four words.
- `fundus` (flairNLP, MIT): the parsers' test pages with their reviewed gold, scored over the same shingles; also title,
  authors and date.
- `trafilatura` (adbar, Apache-2.0): its evaluation set, segments that must and must not be found.
- `web-content-extraction-benchmark` (Murrough-Foley, CC BY 4.0): the test pages of domains that its development pages
  do not have, scored over words.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

Scores: TypeAlias = tuple[float, float, float]
"""F1, precision, recall; each 0 to 1."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page's gold says about it: None where the gold does not say, empty where it says there is none."""

    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    """Day of publication, `YYYY-MM-DD`."""


@dataclass(frozen=True, slots=True)
class BenchPage:
    """A captured page with its gold in the form that its set's scorer takes."""

    path: Path
    gold: Any
    facts: Facts = Facts()

    @property
    def content(self) -> bytes:
        """The page's bytes, read anew each time so that memory is the extractor's own."""
        content = self.path.read_bytes()
        return gzip.decompress(content) if self.path.suffix == ".gz" else content


@dataclass(frozen=True, slots=True)
class PageSet:
    """Pages and the scorer of their main text, which takes texts in the order of the pages."""

    name: str
    pages: tuple[BenchPage, ...]
    score: Callable[[Sequence[str], Sequence[BenchPage]], Scores]


def load_sets(folder: Path) -> list[PageSet]:
    """The sets that `folder` holds a checkout of, in a fixed order. Raises `SystemExit` when it holds none."""
    loaders = {
        "article-extraction-benchmark": _benchmark,
        "fundus": _fundus,
        "trafilatura": _segments,
        "web-content-extraction-benchmark": _wcxb,
    }
    found = [load(folder / name) for name, load in loaders.items() if (folder / name).is_dir()]
    if not found:
        raise SystemExit(f"{folder} holds none of the sets: put checkouts named {', '.join(loaders)} there.")
    return found


def _benchmark(checkout: Path) -> PageSet:
    truth = json.loads((checkout / "ground-truth.json").read_text(encoding="utf-8"))
    pages = tuple(
        BenchPage(checkout / "html" / f"{name}.html.gz", truth[name]["articleBody"]) for name in sorted(truth)
    )
    return PageSet("AEB", pages, shingle_scores)


def shingle_scores(texts: Sequence[str], pages: Sequence[BenchPage]) -> Scores:
    """As `evaluate.py` of article-extraction-benchmark: mean precision and recall over bags of four-word shingles.

    A page's precision is 1 when nothing was found and its recall 1 when nothing was to be found; F1 is of the means.
    """
    precisions: list[float] = []
    recalls: list[float] = []
    for text, page in zip(texts, pages, strict=True):
        found, true = _shingles(text), _shingles(page.gold)
        both = sum((found & true).values())
        over, missed = sum(found.values()) - both, sum(true.values()) - both
        if both == over == missed == 0:
            precisions, recalls = [*precisions, 1.0], [*recalls, 1.0]
            continue
        precisions.append(1.0 if over == 0 else both / (both + over))
        recalls.append(1.0 if missed == 0 else both / (both + missed))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * precision * recall / (precision + recall), precision, recall


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if len(words) <= 4:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[shift:] for shift in range(4)), strict=False))


def _fundus(checkout: Path) -> PageSet:
    data = checkout / "tests" / "resources" / "parser" / "test_data"
    pages: list[BenchPage] = []
    for golds in sorted(data.glob("*/*.json")):
        versions = json.loads(golds.read_text(encoding="utf-8"))
        for path in sorted(golds.parent.glob(f"{golds.stem}_2*.html.gz")):
            content = _unpacked(path)
            gold = _gold_of(content.decode("utf-8", "replace"), list(versions.values()))
            if gold:
                pages.append(BenchPage(path, _fundus_body(gold), _fundus_facts(gold)))
    return PageSet("fundus", tuple(pages), shingle_scores)


def _gold_of(source: str, versions: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The gold whose words the page holds most of; a publisher has one for each of its pages."""
    shown = set(re.findall(r"\w+", unescape(source)))
    with_body = [version for version in versions if _fundus_body(version)]

    def share(version: Mapping[str, Any]) -> float:
        words = set(re.findall(r"\w+", f"{_fundus_body(version)} {version.get('title')}"))
        return len(words & shown) / len(words)

    return max(with_body, key=share, default=None)


def _fundus_body(gold: Mapping[str, Any]) -> str:
    body = gold.get("body") or {}
    parts = list(body.get("summary", ()))
    for section in body.get("sections", ()):
        parts += [*section.get("headline", ()), *section.get("paragraphs", ())]
    return "\n\n".join(parts)


def _fundus_facts(gold: Mapping[str, Any]) -> Facts:
    date = gold.get("publishing_date")
    return Facts(gold.get("title"), tuple(gold.get("authors") or ()), date[:10] if date else None)


def _segments(checkout: Path) -> PageSet:
    tests = checkout / "tests"
    truth = json.loads((tests / "evaldata.json").read_text(encoding="utf-8"))
    pages = []
    for url in sorted(truth):
        path = next(
            folder / truth[url]["file"]
            for folder in (tests / "cache", tests / "eval")
            if (folder / truth[url]["file"]).is_file()
        )
        pages.append(BenchPage(path, (truth[url]["with"], truth[url]["without"])))
    return PageSet("traf", tuple(pages), segment_scores)


def segment_scores(texts: Sequence[str], pages: Sequence[BenchPage]) -> Scores:
    """As trafilatura's `tests/evaluate.py`: how many segments that belong are there, and how many that do not."""
    hits = false = missed = 0
    for text, page in zip(texts, pages, strict=True):
        text, (wanted, unwanted) = _even(text), page.gold
        there = sum(_even(segment) in text for segment in wanted)
        hits, missed = hits + there, missed + len(wanted) - there
        false += sum(_even(segment) in text for segment in unwanted)
    return _f1(hits / max(hits + false, 1), hits / max(hits + missed, 1))


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _wcxb(checkout: Path) -> PageSet:
    dev = dict(wcxb_pages(checkout, "dev"))
    domains, seen = set(dev.values()), {_digest(page) for page in dev}
    pages = []
    for path, domain in wcxb_pages(checkout, "test"):
        if domain not in domains and _digest(path) not in seen:
            pages.append(BenchPage(path, wcxb_gold(path)))
    return PageSet("WCXB", tuple(pages), word_scores)


def wcxb_pages(checkout: Path, split: str) -> list[tuple[Path, str]]:
    """Each page of a split, `dev` or `test`, with its domain. Some names stand in both splits, for unlike pages too."""
    files = json.loads((checkout / "metadata.json").read_text(encoding="utf-8"))["files"]
    found = []
    for path in sorted((checkout / split / "html").glob("*.html.gz")):
        url = json.loads(_gold_path(path).read_text(encoding="utf-8")).get("url") or ""
        host = urlsplit(url).hostname or files[path.name.removesuffix(".html.gz")]["domain"]
        found.append((path, host.lower().removeprefix("www.")))
    return found


def wcxb_gold(path: Path) -> str:
    """The hand-made main text of a page at `path`."""
    truth = json.loads(_gold_path(path).read_text(encoding="utf-8")).get("ground_truth") or {}
    return truth.get("main_content") or ""


def _gold_path(path: Path) -> Path:
    return path.parent.parent / "ground-truth" / f"{path.name.removesuffix('.html.gz')}.json"


def _digest(path: Path) -> bytes:
    return hashlib.sha256(_unpacked(path)).digest()


def word_scores(texts: Sequence[str], pages: Sequence[BenchPage]) -> Scores:
    """As `evaluate.py` of web-content-extraction-benchmark: means over pages of F1 over bags of lower-case words."""
    rows = [_word_scores(text, page.gold) for text, page in zip(texts, pages, strict=True)]
    f1, precision, recall = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return f1, precision, recall


def _word_scores(text: str, gold: str) -> Scores:
    found, true = (Counter(re.findall(r"\w+", each.lower())) for each in (text, gold))
    if not found or not true:
        return (1.0, 1.0, 1.0) if not found and not true else (0.0, 0.0, 0.0)
    both = sum((found & true).values())
    return _f1(both / sum(found.values()), both / sum(true.values()))


def _f1(precision: float, recall: float) -> Scores:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0, precision, recall


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
