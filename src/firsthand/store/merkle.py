"""Merkle tree hashes of RFC 6962, section 2.1: one hash that stands for a list of entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry; the 0x00 in front keeps entries and inner nodes apart."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(kw_only=True, slots=True)
class Frontier:
    """The right edge of a growing tree: enough to add leaves and to know the root, in memory of log n."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)
    """Roots of the complete subtrees, the widest first: one for each 1 bit of `size`."""

    def add(self, leaf: bytes) -> None:
        """Adds one leaf hash on the right."""
        self.peaks.append(leaf)
        self.size += 1
        completed = self.size
        while completed % 2 == 0:
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(node_hash(left, right))
            completed //= 2

    def root(self) -> bytes:
        """The tree's root hash; that of the empty string for an empty tree."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Root hash over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()
