"""The log in the file: every operation seals what it changed and names what came before it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from evidenceboard import Session, commands
from evidenceboard.model.packing import sealed
from evidenceboard.store.gate import quick_check


def busy(path: Path) -> None:
    """Work on a board in two sittings."""
    for sitting in range(2):
        with Session.open(path) as session:
            for step in range(3):
                with session.transaction("Add {n} claims", n=1) as tx:
                    made = commands.add_entity(tx, "claim", title=f"드론 {sitting}.{step}", tags="a; ü")
                    commands.place(tx, session.document.boards[0].id, made.id, x=step * 300.5, y=900)
            with session.transaction("Move") as tx:
                commands.move_cards(tx, [card.id for card in session.document.cards], 0.3, -7)
            session.undo()
            session.undo()
            session.redo()


def test_the_chain_verifies_over_a_real_file(board_path: Path) -> None:
    busy(board_path)
    with Session.open(board_path) as session:
        headers = [operation for operation, _ in reversed(session.history(1000))]
        assert len(headers) == 2 + 2 * 7
        known: set[str] = set()
        for number, header in enumerate(headers, start=1):
            operation = session.operation(header.id)
            assert sealed(operation).hash == operation.hash
            assert operation.counter == number
            assert set(operation.parents) <= known
            assert operation.parents or number == 1
            assert operation.prev in (None, *operation.parents)
            known.add(operation.hash)
        assert len({header.session_id for header in headers}) == 3
    connection = sqlite3.connect(board_path)
    rows = connection.execute('select "table", record_id, before, after, salt, commitment from changes').fetchall()
    assert len({row[4] for row in rows}) == len(rows)
    connection.close()
    assert quick_check(board_path) == []


def test_a_word_changed_in_the_log_breaks_the_seal(board_path: Path) -> None:
    connection = sqlite3.connect(board_path)
    connection.execute("update changes set after = replace(after, 'Lorries', 'Tractors')")
    connection.commit()
    connection.close()
    with Session.open(board_path) as session:
        found = [session.operation(header.id) for header, _ in session.history()]
        assert [sealed(operation).hash == operation.hash for operation in found] == [False, True]


def test_replaying_the_log_makes_the_board(board_path: Path) -> None:
    from evidenceboard.model.document import Document

    busy(board_path)
    with Session.open(board_path) as session:
        replayed = Document()
        for header, _ in reversed(session.history(1000)):
            replayed.apply(replayed.resolve(session.operation(header.id).changes))
        for table in ("boards", "entities", "cards", "links", "assessments", "settings"):
            assert replayed.table(table) == session.document.table(table)


def test_a_move_of_many_cards_is_one_row_of_the_log(board_path: Path) -> None:
    with Session.open(board_path) as session:
        ids = [card.id for card in session.document.cards]
        with session.transaction("Move") as tx:
            commands.move_cards(tx, ids, 0.33, 100)
        operation, count = session.history(1)[0]
        assert count == len(ids)
        (change,) = session.operation(operation.id).changes
        assert change.after == {"ids": ids, "dx": 0.375, "dy": 100.0}
        assert operation.label == "Move"


def test_an_attachment_larger_than_a_chunk_comes_back_byte_for_byte(board_path: Path) -> None:
    data = bytes(range(256)) * (9 * 4096)
    with Session.open(board_path) as session, session.transaction("Attach") as tx:
        kept = commands.attach(tx, session.document.entity("S1").id, "scan.tif", data)
        empty = commands.attach(tx, session.document.entity("S1").id, "empty.txt", b"")
    with Session.open(board_path) as session:
        assert session.attachment(kept.sha256) == data
        assert session.attachment(empty.sha256) == b""
    connection = sqlite3.connect(board_path)
    assert [size for (size,) in connection.execute("select length(bytes) from chunks where sha256 = ?", [kept.sha256])]
    assert connection.execute("select max(length(bytes)) from chunks").fetchone() == (8 * 1024 * 1024,)
    connection.close()
