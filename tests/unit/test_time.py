"""Claims about time expressions and what they mean beside a publication date. The sentences are our own."""

from __future__ import annotations

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from firsthand.extract.time import main_time, time_expressions
from firsthand.extract.time_values import bounds, interval, reference

PUBLISHED = "2030-04-19"  # a Friday


def value(text: str, published: str | None = PUBLISHED) -> str | None:
    """EDTF of the first expression in the text."""
    return time_expressions(text, published)[0].edtf


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It opened on 16 April 2030.", "2030-04-16"),
        ("It opened on April 16, 2030.", "2030-04-16"),
        ("on the 16th of April 2030", "2030-04-16"),
        ("It opened on April 16.", "2030-04-16"),
        ("Signed 2030-03-01.", "2030-03-01"),
        ("Signed 01.03.2030.", "2030-03-01"),
        ("Signed 25/03/2030.", "2030-03-25"),
        ("It opened on the 25th.", "2030-03-25"),
        ("Officials said on Tuesday.", "2030-04-16"),
        ("It opened on Friday.", "2030-04-19"),
        ("It opened last Friday.", "2030-04-12"),
        ("switched on this Monday", "2030-04-15"),
        ("It will open on Monday.", "2030-04-22"),
        ("Monday, 15 April", "2030-04-15"),
        ("yesterday", "2030-04-18"),
        ("last week", "2030-04-08/2030-04-14"),
        ("last month", "2030-03"),
        ("next month", "2030-05"),
        ("last year", "2029"),
        ("last September", "2029-09"),
        ("next September", "2030-09"),
        ("in February this year", "2030-02"),
        ("switched on in October", "2029-10"),
        ("It will move in October.", "2030-10"),
        ("last autumn", "2029-23"),
        ("last winter", "2029-24"),
        ("in the autumn of 2028", "2028-23"),
        ("by the end of 2030", "2030"),
        ("before the end of the year", "2030"),
        ("before the year is out", "2030"),
        ("in the third quarter of 2027", "2027-07/2027-09"),
        ("in the first half of 2028", "2028-01/2028-06"),
        ("two years ago", "2028"),
        ("18 months ago", "2028-10"),
        ("Two weeks ago", "2030-04-01/2030-04-07"),
        ("three days ago", "2030-04-16"),
        ("about two years ago", "2028~"),
        ("a decade ago", "2020~"),
        ("In year 2028 it grew.", "2028"),
        ("in 2027 year", "2027"),
        ("the 1990s", "199X"),
        ("the early 2020s", "202X"),
        ("in the 21st century", "20XX"),
        ("mid-2028", "2028"),
        ("since 2027", "2027/.."),
        ("since last year", "2029/.."),
        ("From October, visitors register.", "2029-10/.."),
        ("as of January 2028", "2028-01/.."),
        ("until 2029", "../2029"),
        ("between 2026 and 2029", "2026/2029"),
        ("from March to May 2029", "2029-03/2029-05"),
        ("between October and February", "2029-10/2030-02"),
        ("for November and December 2028", "2028-11/2028-12"),
        ("in 2028-2029", "2028/2029"),
        ("for the past three years", "2027/2030"),
        ("16-18 April", "2030-04-16/2030-04-18"),
    ],
)
def test_an_expression_has_the_value_its_words_carry(text: str, wanted: str) -> None:
    """Each way of writing a time gives EDTF no finer and no coarser than its words."""
    assert value(text) == wanted
    parse_edtf(wanted)


@pytest.mark.parametrize("text", ["on Tuesday", "last year", "in October", "the 25th.", "two years ago"])
def test_without_a_publication_date_nothing_is_guessed(text: str) -> None:
    """Relative words stay without a value when there is nothing to resolve them against."""
    assert value(text, None) is None


def test_a_publication_year_alone_resolves_years_and_not_days() -> None:
    """A coarse publication date gives coarse values only."""
    assert value("last year", "2030") == "2029"
    assert value("on Tuesday", "2030") is None


@pytest.mark.parametrize(
    "text",
    [
        "12,000 cameras in 2000 schools",
        "It may rain.",
        "Officers march on.",
        "No. 2028 of the series",
        "room 2030-b",
        "$2028",
        "They fall ill.",
    ],
)
def test_other_words_and_figures_are_no_time(text: str) -> None:
    """Amounts, verbs and serial numbers are left alone."""
    assert time_expressions(text, PUBLISHED) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The cameras came two weeks earlier than planned.",
        "Two days before the vote the feed went dark.",
        "The system ran for years.",
        "It took months.",
    ],
)
def test_a_length_measured_from_something_else_is_no_date(text: str) -> None:
    """How long before a vote something happened says when only to those who know when the vote was."""
    (mention,) = time_expressions(text, PUBLISHED)
    assert (mention.kind, mention.edtf) == ("duration", None)


def test_a_bare_plural_is_a_time_only_where_it_lasts() -> None:
    assert not time_expressions("The school counts the days and years of service.", PUBLISHED)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The trial has been postponed until Saturday.", "../2030-04-20"),
        ("The programme is meant to run through June.", "../2030-06"),
        ("in this fiscal year", "2030~"),
    ],
)
def test_what_was_put_off_lies_ahead(text: str, wanted: str) -> None:
    assert value(text) == wanted


def test_the_part_of_a_day_belongs_to_its_name() -> None:
    """Words for the part of a day are quoted with the day, which keeps its value."""
    found = time_expressions("It failed on Tuesday night and on the morning of 3 March 2030.", PUBLISHED)
    assert [(m.text, m.edtf) for m in found] == [
        ("Tuesday night", "2030-04-16"),
        ("the morning of 3 March 2030", "2030-03-03"),
    ]


