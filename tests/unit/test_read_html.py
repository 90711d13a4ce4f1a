"""What is the story on a page, and what only stands around it."""

from __future__ import annotations

import json

import pytest
from read_cases import document, paragraphs

ONE = "The harbour police bought twelve drones in March, according to the budget of the town."
TWO = "Each of them carries a thermal camera and can stay in the air for forty minutes, the budget says."
THREE = "“We look for boats, not for people,” said the harbour master, who had asked for the drones."
STORY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"


def page(body: str, head: str = "") -> str:
    title = "<title>Drones over the harbour</title>"
    return f"<!doctype html><html lang='en'><head>{title}{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "clutter",
    [
        "<nav><a href='/'>Home</a> <a href='/sea'>Sea</a></nav>",
        "<div class='cookie-banner'><p>We and our 91 partners store things on your device.</p></div>",
        "<div role='dialog'><p>Please tell us whether you agree to everything that we would like to do.</p></div>",
        "<aside><p>The town also bought a new snow plough, which will come before the winter does.</p></aside>",
        "<div class='related-stories'><h3>Related</h3><p>The snow plough will come before the winter does.</p></div>",
        "<h3>Read also</h3><ul><li><a href='/1'>The snow plough comes before the winter does</a></li></ul>",
        "<div class='newsletter'><p>Our letter brings the sea to your desk, and it costs nothing.</p></div>",
        "<p>Subscribe to our newsletter and never miss a story from the harbour again.</p>",
        "<div class='share-bar'><a href='#'>Share</a><a href='#'>Mail</a></div>",
        "<p>Tags: harbour, drones, police</p>",
        "<p>Views: 1 204</p>",
        "<div class='ad'><p>Boats on credit from two percent, ask at the second bridge for details.</p></div>",
        "<p>ADVERTISEMENT</p>",
        "<div class='author-bio'><p>Ida Moen has written about the harbour for as long as we remember.</p></div>",
        "<div class='comments'><h3>Comments (2)</h3><p>I saw one of them above my house, and it was not nice.</p></div>",
        "<div style='display:none'><p>This sentence was hidden from readers and is no part of it.</p></div>",
        "<footer><p>The Harbour Post is printed on the second floor of the old customs house.</p></footer>",
        "<p>© 2031 The Harbour Post. All rights reserved.</p>",
        "<form><label>Your address, please, and nothing else will happen to it</label><input></form>",
        "<div class='player'>00:00 / 03:12 <p>Listen to the sound of a drone at night.</p></div>",
        "<script>var text = 'The scripts of a page are no part of its story, ever.';</script>",
        "<noscript>Please enable JavaScript to see the whole of this page as it was meant.</noscript>",
    ],
)  # fmt: skip
def test_clutter_before_amid_or_after_the_story_is_left_out(clutter: str) -> None:
    """Wherever the page puts it, the text is the three paragraphs."""
    half = f"<p>{ONE}</p><p>{TWO}</p>{clutter}<p>{THREE}</p>"
    if "comments" not in clutter:
        assert paragraphs(page(f"<div id='text'>{half}</div>")) == [ONE, TWO, THREE]
    assert paragraphs(page(f"<div id='text'>{STORY}{clutter}</div>")) == [ONE, TWO, THREE]
    assert paragraphs(page(f"{clutter}<div id='text'>{STORY}</div>")) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "name", ["sidebar-grid", "has-related-posts", "ad-free", "content-footer-sticky", "newsletter-template"]
)
def test_a_container_with_an_unlucky_name_still_holds_the_story(name: str) -> None:
    """The only prose of a page is its story, whatever the class around it says."""
    assert paragraphs(page(f"<div class='{name}'>{STORY}</div>")) == [ONE, TWO, THREE]


def test_classes_of_single_paragraphs_do_not_hide_them() -> None:
    """`p.paywall` on every second paragraph marks who may read on, not what is clutter."""
    body = f"<div><p>{ONE}</p><p class='paywall'>{TWO}</p><p class='paywall'>{THREE}</p></div>"
    assert paragraphs(page(body)) == [ONE, TWO, THREE]


def test_a_story_about_cookies_is_no_cookie_banner() -> None:
    """Set phrases inside longer prose, or used of somebody else, stay."""
    about = (
        "The ministry said that the company’s privacy policy lets it keep the pictures of every visitor for ten years."
    )
    share = "Copyright law does not bar the police from sharing the recordings, the court wrote in its ruling of May."
    assert paragraphs(page(f"<div><p>{ONE}</p><p>{about}</p><p>{share}</p></div>")) == [ONE, about, share]


def test_emphasis_adds_no_spaces_and_splits_no_sentence() -> None:
    """Inline elements leave the words as they are; line ends in the source are spaces."""
    body = "<p>The <b>har</b>bour <i>police</i>\n bought <a href='/d'>twelve\n drones</a>, <u>no</u>body asked why.</p>"
    assert (
        paragraphs(page(f"<div>{body}{STORY}</div>"))[0] == "The harbour police bought twelve drones, nobody asked why."
    )


