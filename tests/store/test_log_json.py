"""Texts of the log: read bit by bit where they are long, and the same values as at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.changes import canonical
from evidenceboard.store import log_json
from evidenceboard.store.log_json import read_json

_ONE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
_VALUES = st.recursive(_ONE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)


@pytest.fixture(autouse=True)
def _all_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_json, "_LONG", 0)


@given(_VALUES)
def test_every_value_comes_back_as_it_was_written(value: Any) -> None:
    for text in (canonical(value), json.dumps(value), json.dumps(value, indent=1), f" {canonical(value)} "):
        assert read_json(text) == json.loads(text)
        assert repr(read_json(text)) == repr(json.loads(text))


@given(_VALUES, st.data())
def test_what_is_no_json_is_refused_as_the_library_refuses_it(value: Any, data: st.DataObject) -> None:
    text = canonical(value)
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.sampled_from(["", ",", "{", "}", "[", "]", ":", '"', " ", "1", "nul"]))
    strange = text[:at] + put + text[at + data.draw(st.integers(0, 2)) :]
    try:
        wanted = repr(json.loads(strange))
    except ValueError:
        with pytest.raises(json.JSONDecodeError):
            read_json(strange)
    else:
        assert repr(read_json(strange)) == wanted


def test_a_long_move_is_read_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    move = {"dx": 1.5, "dy": [2.0] * 50_000, "ids": [f"card {n}" for n in range(50_000)]}
    monkeypatch.undo()
    assert len(canonical(move)) > log_json._LONG
    assert read_json(canonical(move)) == move
