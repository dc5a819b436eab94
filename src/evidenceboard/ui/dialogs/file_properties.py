"""The file as a whole: its title and its marking."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from evidenceboard.model.document import Document
from evidenceboard.model.gradings import TLP
from evidenceboard.ui.plain import plain_label

_say = QCoreApplication.translate


class FileProperties(QDialog):
    """Ask for title and marking."""

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent)
        self.setObjectName("fileProperties")
        self.setWindowTitle(_say("FileProperties", "Title and marking"))
        self.setMinimumWidth(460)
        self.title = QLineEdit(str(document.setting("title", "")), self)
        self.marking = QComboBox(self)
        self._words = list(TLP.words)
        for word in self._words:
            self.marking.addItem(f"{word}  ·  {TLP.words[word]}", word)
        now = str(document.setting("marking", "TLP:CLEAR"))
        self.marking.setCurrentIndex(max(0, self._words.index(now) if now in self._words else 0))
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(_say("FileProperties", "Title"), self.title)
        form.addRow(_say("FileProperties", "Marking"), self.marking)
        told = _say("FileProperties", "A card without a marking of its own has this one; every exported page shows it.")
        note = plain_label(told, self, name="quiet")
        note.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)

    def values(self) -> dict[str, Any]:
        """Return the title and marking chosen."""
        return {"title": self.title.text().strip(), "marking": self.marking.currentData()}