def test_hidden_characters_and_entities_are_resolved() -> None:
    body = "<p>Twelve&nbsp;drones &amp; a boat&shy;yard\u200b were bought by the harbour&#8217;s police in March.</p>"
    assert paragraphs(page(f"<div>{body}{STORY}</div>"))[0].startswith(
        "Twelve drones & a boatyard were bought by the harbour’s"
    )


def test_double_breaks_part_paragraphs_and_single_ones_do_not() -> None:
    """Old pages have no paragraphs, only breaks; a break amid a sentence is just a wrapped line."""
    wrapped = TWO.replace("camera and", "camera<br>and")
    body = f"<h1>Drones</h1>{ONE}<br><br>{wrapped}<br /><br />{THREE}"
    assert paragraphs(page(f"<td>{body}</td>")) == [ONE, TWO, THREE]


def test_unclosed_and_misnested_tags_are_repaired() -> None:
    body = f"<div><p>{ONE}<p>{TWO.replace('thermal', '<b>thermal</i>')}<p>{THREE}</div></span></td>"
    assert paragraphs(page(body)) == [ONE, TWO, THREE]


def test_preformatted_text_keeps_its_paragraphs() -> None:
    body = f"<pre>{ONE}\n\n{TWO.replace('thermal ', 'thermal' + chr(10))}\n\n{THREE}\n</pre>"
    assert paragraphs(page(body)) == [ONE, TWO, THREE]


def test_headings_lists_quotes_and_tables_have_their_kind() -> None:
    body = (
        f"<p>{ONE}</p><h2>The list</h2>"
        "<ul><li>Twelve drones for the police.</li><li>Two chargers for the yard.</li></ul>"
        f"<blockquote><p>{THREE}</p></blockquote><table><tr><th>Thing</th><th>Price</th></tr><tr><td>Drone</td><td>900</td></tr></table><p>{TWO}</p>"
    )
    found = document(page(f"<div>{body}</div>"))
    kinds = [(block.kind, found.text[block.start : block.end]) for block in found.blocks]
    assert kinds == [
        ("paragraph", ONE),
        ("heading", "The list"),
        ("list-item", "Twelve drones for the police."),
        ("list-item", "Two chargers for the yard."),
        ("quote", THREE),
        ("table-row", "Thing | Price"),
        ("table-row", "Drone | 900"),
        ("paragraph", TWO),
    ]


def test_the_headline_is_no_part_of_the_text() -> None:
    found = document(page(f"<article><h1>Drones over the harbour</h1>{STORY}</article>"))
    assert found.title == "Drones over the harbour"
    assert found.text.split("\n\n") == [ONE, TWO, THREE]


def test_links_stand_where_the_text_has_them() -> None:
    body = f"<p>According to <a href='/budget.pdf'>the budget</a>, {ONE[0].lower()}{ONE[1:]}</p>{STORY}"
    head = "<link rel='canonical' href='https://post.example/sea/drones'>"
    found = document(page(f"<div>{body}<p><a href='javascript:alert(1)'>{TWO[:40]}</a>{TWO[40:]}</p></div>", head))
    assert [(found.text[link.start : link.end], link.url) for link in found.links] == [
        ("the budget", "https://post.example/budget.pdf")
    ]
    assert found.url == "https://post.example/sea/drones"


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src='/d.jpg'><figcaption>A drone above the second bridge. Photo: Ida Moen</figcaption></figure>",
        "<div class='wp-caption'><img src='/d.jpg'><p>A drone above the second bridge. Photo: Ida Moen</p></div>",
        "<div class='x1'><img src='/d.jpg'><em>A drone above the second bridge. Photo: Ida Moen</em></div>",
        "<img src='/d.jpg'><p class='caption'>A drone above the second bridge. Photo: Ida Moen</p>",
    ],
)
def test_captions_belong_to_images_and_not_to_the_text(figure: str) -> None:
    found = document(page(f"<div><p>{ONE}</p>{figure}<p>{TWO}</p><p>{THREE}</p></div>"))
    assert found.text.split("\n\n") == [ONE, TWO, THREE]
    assert [(image.url, image.caption) for image in found.images] == [
        ("/d.jpg", "A drone above the second bridge. Photo: Ida Moen")
    ]


def test_a_pull_quote_is_not_said_twice() -> None:
    """A quote in large type that repeats the paragraph's words is left out; one that says something new stays."""
    pulled = "<blockquote>Each of them carries a thermal camera and can stay in the air for forty minutes.</blockquote>"
    new = "<blockquote>Boats are all that we are looking for, and we find them.</blockquote>"
    assert paragraphs(page(f"<div><p>{ONE}</p>{pulled}<p>{TWO}</p><p>{THREE}</p></div>")) == [ONE, TWO, THREE]
    assert len(paragraphs(page(f"<div><p>{ONE}</p>{new}<p>{TWO}</p><p>{THREE}</p></div>"))) == 4


