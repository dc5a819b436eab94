"""A board in the classes of a styling: one number a card, counted in slices and kept up with operations."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.affected import affected
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Entity
from evidenceboard.model.scene import Scene
from evidenceboard.model.style_classes import StyleClass
from evidenceboard.model.styling import Styling
from evidenceboard.model.types import TYPES

SLICE: Final = 0.008
"""Seconds of counting between two looks at the window."""
_STEP: Final = 16
"""Cards between two looks at the clock."""


class Styled:
    """Hold the class of each card of a board, by slot.

    `of` is the place of the class in the styling's classes, `pending` where it is not counted yet. `painted` is the
    same, but for cards that a hand has coloured: `pending + 1` and more, the place in `by_hand` after that.
    """

    def __init__(self, styling: Styling, document: Document, scene: Scene, first: Iterable[int] = ()) -> None:
        """Begin to count; `first` are the slots that are looked at."""
        self.styling = styling
        self.pending = len(styling.classes)
        self.by_hand: list[str] = []
        self._document, self._scene = document, scene
        self.of: NDArray[np.int16] = np.zeros(0, np.int16)
        self.painted: NDArray[np.int16] = np.zeros(0, np.int16)
        self._todo: list[int] = []
        self._begin(first)

    def _begin(self, first: Iterable[int]) -> None:
        scene = self._scene
        self.of = np.full(scene.n, self.pending, np.int16)
        self._doubt(np.arange(scene.n), first)

    def _doubt(self, slots: NDArray[np.intp], first: Iterable[int] = ()) -> None:
        """Note slots that are to be counted (anew); what no class can be other for is known at once."""
        if self.styling.is_plain:
            self.of = self._scene.type[: self._scene.n].copy()
        else:
            within = self._within()[self._scene.type[slots]]
            self.of[slots[~within]] = self.pending - 1
            soon = set(first)
            rest = slots[within].tolist()
            self._todo = [*(slot for slot in rest if slot not in soon), *(slot for slot in rest if slot in soon)]
        self._paint_hands()

    def _within(self) -> NDArray[np.bool_]:
        """Return for each type of entity whether the styling says anything of it; a strange type has to be asked."""
        types = self.styling.types
        said = [types is None or kind.id in types for kind in TYPES]
        return np.array([*said, True])

    # -- counting ----------------------------------------------------------------------------------------------

    @property
    def counting(self) -> bool:
        """Return whether classes are still to be counted."""
        return bool(self._todo)

    def work(self, budget: float | None = SLICE) -> bool:
        """Count for a while (None: to the end); return whether a card has another class than before."""
        if not self._todo:
            return False
        before = self.of.copy()
        end = time.perf_counter() + (budget if budget is not None else float("inf"))
        while self._todo:
            for slot in self._todo[-_STEP:]:
                self.of[slot] = self._class_of(slot)
            del self._todo[-_STEP:]
            if time.perf_counter() >= end:
                break
        self._paint_hands()
        return not np.array_equal(before, self.of)

    def _class_of(self, slot: int) -> int:
        entity = self._document.find("entities", self._scene.entity_ids[slot])
        if not isinstance(entity, Entity):
            return self.pending - 1
        return self.styling.place(self._document, entity)

    def _paint_hands(self) -> None:
        self.painted = self.of
        if self._scene.coloured:
            self.painted = self.of.copy()
            for slot, colour in self._scene.coloured.items():
                if colour not in self.by_hand:
                    self.by_hand.append(colour)
                self.painted[slot] = self.pending + 1 + self.by_hand.index(colour)

    # -- following ---------------------------------------------------------------------------------------------

    def follow(self, operation: Operation) -> None:
        """Take in an operation that document and scene have taken in.

        One slice of it is counted at once; what is more stays to be counted by `work`.
        """
        scene = self._scene
        if len(self.of) < scene.n:
            fresh = np.full(scene.n - len(self.of), self.pending, np.int16)
            self.of = np.concatenate([self.of, fresh])
        about = set() if self.styling.is_plain else affected(self._document, operation)
        if about is None:
            slots = np.flatnonzero(scene.alive[: scene.n])
        else:
            found = (scene.slot_of_entity.get(entity_id) for entity_id in about)
            slots = np.array(sorted({slot for slot in found if slot is not None} | set(self._todo)), np.intp)
        self._doubt(slots)
        self.work()

    # -- reading -----------------------------------------------------------------------------------------------

    def class_of(self, slot: int) -> StyleClass | None:
        """Return the class of a card; None while it is not counted."""
        place = int(self.of[slot])
        return self.styling.classes[place] if place < self.pending else None

    def counts(self) -> list[int]:
        """Return how many of the cards that show are in each class."""
        scene = self._scene
        found: list[int] = np.bincount(self.of[: scene.n][scene.shown], minlength=self.pending + 1).tolist()
        return found[: self.pending]

    def count_by_hand(self) -> int:
        """Return how many of the cards that show have a colour from a hand."""
        shown = self._scene.shown
        return sum(1 for slot in self._scene.coloured if shown[slot])

    def slots_in(self, places: Iterable[int]) -> NDArray[np.intp]:
        """Return the slots of the cards on the board that are in some classes, shown or not."""
        scene = self._scene
        return np.flatnonzero(np.isin(self.of[: scene.n], list(places)) & scene.alive[: scene.n])
