"""Small trained models, one file each, described in README.md beside them; read without network or pickling."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float32]
Strings = dict[str, list[str]]
_FACTS = "facts"
FORMAT = "firsthand.parser/1"


@dataclass(frozen=True, kw_only=True)
class ParserModel:
    """What the English parser has learned."""

    entries: Mapping[str, Mapping[str, int]]
    """Embedding row by feature kind and value; row 0 is padding, 1 anything unknown, 2 the root."""
    tags: tuple[str, ...]
    """`UPOS|XPOS`, in score order."""
    relations: tuple[str, ...]
    """Dependency relations with subtypes, in score order."""
    irregular: Mapping[tuple[str, str], str]
    """Lemma by lower-cased form and Penn tag, where spelling rules fail."""
    weights: Mapping[str, Weights]


def write_parser(path: Path, model: ParserModel) -> None:
    """Write a model as an .npz file of half-precision weights; equal models give equal bytes."""
    facts = {
        "format": FORMAT,
        "entries": {kind: list(rows) for kind, rows in model.entries.items()},
        "tags": model.tags,
        "relations": model.relations,
        "irregular": [[*key, lemma] for key, lemma in sorted(model.irregular.items())],
    }
    packed = np.frombuffer(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode(), np.uint8)
    halves = {name: value.astype(np.float16) for name, value in sorted(model.weights.items())}
    np.savez_compressed(path, allow_pickle=False, **{_FACTS: packed}, **halves)


def read_parser(path: Path) -> ParserModel:
    """The model in a file that `write_parser` made; raises ValueError for any other format."""
    with np.load(path, allow_pickle=False) as archive:
        facts = json.loads(archive[_FACTS].tobytes())
        if facts.get("format") != FORMAT:
            raise ValueError(f"{path.name} holds {facts.get('format')!r}, not {FORMAT!r}: train it again")
        weights = {name: archive[name].astype(np.float32) for name in archive.files if name != _FACTS}
    return ParserModel(
        entries={kind: {value: row for row, value in enumerate(values)} for kind, values in facts["entries"].items()},
        tags=tuple(facts["tags"]),
        relations=tuple(facts["relations"]),
        irregular={(form, tag): lemma for form, tag, lemma in facts["irregular"]},
        weights=weights,
    )


@lru_cache(maxsize=1)
def english_parser() -> ParserModel:
    """The English parser that ships with the package, read once."""
    with as_file(files(__name__) / "english-parser.npz") as path:
        return read_parser(path)