def test_a_small_box_between_paragraphs_is_no_paragraph() -> None:
    """Whatever its class, a little box in another layout interrupts the story; a long one is part of it."""
    box = "<div class='x7'><p>Our app brings the sea to your pocket, wherever you may be.</p></div>"
    assert paragraphs(page(f"<div><p>{ONE}</p>{box}<p>{TWO}</p><p>{THREE}</p></div>")) == [ONE, TWO, THREE]
    long_box = f"<div class='x7'><p>{TWO} {TWO} {TWO}</p></div>"
    assert len(paragraphs(page(f"<div><p>{ONE}</p>{long_box}<p>{TWO} {ONE}</p><p>{THREE}</p></div>"))) == 4


def test_a_second_story_below_is_another_story() -> None:
    plough = "<p>The plough came on a Tuesday, which surprised everybody in town.</p>"
    other = f"<section class='s'><h1>Snow plough</h1><div class='t'>{plough}</div></section>"
    body = f"<section class='s'><h1>Drones over the harbour</h1><div class='t'>{STORY}</div></section>{other}"
    assert paragraphs(page(body)) == [ONE, TWO, THREE]


def test_a_story_in_two_containers_is_one_story() -> None:
    """Pages close the container for an advertisement and open another one of the same class."""
    first, second = f"<div class='t'><p>{ONE}</p><p>{TWO}</p></div>", f"<div class='t'><p>{THREE}</p></div>"
    body = f"{first}<div class='ad'>ADVERTISEMENT</div>{second}"
    assert paragraphs(page(f"<main>{body}<div class='foot'><p>Printed in the old customs house.</p></div></main>")) == [
        ONE,
        TWO,
        THREE,
    ]


def test_teasers_with_linked_headlines_are_no_story() -> None:
    teasers = "".join(
        f"<div class='card'><h3><a href='/{n}'>Story number {n} about the sea</a></h3>"
        f"<p>The sea rose by {n} centimetres in the night, and the fishermen had to stay at home.</p></div>"
        for n in range(12)
    )
    assert paragraphs(
        page(f"<div class='main'><h1>Drones over the harbour</h1>{STORY}</div><div class='more'>{teasers}</div>")
    ) == [ONE, TWO, THREE]


def test_a_line_that_says_where_the_text_came_from_stays() -> None:
    """“Source:” and “By materials of” are evidence of a derivation, inside the story's container or just below it."""
    assert paragraphs(page(f"<div>{STORY}<p>Source: Northern Wire</p></div>"))[-1] == "Source: Northern Wire"
    below = f"<div id='t'>{STORY}</div><font size='1'>By materials of Northern Wire</font><p>Contact us upstairs.</p>"
    assert paragraphs(page(below)) == [ONE, TWO, THREE, "By materials of Northern Wire"]


def test_blocks_lead_back_to_the_captured_bytes() -> None:
    """Ranges count bytes of the file, also with other encodings, byte-order marks and characters of several bytes."""
    text = page(f"<div>{STORY}</div>")
    for raw in (
        text.encode(),
        b"\xef\xbb\xbf" + text.encode(),
        text.encode("utf-16"),
        text.replace("<head>", "<head><meta charset='windows-1252'>").encode("cp1252"),
    ):
        found = document(raw)
        assert found.text.split("\n\n") == [ONE, TWO, THREE]
        for block, wanted in zip(found.blocks, (ONE, TWO, THREE), strict=True):
            held = raw[block.byte_start : block.byte_end]
            codec = "utf-16-le" if raw[:2] == b"\xff\xfe" else "cp1252" if b"windows-1252" in raw else "utf-8"
            assert held.decode(codec) == wanted


def test_a_page_built_by_scripts_gives_the_text_it_states() -> None:
    """JSON-LD may carry the text that the page itself does not show; a warning says so."""
    stated = json.dumps({"@type": "NewsArticle", "headline": "Drones", "articleBody": "\n\n".join([ONE, TWO, THREE])})
    found = document(page("<div id='root'></div>", f"<script type='application/ld+json'>{stated}</script>"))
    assert found.text.split("\n\n") == [ONE, TWO, THREE]
    assert any("articleBody" in warning for warning in found.warnings)
    assert all(block.byte_start is not None for block in found.blocks)


def test_a_short_find_on_a_long_page_is_doubted() -> None:
    cards = "".join(
        f"<div class='teaser'><p>The sea rose by {n} centimetres, and the fishermen had to stay at home.</p></div>"
        for n in range(12)
    )
    body = f"<h1>Drones over the harbour</h1><article>{STORY}</article><div>{cards}</div>"
    assert any("more prose elsewhere" in warning for warning in document(page(body)).warnings)
    assert not document(page(f"<h1>Drones over the harbour</h1><article>{STORY}</article>")).warnings
