"""Grammar with exact offsets: laws over any text, and the constructions that attribution rests on."""

import os
import subprocess
import sys
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.extract.parse import (
    LONGEST_SENTENCE_WORDS,
    Sentence,
    Token,
    children,
    parse,
    parse_words,
    subtree,
    subtree_span,
)
from firsthand.extract.sentences import sentences
from firsthand.extract.words import words

WORDS = st.sampled_from(
    ["The", "ministry’s", "cameras", "can't", "“see”", ",", ".", "\n", "\n\n", "—", "Mr.", "ة", "3%", "-"]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=120), st.lists(WORDS, max_size=40).map(" ".join)
)


@settings(deadline=None)
@given(TEXTS)
def test_every_token_quotes_its_text(text: str) -> None:
    """Offsets lead back exactly, in order, and no visible character is left out."""
    tokens = [token for sentence in parse(text) for token in sentence.tokens]
    assert all(token.text == text[token.start : token.end] and token.text for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert "".join(token.text for token in tokens) == "".join(c for c in text if not c.isspace())


@settings(deadline=None)
@given(TEXTS)
def test_every_sentence_is_one_tree_within_a_paragraph(text: str) -> None:
    for sentence in parse(text):
        assert "\n\n" not in text[sentence.start : sentence.end]
        assert [token.i for token in sentence.tokens] == list(range(len(sentence.tokens)))
        assert len(subtree(sentence, sentence.root.i)) == len(sentence.tokens)
        assert [token.deprel for token in sentence.tokens if token.head == token.i] == ["root"]


def only(text: str) -> Sentence:
    (sentence,) = parse(text)
    return sentence


def word(sentence: Sentence, text: str) -> Token:
    (found,) = (token for token in sentence.tokens if token.text == text)
    return found


def governed(sentence: Sentence, text: str, relation: str) -> list[str]:
    """Texts of the words that the word `text` governs by `relation`."""
    return [token.text for token in children(sentence, word(sentence, text).i) if token.deprel == relation]


def test_who_reports_and_who_is_cited() -> None:
    """“X reported this on the 25th, citing Y's report”: X reports, Y owns the report that is cited."""
    sentence = only("The Harbour Courier reported this on the 25th, citing the union’s report.")
    assert governed(sentence, "reported", "nsubj") == ["Courier"]
    assert governed(sentence, "reported", "obj") == ["this"]
    assert governed(sentence, "citing", "obj") == ["report"]
    assert governed(sentence, "report", "nmod:poss") == ["union"]


def test_passive_agent_is_told_from_passive_subject() -> None:
    sentence = only("The cameras were installed by a private contractor in March.")
    assert governed(sentence, "installed", "nsubj:pass") == ["cameras"]
    assert governed(sentence, "installed", "obl:agent") == ["contractor"]
    assert word(sentence, "installed").lemma == "install"


def test_according_to_leads_to_the_source() -> None:
    sentence = only("According to the auditors, the city bought three drones last year.")
    assert governed(sentence, "bought", "nsubj") == ["city"]
    assert governed(sentence, "bought", "obl") == ["auditors"]


def test_coordinated_subjects_stay_together() -> None:
    sentence = only("The mayor and two councillors said that the police had used the system.")
    assert governed(sentence, "said", "nsubj") == ["mayor"]
    assert governed(sentence, "mayor", "conj") == ["councillors"]
    assert governed(sentence, "said", "ccomp") == ["used"]
    assert governed(sentence, "used", "nsubj") == ["police"]


def test_a_quotation_hangs_from_its_verb_in_curly_and_straight_quotes() -> None:
    for text in (
        "“We bought the software,” the minister told reporters.",
        '"We bought the software," the minister told reporters.',
    ):
        sentence = only(text)
        assert governed(sentence, "told", "nsubj") == ["minister"]
        assert governed(sentence, "told", "ccomp") == ["bought"]


def test_relative_clause_names_what_it_describes() -> None:
    sentence = only("The company, which sells face recognition to ministries, denied the claim.")
    assert governed(sentence, "denied", "nsubj") == ["company"]
    assert governed(sentence, "company", "acl:relcl") == ["sells"]


def test_subtree_span_covers_the_whole_phrase() -> None:
    text = "The union’s report on cameras in schools angered officials."
    sentence = only(text)
    span = subtree_span(sentence, word(sentence, "report").i)
    assert text[span.start : span.end] == "The union’s report on cameras in schools"


def test_a_run_without_full_stop_is_parsed_in_parts() -> None:
    made = parse("word " * (2 * LONGEST_SENTENCE_WORDS + 1))
    assert [len(sentence.tokens) for sentence in made] == [LONGEST_SENTENCE_WORDS, LONGEST_SENTENCE_WORDS, 1]


def test_no_text_has_no_sentences() -> None:
    assert parse(" \n\n\t") == ()


def test_same_text_same_parse() -> None:
    text = "Officials denied it. The report, published in May, names four firms."
    first = parse(text)
    parse.cache_clear()
    assert parse(text) == first


def test_a_sentence_is_read_alike_alone_and_among_others() -> None:
    """Sentences go through the network together, longest first; who stands beside one changes nothing in it."""
    text = (
        "Officials denied it. The report, published in May, names four firms that sold cameras to the harbour police "
        "and two that repaired them, although neither would say when. Why? “Nobody asked,” the clerk told reporters. "
        "Gates opened. In the valley, where the first masts were raised, farmers count the lenses by hand every spring."
    )
    together = parse_words(text, [words(text, s.start, s.end) for s in sentences(text)])
    alone = [parse_words(text, [words(text, s.start, s.end)])[0] for s in sentences(text)]
    assert list(together) == alone
    assert len(alone) > 5


def test_fast_enough_for_a_case() -> None:
    """At least 3,000 words a second of processor time on a busy machine, as workers run it: with one thread."""
    program = """
import time
from firsthand.extract.parse import parse
parse("Loaded before the clock starts.")
text = "The ministry bought cameras from a company that denied it, two officials said on Monday. " * 300
began = time.process_time()
tokens = sum(len(sentence.tokens) for sentence in parse(text))
print(tokens / (time.process_time() - began))
"""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert float(run.stdout) > 3000


def test_parsing_needs_no_training_library() -> None:
    assert not {"spacy", "jax", "torch"} & set(sys.modules)
