"""A batch with everything wrong in it: one refusal each, with file, reason and remedy, and the rest completes."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from command import firsthand, give_up_reading_everything
from saved_pages import PAGES, save


def _yaml_bomb() -> str:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    return f"---\nl0: &l0 [x, x, x]\n{levels}\ntitle: *l11\n---\n"


def _zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (64 * 1024 * 1024))
    return held.getvalue()


def _pdf_bomb() -> bytes:
    """One page whose content stream is 300 MiB of text operators, squeezed into 300 KiB."""
    stream = zlib.compress(b"BT /F1 9 Tf (x) Tj ET\n" * (300 * 1024 * 1024 // 22), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
    ]
    body = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        body += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    return body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n"


BROKEN: dict[str, bytes] = {
    "empty.html": b"",
    "blank.txt": b" \n\n\t ",
    "junk.bin": random.Random(7).randbytes(200_000),
    "junk.html": random.Random(8).randbytes(50_000),
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pa",
    "bomb.pdf": _pdf_bomb(),
    "nested.html": b"<div>" * (10 * 1024 * 1024),
    "bomb.md": _yaml_bomb().encode(),
    "bomb.docx": _zip_bomb(),
    "bomb.xml": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><rss><channel><item><title>&m;</title></item></channel></rss>",
    "menu.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("broken")
    save(place / "pages")
    for name, content in BROKEN.items():
        (place / "pages" / name).write_bytes(content)
    (place / "pages" / "closed").mkdir()
    (place / "pages" / "closed" / "inside.txt").write_text("x")
    (place / "pages" / "closed").chmod(0)
    (place / "pages" / "secret.txt").write_text("x")
    (place / "pages" / "secret.txt").chmod(0)
    return place


@pytest.fixture(scope="module")
def done(folder: Path) -> subprocess.CompletedProcess[bytes]:
    return firsthand(
        "trace", "pages", "nowhere.html", "--json", cwd=folder, seconds=500, preexec_fn=give_up_reading_everything
    )


@pytest.fixture(scope="module")
def results(done: subprocess.CompletedProcess[bytes]) -> Any:
    return json.loads(done.stdout)


EXPECTED = {*(f"pages/{name}" for name in BROKEN), "nowhere.html"}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a way to take rights from the superuser")
def test_each_bad_input_is_refused_once_with_reason_and_remedy(results: Any) -> None:
    refused = [refusal["path"] for refusal in results["refused"]]
    assert sorted(refused) == sorted([*EXPECTED, "pages/closed", "pages/secret.txt"])
    for refusal in results["refused"]:
        assert refusal["code"]
        assert refusal["reason"].endswith(".")
        assert refusal["remedy"].endswith(".")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a way to take rights from the superuser")
def test_what_may_not_be_read_says_so(results: Any) -> None:
    codes = {refusal["path"]: refusal["code"] for refusal in results["refused"]}
    assert codes["pages/closed"] == "no-permission"
    assert codes["pages/secret.txt"] == "no-permission"
    assert codes["nowhere.html"] == "not-found"
    assert codes["pages/empty.html"] == "empty"


def test_the_rest_completes(results: Any) -> None:
    assert sorted(document["path"] for document in results["documents"]) == sorted(f"pages/{name}" for name in PAGES)
    assert results["findings"]


def test_the_exit_code_says_partly_done(done: subprocess.CompletedProcess[bytes]) -> None:
    assert done.returncode == 5


def test_each_refusal_is_told_on_stderr_without_a_traceback(done: subprocess.CompletedProcess[bytes]) -> None:
    said = done.stderr.decode()
    assert "Traceback" not in said
    for path in EXPECTED:
        assert f"Refused: {path}: " in said


def test_when_nothing_was_found_the_exit_code_says_not_found(folder: Path) -> None:
    assert firsthand("trace", "nowhere.html", cwd=folder).returncode == 3


def test_when_all_was_refused_the_exit_code_says_failed(folder: Path) -> None:
    done = firsthand("trace", "pages/empty.html", cwd=folder)
    assert done.returncode == 1
    assert b"pages/empty.html" in done.stdout


def test_a_file_name_cannot_drive_the_terminal(folder: Path) -> None:
    done = firsthand("trace", "no\x1b[2Jwhere\u202etxt.html", cwd=folder)
    assert b"\x1b" not in done.stderr
    assert "\u202e" not in done.stderr.decode()
