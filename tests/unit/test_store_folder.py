"""A case folder keeps what it acknowledged, whatever the disk does, and tells one writer from many."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import NOW, SEED, arrival, decision, held, keep, make_case, quick_folder
from store_disks import STEPS, Dead, DyingDisk, FullDisk, PowerCutDisk

from firsthand.records import Refusal, canonical_json
from firsthand.store.errors import (
    CaseDamaged,
    CaseExists,
    CaseLocked,
    CaseNotFound,
    CaseTooNew,
    ObjectDamaged,
    ObjectMissing,
    StoreError,
    WriteFailed,
)
from firsthand.store.folder import Layout, create, reading, writing
from firsthand.store.verify import verify

OLD = arrival("old.txt", b"old bytes")
BATCH = [arrival("a.txt", b"first new bytes"), arrival("b.txt", b"second new bytes"), arrival("c.txt", b"old bytes")]


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A case that holds one capture; tests copy it."""
    with quick_folder() as folder:
        yield make_case(folder / "case", OLD)


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder."""
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def root(template: Path, place: Path) -> Path:
    """A case of the test's own that holds one capture."""
    return fresh_copy(template, place)


def fresh_copy(template: Path, place: Path) -> Path:
    root = place / "case"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root)
    return root


def leave_a_torn_line(root: Path) -> None:
    with (root / "log" / "entries.jsonl").open("ab") as stream:
        stream.write(b'{"at":"2031-02-03T04:05:06Z","circum')


def assert_whole(root: Path) -> None:
    """The old capture and the batch are there, and nothing else is."""
    assert [(each.sha256, [met.path for met in each.circumstances]) for each in held(root)] == [
        (OLD.capture.sha256, ["old.txt", "c.txt"]),
        (BATCH[0].capture.sha256, ["a.txt"]),
        (BATCH[1].capture.sha256, ["b.txt"]),
    ]
    assert verify(root).faults == ()


def test_what_was_kept_can_be_read_by_its_hash(root: Path) -> None:
    """Exactly the bytes, from a folder two levels deep."""
    with reading(root) as (objects, index):
        assert objects.read(OLD.capture.sha256) == OLD.content
        assert index.captures() == (OLD.capture,)
    name = OLD.capture.sha256
    assert (root / "objects" / "sha256" / name[:2] / name[2:4] / name).read_bytes() == OLD.content


def test_same_bytes_from_two_paths_are_one_object(root: Path) -> None:
    """One capture, two circumstances, in the order they came; from the same path again adds nothing."""
    keep(root, *BATCH)
    size = (root / "log" / "entries.jsonl").stat().st_size
    keep(root, *BATCH)
    assert_whole(root)
    assert (root / "log" / "entries.jsonl").stat().st_size == size


def test_every_step_that_fails_leaves_a_case_that_goes_on(template: Path, place: Path) -> None:
    """A full disk at any step: the caller hears of it, nothing is lost, and the same command then succeeds.

    A torn end of an earlier crash lies there too, so that healing meets the full disk as well.
    """
    seen: set[str] = set()
    for code in (errno.ENOSPC, errno.EIO):
        for step in range(1000):
            root = fresh_copy(template, place)
            leave_a_torn_line(root)
            disk = FullDisk(step, code)
            try:
                keep(root, *BATCH, disk=disk)
            except WriteFailed:
                assert OLD.capture.sha256 in {each.sha256 for each in held(root)}
                assert verify(root).ok, (step, disk.taken[-1])
                keep(root, *BATCH)
            assert_whole(root)
            seen.update(disk.taken)
            if disk.steps <= step:
                break
    assert seen == set(STEPS) - {"remove"}


def test_dying_at_every_step_leaves_a_case_that_goes_on(template: Path, place: Path) -> None:
    """The process ends before any one step: what was there is there, and the same command then succeeds."""
    for step in range(1000):
        root = fresh_copy(template, place)
        leave_a_torn_line(root)
        disk = DyingDisk(step)
        try:
            keep(root, *BATCH, disk=disk)
        except Dead:
            assert verify(root).ok, (step, disk.taken[-1])
            assert OLD.capture.sha256 in {each.sha256 for each in held(root)}
            keep(root, *BATCH)
        assert_whole(root)
        if disk.steps <= step:
            break


