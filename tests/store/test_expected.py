"""What the gate expects of a file is what the steps make."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from evidenceboard.store import expected
from evidenceboard.store.tables import plain


def test_the_tables_that_are_expected_are_those_that_the_steps_make(board_path: Path) -> None:
    with closing(sqlite3.connect(board_path)) as connection:
        rows = connection.execute("select type, name, tbl_name, sql from sqlite_master where sql is not null")
        assert {row[:3]: plain(row[3]) for row in rows} == expected.expected_schema()
        steps = connection.execute("select name from _sqlite_migrations order by rowid").fetchall()
        assert tuple(name for (name,) in steps) == expected.STEP_NAMES
        assert connection.execute("pragma application_id").fetchone() == (expected.APPLICATION_ID,)
        assert connection.execute("pragma user_version").fetchone() == (expected.VERSION,)


def test_opening_a_file_does_not_load_what_only_a_new_one_needs(board_path: Path) -> None:
    code = (
        "import sys; from evidenceboard import Session; Session.open(sys.argv[1], read_only=True).close();"
        "print(sorted({'sqlite_utils', 'PySide6', 'pypdf', 'click'} & set(sys.modules)))"
    )
    words = [sys.executable, "-c", code, str(board_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
