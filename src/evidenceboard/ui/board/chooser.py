"""A short list beside the pointer, one key each: which type of card, which type of link."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from evidenceboard.model.values import dataclass
from evidenceboard.render import fonts
from evidenceboard.render.icons import draw_icon
from evidenceboard.ui.board.physical import sign_of
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

ROW: Final = 28
_WIDE: Final = 236
_WIDEST: Final = 460
_HEAD: Final = 30
_INSIDE: Final = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it says, the letter or digit that takes it, the glyph before it, and what it stands for.

    `also`: another key that takes it, such as “C” or “shift+C”; it is not shown.
    """

    text: str
    key: str
    value: Any
    glyph: str = ""
    role: str = ""
    also: str = ""


class Chooser(QWidget):
    """Offer choices until one is taken by key or click; a click elsewhere or Esc takes none."""

    def __init__(self, board: QWidget, shell: Shell) -> None:
        # Beside what lies over the board, such as its small map, so that it can be raised above that.
        self._ground = board.parentWidget() or board
        super().__init__(self._ground)
        self.setObjectName("chooser")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._shell = shell
        self._board = board
        self.choices: Sequence[Choice] = ()
        self.current = 0
        self._title = ""
        self._done: Callable[[Any], None] = lambda value: None
        self.hide()

    def ask(
        self, at: QPointF, title: str, choices: Sequence[Choice], done: Callable[[Any], None], *, current: int = 0
    ) -> None:
        """Show choices at a pixel of the board, one of them `current`; `done` is told the value taken, or None."""
        self.close_without()
        self.choices, self.current, self._title, self._done = choices, current, one_line(title), done
        size = QSize(self._width(), _HEAD + ROW * len(choices) + _INSIDE)
        room = self._board.rect().adjusted(8, 8, -8, -8)
        corner = at.toPoint() + QPoint(6, 6)
        x = max(room.left(), min(corner.x(), room.right() - size.width()))
        y = max(room.top(), min(corner.y(), room.bottom() - size.height()))
        self.setGeometry(QRect(self._board.mapTo(self._ground, QPoint(x, y)), size))
        said = QCoreApplication.translate("Chooser", "{title}: {first}, and {n} more")
        self.setAccessibleName(said.format(title=title, first=choices[0].text, n=len(choices) - 1))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        if (window := self.window()) is not None:
            window.installEventFilter(self)

    def _width(self) -> int:
        """Return the width that shows every row and the title whole."""
        text, head = QFontMetricsF(fonts.font(13)), QFontMetricsF(fonts.font(11))
        rows = [text.horizontalAdvance(one.text) + (26 if one.glyph else 0) + 60 for one in self.choices]
        return min(max(_WIDE, math.ceil(max([*rows, head.horizontalAdvance(self._title) + 32]))), _WIDEST)

    def take(self, place: int) -> None:
        """Take a choice by its place in the list."""
        done, value = self._done, self.choices[place].value
        self._close()
        done(value)

    def close_without(self) -> None:
        """Take none of the choices."""
        if self.isVisible():
            done = self._done
            self._close()
            done(None)

    def _close(self) -> None:
        self._done = lambda value: None
        had_focus = self.hasFocus()
        self.window().removeEventFilter(self)
        self.hide()
        if had_focus:
            self._board.setFocus()

    # -- what a hand does --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_without()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.current)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self._point((self.current + 1) % len(self.choices))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            self._point((self.current - 1) % len(self.choices))
        elif sign := sign_of(event):
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            also = f"shift+{sign}" if shift else sign
            place = next((at for at, choice in enumerate(self.choices) if choice.also == also), None)
            if place is None:
                place = next((at for at, choice in enumerate(self.choices) if choice.key.upper() == sign), None)
            if place is not None:
                self.take(place)

    def event(self, event: QEvent) -> bool:
        # While the list is open its keys are its own, Tab and the window's shortcuts included.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.close_without()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.close_without()
        return super().eventFilter(watched, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if place is not None:
            self._point(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if place is not None:
            self.take(place)

    def _place(self, at: QPointF) -> int | None:
        place = int((at.y() - _HEAD) // ROW)
        return place if 0 <= place < len(self.choices) else None

    def _point(self, place: int) -> None:
        if place != self.current:
            self.current = place
            self.update()

    # -- looks -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._shell.palette_
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setFont(fonts.font(11))
        painter.setPen(QColor(colours.muted))
        head = QRectF(14, 2, self.width() - 28, _HEAD - 2)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._title)
        for place, choice in enumerate(self.choices):
            self._paint_row(painter, choice, QRectF(6, _HEAD + place * ROW, self.width() - 12, ROW), place)
        painter.end()

    def _paint_row(self, painter: QPainter, choice: Choice, row: QRectF, place: int) -> None:
        colours = self._shell.palette_
        if place == self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chip))
            painter.drawRoundedRect(row, 5, 5)
        left = row.left() + 8
        if choice.glyph:
            draw_icon(
                painter, choice.glyph, QRectF(left, row.center().y() - 8, 16, 16), colours.type_colour(choice.role)
            )
            left += 26
        painter.setFont(fonts.font(13))
        painter.setPen(QColor(colours.ink))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, row.top(), row.right() - left - 34, ROW), middle, choice.text)
        if choice.key:
            painter.setPen(QColor(colours.muted))
            painter.setFont(fonts.font(12, "medium"))
            at = QRectF(row.right() - 34, row.top(), 26, ROW)
            painter.drawText(at, middle | Qt.AlignmentFlag.AlignRight, choice.key.upper())
