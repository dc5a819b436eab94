"""The values of one field that nobody has overruled: each edit overrules what it saw, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from evidenceboard.merge.effects import Decision
from evidenceboard.merge.lines import Lines
from evidenceboard.model.conflicts import ABSENT, PROPS, Row, fields_of, same
from evidenceboard.model.values import dataclass

NOTHING: Final = object()
"""What a write saw that made the record."""
BEFORE: Final = -1
"""Stands for the operation that wrote what was there before all that is looked at."""
Steps = Sequence[tuple[int, Row | None, Row | None]]


@dataclass(frozen=True, slots=True)
class Write:
    """One value that an operation gave a field. `saw` is the value that it replaced; a decision replaces all."""

    index: int
    value: Any
    saw: Any
    decides: bool = False


def written(lines: Lines, table: str, steps: Steps) -> dict[str, list[Write]]:
    """Return who wrote what into each field of a record; making it anew writes what differs from what was deleted."""
    found: dict[str, list[Write]] = {}
    for index, before, after in steps:
        if after is None:
            continue
        # Several may have deleted it without knowing of each other, each with other values in it.
        rows: Sequence[Row | None] = _deleted(lines, steps, index) if before is None else [before]
        now = dict(fields_of(table, after))
        for row in rows or [None]:
            was = None if row is None else dict(fields_of(table, row))
            for name in {**(was or {}), **now} if PROPS in after else now:
                old, new = NOTHING if was is None else was.get(name, ABSENT), now.get(name, ABSENT)
                if not same(old, new):
                    found.setdefault(name, []).append(Write(index, new, old))
    return found


def _deleted(lines: Lines, steps: Steps, index: int) -> list[Row]:
    """Return a record as it was when it was deleted before an operation: the last time in each line of work."""
    gone = [(done, row) for done, row, left in steps if left is None and row is not None and lines.before(done, index)]
    return [row for done, row in gone if not any(lines.before(done, other) for other, _ in gone)]


def standing(
    lines: Lines, writes: Sequence[Write], decided: Sequence[Decision], known: Sequence[Write], undone: set[int]
) -> list[Write]:
    """Return the writes that nothing later has overruled.

    `known`: values that stood side by side before all that is looked at. What was undone is as if it never was.
    """
    real = [one for one in writes if lines.headers[one.index].kind not in ("undo", "redo")]
    real += [Write(one.index, one.value, NOTHING, decides=True) for one in decided]
    ruling = [one.index for one in real if one.decides]
    real = [one for one in real if one.index not in undone and (one.decides or one.index not in ruling)]
    first = next((one for one in writes if not any(lines.before(other.index, one.index) for other in writes)), None)
    base = list(known)
    if first is not None and first.saw is not NOTHING and not any(same(one.value, first.saw) for one in base):
        base.append(Write(BEFORE, first.saw, NOTHING))
    return [
        one
        for one in (*base, *real)
        if not any(
            (other.decides or same(other.saw, one.value))
            and (one.index == BEFORE or lines.before(one.index, other.index))
            for other in real
        )
    ]
