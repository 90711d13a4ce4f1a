"""Word documents: what a reader sees of them, and what they say about themselves."""

from __future__ import annotations

import pytest
from docx_cases import body_xml, core_xml, docx, entries, paragraph, rels_xml, run, table
from read_cases import document, paragraphs, refusal
from warc_cases import zipped

from firsthand.read import office_xml

FIRST = "The harbour police bought twelve drones in March, according to the budget of the town."
SECOND = "The ministry bought forty cameras for the schools of the district, it said on Monday."


def test_paragraphs_headings_lists_and_quotes() -> None:
    """Styles are known by Word's own names, whatever language the user's Word speaks."""
    listed = paragraph("<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>", "Four cameras at the gate")
    blocks = [
        paragraph("What was bought", style="a1"),
        paragraph(FIRST),
        listed,
        paragraph("“We look for boats.”", style="Zitat"),
        paragraph("Two drones", style="LA"),
    ]
    found = document(docx(*blocks, core=core_xml(title="Drones over the harbour")), "report.docx")
    assert [(found.text[block.start : block.end], block.kind) for block in found.blocks] == [
        ("What was bought", "heading"),
        (FIRST, "paragraph"),
        ("Four cameras at the gate", "list-item"),
        ("“We look for boats.”", "quote"),
        ("Two drones", "list-item"),
    ]
    assert found.blocks[0].byte_start is None
    assert found.method.startswith("read.docx/")


def test_the_format_is_told_by_the_bytes() -> None:
    assert document(docx(paragraph(FIRST)), "story.html").text == FIRST
    assert refusal(zipped({"story.html": FIRST.encode()}), "report.docx").code == "archive"


def test_words_that_runs_cut_apart_are_whole() -> None:
    """Word cuts runs anywhere; breaks and tabs are spaces, hyphens that hold a word together stay."""
    runs = [
        run("The har"),
        run("bour  police "),
        "<w:r><w:br/></w:r>",
        run(" bought e"),
        "<w:r><w:noBreakHyphen/></w:r>",
        run("bikes, cameras and drones."),
        "<w:r><w:tab/></w:r>",
    ]
    assert paragraphs(docx(paragraph(*runs)), "a.docx") == ["The harbour police bought e-bikes, cameras and drones."]


def test_deleted_text_field_codes_and_fallbacks_are_left_out() -> None:
    """Nobody said what an editor struck out; what is shown for old programs would stand twice."""
    changed = paragraph(
        run("The town bought "),
        "<w:del><w:r><w:delText>two hundred</w:delText></w:r></w:del>",
        f"<w:ins>{run('twelve')}</w:ins>",
        "<w:r><w:instrText>HYPERLINK secret</w:instrText></w:r>",
        f"<mc:AlternateContent><mc:Choice>{run(' drones for the')}</mc:Choice><mc:Fallback>{run(' drones for the')}</mc:Fallback></mc:AlternateContent>",
        run(" harbour police in March."),
    )
    found = document(docx(changed), "a.docx")
    assert found.text == "The town bought twelve drones for the harbour police in March."
    assert "docx: tracked changes are read as accepted" in found.warnings


def test_tables_are_rows_and_tables_for_layout_are_prose() -> None:
    assert paragraphs(docx(paragraph(FIRST), table(("Year", "Drones"), ("2031", "12"))), "a.docx") == [
        FIRST,
        "Year | Drones",
        "2031 | 12",
    ]
    prose = f"<w:tbl><w:tr><w:tc>{paragraph('Contents')}</w:tc><w:tc>{paragraph(FIRST)}{paragraph(SECOND)}</w:tc></w:tr></w:tbl>"
    assert paragraphs(docx(prose), "a.docx") == ["Contents", FIRST, SECOND]
    assert paragraphs(docx(table((FIRST,), (SECOND,))), "a.docx") == [FIRST, SECOND]


def test_text_boxes_and_notes_are_read() -> None:
    box = paragraph(FIRST, f"<w:r><w:drawing><w:txbxContent>{paragraph(SECOND)}</w:txbxContent></w:drawing></w:r>")
    notes = body_xml(paragraph("¹"), paragraph("Interview with the port authority, 3 March 2031."))
    found = paragraphs(docx(box, **{"word/footnotes.xml": notes}), "a.docx")
    assert sorted(found[:2]) == sorted([FIRST, SECOND])
    assert found[2:] == ["Interview with the port authority, 3 March 2031."]


def test_links_stand_where_their_words_stand() -> None:
    linked = paragraph(
        "The harbour police bought ",
        "<w:hyperlink r:id='r1'>" + run(" twelve drones ") + "</w:hyperlink>",
        run("in March, says the budget of the town."),
    )
    inside = paragraph(
        "<w:hyperlink r:id='r2'>" + run("See the annex") + "</w:hyperlink>",
        " for the names of all suppliers to the town.",
    )
    found = document(
        docx(
            linked,
            inside,
            **{"word/_rels/document.xml.rels": rels_xml(r1="https://town.example/budget", r2="annex.xml")},
        ),
        "a.docx",
    )
    assert [(found.text[link.start : link.end], link.url) for link in found.links] == [
        ("twelve drones", "https://town.example/budget")
    ]


