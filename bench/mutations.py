"""Real example files of every format, and the ways in which `bench.fuzz_read` damages them."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from firsthand.read import read
from firsthand.records import Capture, Document, PartlyRead, Proposals, Refusal, Statement

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "tests" / "golden" / "read", ROOT / "examples" / "brannik-trams" / "pages")
MAX_BYTES = 4_000_000
_WHEN = (2031, 2, 3, 4, 5, 6)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TOKENS = (
    b"\0", b"\xff\xff\xff\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n", b"\n---\n", b"<", b">", b"&#x110000;",
    b"&amp;" * 50, b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<script>", b"</html>",
    b"<table><tr><td>", b"<p>" * 200, b"'", b'"', b"*a", b"&a ", b"[" * 200, b"2031-13-45T99:99", b"31/02/2031",
    b"9" * 400, b"-1", b"0", b"%PDF-1.7\n", b"obj", b"endstream", b"/Kids", b"/Length 99999999", b"startxref\n0",
    b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\x1f\x8b\x08", b"WARC/1.1\r\n", b"Content-Length: 99999999\r\n",
    b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"HTTP/1.1 200 OK\r\n",
    b"Content-Type: multipart/mixed; boundary=b\n", b"=?utf-8?b?////?=", b"charset=utf-7",
    "\u202e\u0301\u200d".encode(), "学校".encode("gb18030"), b"\xed\xa0\x80",
)  # fmt: skip
"""What parsers look for, and what they stumble over."""


def examples() -> dict[str, bytes]:
    """Example files by name: those of the tests and of the bundled case, and archives and documents made of them."""
    found = {
        file.name: file.read_bytes()
        for folder in FOLDERS
        for file in sorted(folder.iterdir())
        if not file.name.endswith(".json") and file.is_file()
    }
    pages = [(name, body) for name, body in found.items() if name.endswith((".html", ".htm"))][:6]
    records = [_record(f"https://post.example/{name}", body) for name, body in pages]
    found["pages.warc"] = b"".join(records)
    found["pages.warc.gz"] = b"".join(gzip.compress(record, mtime=0) for record in records)
    found["one-stream.warc.gz"] = gzip.compress(b"".join(records[:3]), mtime=0)
    found["pages.wacz"] = _zip({"datapackage.json": b"{}", "archive/data.warc.gz": found["pages.warc.gz"]})
    story = found["wire-copy.txt"].decode("utf-8", "replace")
    item = {"url": "https://post.example/1", "title": "Cameras in town", "content_html": f"<p>{story}</p>"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "items": [item, item]}
    found["feed.json"] = json.dumps(feed).encode()
    for name in ("wire-copy.txt", "notice.txt"):
        found[f"{name}.docx"] = _docx(found[name].decode("utf-8", "replace"))
    return found


def _record(address: str, body: bytes) -> bytes:
    coded = gzip.compress(body, mtime=0)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(coded), coded)
    block = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunks
    )
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-02-03T04:05:06Z\r\n"
    kind = "Content-Type: application/http; msgtype=response\r\n"
    return f"{head}{kind}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def _docx(text: str) -> bytes:
    lines = [line for line in text.splitlines() if line.strip()]
    clean = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>' for line in clean)
    rows = "".join(f"<w:tr><w:tc><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:tc></w:tr>" for line in clean[:3])
    space = f'xmlns:w="{_W}"'
    document = f"<w:document {space}><w:body>{body}<w:tbl>{rows}</w:tbl></w:body></w:document>"
    styles = f'<w:styles {space}><w:style w:styleId="a"><w:name w:val="heading 1"/></w:style></w:styles>'
    core = "<c><title>Cameras in town</title><creator>Ana Lind</creator><created>2031-02-03</created></c>"
    parts = {"word/document.xml": document, "word/styles.xml": styles, "docProps/core.xml": core}
    return _zip({"[Content_Types].xml": b"<Types/>", **{name: part.encode() for name, part in parts.items()}})


def _zip(entries: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mutated(seed: int, number: int, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """One damaged file: its example's name and its bytes; the same numbers always give the same file."""
    chance = random.Random(f"{seed}/{number}")
    kind = chance.choice(sorted({format_of(name) for name in files}))
    name = chance.choice(sorted(name for name in files if format_of(name) == kind))
    damage = _inside if chance.random() < 0.5 else _packed_as_it_is
    return name, damage(name, files[name], chance, files)[:MAX_BYTES]


def format_of(name: str) -> str:
    """The format of an example file, each of which gets as many inputs as the others."""
    last = name.rsplit(".", 1)[-1]
    return {"gz": "warc.gz", "htm": "html", "aspx": "html"}.get(last, last)


def _packed_as_it_is(_: str, content: bytes, chance: random.Random, files: Mapping[str, bytes]) -> bytes:
    return _damaged(content, chance, files)


