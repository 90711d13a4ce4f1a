"""Verifying names every byte that is not as the case says, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_cases import NOW, arrival, decision, keep, make_case, quick_folder

from firsthand.store.errors import CaseNotFound
from firsthand.store.folder import Layout, writing
from firsthand.store.log import parse_line
from firsthand.store.objects import ByteRange, damage, seal_of
from firsthand.store.verify import Fault, verify

SMALL = arrival("small.txt", b"a few bytes")
LARGE = arrival("large.bin", bytes(range(256)) * 1024)  # 256 KiB: four chunks
CHUNK = 64 * 1024


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A case with two captures and a decision."""
    with quick_folder() as folder:
        root = make_case(folder / "case", SMALL, LARGE)
        with writing(root) as writer:
            writer.decide(decision("decision-1"))
        yield root


@pytest.fixture
def root(template: Path) -> Iterator[Path]:
    """A case of the test's own."""
    with quick_folder() as folder:
        shutil.copytree(template, folder / "case")
        yield folder / "case"


def object_path(root: Path, sha256: str) -> Path:
    path = Layout(root=root).objects.path(sha256)
    path.chmod(0o600)
    return path


def flip(path: Path, place: int, bits: int = 0x01) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= bits
    path.write_bytes(content)


def faults(root: Path) -> list[tuple[str, str, str, tuple[tuple[int, int], ...]]]:
    return [
        (fault.kind, fault.what, fault.id, tuple((each.start, each.end) for each in fault.ranges))
        for fault in verify(root).faults
    ]


def test_a_whole_case_has_no_faults(root: Path) -> None:
    """And its numbers are those of what is in it."""
    found = verify(root)
    assert (found.ok, found.faults) == (True, ())
    assert (found.entries, found.objects) == (4, 2)
    assert found.size_bytes == len(SMALL.content) + len(LARGE.content)
    assert found.checkpoint == (root / "log" / "checkpoint").read_text()


@pytest.mark.parametrize("place", [0, CHUNK - 1, CHUNK, 2 * CHUNK + 5, 4 * CHUNK - 1])
def test_a_changed_byte_of_an_object_is_located_to_its_chunk(root: Path, place: int) -> None:
    """Named by hash, with the 64 KiB that hold the change."""
    flip(object_path(root, LARGE.capture.sha256), place)
    start = place // CHUNK * CHUNK
    assert faults(root) == [("damaged", "object", LARGE.capture.sha256, ((start, start + CHUNK),))]


def test_damage_in_two_places_is_two_ranges(root: Path) -> None:
    """Neighbouring chunks make one range."""
    path = object_path(root, LARGE.capture.sha256)
    for place in (0, CHUNK, 3 * CHUNK):
        flip(path, place)
    assert faults(root)[0][3] == ((0, 2 * CHUNK), (3 * CHUNK, 4 * CHUNK))


def test_a_shortened_object_lacks_its_end(root: Path) -> None:
    """From the chunk in which it ends."""
    path = object_path(root, LARGE.capture.sha256)
    path.write_bytes(LARGE.content[: CHUNK + 10])
    assert faults(root) == [("damaged", "object", LARGE.capture.sha256, ((CHUNK, 4 * CHUNK),))]


def test_an_object_with_more_behind_it_is_damaged_there(root: Path) -> None:
    """What was added is the damage."""
    path = object_path(root, SMALL.capture.sha256)
    path.write_bytes(SMALL.content + b"!!")
    assert faults(root) == [("damaged", "object", SMALL.capture.sha256, ((11, 13),))]


def test_a_missing_object_is_named(root: Path) -> None:
    """From its first byte to its last."""
    object_path(root, SMALL.capture.sha256).unlink()
    assert faults(root) == [("missing", "object", SMALL.capture.sha256, ((0, 11),))]


def test_an_object_that_became_a_link_is_not_ours(root: Path) -> None:
    """Even when it leads to the right bytes: they lie outside the case."""
    path = object_path(root, SMALL.capture.sha256)
    path.rename(root.parent / "elsewhere")
    path.symlink_to(root.parent / "elsewhere")
    assert [fault[:2] for fault in faults(root)] == [("stray", "object")]


