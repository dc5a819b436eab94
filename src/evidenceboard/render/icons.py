"""The glyphs of the types: drawings of our own, in any colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from evidenceboard.render.resources import resource

_SIZES = (16, 22, 32, 44)


@lru_cache(maxsize=256)
def _drawing(glyph: str, colour: str) -> QSvgRenderer:
    path = resource("icons", f"{glyph}.svg")
    if not path.is_file():
        path = resource("icons", "unknown.svg")
    text = path.read_text("utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode()))


def draw_icon(painter: QPainter, glyph: str, rect: QRectF, colour: QColor) -> None:
    """Draw a glyph into a rectangle, as lines where the target takes lines."""
    _drawing(glyph, colour.name()).render(painter, rect)


@lru_cache(maxsize=256)
def _icon(glyph: str, colour: str) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        image = QImage(QSize(size, size), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _drawing(glyph, colour).render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(QPixmap.fromImage(image))
    return made


def icon(glyph: str, colour: QColor) -> QIcon:
    """Return a glyph as an icon of the usual sizes."""
    return _icon(glyph, colour.name())
