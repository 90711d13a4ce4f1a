"""Laws of reading: whatever the bytes, there are documents or one refusal, and every span stands in its text."""

from __future__ import annotations

import hashlib
import unicodedata

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from firsthand.read import read
from firsthand.records import Capture, Circumstance, Document, PartlyRead, Refusal

PATHS = st.sampled_from(["a.html", "a.txt", "a.md", "a.xml", "a.eml", "a.pdf", "a", "https://x.example/?a=1"])
SENTENCES = st.lists(
    st.sampled_from(
        [
            "The harbour police bought twelve drones in March, according to the budget of the town.",
            "“We look for boats, not for people,” said the harbour master.",
            "Read also: a plough for the winter",
            "By Ida Moen",
            "17/04/2031 06:42",
            "Source: Northern Wire",
            "Comments (3)",
            "Über die Straße, sagte er.",
            "学校已经安装了摄像头，老师说。",
        ]
    ),
    min_size=1,
    max_size=12,
)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class='x'>", "</div>", "<br>", "<br><br>", "<b>", "</i>", "<td>", "<table>", "<li>", "<a href='/x'>", "</a>", "<h1>", "</h1>",
     "<aside>", "</aside>", "<pre>", "<img src='a.jpg'>", "<figcaption>", "<!-- ", "-->", "<script>", "</script>", "&amp;", "&#0;", "<", ">", "\x00", "\ufeff", "<![CDATA[", "]]>"]
)  # fmt: skip
PIECES = st.lists(st.one_of(TAGS, SENTENCES.map(" ".join), st.text(max_size=12)), max_size=40).map("".join)
HEADS = st.sampled_from(
    ["<!doctype html><html><body>", "<html>", "", "---\ntitle: x\n---\n", "From: a@b.example\nSubject: x\n\n", "%PDF-1.4\n",
     "<?xml version='1.0'?><rss><channel><item><description>", "<feed><entry><content type='html'>"]
)  # fmt: skip
BOUNDED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(content: bytes, path: str) -> tuple[Document, ...] | Refusal:
    met = Circumstance(path=path, captured_at="2031-01-01T00:00:00Z", tool="tests")
    capture = Capture(sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content), circumstances=(met,))
    found = read(capture, content)
    assert not isinstance(found, PartlyRead), "none of these inputs is an archive"
    return found


def check(found: tuple[Document, ...] | Refusal, content: bytes) -> None:
    """Every law that one outcome can break."""
    if isinstance(found, Refusal):
        assert found.code != "reader-failed", found.reason
        assert found.reason
        assert found.remedy
        return
    assert found
    assert [document.part for document in found] == list(range(len(found)))
    assert len({document.id for document in found}) == len(found)
    for document in found:
        text = document.text
        assert text.strip() == text != ""
        assert all(unicodedata.category(sign) not in ("Cc", "Cs") or sign == "\n" for sign in text)
        assert "\n\n\n" not in text
        assert "\n" not in text.replace("\n\n", "")
        assert "\n\n".join(text[block.start : block.end] for block in document.blocks) == text
        for link in document.links:
            assert 0 <= link.start < link.end <= len(text)
            assert "\n" not in text[link.start : link.end]
            assert text[link.start : link.end].strip() == text[link.start : link.end]
        for block in document.blocks:
            if block.byte_start is not None:
                assert block.byte_end is not None
                assert 0 <= block.byte_start <= block.byte_end <= len(content)


@BOUNDED
@given(st.binary(max_size=400), PATHS)
@example(b"\xff\xfe\x00\xd8", "a.txt")
@example(b"\xfe\xff\x00\x00\x80", "a.md")
@example(b"\xfe\xff\x00\x00\x01", "a.md")
@example(b"\xff\xfe\x00\x00a\x00\x00\x00b", "a.txt")
@example(b"\xff\xfea\x00\x00\xd8b", "a.txt")
@example(b"%PDF-", "a.pdf")
@example(b"---\n- a\n---\n", "a.md")
def test_any_bytes_end_as_documents_or_a_refusal(content: bytes, path: str) -> None:
    check(outcome(content, path), content)


@BOUNDED
@given(HEADS, PIECES, PATHS, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_markup_ends_as_documents_or_a_refusal(head: str, pieces: str, path: str, codec: str) -> None:
    content = (head + pieces).encode(codec, "replace")
    check(outcome(content, path), content)


@BOUNDED
@given(HEADS, PIECES, PATHS)
def test_reading_twice_gives_equal_documents(head: str, pieces: str, path: str) -> None:
    content = (head + pieces).encode()
    assert outcome(content, path) == outcome(content, path)


@BOUNDED
@given(SENTENCES, st.sampled_from(["\n\n", "\n", " \r\n\r\n"]))
def test_text_is_never_invented(sentences: list[str], gap: str) -> None:
    """Every paragraph of a plain text's document stands in the file."""
    content = gap.join(sentences)
    found = outcome(content.encode(), "a.txt")
    if not isinstance(found, Refusal):
        words = " ".join(content.split())
        assert all(paragraph in words for paragraph in found[0].text.split("\n\n"))


@BOUNDED
@given(
    st.lists(
        st.text(
            alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc", "Cn"]),
            max_size=60,
        ),
        max_size=6,
    )
)
def test_byte_ranges_cover_their_block(middle: list[str]) -> None:
    """In plain text without wrapped lines, a block's bytes decode to its words."""
    sentence = "The harbour police bought twelve drones in March, according to the budget of the town."
    content = "\n\n".join([sentence, *middle, sentence.replace("twelve", "eleven")]).encode()
    found = outcome(content, "a.txt")
    if isinstance(found, Refusal):
        return
    for block in found[0].blocks:
        assert block.byte_start is not None
        held = content[block.byte_start : block.byte_end].decode()
        shown = found[0].text[block.start : block.end]
        assert shown.split(" ")[-1] in held or not shown.isascii()
