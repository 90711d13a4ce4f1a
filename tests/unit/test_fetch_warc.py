"""A fetch is written as a WARC file that others read as we do: our own reader, and warcio with every digest checked."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from warcio.archiveiterator import ArchiveIterator
from web_cases import PUBLIC, QUICK, Town, answer, onward, page

from firsthand.fetch import Fetched, Known, warc_of
from firsthand.preserve import seal
from firsthand.read import read
from firsthand.read.packed import Budget
from firsthand.read.warc_records import WarcRecord, warc_records
from firsthand.records import Circumstance, PartlyRead, Refusal

HERE = "http://post.example/story"
STORY = "The port authority installed forty facial recognition cameras on the harbour wall in March 2031."


@pytest.fixture
def town() -> Iterator[Town]:
    found = Town()
    found.server.says("/story", page(STORY))
    yield found
    found.server.close()


def warc(found: Fetched, unchanged: Known | None = None) -> bytes:
    return warc_of(found, software="firsthand 0", agent=QUICK.agent, unchanged=unchanged)


def own(content: bytes) -> list[WarcRecord]:
    """The records as our reader reads them; nothing in the file is damaged."""
    records = list(warc_records(content, Budget()))
    assert all(isinstance(record, WarcRecord) for record in records)
    return [record for record in records if isinstance(record, WarcRecord)]


def theirs(content: bytes) -> list[tuple[str, str | None, bytes]]:
    """Type, address and content of the records as warcio reads them; it checks every digest and stops at a wrong one."""
    found = []
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        body = record.raw_stream.read()
        assert record.digest_checker.passed is not False
        found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
    return found


SENT = [
    page(STORY),
    answer(b"5\r\n<p>Fo\r\n4;x=y\r\nrty.\r\n0\r\nX-Trailer: a\r\n\r\n", "Transfer-Encoding: chunked"),
    b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>Forty cameras.</p>",
    answer(b"", status="203 Non-Authoritative Information"),
    answer(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n\r\n\r\nWARC/1.1\r\n"),
    answer(bytes(range(256)) * 50, kind="application/pdf"),
]


@pytest.mark.parametrize("sent", SENT)
def test_both_readers_find_what_was_sent(town: Town, sent: bytes) -> None:
    town.server.says("/story", sent)
    found = town.fetched(HERE)
    content = warc(found)
    records = own(content)
    assert [record.fields["warc-type"] for record in records] == ["warcinfo", "response", "request", "metadata"]
    assert records[1].block == sent
    assert records[2].block == found.last.request == town.server.asked[-1].encode("latin-1")
    assert [(kind, address) for kind, address, _ in theirs(content)] == [
        ("warcinfo", None),
        ("response", HERE),
        ("request", HERE),
        ("metadata", HERE),
    ]
    assert theirs(content)[1][2] == sent.replace(b"\n\n", b"\r\n\r\n").split(b"\r\n\r\n", 1)[1]


def test_warcio_sees_a_changed_byte(town: Town) -> None:
    content = warc(town.fetched(HERE)).replace(b"forty", b"fifty")
    with pytest.raises(Exception, match="digest failed"):
        theirs(content)


def test_each_record_says_what_it_is_about(town: Town) -> None:
    response, request, notes = own(warc(town.fetched(HERE)))[1:]
    assert response.fields["warc-ip-address"] == PUBLIC
    assert response.fields["warc-date"] == "2031-02-03T04:05:06Z"
    assert request.fields["warc-concurrent-to"] == response.fields["warc-record-id"]
    assert notes.fields["warc-concurrent-to"] == response.fields["warc-record-id"]
    assert notes.block is not None
    assert b"robots: allowed by http://post.example/robots.txt (404)\r\n" in notes.block


def test_every_hop_of_a_redirect_is_in_the_file(town: Town) -> None:
    town.server.says("/old", onward("/older"))
    town.server.says("/older", onward(HERE))
    content = warc(town.fetched("http://post.example/old"))
    responses = [(r.fields["warc-target-uri"], r.block) for r in own(content) if r.fields["warc-type"] == "response"]
    assert [address.rsplit("/", 1)[1] for address, _ in responses] == ["old", "older", "story"]
    assert b"via: http://post.example/older\r\nhopsFromSeed: RR\r\n" in content
    assert len({record.fields["warc-record-id"] for record in own(content)}) == len(own(content)) == 10
    theirs(content)


def test_the_same_exchanges_give_the_same_bytes(town: Town) -> None:
    found = town.fetched(HERE)
    assert warc(found) == warc(found)


def test_reading_finds_the_page_with_its_address_its_time_and_its_bytes(town: Town) -> None:
    """As in any web archive; a block's bytes are those of the page in the file."""
    content = warc(town.fetched(HERE))
    capture = seal(content, Circumstance(path=HERE, captured_at="2031-02-03T04:05:06Z", tool="test"))
    read_ = read(capture, content)
    assert not isinstance(read_, PartlyRead | Refusal)
    (document,) = read_
    assert (document.fetched_from, document.fetched_at) == (HERE, "2031-02-03T04:05:06Z")
    assert document.url == HERE
    (block,) = document.blocks
    assert content[block.byte_start : block.byte_end].decode() == STORY


def test_an_unchanged_page_is_a_revisit_that_names_the_earlier_record(town: Town) -> None:
    (first,) = (r for r in own(warc(town.fetched(HERE))) if r.fields["warc-type"] == "response")
    known = Known(
        address=HERE,
        at=first.fields["warc-date"],
        record=first.fields["warc-record-id"],
        digest=first.fields["warc-payload-digest"],
        etag='"v1"',
    )
    by_bytes = town.fetched(HERE, known={HERE: known})
    town.server.says("/story", answer(b"", 'ETag: "v1"', status="304 Not Modified"))
    by_word = town.fetched(HERE, known={HERE: known})
    for found, profile in ((by_word, "server-not-modified"), (by_bytes, "identical-payload-digest")):
        content = warc(found, unchanged=known)
        revisit = own(content)[1]
        assert revisit.fields["warc-type"] == "revisit"
        assert revisit.fields["warc-profile"] == f"http://netpreserve.org/warc/1.1/revisit/{profile}"
        assert revisit.fields["warc-refers-to"] == first.fields["warc-record-id"]
        assert revisit.fields["warc-refers-to-target-uri"] == HERE
        assert revisit.fields["warc-refers-to-date"] == first.fields["warc-date"]
        assert revisit.fields["warc-payload-digest"] == first.fields["warc-payload-digest"]
        assert revisit.block is not None
        assert revisit.block.endswith(b"\r\n\r\n")
        theirs(content)
