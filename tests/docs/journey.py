"""Writes docs/journey.md, one record's life with real output from the bundled example: `make reference`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from firsthand.engine.tracing import trace_paths
from firsthand.publish import results_json

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "journey.md"
PAGES = ROOT / "examples" / "brannik-trams" / "pages"
BEGIN = "<!-- from here on written by `make reference` -->\n"
FOLLOWED = "lantern.md"  # the uncredited rewrite: the record with the longest way down


def journey() -> str:
    """The page as it should be: what stands before the mark as it is, behind it what the stages make of one file."""
    written_by_hand = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
    return written_by_hand + BEGIN + "\n" + "\n".join(_sections())


def _sections() -> Iterator[str]:
    results = trace_paths([str(PAGES)], now="2032-04-01T00:00:00Z", workers=1)
    contract = json.loads(results_json(results))
    document = next(d for d in contract["documents"] if d["path"].endswith(FOLLOWED))
    statement = max(
        (s for s in contract["statements"] if s["document"] == document["id"] and s["origins"]),
        key=lambda s: len(s["quote"]),
    )
    finding = next(f for f in contract["findings"] if f["id"] == statement["finding"])
    origins = [o for o in contract["origins"] if o["id"] in statement["origins"]]
    edges = [e for e in contract["derivations"] if e["child"] == document["id"]]
    names = {d["id"]: d["outlet"] or d["title"] for d in contract["documents"]}
    names |= {o["id"]: o["name"] for o in contract["origins"]}
    yield _part(
        "1. Preserve",
        "The bytes as they came. Their SHA-256 is their name.",
        {"path": FOLLOWED, "sha256": document["sha256"]},
    )
    read = {key: document[key] for key in ("title", "outlet", "byline", "published", "language")}
    yield _part(
        "2. Read", "Main text and what the page says about itself.", {**read, "text": document["text"][:160] + "…"}
    )
    kept = ("quote", "start", "end", "speakers", "certainty", "activity", "technology", "place", "time")
    yield _part("3. Extract", "One of its statements, in its own words.", {key: statement[key] for key in kept})
    yield _part(
        "4. Trace", "Whom the document draws on and why, and what the statement rests on.",
        {
            "derivations": [
                {
                    "parent": names[e["parent"]], "how": e["how"], "credited": e["credited"],
                    "evidence": [x["text"] for x in e["evidence"][:3]],
                }
                for e in edges
            ],
            "origins": [{"kind": o["kind"], "name": o["name"]} for o in origins],
        },
    )  # fmt: skip
    counted = ("text", "independent", "undetermined", "derived", "disputed_by", "explanation")
    yield _part(
        "5. Reconcile",
        "The finding that the statement belongs to, counted by origin.",
        {key: finding[key] for key in counted},
    )


def _part(title: str, sentence: str, shown: dict[str, object]) -> str:
    return f"## {title}\n\n{sentence}\n\n```json\n{json.dumps(shown, indent=2, ensure_ascii=False)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(journey(), encoding="utf-8")
