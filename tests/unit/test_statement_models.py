"""What is learned of statements: the file of weights, whether a text has the subject, activities, technologies."""

from __future__ import annotations

from pathlib import Path

import pytest

from firsthand.extract import extract
from firsthand.extract.activity import activity
from firsthand.extract.sentences import paragraphs, sentences
from firsthand.extract.subject import on_subject
from firsthand.extract.technology import leading, meant, spot_technology, technology_standing
from firsthand.knowledge.activities import activity_odds
from firsthand.knowledge.models.linear import LinearModel, read_models, statement_model, write_models
from firsthand.knowledge.senses import NAME, NUMBER, senses, stem, stems
from firsthand.records import Document

HARBOUR = (
    "The port of Vell has fitted 40 cameras that recognise faces along the fish quay. Pictures of dockers are kept for a "
    "year.\n\nThe harbour police check each face against a list of people who owe fines. Two dockers were "
    "dismissed after the system mistook them for others."
)
KITCHEN = (
    "Soak the beans overnight and rinse them well. Fry the onions in butter until they turn golden.\n\nAdd the beans, a bay "
    "leaf and two litres of water. My grandmother always put in a spoonful of mustard at the end."
)


def _document(text: str) -> Document:
    return Document(id="d-1", sha256="", part=0, path="a.txt", text=text)


def _has_subject(text: str) -> bool:
    return on_subject(text, [found for found in (sentences(text, p) for p in paragraphs(text)) if found])


def test_models_are_written_and_read_the_same(tmp_path: Path) -> None:
    """One line a feature; the same models give the same bytes."""
    models = {"taste": LinearModel(classes=("sweet", "sour"), weights={"word lemon": (-900, 1200), "always": (1, 0)})}
    write_models(tmp_path / "a.json", models)
    write_models(tmp_path / "b.json", read_models((tmp_path / "a.json").read_text(encoding="utf-8")))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert '"word lemon": [-900, 1200]' in (tmp_path / "a.json").read_text(encoding="utf-8").replace("\n  ", "\n")


def test_a_file_of_another_format_is_refused() -> None:
    """It says what to do."""
    with pytest.raises(ValueError, match="train it again"):
        read_models('{"format": "firsthand.linear/0"}')


def test_a_feature_that_was_never_learned_counts_nothing() -> None:
    """Known ones count by their strength, in thousandths of a logit."""
    model = LinearModel(classes=("yes",), weights={"seen": (1500,)})
    assert model.scores({"seen": 2.0, "never seen": 5.0}) == (3.0,)


def test_no_name_is_a_feature_of_a_shipped_model() -> None:
    """What was learned from one story must not know the next by its names."""
    for name in ("subject", "topic", "activity"):
        learned = [feature for feature in statement_model(name).weights if feature.startswith(("word ", "pair "))]
        assert not [feature for feature in learned if feature != feature.lower()]
        assert bool(learned) == (name != "subject")


def test_names_and_figures_are_not_told_apart() -> None:
    """A capital inside the sentence makes a name; the first word is none."""
    assert stems("Cameras of Qu Electronics cost 300 crowns") == ("camera", "of", NAME, NAME, "cost", NUMBER, "crown")


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("fitted", "fit"),
        ("supplies", "supply"),
        ("bought", "buy"),
        ("boxes", "box"),
        ("glass", "glass"),
        ("used", "use"),
    ],
)
def test_forms_of_a_word_share_its_stem(form: str, base: str) -> None:
    """Irregular ones by the list."""
    assert stem(form) == stem(base)


def test_a_word_that_no_story_used_counts_by_its_class() -> None:
    """Both are ways of putting something up."""
    assert senses(stem("erected")) & senses(stem("bolted"))


def test_a_recipe_has_no_statements() -> None:
    """Its sentences read like others, but the text is about something else."""
    assert not _has_subject(KITCHEN)
    assert extract(_document(KITCHEN)) == ()


def test_a_story_on_cameras_has_the_subject() -> None:
    """And statements, each with its own activity."""
    assert _has_subject(HARBOUR)
    found = {s.activity for s in extract(_document(HARBOUR))}
    assert {"deployment", "harm"} <= found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The firm shipped 300 cameras to the ministry under a contract.", "supply"),
        ("The police have installed cameras at every crossroads.", "deployment"),
        ("The council plans to extend the network next year.", "plan"),
        ("Three nurses were dismissed after the machine mistook them.", "harm"),
        ("The act requires a warrant from a judge.", "policy"),
        ("Fingerprints of all pupils are collected and stored for five years.", "collection"),
        ("The institute is developing software that reads faces.", "development"),
        ("The treasury put the company on its sanctions list.", "sanction"),
    ],
)
def test_plain_sentences_have_the_activity_they_say(words: str, expected: str) -> None:
    """The odds of all activities add up to one."""
    assert activity(words) == expected
    assert sum(activity_odds(words).values()) == pytest.approx(1.0, abs=1e-4)


def test_a_technology_is_known_by_the_company_it_keeps() -> None:
    """The term itself never falls."""
    passages = [
        "Each walker is told by the length of a stride and the swing of hip and knee.",
        "The limp of an old injury is enough, and a change of shoes does not help.",
    ]
    assert not spot_technology(" ".join(passages))
    assert leading(technology_standing("How we walk", passages)) == ("gait-recognition",)


def test_a_plain_word_that_does_not_fit_the_document_is_not_believed() -> None:
    """Scores of singers are no forecast of crime."""
    text = "Agents are heard by a program that tells anger from warmth in the voice, and their scores hang on the wall."
    standing = technology_standing("The mood machine: emotion recognition at work", [text])
    assert "predictive-policing" not in meant(spot_technology(text), standing)