def test_a_power_cut_at_every_step_loses_nothing_acknowledged(template: Path, place: Path) -> None:
    """Only what was synced survives: no file, no name, no index. An acknowledged batch is there all the same."""
    for step in range(1000):
        root = fresh_copy(template, place)
        leave_a_torn_line(root)
        disk = PowerCutDisk(root, step)
        acknowledged = False
        try:
            keep(root, *BATCH[:2], disk=disk)
            acknowledged = True
            keep(root, *BATCH[2:], disk=disk)
            disk.dies_at = -1
        except Dead:
            pass
        disk.cut_power()
        assert verify(root).ok, (step, disk.taken[-1], verify(root).faults)
        names = {each.sha256 for each in held(root)}
        assert OLD.capture.sha256 in names
        assert not acknowledged or names >= {BATCH[0].capture.sha256, BATCH[1].capture.sha256}
        keep(root, *BATCH)
        assert_whole(root)
        if disk.dies_at == -1:
            break


def test_a_full_disk_is_told_in_words(root: Path) -> None:
    """The error names the file, the reason, and that what was acknowledged is kept."""
    with pytest.raises(WriteFailed, match=r"No space left on device.*what was acknowledged is kept"):
        keep(root, *BATCH, disk=FullDisk(0))


def test_making_a_case_can_be_cut_short_anywhere(place: Path) -> None:
    """Before its settings are there it is no case, and it can be made again in the same folder."""
    for step in range(1000):
        root = place / "case"
        shutil.rmtree(root, ignore_errors=True)
        disk = DyingDisk(step)
        try:
            create(root, now=NOW, tool="test 1", disk=disk)
        except Dead:
            if not Layout(root=root).settings.exists():
                with pytest.raises(CaseNotFound):
                    held(root)
                create(root, now=NOW, tool="test 1")
        assert held(root) == ()
        assert verify(root).ok
        if disk.steps <= step:
            break


def test_a_torn_last_line_is_moved_aside_and_recorded(root: Path) -> None:
    """What a crash cut off is kept as it was, out of the way, and the log says so."""
    leave_a_torn_line(root)
    assert [fault.kind for fault in verify(root).faults] == ["unfinished"]
    keep(root, *BATCH)
    (torn,) = (root / "log" / "torn").iterdir()
    assert torn.read_bytes() == b'{"at":"2031-02-03T04:05:06Z","circum'
    kinds = [json.loads(line)["kind"] for line in (root / "log" / "entries.jsonl").read_bytes().splitlines()]
    assert kinds == ["init", "capture", "torn", "capture", "capture", "circumstance"]
    assert_whole(root)


def test_whole_entries_behind_the_checkpoint_are_taken_over(root: Path) -> None:
    """A crash between the log and its checkpoint loses no whole entry."""
    checkpoint = (root / "log" / "checkpoint").read_bytes()
    keep(root, *BATCH)
    (root / "log" / "checkpoint").write_bytes(checkpoint)
    assert verify(root).ok
    with writing(root):
        pass
    assert_whole(root)


def test_an_index_that_is_gone_is_made_again(root: Path) -> None:
    """Captures, refusals and decisions come back from the log; a reader may be the one to ask for it."""
    with writing(root) as writer:
        writer.keep(BATCH, [Refusal(path="d.txt", code="empty", reason="No bytes.", remedy="Save it again.")], NOW)
        writer.decide(decision("decision-1"))
    with reading(root) as (_, index):
        before = (index.captures(), index.refusals(), index.decisions())
    for damage in ("gone", "not a database", "of another form", "behind", "ahead"):
        spoil_index(root, damage)
        with writing(root), reading(root) as (_, index):
            assert (index.captures(), index.refusals(), index.decisions()) == before, damage
    spoil_index(root, "gone")
    assert held(root) == before[0]


def spoil_index(root: Path, damage: str) -> None:
    path = root / "index.sqlite"
    if damage == "gone":
        path.unlink()
    elif damage == "not a database":
        path.write_bytes(b"this is no database at all" * 100)
    else:
        connection = sqlite3.connect(path)
        if damage == "of another form":
            connection.execute("PRAGMA user_version = 999")
        elif damage == "behind":
            connection.execute("DELETE FROM note")
            connection.execute("DELETE FROM capture")
        else:
            connection.execute("""UPDATE note SET body = json_set(body, '$.size', 99, '$.end', 99999)""")
        connection.commit()
        connection.close()


