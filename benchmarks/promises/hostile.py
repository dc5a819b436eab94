"""Files that somebody made to do harm, or that an accident left so: each with what `check` has to say of it."""

from __future__ import annotations

import os
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.promises.worlds import small_board
from evidenceboard.store.digests import OTHERS, ROW, SUM, digests, sum_of

PAGE: Final = 4096
HUGE: Final = 40 * 1024**3
"""Bytes of a file that is larger than boards can be; it is sparse, and takes no room."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes a hostile file at a path, and what `check` says: a code, or `problems`, or `ok`."""

    make: Callable[[Path], object]
    expected: str


def run(path: Path, *statements: str) -> None:
    """Run statements on a file as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = bytes
        for statement in statements:
            connection.execute(statement)


def made_to_fit(path: Path) -> None:
    """Write digests and sums anew, as a sender who knows of them would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = _text_or_bytes
        for table, columns in ROW.items():
            for rowid, *row in connection.execute(f"select rowid, {columns} from {table}").fetchall():
                with suppress(ValueError):
                    made = digests([row[:-1]])[0]
                    connection.execute(f"update {table} set digest = ? where rowid = ?", (made, rowid))
        for table in (*ROW, *OTHERS):
            said = (str(sum_of(connection, table)), f"{SUM}{table}")
            connection.execute("update meta set value = ? where key = ?", said)


def _text_or_bytes(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def board(*statements: str, fitting: bool = False) -> Callable[[Path], None]:
    """Return what makes a small board and runs statements on it; `fitting`: and then makes the digests fit."""

    def make(path: Path) -> None:
        small_board(path)
        run(path, "pragma foreign_keys=off", *statements)
        if fitting:
            made_to_fit(path)

    return make


def remade(table: str, *statements: str) -> Callable[[Path], None]:
    """Return what puts something else in the place of a table."""
    return board(f"drop table {table}", *statements)


def bytes_at(at: int, value: bytes) -> Callable[[Path], None]:
    """Return what makes a small board and writes bytes into it."""

    def make(path: Path) -> None:
        data = bytearray(small_board(path).read_bytes())
        start = at if at >= 0 else len(data) + at
        data[start : start + len(value)] = value
        path.write_bytes(bytes(data))

    return make


def replaced(old: bytes, new: bytes) -> Callable[[Path], None]:
    """Return what makes a small board and puts other bytes in the place of some, as a failing disk would."""

    def make(path: Path) -> None:
        data = small_board(path).read_bytes()
        if len(old) != len(new) or old not in data:
            raise AssertionError(f"the board has no {old!r}")
        path.write_bytes(data.replace(old, new, 1))

    return make


def whole(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def cut(size: int) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(small_board(path).read_bytes()[:size])  # type: ignore[return-value]


def beside(ending: str, content: bytes) -> Callable[[Path], None]:
    """Return what makes a small board with a file beside it."""

    def make(path: Path) -> None:
        small_board(path)
        Path(f"{path}{ending}").write_bytes(content)

    return make


def a_document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")


def a_super_journal(path: Path) -> None:
    """Beside a board: a journal that makes SQLite delete a file of the user."""
    small_board(path)
    victim = path.with_name("diary.txt")
    victim.write_text("dear diary")
    name = os.fsencode(victim)
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">5I", 0, 7, 1, 512, PAGE)
    end = struct.pack(">I", 1) + name + struct.pack(">II", len(name), sum(name)) + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    Path(f"{path}-journal").write_bytes(head.ljust(512, b"\0") + end)


def a_forging_journal(path: Path) -> None:
    """Beside a board: a journal that would put other words into it, well formed in every way."""
    forged = small_board(path).read_bytes().replace(b"Lorries", b"Forgery")
    pages = [forged[at : at + PAGE] for at in range(0, len(forged), PAGE)]
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">5I", len(pages), 7, len(pages), 512, PAGE)
    said = b""
    for number, page in enumerate(pages, 1):
        checked = 7 + sum(page[at] for at in range(PAGE - 200, 0, -200))
        said += struct.pack(">I", number) + page + struct.pack(">I", checked & 0xFFFFFFFF)
    Path(f"{path}-journal").write_bytes(head.ljust(512, b"\0") + said)


