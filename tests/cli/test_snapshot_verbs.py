"""The verbs about snapshots: they find what is kept of a board, also where its file is gone, and write over nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from evidenceboard import Session, commands
from evidenceboard.store import backups

START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def test_snapshots_are_listed_newest_first_also_where_the_file_is_gone(ask: Any, run: Any, board_path: Path) -> None:
    assert ask("snapshots", "board.db") == []
    assert "no snapshot" in run("snapshots", "board.db").out
    for step in range(2):
        backups.make(board_path, now=START + timedelta(hours=step))
    board_path.unlink()
    found = ask("snapshots", "board.db")
    assert [one["name"] for one in found] == ["2026-11-26 10.00.00 UTC", "2026-11-26 09.00.00 UTC"]
    assert found[0]["cards"] == 5 and found[0]["bytes"] > 0
    assert "5 cards" in run("snapshots", "board.db").out


def test_a_snapshot_is_written_out_and_nothing_is_written_over(ask: Any, run: Any, board_path: Path) -> None:
    backups.make(board_path, now=START)
    before = board_path.read_bytes()
    told = ask("restore", "board.db", "2026-11-26 09.00.00 UTC", "out.db")
    assert told["ok"] and told["out"] == "out.db"
    with Session.open(board_path.with_name("out.db"), read_only=True) as session:
        assert session.document.entity("C1")
    assert run("restore", "board.db", "newest", "board.db").code == 1
    assert board_path.read_bytes() == before
    refused = run("restore", "board.db", "yesterday", "other.db")
    assert refused.code == 1 and "no such snapshot" in refused.err
    assert not board_path.with_name("other.db").exists()


def test_one_is_made_on_demand_but_never_of_a_file_that_keeps_none(ask: Any, run: Any, board_path: Path) -> None:
    assert len(ask("snapshots", "board.db", "--make")) == 1
    with Session.open(board_path) as session, session.transaction("Switch") as tx:
        commands.switch_backups(tx, False)
    refused = run("snapshots", "board.db", "--make")
    assert refused.code == 1 and "switched off" in refused.err
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        commands.switch_backups(tx, True)
        commands.set_file(tx, marking="TLP:RED")
    assert "TLP:RED" in run("snapshots", "board.db", "--make").err
    assert len(ask("snapshots", "board.db")) == 1


def test_the_newest_means_the_newest_that_is_sound(ask: Any, board_path: Path) -> None:
    backups.make(board_path, now=START)
    spoiled = backups.make(board_path, now=START + timedelta(hours=1))
    with spoiled.path.open("r+b") as file:
        file.seek(spoiled.size // 2)
        file.write(b"\xff" * 4096)
    assert ask("restore", "board.db", "newest", "out.db")["name"] == "2026-11-26 09.00.00 UTC"
