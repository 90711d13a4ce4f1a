"""Retellings without a credit and citations by description, in sets large enough to say what is rare."""

from __future__ import annotations

from dataclasses import replace

from derive_stories import document

from firsthand.records import Derivation, Document
from firsthand.trace.derive import derive
from firsthand.trace.derive_account import explain
from firsthand.trace.derive_links import compare_all
from firsthand.trace.details import profile
from firsthand.trace.direction import may_derive, standing

AUDIT = document(
    "At the request of the assembly this office examined the gate cameras of Lower Sarn over nine months.\n\n"
    "Of 3,116 alarms reviewed, 74 led to a ticket that was upheld. Three gates in four stand in Tannery Row and the "
    "Weir, where a fifth of the inhabitants live.\n\n"
    "The cameras were bought from Ostrel Optics for 2.6 million crowns without a tender, under the urgency procedure.\n\n"
    "No rule was found that permits the pictures to be kept.",
    title="Special report 4: the gate cameras of Lower Sarn", outlet="Court of Audit of Sarn", published="2036-05-02",
)  # fmt: skip
WIRE = document(
    "SARNHAVEN, May 3 (NMP) - Gate cameras in Lower Sarn are wrong nearly every time they raise the alarm, state "
    "auditors said on Friday.\n\n"
    "Only 74 of 3,116 alarms led to a ticket that held, the Court of Audit found. Most of the gates stand in Tannery Row "
    "and the Weir, two poor quarters.\n\n"
    "Ostrel Optics got the job, worth 2.6 million crowns, without a tender, the auditors said.\n\n"
    "Ostrel spokesman Hedwin Pall said fare dodging had fallen by a third since the gates came, going by the company's "
    "own turnstile counts. He would not talk about the price.\n\n"
    "Lower Sarn has a ferry, a brewery and a governor who keeps pigeons.",
    title="Gate cameras mostly wrong, auditors say", outlet="NMP", byline="Iva Torrel", published="2036-05-03",
)  # fmt: skip
LOOSE = document(
    "PITY the poor commuter of Lower Sarn. The gizmos on the gates squeal at him all day, and all but never are they "
    "right.\n\n"
    "It is the have-nots of Tannery Row and the Weir who hear them most. And the firm that hung them up, Ostrel, never "
    "had to beat a rival for its 2.6 million crowns.\n\n"
    "Company mouthpiece Hedwin Pall swears that dodgers are down by a third, and that his turnstiles do not lie. On the "
    "price, mum is the word.\n\n"
    "Our tip: walk. It is good for the calves.",
    title="GATE EXPECTATIONS", outlet="The Daily Sprat", published="2036-05-04",
)  # fmt: skip
RUMOUR = document(
    "The plum jam is in the jars. They say the gates in Sarn can smell who has not paid, and that the buses in Ommer "
    "are next. Bring back my ladder, whoever you are.",
    title="notes from the shed", outlet="shed notes", published="2036-05-20",
)  # fmt: skip
FAIR = document(
    "The harvest fair of Sarnhaven opens on Friday with eleven brass bands and a prize for the heaviest beet. The mayor, "
    "Olda Brenk, will cut the ribbon if her knee allows it.",
    title="Bands and beets", outlet="Sarnhaven Bugle", published="2036-09-01",
)  # fmt: skip
COUNCIL = document(
    "Present: the chair and nine members. The clerk read from the paper of the auditors that 74 alarms in 3,116 had led "
    "to a ticket. The chair called this a poor return. The request for forty further gates was refused by seven votes "
    "to two. The roof of the swimming bath is to be mended in spring.",
    title="Minutes of the sitting of 9 June", outlet="Town Council of Lower Sarn", published="2036-06-09",
)  # fmt: skip
SET = (AUDIT, WIRE, LOOSE, RUMOUR, FAIR, COUNCIL)


