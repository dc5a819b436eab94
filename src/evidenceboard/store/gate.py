"""What is looked at before a file is opened: its bytes, then its schema. Nothing here writes a byte."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import FileRefusedError, FileTooNewError
from evidenceboard.store.expected import APPLICATION_ID, STEP_NAMES, VERSION, expected_schema
from evidenceboard.store.failures import damaged
from evidenceboard.store.tables import plain

_MAGIC: Final = b"SQLite format 3\x00"
_UNTOUCHED: Final = "The file was not touched."
LARGEST: Final = 32 * 1024**3
"""Bytes of a file beyond which it is not opened."""
_ENCRYPTED: Final = (
    b"SQLCiphe", b"SEE-enc\x00", b"Salted__", b"age-encryption.org/", b"-----BEGIN PGP MESSAGE", b"LUKS\xba\xbe",
)  # fmt: skip
"""How files begin that say themselves that they are encrypted."""
_KNOWN: Final = (
    (b"PK\x03\x04", "it is a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "it is an old Office document"),
    (b"%PDF-", "it is a PDF"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"\x1f\x8b", "it is a compressed archive"),
    (b"7z\xbc\xaf", "it is a compressed archive"),
    (b"<", "it is a web page or an XML file"),
    (b"{", "it is a JSON file"),
)
_DAMAGE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged schema raises: SQLite's own words about it may hold bytes that are no text."""
_MOST_LOOSE: Final = 20
"""References that lead nowhere of which is told."""
_SIDECARS: Final = ("-journal", "-wal", "-shm")


def sidecars(path: Path) -> list[str]:
    """Return the names of files that lie beside a board and that SQLite might read into it."""
    return [path.name + ending for ending in _SIDECARS if os.path.lexists(f"{path}{ending}")]


def needs_neighbours(path: Path) -> bool:
    """Tell whether another program set the file to keep its newest part in a file beside it (WAL)."""
    return _head(path)[18:20] != b"\x01\x01"


def check_bytes(path: Path) -> None:
    """Refuse by the first hundred bytes and the size. Raises `FileRefusedError`."""
    head = _head(path)
    if not head:
        raise FileRefusedError("empty", f"This file is empty. {_UNTOUCHED}", "Look for another copy of it.")
    if not head.startswith(_MAGIC):
        if head.startswith(_MAGIC[: len(head)]) or (len(head) < 100 and _MAGIC.startswith(head[:16])):
            raise FileRefusedError("truncated", f"This file was cut short. {_UNTOUCHED}", "Look for a whole copy.")
        if head.startswith(_ENCRYPTED):
            raise FileRefusedError("encrypted", f"This file is encrypted. {_UNTOUCHED}", "Decrypt it first.")
        what = next((what for start, what in _KNOWN if head.startswith(start)), "its bytes are of another kind")
        raise FileRefusedError("not-sqlite", f"This is not a board file: {what}. {_UNTOUCHED}", "Try importing it.")
    if len(head) < 100:
        raise FileRefusedError("truncated", f"This file was cut short. {_UNTOUCHED}", "Look for a whole copy.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise FileRefusedError(
            "not-ours", f"This is a database of another program, not a board. {_UNTOUCHED}", "Choose a board file."
        )
    if int.from_bytes(head[60:64], "big") > VERSION:
        raise FileTooNewError(
            f"This board was written by a newer version of Evidenceboard. {_UNTOUCHED}",
            "Update the program, or ask the sender for a copy from an older version.",
        )
    if not os.path.lexists(f"{path.resolve()}-journal"):
        check_size(path)
    if path.stat().st_size > LARGEST:
        raise FileRefusedError(
            "too-big",
            f"This file is larger than any board can be ({LARGEST // 1024**3} GB). {_UNTOUCHED}",
            "Ask the sender for a copy without the large attachments.",
        )


def _head(path: Path) -> bytes:
    """Return the first hundred bytes of an ordinary file; nothing that it is can keep this waiting."""
    try:
        # What is no file may wait for somebody who never comes as soon as it is opened, so it is asked before.
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileRefusedError(
                "not-a-file", "This is a folder or a device, not a board file.", "Choose a .db file."
            )
        if not about.st_size:
            return b""  # what the system itself makes up says so as well, and may be read without an end
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            return file.read(100)
    except FileNotFoundError as error:
        raise FileRefusedError(
            "missing", "There is no file at this place.", "Check the name, or make a new board with `new`."
        ) from error
    except (OSError, ValueError) as error:
        raise unreadable() from error


