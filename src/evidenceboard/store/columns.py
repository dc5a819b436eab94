"""What a board looks like, read as whole columns that SQLite puts together: of many rows only a few objects are made.

A column comes as one text; ids are looked up as numbers. That takes half the time that row by row takes. It needs what
nearly every file holds: ids of 32 plain characters, places on the grid.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from itertools import compress
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
_STEP: Final = 6_000
"""Rows that are read at a time: some 8 ms, in which SQLite asks for Python once."""
_AHEAD: Final = 4
"""Parts that are read ahead."""
_PATIENCE: Final = 0.001
"""Seconds that one look waits for the workers."""


def _done(coming: Future[Any]) -> bool:
    """Return whether a worker is done, after a short wait for it."""
    return bool(wait((coming,), _PATIENCE).done)


class _Reader:
    """Let a worker read some parts ahead: SQLite needs no Python meanwhile, so that others go on."""

    def __init__(self, connection: sqlite3.Connection, worker: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._worker = worker
        self._last = 0
        self.stopped = False
        """Whether nobody wants what comes any more."""

    def ahead(self, first: str, part: str, values: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Yield what `part` gives of each part of a table; `first` asks for the first row after another."""
        self._last = -(2**63)
        coming = deque(self._worker.submit(self._next, first, part, values) for _ in range(_AHEAD))
        while (found := coming.popleft().result()) is not None and not self.stopped:
            coming.append(self._worker.submit(self._next, first, part, values))
            giving_way.give_way()
            yield found
        # What was asked for beyond the end says so as well.
        wait(coming)

    def _next(self, first: str, part: str, values: Sequence[str]) -> Sequence[Any] | None:
        start = self._connection.execute(first, (self._last,)).fetchone()[0]
        if start is None:
            return None
        if start <= self._last:
            raise NotPlainError  # rows of a damaged file that lead back
        self._last = min(start + _STEP - 1, 2**63 - 1)
        found: Sequence[Any] = self._connection.execute(part, (start, self._last, *values)).fetchone()
        return found


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
        self._next = f"select min(rowid) from {name} where rowid > ?"
        self._part = (
            f"select count(*), total({odd or 0}), {', '.join(said)} from {name} where rowid between ? and ? {where}"
        )

    def parts(self, reader: _Reader, *values: str) -> Iterator[tuple[list[Any], list[Any], list[Any]]]:
        """Yield words as lists, those that are ids also as keys, and numbers as arrays. Raises `NotPlainError`.

        Of ids of other things there are only keys.
        """
        for count, odd, *columns in reader.ahead(self._next, self._part, values):
            if odd or (count and None in columns):
                raise NotPlainError
            if count:
                yield self._read(count, columns)

    def _read(self, count: int, columns: Sequence[str]) -> tuple[list[Any], list[Any], list[Any]]:
        words: list[list[str]] = [
            column.split("\n") for at, column in enumerate(columns[: self._words]) if at not in self._others
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


def geometry(connection: sqlite3.Connection, board_id: str, tone: Tone) -> Iterator[Geometry]:
    """Yield what a board looks like, which is not `whole` until all is known. Raises `NotPlainError`.

    Workers find it out meanwhile: whoever waits may do something else between two looks.
    """
    try:
        with ThreadPoolExecutor(1) as worker, ThreadPoolExecutor(1) as maker:
            reader = _Reader(connection, worker)
            coming = maker.submit(_looked, reader, board_id, tone)
            try:
                while not _done(coming):
                    yield Geometry(whole=False)
                yield coming.result()
            finally:
                reader.stopped = True
    except sqlite3.OperationalError as error:
        # Bytes that are no text, most likely: row by row it is told which.
        raise NotPlainError from error


def _looked(reader: _Reader, board_id: str, tone: Tone) -> Geometry:
    made = Geometry()
    known, types = list[Keys](), [np.zeros(0, np.int16)]
    for (names, kinds), (ids,), _ in _ENTITIES.parts(reader):
        made.all_entities += names
        known.append(ids)
        types.append(np.fromiter(type_indexes(kinds), np.int16, len(kinds)))
    type_of, entities, owned = np.concatenate(types), PlacesOfIds(known), list[Keys]()
    frames: dict[str, str | None] = {"": None}
    name = made.all_entities.__getitem__
    for (cards, inside, colours), (_, owners), numbers in _CARDS.parts(reader, board_id):
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
