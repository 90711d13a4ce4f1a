"""The one place where the command line reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> str:
    """Now: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
