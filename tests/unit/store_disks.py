"""Disks that fail: at one step, for good from one step on, or by a power cut that keeps only what was made durable."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from pathlib import Path

from firsthand.store.durable import Disk

STEPS = ("create", "extend", "write", "sync", "rename", "sync_folder", "make_folder", "cut", "remove")


class Dead(BaseException):
    """The process is gone; nothing may catch this and go on."""


class CountingDisk(Disk):
    """Counts its steps, and hands each to `at_step` before it is taken."""

    def __init__(self) -> None:
        self.steps = 0
        self.taken: list[str] = []
        self._lock = threading.Lock()

    def at_step(self, number: int, name: str) -> None:
        """Nothing goes wrong here."""

    def _step(self, name: str) -> None:
        with self._lock:
            number, self.steps = self.steps, self.steps + 1
            self.taken.append(name)
        self.at_step(number, name)

    def create(self, path: Path, mode: int) -> int:
        self._step("create")
        return super().create(path, mode)

    def extend(self, path: Path) -> int:
        self._step("extend")
        return super().extend(path)

    def write(self, descriptor: int, content: bytes) -> None:
        try:
            self._step("write")
        except (OSError, Dead):
            super().write(descriptor, content[: len(content) // 2])  # a write that breaks off leaves a part behind
            raise
        super().write(descriptor, content)

    def sync(self, descriptor: int) -> None:
        self._step("sync")
        super().sync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        self._step("rename")
        super().rename(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._step("sync_folder")
        super().sync_folder(folder)

    def make_folder(self, folder: Path) -> None:
        self._step("make_folder")
        super().make_folder(folder)

    def cut(self, path: Path, size_bytes: int) -> None:
        self._step("cut")
        super().cut(path, size_bytes)

    def remove(self, path: Path) -> None:
        self._step("remove")
        super().remove(path)


class FullDisk(CountingDisk):
    """Refuses one step for want of room (or with another error), and takes all others."""

    def __init__(self, fails_at: int, code: int = errno.ENOSPC) -> None:
        super().__init__()
        self.fails_at = fails_at
        self.code = code

    def at_step(self, number: int, name: str) -> None:
        if number == self.fails_at:
            raise OSError(self.code, os.strerror(self.code))


class DyingDisk(CountingDisk):
    """Takes the process with it at one step: neither that step nor any later one happens."""

    def __init__(self, dies_at: int) -> None:
        super().__init__()
        self.dies_at = dies_at

    def at_step(self, number: int, name: str) -> None:
        if number >= self.dies_at:
            raise Dead


class _File:
    """Bytes as they are, and as a power cut would leave them."""

    def __init__(self, content: bytes = b"") -> None:
        self.content = content
        self.durable = b""


class PowerCutDisk(DyingDisk):
    """Remembers what was made durable. `cut_power` leaves the folder with that alone: the worst a disk may do."""

    def __init__(self, root: Path, dies_at: int) -> None:
        super().__init__(dies_at)
        self.root = root
        self.open: dict[int, _File] = {}
        self.names: dict[Path, _File] = {}
        for path in root.rglob("*"):
            if path.is_file():
                self.names[path] = file = _File(path.read_bytes())
                file.durable = file.content
        self.folders = {root, *(path for path in root.rglob("*") if path.is_dir())}
        self.durable_names = dict(self.names)
        self.durable_folders = set(self.folders)

    def create(self, path: Path, mode: int) -> int:
        descriptor = super().create(path, mode)
        self.names[path] = self.open[descriptor] = _File()
        return descriptor

    def extend(self, path: Path) -> int:
        descriptor = super().extend(path)
        self.open[descriptor] = self.names[path]
        return descriptor

    def write(self, descriptor: int, content: bytes) -> None:
        super().write(descriptor, content)
        self.open[descriptor].content += content

    def sync(self, descriptor: int) -> None:
        super().sync(descriptor)
        if descriptor in self.open:
            self.open[descriptor].durable = self.open[descriptor].content

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self.names[target] = self.names.pop(source)

    def make_folder(self, folder: Path) -> None:
        super().make_folder(folder)
        self.folders.add(folder)

    def sync_folder(self, folder: Path) -> None:
        self._step("sync_folder")
        self.durable_names = {path: file for path, file in self.durable_names.items() if path.parent != folder}
        self.durable_names |= {path: file for path, file in self.names.items() if path.parent == folder}
        self.durable_folders |= {each for each in self.folders if each.parent == folder}

    def cut(self, path: Path, size_bytes: int) -> None:
        super().cut(path, size_bytes)
        self.names[path].content = self.names[path].content[:size_bytes]

    def remove(self, path: Path) -> None:
        super().remove(path)
        self.names.pop(path, None)

    def cut_power(self) -> None:
        """Makes the folder hold only what was durable; the index, which is never synced on purpose, is lost."""
        shutil.rmtree(self.root)
        self.root.mkdir()
        for folder in sorted(self.durable_folders):
            if all(self.root / above in self.durable_folders for above in folder.relative_to(self.root).parents):
                folder.mkdir(parents=True, exist_ok=True)
        for path, file in self.durable_names.items():
            if path.parent.is_dir() and not path.name.startswith("index.sqlite"):
                path.write_bytes(file.durable)
