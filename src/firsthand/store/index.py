"""The index: everything the log says and everything the stages made, in one SQLite file, for quick reading and search.

It is never the record. `Index.follow_log` makes the log's part again from the log; the stages make theirs again.
One process writes (it holds the case's lock) and readers open the file read-only: in WAL mode neither waits for the
other, and no reader can check-point, which keeps clear of the WAL-reset fault of SQLite before 3.51.3.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firsthand.records import Capture, Circumstance, Decision, Json, Proposals, Refusal, Visit, VisitOutcome
from firsthand.store.errors import CaseTooNew, WriteFailed
from firsthand.store.log import Entry, Tip
from firsthand.store.serial import from_json, to_json

_SCHEMA_VERSION = 3
_SCHEMA = """
CREATE TABLE note (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE capture (sha256 TEXT PRIMARY KEY, position INTEGER NOT NULL, size_bytes INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE circumstance (position INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, path TEXT NOT NULL,
                           captured_at TEXT NOT NULL, tool TEXT NOT NULL);
CREATE INDEX circumstance_of ON circumstance (sha256, position);
CREATE INDEX circumstance_at ON circumstance (path);
CREATE TABLE visit (position INTEGER PRIMARY KEY, address TEXT NOT NULL, outcome TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX visit_at ON visit (address, outcome, position);
CREATE TABLE refusal (path TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE decision (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE proposals (document TEXT NOT NULL, model TEXT NOT NULL, question TEXT NOT NULL, body TEXT NOT NULL,
                        PRIMARY KEY (document, model, question)) WITHOUT ROWID;
CREATE TABLE torn (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE derived (sha256 TEXT PRIMARY KEY, method TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (kind TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
                     has_name INTEGER AS (kind NOT IN ('derivation', 'grounding', 'unread')),
                     PRIMARY KEY (kind, position)) WITHOUT ROWID;
CREATE INDEX record_of ON record (id);
CREATE VIRTUAL TABLE search USING fts5 (kind UNINDEXED, id UNINDEXED, title, text,
                                        tokenize = 'unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A record as the index keeps it: its kind, its identifier, and its JSON.

    Derivations, groundings and refusals have no identifier of their own: theirs is that of what they are about.
    """

    kind: str
    id: str
    body: Mapping[str, Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchText:
    """What full text search looks through for one record."""

    kind: str
    id: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A record whose text holds what was searched for."""

    kind: str
    id: str
    excerpt: str
    """Words around the match, the match between `[` and `]`."""


class Index:
    """An open index. Use it in the thread that opened it, and close it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open_for_writing(cls, path: Path) -> Index:
        """The index at `path`, made empty when it is not there or cannot be used."""
        if not _is_usable(path):
            _remove(path)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;")
        path.chmod(0o600)
        return cls(connection)

    @classmethod
    def open_for_reading(cls, path: Path) -> Index | None:
        """The index at `path`, or None when it has to be made again first."""
        if not _is_usable(path):
            return None
        return cls(_connect_read_only(path))

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside are made together, or not at all. Raises `WriteFailed` when the disk refuses."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as fault:
            remedy = "Make room or mend the disk, then try again; what was acknowledged is kept."
            raise WriteFailed("index.sqlite", f"The index could not be written: {fault}.", remedy) from fault

    # --- what the log says -------------------------------------------------------------------------------------------

    def tip(self) -> Tip:
        """How far the log has been followed."""
        found = self.note("tip")
        return Tip() if found is None else from_json(Tip, found)

    def follow_log(self, entries: Iterable[tuple[Entry, Tip]]) -> None:
        """Takes over entries, each with the place behind it; call it inside a transaction."""
        reached = None
        for entry, behind in entries:
            self._apply(entry)
            reached = behind
        if reached is not None:
            self.set_note("tip", to_json(reached))

    def forget_log(self) -> None:
        """Empties the log's part, to follow it from its start again; call it inside a transaction."""
        self._empty("capture", "circumstance", "visit", "refusal", "decision", "proposals", "torn")
        self._connection.execute("DELETE FROM note WHERE name = 'tip'")

    def forget_everything(self) -> None:
        """Empties every part; call it inside a transaction."""
        self.forget_log()
        self._empty("note", "derived", "record", "search")

    def _empty(self, *tables: str) -> None:
        for table in tables:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own tables

    def _apply(self, entry: Entry) -> None:
        body = entry.body
        match body.get("kind"):
            case "capture":
                self._connection.execute(
                    "INSERT OR IGNORE INTO capture VALUES (?, ?, ?)",
                    (body["sha256"], entry.position, body["size_bytes"]),
                )
                self._add_circumstance(entry, body["sha256"], from_json(Circumstance, body["circumstance"]))
            case "circumstance":
                self._add_circumstance(entry, body["sha256"], from_json(Circumstance, body["circumstance"]))
            case "visit":
                self._add_visit(entry, from_json(Visit, body["visit"]))
            case "refusal":
                refusal = from_json(Refusal, body["refusal"])
                self._connection.execute(
                    "INSERT OR REPLACE INTO refusal VALUES (?, ?, ?)",
                    (refusal.path, entry.position, _dump(to_json(refusal))),
                )
            case "decision":
                decision = from_json(Decision, body["decision"])
                self._connection.execute(
                    "INSERT INTO decision VALUES (?, ?, ?)", (entry.position, decision.id, _dump(to_json(decision)))
                )
            case "proposals":
                made = from_json(Proposals, body["proposals"])
                self._connection.execute(
                    "INSERT OR REPLACE INTO proposals VALUES (?, ?, ?, ?)",
                    (made.document, made.model, made.question, _dump(to_json(made))),
                )
            case "torn":
                self._connection.execute("INSERT OR IGNORE INTO torn VALUES (?)", (body["name"],))
            case "init" | "restored":
                pass  # facts about the case itself, which no reading command asks the index for
            case unknown:
                raise CaseTooNew(
                    f"log entry {entry.position}",
                    f"This version does not know entries of the kind {unknown!r}.",
                    "Update Firsthand, then try again.",
                )

    def _add_visit(self, entry: Entry, visit: Visit) -> None:
        row = (entry.position, visit.address, visit.outcome, _dump(to_json(visit)))
        self._connection.execute("INSERT INTO visit VALUES (?, ?, ?, ?)", row)
        if visit.outcome != "refused":
            self._connection.execute("DELETE FROM refusal WHERE path = ?", (visit.address,))
        if visit.outcome == "unchanged" and visit.about is not None and self.has_capture(visit.about):
            met = Circumstance(path=visit.address, captured_at=visit.visited_at, tool=visit.tool)
            self._add_circumstance(entry, visit.about, met)

    def _add_circumstance(self, entry: Entry, sha256: Json, met: Circumstance) -> None:
        row = (entry.position, sha256, met.path, met.captured_at, met.tool)
        self._connection.execute("INSERT INTO circumstance VALUES (?, ?, ?, ?, ?)", row)
        self._connection.execute("DELETE FROM refusal WHERE path = ?", (met.path,))  # what was refused there is in now

    def captures(self) -> tuple[Capture, ...]:
        """Every capture, in the order they came in."""
        sizes = dict(self._connection.execute("SELECT sha256, size_bytes FROM capture ORDER BY position"))
        met: dict[str, list[Circumstance]] = {sha256: [] for sha256 in sizes}
        rows = self._connection.execute("SELECT sha256, path, captured_at, tool FROM circumstance ORDER BY position")
        for sha256, path, captured_at, tool in rows:
            met[sha256].append(Circumstance(path=path, captured_at=captured_at, tool=tool))
        return tuple(
            Capture(sha256=sha256, size_bytes=size_bytes, circumstances=tuple(met[sha256]))
            for sha256, size_bytes in sizes.items()
        )

    def has_capture(self, sha256: str) -> bool:
        """Whether these bytes are in the case."""
        return self._connection.execute("SELECT 1 FROM capture WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def was_met_at(self, sha256: str, path: str) -> bool:
        """Whether these bytes came in from that path before."""
        query = "SELECT 1 FROM circumstance WHERE path = ? AND sha256 = ?"
        return self._connection.execute(query, (path, sha256)).fetchone() is not None

    def last_met_at(self, path: str) -> str | None:
        """SHA-256 of the capture that was met last at a path; None when none was."""
        query = "SELECT sha256 FROM circumstance WHERE path = ? ORDER BY position DESC LIMIT 1"
        found = self._connection.execute(query, (path,)).fetchone()
        return None if found is None else str(found[0])

    def visits(self) -> tuple[Visit, ...]:
        """Every fetch that gave no new capture, in the order they were made."""
        rows = self._connection.execute("SELECT body FROM visit ORDER BY position")
        return tuple(from_json(Visit, json.loads(body)) for (body,) in rows)

    def last_visit(self, address: str, outcome: VisitOutcome) -> Visit | None:
        """The last of those at an address that had this outcome."""
        query = "SELECT body FROM visit WHERE address = ? AND outcome = ? ORDER BY position DESC LIMIT 1"
        found = self._connection.execute(query, (address, outcome)).fetchone()
        return None if found is None else from_json(Visit, json.loads(found[0]))

    def refusals(self) -> tuple[Refusal, ...]:
        """What could not be taken in, the last word on each path, by path."""
        rows = self._connection.execute("SELECT body FROM refusal ORDER BY path")
        return tuple(from_json(Refusal, json.loads(body)) for (body,) in rows)

    def refusal_at(self, path: str) -> Refusal | None:
        """The last word on a path, if that was a refusal."""
        found = self._connection.execute("SELECT body FROM refusal WHERE path = ?", (path,)).fetchone()
        return None if found is None else from_json(Refusal, json.loads(found[0]))

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in the order they were made, undone ones too."""
        rows = self._connection.execute("SELECT body FROM decision ORDER BY position")
        return tuple(from_json(Decision, json.loads(body)) for (body,) in rows)

    def proposals(self) -> tuple[Proposals, ...]:
        """What models proposed: of each model the last answer for each document and question, in a fixed order."""
        rows = self._connection.execute("SELECT body FROM proposals ORDER BY document, model, question")
        return tuple(from_json(Proposals, json.loads(body)) for (body,) in rows)

    def torn_ends(self) -> frozenset[str]:
        """Names of the torn ends that the log has recorded."""
        return frozenset(name for (name,) in self._connection.execute("SELECT name FROM torn"))

    # --- what the stages made ----------------------------------------------------------------------------------------

    def note(self, name: str) -> Any:
        """A small fact kept under a name, as JSON; None when there is none."""
        found = self._connection.execute("SELECT body FROM note WHERE name = ?", (name,)).fetchone()
        return None if found is None else json.loads(found[0])

    def set_note(self, name: str, body: Json) -> None:
        """Keeps a small fact under a name."""
        self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, _dump(body)))

    def derived_methods(self) -> dict[str, str]:
        """Of each capture that was read (by SHA-256): the method that read it."""
        return dict(self._connection.execute("SELECT sha256, method FROM derived"))

    def derived(self, sha256: str) -> Any:
        """What was made of a capture, as JSON; None when it has not been read."""
        found = self._connection.execute("SELECT body FROM derived WHERE sha256 = ?", (sha256,)).fetchone()
        return None if found is None else json.loads(found[0])

    def set_derived(self, sha256: str, method: str, body: Json) -> None:
        """Keeps what a method made of a capture."""
        self._connection.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?)", (sha256, method, _dump(body)))

    def replace_records(self, rows: Iterable[Row], texts: Iterable[SearchText]) -> None:
        """Puts these in the place of all records and of all that can be searched; call it inside a transaction."""
        self._connection.execute("DELETE FROM record")
        self._connection.execute("DELETE FROM search")
        self._connection.executemany(
            "INSERT INTO record (kind, position, id, body) VALUES (?, ?, ?, ?)",
            ((row.kind, position, row.id, _dump(row.body)) for position, row in enumerate(rows)),
        )
        self._connection.executemany(
            "INSERT INTO search VALUES (?, ?, ?, ?)",
            ((text.kind, text.id, _whole(text.title), _whole(text.text)) for text in texts),
        )

    def records(self, kind: str) -> Iterator[Any]:
        """The JSON of all records of a kind, in the order in which they were put."""
        for (body,) in self._connection.execute("SELECT body FROM record WHERE kind = ? ORDER BY position", (kind,)):
            yield json.loads(body)

    def find(self, beginning: str) -> tuple[Row, ...]:
        """The records whose identifier is `beginning`, or else begins with it; captures and decisions are others."""
        query = "SELECT kind, id, body FROM record WHERE id >= ? AND id < ? AND has_name ORDER BY position"
        # "~" comes after every character of an identifier.
        rows = self._connection.execute(query, (beginning, beginning + "~")).fetchall()
        exact = [row for row in rows if row[1] == beginning]
        return tuple(Row(kind=kind, id=found, body=json.loads(body)) for kind, found, body in exact or rows)

    def identifiers(self) -> frozenset[str]:
        """The identifiers of all records that have one of their own."""
        return frozenset(found for (found,) in self._connection.execute("SELECT id FROM record WHERE has_name"))

    def counts(self) -> dict[str, int]:
        """How many records there are of each kind."""
        return dict(self._connection.execute("SELECT kind, count(*) FROM record GROUP BY kind"))

    def search(self, words: Sequence[str], limit: int) -> tuple[Hit, ...]:
        """Records that hold every one of `words` (several words in one item: next to each other), the best first."""
        if not words:
            return ()
        query = " ".join('"' + word.replace('"', '""').replace("\0", " ") + '"' for word in words)
        rows = self._connection.execute(
            "SELECT kind, id, snippet(search, -1, '[', ']', ' … ', 24) FROM search WHERE search MATCH ?"
            " ORDER BY rank, kind, id LIMIT ?",
            (query, limit),
        ).fetchall()
        if not rows and not all(word.isascii() for word in words):
            rows = self._scan(words, limit)
        return tuple(Hit(kind=kind, id=found, excerpt=excerpt) for kind, found, excerpt in rows)

    def _scan(self, words: Sequence[str], limit: int) -> list[tuple[str, str, str]]:
        """Looks for the words within other words: in scripts without spaces a whole clause is one word to the index."""
        places = " AND ".join("instr(title || char(10) || text, ?)" for _ in words)
        rows = self._connection.execute(
            f"SELECT kind, id, title || char(10) || text FROM search WHERE {places} ORDER BY kind, id LIMIT ?",  # noqa: S608
            (*words, limit),
        )
        return [(kind, found, _around(text, words[0])) for kind, found, text in rows]


def _around(text: str, word: str) -> str:
    """The word in `[` and `]` with some of the text on either side."""
    at = text.index(word)
    before, after = text[max(0, at - 60) : at], text[at + len(word) : at + len(word) + 60]
    return f"{before}[{word}]{after}".replace("\n", " ").strip()


def _dump(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"))  # ASCII: half a surrogate pair in a page must not end a run


def _whole(text: str) -> str:
    """`text` with each half of a surrogate pair replaced, since UTF-8 cannot hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _connect_read_only(path: Path) -> sqlite3.Connection:
    # Where nothing can be written, nobody writes, and SQLite can do without the files it shares between processes.
    still = "" if os.access(path.parent, os.W_OK) else "&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{still}", uri=True, isolation_level=None)


def _is_usable(path: Path) -> bool:
    """Whether there is a whole index of this version's form."""
    if not path.exists():
        return False
    try:
        with closing(_connect_read_only(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return bool(version == _SCHEMA_VERSION and connection.execute("SELECT count(*) FROM note").fetchone())
    except sqlite3.DatabaseError:
        return False


def _remove(path: Path) -> None:
    """The write-ahead log goes first: one left beside a new file could be played into it."""
    for suffix in ("-wal", "-shm", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
