"""diff and merge from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from evidenceboard.__main__ import main


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == code
    return capsys.readouterr().out


@pytest.fixture
def pair(board_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    theirs = str(shutil.copy(board_path, tmp_path / "theirs.db"))
    said(capsys, "set", str(board_path), "C1", "title=Mine")
    said(capsys, "set", theirs, "C1", "title=Theirs")
    said(capsys, "add", theirs, "note", "--title", "New")
    return str(board_path), theirs


def test_a_difference_is_told_for_people_and_machines(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(said(capsys, "diff", *pair, "--json"))
    assert [(one["number"], one["field"], one["mine"], one["theirs"]) for one in told["changed"]] == [
        ("C1", "title", "Mine", "Theirs")
    ]
    assert [one["number"] for one in told["added"]] == ["N1"]
    assert told["removed"] == []
    assert "Changed: C1 title: “Mine” → “Theirs”" in said(capsys, "diff", *pair)
    assert said(capsys, "diff", pair[0], pair[0]) == "The two say the same.\n"


def test_a_merge_says_what_it_took_and_what_is_to_be_decided(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = [Path(one).read_bytes() for one in pair]
    told = json.loads(said(capsys, "merge", *pair, "--out", str(tmp_path / "out.db"), "--json"))
    assert [Path(one).read_bytes() for one in pair] == before
    assert (told["ok"], told["taken"], len(told["conflicts"])) == (True, 2, 1)
    assert {told["conflicts"][0][side] for side in ("mine", "theirs")} == {"Mine", "Theirs"}
    assert said(capsys, "merge", *pair).startswith("Took 2 operations.\nTo decide: C1 title: ")
    assert said(capsys, "merge", *pair) == "There was nothing to take.\n"
    history = json.loads(said(capsys, "history", pair[0], "--json"))
    assert [one["kind"] for one in history][:1] == ["merge"]
    assert sum(one["came_with"] == history[0]["id"] for one in history) == 2
    assert json.loads(said(capsys, "check", pair[0], "--json"))["ok"]


def test_what_is_no_board_is_refused_and_nothing_is_left(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "no.db").write_bytes(b"no board")
    said(capsys, "merge", pair[0], str(tmp_path / "no.db"), "--out", str(tmp_path / "out.db"), code=1)
    assert not (tmp_path / "out.db").exists()
