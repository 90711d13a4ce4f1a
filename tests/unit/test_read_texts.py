"""Plain text, Markdown, feeds, letters and PDF: each format's own ways."""

from __future__ import annotations

import pytest
from read_cases import document, make_pdf, outcome, paragraphs

from firsthand.records import Refusal

ONE = "The harbour police bought twelve drones in March, according to the budget of the town."
TWO = "Each of them carries a thermal camera and can stay in the air for forty minutes, the budget says."
THREE = "“We look for boats, not for people,” said the harbour master, who had asked for the drones."
STORY = f"{ONE}\n\n{TWO}\n\n{THREE}\n"


def test_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    assert paragraphs(f"{ONE}\n{TWO} {TWO}\n{THREE}", "a.txt") == [ONE, f"{TWO} {TWO}", THREE]


def test_lines_that_are_each_a_sentence_stay_apart() -> None:
    """Full lines that all end a sentence were not broken by hand."""
    lines = [ONE, THREE, "The town has two bridges, a customs house and, since last year, twelve drones of its own."]
    assert paragraphs("\n".join(lines), "a.txt") == lines


def test_small_print_below_a_closing_rule_is_left_out() -> None:
    text = f"NOTICE 14/2031\n\n{STORY}\n--------------------\nNOTICE 15/2031 (nets and ropes) is on page 9.\nPrinted in 200 copies.\n"
    found = document(text, "a.txt")
    assert found.text.split("\n\n") == [ONE, TWO, THREE]
    assert found.title == "NOTICE 14/2031"


def test_wrapped_lines_are_joined() -> None:
    """Lines broken by hand at a column are one paragraph; so are words split by a hyphen that belongs to them."""
    wrapped = (
        "The harbour police bought twelve drones in March, according to the\n"
        "budget of the town. Each of them carries what the town calls a heat-\n"
        "seeking camera, and can stay in the air for forty minutes without a\n"
        "pause.\n"
    )
    assert paragraphs(wrapped, "a.txt") == [
        (
            "The harbour police bought twelve drones in March, according to the budget of the town. Each of them carries what "
            "the town calls a heat-seeking camera, and can stay in the air for forty minutes without a pause."
        )
    ]


def test_the_head_of_a_wire_story_is_metadata() -> None:
    text = f"NORTHERN WIRE\nHARBOUR-DRONES\n17 April 2031 06:50\n\nTown buys drones for the harbour\n\nBy Ida Moen\n\nTORSUND (Northern Wire) - {STORY}\n(Reporting by Ida Moen; editing by Per Lie)\n-- end --\n"
    found = document(text, "a.txt")
    assert (found.title, found.outlet, found.byline) == (
        "Town buys drones for the harbour",
        "Northern Wire",
        "Ida Moen",
    )
    assert (found.published, found.published_from) == ("2031-04-17T06:50:00", "text header")
    assert found.text.split("\n\n") == [f"TORSUND (Northern Wire) - {ONE}", TWO, THREE]


def test_a_date_without_a_year_is_not_completed() -> None:
    found = document(f"TORSUND, April 17 (NPA) - {STORY}", "a.txt")
    assert found.published is None
    assert found.warnings == ("published: the dateline says 'April 17' without a year",)
    assert found.outlet == "NPA"


def test_a_dump_of_a_page_gives_its_story() -> None:
    """Menus, counters, repeated captions, recommended stories with their teasers and the footer are left out."""
    caption = "FILE - A drone above the second bridge of Torsund on May 3, 2031. (AP Photo/Ida Moen, File)"
    dump = (
        f"Home   Sea   Sky   Sport   Sign in\n\nDrones over the harbour\n\n  • {caption}\n    1/2\n\n{caption}\nIDA MOEN\n5 min read\n\n{STORY}\n"
        "Advertisement\n\nRecommended Stories\n\n  • A plough for the winter\n\n    The plough will come before the winter does, the town said on Monday.\n\n"
        "  • A whale in the harbour\n\n    The whale had lost its way, said a man who knows about whales and their ways.\n\nVIEWS: 128\nAll rights to the materials belong to their authors.\n"
    )
    found = document(dump, "a.txt")
    assert found.text.split("\n\n") == [ONE, TWO, THREE]
    assert (found.title, found.byline) == ("Drones over the harbour", "IDA MOEN")


