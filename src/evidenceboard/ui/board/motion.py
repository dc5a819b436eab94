"""Flying to a place: 120 ms at most, none where the system asks for less."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QTimer, QVariantAnimation
from PySide6.QtWidgets import QWidget

from evidenceboard.model.boxes import Box, around

if TYPE_CHECKING:
    from evidenceboard.ui.board.looking import Looking

FLIGHT: Final = 120
"""Milliseconds that a flight takes."""
GLOW: Final = 900
READABLE: Final = 0.8
_MARGIN: Final = 48.0
_AROUND: Final = 60.0
_ABOVE: Final = 140.0
"""Board units around cards that are brought into view; above them the board says what is shown."""


def is_wanted(widget: QWidget) -> bool:
    """Return whether what moves may be seen moving: not before it is shown, nor where the system asks for less."""
    from PySide6.QtWidgets import QStyle  # the first frame need not wait for its many enumerations

    return widget.isVisible() and bool(widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animate))


def box_of(canvas: Looking, slots: Sequence[int] | NDArray[Any]) -> Box | None:
    """Return the box around cards, in board units."""
    return canvas.scene.extent(np.asarray(slots, np.intp)) if len(slots) else None


def box_of_selection(canvas: Looking) -> Box | None:
    """Return the box around the selected cards and frames and both ends of the selected links."""
    scene, selection = canvas.scene, canvas.shell.selection
    links = [index for link_id in selection.links if (index := scene.index_of.get(link_id)) is not None]
    slots = np.concatenate([canvas.selected_array(), scene.ends[:, links].ravel()])
    boxes = [scene.frame_box(index) for index, frame in enumerate(scene.frames) if frame.id in selection.frames]
    cards = box_of(canvas, slots)
    return around([*boxes, cards] if cards is not None else boxes)


def fly(canvas: Looking, zoom: float, x: float, y: float) -> None:
    """Move the view to a zoom and upper left corner."""
    stop(canvas)
    if not is_wanted(canvas):
        canvas.put_camera(zoom, x, y)
        return
    camera = canvas.camera
    start = (camera.zoom, camera.x, camera.y)
    flight = QVariantAnimation(canvas)
    flight.setObjectName("flight")
    flight.setDuration(FLIGHT)
    flight.setStartValue(0.0)
    flight.setEndValue(1.0)
    flight.setEasingCurve(QEasingCurve.Type.OutCubic)

    def step(share: float) -> None:
        if share >= 1.0:
            canvas.put_camera(zoom, x, y)
            return
        there = [old + (new - old) * share for old, new in zip(start, (zoom, x, y), strict=True)]
        canvas.put_camera(*there)

    flight.valueChanged.connect(step)
    flight.start(QVariantAnimation.DeletionPolicy.DeleteWhenStopped)


def stop(canvas: Looking) -> None:
    """End a flight where it is."""
    for flight in canvas.findChildren(QVariantAnimation, "flight"):
        flight.stop()


def is_moving(canvas: Looking) -> bool:
    """Return whether a flight is under way."""
    flights = canvas.findChildren(QVariantAnimation, "flight")
    return any(flight.state() == QVariantAnimation.State.Running for flight in flights)


def fly_to(canvas: Looking, slots: list[int]) -> None:
    """Bring cards into the middle, readable where that is possible, and let them glow for a moment."""
    box = box_of(canvas, slots)
    if box is not None:
        fly_over(canvas, box)
        canvas.glowing = frozenset(slots)
        QTimer.singleShot(GLOW, canvas, lambda: _fade(canvas, frozenset(slots)))


def fly_over(canvas: Looking, box: Box) -> None:
    """Bring a part of the board into the middle, readable where that is possible."""
    zoom, x, y = canvas.camera.fitting(box)
    now = canvas.zoom
    if now <= zoom:
        # All of them fit at the present zoom: keep it, unless it is too small to read.
        zoom = max(now, min(READABLE, zoom))
        size = canvas.camera.size
        x = (box[0] + box[2]) / 2 - size.width() / zoom / 2
        y = (box[1] + box[3]) / 2 - size.height() / zoom / 2
    fly(canvas, zoom, x, y)


def _fade(canvas: Looking, slots: frozenset[int]) -> None:
    if canvas.glowing == slots:
        canvas.glowing = frozenset()
        canvas.update()


def bring_into_view(canvas: Looking, slots: Iterable[int]) -> None:
    """Show all of some cards, with room around them for what is said of them; a view that does already stays."""
    box = box_of(canvas, list(slots))
    if box is None:
        return
    left, top, right, bottom = box
    if not canvas.visible_area().contains(QRectF(QPointF(left, top), QPointF(right, bottom))):
        fly(canvas, *canvas.camera.fitting((left - _AROUND, top - _ABOVE, right + _AROUND, bottom + _AROUND)))


def reveal(canvas: Looking, slot: int) -> None:
    """Move the view just as far as it takes to show a card."""
    rect = canvas.rect_on_screen(slot).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    dx = max(0.0, -rect.left()) or min(0.0, canvas.width() - rect.right())
    dy = max(0.0, -rect.top()) or min(0.0, canvas.height() - rect.bottom())
    if dx or dy:
        camera = canvas.camera
        fly(canvas, camera.zoom, camera.x - dx / camera.zoom, camera.y - dy / camera.zoom)