def test_no_bit_of_the_log_can_change_unnoticed(root: Path) -> None:
    """Every byte of every entry: found, and the range holds the changed byte; only the last entry is less exact."""
    path = root / "log" / "entries.jsonl"
    content = path.read_bytes()
    last = content.rindex(b"\n", 0, -1) + 1
    for place in range(len(content)):
        flip(path, place, bits=0x01 if place % 2 else 0x10)
        found = verify(root)
        assert not found.ok, place
        hit = [each for each in found.faults if any(part.start <= place < part.end for part in each.ranges)]
        assert hit, (place, found.faults)
        if place < last - 1:
            assert len(entries(found.faults)) <= 2, (place, found.faults)
        path.write_bytes(content)


def entries(found: tuple[Fault, ...]) -> list[Fault]:
    return [fault for fault in found if fault.what == "log entry"]


def test_a_changed_entry_is_named_alone(root: Path) -> None:
    """The entries before and after it are not accused."""
    path = root / "log" / "entries.jsonl"
    start = path.read_bytes().index(b"small.txt")
    flip(path, start)
    first, second = [position for position, byte in enumerate(path.read_bytes()) if byte == 10][:2]
    assert [fault for fault in faults(root) if fault[1] == "log entry"] == [
        ("damaged", "log entry", "1", ((first + 1, second + 1),))
    ]


@pytest.mark.parametrize("name", ["log/checkpoint", "keys/log.key"])
def test_no_byte_of_the_checkpoint_or_the_key_can_change_unnoticed(root: Path, name: str) -> None:
    """Every byte of both files."""
    path = root / name
    content = path.read_bytes()
    for place in range(len(content)):
        for bits in (0x01, 0x20):
            flip(path, place, bits)
            assert not verify(root).ok, (name, place)
            path.write_bytes(content)
    assert verify(root).ok


@pytest.mark.parametrize(
    ("name", "what"), [("log/checkpoint", "checkpoint"), ("keys/log.key", "key"), ("log/entries.jsonl", "log entry")]
)
def test_a_missing_part_is_named(root: Path, name: str, what: str) -> None:
    """Each part that the case cannot be vouched for without."""
    (root / name).unlink()
    assert ("missing", what) in [fault[:2] for fault in faults(root)]


def test_bytes_between_entries_are_found(root: Path) -> None:
    """Nobody can hide a line in the log."""
    path = root / "log" / "entries.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for extra in (b"\n", b"hidden\n", lines[0], b'{"n":1,"previous":""}\n'):
        path.write_bytes(b"".join([lines[0], extra, *lines[1:]]))
        assert not verify(root).ok, extra
        path.write_bytes(b"".join([extra, *lines]))
        assert not verify(root).ok, extra


def test_a_log_without_its_last_entries_is_noticed(root: Path) -> None:
    """Cut after any entry: the entries that are gone are named."""
    path = root / "log" / "entries.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for kept in range(len(lines)):
        path.write_bytes(b"".join(lines[:kept]))
        gone = {fault[2] for fault in faults(root) if fault[1] == "log entry"}
        assert gone == {str(number) for number in range(kept, len(lines))}


def test_a_rewritten_history_does_not_fit_a_checkpoint_kept_elsewhere(root: Path) -> None:
    """Whoever has the key can make a case that verifies; it does not go on from what was signed before."""
    before = verify(root).checkpoint
    keep(root, arrival("later.txt", b"later bytes"))
    assert verify(root, known=before).ok
    after = verify(root).checkpoint
    shutil.rmtree(root)
    make_case(root, SMALL)
    assert verify(root).ok
    for known in (before, after):
        found = verify(root, known=known)
        assert [fault.kind for fault in found.faults] == ["missing"]
        assert "kept elsewhere covers" in found.faults[0].reason
    keep(root, *(arrival(f"{number}.txt", bytes([number])) for number in range(5)))
    assert "first 4 entries are not those" in verify(root, known=before).faults[0].reason


def test_a_checkpoint_of_another_case_says_nothing(root: Path) -> None:
    """It must be signed by this case's key."""
    found = verify(root, known="someone else\n4\nAAAA\n\n— someone AAAA\n")
    assert [(fault.kind, fault.what) for fault in found.faults] == [("damaged", "checkpoint")]


