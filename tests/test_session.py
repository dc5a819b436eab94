"""The open file: what is kept, what is taken back, who is told, and when nothing is written."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import (
    EvidenceBoardError,
    InvalidValueError,
    NotFoundError,
    ReadOnlyError,
    SaveFailedError,
    StaleFileError,
)
from evidenceboard.model.changes import Operation
from evidenceboard.model.records import as_row
from evidenceboard.model.seam import SeededSeam


def state(session: Session) -> dict[str, dict[str, object]]:
    tables = ("boards", "entities", "frames", "cards", "links", "assessments", "attachments", "settings")
    return {table: {key: as_row(record) for key, record in session.document.table(table).items()} for table in tables}


def add(session: Session, title: str, **values: object) -> str:
    with session.transaction("Add a claim", **values) as tx:  # type: ignore[arg-type]
        return commands.add_entity(tx, "claim", title=title).id


def test_what_was_done_is_there_after_closing(board_path: Path) -> None:
    with Session.open(board_path) as session:
        made = add(session, "Вони мають форму")
        before = state(session)
    with Session.open(board_path) as session:
        assert state(session) == before
        assert session.document.entity(made).title == "Вони мають форму"
        assert session.problems == []


def test_a_new_file_has_one_board_a_title_and_may_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "겨울.db"
    with Session.create(path) as session:
        assert [board.title for board in session.document.boards] == ["Main board"]
        assert session.document.setting("title") == "겨울"
        assert session.undo() is None
        assert session.operation_count() == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["겨울.db"]


def test_writing_keeps_the_mode_of_a_file(board_path: Path) -> None:
    board_path.chmod(0o640)
    with Session.open(board_path) as session:
        add(session, "x")
    assert stat.S_IMODE(board_path.stat().st_mode) == 0o640


def test_a_new_board_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear")
    with pytest.raises(SaveFailedError, match="already"):
        Session.create(path)
    assert path.read_text() == "dear"


@pytest.mark.parametrize("title", ["a\x00b", "x" * 100_001, "x" * 1_000_001])
def test_a_title_that_cannot_be_leaves_no_file_behind(tmp_path: Path, title: str) -> None:
    with pytest.raises(InvalidValueError):
        Session.create(tmp_path / "new.db", title=title)
    assert list(tmp_path.iterdir()) == []


def test_undo_and_redo_outlive_closing_and_keep_their_names(board_path: Path) -> None:
    with Session.open(board_path) as session:
        start = state(session)
        with session.transaction("Move {n} cards", n=2) as tx:
            commands.move_cards(tx, [card.id for card in session.document.cards[:2]], 10, 20)
        moved = state(session)
    with Session.open(board_path) as session:
        assert session.undo_label() == "Move 2 cards"
        undone = session.undo()
        assert undone is not None and undone.kind == "undo"
        assert state(session) == start
    with Session.open(board_path) as session:
        assert (session.undo_label(), session.redo_label()) == ("Add cards", "Move 2 cards")
        session.redo()
        assert state(session) == moved
        assert session.redo() is None
        assert session.redo_label() == ""


def test_undo_goes_back_to_the_empty_board_and_no_further(session: Session) -> None:
    whole = state(session)
    session.undo()
    assert session.undo() is None
    assert session.document.entities == session.document.cards == session.document.links == []
    assert len(session.document.boards) == 1
    session.redo()
    assert state(session) == whole


def test_operations_of_one_group_are_undone_and_redone_together(board_path: Path) -> None:
    with Session.open(board_path) as session:
        start = state(session)
        claim = session.document.entity("C1").id
        for text in ("Lor", "Lorries", "Lorries came"):
            with session.transaction("Write", group="typing-1") as tx:
                commands.set_fields(tx, claim, title=text)
        add(session, "another")
    with Session.open(board_path) as session:
        session.undo()
        assert session.undo_label() == "Write"
        session.undo()
        assert state(session) == start
        session.redo()
        assert session.document.entity(claim).title == "Lorries came"
        assert session.redo_label() == "Add a claim"


def test_a_new_change_ends_redo(session: Session) -> None:
    add(session, "one")
    session.undo()
    add(session, "two")
    assert session.redo() is None
    assert session.undo_label() == "Add a claim"


def test_a_number_is_never_given_twice(board_path: Path) -> None:
    with Session.open(board_path) as session:
        assert session.document.entity(add(session, "third")).number == "C3"
        session.undo()
    with Session.open(board_path) as session:
        assert session.document.entity(add(session, "fourth")).number == "C4"
        with session.transaction("Remove") as tx:
            commands.remove(tx, [session.document.entity("C4").id])
        assert session.document.entity(add(session, "fifth")).number == "C5"
        session.undo()
        session.undo()
        assert session.document.entity("C4").title == "fourth"


def test_nothing_changed_means_nothing_written(board_path: Path) -> None:
    before = board_path.read_bytes()
    with Session.open(board_path) as session:
        told: list[Operation] = []
        session.subscribe(told.append)
        count = session.operation_count()
        with session.transaction("Nothing"):
            pass
        with session.transaction("Write the same") as tx:
            claim = session.document.entity("C1")
            commands.set_fields(tx, claim.id, title=claim.title)
            commands.move_cards(tx, [card.id for card in session.document.cards], 0, 0)
        with session.transaction("There and back") as tx:
            made = commands.add_entity(tx, "claim", title="x")
            commands.attach(tx, made.id, "a.txt", b"bytes")
            commands.remove(tx, [made.id])
        assert session.operation_count() == count
        assert told == []
    assert board_path.read_bytes() == before


def test_an_error_inside_a_transaction_drops_all_of_it(session: Session) -> None:
    before, on_disk, count = state(session), session.path.read_bytes(), session.operation_count()
    with pytest.raises(ZeroDivisionError), session.transaction("Half") as tx:
        commands.add_entity(tx, "claim", title="gone")
        commands.remove(tx, [session.document.entity("A1").id])
        raise ZeroDivisionError
    assert (state(session), session.path.read_bytes(), session.operation_count()) == (before, on_disk, count)
    assert not session.in_transaction
    assert session.document.entity(add(session, "next")).number == "C3"


def test_what_a_transaction_does_shows_in_it_and_not_before_it_ends(session: Session) -> None:
    with session.transaction("Add") as tx:
        made = commands.add_entity(tx, "claim", title="new")
        assert tx.document.entity("C3").id == made.id
        assert session.document.find("entities", made.id) is None
        with pytest.raises(RuntimeError):
            session.undo()
        with pytest.raises(RuntimeError), session.transaction("Inside"):
            pass
        with pytest.raises(EvidenceBoardError, match="under way"):
            session.save_copy(session.path.with_name("copy.db"))
    assert session.document.entity("C3").id == made.id


def test_listeners_are_told_when_disk_and_memory_have_it(session: Session) -> None:
    told: list[tuple[str, str]] = []

    def listener(operation: Operation) -> None:
        with Session.open(session.path, read_only=True) as other:
            assert state(other) == state(session)
            told.append((operation.kind, other.history(1)[0][0].id))
        assert operation.id == told[-1][1]

    leave = session.subscribe(listener)
    add(session, "heard")
    session.undo()
    session.redo()
    leave()
    add(session, "unheard")
    assert [kind for kind, _ in told] == ["do", "undo", "redo"]


def test_reading_a_board_changes_no_byte_of_it_and_leaves_nothing_beside_it(board_path: Path) -> None:
    before, when = board_path.read_bytes(), board_path.stat().st_mtime_ns
    for read_only in (True, False):
        with Session.open(board_path, read_only=read_only) as session:
            session.history()
            assert state(session)["boards"]
            assert session.undo_label() == "Add cards"
    assert (board_path.read_bytes(), board_path.stat().st_mtime_ns) == (before, when)
    assert [found.name for found in board_path.parent.iterdir()] == ["board.db"]


def test_a_board_opened_for_reading_says_why_and_refuses(board_path: Path) -> None:
    before = board_path.read_bytes()
    with Session.open(board_path, read_only=True) as session:
        assert session.read_only == "it was opened so"
        with pytest.raises(ReadOnlyError, match="opened so"):
            add(session, "x")
        with pytest.raises(ReadOnlyError):
            session.undo()
        assert session.undo_label() == "Add cards"
    assert board_path.read_bytes() == before


def test_the_second_to_open_a_board_reads_it_and_is_told_who_holds_it(board_path: Path) -> None:
    with Session.open(board_path, holder="the window “Winter”") as first:
        with Session.open(board_path) as second:
            assert second.read_only == f"it is open in the window “Winter” (process {os.getpid()})"
            with pytest.raises(ReadOnlyError, match="the window"):
                add(second, "x")
            add(first, "the first goes on")
            assert second.history(1)[0][0].label == "Add a claim"
        add(first, "and on")
    with Session.open(board_path) as third:
        assert third.read_only == ""
        assert third.document.entity("C4").title == "and on"


def test_a_file_that_was_replaced_is_not_written_to_and_memory_can_be_saved(board_path: Path) -> None:
    with Session.open(board_path) as session:
        add(session, "mine")
        other = board_path.with_name("other.db")
        Session.create(other, title="Stranger").close()
        strange = other.read_bytes()
        other.replace(board_path)
        _refused_and_saved_elsewhere(session, board_path, strange)


def test_a_file_that_was_deleted_stays_deleted_and_memory_can_be_saved(board_path: Path) -> None:
    with Session.open(board_path) as session:
        add(session, "mine")
        board_path.unlink()
        _refused_and_saved_elsewhere(session, board_path, None)


def test_a_file_that_was_moved_is_not_written_to_under_its_new_name(board_path: Path) -> None:
    with Session.open(board_path) as session:
        add(session, "mine")
        moved = board_path.rename(board_path.with_name("moved.db"))
        before = moved.read_bytes()
        with pytest.raises(StaleFileError):
            add(session, "lost?")
        assert moved.read_bytes() == before
        assert not board_path.exists()


def test_a_file_that_was_overwritten_in_place_is_not_written_to_and_memory_can_be_saved(board_path: Path) -> None:
    with Session.open(board_path) as session:
        add(session, "mine")
        other = board_path.with_name("other.db")
        Session.create(other, title="Stranger").close()
        strange = other.read_bytes()
        board_path.write_bytes(strange)
        _refused_and_saved_elsewhere(session, board_path, strange)


@pytest.mark.parametrize("left", [b"", b"not a database at all" * 500, b"SQLite format 3\x00"])
def test_a_file_that_was_overwritten_with_something_else_is_not_written_to(board_path: Path, left: bytes) -> None:
    with Session.open(board_path) as session:
        board_path.write_bytes(left)
        _refused_and_saved_elsewhere(session, board_path, left, "C3")


def _refused_and_saved_elsewhere(session: Session, path: Path, expected: bytes | None, next_number: str = "C4") -> None:
    before = state(session)
    for _ in range(2):
        with pytest.raises(StaleFileError, match="nothing was written"):
            add(session, "lost?")
    with pytest.raises(StaleFileError):
        session.undo()
    assert state(session) == before
    assert (path.read_bytes() if path.exists() else None) == expected
    copy = path.with_name("rescued.db")
    session.save_copy(copy)
    with Session.open(copy) as rescued:
        assert state(rescued) == before
        assert rescued.read_only == ""
        assert add(rescued, "goes on")
        assert rescued.document.entity(next_number).title == "goes on"


def test_a_change_by_another_program_is_noticed(board_path: Path) -> None:
    with Session.open(board_path) as session:
        other = sqlite3.connect(board_path)
        other.execute("update entities set title = 'changed'")
        other.commit()
        other.close()
        with pytest.raises(StaleFileError):
            add(session, "x")
    with Session.open(board_path) as session:
        assert {entity.title for entity in session.document.entities} == {"changed"}
        add(session, "x")


def test_a_file_locked_by_another_program_is_told_and_works_again_later(session: Session) -> None:
    before, other = state(session), sqlite3.connect(session.path, isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(SaveFailedError, match="Another program holds this file"):
        add(session, "x")
    for ask in (session.undo, session.history, session.operation_count):
        with pytest.raises(EvidenceBoardError, match="Another program holds this file"):
            ask()
    assert state(session) == before
    other.execute("rollback")
    other.close()
    add(session, "x")


def test_a_copy_holds_everything_and_never_takes_the_place_of_a_file(session: Session) -> None:
    with session.transaction("Attach") as tx:
        commands.attach(tx, session.document.entity("S1").id, "map.png", b"\x89PNG" * 1000)
    digest = session.document.attachments_of(session.document.entity("S1").id)[0].sha256
    copy = session.path.with_name("copy.db")
    session.save_copy(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with Session.open(copy) as other:
        assert state(other) == state(session)
        assert [one.id for one, _ in other.history()] == [one.id for one, _ in session.history()]
        assert other.attachment(digest) == b"\x89PNG" * 1000
        assert other.undo_label() == "Attach"
        add(other, "only here")
    bytes_of_copy = copy.read_bytes()
    with pytest.raises(SaveFailedError, match="already"):
        session.save_copy(copy)
    with pytest.raises(SaveFailedError):
        session.save_copy(session.path)
    with pytest.raises(SaveFailedError):
        session.save_copy(session.path.parent / "no such folder" / "copy.db")
    assert copy.read_bytes() == bytes_of_copy


def test_history_tells_what_was_done_newest_first(session: Session) -> None:
    add(session, "x")
    session.undo()
    told = [(operation.label, operation.kind) for operation, _ in session.history()]
    assert told == [("Add a claim", "undo"), ("Add a claim", "do"), ("Add cards", "do"), ("Make a new board", "create")]
    assert [label.label for label, _ in session.history(2)] == ["Add a claim", "Add a claim"]
    newest, count = session.history(1)[0]
    assert len(session.operation(newest.id).changes) == count == 1
    with pytest.raises(NotFoundError):
        session.operation("no such operation")


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.db"
        with Session.create(path, title="T", seam=SeededSeam("seed"), author_id="ann") as session:
            add(session, "x")
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_a_journal_that_waits_where_a_new_board_would_be_is_not_played_into_it(tmp_path: Path) -> None:
    waiting = tmp_path / "new.db-journal"
    waiting.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 100)
    with pytest.raises(SaveFailedError, match=r"new\.db-journal"):
        Session.create(tmp_path / "new.db")
    assert [found.name for found in tmp_path.iterdir()] == ["new.db-journal"]


def test_a_session_that_is_closed_gives_the_board_free_at_once(board_path: Path) -> None:
    session = Session.open(board_path)
    session.close()
    session.close()
    with Session.open(board_path) as again:
        assert again.read_only == ""
    with pytest.raises(EvidenceBoardError):
        add(session, "too late")
