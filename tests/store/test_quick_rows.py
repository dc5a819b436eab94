"""Rows that SQLite itself writes for their digests: nothing passes that a look at each row would not let pass."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.model.records import COLUMNS
from evidenceboard.store import quick_rows, scrutiny
from evidenceboard.store.digests import digests, mismatched
from evidenceboard.store.gate import read_alone

CONNECT: dict[str, Callable[[], Any]] = {
    "current": lambda: apsw.Connection(":memory:"),
    "system": lambda: sqlite3.connect(":memory:", isolation_level=None),
}
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
odd = st.one_of(
    texts,
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.binary(max_size=4),
    st.sampled_from(["a\0b", "a"]),
)
places = st.integers(-8_000_000_000, 8_000_000_000).map(lambda steps: steps / 8)


def table(connection: Any, name: str, rows: list[list[Any]]) -> None:
    """Write rows, their digest last, in columns that take anything as it is."""
    connection.execute(f"create table {name} ({', '.join(COLUMNS[name])}, digest)")
    for row in rows:
        connection.execute(f"insert into {name} values ({', '.join('?' * len(row))})", row)


def plain(name: str) -> st.SearchStrategy[list[list[Any]]]:
    values = [
        places if column in "xywh" else st.integers(-9, 9) if column == "z" else texts for column in COLUMNS[name]
    ]
    return st.lists(st.tuples(*values).map(list), min_size=1, max_size=4)


@pytest.mark.parametrize("kind", CONNECT)
@pytest.mark.parametrize("name", ["entities", "links", "cards"])
@given(st.data())
def test_rows_as_they_were_written_are_seen_to_be_so(kind: str, name: str, data: st.DataObject) -> None:
    rows = data.draw(plain(name))
    made = digests(rows)
    connection = CONNECT[kind]()
    table(connection, name, [[*row, digest] for row, digest in zip(rows, made, strict=True)])
    assert quick_rows.sound(connection, name, -(2**63)) == (len(rows), sum(made), len(rows))
    assert quick_rows.sound(connection, name, len(rows)) == (0, 0, len(rows))
    connection.close()


@pytest.mark.parametrize("kind", CONNECT)
@pytest.mark.parametrize("name", ["entities", "cards"])
@given(st.data())
def test_what_a_look_at_each_row_finds_wrong_never_passes(kind: str, name: str, data: st.DataObject) -> None:
    rows = data.draw(plain(name))
    kept = [[*row, digest] for row, digest in zip(rows, digests(rows), strict=True)]
    at = data.draw(st.integers(0, len(COLUMNS[name])))
    kept[-1][at] = data.draw(odd)
    connection = CONNECT[kind]()
    table(connection, name, kept)
    try:
        read = list(connection.execute(f"select * from {name}"))
        wrong = bool(mismatched(name, read)) or any(type(row[-1]) is not int for row in read)
    except (UnicodeDecodeError, sqlite3.OperationalError):
        wrong = True
    found = quick_rows.sound(connection, name, -(2**63))
    assert found is None if wrong else found in (None, (len(rows), sum(row[-1] for row in read), len(rows)))
    connection.close()


@pytest.mark.parametrize("kind", CONNECT)
@pytest.mark.parametrize("value", [120.5, 0.0, -3.125, 1e9])
def test_the_last_bit_of_a_number_does_not_pass(kind: str, value: float) -> None:
    row = ["id", "board", "entity", value, 1.0, 1.0, 1.0, 0, None, 0, "", 0]
    assert len(row) == len(COLUMNS["cards"])
    (digest,) = digests([row])
    for there in (value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf)):
        connection = CONNECT[kind]()
        table(connection, "cards", [[*row[:3], there, *row[4:], digest]])
        assert (quick_rows.sound(connection, "cards", 0) is not None) == (there == value)
        connection.close()


@pytest.mark.parametrize("kind", CONNECT)
def test_rows_that_are_too_many_or_damaged_are_left_to_who_looks_at_each(kind: str) -> None:
    connection = CONNECT[kind]()
    many = [[f"{n}", *["x"] * (len(COLUMNS["links"]) - 1)] for n in range(quick_rows.AT_ONCE + 5)]
    table(connection, "links", [[*row, digest] for row, digest in zip(many, digests(many), strict=True)])
    first = quick_rows.sound(connection, "links", 0)
    assert first is not None
    assert (first[0], first[2]) == (quick_rows.AT_ONCE, quick_rows.AT_ONCE)
    connection.execute("update links set notes = x'00' where rowid = 3")
    assert quick_rows.sound(connection, "links", 0) is None
    assert quick_rows.sound(connection, "entities", 0) is None
    connection.close()


@pytest.fixture
def leading_back(board_path: Path) -> Path:
    """Return a board in which the last entity has the number 0 as a row: SQLite comes by, and goes on from there."""
    with closing(sqlite3.connect(board_path)) as connection:
        (root,) = connection.execute("select rootpage from sqlite_master where name = 'entities'").fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
        (last,) = connection.execute("select max(rowid) from entities").fetchone()
    data = bytearray(board_path.read_bytes())
    start = (root - 1) * size
    if data[start] == 5:  # an inner page: the leaf that is farthest to the right
        start = (int.from_bytes(data[start + 8 : start + 12], "big") - 1) * size
    cells = int.from_bytes(data[start + 3 : start + 5], "big")
    cell = start + int.from_bytes(data[start + 6 + 2 * cells : start + 8 + 2 * cells], "big")
    while data[cell] & 0x80:
        cell += 1  # how long the row is
    assert data[cell + 1] == last < 0x80
    data[cell + 1] = 0
    board_path.write_bytes(data)
    return board_path


def test_rows_that_lead_back_are_told_and_not_gone_through_again_and_again(leading_back: Path) -> None:
    with closing(read_alone(leading_back)) as connection:
        assert ("entities", "rows do not lie in their order") in list(scrutiny.rows(connection))
