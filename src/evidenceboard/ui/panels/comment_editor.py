"""Where a comment is written: kept by Ctrl+Enter or its button, never lost where the file does not take it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from evidenceboard.ui.panels.editors import Lines
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.saving import Draft, Drafts


def _say(text: str) -> str:
    return QCoreApplication.translate("Comments", text)


class CommentEditor(QWidget):
    """Write a comment, an answer or other words for one; what is typed is a draft until the file has it.

    `write` keeps it and returns why it was refused, or "".
    """

    closed = Signal()
    drafted = Signal()

    def __init__(
        self,
        label: str,
        text: str,
        write: Callable[[str], str],
        drafts: Drafts,
        place: tuple[str, str],
        parent: QWidget,
    ) -> None:
        """Begin with a text, or with the draft that is held at a place (subject and key)."""
        super().__init__(parent)
        self.setObjectName("commentEditor")
        self._label, self._write, self._drafts, self._place = label, write, drafts, place
        known = drafts.of(*place)
        field = Field("comment", label, kind="text")
        self.text = Lines(field, known.text if known else text, self, 13)
        self.text.setObjectName("commentText")
        self.text.setPlaceholderText(_say("What you want to say to the others"))
        self.text.installEventFilter(self)
        self.text.editing.put_back.connect(self.closed)  # Esc folds it; what was typed stays a draft
        self.text.editing.went_on.connect(lambda step: self.focusNextPrevChild(step > 0))
        self.text.refused.connect(self._tell)
        self.text.textChanged.connect(self._changed)
        self.keeping = QPushButton(_say("Keep"), self)
        self.keeping.setObjectName("keepComment")
        self.keeping.setToolTip(_say("Ctrl+Enter"))
        self.keeping.clicked.connect(self.keep)
        self.leaving = QPushButton(_say("Leave it"), self)
        self.leaving.setObjectName("leaveComment")
        self.leaving.clicked.connect(self.put_back)
        self.reason = Prose("", self, size=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(ProseButton.PAD[0], 4, 0, 6)
        column.setSpacing(6)
        column.addWidget(Prose(label, self, size=12, quiet=True))
        column.addWidget(self.text)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.keeping)
        row.addWidget(self.leaving)
        row.addStretch(1)
        column.addLayout(row)
        self._tell(known.reason if known else "")
        self._tell_buttons()

    def keep(self) -> None:
        """Put what was typed into the file, and close where it took it."""
        typed = self.text.value()
        if not typed.strip():
            return
        refused = self._write(typed)
        if refused:
            self._drafts.keep(*self._place, Draft(typed, refused, self._label))
            self._tell(refused)
        else:
            self._drafts.keep(*self._place, None)
            self.closed.emit()
        self.drafted.emit()

    def put_back(self) -> None:
        """Drop what was typed."""
        self._drafts.keep(*self._place, None)
        self.closed.emit()
        self.drafted.emit()

    def _changed(self) -> None:
        typed = self.text.value()
        self._drafts.keep(*self._place, Draft(typed, "", self._label) if typed.strip() else None)
        self._tell("")
        self._tell_buttons()

    def _tell(self, reason: str) -> None:
        self.reason.say(reason)
        self.reason.setVisible(bool(reason))

    def _tell_buttons(self) -> None:
        self.keeping.setEnabled(bool(self.text.value().strip()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Enter begins a new line, as in a letter; it is Ctrl+Enter that keeps.
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if event.type() == QEvent.Type.KeyPress and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.keep()
            elif event.type() == QEvent.Type.KeyPress:
                self.text.insertPlainText("\n")
            return True
        return super().eventFilter(watched, event)
