"""One open .db file: reading its records, and the one function that writes an operation."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from evidenceboard.errors import EvidenceBoardError, NotFoundError, StaleChangeError, StaleFileError
from evidenceboard.model.changes import BULK, Operation
from evidenceboard.model.document import Swap
from evidenceboard.model.joined import Brought
from evidenceboard.model.judged import LoggedJudgement
from evidenceboard.model.pace import Pace
from evidenceboard.model.records import TABLES, Assessment, Comment, Custody, Redaction
from evidenceboard.model.seam import derived_id
from evidenceboard.store import gate, new_place, recovery, second
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.copying import copy_at_once
from evidenceboard.store.digests import OTHERS, Sums, sum_of
from evidenceboard.store.expected import APPLICATION_ID, VERSION
from evidenceboard.store.failures import damaged, failed, only_read, told, unsure
from evidenceboard.store.judged_rows import JudgedRows
from evidenceboard.store.log import EVER, HEADER, changes_of, header, judgements, write_operation
from evidenceboard.store.redacting import redact
from evidenceboard.store.taking import Log, write_brought
from evidenceboard.store.whereabouts import stale
from evidenceboard.store.writing import write_author, write_new, write_numbers, write_records

_CHUNK: Final = 8 * 1024 * 1024
_PRAGMAS: Final = (
    "journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON", "temp_store=MEMORY", "foreign_keys=ON",
    "trusted_schema=OFF", "busy_timeout=250", "cache_size=2000",
)  # fmt: skip
"""2,000 pages in memory, 8 MB: what a move of 1,000 cards of a large file reads is there when it is taken back."""
_ROOM: Final = 256 * 1024
"""KiB of pages that are kept in memory while many rows are written."""
_AUTHORED: Final = (Assessment, Comment, Custody, Redaction)


def create(path: Path) -> BoardFile:
    """Make a new file, mode 0600, and open it. Raises `SaveFailedError` where there is one already."""
    # Only a new file needs what makes tables; it takes a while to load.
    import sqlite_utils

    from evidenceboard.store.migrations import steps

    new_place.make(path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute(f"pragma application_id={APPLICATION_ID}")
            connection.execute(f"pragma user_version={VERSION}")
            steps.apply(sqlite_utils.Database(connection, execute_plugins=False))
            connection.execute("update _sqlite_migrations set applied_at = ''")
            sums = Sums(connection)
            for table in (*TABLES, *OTHERS):
                sums.add(table, sum_of(connection, table))
            sums.write()
            connection.commit()
        return BoardFile(path)
    except (sqlite3.Error, EvidenceBoardError) as error:
        new_place.discard(path)
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
        self._sums = Sums(self._connection)
        self._judged = JudgedRows()
        self._version = 0
        self._doubt = ""
        self._mark = self._fingerprint()

    @property
    def read_path(self) -> Path:
        """Return the file that is read: the board, or the private copy in which a crash was rolled back."""
        return Path(self._work.name) / recovery.COPY if self._work else self.path

    @property
    def _is_alone(self) -> bool:
        """Whether it is read without a lock, as a lock would read a neighbour into it."""
        return bool(self.sidecars) or gate.needs_neighbours(self.read_path)

    def _connect(self) -> sqlite3.Connection:
        path = self.read_path
        how = ("mode=ro&immutable=1" if self._is_alone else "mode=ro") if self.read_only else "mode=rw"
        place = f"{path.as_uri()}?{how}"
        try:
            connection = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise gate.unreadable() from error
        try:
            for pragma in second.READING if self.read_only else _PRAGMAS:
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
        another = None if self._is_alone else partial(second.connection, self.read_path, self.has_changed)
        return Arrival(self._connection, self._judged.learning(self._connection), another=another)

    def headers(self) -> Iterator[Operation]:
        """Yield what was done in this file, without the changes, oldest first. Raises `ValueError` for what is none.

        What a merge brought along is behind the merge, and left out.
        """
        for row in self._connection.execute(f"select {HEADER} from operations where brought_by is null order by rowid"):
            yield header(row)

    def log(self) -> Log:
        """Return the log as a merge reads it."""
        return Log(self._connection)

    @told()
    def recent(self, limit: int, before: int | None = None) -> list[tuple[Operation, int]]:
        """Return the newest operations with the number of records that they changed, newest first."""
        rows = self._connection.execute(
            f"select {HEADER}, (select coalesce(sum(records), 0) from changes where op = operations.id) from operations"
            " where rowid < ? order by rowid desc limit ?",
            (before if before is not None else EVER, limit),
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
        return {key.removeprefix(prefix): value for key, value in rows if str(key).startswith(prefix)}

    @told()
    def author_name(self, author_id: str) -> str:
        row = self._connection.execute("select name from authors where id = ?", (author_id,)).fetchone()
        return str(row[0]) if row else ""

    @told()
    def judgements(self, subject_id: str, field: str, known: Iterable[str], until: int = EVER) -> list[LoggedJudgement]:
        """Return what the log knows of a judgement up to a row of it, oldest first, by whichever author it was made.

        `known`: assessments beside those whose id comes from subject, field and author. Raises `StaleChangeError`.
        """
        authors = self._connection.execute("select id from authors")
        wanted = dict.fromkeys([*known, *(derived_id(subject_id, field, str(row[0])) for row in authors)])
        try:
            return judgements(self._connection, wanted, self._judged, until)
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
        author_name: str | None = None,
        pace: Pace | None = None,
        brought: Brought | None = None,
    ) -> None:
        """Write records and log in one transaction. Raises `SaveFailedError`; then the file is as it was.

        `pace` is told of each record and change, and may raise: then too. `brought` are rows of another log. Without
        an `author_name` the one that the file has stays.
        """
        if self.read_only:
            raise only_read(self.read_only)
        swaps, pace = list(swaps), pace or Pace(None)
        judging = dict.fromkeys(record.author_id for _, _, record in swaps if isinstance(record, _AUTHORED))
        try:
            with self._room_for(len(swaps)), self._immediate(operation.id) as connection:
                sums = self._sums.begun()
                write_records(connection, swaps, operation, pace, sums)
                # A judgement comes in from another file under the name of the analyst who never worked on this one.
                authors = [(one, "") for one in (operation.author_id, *judging)]
                write_new(connection, "authors", ("id", "name"), authors, sums)
                if author_name is not None:
                    write_author(connection, operation.author_id, author_name, sums)
                if brought:
                    write_brought(connection, brought, operation.id, sums)
                write_operation(connection, operation, pace.on, sums)
                redact(connection, (record for _, _, record in swaps if isinstance(record, Redaction)))
                write_numbers(connection, numbers, sums)
                for sha256, data in blobs.items():
                    parts = range(0, max(len(data), 1), _CHUNK)
                    chunks = ((sha256, at // _CHUNK, data[at : at + _CHUNK]) for at in parts)
                    write_new(connection, "chunks", ("sha256", "part", "bytes"), chunks, sums)
                sums.write()
        except sqlite3.Error as error:
            if self._doubt:
                raise unsure() from error
            self.check_unchanged()
            raise failed(error) from error
        self._remember()

    def sign(self, author_id: str, name: str) -> None:
        """Give an author of the file another name; nobody else is named. Raises `SaveFailedError`."""
        try:
            with self._immediate("") as connection:
                write_author(connection, author_id, name, sums := self._sums.begun())
                sums.write()
        except sqlite3.Error as error:
            raise failed(error) from error
        self._remember()

    @property
    def in_doubt(self) -> bool:
        """Tell whether the last write failed so that it is not known yet what of it is in the file."""
        return bool(self._doubt)

    def settled(self) -> bool:
        """Return whether a write that was in doubt is in the file. Raises `SaveFailedError` while nobody can tell."""
        try:
            return self._look_back()
        except sqlite3.Error as error:
            raise unsure() from error

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
                raise self._stale()
            yield connection
            connection.execute("commit")
        except BaseException as error:
            if not untouched:
                connection.execute("rollback")
                raise
            self._doubt = operation_id
            with suppress(sqlite3.Error):
                if self._look_back() and isinstance(error, sqlite3.Error):
                    return  # a commit that is on the disk counts, whatever was reported of it
            raise

    def _look_back(self) -> bool:
        """Read what became of the write in doubt: whether it is in the file."""
        if self._connection.in_transaction:
            self._connection.execute("rollback")
        # Reading takes back what a failed write left half done, and that moves the time of the file: no other program
        # did it.
        found = self._connection.execute("select 1 from operations where id = ?", (self._doubt,)).fetchone()
        self._doubt = ""
        self._remember()
        return found is not None

    def _remember(self) -> None:
        """Take the file as it is now for the one this session left, unless another lies there meanwhile."""
        now = self._fingerprint()
        self._mark = now if now[:2] == self._mark[:2] else (*self._mark[:2], -1)

    def _stale(self) -> StaleFileError:
        return stale(self.path, self._mark, self._fingerprint())

    def _fingerprint(self) -> tuple[int, ...]:
        about = self._about()
        if not about:
            return ()
        try:
            self._version = int(self._connection.execute("pragma data_version").fetchone()[0])
        except sqlite3.OperationalError:
            pass  # held by another program: what it makes of the file shows when it lets go
        except sqlite3.DatabaseError:
            self._version = -1  # what lies there now is no database any more
        return (*about, self._version)

    def lies_at(self, path: Path) -> bool:
        """Tell whether this very file lies at another place by now, as this session left it."""
        return bool(self._mark) and self._about(path) == self._mark[:-1]

    def _about(self, path: Path | None = None) -> tuple[int, ...]:
        try:
            about = (path or self.path).stat()
        except OSError:
            return ()
        return (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)

    def check_unchanged(self) -> None:
        """Raise `StaleFileError` where the file is no longer as this session left it."""
        if not self.read_only and self._fingerprint() != self._mark:
            raise self._stale()

    def has_changed(self) -> bool:
        """Tell at a glance, without waiting for who holds it, whether the file at the place seems to be another."""
        return self._about() != self._mark[:4]

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the file is as this session found or left it."""
        return self._fingerprint() == self._mark

    @property
    def overwritten(self) -> bool:
        """Tell whether another program has written into the very file that this session holds."""
        now = self._fingerprint()
        return not self.read_only and now != self._mark and now[:2] == self._mark[:2]

    def copy_to(self, path: Path) -> None:
        """Write the whole file, log included, to another place that holds nothing yet. Raises `SaveFailedError`."""
        copy_at_once(self._connection, path)

    def close(self) -> None:
        self._connection.close()
        if self._work:
            self._work.cleanup()
