"""Shared wording and shared details of a pair, and how pairs are found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from derive_stories import REPORT, REPRINT, RETOLD, WIRE, document

from firsthand.records import Document
from firsthand.trace import passages
from firsthand.trace.derive_links import compare_all, shared_wordings
from firsthand.trace.details import Profile, profile
from firsthand.trace.direction import may_derive, standing
from firsthand.trace.meeting import HUBS, SHARED_SHORT, candidates
from firsthand.trace.reuse import MAX_POSTING, PARTNERS, Rarity, prospects
from firsthand.trace.shingles import SHORT, shingles
from firsthand.trace.word_marks import Marks, word_marks

LONG = " ".join(f"word{i} stands{i % 7} here{i % 11}" for i in range(400))


def marks_of(docs: Sequence[Profile]) -> list[Marks]:
    return shingles(word_marks([p.document.text for p in docs]))


def aligned(child: Document, parent: Document) -> passages.Wording:
    c, p = profile(child), profile(parent)
    mine, theirs = marks_of([c, p])
    return passages.Aligner(p, theirs).align(c, mine)


def test_passages_quote_both_documents() -> None:
    """Each passage is the same words in both texts, and the child's passages do not overlap."""
    c, p = profile(REPRINT), profile(WIRE)
    wording = aligned(REPRINT, WIRE)
    end = 0
    for passage in wording.passages:
        assert passage.child >= end
        end = passage.child + passage.length
        assert c.folded[passage.child : end] == p.folded[passage.parent : passage.parent + passage.length]
    assert wording.child_share > 0.9 > wording.parent_share > 0.4


def test_turning_a_wording_sees_it_from_the_other_side() -> None:
    there, back = aligned(REPRINT, WIRE), aligned(WIRE, REPRINT)
    assert there.turned().words == back.words
    assert there.turned().parent_share == there.child_share


def test_unrelated_texts_share_no_wording() -> None:
    assert aligned(RETOLD, REPORT).words < 10


def test_any_run_of_eighteen_words_is_found() -> None:
    """The winnowing guarantee: 8 + 11 - 1 words, wherever they stand."""
    words = LONG.split()
    for start in (0, 333, 700):
        run = " ".join(words[start : start + 18])
        other = document(
            " ".join(f"other{i}" for i in range(300)) + f" {run} " + " ".join(f"tail{i}" for i in range(300))
        )
        docs = [profile(document(LONG)), profile(other)]
        assert candidates(docs, marks_of(docs), [0, 1]).pairs == {(0, 1)}


def test_a_site_that_repeats_its_furniture_is_not_paired() -> None:
    """Three stories of one outlet with one footer: no pair; of three outlets: pairs."""
    footer = " ".join(f"footer{i}" for i in range(40))

    def pairs(outlets: list[str]) -> set[tuple[int, int]]:
        docs = [profile(document(f"Story number{i} is told{i}. {footer}", outlet=o)) for i, o in enumerate(outlets)]
        return candidates(docs, marks_of(docs), [0, 1, 2]).pairs

    assert pairs(["Post", "Post", "Post"]) == set()
    assert len(pairs(["Post", "Courier", "Weekly"])) == 3


def test_furniture_is_known_though_each_story_leaves_other_marks_of_it() -> None:
    """Marks of a window depend on what stands around the footer, so all shingles are counted and not only marks."""
    footer = " ".join(f"footer{i}" for i in range(12))
    texts = [f"{' '.join(f's{n}w{i}' for i in range(30))} {footer} {' '.join(f't{n}w{i}' for i in range(30))}"
             for n in range(12)]  # fmt: skip
    docs = [profile(document(text, outlet="Post")) for text in texts]
    found = candidates(docs, marks_of(docs), list(range(12)))
    assert found.pairs == set()
    assert len(found.furniture) == 12 - SHORT + 1


@pytest.mark.parametrize(("outlets", "furniture"), [(["Post"] * 3, True), (["Post", "Post", "Echo"], False)])
def test_furniture_that_came_along_with_copied_stories_is_no_shared_wording(
    outlets: list[str], furniture: bool
) -> None:
    """Two other papers copy two stories of the Post, its head and foot included: the stories are not related."""
    head, foot = (" ".join(f"{part}{i}" for i in range(20)) for part in ("head", "foot"))
    stories = [" ".join(f"story{n}word{i}" for i in range(60)) for n in range(3)]
    framed = [f"{head} {story} {foot}" for story in stories]
    docs = [profile(document(text, outlet=o, title=str(n))) for n, (text, o) in enumerate(zip(framed, outlets))]  # noqa: B905
    docs += [profile(document(framed[0], outlet="Weekly")), profile(document(framed[1], outlet="Mail"))]
    wordings = shared_wordings(docs, list(range(5)))
    assert ((3, 4) not in wordings) is furniture
    assert wordings[0, 3].child_share == wordings[1, 4].child_share == 1.0


