"""A case remembers what was given to it, reads only what is new, and gives the same results every time."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import case_stages
import pytest
from case_stages import STAGES
from store_cases import NOW, quick_folder

from firsthand.engine import case
from firsthand.engine.case_method import reading_method, tracing_method
from firsthand.engine.case_read import Record
from firsthand.engine.stages import Stages, default_stages
from firsthand.engine.tracing import trace_paths
from firsthand.records import Capture, Document, Refusal
from firsthand.store.errors import CaseNotFound, RecordNotFound
from firsthand.store.folder import Layout

LATER = "2031-02-04T00:00:00Z"
TEXTS = {
    "harbour.txt": "Port Authority uses cameras, says Quayside Report\nPort Authority uses drones\n",
    "copy.txt": "from harbour.txt\nPort Authority uses cameras\n",
    "station.txt": "Rail Police uses cameras, says Platform Study\n",
}


@pytest.fixture
def files() -> Iterator[Path]:
    """A folder of files to add."""
    with quick_folder() as folder:
        for name, text in TEXTS.items():
            (folder / name).write_text(text)
        yield folder


@pytest.fixture
def root() -> Iterator[Path]:
    """An empty case."""
    with quick_folder() as folder:
        case.init(folder / "case", now=NOW)
        yield folder / "case"


def run(root: Path, *, afresh: bool = False) -> case.Ran:
    case_stages.read_so_far.clear()
    return case.run(root, stages=STAGES, workers=0, afresh=afresh)


def object_of(root: Path, path: str) -> Path:
    (capture,) = [each for each in case.captures(root) if each.path.endswith(path)]
    found = Layout(root=root).objects.path(capture.sha256)
    found.chmod(0o600)
    return found


def test_adding_names_what_is_new_what_is_known_and_what_is_refused(root: Path, files: Path) -> None:
    """Every file ends as exactly one of the three."""
    (files / "same.txt").write_text(TEXTS["station.txt"])
    (files / "empty.txt").write_text("")
    first = case.add(root, [str(files)], now=NOW)
    assert [each.path for each in first.new] == [str(files / name) for name in ("copy.txt", "harbour.txt", "same.txt")]
    assert [met.path for met in first.new[2].circumstances] == [str(files / "same.txt"), str(files / "station.txt")]
    assert first.again == ()
    assert [(each.path, each.code) for each in first.refused] == [(str(files / "empty.txt"), "empty")]
    (files / "more.txt").write_text(TEXTS["harbour.txt"])
    second = case.add(root, [str(files)], now=LATER)
    assert second.new == ()
    assert [met.path for each in second.again for met in each.circumstances] == [
        str(files / name) for name in ("copy.txt", "harbour.txt", "more.txt", "same.txt", "station.txt")
    ]


def test_same_bytes_twice_is_one_capture_with_two_circumstances(root: Path, files: Path) -> None:
    """The same path again adds none; another path does."""
    for name in ("harbour.txt", "again.txt", "harbour.txt"):
        (files / name).write_text(TEXTS["harbour.txt"])
        case.add(root, [str(files / name)], now=NOW)
    (capture,) = case.captures(root)
    assert [met.path for met in capture.circumstances] == [str(files / "harbour.txt"), str(files / "again.txt")]


def test_each_capture_is_acknowledged_once_it_is_safe(root: Path, files: Path) -> None:
    """When `kept` is told, the case verifies and holds it."""
    told: list[str] = []

    def kept(capture: Capture) -> None:
        assert capture.sha256 in {each.sha256 for each in case.captures(root)}
        assert case.verify(root).ok
        told.append(capture.path)

    case.add(root, [str(files)], now=NOW, kept=kept)
    assert told == sorted(str(files / name) for name in TEXTS)


def test_many_files_are_added_in_batches(root: Path, files: Path) -> None:
    """More files than a batch holds: all are there, in the order of their paths."""
    for number in range(150):
        (files / f"many-{number:03}.txt").write_text(f"Town {number} uses cameras")
    assert len(case.add(root, [str(files)], now=NOW).new) == 153
    assert [each.path for each in case.captures(root)] == sorted(str(path) for path in files.iterdir())


def test_what_cannot_be_taken_in_never_stops_the_rest(root: Path, files: Path) -> None:
    """Locked files, pipes, sockets, links in a circle, names that are not there: each is refused by its code."""
    (files / "loop").symlink_to(files / "loop")
    os.mkfifo(files / "pipe")
    (files / "circle").symlink_to(files)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(files / "socket"))
        added = case.add(root, [str(files), str(files / "no-such-*.txt"), "https://example.org/"], now=NOW)
    assert {Path(each.path).name: each.code for each in added.refused} == {
        "loop": "unreadable",
        "pipe": "not-a-file",
        "socket": "not-a-file",
        "circle": "link-outside",
        "no-such-*.txt": "not-found",
        "example.org": "address",
    }
    assert len(added.new) == 3


def test_refusals_are_remembered_until_the_file_comes_in(root: Path, files: Path) -> None:
    """Told once however often it is tried; gone when the file could be taken."""
    (files / "late.txt").write_text("")
    for _ in range(3):
        case.add(root, [str(files / "late.txt")], now=NOW)
    assert [each.code for each in case.refusals(root)] == ["empty"]
    assert (root / "log" / "entries.jsonl").read_bytes().count(b'"kind":"refusal"') == 1
    (files / "late.txt").write_text("Mill Town uses drones")
    case.add(root, [str(files / "late.txt")], now=LATER)
    assert case.refusals(root) == ()


def test_a_case_never_takes_itself_in(root: Path) -> None:
    """Adding the folder that the case lies in leaves the case out."""
    (root.parent / "page.txt").write_text("Mill Town uses drones")
    added = case.add(root, [str(root.parent)], now=NOW)
    assert [Path(each.path).name for each in added.new] == ["page.txt"]


def test_a_case_gives_what_one_shot_tracing_gives(root: Path, files: Path) -> None:
    """The same files, the same results, refusals included."""
    (files / "refused.txt").write_text("refuse this")
    (files / "empty.txt").write_text("")
    (files / "same.txt").write_text(TEXTS["station.txt"])
    case.add(root, [str(files)], now=NOW)
    run(root)
    assert case.results(root) == trace_paths([str(files)], now=NOW, stages=STAGES, workers=0)


def test_the_order_in_which_files_come_changes_no_result(root: Path, files: Path) -> None:
    """One by one backwards, run after each, is the same as all at once."""
    for name in sorted(TEXTS, reverse=True):
        case.add(root, [str(files / name)], now=NOW)
        run(root)
    assert case.results(root) == trace_paths([str(files)], now=NOW, stages=STAGES, workers=0)


def test_reading_in_other_processes_changes_no_result(root: Path, files: Path) -> None:
    """Pages are read in processes that may be killed; what comes back is the same."""
    case.add(root, [str(files)], now=NOW)
    told: list[tuple[int, int, str]] = []
    case.run(root, stages=STAGES, workers=2, progress=lambda *step: told.append(step))
    assert case.results(root) == trace_paths([str(files)], now=NOW, stages=STAGES, workers=0)
    assert told == [(number, 3, str(files / name)) for number, name in enumerate(sorted(TEXTS), 1)]


def test_only_what_is_new_is_read(root: Path, files: Path) -> None:
    """A second run reads nothing and traces nothing; a new file is read alone, and everything is traced with it."""
    case.add(root, [str(files)], now=NOW)
    assert run(root) == case.Ran(read=3, kept=0, retraced=True, refused=())
    assert run(root) == case.Ran(read=0, kept=3, retraced=False, refused=())
    assert case_stages.read_so_far == []
    (files / "new.txt").write_text("from harbour.txt\nPort Authority uses drones, says Gate Note\n")
    case.add(root, [str(files)], now=LATER)
    ran = run(root)
    assert (ran.read, ran.kept, ran.retraced) == (1, 3, True)
    assert case_stages.read_so_far == [str(files / "new.txt")]
    assert len(case.derivations(root)) == 2


def test_a_run_afresh_reads_everything_again(root: Path, files: Path) -> None:
    """And comes to the same."""
    case.add(root, [str(files)], now=NOW)
    run(root)
    before = case.results(root)
    assert run(root, afresh=True).read == 3
    assert case.results(root) == before


def test_another_method_makes_everything_again(root: Path, files: Path) -> None:
    """What an older method read is not passed off as the work of this one."""
    case.add(root, [str(files)], now=NOW)
    run(root)

    def shouting(capture: Capture, content: bytes) -> tuple[Document, ...] | Refusal:
        read = case_stages.read(capture, content)
        return read if isinstance(read, Refusal) else tuple(replace(each, title="LOUD") for each in read)

    assert case.run(root, stages=replace(STAGES, read=shouting), workers=0).read == 3
    assert {each.title for each in case.documents(root)} == {"LOUD"}


def test_methods_are_named_by_their_code() -> None:
    """The project's own stages and a caller's have different names, and a name does not change by itself."""
    own = default_stages()
    assert reading_method(own) == reading_method(default_stages())
    assert reading_method(own) != reading_method(STAGES)
    assert tracing_method(own) != tracing_method(STAGES)
    assert reading_method(own) != tracing_method(own)
    mixed = Stages(read=own.read, extract=STAGES.extract, trace=own.trace, reconcile=own.reconcile)
    assert reading_method(mixed) not in (reading_method(own), reading_method(STAGES))


@pytest.mark.parametrize(("spoil", "code"), [("change", "object-damaged"), ("remove", "object-missing")])
def test_a_damaged_capture_is_refused_by_name(root: Path, files: Path, spoil: str, code: str) -> None:
    """Also when it was read before the damage: nothing that was made of it is used until it is whole again."""
    case.add(root, [str(files)], now=NOW)
    run(root)
    whole = case.results(root)
    path = object_of(root, "harbour.txt")
    content = path.read_bytes()
    path.unlink() if spoil == "remove" else path.write_bytes(content.replace(b"cameras", b"camelot"))
    for again in (False, True):
        ran = run(root, afresh=again)
        assert [(each.path, each.code) for each in ran.refused] == [(str(files / "harbour.txt"), code)]
        assert path.name in ran.refused[0].reason
        assert [Path(each.path).name for each in case.documents(root)] == ["copy.txt", "station.txt"]
        assert [each.code for each in case.results(root).refused] == [code]
    case.add(root, [str(files / "harbour.txt")], now=LATER)
    assert run(root).refused == ()
    assert case.results(root) == whole


def test_what_no_reader_can_read_is_refused_and_kept(root: Path, files: Path) -> None:
    """A refusal of a reader and a reader's fault are both results; they are not tried again by the same method."""
    (files / "bad.txt").write_text("refuse this")
    (files / "worse.txt").write_text("fail at this")
    case.add(root, [str(files)], now=NOW)
    assert [each.code for each in run(root).refused] == ["not-text", "reader-crashed"]
    assert [each.code for each in run(root).refused] == ["not-text", "reader-crashed"]
    assert case_stages.read_so_far == []
    assert [each.code for each in case.refusals(root)] == ["not-text", "reader-crashed"]
    assert case.status(root).refused == 2


