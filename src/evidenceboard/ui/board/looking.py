"""Moving the view of a board: by pixels, to a place, to a card."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF

from evidenceboard.ui.board import motion
from evidenceboard.ui.board.nearest import first
from evidenceboard.ui.board.places import Places


class Looking(Places):
    """A widget whose camera can be moved; `_camera_moved` shows what is seen then."""

    is_whole: bool
    """All of the board is known."""
    glowing: frozenset[int]
    """The slots of cards that somebody has just been led to."""
    _flight: tuple[str, ...] = ()
    """The cards to fly to as soon as they are known."""

    def _camera_moved(self, zoomed: bool) -> None:
        raise NotImplementedError

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the board by pixels of the widget."""
        self.camera.pan(dx, dy)
        self._camera_moved(False)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Make the board larger or smaller, keeping the point under `at` (the middle) where it is."""
        self.camera.zoom_to(self.zoom * factor, at if at is not None else QPointF(self.width() / 2, self.height() / 2))
        self._camera_moved(True)

    def put_camera(self, zoom: float, x: float, y: float) -> None:
        """Stand at a zoom, with a board point in the upper left corner."""
        self.camera.put(zoom, x, y)
        self._camera_moved(True)

    def centre_on(self, point: QPointF) -> None:
        """Put a board point into the middle."""
        self.camera.centre_on(point.x(), point.y())
        self._camera_moved(False)

    def hundred_percent(self) -> None:
        """Show the board at 100 %."""
        self.zoom_by(1 / self.zoom)

    def fit(self) -> bool:
        """Show the whole board; where it is too large for that, the cards nearest its middle. Tell which it was."""
        bounds = self.scene.bounds()
        if bounds is None:
            self.put_camera(1.0, -self.width() / 2, -self.height() / 2)
            return True
        self.put_camera(*self.camera.fitting(bounds))
        left, top, right, bottom = bounds
        if self.visible_area().contains(QRectF(left, top, right - left, bottom - top)):
            return True
        slot = first(self.scene, (left + right) / 2, (top + bottom) / 2)
        if slot is not None:
            x, y, w, h = self.scene.box[:, slot].tolist()
            self.centre_on(QPointF(x + w / 2, y + h / 2))
        return False

    def fit_selection(self) -> None:
        """Show what is selected."""
        box = motion.box_of_selection(self)
        if box is not None:
            motion.fly(self, *self.camera.fitting(box))

    def fly_to(self, card_ids: Iterable[str]) -> None:
        """Bring cards into view, readable, and let them glow for a moment."""
        wanted = tuple(card_ids)
        slots = [slot for card_id in wanted if (slot := self.scene.slot_of.get(card_id)) is not None]
        if not self.is_whole and len(slots) < len(wanted):
            self._flight = wanted
        else:
            motion.fly_to(self, slots)

    def fly_to_frame(self, frame_id: str) -> None:
        """Bring a frame into view, as large as it shows: a folded one is a bar."""
        place = next((place for place, frame in enumerate(self.scene.frames) if frame.id == frame_id), None)
        if place is not None:
            motion.fly_over(self, self.scene.frame_box(place))

    def reveal(self, card_id: str) -> None:
        """Move the view just as far as it takes to show a card."""
        slot = self.scene.slot_of.get(card_id)
        if slot is not None:
            motion.reveal(self, slot)
