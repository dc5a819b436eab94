"""What one operation changes: a change is data, so that it can be stored, inverted, sent and replayed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import islice, repeat
from typing import Any, Final

from evidenceboard.model.many_by_id import each_once
from evidenceboard.model.pace import EACH
from evidenceboard.model.records import TABLES
from evidenceboard.model.values import dataclass

_SLOT: Final = re.compile(r"\{(\w+)\}")
_ONE: Final = re.compile(r"\b1 ([a-z]+[^s\W])s\b")
SHIFTED: Final = ("cards", "frames")
"""Tables of which the moves of several records are stored as one row."""
MANY: Final = 50
"""Distances in one operation, beyond which all moves in a table are one row: a row each would be five times as long."""
BULK: Final = 2000
"""Records above which an operation is written beside the window, and views look at everything anew."""
_AT_ONCE: Final = 2000
"""Elements of a long list that become text in one go: about a millisecond."""
_quoted: Final = json.encoder.encode_basestring
_pieces: Final[Any] = json.encoder.c_make_encoder(  # type: ignore[attr-defined]
    None, json.JSONEncoder().default, _quoted, None, ":", ",", True, False, False
)
"""What `json.JSONEncoder` makes anew for each value: sorted keys, text as it is, no space, no number that is none."""


def canonical(value: Any) -> str:
    """Return the one JSON text that hashes are taken of: sorted keys, shortest floats, UTF-8 as typed."""
    return _quoted(value) if type(value) is str else "".join(_pieces(value, 0))


def canonical_parts(value: Any) -> Iterator[str]:
    """Yield the canonical text of a value piece by piece: a very long list at once keeps every thread waiting."""
    if isinstance(value, dict) and all(type(name) is str for name in value):
        for place, name in enumerate(sorted(value)):
            yield f"{',' if place else '{'}{canonical(name)}:"
            yield from canonical_parts(value[name])
        yield "}" if value else "{}"
    elif isinstance(value, list) and len(value) > MANY:
        for start in range(0, len(value), _AT_ONCE):
            yield ("," if start else "[") + canonical(value[start : start + _AT_ONCE])[1:-1]
        yield "]"
    else:
        yield canonical(value)


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after. Creation has no `before`, deletion no `after`; an edit has only what differs.

    A move of several records has no `record_id`; its `after` is `{"ids": [...], "dx": …, "dy": …}` in board
    units, where `dx` and `dy` are a number for all, or lists with a number for each.
    """

    table: str
    record_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def is_shift(self) -> bool:
        return self.record_id is None

    @property
    def is_edit(self) -> bool:
        """Tell whether what this changes was there before and is there still."""
        return self.is_shift or bool(self.before and self.after)

    def ids(self) -> Sequence[str]:
        """Return the ids of the records that this changes: its own list, which nobody may change."""
        if self.record_id is None:
            named: list[str] = (self.after or {})["ids"]
            return named
        return (self.record_id,)

    def moves(self) -> Iterator[tuple[str, float, float]]:
        """Yield id, dx and dy of each record that a move of several moves."""
        after = self.after or {}
        return zip(after["ids"], _each(after["dx"]), _each(after["dy"]), strict=False)

    def moves_together(self) -> Iterator[tuple[tuple[str, ...], tuple[float, ...], tuple[float, ...]]]:
        """Yield ids, dx and dy of some records at a time, each named once, which a move of several moves."""
        ids, moves = self.ids(), self.moves()
        # What a strange file names twice in one move goes further twice.
        step = EACH if sum(1 for _ in each_once(ids)) == len(ids) else 1
        while together := list(islice(moves, step)):
            names, dx, dy = zip(*together, strict=True)
            yield names, dx, dy

    def inverted(self) -> Change:
        """Return the change that takes this one back."""
        if self.record_id is None:
            after = self.after or {}
            return replace(self, after={"ids": after["ids"], "dx": _back(after["dx"]), "dy": _back(after["dy"])})
        return Change(self.table, self.record_id, self.after, self.before)

    def commitment(self, salt: str) -> str:
        """Return the salted hash that stands for this change in the chain, so that its values can be removed."""
        said = [self.table, self.record_id, self.before]
        if not self.is_shift:
            return hashlib.sha256((salt + canonical([*said, self.after])).encode()).hexdigest()
        made = hashlib.sha256((salt + canonical(said)[:-1] + ",").encode())
        for part in canonical_parts(self.after):
            made.update(part.encode())
        made.update(b"]")
        return made.hexdigest()


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the user did. `kind`: create, do, undo, redo, import, merge; `target` names what an undo took back.

    `salts` has one for each row of the log, `spans` how many changes each row takes in, `touched` the tables where they
    are known already.
    """

    id: str
    label_key: str
    label_values: dict[str, Any]
    kind: str
    target: str | None
    author_id: str
    session_id: str
    counter: int
    at: str
    group: str | None
    parents: tuple[str, ...]
    prev: str | None
    changes: tuple[Change, ...] = field(default=(), compare=False)
    salts: tuple[str, ...] = field(default=(), compare=False)
    spans: tuple[int, ...] = field(default=(), compare=False)
    commitments: tuple[str, ...] = field(default=(), compare=False)
    touched: frozenset[str] = field(default=frozenset(), compare=False)
    hash: str = ""

    @property
    def label(self) -> str:
        """Return what was done, in words without any text of a record."""
        return label(self.label_key, self.label_values)

    def digest(self, commitments: Sequence[str]) -> str:
        """Return the SHA-256 over the canonical header and the commitments of the rows."""
        header = [
            self.id, self.label_key, self.label_values, self.kind, self.target, self.author_id, self.session_id,
            self.counter, self.at, self.group, list(self.parents), self.prev, list(commitments),
        ]  # fmt: skip
        return hashlib.sha256(canonical(header).encode()).hexdigest()

    @property
    def size(self) -> int:
        """Return how many records this changes."""
        return len(self.changes) + sum(len(change.ids()) - 1 for change in self.changes if change.is_shift)

    @property
    def is_bulk(self) -> bool:
        """Tell whether this changes so much that it is quicker to look at everything anew."""
        return len(self.changes) > BULK or any(change.is_shift and len(change.ids()) > BULK for change in self.changes)

    def tables(self) -> set[str]:
        """Return the names of the tables that this touches."""
        return set(self.touched) or {change.table for change in self.changes}

    def ids(self, table: str) -> set[str]:
        """Return the ids of the records of one table that this touches."""
        return {record_id for change in self.changes if change.table == table for record_id in change.ids()}


def label(key: str, values: dict[str, Any]) -> str:
    """Fill a label's template; a brace that names none of the values stands as it is.

    Only whole names are filled in: a template may come from a stranger's file, and `format` would follow its dots.
    A number of one takes the singular: "Move {n} cards" becomes “Move 1 card”; a thousand is “1,000”.
    """
    return _ONE.sub(r"1 \1", _SLOT.sub(lambda found: _filled(values.get(found[1], found[0])), key))


def _filled(value: Any) -> str:
    return f"{value:,}" if type(value) is int else str(value)


def check_move(after: object) -> None:
    """Raise `ValueError` for what cannot be the `after` of a move of several records."""
    ids = after.get("ids") if isinstance(after, dict) else None
    if not isinstance(after, dict) or not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise ValueError("a move of nothing")
    for by in (after.get("dx"), after.get("dy")):
        if isinstance(by, list) and len(by) != len(ids):
            raise ValueError("a move with too few or too many distances")
        if not all(type(one) in (int, float) for one in (by if isinstance(by, list) else [by])):
            raise ValueError("a move by no distance")


def _each(by: float | list[float]) -> Iterable[float]:
    return by if isinstance(by, list) else repeat(by)


def _back(by: float | list[float]) -> float | list[float]:
    return [-one for one in by] if isinstance(by, list) else -by


def inverted(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that take these back, in the order in which they must be applied."""
    return tuple(change.inverted() for change in reversed(list(changes)))


_ORDER: Final = {table: place for place, table in enumerate(TABLES)}


def ordered(changes: list[Change]) -> tuple[Change, ...]:
    """Sort changes so that creations go from boards to what stands on them, deletions the other way round."""
    made = [change for change in changes if change.after is not None]
    gone = [change for change in changes if change.after is None]
    made.sort(key=lambda change: _ORDER[change.table])
    gone.sort(key=lambda change: -_ORDER[change.table])
    return (*made, *gone)