_HISTORY = (
    "The line was begun in 1901, paid for in 1902, opened in 1903, electrified in 1904 and doubled in 1905. "
    "A strike began on 3 March 1905. "
)


@pytest.mark.parametrize(
    "aside",
    [
        "Today two of the engines stand in the museum.",
        "A book found the figures in 2011.",
        "It was the longest since 1871.",
        "The engine shop had opened four years earlier.",
    ],
)
def test_an_aside_does_not_carry_a_tale_off(aside: str) -> None:
    """In a history, what is said from today, looks back or is named by the way leaves the year where it was."""
    found = time_expressions(
        f"{_HISTORY}{aside} On 9 May the drivers returned. By 1906 all was forgotten.", "2030-04-19"
    )
    assert next(m.edtf for m in found if m.text == "9 May") == "1905-05-09"


def test_a_tale_goes_on_from_a_year_it_jumps_to() -> None:
    text = f"{_HISTORY}In 1938 the line was sold. On 9 May the last train ran. By 1939 the rails were gone."
    assert next(m.edtf for m in time_expressions(text, "2030-04-19") if m.text == "9 May") == "1938-05-09"


def test_the_next_day_follows_the_day_that_was_told_of() -> None:
    text = "The vote was on 3 March 2030. The next day the cameras were on."
    assert [m.edtf for m in time_expressions(text, PUBLISHED)] == ["2030-03-03", "2030-03-04"]


@pytest.mark.parametrize("text", ["every Saturday", "at Saturday meetings", "twice a week", "daily"])
def test_repetitions_have_no_value(text: str) -> None:
    """A habit is not a day."""
    (mention,) = time_expressions(text, PUBLISHED)
    assert (mention.kind, mention.edtf) == ("set", None)


def test_that_year_is_the_year_the_text_named_before() -> None:
    """Words that point back take the year mentioned before, not that of publication."""
    last = time_expressions("The firm signed in 2027. Work began in October of that year.", PUBLISHED)[-1]
    assert last.edtf == "2027-10"


def test_a_date_without_a_year_lies_ahead_only_if_nothing_says_it_is_past() -> None:
    """ "runs to May 20" is next month; "opened on May 20" was last year; months ahead are not taken for soon."""
    assert value("The permit runs to May 20.") == "2030-05-20"
    assert value("It opened on May 20.") == "2029-05-20"
    assert value("The fire of November 20.") == "2029-11-20"


def test_in_a_history_a_month_continues_the_tale() -> None:
    """In a text of years long past, a bare month belongs to the year told of, and moves on into the next."""
    tale = "In 2011 it began. In 2012, 2013, 2014, 2015 it grew. In November 2016 it split. In December it fell. "
    tale += "In March it rose."
    assert [m.edtf for m in time_expressions(tale, PUBLISHED)][-2:] == ["2016-12", "2017-03"]


def test_the_day_of_a_report_is_told_from_the_day_of_the_event() -> None:
    """ "said on Tuesday" dates the saying; the main time of the sentence is the event's."""
    text = "The ministry said on Tuesday that the masts went up in August 2028."
    mentions = time_expressions(text, PUBLISHED)
    assert [m.reporting for m in mentions] == [True, False]
    chosen = main_time(mentions, 0, len(text))
    assert chosen is not None
    assert chosen.edtf == "2028-08"


def test_a_dateline_dates_the_report() -> None:
    """A wire's dateline is no time of an event."""
    (mention,) = time_expressions("VALDERA, November 5 (VNA) - Crowds came.", PUBLISHED)
    assert mention.reporting


def test_no_time_is_chosen_outside_the_span() -> None:
    """Only mentions within the clause count for it."""
    assert main_time(time_expressions("It opened in 2028. It grew.", PUBLISHED), 19, 27) is None


def test_a_span_quotes_the_words_with_their_article() -> None:
    """Spans begin with "the", "early" or "since" where those belong to the expression."""
    text = "Built since the early 2020s."
    (mention,) = time_expressions(text, PUBLISHED)
    assert text[mention.start : mention.end] == mention.text == "since the early 2020s"


def test_an_interval_never_runs_backwards() -> None:
    """Years in the wrong order are refused, since EDTF readers accept them."""
    assert interval("2029", "2026") is None
    assert all(m.edtf is None or "/" not in m.edtf for m in time_expressions("in 2029-26", PUBLISHED))


def test_impossible_days_have_no_value() -> None:
    """There is no 31 April."""
    assert value("on 31 April 2030") is None
    assert reference("2030-02-30") is None


_WORDS = st.sampled_from(
    (
        "in on since until between and from to the last next this past 31 30 29 February April May Monday Tuesday 2028 "
        "2030 99 25th year month week autumn winter quarter third first of ago two years weeks decade 1990s end "
        "early before after , . - –"
    ).split()
)
_DATES = st.sampled_from([None, "2030-04-19", "2028-02-29", "0001-01-01", "9999-12-31", "2030", "2030-05"])


@given(st.lists(_WORDS, max_size=14), _DATES)
def test_any_words_give_valid_edtf_that_runs_forward(words: list[str], published: str | None) -> None:
    """Whatever the words, spans quote the text, values parse, and intervals run forward."""
    text = " ".join(words)
    end = 0
    for mention in time_expressions(text, published):
        assert end <= mention.start < mention.end
        end = mention.end
        assert text[mention.start : mention.end] == mention.text
        if mention.edtf is not None:
            parse_edtf(mention.edtf)
            covered = bounds(mention.edtf) if ".." not in mention.edtf else None
            assert covered is None or covered[0] <= covered[1]