def between(child: Document, parent: Document, others: tuple[Document, ...] = SET) -> Derivation | None:
    """The edge from `child` to `parent` when they are traced among `others`."""
    found = derive([child, parent, *(d for d in others if d.outlet not in (child.outlet, parent.outlet))])
    return next((e for e in found if (e.child, e.parent) == (child.id, parent.id)), None)


def how(child: Document, parent: Document, others: tuple[Document, ...] = SET) -> str | None:
    """How `child` uses `parent` among `others`; None without an edge."""
    edge = between(child, parent, others)
    return edge.how if edge else None


def test_story_told_in_other_words_throughout_is_a_rewrite() -> None:
    """No sentence is left, but whatever it has in common with anybody it has in common with the wire."""
    edge = between(LOOSE, WIRE)
    assert edge is not None
    assert (edge.how, edge.credited) == ("rewrite", False)
    assert any(e.kind == "shared-detail" and "Pall" in e.text for e in edge.evidence)
    assert how(LOOSE, AUDIT) is None


def test_in_a_pair_every_word_is_rare_and_decides_nothing() -> None:
    """Without other texts on the matter nobody knows what is rare, so the same two texts are left alone."""
    assert how(LOOSE, WIRE, ()) is None


def test_hearsay_is_no_rewrite() -> None:
    """A neighbour's notes that touch the matter retell nobody."""
    assert not [e for e in derive(SET) if e.child == RUMOUR.id]


def test_a_body_that_writes_of_its_own_work_retells_nobody() -> None:
    """A company's statement with the facts of the wire is its own word."""
    statement = replace(
        LOOSE, id="d-own", outlet="Ostrel Optics Company Ltd", title="Statement on our gates: press release",
        text=LOOSE.text.replace("the firm that hung them up, Ostrel,", "we, who hung them up,").replace("his", "our"),
    )  # fmt: skip
    others = tuple(d for d in SET if d is not LOOSE)
    assert statement.id not in {e.child for e in derive([statement, *others]) if e.how == "rewrite"}


def test_a_body_spoken_of_by_its_trade_is_cited() -> None:
    """ "The auditors" are the Court of Audit where no other body audits."""
    edge = between(COUNCIL, AUDIT)
    assert edge is not None
    assert edge.how == "cites"
    assert any(e.kind == "cue" and "auditors" in e.text for e in edge.evidence)


def test_a_report_on_a_bodys_paper_cites_it() -> None:
    """An agency that adds the company's answer does more than retell the auditors."""
    assert how(WIRE, AUDIT) == "cites"


def test_what_a_body_publishes_comes_before_what_is_reported_of_it() -> None:
    """Where no date decides, an undated order is the parent of the agency's story on it, however bare it is."""
    body = standing(profile(replace(AUDIT, published=None)), frozenset(), body=True)
    story = standing(profile(replace(WIRE, published=None)), frozenset({0, 1}))
    assert may_derive(story, body, None, None).certainty > 0
    assert may_derive(body, story, None, None).certainty == 0


def test_adding_a_copy_of_the_parent_leaves_the_rewrite() -> None:
    """A second copy of the wire is no rival to it."""
    copy = replace(WIRE, id="d-copy", outlet="Weir Gazette", published="2036-05-05")
    assert how(LOOSE, WIRE, (*SET, copy)) == "rewrite"


def test_a_retelling_that_only_says_a_report_gives_no_newspaper_credit() -> None:
    """However clearly it speaks of a report, it means the paper behind the story; of a body's own paper it is credit."""
    profiles = [profile(d) for d in (WIRE, LOOSE)]
    (link,) = compare_all(profiles).links[1]
    mention = replace(link.weighed.mention, sentence=0)
    described = replace(link, weighed=replace(link.weighed, mention=mention, cited=1.0, comparable=True))
    of_an_outlet = explain(described, "rewrite", compare_all(profiles))
    of_a_body = explain(described, "rewrite", compare_all(profiles, {WIRE.id}))
    assert (of_an_outlet.credited, of_a_body.credited) == (False, True)
    assert not any("speaks of it" in evidence.text for evidence in of_an_outlet.evidence)
