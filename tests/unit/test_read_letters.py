"""Letters with several stories become several documents, by structure alone; others stay one."""

from __future__ import annotations

import base64
import quopri
import re

import pytest
from read_cases import document, outcome

from firsthand.records import Document, Refusal

GAIT = "The ministry of Orvania has put gait cameras into the two stations of the capital, an official said on Tuesday."
COST = (
    "The cameras, which cost 3.1 million orvs – more than the stations’ roofs – tell pickpockets by the way they walk."
)
PLATES = (
    "Fenmoor’s council has voted to stop the reading of number plates at the harbour gate, after a trial of 14 months."
)
DRONES = "A study by the Marrow Lane group counted 212 drones over the northern border in May, twice the army’s figure."


def letter(body: str, kind: str = "text/html", encoding: str = "8bit") -> bytes:
    raw = body.encode()
    if encoding != "8bit":
        raw = base64.encodebytes(raw) if encoding == "base64" else quopri.encodestring(raw)
    head = (
        "From: Border Watch Digest <digest@borderwatch.example>\nTo: you@example.org\nSubject: What we read this week\n"
        f"Date: Wed, 05 Mar 2031 07:00:00 +0100\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n"
        f"Content-Transfer-Encoding: {encoding}\n\n"
    )
    return head.encode() + raw


def stories(raw: bytes) -> tuple[Document, ...]:
    found = outcome(raw, "a.eml")
    assert not isinstance(found, Refusal), found
    return found


def card(title: str, address: str, line: str, text: str, image: str = "") -> str:
    return (
        f"<tr><td>{image}<div><a href='https://click.example/?k=1&amp;u={address}'><b>{title}</b></a></div>"
        f"<div><span>{line}</span></div><div>{text}</div></td></tr>"
    )


CARDS = (
    "<html><body><p>Good morning. Here is what we read this week.</p><table>"
    + card("Gait cameras in two stations", "https%3A%2F%2Forvik.example%2F1", "The Orvik Weekly", f"{GAIT} {COST}")
    + card(
        "Harbour gate loses its readers",
        "https%3A%2F%2Ffenmoor.example%2F2",
        "Fenmoor Courier · 3 March 2031",
        PLATES,
        "<img src='https://img.example/gate.jpg' alt='The harbour gate in Fenmoor at dusk' width='300'>",
    )
    + card("Drones counted", "https%3A%2F%2Fnorth.example%2F3", "By Ana Lind, Northern Post", DRONES)
    + "</table><p>That is all. Write back.</p><div class='footer'><a href='https://b.example/u'>Unsubscribe</a></div>"
)


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_linked_headlines_with_teasers_are_stories_of_their_own(encoding: str) -> None:
    """Each has its headline, its paper, the address behind the counter of clicks, and its own day where one stands."""
    own, gait, plates, drones = stories(letter(CARDS, encoding=encoding))
    assert own.text == "Good morning. Here is what we read this week.\n\nThat is all. Write back."
    assert (own.title, own.outlet, own.round_up) == ("What we read this week", "Border Watch Digest", None)
    assert (gait.title, gait.outlet, gait.text) == (
        "Gait cameras in two stations",
        "The Orvik Weekly",
        f"{GAIT} {COST}",
    )
    assert (gait.url, gait.source_url) == ("https://orvik.example/1", "https://orvik.example/1")
    assert (plates.outlet, plates.published) == ("Fenmoor Courier", "2031-03-03")
    assert (drones.outlet, drones.byline) == ("Northern Post", "Ana Lind")
    assert all(story.partial and story.round_up == "What we read this week" for story in (gait, plates, drones))


def test_an_image_stays_with_its_story() -> None:
    _, gait, plates, drones = stories(letter(CARDS))
    assert [image.caption for image in plates.images] == ["The harbour gate in Fenmoor at dusk"]
    assert not gait.images
    assert not drones.images


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_blocks_of_a_letter_lead_to_their_bytes_through_its_encoding(encoding: str) -> None:
    raw = letter(CARDS, encoding=encoding)
    for story in stories(raw):
        for block in story.blocks:
            assert block.byte_start is not None
            held = raw[block.byte_start : block.byte_end]
            if encoding == "base64":
                body = base64.b64decode(raw[raw.index(b"\n\n") :])
                at = body.index(story.text[block.start : block.end].encode())
                signs = re.sub(rb"\s", b"", raw[raw.index(b"\n\n") : block.byte_start])
                assert len(signs) == at * 4 // 3
            else:
                plain = quopri.decodestring(held) if encoding == "quoted-printable" else held
                assert plain.decode() == story.text[block.start : block.end]


