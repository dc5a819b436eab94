"""A likelihood as a stretch of the line from 0 to 100 per cent; its ends are soft, because the words are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidenceboard.model.yardsticks import Reading
from evidenceboard.ui.panels.prose import ProseButton, letters, quiet_colour

_HIGH: Final = 30
_LINE: Final = 9.5
_THICK: Final = 8.0
_SOFT: Final = 2.0
"""Per cent at each end over which the stretch fades."""


class RangeBar(QWidget):
    """Show what range a word of likelihood stands for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rangeBar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._reading: Reading | None = None
        self.hide()

    def show_reading(self, read: Reading | None) -> None:
        """Show another range, or nothing."""
        self._reading = read
        said = QCoreApplication.translate("RangeBar", "From {low} to {high} per cent")
        self.setAccessibleName(said.format(low=read.low, high=read.high) if read else "")
        self.setVisible(read is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        read = self._reading
        if read is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        across = float(ProseButton.PAD[0])
        room = self.width() - 2 * across - 12
        painter.setPen(QPen(colours.color(QPalette.ColorRole.Mid), 1))
        painter.drawLine(QPointF(across, _LINE), QPointF(across + room, _LINE))
        for share in (0, 25, 50, 75, 100):
            x = across + room * share / 100
            high = 4 if share in (0, 50, 100) else 2
            painter.drawLine(QPointF(x, _LINE - high), QPointF(x, _LINE + high))
        self._paint_stretch(painter, read, across, room)
        painter.setFont(letters(self, 10))
        painter.setPen(quiet_colour())
        for share, flag in ((0, "AlignLeft"), (50, "AlignHCenter"), (100, "AlignRight")):
            x = across + room * share / 100
            left = {0: x, 50: x - 20, 100: x - 28}[share]
            box = QRectF(left, _LINE + 5, 40, 14)
            painter.drawText(box, Qt.AlignmentFlag[flag] | Qt.AlignmentFlag.AlignTop, f"{share}")

    def _paint_stretch(self, painter: QPainter, read: Reading, across: float, room: float) -> None:
        left, right = across + room * read.low / 100, across + room * read.high / 100
        colour = QColor(self.palette().color(QPalette.ColorRole.Link))
        clear = QColor(colour)
        clear.setAlphaF(0.25)
        soft = min(0.5, _SOFT / max(read.high - read.low, 1))
        fade = QLinearGradient(left, 0, right, 0)
        for place, shade in ((0.0, clear), (soft, colour), (1 - soft, colour), (1.0, clear)):
            fade.setColorAt(place, shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fade)
        painter.drawRoundedRect(QRectF(left, _LINE - _THICK / 2, max(right - left, 3), _THICK), 2, 2)