def a_foreign_wal(path: Path) -> None:
    small_board(path)
    twin = path.with_name("twin.db")
    twin.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(twin, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode=wal")
        connection.execute("update entities set title = 'forged'")
        Path(f"{path}-wal").write_bytes(Path(f"{twin}-wal").read_bytes())
    twin.unlink()


def a_folder_beside(path: Path) -> None:
    small_board(path)
    Path(f"{path}-journal").mkdir()


def a_pipe_beside(path: Path) -> None:
    small_board(path)
    os.mkfifo(f"{path}-journal")


def a_sparse_giant(path: Path) -> None:
    small_board(path)
    with path.open("r+b") as file:
        file.seek(28)
        file.write(struct.pack(">I", HUGE // PAGE))
        file.truncate(HUGE)


def a_loop_of_free_pages(path: Path) -> None:
    data = bytearray(small_board(path).read_bytes())
    last = len(data) // PAGE
    # The list of free pages begins at the last page, and that names itself as the next.
    data[32:40] = struct.pack(">II", last, 1000)
    data[(last - 1) * PAGE : (last - 1) * PAGE + 8] = struct.pack(">II", last, 0)
    path.write_bytes(bytes(data))


def a_loop_of_pages(path: Path) -> None:
    """Make the root of a table an inner page whose only child is itself."""
    small_board(path)
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("select rootpage from sqlite_master where name = 'entities'").fetchone()
    data = bytearray(path.read_bytes())
    at = (root - 1) * PAGE
    data[at : at + 12] = struct.pack(">BHHHBI", 5, 0, 0, PAGE, 0, root)
    path.write_bytes(bytes(data))


def in_the_schema(said: str) -> Callable[[Path], None]:
    return board("pragma writable_schema=on", said, "pragma writable_schema=off")


def an_attachment_spoiled(path: Path) -> None:
    from evidenceboard import Session, commands

    small_board(path)
    with Session.open(path) as session, session.transaction("Attach") as tx:
        commands.attach(tx, session.document.entity("C1").id, "note.txt", b"seen near the harbour")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"seen near the harbour", b"seen near the harbor!", 1))


SCHEMAS: Final = {
    "a trigger": board("create trigger sly after insert on entities begin delete from cards; end"),
    "a trigger on every table": board(
        *(f"create trigger t{i} after update on {t} begin select 1; end" for i, t in enumerate(ROW))
    ),
    "a view": board("create view peek as select * from entities"),
    "a view in the place of a table": remade("snapshots", "create view snapshots as select 1 id, 2 name"),
    "a table of text search": board("create virtual table words using fts5 (title)"),
    "a virtual table in the place of a table": remade("snapshots", "create virtual table snapshots using fts5 (id)"),
    "a virtual table of no known kind": in_the_schema(
        "insert into sqlite_master values ('table', 'x', 'x', 0, 'create virtual table x using rootkit(1)')"
    ),
    "a column that is computed": remade(
        "snapshots", "create table snapshots (id text primary key, name text as (hex(zeroblob(1000000))))"
    ),
    "a condition that is run by a check of the pages": remade(
        "settings",
        "create table settings (id text primary key, value text not null check (length(hex(zeroblob(400000000))) > 0))",
        "pragma ignore_check_constraints=on",
        "insert into settings values ('title', '\"x\"')",
    ),
    "a default that is run": remade("settings", "create table settings (id text, value text default (randomblob(9)))"),
    "an index over an expression": board("create index sly on entities (hex(title))"),
    "an index of ours over an expression": board(
        "drop index cards_place", "create index cards_place on cards (board_id, abs(x), y)"
    ),
    "an index of ours over some rows": board(
        "drop index cards_place", "create index cards_place on cards (board_id, x, y) where x > 0"
    ),
    "rows that take others with them": remade(
        "frames", "create table frames (id text primary key, board_id text references boards (id) on delete cascade)"
    ),
    "a foreign table": board("create table birds (name text)"),
    "the notes of an optimiser": board("analyze"),
    "a counter of rows": board("create table birds (id integer primary key autoincrement)"),
    "a table with a name that turns its line round": board('create table "\u202ebdc.xlsx" (x)'),
    "a table with a name of a million letters": board(f'create table "{"x" * 1_000_000}" (x)'),
    "a table without row numbers": remade(
        "authors", "create table authors (id text primary key, name text not null) without rowid"
    ),
    "an own order of letters": remade(
        "authors", "create table authors (id text primary key collate nocase, name text not null)"
    ),
    "a trigger that hides among indexes": in_the_schema(
        "insert into sqlite_master values ('trigger', 'sqlite_autoindex_x', 'cards', 0,"
        " 'create trigger sqlite_autoindex_x after delete on cards begin select 1; end')"
    ),
}
"""Kinds with something in the schema that boards do not have."""

ROWS: Final = {
    "text in a number": "update cards set x = 'left'",
    "an endless number": "update cards set x = 9e999, y = -9e999",
    "a number in a text": "update entities set title = 5, notes = 1.5",
    "bytes that are no text": "update entities set title = cast(x'ff41' as text) where number = 'C1'",
    "bytes in a text": "update entities set title = x'00ff' where number = 'C1'",
    "a NUL": "update entities set title = 'a' || char(0) || 'b' where number = 'C1'",
    "a title of a million letters": "update entities set title = printf('%.1000000c', 'x') where number = 'C1'",
    "notes of twenty million letters": "update entities set notes = printf('%.20000000c', 'x') where number = 'C1'",
    "deep JSON": """update entities set props = '{"a":' || replace(hex(zeroblob(50000)), '0', '[') || '}'""",
    "JSON that does not end": "update entities set props = '{' where number = 'C1'",
    "NaN in JSON": """update entities set props = '{"weight": NaN}' where number = 'C1'""",
    "a list in the place of an object": "update entities set props = '[1,2]' where number = 'C1'",
    "half a character in JSON": """update entities set props = '{"a":"\\ud800"}' where number = 'C1'""",
    "tags that are none": "update entities set tags = '{}' where number = 'C1'",
    "a card of nothing": "update cards set entity_id = 'nobody' where rowid = 1",
    "a card on no board": "update cards set board_id = 'nowhere' where rowid = 1",
    "a link to nothing": "update links set to_id = 'nobody'",
    "a frame that is not there": "update cards set frame_id = 'none'",
    "a size of nothing": "update cards set w = 0, h = -5",
    "a place beyond all bounds": "update cards set x = 1e300",
    "a pile beyond all bounds": "update cards set z = 9223372036854775807",
    "an empty id": "update cards set id = '' where rowid = 1",
    "an endless id": "update cards set id = printf('%.100000c', 'x') where rowid = 1",
    "a truth that is neither": "update cards set fitted = 7",
}
"""Rows that no board of ours holds, by the statement that makes them."""
TAKEN: Final = ("a number in a text", "a truth that is neither")
"""Rows that are taken as SQLite gives them: the number as its text, the truth as true."""

DATABASES: Final[dict[str, Kind]] = {
    "another application": Kind(board("pragma application_id=1"), "not-ours"),
    "no application": Kind(board("pragma application_id=0"), "not-ours"),
    "a newer version": Kind(board("pragma user_version=99"), "newer"),
    "a step of the future": Kind(
        board("insert into _sqlite_migrations (migration_set, name, applied_at) values ('evidenceboard', 'next', '')"),
        "newer",
    ),
    "a table that is missing": Kind(board("drop table snapshots"), "damaged"),
    "pages of no size": Kind(bytes_at(16, b"\0\3"), "damaged"),
    "pages of another size": Kind(bytes_at(16, struct.pack(">H", 512)), "damaged"),
    "pages with no room": Kind(bytes_at(20, b"\xff"), "damaged"),
    "a schema of a kind that is not known": Kind(bytes_at(44, struct.pack(">I", 99)), "damaged"),
    "letters of two bytes": Kind(bytes_at(56, struct.pack(">I", 2)), "damaged"),
    "a first page of rubbish": Kind(bytes_at(100, b"\xff" * 900), "damaged"),
    "free pages in a loop": Kind(a_loop_of_free_pages, "damaged"),
    "pages in a loop": Kind(a_loop_of_pages, "damaged"),
    "two tables on one page": Kind(
        in_the_schema(
            "update sqlite_master set rootpage = (select rootpage from sqlite_master where name = 'boards')"
            " where name = 'authors'"
        ),
        "problems",
    ),
    "a table on a page that is not there": Kind(
        in_the_schema("update sqlite_master set rootpage = 999999 where name = 'authors'"), "damaged"
    ),
    "more pages than the file has": Kind(bytes_at(28, struct.pack(">I", 2_000_000_000)), "truncated"),
    "a giant": Kind(a_sparse_giant, "too-big"),
    "cut short by a byte": Kind(cut(-1), "truncated"),
    "cut short by half": Kind(cut(60_000), "truncated"),
    "the head alone": Kind(cut(100), "truncated"),
    "less than a head": Kind(cut(50), "truncated"),
    "a letter that became another": Kind(replaced(b"Lorries", b"Larries"), "problems"),
    "a letter of the log that became another": Kind(
        lambda path: path.write_bytes(b"Larries".join(small_board(path).read_bytes().rsplit(b"Lorries", 1))), "problems"
    ),
    "a row that another program took out": Kind(board("delete from links where type = 'states'"), "problems"),
    "a row that another program put in": Kind(
        board("insert into boards (id, title, position, marking, marking_reason) values ('x', 'Mine', 1, '', '')"),
        "problems",
    ),
    "another name of an author": Kind(board("update authors set name = 'Somebody else'"), "problems"),
    "a log with its end cut off": Kind(
        board("delete from changes", "delete from operations where rowid > 1"), "problems"
    ),
    "a log with another date": Kind(board("update operations set at = '1999-01-01T00:00:00.000Z'"), "problems"),
    "a log that is no JSON": Kind(board("update operations set label_values = '{'"), "damaged"),
    "numbers to be given again": Kind(board("update meta set value = '0' where key = 'highest_number.C'"), "problems"),
    "a number that is none": Kind(board("update meta set value = 'many' where key like 'highest%'"), "damaged"),
    "a sum that is none": Kind(board("update meta set value = 'x' where key = 'digest.cards'"), "problems"),
    "no sums": Kind(board("delete from meta where key like 'digest%'"), "problems"),
    "no boards": Kind(board("delete from cards", "delete from frames", "delete from boards"), "damaged"),
    "one id twice": Kind(board("update entities set number = 'C1'"), "problems"),
    "an attachment that is not what it was": Kind(an_attachment_spoiled, "problems"),
    "sources that cite each other": Kind(board("update links set from_id = to_id, type = 'cites'", fitting=True), "ok"),
    "written in two files (WAL)": Kind(board("pragma journal_mode=wal"), "ok"),
    "a journal of rubbish beside": Kind(beside("-journal", b"rubbish" * 1000), "ok"),
    "an empty journal beside": Kind(beside("-journal", b""), "ok"),
    "a journal that deletes a file": Kind(a_super_journal, "ok"),
    "a journal that forges": Kind(a_forging_journal, "ok"),
    "a folder for a journal": Kind(a_folder_beside, "ok"),
    "a pipe for a journal": Kind(a_pipe_beside, "ok"),
    "a foreign WAL beside": Kind(a_foreign_wal, "ok"),
    "a foreign index of a WAL beside": Kind(beside("-shm", b"\1" * 32768), "ok"),
}
"""Databases that are not as a board is, or that something lies beside."""

OTHER_THINGS: Final[dict[str, Kind]] = {
    "nothing": Kind(lambda path: None, "missing"),
    "a link to nothing at all": Kind(lambda path: path.symlink_to(path.with_name("gone")), "missing"),
    "a link to itself": Kind(lambda path: path.symlink_to(path), "not-a-file"),
    "a folder": Kind(Path.mkdir, "not-a-file"),
    "a pipe": Kind(os.mkfifo, "not-a-file"),
    "a device": Kind(lambda path: path.symlink_to("/dev/zero"), "not-a-file"),
    "a file of the system": Kind(lambda path: path.symlink_to("/proc/self/status"), "empty"),
    "an empty file": Kind(whole(b""), "empty"),
    "one byte": Kind(whole(b"S"), "truncated"),
    "rubbish": Kind(whole(bytes(range(256)) * 40), "not-sqlite"),
    "zeros": Kind(whole(b"\0" * 8192), "not-sqlite"),
    "a letter": Kind(whole(b"Dear colleague, " * 500), "not-sqlite"),
    "a Word document": Kind(a_document, "not-sqlite"),
    "a PDF": Kind(whole(b"%PDF-1.7\n" + b"%" * 500), "not-sqlite"),
    "a picture": Kind(whole(b"\x89PNG\r\n\x1a\n" + b"\0" * 500), "not-sqlite"),
    "SQLCipher": Kind(whole(b"SQLCipher" + b"\1" * 5000), "encrypted"),
    "OpenSSL": Kind(whole(b"Salted__" + b"\1" * 5000), "encrypted"),
    "age": Kind(whole(b"age-encryption.org/v1\n" + b"\1" * 500), "encrypted"),
    "PGP": Kind(whole(b"-----BEGIN PGP MESSAGE-----\n" + b"A" * 500), "encrypted"),
}
"""What is no database at all."""


def another_database(path: Path) -> None:
    run(path, "create table birds (name text)")


KINDS: Final[dict[str, Kind]] = {
    **{name: Kind(make, "alien-schema") for name, make in SCHEMAS.items()},
    **{name: Kind(board(said), "problems") for name, said in ROWS.items()},
    **{
        f"{name}, made to fit": Kind(board(said, fitting=True), "ok" if name in TAKEN else "problems")
        for name, said in ROWS.items()
    },
    **DATABASES,
    **OTHER_THINGS,
    "another database": Kind(another_database, "not-ours"),
}
"""Every kind by its name."""
