"""The strip above a board on trial: which layout it is, how far it is worked out, what can be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from evidenceboard.model.changes import label
from evidenceboard.model.layouts import METHODS
from evidenceboard.ui.plain import plain_label, plain_tip

_TOP: Final = 12
_STEPS: Final = 1000
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _say(text: str) -> str:
    return QCoreApplication.translate("Trial", text)


class TrialStrip(QFrame):
    """Stand at the top of the board while a layout is worked out or looked at."""

    keep_wanted = Signal()
    back_wanted = Signal()
    method_wanted = Signal(str)

    def __init__(self, board: QWidget) -> None:
        super().__init__(board)
        self.setObjectName("trial")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._board = board
        self._said = plain_label("", self, name="trialSaid")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("trialBar")
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 6)
        self._keep = QPushButton(_say("Keep  Enter"), self)
        self._keep.setObjectName("trialKeep")
        self._keep.setDefault(True)
        self._keep.clicked.connect(self.keep_wanted)
        self._back = QPushButton("", self)
        self._back.setObjectName("trialBack")
        self._back.clicked.connect(self.back_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._said)
        row.addWidget(self._bar)
        row.addSpacing(8)
        self._methods = {}
        for method in METHODS:
            button = QPushButton(_say(method.word), self)
            button.setProperty("quiet", True)
            button.setCheckable(True)
            button.setToolTip(plain_tip(_say(method.hint)))
            button.clicked.connect(lambda _, name=method.id: self.method_wanted.emit(name))
            row.addWidget(button)
            self._methods[method.id] = button
        row.addSpacing(8)
        row.addWidget(self._keep)
        row.addWidget(self._back)
        board.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        """Return what the strip says."""
        return self._said.text()

    def say_working(self, method_id: str, share: float) -> None:
        """Say how far a layout is."""
        self._say(
            method_id, _say("{method} · {n} %").format(method=_word(method_id), n=round(share * 100)), working=True
        )
        self._bar.setValue(round(share * _STEPS))

    def say_laid(self, method_id: str, cards: int, beside: int, *, changes: bool) -> None:
        """Say what is looked at; `beside` cards have no date."""
        said = [_word(method_id), label(_say("{n} cards"), {"n": cards})]
        if beside:
            said.append(_say("{n} without a date, at the right").format(n=beside))
        if not changes:
            said.append(_say("as it is already"))
        self._say(method_id, " · ".join(said), working=False)

    def _say(self, method_id: str, text: str, *, working: bool) -> None:
        self._said.setText(text)
        self.setAccessibleName(text)
        for name, button in self._methods.items():
            button.setChecked(name == method_id)
        self._bar.setVisible(working)
        self._keep.setVisible(not working)
        self._back.setText(_say("Stop  Esc") if working else _say("Back  Esc"))
        self.show()
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        self.move(max(0, (self._board.width() - self.width()) // 2), _TOP)
        self.raise_()

    # -- what a hand does --------------------------------------------------------------------------------------

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key is for while the strip is there; return whether it is for anything."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        elif event.key() in _ENTER and self._keep.isVisible():
            self.keep_wanted.emit()
        else:
            return event.key() in _ENTER
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


def _word(method_id: str) -> str:
    return _say(next(method.word for method in METHODS if method.id == method_id))
