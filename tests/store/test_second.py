"""What is read ahead through a second connection is of the same file, in the same state."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evidenceboard.commands.generate import generated
from evidenceboard.model.geometry import geometry_of
from evidenceboard.session import Session

WRITE = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute('begin exclusive')"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    generated(tmp_path / "board.db", cards=300, links=500, seed=3)
    return tmp_path / "board.db"


def refused(path: Path) -> str:
    """Return what another program is told that wants to write."""
    done = subprocess.run([sys.executable, "-c", WRITE, str(path)], capture_output=True, text=True, check=False)
    return done.stderr.strip().rpartition("\n")[2]


def test_nobody_else_can_write_as_long_as_a_file_is_being_read(path: Path) -> None:
    with Session.open(path, staged=True) as session:
        board = session.document.boards[0].id
        for _ in range(2):
            session.arrival.look_ahead(board)
            assert "locked" in refused(path)
        *_, made = session.arrival.geometry(board)
        assert made.whole
        assert "locked" in refused(path)
        session.read_on()
    assert refused(path) == ""


def test_what_was_read_ahead_is_what_is_read_at_once(path: Path) -> None:
    with Session.open(path, read_only=True, staged=True) as session:
        board = session.document.boards[0].id
        session.arrival.look_ahead(board)
        *_, ahead = session.arrival.geometry(board)
        session.read_on()
        whole = geometry_of(session.document, board)
    assert (ahead.card_ids, ahead.link_ids, ahead.ends) == (whole.card_ids, whole.link_ids, whole.ends)


def test_of_a_board_that_is_not_asked_for_in_the_end_nothing_is_left(path: Path) -> None:
    with Session.open(path, staged=True) as session:
        session.arrival.look_ahead(session.document.boards[0].id)
        session.read_on()
        assert session.reading is None
    assert refused(path) == ""


def test_a_file_that_another_one_took_the_place_of_is_read_on_from_the_first(path: Path, tmp_path: Path) -> None:
    generated(tmp_path / "other.db", cards=40, links=10, seed=4)
    with Session.open(path, read_only=True, staged=True) as session:
        board = session.document.boards[0].id
        (tmp_path / "other.db").replace(path)
        session.arrival.look_ahead(board)
        *_, made = session.arrival.geometry(board)
        assert len(made.card_ids) == 300