def test_headings_whose_sections_lead_on_are_stories() -> None:
    """The letter's own name above them is no story, and neither is the line about the subscription below."""
    sections = [("Gait cameras", f"{GAIT}</p><p>{COST}", "gait"), ("Plates", PLATES, "plates"), ("Drones", DRONES, "d")]
    body = "".join(
        f"<h2>{title}</h2><p>{text}</p><p><a href='https://borderwatch.example/{name}'>Read more →</a></p>"
        for title, text, name in sections
    )
    found = stories(letter(f"<h1>Border Watch</h1>{body}<p>You are receiving this because you signed up.</p>"))
    assert [(story.title, story.url) for story in found] == [
        ("Gait cameras", "https://borderwatch.example/gait"),
        ("Plates", "https://borderwatch.example/plates"),
        ("Drones", "https://borderwatch.example/d"),
    ]
    assert [story.text for story in found] == [f"{GAIT}\n\n{COST}", PLATES, DRONES]
    assert all(story.outlet == "Border Watch Digest" and story.source_url is None for story in found)


def test_sections_of_plain_letters_between_rules_are_stories() -> None:
    body = f"Good morning.\n\n--------\n\nGAIT CAMERAS\n\n{GAIT}\n\nRead more: https://orvik.example/1\n\n--------\n\nPLATES\n\n{PLATES}\n\n--------\n\nThat is all for today.\n"
    own, gait, plates = stories(letter(body, "text/plain"))
    assert own.text == "Good morning.\n\nThat is all for today."
    assert (gait.title, gait.text, gait.url) == ("GAIT CAMERAS", GAIT, "https://orvik.example/1")
    assert (plates.title, plates.text, plates.url, plates.partial) == ("PLATES", PLATES, None, False)


NUMBERED = f"1. GAIT CAMERAS. {GAIT}\n%s\n2. Plates. {PLATES}\n%s\n3. The quota. Down again.\n\nUntil Friday.\n"


def test_numbered_items_with_addresses_are_stories() -> None:
    found = stories(letter(NUMBERED % ("https://orvik.example/1\n", "https://fenmoor.example/2\n"), "text/plain"))
    assert [story.title for story in found] == ["What we read this week", "GAIT CAMERAS", "Plates", "The quota"]
    assert found[3].text == "3. The quota. Down again."
    assert found[0].text == "Until Friday."


def test_an_editors_running_remarks_are_one_text() -> None:
    """Paragraphs that open with a number or a title but lead nowhere are what one editor has to say of the week."""
    for body in (NUMBERED % ("", ""), f"GAIT CAMERAS. {GAIT}\n\nPLATES. {PLATES}\n\nDRONES. {DRONES}\n"):
        found = document(letter(body, "text/plain"), "a.eml")
        assert found.title == "What we read this week"
        assert found.round_up is None
        assert GAIT in found.text


def test_one_story_with_subheadings_stays_one() -> None:
    sections = f"<h2>What they cost</h2><p>{COST}</p><h2>Elsewhere</h2><p>{PLATES}</p><p>{DRONES}</p>"
    links = "<h2>More from us</h2><p><a href='https://b.example/1'>An older story about boats</a></p><p><a href='https://b.example/2'>An older story about nets</a></p>"
    found = document(letter(f"<h1>Gait cameras</h1><p>{GAIT}</p>{sections}{links}"), "a.eml")
    assert all(text in found.text for text in (GAIT, COST, PLATES, DRONES))


def test_numbered_sections_of_one_paper_stay_one() -> None:
    body = "".join(
        f"<h2>{number}. {title}</h2><p>{text}</p>"
        for number, title, text in ((1, "Background", GAIT), (2, "Findings", COST), (3, "Recommendations", PLATES))
    )
    assert document(letter(body), "a.eml").text.count("\n\n") == 5


def test_speakers_of_an_interview_are_no_stories() -> None:
    body = "".join(f"<h3>Post</h3><p>{text}</p><h3>Moen</h3><p>{text} Again.</p><hr>" for text in (GAIT, COST, PLATES))
    assert len(stories(letter(body))) == 1


def test_a_story_with_linked_headlines_below_it_stays_one() -> None:
    teasers = "".join(
        f"<p><a href='https://b.example/{n}'>An older story of ours</a></p><p>It said so.</p>" for n in range(3)
    )
    found = document(letter(f"<p>{GAIT}</p><p>{COST}</p><p>{PLATES}</p><p>{DRONES}</p>{teasers}"), "a.eml")
    assert found.round_up is None


def test_headlines_without_text_are_counted() -> None:
    more = "<tr><td><a href='https://late.example/9'>A headline and nothing else</a></td></tr></table>"
    found = stories(letter(CARDS.replace("</table>", more)))
    assert "mail: headlines without text were left out: 1" in found[0].warnings
