"""Every refusal of the read stage, and for each limit an input just on its good side."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import zipfile

import pytest
from read_cases import capture_of, document, make_pdf, outcome, parts, refusal

import firsthand.read as reading
from firsthand.read import feed, html, letter, markdown, markup, names, pdf, plain
from firsthand.read.encoding import decode
from firsthand.read.html import Html
from firsthand.records import Refusal

SENTENCE = "The ministry bought forty cameras for the schools of the district, it said on Monday."


@pytest.mark.parametrize("content", [b"", b"   \r\n\t ", b"\xef\xbb\xbf", b"\x00\x00\x00", b"\xff\xfe"])
def test_nothing_but_white_space_is_refused_as_empty(content: bytes) -> None:
    assert refusal(content).code == "empty"


def test_random_bytes_are_not_text() -> None:
    """A thousand random bytes hold too many control characters, and as Latin letters too few letters."""
    noise = random.Random(7)
    assert refusal(noise.randbytes(4000), "noise.bin").code == "not-text"
    printable = bytes(noise.choices(range(128, 256), k=4000))
    assert refusal(printable, "noise.txt").code == "not-text"
    assert refusal(b"<html><body><p>" + printable, "noise.html").code == "not-text"


def test_archives_are_not_unpacked() -> None:
    """Nothing packed is opened, so no bomb can go off; the remedy says what to do."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("story.html", SENTENCE)
    for content in (packed.getvalue(), gzip.compress(b"0" * 10_000), bz2.compress(b"0" * 10_000)):
        found = refusal(content, "story.html")
        assert found.code == "archive"
        assert "npack" in found.remedy
    tar = b"story.txt".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 300
    assert refusal(tar, "story.tar").code == "archive"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
        b"GIF89a" + b"\0" * 40,
        b"RIFF\x10\x00\x00\x00WEBP" + b"\0" * 40,
        b"\x00\x00\x00\x18ftypmp42" + b"\0" * 40,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40,
        b"{\\rtf1 " + SENTENCE.encode(),
        b'{"headline": "Cameras", "body": "Many."}',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>',
    ],
)
def test_formats_that_are_not_read_are_named(content: bytes) -> None:
    """The first bytes decide, not the ending of the name."""
    assert refusal(content, "story.html").code == "unsupported-format"


def test_text_that_only_looks_like_a_format_is_read() -> None:
    """A story may open with a bracket or with the letters of a format's mark."""
    assert document(f"[Updated] {SENTENCE} {SENTENCE}", "a.txt").text.startswith("[Updated]")
    assert document(f"GIFT SHOP CAMERAS\n\n{SENTENCE} {SENTENCE}", "a.txt").text.startswith("The ministry")


@pytest.mark.parametrize("path", ["a.html", "a.txt", "a.md", "a.eml", "a.xml"])
def test_prose_is_needed(path: str) -> None:
    """Menus, links and empty parts are no document."""
    bodies = {
        "a.html": "<!doctype html><html><body><nav><a href='/'>Home</a></nav><a href='/1'>One</a></body></html>",
        "a.txt": "Home    News    Sport\n\nSign in\n",
        "a.md": "---\ntitle: Nothing\n---\n\n![only a picture](a.jpg)\n",
        "a.eml": "From: a@b.example\nSubject: x\nDate: Thu, 18 Apr 2030 07:00:12 +0900\n\n\n",
        "a.xml": "<?xml version='1.0'?><rss><channel><title>Feed</title><item><title>T</title></item></channel></rss>",
    }
    assert refusal(bodies[path], path).code == ("feed-empty" if path == "a.xml" else "no-main-text")


