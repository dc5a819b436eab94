"""The line of the legend that explains the speech bubble of open comments."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evidenceboard.render.talk import HIGH, paint_talk, talk_width
from evidenceboard.ui.legend_row import GLYPH
from evidenceboard.ui.shell import Shell

_LEFT = 9


class TalkLine(QWidget):
    """Say what the bubble is, and how many cards of the board wear one; it is there where one does."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("legendTalk")
        self._shell = shell
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many cards have open comments."""
        self._count = count
        self.setAccessibleName(f"{self._words()}: {count:,}")
        self.setVisible(bool(count))
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return QCoreApplication.translate("Legend", "open comments")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words, count = metrics.horizontalAdvance(self._words()), metrics.horizontalAdvance(f"{self._count:,}")
        return QSize(round(_LEFT + max(GLYPH, talk_width(1)) + 8 + words + 18 + count + 12), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._shell.palette_
        paint_talk(painter, colours, 1, QPointF(_LEFT, (self.height() - HIGH) / 2))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setPen(QColor(colours.ink))
        at = _LEFT + talk_width(1) + 8
        painter.drawText(QRectF(at, 0, self.width() - at - 10, self.height()), flags, self._words())
        painter.setPen(QColor(colours.muted))
        right = QRectF(0, 0, self.width() - 11, self.height())
        painter.drawText(right, flags | Qt.AlignmentFlag.AlignRight, f"{self._count:,}")
        painter.end()
