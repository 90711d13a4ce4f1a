"""Writes that survive a crash or a power cut, made of single steps that a test can make fail one by one."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

_FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)
"""macOS: fsync alone leaves the bytes in the drive's own cache."""


class Disk:
    """Every step that changes the disk, one method a step. All of them raise `OSError` when the system refuses."""

    def create(self, path: Path, mode: int) -> int:
        """A descriptor on a new empty file, or on an old one that is emptied."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)

    def extend(self, path: Path) -> int:
        """A descriptor that appends to an existing file."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)

    def write(self, descriptor: int, content: bytes) -> None:
        """Writes all of it; the system may take it in several pieces."""
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def sync(self, descriptor: int) -> None:
        """Returns once the file's bytes would survive a power cut."""
        if _FULL_SYNC is None:
            os.fsync(descriptor)
        else:
            fcntl.fcntl(descriptor, _FULL_SYNC)

    def rename(self, source: Path, target: Path) -> None:
        """Puts `source` in the place of `target`, in one step."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Returns once the names in the folder would survive a power cut."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self.sync(descriptor)
        finally:
            os.close(descriptor)

    def make_folder(self, folder: Path) -> None:
        """Makes one folder, readable by its owner alone."""
        folder.mkdir(mode=0o700)

    def cut(self, path: Path, size_bytes: int) -> None:
        """Shortens a file to `size_bytes`."""
        os.truncate(path, size_bytes)

    def remove(self, path: Path) -> None:
        """Removes one file."""
        path.unlink()


def make_folders(disk: Disk, folder: Path) -> None:
    """Makes a folder and those above it, each so that it survives a power cut."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        disk.make_folder(each)
        disk.sync_folder(each.parent)


def write_file(disk: Disk, path: Path, content: bytes, mode: int = 0o600) -> None:
    """Writes a file whose bytes survive a power cut. Its name may not: that is its folder's to keep."""
    descriptor = disk.create(path, mode)
    try:
        disk.write(descriptor, content)
        disk.sync(descriptor)
    finally:
        os.close(descriptor)


def put_file(disk: Disk, target: Path, content: bytes, *, scratch: Path) -> None:
    """Writes a file so that after a crash it is there whole, or is not there (or is as it was).

    `scratch` is a path on the same disk for the unfinished file.
    """
    write_file(disk, scratch, content)
    disk.rename(scratch, target)
    disk.sync_folder(target.parent)
