"""What of the board one wants to see now: which cards are left out and which recede, and why. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.model.scene import Scene

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wish:
    """Entities that somebody wants to see, and the words that tell why the others are not there.

    `cards` finds more of them as the slots of a board, for a part that has its answer in arrays.
    """

    entities: frozenset[str]
    said: str = ""
    cards: Callable[[Scene], Mask] | None = None

    def within(self, scene: Scene) -> Mask:
        """Return the slots of a board that the wish is for."""
        made = np.zeros(scene.n, np.bool_) if self.cards is None else self.cards(scene)
        made[[slot for one in self.entities if (slot := scene.slot_of_entity.get(one)) is not None]] = True
        return made


class Sight(QObject):
    """Hold the wishes of the parts of a window by their names; cards outside any of them are left out, or recede.

    `changed` tells that the board looks different now; `left` that everything is shown again because somebody asked
    for it: the parts then let go of what they had chosen.
    """

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._only: dict[str, Wish] = {}
        self._bright: dict[str, Wish] = {}

    def only(self, name: str, entities: Iterable[str] | None, said: str = "") -> None:
        """Leave out every card but those of some entities; None takes the wish back."""
        self._wish(self._only, name, None if entities is None else Wish(frozenset(entities), said))

    def bright(self, name: str, entities: Iterable[str] | None, said: str = "") -> None:
        """Let every card but those of some entities recede; None takes the wish back."""
        self._wish(self._bright, name, None if entities is None else Wish(frozenset(entities), said))

    def bright_cards(self, name: str, cards: Callable[[Scene], Mask], said: str = "") -> None:
        """Let every card recede but those in the slots that `cards` finds, on whatever board is shown."""
        self._wish(self._bright, name, Wish(frozenset(), said, cards))

    def _wish(self, wishes: dict[str, Wish], name: str, wanted: Wish | None) -> None:
        if wanted == wishes.get(name):
            return
        if wanted is None:
            del wishes[name]
        else:
            wishes[name] = wanted
        self.changed.emit()

    def show_all(self) -> None:
        """Leave nothing out any more."""
        if self._only:
            self._only.clear()
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
        if operation.kind != "do" or not (self._only or self._bright):
            return
        made = {
            str((change.after or {}).get("entity_id", ""))
            for change in operation.changes
            if change.table == "cards" and change.before is None and not change.is_shift
        }
        if made:
            for wishes in (self._only, self._bright):
                wishes.update({name: replace(wish, entities=wish.entities | made) for name, wish in wishes.items()})

    # -- what the painter reads --------------------------------------------------------------------------------

    def left_out(self, scene: Scene) -> Mask | None:
        """Return which slots of a board are left out, None where none is."""
        return _outside(scene, self._only)

    def receding(self, scene: Scene) -> Mask | None:
        """Return which slots of a board recede, None where none does."""
        return _outside(scene, self._bright)


def _outside(scene: Scene, wishes: dict[str, Wish]) -> Mask | None:
    """Return the slots that are outside of any wish."""
    if not wishes:
        return None
    inside = np.ones(scene.n, np.bool_)
    for wish in wishes.values():
        inside &= wish.within(scene)
    return ~inside
