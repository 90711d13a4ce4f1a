"""Captions are kept with their image and out of the text."""

from __future__ import annotations

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
        "<img src='/q.jpg' alt='%s'>",
        "<img src='/q.jpg' title='%s' alt='quay'>",
    ],
)
def test_a_caption_is_found_wherever_the_page_keeps_it(figure: str) -> None:
    assert captions(figure % CAPTION) == [("/q.jpg", CAPTION)]


def test_the_figure_of_another_story_is_left_out() -> None:
    linked = f"<a href='/other'><figure><picture><source srcset='/q.jpg'></picture><figcaption>{CAPTION}</figcaption></figure></a>"
    assert captions(linked) == []


def test_two_words_are_no_caption() -> None:
    assert captions("<img src='/q.jpg' alt='Town quay'>") == [("/q.jpg", None)]