def test_an_index_made_again_gives_the_same_results(root: Path, files: Path) -> None:
    """Decisions included: the index is never the record."""
    case.add(root, [str(files)], now=NOW)
    run(root)
    case.decide(root, "reject", [case.statements(root)[0].id], why="misread", now=NOW)
    run(root)
    before = case.results(root)
    case.reindex(root)
    assert case.status(root).unread == 3
    assert case.results(root).documents == ()
    run(root)
    assert case.results(root) == before
    (root / "index.sqlite").unlink()
    run(root)
    assert case.results(root) == before


def test_status_counts_what_there_is_and_what_is_to_do(root: Path, files: Path) -> None:
    """Nothing yet, then captures unread, then all done, then a decision that no run has acted on."""
    assert case.status(root).current
    case.add(root, [str(files)], now=NOW)
    assert (case.status(root).captures, case.status(root).unread, case.status(root).current) == (3, 3, False)
    run(root)
    done = case.status(root)
    assert done == case.Status(
        captures=3,
        unread=0,
        refused=0,
        documents=3,
        statements=4,
        proposed=0,
        derivations=1,
        origins=2,
        findings=3,
        decisions=0,
        undecided=0,
    )
    made = case.decide(root, "accept", [case.findings(root)[0].id], now=NOW)
    assert (case.status(root).decisions, case.status(root).undecided) == (1, 1)
    run(root)
    assert case.status(root).current
    case.undo(root, made.id, now=NOW)
    assert (case.status(root).decisions, case.status(root).undecided) == (0, 1)


