"""What of the board one wants to see now: which cards are left out and which recede, and why. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.model.scene import Scene
from evidenceboard.model.values import dataclass

Mask = NDArray[np.bool_]
TIMELINE: Final = "timeline"
"""The name of what the timeline wishes to see."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Entities that somebody wants to see, and the words that tell why the others are not there.

    `cards` finds more of them as the slots of a board, for a part that has its answer in arrays.
    """

    entities: frozenset[str]
    said: str = ""
    cards: Callable[[Scene], Mask] | None = None
    _known: list[tuple[Scene, int, int, Mask]] = field(default_factory=list, compare=False, repr=False)

    def within(self, scene: Scene) -> Mask:
        """Return the slots of a board that the wish is for."""
        named = self._named(scene)
        return named if self.cards is None else named | self.cards(scene)

    def _named(self, scene: Scene) -> Mask:
        # Slots are never used again, so a board with as many of them and as many cards has the same cards in them.
        key = (scene, scene.n, len(scene.slot_of_entity))
        if not self._known or self._known[0][:3] != key:
            self._known[:] = [(*key, slots_of(scene, self.entities))]
        return self._known[0][3]


def slots_of(scene: Scene, entities: Iterable[str]) -> Mask:
    """Return which slots of a board hold the cards of some entities."""
    # What has no card here is marked in one slot more, which is then cut off.
    marked = np.zeros(scene.n + 1, np.bool_)
    marked[np.fromiter(map(scene.slot_of_entity.get, entities, repeat(-1)), np.intp)] = True
    return marked[:-1]


class Sight(QObject):
    """Hold the wishes of the parts of a window by their names; cards outside any of them are left out, or recede.

    Wishes end one by one with Esc, the newest first, and those that leave cards out all at once when somebody asks to
    see what is hidden. A guest is an entity that is seen whatever is wished, until something else is asked for.
    """

    changed = Signal()
    """The board looks different now."""
    ended = Signal(str)
    """Esc ended the wish of this name: the part that had it lets go of what it had chosen."""
    left = Signal()
    """Everything is shown again because somebody asked for it: every part lets go of what it left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._only: dict[str, Wish] = {}
        self._bright: dict[str, Wish] = {}
        self._order: list[str] = []
        self._guests: set[str] = set()

    def only(self, name: str, entities: Iterable[str] | None, said: str = "", *, anew: bool = False) -> None:
        """Leave out every card but those of some entities; None takes the wish back.

        `anew`: it is another question than before, not the same one after a change, so guests of before have to go.
        """
        self._wish(self._only, name, None if entities is None else Wish(frozenset(entities), said), anew)

    def bright(self, name: str, entities: Iterable[str] | None, said: str = "", *, anew: bool = False) -> None:
        """Let every card but those of some entities recede; None takes the wish back. `anew` as for `only`."""
        self._wish(self._bright, name, None if entities is None else Wish(frozenset(entities), said), anew)

    def bright_cards(self, name: str, cards: Callable[[Scene], Mask], said: str = "") -> None:
        """Let every card recede but those in the slots that `cards` finds, on whatever board is shown."""
        self._wish(self._bright, name, Wish(frozenset(), said, cards), False)

    def _wish(self, wishes: dict[str, Wish], name: str, wanted: Wish | None, anew: bool) -> None:
        if wanted == wishes.get(name) and not (anew and self._guests):
            return
        if wanted is None:
            del wishes[name]
        else:
            wishes[name] = wanted
        if not self.is_wished(name):
            self._order.remove(name)
        elif name not in self._order:
            self._order.append(name)
        if anew or not self._order:
            self._guests.clear()
        self.changed.emit()

    def end_newest(self) -> bool:
        """End the wish that came last, as Esc does; return whether there was one. Every part may have one at a time."""
        if not self._order:
            return False
        name = self._order.pop()
        self._only.pop(name, None)
        self._bright.pop(name, None)
        if not self._order:
            self._guests.clear()
        self.ended.emit(name)
        self.changed.emit()
        return True

    def show_all(self) -> None:
        """Leave nothing out any more."""
        if self._only:
            self._only.clear()
            self._order = [name for name in self._order if name in self._bright]
            self._guests.clear()
            self.left.emit()
            self.changed.emit()

    def is_wished(self, name: str) -> bool:
        """Tell whether a part holds a wish."""
        return name in self._only or name in self._bright

    def reasons(self) -> list[str]:
        """Return in words why cards are left out."""
        return [wish.said for wish in self._only.values() if wish.said]

    def welcome(self, operation: Operation) -> None:
        """Show what was just put onto the board, whatever is wished: nobody makes a card to have it vanish."""
        if self._order and operation.kind == "do":
            self._guests |= {
                str((change.after or {}).get("entity_id", ""))
                for change in operation.changes
                if change.table == "cards" and change.before is None and not change.is_shift
            }

    def admit(self, entity_id: str) -> bool:
        """Show an entity that somebody wants to go to; return whether its cards were left out."""
        if entity_id in self._guests or all(entity_id in wish.entities for wish in self._only.values()):
            return False
        self._guests.add(entity_id)
        self.changed.emit()
        return True

    # -- what the painter reads --------------------------------------------------------------------------------

    def left_out(self, scene: Scene) -> Mask | None:
        """Return which slots of a board are left out, None where none is."""
        return _outside(scene, self._only, self._guests)

    def receding(self, scene: Scene) -> Mask | None:
        """Return which slots of a board recede, None where none does."""
        return _outside(scene, self._bright, self._guests)


def _outside(scene: Scene, wishes: dict[str, Wish], guests: set[str]) -> Mask | None:
    """Return the slots that are outside of any wish."""
    if not wishes:
        return None
    inside = np.ones(scene.n, np.bool_)
    for wish in wishes.values():
        inside &= wish.within(scene)
    return ~(inside | slots_of(scene, guests)) if guests else ~inside
