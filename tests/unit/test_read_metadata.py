"""Title, outlet, byline and date: what the page says of itself, and nothing that it does not say."""

from __future__ import annotations

import pytest
from read_cases import document

from firsthand.records import Document

BODY = (
    "<p>The harbour police bought twelve drones in March, according to the budget of the town.</p>"
    "<p>Each of them carries a thermal camera and can stay in the air for forty minutes, the budget says.</p>"
)


def read_page(head: str = "", above: str = "", below: str = "", lang: str = "en") -> Document:
    return document(
        f"<!doctype html><html lang='{lang}'><head>{head}</head>"
        f"<body>{above}<div class='text'>{BODY}</div>{below}</body></html>"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Drones over the harbour - The Harbour Post",
        "Drones over the harbour | The Harbour Post",
        "Drones over the harbour :: The Harbour Post",
        "The Harbour Post | Drones over the harbour",
        "The Harbour Post: Drones over the harbour",
        "Drones over the harbour — News — The Harbour Post",
        "Drones over the harbour « The Harbour Post",
    ],
)
def test_the_outlets_name_is_no_part_of_the_headline(title: str) -> None:
    """Whichever divider stands between them, and on whichever side the outlet is."""
    found = read_page(f"<title>{title}</title>", "<h1>Drones over the harbour</h1>")
    assert (found.title, found.outlet) == ("Drones over the harbour", "The Harbour Post")


def test_a_headline_with_a_divider_of_its_own_stays_whole() -> None:
    found = read_page(
        "<title>Drones - and nobody asked - The Harbour Post</title>", "<h1>Drones - and nobody asked</h1>"
    )
    assert (found.title, found.outlet) == ("Drones - and nobody asked", "The Harbour Post")


def test_the_pages_first_heading_may_be_its_masthead() -> None:
    masthead = "<header><h1 class='site-title'><a href='/'>The Harbour Post</a></h1></header>"
    above = f"{masthead}<h2 class='entry-title'>Drones over the harbour</h2>"
    found = read_page("<title>Drones over the harbour | The Harbour Post</title>", above)
    assert (found.title, found.outlet) == ("Drones over the harbour", "The Harbour Post")


def test_a_document_title_that_only_names_the_site_is_no_headline() -> None:
    above = "<font size='6'><b>The Harbour Post</b></font><hr><font size='5'>Drones over the harbour tonight</font><br>"
    assert read_page("<title>The Harbour Post Online</title>", above).title == "Drones over the harbour tonight"


def test_the_fuller_headline_wins() -> None:
    """A short title for sharing gives way to the headline that continues it."""
    found = read_page(
        "<meta property='og:title' content='Drones'>", "<h1>Drones: what the harbour police bought in March</h1>"
    )
    assert found.title == "Drones: what the harbour police bought in March"


def test_json_ld_comes_first() -> None:
    head = """<title>x</title><script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],
      "headline":"Drones &amp; boats","datePublished":"2031-04-17T06:42:00+09:00",
      "author":[{"name":"Ida Moen"},{"name":"Per Lie"}],"publisher":{"@id":"#o"}},
      {"@id":"#o","@type":"Organization","name":"The Harbour Post"}]}</script><meta name="date" content="2031-05-01">"""
    found = read_page(head)
    assert (found.title, found.outlet, found.byline) == ("Drones & boats", "The Harbour Post", "Ida Moen and Per Lie")
    assert (found.published, found.published_from) == ("2031-04-17T06:42:00+09:00", "json-ld datePublished")


@pytest.mark.parametrize(
    "broken", ["{", "[" * 5000, '{"@type": 3}', '{"@type":"NewsArticle","headline":{"a":1}}', "null", '"x"']
)
def test_broken_json_ld_is_ignored(broken: str) -> None:
    found = read_page(f"<title>Drones over the harbour</title><script type='application/ld+json'>{broken}</script>")
    assert found.title == "Drones over the harbour"


def test_the_logo_may_name_the_outlet() -> None:
    assert (
        read_page(above="<div class='head'><img src='/logo.png' alt='The Harbour Post logo'></div>").outlet
        == "The Harbour Post"
    )


