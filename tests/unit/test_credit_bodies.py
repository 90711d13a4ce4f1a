"""How documents are spoken of without their publisher's full name."""

from __future__ import annotations

from derive_stories import document

from firsthand.records import Document
from firsthand.trace.credit_bodies import Speech, Spoken, identity
from firsthand.trace.details import profile


def names(**fields: str) -> set[frozenset[str]]:
    """The names of the publisher of a document with these fields."""
    return set(identity(document("Some words.", **fields)).names)


def spoken(text: str, of: Document) -> Spoken | None:
    """How the one sentence `text` speaks of `of`, beside a text on another matter."""
    other = document("The brass band of the harbour plays on Sunday, weather permitting.")
    return Speech([profile(document(text)), profile(of), profile(other)]).spoken(0, 1).get(0)


def test_sections_of_a_publisher_are_no_names() -> None:
    """What stands behind the dash is where on its pages, not who."""
    assert names(outlet="Chamber of Weights – Publications – Special reports") == {frozenset({"chamb", "weight"})}
    assert names(outlet="Press Office, Board of Tolls") == {frozenset({"board", "toll"})}


def test_a_title_that_names_a_body_stands_for_a_missing_outlet() -> None:
    """A letterhead read as the title is whose letter it is; any other title says nothing of that."""
    assert names(title="COMMAND OF THE COAST GUARD OF VELM: Notice to sailors") != set()
    assert names(title="A walk by the sea") == set()


def test_part_of_a_name_speaks_of_its_bearer() -> None:
    """ "The auditors" for a court of audit; a sentence with no part of the name speaks of nobody."""
    audit = document("We looked at the books.", outlet="Court of Audit")
    by_trade = spoken("The auditors found nothing.", audit)
    assert by_trade is not None
    assert 0.3 < by_trade.share < 1
    in_full = spoken("The Court of Audit found nothing.", audit)
    assert in_full is not None
    assert in_full.share == 1
    assert spoken("Nobody found anything.", audit) is None


def test_papers_go_by_one_anothers_names() -> None:
    """A manual is called a handbook, and an order form is no handbook."""
    manual = document("Wipe the screen first.", title="Operator’s manual, chapter 4")
    called = spoken("The handbook says so.", manual)
    assert called is not None
    assert called.paper
    assert spoken("The contract says so.", manual) is None


def test_a_cue_counts_where_it_stands_by_the_name() -> None:
    """ "Ostrel said" passes something on from Ostrel; a cue at the other end of the sentence does not."""
    firm = profile(document("Our lenses are round.", outlet="Ostrel Optics"))
    near = profile(document("Ostrel said that it sells lenses."))
    far = profile(document("Ostrel sells lenses to whoever asks for them by post or in person, as a clerk once said."))
    assert Speech([near, firm]).cue_near(0, 0, 1)
    assert not Speech([far, firm]).cue_near(0, 0, 1)
