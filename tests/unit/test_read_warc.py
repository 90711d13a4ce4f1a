"""Web archives: every page in them is a document with its own address and time."""

from __future__ import annotations

import gzip
import hashlib
import zlib

import pytest
from read_cases import capture_of, make_pdf, parts
from warc_cases import WHEN, http, packed, page, record, wacz, zipped

from firsthand.engine.stages import default_stages
from firsthand.engine.workers import read_one
from firsthand.read import archive_pages, read, warc_records
from firsthand.records import PartlyRead, Refusal

FIRST = "The harbour police bought twelve drones in March, according to the budget of the town."
SECOND = "The ministry bought forty cameras for the schools of the district, it said on Monday."
THIRD = "The port uses Harrow cameras at four gates, a spokeswoman for the port told the council."


def three() -> list[bytes]:
    return [
        record(http(page(story)), f"https://post.example/{number}")
        for number, story in enumerate((FIRST, SECOND, THIRD))
    ]


def texts(content: bytes) -> list[str]:
    return [document.text for document in parts(content)[0]]


def codes(content: bytes) -> list[str]:
    return sorted(parts(content)[1])


@pytest.mark.parametrize(
    "content",
    [
        b"".join(three()),
        packed(*three()),
        gzip.compress(b"".join(three())),
        wacz(packed(*three())),
        wacz(b"".join(three())),
    ],
    ids=["plain", "packed", "one-stream", "wacz", "wacz-plain"],
)
def test_every_page_is_a_document_with_address_and_time(content: bytes) -> None:
    """However the archive is packed, and whatever its file is called."""
    documents, refused = parts(content, "saved.bin")
    assert refused == {}
    assert [document.text for document in documents] == [FIRST, SECOND, THIRD]
    assert [document.part for document in documents] == [0, 1, 2]
    assert [document.fetched_from for document in documents] == [f"https://post.example/{n}" for n in range(3)]
    assert {document.fetched_at for document in documents} == {WHEN}
    assert {document.sha256 for document in documents} == {hashlib.sha256(content).hexdigest()}
    assert {document.path for document in documents} == {"saved.bin"}
    assert documents[0].url == "https://post.example/0"


def test_blocks_of_a_plain_archive_lead_to_their_bytes() -> None:
    content = b"".join(three())
    for document in parts(content)[0]:
        (block,) = document.blocks
        assert block.byte_start is not None
        assert content[block.byte_start : block.byte_end].decode() == document.text
    assert parts(packed(*three()))[0][0].blocks[0].byte_start is None


def test_the_address_helps_where_the_page_states_none() -> None:
    """Relative links, the outlet and the day in the address; what the page states itself comes first."""
    body = page(FIRST.replace("budget", "<a href='/report'>budget</a>"))
    (found,), _ = parts(record(http(body), "https://www.post.example/2031/02/01/cameras.html"))
    assert found.links[0].url == "https://www.post.example/report"
    assert found.outlet == "post.example"
    assert (found.published, found.published_from) == ("2031-02-01", "address")
    stated = body.replace(b"<head>", b"<head><link rel=canonical href='https://other.example/x'>")
    (found,), _ = parts(record(http(stated)))
    assert found.url == "https://other.example/x"
    assert found.fetched_from == "https://post.example/cameras"


