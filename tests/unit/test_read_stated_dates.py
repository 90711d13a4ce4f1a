"""Every place that states a publication date is kept, and a disagreement is said, never settled in silence."""

from __future__ import annotations

import pytest
from read_cases import document, parts
from warc_cases import http, record

from firsthand.read.stated import after_capture, all_stated, disagreement
from firsthand.records import StatedDate

STORY = "The harbour police bought twelve drones in March, according to the budget of the town."


def page(head: str = "", above: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>Drones over the harbour</title>{head}</head><body>"
        f"<h1>Drones over the harbour</h1>{above}<p>{STORY}</p><p>{STORY.replace('twelve', 'eleven')}</p></body></html>"
    )


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def stated(edtf: str, found_in: str = "x") -> StatedDate:
    return StatedDate(edtf=edtf, found_in=found_in)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2031-02-03", "2031-02-03", True),
        ("2031-02-03", "2031-02-04", False),
        ("2031-02-03", "2031-02", True),
        ("2031-02-03", "2031", True),
        ("2031-02-03", "2031-03", False),
        ("2031-02-03T23:30:00Z", "2031-02-04", True),
        ("2031-02-03T23:30:00Z", "2031-02-05", False),
        ("2031-02-03T12:00:00+09:00", "2031-02-03T03:00:00Z", True),
        ("2031-02-28T23:30:00Z", "2031-03-01", True),
    ],
)
def test_days_that_a_time_zone_parts_agree(one: str, other: str, agree: bool) -> None:
    assert (disagreement([stated(one), stated(other, "y")]) is None) is agree
    assert (disagreement([stated(other), stated(one, "y")]) is None) is agree


def test_all_places_are_kept_and_those_that_disagree_are_named() -> None:
    head = meta("article:published_time", "2031-02-05T08:00:00Z") + (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-02-03"}</script>'
    )
    found = document(page(head, "<p class=date>7 February 2031</p>"))
    assert (found.published, found.published_from) == ("2031-02-03", "json-ld datePublished")
    assert [(each.edtf, each.found_in) for each in found.stated_dates] == [
        ("2031-02-03", "json-ld datePublished"),
        ("2031-02-05T08:00:00Z", "meta article:published_time"),
        ("2031-02-07", "text byline"),
    ]
    (warning,) = found.warnings
    assert warning == (
        "published: sources disagree: json-ld datePublished says 2031-02-03, meta article:published_time says "
        "2031-02-05T08:00:00Z, text byline says 2031-02-07"
    )


def test_what_agrees_or_speaks_of_something_else_is_no_warning() -> None:
    """An update, a date of the file and a day far down the text are no dates of publication."""
    head = (
        meta("article:published_time", "2031-02-03")
        + meta("article:modified_time", "2031-02-09")
        + meta("created", "2031-01-01")
    )
    found = document(page(head, "<p class=date>3 February 2031</p><p>Updated 9 February 2031</p>"))
    assert found.warnings == ()
    assert [each.found_in for each in found.stated_dates] == ["meta article:published_time", "text byline"]


def test_the_address_is_a_place_too() -> None:
    head = (
        meta("article:published_time", "2031-02-03")
        + '<link rel="canonical" href="https://post.example/2029/11/30/drones">'
    )
    (warning,) = (w for w in document(page(head)).warnings if w.startswith("published"))
    assert warning.endswith("address says 2029-11-30")


def test_a_feed_that_contradicts_itself_is_told() -> None:
    item = f"<item><description>{STORY}</description><pubDate>Thu, 18 Apr 2030 07:00:12 +0900</pubDate><dc:date>2030-04-25</dc:date></item>"
    found = document(f"<?xml version='1.0'?><rss><channel>{item}</channel></rss>", "feed.xml")
    assert [each.found_in for each in found.stated_dates] == ["feed pubdate", "feed dc:date"]
    assert any(warning.startswith("published: sources disagree: feed pubdate") for warning in found.warnings)


def test_without_a_date_there_are_no_places() -> None:
    assert document(page()).stated_dates == ()
    assert all_stated(None, None, [stated("2031")]) == ()


def test_a_place_is_named_once_and_places_are_few() -> None:
    many = [stated(f"2031-02-{day:02}", f"meta {day}") for day in range(1, 29)]
    found = all_stated("2031-02-01", "meta 1", many)
    assert found[0] == stated("2031-02-01", "meta 1")
    assert len(found) == 12


def test_a_page_published_after_its_capture_is_doubted() -> None:
    """The clock of one of the two is wrong, or the archive is."""
    body = page(meta("article:published_time", "2031-02-08")).encode()
    (found,), _ = parts(record(http(body), date="2031-02-03T04:05:06Z"))
    assert "published: 2031-02-08 is after the capture of the page, 2031-02-03T04:05:06Z" in found.warnings
    assert after_capture("2031-02-04", "2031-02-03T23:05:06Z") is None
    assert after_capture("2031-02-05", "2031-02-03T23:05:06Z") is not None
    assert after_capture("2031-03", "2031-02-03T23:05:06Z") is None
