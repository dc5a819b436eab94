"""The cards of one board, and where they lie: what is asked of them by place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.boxes import Box, Floats, Ints, once
from evidenceboard.model.by_left import ByLeft
from evidenceboard.model.stacking import Stacking


class CardBoxes:
    """Know which cards show, which of them touch an area, and which lies above which. The first `n` slots count."""

    n: int
    box: Floats
    z: Ints
    alive: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    left_out: NDArray[np.bool_]
    _stacking: Stacking | None
    version: int
    _by_left: ByLeft | None = None
    _extent: tuple[NDArray[np.intp] | None, int, Box] = (None, 0, (0.0, 0.0, 0.0, 0.0))

    def _forget_where(self) -> None:
        """Note that cards may lie anywhere by now."""
        self._stacking = self._by_left = None
        self._extent = (None, 0, (0.0, 0.0, 0.0, 0.0))

    @property
    def shown(self) -> NDArray[np.bool_]:
        """Return which slots hold a card that shows."""
        made: NDArray[np.bool_] = self.alive[: self.n] & ~(self.hidden | self.left_out)[: self.n]
        return made

    def extent(self, slots: NDArray[np.intp]) -> Box:
        """Return the box around the cards in some slots; asked for the same array again, it is known."""
        known, version, box = self._extent
        if known is not slots or version != self.version:
            x, y, w, h = (row[slots] for row in self.box)
            box = (float(x.min()), float(y.min()), float((x + w).max()), float((y + h).max()))
            self._extent = (slots, self.version, box)
        return box

    def order(self) -> Ints:
        """Return the slots of the cards that show, the hindmost first."""
        return self._stacked().order

    def _stacked(self) -> Stacking:
        if self._stacking is None:
            self._stacking = Stacking(self.z[: self.n], self.shown, self.box)
        return self._stacking

    def cards_in(self, area: Box) -> Ints:
        """Return the slots of the cards that touch an area, the hindmost first."""
        near = self._near(area)
        if near is None:
            return self._stacked().touching(area)
        found = once(near)
        made: Ints = found[np.argsort(self.z[found], kind="stable")]
        return made

    def is_covered(self, area: Box) -> bool:
        """Tell whether any card touches an area."""
        near = self._near(area)
        return len(self._stacked().touching(area) if near is None else near) > 0

    def _near(self, area: Box) -> Ints | None:
        """Return the slots of the cards that touch an area, some of them twice; None where they are not sorted."""
        near = self._by_left.near(area) if self._by_left is not None else None
        if near is None:
            return None
        y, h = self.box[1].take(near), self.box[3].take(near)
        near = near[(y < area[3]) & (y + h > area[1])]
        x, w = self.box[0].take(near), self.box[2].take(near)
        near = near[(x < area[2]) & (x + w > area[0])]
        made: Ints = near[self.alive[near] & ~(self.hidden[near] | self.left_out[near])]
        return made

    def card_at(self, x: float, y: float) -> int | None:
        """Return the slot of the foremost card at a point."""
        found = self.cards_in((x, y, np.nextafter(x, np.inf), np.nextafter(y, np.inf)))
        return int(found[-1]) if len(found) else None