def test_what_a_page_loads_is_no_document() -> None:
    """Images, styles, scripts, data, redirects and the archive's own notes are passed over in silence."""
    others = [
        record(http(b"\x89PNG\r\n\x1a\n", kind="image/png"), "https://post.example/a.png"),
        record(http(b"p { color: red }", kind="text/css"), "https://post.example/a.css"),
        record(http(page(SECOND), kind="application/javascript"), "https://post.example/a.js"),
        record(http(b'{"a": 1}', kind="application/json"), "https://post.example/a"),
        record(http(b"User-agent: *\nDisallow: /private and everything below it, as we said.", kind="text/plain"), "https://post.example/robots.txt"),
        record(http(b"moved", status="301 Moved Permanently"), "https://post.example/old"),
        record(b"software: archiver", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(b"fetchTimeMs: 3", kind="metadata"),
    ]  # fmt: skip
    documents, refused = parts(packed(*others, record(http(page(FIRST)))))
    assert [document.text for document in documents] == [FIRST]
    assert refused == {}
    assert codes(packed(*others)) == ["warc-without-pages"]


def test_a_resource_record_is_a_page_without_http() -> None:
    kept = record(page(FIRST), "https://post.example/saved", "Content-Type: text/html", kind="resource")
    image = record(b"GIF89a", "https://post.example/a.gif", "Content-Type: image/gif", kind="resource")
    (found,), refused = parts(image + kept)
    assert (found.text, refused) == (FIRST, {})
    assert found.blocks[0].byte_start is not None
    assert (image + kept)[found.blocks[0].byte_start : found.blocks[0].byte_end].decode() == FIRST


def test_pages_of_every_format_are_read_in_an_archive() -> None:
    """The bytes of a page tell its format, as those of a file do; a feed gives its items."""
    pdf = make_pdf([[(72, 700, 11, FIRST)]])
    feed = f"<?xml version='1.0'?><rss><channel><item><description>{SECOND}</description></item><item><description>{THIRD}</description></item></channel></rss>".encode()
    content = record(http(pdf, kind="application/octet-stream"), "https://post.example/report") + record(
        http(feed, kind="application/rss+xml"), "https://post.example/feed"
    )
    documents, refused = parts(content)
    assert [document.text for document in documents] == [FIRST, SECOND, THIRD]
    assert [document.method.split("/")[0] for document in documents] == [
        "read.warc.pdf",
        "read.warc.feed",
        "read.warc.feed",
    ]
    assert refused == {}


@pytest.mark.parametrize("sizes", [(1, 5000), (40, 17), (7,)])
def test_chunks_are_joined(sizes: tuple[int, ...]) -> None:
    body, chunked = page(FIRST), b""
    rest = body
    while rest:
        for size in sizes:
            part, rest = rest[:size], rest[size:]
            chunked += b"%x;note=1\r\n%s\r\n" % (len(part), part) if part else b""
    whole = http(chunked + b"0\r\n\r\n", "Transfer-Encoding: chunked")
    assert texts(record(whole)) == [FIRST]
    (cut,), _ = parts(record(http(chunked, "Transfer-Encoding: chunked")))
    assert cut.partial
    assert texts(record(http(body, "Transfer-Encoding: chunked"))) == [FIRST], "stored joined, the field left"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(page(FIRST))),
        ("x-gzip", gzip.compress(page(FIRST))),
        ("deflate", zlib.compress(page(FIRST))),
        ("deflate", zlib.compress(page(FIRST), wbits=-15)),
        ("gzip, gzip", gzip.compress(gzip.compress(page(FIRST)))),
        ("gzip", page(FIRST)),
        ("br", page(FIRST)),
        ("identity", page(FIRST)),
    ],
)
def test_content_codings_are_taken_off(coding: str, body: bytes) -> None:
    """Also where the tool stored the body decoded and left the field."""
    documents, refused = parts(record(http(body, f"Content-Encoding: {coding}")))
    assert [document.text for document in documents] == [FIRST]
    assert refused == {}


def test_a_coding_that_is_not_read_is_refused_by_name() -> None:
    content = record(http(b"\x1f\x9d\x00\x00" * 9, "Content-Encoding: compress")) + three()[1]
    documents, refused = parts(content)
    assert [document.text for document in documents] == [SECOND]
    assert "(compress)" in refused["content-encoding"].reason


def test_errors_of_servers_are_no_pages() -> None:
    """A page of the server's about an error is not what the address promised; the analyst is told."""
    content = three()[0] + record(http(page(SECOND), status="403 Forbidden"), "https://post.example/closed")
    documents, refused = parts(content)
    assert [document.text for document in documents] == [FIRST]
    assert "https://post.example/closed (403)" in refused["server-error"].reason


def test_pages_without_a_story_are_counted_by_reason() -> None:
    front = b"<!doctype html><html><body><nav><a href='/'>Home</a></nav><a href='/1'>One</a></body></html>"
    content = b"".join(record(http(front), f"https://post.example/f{n}") for n in range(7)) + three()[0]
    documents, refused = parts(content)
    assert len(documents) == 1
    assert "7 times, first: https://post.example/f0" in refused["no-main-text"].reason


