"""What a command writes into: a transaction reads its own writes and ends as a list of changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import compress, islice, repeat
from math import inf
from operator import attrgetter, sub
from typing import Any, Final, TypeVar, cast

from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.changes import MANY, SHIFTED, Change, ordered
from evidenceboard.model.copied import Placed, all_changed, all_moved, changed
from evidenceboard.model.differing import difference
from evidenceboard.model.document import Document, Swap
from evidenceboard.model.heights import Heights
from evidenceboard.model.pace import EACH, Pace
from evidenceboard.model.records import Card, Entity, Link, Record, table_of
from evidenceboard.model.seam import Seam
from evidenceboard.model.takes import NotTakenError

R = TypeVar("R", bound=Record)


Way = tuple[float, float]
"""How far a card or a frame goes, to the right and down, in board units."""
HEAVY: Final = 2_000_000
"""Bytes of a file from which on it is read and written beside the window."""
_PLACE: Final = {"x", "y"}
_PLACES: Final = (attrgetter("x"), attrgetter("y"))


class TooMuchError(Exception):
    """Tell that a transaction is larger than was meant here; it can be begun anew elsewhere."""


class Draft(Document):
    """A document seen through the writes of a transaction; the document below stays as it is."""

    def __init__(self, base: Document) -> None:
        super().__init__()
        self.base = base
        self.touched: dict[tuple[str, str], Way | None] = {}
        """What was written, and how far that was moved to which nothing else was done."""
        self._behind: dict[tuple[str, str], Record | None] = {}
        """What the indexes still say; most commands never ask them, so they follow when they are asked."""
        self._below = base.worked_out

    @property
    def worked_out(self) -> dict[tuple[str, str], Any]:
        if self._below is not self.base.worked_out:
            self._worked_out, self._below = {}, self.base.worked_out
        return self._worked_out

    def apply(self, resolved: Iterable[Swap]) -> None:
        self._worked_out = {}
        for table, record_id, record in resolved:
            rows = self._tables[table]
            self._behind.setdefault((table, record_id), rows.get(record_id))
            if record is None:
                rows.pop(record_id, None)
            else:
                rows[record_id] = record

    def _catch_up(self) -> None:
        behind, self._behind = self._behind, {}
        for (table, record_id), old in behind.items():
            self._note(table, record_id, old, self._tables[table].get(record_id))

    def table(self, name: str) -> dict[str, Record]:
        merged = {k: v for k, v in self.base.table(name).items() if (name, k) not in self.touched}
        return {**merged, **self._tables[name]}

    def find(self, table: str, record_id: str) -> Record | None:
        if (table, record_id) in self.touched:
            return self._tables[table].get(record_id)
        return self.base.find(table, record_id)

    def where(self, table: str, column: str, value: str) -> Iterator[Record]:
        for record in self.base.where(table, column, value):
            if (table, record.id) not in self.touched:
                yield record
        if self._tables[table]:  # who only takes records out needs no indexes of what was written
            self._catch_up()
            yield from super().where(table, column, value)

    def count(self, table: str, column: str, value: str) -> int:
        self._catch_up()
        touched = (self.base.find(one, record_id) for one, record_id in self.touched if one == table)
        gone = len([record for record in touched if getattr(record, column, None) == value])
        return self.base.count(table, column, value) - gone + super().count(table, column, value)

    def heights(self, board_id: str) -> tuple[int, int]:
        low, high = self.base.heights(board_id)
        touched = [record_id for table, record_id in self.touched if table == "cards"]
        pairs = [(self.base.find("cards", card_id), self.find("cards", card_id)) for card_id in touched]
        if any(
            isinstance(old, Card) and old.z in (low, high) and getattr(new, "z", None) != old.z for old, new in pairs
        ):
            # The lowest or the highest itself may have gone.
            return Heights(card.z for card in self.cards_on(board_id)).range()
        own = [new.z for _, new in pairs if isinstance(new, Card) and new.board_id == board_id]
        return min([low, *own]), max([high, *own])

    def marked(self, table: str) -> list[Entity | Link]:
        below = [record for record in self.base.marked(table) if (table, record.id) not in self.touched]
        self._catch_up()
        return [*below, *super().marked(table)]

    def twins(self) -> list[Entity]:
        below = [record for record in self.base.twins() if ("entities", record.id) not in self.touched]
        self._catch_up()
        return [*below, *super().twins()]

    def is_marked(self, table: str, record_id: str) -> bool:
        if (table, record_id) in self.touched:
            self._catch_up()
            return super().is_marked(table, record_id)
        return self.base.is_marked(table, record_id)

    def any_marked(self, table: str) -> bool:
        return bool(self.marked(table))

    def ages(self, table: str, record_ids: Collection[str]) -> dict[str, int]:
        below = self.base.ages(table, record_ids)
        fresh = [one for one in self._tables[table] if one in record_ids and one not in below]
        ages = below | {one: age for age, one in enumerate(fresh, max(below.values(), default=-1) + 1)}
        return {one: age for one, age in ages.items() if self.find(table, one) is not None}

    def given_up(self) -> list[dict[Any, Any]]:
        """Return what may take long to let go of; nobody may ask this any more."""
        return [self.touched, self._behind, *(rows for rows in self._tables.values() if isinstance(rows, dict))]

    def _all(self, table: str) -> list[Record]:
        return list(self.table(table).values())


class Transaction:
    """Collect what should be different. `document` shows the file with these writes in it."""

    def __init__(
        self, base: Document, seam: Seam, author_id: str, numbers: dict[str, int], *, limit: float = inf
    ) -> None:
        """Begin on a document; above `limit` records this raises `TooMuchError`."""
        self.document = Draft(base)
        self.pace = Pace(None)
        self._limit = limit
        self.seam = seam
        self.author_id = author_id
        self.values: dict[str, Any] = {}
        self.blobs: dict[str, bytes] = {}
        self._known = numbers
        self._numbers = dict(numbers)

    def make_room(self, size: int) -> None:
        """Tell how many bytes are to be kept before they are looked at; many are more than was meant here."""
        if size > HEAVY and self._limit < inf:
            raise TooMuchError

    def new_id(self) -> str:
        return self.seam.new_id()

    def next_number(self, prefix: str) -> str:
        """Return the next number of a type, such as C12; a number is never given twice."""
        self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        return f"{prefix}{self._numbers[prefix]}"

    def keep_number(self, number: str) -> None:
        """Take note of a number that was given by hand or came with an import, so that it is never given again."""
        prefix, digits = number.rstrip("0123456789"), number[len(number.rstrip("0123456789")) :]
        if prefix and digits and len(digits) < 10:
            self._numbers[prefix] = max(self._numbers.get(prefix, 0), int(digits))

    def new_numbers(self) -> dict[str, int]:
        """Return the highest number that was given, by prefix, where it is another than before."""
        return {prefix: number for prefix, number in self._numbers.items() if number != self._known.get(prefix)}

    def make(self, kind: type[R], **values: Any) -> R:
        """Build a record, with a random id unless one is given, and add it. Raises `InvalidValueError`."""
        values.setdefault("id", self.seam.new_id())
        try:
            record = kind(**values)
        except NotTakenError as error:
            raise _refusal(error) from error
        if self.document.find(table_of(record), record.id) is not None:
            raise InvalidValueError("There is something with this id in the file already; nothing was changed.")
        self.put(record)
        return record

    def put(self, record: Record) -> None:
        """Add a record, or replace the one with its id."""
        self._swap([(table_of(record), record.id, record)])

    def _swap(self, swaps: list[Swap], ways: Iterable[Way | None] = repeat(None)) -> None:
        touched = self.document.touched
        for (table, record_id, _), way in zip(swaps, ways, strict=False):
            key = (table, record_id)
            touched[key] = None if key in touched else way
        if len(touched) > self._limit:
            raise TooMuchError
        self.document.apply(swaps)
        self.pace.on(len(swaps))

    def change(self, record: R, **values: Any) -> R:
        """Replace values of a record. Raises `InvalidValueError`."""
        try:
            new = cast(R, changed(cast(Any, record), **values))
        except NotTakenError as error:
            raise _refusal(error) from error
        if new != record:
            self.put(new)
        return new

    def change_all(self, records: Iterable[R], name: str, value: Any) -> None:
        """Give records of one kind the same value in a column. Raises `InvalidValueError`."""
        following = iter(records)
        while together := list(islice(following, EACH)):
            try:
                made = all_changed(cast("list[Any]", together), {name: [value] * len(together)})
            except NotTakenError as error:
                raise _refusal(error) from error
            table = table_of(made[0])
            self._swap([(table, new.id, new) for was, new in zip(together, made, strict=True) if new != was])

    def move(self, records: Iterable[Placed], dx: Iterable[float], dy: Iterable[float]) -> None:
        """Put cards, or frames, as they stand here further by dx, dy board units each. Raises `InvalidValueError`."""
        following = zip(records, dx, dy, strict=False)
        while together := list(islice(following, EACH)):
            old, right, down = (list(column) for column in zip(*together, strict=True))
            try:
                made = all_moved(old, right, down)
            except NotTakenError as error:
                raise _refusal(error) from error
            table = table_of(made[0])
            ways = list(zip(*(map(sub, map(place, made), map(place, old)) for place in _PLACES), strict=True))
            went = list(map(any, ways))
            self._swap([(table, new.id, new) for new in compress(made, went)], compress(ways, went))

    def remove(self, record: Record) -> None:
        """Take a record out."""
        table = table_of(record)
        if self.document.find(table, record.id) is None:
            raise NotFoundError("This is no longer in the file; nothing was changed.")
        self._swap([(table, record.id, None)])

    def changes(self, pace: Pace | None = None) -> tuple[Change, ...]:
        """Return what differs from the document below; the moves of several records become one where they can."""
        single: list[Change] = []
        moves: dict[str, dict[Way, list[str]]] = {table: {} for table in SHIFTED}
        touched = self.document.touched.items()
        for (table, record_id), by in touched if pace is None else pace.over(touched):
            found = None if by else difference(*self._sides(table, record_id), table)
            if found and table in SHIFTED:
                by = _way(found)
            if by:
                moves[table].setdefault(by, []).append(record_id)
            elif found:
                single.append(found)
        for table in SHIFTED:
            single.extend(self._together(table, moves[table]))
        return ordered(single)

    def _sides(self, table: str, record_id: str) -> tuple[Record | None, Record | None]:
        return self.document.base.find(table, record_id), self.document.find(table, record_id)

    def _together(self, table: str, moves: dict[Way, list[str]]) -> Iterator[Change]:
        """Yield the changes that moves by these distances are stored as."""
        if len(moves) > MANY:
            ids = [record_id for found in moves.values() for record_id in found]
            right, down = ([by[axis] for by, found in moves.items() for _ in found] for axis in (0, 1))
            yield Change(table, None, None, {"ids": ids, "dx": right, "dy": down})
            return
        for (dx, dy), found in moves.items():
            alone = difference(*self._sides(table, found[0]), table) if len(found) == 1 else None
            yield alone or Change(table, None, None, {"ids": found, "dx": dx, "dy": dy})

    def swaps(self, changes: Iterable[Change]) -> list[tuple[str, str, Record | None]]:
        """Return the records that these changes of this transaction lead to, as `Document.resolve` does."""
        # No record is in two of them.
        find = self.document.find
        return [(one.table, record_id, find(one.table, record_id)) for one in changes for record_id in one.ids()]


def _way(change: Change) -> Way | None:
    """Return how far an edit of a card or a frame moves it; None where it does anything else."""
    before, after = change.before, change.after
    if not before or not after or not before.keys() <= _PLACE:
        return None
    x, y = (after[name] - before[name] if name in after else 0.0 for name in ("x", "y"))
    return x, y


def _refusal(error: NotTakenError) -> InvalidValueError:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else "value"
    kind, context = first["type"], first.get("ctx") or {}
    if kind == "string_too_long":
        said = f"The {field} may have {context['max_length']:,} characters, and this one is longer."
        return InvalidValueError(f"{said} Nothing was changed.", "Keep the full text as a file attached to the card.")
    if kind in ("finite_number", "greater_than_equal", "less_than_equal"):
        said = "A place on the board must be an ordinary number within a billion units of the middle."
        return InvalidValueError(f"{said} Nothing was changed.")
    return InvalidValueError(f"“{field}” does not take this value: {first['msg'].lower()}. Nothing was changed.")