def test_a_story_goes_on_after_links_in_its_middle() -> None:
    text = f"{ONE}\n\nRead also: A plough for the winter\n\n{TWO}\n\nMore stories\n\nA whale in the harbour\n\n{THREE}\n\n{ONE} {TWO}\n"
    assert paragraphs(text, "a.txt") == [ONE, TWO, THREE, f"{ONE} {TWO}"]


def test_biographies_and_credits_at_the_end() -> None:
    """Where the text came from stays, who wrote it goes, and the writer's paper is the outlet."""
    text = f"{STORY}\nSource: Northern Wire\n\nIda Moen is a traveller and journalist for Harbour Post. She writes about the sea and the sky.\n"
    found = document(text, "a.txt")
    assert found.text.split("\n\n") == [ONE, TWO, THREE, "Source: Northern Wire"]
    assert found.outlet == "Harbour Post"


def test_text_blocks_lead_back_to_their_bytes() -> None:
    raw = f"Drones über Torsund und den Hafen\n\n{STORY}".encode()
    for block, wanted in zip(document(raw, "a.txt").blocks, (ONE, TWO, THREE), strict=True):
        assert raw[block.byte_start : block.byte_end].decode() == wanted


def test_front_matter_gives_the_facts() -> None:
    card = f"---\ntitle: Drones over the harbour\nauthors: [Ida Moen, Per Lie]\nprovider:\n  name: Harbour Post\ndate: 2031-04-17T06:42:00+09:00\nlang: en-GB\nurl: https://post.example/drones\noriginalUrl: https://wire.example/1\npublished: false\n---\n\n{STORY}"
    found = document(card, "a.md")
    assert (found.title, found.outlet, found.byline) == (
        "Drones over the harbour",
        "Harbour Post",
        "Ida Moen and Per Lie",
    )
    assert (found.published, found.published_from) == ("2031-04-17T06:42:00+09:00", "front matter date")
    assert (found.url, found.source_url, found.language) == (
        "https://post.example/drones",
        "https://wire.example/1",
        "en-GB",
    )
    assert not found.partial
    assert found.warnings == ()


def test_a_card_with_only_an_excerpt_is_a_partial_document() -> None:
    """The fullest excerpt stands in for the work, and says that it is one; its bytes are those of the field."""
    card = f'---\ntitle: Drones\nsummary: Short.\nexcerpt: "{ONE} {TWO}"\nrelated:\n  - excerpt: "{THREE}"\n---\n'
    found = document(card, "a.md")
    assert found.text == f"{ONE} {TWO}"
    assert found.partial
    assert any(warning.startswith("partial:") for warning in found.warnings)
    assert card.encode()[found.blocks[0].byte_start : found.blocks[0].byte_end].decode() == f"{ONE} {TWO}"


def test_a_card_with_the_whole_text_in_a_field_is_whole() -> None:
    found = document(f"---\ntitle: Drones\ncontent: |\n  {ONE}\n\n  {TWO}\n---\n", "a.md")
    assert found.text.split("\n\n") == [ONE, TWO]
    assert not found.partial


def test_broken_front_matter_is_read_line_by_line() -> None:
    found = document(f"---\ntitle: Drones: over the harbour\nauthor: 'Ida Moen\n---\n\n{STORY}", "a.md")
    assert found.title == "Drones: over the harbour"
    assert found.warnings[0].startswith("front matter: not valid YAML")


def test_markdown_marks_are_taken_off() -> None:
    body = '# Drones\n\nThe **harbour** police\\* bought *twelve* `drones` from [a firm (of two)](https://firm.example/a "the firm") in ~~April~~ March[^1].\n\n## Why\n\n1. Boats.\n- Nets.\n\n> “We look\n> for boats.”\n\n```\ncode\n```\n\n---\n\n![Bridge](b.jpg)\n\n| a | b |\n\n[^1]: So they say.\n\nIt is said that nobody had asked for them before the winter.\n'
    found = document(body, "a.md")
    assert [(block.kind, found.text[block.start : block.end]) for block in found.blocks] == [
        ("paragraph", "The harbour police* bought twelve drones from a firm (of two) in April March."),
        ("heading", "Why"),
        ("list-item", "Boats."),
        ("list-item", "Nets."),
        ("quote", "“We look for boats.”"),
        ("table-row", "a | b"),
        ("paragraph", "It is said that nobody had asked for them before the winter."),
    ]
    assert [(found.text[link.start : link.end], link.url) for link in found.links] == [
        ("a firm (of two)", "https://firm.example/a")
    ]
    assert [(image.url, image.caption) for image in found.images] == [("b.jpg", "Bridge")]
    assert found.title == "Drones"


