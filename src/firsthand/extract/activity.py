"""What a statement says is done: the activity that a model of its words finds likeliest."""

from __future__ import annotations

from firsthand.knowledge.activities import activity_odds
from firsthand.records import Activity


def activity(words: str) -> Activity:
    """The likeliest activity of a statement, from its words alone; of equals, the first by name.

    >>> activity("The firm shipped 300 cameras to the ministry under a contract.")
    'supply'
    """
    odds = activity_odds(words)
    return min(odds, key=lambda name: (-odds[name], name))
