"""docs/cli.md cannot drift from the commands."""

from __future__ import annotations

from cli_reference import PAGE, reference


def test_the_command_reference_is_what_help_says() -> None:
    """When this fails, run `make reference` and read the difference."""
    assert PAGE.read_text(encoding="utf-8") == reference()