def test_one_writes_and_another_is_told_to_wait(root: Path) -> None:
    """The second writer is refused at once; readers go on reading."""
    with writing(root) as writer:
        with pytest.raises(CaseLocked, match="Another process"), writing(root):
            pass
        before = held(root)
        writer.keep(BATCH, (), NOW)
        assert len(before) == 1
        assert len(held(root)) == 3
    assert_whole(root)


def test_a_dead_writer_holds_no_lock(root: Path) -> None:
    """The lock is the system's: a lock file left behind means nothing."""
    with (root / "lock").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
    keep(root, *BATCH)
    assert_whole(root)


def test_readers_see_one_state_while_a_writer_works(root: Path) -> None:
    """What a reader opened before a change, it reads to the end as it was or as it is, never half."""
    with writing(root) as writer, reading(root) as (_, index):
        with writer.index.transaction():
            writer.index.set_note("half", 1)
            assert index.note("half") is None
        assert index.note("half") == 1


def test_a_case_on_a_disk_that_cannot_be_written_can_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case on a sealed medium opens as it is; not even a passing file is made beside it."""
    before = sorted(path.name for path in root.iterdir())
    monkeypatch.setattr(os, "access", lambda *_: False)
    with reading(root) as (objects, index):
        assert index.captures() == (OLD.capture,)
        assert objects.read(OLD.capture.sha256) == OLD.content
        assert sorted(path.name for path in root.iterdir()) == before


def test_a_case_that_may_not_be_written_says_so(root: Path) -> None:
    """A lock that cannot be opened is told in words, not as a bare system error."""
    (root / "lock").unlink()
    (root / "lock").mkdir()
    with pytest.raises(WriteFailed, match=r"lock: It could not be written.*write permission"):
        keep(root, *BATCH)


def test_damaged_bytes_are_never_handed_out(root: Path) -> None:
    """Changed or missing bytes raise, with what to do."""
    path = Layout(root=root).objects.path(OLD.capture.sha256)
    path.chmod(0o600)
    path.write_bytes(b"old bytez")
    with reading(root) as (objects, _):
        with pytest.raises(ObjectDamaged, match="Add the original file again"):
            objects.read(OLD.capture.sha256)
        path.unlink()
        with pytest.raises(ObjectMissing):
            objects.read(OLD.capture.sha256)


def test_adding_the_original_again_restores_a_damaged_object(root: Path) -> None:
    """And the log says that it was restored."""
    path = Layout(root=root).objects.path(OLD.capture.sha256)
    path.chmod(0o600)
    path.write_bytes(b"old bytez")
    keep(root, OLD)
    assert path.read_bytes() == OLD.content
    assert verify(root).faults == ()
    last = json.loads((root / "log" / "entries.jsonl").read_bytes().splitlines()[-1])
    assert (last["kind"], last["sha256"]) == ("restored", OLD.capture.sha256)


def test_nothing_is_added_to_a_log_that_does_not_hold(root: Path) -> None:
    """A changed, cut or emptied log, or a changed checkpoint: refused with what to do, and nothing is overwritten."""
    entries = root / "log" / "entries.jsonl"
    checkpoint = root / "log" / "checkpoint"
    whole, vouched = entries.read_bytes(), checkpoint.read_bytes()
    for file, content in [
        (entries, whole.replace(b"old.txt", b"new.txt")),
        (entries, whole[: len(whole) // 2]),
        (entries, b""),
        (checkpoint, vouched.replace(b"\n2\n", b"\n1\n")),
        (checkpoint, b""),
    ]:
        (root / "index.sqlite").unlink(missing_ok=True)
        file.write_bytes(content)
        with pytest.raises(CaseDamaged, match="backup"):
            keep(root, *BATCH)
        assert file.read_bytes() == content
        entries.write_bytes(whole)
        checkpoint.write_bytes(vouched)
    keep(root, *BATCH)
    assert_whole(root)


def test_a_log_cut_short_is_noticed_with_the_index_in_place(root: Path) -> None:
    """The index alone is not believed: the log must be as long as it says."""
    entries = root / "log" / "entries.jsonl"
    entries.write_bytes(entries.read_bytes()[:-10])
    with pytest.raises(CaseDamaged):
        keep(root, *BATCH)


@pytest.mark.parametrize("content", [b"", b"PRIVATE+KEY+x+00000000+AAAA\n", b"\xff"])
def test_without_the_private_key_nothing_is_added(root: Path, content: bytes) -> None:
    """Reading goes on."""
    (root / "keys" / "log.key").write_bytes(content)
    with pytest.raises(CaseDamaged, match="key"):
        keep(root, *BATCH)
    assert held(root) == (OLD.capture,)


def test_a_key_of_another_case_is_refused(root: Path, place: Path) -> None:
    """Signing with it would make a log that nobody can check."""
    create(place / "other", now=NOW, tool="test 1")
    shutil.copy(place / "other" / "keys" / "log.key", root / "keys" / "log.key")
    with pytest.raises(CaseDamaged, match="not the one"):
        keep(root, *BATCH)


def test_secrets_and_captures_are_the_owners_alone(root: Path) -> None:
    """The signing key, sealed bytes and the index are closed to other accounts; sealed bytes are read-only."""
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*") if path.is_file()}
    assert modes[root / "keys" / "log.key"] == 0o600
    assert modes[Layout(root=root).objects.path(OLD.capture.sha256)] == 0o400
    assert modes[root / "index.sqlite"] == 0o600
    assert stat.S_IMODE((root / "objects").stat().st_mode) == 0o700


def test_a_folder_without_a_case_says_so(place: Path) -> None:
    """For reading and for writing."""
    with pytest.raises(CaseNotFound, match="firsthand init"):
        held(place)
    with pytest.raises(CaseNotFound, match="firsthand init"):
        keep(place)


def test_a_case_of_a_later_form_is_left_alone(root: Path) -> None:
    """An older program neither reads nor writes it."""
    settings = root / "firsthand.toml"
    settings.write_text(settings.read_text().replace("form = 1", "form = 2"))
    with pytest.raises(CaseTooNew, match="Update"):
        keep(root, *BATCH)


@pytest.mark.parametrize("text", ["", "[case]\nform = 1\n", "case = 3", "[case]\nform = 1\nkey = 4", "\x00", "[case"])
def test_settings_that_cannot_be_read_are_named(root: Path, text: str) -> None:
    """Whatever is in the file, the answer is an error that names it."""
    (root / "firsthand.toml").write_text(text)
    with pytest.raises(StoreError, match=r"firsthand\.toml"):
        held(root)


def test_settings_of_the_user_are_kept(root: Path) -> None:
    """Other tables in the file are the user's."""
    with (root / "firsthand.toml").open("a") as stream:
        stream.write("\n# mine\n[mine]\nword = 1\n")
    keep(root, *BATCH)
    assert_whole(root)


