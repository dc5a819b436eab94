"""Comments of two analysts on copies of one file: all of them are there afterwards, and none is a conflict."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidenceboard import Session, commands
from evidenceboard.cli.verbs import verbs
from evidenceboard.model.comments import threads
from evidenceboard.store import personal


def merged(mine: Path, theirs: Path) -> list[object]:
    ran = CliRunner().invoke(verbs, ["merge", str(mine), str(theirs), "--json"])
    assert ran.exit_code == 0, ran.output
    return list(json.loads(ran.stdout)["conflicts"])


def test_what_both_said_answered_and_resolved_is_there_after_a_merge(
    board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session.open(board_path) as session, session.transaction("Add a comment") as tx:
        claim = tx.document.entity("C1").id
        asked = commands.add_comment(tx, claim, "Which day?")
    theirs = tmp_path / "theirs.db"
    shutil.copy(board_path, theirs)
    monkeypatch.setenv(personal.NAMED, "Kim")
    with Session.open(board_path) as session, session.transaction("Answer") as tx:
        commands.answer_comment(tx, asked.id, "The 18th")
        commands.resolve_comment(tx, asked.id)
        commands.add_comment(tx, claim, "Mine", "likelihood")
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "colleague"))
    monkeypatch.setenv(personal.NAMED, "Lee")
    with Session.open(theirs) as session, session.transaction("Answer") as tx:
        commands.answer_comment(tx, asked.id, "The 19th")
        commands.resolve_comment(tx, asked.id)
        commands.add_comment(tx, claim, "Theirs", "likelihood")
    assert merged(board_path, theirs) == []
    with Session.open(board_path) as session:
        found = threads(session.document, claim)
        assert {one.text for thread in found for one in thread.all} == {
            "Which day?", "The 18th", "The 19th", "Mine", "Theirs",
        }  # fmt: skip
        assert len(found) == 3
        assert not next(one for one in found if one.first.id == asked.id).is_open
        assert {session.author_name(one.author_id) for thread in found for one in thread.answers} == {"Kim", "Lee"}


def test_a_comment_on_what_the_other_one_deleted_asks_and_loses_nothing(
    board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs.db"
    shutil.copy(board_path, theirs)
    with Session.open(board_path) as session, session.transaction("Remove") as tx:
        claim = tx.document.entity("C1").id
        commands.remove(tx, [claim])
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "colleague"))
    with Session.open(theirs) as session, session.transaction("Add a comment") as tx:
        commands.add_comment(tx, claim, "Do not lose me")
    conflicts = merged(board_path, theirs)
    with Session.open(board_path) as session:
        kept = [one.text for thread in threads(session.document, claim) for one in thread.all]
    assert kept == ["Do not lose me"]
    assert len(conflicts) == 1
