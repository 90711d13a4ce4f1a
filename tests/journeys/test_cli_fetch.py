"""From an address to a finding whose source says where and when it was fetched, through the real command."""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from command import firsthand, firsthand_json
from saved_pages import PAGES, save

TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Site(http.server.ThreadingHTTPServer):
    """The saved pages, and a feed that lists them, at http://127.0.0.1:PORT."""

    def __init__(self, folder: Path) -> None:
        save(folder)
        super().__init__(("127.0.0.1", 0), partial(Quiet, directory=folder))
        links = "".join(f"<item><link>{self.at(name)}</link></item>" for name in sorted(PAGES))
        (folder / "feed.xml").write_text(f'<rss version="2.0"><channel>{links}</channel></rss>')

    def at(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{name}"

    @property
    def permit(self) -> tuple[str, ...]:
        return ("--pause", "0", "--permit", f"127.0.0.1:{self.server_port}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("site") / "pages") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert firsthand("--case", "C", "init", cwd=tmp_path).returncode == 0
    return tmp_path


def test_a_finding_leads_to_the_address_and_the_time_of_its_source(site: Site, place: Path) -> None:
    address = site.at("report.html")
    done = firsthand("--case", "C", "add", address, *site.permit, cwd=place)
    assert done.stdout.decode() == "1 new, 0 known already, 0 refused\n", done.stderr.decode()
    assert firsthand("--case", "C", "run", cwd=place).returncode == 0
    results = firsthand_json("--case", "C", "publish", cwd=place)
    finding = results["findings"][0]
    (document,) = results["documents"]
    members = [each for each in results["statements"] if each["id"] in finding["statements"]]
    assert members
    assert {member["document"] for member in members} == {document["id"]}
    assert document["path"] == document["fetched_from"] == address
    assert TIME.fullmatch(document["fetched_at"])
    assert firsthand("--case", "C", "publish", "--html", "d.html", cwd=place).returncode == 0
    dossier = (place / "d.html").read_text("utf-8")
    assert f'{document["fetched_at"]} from <bdi class="address">{address}</bdi>' in dossier
    assert firsthand("--case", "C", "verify", cwd=place).returncode == 0


def test_asked_for_again_the_page_is_known(site: Site, place: Path) -> None:
    add = ("--case", "C", "add", site.at("report.html"), *site.permit)
    firsthand(*add, cwd=place)
    assert firsthand(*add, cwd=place).stdout.decode() == "0 new, 1 known already, 0 refused\n"
    (visit,) = firsthand_json("--case", "C", "visits", cwd=place)
    assert (visit["outcome"], visit["address"]) == ("unchanged", site.at("report.html"))
    assert "unchanged" in firsthand("--case", "C", "visits", cwd=place).stdout.decode()


def test_a_server_on_this_computer_has_to_be_permitted(site: Site, place: Path) -> None:
    done = firsthand("--case", "C", "add", site.at("report.html"), cwd=place)
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "[private-address]" in said
    assert f"--permit 127.0.0.1:{site.server_port}" in said


def test_files_and_addresses_go_together_and_a_bad_one_is_named(site: Site, place: Path) -> None:
    (place / "saved.txt").write_text("The city installed nine cameras, the audit office said on Monday.")
    names = ("saved.txt", site.at("report.html"), site.at("missing.html"), "http://10.0.0.1/")
    done = firsthand("--case", "C", "add", *names, *site.permit, cwd=place)
    assert done.returncode == 5
    assert done.stdout.decode() == "2 new, 0 known already, 2 refused\n"
    assert {line.rsplit("[")[-1] for line in done.stderr.decode().splitlines()} == {"private-address]", "http-status]"}


def test_watching_a_feed_takes_in_its_pages_and_then_only_new_ones(site: Site, place: Path) -> None:
    watch = ("--case", "C", "watch", site.at("feed.xml"), *site.permit)
    done = firsthand(*watch, "--items", "2", cwd=place)
    assert done.returncode == 0, done.stderr.decode()
    assert "2 new" in done.stdout.decode()
    assert f"Items left for the next time: {len(PAGES) - 2}." in done.stdout.decode()
    assert f"{len(PAGES) - 2} new" in firsthand(*watch, cwd=place).stdout.decode()
    assert "0 new" in firsthand(*watch, cwd=place).stdout.decode()


def test_fetched_pages_conclude_what_saved_pages_conclude(site: Site, place: Path) -> None:
    """The same pages, fetched or added as files, give the same counts."""
    save(place / "pages")
    firsthand("--case", "C", "add", *(site.at(name) for name in PAGES), *site.permit, cwd=place)
    firsthand("--case", "C", "run", cwd=place)
    fetched = firsthand_json("--case", "C", "publish", cwd=place)
    saved = firsthand_json("trace", "pages", cwd=place)
    counts = ("text", "independent", "undetermined", "derived", "disputed_by")
    told = [
        sorted(json.dumps([each[name] for name in counts]) for each in found["findings"]) for found in (fetched, saved)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("wrong", [("--permit", "localhost"), ("--contact", "a)b"), ("--permit", "a@b:1")])
def test_an_option_that_cannot_be_used_is_named(place: Path, wrong: tuple[str, str]) -> None:
    done = firsthand("--case", "C", "add", "http://post.example/", *wrong, cwd=place)
    assert done.returncode == 2
    assert wrong[1] in done.stderr.decode()
