"""The results contract: every record of a run as one JSON file that other programs may rely on.

Its JSON Schema lies beside this module, `results-1.schema.json`. Times of capture are not in it, so tracing the
same files twice gives the same bytes.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files

from firsthand.publish.index import Index
from firsthand.publish.visible import STEERING
from firsthand.records import Derivation, Document, Evidence, Finding, Json, Origin, Results, Span, Speaker, Statement

SCHEMA = "firsthand.results/1"
_SPLIT_PAIR = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")


def results_schema() -> dict[str, Json]:
    """The JSON Schema (draft 2020-12) that every `results_json` satisfies."""
    found: dict[str, Json] = json.loads(
        files("firsthand.publish").joinpath("results-1.schema.json").read_text(encoding="utf-8")
    )
    return found


def results_json(results: Results) -> bytes:
    """`results` as the results contract: indented JSON in UTF-8, in an order that depends only on what the records say.

    Characters that would steer a terminal are written as JSON escapes, so the file can be printed and still reads back
    unchanged. Refuses with `BrokenResultsError` what `Index` refuses.
    """
    index = Index(results)
    contract: Json = {
        "schema": SCHEMA,
        "version": results.version,
        "documents": [_document(document, index) for document in index.documents],
        "derivations": [_derivation(derivation) for derivation in index.derivations],
        "origins": [_origin(origin) for origin in index.origins],
        "statements": [_statement(statement, index) for statement in index.statements],
        "proposed": [_statement(statement, index) for statement in index.proposed],
        "findings": [_finding(finding, index) for finding in index.findings],
        "refused": [
            {"path": refusal.path, "code": refusal.code, "reason": refusal.reason, "remedy": refusal.remedy}
            for refusal in sorted(results.refused, key=lambda r: (r.path, r.code, r.reason))
        ],
    }
    text = json.dumps(contract, ensure_ascii=False, indent=2, allow_nan=False)
    # Two lone surrogates side by side would read back as one letter and shift every offset after them.
    return (STEERING.sub(_escaped, _SPLIT_PAIR.sub("\ufffd", text)) + "\n").encode()


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def _document(document: Document, index: Index) -> Json:
    return {
        "id": document.id,
        "path": document.path,
        "also_at": index.also_at(document),
        "part": document.part,
        "sha256": document.sha256,
        "title": document.title,
        "outlet": document.outlet,
        "byline": document.byline,
        "published": document.published,
        "published_from": document.published_from,
        "stated_dates": [{"edtf": each.edtf, "found_in": each.found_in} for each in document.stated_dates],
        "language": document.language,
        "url": document.url,
        "source_url": document.source_url,
        "round_up": document.round_up,
        "fetched_from": document.fetched_from,
        "fetched_at": document.fetched_at,
        "partial": document.partial,
        "text": document.text,
        "warnings": document.warnings,
        "method": document.method,
    }


def _derivation(derivation: Derivation) -> Json:
    return {
        "child": derivation.child,
        "parent": derivation.parent,
        "how": derivation.how,
        "credited": derivation.credited,
        "confidence": derivation.confidence,
        "evidence": [_evidence(evidence) for evidence in derivation.evidence],
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "kind": evidence.kind,
        "text": evidence.text,
        "child": _span(evidence.child),
        "parent": _span(evidence.parent),
    }


def _span(span: Span | None) -> Json:
    return None if span is None else {"start": span.start, "end": span.end}


def _origin(origin: Origin) -> Json:
    return {
        "id": origin.id,
        "kind": origin.kind,
        "name": origin.name,
        "document": origin.document,
        "aliases": origin.aliases,
        "evidence": [_evidence(evidence) for evidence in origin.evidence],
    }


def _statement(statement: Statement, index: Index) -> Json:
    grounding, place = index.grounding(statement), index.place(statement)
    return {
        "id": statement.id,
        "document": statement.document,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "cue": statement.cue,
        "speakers": [speaker.name for speaker in statement.speakers],
        "voices": [_voice(speaker) for speaker in statement.speakers],
        "certainty": statement.certainty,
        "certainty_cue": _span(statement.certainty_cue),
        "negated": statement.negated,
        "first_hand": _span(statement.first_hand),
        "activity": statement.activity,
        "technology": statement.technology,
        "actor": statement.actor,
        "supplier": statement.supplier,
        "place": statement.place,
        "country": statement.country,
        "time": statement.time,
        "time_text": statement.time_text,
        "origins": grounding.origins,
        "chain": grounding.chain,
        "reason": grounding.reason,
        "finding": place[0].id if place else None,
        "stance": place[1] if place else None,
        "method": statement.method,
        "proposed_by": statement.proposed_by,
    }


def _voice(speaker: Speaker) -> Json:
    return {
        "name": speaker.name,
        "sort": speaker.sort,
        "role": speaker.role,
        "of": speaker.of,
        "at": _span(speaker.span),
        "named_at": _span(speaker.named_at),
    }


def _finding(finding: Finding, index: Index) -> Json:
    members = index.members(finding)
    return {
        "id": finding.id,
        "text": finding.text,
        "independent": finding.counts.independent,
        "undetermined": finding.counts.undetermined,
        "derived": finding.counts.derived,
        "disputed_by": finding.counts.disputed_by,
        "statements": [member.statement for member in members],
        "members": [{"statement": member.statement, "stance": member.stance} for member in members],
        "explanation": " ".join(finding.explanation),
        "variants": finding.variants,
    }
