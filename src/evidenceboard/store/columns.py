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
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model import giving_way
from evidenceboard.model.geometry import Geometry, type_indexes
from evidenceboard.model.records import STEPS_PER_UNIT

Judged = dict[str, list[tuple[str, str]]]
"""The judgements of consistency, by link: author and value."""
Tone = Callable[[Judged, str, str], int]
"""Tells the tone of a link from the judgements, its id and its type."""
_Keys = NDArray[np.uint64]
Made = TypeVar("Made")
_LONG: Final = 32
"""Characters of an id."""
_STEP: Final = 12_000
"""Rows that are read at a time: some 15 ms, in which SQLite asks for Python once."""
_AHEAD: Final = 4
"""Parts that are read ahead."""
_PATIENCE: Final = 0.002
"""Seconds that one step waits for the worker."""
_END: Final = ord("\n")
"""Stands between words; a word that holds it is told by their number."""
_MIXED: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
"""Odd numbers that spread the bits of a key."""


class NotPlainError(Exception):
    """The file holds something that has to be read row by row."""


class Places:
    """Tell the place of each of many ids in a list of them."""

    def __init__(self, ids: Sequence[_Keys]) -> None:
        """Take the parts of the list. Raises `NotPlainError` where an id comes twice."""
        self._ids = np.concatenate([*ids, np.zeros((0, _LONG // 8), np.uint64)])
        keys = _keys(self._ids)
        self._order = np.argsort(keys)
        self._sorted = keys[self._order]
        if (self._sorted[1:] == self._sorted[:-1]).any():
            raise NotPlainError

    def of(self, asked: _Keys) -> NDArray[np.intp]:
        """Return the place of each id, -1 where it is none of the list."""
        if not len(self._ids) or not len(asked):
            return np.full(len(asked), -1, np.intp)
        at = np.searchsorted(self._sorted, _keys(asked))
        found = self._order[np.minimum(at, len(self._order) - 1)]
        return np.where(_whole(self._ids)[found] == _whole(asked), found, -1)


Placed = Sequence[tuple[int, Places]]
Part = tuple[list[Any], list[Any], list[Any], list[NDArray[np.intp]]]


def _done(coming: Future[Any]) -> bool:
    """Return whether a worker is done, after a short wait for it."""
    return bool(wait((coming,), _PATIENCE).done)


class _Reader:
    """Let one worker read some parts ahead and another make of them what is asked for, so that the window goes on.

    SQLite needs no Python meanwhile, and numpy hardly any.
    """

    def __init__(self, connection: sqlite3.Connection, worker: ThreadPoolExecutor, maker: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._worker, self._maker = worker, maker
        self._last = 0

    def ahead(
        self, first: str, part: str, values: Sequence[str], made: Callable[[Sequence[Any]], Made | None]
    ) -> Iterator[Made]:
        """Yield what is made of what `part` gives of each part of a table, nothing where that is None.

        `first` asks for the first row after another.
        """
        self._last = -(2**63)
        coming = deque(self._coming(first, part, values, made) for _ in range(_AHEAD))
        while True:
            there, found = coming.popleft().result()
            if not there:
                break
            coming.append(self._coming(first, part, values, made))
            if found is not None:
                yield found
        # What was asked for beyond the end says so as well.
        wait(coming)

    def _coming(
        self, first: str, part: str, values: Sequence[str], made: Callable[[Sequence[Any]], Made | None]
    ) -> Future[tuple[bool, Made | None]]:
        read = self._worker.submit(self._next, first, part, values)

        def make() -> tuple[bool, Made | None]:
            found = read.result()
            giving_way.give_way()
            return (False, None) if found is None else (True, made(found))

        return self._maker.submit(make)

    def places(self, ids: Sequence[_Keys]) -> Future[Places]:
        """Let the worker put ids in order."""
        return self._worker.submit(Places, ids)

    def _next(self, first: str, part: str, values: Sequence[str]) -> Sequence[Any] | None:
        start = self._connection.execute(first, (self._last,)).fetchone()[0]
        if start is None:
            return None
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

    def parts(self, reader: _Reader, *values: str, placed: Placed = ()) -> Iterator[Part]:
        """Yield words as lists, those that are ids also as keys, and numbers as arrays. Raises `NotPlainError`.

        Of ids of other things there are only keys. `placed`: which of the ids are looked up in which list; for each of
        these the places are yielded last.
        """

        def made(found: Sequence[Any]) -> Part | None:
            count, odd, *columns = found
            if odd or (count and None in columns):
                raise NotPlainError
            if not count:
                return None
            words, keys, numbers = self._read(count, columns)
            return words, keys, numbers, [places.of(keys[at]) for at, places in placed]

        yield from reader.ahead(self._next, self._part, values, made)

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
    """Yield what a board looks like, more complete each time and `whole` at the end. Raises `NotPlainError`."""
    try:
        with ThreadPoolExecutor(1) as worker, ThreadPoolExecutor(1) as maker:
            yield from _looking(_Reader(connection, worker, maker), board_id, tone)
    except sqlite3.OperationalError as error:
        # Bytes that are no text, most likely: row by row it is told which.
        raise NotPlainError from error


def _looking(reader: _Reader, board_id: str, tone: Tone) -> Iterator[Geometry]:
    made = Geometry(whole=False)
    known, types = list[_Keys](), [np.zeros(0, np.int16)]
    for (names, kinds), (ids,), *_ in _ENTITIES.parts(reader):
        made.all_entities += names
        known.append(ids)
        types.append(np.fromiter(type_indexes(kinds), np.int16, len(kinds)))
        yield made
    type_of, owned, coming = np.concatenate(types), list[_Keys](), reader.places(known)
    while not _done(coming):
        yield made
    entities = coming.result()
    frames: dict[str, str | None] = {"": None}
    name = made.all_entities.__getitem__
    cards_there = _CARDS.parts(reader, board_id, placed=[(1, entities)])
    for (cards, inside, colours), (_, owners), numbers, (places,) in cards_there:
        if (places < 0).any():
            raise NotPlainError
        owned.append(owners)
        within = [frames.setdefault(frame, frame) for frame in inside]
        made.add_card_columns(cards, list(map(name, places.tolist())), within, colours, [*numbers, type_of[places]])
        yield made
    judged, coming = Judged(), reader.places(owned)
    while not _done(coming):
        yield made
    slots = coming.result()
    for (subjects, authors, values), *_ in _JUDGED.parts(reader):
        for subject, judgement in zip(subjects, zip(authors, values, strict=True), strict=True):
            judged.setdefault(subject, []).append(judgement)
        yield made
    for (links, kinds), _, _, ends in _LINKS.parts(reader, placed=[(1, slots), (2, slots)]):
        joined = np.stack(ends)
        there = (joined >= 0).all(axis=0)
        if not there.all():
            both: Any = there.tolist()
            links, kinds, joined = list(compress(links, both)), list(compress(kinds, both)), joined[:, there]
        made.add_link_columns(links, kinds, list(joined), partial(tone, judged))
        yield made
    made.whole = True
    yield made


def keys_of(column: str, count: int) -> _Keys:
    """Return ids, one a line, as four numbers each. Raises `NotPlainError` where one is of another length."""
    lines = np.frombuffer(f"{column}\n".encode(), np.uint8)
    if not column.isascii() or "\0" in column or len(lines) != count * (_LONG + 1):
        raise NotPlainError
    # As many ends of lines as there are lines, and the last of them where it would be: some of another length show.
    table = lines.reshape(count, _LONG + 1)
    if (table[:, _LONG] != _END).any():
        raise NotPlainError
    return np.ascontiguousarray(table[:, :_LONG]).view(np.uint64)


def _whole(parts: _Keys) -> NDArray[np.bytes_]:
    """Return the ids as they are compared quickest."""
    return parts.view(f"S{_LONG}")[:, 0]


def _keys(parts: _Keys) -> _Keys:
    """Return one number for each id, hardly ever the same for two."""
    made = parts[:, 0].copy()
    for place, factor in enumerate(_MIXED, 1):
        made ^= made >> np.uint64(29)
        made *= np.uint64(factor)
        made += parts[:, place]
    return made