def test_a_case_is_never_made_over_something(place: Path) -> None:
    """Not over a case, not over a case that lost its settings, not among other files."""
    make_case(place / "case", OLD)
    with pytest.raises(CaseExists, match="already"):
        create(place / "case", now=NOW, tool="test 1")
    (place / "case" / "firsthand.toml").unlink()
    with pytest.raises(CaseExists, match="lost its settings"):
        create(place / "case", now=NOW, tool="test 1")
    (place / "files").mkdir()
    (place / "files" / "a.txt").write_text("a")
    with pytest.raises(CaseExists, match=r"a\.txt"):
        create(place / "files", now=NOW, tool="test 1")


def test_the_log_is_plain_and_canonical(root: Path) -> None:
    """Each line is canonical JSON that names the hash of the line before it."""
    keep(root, *BATCH)
    previous = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for number, line in enumerate((root / "log" / "entries.jsonl").read_bytes().splitlines()):
        body = json.loads(line)
        assert canonical_json(body) == line
        assert (body["n"], body["previous"], body["at"]) == (number, previous, NOW)
        previous = hashlib.sha256(b"\x00" + line).hexdigest()


def test_two_cases_of_the_same_input_have_the_same_bytes(place: Path) -> None:
    """Same key, same clock, same files: the same log and the same checkpoint."""
    for name in ("one", "two"):
        make_case(place / name, OLD, *BATCH)
    for file in ("log/entries.jsonl", "log/checkpoint", "firsthand.toml"):
        assert (place / "one" / file).read_bytes() == (place / "two" / file).read_bytes()
    assert SEED  # the fixed key is what makes this hold
