"""One open .db file: reading its records, and the one function that writes an operation."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from evidenceboard.errors import (
    EvidenceBoardError,
    NotFoundError,
    ReadOnlyError,
    SaveFailedError,
    StaleChangeError,
)
from evidenceboard.model.changes import BULK, Operation
from evidenceboard.model.document import Swap
from evidenceboard.model.judged import LoggedJudgement
from evidenceboard.model.pace import Pace
from evidenceboard.model.records import Assessment, Comment, Custody, Redaction
from evidenceboard.model.seam import derived_id
from evidenceboard.store import gate, recovery
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.expected import APPLICATION_ID, VERSION
from evidenceboard.store.failures import damaged, failed, stale, told
from evidenceboard.store.judged_rows import JudgedRows
from evidenceboard.store.log import HEADER, changes_of, header, judgements, write_operation
from evidenceboard.store.writing import write_records

_CHUNK: Final = 8 * 1024 * 1024
_PRAGMAS: Final = (
    "journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON", "temp_store=MEMORY", "foreign_keys=ON",
    "trusted_schema=OFF", "busy_timeout=250",
)  # fmt: skip
_ROOM: Final = 256 * 1024
"""KiB of pages that are kept in memory while many rows are written."""
_AUTHORED: Final = (Assessment, Comment, Custody, Redaction)
_READING: Final = ("temp_store=MEMORY", "trusted_schema=OFF", "busy_timeout=2000")


def create(path: Path) -> BoardFile:
    """Make a new file, mode 0600, and open it. Raises `SaveFailedError` where there is one already."""
    # Only a new file needs what makes tables; it takes a while to load.
    import sqlite_utils

    from evidenceboard.store.migrations import steps

    _new_place(path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute(f"pragma application_id={APPLICATION_ID}")
            connection.execute(f"pragma user_version={VERSION}")
            steps.apply(sqlite_utils.Database(connection, execute_plugins=False))
            connection.execute("update _sqlite_migrations set applied_at = ''")
            connection.commit()
        return BoardFile(path)
    except (sqlite3.Error, EvidenceBoardError) as error:
        discard(path)
        raise failed(error) from error


class BoardFile:
    """An open board. `read_only` holds the reason in words, or "". `sidecars` names what lay beside it."""

    def __init__(self, path: Path, read_only: str = "") -> None:
        gate.check_bytes(path)
        self.path = path.resolve()
        # SQLite looks beside the real file, not beside a link to it.
        self.sidecars = gate.sidecars(self.path)
        ours = recovery.rolled_back(self.path) if self.sidecars == [f"{self.path.name}-journal"] else None
        if not ours:
            gate.check_size(self.path)
        if self.sidecars and not ours:
            read_only = read_only or "a file that belongs to no board lies beside it: " + ", ".join(self.sidecars)
        elif not ours:
            gate.check_schema(path)
        if not read_only and gate.needs_neighbours(self.path):
            read_only = "another program has set it to be written in two files (WAL)"
        if not read_only and not (os.access(path, os.W_OK) and os.access(self.path.parent, os.W_OK)):
            read_only = "the file or its folder may not be written to"
        self.read_only = read_only
        if ours:
            # A board that is only read may not be rolled back in place: its private copy is read instead.
            self.sidecars = []
            if not read_only:
                ours.cleanup()
        self._work = ours if ours and read_only else None
        self._connection = self._connect()
        self._judged = JudgedRows()
        self._version = 0
        self._mark = self._fingerprint()

    def _connect(self) -> sqlite3.Connection:
        path = Path(self._work.name) / recovery.COPY if self._work else self.path
        # What another program writes meanwhile is read under lock, unless that would read a neighbour into it.
        alone = bool(self.sidecars) or gate.needs_neighbours(path)
        how = ("mode=ro&immutable=1" if alone else "mode=ro") if self.read_only else "mode=rw"
        place = f"{path.as_uri()}?{how}"
        try:
            connection = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise gate.unreadable() from error
        try:
            for pragma in _PRAGMAS if not self.read_only else _READING:
                connection.execute(f"pragma {pragma}")
            # Reading rolls back a journal of our own; then the schema can be trusted to be looked at.
            connection.execute("select count(*) from sqlite_master").fetchone()
            gate.check_schema(path)
        except (sqlite3.DatabaseError, UnicodeDecodeError, EvidenceBoardError) as error:
            connection.close()
            if isinstance(error, EvidenceBoardError):
                raise
            raise damaged() from error
        return connection

    # -- reading -----------------------------------------------------------------------------------------------

    def arrival(self) -> Arrival:
        """Return what reads the records bit by bit, and any of them at once."""
        return Arrival(self._connection, self._judged.learning(self._connection))

    def headers(self) -> Iterator[Operation]:
        """Yield the operations without their changes, oldest first. Raises `ValueError` for one that is none."""
        for row in self._connection.execute(f"select {HEADER} from operations order by rowid"):
            yield header(row)

    @told()
    def recent(self, limit: int, before: int | None = None) -> list[tuple[Operation, int]]:
        """Return the newest operations with the number of records that they changed, newest first."""
        rows = self._connection.execute(
            f"select {HEADER}, (select coalesce(sum(records), 0) from changes where op = operations.id) from operations"
            " where rowid < ? order by rowid desc limit ?",
            (before if before is not None else 2**62, limit),
        ).fetchall()
        return [(header(row[:-1]), int(row[-1])) for row in rows]

    @told()
    def operation(self, operation_id: str) -> Operation:
        """Return an operation with its changes. Raises `NotFoundError`, and `StaleChangeError` for damage."""
        row = self._connection.execute(f"select {HEADER} from operations where id = ?", (operation_id,)).fetchone()
        if row is None:
            raise NotFoundError("This operation is not in the file.", "The history shows those that are.")
        try:
            return header(row, *changes_of(self._connection, operation_id))
        except ValueError as error:
            raise StaleChangeError(
                "The history of this file is damaged at this place; nothing was changed.", "Save a copy to keep."
            ) from error

    @told()
    def size_of(self, operation_id: str) -> int:
        """Return how many records an operation changed."""
        found = self._connection.execute("select sum(records) from changes where op = ?", (operation_id,)).fetchone()
        return int(found[0] or 0)

    @told()
    def newest_at(self) -> str:
        """Return when the newest operation was written, in UTC; "" where there is none."""
        row = self._connection.execute("select at from operations order by rowid desc limit 1").fetchone()
        return str(row[0]) if row else ""

    @told()
    def count(self, table: str) -> int:
        return int(self._connection.execute(f'select count(*) from "{table}"').fetchone()[0])

    def meta(self, prefix: str) -> dict[str, str]:
        """Return what `meta` holds under keys with a prefix, the prefix taken off."""
        rows = self._connection.execute("select key, value from meta")
        return {key.removeprefix(prefix): value for key, value in rows if key.startswith(prefix)}

    @told()
    def author_name(self, author_id: str) -> str:
        row = self._connection.execute("select name from authors where id = ?", (author_id,)).fetchone()
        return str(row[0]) if row else ""

    @told()
    def judgements(self, subject_id: str, field: str, record_ids: Iterable[str]) -> list[LoggedJudgement]:
        """Return what the log knows of a judgement, oldest first, by whichever author of the file it was made.

        `record_ids`: assessments that are known beside those whose id comes from subject, field and author. Raises
        `StaleChangeError` for damage.
        """
        authors = self._connection.execute("select id from authors")
        wanted = dict.fromkeys([*record_ids, *(derived_id(subject_id, field, str(row[0])) for row in authors)])
        try:
            return judgements(self._connection, wanted, self._judged)
        except ValueError as error:
            raise StaleChangeError(
                "The history of this judgement is damaged; the judgement itself stands.", "Save a copy to keep."
            ) from error

    @told()
    def blob(self, sha256: str) -> bytes:
        """Return the bytes of an attachment. Raises `FileRefusedError` where they cannot be read."""
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
        pace: Pace | None = None,
    ) -> None:
        """Write records and log in one transaction. Raises `SaveFailedError`; then the file is as it was.

        `pace` is told of each record and change, and may raise: then too.
        """
        if self.read_only:
            raise ReadOnlyError(
                f"This board is open for reading only: {self.read_only}. Nothing was changed.",
                "Save a copy to work on.",
            )
        swaps, pace = list(swaps), pace or Pace(None)
        judging = dict.fromkeys(record.author_id for _, _, record in swaps if isinstance(record, _AUTHORED))
        try:
            with self._room_for(len(swaps)), self._immediate(operation.id) as connection:
                write_records(connection, swaps, operation, pace)
                # A judgement comes in from another file under the name of the analyst who never worked on this one.
                connection.executemany(
                    "insert into authors (id, name) values (?, ?) on conflict (id) do nothing",
                    [(operation.author_id, author_name), *((author_id, "") for author_id in judging)],
                )
                write_operation(connection, operation, pace.on)
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
            self.check_unchanged()
            raise failed(error) from error
        self._mark = self._fingerprint()

    @contextmanager
    def _room_for(self, records: int) -> Iterator[None]:
        """Keep more pages in memory while many rows are written: else each page is read again and again."""
        if records <= BULK:
            yield
            return
        usual = self._connection.execute("pragma cache_size").fetchone()[0]
        self._connection.execute(f"pragma cache_size=-{_ROOM}")
        try:
            yield
        finally:
            self._connection.execute(f"pragma cache_size={usual}")

    @contextmanager
    def _immediate(self, operation_id: str) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        if connection.in_transaction:
            connection.execute("rollback")  # a disk that failed may also have refused this the last time
        connection.execute("begin immediate")
        untouched = self._fingerprint() == self._mark
        try:
            if not untouched:
                raise stale()
            yield connection
            connection.execute("commit")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("rollback")
            if untouched:
                # Reading takes back what a failed write left half done, and that moves the time of the file: no other
                # program did it.
                known = connection.execute("select 1 from operations where id = ?", (operation_id,)).fetchone()
                self._mark = self._fingerprint()
                if known and isinstance(error, sqlite3.Error):
                    return  # a commit that is on the disk counts, whatever was reported of it
            raise

    def _fingerprint(self) -> tuple[int, ...]:
        try:
            about = self.path.stat()
        except OSError:
            return ()
        try:
            self._version = int(self._connection.execute("pragma data_version").fetchone()[0])
        except sqlite3.OperationalError:
            pass  # held by another program: what it makes of the file shows when it lets go
        except sqlite3.DatabaseError:
            self._version = -1  # what lies there now is no database any more
        return (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, self._version)

    def check_unchanged(self) -> None:
        """Raise `StaleFileError` where the file is no longer as this session left it."""
        if not self.read_only and self._fingerprint() != self._mark:
            raise stale()

    @property
    def overwritten(self) -> bool:
        """Tell whether another program has written into the very file that this session holds."""
        now = self._fingerprint()
        return not self.read_only and now != self._mark and now[:2] == self._mark[:2]

    def copy_to(self, path: Path) -> None:
        """Write the whole file, log included, to another place that holds nothing yet. Raises `SaveFailedError`."""
        _new_place(path)
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as copy:
                copy.execute("pragma synchronous=EXTRA")  # else a power cut brings back the journal, which empties it
                self._connection.backup(copy)
                copy.execute("pragma journal_mode=DELETE")
        except sqlite3.Error as error:
            discard(path)
            raise failed(error) from error

    def close(self) -> None:
        self._connection.close()
        if self._work:
            self._work.cleanup()


def discard(path: Path) -> None:
    """Remove a file that this program has just begun to make, with what lies beside it."""
    for name in (path, *(path.with_name(beside) for beside in gate.sidecars(path))):
        with suppress(OSError):
            name.unlink(missing_ok=True)


def _new_place(path: Path) -> None:
    """Make an empty file, mode 0600. Raises `SaveFailedError` where there is one, or a journal waits for one."""
    try:
        waiting = gate.sidecars(path.resolve())
    except (OSError, ValueError) as error:
        raise SaveFailedError("This is no name for a file; none was made.", "Choose another name.") from error
    if waiting:
        # A journal that lies where a new file will be is played into it, and could say anything.
        raise SaveFailedError(
            "A file that belongs to another one lies at this place: " + ", ".join(waiting) + ". Nothing was made.",
            "Choose another name.",
        )
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise SaveFailedError(
            "There is a file at this place already; it was not touched.", "Choose another name."
        ) from error
    except OSError as error:
        raise SaveFailedError("No file can be made at this place.", f"The system says: {error.strerror}.") from error
