"""Small parts of reading: dates, names, set phrases, characters and encodings."""

from __future__ import annotations

import pytest

from firsthand.read.bylines import byline_in, is_name_line, name_beside_date
from firsthand.read.clutter import zone_of
from firsthand.read.dates import day_without_year, find_dates, settle, stated_date
from firsthand.read.encoding import decode
from firsthand.read.language import language_of
from firsthand.read.markup import Element
from firsthand.read.names import Claim, agree, copyright_holder, same_outlet, split_title
from firsthand.read.phrases import is_biography, is_credit, is_furniture, is_photo_credit, opens_comments, opens_related
from firsthand.read.wording import contained, ends_sentence, line, word_count


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("November 3, 2031, page 4", "2031-11-03"),
        ("3rd of November 2031", "2031-11-03"),
        ("Thu 18 Apr 2030 07:00", "2030-04-18T07:00:00"),
        ("2030.02.11 3:05pm", "2030-02-11T15:05:00"),
        ("12:00 a.m., March 14, 2029", "2029-03-14T00:00:00"),
        ("March 14, 2029 09:20 GMT", "2029-03-14T09:20:00Z"),
        ("17:47 16.04.2030", "2030-04-16T17:47:00"),
        ("Aug 30, 2029 | 19:02 IST", "2029-08-30T19:02:00"),
        ("Thu Nov 21 19:40:12 CET 2030", "2030-11-21"),
        ("5 de marzo de 2030", "2030-03-05"),
        ("3. März 2030, 14.05 Uhr", "2030-03-03T14:05:00"),
        ("17 апреля 2030 г. 12:30", "2030-04-17T12:30:00"),
        ("2030年4月16日", "2030-04-16"),
        ("2030년 4월 16일", "2030-04-16"),
        ("12/25/2030", "2030-12-25"),
        ("Mon, 10/08/2029", "2029-10-08"),
    ],
)
def test_dates_in_words_and_figures(text: str, edtf: str) -> None:
    assert [date.edtf for date in find_dates(text)] == [edtf]


@pytest.mark.parametrize(
    "text", ["February 30, 2030", "1.2.3.2030", "room 2030-17", "in 2029", "12 drones, 2030 metres"]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_dates(text) == []


def test_changes_are_told_from_publication() -> None:
    first, second = find_dates("Posted : 2030-04-17 17:20 Updated : 2030-04-17 19:02")
    assert (first.updated, second.updated) == (False, True)


def test_ambiguous_figures_keep_both_readings() -> None:
    (date,) = find_dates("03/04/2030")
    assert (date.edtf, date.other) == ("2030-04-03", "2030-03-04")
    assert settle(date, {"2030-03-04"}) == ("2030-03-04", False)
    assert settle(date, ()) == ("2030-04-03", True)
    assert settle(date, (), month_first=True) == ("2030-03-04", True)


@pytest.mark.parametrize(
    "value", ["", "yesterday", "2030-13-45", "99999999", "1901", "0000-00-00T00:00", "Fri, 99 Foo 2030"]
)
def test_fields_without_a_date_give_none(value: str) -> None:
    assert stated_date(value) is None


def test_a_dateline_without_a_year_is_reported_as_such() -> None:
    assert day_without_year("TORSUND, March 7 (NPA) - The") == "March 7"
    assert day_without_year("TORSUND, March 7, 2031 (NPA) - The") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ana Lind", "Ana Lind"),
        ("Text: Ana Lind", "Ana Lind"),
        ("Published 3 May | Author: Ana Lind", "Ana Lind"),
        ("Reporter Ana Lind", "Ana Lind"),
        ("Submitted by Ana Lind on Mon, 10/08/2029", "Ana Lind"),
        ("Por Ana Lind", "Ana Lind"),
        ("Text is free to copy", None),
        ("She was hit by Ana Lind", None),
        ("By https://example.org/ana", None),
    ],
)
def test_bylines_need_their_word(text: str, name: str | None) -> None:
    assert byline_in(text) == name


def test_lines_of_names() -> None:
    assert is_name_line("Ana Lind and Ib de la Cruz")
    assert not is_name_line("Ana said nothing")
    assert not is_name_line("Lind")
    assert name_beside_date("Ana Lind | Ib Moe | 3 May 2030") is None