@pytest.mark.parametrize(
    "name", ["note.txt", "objects/sha256/aa/bb/short", "objects/x", "log/old", "keys/other", "sub/a"]
)
def test_a_stray_file_is_found(root: Path, name: str) -> None:
    """Wherever it lies."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("x")
    found = verify(root)
    assert [(fault.kind, fault.path) for fault in found.faults] == [("stray", name)]
    assert not found.ok


def test_a_file_named_like_an_object_must_be_that_object(root: Path) -> None:
    """Right bytes without an entry are an unfinished write; other bytes are a stray file."""
    extra = arrival("extra", b"extra bytes")
    path = Layout(root=root).objects.path(extra.capture.sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(extra.content)
    assert [fault[:2] for fault in faults(root)] == [("unfinished", "object")]
    assert verify(root).ok
    path.write_bytes(b"other bytes")
    assert [fault[:2] for fault in faults(root)] == [("stray", "file")]


def test_what_a_crash_leaves_is_no_fault(root: Path) -> None:
    """Unfinished files and a torn line are reported, and the case is whole."""
    (root / "scratch" / "half").write_bytes(b"half")
    with (root / "log" / "entries.jsonl").open("ab") as stream:
        stream.write(b'{"at":')
    found = verify(root)
    assert [fault.kind for fault in found.faults] == ["unfinished", "unfinished"]
    assert found.ok


def test_a_torn_end_that_was_recorded_is_vouched_for(root: Path) -> None:
    """Changed or missing, it is named."""
    with (root / "log" / "entries.jsonl").open("ab") as stream:
        stream.write(b'{"at":')
    with writing(root):
        pass
    assert [fault[:2] for fault in faults(root)] == [("unfinished", "file")]
    keep(root, arrival("later.txt", b"later bytes"))
    assert verify(root).faults == ()
    (torn,) = (root / "log" / "torn").iterdir()
    torn.chmod(0o600)
    torn.write_bytes(b"other")
    assert [fault[:2] for fault in faults(root)] == [("damaged", "file")]
    torn.unlink()
    assert [fault[:2] for fault in faults(root)] == [("missing", "file")]


def test_verifying_changes_nothing(root: Path) -> None:
    """Not a byte, not a time of change, and it needs no lock."""
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in root.rglob("*")}
    with writing(root):
        during = verify(root)
    assert during.ok
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in before if path.suffix == ".jsonl"} == {
        path: value for path, value in before.items() if path.suffix == ".jsonl"
    }


def test_what_is_no_case_cannot_be_verified(tmp_path: Path) -> None:
    """It says so, rather than find nothing wrong."""
    with pytest.raises(CaseNotFound):
        verify(tmp_path)


def test_large_objects_have_larger_chunks() -> None:
    """A log entry stays short: at most 512 chunks, of at least 64 KiB."""
    assert seal_of(b"").chunks == ()
    assert (seal_of(b"x").chunk_bytes, len(seal_of(b"x").chunks)) == (CHUNK, 1)
    most = bytes(512 * CHUNK)
    assert (seal_of(most).chunk_bytes, len(seal_of(most).chunks)) == (CHUNK, 512)
    assert (seal_of(most + b"x").chunk_bytes, len(seal_of(most + b"x").chunks)) == (2 * CHUNK, 257)


def test_damage_is_measured_against_the_seal(tmp_path: Path) -> None:
    """A whole file has none; an empty file lacks everything."""
    path = tmp_path / "object"
    path.write_bytes(LARGE.content)
    assert damage(path, seal_of(LARGE.content)) == ()
    path.write_bytes(b"")
    assert damage(path, seal_of(LARGE.content)) == (ByteRange(start=0, end=4 * CHUNK),)


@pytest.mark.parametrize("line", [b"", b"x", b"[]", b"[" * 100_000, b"\xff", b"3"])
def test_a_line_that_is_no_entry_is_refused(line: bytes) -> None:
    """Whatever stands in the log, reading it ends in a plain refusal."""
    with pytest.raises(ValueError, match=r".+"):
        parse_line(line)
    assert NOW
