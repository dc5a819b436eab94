"""What a board looks like, read as whole columns that SQLite puts together: of many rows only a few objects are made.

A column comes as one text; ids are looked up as numbers. That takes half the time that row by row takes. It needs what
nearly every file holds: ids of 32 plain characters, places on the grid.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from itertools import compress
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model import giving_way
from evidenceboard.model.geometry import Geometry, type_indexes
from evidenceboard.model.records import STEPS_PER_UNIT
from evidenceboard.store.id_places import Keys, NotPlainError, PlacesOfIds, keys_of

Judged = dict[str, list[tuple[str, str]]]
"""The judgements of consistency, by link: author and value."""
Tone = Callable[[Judged, str, str], int]
"""Tells the tone of a link from the judgements, its id and its type."""
_STEP: Final = 12_000
"""Rows that are read at a time: some 10 ms, in which SQLite asks for Python once."""
_AHEAD: Final = 12
"""Parts that are read ahead at most: more of them keep the first frame waiting, as the memory is filled by two."""
_PATIENCE: Final = 0.001
"""Seconds that one look waits for the workers."""


class _Table:
    """Read columns of a table, a part at each step, in the order of the rows."""

    def __init__(
        self, name: str, ids: int, words: Sequence[str], numbers: Sequence[str] = (), where: str = "", others: int = 0
    ) -> None:
        """The first `ids` of the words are ids, the last `others` of these of other things. `where`: a condition."""
        self._ids, self._words = ids, len(words)
        self._others = range(ids - others, ids)
        scale = f"{STEPS_PER_UNIT}.0"
        whole = {column: f"cast({column} * {scale} as integer)" for column in numbers}
        # What is no number, or lies off the grid, differs from what it becomes.
        odd = " or ".join(f"{column} is not {made} / {scale}" for column, made in whole.items())
        said = [f"group_concat({column}, char(10))" for column in words]
        said += [f"group_concat({column})" for column in whole.values()]
        # As bytes: to make text of them would take Python from the window, and of most of them none is made.
        said = [f"cast({one} as blob)" for one in said]
        self._next = f"select min(rowid) from {name} where rowid > ?"
        self._part = (
            f"select count(*), total({odd or 0}), {', '.join(said)} from {name} where rowid between ? and ? {where}"
        )

    def asked(self, connection: sqlite3.Connection, values: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Yield some rows at a time as SQLite puts them together: how many, how many odd ones, and the columns."""
        last = -(2**63)
        while (start := connection.execute(self._next, (last,)).fetchone()[0]) is not None:
            if start <= last:
                raise NotPlainError  # rows of a damaged file that lead back
            last = min(start + _STEP - 1, 2**63 - 1)
            yield connection.execute(self._part, (start, last, *values)).fetchone()

    def parts(self, reader: ReadAhead) -> Iterator[tuple[list[Any], list[Any], list[Any]]]:
        """Yield words as lists, those that are ids also as keys, and numbers as arrays. Raises `NotPlainError`.

        Of ids of other things there are only keys. The reader gives the tables in their order.
        """
        for count, odd, *columns in reader.rows():
            if odd or (count and None in columns):
                raise NotPlainError
            if count:
                yield self._read(count, columns)

    def _read(self, count: int, columns: Sequence[bytes]) -> tuple[list[Any], list[Any], list[Any]]:
        words: list[list[str]] = [
            column.decode().split("\n") for at, column in enumerate(columns[: self._words]) if at not in self._others
        ]
        numbers: list[NDArray[Any]] = [
            np.fromstring(column, np.int64, sep=",") / STEPS_PER_UNIT for column in columns[self._words :]
        ]
        if {count} != {*map(len, words), *map(len, numbers)}:
            raise NotPlainError
        return words, [keys_of(column, count) for column in columns[: self._ids]], numbers


# The plus keeps SQLite from an index, after which the rows would not come in their order.
_ENTITIES: Final = _Table("entities", 1, ("id", "type"))
_CARDS: Final = _Table(
    "cards",
    2,
    ("id", "entity_id", "coalesce(frame_id, '')", "colour"),
    ("x", "y", "w", "h", "z"),
    "and +board_id = ?",
    others=1,
)
_LINKS: Final = _Table("links", 3, ("id", "from_id", "to_id", "type"), others=2)
_JUDGED: Final = _Table("assessments", 0, ("subject_id", "author_id", "value"), where="and +field = 'consistency'")


