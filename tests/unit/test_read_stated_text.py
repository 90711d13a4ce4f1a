"""Text that only the JSON-LD of a page carries leads back to its bytes there."""

from __future__ import annotations

import json

import pytest
from read_cases import document

ONE = "The harbour police bought twelve drones in March – “for boats”, according to the budget of the town."
TWO = "A second order of eight drones is planned for the next year, the harbour master told the council, which had not asked."


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("marked_up", [True, False])
def test_an_article_body_leads_to_its_bytes(ascii_only: bool, marked_up: bool) -> None:
    """Escapes of JSON, references and markup are all on the way."""
    body = f"<p>{ONE.replace('–', '&ndash;')}</p>\n<p>{TWO}</p>" if marked_up else f"{ONE}\n\n{TWO}"
    ld = json.dumps({"@type": "NewsArticle", "headline": "Drones", "articleBody": body}, ensure_ascii=ascii_only)
    raw = f"<!doctype html><script type='application/ld+json'>{ld}</script><div id='app'></div>".encode()
    found = document(raw)
    assert found.text == f"{ONE}\n\n{TWO}"
    second = found.blocks[1]
    assert raw[second.byte_start : second.byte_end].decode() == TWO
    first = raw[found.blocks[0].byte_start : found.blocks[0].byte_end].decode()
    assert first.startswith("The harbour police")
    assert first.endswith("of the town.")
    assert len(first) < len(ONE) + 30
