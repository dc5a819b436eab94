"""The ids of cards of a scene, told by where they stand in it: a set that is written out only where that is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import marked

if TYPE_CHECKING:
    from evidenceboard.model.scene import Scene

Marks = NDArray[np.bool_]
_PART: Final = 1000
_HOW: Final[dict[str, Callable[[Marks, Marks], Marks]]] = {
    "|": np.logical_or,
    "^": np.logical_xor,
    "-": np.greater,
    "&": np.logical_and,
}


class CardsAt(AbstractSet[str]):
    """Hold the ids in some slots of a scene: to set down a million of them Python needs a tenth of a second.

    It stays the same set whatever becomes of the scene: a slot keeps its id, and a card that comes back gets a new one.
    """

    __slots__ = ("_inside", "_scene", "_standing", "_written", "slots")

    def __init__(self, scene: Scene, slots: NDArray[np.intp]) -> None:
        """`slots`: of cards that are on the board, each once, in an array that nobody may change."""
        self._scene, self.slots = scene, slots
        self._inside: Marks | None = None
        self._written: frozenset[str] | None = None
        self._standing = (0, False)

    def __len__(self) -> int:
        return len(self.slots)

    def __iter__(self) -> Iterator[str]:
        ids = self._scene.card_ids
        for start in range(0, len(self.slots), _PART):
            yield from map(ids.__getitem__, self.slots[start : start + _PART].tolist())

    def __contains__(self, one: object) -> bool:
        if self._written is None:
            inside, slot = self._marks(), self._scene.slot_of.get(one) if isinstance(one, str) else None
            if slot is not None and slot < len(inside):
                return bool(inside[slot])
            # It has left the board since, or has come back to it, or never was there.
            self._written = frozenset(self)
        return one in self._written

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CardsAt):
            return super().__eq__(other)
        if len(self) != len(other):
            return False
        if self._is_of(other._scene):
            return np.array_equal(self._marks(), other._marks())
        return frozenset(self) == frozenset(other)

    def __hash__(self) -> int:
        return self._hash()

    def __or__(self, other: AbstractSet[Any]) -> AbstractSet[Any]:
        made = self._joined(other, "|")
        return frozenset(self) | other if made is None else made

    def __xor__(self, other: AbstractSet[Any]) -> AbstractSet[Any]:
        made = self._joined(other, "^")
        return frozenset(self) ^ other if made is None else made

    def __sub__(self, other: AbstractSet[Any]) -> AbstractSet[Any]:
        made = self._joined(other, "-")
        return frozenset(self) - other if made is None else made

    def __and__(self, other: AbstractSet[Any]) -> AbstractSet[Any]:
        made = self._joined(other, "&")
        return frozenset(self) & other if made is None else made

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> AbstractSet[Any]:
        return frozenset(it)

    def slots_in(self, scene: Scene) -> NDArray[np.intp] | None:
        """Return the slots where they are those of a scene and all of the cards are there still; else None."""
        if not self._is_of(scene):
            return None
        if self._standing[0] != scene.version:
            self._standing = (scene.version, bool(scene.alive[self.slots].all()))
        return self.slots if self._standing[1] else None

    def move_to(self, same: CardsAt) -> None:
        """Be told from now on by where the same cards stand in another scene; the one before may go."""
        self._scene, self.slots, self._inside, self._standing = same._scene, same.slots, None, (0, False)

    def _is_of(self, scene: Scene) -> bool:
        return scene.card_ids is self._scene.card_ids

    def _joined(self, other: AbstractSet[Any], how: str) -> CardsAt | None:
        """Return both sets joined, where the other one too can be told by slots."""
        if self.slots_in(self._scene) is None:
            return None
        slots = other.slots_in(self._scene) if isinstance(other, CardsAt) else self._slots_of(other)
        if slots is None:
            return None
        n = self._scene.n
        return CardsAt(self._scene, np.flatnonzero(_HOW[how](marked(n, self.slots), marked(n, slots))))

    def _slots_of(self, ids: AbstractSet[Any]) -> NDArray[np.intp] | None:
        found = list(map(self._scene.slot_of.get, ids))
        return None if None in found else np.array(found, np.intp)

    def _marks(self) -> Marks:
        """Return which slots up to the last one are meant."""
        if self._inside is None:
            self._inside = marked(int(self.slots.max(initial=-1)) + 1, self.slots)
        return self._inside
