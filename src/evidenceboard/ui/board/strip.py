"""The strip at the top of the board that says what one looks at (a path, a focus) and ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from evidenceboard.ui.board.focus import FARTHEST, Focus
from evidenceboard.ui.board.paths import Paths
from evidenceboard.ui.plain import plain_label

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

_TOP: Final = 12
_GAP: Final = 8


def _say(text: str) -> str:
    return QCoreApplication.translate("Strip", text)


class Strip(QFrame):
    """Say in one line what is looked at, with what can be changed about it; the path first, then the focus."""

    def __init__(self, board: QWidget, surface: Surface, focus: Focus, paths: Paths) -> None:
        super().__init__(board)
        self._board, self._surface, self._focus, self._paths = board, surface, focus, paths
        self.setObjectName("strip")
        self.text = plain_label("", self, name="stripText")
        self.steps = [self._button(str(n), lambda n=n: focus.go(n)) for n in range(1, FARTHEST + 1)]
        self.steps_said = plain_label("", self, name="stripQuiet")
        self.evidence = self._button(_say("evidence only"), lambda: focus.along_evidence(not focus.evidence))
        self.close_ = self._button("×", self._end)
        self.close_.setCheckable(False)
        self.close_.setToolTip(_say("End it (Esc)"))
        self.close_.setAccessibleName(_say("End it"))
        self.evidence.setToolTip(_say("Only along links that carry evidence, such as states, supports and bears on"))
        for n, button in enumerate(self.steps, start=1):
            button.setAccessibleName(_say("Steps to show: {n}").format(n=n))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 6, 5)
        row.setSpacing(3)
        for widget in (self.text, *self.steps, self.steps_said, self.evidence, self.close_):
            row.addWidget(widget)
        row.insertSpacing(1, 10)
        row.insertSpacing(row.count() - 1, 8)
        focus.changed.connect(self.follow)
        paths.changed.connect(self.follow)
        self.hide()

    def _button(self, text: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button

    def _end(self) -> None:
        (self._paths if self._paths.ends is not None else self._focus).end()

    def follow(self) -> None:
        """Say what is looked at now."""
        path, focus = self._paths.ends is not None, bool(self._focus.starts)
        self.text.setText(self._paths.said if path else self._focus.said)
        for n, button in enumerate(self.steps, start=1):
            button.setVisible(not path)
            button.setChecked(n == self._focus.steps)
        self.steps_said.setText(_say("step") if self._focus.steps == 1 else _say("steps"))
        for widget in (self.steps_said, self.evidence):
            widget.setVisible(not path)
        self.evidence.setChecked(self._focus.evidence)
        self.setVisible(path or focus)
        self.settle()
        self._surface.top_taken = self.height() + _GAP if path or focus else 0
        self._surface.update_overlay()

    def settle(self) -> None:
        """Stand in the middle of the board's upper edge."""
        self.adjustSize()
        self.setFixedWidth(min(self.sizeHint().width(), max(120, self._board.width() - 24)))
        self.move((self._board.width() - self.width()) // 2, _TOP)
        self.raise_()
