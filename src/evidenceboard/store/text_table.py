"""The table of all text in memory, which SQLite searches, and the worker that puts text into it."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final

from evidenceboard.model import giving_way
from evidenceboard.store.gathering import Row

_PATIENCE: Final = 0.002
"""Seconds that one look waits for the worker."""
_AHEAD: Final = 2
"""How often the worker is given something before it is done."""
_HEAD_START: Final = 0.0005
"""Seconds that the worker is given to begin."""
_TABLE: Final = """
create virtual table texts using fts5(
  number, title, body, inside, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '1'
)
"""
_COLUMNS: Final = "(rowid, number, title, body, inside)"
_PUT: Final = f"""
insert into texts {_COLUMNS}
select {", ".join(f"json_extract(value, '$[{n}]')" for n in range(5))} from json_each(cast(? as text))
"""
_PUT_ONE: Final = f"insert into texts {_COLUMNS} values (?, ?, ?, ?, ?)"
# The table does not know what it was given, and has to be told it again to forget it.
_TAKE_OUT: Final = "insert into texts (texts, rowid, number, title, body, inside) values ('delete', ?, ?, ?, ?, ?)"
_RANK: Final = "insert into texts (texts, rank) values ('rank', 'bm25(12.0, 6.0, 1.0, 1.0)')"
_SETTING: Final = "insert into texts (texts, rank) values (?, ?)"
_PAGES: Final = 250
"""Pages, of 4 kB, that are put together at a time: some milliseconds of a worker."""
_FILLING: Final = (("hashsize", 8 << 20), ("automerge", 0), ("crisismerge", 1999))
"""Much is put in without putting together what is there; that is done at the end, and of later changes with each.

SQLite does it by itself from so many pieces on, of which each statement makes one; more it does not hold.
"""
_USUAL: Final = (("hashsize", 1 << 20), ("automerge", 4), ("crisismerge", 1000))
"""The last keeps one small change from putting all of it together at once."""


class TextTable:
    """Hold rows of text, of which it knows no more than which words stand where."""

    def __init__(self) -> None:
        # A worker fills it; nothing else touches it then.
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute("pragma journal_mode = off")
        self._db.execute(_TABLE)
        self._db.execute(_RANK)
        self._db.executemany(_SETTING, _USUAL)
        self._db.execute("begin")
        self._working = deque[Future[None]]()
        """What the worker was given and is not known to be done, in its order."""
        self._apart = False

    def put(self, rows: Iterable[Row]) -> None:
        """Put a few rows in."""
        self._db.executemany(_PUT_ONE, rows)

    def take_out(self, row: Row) -> None:
        """Take a row out, as it was put in."""
        self._db.execute(_TAKE_OUT, row)

    def keep(self) -> None:
        """End the open transaction, which puts in order what was written, and begin another."""
        self._db.execute("commit")
        self._db.execute("begin")

    def rows(self, query: str, *, ranked: bool = False) -> Iterator[tuple[float, int]]:
        """Yield how well rows fit a query of FTS5, the best first, and their ids in order; not `ranked`: 0 for each."""
        rank, order = ("rank", "order by rank, rowid") if ranked else ("0.0", "")
        return self._db.execute(f"select {rank}, rowid from texts where texts match ? {order}", (query,))

    def count(self, query: str, most: int) -> int:
        """Return how many rows fit, `most` where there are that many or more."""
        said = "select count(*) from (select 1 from texts where texts match ? limit ?)"
        return int(self._db.execute(said, (query, most)).fetchone()[0])

    # -- a worker at it ------------------------------------------------------------------------------------------

    def begin_filling(self) -> None:
        """Make ready for much."""
        self._db.executemany(_SETTING, _FILLING)

    def end_filling(self) -> None:
        """Make ready for changes of a few rows."""
        self._db.executemany(_SETTING, _USUAL)

    def put_beside(self, worker: ThreadPoolExecutor, rows: bytes) -> None:
        """Let a worker, which has room, put rows in, given as JSON."""
        self._working.append(worker.submit(self._put, rows))

    def let_begin(self) -> None:
        """Rest until the worker has begun: else Python goes on with this thread for some milliseconds."""
        if self._working:
            wait((self._working[-1],), _HEAD_START)

    def has_room(self) -> bool:
        """Return whether the worker can be given more, after a short wait for it.

        It is given the next before it is done: whoever gives it comes around too seldom for it never to wait.
        """
        return self._has_left(_AHEAD - 1)

    def settle(self) -> None:
        """Wait until the worker has nothing to do."""
        while self._working:
            giving_way.let_pass()
            self._working.popleft().result()

    def _has_left(self, most: int) -> bool:
        while len(self._working) > most:
            giving_way.let_pass()
            if not wait((self._working[0],), _PATIENCE).done:
                return False
            self._working.popleft().result()
        return True

    def putting_together(self, worker: ThreadPoolExecutor) -> Iterator[bool]:
        """Let a worker put together what lies apart: else a later edit would, of all the text at once.

        Yield whether everything that was put in can be found by now.
        """
        pages = -_PAGES
        self._apart = True
        while self._apart:
            while not self._has_left(0):
                yield False
            self._working.append(worker.submit(self._put_together, pages))
            pages = _PAGES
            while not self._has_left(0):
                yield True

    def _put(self, rows: bytes) -> None:
        """Put rows in with one statement, during which other threads run."""
        giving_way.give_way()
        self._db.execute(_PUT, (rows,))

    def _put_together(self, pages: int) -> None:
        """Put together what fills some pages, and note whether there is more; a negative number begins with all."""
        self.keep()
        before = self._db.total_changes
        self._db.execute(_SETTING, ("merge", pages))
        self.keep()
        # So FTS5 tells that nothing was left to do.
        self._apart = self._db.total_changes - before >= 2
