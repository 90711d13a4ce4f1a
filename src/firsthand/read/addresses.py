"""Web addresses as pages write them."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from firsthand.read.wording import line


def web_address(address: str, base: str) -> str | None:
    """An absolute or at least relative web address; None for scripts, anchors within the page and embedded data."""
    address = line(address)[:2000]
    if (
        not address
        or address.startswith("#")
        or re.match(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)
    ):
        return None
    try:
        return urljoin(base, address) if base else address
    except ValueError:  # an address that is none, such as one with half a bracket
        return address
