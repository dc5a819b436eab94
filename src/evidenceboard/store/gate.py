"""What is looked at before a file is opened: its bytes, then its schema. Nothing here writes a byte."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Final

from evidenceboard.errors import FileRefusedError, FileTooNewError
from evidenceboard.store.expected import APPLICATION_ID, STEP_NAMES, VERSION, expected_schema

_MAGIC: Final = b"SQLite format 3\x00"
_UNTOUCHED: Final = "The file was not touched."
_DAMAGE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged schema raises: SQLite's own words about it may hold bytes that are no text."""
_SIDECARS: Final = ("-journal", "-wal", "-shm")


def sidecars(path: Path) -> list[str]:
    """Return the names of files that lie beside a board and that SQLite might read into it."""
    return [path.name + ending for ending in _SIDECARS if os.path.lexists(f"{path}{ending}")]


def needs_neighbours(path: Path) -> bool:
    """Tell whether another program set the file to keep its newest part in a file beside it (WAL)."""
    return _head(path)[18:20] != b"\x01\x01"


def check_bytes(path: Path) -> None:
    """Refuse by the first hundred bytes and the size. Raises `FileRefusedError`."""
    try:
        about = path.stat()
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise FileRefusedError(
                "missing", "There is no file at this place.", "Check the name, or make a new board with `new`."
            ) from error
        raise FileRefusedError("not-a-file", "This file cannot be read here.", "Check who may read it.") from error
    if not stat.S_ISREG(about.st_mode):
        raise FileRefusedError("not-a-file", "This is a folder or a device, not a board file.", "Choose a .db file.")
    head = _head(path)
    if not head:
        raise FileRefusedError("empty", f"This file is empty. {_UNTOUCHED}", "Look for another copy of it.")
    if not head.startswith(_MAGIC):
        if head.startswith(_MAGIC[: len(head)]) or (len(head) < 100 and _MAGIC.startswith(head[:16])):
            raise FileRefusedError("truncated", f"This file was cut short. {_UNTOUCHED}", "Look for a whole copy.")
        if head[:8] in (b"SQLCiphe", b"SEE-enc\x00"):
            raise FileRefusedError("encrypted", f"This file is encrypted. {_UNTOUCHED}", "Decrypt it first.")
        raise FileRefusedError(
            "not-sqlite", f"This is not a board file: its bytes are of another kind. {_UNTOUCHED}", "Try importing it."
        )
    if len(head) < 100:
        raise FileRefusedError("truncated", f"This file was cut short. {_UNTOUCHED}", "Look for a whole copy.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise FileRefusedError(
            "not-ours", f"This is a database of another program, not a board. {_UNTOUCHED}", "Choose a board file."
        )
    version = int.from_bytes(head[60:64], "big")
    if version > VERSION:
        raise FileTooNewError(
            f"This board was written by a newer version of Evidenceboard. {_UNTOUCHED}",
            "Update the program, or ask the sender for a copy from an older version.",
        )
    if not os.path.lexists(f"{path.resolve()}-journal"):
        check_size(path)


def check_size(path: Path) -> None:
    """Refuse a file that has fewer pages than it says. A crash leaves one so, until its journal is rolled back."""
    head = _head(path)
    page = int.from_bytes(head[16:18], "big") or 1
    page = 65536 if page == 1 else page
    if path.stat().st_size < page * int.from_bytes(head[28:32], "big"):
        raise FileRefusedError(
            "truncated", f"This file was cut short: part of it is missing. {_UNTOUCHED}", "Look for a whole copy."
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise unreadable() from error


def unreadable() -> FileRefusedError:
    """Return the refusal of a file that the system does not let be read."""
    return FileRefusedError("not-a-file", "This file cannot be read.", "Check who may read it, and the disk.")


def check_schema(path: Path) -> None:
    """Refuse a file whose tables are not ours alone, read without its neighbours. Raises `FileRefusedError`."""
    try:
        with closing(_read_alone(path)) as connection:
            found = {
                (str(kind), str(name), str(table))
                for kind, name, table in connection.execute("select type, name, tbl_name from sqlite_master")
                if not str(name).startswith("sqlite_autoindex")
            }
            odd = sorted(name for kind, name, _ in found - expected_schema())
            if any(kind not in ("table", "index") for kind, _, _ in found) or odd:
                named = ", ".join(odd[:3]) or "a trigger or view"
                raise FileRefusedError(
                    "alien-schema",
                    f"This file holds something that boards do not have: {named[:120]}. {_UNTOUCHED}",
                    "It could act on its own when written to; ask the sender how it came there.",
                )
            applied = [row[0] for row in connection.execute("select name from _sqlite_migrations order by rowid")]
            if any(name not in STEP_NAMES for name in applied):
                raise FileTooNewError(f"This board has a step that this version does not know. {_UNTOUCHED}", "Update.")
            if expected_schema() - found:
                raise FileRefusedError("damaged", f"Tables are missing from this file. {_UNTOUCHED}", "Use a backup.")
    except _DAMAGE as error:
        raise FileRefusedError("damaged", f"This file is damaged. {_UNTOUCHED}", "Use a backup or a copy.") from error


def quick_check(path: Path) -> list[str]:
    """Return what SQLite itself finds wrong with the pages of a file, and references that lead nowhere."""
    try:
        with closing(_read_alone(path)) as connection:
            said = [str(row[0]) for row in connection.execute("pragma quick_check(20)")]
            loose = connection.execute("pragma foreign_key_check").fetchmany(20)
    except _DAMAGE:
        return ["the pages of the file cannot be read"]
    return [line for line in said if line != "ok"] + [
        f"a row of {row[0]} points to a missing {row[2]}" for row in loose
    ]


def _read_alone(path: Path) -> sqlite3.Connection:
    # immutable: no journal or WAL that lies beside the file is read into it, and nothing is written.
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    # Names may be spoiled like anything else: what is no text is no name that boards have.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection
