"""Records: what they take, what they refuse, and that they never change."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.copied import all_changed, changed
from evidenceboard.model.records import (
    COLUMNS,
    FARTHEST,
    TABLES,
    Attachment,
    Board,
    Card,
    Entity,
    Setting,
    as_row,
    from_row,
    on_grid,
    plain_json,
    table_of,
)
from evidenceboard.model.takes import NotTakenError


def card(**values: Any) -> Card:
    return Card(**{"id": "c", "board_id": "b", "entity_id": "e", "x": 0, "y": 0, "w": 200, "h": 90, **values})


def entity(**values: Any) -> Entity:
    return Entity(**{"id": "e", "type": "claim", "number": "C1", "title": "t", **values})


@pytest.mark.parametrize("column", ["x", "y", "w", "h"])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e10, -1e10, "far", None])
def test_a_place_is_an_ordinary_number_near_enough(column: str, value: Any) -> None:
    with pytest.raises(NotTakenError):
        card(**{column: value})
    with pytest.raises(NotTakenError):
        changed(card(), **{column: value})


@pytest.mark.parametrize("values", [{"w": 0}, {"h": -1}, {"z": 2**60}, {"z": 1.5}, {"id": ""}, {"id": "x" * 65}])
def test_a_card_has_a_size_and_whole_numbers_for_its_height_in_the_pile(values: dict[str, Any]) -> None:
    with pytest.raises(NotTakenError):
        card(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"title": "a\x00b"},
        {"title": "x" * 1_000_000},
        {"title": "\ud800"},
        {"title": None},
        {"notes": "x" * 1_000_001},
        {"id": "a\x00"},
        {"tags": ["x" * 201]},
        {"tags": ["a\x00"]},
        {"props": {"a": math.nan}},
        {"props": {"a": [math.inf]}},
        {"props": {"a": "\x00"}},
        {"props": {"a\x00": 1}},
        {"props": {"a": {1, 2}}},
        {"props": {"a": {1: 2}}},
        {"props": {"a": "x" * 1_000_001}},
        {"props": []},
    ],
)
def test_an_entity_takes_only_what_can_be_kept(values: dict[str, Any]) -> None:
    with pytest.raises(NotTakenError) as caught:
        entity(**values)
    assert "x" * 100 not in str(caught.value)


def test_whole_numbers_that_no_column_holds_are_refused() -> None:
    with pytest.raises(NotTakenError):
        Board("b", "t", position=2**63)
    with pytest.raises(NotTakenError):
        Attachment("a", "e", "n", "m", 2**63, "s")
    with pytest.raises(NotTakenError):
        Setting("s", math.nan)


def test_a_record_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        card().x = 5.0  # type: ignore[misc]


@given(st.floats(-FARTHEST, FARTHEST), st.floats(-FARTHEST / 2, FARTHEST / 2))
def test_a_move_and_its_way_back_end_where_they_began(place: float, step: float) -> None:
    at, by = on_grid(place), on_grid(step)
    assert on_grid(on_grid(at + by) - by) == at
    assert abs(at - place) <= 1 / 16


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text("aж한\n"),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("aж", max_size=3), inner, max_size=3),
        max_leaves=12,
    )
)
def test_a_property_comes_back_from_json_as_it_is_kept(value: Any) -> None:
    import json

    kept = plain_json(value)
    assert json.loads(json.dumps(kept)) == kept == value


def test_tuples_become_lists_so_that_memory_and_disk_agree() -> None:
    assert entity(props={"a": (1, (2,))}).props == {"a": [1, [2]]}


def test_nesting_has_an_end() -> None:
    nested: Any = []
    for _ in range(10_000):
        nested = [nested]
    with pytest.raises(NotTakenError, match="nested"):
        entity(props={"a": nested})


def test_every_record_becomes_a_row_and_a_record_again() -> None:
    whole = entity(tags=("a", "b"), props={"role": "x"}, notes="n")
    for record in (whole, card(frame_id="f", colour="red"), Board("b", "t"), Setting("s", {"a": [1]})):
        table = table_of(record)
        row = as_row(record)
        assert tuple(row) == COLUMNS[table]
        assert from_row(table, row) == record
        assert isinstance(record, TABLES[table])


def test_records_that_are_changed_together_are_as_if_each_had_been_changed_alone() -> None:
    cards = [Card(id=f"{n:032x}", board_id="b", entity_id="e", x=n * 8.0, y=0.0, w=230.0, h=90.0) for n in range(3)]
    columns: dict[str, list[Any]] = {
        "frame_id": ["f", None, "f"],
        "x": [1.26, 8.0, -3.0],
        "y": [2, 0.0, 1e9],
        "z": [1, 2, 1],
    }
    alone = [changed(card, **{name: values[at] for name, values in columns.items()}) for at, card in enumerate(cards)]
    assert all_changed(cards, columns) == alone
    assert [type(one.y) for one in alone] == [float] * 3
    assert all_changed(list[Card](), columns) == []
    with pytest.raises(NotTakenError):
        all_changed(cards, {"z": [1, "high", 2]})
    with pytest.raises(NotTakenError):
        all_changed(cards, {"y": [0.0, 1e12, 0.0]})
