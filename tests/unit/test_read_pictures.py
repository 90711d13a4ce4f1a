"""Captions are kept with their image and out of the text."""

from __future__ import annotations

import time

import pytest
from read_cases import document

ONE = "The harbour police bought twelve drones in March, according to the budget of the town, which was published late."
TWO = "A second order of eight drones is planned for the next year, the harbour master told the council on Tuesday."
CAPTION = "The northern quay at dusk, seen from the customs house"


def captions(inside: str) -> list[tuple[str, str | None]]:
    page = f"<!doctype html><html><head><title>Drones over the quay</title></head><body><article><h1>Drones over the quay</h1><p>{ONE}</p>{inside}<p>{TWO}</p><p>{ONE.replace('March', 'May')}</p></article></body></html>"
    found = document(page)
    assert CAPTION not in found.text
    return [(image.url, image.caption) for image in found.images]


@pytest.mark.parametrize(
    "figure",
    [
        "<figure class='hideable related-size'><div class='share'><img src='/q.jpg'></div><figcaption>%s</figcaption></figure>",
        "<figure><picture><source srcset='/q.jpg 1x, /r.jpg 2x'></picture><figcaption>%s</figcaption></figure>",
        "<figure><noscript><img src='/q.jpg'></noscript><figcaption>%s</figcaption></figure>",
        "<figure><img src='/q.jpg' class='image-icon'><figcaption>%s</figcaption></figure>",
        "<div class='media-widget'><figure><img src='/q.jpg'><figcaption>%s</figcaption></figure></div>",
        "<div class='gallery__player'><div><figure><img src='/q.jpg'><figcaption>%s</figcaption></figure></div></div>",
        "<header><figure><img src='/q.jpg'><figcaption>%s</figcaption></figure></header>",
        "<div class='hero'><div><img src='/q.jpg'></div><div class='ImageCaption_text__x1'>%s</div></div>",
        "<button class='slide'><div><img src='/q.jpg'><figcaption><p>%s</p></figcaption></div></button>",
        "<picture><img src='/q.jpg'></picture><figcaption>%s</figcaption>",
        "<figure><img src='/blank.gif' data-src='/q.jpg'><figcaption>%s</figcaption></figure>",
        "<img src='/q.jpg' alt='%s'>",
        "<img src='/q.jpg' title='%s' alt='quay'>",
    ],
)
def test_a_caption_is_found_wherever_the_page_keeps_it(figure: str) -> None:
    assert captions(figure % CAPTION) == [("/q.jpg", CAPTION)]


def test_the_figure_of_another_story_is_left_out() -> None:
    linked = f"<a href='/other'><figure><picture><source srcset='/q.jpg'></picture><figcaption>{CAPTION}</figcaption></figure></a>"
    assert captions(linked) == []


def test_pictures_that_wait_behind_one_placeholder_keep_their_own_captions() -> None:
    figures = "".join(
        f"<figure><img src='/blank.gif'><figcaption>{caption}</figcaption></figure>"
        for caption in (CAPTION, "The southern quay at dawn")
    )
    assert captions(figures) == [("/blank.gif", CAPTION), ("/blank.gif", "The southern quay at dawn")]


@pytest.mark.parametrize(
    "box",
    [
        "<aside class='read-more-links'><img src='/q.jpg'><figcaption>%s</figcaption></aside>",
        "<div class='author-card'><figure><img src='/q.jpg'><figcaption>%s</figcaption></figure></div>",
        "<div class='related'><div><figure><img src='/q.jpg'><figcaption>%s</figcaption></figure></div></div>",
    ],
)
def test_a_captioned_picture_in_a_box_of_extras_is_left_out(box: str) -> None:
    assert captions(box % CAPTION) == []


def test_who_wrote_the_story_is_no_caption() -> None:
    assert captions("<div><img src='/q.jpg'><figcaption>By Ana Lind</figcaption></div>") == [("/q.jpg", None)]


@pytest.mark.parametrize("boxes", ["<div class=caption>" * 20_000, "<p class=caption>one two three</p>" * 20_000])
def test_captions_without_end_are_read_in_time(boxes: str) -> None:
    started_s = time.process_time()
    captions(boxes)
    assert time.process_time() - started_s < 15


def test_two_words_are_no_caption() -> None:
    assert captions("<img src='/q.jpg' alt='Town quay'>") == [("/q.jpg", None)]
