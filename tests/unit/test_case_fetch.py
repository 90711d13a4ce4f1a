"""Pages fetched into a case are captures like any other; what was not news, and what listed them, is kept as evidence."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import case_stages
import pytest
from store_cases import NOW, quick_folder
from web_cases import QUICK, Town, answer, onward, page

from firsthand.engine import case
from firsthand.engine.added import Added
from firsthand.engine.case_fetch import Watched, fetch, watch
from firsthand.engine.stages import default_stages
from firsthand.store.folder import Layout

HERE = "http://post.example/story"
STORY = "The port authority installed forty facial recognition cameras on the harbour wall in March 2031."


@pytest.fixture
def root() -> Iterator[Path]:
    with quick_folder() as folder:
        case.init(folder / "case", now=NOW)
        yield folder / "case"


@pytest.fixture
def town() -> Iterator[Town]:
    found = Town()
    found.server.says("/story", page(STORY))
    yield found
    found.server.close()


def take(root: Path, town: Town, *addresses: str) -> Added:
    return fetch(root, addresses, web=town.web, policy=QUICK)


def look(root: Path, town: Town, *feeds: str, items: int = 20) -> Watched:
    return watch(root, feeds, web=town.web, policy=QUICK, items=items)


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>One</title><link>{link}</link></item>" for link in links)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'
    return answer(body.encode(), kind="application/rss+xml")


def codes(added: Added) -> dict[str, str]:
    return {refusal.path: refusal.code for refusal in added.refused}


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_fetched_page_is_a_capture_with_its_address_and_time(root: Path, town: Town) -> None:
    added = take(root, town, HERE)
    (capture,) = case.captures(root)
    assert added.new == (capture,)
    assert (capture.path, capture.circumstances[0].captured_at) == (HERE, NOW)
    assert case.sealed_bytes(root, capture.sha256).startswith(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n")
    assert case.verify(root).ok


def test_it_is_read_as_if_the_same_file_had_been_added_by_hand(root: Path, town: Town, tmp_path: Path) -> None:
    take(root, town, HERE)
    (capture,) = case.captures(root)
    (tmp_path / "page.warc").write_bytes(case.sealed_bytes(root, capture.sha256))
    case.init(tmp_path / "other", now=NOW)
    case.add(tmp_path / "other", [str(tmp_path / "page.warc")], now=NOW)
    read = []
    for folder in (root, tmp_path / "other"):
        case.run(folder, stages=default_stages(), workers=0)
        (document,) = case.documents(folder)
        read.append((document.id, document.text, document.fetched_from, document.fetched_at, document.method))
    assert read[0] == read[1]
    assert read[0][2:4] == (HERE, NOW)


def test_a_page_that_has_not_changed_is_kept_once_and_its_visit_as_evidence(root: Path, town: Town) -> None:
    town.server.says("/story", page(STORY, 'ETag: "v1"'), answer(b"", 'ETag: "v1"', status="304 Not Modified"))
    take(root, town, HERE)
    town.wait(86_400)
    added = take(root, town, HERE)
    (capture,) = case.captures(root)
    assert 'if-none-match: "v1"' in town.server.asked[-1].lower()
    assert [len(part) for part in (added.new, added.again, added.refused)] == [0, 1, 0]
    assert added.again[0].size_bytes == capture.size_bytes
    assert [met.captured_at for met in capture.circumstances] == [NOW, "2031-02-04T04:05:06Z"]
    (visit,) = case.visits(root)
    assert (visit.outcome, visit.about, visit.address) == ("unchanged", capture.sha256, HERE)
    assert b"WARC-Type: revisit" in case.sealed_bytes(root, visit.sha256)
    assert case.verify(root).objects == 2
    assert case.verify(root).ok


def test_the_same_bytes_from_a_server_without_marks_are_kept_once(root: Path, town: Town) -> None:
    take(root, town, HERE)
    town.server.says("/story", page(STORY, "Date: tomorrow"))
    added = take(root, town, HERE)
    assert len(case.captures(root)) == len(added.again) == 1
    assert [visit.outcome for visit in case.visits(root)] == ["unchanged"]


def test_a_page_that_has_changed_is_a_new_capture(root: Path, town: Town) -> None:
    for text, new in ((STORY, 1), (f"{STORY} Correction.", 1), (f"{STORY} Correction.", 0)):
        town.server.says("/story", page(text))
        assert len(take(root, town, HERE).new) == new
    assert [capture.path for capture in case.captures(root)] == [HERE, HERE]


def test_the_same_page_at_another_address_is_another_capture(root: Path, town: Town) -> None:
    town.server.says("/story", onward("/one"), onward("/two"))
    town.server.says("/one", page(STORY))
    town.server.says("/two", page(STORY))
    assert [len(take(root, town, HERE).new) for _ in range(2)] == [1, 1]


def test_a_page_that_cannot_be_read_is_refused_once_however_often_it_was_met(root: Path, town: Town) -> None:
    town.server.says("/story", page(""))
    for _ in range(3):
        take(root, town, HERE)
    ran = case.run(root, stages=default_stages(), workers=0)
    assert [refusal.path for refusal in ran.refused] == [HERE]


def test_an_unchanged_page_is_not_read_again(root: Path, town: Town) -> None:
    take(root, town, HERE)
    case.run(root, stages=case_stages.STAGES, workers=0)
    take(root, town, HERE)
    ran = case.run(root, stages=case_stages.STAGES, workers=0)
    assert (ran.read, ran.kept) == (0, 1)


def test_a_page_whose_bytes_were_damaged_is_fetched_anew(root: Path, town: Town) -> None:
    town.server.says("/story", page(STORY, 'ETag: "v1"'))
    take(root, town, HERE)
    (capture,) = case.captures(root)
    place = Layout(root=root).objects.path(capture.sha256)
    place.chmod(0o600)
    place.write_bytes(b"damaged")
    town.wait(60)
    added = take(root, town, HERE)
    assert "if-none-match" not in town.server.asked[-1].lower()
    assert len(added.new) == 1


def test_what_a_server_refuses_is_kept_as_evidence_once(root: Path, town: Town) -> None:
    town.server.says("/story", page("Gone since Monday.", status="410 Gone"))
    for _ in range(2):
        assert codes(take(root, town, HERE)) == {HERE: "http-status"}
    (visit,) = case.visits(root)
    assert visit.outcome == "refused"
    assert b"Gone since Monday." in case.sealed_bytes(root, visit.sha256)
    assert case.captures(root) == ()
    assert [(each.path, each.code) for each in case.refusals(root)] == [(HERE, "http-status")]


def test_a_page_that_comes_after_all_takes_its_refusal_away(root: Path, town: Town) -> None:
    town.server.says("/story", page("Gone.", status="410 Gone"), page(STORY))
    take(root, town, HERE)
    take(root, town, HERE)
    assert case.refusals(root) == ()


def test_one_bad_address_costs_one_refusal_and_the_rest_goes_on(root: Path, town: Town) -> None:
    town.server.says("/bomb", answer(gzip.compress(bytes(60_000_000)), "Content-Encoding: gzip"))
    town.server.says("/loop", onward("/loop"))
    town.server.says("/cut", answer(b"short", "Content-Length: 500"))
    town.server.says("/inside", onward("http://10.0.0.1/"))
    bad = {
        "http://post.example/bomb": "unpacks-too-far",
        "http://post.example/loop": "redirect-loop",
        "http://post.example/cut": "cut-off",
        "http://post.example/inside": "private-address",
        "http://127.0.0.1/": "private-address",
        "http://0x7f.1/": "odd-address",
        "http://user:word@post.example/": "login-in-address",
    }
    added = take(root, town, *bad, HERE, HERE, "HTTP://POST.example:80/story#part")
    assert codes(added) == bad
    assert [capture.path for capture in added.new] == [HERE]
    assert {refusal.path: refusal.code for refusal in case.refusals(root)} == bad
    assert case.verify(root).ok


def test_the_index_is_made_again_with_what_was_fetched(root: Path, town: Town) -> None:
    take(root, town, HERE)
    take(root, town, HERE)
    before = case.captures(root), case.visits(root)
    case.reindex(root)
    assert (case.captures(root), case.visits(root)) == before
    assert before[1]


def test_damage_to_a_visit_is_found(root: Path, town: Town) -> None:
    take(root, town, HERE)
    take(root, town, HERE)
    (visit,) = case.visits(root)
    place = Layout(root=root).objects.path(visit.sha256)
    place.chmod(0o600)
    place.write_bytes(place.read_bytes().replace(b"revisit", b"response"))
    assert [fault.id for fault in case.verify(root).faults] == [visit.sha256]


def test_a_page_in_a_wrong_charset_is_read_as_it_means(root: Path, town: Town) -> None:
    text = "Die Behörde hat vierzig Kameras zur Gesichtserkennung an der Mole aufgestellt, teilte sie am Montag mit."
    sent = answer(f"<html><body><p>{text}</p></body></html>".encode("cp1252"), kind="text/html; charset=utf-8")
    town.server.says("/story", sent)
    take(root, town, HERE)
    case.run(root, stages=default_stages(), workers=0)
    assert [document.text for document in case.documents(root)] == [text]


def test_nothing_that_a_page_names_is_fetched(root: Path, town: Town) -> None:
    names = '<img src="/a.png"><script src="/b.js"></script><link rel="canonical" href="/c"><iframe src="/d"></iframe>'
    town.server.says(
        "/story", page(f'{STORY} {names} <meta http-equiv="refresh" content="0; url=/e">', "Refresh: 0; url=/f")
    )
    take(root, town, HERE)
    case.run(root, stages=default_stages(), workers=0)
    assert town.server.paths == ["/story"]


# --- feeds -----------------------------------------------------------------------------------------------------------

FEED = "http://post.example/feed"


def test_watching_a_feed_fetches_the_pages_it_lists_and_keeps_the_feed(root: Path, town: Town) -> None:
    for name in ("a", "b"):
        town.server.says(f"/{name}", page(f"{STORY} {name}"))
    town.server.says("/feed", rss("http://post.example/a", "/b"))
    watched = look(root, town, FEED)
    assert [capture.path for capture in watched.added.new] == ["http://post.example/a", "http://post.example/b"]
    assert (watched.feeds, watched.known, watched.left) == (1, 0, 0)
    assert [(visit.address, visit.outcome) for visit in case.visits(root)] == [(FEED, "feed")]
    assert case.verify(root).ok


def test_what_was_fetched_before_is_not_fetched_again(root: Path, town: Town) -> None:
    town.server.says("/b", page(f"{STORY} b"))
    town.server.says("/feed", rss("/story"))
    look(root, town, FEED)
    town.server.says("/feed", rss("/b", "/story"))
    watched = look(root, town, FEED)
    assert [capture.path for capture in watched.added.new] == ["http://post.example/b"]
    assert watched.known == 1
    assert town.server.paths.count("/story") == 1


def test_an_item_that_stands_twice_is_fetched_once(root: Path, town: Town) -> None:
    town.server.says("/feed", rss("/story", "/story", "http://POST.example/story#top", HERE))
    watched = look(root, town, FEED, FEED)
    assert len(watched.added.new) == town.server.paths.count("/story") == 1


def test_no_more_items_are_fetched_than_asked_for(root: Path, town: Town) -> None:
    for number in range(5):
        town.server.says(f"/{number}", page(f"{STORY} {number}"))
    town.server.says("/feed", rss(*(f"/{number}" for number in range(5))))
    assert [look(root, town, FEED, items=2).left for _ in range(3)] == [3, 1, 0]
    assert [path for path in town.server.paths if path != "/feed"] == [f"/{number}" for number in range(5)]


def test_items_that_were_refused_come_after_new_ones(root: Path, town: Town) -> None:
    town.server.says("/feed", rss("/missing", "/story"))
    look(root, town, FEED, items=1)
    watched = look(root, town, FEED, items=1)
    assert [capture.path for capture in watched.added.new] == [HERE]


def test_an_unchanged_feed_still_gives_what_is_left_of_it(root: Path, town: Town) -> None:
    town.server.says("/b", page(f"{STORY} b"))
    feed = rss("/story", "/b").replace(b"\r\n\r\n", b'\r\nETag: "f1"\r\n\r\n', 1)
    town.server.says("/feed", feed, answer(b"", 'ETag: "f1"', status="304 Not Modified"))
    look(root, town, FEED, items=1)
    watched = look(root, town, FEED, items=1)
    assert [capture.path for capture in watched.added.new] == ["http://post.example/b"]
    assert [visit.outcome for visit in case.visits(root)] == ["feed", "unchanged"]


def test_a_feed_cannot_lead_into_a_private_network(root: Path, town: Town) -> None:
    town.names["inside.example"] = [("10.0.0.7",)]
    named = {
        "http://127.0.0.1/admin": "private-address",
        "http://inside.example/": "private-address",
        "http://169.254.169.254/latest/": "private-address",
        "http://post.example:8080/": "other-port",
        "file:///etc/passwd": "other-scheme",
        "ftp://post.example/a": "other-scheme",
        "javascript:alert(1)": "other-scheme",
        "http://2130706433/": "odd-address",
    }
    town.server.says("/feed", rss(*named, "/story"))
    watched = look(root, town, FEED)
    assert codes(watched.added) == named
    assert [capture.path for capture in watched.added.new] == [HERE]
    assert {ip for ip, _ in town.connected} == {"93.184.215.14"}


def test_a_feed_of_thousands_of_bad_items_is_done_with_quickly(root: Path, town: Town) -> None:
    body = rss(*(f"ftp://post.example/{number}" for number in range(3_000)), "/story")
    town.server.says("/feed", body)
    started = time.monotonic()
    for _ in range(2):
        watched = watch(root, [FEED], web=town.web, policy=replace(QUICK, size_limit_bytes=1_000_000), items=5)
        assert len(watched.added.refused) == 3_000
    assert [capture.path for capture in case.captures(root)] == [HERE]
    assert time.monotonic() - started < 20


def test_what_is_no_feed_is_refused(root: Path, town: Town) -> None:
    assert codes(look(root, town, HERE).added) == {HERE: "not-a-feed"}
    assert case.visits(root) == ()


def test_a_feed_with_entities_is_refused_and_the_next_one_read(root: Path, town: Town) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item/></channel></rss>'
    town.server.says("/bomb", answer(bomb, kind="application/rss+xml"))
    town.server.says("/feed", rss("/story"))
    watched = look(root, town, "http://post.example/bomb", FEED)
    assert codes(watched.added) == {"http://post.example/bomb": "xml-entities"}
    assert (watched.feeds, len(watched.added.new)) == (1, 1)


def test_a_feed_that_comes_after_all_takes_its_refusal_away(root: Path, town: Town) -> None:
    town.server.says("/feed", page("Gone.", status="410 Gone"), rss())
    assert codes(look(root, town, FEED).added) == {FEED: "http-status"}
    assert case.refusals(root)
    look(root, town, FEED)
    assert case.refusals(root) == ()


def test_an_atom_feed_lists_its_entries(root: Path, town: Town) -> None:
    entry = '<entry><title>a</title><link rel="self" href="/not"/><link href="story"/></entry>'
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><link href="/"/>{entry}</feed>'
    town.server.says("/feed", answer(body.encode(), kind="application/atom+xml"))
    assert [capture.path for capture in look(root, town, FEED).added.new] == [HERE]
