"""Writing in place: plain text over the card, kept as it is typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from evidenceboard.model.transaction import Transaction
from evidenceboard.render import fonts
from evidenceboard.ui.board.canvas import Canvas
from evidenceboard.ui.board.written import Field, Written
from evidenceboard.ui.long_text import LongText
from evidenceboard.ui.plain import plain_label

PAUSE: Final = 700
"""Milliseconds without a key after which what was typed is kept."""
RETRY: Final = 3000
_SMALLEST: Final = 240
_READABLE: Final = 0.8
"""The zoom below which one writes in letters larger than those of the card."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDING: Final = (*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def _write(field: Field, text: str, tx: Transaction) -> bool:
    field.write(tx, text)
    return True


def _named(field: Field) -> dict[str, Any]:
    """Return what the label of the step names."""
    return {"field": field.label.lower(), **field.values} if "{field}" in field.step else dict(field.values)


class Lines(LongText):
    """A field of plain text that hands on the keys that end it."""

    ended = Signal(str)

    def __init__(self, parent: QFrame) -> None:
        super().__init__(parent)
        self.composed = ""
        """What an input method shows and has not handed over yet."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if self.composed and key in _ENDING:
            # The key is for the input method: it ends the word, not the writing.
            event.accept()
        elif key == Qt.Key.Key_Escape:
            self.ended.emit("back")
        elif key in _ENTER and held == Qt.KeyboardModifier.NoModifier:
            self.ended.emit("keep")
        elif key in _ENTER and held == Qt.KeyboardModifier.ControlModifier:
            self.ended.emit("next card")
        elif key in _ENTER and held == Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        elif key == Qt.Key.Key_Tab:
            self.ended.emit("next field")
        elif key == Qt.Key.Key_Backtab:
            self.ended.emit("previous field")
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composed = event.preeditString()
        super().inputMethodEvent(event)

    def complete(self) -> None:
        """Take what is being composed as it stands."""
        if self.composed:
            QGuiApplication.inputMethod().commit()
        if self.composed:
            # This platform's input method does not answer.
            handed_over = QInputMethodEvent("", [])
            handed_over.setCommitString(self.composed)
            self.inputMethodEvent(handed_over)

    def event(self, event: QEvent) -> bool:
        # Esc and Enter end the writing even where a shortcut of the window has them.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENDING:
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.complete()
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.ended.emit("pause")
        elif event.reason() != Qt.FocusReason.PopupFocusReason:
            self.ended.emit("keep")


class Editor(QFrame):
    """Write the fields of one thing at its place. What is typed is saved at each pause and at the end."""

    next_card_wanted = Signal(str)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.setObjectName("editor")
        self._canvas = canvas
        self._written: Written | None = None
        self._place = 0
        self._group = ""
        self._given_up = False
        self._before = ""
        self.label = plain_label("", self, name="editorLabel")
        self.label.setWordWrap(True)
        self.lines = Lines(self)
        self.lines.setObjectName("editorLines")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(2)
        column.addWidget(self.label)
        column.addWidget(self.lines)
        self.hint = plain_label("", self, name="editorLabel")
        self.hint.setWordWrap(True)
        self.hint.hide()
        column.addWidget(self.hint)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._save)
        self.lines.hinted.connect(self._say_hint)
        self.lines.textChanged.connect(self._typed)
        self.lines.ended.connect(self._end)
        self.lines.refused.connect(canvas.shell.banner)
        canvas.camera_changed.connect(self.settle)
        canvas.shell.bridge.changed.connect(self._follow)
        self.hide()

    # -- opening -----------------------------------------------------------------------------------------------

    def open(self, written: Written | None, *, group: str = "") -> None:
        """Write something. `group`: what was just made belongs to the same step, and Esc takes it back."""
        if not self.finish() or written is None or self._canvas.shell.session.read_only:
            return
        self._written, self._place = written, 0
        self._group = group or uuid.uuid4().hex
        self._show()
        self.show()
        self.raise_()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _field(self) -> Field | None:
        return self._written.fields[self._place] if self._written else None

    def _show(self) -> None:
        field = self._field
        if field is None:
            return
        self._pause.stop()
        self._before = field.text()
        self.lines.blockSignals(True)
        self.lines.most = field.most
        self.lines.show_text(field.text())
        self.lines.blockSignals(False)
        self.lines.selectAll()
        self.lines.check_sentences(field.checked)
        self._say_label()
        self.lines.setAccessibleName(field.label)
        self.settle()

    def _say_label(self, trouble: str = "") -> None:
        field = self._field
        said = trouble or (field.label if field and (self._place or (self._written and self._written.named)) else "")
        self.label.setProperty("alarm", bool(trouble))
        self.label.style().unpolish(self.label)
        self.label.style().polish(self.label)
        self.label.setText(said)
        self.label.setVisible(bool(said))

    def _say_hint(self, said: str) -> None:
        self.hint.setText(said)
        self.hint.setVisible(bool(said))
        self.settle()

    def settle(self) -> None:
        """Stand over what is written, as high as the text."""
        place: QRectF | None = self._written.place() if self._written else None
        if place is None:
            return
        zoom = self._canvas.zoom
        small = zoom < _READABLE
        size = 13 if small else round(13 * zoom)
        font = fonts.font(size, "medium" if self._written and self._written.medium and not self._place else "regular")
        if self.lines.font() != font:
            self.lines.setFont(font)
        wide = round(max(place.width(), _SMALLEST if small else 0)) + 14
        self.lines.setFixedWidth(wide - 12)
        rows = max(1, int(self.lines.document().size().height()))
        high = rows * QFontMetricsF(font).lineSpacing() + 4
        most = self._canvas.height() * 0.6
        self.lines.setFixedHeight(round(min(high, most)))
        above = self.label.heightForWidth(wide - 12) + 2 if self.label.isVisibleTo(self) else 0
        below = self.hint.heightForWidth(wide - 12) + 2 if self.hint.isVisibleTo(self) else 0
        high = self.lines.height() + 8 + above + below
        self.setGeometry(round(place.left()) - 6, round(place.top()) - 4 - above, wide, high)

    def sizeHint(self) -> QSize:
        return QSize(_SMALLEST, 28)

    # -- keeping -----------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._given_up = False
        self.settle()
        self._pause.start(PAUSE)

    def _save(self) -> bool:
        field = self._field
        if field is None:
            return True
        self._pause.stop()
        text = self.lines.toPlainText()
        if text == field.text():
            self._say_label()
            return True

        shell = self._canvas.shell
        done = shell.perform(field.step, partial(_write, field, text), group=self._group, **_named(field))
        if done:
            self._say_label()
            return True
        self._say_label(QCoreApplication.translate("Editor", "Not saved yet; it is tried again."))
        self.settle()
        self._pause.start(RETRY)
        return False

    def finish(self) -> bool:
        """Keep what is written and close; False where it could not be saved, and it stays open."""
        if self._written is None:
            return True
        self.lines.complete()
        if not self._save() and not self._given_up:
            return False
        self._close()
        return True

    def keep(self) -> bool:
        """Keep what is written so far and write on; False where it could not be saved."""
        self.lines.complete()
        return self._save()

    def hand_over(self) -> Callable[[Callable[..., object]], bool] | None:
        """Return what writes the text in another window's file, given what performs there; None where it is saved."""
        field, text = self._field, self.lines.toPlainText()
        if field is None or text == field.text():
            return None

        def write(perform: Callable[..., object]) -> bool:
            if not perform(field.step, partial(_write, field, text), **_named(field)):
                return False
            self._close()
            return True

        return write

    @property
    def unsaved(self) -> bool:
        """Tell whether the file has refused what is written here."""
        return self._written is not None and bool(self.label.property("alarm"))

    def give_up(self) -> None:
        """Let the next try to close succeed even where the text cannot be saved: the user has been told."""
        self._given_up = True

    def _back(self) -> None:
        """Put the field back to what it was; a step that consists of this writing is undone as a whole."""
        field, before = self._field, self._before
        if field is None:
            return
        shell, group = self._canvas.shell, self._group
        self._close()
        newest = shell.session.history(1)
        if newest and newest[0][0].group == group:
            shell.run("undo")
        elif field.text() != before:
            shell.perform(field.step, partial(_write, field, before), **_named(field))

    def _close(self) -> None:
        self._pause.stop()
        self._written = None
        had_focus = self.lines.hasFocus()
        self.hide()
        if had_focus:
            self._canvas.setFocus()

    def _end(self, how: str) -> None:
        if self._written is None:
            return
        if how == "back":
            self._back()
        elif how == "pause":
            self._save()
        elif how in ("next field", "previous field"):
            self._step(1 if how == "next field" else -1)
        else:
            card_id = self._written.card_id
            if self.finish() and how == "next card" and card_id:
                self.next_card_wanted.emit(card_id)

    def _step(self, step: int) -> None:
        self.lines.complete()
        if not self._save() or self._written is None:
            return
        # What one went on from is kept, and each field is a step of its own.
        self._group = uuid.uuid4().hex
        wanted = self._place + step
        if not 0 <= wanted < len(self._written.fields):
            self._close()
            return
        self._place = wanted
        self._show()

    def _follow(self) -> None:
        if self._written is not None and self._written.place() is None:
            self._close()
        else:
            self.settle()
