"""Reading a large file bit by bit: the next records of each table in turn, and any that is asked for before."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any, Final

from evidenceboard.model.arriving import Groups
from evidenceboard.model.geometry import FOLLOWED, Geometry
from evidenceboard.model.gradings import CONSISTENCY, counting
from evidenceboard.model.kept_lookup import KeptTable
from evidenceboard.model.link_look import tone_of_cell, tone_of_type
from evidenceboard.model.records import COLUMNS, TABLES, Record
from evidenceboard.store import columns
from evidenceboard.store.compact_tables import CompactTables
from evidenceboard.store.failures import told
from evidenceboard.store.id_places import NotPlainError
from evidenceboard.store.known import Known
from evidenceboard.store.loose import Sieve
from evidenceboard.store.packed import SoFar
from evidenceboard.store.rows import from_sql

STEP: Final = 400
"""Rows that are read at a time: two to four milliseconds."""
LARGE: Final = 5000
"""Rows of a table from which on it is read by columns."""
MOST: Final = 8000
"""Cards around a view of which a first frame is made: it takes a tenth of a second."""
_ORDER: Final = (*(table for table in TABLES if table != "cards"), "cards")
"""The tables as they are read: cards have no text, so that all texts can be gathered while they come."""
_FAR: Final = 2000
"""Rows of bare geometry that are read at a time."""
_OWN: Final = "c.id, c.entity_id, c.frame_id, c.x, c.y, c.w, c.h, c.z, c.colour"
_CARDS: Final = f"select {_OWN}, e.type from cards c join entities e on e.id = c.entity_id where"
_FROM: Final = f"{_CARDS} c.board_id = ?"
_LINK: Final = "select id, type, from_id, to_id from links"


class Arrival:
    """Read the tables of an open file in their order, and rows of them by id or column meanwhile.

    `problems` has a sentence for each row that had to be mended or left out. Everything is of one state of the file: a
    transaction is open on the connection until `end`. `after` is what else is read, in steps, after the tables;
    tables of `large` or more rows are held in little room, where every value of them is sound.
    """

    @told()
    def __init__(
        self,
        connection: sqlite3.Connection,
        after: Iterable[None] = (),
        large: int = LARGE,
        another: Callable[[], sqlite3.Connection | None] | None = None,
    ) -> None:
        """`another` makes a second connection to the same file, for what is read ahead, or None."""
        self._connection = connection
        self._another = another
        self._ahead: tuple[str, columns.ReadAhead] | None = None
        self._after = after
        self._large = large
        connection.execute("begin")
        # From this look on all is of one state of the file.
        connection.execute("select count(*) from sqlite_master").fetchone()
        self._chunks = self._reading()
        self._pool: dict[Any, Any] = {}
        self._seen: Geometry | None = None
        self._compact: CompactTables | None = None
        self._sizes: dict[str, int] = {}
        self._known = Known(None)
        self._sound = Counter[str]()
        self._ended = False
        self.problems: list[str] = []
        self._done, self._whole = 0, inf
        self.share = 0.0
        """How much of the file has been read, 0 to 1."""

    # -- everything, in its order ------------------------------------------------------------------------------

    @told()
    def next(self) -> tuple[str, list[Record] | KeptTable, bool] | None:
        """Return a table, its next records and whether they are the last of it; None where nothing is left."""
        return next(self._chunks, None)

    def _reading(self) -> Generator[tuple[str, list[Record] | KeptTable, bool], None, None]:
        first, *others = _ORDER
        sieve = Sieve(self.problems)
        # The boards are asked for before anything shows. What takes longer waits for the ids of a picture.
        yield from self._by_rows(first, sieve)
        compact = self._compact = CompactTables(self._connection, self._seen)
        self._known, self._seen = Known(self._seen), None
        for table in TABLES:
            # To count the rows of a large table takes a while: one a turn.
            if self.size(table) >= self._large:
                yield first, [], False
        self._whole = max(1, sum(map(self.size, TABLES)))
        for table in others:
            if self.size(table) >= self._large:
                with suppress(NotPlainError):
                    for found in compact.reading(table, sieve):
                        if isinstance(found, KeptTable):
                            sieve.note(table, found.rows.ids)
                            yield table, found, True
                        else:
                            self.share = min(1.0, (self._done + found) / self._whole)
                            yield table, [], False
                    self._done += self.size(table)
                    continue
            yield from self._by_rows(table, sieve)
        for _ in self._after:
            yield first, [], False

    def _by_rows(self, table: str, sieve: Sieve) -> Iterator[tuple[str, list[Record], bool]]:
        rows = self._rows(table)
        part: list[tuple[Any, ...]] | None = next(rows)
        while part is not None:
            following = next(rows, None)
            records, odd = from_sql(table, part, self._pool, self._known.of(table, part))
            self.problems += odd
            self._done += len(part)
            self.share = min(1.0, self._done / self._whole)
            sound = sieve.sound(table, records)
            self._sound[table] += len(sound)
            yield table, sound, following is None
            part = following

    def end(self) -> None:
        """Let go of the state of the file that is read."""
        if not self._ended:
            self._ended = True
            self._stop_ahead()
            self._chunks.close()
            self._pool, self._seen, self._known, self._compact = {}, None, Known(None), None
            # Nothing was written that could be lost, and what is damaged was told when it was read.
            with suppress(sqlite3.DatabaseError):
                self._connection.execute("commit")

    def reads(self, table: str) -> bool:
        """Return whether a large table is being read just now, to be held in little room."""
        return self._compact is not None and self._compact.reads(table) is not None

    def so_far(self, table: str, first: int) -> SoFar:
        """Return the parts of such a table that have been read by now, from a number on; else nothing.

        They count for nothing where its records come one by one in the end: then it had to be read row by row.
        """
        reader = None if self._compact is None else self._compact.reads(table)
        return SoFar([], (), {}) if reader is None else reader.so_far(first)

    def groups(self, table: str) -> Iterator[tuple[str, Groups]]:
        """Yield a column and some groups of records by it, until all of a table that came is told; else nothing."""
        return self._known.groups(table, self._sound[table])

    def _rows(self, table: str) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a table in parts, the first of which may be empty."""
        said = f"select {', '.join(COLUMNS[table])} from {table} order by rowid"
        read = 0
        cursor = self._connection.cursor()
        try:
            cursor.execute(said)
            first = True
            while (rows := cursor.fetchmany(STEP)) or first:
                first = False
                read += len(rows)
                yield rows
            return
        except sqlite3.OperationalError as error:
            if "decode" not in str(error).lower():
                raise
        self.problems.append(f"{table}: a row holds bytes that are no text; a mark is shown in their place")
        self._connection.text_factory = _as_text
        try:
            rest = self._connection.execute(f"{said} limit -1 offset {read}").fetchall()
        finally:
            self._connection.text_factory = str
        yield rest

    # -- what cannot wait --------------------------------------------------------------------------------------

    def one(self, table: str, record_id: str) -> Record | None:
        """Return a record by its id."""
        return next(iter(self._some(table, "id = ?", record_id)), None)

    def where(self, table: str, column: str, value: str) -> list[Record]:
        """Return the records with a value in an indexed column, in the order in which they were made."""
        return self._some(table, f"{column} = ?", value)

    @told()
    def count(self, table: str, column: str, value: str) -> int:
        """Return how many rows have a value in an indexed column."""
        said = f"select count(*) from {table} where {column} = ?"
        return int(self._connection.execute(said, (value,)).fetchone()[0])

    @told()
    def marked(self, table: str) -> list[str]:
        """Return the ids of the entities or links that have a marking of their own."""
        # The plus keeps SQLite from reading the whole table in its order; few rows have a marking.
        rows = self._connection.execute(f"select id from {table} where marking > '' order by +rowid")
        return [str(record_id) for (record_id,) in rows]

    def size(self, table: str) -> int:
        """Return how many rows a table has."""
        # Counting takes longer the larger the file is, so it waits until somebody asks.
        if table not in self._sizes:
            self._sizes[table] = int(self._connection.execute(f"select count(*) from {table}").fetchone()[0])
        return self._sizes[table]

    def several(self, table: str, record_ids: Sequence[str]) -> list[Record]:
        """Return the records that have one of these ids."""
        return self._some(table, "id in (select value from json_each(?))", json.dumps(record_ids))

    @told()
    def _some(self, table: str, condition: str, value: str) -> list[Record]:
        said = f"select {', '.join(COLUMNS[table])} from {table} where {condition} order by rowid"
        self._connection.text_factory = _as_text
        try:
            rows = self._connection.execute(said, (value,)).fetchall()
        finally:
            self._connection.text_factory = str
        return from_sql(table, rows, self._pool)[0]

    # -- what a board looks like -------------------------------------------------------------------------------

    @told()
    def near(self, board_id: str, box: tuple[float, float, float, float], most: int = MOST) -> Geometry:
        """Return the cards of a board around a box, their links, and the cards at the far ends of these.

        Nothing where there may be more than `most`: all of the board is read nearly as soon, beside the window.
        """
        made = Geometry(whole=False)
        left, top, right, bottom = box
        run = self._connection.execute
        reach = "and c.x between ? and ? and c.y between ? and ?"
        bounds = (board_id, left - _WIDEST, right, top - _WIDEST, bottom)
        some = f"select count(*) from (select 1 from cards c where c.board_id = ? {reach} limit ?)"
        if run(some, (*bounds, most + 1)).fetchone()[0] > most:
            return made
        reach += " and c.x + c.w >= ? and c.y + c.h >= ? order by c.rowid"
        made.add_cards(run(f"{_FROM} {reach}", (*bounds, left, top)).fetchall())
        here = json.dumps(made.entity_ids)
        ends = " or ".join(f"{column} in (select value from json_each(:here))" for column in ("from_id", "to_id"))
        links = run(f"{_LINK} where {ends} order by rowid", {"here": here}).fetchall()
        far = {end for link in links for end in link[2:]} - made.slot_of_entity.keys()
        there = "and c.entity_id in (select value from json_each(?)) order by c.rowid"
        # The plus keeps SQLite from going through all cards of the board.
        made.add_cards(run(f"{_CARDS} +c.board_id = ? {there}", (board_id, json.dumps(sorted(far)))).fetchall())
        made.crowded = run("select 1 from links limit 1 offset ?", (FOLLOWED,)).fetchone() is not None
        cells = json.dumps([link[0] for link in links if link[1] == "bears on"])
        judged = self._judged("and subject_id in (select value from json_each(?))", cells)
        made.add_links(links, partial(_tones(self._assessor()), judged))
        return made

    @told()
    def look_ahead(self, board_id: str) -> None:
        """Begin to read what a board looks like, beside whoever goes on; `geometry` goes on from there."""
        self._stop_ahead()
        connection = self._another() if self._another is not None else None
        if connection is not None:
            self._ahead = board_id, columns.ReadAhead(connection, board_id, own=True)

    def _stop_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead[1].stop()
            self._ahead = None

    def geometry(self, board_id: str) -> Iterator[Geometry]:
        """Yield what a board looks like, more complete each time and `whole` at the end."""
        made = Geometry(whole=False)
        begun, self._ahead = self._ahead, None
        if begun is not None and begun[0] != board_id:
            begun[1].stop()
            begun = None
        reader = begun[1] if begun else columns.ReadAhead(self._connection, board_id)
        with told():
            try:
                for made in columns.geometry(reader, _tones(self._assessor())):
                    self._seen = made if made.whole else None
                    yield made
            except NotPlainError:
                for made in self.row_by_row(board_id):
                    self._seen = made if made.whole else None
                    yield made

    def row_by_row(self, board_id: str) -> Iterator[Geometry]:
        """Yield the same, of a file that may hold anything."""
        made = Geometry(whole=False)
        run = self._connection.execute
        # Two tables one after the other are read faster than one with a look into the other for each of its rows.
        types: dict[str, str] = {}
        found = run("select id, type from entities")
        while some := found.fetchmany(2 * _FAR):
            types.update(some)
            yield made
        # The plus keeps SQLite from the index, after which it would have to sort all that it found first.
        cards = run(f"select {_OWN} from cards c where +c.board_id = ? order by c.rowid", (board_id,))
        while rows := cards.fetchmany(_FAR):
            made.add_cards([(*row, types[row[1]]) for row in rows if row[1] in types])
            yield made
        tone = partial(_tones(self._assessor()), self._judged("", None))
        yield made
        links = self._connection.execute(f"{_LINK} order by rowid")
        while rows := links.fetchmany(_FAR):
            made.add_links(rows, tone)
            yield made
        made.whole = True
        yield made

    def _assessor(self) -> str:
        setting = self._connection.execute("select value from settings where id = 'assessor'").fetchone()
        return json.loads(setting[0]) if setting else ""

    def _judged(self, condition: str, value: str | None) -> columns.Judged:
        """Return the judgements of consistency, by link."""
        said = f"select subject_id, author_id, value from assessments where field = 'consistency' {condition}"
        found: columns.Judged = {}
        for subject, author, judged in self._connection.execute(said, () if value is None else (value,)):
            found.setdefault(subject, []).append((author, judged))
        return found


_WIDEST: Final = 4000.0
"""Board units that a card is wide or high at most to be seen in the first frame from beyond its edge."""


def _tones(assessor: str) -> columns.Tone:
    """Return what tells the tone of a link; what is judged alike, as nearly all is, is looked at once."""
    known: dict[tuple[tuple[str, str], ...], int] = {}

    def tone(judged: columns.Judged, link_id: str, kind: str) -> int:
        if kind != "bears on":
            return tone_of_type(kind)
        found = tuple(judged.get(link_id, ()))
        if found not in known:
            known[found] = tone_of_cell(counting(CONSISTENCY.id, list(found), assessor))
        return known[found]

    return tone


def _as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
