"""The table of authors: everybody whose judgement is in the file stands in it, whoever wrote the operation."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import SaveFailedError


def judge_as(path: Path, author_id: str, letter: str) -> str:
    """Grade the source as another analyst; return who works on the file here."""
    with Session.open(path) as session:
        own, session.author_id = session.author_id, author_id
        with session.transaction("Judge") as tx:
            commands.set_fields(tx, session.document.entity("S1").id, reliability=letter)
    return own


@pytest.mark.parametrize("left", [b"", b"not a database at all" * 500])
def test_what_is_saved_from_memory_keeps_whose_judgement_each_one_was(board_path: Path, left: bytes) -> None:
    own = judge_as(board_path, "ann", "E")
    copy = board_path.with_name("rescued.db")
    with Session.open(board_path) as session:
        session.author_id = "bob"
        board_path.write_bytes(left)
        session.save_copy(copy)
        held = session.document.table("assessments")
    with Session.open(copy) as rescued:
        assert rescued.problems == []
        assert dict(rescued.document.table("assessments")) == held
        graded = rescued.document.assessments_of(rescued.document.entity("S1").id)
        assert {one.author_id: one.value for one in graded} == {own: "B", "ann": "E"}
    with closing(sqlite3.connect(copy)) as board:
        assert {row[0] for row in board.execute("select id from authors")} == {own, "ann", "bob"}
        assert board.execute("pragma foreign_key_check").fetchall() == []


def test_a_record_that_names_nothing_is_still_refused_by_the_file(board_path: Path) -> None:
    with Session.open(board_path) as session:
        before = board_path.read_bytes()
        with pytest.raises(SaveFailedError), session.transaction("Break a reference") as tx:
            tx.change(session.document.cards[0], entity_id="nobody")
        assert board_path.read_bytes() == before