class ReadAhead:
    """Read what a board looks like in a thread of its own, ahead of who takes it: SQLite needs no Python meanwhile."""

    def __init__(self, connection: sqlite3.Connection, board_id: str, *, own: bool = False) -> None:
        """Begin to read. `own`: nobody else uses the connection, and it is closed at the end."""
        self._connection, self._own = connection, own
        self._rows: SimpleQueue[Sequence[Any] | Exception | None] = SimpleQueue()
        self._room: SimpleQueue[None] = SimpleQueue()
        for _ in range(_AHEAD):
            self._room.put(None)
        self._stopped = False
        self._thread = Thread(target=self._read, args=(board_id,), daemon=True)
        self._thread.start()

    def rows(self) -> Iterator[Sequence[Any]]:
        """Yield what `asked` of the next table gives. Raises what went wrong while it was read."""
        while (found := self._rows.get()) is not None:
            if isinstance(found, Exception):
                raise found
            self._room.put(None)
            giving_way.give_way()
            yield found

    def stop(self) -> None:
        """Read no further, and wait until that is so; who still takes rows gets a `NotPlainError`."""
        self._stopped = True
        self._room.put(None)
        self._thread.join()

    def _read(self, board_id: str) -> None:
        ended: Exception = NotPlainError()
        try:
            for table, *values in ((_ENTITIES,), (_CARDS, board_id), (_JUDGED,), (_LINKS,)):
                for found in table.asked(self._connection, values):
                    self._room.get()
                    if self._stopped:
                        return
                    self._rows.put(found)
                self._rows.put(None)
        except (sqlite3.Error, NotPlainError) as error:
            ended = error
        finally:
            self._rows.put(ended)  # whatever happened, nobody waits for ever
            if self._own:
                self._connection.close()


def geometry(reader: ReadAhead, tone: Tone) -> Iterator[Geometry]:
    """Yield what a board looks like, which is not `whole` until all is known. Raises `NotPlainError`.

    Workers find it out meanwhile: whoever waits may do something else between two looks.
    """
    try:
        with ThreadPoolExecutor(1) as maker:
            coming = maker.submit(_looked, reader, tone)
            try:
                while not wait((coming,), _PATIENCE).done:
                    yield Geometry(whole=False)
                yield coming.result()
            finally:
                reader.stop()
    except (sqlite3.OperationalError, UnicodeDecodeError) as error:
        # Bytes that are no text, most likely: row by row it is told which.
        raise NotPlainError from error


def _looked(reader: ReadAhead, tone: Tone) -> Geometry:
    made = Geometry()
    known, types = list[Keys](), [np.zeros(0, np.int16)]
    for (names, kinds), (ids,), _ in _ENTITIES.parts(reader):
        made.all_entities += names
        known.append(ids)
        types.append(np.fromiter(type_indexes(kinds), np.int16, len(kinds)))
    type_of, entities, owned = np.concatenate(types), PlacesOfIds(known), list[Keys]()
    frames: dict[str, str | None] = {"": None}
    name = made.all_entities.__getitem__
    for (cards, inside, colours), (_, owners), numbers in _CARDS.parts(reader):
        places = entities.of(owners)
        if (places < 0).any():
            raise NotPlainError
        owned.append(owners)
        within = list(map(frames.setdefault, inside, inside))
        made.add_card_columns(cards, list(map(name, places.tolist())), within, colours, [*numbers, type_of[places]])
    slots, judged = PlacesOfIds(owned), Judged()
    for (subjects, authors, values), *_ in _JUDGED.parts(reader):
        for subject, judgement in zip(subjects, zip(authors, values, strict=True), strict=True):
            judged.setdefault(subject, []).append(judgement)
    for (links, kinds), (_, starts, ends), _ in _LINKS.parts(reader):
        joined = np.stack([slots.of(starts), slots.of(ends)])
        there = (joined >= 0).all(axis=0)
        if not there.all():
            both: Any = there.tolist()
            links, kinds, joined = list(compress(links, both)), list(compress(kinds, both)), joined[:, there]
        made.add_link_columns(links, kinds, list(joined), partial(tone, judged))
    return made
