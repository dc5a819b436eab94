"""What is refused before it is opened, by name and without a byte changed."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard import Session
from evidenceboard.errors import FileRefusedError, FileTooNewError


def refused(path: Path) -> FileRefusedError:
    """Return the refusal of a file, whether it is opened to read or to write."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(found.name for found in path.parent.iterdir())
    errors = []
    for read_only in (True, False):
        with pytest.raises(FileRefusedError) as caught:
            Session.open(path, read_only=read_only)
        errors.append(caught.value)
    assert str(errors[0]) == str(errors[1])
    assert errors[0].hint
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(found.name for found in path.parent.iterdir()) == beside
    return errors[0]


def run(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, "missing"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.mkdir(), "not-a-file"),
        (lambda path: os.mkfifo(path), "not-a-file"),
        (lambda path: path.symlink_to(path), "not-a-file"),
        (lambda path: path.write_bytes(b"SQLite for"), "truncated"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\x01" * 20), "truncated"),
        (lambda path: path.write_bytes(b"SQLCipher" + b"\x01" * 5000), "encrypted"),
        (lambda path: path.write_text("a letter, " * 400), "not-sqlite"),
        (lambda path: path.write_bytes(b"\x00" * 4096), "not-sqlite"),
        (a_zip, "not-sqlite"),
        (lambda path: run(path, "create table birds (name text)"), "not-ours"),
    ],
)
def test_what_is_no_board_is_named_and_left_alone(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    path = tmp_path / "board.db"
    make(path)
    assert refused(path).code == code


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    for name in ("a\x00b.db", "x" * 5000):
        with pytest.raises(FileRefusedError):
            Session.open(tmp_path / name)


def test_a_file_of_a_newer_version_is_named_as_such(board_path: Path) -> None:
    run(board_path, "pragma user_version=99")
    error = refused(board_path)
    assert isinstance(error, FileTooNewError)
    assert (error.code, "newer version" in str(error)) == ("newer", True)


def test_a_step_that_this_version_does_not_know_makes_a_file_newer(board_path: Path) -> None:
    run(
        board_path,
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('evidenceboard', 'next', '')",
    )
    assert refused(board_path).code == "newer"


@pytest.mark.parametrize("size", [99, 100, 4095, 4096, 8192, -4096, -1])
def test_a_board_that_was_cut_short_is_named_as_such(board_path: Path, size: int) -> None:
    whole = board_path.read_bytes()
    board_path.write_bytes(whole[:size])
    assert refused(board_path).code == "truncated"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("create trigger sly after insert on entities begin delete from cards; end", "sly"),
        ("create view peek as select * from entities", "peek"),
        ("create table birds (name text)", "birds"),
        ("create index quick on entities (title)", "quick"),
        ("create virtual table words using fts5 (title)", "words"),
        ("create temp table t (x)", ""),
    ],
)
def test_a_schema_that_is_not_ours_is_refused_by_name(board_path: Path, statement: str, name: str) -> None:
    run(board_path, statement)
    if not name:
        with Session.open(board_path) as session:
            assert session.document.entities
        return
    error = refused(board_path)
    assert error.code == "alien-schema"
    assert name in error.message


def test_a_board_without_one_of_its_tables_is_damaged(board_path: Path) -> None:
    run(board_path, "drop table snapshots")
    assert refused(board_path).code == "damaged"


@pytest.mark.parametrize("page", [1, 2, 5, 9])
def test_a_page_of_rubbish_never_ends_in_a_traceback(board_path: Path, page: int) -> None:
    whole = bytearray(board_path.read_bytes())
    whole[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    board_path.write_bytes(whole)
    try:
        with Session.open(board_path, read_only=True) as session:
            assert session.document.boards is not None
    except FileRefusedError as error:
        assert error.code == "damaged"
    assert board_path.read_bytes() == bytes(whole)


@pytest.mark.parametrize(
    "statement",
    [
        "update operations set label_values = 'no json'",
        "update operations set label_values = '[1]'",
        "update operations set parents = '{'",
        "update operations set parents = 'null'",
        "update operations set counter = 'many'",
        "update meta set value = 'many'",
        "update operations set hash = x'ff' where kind = 'do'",
    ],
)
def test_a_log_that_cannot_be_read_is_damage_in_words(board_path: Path, statement: str) -> None:
    run(board_path, statement)
    try:
        with Session.open(board_path) as session:
            session.undo()
    except FileRefusedError as error:
        assert error.code == "damaged"


def test_a_change_of_the_log_that_cannot_be_read_is_not_taken_back(board_path: Path) -> None:
    from evidenceboard.errors import StaleChangeError

    run(board_path, "update changes set after = 'no json'")
    with Session.open(board_path) as session:
        before = board_path.read_bytes()
        with pytest.raises(StaleChangeError, match="nothing was changed"):
            session.undo()
        assert session.document.entities
    assert board_path.read_bytes() == before


def test_a_label_from_a_file_is_only_filled_with_its_own_values(board_path: Path) -> None:
    run(
        board_path,
        "update operations set label_key = '{n.__class__} {n:>999999999} {0} {n} {x}', label_values = '{\"n\": 2}'",
    )
    with Session.open(board_path) as session:
        assert session.undo_label() == "{n.__class__} {n:>999999999} {0} 2 {x}"


@pytest.mark.parametrize("name", (b"attachments_entity", b"create table boards", b"create index cards_place"))
def test_a_schema_with_bytes_that_are_no_text_is_refused_in_words(board_path: Path, name: bytes) -> None:
    data = board_path.read_bytes().lower()
    place = data.index(name)
    spoiled = bytearray(board_path.read_bytes())
    spoiled[place + 2] = 0xE5
    board_path.write_bytes(bytes(spoiled))
    assert refused(board_path).code in ("damaged", "alien-schema")
