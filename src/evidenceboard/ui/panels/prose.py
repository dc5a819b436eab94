"""Plain text that wraps anywhere and shows all of itself, still or to be clicked."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import ClassVar, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from evidenceboard.model.giving_way import go_first
from evidenceboard.model.marks import marked

LINE: Final = 1.38
"""Line height, as a share of the size of the letters."""
LONGEST: Final = 4000
"""Signs that are shown of one value; an editor shows them all."""
_MEASURED: Final = 600
"""Signs whose width is looked at for that of the text."""
_WIDTHS: Final = 3
"""Widths of which the lines are kept: a layout asks for the natural one, and the one that it gives then."""
_FOLLOW: Final = Qt.CursorShape.PointingHandCursor


def shown_text(text: str, limit: int = LONGEST) -> str:
    """Return text as it can be read: its line breaks kept, with marks for what nobody sees, the rest left out."""
    return marked(text) if len(text) <= limit else marked(text[:limit]) + "…"


@dataclass(slots=True)
class _Rows:
    """The lines of a text in one width; `cut`: there are more than are shown."""

    layouts: list[QTextLayout] = field(default_factory=list)
    lines: list[tuple[QTextLayout, int]] = field(default_factory=list)
    cut: bool = False


class Typeset:
    """A paragraph set in lines of a width. `lines`: how many are shown, 0 for all."""

    dressed: ClassVar = False
    """Whether stretches of it may have other letters than `font`."""

    def __init__(self, text: str, font: QFont, lines: int = 0) -> None:
        self.text, self.font, self.lines = text, font, lines
        size = font.pixelSize() if font.pixelSize() > 0 else 13
        self.pitch = max(QFontMetricsF(font).height(), size * LINE)
        # A tab has no width of its own, and what comes after a break of a line begins a new one.
        self._plain = len(text) <= _MEASURED and text.isprintable() and not self.dressed
        self._natural: int | None = None
        self._heights: dict[int, int] = {}
        self._laid: dict[int, _Rows] = {}
        self._rows = _Rows()

    def shows(self, text: str, font: QFont) -> bool:
        """Tell whether this is a text in a font."""
        return self.text == text and self.font == font

    def height(self, width: int) -> int:
        """Return the height that the text takes in a width, in pixels."""
        # Layouts ask for the same few widths over and over, often first of all in a turn of the event loop.
        go_first()
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = math.ceil(self._lines_in(width) * self.pitch)
        return known

    def _lines_in(self, width: int) -> int:
        # Most texts are a word or two, and a page asks for a hundred of them in five widths each.
        if self._plain and self.natural_width() <= width:
            return 1
        self._lay_out(width)
        return max(1, len(self._rows.lines))

    def natural_width(self) -> int:
        """Return the width of the longest line where nothing wraps."""
        if self._natural is None:
            metrics, lines = QFontMetricsF(self.font), self.text[:_MEASURED].split("\n")
            self._natural = math.ceil(max(metrics.horizontalAdvance(line) for line in lines)) + 1
        return self._natural

    def draw(self, painter: QPainter, rect: QRect, colour: QColor) -> None:
        """Draw the text into a rectangle."""
        self._lay_out(rect.width())
        painter.setPen(colour)
        painter.setFont(self.font)
        metrics = QFontMetricsF(self.font)
        for row, (layout, index) in enumerate(self._rows.lines):
            line = layout.lineAt(index)
            top = rect.top() + row * self.pitch + (self.pitch - line.height()) / 2
            if self._rows.cut and row == len(self._rows.lines) - 1:
                rest = layout.text()[line.textStart() :]
                said = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, rect.width())
                if not said.endswith("…"):
                    said += "…"
                painter.drawText(QPointF(rect.left(), top + metrics.ascent()), said)
                continue
            line.draw(painter, QPointF(rect.left(), top - line.y()))

    def _dress(self, layout: QTextLayout, start: int) -> None:
        """Give stretches of a paragraph another look; it begins at a place of the text."""

    def _lay_out(self, width: int) -> None:
        width = max(width, 8)
        laid = self._laid.pop(width, None)
        if laid is None:
            laid = self._broken(width)
            if len(self._laid) == _WIDTHS:
                del self._laid[next(iter(self._laid))]
        self._laid[width] = self._rows = laid

    def _broken(self, width: int) -> _Rows:
        """Return the text broken into lines of a width."""
        rows = _Rows()
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        start = 0
        for part in self.text.split("\n"):
            layout = QTextLayout(part, self.font)
            layout.setTextOption(option)
            self._dress(layout, start)
            start += len(part) + 1
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                if self.lines and len(rows.lines) == self.lines:
                    rows.cut = True
                    break
                line.setLineWidth(width)
                rows.lines.append((layout, layout.lineCount() - 1))
            layout.endLayout()
            rows.layouts.append(layout)
            if rows.cut:
                break
        return rows


def letters(widget: QWidget, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the window's font in another size (pixels) and weight."""
    font = QFont(widget.font())
    font.setPixelSize(size)
    font.setWeight(weight)
    return font


