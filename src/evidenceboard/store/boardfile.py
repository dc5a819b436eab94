"""One open .db file: reading its records, and the one function that writes an operation."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import sqlite_utils

from evidenceboard.errors import EvidenceBoardError, FileRefusedError, ReadOnlyError, SaveFailedError, StaleFileError
from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.records import COLUMNS, TABLES, Record
from evidenceboard.store import gate, recovery
from evidenceboard.store.migrations import APPLICATION_ID, VERSION, steps
from evidenceboard.store.rows import change_from_sql, change_to_sql, from_sql, to_sql

_CHUNK: Final = 8 * 1024 * 1024
_HEADER: Final = (
    'id, label_key, label_values, kind, target, author_id, session_id, counter, at, "group", parents, prev, hash'
)
_FIELDS: Final = tuple(_HEADER.replace('"', "").split(", "))
_PRAGMAS: Final = (
    "journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON", "temp_store=MEMORY", "foreign_keys=ON",
    "trusted_schema=OFF", "busy_timeout=250",
)  # fmt: skip
Swap = tuple[str, str, Record | None]


def create(path: Path) -> BoardFile:
    """Make a new file, mode 0600, and open it. Raises `SaveFailedError` where there is one already."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise SaveFailedError(
            "There is a file at this place already; it was not touched.", "Choose another name."
        ) from error
    except OSError as error:
        raise SaveFailedError("No file can be made at this place.", f"The system says: {error.strerror}.") from error
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute(f"pragma application_id={APPLICATION_ID}")
            connection.execute(f"pragma user_version={VERSION}")
            steps.apply(sqlite_utils.Database(connection, execute_plugins=False))
            connection.execute("update _sqlite_migrations set applied_at = ''")
            connection.commit()
    except sqlite3.Error as error:
        raise _failed(error) from error
    return BoardFile(path)