def test_outlet_from_the_copyright_line_or_the_address() -> None:
    """Names come from the page before its address; an address alone is marked as such."""
    address = "<link rel='canonical' href='https://www.harbourpost.example/a'>"
    assert (
        read_page(address, below="<div class='footer'>© 2031 The Harbour Post Ltd. All rights reserved.</div>").outlet
        == "The Harbour Post"
    )
    alone = read_page(address)
    assert alone.outlet == "harbourpost.example"
    assert alone.warnings == ("outlet: the page names none; taken from its address",)
    assert read_page().outlet is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<p class='byline'>By Ida Moen</p>", "Ida Moen"),
        ("<div>Text by Ida Moen | 3 May 2031</div>", "Ida Moen"),
        ("<div>3 May 2031, 07:15 | Ida Moen</div>", "Ida Moen"),
        ("<div><span>By Ida Moen</span><span>May 4, 2031</span><span>3 min read</span></div>", "Ida Moen"),
        ("<div class='author'>Ida Moen and Per Lie</div>", "Ida Moen and Per Lie"),
        ("<div>By the newsroom</div>", None),
        ("<div>Posted by admin</div>", None),
        ("<p>By the river stands a mill.</p>", None),
    ],
)
def test_bylines_are_names(line: str, name: str | None) -> None:
    assert read_page("<title>Drones over the harbour</title>", f"<h1>Drones over the harbour</h1>{line}").byline == name


@pytest.mark.parametrize(
    ("head", "above", "published", "source"),
    [
        ("<meta name='dc.date' content='2031-04-17T06:42+0900'>", "", "2031-04-17T06:42:00+09:00", "meta dc.date"),
        ("<meta name='pubdate' content='20310417'>", "", "2031-04-17", "meta pubdate"),
        ("", "<time datetime='2031-04-17T09:20Z'>17 April</time>", "2031-04-17T09:20:00Z", "time element"),
        ("", "<p>Posted : 2031-04-17 17:20 Updated : 2031-04-17 19:02</p>", "2031-04-17T17:20:00", "text byline"),
        ("", "<p>Updated: 18 April 2031</p>", None, None),
        ("", "<abbr class='published' title='2031-04-17T06:42+02:00'>17 April</abbr>", "2031-04-17T06:42:00+02:00", "time element"),
        ("", "<div data-published='2031-04-17'>Ida Moen</div>", "2031-04-17", "time element"),
        ("<script>var page = {publishDate: '2031-04-17', paywall: 1}</script>", "", "2031-04-17", "script"),
        ("", "<p>Working paper 7, April 2031</p>", "2031-04", "text byline"),
        ("", "<p>17.IV.2031</p>", "2031-04-17", "text byline"),
        ("<link rel='canonical' href='https://post.example/2031/04/17/drones'>", "", "2031-04-17", "address"),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_dates_are_stated_or_missing(head: str, above: str, published: str | None, source: str | None) -> None:
    """A date of change is no date of publication, and no date is better than a guessed one."""
    found = read_page(head, f"<h1>Drones over the harbour</h1>{above}")
    assert (found.published, found.published_from) == (published, source)


def test_dates_inside_the_story_are_not_its_own() -> None:
    assert (
        document(
            f"<html><body><h1>Drones</h1><div>{BODY}<p>They were ordered on 3 May 2029 in Oslo.</p></div></body></html>"
        ).published
        is None
    )


def test_a_date_in_the_dateline_is_the_storys_own() -> None:
    body = BODY.replace("The harbour", "TORSUND, 17 April 2031 (NPA) - The harbour", 1)
    found = document(f"<html><body><h1>Drones</h1><div>{body}</div></body></html>")
    assert (found.published, found.published_from) == ("2031-04-17", "text dateline")


def test_day_and_month_are_settled_by_other_dates_or_called_assumed() -> None:
    """08/03/2031 is 8 March where the page writes so elsewhere, or by custom, and then a warning says so."""
    above = "<h1>Drones</h1><p>08/03/2031 06:10</p>"
    settled = read_page(above=f"<p>Saturday 8 March 2031</p>{above}")
    assert (settled.published, settled.warnings) == ("2031-03-08T06:10:00", ())
    assumed = read_page(above=above)
    assert assumed.published == "2031-03-08T06:10:00"
    assert any("swapped" in warning for warning in assumed.warnings)
    american = read_page(above=above, lang="en-US")
    assert american.published == "2031-08-03T06:10:00"


def test_language_is_that_of_the_text() -> None:
    """A declared tag is kept with its region when the words bear it out, and corrected when they do not."""
    assert read_page(lang="en-GB").language == "en-GB"
    assert read_page(lang="fr").language == "en"
    german = "<p>Die Hafenpolizei hat im März zwölf Drohnen gekauft, wie aus dem Haushalt der Stadt hervorgeht.</p>"
    assert document(f"<html lang='en'><body><div>{german}</div></body></html>").language == "de"
