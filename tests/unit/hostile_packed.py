"""Packed files made to do harm: Word documents, web archives and the responses in them."""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from docx_cases import W, body_xml, docx, entries, paragraph, run, table
from warc_cases import http, packed, page, record, wacz, zipped

STORY = "The harbour police bought twelve drones in March, according to the budget of the town."
READ = "read"
MEGABYTE = 1024 * 1024
Row: TypeAlias = tuple[Any, ...]
"""Name, how it is made, and the outcomes that are right for it: refusal codes, or `read`."""


@cache
def bomb(megabytes: int, wbits: int = 31, head: bytes = b"") -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    zeros = (packer.compress(bytes(MEGABYTE)) for _ in range(megabytes))
    return b"".join([packer.compress(head), *zeros, packer.flush()])


def _with_part(name: str, content: bytes) -> bytes:
    return zipped({**entries(paragraph(STORY)), name: content})


def _patched(content: bytes, *changes: tuple[bytes, int, bytes]) -> bytes:
    """ZIP headers of one kind changed: mark, offset in the header, new bytes."""
    out = bytearray(content)
    for mark, offset, new in changes:
        at = out.find(mark)
        while at >= 0:
            out[at + offset : at + offset + len(new)] = new
            at = out.find(mark, at + 4)
    return bytes(out)


_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def laughing(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "ha">{_LAUGHS}]>{inner}'.encode()


def documents() -> Iterator[Row]:
    body = "word/document.xml"
    secret = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>'
    yield "docx: body that unpacks to 200 MB", lambda: _with_part(body, bytes(200 * MEGABYTE)), "unpacks-too-far"
    yield (
        "docx: styles that unpack to 100 MB",
        lambda: _with_part("word/styles.xml", bytes(100 * MEGABYTE)),
        "unpacks-too-far",
    )
    yield "docx: two million elements", lambda: docx("<w:p/>" * 2_010_000), "unpacks-too-far"
    yield "docx: billion laughs", lambda: _with_part(body, laughing("d", "<d>&l11;</d>")), "xml-entities"
    yield "docx: file of the computer as entity", lambda: _with_part(body, secret.format(W).encode()), "xml-entities"
    yield (
        "docx: entities in the properties",
        lambda: docx(paragraph(STORY), core=laughing("c", "<c><title>&l11;</title></c>")),
        "xml-entities",
    )
    yield (
        "docx: 100,000 elements in one another",
        lambda: docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
        "unpacks-too-far",
    )
    yield "docx: attribute of 20 MB", lambda: docx(paragraph(STORY), f"<w:p w:x='{'a' * 20_000_000}'/>"), READ
    yield "docx: 100,000 runs in a paragraph", lambda: docx(paragraph(run("drone ") * 100_000)), READ
    yield "docx: table of 60,000 cells in a row", lambda: docx(paragraph(STORY), table(("camera",) * 60_000)), READ
    yield (
        "docx: tables in tables",
        lambda: docx("<w:tbl><w:tr><w:tc>" * 120 + paragraph(STORY) + "</w:tc></w:tr></w:tbl>" * 120),
        READ,
    )
    yield (
        "docx: boxes in boxes",
        lambda: docx("<w:p><w:txbxContent>" * 200 + paragraph(STORY) + "</w:txbxContent></w:p>" * 200),
        READ,
    )
    yield "docx: more closed than opened", lambda: docx(paragraph(STORY), "</w:p>" * 9), READ, "zip-damaged"
    yield (
        "docx: unknown encoding",
        lambda: _with_part(body, body_xml(paragraph(STORY)).replace(b"UTF-8", b"UTF-77")),
        "zip-damaged",
    )
    yield "docx: name that climbs", lambda: _with_part("../../climbed.xml", b"x"), READ
    yield (
        "docx: template on the network",
        lambda: _with_part(
            "word/_rels/document.xml.rels",
            b'<Relationships><Relationship Id="r" Type="t/attachedTemplate" Target="http://127.0.0.1:9/t" TargetMode="External"/></Relationships>',
        ),
        READ,
    )
    yield (
        "docx: encrypted",
        lambda: _patched(docx(paragraph(STORY)), (_LOCAL, 6, b"\1\0"), (_CENTRAL, 8, b"\1\0")),
        "zip-encrypted",
    )
    yield "docx: packed by LZMA", lambda: zipped(entries(paragraph(STORY)), zipfile.ZIP_LZMA), "zip-method"
    yield (
        "docx: packed by a method that is none",
        lambda: _patched(docx(paragraph(STORY)), (_LOCAL, 8, b"\x63\0"), (_CENTRAL, 10, b"\x63\0")),
        "zip-method",
    )
    yield (
        "docx: lengths that lie",
        lambda: _patched(docx(paragraph(STORY)), (_CENTRAL, 24, b"\1\0\0\0")),
        "zip-damaged",
        "no-main-text",
    )
    yield (
        "docx: all entries at one place",
        lambda: _patched(docx(paragraph(STORY)), (_CENTRAL, 42, b"\0\0\0\0")),
        "zip-damaged",
    )
    yield (
        "docx: entries far outside",
        lambda: _patched(docx(paragraph(STORY)), (_CENTRAL, 42, b"\xf0\xff\xff\x7f")),
        "zip-damaged",
    )
    yield (
        "docx: 60,000 entries",
        lambda: zipped(
            {**entries(paragraph(STORY)), **{f"word/{n:060}": b"" for n in range(60_000)}}, zipfile.ZIP_STORED
        ),
        "unpacks-too-far",
    )
    yield "docx: cut off", lambda: docx(paragraph(STORY))[:-30], "zip-damaged"
    yield "zip: nothing in it", lambda: zipped({}), "archive"
    yield (
        "zip: length of the list of contents lies",
        lambda: _patched(docx(paragraph(STORY)), (b"PK\5\6", 12, b"\xff\xff\xff\x7f")),
        "unpacks-too-far",
    )


