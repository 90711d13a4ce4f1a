"""The text of every example, in every encoding, leads back to the bytes that say it."""

from __future__ import annotations

from bench.byte_map import HIDDEN, leads_back, measured, share, table
from read_cases import document

from firsthand.records import Block


def test_all_text_leads_back_to_its_bytes_whatever_its_encoding() -> None:
    """Other line ends, references, soft hyphens, four more encodings: not one character is lost."""
    tally = measured(damaged=0)
    assert {done for done, _ in tally} >= {"as they are", "with CRLF", "in gb18030", "with references"}
    missed = {
        key: counts for key, counts in tally.items() if key[1] not in HIDDEN and counts["mapped"] != counts["all"]
    }
    assert missed == {}
    assert share(tally) == 1
    assert table(tally).startswith("100.000%")


def test_a_range_that_misses_or_holds_too_much_counts_as_lost() -> None:
    content = b"<p>The town bought twelve drones in March, said its harbour master.</p><p>He sold them again in May, at a loss of a third.</p>"
    found = document(content, "page.html")
    first, second = found.blocks
    assert leads_back(found, first, content)
    swapped = Block(kind="paragraph", start=0, end=first.end, byte_start=second.byte_start, byte_end=second.byte_end)
    whole = Block(kind="paragraph", start=second.start, end=second.end, byte_start=0, byte_end=len(content))
    assert not leads_back(found, swapped, content)
    assert not leads_back(found, whole, content)
