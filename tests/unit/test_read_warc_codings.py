"""Web archives in Brotli and Zstandard: bodies, records and dictionaries, within the limits of all packed things."""

from __future__ import annotations

import gzip
import hashlib
import json
import struct

import brotli
import pytest
import zstandard
from read_cases import parts
from warc_cases import http, packed, page, record, wacz, zipped

from firsthand.read import packed_web
from firsthand.read.packed import Budget, TooMuchUnpackedError
from firsthand.read.warc_records import Damage, WarcRecord, warc_records

STORIES = [
    f"The harbour police bought {number} drones in March, according to the budget of the town." for number in range(6)
]


def records() -> list[bytes]:
    return [record(http(page(story)), f"https://post.example/{n}") for n, story in enumerate(STORIES)]


def texts(content: bytes, name: str = "pages.warc.zst") -> list[str]:
    documents, refused = parts(content, name)
    assert refused == {}
    return [document.text for document in documents]


def frames(*contents: bytes, dictionary: zstandard.ZstdCompressionDict | None = None) -> bytes:
    packer = zstandard.ZstdCompressor(dict_data=dictionary, write_checksum=True)
    return b"".join(packer.compress(content) for content in contents)


def zstd_stream(content: bytes) -> bytes:
    """A frame that does not state its size, as servers send it."""
    packer = zstandard.ZstdCompressor().compressobj()
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("br", brotli.compress(page(STORIES[0]))),
        ("zstd", zstandard.compress(page(STORIES[0]))),
        ("zstd", zstd_stream(page(STORIES[0]))),
        ("gzip, br", brotli.compress(gzip.compress(page(STORIES[0])))),
        ("zstd", page(STORIES[0])),
    ],
)
def test_bodies_in_brotli_and_zstandard_are_read(coding: str, body: bytes) -> None:
    assert texts(record(http(body, f"Content-Encoding: {coding}"))) == STORIES[:1]


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_a_body_that_was_cut_off_is_partial(coding: str) -> None:
    long = page(
        "".join(f"<p>{story} It was paid for in full by district {n}.</p>" for n, story in enumerate(STORIES * 90))
    )
    body = brotli.compress(long, quality=1) if coding == "br" else zstandard.compress(long, 1)
    documents, _ = parts(record(http(body[: 3 * len(body) // 4], f"Content-Encoding: {coding}")))
    assert all(document.partial for document in documents)


def test_a_body_that_is_no_brotli_is_no_page() -> None:
    documents, refused = parts(record(http(b"\xff\x2f\x81\x82" * 90, "Content-Encoding: br")))
    assert documents == ()
    assert refused


@pytest.mark.parametrize("unpack", [packed_web.unbrotli, packed_web.unzstd])
def test_bombs_come_out_only_as_far_as_allowed(unpack: object) -> None:
    """A few kilobytes that stand for 64 MB: what is kept and what is spent are both limited."""
    pack = brotli.compress if unpack is packed_web.unbrotli else zstandard.compress
    bomb = pack(bytes(64_000_000))
    assert len(bomb) < 10_000
    found = unpack(bomb, limit_bytes=1_000, budget=Budget())  # type: ignore[operator]
    assert (len(found.content), found.whole, found.damaged) == (1_000, False, False)
    with pytest.raises(TooMuchUnpackedError):
        unpack(bomb, limit_bytes=1_000, budget=Budget(left_bytes=10_000_000))  # type: ignore[operator]


def test_a_frame_that_asks_for_gigabytes_of_window_is_damaged() -> None:
    head = packed_web.ZSTD_MARK + bytes([0x00, 0xF0]) + struct.pack("<L", 1 | 100 << 3)[:3] + b"x" * 100
    assert packed_web.unzstd(head, limit_bytes=1_000, budget=Budget()).damaged


def test_a_zstandard_archive_is_read_record_by_record() -> None:
    assert texts(frames(*records())) == STORIES
    assert texts(zstd_stream(b"".join(records()))) == STORIES, "one frame for all"
    assert texts(wacz(b"", **{"archive/b.warc.zst": frames(*records())}), "pages.wacz") == STORIES


@pytest.mark.parametrize("is_packed", [True, False])
def test_an_archive_may_open_with_the_dictionary_of_its_frames(is_packed: bool) -> None:
    samples: list[bytes | bytearray | memoryview[int]] = [
        record(http(page(f"{story} {n}"))) for n in range(60) for story in STORIES
    ]
    dictionary = zstandard.train_dictionary(4_000, samples)
    inner = zstandard.compress(dictionary.as_bytes()) if is_packed else dictionary.as_bytes()
    head = b"\x5d\x2a\x4d\x18" + struct.pack("<L", len(inner)) + inner
    content = head + frames(*records(), dictionary=dictionary)
    assert texts(content) == STORIES
    assert not any(isinstance(item, Damage) for item in warc_records(content, Budget()))


def test_a_flipped_bit_costs_one_frame() -> None:
    each = [frames(one) for one in records()]
    each[2] = each[2][:-20] + bytes([each[2][-20] ^ 4]) + each[2][-19:]
    documents, refused = parts(b"".join(each))
    assert [document.text for document in documents if not document.partial] == [*STORIES[:2], *STORIES[3:]]
    assert set(refused) == {"warc-damaged"}


def test_a_cut_off_archive_gives_what_is_there() -> None:
    content = frames(*records())
    documents, refused = parts(content[:-30])
    assert [document.text for document in documents][:5] == STORIES[:5]
    assert set(refused) == {"warc-cut-off"}


def test_frames_made_of_runs_end_where_they_end() -> None:
    """Blocks that repeat one byte have a length of one, whatever they stand for."""
    content = frames(record(b"\0" * 3_000_000, kind="metadata"), *records())
    found = [item for item in warc_records(content, Budget()) if isinstance(item, WarcRecord)]
    assert len(found) == 7


def package(warc: bytes, stated: bytes | None = None, digest: bytes | None = None, **more: bytes) -> bytes:
    """A WACZ whose list of contents states the hash of `stated`, the archive's own if left out."""
    listed = {"archive/data.warc.gz": stated if stated is not None else warc, **more}
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
        for name, content in listed.items()
    ]
    about = json.dumps({"profile": "data-package", "resources": resources}).encode()
    hashed = hashlib.sha256(digest if digest is not None else about).hexdigest()
    seal = json.dumps({"path": "datapackage.json", "hash": f"sha256:{hashed}"}).encode()
    return zipped({"datapackage.json": about, "datapackage-digest.json": seal, "archive/data.warc.gz": warc})


def test_a_wacz_that_is_what_it_states_is_read() -> None:
    assert texts(package(packed(*records())), "pages.wacz") == STORIES


def test_a_wacz_that_was_changed_says_so() -> None:
    """Its pages are read, each with a warning, and the archive is reported."""
    documents, refused = parts(package(packed(*records()), stated=packed(*records()[:5])), "pages.wacz")
    assert [document.text for document in documents] == STORIES
    assert all("wacz: archive/data.warc.gz is not what" in " ".join(document.warnings) for document in documents)
    assert set(refused) == {"wacz-altered"}
    assert "archive/data.warc.gz" in refused["wacz-altered"].reason


def test_a_list_of_contents_that_was_changed_is_reported() -> None:
    documents, refused = parts(package(packed(*records()), digest=b"another list"), "pages.wacz")
    assert len(documents) == len(STORIES)
    assert not any(warning.startswith("wacz:") for document in documents for warning in document.warnings)
    assert "datapackage.json" in refused["wacz-altered"].reason


def test_parts_that_a_wacz_lacks_are_named() -> None:
    _, refused = parts(package(packed(*records()), **{"archive/other.warc.gz": b"x"}), "pages.wacz")
    assert "archive/other.warc.gz" in refused["wacz-incomplete"].reason


@pytest.mark.parametrize("about", [b"[", b"[" * 100_000, b'{"resources": 3}', b'{"resources": [4]}', b'"a"'])
def test_a_broken_list_of_contents_hides_no_page(about: bytes) -> None:
    content = zipped({"datapackage.json": about, "archive/data.warc.gz": packed(*records())})
    assert texts(content, "pages.wacz") == STORIES


def test_records_about_the_making_are_counted() -> None:
    content = record(b"a: b", kind="metadata") * 3 + record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
    _, refused = parts(content)
    assert "(records: 3 metadata, 1 request)" in refused["warc-without-pages"].reason
