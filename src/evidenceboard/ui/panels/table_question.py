"""A question above the table: what does not fit, what would be made, and what shall be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.table_plan import Plan
from evidenceboard.ui.plain import plain_tip


class Question(QWidget):
    """Say something, and offer to do it or to leave it. Esc leaves it."""

    answered = Signal()

    def __init__(self, said: str, lines: list[str], offer: str, do: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tableQuestion")
        self.said = Prose(said, self)
        self.lines = [Prose(line, self, size=12, lines=2) for line in lines]
        self.do = QPushButton(offer, self)
        self.do.setVisible(bool(offer))
        self.leave = QPushButton(_say("Leave it") if offer else _say("Close"), self)
        self.do.clicked.connect(self.answered)
        self.do.clicked.connect(lambda: do())
        self.leave.clicked.connect(self.answered)
        row = QHBoxLayout()
        row.addWidget(self.do)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 6)
        column.setSpacing(4)
        column.addWidget(self.said)
        for line, text in zip(self.lines, lines, strict=True):
            line.setToolTip(plain_tip(text))
            column.addWidget(line)
        column.addLayout(row)
        for button in (self.do, self.leave):
            button.installEventFilter(self)

    def ask(self) -> None:
        """Take the keyboard."""
        (self.do if self.do.text() else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.answered.emit()
            event.accept()
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, QPushButton)
        ):
            watched.click()
            return True
        return super().eventFilter(watched, event)


def about(plan: Plan, do: Callable[[], object], parent: QWidget) -> Question:
    """Return the question that a plan asks before it is carried out."""
    said = []
    kind = entity_type(plan.type_id)
    if plan.unfit:
        one = _say("1 cell does not fit.")
        said.append(one if plan.unfit == 1 else _say("{n} cells do not fit.").format(n=f"{plan.unfit:,}"))
    if plan.new:
        n = len(plan.new)
        words = (kind.word if n == 1 else kind.plural).lower()
        below = _say("The text goes on below the last row: it would make {n} new {what}, with cards on this board.")
        said.append(below.format(n=f"{n:,}", what=words))
    if not plan.fit:
        said.append(_say("Nothing of it can be written."))
    offer = ""
    if plan.fit:
        usual = _say("Write the 1 cell that fits") if plan.fit == 1 else _say("Write the {n} cells that fit")
        offer = (usual if plan.unfit else _say("Write {n} cells")).format(n=f"{plan.fit:,}")
    return Question(" ".join(said), plan.told(), offer, do, parent)


def _say(text: str) -> str:
    return QCoreApplication.translate("Table", text)
