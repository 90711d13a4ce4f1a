"""Who publishes a paper that is no news page, and what it is called: letterheads, official papers, releases, letters."""

from __future__ import annotations

import pytest
from read_cases import document

ONE = "The harbour police bought twelve drones in March, according to the budget of the town."
TWO = "Each of them carries a thermal camera and can stay in the air for forty minutes, the budget says."
STORY = f"{ONE}\n\n{TWO}\n"
PAGE = f"<p>{ONE}</p><p>{TWO}</p>"


@pytest.mark.parametrize(
    ("heading", "outlet", "title"),
    [
        ("HARBOUR INSPECTION OFFICE\nDECISION 2031/118", "Harbour Inspection Office", "DECISION 2031/118"),
        ("Decision 2031/118\nHarbour Inspection Office\n20 May 2031", "Harbour Inspection Office", "Decision 2031/118"),
        ("TOWN COUNCIL OF TORSUND\nMinutes of 7 July 2031", "Town Council of Torsund", "Minutes of 7 July 2031"),
        ("IN THE HIGH COURT OF TORSUND (CIVIL SIDE)\nMotion No. 33/0417", "High Court of Torsund", "Motion No. 33/0417"),
        ("REPUBLIC OF TORSUND - OFFICIAL GAZETTE\nNotice 29/1187", "Official Gazette", "Notice 29/1187"),
        ("Republic of Torsund\nMinistry of Ports\nCircular 4/2031", "Ministry of Ports", "Circular 4/2031"),
        ("KINGDOM OF TORSUND – GAZETTE\nHarbour Office: Notice 7 of 2 May 2031", "Harbour Office", "Harbour Office: Notice 7 of 2 May 2031"),
        ("HARBOUR OFFICE\nNotice 7/2031\nContracting body: Town of Torsund", "Harbour Office", "Notice 7/2031"),
        ("GULL GATEWAY - SITE HANDBOOK\nPart 3: Daily care. Issue 2, 14 March 2031", None, "GULL GATEWAY - SITE HANDBOOK"),
    ],
)  # fmt: skip
def test_an_official_paper_is_called_by_kind_and_number(heading: str, outlet: str | None, title: str) -> None:
    """The body above it, or beside it, publishes it; a state alone publishes nothing, a form's fields are no title."""
    found = document(f"{heading}\n\n{STORY}", "a.txt")
    assert (found.outlet, found.title) == (outlet, title)


@pytest.mark.parametrize(
    ("heading", "outlet", "title"),
    [
        ("HARBOUR POST - Monday 11 May 2031 - page 4\n\nDrones over the harbour", "Harbour Post", "Drones over the harbour"),
        ("Tundra & Town, no. 12, 27 March 2031, page 7\n\nDrones over the harbour", "Tundra & Town", "Drones over the harbour"),
        ("NORTHERN WIRE 0630 3 May 2031\n\nDrones over the harbour", "Northern Wire", "Drones over the harbour"),
        ("Drones over the harbour\nTwelve machines for the police", None, "Drones over the harbour"),
        ("the rope walk\na blog about knots\n\nDrones", "the rope walk", "Drones"),
        ("RADIO TORSUND, MORNING HOUR. Transcript of 3 May 2031, 07.20", "Radio Torsund", "MORNING HOUR. Transcript of 3 May 2031"),
    ],
)  # fmt: skip
def test_papers_and_stations_stand_above_their_stories(heading: str, outlet: str | None, title: str) -> None:
    """Number, day and page mark a periodical's name; a headline with a second line names no outlet."""
    found = document(f"{heading}\n\nTORSUND (NPA) - {STORY}" if outlet else f"{heading}\n\n{STORY}", "a.txt")
    assert (found.outlet, found.title) == (outlet, title)


def test_a_heading_may_be_a_sentence() -> None:
    found = document(f"TOWN COUNCIL OF TORSUND. Minutes of the sitting held on 3 May 2031.\n\n{STORY}", "a.txt")
    assert (found.outlet, found.title) == ("Town Council of Torsund", "Minutes of the sitting held on 3 May 2031")


def test_a_sentence_that_opens_with_capitals_is_no_dateline() -> None:
    """The end of a sentence after two capital words names no agency."""
    assert document(f"Notice is given under the Foreign Ports Ordinance. {STORY}", "a.txt").outlet is None


def test_a_release_presents_its_maker_at_the_end() -> None:
    """Its stamp is neither outlet nor title; an address that spells a name in the text gives the name."""
    opening = (
        f"FOR IMMEDIATE RELEASE\n\nA warmer welcome\n\nTORSUND, 3 May 2031. Bright Lens is glad to say so. {STORY}"
    )
    for end in ("About us: Bright Lens was founded in a loft.", "Press contact: press@brightlens.example"):
        found = document(f"{opening}\n{end}\n", "a.txt")
        assert (found.outlet, found.title) == ("Bright Lens", "A warmer welcome")


@pytest.mark.parametrize(
    ("last", "published"),
    [
        ("Filed at Torsund this 25th day of April 2031. Fee waived.", "2031-04-25"),
        ("Done at Torsund on the third of May, in the year 2031.", "2031-05-03"),
        ("The nets were filed down on 3 May 2029 in Torsund.", None),
    ],
)
def test_the_closing_formula_dates_an_official_paper(last: str, published: str | None) -> None:
    """A day in the story's last sentence does not."""
    assert document(f"HARBOUR OFFICE\nOrder 7\n\n{STORY}\n{last}\n", "a.txt").published == published


