"""Where a card or frame lies that was deleted and is there again: moves say only how far, so they are added up."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from evidenceboard.merge.effects import Effects, Key
from evidenceboard.merge.lines import Lines
from evidenceboard.model.conflicts import Row

Move = tuple[int, float, float]
"""An operation, and how far it moved a record, in board units."""


def moves_of(found: Effects, keys: Collection[Key]) -> dict[Key, list[Move]]:
    """Return how far each of some records was moved by moves of several."""
    made: dict[Key, list[Move]] = {}
    for index, change in found.shifts:
        for record_id, dx, dy in change.moves():
            key = (change.table, record_id)
            if key in keys:
                made.setdefault(key, []).append((index, dx, dy))
    return made


class Places:
    """Work out one coordinate after any of the operations that are looked at, in board units."""

    def __init__(self, lines: Lines, found: Effects, moves: Iterable[Move], key: Key, name: str) -> None:
        """`moves` are those of the record in moves of several."""
        self._lines = lines
        steps = found.done.get(key, ())
        self._set = {index: after[name] for index, _, after in steps if after is not None and name in after}
        self._moved = {index: (dx if name == "x" else dy) for index, dx, dy in moves}
        self._seen = [(index, before[name]) for index, before, _ in steps if before is not None and name in before]

    def last(self, rows: Iterable[Row], name: str) -> float | None:
        """Return the coordinate that was given with the highest rank, None where none was."""
        events = {**self._moved, **self._set}
        if not events:
            return None
        rooted, by = self._resolved(max(events, key=self._lines.rank))
        return by + (0.0 if rooted else self._base(rows, name))

    def _resolved(self, index: int) -> tuple[bool, float]:
        """Return whether a coordinate is known as it is, and it, or else how far it is from where all began."""
        by = 0.0
        while index not in self._set:
            by += self._moved[index]
            latest = self._latest(index)
            if latest is None:
                return False, by
            index = latest
        return True, self._set[index] + by

    def _latest(self, index: int) -> int | None:
        past = [one for one in {**self._moved, **self._set} if self._lines.before(one, index)]
        return max(past, key=self._lines.rank) if past else None

    def _base(self, rows: Iterable[Row], name: str) -> float:
        """Return where it lay before: what an operation found there tells it, less what it had been moved by then."""
        for index, value in self._seen:
            latest = self._latest(index)
            rooted, by = (False, 0.0) if latest is None else self._resolved(latest)
            if not rooted:
                return float(value - by)
        return float(next(iter(rows)).get(name, 0.0))
