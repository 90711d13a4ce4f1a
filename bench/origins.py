"""How well are origins counted? `python -m bench.origins GOLD_DIR [--given-statements] [--write] [--check]`.

Scores the project with the gold's own `score.py`, in three modes, beside four published ways of counting sources. They
are built again here from their descriptions and handed the gold statements and findings: only their counting is scored.

- *count documents*: every supporting document is a source.
- *count outlets*: every outlet with a supporting document is a source, as in news dashboards.
- *headline similarity*: documents whose headlines share 0.55 of their words (Jaccard) are one source, as in
  corroborate-mcp.
- *attribution phrases and shared quotes*: documents that name the same source by a phrase ("according to X"), or share
  at least 0.6 of their quotations of 40 characters or more, are one source, as in Observatory-Global's corroborate-v2.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.gold import Family, load
from bench.results import HERE, RESULTS, keep_section, measured_where
from firsthand.records import Results
from firsthand.version import VERSION

COLUMNS = ("stmt_r", "stmt_p", "group", "parent", "origin", "undet", "finding", "mae", "over", "under", "dispute")
WHOLE, OURS, GIVEN = "firsthand", "firsthand, given statements", "firsthand, given statements and origins"
Row = Mapping[str, float | None]
Score = Callable[[Path, Mapping[str, Any]], Row]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when `--check` finds a figure below its floor, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.origins", description="Score origin counts on gold families."
    )
    parser.add_argument("gold", type=Path, help="folder with score.py and one folder a family")
    parser.add_argument("--given-statements", action="store_true", help="leave the run from files out")
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    parser.add_argument("--check", action="store_true", help="compare with bench/floors.json")
    options = parser.parse_args(arguments)
    table = measure(options.gold, whole=not options.given_statements)
    text = written(table)
    print(text)
    if options.write:
        keep_section(RESULTS, "origins", heading() + text)
    faults = below_floor(table) if options.check else []
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


def measure(gold: Path, *, whole: bool) -> dict[str, dict[str, Row]]:
    """Scores by mode and family, with a last row `mean` in every mode."""
    score = _scorer(gold)
    families = [load(path.parent) for path in sorted(gold.glob("*/gold.json"))]
    modes: dict[str, Callable[[Family], Mapping[str, Any]]] = {WHOLE: from_files} if whole else {}
    modes |= {OURS: with_our_tracing, GIVEN: with_gold_origins}
    modes |= {name: _counted_by(method) for name, method in BASELINES.items()}
    table: dict[str, dict[str, Row]] = {}
    for name, run in modes.items():
        rows = {family.name: score(family.folder, run(family)) for family in families}
        table[name] = {**rows, "mean": _mean(rows.values())}
    for name in BASELINES:  # they were handed what these columns measure
        handed = dict.fromkeys(("stmt_r", "stmt_p", "group", "parent", "finding", "undet", "dispute"))
        table[name] = {family: {**row, **handed} for family, row in table[name].items()}
    return table


def from_files(family: Family) -> Mapping[str, Any]:
    """What the project makes of the family's files on its own."""
    from firsthand.engine.tracing import trace_paths

    return _contract(trace_paths([str(path) for path in family.paths], now="2000-01-01T00:00:00Z"))


def with_our_tracing(family: Family) -> Mapping[str, Any]:
    """Gold statements, with origins and findings of our own."""
    from firsthand.trace import trace

    return _reconciled(replace(family, traced=trace(family.documents, family.statements)))


def with_gold_origins(family: Family) -> Mapping[str, Any]:
    """Gold statements and gold origins, with findings of our own."""
    return _reconciled(family)


def _reconciled(family: Family) -> Mapping[str, Any]:
    from firsthand.reconcile import reconcile

    findings = reconcile(family.documents, family.statements, family.traced)
    return _contract(
        Results(
            version=VERSION,
            documents=family.documents,
            statements=family.statements,
            traced=family.traced,
            findings=findings,
            refused=(),
        )
    )


def _contract(results: Results) -> Mapping[str, Any]:
    from firsthand.publish import results_json

    contract: Mapping[str, Any] = json.loads(results_json(results))
    return contract