def feed(items: str, head: str = "<title>Harbour Post</title><language>en-gb</language>") -> str:
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='c' xmlns:dc='d'><channel>{head}{items}</channel></rss>"


def test_each_item_of_a_feed_is_a_document() -> None:
    items = "".join(
        f"<item><title>Drones &amp; boats {n}</title><link>https://post.example/{n}</link><dc:creator>Ida Moen</dc:creator>"
        f"<pubDate>Thu, 17 Apr 2031 06:42:00 +0900</pubDate><description>Short.</description>"
        f"<content:encoded><![CDATA[<p>{ONE}</p><p>{TWO} <b>{n}</b></p><p><a href='/s'>Subscribe to our letter</a></p>]]></content:encoded></item>"
        for n in range(2)
    )
    raw = feed(items).encode()
    found = outcome(raw, "a.xml")
    assert not isinstance(found, Refusal)
    assert [document.part for document in found] == [0, 1]
    assert len({document.id for document in found}) == 2
    first = found[0]
    assert first.text.split("\n\n") == [ONE, f"{TWO} 0"]
    assert (first.title, first.outlet, first.byline, first.url) == (
        "Drones & boats 0",
        "Harbour Post",
        "Ida Moen",
        "https://post.example/0",
    )
    assert (first.published, first.published_from, first.language) == (
        "2031-04-17T06:42:00+09:00",
        "feed pubdate",
        "en-GB",
    )
    assert raw[first.blocks[0].byte_start : first.blocks[0].byte_end].decode() == ONE
    assert not first.partial


def test_descriptions_are_excerpts_and_sources_are_named() -> None:
    item = f"<item><title>T</title><description>&lt;p&gt;{ONE}&lt;/p&gt;</description><source url='https://wire.example/rss'>Northern Wire</source></item>"
    found = document(feed(item), "a.xml")
    assert found.text == ONE
    assert found.partial
    assert found.source_url == "https://wire.example/rss"
    assert found.outlet == "Northern Wire"


def test_atom_is_read_like_rss() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour Post</title><entry><title>Drones</title><link rel='alternate' href='https://post.example/1'/>"
        f"<published>2031-04-17T06:42:00Z</published><author><name>Ida Moen</name></author><content type='xhtml'><div><p>{ONE}</p><p>{TWO}</p></div></content></entry></feed>"
    )
    found = document(atom, "a.atom")
    assert found.text.split("\n\n") == [ONE, TWO]
    assert (found.url, found.byline, found.published) == ("https://post.example/1", "Ida Moen", "2031-04-17T06:42:00Z")


def letter(
    body: str, *, kind: str = "text/plain", encoding: str = "8bit", sender: str = "Harbour Post <post@harbour.example>"
) -> bytes:
    head = f"From: {sender}\nTo: you@example.org\nSubject: =?utf-8?q?Drones_=C3=BCber_Torsund?=\nDate: Thu, 17 Apr 2031 06:42:00 +0900\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}".encode()


def test_a_letter_is_one_document() -> None:
    """Signature and lines about the subscription are left out; sender, subject and date are the facts."""
    raw = letter(
        f"View this letter in your browser: https://post.example/l\n\n{STORY}\n-- \nHarbour Post, Torsund\nTo stop these letters, write us.\n"
    )
    found = document(raw, "a.eml")
    assert found.text.split("\n\n") == [ONE, TWO, THREE]
    assert (found.title, found.outlet, found.url) == ("Drones über Torsund", "Harbour Post", "https://post.example/l")
    assert (found.published, found.published_from) == ("2031-04-17T06:42:00+09:00", "mail Date")
    assert raw[found.blocks[0].byte_start : found.blocks[0].byte_end].decode() == ONE


@pytest.mark.parametrize(
    ("sender", "outlet"),
    [
        ('"Ida from Harbour Post" <ida@harbour.example>', "Harbour Post"),
        ("=?utf-8?q?Caf=C3=A9_News?= <a@cafe.example>", "Café News"),
        ("ida@harbour.example", "harbour.example"),
    ],
)
def test_outlets_of_letters(sender: str, outlet: str) -> None:
    assert document(letter(STORY, sender=sender), "a.eml").outlet == outlet


