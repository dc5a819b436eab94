"""Records that are made of many rows at once are the ones that are made one by one; anything odd goes the long way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidenceboard.model.lookup import Lookup
from evidenceboard.model.records import COLUMNS, TABLES, from_row
from evidenceboard.store.bulk import built
from evidenceboard.store.rows import from_sql

IN_JSON = {
    ("settings", "value"), ("conflicts", "candidates"), ("conflicts", "value"), ("redactions", "operations"),
    *((table, column) for table in TABLES for column in ("tags", "props")),
}  # fmt: skip
WHOLE = {"z", "position", "size"}
REAL = {"x", "y", "w", "h"}
YES_OR_NO = {"collapsed", "fitted", "pinned"}

words = st.text(st.characters(codec="utf-8"), max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
ODD = (
    None, "", "\x00", b"\xff", 7, 2**60, 1.5, float("inf"), float("nan"), "x" * 201, "é" * 100_001, "[1", "[1] ",
    '{"a": 1e999}', '{"a": NaN}', '{"a": "\\u0000"}', '{"a": "\\ud800"}', '["\\u00e9"]', "[" * 50 + "]" * 50, "{}",
    "[]", " {}", "null", "3", "[3]", '["' + "t" * 201 + '"]', -1e9, 1e9 + 1, 0.3,
)  # fmt: skip


def sound(table: str, column: str) -> st.SearchStrategy[Any]:
    if column in ("tags", "operations"):
        return st.lists(words, max_size=3).map(json.dumps)
    if column == "props" or (table, column) in IN_JSON:
        return st.dictionaries(words, plain, max_size=3).map(lambda value: json.dumps(value, ensure_ascii=False))
    if column in WHOLE:
        return st.integers(-(2**53), 2**53)
    if column in REAL:
        return st.floats(1, 1e9)
    if column in YES_OR_NO:
        return st.sampled_from([0, 1])
    return words.map(lambda text: text or "a") if column.endswith("id") else words


def rows_of(table: str) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    fine = st.tuples(*(sound(table, column) for column in COLUMNS[table]))
    some = st.tuples(
        *(
            st.one_of(sound(table, column), sound(table, column), sound(table, column), st.sampled_from(ODD))
            for column in COLUMNS[table]
        )
    )
    return st.lists(fine, max_size=4) | st.lists(some, max_size=3)


def one_by_one(table: str, row: tuple[Any, ...]) -> Any:
    """Return the record of a row as its class makes it. Raises `ValueError` where it refuses."""
    values = dict(zip(COLUMNS[table], row, strict=True))
    for column in values:
        if (table, column) in IN_JSON:
            values[column] = json.loads(values[column])
    for column in YES_OR_NO & values.keys():
        values[column] = bool(values[column])
    return from_row(table, values)


@pytest.mark.parametrize("table", sorted(TABLES))
@settings(max_examples=25)
@given(data=st.data())
def test_records_made_at_once_equal_those_made_one_by_one(table: str, data: st.DataObject) -> None:
    rows = data.draw(rows_of(table))
    pool: dict[str, str] = {}
    made = built(table, rows, pool)
    if made is None:
        return
    wanted = [one_by_one(table, row) for row in rows]
    assert made == wanted
    assert [repr(record) for record in made] == [repr(record) for record in wanted], "of the same kinds of values"
    assert [hash(record.id) for record in made] == [hash(record.id) for record in wanted]
    assert all(key == value for key, value in pool.items())


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"settings"}))
def test_plainly_sound_rows_do_not_go_the_long_way(table: str) -> None:
    row = {"x": 8.0, "y": 0.125, "w": 200.0, "h": 90.0, "z": 1, "position": 0, "size": 10, "collapsed": 0, "fitted": 1}
    row["pinned"] = 0
    row |= {"operations": '["a","b"]', "candidates": '{"a":{"value":null}}', "value": "null"}
    row |= {"tags": '["a","b"]', "props": '{"kind":"person","n":[1,2.5,null]}'}
    rows = [tuple(row.get(column, "a") for column in COLUMNS[table])] * 3
    assert built(table, rows, {}) == from_sql(table, rows)[0] == [one_by_one(table, one) for one in rows]


def test_one_odd_row_is_mended_and_told_and_the_others_stay() -> None:
    columns = COLUMNS["cards"]
    row = dict.fromkeys(columns, "a") | {"x": 1.0, "y": 2.0, "w": 200.0, "h": 90.0, "z": 0, "fitted": 1, "pinned": 0}
    rows = [tuple((row | {"id": str(n), "x": float("nan") if n == 5 else float(n)}).values()) for n in range(9)]
    assert built("cards", rows, {}) is None
    records, problems = from_sql("cards", rows)
    assert [record.id for record in records] == [str(n) for n in range(9)]
    assert len(problems) == 1


def test_the_same_short_text_is_held_once() -> None:
    rows = [(f"{n:032}", "claim", f"C{n}", "t", "", "", "", "[]", "{}") for n in range(4)]
    rows = [tuple("".join(list(value)) for value in row) for row in rows]
    made, _ = from_sql("entities", rows)
    assert len({id(record.type) for record in made}) == 1


def test_properties_that_are_whole_only_together_are_not_mistaken_for_whole_ones() -> None:
    row = ("id", "note", "N1", "t", "", "", "", "[]")
    for texts in (
        ['{"a":[{}', "{}]}", "{},{}"],
        ['{"a":"', '"}', "{},{}"],
        ["", "{},{}"],
        ['{"a":1', '"b":1}', "{},{}"],
    ):
        rows = [(f"{place}", *row[1:], text) for place, text in enumerate(texts)]
        assert built("entities", rows, {}) is None
        records, problems = from_sql("entities", rows)
        assert [getattr(record, "props", None) for record in records] == [{}] * len(texts)
        assert len(problems) == len(texts)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc"), st.sampled_from("0123456789")), max_size=60))
def test_a_lookup_gives_the_ids_of_a_value_in_the_order_in_which_they_got_it(
    steps: list[tuple[bool, str, str]],
) -> None:
    lookup, plain_way = Lookup(), dict[str, dict[str, None]]()
    for add, value, record_id in steps:
        if add:
            lookup.add(value, record_id)
            plain_way.setdefault(value, {})[record_id] = None
        else:
            lookup.remove(value, record_id)
            plain_way.get(value, {}).pop(record_id, None)
        assert all(lookup.get(one) == tuple(plain_way.get(one, ())) for one in "abcd")
    filled = Lookup()
    pairs = [(value, record_id) for value, ids in plain_way.items() for record_id in ids]
    filled.fill([*(value for value, _ in pairs), None], [*(record_id for _, record_id in pairs), "9"])
    assert all(filled.get(one) == tuple(plain_way.get(one, ())) for one in "abc")
