"""A verb on a file with a changed value says so where errors go, whatever it answers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidenceboard.cli.verbs import run as program

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("words", [["list"], ["show", "C1"], ["search", "Lorries"], ["health"], ["history"]])
def test_a_changed_value_never_passes_for_content(board_path: Path, words: list[str], capsys: Captured) -> None:
    with closing(sqlite3.connect(board_path)) as file, file:
        file.execute("update entities set title = 'Lorries carried 9,000 soldiers' where number = 'C1'")
    verb, *more = words
    code = program([verb, str(board_path), *more, "--json"], lambda _: 3)
    answer, said = capsys.readouterr()
    assert code == 0 and json.loads(answer) is not None
    assert "board.db is as this program wrote it: C1: it was changed outside this program" in said
    assert "evidenceboard check" in said


def test_of_a_sound_file_nothing_is_said(board_path: Path, capsys: Captured) -> None:
    assert program(["list", str(board_path)], lambda _: 3) == 0
    assert capsys.readouterr().err == ""