class BoardFile:
    """An open board. `read_only` holds the reason in words, or "". `sidecars` names what lay beside it."""

    def __init__(self, path: Path, read_only: str = "") -> None:
        gate.check_bytes(path)
        self.path = path.resolve()
        self.sidecars = gate.sidecars(path)
        if self.sidecars and not (self.sidecars == [f"{path.name}-journal"] and recovery.journal_is_ours(self.path)):
            read_only = read_only or "a file that belongs to no board lies beside it: " + ", ".join(self.sidecars)
        elif not self.sidecars:
            gate.check_schema(path)
        if not read_only and not (os.access(path, os.W_OK) and os.access(self.path.parent, os.W_OK)):
            read_only = "the file or its folder may not be written to"
        self.read_only = read_only
        self._connection = self._connect()
        self._mark = self._fingerprint()

    def _connect(self) -> sqlite3.Connection:
        how = "mode=ro&immutable=1" if self.read_only else "mode=rw"
        try:
            connection = sqlite3.connect(
                f"{self.path.as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False
            )
            for pragma in _PRAGMAS if not self.read_only else ("temp_store=MEMORY", "trusted_schema=OFF"):
                connection.execute(f"pragma {pragma}")
            # Reading rolls back a journal of our own; then the schema can be trusted to be looked at.
            connection.execute("select count(*) from sqlite_master").fetchone()
            gate.check_schema(self.path)
        except sqlite3.DatabaseError as error:
            raise FileRefusedError(
                "damaged", "This file is damaged and cannot be read. It was not touched.", "Use a backup or a copy."
            ) from error
        return connection

    # -- reading -----------------------------------------------------------------------------------------------

    def records(self) -> tuple[list[Record], list[str]]:
        """Return every record, and a sentence for each row that had to be mended."""
        found: list[Record] = []
        problems: list[str] = []
        for table in TABLES:
            rows = self._connection.execute(f"select {', '.join(COLUMNS[table])} from {table} order by rowid")
            records, wrong = from_sql(table, rows)
            found.extend(records)
            problems.extend(wrong)
        return found, problems

    def headers(self) -> Iterator[Operation]:
        """Yield the operations without their changes, oldest first."""
        for row in self._connection.execute(f"select {_HEADER} from operations order by rowid"):
            yield _header(row)

    def recent(self, limit: int, before: int | None = None) -> list[tuple[Operation, int]]:
        """Return the newest operations with the number of their changes, newest first."""
        rows = self._connection.execute(
            f"select {_HEADER}, (select count(*) from changes where op = operations.id) from operations"
            " where rowid < ? order by rowid desc limit ?",
            (before if before is not None else 2**62, limit),
        ).fetchall()
        return [(_header(row[:-1]), int(row[-1])) for row in rows]

    def operation(self, operation_id: str) -> Operation:
        """Return an operation with its changes."""
        row = self._connection.execute(f"select {_HEADER} from operations where id = ?", (operation_id,)).fetchone()
        rows = self._connection.execute(
            'select "table", record_id, before, after, salt from changes where op = ? order by "index"', (operation_id,)
        ).fetchall()
        changes = tuple(change_from_sql(found[:4]) for found in rows)
        return _header(row, changes, tuple(found[4] for found in rows))

    def count(self, table: str) -> int:
        return int(self._connection.execute(f'select count(*) from "{table}"').fetchone()[0])

    def meta(self, prefix: str) -> dict[str, str]:
        """Return what `meta` holds under keys with a prefix, the prefix taken off."""
        rows = self._connection.execute("select key, value from meta")
        return {key.removeprefix(prefix): value for key, value in rows if key.startswith(prefix)}

    def author_name(self, author_id: str) -> str:
        row = self._connection.execute("select name from authors where id = ?", (author_id,)).fetchone()
        return str(row[0]) if row else ""

    def blob(self, sha256: str) -> bytes:
        """Return the bytes of an attachment."""
        rows = self._connection.execute("select bytes from chunks where sha256 = ? order by part", (sha256,))
        return b"".join(row[0] for row in rows)

    # -- writing -----------------------------------------------------------------------------------------------

    def write(
        self,
        operation: Operation,
        swaps: Iterable[Swap],
        numbers: dict[str, int],
        blobs: dict[str, bytes],
        author_name: str = "",
    ) -> None:
        """Write records and log in one transaction. Raises `SaveFailedError`; then the file is as it was."""
        if self.read_only:
            raise ReadOnlyError(
                f"This board is open for reading only: {self.read_only}. Nothing was changed.",
                "Save a copy to work on.",
            )
        try:
            with self._immediate() as connection:
                _write_records(connection, list(swaps))
                connection.execute(
                    "insert into authors (id, name) values (?, ?) on conflict (id) do nothing",
                    (operation.author_id, author_name),
                )
                _write_operation(connection, operation)
                connection.executemany(
                    "insert into meta (key, value) values (?, ?)"
                    " on conflict (key) do update set value = excluded.value",
                    [(f"highest_number.{prefix}", str(number)) for prefix, number in numbers.items()],
                )
                for sha256, data in blobs.items():
                    connection.executemany(
                        "insert into chunks (sha256, part, bytes) values (?, ?, ?) on conflict do nothing",
                        [(sha256, at // _CHUNK, data[at : at + _CHUNK]) for at in range(0, max(len(data), 1), _CHUNK)],
                    )
        except sqlite3.Error as error:
            raise _failed(error) from error
        self._mark = self._fingerprint()

    @contextmanager
    def _immediate(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.execute("begin immediate")
        try:
            if self._fingerprint() != self._mark:
                raise StaleFileError(
                    "The file was moved, replaced or changed by another program, so nothing was written to it.",
                    "Save a copy of what is on the screen, then open the file anew.",
                )
            yield connection
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise

    def _fingerprint(self) -> tuple[int, ...]:
        try:
            about = self.path.stat()
        except OSError:
            return ()
        version = self._connection.execute("pragma data_version").fetchone()[0]
        return (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, int(version))

    def copy_to(self, path: Path) -> None:
        """Write the whole file, log included, to another place that holds nothing yet. Raises `SaveFailedError`."""
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as error:
            raise SaveFailedError(
                "There is a file at this place already; it was not touched.", "Choose another name."
            ) from error
        except OSError as error:
            raise SaveFailedError(
                "No file can be made at this place.", f"The system says: {error.strerror}."
            ) from error
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as copy:
                self._connection.backup(copy)
        except sqlite3.Error as error:
            path.unlink(missing_ok=True)
            raise _failed(error) from error

    def close(self) -> None:
        self._connection.close()


def _header(row: tuple[Any, ...], changes: tuple[Change, ...] = (), salts: tuple[str, ...] = ()) -> Operation:
    values = dict(zip(_FIELDS, row, strict=True))
    values["label_values"] = json.loads(values["label_values"])
    values["parents"] = tuple(json.loads(values["parents"]))
    return Operation(**values, changes=changes, salts=salts)


def _write_records(connection: sqlite3.Connection, swaps: list[Swap]) -> None:
    for table in TABLES:
        mine = [(record_id, record) for name, record_id, record in swaps if name == table]
        if not mine:
            continue
        columns = COLUMNS[table]
        updates = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
        connection.executemany(
            f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
            f" on conflict (id) do update set {updates}",
            [to_sql(table, record) for _, record in mine if record is not None],
        )
        connection.executemany(
            f"delete from {table} where id = ?", [(gone,) for gone, record in mine if record is None]
        )


def _write_operation(connection: sqlite3.Connection, operation: Operation) -> None:
    dump = json.dumps
    connection.execute(
        f"insert into operations ({_HEADER}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            operation.id, operation.label_key, dump(operation.label_values, ensure_ascii=False), operation.kind,
            operation.target, operation.author_id, operation.session_id, operation.counter, operation.at,
            operation.group, dump(list(operation.parents)), operation.prev, operation.hash,
        ),
    )  # fmt: skip
    connection.executemany(
        'insert into changes (op, "index", "table", record_id, before, after, salt, commitment)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            change_to_sql(operation.id, index, change, salt)
            for index, (change, salt) in enumerate(zip(operation.changes, operation.salts, strict=True))
        ],
    )


def _failed(error: sqlite3.Error) -> EvidenceBoardError:
    said = str(error)
    if "full" in said:
        return SaveFailedError(
            "The disk is full, so this was not saved; the file is as it was before.", "Make room, then do it again."
        )
    if "locked" in said or "busy" in said:
        return SaveFailedError(
            "Another program holds this file, so this was not saved.", "Close it there, then try again."
        )
    if "readonly" in said or "unable to open" in said:
        return SaveFailedError(
            "The file or its folder may not be written to; nothing was saved.", "Save a copy elsewhere."
        )
    return SaveFailedError(
        "The disk refused to take this, so it was not saved; the file is as it was before.", "Save a copy elsewhere."
    )
