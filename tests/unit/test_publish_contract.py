"""The results contract: what other programs may rely on."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "golden" / "publish"))
from ferry_case import document, empty_results, ferry_results, shuffled

from firsthand import records
from firsthand.knowledge.technology import technologies
from firsthand.publish import BrokenResultsError, results_json, results_schema
from firsthand.records import Derivation, Results, Statement


def written(results: Results) -> Any:
    return json.loads(results_json(results))


def valid(results: Results) -> Any:
    contract = written(results)
    jsonschema.Draft202012Validator(results_schema()).validate(contract)
    return contract


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(results_schema())


@pytest.mark.parametrize("results", [ferry_results(), empty_results()], ids=["ferry", "empty"])
def test_every_result_satisfies_the_published_schema(results: Results) -> None:
    valid(results)


def test_what_an_archive_and_a_page_say_about_time_is_in_the_contract() -> None:
    """Address and time of capture, and every place that states when the document was published."""
    results = ferry_results()
    dated = replace(
        results.documents[0],
        fetched_from="https://post.example/ferry",
        fetched_at="2031-02-03T04:05:06Z",
        stated_dates=(records.StatedDate(edtf="2031-02-02", found_in="meta date"),),
    )
    contract = valid(replace(results, documents=(dated, *results.documents[1:])))
    (found,) = [each for each in contract["documents"] if each["id"] == dated.id]
    assert found["fetched_from"] == "https://post.example/ferry"
    assert found["fetched_at"] == "2031-02-03T04:05:06Z"
    assert found["stated_dates"] == [{"edtf": "2031-02-02", "found_in": "meta date"}]


def test_schema_refuses_a_field_it_does_not_know() -> None:
    contract = written(ferry_results())
    contract["statements"][0]["mood"] = "grim"
    with pytest.raises(jsonschema.ValidationError, match="mood"):
        jsonschema.validate(contract, results_schema())


def test_schema_knows_the_vocabularies_of_the_records() -> None:
    """A value added to the records and not to the schema would make valid results fail elsewhere."""
    defs: Any = results_schema()["$defs"]
    field = {name: defs[name]["properties"] for name in ("statement", "origin", "derivation", "evidence", "voice")}
    assert field["statement"]["certainty"]["enum"] == list(get_args(records.Certainty))
    assert field["statement"]["activity"]["enum"] == list(get_args(records.Activity))
    assert field["origin"]["kind"]["enum"] == list(get_args(records.OriginKind))
    assert field["derivation"]["how"]["enum"] == list(get_args(records.How))
    assert field["evidence"]["kind"]["enum"] == list(get_args(records.EvidenceKind))
    assert field["voice"]["sort"]["enum"] == list(get_args(get_type_hints(records.Speaker)["sort"]))


def test_schema_knows_every_technology_that_can_be_spotted() -> None:
    defs: Any = results_schema()["$defs"]
    assert set(technologies()) == set(defs["statement"]["properties"]["technology"]["items"]["enum"])


def test_each_quote_stands_at_its_place_in_the_text_that_is_published() -> None:
    contract = written(ferry_results())
    texts = {document["id"]: document["text"] for document in contract["documents"]}
    assert contract["statements"]
    for statement in contract["statements"]:
        assert texts[statement["document"]][statement["start"] : statement["end"]] == statement["quote"]


def test_a_statement_says_what_it_rests_on_and_where_it_counts() -> None:
    contract = written(ferry_results())
    denial = next(s for s in contract["statements"] if s["stance"] == "disputes" and s["finding"] == "f-f1")
    assert denial["origins"] == ["o-ministry"]
    assert denial["chain"] == ["d-radio"]
    assert denial["speakers"] == ["the ministry"]


def test_a_statement_outside_every_finding_has_neither_finding_nor_stance() -> None:
    alone = replace(ferry_results(), findings=())
    assert {(s["finding"], s["stance"]) for s in valid(alone)["statements"]} == {(None, None)}


def test_a_statement_that_tracing_left_out_is_undetermined() -> None:
    results = ferry_results()
    untraced = replace(results, traced=replace(results.traced, groundings=()))
    assert all(s["origins"] == [] for s in valid(untraced)["statements"])


def test_explanation_is_one_string() -> None:
    finding = next(f for f in written(ferry_results())["findings"] if f["id"] == "f-f1")
    assert finding["explanation"].startswith("Two origins support it: ")
    assert "Coast Wire, Ferry Times and Island Post add none" in finding["explanation"]


def test_second_path_of_the_same_bytes_is_kept() -> None:
    wire = next(d for d in written(ferry_results())["documents"] if d["id"] == "d-wire")
    assert wire["also_at"] == ["backup/wire-copy.html"]


def test_order_of_input_changes_no_byte() -> None:
    assert results_json(shuffled(ferry_results())) == results_json(ferry_results())


def test_time_of_capture_is_not_in_the_contract() -> None:
    """Tracing the same files again gives the same bytes."""
    assert b"2032-03-06T08:00:00Z" not in results_json(ferry_results())


def test_no_character_that_steers_a_terminal_is_written_raw() -> None:
    raw = results_json(ferry_results())
    assert b"\x1b" not in raw
    assert "\u202e".encode() not in raw
    blog = next(d for d in json.loads(raw)["documents"] if d["id"] == "d-blog")
    assert "\u202e" in blog["title"]


def test_letters_without_a_partner_keep_every_offset() -> None:
    """Lone surrogates, which no UTF-8 can hold, are escaped; two side by side do not become one letter."""
    text = "odd \ud83d\ude00 then cameras"
    odd = document("odd", text, title="\udcff")
    said = Statement(
        id="s-1", document=odd.id, quote="cameras", start=12, end=19, certainty="stated", activity="use"
    )  # fmt: skip
    contract = written(replace(empty_results(), documents=(odd,), statements=(said,)))
    assert contract["documents"][0]["title"] == "\udcff"
    assert contract["documents"][0]["text"][12:19] == "cameras"


def broken(**change: Any) -> Results:
    return replace(ferry_results(), **change)


def test_a_quote_that_is_not_in_its_place_stops_everything() -> None:
    results = ferry_results()
    moved = replace(results.statements[0], start=results.statements[0].start + 1)
    with pytest.raises(BrokenResultsError, match=r"s-01 quotes what does not stand"):
        results_json(broken(statements=(moved, *results.statements[1:])))


def test_a_record_met_twice_stops_everything() -> None:
    results = ferry_results()
    with pytest.raises(BrokenResultsError, match="two records have the identifier"):
        results_json(broken(documents=(*results.documents, results.documents[0])))


def test_a_name_that_leads_nowhere_stops_everything() -> None:
    results = ferry_results()
    lost = Derivation(child="d-wire", parent="d-gone", how="cites", credited=True, confidence=0.5, evidence=())
    traced = replace(results.traced, derivations=(lost,))
    with pytest.raises(BrokenResultsError, match="names d-gone, which is no document or origin"):
        results_json(broken(traced=traced))


def test_confidence_that_is_no_number_stops_everything() -> None:
    results = ferry_results()
    edge = replace(results.traced.derivations[0], confidence=float("nan"))
    with pytest.raises(ValueError, match="Out of range float"):
        results_json(broken(traced=replace(results.traced, derivations=(edge,))))
