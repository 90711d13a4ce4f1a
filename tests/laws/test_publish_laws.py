"""What holds for every dossier, contract and summary, whatever the results."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import lxml.html
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "golden" / "publish"))
from ferry_case import empty_results, ferry_results, shuffled

from firsthand.publish import dossier_html, results_json, results_schema, summary
from firsthand.publish.layout import _spread
from firsthand.publish.visible import columns, visible
from firsthand.records import (
    Block,
    Capture,
    Circumstance,
    Counts,
    Derivation,
    Document,
    Finding,
    Grounding,
    Membership,
    Origin,
    Results,
    Statement,
    Traced,
)

# Letters that have broken pages before: markup, quotes, directions, control, joiners, wide and combining ones.
LETTERS = "ab .,<>&\"'`/\\{}%[]\u202e\u2066\u200f\x1b\x9b\x00\u0301港ق\U0001f6a2\ud800\u2028"
WORDS = st.text(LETTERS, min_size=1, max_size=40)
SCHEMA = jsonschema.Draft202012Validator(results_schema())


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, ...]:
    made = []
    for number in range(draw(st.integers(0, 5))):
        paragraphs = draw(st.lists(WORDS, min_size=1, max_size=4))
        text = "\n\n".join(paragraphs)
        edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
        made.append(
            Document(
                id=f"d-{number}",
                sha256=hashlib.sha256(bytes([number])).hexdigest(),
                part=0,
                path=draw(WORDS),
                text=text,
                title=draw(st.none() | WORDS),
                outlet=draw(st.none() | WORDS),
                url=draw(st.none() | WORDS),
                published=draw(st.sampled_from([None, "2031", "2031-05-06", "2031-05-06T10:00:00Z"])),
                blocks=tuple(Block(kind="paragraph", start=a, end=b) for a, b in pairwise(edges)),
            )
        )
    return tuple(made)


@st.composite
def statements(draw: st.DrawFn, among: tuple[Document, ...]) -> tuple[Statement, ...]:
    made: list[Statement] = []
    for document in among:
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(document.text) - 1))
            end = draw(st.integers(start + 1, len(document.text)))
            made.append(
                Statement(
                    id=f"s-{len(made)}",
                    document=document.id,
                    quote=document.text[start:end],
                    start=start,
                    end=end,
                    certainty="stated",
                    activity="use",
                )
            )
    return tuple(made)


@st.composite
def cases(draw: st.DrawFn) -> Results:
    """Any results that do not contradict themselves, circles among the derivations included."""
    pages = draw(documents())
    said = draw(statements(pages))
    ids = [page.id for page in pages]
    origins = tuple(
        Origin(id=f"o-{n}", kind="report", name=draw(WORDS), document=draw(st.sampled_from([None, *ids])))
        for n in range(draw(st.integers(0, 3)))
    )
    known = [origin.id for origin in origins]
    some = st.lists(st.sampled_from(known), unique=True, max_size=2).map(tuple) if known else st.just(())
    edges = [
        Derivation(
            child=child,
            parent=draw(st.sampled_from([*ids, *known])),
            how=draw(st.sampled_from(["reprint", "rewrite", "excerpt", "cites"])),
            credited=draw(st.booleans()),
            confidence=0.5,
            evidence=(),
        )
        for child in draw(st.lists(st.sampled_from(ids), max_size=7) if ids else st.just([]))
    ]
    return Results(
        version="0",
        documents=pages,
        statements=said,
        traced=Traced(
            derivations=tuple(edges),
            origins=origins,
            groundings=tuple(Grounding(statement=one.id, origins=draw(some)) for one in said),
        ),
        findings=draw(findings(said)),
        refused=(),
        captures=tuple(_capture(page) for page in pages),
    )


@st.composite
def findings(draw: st.DrawFn, said: tuple[Statement, ...]) -> tuple[Finding, ...]:
    homes = [(one, draw(st.integers(0, 3))) for one in said]
    counts = st.builds(Counts, **{name: st.integers(0, 20) for name in Counts.__slots__})
    return tuple(
        Finding(
            id=f"f-{number}",
            text=draw(WORDS),
            members=tuple(
                Membership(statement=one.id, stance=draw(st.sampled_from(["supports", "disputes"])))
                for one, home in homes
                if home == number
            ),
            counts=draw(counts),
            explanation=tuple(draw(st.lists(WORDS, max_size=2))),
            variants=tuple(draw(st.lists(WORDS, max_size=2))),
        )
        for number in range(3)
    )


def _capture(page: Document) -> Capture:
    met = Circumstance(path=page.path, captured_at="2031-06-01T00:00:00Z", tool="t 1")
    return Capture(sha256=page.sha256, size_bytes=len(page.text), circumstances=(met,))


def parsed(results: Results) -> Any:
    return lxml.html.document_fromstring(dossier_html(results))


def text(element: Any) -> str:
    return str(element.text_content())


def walk_back(page: Any, results: Results) -> int:
    """Follow every finding of a dossier down to its bytes; how many statements were met on the way."""
    known = {one.id: one for one in results.statements}
    pages = {one.id: one for one in results.documents}
    met = 0
    for finding in page.find_class("finding"):
        said = finding.xpath(".//*[@data-statement]")
        assert said, "a finding without a statement to stand on"
        for element in said:
            statement = known[element.get("data-statement")]
            assert text(element.getparent().find("blockquote")) == visible(statement.quote)
            anchor = element.xpath(".//a[starts-with(@href, '#quote-')]/@href")[0][1:]
            mark = page.get_element_by_id(anchor)
            assert statement.id in mark.xpath("ancestor-or-self::mark/@data-quotes")[0].split()
            (article,) = mark.xpath("ancestor::article[@data-document]")
            assert article.get("data-document") == statement.document
            lit = article.xpath(f".//mark[contains(concat(' ', @data-quotes, ' '), ' {statement.id} ')]")
            assert "".join(map(text, lit)) == visible(statement.quote)
            assert text(article.find_class("sha256")[0]) == pages[statement.document].sha256
            met += 1
    return met


@given(cases())
@settings(deadline=None, max_examples=40)
def test_every_sentence_about_a_finding_leads_to_sealed_bytes(results: Results) -> None:
    """Finding → statement → quote, letter for letter → document → SHA-256 of its capture."""
    page = parsed(results)
    placed = {member.statement for finding in results.findings for member in finding.members}
    assert walk_back(page, results) == len(placed)


def test_the_ferry_case_leads_to_sealed_bytes() -> None:
    results = ferry_results()
    assert walk_back(parsed(results), results) == len(results.statements)


@given(cases())
@settings(deadline=None, max_examples=40)
def test_no_captured_page_can_act_in_the_dossier(results: Results) -> None:
    page = parsed(results)
    assert not page.xpath("//script | //img | //iframe | //form | //object | //embed")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    leads = set(page.xpath("//@href | //@src"))
    assert {lead for lead in leads if not lead.startswith("#")} == {"data:,"}
    assert {lead[1:] for lead in leads if lead.startswith("#")} <= set(ids)


@given(cases())
@settings(deadline=None, max_examples=40)
def test_every_letter_of_a_document_is_in_the_dossier(results: Results) -> None:
    page = parsed(results)
    for document in results.documents:
        shown = text(page.get_element_by_id(f"document-{document.id}").find_class("text")[0])
        assert "".join(shown.split()) == "".join(visible(document.text).split())


@given(cases())
@settings(deadline=None, max_examples=40)
def test_every_contract_satisfies_its_schema_and_quotes_its_text(results: Results) -> None:
    contract = json.loads(results_json(results))
    SCHEMA.validate(contract)
    texts = {document["id"]: document["text"] for document in contract["documents"]}
    for statement in contract["statements"]:
        assert texts[statement["document"]][statement["start"] : statement["end"]] == statement["quote"]


@given(cases(), st.integers(40, 120))
@settings(deadline=None, max_examples=40)
def test_every_summary_fits_its_width_and_steers_nothing(results: Results, width: int) -> None:
    shown = summary(results, width=width)
    assert max(map(columns, shown.splitlines())) <= width
    assert {c for c in shown if unicodedata.category(c) in ("Cc", "Cs")} <= {"\n"}


@given(cases())
@settings(deadline=None, max_examples=40)
def test_order_of_input_changes_nothing(results: Results) -> None:
    turned = shuffled(results)
    assert results_json(turned) == results_json(results)
    assert summary(turned) == summary(results)
    assert dossier_html(turned) == dossier_html(results)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=12), st.floats(0, 30))
def test_places_keep_their_distance_and_stay_near(wanted: list[float], apart: float) -> None:
    """No place can be moved alone to come nearer to where it wants to be without coming too near to its neighbour."""
    places = _spread(wanted, [apart] * (len(wanted) - 1))
    assert all(b - a >= apart - 1e-6 for a, b in pairwise(places))
    for number, (place, want) in enumerate(zip(places, wanted, strict=True)):
        up = number == 0 or place - places[number - 1] > apart + 1e-6
        down = number == len(places) - 1 or places[number + 1] - place > apart + 1e-6
        assert not (want < place - 1e-6 and up and down)
        assert not (want > place + 1e-6 and up and down)


def test_nothing_at_all_is_a_case_too() -> None:
    SCHEMA.validate(json.loads(results_json(empty_results())))
    assert walk_back(parsed(empty_results()), empty_results()) == 0