def _scorer(gold: Path) -> Score:
    spec = importlib.util.spec_from_file_location("gold_score", gold / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no score.py in {gold}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Score = module.score
    return score


def _mean(rows: Iterable[Row]) -> Row:
    listed = list(rows)
    known = {key: [value for row in listed if (value := row[key]) is not None] for key in COLUMNS}
    return {key: sum(values) / len(values) if values else None for key, values in known.items()}


# Peers ---------------------------------------------------------------------------------------------------------------


def _by_document(document: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(document["id"] == other["id"])


def _by_outlet(document: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(document["outlet"] == other["outlet"])


def _by_headline(document: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    left, right = (set(re.findall(r"\w+", (page["title"] or "").lower())) for page in (document, other))
    return _by_outlet(document, other) or (bool(left | right) and len(left & right) / len(left | right) >= 0.55)


NAMED = r"(?P<source>(?:the )?[A-Z][\w.'’-]*(?: (?:of|for|and|the|[A-Z0-9][\w.'’-]*))*)"
PHRASES = [
    re.compile(pattern)
    for pattern in (rf"[Aa]ccording to {NAMED}", rf"{NAMED} (?:first )?report(?:s|ed)\b", rf"\b[Cc]iting {NAMED}")
]
OFFICIAL = re.compile(
    r"(?i)\b(police|ministry|minister|government|officials?|court|army|authorities|spokes\w+|witness\w*)\b"
)


def _sources(document: Mapping[str, Any]) -> set[str]:
    found = (match["source"] for phrase in PHRASES for match in phrase.finditer(document["text"]))
    return {re.sub(r"^the ", "", name.lower()) for name in found if not OFFICIAL.search(name)}


def _quotations(document: Mapping[str, Any]) -> list[str]:
    found = re.findall(r"[“\"«]([^“”\"«»]{40,})[”\"»]", document["text"])
    return [" ".join(re.findall(r"\w+", quotation.lower())) for quotation in found]


def _by_phrases_and_quotes(document: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    ours, theirs = _sources(document), _sources(other)
    outlets = {str(page["outlet"]).lower() for page in (document, other)}
    if _by_outlet(document, other) or ours & theirs or (ours | theirs) & outlets:
        return True
    fewer, page = min(((_quotations(document), other), (_quotations(other), document)), key=lambda pair: len(pair[0]))
    text = " ".join(re.findall(r"\w+", page["text"].lower()))
    return bool(fewer) and sum(quotation in text for quotation in fewer) / len(fewer) >= 0.6


SameSource = Callable[[Mapping[str, Any], Mapping[str, Any]], bool]
BASELINES: Mapping[str, SameSource] = {
    "count documents": _by_document,
    "count outlets": _by_outlet,
    "headline similarity": _by_headline,
    "attribution phrases and shared quotes": _by_phrases_and_quotes,
}


def _counted_by(same: SameSource) -> Callable[[Family], Mapping[str, Any]]:
    """Results with gold statements and findings in which documents that are the `same` source are one origin."""

    def run(family: Family) -> Mapping[str, Any]:
        pages = [
            {**row, "path": str(family.folder / row["file"]), "text": document.text}
            for row, document in zip(family.gold["documents"], family.documents, strict=True)
        ]
        source = {page["id"]: page["id"] for page in pages}
        for left, right in combinations(pages, 2):
            if same(left, right):
                keep, drop = source[left["id"]], source[right["id"]]
                source = {page: keep if label == drop else label for page, label in source.items()}
        statements = [
            {**row, "document": row["doc"], "origins": [source[row["doc"]]]} for row in family.gold["statements"]
        ]
        findings = []
        for row in family.gold["findings"]:
            backing = [s for s in statements if s["finding"] == row["id"] and s["stance"] == "supports"]
            findings.append({**row, "independent": len({origin for s in backing for origin in s["origins"]})})
        return {"documents": pages, "derivations": [], "statements": statements, "findings": findings}

    return run


# The table -----------------------------------------------------------------------------------------------------------


def written(table: Mapping[str, Mapping[str, Row]]) -> str:
    """The means of every mode, and the project's own modes by family, as Markdown."""
    head = "".join(f" {column} |" for column in COLUMNS)
    rule = "|---|" + "---:|" * len(COLUMNS)
    lines = ["## Means", "", f"| method |{head}", rule, *(_line(mode, rows["mean"]) for mode, rows in table.items())]
    for mode in (WHOLE, OURS, GIVEN):
        if mode in table:
            lines += ["", f"## By family: {mode}", "", f"| family |{head}", rule]
            lines += [_line(family, row) for family, row in table[mode].items()]
    return "\n".join(lines) + "\n"


def _line(name: str, row: Row) -> str:
    values = (row[column] for column in COLUMNS)
    return f"| {name} |" + "".join(" – |" if value is None else f" {value:.3f} |" for value in values)


def heading() -> str:
    """What was measured, with which commit, on what machine, and when."""
    return (
        "# Origins\n\n"
        f"{measured_where('bench.origins GOLD_DIR')}\n\n"
        "`finding` is B-cubed F1 of statements grouped into findings; `mae` the mean absolute error of the number of\n"
        "independent origins a finding; `over` and `under` the share of findings counted too high and too low;\n"
        "`dispute` the share of disputed findings reported so. Lower is better for `mae`, `over` and `under`.\n"
        "The four counting methods were handed the gold statements, findings and stances; a dash stands where that\n"
        "leaves nothing to measure.\n\n"
        "Four of the families were at hand when rules, cues and the weights of likeness and derivation were settled,\n"
        "so the project's figures there flatter it; the models of statements never saw any. The files of\n"
        "`n10-stadium-biometrics` were never read, but its scores were seen along the way.\n\n"
    )


def below_floor(table: Mapping[str, Mapping[str, Row]]) -> list[str]:
    """One line for every mean that is worse than `floors.json` allows; modes that were not run are passed over."""
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["origins"]
    faults = []
    for mode in floors.keys() & table.keys():
        for column, bound in floors[mode].items():
            value = table[mode]["mean"][column]
            if value is None or not bound.get("at_least", 0.0) <= value <= bound.get("at_most", float("inf")):
                faults.append(f"{mode}: {column} is {value}, wanted {bound}")
    return sorted(faults)


if __name__ == "__main__":
    sys.exit(main())
