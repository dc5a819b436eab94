"""Many records held in little room: a record is made of what is held when somebody asks for it."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, ItemsView, Iterable, Iterator, MutableMapping, Sequence, ValuesView
from itertools import chain
from typing import Any, Final, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.ids import Ids
from evidenceboard.model.records import Record

_OFTEN: Final = 12
"""Records of one part that are asked for one by one before all of it is made."""
_IN_A_ROW: Final = 2
"""Steps from one record to the next after which all of a part is made."""
_MOST_PARTS: Final = 8192
"""Parts of a table whose records are kept once they were made: about a million records."""
AT_ONCE: Final = 128
"""Records of those that were not read as parts that are given out at once."""


class Made(Protocol):
    """What makes records of what is held."""

    def part(self, number: int) -> list[Record]:
        """Return the records of a part."""
        ...

    def one(self, number: int, place: int) -> Record:
        """Return the record at a place, which lies in this part."""
        ...

    def several(self, places: array[int]) -> list[Record]:
        """Return the records at some places, which go upwards."""
        ...

    def sharing(self, pool: dict[str, str]) -> Made:
        """Return what makes the same records, in which the ids of others are texts of the pool, each held once."""
        ...

    def naming(self, targets: Sequence[Sequence[str]]) -> Made:
        """Return what makes the same records, in which the ids of others are texts of lists.

        The numbers of those of the first list are their places there, those of the next follow.
        """
        ...

    def named(self, column: str) -> array[int]:
        """Return what a column names: the places of records of another table, in the order of the records."""
        ...


class IdPlaces:
    """Tell the place of an id in a list of them, with a few bytes for each."""

    __slots__ = ("_ids", "_mask", "_order", "_starts")

    def __init__(self, ids: Sequence[str], hashes: NDArray[np.int64]) -> None:
        """`hashes` are those that Python gives to the ids."""
        self._ids = ids
        self._order, self._starts, self._mask = hashed_groups(hashes)

    def of(self, one: str) -> int:
        """Return the place of an id, -1 where it is none of the list."""
        ids, at = self._ids, hash(one) & self._mask
        near = self._order[self._starts[at] : self._starts[at + 1]]
        if isinstance(ids, Ids):
            return ids.first(one, near)
        return next((place for place in near if ids[place] == one), -1)


def hashed_groups(hashes: NDArray[np.int64]) -> tuple[array[int], array[int], int]:
    """Return places by the lower bits of a hash: in their order, where each group begins, and the mask of the bits."""
    mask = (1 << max(1, (len(hashes) - 1).bit_length())) - 1 if len(hashes) else 1
    return (*groups((hashes & mask).astype(np.int64), mask + 1), mask)


def groups(values: NDArray[np.int64], many: int) -> tuple[array[int], array[int]]:
    """Return the places of each value from 0 on below `many`, one group after the other, and where each begins."""
    order = np.argsort(values, kind="stable").astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(values, minlength=many))]).astype(np.int32)
    return array("i", order.tobytes()), array("i", starts.tobytes())


class Kept:
    """The records of a table as they were read, in their order. They never change."""

    __slots__ = ("_asked", "_last", "_making", "_parts", "_places", "_row", "_starts", "_whole", "ids", "made")

    def __init__(self, ids: Sequence[str], hashes: NDArray[np.int64], starts: array[int], making: Made) -> None:
        """`hashes` are those that Python gives to the ids; `starts`: where parts of some records begin."""
        self.ids = ids
        self.made: dict[str, Record] = {}
        """The records that were made, by id: what is asked for again is found as in any dict."""
        self._places = IdPlaces(ids, hashes)
        self._starts = starts
        self._making = making
        self._parts: dict[int, list[Record | None]] = {}
        self._asked = bytearray(len(starts))
        self._whole = bytearray(len(starts))
        self._last = self._row = 0

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, record_id: str) -> int:
        """Return where a record stands, -1 where it is not here."""
        return self._places.of(record_id)

    def __getitem__(self, place: int) -> Record:
        number = bisect_right(self._starts, place) - 1
        part = self._parts.get(number)
        found = None if part is None else part[place - self._starts[number]]
        return self._make(number, place) if found is None else found

    def _make(self, number: int, place: int) -> Record:
        """Make a record alone, or all of its part where more of that are sure to be asked for."""
        self._row = self._row + 1 if place == self._last + 1 else 0
        self._last = place
        self._asked[number] += 1
        at = place - self._starts[number]
        if self._row >= _IN_A_ROW or self._asked[number] > _OFTEN:
            return self._part(number)[at]
        found = self._making.one(number, place)
        part = self._parts.get(number)
        if part is None:
            part = self._begun(number)
        part[at] = self.made[found.id] = found
        return found

    def _begun(self, number: int) -> list[Record | None]:
        while len(self._parts) >= _MOST_PARTS:
            self._let_go(next(iter(self._parts)))
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.ids)
        part = self._parts[number] = [None] * (end - self._starts[number])
        return part

    def _let_go(self, number: int) -> None:
        self._asked[number] = self._whole[number] = 0
        for record in self._parts.pop(number, ()):
            if record is not None:
                self.made.pop(record.id, None)

    def _part(self, number: int) -> list[Record]:
        part = self._parts.get(number)
        if part is None or not self._whole[number]:
            made = self._making.part(number)
            if part is None:
                part = self._begun(number)
            # What was made before stays: somebody may hold it.
            part[:] = [new if old is None else old for new, old in zip(made, part, strict=True)]
            self.made.update((record.id, record) for record in part if record is not None)
            self._asked[number], self._whole[number] = 0, 1
        return cast("list[Record]", part)

    def parts(self, *, keep: bool = True, gone: set[str] | frozenset[str] = frozenset()) -> Iterator[list[Record]]:
        """Yield the records, a part at a time; who passes by once does not `keep` what is made for it.

        Of a part of which all records are `gone` none is made.
        """
        ends = [*self._starts[1:], len(self.ids)]
        for number, (start, end) in enumerate(zip(self._starts, ends, strict=True)):
            if gone and gone.issuperset(self.ids[start:end]):
                yield []
            else:
                yield self._part(number) if keep or self._whole[number] else self._making.part(number)

    @property
    def made_by(self) -> Made:
        """Return what makes the records."""
        return self._making


class KeptRows(MutableMapping[str, Record]):
    """The records of a table by id, like a dict: those that were read, and what was changed since."""

    __slots__ = ("_added", "_changed", "_gone", "kept")

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._changed: dict[str, Record] = {}
        self._added: dict[str, Record] = {}
        self._gone: set[str] = set()

    def copy(self) -> KeptRows:
        """Return another one that holds the same."""
        made = KeptRows(self.kept)
        made._changed, made._added, made._gone = self._changed.copy(), self._added.copy(), self._gone.copy()
        return made

    def over(self, kept: Kept) -> KeptRows:
        """Return the same rows with their changes, the others of which `kept` makes."""
        made = KeptRows(kept)
        made._changed, made._added, made._gone = self._changed, self._added, self._gone
        return made

    def given_up(self) -> list[Any]:
        """Return what may take long to let go of; nobody may ask this any more."""
        return [self._changed, self._added, self._gone]

    def differing(self) -> list[str]:
        """Return the ids of the records that are no longer what was read, or are new, or gone."""
        return [*self._changed, *self._added, *self._gone]

    def named(self, column: str, number_of: Callable[[str], int]) -> NDArray[np.int32]:
        """Return what a column of each record names: numbers of records of the one other table that it is about."""
        found = np.array(self.kept.made_by.named(column), np.int32)
        for record_id, record in self._changed.items():
            found[self.kept.place(record_id)] = number_of(getattr(record, column))
        if self._gone:
            found = np.delete(found, list(map(self.kept.place, self._gone)))
        added = [number_of(getattr(record, column)) for record in self._added.values()]
        return np.concatenate([found, np.array(added, np.int32)])

    @property
    def most(self) -> int:
        """Return what is above every number."""
        return len(self.kept) + len(self._added)

    def numbering(self) -> Callable[[str], int]:
        """Return what tells a number of a record, which must be there, for as long as nothing changes.

        One that was read has that of its place, also where it was taken out and put back.
        """
        added = {one: number for number, one in enumerate(self._added, len(self.kept))}

        def number(record_id: str) -> int:
            place = self.kept.place(record_id)
            return place if place >= 0 else added[record_id]

        return number

    def numbered(self, number: int) -> str:
        """Return the id of the record with a number."""
        return self.kept.ids[number] if number < len(self.kept) else list(self._added)[number - len(self.kept)]

    def ages(self, record_ids: Iterable[str]) -> dict[str, int]:
        """Return the ages of those records that are there: numbers in the order in which they were made."""
        made = {one: self._there(one) for one in record_ids}
        if self._added:
            made |= {one: len(self.kept) + at for at, one in enumerate(self._added) if one in made}
        return {one: age for one, age in made.items() if age >= 0}

    def at(self, place: int) -> Record:
        """Return the record that was read at a place, as it is now; it must be there."""
        if self._changed:
            changed = self._changed.get(self.kept.ids[place])
            if changed is not None:
                return changed
        return self.kept[place]

    def by_place(self, read: list[Record]) -> list[Record]:
        """Return what was `read`, all of it by place, as it is now; what is gone since as it was.

        It is the same list where nothing has changed, as to copy one of millions takes long.
        """
        if not self._changed:
            return read
        found = read.copy()
        for record_id, record in self._changed.items():
            found[self.kept.place(record_id)] = record
        return found

    def in_order(self, now: list[Record]) -> list[Record]:
        """Return all records in their order, where those that were read are there by place as they are `now`.

        It may be the same list, as in `by_place`.
        """
        found = [one for one in now if one.id not in self._gone] if self._gone else now
        return [*found, *self._added.values()] if self._added else found

    def _there(self, record_id: str) -> int:
        return -1 if record_id in self._gone else self.kept.place(record_id)

    def __getitem__(self, record_id: str) -> Record:
        found = self._changed.get(record_id) or self._added.get(record_id)
        if found is None:
            found = self.get(record_id)
        if found is None:
            raise KeyError(record_id)
        return found

    def get(self, record_id: str, default: Any = None) -> Any:
        # Asked far more often than anything else, and hardly ever for what is not there.
        if self._changed or self._added or self._gone:
            found = self._changed.get(record_id) or self._added.get(record_id)
            if found is not None or record_id in self._gone:
                return default if found is None else found
        made = self.kept.made.get(record_id)
        if made is not None:
            return made
        place = self.kept.place(record_id)
        return default if place < 0 else self.kept[place]

    def __contains__(self, record_id: object) -> bool:
        if record_id in self._changed or record_id in self._added:
            return True
        return isinstance(record_id, str) and self._there(record_id) >= 0

    def __setitem__(self, record_id: str, record: Record) -> None:
        there = record_id in self._changed or self._there(record_id) >= 0
        (self._changed if there else self._added)[record_id] = record

    def __delitem__(self, record_id: str) -> None:
        if record_id in self._added:
            del self._added[record_id]
        elif self._there(record_id) >= 0:
            self._changed.pop(record_id, None)
            self._gone.add(record_id)
        else:
            raise KeyError(record_id)

    def __len__(self) -> int:
        return len(self.kept) - len(self._gone) + len(self._added)

    def __iter__(self) -> Iterator[str]:
        there: Iterable[str] = self.kept.ids
        if self._gone:
            there = (one for one in there if one not in self._gone)
        return chain(there, list(self._added))

    def values(self) -> ValuesView[Record]:
        return _Values(self)

    def items(self) -> ItemsView[str, Record]:
        return _Items(self)

    def each(self, *, keep: bool = True) -> Iterator[Record]:
        """Yield the records in their order, and `keep` what is made for it."""
        return chain.from_iterable(self.parts(keep=keep))

    def parts(self, *, keep: bool = True) -> Iterator[list[Record]]:
        """Yield the same, some at a time; there may be none among them."""
        for part in self.kept.parts(keep=keep, gone=self._gone):
            if self._changed or self._gone:
                yield [self._changed.get(one.id, one) for one in part if one.id not in self._gone]
            else:
                yield part
        added = list(self._added.values())
        for start in range(0, len(added), AT_ONCE):
            yield added[start : start + AT_ONCE]


class _Values(ValuesView[Record]):
    _mapping: KeptRows

    def __iter__(self) -> Iterator[Record]:
        return self._mapping.each()


class _Items(ItemsView[str, Record]):
    _mapping: KeptRows

    def __iter__(self) -> Iterator[tuple[str, Record]]:
        return ((record.id, record) for record in self._mapping.each())
