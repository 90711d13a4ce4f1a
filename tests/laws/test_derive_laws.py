"""What holds for derivations whatever the documents are."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.records import Derivation, Document
from firsthand.trace.derive import derive

sys.path.insert(0, str(Path(__file__).parent.parent / "unit"))
from derive_stories import BRIEF, CLUMSY, REPORT, REPRINT, RETOLD, WIRE, document

STORIES = (REPORT, WIRE, REPRINT, RETOLD, CLUMSY, BRIEF)
SENTENCES = [s.strip() + "." for d in STORIES for s in d.text.replace("\n", " ").split(".") if s.strip()]
DATES = (None, "2034-02-05", "2034-02-06", "2034-02-06T08:00Z", "2034-02", "2034-02-30", "nonsense")


@st.composite
def mixtures(draw: st.DrawFn) -> list[Document]:
    """Documents put together from sentences of the stories, so that they share much in every odd way."""
    made = []
    for n in range(draw(st.integers(min_value=0, max_value=5))):
        text = "\n\n".join(draw(st.lists(st.sampled_from(SENTENCES), max_size=8)))
        outlet = draw(st.sampled_from([None, "Marlowe News Agency", "Tamsin Institute for Open Records", f"Paper {n}"]))
        made.append(document(text, outlet=outlet, published=draw(st.sampled_from(DATES)), title=f"Number {n}"))
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mixtures(), st.randoms(use_true_random=False))
def test_order_of_documents_changes_nothing(documents: list[Document], random: object) -> None:
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert derive(documents) == derive(shuffled)


@settings(max_examples=60, deadline=None)
@given(mixtures())
def test_derivations_never_run_in_a_circle(documents: list[Document]) -> None:
    up: defaultdict[str, set[str]] = defaultdict(set)
    for edge in derive(documents):
        assert edge.child != edge.parent
        up[edge.child].add(edge.parent)
    for start in list(up):
        seen, todo = set(), list(up[start])
        while todo:
            here = todo.pop()
            assert here != start
            if here not in seen:
                seen.add(here)
                todo += up[here]


@settings(max_examples=60, deadline=None)
@given(mixtures())
def test_evidence_quotes_its_documents(documents: list[Document]) -> None:
    """Every span lies in its text, every edge has evidence in words, and no machine is sure."""
    by_id = {d.id: d for d in documents}
    for edge in derive(documents):
        assert 0 < edge.confidence < 1
        assert edge.evidence
        for evidence in edge.evidence:
            assert evidence.text
            for span, who in ((evidence.child, edge.child), (evidence.parent, edge.parent)):
                assert span is None or 0 <= span.start < span.end <= len(by_id[who].text)


def _without(edges: tuple[Derivation, ...], copy: Document) -> list[Derivation]:
    return [e for e in edges if copy.id not in (e.child, e.parent)]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(STORIES), st.sampled_from(["aaa", "zzz"]))
def test_an_exact_copy_adds_one_reprint_and_changes_nothing_else(story: Document, mark: str) -> None:
    """Whatever its identifier: it may sort before or after the original."""
    before = derive(STORIES)
    copy = replace(story, id=f"d-{mark}", path="copy.html")
    after = derive([*STORIES, copy])
    new = [e for e in after if copy.id in (e.child, e.parent)]
    assert [e.how for e in new if {e.child, e.parent} == {copy.id, story.id}] == ["reprint"]
    assert len(after) == len(before) + 1
    if mark == "zzz":  # the copy sorts last, so the original keeps its place as the first copy
        assert _without(after, copy) == list(before)
