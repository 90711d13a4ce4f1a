"""Feeds: who published an item, where its markup stands in the feed, and JSON Feed."""

from __future__ import annotations

import json

import pytest
from read_cases import document, outcome, parts, refusal

from firsthand.read import feed as feed_module
from firsthand.records import Document, Refusal

ONE = "The harbour police bought twelve drones in March, according to the budget of the town & its council."
TWO = "“We look for boats – not for people,” said the harbour master, who had asked for the drones in writing."


def rss(item: str, head: str = "<title>News of the coast</title><link>https://coast.example/</link>") -> str:
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{head}<item>{item}</item></channel></rss>"


def escaped(html: str) -> str:
    return html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html_of(*texts: str) -> str:
    return "".join(f"<p>{text.replace('&', '&amp;')}</p>" for text in texts)


def held(found: Document, raw: bytes) -> list[str]:
    ranges = [(block.byte_start, block.byte_end) for block in found.blocks]
    return [raw[start:end].decode() for start, end in ranges if start is not None]


def test_the_publisher_of_an_item_is_the_one_it_was_taken_from() -> None:
    """`<source>` names it; the feed only passes the item on, and its title does not repeat the name."""
    item = f"<title>Drones at the gate - The Harbour Post</title><link>https://coast.example/r/1</link><source url='https://post.example/rss'>The Harbour Post</source><description>{escaped(html_of(ONE, TWO))}</description>"
    found = document(rss(item), "a.xml")
    assert (found.title, found.outlet) == ("Drones at the gate", "The Harbour Post")
    assert "source: the feed 'News of the coast' passes it on from 'The Harbour Post'" in found.warnings
    assert found.source_url == "https://post.example/rss"


def test_a_feed_that_names_itself_as_source_passes_nothing_on() -> None:
    item = f"<title>Drones</title><source url='https://coast.example/rss'>News of the coast</source><description>{escaped(html_of(ONE))}</description>"
    assert not any(warning.startswith("source:") for warning in document(rss(item), "a.xml").warnings)


def test_escaped_markup_leads_to_its_bytes() -> None:
    """A quotation from it opens the very signs of the feed, references and all."""
    raw = rss(f"<title>Drones</title><description>{escaped(html_of(ONE, TWO))}</description>").encode()
    found = document(raw, "a.xml")
    assert found.text == f"{ONE}\n\n{TWO}"
    assert held(found, raw) == [escaped(ONE.replace("&", "&amp;")), TWO]


def test_text_before_the_first_element_of_a_field_is_read() -> None:
    raw = rss(f"<title>Drones</title><description>{TWO} <b>It flew.</b> {TWO}</description>").encode()
    found = document(raw, "a.xml")
    assert found.text == f"{TWO} It flew. {TWO}"
    assert held(found, raw) == [f"{TWO} <b>It flew.</b> {TWO}"]


def test_addresses_are_relative_to_the_feed() -> None:
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://post.example/news/'><title>Harbour Post</title><entry><title>Drones</title><link href='2031/drones'/><content type='xhtml'><div><p>{TWO} It was <a href='../budget'>in the budget of the town</a>.</p><figure><img src='gate.jpg'/><figcaption>The gate at dusk</figcaption></figure></div></content></entry></feed>"
    found = document(atom, "a.atom")
    assert found.url == "https://post.example/news/2031/drones"
    assert [link.url for link in found.links] == ["https://post.example/news/budget"]
    assert [(image.url, image.caption) for image in found.images] == [
        ("https://post.example/news/2031/gate.jpg", "The gate at dusk")
    ]
    assert "The gate at dusk" not in found.text


def test_a_time_of_change_alone_is_called_that() -> None:
    atom = f"<feed><title>Harbour Post</title><entry><title>Drones</title><updated>2031-04-17T06:42:00Z</updated>%s<content>{TWO}</content></entry></feed>"
    changed = document(atom % "", "a.atom")
    assert (changed.published, changed.published_from) == ("2031-04-17T06:42:00Z", "feed updated")
    assert "published: the feed states only when the item was last changed" in changed.warnings
    both = document(atom % "<published>2031-04-16T06:42:00Z</published>", "a.atom")
    assert (both.published, both.warnings) == ("2031-04-16T06:42:00Z", ())


ITEM = {
    "id": "1",
    "url": "/1",
    "title": "Drones at the gate",
    "content_html": f"<p>{ONE.replace('&', '&amp;')}</p>\n<p>{TWO} \U0001f681</p><img src='g.jpg' alt='The gate at dusk'>",
    "date_published": "2031-04-17T06:42:00Z",
    "authors": [{"name": "Ida Moen"}, {"name": "Bo Lie"}],
}


def json_feed(*items: object, **more: object) -> bytes:
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Post",
        "home_page_url": "https://post.example/",
    }
    return json.dumps({**head, **more, "items": items}).encode()


@pytest.mark.parametrize("name", ["feed.json", "feed", "page.html"])
def test_json_feeds_are_told_by_their_bytes(name: str) -> None:
    raw = json_feed(ITEM)
    found = document(raw, name)
    assert found.text == f"{ONE}\n\n{TWO} \U0001f681"
    assert (found.title, found.outlet, found.byline) == ("Drones at the gate", "Harbour Post", "Ida Moen and Bo Lie")
    assert (found.url, found.published) == ("https://post.example/1", "2031-04-17T06:42:00Z")
    assert [(image.url, image.caption) for image in found.images] == [
        ("https://post.example/g.jpg", "The gate at dusk")
    ]
    assert held(found, raw) == [ONE.replace("&", "&amp;"), json.dumps(f"{TWO} \U0001f681")[1:-1]]


def test_items_of_json_feeds_with_one_text_lead_to_their_own_bytes() -> None:
    raw = json_feed(ITEM, {**ITEM, "id": "2", "external_url": "https://wire.example/2"})
    found = outcome(raw, "a.json")
    assert not isinstance(found, Refusal)
    first, second = found
    assert first.blocks[0].byte_start != second.blocks[0].byte_start
    assert second.source_url == "https://wire.example/2"


def test_a_summary_alone_is_an_excerpt() -> None:
    raw = json_feed({"id": "1", "summary": TWO}, {"id": "2", "content_text": TWO})
    found = outcome(raw, "a.json")
    assert not isinstance(found, Refusal)
    assert [each.partial for each in found] == [True, False]


def test_damaged_and_empty_json_feeds_are_refused() -> None:
    assert refusal(json_feed(ITEM)[:-40], "a.json").code == "feed-damaged"
    assert refusal(b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, "a.json").code == (
        "feed-damaged"
    )
    assert refusal(json_feed({"id": "1", "title": "Drones"}), "a.json").code == "feed-empty"
    assert refusal(b'{"version": "1", "items": []}', "a.json").code == "unsupported-format"


def test_items_of_a_json_feed_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firsthand.read.json_feed.MAX_ITEMS", 2)
    assert feed_module.MAX_ITEMS == 5_000
    found, refused = parts(json_feed(ITEM, ITEM, ITEM), "a.json")
    assert len(found) == 2
    assert set(refused) == {"too-many-items"}