def test_the_opening_may_give_place_and_day() -> None:
    found = document(f"HARBOUR OFFICE\nOrder 7\n\nTo all masters of ships in the two harbours of the town, and to their owners. Torsund, 1 May 2031. {STORY}", "a.txt")  # fmt: skip
    assert (found.published, found.published_from) == ("2031-05-01", "text opening")


@pytest.mark.parametrize(
    ("head", "body", "outlet"),
    [
        ("<meta name='author' content='Ministry of Ports, press service'>", "", "Ministry of Ports"),
        ("", "<header>Chamber of Ports – Publications – Reports</header>", "Chamber of Ports"),
        ("", "<nav>World | Sport</nav><div>NPA – Northern Press Agency</div>", "Northern Press Agency"),
        ("<title>Drones over the harbour | NPA</title>", "<nav>Northern Press Agency Weather</nav>", "Northern Press Agency"),
        ("<meta name='citation_journal_title' content='Annals of Ports'><meta property='og:site_name' content='Paper Hub'>", "", "Annals of Ports"),
        ("", "<p>Ida Moen, Harbour Post, 3 May 2031</p>", "Harbour Post"),
        ("", "<nav><a href='/'>Home</a> <a href='/c'>City Council</a></nav>", None),
    ],
)  # fmt: skip
def test_pages_without_a_stated_site_still_name_their_publisher(head: str, body: str, outlet: str | None) -> None:
    """In author, header, byline or spelled-out initials; never in the way about the site."""
    page = (
        f"<html><head>{head}</head><body>{body}<h1>Drones over the harbour</h1><article>{PAGE}</article></body></html>"
    )
    assert document(page).outlet == outlet


def test_the_footer_names_the_body() -> None:
    page = f"<html><body><h1>Decision 7/2031</h1><article>{PAGE}</article><footer>Harbour Inspectorate of Torsund. Quote freely.</footer></body></html>"
    assert document(page).outlet == "Harbour Inspectorate of Torsund"


def test_the_storys_own_heading_comes_before_a_series_title() -> None:
    head = "<title>Written Answers, Council of Ports, 12 June 2031</title>"
    found = document(
        f"<html><head>{head}</head><body><article><h1>Question 418: Drones</h1>{PAGE}</article></body></html>"
    )
    assert found.title == "Question 418: Drones"


@pytest.mark.parametrize(
    ("note", "outlet", "published"),
    [
        ("# Drones\n\n*Harbour Post, 3 May 2031*\n\n", "Harbour Post", "2031-05-03"),
        ("**MINISTRY OF PORTS**\n\n# Drones\n\n3 May 2031\n\n", "Ministry of Ports", "2031-05-03"),
        ("---\ntitle: Drones\nissuer: Harbour Office\ndated: 14 October 2031\n---\n", "Harbour Office", "2031-10-14"),
        ("---\ntitle: rope talk no. 212\nauthor: Aunt Ida\ndate: 2031-05\n---\n", "rope talk", "2031-05"),
        ("---\ntitle: Drones\nauthor: Ministry of Ports, Press Office\n---\n", "Ministry of Ports", None),
        ("---\ntitle: Gull Hall, Operator's Manual, chapter 4\n---\n", "Gull Hall", None),
    ],
)
def test_notes_name_their_outlet_in_many_places(note: str, outlet: str, published: str | None) -> None:
    found = document(f"{note}{STORY}", "a.md")
    assert (found.outlet, found.published) == (outlet, published)
    assert found.text.startswith(ONE)


def letter(sender: str, body: str = STORY, more: str = "") -> bytes:
    return f"From: {sender}\nTo: you@example.org\nSubject: [ports] Drones\n{more}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}".encode()


@pytest.mark.parametrize(
    ("raw", "outlet", "byline"),
    [
        (letter("Press Office, Ministry of Ports <press@ports.example>"), "Ministry of Ports", None),
        (letter('"Ida Moen, Harbour Post" <ida@post.example>'), "Harbour Post", "Ida Moen"),
        (letter("Ida Moen <ida@post.example>", f"{STORY}\n-- \nIda Moen\nHarbour Workers Union\n"), "Harbour Workers Union", "Ida Moen"),
        (letter("Ida Moen <ida@post.example>", more="List-Id: Port Watch <ports.lists.example>\n"), "Port Watch", "Ida Moen"),
        (letter("post@ports.example", f"MINISTRY OF PORTS\nStatement\n\n{STORY}"), "Ministry of Ports", None),
        (letter("Salt Road <hello@saltroad.example>", f"{STORY}\n-- \nHarbour Workers Union\n"), "Salt Road", None),
        (letter("Ida Moen <ida@post.example>"), "Ida Moen", None),
    ],
)  # fmt: skip
def test_a_person_writes_for_a_body(raw: bytes, outlet: str, byline: str | None) -> None:
    """A name that writes from a desk's address is no person's; a person who names no body is the outlet."""
    found = document(raw, "a.eml")
    assert (found.outlet, found.byline, found.title) == (outlet, byline, "Drones")


@pytest.mark.parametrize(
    ("channel", "outlet"),
    [("Harbour Post - RSS feed", "Harbour Post"), ("Latest news from Harbour Post", "Harbour Post"), ("Harbour Feed Mill", "Harbour Feed Mill")],
)  # fmt: skip
def test_a_channels_title_is_not_called_a_feed(channel: str, outlet: str) -> None:
    item = f"<item><title>Drones</title><description>{ONE} {TWO}</description></item>"
    assert (
        document(f"<rss version='2.0'><channel><title>{channel}</title>{item}</channel></rss>", "a.xml").outlet
        == outlet
    )
