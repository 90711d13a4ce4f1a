"""`firsthand trace`: saved pages in, origins and findings out, the same bytes every time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from command import firsthand, firsthand_json
from saved_pages import PAGES, save

from firsthand import publish


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("trace")
    save(place / "pages")
    return place


@pytest.fixture(scope="module")
def results(folder: Path) -> Any:
    return firsthand_json("trace", "pages", cwd=folder)


def test_results_keep_the_published_contract(results: Any) -> None:
    jsonschema.validate(results, publish.results_schema())


def test_every_page_is_read_under_the_path_it_was_given_by(results: Any) -> None:
    assert sorted(document["path"] for document in results["documents"]) == sorted(f"pages/{name}" for name in PAGES)
    assert results["refused"] == []


def test_every_quote_is_exactly_its_span(results: Any) -> None:
    texts = {document["id"]: document["text"] for document in results["documents"]}
    assert results["statements"]
    for statement in results["statements"]:
        assert texts[statement["document"]][statement["start"] : statement["end"]] == statement["quote"]


def test_a_report_and_the_wire_and_paper_that_pass_it_on_are_one_origin(results: Any) -> None:
    """Three pages say that the cameras were installed; all of it rests on the one report."""
    paths = {document["id"]: document["path"] for document in results["documents"]}
    counted = {
        frozenset(statement["origins"])
        for statement in results["statements"]
        if "214 face recognition cameras" in statement["quote"] and not paths[statement["document"]].endswith(".txt")
    }
    assert len(counted) == 1
    assert all(len(origins) == 1 for origins in counted)


def test_the_same_bytes_come_out_in_any_order_with_any_number_of_workers(folder: Path) -> None:
    names = [f"pages/{name}" for name in PAGES]
    first = firsthand("trace", *names, "--json", "--workers", "1", cwd=folder).stdout
    assert first
    assert firsthand("trace", *reversed(names), "--json", "--workers", "2", cwd=folder).stdout == first
    assert firsthand("trace", *names, "--json", "--workers", "0", cwd=folder).stdout == first


def test_the_summary_for_people_goes_to_stdout_and_no_colour_is_written_to_a_pipe(folder: Path) -> None:
    done = firsthand("trace", "pages", cwd=folder)
    assert done.returncode == 0
    assert "214 face recognition cameras" in done.stdout.decode()
    assert b"\x1b" not in done.stdout + done.stderr


def test_the_dossier_is_written_whole_beside_the_summary(folder: Path) -> None:
    done = firsthand("trace", "pages", "--html", "out.html", cwd=folder)
    assert done.returncode == 0
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert [name for name in folder.iterdir() if name.suffix == ".part"] == []


def test_a_dossier_that_cannot_be_written_says_so_and_what_to_do(folder: Path) -> None:
    done = firsthand("trace", "pages/blog.txt", "--html", "gone/out.html", cwd=folder)
    assert done.returncode == 1
    assert "gone/out.html" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_reader_that_stops_listening_gets_no_traceback(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "firsthand", "trace", "pages", "--json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
        process.wait(timeout=60)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


def test_nothing_is_kept(folder: Path) -> None:
    before = sorted(path.name for path in (folder / "pages").iterdir())
    firsthand("trace", "pages", cwd=folder)
    assert sorted(path.name for path in (folder / "pages").iterdir()) == before


def test_the_same_page_saved_twice_changes_no_count(folder: Path, results: Any) -> None:
    copies = save(folder / "copied")
    (copies / "again.html").write_bytes((copies / "wire.html").read_bytes())
    again = json.loads(firsthand("trace", "copied", "--json", cwd=folder).stdout)
    counts = [
        [finding[name] for name in ("independent", "undetermined", "disputed_by")] for finding in again["findings"]
    ]
    known = [
        [finding[name] for name in ("independent", "undetermined", "disputed_by")] for finding in results["findings"]
    ]
    assert sorted(counts) == sorted(known)


def test_the_bundled_case_states_nothing_of_where_its_figures_were_found() -> None:
    """ "We found this figure in a manual" is how a report worked, not what it says about cameras."""
    results = firsthand_json("trace", "examples/brannik-trams/pages", cwd=Path(__file__).parents[2])
    quotes = [statement["quote"] for statement in results["statements"]]
    assert quotes
    assert not [quote for quote in quotes if "We found this figure" in quote]
