"""What a statement says is done: the activity that its words weigh heaviest for."""

from __future__ import annotations

from firsthand.knowledge.cues import cues
from firsthand.records import Activity

# On a tie the more telling activity wins: a deployment is mentioned in passing far oftener than a sanction.
_ORDER: tuple[Activity, ...] = (
    "sanction", "harm", "constraint", "policy", "supply", "plan",
    "development", "collection", "research", "use", "capability", "deployment",
)  # fmt: skip


def activity(words: str) -> Activity:
    """The activity of a statement, by the summed weight of its cue words (`knowledge/cues.toml`); `use` without
    any cue.

    >>> activity("The firm shipped 300 cameras to the ministry under a contract.")
    'supply'
    """
    totals = dict.fromkeys(_ORDER, 0.0)
    for name, weight, pattern in cues().activity:
        hits = {m.group().lower() for m in pattern.finditer(words)}
        totals[name] += weight * min(2, len(hits))  # type: ignore[index]  # the lexicon's tables are these activities
    best = max(totals.values())
    if best == 0:
        return "use"
    return next(name for name in _ORDER if totals[name] == best)
