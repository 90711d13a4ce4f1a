"""The text that the speed of extraction is measured on is what it is said to be."""

from __future__ import annotations

import re

from bench.extraction import own_texts, row, turned


def test_names_come_back_under_other_names() -> None:
    """The second round has the stories' words and sentences, and none of their names."""
    text = "Marlov bought cameras in Dunvale. The police of Dunvale deny that they did. They police the gates."
    first, second = list(turned([text]))[:2]
    assert first == text
    assert (
        second == "Merluv bought cameras in Danveli. The police of Danveli deny that they did. They police the gates."
    )


def test_the_projects_own_stories_are_read() -> None:
    texts = own_texts()
    assert len(texts) > 150
    assert all(len(re.findall(r"\w+", text)) > 20 for text in texts)


def test_a_row_counts_what_was_extracted() -> None:
    made = row("own families", 3000, None)
    assert made["characters"] == 3000
    assert int(made["statements"]) > 0