def test_a_page_met_again_unchanged_is_one_document_that_says_so() -> None:
    """By a revisit record or by the same bytes at the same address; another address is another document."""
    digest = "WARC-Payload-Digest: sha1:AAAA"
    first = record(http(page(FIRST)), "https://post.example/a", digest)
    again = record(http(b""), "https://post.example/a", digest, kind="revisit", date="2031-03-01T00:00:00Z")
    same = record(http(page(FIRST)), "https://post.example/a", date="2031-04-01T00:00:00Z")
    mirror = record(http(page(FIRST)), "https://mirror.example/a", date="2031-05-01T00:00:00Z")
    documents, refused = parts(packed(again, first, same, mirror))
    assert refused.keys() == {"unchanged-elsewhere"}, "what comes before its original is not known yet"
    documents, refused = parts(packed(first, again, same, mirror))
    assert refused == {}
    assert [document.fetched_from for document in documents] == ["https://post.example/a", "https://mirror.example/a"]
    assert documents[0].warnings[-2:] == (
        "warc: met again, unchanged, at https://post.example/a (2031-04-01T00:00:00Z)",
        "warc: met again, unchanged, at https://post.example/a (2031-03-01T00:00:00Z)",
    )


def test_a_revisit_of_what_the_file_does_not_hold_is_left_out() -> None:
    lone = record(http(b""), "https://post.example/b", "WARC-Payload-Digest: sha1:BBBB", kind="revisit")
    icon = record(http(b"", kind="image/png"), "https://post.example/b.png", kind="revisit")
    documents, refused = parts(packed(*three()[:1], lone, icon))
    assert len(documents) == 1
    assert "Once, first: https://post.example/b" in refused["unchanged-elsewhere"].reason


@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), packed])
def test_a_file_that_ends_early_gives_what_is_there(pack: object) -> None:
    """The pages before the cut, the cut page as far as it goes and marked so, and a refusal that says what happened."""
    long = record(
        http(page(" ".join(f"Camera {n} hangs at gate {n * 7919 % 1000}, the council heard." for n in range(90))))
    )
    assert callable(pack)
    whole = pack(*three()[:2], long)
    documents, refused = parts(whole[:-60])
    assert [document.text for document in documents[:2]] == [FIRST, SECOND]
    assert refused.keys() == {"warc-cut-off"}
    assert [document.partial for document in documents] == [False, False, True][: len(documents)]
    assert len(documents) == 3
    for cut in range(40, len(whole) - 1, 97):
        documents, refused = parts(whole[:cut])
        assert refused, f"cut at {cut}"


@pytest.mark.parametrize("length", [10**14, 10**30, 3, 0, 300, "-5", "x", ""])
@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), packed])
def test_a_false_length_hides_no_page(pack: object, length: int | str) -> None:
    """Too long, too short, or no number: the next record is found by its first line."""
    liar = record(http(page(FIRST)), "https://post.example/liar", length=length)
    assert callable(pack)
    documents, refused = parts(pack(liar, *three()[1:]))
    assert [document.text for document in documents[-2:]] == [SECOND, THIRD]
    assert refused.keys() & {"warc-damaged", "warc-cut-off"}


def test_a_flipped_bit_costs_one_record() -> None:
    """Packed records after the damage are found by their first bytes."""
    content = bytearray(packed(*three()))
    middle = len(packed(three()[0])) + 60
    content[middle] ^= 0xFF
    documents, refused = parts(bytes(content))
    assert [document.text for document in documents if not document.partial] == [FIRST, THIRD]
    assert refused.keys() == {"warc-damaged"}


def test_foreign_bytes_between_records_are_reported() -> None:
    one, two, _ = three()
    for content in (one + b"junk\r\n" * 9 + two, packed(one) + b"junk" * 9 + packed(two), packed(one, two) + b"junk"):
        assert texts(content) == [FIRST, SECOND]
        assert codes(content) == ["warc-damaged"]
    assert codes(packed(one, two) + b"\0" * 512) == [], "padding is no damage"


