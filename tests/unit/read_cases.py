"""Captures and small files for the tests of reading."""

from __future__ import annotations

import hashlib

from firsthand.read import read
from firsthand.records import Capture, Circumstance, Document, PartlyRead, Refusal


def capture_of(content: bytes, path: str) -> Capture:
    """A capture of `content` met once at `path`."""
    met = Circumstance(path=path, captured_at="2031-01-01T00:00:00Z", tool="tests")
    return Capture(sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content), circumstances=(met,))


def outcome(content: bytes | str, path: str = "page.html") -> tuple[Document, ...] | Refusal:
    """What `read` makes of some bytes."""
    raw = content.encode() if isinstance(content, str) else content
    found = read(capture_of(raw, path), raw)
    assert not isinstance(found, PartlyRead), found
    return found


def parts(content: bytes, path: str = "pages.warc") -> tuple[tuple[Document, ...], dict[str, Refusal]]:
    """The documents in some bytes, perhaps none, and what was refused, by its code."""
    found = read(capture_of(content, path), content)
    if isinstance(found, Refusal):
        return (), {found.code: found}
    if isinstance(found, PartlyRead):
        assert found.documents
        assert len({refusal.code for refusal in found.refused}) == len(found.refused) > 0
        return found.documents, {refusal.code: refusal for refusal in found.refused}
    return found, {}


def document(content: bytes | str, path: str = "page.html") -> Document:
    """The only document in some bytes; fails the test on a refusal."""
    found = outcome(content, path)
    assert not isinstance(found, Refusal), found
    assert len(found) == 1
    return found[0]


def paragraphs(content: bytes | str, path: str = "page.html") -> list[str]:
    """The paragraphs of the only document in some bytes."""
    return document(content, path).text.split("\n\n")


def refusal(content: bytes | str, path: str = "page.html") -> Refusal:
    """The refusal of some bytes; fails the test when they were read."""
    found = outcome(content, path)
    assert isinstance(found, Refusal), found
    assert found.path == path
    assert found.reason
    assert found.remedy
    return found


SCAN = (-1, -1, -1, "")
"""On a page of `make_pdf`: a picture that covers it, as scanners make them."""


def make_pdf(pages: list[list[tuple[int, int, int, str]]], **about: str) -> bytes:
    """A PDF whose pages show texts at (x, y) in a size: points from the bottom left, Helvetica, Western letters."""
    objects: list[bytes] = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    parent = 2 * len(pages) + 2
    kids = []
    for page in pages:
        shown = b"".join(
            b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, _escaped(text)) if size > 0 else _PICTURE
            for x, y, size, text in page
        )
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 1 0 R >> >> >>" % (parent, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % parent)
    objects.append(
        b"<< %s >>" % b" ".join(b"/%s (%s)" % (key.encode(), _escaped(value)) for key, value in about.items())
    )
    return _with_table(objects, root=len(objects) - 1, about=len(objects))


_PICTURE = b"q 590 0 0 840 2 1 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _with_table(objects: list[bytes], *, root: int, about: int) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in offsets
    )
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (len(objects) + 1, root, about)
    return out + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)