def test_captions_stand_apart_from_the_text() -> None:
    picture = paragraph("<w:r><w:drawing><a:blip r:embed='p1'/></w:drawing></w:r>")
    caption = paragraph("A drone over the harbour, 2031", style="Bu")
    found = document(
        docx(paragraph(FIRST), picture, caption, **{"word/_rels/document.xml.rels": rels_xml(p1="media/image1.png")}),
        "a.docx",
    )
    assert found.text == FIRST
    assert [(image.url, image.caption) for image in found.images] == [
        ("media/image1.png", "A drone over the harbour, 2031")
    ]


def test_title_author_and_date_come_from_the_page_first() -> None:
    core = core_xml(title="Microsoft Word - final_v3.doc", creator="Ida Moen", created="2031-05-06T07:08:09Z")
    blocks = [
        paragraph("Drones over the harbour", style="Titel"),
        paragraph("Harbour Institute, 2 March 2031"),
        paragraph("By Ana Lind"),
        paragraph(FIRST),
    ]
    found = document(docx(*blocks, core=core), "a.docx")
    assert found.title == "Drones over the harbour"
    assert (found.published, found.published_from) == ("2031-03-02", "text first page")
    assert (found.byline, found.outlet) == ("Ana Lind", "Harbour Institute")
    assert found.text == FIRST


def test_properties_speak_where_the_page_is_silent() -> None:
    core = core_xml(
        title="Drones over the harbour", creator="Ida Moen", created="2031-05-06T07:08:09Z", language="en-GB"
    )
    app = b"<Properties><Company>Harbour Institute</Company></Properties>"
    found = document(docx(paragraph(FIRST), core=core, **{"docProps/app.xml": app}), "a.docx")
    assert (found.title, found.byline, found.outlet) == ("Drones over the harbour", "Ida Moen", "Harbour Institute")
    assert (found.published, found.published_from) == ("2031-05-06T07:08:09Z", "docx created")
    assert found.warnings == ("published: the day the file was made; the text states none",)
    assert found.language == "en-GB"


def test_the_table_of_contents_is_no_text() -> None:
    assert paragraphs(docx(paragraph("1 What was bought 3", style="VZ"), paragraph(FIRST)), "a.docx") == [FIRST]


def test_other_prefixes_and_places_are_understood() -> None:
    """The package says which part is the document, and the namespace prefix is the writer's choice."""
    parts = entries(paragraph(FIRST))
    parts["word/document2.xml"] = body_xml(paragraph(FIRST), prefix="ns0")
    del parts["word/document.xml"]
    parts["_rels/.rels"] = (
        b'<Relationships><Relationship Id="a" Type="urn:x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    assert document(zipped(parts), "a.docx").text == FIRST


def test_macros_are_named_and_left_alone() -> None:
    found = document(docx(paragraph(FIRST), **{"word/vbaProject.bin": b"AutoOpen"}), "a.docm")
    assert found.text == FIRST
    assert found.warnings == ("docx: holds macros, which are neither read nor run",)


def test_damaged_text_is_read_as_far_as_the_damage() -> None:
    parts = entries(paragraph(FIRST), paragraph(SECOND))
    parts["word/document.xml"] = (
        parts["word/document.xml"].replace(b"forty</w:t>", b"forty").replace(b" cameras", b" </w:q>")
    )
    found = document(zipped(parts), "a.docx")
    assert found.text.startswith(FIRST)
    assert found.partial
    assert found.warnings[0] == "docx: damaged; read as far as the damage"
    parts["word/document.xml"] = b"<w:document"
    assert refusal(zipped(parts), "a.docx").code == "zip-damaged"


def test_a_document_that_is_cut_off_is_refused() -> None:
    whole = docx(paragraph(FIRST))
    assert refusal(whole[: len(whole) // 2], "a.docx").code == "zip-damaged"


def test_a_document_without_text_is_refused() -> None:
    assert refusal(docx(paragraph("")), "a.docx").code == "no-main-text"


def test_elements_are_counted_and_so_is_their_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    content = docx(paragraph(FIRST))
    monkeypatch.setattr(office_xml, "MAX_DEPTH", 5)
    assert document(content, "a.docx").text == FIRST
    monkeypatch.setattr(office_xml, "MAX_DEPTH", 4)
    assert refusal(content, "a.docx").code == "unpacks-too-far"
    monkeypatch.setattr(office_xml, "MAX_DEPTH", 9)
    monkeypatch.setattr(office_xml, "MAX_ELEMENTS", 4)
    assert refusal(content, "a.docx").code == "unpacks-too-far"