def web_archives_in_zips() -> Iterator[Row]:
    good = packed(record(http(page(STORY))))
    for place in (
        "../../evil.warc",
        "/etc/evil.warc",
        "C:\\evil.warc",
        "archive\\..\\..\\evil.warc",
        "archive/../../evil.warc.gz",
        "~/../evil.warc",
    ):
        yield f"wacz: name {place}", lambda place=place: wacz(good, **{place: good}), "unsafe-name"
    yield (
        "wacz: only a name that climbs",
        lambda: zipped({"datapackage.json": b"{}", "../evil.warc": good}),
        "unsafe-name",
    )
    yield (
        "wacz: symbolic link",
        lambda: _patched(wacz(b"/etc/passwd"), (_CENTRAL, 38, struct.pack("<L", 0xA1FF << 16))),
        "unsafe-name",
    )
    yield "wacz: wacz in it", lambda: wacz(good, **{"archive/more.wacz": wacz(good)}), "nested-archive"
    yield (
        "wacz: a thousand zips in it",
        lambda: wacz(good, **{f"{n}.zip": zipped({"a.zip": bomb(1)}) for n in range(1000)}),
        "nested-archive",
    )
    yield "wacz: encrypted", lambda: _patched(wacz(good), (_LOCAL, 6, b"\1\0"), (_CENTRAL, 8, b"\1\0")), "zip-encrypted"
    yield "wacz: entry that unpacks to 140 MB", lambda: wacz(b"WARC/1.1\r\n" + bytes(140 * MEGABYTE)), "unpacks-too-far"
    yield (
        "wacz: packed bomb in it",
        lambda: zipped({"archive/a.warc.gz": bomb(150)}, zipfile.ZIP_STORED),
        "warc-without-pages",
    )
    yield "wacz: packed by LZMA", lambda: zipped({"archive/a.warc.gz": good}, zipfile.ZIP_LZMA), "zip-method"
    yield "wacz: packed by bzip2", lambda: zipped({"archive/a.warc.gz": good}, zipfile.ZIP_BZIP2), "zip-method"
    yield (
        "wacz: sums that are wrong",
        lambda: _patched(wacz(good), (_LOCAL, 14, b"\0\0\0\1"), (_CENTRAL, 16, b"\0\0\0\1")),
        "zip-damaged",
    )
    yield (
        "wacz: ten thousand archives",
        lambda: zipped({f"archive/{n}.warc": b"" for n in range(10_000)}),
        "warc-without-pages",
    )
    yield "wacz: cut off", lambda: wacz(good)[:-40], "zip-damaged"
    yield "wacz: an archive that is no archive", lambda: wacz(b"GIF89a" * 100), "warc-damaged"