def test_a_long_common_ending_of_two_outlets_is_a_story_whoever_repeats_it() -> None:
    story = " ".join(f"word{i}" for i in range(passages.FRAME_WORDS + 1))
    docs = [profile(document(f"Update {n}{n} says{n}. {story}", outlet="Post")) for n in range(3)]
    docs += [profile(document(f"Elsewhere it began{n}. {story}", outlet=o)) for n, o in enumerate(["Weekly", "Mail"])]
    wordings = shared_wordings(docs, list(range(5)))
    assert wordings[3, 4].words == passages.FRAME_WORDS + 1


def test_a_text_that_very_many_print_is_paired_with_the_earliest() -> None:
    """A hundred printings give hundreds of pairs, not thousands, and each is paired with the earliest."""
    docs = [profile(document(f"{LONG} ending{i}")) for i in range(100)]
    ranks = list(range(99, -1, -1))  # the last is the earliest
    pairs = candidates(docs, marks_of(docs), ranks).pairs
    assert len(pairs) < 100 * (HUBS + 1)
    assert all((i, 99) in pairs for i in range(99))


def test_a_pair_below_five_shared_shingles_is_not_looked_at() -> None:
    """Nine words in common make five shingles of five; eight make four, and no window is sure to keep them."""

    def paired(words: int) -> bool:
        """By the short channel alone: a word in the middle differs from long run to long run."""
        runs = [" ".join(f"run{k}word{i}" for i in range(min(5, words))) for k in range(words)]
        docs = [profile(document(" ".join(f"{run} {mark}{k}" for k, run in enumerate(runs)))) for mark in ("a", "b")]
        return bool(candidates(docs, marks_of(docs), [0, 1]).pairs)

    assert not paired(SHARED_SHORT - 1)
    assert paired(SHARED_SHORT)


def test_a_figure_that_very_many_give_pairs_each_with_the_earliest_and_a_word_pairs_none() -> None:
    def found(text: str) -> set[tuple[int, int]]:
        texts = [f"{text} stand {'abcdefgh'[n % 8]}{n}x." for n in range(MAX_POSTING + 1)]
        docs = [profile(document(t)) for t in [*texts, *(f"Else{'abcdefgh'[n % 8]}{n}." for n in range(250))]]
        return set(prospects(docs, Rarity(docs, list(range(len(docs)))), list(range(len(docs)))))

    assert found("Velmont’s ferrymen and clerks and otters") == set()
    pairs = found("Of 1,437 and 9,812 and 7,654")
    assert {(hub, MAX_POSTING) for hub in range(HUBS)} <= pairs
    assert all(min(pair) < HUBS for pair in pairs)


def test_a_document_meets_those_that_share_most_with_it() -> None:
    """Of more partners than are kept, the ones with an extra rare figure are kept."""
    figures = "1,437 and 9,812 and 7,654 and 3,571"
    docs = [profile(document(f"All of {figures} and {n // 2}{n // 2}7{n // 2}3 stand.")) for n in range(200, 240)]
    pairs = prospects(docs, Rarity(docs, list(range(40))), list(range(40)))
    assert {(n, n + 1) for n in range(0, 40, 2)} <= pairs.keys()
    assert len(pairs) <= 40 * PARTNERS


def test_quoted_words_are_counted_apart() -> None:
    quote = "“We bought these cameras because the people of this town asked us for them at every single meeting”"
    a = document(f"The mayor of Harnby said on Friday: {quote}.")
    b = document(f"{quote}. With these words a mayor answered her critics in the hall.")
    wording = aligned(a, b)
    assert wording.words > 15
    assert passages.outside_quotes(wording, profile(a)) == 0


def test_a_detail_that_most_documents_give_is_background() -> None:
    """Two holders among many: rare. All of them: nothing. Copies of one text count once."""
    texts = ["Velmont has 1,437 cameras.", "Velmont bought 1,437 cameras."] + [
        f"Velmont is a town, number {i}." for i in range(14, 24)
    ]
    docs = [profile(document(t)) for t in texts]
    rarity = Rarity(docs, list(range(len(docs))))
    assert rarity.of("n:1437") == 1
    assert rarity.of("word:velmont") < 0.3
    assert Rarity(docs, [0, 0, *range(1, 11)]).holders("n:1437") == 1


def test_details_match_sentences_in_order() -> None:
    known = compare_all([profile(WIRE), profile(RETOLD)])
    (link,) = known.links[1]
    assert link.parent == 0
    assert link.telling.in_order == 1
    assert {"n:1347", "n:640", "n:7300000", "share:2/7", "dur:26m"} <= {s.key for s in link.telling.shared}


def test_direction_follows_dates_and_never_runs_against_them() -> None:
    early, late = (standing(profile(document("x", published=d)), frozenset()) for d in ("2034-02-05", "2034-02-06"))
    assert may_derive(late, early, None, None).certainty == 1
    assert may_derive(early, late, None, None).certainty == 0


def test_direction_without_dates_follows_signs_of_own_work() -> None:
    wire, bare = (standing(profile(document(d.text)), frozenset()) for d in (WIRE, RETOLD))
    assert may_derive(bare, wire, None, None).certainty > 0
    assert may_derive(wire, bare, None, None).certainty == 0


def test_a_date_that_no_calendar_has_is_no_date() -> None:
    assert standing(profile(document("x", published="2034-02-30")), frozenset()).published is None
