"""Names the exact methods a run uses, so that nothing an older method made is taken for theirs.

The name is a hash over the code and data of the stages and over the versions of the libraries below them. Nobody has to
remember to count a version up, and a result is never stale.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from firsthand.engine import stages as own_stages
from firsthand.engine.stages import Stages

_SHARED = ("firsthand.records", "firsthand.knowledge")


def reading_method(stages: Stages) -> str:
    """Names what turns bytes into documents and statements."""
    modules = _modules((stages.read, "firsthand.read"), (stages.extract, "firsthand.extract"))
    return _named("reading", modules, _opinion() if stages.read is own_stages.read_best else "")


def tracing_method(stages: Stages) -> str:
    """Names what turns documents, statements and decisions into origins and findings."""
    found = _modules((stages.trace, "firsthand.trace"), (stages.reconcile, "firsthand.reconcile"))
    return _named("tracing", (*found, "firsthand.engine.decisions"))


def _modules(*stages: tuple[Callable[..., Any], str]) -> tuple[str, ...]:
    """The package of each stage; for a stage that a caller put in its place, the module that it is written in."""
    return tuple(package if stage.__module__ == own_stages.__name__ else stage.__module__ for stage, package in stages)


def _opinion() -> str:
    """The extractor whose opinion the best mode of reading hears; the text depends on its version."""
    from firsthand.read.second_opinion import version

    return version()


def _named(what: str, modules: tuple[str, ...], setting: str = "") -> str:
    digest = hashlib.sha256(_libraries().encode() + setting.encode())
    for module in (*_SHARED, *modules):
        digest.update(_code_hash(module))
    return f"{what}-{digest.hexdigest()[:16]}"


@cache
def _code_hash(module: str) -> bytes:
    """Hash over the files of a module or package, code and data, in the order of their names."""
    digest = hashlib.sha256(module.encode())
    for file in _files(module):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.digest()


def _files(module: str) -> Iterator[Path]:
    spec = importlib.util.find_spec(module) if module != "__main__" else None
    if spec is None or spec.origin is None:
        return
    origin = Path(spec.origin)
    if origin.name != "__init__.py":
        yield origin
        return
    for file in sorted(origin.parent.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            yield file


@cache
def _libraries() -> str:
    """Python's version and those of the libraries this project requires."""
    lines = [f"python {sys.version_info[0]}.{sys.version_info[1]}"]
    for requirement in sorted(metadata.requires("firsthand") or ()):
        found = re.match(r"[\w.-]+", requirement)
        if found is not None and "extra ==" not in requirement:
            try:
                lines.append(f"{found[0]} {metadata.version(found[0])}")
            except metadata.PackageNotFoundError:
                lines.append(f"{found[0]} absent")
    return "\n".join(lines)