def test_every_record_can_be_shown_by_its_identifier(root: Path, files: Path) -> None:
    """Or by the beginning of it, as long as only one begins so."""
    case.add(root, [str(files)], now=NOW)
    run(root)
    made = case.decide(root, "accept", [case.findings(root)[0].id], now=NOW)
    everything: list[tuple[str, Sequence[tuple[str, Record]]]] = [
        ("document", [(each.id, each) for each in case.documents(root)]),
        ("statement", [(each.id, each) for each in case.statements(root)]),
        ("origin", [(each.id, each) for each in case.origins(root)]),
        ("finding", [(each.id, each) for each in case.findings(root)]),
        ("capture", [(each.sha256, each) for each in case.captures(root)]),
        ("decision", [(made.id, made)]),
    ]
    for kind, records in everything:
        for identifier, record in records:
            assert case.show(root, identifier) == case.Shown(kind=kind, record=record)
            assert case.show(root, identifier[:-2]) == case.Shown(kind=kind, record=record)
    for identifier, words in (("d-", "3 records begin so"), ("x-1", "No record"), ("", "records")):
        with pytest.raises(RecordNotFound, match=words):
            case.show(root, identifier)


def test_text_can_be_searched(root: Path, files: Path) -> None:
    """Documents, statements, origins and findings, by words and by phrases."""
    case.add(root, [str(files)], now=NOW)
    run(root)
    assert {hit.kind for hit in case.search(root, "quayside")} == {"document", "statement", "origin"}
    assert {hit.kind for hit in case.search(root, "PORT cameras")} == {"document", "statement", "finding"}
    assert [hit.kind for hit in case.search(root, '"platform study"', limit=1)] == ["origin"]
    assert case.search(root, '"study platform"') == ()
    assert case.search(root, ' " ! ') == ()


