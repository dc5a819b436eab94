"""What is noted of records so that nobody has to go through all of them: markings, twins, heights of cards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import cast

from evidenceboard.model.deception import TWIN_OF
from evidenceboard.model.heights import Heights
from evidenceboard.model.kept_lookup import KeptTable
from evidenceboard.model.records import Card, Entity, Link, Record


class Noted:
    """Ids of the few entities and links that have a marking of their own, of twins, and how high cards lie."""

    def __init__(self) -> None:
        self.marked: dict[str, dict[str, None]] = {"entities": {}, "links": {}}
        self.twins: dict[str, None] = {}
        self.heights: dict[str, Heights] = {}
        """By board."""

    def fill(self, table: str, records: Sequence[Record]) -> None:
        """Note many records that are new."""
        if table in self.marked and any(map(attrgetter("marking"), records)):
            found = cast("Sequence[Entity | Link]", records)
            self.marked[table].update((one.id, None) for one in found if one.marking)
        if table == "entities":
            self.twins.update((one.id, None) for one in cast("Sequence[Entity]", records) if TWIN_OF in one.props)
        if table == "cards":
            for board_id, cards in groupby(cast("Sequence[Card]", records), attrgetter("board_id")):
                self.heights.setdefault(board_id, Heights()).fill(card.z for card in cards)

    def keep(self, table: str, held: KeptTable) -> None:
        """Take over what was noted of a table when it was read."""
        if table in self.marked:
            self.marked[table] = dict.fromkeys(held.marked)
        if table == "entities":
            self.twins = dict.fromkeys(held.twins)
        if table == "cards":
            self.heights = dict(held.heights)

    def note(self, table: str, record_id: str, old: Record | None, new: Record | None) -> None:
        """Follow a record."""
        if table == "cards":
            self._note_height(cast("Card | None", old), cast("Card | None", new))
        elif table in self.marked:
            _keep(self.marked[table], record_id, there=bool(getattr(new, "marking", "")))
        if table == "entities":
            _keep(self.twins, record_id, there=new is not None and TWIN_OF in cast(Entity, new).props)

    def copied(self) -> Noted:
        """Return another one that holds the same."""
        made = Noted()
        made.marked = {name: dict(marked) for name, marked in self.marked.items()}
        made.twins = dict(self.twins)
        made.heights = {board_id: heights.copied() for board_id, heights in self.heights.items()}
        return made

    def _note_height(self, was: Card | None, now: Card | None) -> None:
        if was and now and (was.board_id, was.z) == (now.board_id, now.z):
            return
        for board_id in {card.board_id for card in (was, now) if card}:
            heights = self.heights.setdefault(board_id, Heights())
            heights.change(*(card.z if card and card.board_id == board_id else None for card in (was, now)))


def _keep(ids: dict[str, None], record_id: str, *, there: bool) -> None:
    if there:
        ids[record_id] = None
    else:
        ids.pop(record_id, None)