def test_outlets_by_many_names() -> None:
    """A short form, initials and letters run together are one outlet; two papers are two."""
    assert same_outlet("Harbour Post", "The Harbour Post Online")
    assert same_outlet("HP", "Harbour Post")
    assert not same_outlet("Harbour Post", "Harbour Times")
    assert not same_outlet("", "Harbour Post")


def test_support_decides_between_claims() -> None:
    claims = [
        Claim("Sea News", 4.0, "title"),
        Claim("THE HARBOUR POST", 2.0, "masthead"),
        Claim("The Harbour Post Ltd.", 1.5, "copyright line"),
        Claim("harbourpost.example", 0.5, "host"),
        Claim("harbourpost", 0.6, "host"),
    ]
    agreed = agree(claims)
    assert agreed is not None
    assert agreed.name == "The Harbour Post"
    assert agree(claims[:2]) == Claim("Sea News", 4.0, "title")
    assert agree([Claim("", 5.0, "x"), Claim("—", 5.0, "y")]) is None


def test_slogans_are_cut_where_another_claim_ends() -> None:
    agreed = agree([Claim("Harbour Post news from the sea", 4.0, "title"), Claim("HARBOUR POST", 2.0, "masthead")])
    assert agreed is not None
    assert agreed.name == "Harbour Post"


def test_titles_without_dividers_stay() -> None:
    assert split_title("Twelve drones", [], []) == ("Twelve drones", [])
    assert split_title("A long headline about drones | Post", [], []) == ("A long headline about drones", ["Post"])
    assert split_title("Drones | A long headline about boats and nets", [], []) == (
        "A long headline about boats and nets",
        ["Drones"],
    )


def test_copyright_lines_name_their_holder() -> None:
    assert copyright_holder("(c) 2019-2031 Harbour Post") == "Harbour Post"
    assert copyright_holder("© All rights reserved") is None
    assert copyright_holder("The copyright was his.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Share this:", "Tags: sea, sky", "4 min read", "18,204 views", "Photo: Ida Moen", "Subscribe to our channel", "-- end --", "© 2031 Post",
        "Found a mistake? Press Ctrl+Enter", "You have read 2 of 3 free articles this month.", "Skip to content", "Home > Sea > Drones",
        "(Reporting by Ida Moen; editing by Per Lie)", "World | Sport | Weather", "View this email in your browser", "Read also: The plough",
        "When using materials a hyperlink is obligatory.", "ADVERTISEMENT: Boats on credit", "Last updated: 3 May 2031, 10:00",
    ],
)  # fmt: skip
def test_furniture_is_known_by_its_words(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "Poll workers said that they had been filmed.", "Copyright law bars the police from sharing recordings.", "All rights groups in the country protested.",
        "By signing the contract, the ministry agreed to pay for ten years.", "The system is powered by Vocalis.", "Print shops were searched on Monday.",
        "Advertisements for the system ran for weeks.", "Complaints to the commission doubled last year.", "Sent by the ministry, the letter names no one.",
        "Shares closed lower on Friday.", "Follow-up talks failed.", "The town wants to become a member of the union.", "Subscribers were not told.",
    ],
)  # fmt: skip
def test_stories_may_use_the_same_words(text: str) -> None:
    assert not is_furniture(text)


def test_headings_over_links_and_comments() -> None:
    for text in (
        "You may also like",
        "Most read",
        "More from the Harbour Post",
        "Related",
        "Читайте также:",
        "Lo más leído",
    ):
        assert opens_related(text)
    for text in (
        "More than a hundred drones",
        "The latest model",
        "Read also: the plough",
        "Related companies were fined.",
    ):
        assert not opens_related(text)
    assert opens_comments("Leave a Reply")
    assert not opens_comments("The minister comments")


def test_credits_are_evidence_and_biographies_are_not() -> None:
    for text in (
        "Source: Northern Wire",
        "Forwarded from The Post",
        "This article was originally published by the Post.",
        "Via Northern Wire",
    ):
        assert is_credit(text)
        assert not is_furniture(text)
    assert not is_credit("Source code was found in the open.")
    assert is_biography("Ida Moen covers the sea for the Harbour Post.")
    assert not is_biography("Lind is a journalist whom the police had arrested in May.")
    assert is_photo_credit("FILE - A drone above the bridge, May 3, 2031.")


