"""Bad input, one by one: each gets one clear sentence, and the file and its records stay as they were."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import (
    EvidenceBoardError,
    FileRefusedError,
    FileTooNewError,
    InvalidValueError,
    NotFoundError,
    ReadOnlyError,
    StaleFileError,
)
from evidenceboard.model.records import TABLES
from evidenceboard.model.transaction import Transaction

SAFE = (
    "not touched",
    "othing was changed",
    "nothing was written",
    "no file",
    "There is no",
    "was not saved",
    "cannot be read",
)
SECRET = "KN-23"


def is_a_clear_sentence(error: EvidenceBoardError) -> None:
    """Check that an error says what happened and what is safe, in a line or two, without text of a record."""
    said = str(error)
    assert any(word in said for word in SAFE), said
    assert 20 < len(said) < 400
    assert said.rstrip()[-1] in ".”)"
    assert "\n" not in said
    assert not any(word in said for word in (SECRET, "Error", "Traceback", "pydantic", "sqlite", "NoneType", "<class"))


def an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


def a_letter(path: Path) -> None:
    path.write_text(f"{SECRET} was seen near the harbour. " * 50)


def a_database_of_another_program(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("create table places (url text)")
    connection.commit()
    connection.close()


def a_newer_board(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("pragma user_version=2000")
    connection.commit()
    connection.close()


def half_a_board(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def a_board_with_a_trigger(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create trigger sly after insert on cards begin delete from cards; end")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (Path.unlink, "missing", "no file"),
        (an_empty_file, "empty", "empty"),
        (a_letter, "not-sqlite", "not a board"),
        (a_database_of_another_program, "not-ours", "another program"),
        (a_newer_board, "newer", "newer version"),
        (half_a_board, "truncated", "cut short"),
        (a_board_with_a_trigger, "alien-schema", "sly"),
    ],
)
def test_a_file_that_is_no_board_of_ours(
    board_path: Path, spoil: Callable[[Path], None], code: str, words: str
) -> None:
    spoil(board_path)
    before = board_path.read_bytes() if board_path.exists() else None
    with pytest.raises(FileRefusedError) as caught:
        Session.open(board_path)
    assert (caught.value.code, isinstance(caught.value, FileTooNewError)) == (code, code == "newer")
    assert words in str(caught.value)
    assert caught.value.hint
    is_a_clear_sentence(caught.value)
    assert (board_path.read_bytes() if board_path.exists() else None) == before


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="folder") as caught:
        Session.open(tmp_path)
    assert caught.value.code == "not-a-file"


def test_a_board_that_is_open_elsewhere(board_path: Path) -> None:
    before = board_path.read_bytes()
    with Session.open(board_path, holder="a window"), Session.open(board_path) as second:
        with pytest.raises(ReadOnlyError, match="open in a window") as caught, second.transaction("Add") as tx:
            commands.add_entity(tx, "claim", title=SECRET)
        is_a_clear_sentence(caught.value)
        assert caught.value.hint
    assert board_path.read_bytes() == before


def test_a_board_that_another_program_changed_meanwhile(board_path: Path) -> None:
    with Session.open(board_path) as session:
        strange = board_path.read_bytes() + b"\x00" * 4096
        board_path.write_bytes(strange)
        with pytest.raises(StaleFileError) as caught, session.transaction("Add") as tx:
            commands.add_entity(tx, "claim", title=SECRET)
        is_a_clear_sentence(caught.value)
        assert board_path.read_bytes() == strange


Work = Callable[[Transaction], Any]


def on(session: Session, number: str) -> str:
    return session.document.entity(number).id


@pytest.mark.parametrize(
    "work",
    [
        pytest.param(lambda tx: commands.add_entity(tx, "claim", title=SECRET * 200_000), id="a title of a million"),
        pytest.param(lambda tx: commands.add_entity(tx, "claim", title=SECRET, notes="x" * 1_000_001), id="long notes"),
        pytest.param(lambda tx: commands.add_entity(tx, "claim", title=SECRET + "\x00"), id="a title with a NUL"),
        pytest.param(lambda tx: commands.add_entity(tx, "claim", title=SECRET + "\ud800"), id="half a character"),
        pytest.param(lambda tx: commands.add_entity(tx, "claim", title=5), id="a title that is a number"),
        pytest.param(lambda tx: commands.add_entity(tx, "claim", title=SECRET, colour="red"), id="an unknown field"),
        pytest.param(lambda tx: commands.add_entity(tx, "source", reliability=SECRET), id="a grade on no scale"),
        pytest.param(lambda tx: commands.add_entity(tx, "claim", marking=SECRET), id="a marking that is none"),
        pytest.param(lambda tx: commands.set_fields(tx, "no such id", title=SECRET), id="fields of nothing"),
        pytest.param(lambda tx: commands.set_fields(tx, tx.document.entity("C99").id), id="a number that is none"),
        pytest.param(lambda tx: commands.remove(tx, ["no such id"]), id="removing nothing"),
        pytest.param(
            lambda tx: commands.link(tx, "supports", tx.document.entity("C1").id, "no such id"), id="a link to nothing"
        ),
        pytest.param(
            lambda tx: commands.link(tx, "states", tx.document.entity("C1").id, tx.document.entity("S1").id),
            id="a link that does not fit",
        ),
        pytest.param(lambda tx: commands.move_cards(tx, [tx.document.cards[0].id], math.nan, 0), id="a move by NaN"),
        pytest.param(lambda tx: commands.move_cards(tx, [tx.document.cards[0].id], math.inf, 0), id="an endless move"),
        pytest.param(lambda tx: commands.move_cards(tx, [tx.document.cards[0].id], 1e30, 0), id="a move too far"),
        pytest.param(
            lambda tx: commands.resize_card(tx, tx.document.cards[0].id, x=0, y=0, w=math.nan), id="a width of NaN"
        ),
        pytest.param(
            lambda tx: commands.resize_card(tx, tx.document.cards[0].id, x=math.nan, y=0, w=9, h=9), id="a place at NaN"
        ),
        pytest.param(
            lambda tx: commands.add_frame(tx, tx.document.boards[0].id, title=SECRET, x=0, y=0, w=math.inf, h=1),
            id="an endless frame",
        ),
        pytest.param(
            lambda tx: commands.add_frame(tx, "no such board", title=SECRET, x=0, y=0, w=1, h=1), id="no such board"
        ),
        pytest.param(lambda tx: commands.remove_board(tx, tx.document.boards[0].id), id="the last board"),
        pytest.param(lambda tx: commands.attach(tx, "no such id", "a", b""), id="a file for nothing"),
        pytest.param(lambda tx: commands.align(tx, [tx.document.cards[0].id], "askew"), id="aligned askew"),
        pytest.param(lambda tx: commands.distribute(tx, [tx.document.cards[0].id], "q"), id="along no axis"),
    ],
)
def test_what_no_command_takes(session: Session, work: Work) -> None:
    file, held = session.path.read_bytes(), {table: dict(session.document.table(table)) for table in TABLES}
    told: list[object] = []
    session.subscribe(told.append)
    with pytest.raises((InvalidValueError, NotFoundError)) as caught, session.transaction("Try") as tx:
        work(tx)
    is_a_clear_sentence(caught.value)
    assert session.path.read_bytes() == file
    assert {table: dict(session.document.table(table)) for table in TABLES} == held
    assert told == []
    with session.transaction("Goes on") as tx:
        commands.add_entity(tx, "claim", title="the next edit works")


def test_unknown_types_and_fields_are_shown_plainly_and_kept(board_path: Path) -> None:
    from evidenceboard.model.types import entity_type

    connection = sqlite3.connect(board_path)
    connection.execute("update entities set type = 'vessel', props = '{\"flag\":\"KP\"}' where number = 'A1'")
    connection.execute("update links set type = 'tows', props = '{\"knots\":9}'")
    connection.commit()
    connection.close()
    with Session.open(board_path) as session:
        assert session.problems == []
        vessel = session.document.entity("A1")
        face = entity_type(vessel.type).face(vessel, session.document)
        assert (face.word, face.second_line) == ("Vessel", "a type that this version does not know")
        with session.transaction("Write") as tx:
            commands.set_fields(tx, vessel.id, title="Angara")
            commands.move_cards(tx, [session.document.cards_of(vessel.id)[0].id], 5, 5)
    connection = sqlite3.connect(board_path)
    assert connection.execute("select type, title, props from entities where number = 'A1'").fetchone() == (
        "vessel", "Angara", '{"flag":"KP"}',
    )  # fmt: skip
    assert set(connection.execute("select type, props from links")) == {("tows", '{"knots":9}')}
    connection.close()