def _inside(name: str, content: bytes, chance: random.Random, files: Mapping[str, bytes]) -> bytes:
    """Damage below the packing, where a reader of packed files gets to only if the packing is whole."""
    if name.endswith((".docx", ".wacz")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry: archive.read(entry) for entry in archive.namelist()}
        chosen = chance.choice(sorted(entries))
        entries[chosen] = _inside(chosen, entries[chosen], chance, files)
        return _zip(entries)
    if name.endswith(".gz"):
        return gzip.compress(_damaged(gzip.decompress(content), chance, files), mtime=0)
    return _damaged(content, chance, files)


def _damaged(content: bytes, chance: random.Random, files: Mapping[str, bytes]) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        content = chance.choice(MUTATIONS)(content, chance, files)[:MAX_BYTES]
    return content


Mutation = Callable[[bytes, random.Random, Mapping[str, bytes]], bytes]


def _place(content: bytes, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _flip(content: bytes, chance: random.Random, _: Mapping[str, bytes]) -> bytes:
    at = _place(content, chance)
    return content[:at] + bytes(byte ^ (1 << chance.randrange(8)) for byte in content[at : at + 1]) + content[at + 1 :]


def _noise(content: bytes, chance: random.Random, _: Mapping[str, bytes]) -> bytes:
    at, length = _place(content, chance), chance.choice((1, 4, 64, 2000))
    return content[:at] + chance.randbytes(length) + content[at + length :]


def _cut_out(content: bytes, chance: random.Random, _: Mapping[str, bytes]) -> bytes:
    at, length = _place(content, chance), chance.choice((1, 10, 300, 5000))
    return content[:at] + content[at + length :]


def _cut_off(content: bytes, chance: random.Random, _: Mapping[str, bytes]) -> bytes:
    return content[: _place(content, chance)]


def _repeat(content: bytes, chance: random.Random, _: Mapping[str, bytes]) -> bytes:
    at, length = _place(content, chance), chance.choice((1, 8, 100, 3000))
    times = chance.choice((2, 50, 1000)) if length > 1 else chance.choice((1000, 100_000))
    return content[:at] + content[at : at + length] * times + content[at + length :]


def _insert(content: bytes, chance: random.Random, _: Mapping[str, bytes]) -> bytes:
    at, token = _place(content, chance), chance.choice(TOKENS)
    return content[:at] + token * chance.choice((1, 1, 1, 100)) + content[at:]


def _swap(content: bytes, chance: random.Random, _: Mapping[str, bytes]) -> bytes:
    first, second, third = sorted(_place(content, chance) for _ in range(3))
    return content[:first] + content[second:third] + content[first:second] + content[third:]


def _splice(content: bytes, chance: random.Random, files: Mapping[str, bytes]) -> bytes:
    other = files[chance.choice(sorted(files))]
    return content[: _place(content, chance)] + other[_place(other, chance) :]


MUTATIONS: Sequence[Mutation] = (_flip, _noise, _cut_out, _cut_off, _repeat, _insert, _insert, _swap, _splice)


def judged(capture: Capture, content: bytes) -> Refusal:
    """Reads, in a worker; the outcome as a refusal's code, its seconds as the reason, a broken law as the remedy."""
    started_s = time.process_time()
    found = read(capture, content)
    seconds = f"{time.process_time() - started_s:.3f}"
    if isinstance(found, Refusal):
        return Refusal(path=capture.path, code=found.code, reason=seconds, remedy="")
    documents = found.documents if isinstance(found, PartlyRead) else found
    law = next((law for document in documents if (law := _broken_law(document, len(content)))), "")
    failed = isinstance(found, PartlyRead) and any(refusal.code == "reader-failed" for refusal in found.refused)
    code = "reader-failed" if failed else "partly-read" if isinstance(found, PartlyRead) else "read"
    return Refusal(path=capture.path, code=code, reason=seconds, remedy=law)


def _broken_law(document: Document, size_bytes: int) -> str:
    """The law of reading that a document breaks; empty where it keeps all of them."""
    text = document.text
    if not text or text != text.strip() or "\n\n".join(text[each.start : each.end] for each in document.blocks) != text:
        return "blocks do not make up the text"
    if not all(0 <= link.start < link.end <= len(text) for link in document.links):
        return "a link stands outside the text"
    ranges = [(each.byte_start, each.byte_end) for each in document.blocks if each.byte_start is not None]
    if not all(end is not None and 0 <= start <= end <= size_bytes for start, end in ranges):
        return "a block's bytes lie outside the file"
    return ""


def no_statements(_: Document, _proposals: Sequence[Proposals] = ()) -> tuple[Statement, ...]:
    """Reading alone is tried."""
    return ()
