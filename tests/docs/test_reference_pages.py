"""Pages that are written from the code cannot drift from it."""

from __future__ import annotations

import journey
import record_reference


def test_the_glossary_says_what_the_records_say() -> None:
    """When this fails, run `make reference` and read the difference."""
    assert record_reference.PAGE.read_text(encoding="utf-8") == record_reference.reference()


def test_the_journey_shows_what_the_stages_really_make() -> None:
    """When this fails, run `make reference` and read the difference."""
    assert journey.PAGE.read_text(encoding="utf-8") == journey.journey()
