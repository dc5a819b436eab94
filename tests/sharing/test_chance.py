"""A word that the structure of a file spells by chance is no leak; one that stands in a page as it is, is one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard.sharing import copying
from evidenceboard.store import read_back

_FLOATS = st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: number % 1)
_TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=80)
_VALUES = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), _FLOATS, _TEXTS, st.binary(max_size=200))


@given(st.lists(_VALUES, min_size=1, max_size=6))
def test_the_bytes_of_a_row_are_those_that_lie_in_the_file(row: list[object]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"create table t ({', '.join(f'c{place}' for place in range(len(row)))})")
        connection.execute(f"insert into t values ({', '.join('?' for _ in row)})", row)
        data = connection.serialize()
    values = [read_back._packed(value) for value in row]
    assert b"".join([*map(read_back._kind, row, values), *values]) in data


@pytest.mark.parametrize(("at", "chance"), [(-3, True), (0, True), (3, True), (4, False), (-8, False), (500, False)])
@pytest.mark.parametrize("page", [1, 256, 511])
def test_a_word_counts_unless_the_number_of_a_page_is_a_part_of_it(
    tmp_path: Path, at: int, chance: bool, page: int
) -> None:
    path = tmp_path / "copy.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table t (c)")
        connection.execute("insert into t values (zeroblob(3000000))")
        connection.commit()
        size = connection.execute("pragma page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[page * size + at : page * size + at + 4] = b"S404"
    path.write_bytes(data)
    assert copying._only_at_page_starts("s404", path, lambda: None) is chance
