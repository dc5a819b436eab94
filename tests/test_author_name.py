"""The name of an author: chosen once for all files, kept in one row of each, no part of the log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidenceboard import Session, commands
from evidenceboard.cli.verbs import verbs
from evidenceboard.store import personal


@pytest.fixture(autouse=True)
def nobody_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(personal.NAMED)


def add(path: Path) -> None:
    with Session.open(path) as session, session.transaction("Add a claim") as tx:
        commands.add_entity(tx, "claim", title="More")


def told(path: Path) -> list[str]:
    ran = CliRunner().invoke(verbs, ["history", str(path), "--json"])
    return [one["author"] for one in json.loads(ran.stdout)]


def test_without_an_answer_a_file_has_no_name_and_history_shows_the_id(board_path: Path) -> None:
    add(board_path)
    assert set(told(board_path)) == {personal.author_id()}


def test_a_name_is_left_with_the_next_change_and_the_file_stays_sound(board_path: Path) -> None:
    personal.choose_author_name("  이  영희\n")
    assert personal.author_name() == "이 영희"
    add(board_path)
    assert set(told(board_path)) == {"이 영희"}
    assert CliRunner().invoke(verbs, ["check", str(board_path)]).exit_code == 0


def test_another_name_changes_the_one_row_and_nothing_of_the_log(board_path: Path) -> None:
    personal.choose_author_name("Kim")
    add(board_path)
    with Session.open(board_path) as session:
        before = [operation.hash for operation, _ in session.history(100)]
        session.sign("Lee")
        assert [operation.hash for operation, _ in session.history(100)] == before
        assert session.undo_label() == "Add a claim"
        with session.transaction("Change {field}", field="Title") as tx:
            commands.set_fields(tx, tx.document.entity("C1").id, title="Other words")
    assert set(told(board_path)) == {"Lee"}
    assert CliRunner().invoke(verbs, ["check", str(board_path)]).exit_code == 0
    with Session.open(board_path) as session:
        session.sign("")
        assert session.undo() is not None
    assert set(told(board_path)) == {personal.author_id()}


def test_who_has_done_nothing_in_a_file_is_not_named_in_it(
    board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "another user"))
    with Session.open(board_path) as session:
        session.sign("Somebody Else")
    assert b"Somebody Else" not in board_path.read_bytes()


def test_a_variable_names_the_author_for_one_run(board_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(personal.NAMED, "Park")
    add(board_path)
    assert set(told(board_path)) == {"Park"}
    monkeypatch.delenv(personal.NAMED)
    assert personal.author_name() is None
    assert "EVIDENCEBOARD_AUTHOR" in CliRunner().invoke(verbs, ["--help"]).output


def test_a_name_that_no_file_takes_is_made_one_that_it_does() -> None:
    assert personal.fitting_name("a\x00b\ud800" + "x" * 500) == ("a b?" + "x" * 500)[: personal.LONGEST_NAME]
