"""What the user names on a command line, made into files: shared by one-shot tracing and by a case.

Every name ends as at least one file or as a `Refusal`; a bad one never stops the rest. Names are shown as the user gave
them, joined with the file's place in a folder, so results can be matched to files.
"""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from firsthand.records import Refusal

SIZE_LIMIT_BYTES = 128 * 1024 * 1024
"""Largest file that is taken in. 128 MiB holds a scanned book; a page of prose is seldom over 5 MiB."""

_ADDRESS_SCHEMES = ("http://", "https://", "ftp://", "file://")


@dataclass(frozen=True, kw_only=True, slots=True)
class InputFile:
    """One regular file to take in."""

    path: str
    """The name to show: as given, or the folder as given joined with the file's place in it."""
    location: Path
    """Where to open it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What a list of names came to, both parts sorted by the name shown."""

    files: tuple[InputFile, ...]
    refused: tuple[Refusal, ...]


def expand(names: Sequence[str], *, leave_out: Iterable[Path] = ()) -> Inputs:
    """Files, folders (all that lies below them) and glob patterns, made into files.

    In folders, names that begin with a dot are passed over, as a shell does, and so is what lies below `leave_out` (a
    case's own folder, say). A symbolic link in a folder is refused when it leads out of that folder: a folder that
    somebody sent must not be able to pull in private files. The same name twice is one file. Order never matters.
    """
    skipped = frozenset(path.resolve() for path in leave_out)
    found: dict[str, InputFile] = {}
    refused: dict[str, Refusal] = {}
    for name in sorted(set(names)):
        for item in _expand_one(name, skipped):
            if isinstance(item, Refusal):
                refused.setdefault(item.path, item)
            else:
                found.setdefault(item.path, item)
    return Inputs(
        files=tuple(found[path] for path in sorted(found)),
        refused=tuple(refused[path] for path in sorted(refused)),
    )


def read_bytes(file: InputFile, *, limit_bytes: int = SIZE_LIMIT_BYTES) -> bytes | Refusal:
    """The file's exact bytes; or why they cannot be had (`not-a-file`, `too-large`, `empty`, `no-permission` …)."""
    try:
        # Non-blocking, so that a pipe that took a file's place since it was listed cannot hang the batch.
        descriptor = os.open(file.location, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                return _not_a_file(file.path)
            content = b"" if status.st_size > limit_bytes else stream.read(limit_bytes + 1)
            size_bytes = max(status.st_size, len(content))
    except (OSError, ValueError) as fault:
        return _refuse_fault(file.path, fault)
    if size_bytes > limit_bytes:
        return _too_large(file.path, size_bytes, limit_bytes)
    if not content:
        return Refusal(
            path=file.path,
            code="empty",
            reason="The file has no bytes in it.",
            remedy="Save or download it again; the first attempt probably broke off.",
        )
    return content


def shown(path: str) -> str:
    """`path` as text that any output can carry: bytes of a file name that are no UTF-8 become `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _expand_one(name: str, skipped: frozenset[Path]) -> Iterator[InputFile | Refusal]:
    try:
        status = Path(name).stat()
    except (OSError, ValueError) as fault:
        yield from _expand_missing(name, fault, skipped)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(name, skipped)
    elif stat.S_ISREG(status.st_mode):
        yield InputFile(path=shown(name), location=Path(name))
    else:
        yield _not_a_file(shown(name))


def _expand_missing(name: str, fault: OSError | ValueError, skipped: frozenset[Path]) -> Iterator[InputFile | Refusal]:
    """A name that is no file itself: a pattern, an address, or a mistake."""
    if name.lower().startswith(_ADDRESS_SCHEMES):
        yield Refusal(
            path=shown(name),
            code="address",
            reason="This is an address; only files are taken in here.",
            remedy="Take a page on the web into a case with `firsthand add`, or save it and give the saved file.",
        )
        return
    is_pattern = glob.has_magic(name) and "\0" not in name
    matches = sorted(glob.glob(name, recursive=True)) if is_pattern else []  # noqa: PTH207  Path.glob rewrites names
    for match in matches:
        yield from _expand_one(match, skipped)
    if not matches:
        yield _refuse_fault(shown(name), fault)


def _walk(folder: str, skipped: frozenset[Path]) -> Iterator[InputFile | Refusal]:
    """Everything in a folder, sorted, hidden names left out; refuses a folder that holds nothing to take in."""
    root = Path(folder).resolve()
    closed: list[OSError] = []
    taken = 0
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and Path(place, name).resolve() not in skipped
        )
        linked_folders = [name for name in folders if Path(place, name).is_symlink()]  # os.walk does not enter these
        for name in sorted(linked_folders + [name for name in files if not name.startswith(".")]):
            taken += 1
            yield _member(os.path.join(place, name), root)  # noqa: PTH118  Path would rewrite "./a" as "a"
    for fault in closed:
        yield _refuse_fault(shown(str(fault.filename or folder)), fault)
    if not taken and not closed:
        yield Refusal(
            path=shown(folder),
            code="empty-folder",
            reason="The folder holds no files, apart from hidden ones.",
            remedy="Check that it is the folder you meant.",
        )


def _member(path: str, root: Path) -> InputFile | Refusal:
    """One entry of a folder: a regular file, or why it is not taken."""
    location = Path(path)
    try:
        if location.is_symlink() and not location.resolve(strict=True).is_relative_to(root):
            return _linked(shown(path))
        mode = location.stat().st_mode
    except (OSError, RuntimeError) as fault:
        return _refuse_fault(shown(path), fault)
    if stat.S_ISDIR(mode):
        return _linked(shown(path))
    return InputFile(path=shown(path), location=location) if stat.S_ISREG(mode) else _not_a_file(shown(path))


def _refuse_fault(path: str, fault: OSError | ValueError | RuntimeError) -> Refusal:
    """A fault of the file system in words that say what to do."""
    number = fault.errno if isinstance(fault, OSError) else None
    if isinstance(fault, FileNotFoundError | NotADirectoryError | ValueError):
        what = "Nothing on this computer has that name."
        return Refusal(path=path, code="not-found", reason=what, remedy="Check the spelling and the current folder.")
    if isinstance(fault, PermissionError):
        return Refusal(
            path=path,
            code="no-permission",
            reason="This account is not allowed to read it.",
            remedy="Ask its owner for read permission, or copy it to a place you may read.",
        )
    detail = "it links to itself" if number == errno.ELOOP or number is None else os.strerror(number)
    return Refusal(
        path=path,
        code="unreadable",
        reason=f"The file system did not hand it over: {detail}.",
        remedy="Check the disk or the network drive it lies on, then try again.",
    )


def _not_a_file(path: str) -> Refusal:
    return Refusal(
        path=path,
        code="not-a-file",
        reason="It is a device, a pipe or a socket, not a file.",
        remedy="Save what it delivers to a file first, then give that file.",
    )


def _linked(path: str) -> Refusal:
    return Refusal(
        path=path,
        code="link-outside",
        reason="It is a link to somewhere else, and links in a folder are not followed out of it.",
        remedy="If you trust it, give what it points to by its own name.",
    )


def _too_large(path: str, size_bytes: int, limit_bytes: int) -> Refusal:
    mebibyte = 1024 * 1024
    return Refusal(
        path=path,
        code="too-large",
        reason=f"It is {size_bytes / mebibyte:.0f} MiB; files over {limit_bytes // mebibyte} MiB are not taken in.",
        remedy="Give the article itself: one page, or the pages of the PDF that matter.",
    )
