"""Every name a user gives ends as files or as a refusal that says what to do."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from firsthand.engine.inputs import InputFile, expand, read_bytes, shown
from firsthand.records import Refusal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "saved" / "more").mkdir(parents=True)
    (tmp_path / "saved" / "b.html").write_text("b")
    (tmp_path / "saved" / "a.html").write_text("a")
    (tmp_path / "saved" / "more" / "c.txt").write_text("c")
    (tmp_path / "saved" / ".hidden").write_text("h")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paths(*names: str) -> list[str]:
    return [file.path for file in expand(names).files]


def codes(*names: str) -> list[tuple[str, str]]:
    return [(refusal.path, refusal.code) for refusal in expand(names).refused]


def test_a_folder_is_taken_whole_and_named_as_given(folder: Path) -> None:
    assert paths("saved") == ["saved/a.html", "saved/b.html", "saved/more/c.txt"]
    assert paths(str(folder / "saved" / "more")) == [str(folder / "saved" / "more" / "c.txt")]


def test_a_trailing_slash_changes_no_name(folder: Path) -> None:
    assert paths("saved/") == paths("saved")


def test_hidden_files_in_folders_are_passed_over_but_taken_when_named(folder: Path) -> None:
    assert "saved/.hidden" not in paths("saved")
    assert paths("saved/.hidden") == ["saved/.hidden"]


def test_a_quoted_pattern_is_expanded(folder: Path) -> None:
    assert paths("saved/*.html") == ["saved/a.html", "saved/b.html"]
    assert paths("**/*.txt") == ["saved/more/c.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    (folder / "a[1].html").write_text("x")
    assert paths("a[1].html") == ["a[1].html"]


def test_a_name_given_twice_is_one_file(folder: Path) -> None:
    assert paths("saved", "saved/a.html", "saved/a.html") == paths("saved")


def test_order_of_names_changes_nothing(folder: Path) -> None:
    names = ["saved/more", "nowhere", "saved/b.html", "saved/*.html", "gone*"]
    assert expand(names) == expand(names[::-1])


def test_a_left_out_folder_is_passed_over(folder: Path) -> None:
    files = expand(["saved"], leave_out=[folder / "saved" / "more"]).files
    assert [file.path for file in files] == ["saved/a.html", "saved/b.html"]


@pytest.mark.parametrize("name", ["nowhere.html", "gone/*.html", "saved/a.html/inside", "nul\0byte"])
def test_a_name_that_nothing_has_is_not_found(folder: Path, name: str) -> None:
    assert [code for _, code in codes(name)] == ["not-found"]


def test_an_address_is_refused_with_the_advice_to_add_or_save_the_page(folder: Path) -> None:
    (refusal,) = expand(["https://news.example/story"]).refused
    assert refusal.code == "address"
    assert "`firsthand add`" in refusal.remedy
    assert "save" in refusal.remedy


def test_an_empty_folder_is_refused_rather_than_ignored(folder: Path) -> None:
    (folder / "bare").mkdir()
    assert codes("bare") == [("bare", "empty-folder")]


def test_pipes_and_sockets_are_refused_without_being_opened(folder: Path) -> None:
    os.mkfifo(folder / "saved" / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("saved/socket")
        assert codes("saved") == [("saved/pipe", "not-a-file"), ("saved/socket", "not-a-file")]
        assert codes("saved/pipe") == [("saved/pipe", "not-a-file")]


def test_a_pipe_that_took_a_files_place_does_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "late")
    refusal = read_bytes(InputFile(path="late", location=folder / "late"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not-a-file"


def test_links_out_of_a_folder_are_refused_and_links_within_it_followed(folder: Path) -> None:
    (folder / "private.txt").write_text("private")
    (folder / "private").mkdir()
    (folder / "saved" / "out").symlink_to(folder / "private.txt")
    (folder / "saved" / "outfolder").symlink_to(folder / "private")
    (folder / "saved" / "within").symlink_to("a.html")
    assert codes("saved") == [("saved/out", "link-outside"), ("saved/outfolder", "link-outside")]
    assert "saved/within" in paths("saved")


def test_a_link_given_by_name_is_followed(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "saved" / "a.html")
    assert paths("link") == ["link"]


def test_links_that_lead_nowhere_or_round_are_refused(folder: Path) -> None:
    (folder / "saved" / "dangling").symlink_to("gone")
    (folder / "saved" / "round").symlink_to("round")
    assert codes("saved") == [("saved/dangling", "not-found"), ("saved/round", "unreadable")]


def test_a_name_that_is_no_utf8_can_be_shown(folder: Path) -> None:
    Path(os.fsdecode(b"saved/caf\xe9.txt")).write_text("x")
    assert "saved/caf\\xe9.txt" in paths("saved")
    assert shown("naïve") == "naïve"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything; tests/journeys drops that right")
def test_what_may_not_be_read_is_refused(folder: Path) -> None:
    (folder / "saved" / "a.html").chmod(0)
    refusal = read_bytes(InputFile(path="a", location=folder / "saved" / "a.html"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no-permission"


def test_reading_gives_the_exact_bytes(folder: Path) -> None:
    (folder / "raw").write_bytes(b"\r\n\x00\xff")
    assert read_bytes(InputFile(path="raw", location=folder / "raw")) == b"\r\n\x00\xff"


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "void").touch()
    refusal = read_bytes(InputFile(path="void", location=folder / "void"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "empty"


def test_the_size_limit_takes_the_limit_and_refuses_one_byte_more(folder: Path) -> None:
    (folder / "big").write_bytes(b"x" * 10)
    file = InputFile(path="big", location=folder / "big")
    assert read_bytes(file, limit_bytes=10) == b"x" * 10
    refusal = read_bytes(file, limit_bytes=9)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "too-large"


def test_every_refusal_says_why_and_what_to_do(folder: Path) -> None:
    (folder / "bare").mkdir()
    for refusal in expand(["nowhere", "bare", "http://news.example/"]).refused:
        assert refusal.reason.endswith(".")
        assert refusal.remedy.endswith(".")