def check_size(path: Path) -> None:
    """Refuse a file that has fewer pages than it says. A crash leaves one so, until its journal is rolled back."""
    head = _head(path)
    page = int.from_bytes(head[16:18], "big") or 1
    page = 65536 if page == 1 else page
    if path.stat().st_size < page * int.from_bytes(head[28:32], "big"):
        raise FileRefusedError(
            "truncated", f"This file was cut short: part of it is missing. {_UNTOUCHED}", "Look for a whole copy."
        )


def unreadable() -> FileRefusedError:
    """Return the refusal of a file that the system does not let be read."""
    return FileRefusedError("not-a-file", "This file cannot be read.", "Check who may read it, and the disk.")


def check_schema(path: Path) -> None:
    """Refuse a file whose tables are not ours alone, read without its neighbours. Raises `FileRefusedError`."""
    with damage_told(), closing(read_alone(path)) as connection:
        check_tables(connection)


def check_tables(connection: Any) -> None:
    """Refuse what holds anything but the tables and indexes of a board, each as it is made, word by word."""
    rows = list(connection.execute("select type, name, tbl_name, sql from sqlite_master"))
    found = {
        (str(kind), str(name), str(table)): plain(str(sql))
        for kind, name, table, sql in rows
        if not (kind == "index" and sql is None and str(name).startswith("sqlite_autoindex"))
    }
    ours = expected_schema()
    odd = sorted(name for (kind, name, table), sql in found.items() if ours.get((kind, name, table)) != sql)
    if odd:
        named = one_line(", ".join(odd[:3]))
        raise FileRefusedError(
            "alien-schema",
            f"This file holds something that boards do not have: {named}. {_UNTOUCHED}",
            "It could act on its own when written to; ask the sender how it came there.",
        )
    applied = [row[0] for row in connection.execute("select name from _sqlite_migrations order by rowid")]
    if any(name not in STEP_NAMES for name in applied):
        raise FileTooNewError(f"This board has a step that this version does not know. {_UNTOUCHED}", "Update.")
    if ours.keys() - found.keys():
        raise FileRefusedError("damaged", f"Tables are missing from this file. {_UNTOUCHED}", "Use a backup.")


def one_line(text: str) -> str:
    """Return names from a file as they may stand in a sentence: short, and without signs that do something to it."""
    return "".join(sign if sign.isprintable() else "�" for sign in text[:120])


def quick_check(path: Path) -> list[str]:
    """Return what SQLite itself finds wrong with the pages of a file, and references that lead nowhere."""
    try:
        with closing(read_alone(path)) as connection:
            return broken_pages(connection) + [f"{where}: {what}" for where, what in loose_rows(connection)]
    except _DAMAGE:
        return ["the pages of the file cannot be read"]


def broken_pages(connection: Any) -> list[str]:
    """Return what SQLite finds wrong with the pages. Raises what it raises for those that cannot be read at all."""
    said = [one_line(str(row[0])) for row in connection.execute("pragma quick_check(20)")]
    return [line for line in said if line != "ok"]


def loose_rows(connection: Any) -> Iterator[tuple[str, str]]:
    """Yield where and what: references that lead nowhere.

    They are asked for in the order of an index; SQLite's own check goes through the rows, each time to another page of
    what they point to, which takes five times as long for a million cards. An index that does not fit its rows hides
    nothing from the window: who reads a file looks at each row, and leaves out what leads nowhere.
    """
    left = _MOST_LOOSE
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    for table in sorted(tables):
        for _, _, parent, column, named, *_ in list(connection.execute(f'pragma foreign_key_list("{table}")')):
            there = f'select 1 from "{parent}" as there where there."{named}" = here."{column}"'
            said = f'select 1 from "{table}" as here where "{column}" is not null and not exists ({there}) limit {left}'
            for _ in connection.execute(said):
                left -= 1
                yield table, f"a row points to one of {parent} that is not in the file"


@contextmanager
def damage_told() -> Iterator[None]:
    """Say in words that a file cannot be read as a database. Raises `FileRefusedError`."""
    try:
        yield
    except _DAMAGE as error:
        raise damaged() from error


def read_alone(path: Path) -> sqlite3.Connection:
    """Return a connection that reads a file as it is, without what lies beside it, and writes nothing."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    # Names may be spoiled like anything else: what is no text is no name that boards have.
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection
