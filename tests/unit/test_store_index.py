"""Search finds what stands in the text, whatever is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import quick_folder

from firsthand.records import Json
from firsthand.store.errors import WriteFailed
from firsthand.store.index import Index, Row, SearchText

TEXTS = [
    SearchText(kind="document", id="d-1", title="Cámaras en Vellano", text="The city bought cameras from Ostrel."),
    SearchText(kind="document", id="d-2", title="", text="Ostrel denied it. The cameras were a city matter."),
    SearchText(kind="document", id="d-3", title="", text="警方在车站安装了人脸识别摄像头。"),
    SearchText(kind="origin", id="o-1", title="half \ud800 a pair", text=""),
]


@pytest.fixture
def index() -> Iterator[Index]:
    """An index with a few texts and records."""
    with quick_folder() as folder:
        index = Index.open_for_writing(Path(folder) / "index.sqlite")
        body: dict[str, Json] = {"id": "x", "text": "half \ud800"}
        with index.transaction():
            index.replace_records(
                [
                    Row(kind="document", id="d-12ab", body=body),
                    Row(kind="document", id="d-12ac", body=body),
                    Row(kind="document", id="d-12", body=body),
                    Row(kind="grounding", id="s-1", body=body),
                ],
                TEXTS,
            )
        yield index
        index.close()


def ids(index: Index, *words: str) -> list[str]:
    return [hit.id for hit in index.search(words, 10)]


def test_every_word_must_be_there(index: Index) -> None:
    """In any order, whatever the case or the accents."""
    assert sorted(ids(index, "CAMERAS", "city")) == ["d-1", "d-2"]
    assert ids(index, "camaras", "ostrel") == ["d-1"]
    assert ids(index, "camels") == []
    assert ids(index) == []


def test_a_phrase_must_stand_together(index: Index) -> None:
    """`bought cameras` is in one text, both words are in two."""
    assert ids(index, "bought cameras") == ["d-1"]


def test_a_hit_shows_the_words_around_it(index: Index) -> None:
    """The match is marked."""
    assert index.search(["denied"], 10)[0].excerpt.startswith("Ostrel [denied] it.")


def test_scripts_without_spaces_can_be_searched(index: Index) -> None:
    """A word inside a clause is found, with what stands around it."""
    (hit,) = index.search(["人脸识别"], 10)
    assert (hit.id, hit.excerpt) == ("d-3", "警方在车站安装了[人脸识别]摄像头。")


@pytest.mark.parametrize("word", ['"', "a AND", "*", "title:x", "NEAR(", "x' OR 1=1 --", "\x00", "(", "^"])
def test_no_input_is_a_command(index: Index, word: str) -> None:
    """What is typed is looked for, never obeyed."""
    index.search([word], 10)


def test_half_a_surrogate_pair_ends_nothing(index: Index) -> None:
    """A hostile page may hold one; it is kept in records and replaced in the search text."""
    assert ids(index, "pair") == ["o-1"]
    assert next(iter(index.records("grounding")))["text"] == "half \ud800"


def test_an_identifier_may_be_shortened(index: Index) -> None:
    """A whole identifier wins over those that go on from it; records without one of their own are not found."""
    assert [row.id for row in index.find("d-12")] == ["d-12"]
    assert [row.id for row in index.find("d-12a")] == ["d-12ab", "d-12ac"]
    assert [row.id for row in index.find("d-12ab")] == ["d-12ab"]
    assert index.find("s-1") == ()
    assert index.identifiers() == {"d-12", "d-12ab", "d-12ac"}


def test_a_change_that_fails_is_not_made(index: Index) -> None:
    """All of a transaction or nothing; the fault is told."""

    def change(index: Index, fault: Exception) -> None:
        with index.transaction():
            index.set_note("a", 1)
            raise fault

    for fault, told in ((sqlite3.OperationalError("disk full"), WriteFailed), (KeyError("a"), KeyError)):
        with pytest.raises(told):
            change(index, fault)
        assert index.note("a") is None
