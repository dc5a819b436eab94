"""docs/file-format.md against a real file: every table, every column, every pragma, every hash."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from evidenceboard import Session, commands
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.types import TYPES
from evidenceboard.store import boardfile, expected

TEXT = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text("utf-8")
CODE = re.findall(r"^```python\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)


def described() -> dict[str, list[str]]:
    """Return the columns that the document describes, by table."""
    tables = re.split(r"^### `(\w+)`$", TEXT.partition("## Tables")[2].partition("\n## ")[0], flags=re.MULTILINE)[1:]
    return {
        table: re.findall(r"^\| `(\w+)` \| \S.*[.…] \|$", body, flags=re.MULTILINE)
        for table, body in zip(tables[::2], tables[1::2], strict=True)
    }


def test_every_table_and_column_has_its_sentence_and_no_other_is_described(board_path: Path) -> None:
    with closing(sqlite3.connect(board_path)) as board:
        tables = [row[0] for row in board.execute("select name from sqlite_master where type = 'table'")]
        real = {table: [row[1] for row in board.execute(f'pragma table_info("{table}")')] for table in tables}
    assert described() == real


def test_the_marks_of_the_file_are_the_ones_described(board_path: Path) -> None:
    head = board_path.read_bytes()[:100]
    assert f"`0x{int.from_bytes(head[68:72], 'big'):x}`" in TEXT
    assert head[68:72] == b"Evbd"
    assert f"how many steps of the format the file has: `{int.from_bytes(head[60:64], 'big')}`" in TEXT
    assert "the names of these steps: " + ", ".join(f"`{name}`" for name in expected.STEP_NAMES) in TEXT


def test_the_pragmas_are_the_ones_described() -> None:
    section = TEXT.partition("## How it is written")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+=\w+)` \|", section, flags=re.MULTILINE) == list(boardfile._PRAGMAS)


def test_every_type_and_link_type_is_named() -> None:
    assert all(f"`{kind.id}`" in TEXT for kind in (*TYPES, *LINK_TYPES))


def test_the_code_of_the_document_checks_every_hash_of_a_file_changed_twice(board_path: Path, tmp_path: Path) -> None:
    with Session.open(board_path) as session:
        moved = [card.id for card in session.document.cards]
        with session.transaction("Move {n} cards", n=len(moved)) as tx:
            commands.move_cards(tx, moved, 5, -3.3)
        session.undo()
        session.redo()
        with session.transaction("Remove a card") as tx:
            commands.remove(tx, [session.document.entity("C1").id])
    shutil.copy(board_path, tmp_path / "sample_board.db")
    run = [sys.executable, "-I", "-c", CODE[0]]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "6 operations, every hash holds\n"), done.stderr
    with closing(sqlite3.connect(tmp_path / "sample_board.db")) as forged:
        forged.execute("update changes set after = replace(after, 'Lorries', 'Tanks')")
        forged.commit()
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_the_code_of_the_document_checks_every_digest_of_a_file(board_path: Path, tmp_path: Path) -> None:
    with Session.open(board_path) as session, session.transaction("Attach") as tx:
        commands.attach(tx, session.document.entity("C1").id, "note.txt", b"Lorries")
    shutil.copy(board_path, tmp_path / "sample_board.db")
    run = [sys.executable, "-I", "-c", CODE[1]]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(" ", 1)[1:]) == (0, ["rows, every digest and sum holds\n"]), done.stderr
    with closing(sqlite3.connect(tmp_path / "sample_board.db")) as forged:
        forged.execute("update entities set title = replace(title, 'Lorries', 'Tanks')")
        forged.commit()
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode != 0