def test_sealed_bytes_are_those_that_came_in(root: Path, files: Path) -> None:
    """Byte for byte."""
    content = bytes(range(256)) * 5
    (files / "raw.bin").write_bytes(content)
    (capture,) = case.add(root, [str(files / "raw.bin")], now=NOW).new
    assert case.sealed_bytes(root, capture.sha256) == content


def test_a_case_is_found_from_below(root: Path) -> None:
    """From the case itself, from a folder in it, and not from outside it."""
    assert case.locate(root) == root
    assert case.locate(root / "objects" / "sha256") == root
    with pytest.raises(CaseNotFound, match="firsthand init"):
        case.locate(root.parent)


def test_paths_that_are_no_text_can_be_added(root: Path, files: Path) -> None:
    """A file name in an old encoding is shown with its bytes written out, and its content is kept."""
    path = os.fsencode(files) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:  # noqa: PTH123  Path takes no bytes
        stream.write(b"Mill Town uses drones")
    (capture,) = case.add(root, [os.fsdecode(path)], now=NOW).new
    assert capture.path.endswith("caf\\xe9.txt")
    run(root)
    assert case.documents(root)[0].text == "Mill Town uses drones"


def test_a_first_run_changes_nothing_and_a_later_one_says_what_it_counts_otherwise(root: Path, files: Path) -> None:
    """A new document with an origin of its own raises one finding, and brings another; an idle run keeps the list."""
    case.add(root, [str(files)], now=NOW)
    assert run(root).changed == case.changed(root) == ()
    (files / "late.txt").write_text("Port Authority uses drones, says Pier Survey\nRail Police uses drones\n")
    case.add(root, [str(files)], now=LATER)
    changed = run(root).changed
    counts = {(c.text, c.before and c.before.independent, c.after and c.after.independent) for c in changed}
    assert counts == {("Port Authority uses drones", 1, 2), ("Rail Police uses drones", None, 1)}
    assert run(root).changed == ()
    assert case.changed(root) == changed


def test_a_decision_shows_in_what_the_next_run_changed(root: Path, files: Path) -> None:
    case.add(root, [str(files)], now=NOW)
    run(root)
    (origin,) = [each for each in case.origins(root) if each.name == "Quayside Report"]
    case.decide(root, "reject", [origin.id], why="It was withdrawn.", by="ed", now=LATER)
    changed = {(change.text, change.after and change.after.independent) for change in run(root).changed}
    assert changed == {("Port Authority uses cameras", 0), ("Port Authority uses drones", 0)}
