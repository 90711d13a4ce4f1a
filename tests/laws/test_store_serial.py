"""Law: a record written as JSON and read back is the same record, and nothing else reads as a record."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand import records
from firsthand.records import Circumstance, Derivation, Document, Speaker, Statement, canonical_json
from firsthand.store.serial import NotARecord, from_json, to_json

RECORDS = [
    kind
    for kind in vars(records).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == records.__name__
]
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
ANY_RECORD = st.sampled_from(RECORDS).flatmap(lambda kind: st.from_type(kind))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(ANY_RECORD)
def test_written_and_read_is_the_same(record: Any) -> None:
    """For every record class there is, through real JSON text."""
    assert from_json(type(record), json.loads(json.dumps(to_json(record)))) == record


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(Derivation, confidence=st.floats(0, 1), evidence=st.just(())))
def test_canonical_json_loses_nothing(record: Derivation) -> None:
    """RFC 8785 writes 1.0 as 1, which still reads as the number it was."""
    read = from_json(Derivation, json.loads(canonical_json(to_json(record))))
    assert read == record
    assert type(read.confidence) is float


@pytest.mark.parametrize("confidence", [float("nan"), float("inf"), -float("inf")])
def test_what_json_has_no_number_for_is_refused_both_ways(confidence: float) -> None:
    """NaN equals nothing, itself included, so a record that held it could never be found the same again."""
    record = Derivation(child="a", parent="b", how="cites", credited=False, confidence=confidence, evidence=())
    with pytest.raises(ValueError, match="JSON has no number for"):
        to_json(record)
    written = {**to_json(dataclasses.replace(record, confidence=0.5)), "confidence": confidence}
    with pytest.raises(NotARecord, match=r"Derivation\.confidence"):
        from_json(Derivation, json.loads(json.dumps(written)))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(Circumstance), st.text(), st.none() | st.integers() | st.text())
def test_an_unknown_field_is_refused(record: Circumstance, name: str, value: object) -> None:
    """A field that this version does not know is never dropped in silence."""
    plain = to_json(record)
    if name not in plain:
        with pytest.raises(NotARecord, match="is no field"):
            from_json(Circumstance, {**plain, name: value})


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_what_is_no_object_is_no_record(value: object) -> None:
    """Plain values are refused with their place."""
    with pytest.raises(NotARecord, match="Circumstance: expected an object"):
        from_json(Circumstance, value)


def test_a_missing_field_with_a_default_takes_it() -> None:
    """What an earlier version wrote can still be read when a field was added."""
    plain = to_json(Document(id="d-1", sha256="00", part=0, path="a", text=""))
    del plain["partial"]
    assert from_json(Document, plain).partial is False


def test_a_missing_field_without_a_default_is_refused() -> None:
    """The message says which."""
    with pytest.raises(NotARecord, match=r"Circumstance\.tool: is missing"):
        from_json(Circumstance, {"path": "a", "captured_at": "b"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", True),
        ("start", 1.0),
        ("start", "1"),
        ("certainty", "sure"),
        ("certainty", ["stated"]),
        ("certainty_cue", [1, 2]),
        ("certainty_cue", {"start": 1, "end": None}),
        ("technology", "drones"),
        ("technology", ["drones", 1]),
        ("negated", 1),
        ("speakers", [{"name": "A"}]),
        ("quote", None),
    ],
)
def test_a_value_of_another_type_is_refused(field: str, value: object) -> None:
    """Truth values are no numbers, numbers no truth values, and vocabularies are closed."""
    statement = Statement(id="s", document="d", quote="q", start=0, end=1, certainty="stated", activity="use")
    with pytest.raises(NotARecord, match=rf"Statement\.{field}"):
        from_json(Statement, {**to_json(statement), field: value})


def test_only_records_are_written() -> None:
    """A class or a plain value is a mistake of the caller."""
    for value in (Speaker, {"a": 1}, 3):
        with pytest.raises(TypeError):
            to_json(value)
