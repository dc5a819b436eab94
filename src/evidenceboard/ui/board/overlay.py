"""What lies above the board: the selection, handles, the help on an empty board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from evidenceboard.render import fonts
from evidenceboard.render.link_paint import paint_label

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

RING: Final = 3.5
HANDLE: Final = 5.0
"""Radius of a handle in pixels."""
_ROOMY: Final = 44.0
"""Pixels that the shorter sides of a card have where its handles leave room between them."""
_ROUND_LIMIT: Final = 200
_FORWARD_LIMIT: Final = 400
_WORDS_LIMIT: Final = 24
"""Links that are drawn forward, and up to which with their words; beyond that none could be followed."""
HELP: Final = (
    "Press C for a claim, S for a source, A for an actor, or drag one from the left.",
    "Drag from the edge of a card to another to link them.",
    "Everything is saved as you make it; Ctrl+Z takes it back. Ctrl+K finds every command.",
)


def paint(painter: QPainter, surface: Surface) -> None:
    """Paint everything above the board, in pixels of the widget."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    surface.chain.paint(painter)
    _paint_selected_frames(painter, surface)
    _paint_forward(painter, surface)
    _paint_links(painter, surface)
    _paint_rings(painter, surface)
    _paint_glow(painter, surface)
    if surface.is_whole and not surface.scene.has_cards and not surface.scene.frames:
        _paint_help(painter, surface)


def handle_points(surface: Surface, slot: int) -> list[QPointF]:
    """Return where a card's handles are in pixels: on the middles of its right, lower, left and upper side.

    Around a small card they stand beside it: on its sides they would lie on its title, and nothing of it could be held.
    """
    rect = surface.rect_on_screen(slot)
    if min(rect.width(), rect.height()) < _ROOMY:
        rect.adjust(-HANDLE - 1, -HANDLE - 1, HANDLE + 1, HANDLE + 1)
    middle = rect.center()
    return [
        QPointF(rect.right(), middle.y()),
        QPointF(middle.x(), rect.bottom()),
        QPointF(rect.left(), middle.y()),
        QPointF(middle.x(), rect.top()),
    ]


def paint_handles(painter: QPainter, surface: Surface, slot: int, hot: int | None = None) -> None:
    """Paint the four handles of a card from which links are drawn; the one under the pointer is filled."""
    colours = surface.shell.palette_
    painter.setPen(QPen(QColor(colours.selection), 1.6))
    for side, point in enumerate(handle_points(surface, slot)):
        painter.setBrush(QColor(colours.selection if side == hot else colours.card))
        painter.drawEllipse(point, HANDLE, HANDLE)


def _paint_rings(painter: QPainter, surface: Surface) -> None:
    slots = surface.selected_array()
    if not len(slots):
        return
    painter.setPen(QPen(QColor(surface.shell.palette_.selection), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    window = QRectF(surface.rect())
    if len(slots) > _ROUND_LIMIT:
        surface.rings.paint(painter, surface)
        return
    for slot in slots.tolist():
        rect = surface.rect_on_screen(slot)
        if rect.intersects(window):
            gap = min(RING, max(1.5, RING * surface.zoom * 1.5))
            painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), 6 + gap, 6 + gap)


def _paint_selected_frames(painter: QPainter, surface: Surface) -> None:
    scene = surface.scene
    chosen = surface.shell.selection.frames
    painter.setPen(QPen(QColor(surface.shell.palette_.selection), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index, frame in enumerate(scene.frames):
        if frame.id in chosen:
            rect = surface.box_on_screen(*scene.frame_box(index))
            shift = surface.preview_shift()
            rect.translate(shift[0] * surface.zoom, shift[1] * surface.zoom)
            painter.drawRoundedRect(rect, 10, 10)


def _paint_links(painter: QPainter, surface: Surface) -> None:
    """Bring forward the link under the pointer and those that are chosen, with their words."""
    chosen = surface.shell.selection.links
    pointed = {surface.pointed_link} - {None} - chosen
    colour = QColor(surface.shell.palette_.selection)
    for link_id in [*pointed, *chosen]:
        index = surface.scene.places.index(link_id or "")
        if index is None or index >= surface.routes.points.shape[2]:
            continue
        painter.setPen(QPen(colour, 2.4 if link_id in chosen else 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = link_path(surface, index)
        painter.drawPath(path)
        if link_id in chosen:
            painter.setBrush(QColor(surface.shell.palette_.card))
            for end in (path.pointAtPercent(0.0), path.pointAtPercent(1.0)):
                painter.drawEllipse(end, HANDLE, HANDLE)
        _paint_words(painter, surface, index)


def _paint_forward(painter: QPainter, surface: Surface) -> None:
    known = surface.routes.points.shape[2]
    links = [index for index in surface.forward[:_FORWARD_LIMIT] if index < known and surface.routes.shown[index]]
    painter.setPen(QPen(QColor(surface.shell.palette_.selection), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index in links:
        painter.drawPath(link_path(surface, index))
    for index in links if len(links) <= _WORDS_LIMIT else ():
        _paint_words(painter, surface, index)


def _paint_words(painter: QPainter, surface: Surface, index: int) -> None:
    painter.save()
    painter.scale(1 / surface.camera.ratio, 1 / surface.camera.ratio)
    paint_label(painter, surface.picture, surface.camera.view(), index, smallest=0.9)
    painter.restore()


def link_path(surface: Surface, index: int) -> QPainterPath:
    """Return a link's line in pixels of the widget."""
    corners = [surface.to_screen(float(x), float(y)) for x, y in surface.routes.points[:, :, index]]
    path = QPainterPath(corners[0])
    path.cubicTo(corners[1], corners[2], corners[3])
    return path


def _paint_glow(painter: QPainter, surface: Surface) -> None:
    colour = QColor(surface.shell.palette_.selection)
    colour.setAlphaF(0.28)
    painter.setPen(QPen(colour, 8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for slot in surface.glowing:
        if slot < surface.scene.n and surface.scene.alive[slot]:
            painter.drawRoundedRect(surface.rect_on_screen(slot).adjusted(-7, -7, 7, 7), 12, 12)


def _paint_help(painter: QPainter, surface: Surface) -> None:
    painter.setPen(QColor(surface.shell.palette_.muted))
    painter.setFont(fonts.font(14, "regular"))
    lines = [QCoreApplication.translate("Board", line) for line in HELP]
    high = 26
    top = surface.height() / 2 - high * len(lines) / 2
    for place, line in enumerate(lines):
        painter.drawText(QRectF(12, top + place * high, surface.width() - 24, high), Qt.AlignmentFlag.AlignCenter, line)
