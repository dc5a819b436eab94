"""The file as a whole: its title and its marking."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from evidenceboard.model.document import Document
from evidenceboard.model.gradings import TLP
from evidenceboard.model.records import TITLE_LIMIT
from evidenceboard.ui.plain import one_line, plain_label

_say = QCoreApplication.translate


class FileProperties(QDialog):
    """Ask for title and marking."""

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent)
        self.setObjectName("fileProperties")
        self.setWindowTitle(_say("FileProperties", "Title and marking"))
        self.setMinimumWidth(460)
        self._was = {
            "title": str(document.setting("title", "")), "marking": str(document.setting("marking", "TLP:CLEAR"))
        }  # fmt: skip
        self.title = QLineEdit(self)
        # Qt would cut what is longer than 32,767 characters without a word; the file says what it takes.
        self.title.setMaxLength(TITLE_LIMIT + 1)
        self.title.setText(self._was["title"])
        self.marking = QComboBox(self)
        for word, meaning in TLP.words.items():
            self.marking.addItem(f"{word}  ·  {meaning}", word)
        if self.marking.findData(self._was["marking"]) < 0:
            self.marking.addItem(one_line(self._was["marking"]), self._was["marking"])
        self.marking.setCurrentIndex(self.marking.findData(self._was["marking"]))
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
        """Return what was changed of title and marking; what this version does not know stays untouched."""
        now = {"title": self.title.text().strip(), "marking": self.marking.currentData()}
        return {name: value for name, value in now.items() if value != self._was[name].strip()}