def test_large_inputs_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each format has a size from which on a file cannot be a story; one byte less is read."""
    page = f"<html><body><p>{SENTENCE}</p></body></html>".encode()
    mail = f"From: a@b.example\nSubject: x\n\n{SENTENCE}\n".encode()
    card = f"---\ntitle: x\n---\n\n{SENTENCE}\n".encode()
    cases = [(html, "MAX_HTML_BYTES", page, "a.html"), (plain, "MAX_TEXT_BYTES", SENTENCE.encode(), "a.txt"),
             (letter, "MAX_MAIL_BYTES", mail, "a.eml"), (markdown, "MAX_MARKDOWN_BYTES", card, "a.md")]  # fmt: skip
    for module, name, content, path in cases:
        monkeypatch.setattr(module, name, len(content))
        assert not isinstance(outcome(content, path), Refusal)
        monkeypatch.setattr(module, name, len(content) - 1)
        assert refusal(content, path).code == "too-large"


def test_fifty_megabytes_of_open_elements_are_refused_within_seconds() -> None:
    assert refusal(b"<html><body>" + b"<div>" * 10_000_000).code == "too-large"


def test_elements_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """One element more than the limit is an attack; at the limit the page is read."""
    page = "<html><body>" + "<div></div>" * 5000 + f"<p>{SENTENCE}</p>"
    monkeypatch.setattr(markup, "MAX_ELEMENTS", 5003)
    assert document(page).text == SENTENCE
    monkeypatch.setattr(markup, "MAX_ELEMENTS", 5002)
    assert refusal(page).code == "too-many-elements"
    feed = "<rss><channel><item><description>" + SENTENCE + "</description></item></channel></rss>"
    monkeypatch.setattr(markup, "MAX_ELEMENTS", 3)
    assert refusal(feed, "a.xml").code == "too-many-elements"


def test_depth_is_no_reason_to_refuse() -> None:
    """Beyond the deepest nesting that is kept, elements become siblings and keep their text."""
    assert document("<html><body>" + "<div><b>" * 4000 + f"<p>{SENTENCE}</p>").text == SENTENCE


def test_tags_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments and closing tags make no elements but take time."""
    monkeypatch.setattr(markup, "MAX_TAGS", 100)
    assert refusal("<html><body>" + "</b>" * 200 + f"<p>{SENTENCE}</p>").code == "too-many-elements"


def test_a_page_with_the_text_of_several_books_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<html><body><p>{SENTENCE}</p></body></html>"
    monkeypatch.setattr(html, "MAX_TEXT_CHARACTERS", len(SENTENCE))
    assert document(page).text == SENTENCE
    monkeypatch.setattr(html, "MAX_TEXT_CHARACTERS", len(SENTENCE) - 1)
    assert refusal(page).code == "too-large"


def test_yaml_aliases_are_refused() -> None:
    """Aliases of aliases grow without bound; plain repetition does not."""
    bomb = "---\na: &a [lol, lol]\nb: &b [*a, *a]\nc: [*b, *b]\ntitle: x\n---\n\n" + SENTENCE
    assert refusal(bomb, "card.md").code == "front-matter-broken"
    assert document(bomb.replace("&a ", "").replace("&b ", "").replace("*", ""), "card.md").title == "x"


def test_front_matter_has_a_size() -> None:
    big = "---\ntitle: x\n" + "note: y\n" * 10_000 + "---\n\n" + SENTENCE
    assert refusal(big, "card.md").code == "front-matter-broken"


def test_deep_yaml_is_read_line_by_line() -> None:
    """Brackets in brackets cost the square of their depth; the card's plain fields are still read."""
    found = document("---\ntitle: Cameras\ndeep: " + "[" * 3000 + "\n---\n\n" + SENTENCE, "card.md")
    assert found.title == "Cameras"
    assert found.warnings == ("front matter: not valid YAML; read line by line",)


def test_entities_of_a_document_type_are_refused() -> None:
    """Entities that feed on each other are the oldest bomb of XML; no feed needs them."""
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        f"<rss><channel><item><description>{SENTENCE} &b;</description></item></channel></rss>"
    )
    assert refusal(bomb, "feed.xml").code == "xml-entities"
    harmless = bomb.replace('<!ENTITY a "ha"><!ENTITY b "&a;&a;">', "").replace("&b;", "&amp;")
    assert document(harmless, "feed.xml").text == f"{SENTENCE} &"


def test_a_message_with_absurd_nesting_is_refused() -> None:
    def nested(depth: int) -> bytes:
        parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
        return f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n{parts}\n{SENTENCE}\n".encode()

    assert document(nested(20), "a.eml").text == SENTENCE
    assert refusal(nested(500), "a.eml").code == "mail-broken"


