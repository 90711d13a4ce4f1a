"""PDF: columns, running heads, words parted at line ends, pages that are only pictures, and where each block stands."""

from __future__ import annotations

import time

import pytest
from read_cases import SCAN, document, make_pdf, paragraphs, refusal

LEFT = [
    "The harbour police bought twelve drones in",
    "March, according to the budget of the town,",
    "which was published late on Tuesday. They",
    "are to fly over the northern quay at night",
    "and over the fish market in the morning and",
    "will be steered from a room at the old pier.",
]
RIGHT = [
    "Two councillors asked for a vote on the plan",
    "and for the contract with the supplier. The",
    "mayor refused, and pointed to a law of the",
    "year 2019 that lets the police fly freely in",
    "all ports. The union of dockers complained",
    "to the data inspectorate, which said nothing.",
]
Text = tuple[int, int, int, str]


def column(x: int, lines: list[str], top: int = 700) -> list[Text]:
    return [(x, top - 14 * row, 10, text) for row, text in enumerate(lines)]


def across(*columns: list[Text]) -> list[Text]:
    return [text for row in zip(*columns, strict=True) for text in row]


@pytest.mark.parametrize("order", ["by column", "by row"])
def test_columns_are_read_one_after_the_other(order: str) -> None:
    """However the file draws them: many programs draw a page row by row, across its columns."""
    both = column(60, LEFT), column(320, RIGHT)
    page = [(60, 780, 18, "Drones over the quay"), *(across(*both) if order == "by row" else [*both[0], *both[1]])]
    assert paragraphs(make_pdf([page]), "a.pdf") == [" ".join(LEFT), " ".join(RIGHT)]


def test_lines_across_both_columns_keep_their_place() -> None:
    full = (
        60,
        600,
        10,
        "The drones were paid for by the port company, which belongs to the state, and not by the town.",
    )
    page = [
        *across(column(60, LEFT), column(320, RIGHT)),
        full,
        *across(column(60, RIGHT, 570), column(320, LEFT, 570)),
    ]
    text = " ".join(document(make_pdf([page]), "a.pdf").text.split())
    assert text == " ".join([*LEFT, *RIGHT, full[3], *RIGHT, *LEFT])


def test_rows_of_a_table_stay_rows() -> None:
    rows = [
        ("Town", "Drones bought"),
        ("Torsund", "12 in March"),
        ("Fenmoor", "8 in May"),
        ("Orvik", "3"),
        ("Lie", "9"),
    ]
    table = across(column(60, [a for a, _ in rows], 500), column(320, [b for _, b in rows], 500))
    found = document(make_pdf([[*column(60, LEFT), *table]]), "a.pdf").text
    assert "Torsund 12 in March" in " ".join(found.split())


def test_running_heads_go_and_parted_words_are_joined() -> None:
    """Also across pages; a hyphen that belongs to the word stands before a line that begins with a capital."""
    pages = []
    for number, body in enumerate((LEFT, RIGHT, ["They had known of the surveil-", "lance of the quay since May."]), 1):
        head = (60, 815, 9, "HARBOUR POST, weekly edition")
        pages.append([head, *column(60, body), (290, 30, 9, f"Page {number} of 3")])
    text = " ".join(document(make_pdf(pages), "a.pdf").text.split())
    assert text == " ".join([*LEFT, *RIGHT, "They had known of the surveillance of the quay since May."])


def test_every_block_names_its_page() -> None:
    found = document(make_pdf([column(60, [*LEFT, "It is new."]), column(60, RIGHT)]), "a.pdf")
    assert [(block.page, block.byte_start) for block in found.blocks] == [(1, None), (2, None)]


def test_a_scanned_page_among_others_is_named() -> None:
    """The rest is read; the document says that it is not whole and how to get at what is missing."""
    stamp = (290, 30, 8, "Scanned by Torsund Archive")
    found = document(make_pdf([column(60, LEFT), [SCAN], [SCAN, stamp], column(60, RIGHT), []]), "a.pdf")
    assert found.partial
    assert found.text == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"
    assert found.warnings == ("pdf: pages 2-3 have no text layer: run OCR, e.g. ocrmypdf, and add the result",)
    assert [block.page for block in found.blocks] == [1, 4]


def test_a_picture_behind_text_is_no_scan() -> None:
    """As OCR leaves it: the picture of the page, and the text over it."""
    found = document(make_pdf([[SCAN, *column(60, LEFT)]]), "a.pdf")
    assert not found.partial
    assert found.text == " ".join(LEFT)


def test_a_scanned_file_is_refused_with_the_way_out() -> None:
    refused = refusal(make_pdf([[SCAN], [SCAN], []]), "a.pdf")
    assert refused.code == "pdf-without-text"
    assert refused.reason == "No text layer: pages 1-2 of 3, pictures of text only."
    assert refused.remedy == "Run OCR on it, e.g. ocrmypdf, and add the result."


def test_a_long_paragraph_is_joined_in_time() -> None:
    """Joining 50,000 lines once took time by the square of their number: minutes."""
    pages = [column(60, [f"{line} {page}" for line in LEFT * 8], 780) for page in range(100)]
    content, started = make_pdf(pages), time.process_time()
    document(content, "a.pdf")
    assert time.process_time() - started < 5