def quiet_colour() -> QColor:
    """Return the muted ink."""
    # Not of the widget: a stylesheet may have put a paler one there.
    return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)


class Prose(QWidget):
    """Text to be read."""

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        size: int = 13,
        weight: QFont.Weight = QFont.Weight.Normal,
        quiet: bool = False,
        colour: QColor | None = None,
        lines: int = 0,
    ) -> None:
        super().__init__(parent)
        self._size, self._weight, self._lines = size, weight, lines
        self.quiet, self.colour = quiet, colour
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.words = ""
        self._typeset = Typeset("", letters(self, size, weight), lines)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        words, font = shown_text(text), letters(self, self._size, self._weight)
        if self._typeset.shows(words, font):
            return  # the whole page would be laid out anew for nothing
        self.words = words
        self._typeset = Typeset(words, font, self._lines)
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        return self._typeset.height(width)

    def sizeHint(self) -> QSize:
        wide = min(self._typeset.natural_width(), 260)
        return QSize(wide, self._typeset.height(max(wide, self.width() if self.width() > 40 else wide)))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, math.ceil(self._typeset.pitch))

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self.colour or (quiet_colour() if self.quiet else self.palette().color(QPalette.ColorRole.WindowText))
        self._typeset.draw(QPainter(self), self.rect(), colour)


class ProseButton(QAbstractButton):
    """Text to be clicked, or reached by Tab and pressed with Enter or Space. A patch shows under the pointer."""

    PAD: Final = (6, 2)
    """Room at each side of the text, so that the patch does not touch the letters: across, up and down."""

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        size: int = 13,
        weight: QFont.Weight = QFont.Weight.Normal,
        quiet: bool = False,
        colour: QColor | None = None,
        lines: int = 0,
    ) -> None:
        super().__init__(parent)
        self._size, self._weight, self._lines = size, weight, lines
        self.quiet, self.colour = quiet, colour
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(_FOLLOW)
        self.words = ""
        self._typeset = Typeset("", letters(self, size, weight), lines)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        words, font = shown_text(text), letters(self, self._size, self._weight)
        if self._typeset.shows(words, font):
            return  # the whole page would be laid out anew for nothing
        self.words = words
        self._typeset = Typeset(words, font, self._lines)
        if not self.accessibleName() or not self.property("named"):
            self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    def name(self, said: str) -> None:
        """Say to a screen reader what this is, whatever it shows."""
        self.setProperty("named", True)
        self.setAccessibleName(shown_text(said))

    def strong(self, weight: QFont.Weight) -> None:
        """Show the text in another weight."""
        if weight != self._weight:
            self._weight = weight
            self.say(self.words)

    def heightForWidth(self, width: int) -> int:
        across, down = self.PAD
        return self._typeset.height(width - 2 * across) + 2 * down

    def sizeHint(self) -> QSize:
        across, down = self.PAD
        wide = min(self._typeset.natural_width(), 260)
        inside = max(wide, self.width() - 2 * across if self.width() > 40 else wide)
        return QSize(wide + 2 * across, self._typeset.height(inside) + 2 * down)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, math.ceil(self._typeset.pitch) + 2 * self.PAD[1])

    def keyPressEvent(self, event: object) -> None:
        from PySide6.QtGui import QKeyEvent

        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
        elif isinstance(event, QKeyEvent):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colours.color(QPalette.ColorRole.Link))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        across, down = self.PAD
        colour = self.colour or (quiet_colour() if self.quiet else colours.color(QPalette.ColorRole.WindowText))
        self._typeset.draw(painter, self.rect().adjusted(across, down, -across, -down), colour)
