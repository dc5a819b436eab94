"""What a board looks like is the same whether it is read as whole columns or row by row, in odd files too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evidenceboard.commands.generate import generated
from evidenceboard.model.arriving import Arriving
from evidenceboard.model.document import Document
from evidenceboard.model.geometry import Geometry
from evidenceboard.model.records import TABLES
from evidenceboard.store import columns
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.id_places import NotPlainError

PLAIN = {
    "nothing at all": "select 1",
    "a card of a colour": "update cards set colour = 'red' where rowid % 7 = 0",
    "a link that leads nowhere": "update links set to_id = replace(to_id, '0', '1') where rowid = 5",
    "rows that are gone": "delete from links where rowid between 20 and 9000",
    "no links": "delete from links",
    "no cards": "delete from cards",
    "an unknown type": "update entities set type = 'meteor' where rowid = 3",
    "a far away row": "update cards set rowid = 9000000000000000000 where rowid = 4",
}
ODD = {
    "a short id": "update cards set id = 'C' where rowid = 5",
    "a longer and a shorter id": "update cards set id = substr(id, 1, 30 + 2 * (rowid % 3)) where rowid in (5, 6)",
    "an id with a line in it": "update links set id = substr(id, 1, 31) || char(10) where rowid = 5",
    "an id of other letters": "update links set id = substr(id, 1, 31) || 'é' where rowid = 5",
    "a type of two lines": "update links set type = 'a' || char(10) || 'b' where rowid = 5",
    "a place off the grid": "update cards set x = 0.3 where rowid = 5",
    "a card without its entity": "update cards set entity_id = replace(entity_id, '0', '1') where rowid = 5",
    "an entity with two cards": "update cards set entity_id = (select entity_id from cards where rowid = 6)"
    " where rowid = 5",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("columns") / "board.db"
    generated(path, cards=5000, links=9000, seed=3)
    return path


@pytest.fixture
def connection(made: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    copy = tmp_path / "board.db"
    copy.write_bytes(made.read_bytes())
    with closing(sqlite3.connect(copy, isolation_level=None, check_same_thread=False)) as connection:
        yield connection


def both_ways(connection: sqlite3.Connection, change: str) -> tuple[Geometry, Geometry]:
    connection.execute(change)
    (board_id,) = connection.execute("select id from boards").fetchone()
    arrival = Arrival(connection)
    *_, by_columns = arrival.geometry(board_id)
    *_, by_rows = arrival.row_by_row(board_id)
    arrival.end()
    return by_columns, by_rows


@pytest.mark.parametrize("change", PLAIN.values(), ids=PLAIN)
def test_columns_give_what_rows_give(connection: sqlite3.Connection, change: str) -> None:
    by_columns, by_rows = both_ways(connection, change)
    assert by_columns == by_rows
    assert by_columns.whole
    (board_id,) = connection.execute("select id from boards").fetchone()
    *_, alone = columns.geometry(columns.ReadAhead(connection, board_id), lambda *_: 0)
    assert alone.card_ids == by_rows.card_ids, "this board was not read by columns"


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_what_is_out_of_the_ordinary_is_read_row_by_row(connection: sqlite3.Connection, change: str) -> None:
    by_columns, by_rows = both_ways(connection, change)
    assert by_columns == by_rows
    assert by_columns.whole
    (board_id,) = connection.execute("select id from boards").fetchone()
    with pytest.raises(NotPlainError):
        list(columns.geometry(columns.ReadAhead(connection, board_id), lambda *_: 0))


@pytest.mark.parametrize("change", [*PLAIN.values(), *ODD.values()], ids=[*PLAIN, *ODD])
def test_records_are_the_same_whether_the_picture_came_before_them(connection: sqlite3.Connection, change: str) -> None:
    connection.execute(change)
    (board_id,) = connection.execute("select id from boards").fetchone()
    found, problems = list[Document](), list[list[str]]()
    for with_picture in (True, False):
        arrival = Arrival(connection)
        looks = arrival.geometry(board_id) if with_picture else iter(())
        assert all(look is not None for look in looks)
        arriving = Arriving(arrival)
        while arriving.take():
            pass
        arrival.end()
        found.append(arriving)
        problems.append(arrival.problems)
    one, other = found
    assert problems[0] == problems[1]
    for table in TABLES:
        assert list(one.table(table).items()) == list(other.table(table).items())
    for entity in other.entities:
        assert one.links_of(entity.id) == other.links_of(entity.id)
        assert one.cards_of(entity.id) == other.cards_of(entity.id)
        assert one.assessments_of(entity.id) == other.assessments_of(entity.id)


def test_of_bytes_that_are_no_text_nothing_is_made_up(connection: sqlite3.Connection) -> None:
    connection.execute("update links set type = cast(x'ff41' as text) where rowid = 5")
    (board_id,) = connection.execute("select id from boards").fetchone()
    with pytest.raises(NotPlainError):
        list(columns.geometry(columns.ReadAhead(connection, board_id), lambda *_: 0))


def test_reading_may_be_given_up_at_any_time(connection: sqlite3.Connection) -> None:
    arrival = Arrival(connection)
    (board_id,) = connection.execute("select id from boards").fetchone()
    looks = arrival.geometry(board_id)
    for _ in range(3):
        next(looks)
    del looks
    arrival.end()
    assert not connection.in_transaction
