"""The dossier page, as its markup."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "golden" / "publish"))
from ferry_case import crowd, document, empty_results, ferry_results, shuffled

from firsthand.publish import dossier_html
from firsthand.publish.visible import visible
from firsthand.records import Counts, Finding, Results


def page(results: Results) -> Any:
    return lxml.html.document_fromstring(dossier_html(results))


@pytest.fixture(scope="module")
def ferry() -> Any:
    return page(ferry_results())


def text(element: Any) -> str:
    """What a reader sees, with a blank wherever one element ends and the next begins."""
    return re.sub(r" ([,;.])", r"\1", " ".join(" ".join(element.itertext()).split()))


def test_policy_forbids_everything_but_the_page_itself(ferry: Any) -> None:
    policy = ferry.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_no_program_and_no_address_outside(ferry: Any) -> None:
    """Nothing in the page can run, load or lead out, whatever the captured pages held."""
    assert not ferry.xpath("//script | //iframe | //object | //embed | //form | //img | //base")
    assert not [name for element in ferry.iter() for name in element.attrib if name.startswith("on")]
    leads = ferry.xpath("//@href | //@src | //@action | //@data")
    assert {lead for lead in leads if not lead.startswith("#")} == {"data:,"}
    assert "url(" not in ferry.xpath("string(//style)")
    assert "@import" not in ferry.xpath("string(//style)")


def test_hostile_words_are_shown_and_not_obeyed(ferry: Any) -> None:
    shown = text(ferry.get_element_by_id("document-d-blog"))
    assert "<script>alert('gates')</script> & [U+202E]eht no sesaF" in shown
    assert "javascript:alert(1)" in shown
    assert 'https://notes.example/"><img src=x onerror=alert(2)>' in shown
    assert "pages/blog[U+202E]gnp.html" in shown


def test_no_steering_character_reaches_the_page() -> None:
    raw = dossier_html(ferry_results()).decode()
    assert visible(raw) == raw


def test_every_link_lands(ferry: Any) -> None:
    ids = ferry.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {lead[1:] for lead in ferry.xpath("//@href") if lead.startswith("#")} <= set(ids)


def test_headings_go_down_one_step_at_a_time(ferry: Any) -> None:
    levels = [int(element.tag[1]) for element in ferry.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_page_has_its_landmarks(ferry: Any) -> None:
    for landmark in ("header", "nav", "main", "footer"):
        assert len(ferry.xpath(f"//body/{landmark} | //body/header/nav[name()='{landmark}']")) == 1
    assert ferry.xpath("//body/a[1]/@href") == ["#main"]


def test_disputed_finding_leads_and_says_so(ferry: Any) -> None:
    first = ferry.find_class("finding")[0]
    assert text(first.find(".//h3")) == "The Sundry Bay port authority runs face recognition at its ferry gates."
    assert text(first.find_class("number")[0]) == "F1 Disputed"
    assert [text(item) for item in first.find_class("counts")[0]] == [
        "2 independent origins",
        "3 derived",
        "disputed by 1 origin",
    ]


def test_counts_are_drawn_as_often_as_they_say(ferry: Any) -> None:
    first = ferry.find_class("finding")[0]
    assert [len(first.xpath(f".//*[contains(@class, '{c}')]")) for c in ("full", "small", "cross")] == [2, 3, 1]


def test_a_statement_shows_its_words_voices_and_way_down(ferry: Any) -> None:
    shown = text(ferry.get_element_by_id("statement-s-04"))
    assert "D3 Coast Wire, 2032-03-02" in shown
    assert "Coast Wire › Lantern Institute; stated as fact" in shown
    assert "D4 Merrow Daily › D2 Lantern Institute" in shown
    assert "D3.1 in the full text" in shown


def test_the_same_words_are_printed_once_with_all_who_carry_them(ferry: Any) -> None:
    quote = "The port authority runs face recognition at the ferry gates, the Lantern Institute said."
    blocks = [b for b in ferry.xpath("//blockquote") if text(b) == quote]
    assert len(blocks) == 1
    assert "The same words in D6 Island Post" in text(blocks[0].getparent())


def test_statements_stand_under_what_they_rest_on(ferry: Any) -> None:
    rests = [text(element) for element in ferry.get_element_by_id("finding-f-f3").find_class("rests")]
    assert rests == ["Resting on O2 Merrow Daily", "Origin undetermined"]


def test_drawing_and_list_say_the_same(ferry: Any) -> None:
    """Each line of the drawing has its sentence in the list below it."""
    listed = text(ferry.find_class("trees")[0])
    assert "D3 Coast Wire, Ferry cameras know faces, 2032-03-02 rewrite of D4, without credit" in listed
    lines = [text(line.find("title")) for line in ferry.find_class("line")]
    assert any(
        "Coast Wire" in line and "rewrite, without credit" in line and line.endswith("Above the turnstiles, 2032-03-02")
        for line in lines
    )
    assert len(ferry.find_class("uncredited")) == 2


def test_drawing_has_a_name_and_a_description(ferry: Any) -> None:
    drawing = ferry.xpath("//figure/svg")[0]
    named = drawing.get("aria-labelledby").split()
    assert [ferry.get_element_by_id(id_).tag for id_ in named] == ["title", "desc"]


def test_a_crowd_of_reprints_shares_one_box() -> None:
    shown = page(crowd(40))
    assert len(shown.find_class("box")) == 5
    assert "39 documents alike" in text(shown.xpath("//figure")[0])
    assert len(shown.find_class("tree")[0]) == 42


def test_more_than_anyone_could_read_is_not_drawn() -> None:
    papers = [document(f"p{number}", "x", outlet=f"P{number}") for number in range(1300)]
    edges = tuple(
        replace(ferry_results().traced.derivations[0], child=child.id, parent=parent.id)
        for parent, child in pairwise(papers)
    )
    chain = replace(empty_results(), documents=tuple(papers))
    shown = page(replace(chain, traced=replace(chain.traced, derivations=edges)))
    assert not shown.xpath("//figure")
    assert len(shown.find_class("tree")[0]) == 1300


def test_provenance_goes_down_to_the_bytes(ferry: Any) -> None:
    wire = ferry.get_element_by_id("document-d-wire")
    shown = text(wire)
    sealed = next(d.sha256 for d in ferry_results().documents if d.id == "d-wire")
    assert text(wire.find_class("sha256")[0]) == sealed
    assert "pages/wire.html also backup/wire-copy.html" in shown
    assert "2032-03-07T10:15:00Z by firsthand 0.1.0 from backup/wire-copy.html" in shown
    assert "D3.1 supports F1 74– 162 in 2074– 2162" in shown


def test_where_the_format_hides_bytes_the_page_says_so(ferry: Any) -> None:
    assert "hidden by the format" in text(ferry.get_element_by_id("document-d-report"))


def test_refused_inputs_come_with_reason_and_remedy(ferry: Any) -> None:
    shown = text(ferry.get_element_by_id("refused"))
    assert "2 inputs were refused" in shown
    assert "pages/scan[U+001B][2J.pdf the file breaks off in the middle of an object pdf-damaged" in shown
    assert "What to do: Give this account read permission, then run again." in shown


def test_opening_gives_the_case_in_a_line(ferry: Any) -> None:
    assert text(ferry.xpath("//h1")[0]) == "Nine documents, six origins"
    lede = text(ferry.find_class("lede")[0])
    assert "Of six findings, three rest on two or more independent origins and one is disputed." in lede
    assert lede.endswith("For one document, nothing shows where the words come from.")


def test_nothing_to_show_still_makes_a_page() -> None:
    shown = page(empty_results())
    assert text(shown.xpath("//h1")[0]) == "No documents, no origins"
    assert "No document was read." in text(shown)
    assert "Every input could be read." in text(shown)


def test_a_finding_without_statements_is_left_out_and_counted() -> None:
    """Its sentence would lead nowhere."""
    results = ferry_results()
    bare = Finding(
        id="f-bare",
        text="Nobody said this.",
        members=(),
        counts=Counts(independent=1, undetermined=0, derived=0, disputed_by=0),
        explanation=("Trust us.",),
    )
    shown = text(page(replace(results, findings=(*results.findings, bare))))
    assert "Nobody said this." not in shown
    assert "Trust us." not in shown
    assert "1 finding without any statement is left out." in shown


def test_time_is_printed_only_when_given() -> None:
    assert b"Made by Firsthand 0.1.0." in dossier_html(ferry_results())
    assert b"Made by Firsthand 0.1.0 on 2032-03-08." in dossier_html(ferry_results(), generated_at="2032-03-08")


def test_order_of_input_changes_no_byte() -> None:
    assert dossier_html(shuffled(ferry_results())) == dossier_html(ferry_results())


def test_only_well_formed_languages_are_named() -> None:
    odd = document("odd", "One.", language='en" onclick="x')
    fine = document("fine", "Two.", language="pt-BR")
    shown = page(replace(empty_results(), documents=(odd, fine)))
    assert shown.xpath("//div[@class='text']/@lang") == ["pt-br"]
