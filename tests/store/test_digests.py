"""Digests of rows and sums of tables: they follow every change, and tell of every one that is none of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidenceboard import Session, commands
from evidenceboard.store.digests import digests
from evidenceboard.store.examiner import in_this_process
from evidenceboard.store.scrutiny import STAGES

EVERYTHING = ("pages", *STAGES)


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_file_that_was_worked_on_in_every_way_holds(board_path: Path, tmp_path: Path) -> None:
    with Session.open(board_path) as session:
        claim, cards = session.document.entity("C1").id, [card.id for card in session.document.cards]
        with session.transaction("Attach") as tx:
            commands.attach(tx, claim, "note.txt", b"x" * 9_000_000)
        with session.transaction("Write") as tx:
            commands.set_fields(tx, claim, title="918273645546372819,[", tags=("a", "b"), likelihood="likely")
            commands.add_frame(tx, session.document.boards[0].id, title="F", x=0, y=0, w=9, h=9, cards=cards[:2])
        with session.transaction("Move {n} cards", n=len(cards)) as tx:
            commands.move_cards(tx, cards, 8.125, -3)
        with session.transaction("Remove") as tx:
            commands.remove(tx, [claim])
        session.undo()
        session.redo()
        session.undo()
        session.save_copy(tmp_path / "copy.db")
    assert in_this_process(board_path, EVERYTHING) == []
    assert in_this_process(tmp_path / "copy.db", EVERYTHING) == []


def test_a_board_made_for_load_tests_holds(tmp_path: Path) -> None:
    from evidenceboard.commands.generate import generated

    generated(tmp_path / "board.db", cards=3000, links=2000)
    assert in_this_process(tmp_path / "board.db", EVERYTHING) == []
    with Session.open(tmp_path / "board.db") as session:
        work = session.begin("Move", lambda tx: commands.move_cards(tx, [c.id for c in tx.document.cards], 8, 8))
        work.carry_out()
        with session.transaction("Remove") as tx:
            commands.remove(tx, [entity.id for entity in session.document.entities][:500])
        session.undo()
    assert in_this_process(tmp_path / "board.db", EVERYTHING) == []


def test_a_change_that_failed_leaves_digests_and_sums_alone(board_path: Path) -> None:
    with Session.open(board_path) as session:
        with pytest.raises(RuntimeError), session.transaction("Try") as tx:
            commands.set_fields(tx, session.document.entity("C1").id, title="never")
            raise RuntimeError
        with session.transaction("Write") as tx:
            commands.set_fields(tx, session.document.entity("C2").id, title="goes on")
    assert in_this_process(board_path, EVERYTHING) == []


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        (
            "update entities set title = 'Tanks' where number = 'C1'",
            "C1",
            "it was changed outside this program since 2",
        ),
        ("update cards set x = x + 1 where rowid = 2", "C1", "its card was changed outside this program since 2"),
        ("update cards set x = 'left' where rowid = 2", "C1", "its card is damaged"),
        ("update links set notes = 'x' where type = 'states'", "S1 to C1", "this link was changed outside"),
        ("update assessments set value = 'A' where field = 'reliability'", "S1", "a judgement of it was changed"),
        ("update settings set value = '\"x\"'", "settings", "a row was changed outside this program"),
        ("update authors set name = 'x'", "authors", "the list of authors was changed outside this program"),
        ("delete from cards where rowid = 1", "cards", "rows were added or taken out"),
        ("update meta set value = '1' where key = 'digest.cards'", "cards", "or their sum was changed, outside"),
        (
            "update meta set value = '7' where key = 'highest_number.C'",
            "meta",
            "highest number of a type was changed",
        ),
        ("update _sqlite_migrations set applied_at = 'x'", "_sqlite_migrations", "steps of the format was changed"),
        ("delete from changes where rowid = 1", "history", "the list of changes was changed"),
        ("update changes set records = 9", "history", "2 operations are not as they were written"),
        ("update operations set at = '2001' where rowid = 1", "history", "1 operations are not as they were written"),
    ],
)
def test_what_somebody_else_changed_is_told_where_it_is(
    board_path: Path, statement: str, where: str, what: str
) -> None:
    run(board_path, statement)
    found = in_this_process(board_path, EVERYTHING)
    assert any(at == where and what in said for at, said in found), found


def test_every_bit_of_a_row_counts(board_path: Path) -> None:
    data = board_path.read_bytes()
    at = data.index(b"Lorries carried")
    for bit in range(8):
        spoiled = bytearray(data)
        spoiled[at + bit] ^= 1 << bit
        board_path.write_bytes(bytes(spoiled))
        assert in_this_process(board_path, ("rows",)), bit


def test_a_row_that_is_written_by_this_program_again_holds_again(board_path: Path) -> None:
    run(board_path, "update entities set title = 'Tanks' where number = 'C1'")
    with Session.open(board_path) as session, session.transaction("Write") as tx:
        commands.set_fields(tx, session.document.entity("C1").id, notes="seen")
    assert in_this_process(board_path, EVERYTHING) == []


VALUES = st.one_of(
    st.none(), st.text(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False)
)


@given(st.lists(st.lists(VALUES, min_size=1, max_size=4), max_size=6))
def test_rows_together_have_the_digests_that_they_have_alone(rows: list[list[object]]) -> None:
    def taken(work: Callable[[], list[int]]) -> list[int] | None:
        try:
            return work()
        except ValueError:
            return None  # half a character, which no file holds

    alone = taken(lambda: [digests([row])[0] for row in rows])
    assert taken(lambda: digests(rows)) == alone


def test_rows_that_hold_the_mark_between_rows_have_their_own_digests() -> None:
    rows = [[918_273_645_546_372_819, 1], [1, 918_273_645_546_372_819], ["],918273645546372819,["]]
    assert digests(rows) == [digests([row])[0] for row in rows]
    assert len(set(digests(rows))) == 3
