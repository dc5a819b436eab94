"""What is not as it should be in a file, all of it, to be read and copied."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from evidenceboard.ui.plain import plain_label

_say = QCoreApplication.translate


class Findings(QDialog):
    """List sentences, one a line."""

    def __init__(self, parent: QWidget, sentences: Iterable[str]) -> None:
        super().__init__(parent)
        self.setObjectName("findings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_say("Findings", "What is not as it should be"))
        self.resize(680, 420)
        told = _say(
            "Findings",
            "The file was looked over. What is named here was changed by another program, or by a disk that fails. "
            "Nothing was changed in the file; compare it with a snapshot or with a colleague's copy.",
        )
        note = plain_label(told, self)
        note.setWordWrap(True)
        self.list = QPlainTextEdit("\n".join(sentences), self)
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(_say("Findings", "What was found"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(note)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