def test_broken_pdfs_say_what_is_broken() -> None:
    """Damaged, locked and picture-only PDFs need different remedies."""
    whole = make_pdf([[(72, 700, 11, SENTENCE)]])
    assert document(whole, "a.pdf").text == SENTENCE
    assert refusal(whole[: len(whole) // 2], "a.pdf").code == "pdf-damaged"
    assert refusal(whole.replace(b"/Info", b"/Encrypt 1 0 R /Info"), "a.pdf").code == "pdf-encrypted"
    without_text = refusal(make_pdf([[], []]), "a.pdf")
    assert without_text.code == "pdf-without-text"
    assert "OCR" in without_text.remedy


def test_a_pdf_with_too_many_lost_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by `make fuzz-read`: putting thousands of objects in order again took half a minute."""
    whole = make_pdf([[(72, 700, 11, SENTENCE)]])
    lost = whole.replace(b"startxref\n", b"startxref\n9")
    assert document(lost, "a.pdf").text == SENTENCE
    monkeypatch.setattr(pdf, "_MAX_LOST_OBJECTS", 3)
    assert document(whole, "a.pdf").text == SENTENCE
    assert refusal(lost, "a.pdf").code == "pdf-damaged"


def test_a_pdf_of_titles_alone_is_refused() -> None:
    """Found by `make fuzz-read`: a page with nothing but its date made a document without text."""
    assert refusal(
        make_pdf([[(72, 700, 11, "17 April 2031"), (72, 600, 11, "By Ana Lind and Ida Moen and Jon Aas")]]), "a.pdf"
    ).code in ("no-main-text", "pdf-without-text")


def test_an_item_that_was_not_closed_takes_no_other_into_its_text() -> None:
    """Found by `make fuzz-read`: items in items cost the square of their number, and put words under foreign titles."""
    items = "".join(
        f"<item><title>Story {n}</title><description>{SENTENCE.replace('forty', str(n))}" for n in range(20, 24)
    )
    documents, _ = parts(f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>".encode(), "a.xml")
    assert [document.text for document in documents] == [SENTENCE.replace("forty", str(n)) for n in range(20, 24)]


def test_places_in_utf_16_without_a_mark_lie_in_the_file() -> None:
    """Found by `make fuzz-read`: the codec named "utf-16" writes a mark before every piece that is measured."""
    text = "学校说机" * 900
    decoded = decode(text.encode("utf-16-le"), "utf-16")
    assert decoded is not None
    assert decoded.text == text
    assert decoded.byte_range(0, len(text)) == (0, 2 * len(text))
    assert decoded.byte_range(1500, 1501) == (3000, 3002)


def test_thousands_of_claims_to_a_name_are_weighed_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by `make fuzz-read`: a line repeated a thousand times was compared with itself a million times."""
    compared = []
    whole = names.same_outlet

    def counting(one: str, other: str) -> bool:
        compared.append(one)
        return whole(one, other)

    monkeypatch.setattr(names, "same_outlet", counting)
    claims = [names.Claim(f"Harbour Post {n}", 1.0, str(n)) for n in range(3000)]
    best = names.agree([*claims, names.Claim("Quayside Bugle", 5.0, "og:site_name")])
    assert best is not None
    assert best.name == "Quayside Bugle"
    assert len(compared) < 5000


def test_lines_of_a_text_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{SENTENCE}\n\n{SENTENCE.replace('forty', 'fifty')}"
    monkeypatch.setattr(plain, "MAX_LINES", 2)
    assert document(text, "a.txt").text
    monkeypatch.setattr(plain, "MAX_LINES", 1)
    assert refusal(text, "a.txt").code == "too-large"


def test_items_of_a_feed_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of a long feed is not dropped in silence."""
    items = "".join(f"<item><description>{SENTENCE} {n}</description></item>" for n in range(3))
    content = f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>".encode()
    monkeypatch.setattr(feed, "MAX_ITEMS", 3)
    assert parts(content, "a.xml")[1] == {}
    monkeypatch.setattr(feed, "MAX_ITEMS", 2)
    documents, refused = parts(content, "a.xml")
    assert len(documents) == 2
    assert refused["too-many-items"].reason.startswith("Of the feed's 3 items, the first 2")


def test_pdf_size_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PDF_BYTES", 100)
    assert refusal(make_pdf([[(72, 700, 11, SENTENCE)]]), "a.pdf").code == "too-large"


def test_a_readers_own_failure_is_a_refusal_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected error over one hostile file stops neither the others nor passes unseen."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Html, "read", fail)
    found = refusal(f"<html><body><p>{SENTENCE}</p></body></html>")
    assert found.code == "reader-failed"
    assert "ZeroDivisionError" in found.reason


def test_a_broken_world_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own interrupt is never swallowed."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Html, "read", interrupt)
    content = f"<html><body><p>{SENTENCE}</p></body></html>".encode()
    with pytest.raises(KeyboardInterrupt):
        reading.read(capture_of(content, "a.html"), content)
