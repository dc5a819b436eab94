"""The lines of the legend: the colour and sign of a class with its words and count, and what a mark means."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from evidenceboard.model.style_classes import StyleClass
from evidenceboard.render.badges import HIGH, paint_badge
from evidenceboard.render.chips import paint_mark
from evidenceboard.render.icons import draw_icon
from evidenceboard.render.palette import Palette
from evidenceboard.render.style_colours import role_colour
from evidenceboard.ui.plain import one_line

_ROW: Final = 25
_STRIPE: Final = 4.0
_LEFT: Final = 18.0
"""Where the sign begins, behind the stripe."""
GLYPH: Final = 14.0
_MARK: Final = 26
"""Pixels from the edge to the words of a mark."""
_say = QCoreApplication.translate


class LegendRow(QAbstractButton):
    """Show a class; a click isolates it, Shift adds it to those isolated, a double click selects its cards."""

    isolate_wanted = Signal(bool)
    select_wanted = Signal()

    def __init__(self, one: StyleClass, glyph: str, room: float, palette: Palette, parent: QWidget) -> None:
        """Make a line; `room` is what the widest sign of the legend takes, in pixels."""
        super().__init__(parent)
        self.setObjectName("legendRow")
        self.one = one
        self.count = 0
        self._glyph = glyph
        self._words_at = _LEFT + room + 6
        self._palette = palette
        self._adds = False
        self.words = one_line(_say("Style", one.words))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(
            _say("Legend", "Lets all other cards recede; Shift adds this to what is shown; Enter selects its cards")
        )
        self.clicked.connect(self._clicked)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Say how many cards that show are in this class."""
        self.count = count
        self.setEnabled(bool(count) or self.isChecked())
        said = _say("Legend", "{words}: 1 card") if count == 1 else _say("Legend", "{words}: {n} cards")
        self.setAccessibleName(said.format(words=self.words, n=f"{count:,}"))
        self.updateGeometry()
        self.update()

    def _clicked(self) -> None:
        # What is isolated is told by whoever holds the wish, not by how often this was clicked.
        self.setChecked(not self.isChecked())
        self.isolate_wanted.emit(self._adds)
        self._adds = False

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.words)
        count = self.fontMetrics().horizontalAdvance(f"{self.count:,}")
        return QSize(round(self._words_at + words + 18 + count + 12), _ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        self._adds = bool(event.modifiers() & both)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # The second click takes back what the first one did, so that a double click does nothing but select.
        super().mouseDoubleClickEvent(event)
        self.select_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.select_wanted.emit()
            return
        self._adds = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, colour = self._palette, role_colour(self._palette, self.one.colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3.5, 0.5, -3.5, -0.5)
        pointed = self.underMouse() and self.isEnabled()
        if self.isChecked() or pointed or self.hasFocus():
            edge = colours.selection if self.hasFocus() else colours.muted
            painter.setPen(QPen(QColor(edge), 1) if self.hasFocus() or self.isChecked() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chip))
            painter.drawRoundedRect(box, 4, 4)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(QRectF(9, middle - HIGH / 2, _STRIPE, HIGH))
        if self._glyph:
            draw_icon(painter, self._glyph, QRectF(_LEFT, middle - GLYPH / 2, GLYPH, GLYPH), colour)
        elif self.one.sign:
            paint_badge(painter, self.one.sign, QPointF(_LEFT, middle - HIGH / 2), colour, dashed=self.one.unknown)
        at = self._words_at
        font = self.font()
        font.setWeight(font.Weight.DemiBold if self.isChecked() else font.Weight.Normal)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setPen(QColor(colours.ink if self.count else colours.muted))
        painter.drawText(QRectF(at, 0, self.width() - at - 10, self.height()), flags, self.words)
        painter.setPen(QColor(colours.muted))
        right = QRectF(0, 0, self.width() - 11, self.height())
        painter.drawText(right, flags | Qt.AlignmentFlag.AlignRight, f"{self.count:,}")
        painter.end()


class MarkRow(QWidget):
    """Explain a mark that cards have in their first line; it is seen where there is something to say."""

    def __init__(self, mark: str, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark, self.colour, self._words = mark, colour, ""
        self.hide()

    def say(self, words: str) -> None:
        """Say what the mark means, or hide it."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        return QSize(_MARK + self.fontMetrics().horizontalAdvance(self._words) + 10, self.fontMetrics().height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, self._mark, QPointF(9, self.height() / 2), QColor(self.colour))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect().adjusted(_MARK, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)
