"""Where things are on a board that is shown: between pixels of the widget and units of the board."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF
from PySide6.QtWidgets import QWidget

from evidenceboard.model.records import Entity
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.line_pieces import thinning_of
from evidenceboard.ui.board.camera import Camera
from evidenceboard.ui.board.layer import Layer
from evidenceboard.ui.shell import Shell

_NEAR: Final = 6.0
"""Pixels from a line within which it is under the pointer."""


class Places(QWidget):
    """A widget that shows a board through a camera."""

    shell: Shell
    camera: Camera
    scene: Scene
    picture: Picture
    is_whole: bool
    _layer: Layer | None
    _chosen: tuple[AbstractSet[str] | None, Scene | None, int, NDArray[np.intp]] = (None, None, 0, np.zeros(0, np.intp))
    """What was selected when it was last asked, in which scene, as which it was, and in which slots that is."""

    @property
    def routes(self) -> Routes:
        """Return the lines of the links as they are now."""
        return self.picture.routes

    @property
    def zoom(self) -> float:
        return self.camera.zoom

    def to_board(self, at: QPointF) -> QPointF:
        """Return the board point under a pixel of the widget."""
        return self.camera.to_board(at)

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return the pixel of the widget over a board point."""
        return self.camera.to_screen(x, y)

    def box_on_screen(self, left: float, top: float, right: float, bottom: float) -> QRectF:
        """Return a box of the board in pixels of the widget."""
        return QRectF(self.to_screen(left, top), self.to_screen(right, bottom))

    def rect_on_screen(self, slot: int) -> QRectF:
        """Return a card in pixels of the widget, where it is shown now."""
        x, y, w, h = self.scene.box[:, slot]
        if self._layer is not None and self._layer.holds(slot):
            x, y = x + self._layer.dx, y + self._layer.dy
        return QRectF(self.to_screen(x, y), QSizeF(w * self.zoom, h * self.zoom))

    def visible_area(self) -> QRectF:
        """Return the part of the board that is seen, in board units."""
        return self.camera.visible()

    def slot_at(self, x: float, y: float) -> int | None:
        """Return the slot of the foremost card at a board point."""
        return self.scene.card_at(x, y)

    def link_at(self, x: float, y: float) -> str | None:
        """Return the id of the link at a board point, at most six pixels away; what is not drawn is not hit."""
        within, pieces, scale = _NEAR / self.zoom, self.picture.pieces, self.camera.view().scale
        here = (x - within, y - within, x + within, y + within)
        if pieces is not None and pieces.serves(self.picture, scale, here):
            index = pieces.nearest(x, y, within)
        else:
            thinning = thinning_of(self.picture)
            if not thinning.is_ready(scale):
                return None  # which lines there are is worked out before they are painted; no pointer waits for that
            index = self.routes.at(x, y, within, thinning.crossing((x, y, x, y), within, scale))
        return None if index is None else self.scene.link_ids[index]

    def lines_drawn(self) -> tuple[int, int, bool]:
        """Return how many links are drawn one by one now, of how many that show, and whether long ones are faint.

        Nothing is counted before the whole board is known.
        """
        if not self.is_whole:
            return 0, 0, False
        thinning, scale = thinning_of(self.picture), self.camera.view().scale
        links = int(np.count_nonzero(self.routes.shown))
        return links - thinning.not_drawn(scale), links, thinning.has_faint(scale)

    def frame_at(self, x: float, y: float) -> int | None:
        """Return the index of the foremost frame at a board point."""
        return self.scene.frame_at(x, y)

    def card_at(self, point: QPoint | QPointF) -> str | None:
        """Return the number of the card at a pixel of the widget, or None."""
        at = self.to_board(QPointF(point))
        slot = self.slot_at(at.x(), at.y())
        entity = None if slot is None else self.shell.document.find("entities", self.scene.entity_ids[slot])
        return entity.number if isinstance(entity, Entity) else None

    def rect_of(self, number: str) -> QRect:
        """Return the card of an entity in pixels of the widget; empty where it has none on this board."""
        slot = self.scene.slot_of_entity.get(self.shell.document.entity(number).id)
        return QRect() if slot is None else self.rect_on_screen(slot).toRect()

    def selected_slots(self) -> list[int]:
        """Return the slots of the selected cards that show on this board."""
        found: list[int] = self.selected_array().tolist()
        return found

    def selected_array(self) -> NDArray[np.intp]:
        """Return the same as an array: all of a large board can be selected."""
        scene, cards = self.scene, self.shell.selection.cards
        if not (cards is self._chosen[0] and (scene, scene.version) == self._chosen[1:3]):
            slots = scene.slots_as_array(cards)
            seen = scene.shown[slots]
            self._chosen = (cards, scene, scene.version, slots if seen.all() else slots[seen])
        return self._chosen[3]
