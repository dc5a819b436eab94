"""The records in memory, with the indexes that views and commands look things up by. Views only read it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, TypeVar, cast

from evidenceboard.errors import NotFoundError
from evidenceboard.model.changes import Change
from evidenceboard.model.deception import TWIN_OF
from evidenceboard.model.differing import resolved
from evidenceboard.model.gradings import counting
from evidenceboard.model.kept import AT_ONCE, KeptRows
from evidenceboard.model.kept_lookup import KeptLookup, KeptTable
from evidenceboard.model.lookup import Lookup
from evidenceboard.model.noted import Noted
from evidenceboard.model.pace import Pace
from evidenceboard.model.records import (
    TABLE_OF,
    TABLES,
    Assessment,
    Attachment,
    Board,
    Card,
    Conflict,
    Entity,
    Frame,
    Link,
    Record,
    Setting,
    Snapshot,
)

R = TypeVar("R")
Swap = tuple[str, str, Record | None]
"""A table, an id, and the record that stands there from now on, or None."""

_INDEXED: dict[str, tuple[str, ...]] = {
    "cards": ("board_id", "entity_id", "frame_id"),
    "frames": ("board_id",),
    "links": ("from_id", "to_id"),
    "assessments": ("subject_id",),
    "attachments": ("entity_id",),
    "conflicts": ("record_id",),
    "comments": ("subject_id",),
    "entities": ("number", "type"),
}

_ALSO: dict[str, tuple[str, ...]] = {"cards": ("z",), "links": ("marking",), "entities": ("marking", "props")}
_WATCHED: dict[str, Callable[[Record], object]] = {
    table: attrgetter(*columns, *_ALSO.get(table, ())) for table, columns in _INDEXED.items()
}
"""What of a record the indexes, heights, markings and twins depend on."""
_PLACES = frozenset({"boards", "cards", "frames"})
"""Tables that tell where things stand, and nothing of what they are."""


class Document:
    """Hold the records of a file, by table and id, in the order in which they were made."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._tables: dict[str, dict[str, Record] | KeptRows] = {table: {} for table in TABLES}
        self._indexes: dict[tuple[str, str], Lookup | KeptLookup] = {
            (table, column): Lookup() for table, columns in _INDEXED.items() for column in columns
        }
        self._noted = Noted()
        self._worked_out: dict[tuple[str, str], Any] = {}
        for kind, together in groupby(records, type):
            self._fill(TABLE_OF[kind], list(together))

    def _fill(self, table: str, records: list[Record]) -> None:
        self._worked_out = {}
        ids = list(map(attrgetter("id"), records))
        self._tables[table].update(zip(ids, records, strict=True))
        self._noted.fill(table, records)
        self._look_up(table, records, ids)

    def _look_up(self, table: str, records: list[Record], ids: list[str]) -> None:
        """Note what records, given with their ids, are looked up by."""
        for column in _INDEXED.get(table, ()):
            lookup = self._indexes[table, column]
            assert isinstance(lookup, Lookup), "a table that is held as it was read is not filled"
            lookup.fill(list(map(attrgetter(column), records)), ids)

    def _keep(self, table: str, held: KeptTable) -> None:
        """Take in all of a table as it was read."""
        self._worked_out = {}
        self._tables[table] = KeptRows(held.rows)
        for column, places in held.lookups.items():
            self._indexes[table, column] = KeptLookup(held.rows.ids, places)
        self._noted.keep(table, held)

    # -- reading -----------------------------------------------------------------------------------------------

    def table(self, name: str) -> Mapping[str, Record]:
        """Return the records of a table by id. Do not change it."""
        return self._tables[name]

    def find(self, table: str, record_id: str) -> Record | None:
        """Return a record, or None."""
        return self._tables[table].get(record_id)

    def where(self, table: str, column: str, value: str) -> Iterator[Record]:
        """Yield the records of a table with a value in an indexed column, oldest first."""
        rows, lookup = self._tables[table], self._indexes[table, column]
        if isinstance(lookup, KeptLookup) and isinstance(rows, KeptRows):
            return chain(map(rows.at, lookup.places(value)), map(rows.__getitem__, lookup.added(value)))
        return map(rows.__getitem__, lookup.get(value))

    def count(self, table: str, column: str, value: str) -> int:
        """Return how many records of a table have a value in an indexed column."""
        return self._indexes[table, column].count(value)

    @property
    def is_whole(self) -> bool:
        """Return whether every record of the file is there; a large one comes in bit by bit."""
        return True

    def has(self, tables: Collection[str]) -> bool:
        """Tell whether every record of some tables is there."""
        return True

    def size(self, table: str) -> int:
        """Return how many records a table has."""
        return len(self._tables[table])

    @property
    def boards(self) -> list[Board]:
        """Return the boards in the order of their tabs."""
        found = [record for record in self._all("boards") if isinstance(record, Board)]
        return sorted(found, key=lambda board: (board.position, board.id))

    @property
    def entities(self) -> list[Entity]:
        return cast("list[Entity]", self._all("entities"))

    @property
    def cards(self) -> list[Card]:
        return cast("list[Card]", self._all("cards"))

    @property
    def frames(self) -> list[Frame]:
        return cast("list[Frame]", self._all("frames"))

    @property
    def links(self) -> list[Link]:
        return cast("list[Link]", self._all("links"))

    @property
    def snapshots(self) -> list[Snapshot]:
        return cast("list[Snapshot]", self._all("snapshots"))

    @property
    def conflicts(self) -> list[Conflict]:
        """Return the conflicts that nobody has decided, on records that are there."""
        found = cast("list[Conflict]", self._all("conflicts"))
        return [one for one in found if not one.decision and self.find(one.record_table, one.record_id) is not None]

    def _all(self, table: str) -> list[Record]:
        return list(self._tables[table].values())

    def each(self, table: str) -> Iterator[Record]:
        """Yield the records of a table one by one, for who asks once for all of them.

        Of what changes meanwhile it may give what was or what is.
        """
        rows = self.table(table)
        return rows.each(keep=False) if isinstance(rows, KeptRows) else iter(list(rows.values()))

    def parts(self, table: str) -> Iterator[list[Record]]:
        """Yield the same, some or none at a time, for who lets others have their turn between."""
        rows = self.table(table)
        if isinstance(rows, KeptRows):
            return rows.parts(keep=False)
        listed = list(rows.values())
        return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))

    def each_id(self, table: str) -> Iterator[str]:
        """Yield the ids of a table one by one, in the order in which its records were made."""
        rows = self.table(table)
        return iter(rows if isinstance(rows, KeptRows) else list(rows))

    def ages(self, table: str, record_ids: Collection[str]) -> dict[str, int]:
        """Return numbers for those records of a table that are there, in the order in which they were made."""
        rows = self.table(table)
        if isinstance(rows, KeptRows):
            return rows.ages(record_ids)
        wanted = set(record_ids)
        return {one: place for place, one in enumerate(rows) if one in wanted}

    def get(self, kind: type[R], record_id: str) -> R:
        """Return a record of a kind by its id. Raises `NotFoundError`."""
        found = self.find(TABLE_OF[cast(Any, kind)], record_id)
        if found is None:
            raise NotFoundError(f"This {kind.__name__.lower()} is no longer in the file; nothing was changed.")
        return cast("R", found)

    def entity(self, number_or_id: str) -> Entity:
        """Return an entity by its number or id. Raises `NotFoundError`."""
        found = self.find("entities", number_or_id)
        if isinstance(found, Entity):
            return found
        for record in self.where("entities", "number", number_or_id):
            return cast(Entity, record)
        raise NotFoundError(
            f"There is no {number_or_id[:40]} in this file; nothing was changed.", "`list` shows every number."
        )

    def cards_on(self, board_id: str) -> list[Card]:
        return cast("list[Card]", list(self.where("cards", "board_id", board_id)))

    def frames_on(self, board_id: str) -> list[Frame]:
        return cast("list[Frame]", list(self.where("frames", "board_id", board_id)))

    def cards_of(self, entity_id: str) -> list[Card]:
        return cast("list[Card]", list(self.where("cards", "entity_id", entity_id)))

    def cards_in(self, frame_id: str) -> list[Card]:
        return cast("list[Card]", list(self.where("cards", "frame_id", frame_id)))

    def card_on(self, board_id: str, entity_id: str) -> Card | None:
        """Return the card of an entity on a board, or None."""
        return next((card for card in self.cards_of(entity_id) if card.board_id == board_id), None)

    def heights(self, board_id: str) -> tuple[int, int]:
        """Return the lowest and the highest z of the cards on a board; 0 and 0 where there are none."""
        found = self._noted.heights.get(board_id)
        return found.range() if found else (0, 0)

    def links_from(self, entity_id: str) -> list[Link]:
        return cast("list[Link]", list(self.where("links", "from_id", entity_id)))

    def links_into(self, entity_id: str) -> list[Link]:
        return cast("list[Link]", list(self.where("links", "to_id", entity_id)))

    def links_of(self, entity_id: str) -> list[Link]:
        """Return the links at an entity, those from it first; a link to itself once."""
        return list(self.each_link_of(entity_id))

    def each_link_of(self, entity_id: str) -> Iterator[Link]:
        """Yield the same one by one; the document must not change between two."""
        yield from cast("Iterator[Link]", self.where("links", "from_id", entity_id))
        for link in self.each_link_into(entity_id):
            if link.from_id != entity_id:
                yield link

    def each_link_into(self, entity_id: str) -> Iterator[Link]:
        """Yield the links that lead to an entity one by one; the document must not change between two."""
        return cast("Iterator[Link]", self.where("links", "to_id", entity_id))

    def expect(self, table: str, record_ids: Sequence[str]) -> None:
        """Take note that these records will be asked for one by one; here all of them are at hand."""

    def expect_all(self) -> None:
        """Take note that all that cards show hangs on will be asked for, up to `expect_around(())`."""

    def expect_around(self, entity_ids: Sequence[str]) -> None:
        """Take note of the same of entities, of what leads to them and what was judged of that; () is the end of it."""

    def marked(self, table: str) -> list[Entity | Link]:
        """Return the entities or the links that have a marking of their own; there are few among many."""
        return [cast("Entity | Link", self._tables[table][record_id]) for record_id in self._noted.marked[table]]

    def any_marked(self, table: str) -> bool:
        """Tell whether any entity, or any link, has a marking of its own."""
        return bool(self._noted.marked[table])

    def is_marked(self, table: str, record_id: str) -> bool:
        """Tell whether an entity, or a link, has a marking of its own."""
        return record_id in self._noted.marked[table]

    def twins(self) -> list[Entity]:
        """Return the entities that say of which one they are the deception twin; there are few among many."""
        found = (cast("Entity", self._tables["entities"][record_id]) for record_id in self._noted.twins)
        return [one for one in found if TWIN_OF in one.props]

    def attachments_of(self, entity_id: str) -> list[Attachment]:
        return cast("list[Attachment]", list(self.where("attachments", "entity_id", entity_id)))

    def assessments_of(self, subject_id: str) -> list[Assessment]:
        return cast("list[Assessment]", list(self.where("assessments", "subject_id", subject_id)))

    def judged(self, subject_id: str, field: str) -> str:
        """Return the judgement that counts: the file's chosen assessor's, else the most cautious; "" where none is."""
        found = [(a.author_id, a.value) for a in self.assessments_of(subject_id) if a.field == field and a.value]
        return counting(field, found, self.setting("assessor", "")) if found else ""

    def values(self, record: Entity | Link) -> dict[str, Any]:
        """Return a record's properties together with the judgements that count."""
        fields = dict.fromkeys(a.field for a in self.assessments_of(record.id))
        judged = {name: value for name in fields if (value := self.judged(record.id, name))}
        return {**record.props, **judged}

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a choice that belongs to the file."""
        found = self.find("settings", name)
        return found.value if isinstance(found, Setting) else default

    def numbers_of(self, ids: Any) -> list[str]:
        """Return the numbers of entities; what is not there, or no list of ids at all, is left out."""
        found = (self.find("entities", str(entity_id)) for entity_id in (ids if isinstance(ids, (list, tuple)) else ()))
        return [record.number for record in found if isinstance(record, Entity)]

    @property
    def worked_out(self) -> dict[tuple[str, str], Any]:
        """Return what took long to work out of the records as they are, by a word for it and an id.

        A change begins another one: who works something out of what was before keeps it where nobody looks.
        """
        return self._worked_out

    # -- changing (the session only) ---------------------------------------------------------------------------

    def resolve(self, changes: Iterable[Change], pace: Pace | None = None) -> list[Swap]:
        """Check that every `before` still holds and every `after` is valid; return the records to swap in.

        Raises `StaleChangeError` or `InvalidValueError`; nothing is changed.
        """
        return resolved(self.find, changes, pace)

    def apply(self, resolved: Iterable[Swap]) -> None:
        """Swap records in. Cannot fail on what `resolve` returned."""
        tables = set()
        for table, record_id, record in resolved:
            tables.add(table)
            rows = self._tables[table]
            old = rows.get(record_id)
            if record is None:
                rows.pop(record_id, None)
            else:
                rows[record_id] = record
            self._note(table, record_id, old, record)
        if not tables <= _PLACES:
            self._worked_out = {}

    def _note(self, table: str, record_id: str, old: Record | None, new: Record | None) -> None:
        """Let the indexes follow a record."""
        watched = _WATCHED.get(table)
        if watched is None or (old is not None and new is not None and watched(old) == watched(new)):
            return
        self._noted.note(table, record_id, old, new)
        for column in _INDEXED[table]:
            before = None if old is None else getattr(old, column)
            after = None if new is None else getattr(new, column)
            if before != after:
                if before is not None:
                    self._indexes[table, column].remove(before, record_id)
                if after is not None:
                    self._indexes[table, column].add(after, record_id)

    def following(self, swaps: Sequence[Swap], pace: Pace) -> Document:
        """Return the document that this one becomes with some records swapped in; this one stays as it is.

        What does not change is shared by the two.
        """
        made = self.copied({table for table, _, _ in swaps})
        made.apply(pace.over(swaps))
        return made

    def copied(self, tables: Collection[str] = tuple(TABLES)) -> Document:
        """Return a document with the same records, of which some tables stay as they are when this one changes."""
        made = Document()
        made._tables = {name: rows.copy() if name in tables else rows for name, rows in self._tables.items()}
        made._indexes = {key: lookup.copied() if key[0] in tables else lookup for key, lookup in self._indexes.items()}
        made._noted = self._noted.copied()
        return made

    def as_read(self, tables: Collection[str]) -> Document | None:
        """Return a document that stays as it is, with some tables of this one; None unless entities are held as read.

        Tables that are held as they were read are as they were then, others as they are now.
        """
        if not isinstance(self._tables["entities"], KeptRows):
            return None
        made = Document()
        for table in tables:
            rows = self._tables[table]
            made._tables[table] = KeptRows(rows.kept) if isinstance(rows, KeptRows) else rows.copy()
            for column in _INDEXED.get(table, ()):
                lookup = self._indexes[table, column]
                made._indexes[table, column] = lookup.as_read() if isinstance(lookup, KeptLookup) else lookup.copied()
        return made

    def differing(self, table: str) -> list[str]:
        """Return the ids of the records of a table that are not as `as_read` has them."""
        rows = self._tables[table]
        return rows.differing() if isinstance(rows, KeptRows) else []

    def become(self, other: Document) -> list[Any]:
        """Take over all that another document holds, at once; return what was there before, to be let go of."""
        tables = [rows for name, rows in self._tables.items() if rows is not other._tables[name]]
        lookups = [lookup for key, lookup in self._indexes.items() if lookup is not other._indexes[key]]
        old = [some for rows in tables for some in (rows.given_up() if isinstance(rows, KeptRows) else [rows])]
        old += [some for lookup in lookups for some in lookup.given_up()]
        self._tables, self._indexes, self._noted = other._tables, other._indexes, other._noted
        self._worked_out = {}
        return old