def test_the_fuller_alternative_of_a_letter_is_read() -> None:
    """HTML is preferred, unless it says far less than the plain part; attachments are counted and not opened."""

    def both(html: str) -> bytes:
        parts = [("text/plain", STORY), ("text/html", html), ("application/pdf", "JVBERi0=")]
        body = "".join(f"--b\nContent-Type: {kind}; charset=utf-8\n\n{text}\n" for kind, text in parts)
        return letter(f"{body}--b--\n").replace(
            b"text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", b'multipart/mixed; boundary="b"', 1
        )

    full = document(
        both(f"<p>{ONE}</p><p>{TWO}</p><p><a href='https://post.example'>{THREE[:20]}</a>{THREE[20:]}</p>"), "a.eml"
    )
    assert full.text.split("\n\n") == [ONE, TWO, THREE]
    assert full.links
    assert "mail: 1 attachments were not read" in full.warnings
    assert document(both("<img src='x.png'>"), "a.eml").text.split("\n\n") == [ONE, TWO, THREE]


def test_formats_are_known_by_content_and_not_by_name() -> None:
    assert document(letter(STORY), "a.txt").title == "Drones über Torsund"
    assert document(f"<html><body><p>{ONE}</p></body></html>", "a.txt").method.startswith("read.html/")
    assert document(f"---\ntitle: Drones\n---\n\n{STORY}", "a.txt").method.startswith("read.markdown/")
    assert document(feed(f"<item><description>{ONE}</description></item>"), "a.html").method.startswith("read.feed/")
    assert document(f"{ONE} {TWO}", "a").method.startswith("read.text/")
    assert document(f"*{ONE}* {TWO}", "a.md").text.startswith("The harbour")


def pdf_page(number: int, lines: list[str]) -> list[tuple[int, int, int, str]]:
    shown = [(72, 800, 9, "Open Roads | Paper 7"), (290, 40, 9, str(number))]
    y = 740
    for text in lines:
        if text:
            shown.append((72, y, 18 if text.startswith("#") else 11, text.lstrip("# ")))
        y -= 14 if text else 8
    return shown


def test_pdf_pages_become_paragraphs() -> None:
    """Running headers and page numbers go, words split at a line's end are joined, a paragraph may cross pages."""
    first = ["# Counting plate readers", "", "3 September 2030", "By Ana Lind and Ib Moe", "", "The institute asked twelve towns how many plate readers they run and for",
             "how long they keep the records. Ten of them answered within the sur-", "prisingly short time that the law allows them for such an answer.", "", "Together they run 187 readers, three times as many as there were four"]  # fmt: skip
    second = [
        "years ago, and nobody could say what had become of the other records.",
        "",
        "Towns should publish how many readers they run.",
    ]
    third = ["The institute will ask again next year, and the year after that one."]
    raw = make_pdf(
        [pdf_page(n, lines) for n, lines in enumerate([first, second, third], 1)], Author="Open Roads Institute"
    )
    found = document(raw, "a.pdf")
    assert found.text.split("\n\n") == [
        (
            "The institute asked twelve towns how many plate readers they run and for how long they keep the records. Ten of them "
            "answered within the surprisingly short time that the law allows them for such an answer."
        ),
        (
            "Together they run 187 readers, three times as many as there were four years ago, and nobody could say what had "
            "become of the other records."
        ),
        "Towns should publish how many readers they run.",
        "The institute will ask again next year, and the year after that one.",
    ]
    assert (found.title, found.outlet, found.byline) == (
        "Counting plate readers",
        "Open Roads Institute",
        "Ana Lind and Ib Moe",
    )
    assert (found.published, found.published_from) == ("2030-09-03", "text first page")
    assert all(block.byte_start is None for block in found.blocks)


def test_the_day_a_pdf_was_made_is_called_that() -> None:
    found = document(
        make_pdf([[(72, 700, 11, ONE)]], CreationDate="D:20310417064200", Title="Microsoft Word - drones.docx"), "a.pdf"
    )
    assert (found.published, found.published_from) == ("2031-04-17", "pdf CreationDate")
    assert found.title is None
    assert found.warnings == ("published: the day the file was made; the pages state none",)
