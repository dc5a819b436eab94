"""Which rows of the log an assessment stands in, known from reading the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.store.judged_rows import JudgedRows

SOURCES = 60


@pytest.fixture
def judged(board_path: Path) -> list[str]:
    """Make one operation that judges many sources."""
    with Session.open(board_path) as session, session.transaction("Judge many") as tx:
        made = [commands.add_entity(tx, "source", title=f"Paper {number}").id for number in range(SOURCES)]
        for one in made:
            commands.set_fields(tx, one, reliability="B")
    return made


def test_the_history_is_the_same_whether_the_rows_are_known_or_searched(board_path: Path, judged: list[str]) -> None:
    with Session.open(board_path) as session:
        with session.transaction("Judge many again") as tx:
            for one in judged:
                commands.set_fields(tx, one, reliability="C")
        before = [session.judgement_history(one, "reliability") for one in judged]
        nothing = session.judgement_history(judged[0], "credibility")
    with Session.open(board_path) as again:
        assert [again.judgement_history(one, "reliability") for one in judged] == before
    assert [[change.after for change in one] for one in before] == [["B", "C"]] * SOURCES
    assert nothing == []


def test_only_rows_that_may_hold_a_judgement_are_looked_into(board_path: Path, judged: list[str]) -> None:
    with closing(sqlite3.connect(board_path)) as board:
        rows = JudgedRows()
        for _ in rows.learning(board):
            pass
        found = board.execute("select id, subject_id from assessments").fetchall()
        ids = [str(one) for one, subject_id in found if subject_id in judged]
    assert rows.known > 0 and len(ids) == SOURCES
    assert all(len(rows.holding([one])) == 1 for one in ids)
    assert rows.holding(["of another file"]) == []


def test_rows_behind_a_damaged_one_are_searched(board_path: Path, judged: list[str]) -> None:
    with closing(sqlite3.connect(board_path)) as board:
        board.execute("update changes set after = '{' where record_id is null and \"table\" = 'assessments'")
        rows = JudgedRows()
        for _ in rows.learning(board):
            pass
    assert rows.known == 0
    assert rows.holding(["anything"]) == []


def test_rows_that_lie_far_apart_are_known_too(board_path: Path, judged: list[str]) -> None:
    with closing(sqlite3.connect(board_path)) as board:
        (last,) = board.execute("select max(rowid) from changes where record_id is null").fetchone()
        board.execute("update changes set rowid = ? where rowid = ?", (2**63 - 1, last))
        (one, *_) = (row for (row,) in board.execute("select id from assessments where subject_id = ?", (judged[0],)))
        rows = JudgedRows()
        steps = sum(1 for _ in rows.learning(board))
    assert rows.holding([one]) == [2**63 - 1] and steps < 10
