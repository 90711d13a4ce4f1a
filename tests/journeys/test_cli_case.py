"""A case from its making to its check, through the real command: every step keeps what the last one promised."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from command import firsthand, firsthand_json
from saved_pages import PAGES, save

from firsthand import publish


def ok(*words: str, cwd: Path) -> str:
    """What a command said on stdout; fails the test when it did not succeed."""
    done = firsthand(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that was run once, beside the pages it was made from."""
    place = tmp_path_factory.mktemp("case")
    save(place / "pages")
    ok("init", "case", cwd=place)
    ok("--case", "case", "add", "pages", cwd=place)
    ok("--case", "case", "run", cwd=place)
    return place / "case"


@pytest.fixture(scope="module")
def undecided(made: Path) -> Any:
    """The results before anyone decided anything."""
    return firsthand_json("publish", cwd=made)


def test_a_case_concludes_what_one_shot_tracing_concludes(made: Path, undecided: Any) -> None:
    once = firsthand_json("trace", "pages", cwd=made.parent)
    assert undecided == once
    jsonschema.validate(undecided, publish.results_schema())


def test_adding_again_keeps_one_copy(made: Path) -> None:
    said = ok("--case", "case", "add", "pages", cwd=made.parent)
    assert said.startswith(f"0 new, {len(PAGES)} known already, 0 refused")


def test_running_again_reads_nothing(made: Path) -> None:
    assert ok("run", cwd=made).startswith(f"0 read, {len(PAGES)} kept")


def test_a_run_says_what_it_counts_otherwise(made: Path, tmp_path: Path) -> None:
    """One page first, the rest after it: the second run names the findings that are new or counted otherwise."""
    assert firsthand_json("changes", cwd=made) == []
    first, *_ = sorted((made.parent / "pages").iterdir())
    ok("init", "case", cwd=tmp_path)
    ok("--case", "case", "add", str(first), cwd=tmp_path)
    ok("--case", "case", "run", cwd=tmp_path)
    ok("--case", "case", "add", str(made.parent / "pages"), cwd=tmp_path)
    said = ok("--case", "case", "run", cwd=tmp_path)
    changed = firsthand_json("--case", "case", "changes", cwd=tmp_path)
    assert f"Since the run before, {len(changed)} counted otherwise." in said
    assert changed
    shown = ok("--case", "case", "changes", cwd=tmp_path)
    assert all(change["finding"] is None or change["finding"][:8] in shown for change in changed)


def test_status_counts_what_the_lists_list(made: Path, undecided: Any) -> None:
    status = firsthand_json("status", cwd=made)
    assert status["captures"] == len(PAGES)
    assert status["current"]
    for kind in ("documents", "statements", "origins", "findings"):
        entries = firsthand_json(kind, cwd=made)
        assert entries == undecided[kind]
        assert len(entries) == status[kind]


def test_lists_are_for_people_too(made: Path, undecided: Any) -> None:
    for kind in ("documents", "statements", "origins", "findings"):
        said = ok(kind, cwd=made)
        for entry in undecided[kind]:
            assert entry["id"] in said


def test_every_record_can_be_shown_by_its_identifier(made: Path, undecided: Any) -> None:
    for kind in ("documents", "statements", "origins", "findings"):
        entry = undecided[kind][0]
        assert firsthand_json("show", entry["id"], cwd=made)["id"] == entry["id"]
        assert entry["id"] in ok("show", entry["id"], cwd=made)


def test_a_sealed_capture_can_be_shown_by_the_beginning_of_its_hash(made: Path, undecided: Any) -> None:
    document = undecided["documents"][0]
    shown = firsthand_json("show", document["sha256"][:12], cwd=made)
    assert [circumstance["path"] for circumstance in shown["circumstances"]] == [document["path"]]


def test_a_command_works_from_anywhere_inside_the_case(made: Path) -> None:
    assert firsthand_json("status", cwd=made / "objects")["captures"] == len(PAGES)


def test_search_finds_words_and_says_when_there_are_none(made: Path) -> None:
    hits = firsthand_json("search", "tender", cwd=made)
    assert {hit["kind"] for hit in hits} >= {"document"}
    assert firsthand("search", "walrus", cwd=made).returncode == 3


def test_a_rejected_statement_stops_counting_and_undo_brings_it_back(made: Path, undecided: Any) -> None:
    statement = undecided["statements"][0]["id"]
    decision = ok("decide", "reject", statement, "--why", "not on topic", "--by", "A. Reader", cwd=made).strip()
    assert firsthand_json("publish", cwd=made) == undecided, "a decision takes effect with the next run, not before"
    ok("run", cwd=made)
    assert statement not in {each["id"] for each in firsthand_json("statements", cwd=made)}
    ok("undo", cwd=made)
    ok("run", cwd=made)
    assert firsthand_json("publish", cwd=made) == undecided
    logged = {each["id"]: each for each in firsthand_json("decisions", cwd=made)}
    assert logged[decision]["undone"]
    assert logged[decision]["why"] == "not on topic"
    assert logged[decision]["by"] == "A. Reader"


