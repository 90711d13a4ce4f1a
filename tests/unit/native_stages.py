"""The project's own reading over native libraries that misbehave: they hang, eat memory or die in C, as pages tell them.

A loop in C never lets go of the interpreter, so no timer or signal handler of Python's could end it; memory is taken
where Python does not count it.
"""

from __future__ import annotations

import ctypes
import itertools
import os
from collections import deque
from collections.abc import Callable
from typing import Any

import fake_stages

from firsthand import read as reading
from firsthand.engine.stages import Stages, read_best, read_without_opinion
from firsthand.read import second_opinion
from firsthand.records import Capture, Document, PartlyRead, Refusal

_STEP_BYTES = 64 * 1024 * 1024
_STEPS = 64
Found = tuple[Document, ...] | PartlyRead | Refusal


def _hang() -> None:
    deque(itertools.count(), maxlen=0)


def _eat() -> None:
    """Takes memory until it gets no more, and then gives up as libraries in C do; hangs if 4 GiB are not enough."""
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    for _ in range(_STEPS):
        block = library.malloc(_STEP_BYTES)
        if not block:
            os.abort()
        ctypes.memset(block, 1, _STEP_BYTES)
    _hang()


def _die() -> None:
    ctypes.string_at(0)


ACTS: dict[bytes, Callable[[], None]] = {b"native-hang": _hang, b"native-eat": _eat, b"native-die": _die}


def act_on(content: bytes, path: str = "") -> str:
    """Does what the bytes say; no text, if it comes back."""
    for word, act in ACTS.items():
        if word in content:
            act()
    return ""


def read_over_bad_pdfium(capture: Capture, content: bytes, /) -> Found:
    """Reading as it is, but PDFium does what a PDF tells it."""
    import pypdfium2

    library: Any = pypdfium2
    real = library.PdfDocument
    library.PdfDocument = lambda source: (act_on(source), real(source))[1]
    try:
        return reading.read(capture, content)
    finally:
        library.PdfDocument = real


def read_over_bad_opinion(capture: Capture, content: bytes, /) -> Found:
    """The best mode as it is, but the other extractor does what a page tells it."""
    second_opinion._extractor = lambda: lambda page, **_: act_on(page)  # type: ignore[assignment]
    return read_best(capture, content)


def _stages(read: Any, again: Any = None) -> Stages:
    own = fake_stages
    return Stages(read=read, extract=own.extract, trace=own.trace, reconcile=own.reconcile, read_again=again)


BAD_PDFIUM = _stages(read_over_bad_pdfium)
BAD_OPINION = _stages(read_over_bad_opinion, read_without_opinion)
