"""Single files made to do harm: PDF, feeds, pages, cards, mails and texts."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator

from hostile_packed import READ, STORY, Row, bomb, laughing
from read_cases import make_pdf


def _objects(*bodies: bytes) -> bytes:
    out, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    size = len(bodies) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        rows,
        size,
        len(out),
    )


def _stream(content: bytes, fields: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), fields, content)


def _pdf_page(content: bytes, resources: bytes = b"<< >>", box: bytes = b"[0 0 595 842]", *more: bytes) -> bytes:
    return _objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources %s /Contents 4 0 R >>" % (box, resources),
        content,
        *more,
    )


def _forms(depth: int, times: int) -> Iterator[bytes]:
    """Forms that each show the next one many times."""
    for number in range(depth):
        inner = b"/F Do " * times if number < depth - 1 else b"BT (x) Tj ET"
        yield _stream(
            inner,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >>" % (6 + number),
        )


def pdfs() -> Iterator[Row]:
    empty = ("pdf-without-text", "pdf-damaged")
    flate, nested = b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"
    yield "pdf: page that unpacks to 200 MB", lambda: _pdf_page(_stream(bomb(200, 15), flate)), *empty
    yield "pdf: packed twice over", lambda: _pdf_page(_stream(zlib.compress(bomb(200, 15)), nested)), *empty
    yield (
        "pdf: object stream bomb",
        lambda: _objects(
            b"<< /Type /Catalog /Pages 3 0 R >>", _stream(bomb(200, 15), b"/Type /ObjStm /N 100000 /First 10 " + flate)
        ),
        *empty,
    )
    yield (
        "pdf: object stream that extends itself",
        lambda: _objects(
            b"<< /Type /Catalog /Pages 3 0 R >>", _stream(b"3 0 << >>", b"/Type /ObjStm /N 1 /First 4 /Extends 2 0 R")
        ),
        *empty,
    )
    yield (
        "pdf: page tree that holds itself",
        lambda: _objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
        *empty,
    )
    yield (
        "pdf: two billion pages",
        lambda: make_pdf([[(72, 700, 11, STORY)]]).replace(b"/Count 1 ", b"/Count 2147483647 "),
        READ,
        *empty,
    )
    yield (
        "pdf: table that leads to itself",
        lambda: make_pdf([[(72, 700, 11, STORY)]]).replace(b"/Size", b"/Prev 9 /Size"),
        READ,
        *empty,
    )
    yield "pdf: arrays in arrays", lambda: _pdf_page(_stream(b"[" * 500_000)), *empty
    yield "pdf: dictionaries in dictionaries", lambda: _objects(b"<< /A " * 200_000), *empty
    yield (
        "pdf: forms that show forms",
        lambda: _pdf_page(_stream(b"/F Do " * 9), b"<< /XObject << /F 5 0 R >> >>", b"[0 0 595 842]", *_forms(7, 9)),
        *empty,
        "out-of-memory",
        "reader-crashed",
        "too-slow",
    )
    yield (
        "pdf: form that shows itself",
        lambda: _pdf_page(
            _stream(b"/F Do"),
            b"<< /XObject << /F 5 0 R >> >>",
            b"[0 0 9 9]",
            _stream(
                b"/F Do /F Do",
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>",
            ),
        ),
        *empty,
        "reader-crashed",
    )
    yield "pdf: page of a light year", lambda: _pdf_page(_stream(b"BT (x) Tj ET"), b"<< >>", b"[0 0 1e38 1e38]"), *empty
    yield "pdf: text shown 300,000 times", lambda: make_pdf([[(72, 700, 11, "camera")] * 100_000]), READ, *empty
    yield (
        "pdf: encrypted by nothing known",
        lambda: make_pdf([[(72, 700, 11, STORY)]]).replace(b"/Info", b"/Encrypt << /Filter /None /V 99 >> /Info"),
        "pdf-encrypted",
        "pdf-damaged",
    )
    yield "pdf: cut off", lambda: make_pdf([[(72, 700, 11, STORY)]])[:400], "pdf-damaged"
    yield "pdf: mark and nothing else", lambda: b"%PDF-1.7\n" + b"\0" * 4000, "pdf-damaged"


def feeds() -> Iterator[Row]:
    item = f"<item><title>T</title><description>{STORY}</description></item>"

    def feed(inner: str) -> bytes:
        return f"<?xml version='1.0'?><rss><channel>{inner}</channel></rss>".encode()

    yield "feed: billion laughs", lambda: laughing("rss", f"<rss><channel>{item}&l11;</channel></rss>"), "xml-entities"
    yield (
        "feed: file of the computer as entity",
        lambda: feed(item).replace(b"<rss>", b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss>"),
        "xml-entities",
    )
    yield "feed: 100,000 items", lambda: feed(item * 100_000), "too-many-elements"
    yield "feed: 16,000 items", lambda: feed(item * 16_000), "too-many-items"
    yield "feed: elements in one another", lambda: feed("<a>" * 40_000 + item), READ, "feed-empty"
    yield "feed: attribute of 10 MB", lambda: feed(f"<x y='{'a' * 10_000_000}'/>{item}"), READ
    yield (
        "feed: markup escaped over and over",
        lambda: feed(f"<item><description>{'&amp;' * 1_000_000}lt;p&gt;{STORY}</description></item>"),
        READ,
    )
    yield "feed: million of comments", lambda: feed("<!-- x -->" * 1_100_000 + item), "too-many-elements"
    yield (
        "feed: 10,000 documents in one item",
        lambda: feed(f"<item><description>{'&lt;p&gt;' + STORY[:20]}</description></item>" * 10_000),
        READ,
        "feed-empty",
    )


def pages() -> Iterator[Row]:
    def html(inner: str) -> bytes:
        return f"<!doctype html><html><body><p>{STORY}</p>{inner}</body></html>".encode()

    yield "html: 40,000 elements in one another", lambda: html("<div>" * 40_000), READ
    yield "html: ten million elements", lambda: html("<i>" * 3_000_000), "too-many-elements"
    yield "html: attribute of 14 MB", lambda: html(f"<p title='{'a' * 14_000_000}'>x</p>"), READ
    yield "html: 300,000 attributes", lambda: html(f"<p {' '.join(f'a{n}=1' for n in range(300_000))}>x</p>"), READ
    yield "html: quotes that never close", lambda: html("<a href='" * 200_000), READ
    yield "html: comments that never close", lambda: html("<!--" * 1_000_000), READ
    yield "html: brackets only", lambda: html("<" * 4_000_000), READ, "too-large"
    yield "html: misnested formatting", lambda: html("<b><p><i></b>" * 12_000), READ
    yield "html: tables in tables", lambda: html("<table><tr><td>" * 12_000), READ
    yield "html: forms of one list", lambda: html("<ul><li>" * 20_000 + STORY), READ
    yield (
        "html: data nested 200,000 deep",
        lambda: html(f"<script type='application/ld+json'>{'[' * 200_000}</script>"),
        READ,
    )
    yield (
        "html: data with a number of a million digits",
        lambda: html(f"<script type='application/ld+json'>{{\"a\": {'9' * 900_000}}}</script>"),
        READ,
    )
    yield "html: a million references", lambda: html("<p>" + "&lt;&#x110000;&#0;" * 200_000), READ
    yield "html: bylines that never end", lambda: html(f"<p>{'By ' * 100_000}</p>"), READ
    yield "html: dates that never end", lambda: html(f"<p>{'1.1.' * 200_000}</p>"), READ
    yield "html: white space of 10 MB", lambda: html(f"<p>a{' ' * 10_000_000}b</p>"), READ
    yield "html: a line of 3 MB", lambda: html(f"<p>{'camera ' * 430_000}</p>"), READ
    yield "html: 40,000 paragraphs", lambda: html(f"<p>{STORY}</p>" * 40_000), READ
    yield "html: 40,000 links", lambda: html("<a href='/x'>Read also this story</a>" * 40_000), READ
    yield "html: 40,000 images", lambda: html("<img src='/a.jpg'>" * 40_000), READ
    yield "html: classes of a megabyte", lambda: html(f"<div class='{'share ' * 170_000}'><p>{STORY}</p></div>"), READ
    yield "html: script of 14 MB", lambda: html(f"<script>{'datePublished: ' * 900_000}</script>"), READ
    yield (
        "html: title of 10 MB",
        lambda: html("").replace(b"<html>", b"<html><title>" + b"x | " * 2_500_000 + b"</title>"),
        READ,
    )


def cards() -> Iterator[Row]:
    broken = "front-matter-broken"

    def card(front: str) -> bytes:
        return f"---\n{front}\n---\n\n{STORY}\n".encode()

    yield (
        "yaml: aliases of aliases",
        lambda: card(
            "a: &a [x, x]\n"
            + "".join(
                f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *{'a' if n == 0 else f'b{n - 1}'}]\n"
                for n in range(40)
            )
        ),
        broken,
    )
    yield (
        "yaml: merged keys",
        lambda: card("a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a]}}\n" for n in range(40))),
        broken,
    )
    yield "yaml: runs a command", lambda: card("title: !!python/object/apply:os.system ['touch ran']"), READ, broken
    yield "yaml: brackets in brackets", lambda: card("a: " + "[" * 20_000), READ, broken
    yield "yaml: front matter of a megabyte", lambda: card("note: " + "y" * 1_000_000), broken
    yield "yaml: that never ends", lambda: b"---\n" + b"a: b\n" * 200_000, READ, broken, "no-main-text"
    yield "yaml: number of 50,000 digits", lambda: card("title: x\nn: " + "9" * 50_000), READ, broken
    yield "markdown: emphasis in emphasis", lambda: card("title: x") + b"*" * 500_000 + b"a" + b"*" * 500_000, READ
    yield "markdown: brackets in brackets", lambda: card("title: x") + b"[" * 500_000, READ
    yield "markdown: links that never close", lambda: card("title: x") + b"[a](" * 250_000, READ
    yield "markdown: quotes in quotes", lambda: card("title: x") + b">" * 500_000 + b" a", READ
    yield "markdown: code that never closes", lambda: card("title: x") + b"`" * 999_999, READ
    yield (
        "markdown: lists in lists",
        lambda: card("title: x") + b"".join(b" " * n + b"- a\n" for n in range(1200)),
        READ,
    )


def mails() -> Iterator[Row]:
    def mail(*fields: str, body: bytes = STORY.encode()) -> bytes:
        return (
            "\n".join(
                ["From: Post <a@post.example>", "Subject: x", "Date: Thu, 18 Apr 2030 07:00:12 +0900", *fields]
            ).encode()
            + b"\n\n"
            + body
        )

    nest = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    parts = b"".join(b"--b\nContent-Type: text/plain\n\n%s\n" % STORY.encode() for _ in range(20_000))
    yield "mail: 3,000 parts in one another", lambda: mail("MIME-Version: 1.0\n" + nest.decode()), "mail-broken"
    yield (
        "mail: 20,000 parts side by side",
        lambda: mail('Content-Type: multipart/mixed; boundary="b"', body=parts),
        READ,
    )
    yield "mail: messages in messages", lambda: mail(*["Content-Type: message/rfc822\n"] * 1500), "mail-broken"
    yield "mail: headers of 10 MB", lambda: mail("X: " + "a" * 10_000_000), READ
    yield "mail: 200,000 headers", lambda: mail(*[f"X-{n}: y" for n in range(200_000)]), READ
    yield (
        "mail: subject of encoded words",
        lambda: mail("Subject: " + "=?utf-8?q?a?= " * 50_000).replace(b"Subject: x\n", b""),
        READ,
    )
    yield (
        "mail: 30 MB of base64",
        lambda: mail("Content-Transfer-Encoding: base64", body=base64.encodebytes(STORY.encode() * 150_000)),
        READ,
        "too-large",
    )
    yield (
        "mail: base64 that is none",
        lambda: mail("Content-Transfer-Encoding: base64", body=b"\xff=" * 500_000),
        "no-main-text",
        READ,
    )
    yield (
        "mail: boundary of a megabyte",
        lambda: mail(f'Content-Type: multipart/mixed; boundary="{"b" * 1_000_000}"'),
        READ,
        "no-main-text",
    )
    for charset in ("utf-7", "zlib_codec", "rot13", "idna", "unicode_escape", "\\x00", "a" * 9000):
        yield (
            f"mail: encoding {charset[:14]!r}",
            lambda charset=charset: mail(f'Content-Type: text/plain; charset="{charset}"'),
            READ,
            "no-main-text",
            "not-text",
        )
    yield (
        "mail: quoted-printable that never ends",
        lambda: mail("Content-Transfer-Encoding: quoted-printable", body=STORY.encode() + b"=\n" * 500_000),
        READ,
    )
    yield (
        "mail: page bomb in it",
        lambda: mail("Content-Type: text/html", body=b"<p>" + b"<div>" * 5_000_000),
        "no-main-text",
    )


def texts() -> Iterator[Row]:
    maybe = (READ, "no-main-text", "not-text")
    yield "text: one line of 4 MB", lambda: b"camera " * 570_000, *maybe
    yield "text: two million empty lines", lambda: STORY.encode() + b"\n" * 2_000_000 + STORY.encode(), "too-large"
    yield "text: a million lines", lambda: b"drones\n" * 560_000, "too-large"
    yield "text: 190,000 lines", lambda: b"drones\n" * 190_000, *maybe
    yield "text: brackets only", lambda: b"<" * 3_900_000, *maybe
    yield "text: surrogates of UTF-16", lambda: b"\xff\xfe" + b"\x00\xd8" * 1_000_000, *maybe
    yield "text: marks that change direction", lambda: (STORY + "\u202e" * 500_000 + STORY).encode(), READ
    yield "text: accents piled up", lambda: (STORY + "a" + "\u0301" * 1_000_000).encode(), *maybe
    yield "text: dates that never end", lambda: STORY.encode() + b" 1/1/" * 500_000, READ
    yield "text: one word of 3 MB", lambda: STORY.encode() + b" " + b"a" * 3_000_000, *maybe
    yield "text: names that never end", lambda: STORY.encode() + b"\n\n" + b"By Anna " * 300_000, READ
