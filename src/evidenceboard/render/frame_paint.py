"""Painting frames: the titled areas behind the cards that they own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from evidenceboard.model.boxes import Box, Floats
from evidenceboard.model.marks import visible
from evidenceboard.render import fonts
from evidenceboard.render.palette import over
from evidenceboard.render.view import View

if TYPE_CHECKING:
    from evidenceboard.render.board_paint import Picture

TITLE_SIZE: Final = 13.0
HAIRLINE: Final = 2 / 3
"""Half a point on paper, in board units."""
OUTSIDE: Final = 0.5
"""The scale below which a frame has no room for its title, which then stands above it."""
_HIGH: Final = TITLE_SIZE * 1.24
_INSET, _DOWN, _BESIDE = 14.0, 18.0, 3.0
"""Where a title inside begins, where its middle is below the upper edge, and the room at its sides, in board units."""
_ABOVE: Final = 20.0
"""Pixels of the target that a title above its frame needs."""


def frames_in(picture: Picture, view: View, area: Box) -> list[int]:
    """Return the indexes of the frames of which something shows in an area, but for those that a hand holds."""
    above = _ABOVE / view.scale if view.scale < OUTSIDE else 0.0
    found = picture.scene.frames_in((area[0], area[1], area[2], area[3] + above))
    return [index for index in found if picture.scene.frames[index].id not in picture.lifted_frames]


def paint_frame(painter: QPainter, picture: Picture, view: View, index: int, target: QRect | None = None) -> None:
    """Paint the area of a frame; a collapsed one is a bar. Only what lies under `target` has to be right."""
    palette, frame = picture.palette, picture.scene.frames[index]
    ground = QColor(palette.card if frame.collapsed else palette.frame)
    radius = min(10.0 * view.scale, 10.0)
    box = _box(picture, view, index)
    painter.setPen(QPen(QColor(palette.border), 1))
    painter.setBrush(ground)
    if target is not None and min(box.width(), box.height()) > 2 * radius + 4:
        _paint_part(painter, box.toRect(), radius, target)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _paint_part(painter: QPainter, box: QRect, radius: float, target: QRect) -> None:
    """Paint what a target shows of a frame. Only its corners are drawn as an outline, along which Qt walks slowly.

    A corner is drawn the same way whatever the target: what is painted strip by strip equals what is painted whole.
    """
    size = math.ceil(radius) + 1
    wide, high = box.width(), box.height()
    grounds = (
        box.adjusted(1, size, -1, -size),
        box.adjusted(size, 1, -size, size - high),
        box.adjusted(size, high - size, -size, -1),
    )
    sides = (
        QRect(box.left() + size, box.top(), wide - 2 * size, 1),
        QRect(box.left() + size, box.top() + high - 1, wide - 2 * size, 1),
        QRect(box.left(), box.top() + size, 1, high - 2 * size),
        QRect(box.left() + wide - 1, box.top() + size, 1, high - 2 * size),
    )
    for rects, fill in ((grounds, painter.brush()), (sides, QBrush(painter.pen().color()))):
        for rect in rects:
            if rect.intersects(target):
                painter.fillRect(rect & target, fill)
    for right in (False, True):
        for low in (False, True):
            corner = QRect(0, 0, size, size)
            corner.moveTopLeft(box.topLeft() + QPoint((wide - size) * right, (high - size) * low))
            if not corner.intersects(target):
                continue
            whole = QRectF(corner).adjusted(-right * size, -low * size, (1 - right) * size, (1 - low) * size)
            painter.save()
            painter.setClipRect(corner, Qt.ClipOperation.IntersectClip)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            painter.restore()


def paint_frame_title(painter: QPainter, picture: Picture, view: View, index: int, target: QRect | None = None) -> None:
    """Paint the title of a frame, over the links that cross it; a collapsed one says how many cards it holds.

    One that stands outside, because the frame is too small for it, is left out where cards would cover it. One that
    does not reach into `target` is not painted.
    """
    palette, frame, box = picture.palette, picture.scene.frames[index], _box(picture, view, index)
    # Far out the title stays readable: it then stands on the frame, not in it.
    outside = view.scale < OUTSIDE
    scale = max(view.scale, 0.8) if outside else view.scale
    if box.width() < 40:
        return
    inset = 2.0 if outside else _INSET * view.scale
    left, middle = box.left() + inset, box.top() + (-8.0 if outside else _DOWN * view.scale)
    if target is not None and not _reach(left, middle, box.width(), scale).intersects(QRectF(target)):
        return
    fitting, shown = _fitting(picture, index, (box.width() - 2 * inset) / scale)
    if target is not None and not _reach(left, middle, shown * scale, scale).intersects(QRectF(target)):
        return  # before it is asked for the cards: that takes a look at all of them
    high = _HIGH * scale
    stands = QRectF(left, middle - high / 2, shown * scale, high).toAlignedRect()
    if outside and picture.scene.is_covered(view.area(stands)):
        return  # far out there is no room for it between the cards, and half a word says nothing
    painter.save()
    painter.translate(left, middle)
    painter.scale(scale, scale)
    ground = QColor(palette.board)
    patch = ground if outside else QColor(palette.card) if frame.collapsed else over(QColor(palette.frame), ground)
    painter.fillRect(QRectF(-_BESIDE, -_HIGH / 2, shown + 2 * _BESIDE, _HIGH), patch)
    painter.setFont(fonts.font(TITLE_SIZE, "semibold"))
    painter.setPen(QColor(palette.muted))
    line = QRectF(0, -TITLE_SIZE, shown + 4, TITLE_SIZE * 2)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
    painter.restore()


def title_boxes(picture: Picture) -> Floats:
    """Return the boxes (4, k) of x, y, w, h that the titles of frames cover where they stand inside, in board units."""
    found = []
    for index in range(len(picture.scene.frames)):
        left, top, right, _ = picture.scene.frame_box(index)
        _, shown = _fitting(picture, index, right - left - 2 * _INSET)
        found.append((left + _INSET - _BESIDE, top + _DOWN - _HIGH / 2, shown + 2 * _BESIDE, _HIGH))
    return np.array(found, np.float64).reshape(-1, 4).T


def _fitting(picture: Picture, index: int, wide: float) -> tuple[str, float]:
    """Return as much of a frame's title as fits, and how wide that is, both at the size in which it is written."""
    frame = picture.scene.frames[index]
    text = visible(" ".join(frame.title.split()))[:300] or "–"
    if frame.collapsed:
        number = picture.scene.frame_ids.count(frame.id)
        text = f"▸ {text} · {number} card" + ("" if number == 1 else "s")
    metrics = QFontMetricsF(fonts.font(TITLE_SIZE, "semibold"))
    fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
    return fitting, metrics.horizontalAdvance(fitting)


def _reach(left: float, middle: float, wide: float, scale: float) -> QRectF:
    """Return what a title may cover, and a little more."""
    room, high = 8.0 * scale, TITLE_SIZE * scale + 1
    return QRectF(left - room, middle - high, wide + 2 * room, 2 * high)


def _box(picture: Picture, view: View, index: int) -> QRectF:
    left, top, right, bottom = picture.scene.frame_box(index)
    return QRectF(view.snapped(left, top, right - left, bottom - top))