def test_characters() -> None:
    assert line("a\u202eb\ufeff \x07c\ud800") == "ab c\ufffd"
    assert line("क्\u200dष") == "क्\u200dष"
    assert word_count("school’s out") == 2
    assert ends_sentence("Really?”")
    assert ends_sentence("それは違う。")
    assert not ends_sentence("Most read")
    assert contained("harbour post", "The Harbour Post, daily")
    assert not contained("arbour", "The Harbour Post")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Die Behörde prüft die Maßnahmen für öffentliche Plätze und Straßen.", "cp1252"),
        ("Kamery w szkołach są włączone, żeby śledzić uczniów i źródło ognia.", "cp1250"),
        ("Полиция закупила камеры с распознаванием лиц для школ столицы.", "cp1251"),
        ("Полиция закупила камеры с распознаванием лиц для школ столицы.", "koi8-r"),
        ("監視カメラは学校に設置された。政府の発表によると、問題はない。", "cp932"),
        ("監視カメラは学校に設置された。政府の発表によると、問題はない。", "euc_jp"),
        ("监控摄像头安装在学校里，老师说这是为了学生的安全，也有人不同意。", "gb18030"),
        ("監控攝影機安裝在學校裡，老師說這是為了學生的安全，也有人不同意。", "big5"),
        ("감시 카메라가 학교에 설치되었다. 정부는 이를 확인했다고 말했다.", "cp949"),
        ("Nothing but plain letters in this one.", "utf-16-le"),
    ],
)
def test_undeclared_encodings_are_found(text: str, codec: str) -> None:
    decoded = decode((text * 4).encode(codec))
    assert decoded is not None
    assert decoded.text == text * 4
    assert decoded.warnings or codec == "utf-16-le"


def test_declarations_count_unless_the_bytes_contradict() -> None:
    """A page that says Latin-1 and is UTF-8 is read as UTF-8, with a warning; one that keeps its word gives none."""
    wrong = decode('<meta charset="iso-8859-1"><p>Prüfung'.encode())
    assert wrong is not None
    assert (wrong.text[-7:], wrong.codec) == ("Prüfung", "utf-8")
    assert "claims" in wrong.warnings[0]
    right = decode('<meta charset="iso-8859-1"><p>Prüfung'.encode("latin-1"))
    assert right is not None
    assert (right.text[-7:], right.warnings) == ("Prüfung", ())


def test_broken_bytes_are_counted_and_shown() -> None:
    decoded = decode("naïve café ".encode() * 50 + b"\xff" + b" and more text")
    assert decoded is not None
    assert decoded.replaced == 1
    assert "1 bytes" in decoded.warnings[0]
    assert line(decoded.text)[-15] == "\ufffd"


def test_byte_ranges_count_bytes() -> None:
    raw = "\ufeffnaïve “quotes”".encode()
    decoded = decode(raw)
    assert decoded is not None
    at = decoded.text.index("“")
    found = decoded.byte_range(at, len(decoded.text))
    assert found is not None
    assert raw[slice(*found)].decode() == "“quotes”"


def test_languages() -> None:
    assert language_of("It was there that the men who were on the boat had seen it.") == "en"
    assert language_of("Kurz.", "de") == "de"
    assert language_of("Kurz.", "de_AT.UTF-8") == "de-AT"
    assert language_of("Kurz.") is None
    assert language_of("감시 카메라가 학교에 설치되었다고 정부가 말했다. 학생들은 모른다.") == "ko"
    assert language_of("監視カメラは学校に設置された。政府の発表によると、問題はないとされた。") == "ja"


def test_zones_by_tag_role_and_name() -> None:
    def zone(tag: str, **attributes: str) -> str:
        return zone_of(Element(tag, {key.rstrip("_"): value for key, value in attributes.items()}, None, 0))

    assert zone("aside") == "clutter"
    assert zone("div", role="navigation") == "clutter"
    assert zone("div", class_="postRelatedStories") == "clutter"
    assert zone("div", class_="read-more") == "clutter"
    assert zone("section", id="comments-area") == "comments"
    assert zone("p", class_="img-caption") == "caption"
    assert zone("div", class_="entry-meta") == "small"
    assert zone("div", class_="article-body paywall") == ""
    assert zone("article", class_="post category-related tag-comments") == ""
    assert zone("div", hidden="") == "clutter"