def web_archives() -> Iterator[Row]:
    good = record(http(page(STORY)), "https://post.example/good")
    promising = record(http(b""), length=10**9)[:-8]
    huge = packed(promising)[:-8] + b""
    yield (
        "warc: record that unpacks to 150 MB",
        lambda: packed(good) + bomb(150, head=record(http(b""), length=150 * MEGABYTE)[:-4]),
        "too-large",
    )
    yield "warc: packed bomb without a record", lambda: packed(good) + bomb(150), "warc-damaged"
    yield "warc: a dozen bombs", lambda: packed(good) + bomb(100) * 12, "unpacks-too-far"
    yield "warc: one stream of many records", lambda: gzip.compress(good * 200_000, 1), "unpacks-too-far"
    yield "warc: head that promises a gigabyte", lambda: packed(good) + huge, "warc-cut-off"
    for length in (10**18, -1, "0x10", "9" * 4000, "", "1e3", "１２"):
        yield (
            f"warc: length {str(length)[:12]!r}",
            lambda length=length: record(http(page(STORY)), length=length) + good,
            "warc-damaged",
            "warc-cut-off",
        )
    yield (
        "warc: header of 10 MB",
        lambda: record(http(page(STORY)), "https://a.example/", "X: " + "a" * 10_000_000) + good,
        "warc-damaged",
    )
    yield (
        "warc: 5,000 fields",
        lambda: record(http(page(STORY)), "https://a.example/", *(f"X{n}: y" for n in range(5000))) + good,
        READ,
        "warc-damaged",
    )
    yield "warc: 210,000 records", lambda: record(b"", kind="metadata") * 210_000, "too-many-pages"
    yield "warc: 100,000 packed records", lambda: packed(record(b"x", kind="metadata")) * 100_000, "warc-without-pages"
    yield "warc: opening lines only", lambda: good + b"WARC/1.1\r\n" * 500_000, "warc-damaged"
    yield "warc: marks of gzip only", lambda: packed(good) + b"\x1f\x8b\x08" * 500_000, "warc-damaged", "warc-cut-off"
    yield "warc: empty gzip members", lambda: packed(good) + gzip.compress(b"") * 300_000, READ
    yield "warc: 50,000 revisits", lambda: good + record(b"", kind="revisit") * 50_000, "unchanged-elsewhere"
    yield "warc: address of 60 KB", lambda: record(http(page(STORY)), "https://a.example/" + "a" * 60_000), READ
    yield (
        "warc: address that steers the terminal",
        lambda: record(http(page(STORY)), "https://a.example/\x1b[2J\u202egpj.exe"),
        READ,
    )
    yield "warc: address of this computer's files", lambda: record(http(page(STORY)), "file:///etc/passwd"), READ
    yield (
        "warc: page with millions of elements",
        lambda: good + record(http(b"<html><body>" + b"<div>" * 3_000_000)),
        "too-many-elements",
    )
    yield "warc: the same page again and again", lambda: packed(good) * 20_000, READ
    yield (
        "warc: an archive as its page",
        lambda: good + record(http(packed(good), kind="application/octet-stream"), "https://a.example/w"),
        READ,
    )
    yield (
        "warc: document bomb as its page",
        lambda: (
            good
            + record(
                http(_with_part("word/document.xml", bytes(100 * MEGABYTE)), kind="application/octet-stream"),
                "https://a.example/d",
            )
        ),
        "unpacks-too-far",
    )
    yield (
        "warc: 4,000 pages without a story",
        lambda: b"".join(
            record(http(b"<html><body><p>%d</p></body></html>" % n), f"https://a.example/{n}") for n in range(4_000)
        ),
        "too-many-pages",
        "warc-without-pages",
    )


def responses() -> Iterator[Row]:
    good = record(http(page(STORY)), "https://post.example/good")
    thrice = gzip.compress(gzip.compress(bomb(200)))

    def with_body(body: bytes, *fields: str) -> bytes:
        return good + record(http(body, *fields), "https://a.example/")

    chunked = "Transfer-Encoding: chunked"
    yield "http: gzip of gzip of gzip", lambda: with_body(thrice, "Content-Encoding: gzip, gzip, gzip"), "too-large"
    yield "http: gzip bomb", lambda: with_body(bomb(150), "Content-Encoding: gzip"), "too-large"
    yield "http: deflate bomb", lambda: with_body(bomb(150, 15), "Content-Encoding: deflate"), "too-large"
    yield "http: a thousand encodings", lambda: with_body(page(STORY), "Content-Encoding: " + "gzip, " * 1000), READ
    yield (
        "http: gzip that is none",
        lambda: with_body(b"\x1f\x8b\x08" + b"\xff" * 900, "Content-Encoding: gzip"),
        "archive",
    )
    yield "http: chunk of four gigabytes", lambda: with_body(b"ffffffff\r\n" + page(STORY), chunked), READ
    yield "http: chunks of one byte", lambda: with_body(b"1\r\nx\r\n" * 1_000_000, chunked), "no-main-text", "not-text"
    yield "http: chunk lengths that lie", lambda: with_body(b"5\r\n" + page(STORY), chunked), "no-main-text", READ
    yield "http: header of 300 KB", lambda: with_body(page(STORY), "X: " + "a" * 300_000), "warc-damaged"
    yield (
        "http: header without an end",
        lambda: good + record(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000),
        "warc-damaged",
    )
    yield "http: status that is none", lambda: good + record(b"HTTP/1.1 99 OK\r\n\r\nx"), "warc-damaged"
