"""What the pages of the fictional ferry case say, quote by quote, and what each quote rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ferry_texts import BLOG

from firsthand.records import Stance


@dataclass(frozen=True)
class Said:
    """A quote, with what it rests on and the finding it belongs to."""

    document: str
    quote: str
    finding: str
    origins: tuple[str, ...] = ()
    stance: Stance = "supports"
    chain: tuple[str, ...] = ()
    reason: str = ""
    fields: tuple[tuple[str, Any], ...] = ()


_REPORT_SAYS: tuple[tuple[str, Any], ...] = (("cue", "said"), ("speakers", ("Lantern Institute",)))


def ferry_said() -> tuple[Said, ...]:
    """Every statement of the case."""
    own = "in its own voice; no passage shows where this comes from"
    return (
        Said(
            "d-report",
            "Since August 2031 the Sundry Bay port authority has run face recognition at all six ferry gates.",
            "F1",
            ("o-report",),
            chain=("d-report",),
            reason="the report's own research",
            fields=(("time", "2031-08/.."), ("time_text", "Since August 2031")),
        ),
        Said(
            "d-daily",
            "The Sundry Bay port authority runs face recognition at its ferry gates, the Lantern Institute said "
            "in a report on Monday.",
            "F1",
            ("o-report",),
            chain=("d-daily", "d-report"),
            reason="attributed to the report, which is captured",
            fields=_REPORT_SAYS,
        ),
        Said(
            "d-daily",
            "saw passengers' names appear on a guard's screen",
            "F1",
            ("o-daily",),
            chain=("d-daily",),
            reason="the paper says that its own reporter saw it",
            fields=(("first_hand", "Our reporter"), ("activity", "use")),
        ),
        *(
            Said(
                where,
                "The port authority runs face recognition at the ferry gates, the Lantern Institute said.",
                "F1",
                ("o-report",),
                chain=chain,
                reason="the wire's text, which comes from Merrow Daily",
                fields=_REPORT_SAYS,
            )
            for where, chain in (
                ("d-wire", ("d-wire", "d-daily", "d-report")),
                ("d-times", ("d-times", "d-wire", "d-daily", "d-report")),
                ("d-post", ("d-post", "d-wire", "d-daily", "d-report")),
            )
        ),
        Said(
            "d-radio",
            '"There is no face recognition at the ferry gates," the ministry said in a statement.',
            "F1",
            ("o-ministry",),
            stance="disputes",
            chain=("d-radio",),
            reason="the ministry's own statement",
            fields=(
                ("cue", "said in a statement"),
                ("speakers", ("the ministry",)),
                ("negated", True),
                ("certainty", "denied"),
            ),
        ),
        Said(
            "d-report",
            "The system was supplied by Halden Optics, the tender notice says.",
            "F2",
            ("o-tender",),
            chain=("d-report",),
            reason="the report passes on the tender notice",
            fields=(
                ("cue", "says"),
                ("speakers", ("tender notice 114/2031",)),
                ("activity", "supply"),
                ("supplier", "Halden Optics"),
            ),
        ),
        Said(
            "d-weekly",
            "Halden Optics said it had delivered gate cameras with face matching to Sundry Bay in July 2031.",
            "F2",
            ("o-halden",),
            chain=("d-weekly",),
            reason="the company speaks from its own knowledge",
            fields=(
                ("cue", "said"),
                ("speakers", ("Halden Optics",)),
                ("activity", "supply"),
                ("supplier", "Halden Optics"),
                ("time", "2031-07"),
                ("time_text", "in July 2031"),
            ),
        ),
        Said(
            "d-daily",
            "Our reporter counted 14 cameras at the gates on Tuesday",
            "F3",
            ("o-daily",),
            chain=("d-daily",),
            reason="the paper says that its own reporter counted them",
            fields=(
                ("first_hand", "Our reporter"),
                ("technology", ("video-surveillance",)),
                ("activity", "deployment"),
            ),
        ),
        Said(
            "d-daily",
            "Our reporter counted 14 cameras at the gates on Tuesday and saw passengers' names",
            "F5",
            ("o-daily",),
            chain=("d-daily",),
            reason="overlaps two other quotes on purpose",
        ),
        Said(
            "d-wire",
            "Fourteen cameras were counted at the gates",
            "F3",
            ("o-daily",),
            chain=("d-wire", "d-daily"),
            reason="the rewrite carries the paper's count",
            fields=(("technology", ("video-surveillance",)),),
        ),
        Said(
            "d-blog",
            "forty cameras already watch the ferry gates",
            "F3",
            reason=own,
            fields=(("technology", ("video-surveillance",)),),
        ),
        Said(
            "d-weekly",
            "Gait recognition may be added next year, said a person with knowledge of the contract who asked not "
            "to be named.",
            "F4",
            ("o-person",),
            chain=("d-weekly",),
            reason="one unnamed person, met by the paper",
            fields=(
                ("cue", "said"),
                ("speakers", ("a person with knowledge of the contract",)),
                ("certainty", "possible"),
                ("activity", "plan"),
                ("technology", ("gait-recognition",)),
            ),
        ),
        Said(
            "d-blog",
            "the gates will soon read how you walk",
            "F4",
            reason=own,
            fields=(("activity", "plan"), ("technology", ("gait-recognition",))),
        ),
        Said(
            "d-report",
            "every passenger's face is kept for 90 days, according to tender notice 114/2031",
            "F6",
            ("o-tender",),
            chain=("d-report",),
            reason="the report passes on the tender notice",
            fields=(("cue", "according to"), ("speakers", ("tender notice 114/2031",)), ("activity", "collection")),
        ),
        Said(
            "d-weekly",
            "The company said that faces are deleted after 90 days.",
            "F6",
            ("o-halden",),
            chain=("d-weekly",),
            reason="the company speaks from its own knowledge",
            fields=(("cue", "said"), ("speakers", ("Halden Optics",))),
        ),
        Said(
            "d-blog",
            BLOG.split("\n\n")[2],
            "F6",
            stance="disputes",
            reason=own,
            fields=(("activity", "collection"),),
        ),
    )
