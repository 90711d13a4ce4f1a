"""What a WACZ states of its own parts (WACZ 1.1.1, Frictionless Data Package), held against the parts themselves."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from firsthand.read.packed import Budget, TooMuchUnpackedError
from firsthand.read.zips import ZipRefused, entry_bytes

_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_MAX_BYTES = 8 * 1024 * 1024
_KNOWN_HASHES = ("sha256", "sha512", "sha384", "sha1", "md5")
"""As the standard allows them; the weak ones still tell damage."""


@dataclass(frozen=True, slots=True)
class Package:
    """The archive's list of contents."""

    hashes: Mapping[str, str]
    """By name, an algorithm and the hash in hex, as in `sha256:ab12…`."""
    altered: tuple[str, ...] = ()
    """The list itself, where its own digest does not fit it."""
    missing: tuple[str, ...] = ()
    """Names that it lists and the archive lacks."""

    def agrees(self, name: str, content: bytes) -> bool:
        """Whether the bytes are what the list states; so they are taken to be where it states nothing."""
        return _agrees(self.hashes.get(name, ""), content)


def read_package(archive: zipfile.ZipFile, budget: Budget) -> Package:
    """The list of contents; an empty one where there is none that can be read. Raises nothing but a broken world."""
    content = _entry(archive, _PACKAGE, budget)
    package, digest = _object(content), _object(_entry(archive, _DIGEST, budget))
    stated = digest.get("hash")
    resources = package.get("resources")
    listed = [each for each in resources if isinstance(each, dict)] if isinstance(resources, list) else []
    hashes = {str(each.get("path", "")): str(each.get("hash", "")) for each in listed}
    names = set(archive.namelist())
    return Package(
        hashes=hashes,
        altered=() if _agrees(str(stated or ""), content) else (_PACKAGE,),
        missing=tuple(sorted(name for name in hashes if name and name not in names)),
    )


def _agrees(stated: str, content: bytes) -> bool:
    algorithm, _, wanted = stated.partition(":")
    if algorithm.lower() not in _KNOWN_HASHES:
        return True
    found = hashlib.new(algorithm.lower(), content, usedforsecurity=False).hexdigest()
    return found == wanted.strip().lower()


def _entry(archive: zipfile.ZipFile, name: str, budget: Budget) -> bytes:
    try:
        return entry_bytes(archive, archive.getinfo(name), limit_bytes=_MAX_BYTES, budget=budget)
    except (KeyError, ZipRefused, TooMuchUnpackedError):
        return b""  # without a list, the parts stand for themselves


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content) if content else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
