"""diff and merge from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run


@pytest.fixture
def pair(board_path: Path, tmp_path: Path, run: Run) -> tuple[str, str]:
    """Return two copies of a board whose first claim has two titles; the second one has a note more."""
    theirs = str(shutil.copy(board_path, tmp_path / "theirs.db"))
    assert run("set", str(board_path), "C1", "title=Mine").code == 0
    assert run("set", theirs, "C1", "title=Theirs").code == 0
    assert run("add", theirs, "note", "--title", "New").code == 0
    return str(board_path), theirs


def test_a_difference_is_told_for_people_and_machines(pair: tuple[str, str], run: Run) -> None:
    told = run("diff", *pair, "--json").json
    changed = [(one["number"], one["field"], one["mine"], one["theirs"]) for one in told["changed"]]
    assert changed == [("C1", "title", "Mine", "Theirs")]
    assert [(one["number"], one["what"]) for one in told["added"]] == [("N1", "note"), ("N1", "card")]
    assert told["removed"] == []
    assert "Changed: C1 title: “Mine” → “Theirs”" in run("diff", *pair).out
    assert run("diff", pair[0], pair[0]).out == "The two say the same.\n"


def test_a_merge_says_what_it_took_and_what_is_to_be_decided(pair: tuple[str, str], run: Run, tmp_path: Path) -> None:
    before = [Path(one).read_bytes() for one in pair]
    told = run("merge", *pair, "--out", str(tmp_path / "out.db"), "--json").json
    assert [Path(one).read_bytes() for one in pair] == before
    assert (told["ok"], told["taken"], len(told["conflicts"])) == (True, 2, 1)
    assert {told["conflicts"][0][side] for side in ("mine", "theirs")} == {"Mine", "Theirs"}
    assert run("merge", *pair).out.startswith("Took 2 operations.\nTo decide: C1 title: ")
    assert run("merge", *pair).out == "There was nothing to take.\n"
    history = run("history", pair[0], "--json").json
    assert history[0]["kind"] == "merge"
    assert sum(one["came_with"] == history[0]["id"] for one in history) == 2
    assert run("check", pair[0], "--json").json["ok"]


def test_what_is_no_board_is_refused_and_nothing_is_left(pair: tuple[str, str], run: Run, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"no board")
    ran = run("merge", pair[0], str(tmp_path / "no.db"), "--out", str(tmp_path / "out.db"), "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    assert not (tmp_path / "out.db").exists()
