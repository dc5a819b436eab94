"""The records that a file holds. A record never changes; a change swaps one for another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field, fields
from typing import Annotated, Any, Final

from evidenceboard.model.takes import Takes, checked_when_made
from evidenceboard.model.values import dataclass

TITLE_LIMIT: Final = 100_000
"""Characters that a title may have; longer text belongs into the notes or an attachment."""
TEXT_LIMIT: Final = 1_000_000
DEEPEST: Final = 40
"""Levels of lists and objects that a property may have."""
FARTHEST: Final = 1e9
"""Board units from the middle to the farthest place a card may lie."""
STEPS_PER_UNIT: Final = 8
"""Positions are multiples of 1/8 board unit, so that adding a move and taking it back is exact."""


def on_grid(value: float) -> float:
    """Return the nearest position that can be stored, in board units."""
    return round(value * STEPS_PER_UNIT) / STEPS_PER_UNIT


def without_nul(text: str) -> str:
    """Return the text. Raises `ValueError` where it holds a NUL character, which other programs cut it at."""
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


def plain_json(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON gives it back, tuples as lists. Raises `ValueError` for what JSON cannot hold."""
    if isinstance(value, str):
        if len(value) > TEXT_LIMIT:
            raise ValueError(f"has more than {TEXT_LIMIT:,} characters")
        value.encode()  # half a surrogate pair is no text: UnicodeEncodeError is a ValueError
        return without_nul(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("is not an ordinary number")
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if depth > DEEPEST:
        raise ValueError("is nested too deeply")
    if isinstance(value, (list, tuple)):
        return [plain_json(one, depth + 1) for one in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {plain_json(key): plain_json(one, depth + 1) for key, one in value.items()}
    raise ValueError("is neither text nor a number, list or object")


Id = Annotated[str, Takes(shortest=1, longest=64, after=without_nul)]
Word = Annotated[str, Takes(longest=200, after=without_nul)]
Title = Annotated[str, Takes(longest=TITLE_LIMIT, after=without_nul)]
Text = Annotated[str, Takes(longest=TEXT_LIMIT, after=without_nul)]
Whole = Annotated[int, Takes(least=-(2**53), most=2**53)]
Props = Annotated[dict[str, Any], Takes(after=plain_json)]
Place = Annotated[float, Takes(least=-FARTHEST, most=FARTHEST, after=on_grid)]
Extent = Annotated[float, Takes(least=1, most=FARTHEST, after=on_grid)]


@checked_when_made
@dataclass(frozen=True, slots=True)
class Board:
    """A named surface with cards. `position` is its place among the tabs.

    `marking_reason`, here and below: why its marking may be lower than what it would have without one.
    """

    id: Id
    title: Title
    position: Whole = 0
    marking: Word = ""
    marking_reason: Text = ""


@checked_when_made
@dataclass(frozen=True, slots=True)
class Entity:
    """A thing the analyst reasons about. `props` holds what its type adds; unknown keys are kept."""

    id: Id
    type: Word
    number: Word
    title: Title
    notes: Text = ""
    marking: Word = ""
    marking_reason: Text = ""
    tags: tuple[Word, ...] = ()
    props: Props = field(default_factory=dict)


@checked_when_made
@dataclass(frozen=True, slots=True)
class Frame:
    """A titled area of a board that owns the cards which name it, wherever they lie."""

    id: Id
    board_id: Id
    title: Title
    x: Place
    y: Place
    w: Extent
    h: Extent
    z: Whole = 0
    collapsed: bool = False
    colour: Word = ""


@checked_when_made
@dataclass(frozen=True, slots=True)
class Card:
    """An entity placed on a board. `fitted`: the height follows the text, until a hand resizes it.

    `pinned`: laying out leaves it where it is; a hand may move it.
    """

    id: Id
    board_id: Id
    entity_id: Id
    x: Place
    y: Place
    w: Extent
    h: Extent
    z: Whole = 0
    frame_id: Id | None = None
    fitted: bool = True
    colour: Word = ""
    pinned: bool = False


@checked_when_made
@dataclass(frozen=True, slots=True)
class Link:
    """A typed, directed relation between two entities. `props` holds what its type adds."""

    id: Id
    type: Word
    from_id: Id
    to_id: Id
    notes: Text = ""
    marking: Word = ""
    marking_reason: Text = ""
    tags: tuple[Word, ...] = ()
    props: Props = field(default_factory=dict)


@checked_when_made
@dataclass(frozen=True, slots=True)
class Assessment:
    """One analyst's judgement of one field of an entity or link: two analysts' grades are two facts."""

    id: Id
    subject_id: Id
    field: Word
    author_id: Id
    value: Word
    reason: Text = ""
    at: Word = ""


@checked_when_made
@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with an entity, byte for byte; the bytes lie beside the log, found by `sha256`."""

    id: Id
    entity_id: Id
    name: Word
    media_type: Word
    size: Whole
    sha256: Word
    url: Text = ""
    captured_at: Word = ""
    tool: Word = ""
    notes: Text = ""
    marking: Word = ""
    marking_reason: Text = ""


@checked_when_made
@dataclass(frozen=True, slots=True)
class Snapshot:
    """A name for the state of the file after one operation."""

    id: Id
    name: Title
    operation_id: Id
    at: Word


@checked_when_made
@dataclass(frozen=True, slots=True)
class Setting:
    """A choice that belongs to the file, such as its title; its id is its name."""

    id: Id
    value: Annotated[Any, Takes(after=plain_json)] = None


@checked_when_made
@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of one record that was changed on two sides, with every value that somebody gave it.

    `candidates`: by the id of an operation its `value`, `author`, `counter` and `at`. `decision` is "" while nobody has
    decided, else one of `DECISIONS`; `value` is what was decided. The id is derived from record and field.
    """

    id: Id
    record_table: Word
    record_id: Id
    field: Word
    candidates: Props
    decision: Word = ""
    value: Annotated[Any, Takes(after=plain_json)] = None
    decided_by: Word = ""
    decided_at: Word = ""


@checked_when_made
@dataclass(frozen=True, slots=True)
class Comment:
    """What an analyst says to the others about a record, or one field of it; `reply_to` is the comment it answers."""

    id: Id
    subject_id: Id
    field: Word
    author_id: Id
    text: Text
    at: Word = ""
    reply_to: Word = ""
    resolved_by: Word = ""
    resolved_at: Word = ""


@checked_when_made
@dataclass(frozen=True, slots=True)
class Custody:
    """What happened to the file, or to one attachment of it: received, merged, exported and the like.

    `hash` is the SHA-256 of the bytes that it is about, or the hash of the newest operation at that time.
    """

    id: Id
    what: Word
    subject_id: Word
    author_id: Id
    at: Word
    hash: Word = ""
    details: Text = ""


@checked_when_made
@dataclass(frozen=True, slots=True)
class Redaction:
    """What was taken out of the log for good: the values of a record, or of one field, in some operations."""

    id: Id
    record_table: Word
    record_id: Id
    field: Word
    operations: tuple[Word, ...]
    author_id: Id
    at: Word
    reason: Text = ""


Record = (
    Board | Entity | Frame | Card | Link | Assessment | Attachment | Snapshot | Setting | Conflict | Comment | Custody
    | Redaction
)  # fmt: skip
TABLES: Final[dict[str, type[Record]]] = {
    "boards": Board,
    "entities": Entity,
    "frames": Frame,
    "cards": Card,
    "links": Link,
    "assessments": Assessment,
    "attachments": Attachment,
    "snapshots": Snapshot,
    "settings": Setting,
    "conflicts": Conflict,
    "comments": Comment,
    "custody": Custody,
    "redactions": Redaction,
}
"""Table names in the order in which rows can be made without a reference to a row that is not there yet."""

TABLE_OF: Final[dict[type[Record], str]] = {kind: table for table, kind in TABLES.items()}
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    table: tuple(field.name for field in fields(kind)) for table, kind in TABLES.items()
}


def from_rows(table: str, rows: Any) -> list[Any]:
    """Build the records of a list of dicts, checked all at once. Raises `NotTakenError`, also where it is no list."""
    from evidenceboard.model import checking

    return checking.records(TABLES[table], rows)


def table_of(record: Record) -> str:
    """Return the name of the table that a record stands in."""
    return TABLE_OF[type(record)]


def as_row(record: Record) -> dict[str, Any]:
    """Return a record as a plain dict of its columns, ready for JSON."""
    row = {name: getattr(record, name) for name in COLUMNS[TABLE_OF[type(record)]]}
    for name in ("tags", "operations"):
        if name in row:
            row[name] = list(row[name])
    return row


def from_row(table: str, row: Mapping[str, Any]) -> Record:
    """Build a record from a dict of its columns. Raises `NotTakenError` when a value does not fit."""
    made: Record = TABLES[table](**row)
    return made
