"""The editors that take the place of a value: a line, several lines, a choice."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from evidenceboard.ui.long_text import LongText, most_of
from evidenceboard.ui.panels.fields import Field

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TALLEST: Final = 14


class Editing(QObject):
    """Watch one editor and tell what its user wants: keep, put back, go on to the next, or leave."""

    kept = Signal()
    put_back = Signal()
    went_on = Signal(int)
    left = Signal(bool)
    """True where another window took the keyboard."""

    def __init__(self, editor: QWidget, several_lines: bool) -> None:
        super().__init__(editor)
        self._several = several_lines
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            wanted = self._means(event)
            if wanted == "went_on":
                back = event.key() == Qt.Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.went_on.emit(-1 if back else 1)
            elif wanted == "kept":
                self.kept.emit()
            elif wanted == "put_back":
                self.put_back.emit()
            if wanted:
                return True
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            reason = event.reason()
            choosing = isinstance(watched, Choice) and watched.choosing
            if reason != Qt.FocusReason.PopupFocusReason and not choosing:
                self.left.emit(reason == Qt.FocusReason.ActiveWindowFocusReason)
        return super().eventFilter(watched, event)

    def _means(self, event: QKeyEvent) -> str:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return ""
        if key == Qt.Key.Key_Escape:
            return "put_back"
        if key in _ENTER and not (shift and self._several):
            return "kept"
        return "went_on" if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) else ""


class Line(QLineEdit):
    """One line of plain text."""

    def __init__(self, field: Field, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        # Qt would cut what is longer than 32,767 characters without a word; the file says what it takes.
        self.setMaxLength(most_of(field.key) + 1)
        self.setText(text)
        self.selectAll()
        self.setAccessibleName(field.label)
        self.editing = Editing(self, False)

    def value(self) -> str:
        """Return what was typed."""
        return self.text()

    def touched(self) -> bool:
        """Tell whether a hand changed it."""
        return self.isModified()

    def settle(self) -> None:
        """Count what stands here as kept."""
        self.setModified(False)


class Lines(LongText):
    """Several lines of plain text; as high as they need."""

    def __init__(self, field: Field, text: str, parent: QWidget, size: int) -> None:
        super().__init__(parent, most_of(field.key))
        font = self.font()
        font.setPixelSize(size)
        self.setFont(font)
        self.setStyleSheet(f"font-size: {size}px;")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(False)
        self.show_text(text)
        self.document().setModified(False)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setAccessibleName(field.label)
        self.editing = Editing(self, True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def value(self) -> str:
        """Return what was typed, its blanks as they are."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def touched(self) -> bool:
        """Tell whether a hand changed it."""
        return self.document().isModified()

    def settle(self) -> None:
        """Count what stands here as kept."""
        self.document().setModified(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = max(2, math.ceil(self.document().documentLayout().documentSize().height()))
        always, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(always if rows > _TALLEST else never)
        inside = min(rows, _TALLEST) * QFontMetricsF(self.font()).lineSpacing() + 2 * self.document().documentMargin()
        around = self.height() - self.viewport().height()
        high = math.ceil(inside) + max(around, 4) + 3
        if high != self.height():
            self.setFixedHeight(high)


class Choice(QComboBox):
    """One of a few values, each with its meaning. Picking from the open list keeps at once."""

    def __init__(self, field: Field, value: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(field.label)
        for known, words in field.choices:
            self.addItem(words, known)
        if self.findData(value) < 0:
            self.addItem(value, value)
        self.setCurrentIndex(self.findData(value))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._was = value
        self.choosing = False
        self.editing = Editing(self, False)
        self.activated.connect(self._picked)

    def value(self) -> str:
        """Return the value chosen."""
        return str(self.currentData())

    def touched(self) -> bool:
        """Tell whether another value was chosen."""
        return self.value() != self._was

    def settle(self) -> None:
        """Count what stands here as kept."""
        self._was = self.value()

    def choose(self, value: str) -> None:
        """Take a value that was chosen before."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def showPopup(self) -> None:
        self.choosing = True
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        # The choice is told after the list is closed.
        QTimer.singleShot(0, self, self._list_closed)

    def _list_closed(self) -> None:
        if self.choosing:
            self.choosing = False
            self.editing.put_back.emit()

    def _picked(self) -> None:
        if self.choosing:
            self.choosing = False
            self.editing.kept.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the panel must not change a grade.
        event.ignore()


Editor = Line | Lines | Choice


def editor(field: Field, typed: str, parent: QWidget, size: int = 13) -> Editor:
    """Return the editor that fits a field, holding a value as it is typed."""
    if field.kind in ("choice", "yes-no"):
        return Choice(field, typed, parent)
    if field.kind == "text":
        return Lines(field, typed, parent, size)
    return Line(field, typed, parent)