def test_a_corrected_field_shows_in_the_results(made: Path, undecided: Any) -> None:
    statement = undecided["statements"][0]["id"]
    ok("decide", "correct", statement, "actor=Tram operator of Dorvanne", cwd=made)
    ok("run", cwd=made)
    assert firsthand_json("show", statement, cwd=made)["actor"] == "Tram operator of Dorvanne"
    ok("undo", cwd=made)
    ok("run", cwd=made)


def test_a_decision_that_makes_no_sense_is_refused_with_a_reason(made: Path, undecided: Any) -> None:
    finding = undecided["findings"][0]["id"]
    done = firsthand("decide", "break", finding, finding, cwd=made)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"Error: {finding}: ")


def test_a_dossier_of_the_case_is_written(made: Path) -> None:
    ok("publish", "--html", "dossier.html", cwd=made.parent / "case")
    assert (made / "dossier.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    (made / "dossier.html").unlink()


def test_a_case_as_it_was_sealed_verifies(made: Path) -> None:
    checked = firsthand_json("verify", cwd=made)
    assert checked["ok"]
    assert checked["objects"] == len(PAGES)
    assert "Everything is as it was sealed." in ok("verify", cwd=made)


def test_an_earlier_checkpoint_is_still_borne_out(made: Path) -> None:
    (made.parent / "kept.txt").write_text(firsthand_json("verify", cwd=made)["checkpoint"], encoding="utf-8")
    ok("verify", "--known", "../kept.txt", cwd=made)


def test_an_index_that_was_lost_is_made_again_to_the_same_results(made: Path) -> None:
    before = firsthand_json("publish", cwd=made)
    for leftover in made.glob("index.sqlite*"):
        leftover.unlink()
    ok("reindex", cwd=made)
    ok("run", cwd=made)
    assert firsthand_json("publish", cwd=made) == before


def test_one_changed_byte_fails_verification(tmp_path: Path) -> None:
    save(tmp_path / "pages")
    ok("init", "case", cwd=tmp_path)
    ok("--case", "case", "add", "pages", cwd=tmp_path)
    sealed = next(path for path in (tmp_path / "case" / "objects").rglob("*") if path.is_file())
    sealed.chmod(0o644)
    content = bytearray(sealed.read_bytes())
    content[len(content) // 2] ^= 1
    sealed.write_bytes(content)
    done = firsthand("--case", "case", "verify", "--json", cwd=tmp_path)
    assert done.returncode == 4
    (fault,) = json.loads(done.stdout)["faults"]
    assert fault["kind"] == "damaged"
    assert fault["path"].endswith(sealed.name)
    ran = firsthand("--case", "case", "run", cwd=tmp_path)
    assert ran.returncode == 5, "the rest of the case is still usable"
    assert "[object-damaged]" in ran.stderr.decode()


def test_a_case_with_a_bad_file_is_partly_done_and_remembers_why(tmp_path: Path) -> None:
    save(tmp_path / "pages")
    (tmp_path / "pages" / "void.html").touch()
    ok("init", "case", cwd=tmp_path)
    added = firsthand("--case", "case", "add", "pages", cwd=tmp_path)
    assert added.returncode == 5
    ok("--case", "case", "run", cwd=tmp_path)
    (refused,) = firsthand_json("--case", "case", "refused", cwd=tmp_path)
    assert (refused["path"], refused["code"]) == ("pages/void.html", "empty")


@pytest.mark.parametrize(
    "words", [["status"], ["run"], ["add", "x"], ["findings"], ["show", "f-1"], ["verify"], ["undo"], ["search", "x"]]
)
def test_without_a_case_every_command_says_how_to_make_one(tmp_path: Path, words: list[str]) -> None:
    done = firsthand(*words, cwd=tmp_path)
    assert done.returncode == 3
    assert "firsthand init" in done.stderr.decode()
    assert os.listdir(tmp_path) == []  # noqa: PTH208  names are what matters


def test_a_record_that_is_not_there_is_not_found(made: Path) -> None:
    done = firsthand("show", "f-ffffffffffffffff", cwd=made)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr.decode()


def test_a_case_is_never_made_over_something_else(tmp_path: Path) -> None:
    save(tmp_path / "pages")
    done = firsthand("init", "pages", cwd=tmp_path)
    assert done.returncode == 1
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == sorted(PAGES)


def test_an_empty_case_says_what_to_do_next(tmp_path: Path) -> None:
    ok("init", "case", cwd=tmp_path)
    done = firsthand("--case", "case", "findings", cwd=tmp_path)
    assert done.returncode == 0
    assert "firsthand add" in done.stderr.decode()
    assert firsthand_json("--case", "case", "findings", cwd=tmp_path) == []
    assert firsthand("--case", "case", "undo", cwd=tmp_path).returncode == 3
