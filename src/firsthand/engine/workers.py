"""Reads captured bytes in worker processes, because every captured page is hostile.

A page can hang a parser, exhaust memory or crash a C library. Here that costs one process and yields one `Refusal`; the
batch goes on. Workers are plain subprocesses that speak over pipes, so a caller's script needs no `__main__` guard. A
worker's answers are trusted to be records and nothing else.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import IO, Any, TypeAlias

from firsthand import records
from firsthand.engine.stages import Read, Stages
from firsthand.records import Capture, Document, PartlyRead, Proposals, Refusal, Statement

Load: TypeAlias = Callable[[Capture], "bytes | Refusal"]
Answer: TypeAlias = "tuple[tuple[Document, ...], tuple[Statement, ...], tuple[Refusal, ...]] | Refusal"
"""Documents, what they state, and what was left out; or why there are none."""
Asked: TypeAlias = Callable[[Capture], Sequence[Proposals]]
"""Gives what models proposed for the documents of a capture."""
Many: TypeAlias = tuple[tuple[Document, ...], tuple[Refusal, ...]]
"""The documents of a capture that holds several, whose statements are still to be asked for, and what was left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one capture may cost before it is given up."""

    seconds: float = 30.0
    """Wall clock for reading and extraction; the slowest honest page we met took under 3 s.

    In a capture of several documents, for reading them all and again for the statements of each.
    """
    memory_bytes: int = 1024**3
    """Address space of a worker. Reading ordinary pages takes 0.2 GiB; the largest file, held twice, leaves room."""


DEFAULT_LIMITS = Limits()
_ENDED = frozenset(("too-slow", "out-of-memory", "reader-crashed"))
"""What a worker is refused for that went beyond its limits, or died."""
_MOST_GIVEN_UP = 3
"""So many documents of one capture may fail before the rest is left out: an archive of traps ends in two minutes."""
_MESSAGE_LIMIT_BYTES = 512 * 1024 * 1024
"""A worker that a page took over cannot make its caller reserve more than this."""
_WORKER_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""The batch is spread over processes already; threads of a numeric library would only reserve memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one capture came to: documents and what they state, or a refusal."""

    capture: Capture
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    refusal: Refusal | None = None
    left_out: tuple[Refusal, ...] = ()
    """Parts of a capture with many pages that could not be used."""

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """The refusal of the whole capture, or those of its parts."""
        return (self.refusal,) if self.refusal is not None else self.left_out

    def refused_at_every_path(self) -> Iterator[Refusal]:
        """What was refused, at every path that the capture's bytes were met at."""
        for refusal in self.refused:
            for path in dict.fromkeys(circumstance.path for circumstance in self.capture.circumstances):
                yield replace(refusal, path=path)


def read_captures(
    captures: Sequence[Capture],
    load: Load,
    *,
    stages: Stages,
    workers: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    proposals: Asked = lambda _: (),
) -> Iterator[Reading]:
    """Reads each capture and extracts its statements; yields in the captures' order, however many workers there are.

    `load` gives a capture's bytes when its turn comes, so only as many are in memory as there are workers. `workers` is
    a number of processes, None for as many as pay off, or 0 for this process itself, without limits on time and memory.
    `proposals` gives what models proposed for the documents of a capture; nothing by default.
    """
    if workers is None:
        workers = _workers_that_pay_off(len(captures))
    if workers == 0:
        for capture in captures:
            yield _reading(capture, _answer_here(capture, load, stages, proposals))
        return
    crew = _Crew(size=min(workers, max(len(captures), 1)), stages=stages, limits=limits)
    try:
        for capture, answer in zip(captures, crew.ask_all(captures, load, proposals), strict=True):
            yield _reading(capture, answer)
    finally:
        crew.dismiss()


