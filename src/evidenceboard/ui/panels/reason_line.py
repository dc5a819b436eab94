"""One line in which somebody says why: it opens in place, keeps on Enter, and never stands in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from evidenceboard.ui.panels.editors import Line
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.prose import Prose, ProseButton


class ReasonLine(QWidget):
    """Ask for a reason. `keep` is told what was typed and returns why that will not do, or "".

    Left without a word it closes, unless it `stays`: then nothing has been decided yet.
    """

    closed = Signal()

    def __init__(
        self,
        question: str,
        keep: Callable[[str], str],
        parent: QWidget,
        *,
        text: str = "",
        hint: str = "",
        offers: tuple[tuple[str, Callable[[], object]], ...] = (),
        stays: bool = False,
    ) -> None:
        super().__init__(parent)
        self._stays = stays
        self.setObjectName("reasonLine")
        self._keep = keep
        self.question = Prose(question, self, size=12)
        self.line = Line(Field("reason", question), text, self)
        self.line.setPlaceholderText(hint)
        self.line.editing.kept.connect(self.keep)
        self.line.editing.put_back.connect(self.close_without)
        self.line.editing.went_on.connect(lambda _: self.keep())
        self.line.editing.left.connect(self._left)
        self.trouble = Prose("", self, size=11)
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(ProseButton.PAD[0], 4, 0, 6)
        column.setSpacing(4)
        for widget in (self.question, self.line, self.trouble):
            column.addWidget(widget)
        self.buttons: list[QPushButton] = []
        for said, run in offers:
            button = QPushButton(said, self)
            button.clicked.connect(lambda _=False, run=run: run())
            self.buttons.append(button)
            # One below the other: side by side they would make a narrow panel wider.
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def ask(self) -> None:
        """Take the keyboard."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> str:
        """Return what stands in the line."""
        return self.line.value().strip()

    def keep(self) -> bool:
        """Hand on what was typed; what will not do stays, with why beneath."""
        refused = self._keep(self.typed())
        self.trouble.say(refused)
        self.trouble.setVisible(bool(refused))
        if not refused:
            self.closed.emit()
        return not refused

    def close_without(self) -> None:
        """Close; what was typed is let go."""
        self.closed.emit()

    def _left(self, to_another_window: bool) -> None:
        # A click on one of the offers also takes the keyboard.
        if to_another_window or not self.isVisible() or any(button.hasFocus() for button in self.buttons):
            return
        if self.typed() or not self._stays:
            self.keep()
