"""Records as JSON and back, strictly: what was written is what is read, and nothing that is no record gets in.

Every field is written; a number that JSON has no word for (NaN, infinity) raises `ValueError`. On reading, an unknown
field, a missing field without a default, a value of another type or outside its vocabulary raises `NotARecord`, which
names the place. A field that was added later, with a default, may be absent from what an earlier version wrote.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from firsthand.records import Json

R = TypeVar("R")


class NotARecord(ValueError):  # noqa: N818  says what is wrong
    """The JSON is not the record it was taken for."""


def to_json(record: object) -> dict[str, Json]:
    """The record as a JSON object, records in it included. Tuples become arrays.

    >>> from firsthand.records import Span
    >>> to_json(Span(start=3, end=9))
    {'start': 3, 'end': 9}
    """
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        raise TypeError(f"{type(record).__name__} is no record")
    return {name: _plain(getattr(record, name)) for name in _field_names(type(record))}


def _plain(value: Any) -> Json:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"JSON has no number for {value}")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return to_json(value)


def from_json(kind: type[R], value: object) -> R:
    """The record of class `kind` that `to_json` wrote as `value`; raises `NotARecord`.

    >>> from firsthand.records import Span
    >>> from_json(Span, {"start": 3, "end": 9})
    Span(start=3, end=9)
    """
    reader: Reader = _record_reader(kind)  # type: ignore[arg-type]  # every class can be hashed
    record: R = reader(value, kind.__name__)
    return record


Reader = Callable[[object, str], Any]
"""Turns plain JSON into a value of one type; the text says where in the record it stands."""


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _record_reader(kind: type) -> Reader:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields}
    required = frozenset(
        field.name
        for field in fields
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )

    def read(value: object, place: str) -> Any:
        if not isinstance(value, dict):
            raise NotARecord(f"{place}: expected an object, found {type(value).__name__}")
        for name in sorted(required - value.keys()):
            raise NotARecord(f"{place}.{name}: is missing")
        for name in sorted(value.keys() - readers.keys(), key=str):
            raise NotARecord(f"{place}.{name}: is no field of {kind.__name__}")
        return kind(**{name: readers[name](item, f"{place}.{name}") for name, item in value.items()})

    return read


@cache
def _reader(hint: Any) -> Reader:
    """The reader for one type as the records write it; raises `TypeError` for a type no record uses."""
    if hint in _PLAIN_READERS:
        return _PLAIN_READERS[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record_reader(hint)
    if origin is Literal:
        return _literal_reader(frozenset(arguments))
    if origin in (Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
        return _optional_reader(_reader(next(each for each in arguments if each is not type(None))))
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _tuple_reader(_reader(arguments[0]))
    raise TypeError(f"records do not use {hint}")


def _exact_reader(kind: type) -> Reader:
    def read(value: object, place: str) -> Any:
        if type(value) is not kind:  # `isinstance` would take True for a number
            raise NotARecord(f"{place}: expected {kind.__name__}, found {type(value).__name__}")
        return value

    return read


def _read_float(value: object, place: str) -> float:
    """Canonical JSON writes 1.0 as 1."""
    if type(value) not in (int, float):
        raise NotARecord(f"{place}: expected a number, found {type(value).__name__}")
    number = float(value)  # type: ignore[arg-type]  # one of the two, as just checked
    if not math.isfinite(number):  # Python's parser takes the words NaN and Infinity, which are no JSON
        raise NotARecord(f"{place}: {number} is no number of JSON")
    return number


def _literal_reader(allowed: frozenset[object]) -> Reader:
    def read(value: object, place: str) -> Any:
        if not isinstance(value, str) or value not in allowed:
            raise NotARecord(f"{place}: {value!r} is none of {', '.join(sorted(map(str, allowed)))}")
        return value

    return read


def _optional_reader(inner: Reader) -> Reader:
    return lambda value, place: None if value is None else inner(value, place)


def _tuple_reader(inner: Reader) -> Reader:
    def read(value: object, place: str) -> Any:
        if not isinstance(value, list):
            raise NotARecord(f"{place}: expected an array, found {type(value).__name__}")
        return tuple(inner(item, f"{place}[{number}]") for number, item in enumerate(value))

    return read


def _read_mapping(value: object, place: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(type(item) is str for pair in value.items() for item in pair):
        raise NotARecord(f"{place}: expected an object of strings")
    return value


_PLAIN_READERS: dict[Any, Reader] = {
    str: _exact_reader(str),
    int: _exact_reader(int),
    bool: _exact_reader(bool),
    float: _read_float,
    Mapping[str, str]: _read_mapping,
}