def _workers_that_pay_off(count: int) -> int:
    """One worker for each 64 captures, up to the cores there are, and at least one."""
    # 64: starting a worker takes about 0.9 s of processor time, mostly imports, and an ordinary page takes 0.02 s.
    return max(1, min(os.cpu_count() or 1, -(-count // 64)))


def _reading(capture: Capture, answer: Answer) -> Reading:
    if isinstance(answer, Refusal):
        return Reading(capture=capture, refusal=answer)
    documents, statements, left_out = answer
    return Reading(capture=capture, documents=documents, statements=statements, left_out=left_out)


def _answer_here(capture: Capture, load: Load, stages: Stages, asked: Asked) -> Answer:
    content = load(capture)
    return content if isinstance(content, Refusal) else read_one(capture, content, stages, asked(capture))


def read_one(capture: Capture, content: bytes, stages: Stages, proposals: Sequence[Proposals] = ()) -> Answer:
    """Runs the reading and extracting stages on one capture. A fault in them is a refusal that names it."""
    found = _read_documents(capture, content, stages.read)
    if isinstance(found, Refusal):
        return found
    return _with_statements(*found, extract=lambda document: _extract_one(document, proposals, stages))


def _read_documents(capture: Capture, content: bytes, read: Read) -> Many | Refusal:
    try:
        found = read(capture, content)
    except MemoryError:
        return _out_of_memory(capture.path)
    except Exception as fault:  # noqa: BLE001  one page's fault, whatever it is, must not end the batch; it is reported
        return _crashed(capture.path, f"a fault in the reader ({type(fault).__name__}{_place(fault)})")
    if isinstance(found, Refusal):
        return found
    documents, left_out = (found.documents, found.refused) if isinstance(found, PartlyRead) else (found, ())
    return (documents, left_out) if documents else _no_text(capture.path)


def _extract_one(document: Document, proposals: Sequence[Proposals], stages: Stages) -> tuple[Statement, ...] | Refusal:
    try:
        return tuple(stages.extract(document, [each for each in proposals if each.document == document.id]))
    except MemoryError:
        return _out_of_memory(document.path)
    except Exception as fault:  # noqa: BLE001  as above
        return _crashed(document.path, f"a fault in the reader ({type(fault).__name__}{_place(fault)})")


def _with_statements(
    documents: tuple[Document, ...],
    left_out: tuple[Refusal, ...],
    *,
    extract: Callable[[Document], tuple[Statement, ...] | Refusal],
) -> Answer:
    """The documents with what they state; those whose statements cannot be had are left out, and named."""
    kept: list[Document] = []
    statements: list[Statement] = []
    refused: list[Refusal] = []
    for document in documents:
        stated = extract(document) if len(refused) < _MOST_GIVEN_UP else _given_up(document.path)
        if isinstance(stated, Refusal):
            refused.append(stated if len(documents) == 1 else _of_part(stated, document))
        else:
            kept.append(document)
            statements += stated
        if len(refused) > _MOST_GIVEN_UP:
            break
    return (tuple(kept), tuple(statements), (*left_out, *refused)) if kept else refused[0]


@dataclass(kw_only=True, slots=True)
class _Crew:
    """A fixed number of workers, each served by one thread; a worker that dies is replaced."""

    size: int
    stages: Stages
    limits: Limits
    _idle: queue.SimpleQueue[Worker] = field(default_factory=queue.SimpleQueue)
    _all: list[Worker] = field(default_factory=list)
    _threads: ThreadPoolExecutor | None = None

    def ask_all(self, captures: Sequence[Capture], load: Load, asked: Asked) -> Iterator[Answer]:
        """An answer for each capture, in their order."""
        for _ in range(self.size):
            worker = Worker(stages=self.stages, limits=self.limits)
            self._all.append(worker)
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(max_workers=self.size, thread_name_prefix="firsthand-worker")
        # Taken down before the threads start: what is asked for may only be read in the caller's thread.
        proposals = [tuple(asked(capture)) for capture in captures]
        return self._threads.map(lambda each, theirs: self._ask_idle(each, theirs, load), captures, proposals)

    def _ask_idle(self, capture: Capture, proposals: Sequence[Proposals], load: Load) -> Answer:
        content = load(capture)
        if isinstance(content, Refusal):
            return content
        worker = self._idle.get()
        try:
            found: Answer | Many = worker.ask((capture, content, proposals, self.stages.read), capture.path)
            if isinstance(found, Refusal) and found.code in _ENDED and self.stages.read_again is not None:
                found = worker.ask((capture, content, proposals, self.stages.read_again), capture.path)
            if isinstance(found, Refusal) or len(found) == 3:
                return found
            return _with_statements(*found, extract=lambda document: worker.ask((document, proposals), document.path))
        finally:
            self._idle.put(worker)

    def dismiss(self) -> None:
        """Ends every worker, busy or not, and waits for the threads."""
        for worker in self._all:
            worker.dismiss()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.dismiss()  # one that was starting while the first round went by


@dataclass(kw_only=True, slots=True)
class Worker:
    """One subprocess, started when first needed and again after it died."""

    stages: Stages
    limits: Limits
    _process: subprocess.Popen[bytes] | None = None
    _dismissed: bool = False

    def ask(self, request: tuple[object, ...], path: str) -> Any:
        """Has the subprocess read a capture or extract a document; a refusal if it dies or takes too long."""
        process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        overdue = threading.Event()
        timer = threading.Timer(self.limits.seconds, _give_up, (process, overdue))
        timer.daemon = True
        timer.start()
        try:
            _send(process.stdin, request)
            return _receive_answer(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self._process = None
            status = _end(process, grace_seconds=1.0)  # its pipe broke, so it is dying: wait to hear of what
            return _too_slow(path, self.limits) if overdue.is_set() else _crashed(path, _cause(status))
        finally:
            timer.cancel()

    @property
    def process_id(self) -> int | None:
        """Of the subprocess; None before the first start."""
        return self._process.pid if self._process is not None else None

    def dismiss(self) -> None:
        """Ends the subprocess for good."""
        self._dismissed = True
        if self._process is not None:
            _end(self._process, grace_seconds=0.0)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        if self._dismissed:
            raise EOFError("the batch is being given up")
        self._process = subprocess.Popen(
            # -P: a folder of captured files may hold a `yaml.py`; the current folder must not be imported from.
            [sys.executable, "-P", "-c", "from firsthand.engine.workers import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_WORKER_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(p or os.curdir for p in sys.path)},
        )
        assert self._process.stdin is not None
        _send(self._process.stdin, (self.stages, self.limits))
        return self._process


def _give_up(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    process.kill()


def _end(process: subprocess.Popen[bytes], *, grace_seconds: float) -> int:
    """Ends a worker, unless it ends by itself within the grace; its exit status, negative for a signal."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=grace_seconds)
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    return process.wait()


def serve() -> None:
    """The life of a worker process: told stages and limits, then asked one capture at a time until the pipe closes."""
    requests, answers = _take_pipes()
    stages, limits = _receive(requests)
    _restrain(limits)
    while True:
        try:
            request = _receive(requests)
        except EOFError:
            return
        if hasattr(signal, "alarm"):
            # The caller's timer ends a slow worker; this is for a worker whose caller has died: the system ends it.
            signal.alarm(int(limits.seconds * 2) + 1)
        _send(answers, _answer(request, stages))


def _answer(request: Any, stages: Stages) -> Any:
    """A document's statements; or a capture's documents, with their statements where there is only one.

    Or whatever a function that was asked for makes of what it was given, last of which is the path for a refusal.
    """
    if callable(request[0]):
        return _called(*request)
    if isinstance(request[0], Document):
        document, proposals = request
        return _extract_one(document, proposals, stages)
    capture, content, proposals, read = request
    found = _read_documents(capture, content, read)
    if isinstance(found, Refusal) or len(found[0]) > 1:
        return found
    return _with_statements(*found, extract=lambda document: _extract_one(document, proposals, stages))


def _called(function: Callable[..., Any], *given: Any) -> Any:
    try:
        return function(*given)
    except MemoryError:
        return _out_of_memory(given[-1])
    except Exception as fault:  # noqa: BLE001  as above
        return _crashed(given[-1], f"a fault in the reader ({type(fault).__name__}{_place(fault)})")


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the caller, moved away so that a library that prints cannot garble the answers."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller, who ends its workers
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _restrain(limits: Limits) -> None:
    """Has the system refuse this process more memory than it may have, and core files, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def _send(stream: IO[bytes], message: object) -> None:
    payload = pickle.dumps(message, protocol=5)
    stream.write(struct.pack(">Q", len(payload)) + payload)
    stream.flush()


def _receive_payload(stream: IO[bytes]) -> bytes:
    header = stream.read(8)
    size_bytes = struct.unpack(">Q", header)[0] if len(header) == 8 else _MESSAGE_LIMIT_BYTES + 1
    if size_bytes > _MESSAGE_LIMIT_BYTES:
        raise EOFError("the other side ended, or speaks nonsense")
    return stream.read(size_bytes)


def _receive(stream: IO[bytes]) -> Any:
    return pickle.loads(_receive_payload(stream))  # noqa: S301  from our own caller


def _receive_answer(stream: IO[bytes]) -> Any:
    return _RecordsOnly(io.BytesIO(_receive_payload(stream))).load()


class _RecordsOnly(pickle.Unpickler):
    """Loads records and plain values: a worker that a page took over cannot make its caller run anything."""

    def find_class(self, module: str, name: str) -> type:
        """The record class of that name; anything else is refused."""
        found = getattr(records, name, None) if module == records.__name__ else None
        if isinstance(found, type) and found.__module__ == records.__name__:
            return found
        raise pickle.UnpicklingError(f"a worker answered with {module}.{name}, which is no record")


def _place(fault: Exception) -> str:
    """Where in the code it was, for a report; without the folders of this computer."""
    frames = traceback.extract_tb(fault.__traceback__)
    return f", {PurePath(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""


def _cause(status: int) -> str:
    """How a worker ended, in words."""
    if status >= 0:
        return f"the reading process ended with status {status}"
    try:
        return f"the reading process was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"the reading process was ended by signal {-status}"


def _crashed(path: str, cause: str) -> Refusal:
    return Refusal(
        path=path,
        code="reader-crashed",
        reason=f"Reading it ended in {cause}." if cause.startswith("a ") else f"While it was read, {cause}.",
        remedy="Save the text as plain text and give that. Please report the file's format, not the file.",
    )


def _out_of_memory(path: str) -> Refusal:
    return Refusal(
        path=path,
        code="out-of-memory",
        reason="Reading it took more memory than one file may have.",
        remedy="Save only the article's text, then give that; a file this costly is damaged or made to do harm.",
    )


def _too_slow(path: str, limits: Limits) -> Refusal:
    return Refusal(
        path=path,
        code="too-slow",
        reason=f"Reading it took more than {limits.seconds:g} seconds.",
        remedy="Save only the article's text, then give that; a file this costly is damaged or made to do harm.",
    )


def _no_text(path: str) -> Refusal:
    return Refusal(
        path=path,
        code="no-text",
        reason="No article text was found in it.",
        remedy="Check that the saved page shows the article, not a login or consent page.",
    )


def _given_up(path: str) -> Refusal:
    return Refusal(
        path=path,
        code="given-up",
        reason=f"After {_MOST_GIVEN_UP} pages that could not be worked through, the rest was left out.",
        remedy="Take the archive apart with a tool you trust, and add the pages that matter.",
    )


def _of_part(refusal: Refusal, document: Document) -> Refusal:
    place = document.fetched_from or document.url or f"document {document.part + 1}"
    return replace(refusal, reason=f"{refusal.reason} This is about {place} in it.")