def test_addresses_and_times_are_checked() -> None:
    (found,), _ = parts(record(http(page(FIRST)), "<https://post.example/a>", date="2031-02-03T04:05:06.789Z"))
    assert (found.fetched_from, found.fetched_at) == ("https://post.example/a", WHEN)
    (found,), _ = parts(record(http(page(FIRST)), "no address\x1b[31m", date="yesterday"))
    assert (found.fetched_from, found.fetched_at) == (None, None)
    assert "warc: the archive states no time of capture for this page" in found.warnings
    (found,), _ = parts(record(http(page(FIRST)), date="2031-02"))
    assert found.fetched_at == "2031-02"


def test_numbers_of_pages_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_pages, "MAX_DOCUMENTS", 3)
    assert codes(packed(*three())) == []
    monkeypatch.setattr(archive_pages, "MAX_DOCUMENTS", 2)
    documents, refused = parts(packed(*three()))
    assert len(documents) == 2
    assert "https://post.example/2" in refused["too-many-pages"].reason
    monkeypatch.setattr(archive_pages, "MAX_DOCUMENTS", 3)
    monkeypatch.setattr(archive_pages, "MAX_PAGE_BYTES_IN_ALL", 3 * len(page(FIRST)) - 9)
    assert codes(packed(*three())) == ["too-many-pages"]


def test_numbers_of_records_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "_MAX_RECORDS", 2)
    documents, refused = parts(b"".join(three()))
    assert len(documents) == 2
    assert refused.keys() == {"too-many-pages"}


def test_one_stream_is_read_as_far_as_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed record by record, the limit never matters; in one stream, what lies behind it is named."""
    monkeypatch.setattr(warc_records, "_MAX_MEMBER_BYTES", len(three()[0]) * 2 + 50)
    assert codes(packed(*three())) == []
    documents, refused = parts(gzip.compress(b"".join(three())))
    assert [document.text for document in documents] == [FIRST, SECOND]
    assert "unpacks-too-far" in refused


def test_large_records_are_passed_over_unless_they_may_be_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A film in an archive is no reason for a refusal; a page that large is."""
    monkeypatch.setattr(warc_records, "MAX_RECORD_BYTES", 1000)
    film = record(http(b"x" * 2000, kind="video/mp4"), "https://post.example/film.mp4")
    large = record(http(page(FIRST) + b" " * 2000), "https://post.example/large")
    documents, refused = parts(packed(film, *three(), large))
    assert len(documents) == 3
    assert refused.keys() == {"too-large"}


def test_a_wacz_is_read_whatever_else_it_holds() -> None:
    more = {"indexes/index.cdx.gz": gzip.compress(b"x"), "pages/pages.jsonl": b"{}", "fuzzy.json": b"{}"}
    assert texts(wacz(packed(*three()), **more)) == [FIRST, SECOND, THIRD]
    two = zipped({"archive/a.warc.gz": packed(three()[0]), "archive/b.warc": three()[1], "datapackage.json": b"{}"})
    documents, _ = parts(two)
    assert [(document.part, document.text) for document in documents] == [(0, FIRST), (1, SECOND)]
    assert documents[1].blocks[0].byte_start is None, "no bytes of the file, which is packed"
    assert codes(zipped({"datapackage.json": b"{}", "pages/pages.jsonl": b"{}"})) == ["warc-without-pages"]


def test_statements_of_all_pages_are_extracted() -> None:
    content = packed(*three(), record(http(page(FIRST), status="404 Not Found"), "https://post.example/gone"))
    answer = read_one(capture_of(content, "a.warc.gz"), content, default_stages())
    assert not isinstance(answer, Refusal)
    documents, statements, left_out = answer
    assert len(documents) == 3
    assert {statement.document for statement in statements} <= {document.id for document in documents}
    assert statements
    assert [refusal.code for refusal in left_out] == ["server-error"]


def test_reading_an_archive_twice_gives_equal_documents() -> None:
    content = packed(*three())[:-30]
    found = [read(capture_of(content, "a.warc.gz"), content) for _ in range(2)]
    assert isinstance(found[0], PartlyRead)
    assert found[0] == found[1]
