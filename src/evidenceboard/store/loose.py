"""What points to nothing in a file that another program wrote: left out of memory, untouched on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final, cast

from evidenceboard.model.copied import changed
from evidenceboard.model.records import Card, Record

_POINTS: Final = {
    "frames": (("board_id", "boards"),),
    "cards": (("board_id", "boards"), ("entity_id", "entities")),
    "links": (("from_id", "entities"), ("to_id", "entities")),
    "attachments": (("entity_id", "entities"),),
}
_TARGETS: Final = frozenset({"boards", "entities", "frames"})


class Sieve:
    """Let those records through whose references lead somewhere, table by table, what is pointed to first.

    Views and commands may then follow every reference without asking. `problems` gets a sentence for each record that
    is left out or mended.
    """

    def __init__(self, problems: list[str]) -> None:
        self._problems = problems
        self._known: dict[str, set[str]] = {}
        self._noted: dict[str, Sequence[str]] = {}

    def note(self, table: str, ids: Sequence[str]) -> None:
        """Take note of the ids of a whole table that needs no look."""
        self._noted[table] = ids

    def knows(self, table: str, ids: Iterable[str]) -> bool:
        """Return whether a table has all of some ids."""
        return self._there(table).issuperset(ids)

    def _there(self, table: str) -> set[str]:
        # Of a large table a set is made only where something is to be looked up in it.
        if table in self._noted:
            self._known[table] = set(self._noted.pop(table))
        return self._known.get(table, set())

    def sound(self, table: str, records: list[Record]) -> list[Record]:
        """Return the records of a part of a table that may be shown."""
        for column, target in _POINTS.get(table, ()):
            there = self._there(target) if records else set[str]()
            if not there.issuperset(map(attrgetter(column), records)):
                kept = [record for record in records if getattr(record, column) in there]
                said = (
                    f"{table}: a row points to one of {target} that is not in the file; it is left untouched, not shown"
                )
                self._problems.extend([said] * (len(records) - len(kept)))
                records = kept
        if table == "cards":
            frames = {None, *self._known.get("frames", ())}
            if not frames.issuperset(map(attrgetter("frame_id"), records)):
                records = [_freed(cast(Card, card), frames, self._problems) for card in records]
        if table in _TARGETS:
            self._known.setdefault(table, set()).update(map(attrgetter("id"), records))
        return records


def _freed(card: Card, frames: set[str | None], problems: list[str]) -> Record:
    if card.frame_id in frames:
        return card
    problems.append("cards: a row names a frame that is not in the file; its card is shown without one")
    return changed(card, frame_id=None)
