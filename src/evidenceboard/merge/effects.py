"""What the operations that are looked at together did, record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any, Final

from evidenceboard.merge.lines import Lines
from evidenceboard.model.changes import Change
from evidenceboard.model.conflicts import ABSENT, PROPS, Row
from evidenceboard.model.records import COLUMNS, TABLES
from evidenceboard.model.values import dataclass

Key = tuple[str, str]
"""A table and the id of a record."""
Rank = tuple[int, str]
_BY_COUNTER: Final[dict[str, frozenset[str]]] = {
    "boards": frozenset({"position"}),
    "cards": frozenset(COLUMNS["cards"]),
    "frames": frozenset(COLUMNS["frames"]) - {"title"},
    "assessments": frozenset({"at"}),
    "attachments": frozenset({"size", "sha256"}),
    "comments": frozenset({"resolved_by", "resolved_at"}),
    "snapshots": frozenset({"operation_id", "at"}),
}
"""Columns that nobody is asked about: the later value by counter stands."""
_CHOSEN: Final = frozenset({"title", "marking", "yardstick", "assessor"})
"""Settings that are judgements; all others are notes of the program."""
_REFERS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "cards": (("board_id", ("boards",)), ("entity_id", ("entities",)), ("frame_id", ("frames",))),
    "frames": (("board_id", ("boards",)),),
    "links": (("from_id", ("entities",)), ("to_id", ("entities",))),
    "attachments": (("entity_id", ("entities",)),),
    "assessments": (("subject_id", ("entities", "links")),),
    "comments": (("subject_id", ("boards", "entities", "cards", "links", "frames", "attachments")),),
}
FIRM: Final = frozenset({"cards", "frames", "links", "attachments"})
"""Tables whose rows cannot be there without what they refer to."""


def by_counter(table: str, record_id: str, column: str) -> bool:
    """Tell whether a column goes by the counter, so that two values of it are no conflict."""
    if table == "settings":
        return record_id not in _CHOSEN
    return column in _BY_COUNTER.get(table, ())


def references(table: str, row: Row) -> Iterator[Key]:
    """Yield the records that a row, or a part of one, may refer to."""
    for column, tables in _REFERS.get(table, ()):
        if row.get(column):
            yield from ((name, row[column]) for name in tables)


def firm_references(target: str) -> list[tuple[str, str]]:
    """Return the tables, with the column, whose rows cannot be there without what they refer to in one table."""
    return [(table, column) for table in sorted(FIRM) for column, tables in _REFERS[table] if target in tables]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a field: where, what and with which value."""

    index: int
    decision: str
    value: Any


@dataclass(slots=True)
class Effects:
    """Hold what was done to each record by operations, named by their place, oldest first.

    `done`: before and after as in the log. `moved`: the highest rank of a side's moves of several, `shifts`: all of
    these. `touched`: the
    records that each side worked on since the copies parted, mine first.
    """

    done: dict[Key, list[tuple[int, Row | None, Row | None]]] = field(default_factory=dict)
    moved: tuple[dict[Key, Rank], dict[Key, Rank]] = field(default_factory=lambda: ({}, {}))
    shifts: list[tuple[int, Change]] = field(default_factory=list)
    touched: tuple[set[Key], set[Key]] = field(default_factory=lambda: (set(), set()))
    groups: dict[int, list[Key]] = field(default_factory=dict)
    decided: dict[tuple[str, str, str], list[Decision]] = field(default_factory=dict)
    reopened: tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]] = field(
        default_factory=lambda: (set(), set())
    )

    def gone(self) -> set[Key]:
        """Return what any of the operations deleted."""
        return {key for group in self.groups.values() for key in group}


def effects(
    lines: Lines, changes: Iterable[tuple[int, Change]], mine: set[int], theirs: set[int], about: dict[str, Row]
) -> Effects:
    """Sort changes by record. `about` holds the conflicts of both files as rows, by id."""
    made = Effects()
    for index, change in changes:
        both = (change.before, change.after)
        if change.table not in TABLES or not all(isinstance(one, dict | None) for one in both):
            raise ValueError("no change of a record")
        side = 0 if index in mine else 1 if index in theirs else None
        if change.is_shift:
            rank = lines.rank(index)
            made.shifts.append((index, change))
            if side is not None:
                for record_id in change.ids():
                    key = (change.table, record_id)
                    made.moved[side][key] = max(rank, made.moved[side].get(key, rank))
                    made.touched[side].add(key)
            continue
        if change.table == "conflicts":
            _decision(made, lines, index, change, about, side)
            continue
        if change.table == "redactions" and change.after:
            _redaction(made, index, change.after, side)
        key = (change.table, str(change.record_id))
        made.done.setdefault(key, []).append((index, change.before, change.after))
        if side is not None:
            made.touched[side].add(key)
        if change.after is None:
            made.groups.setdefault(index, []).append(key)
    return made


def _decision(made: Effects, lines: Lines, index: int, change: Change, about: dict[str, Row], side: int | None) -> None:
    row = {**about.get(str(change.record_id), {}), **(change.after or {})}
    if "record_id" not in row:
        return
    name = (row["record_table"], row["record_id"], row["field"])
    if (change.after or {}).get("decision") and lines.headers[index].kind not in ("undo", "redo"):
        made.decided.setdefault(name, []).append(Decision(index, row["decision"], row.get("value")))
    elif side is not None:
        made.reopened[side].add(name)
    if side is not None:
        made.touched[side].add(name[:2])


def _redaction(made: Effects, index: int, row: Row, side: int | None) -> None:
    """Note that a value was taken out: it overrules all that were known, as a decision does."""
    table, record_id, name = str(row["record_table"]), str(row["record_id"]), str(row["field"])
    if table == "conflicts":
        return
    value = ABSENT if name.startswith(f"{PROPS}.") else ""
    made.decided.setdefault((table, record_id, name), []).append(Decision(index, "redacted", value))
    if side is not None:
        made.touched[side].add((table, record_id))
