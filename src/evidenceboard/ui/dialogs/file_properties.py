"""The file as a whole: its title, its marking, and the yardstick of its likelihoods."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from evidenceboard.model.document import Document
from evidenceboard.model.gradings import TLP
from evidenceboard.model.records import TITLE_LIMIT
from evidenceboard.model.yardsticks import ICD203, YARDSTICKS
from evidenceboard.ui.plain import one_line, plain_label, plain_tip

_say = QCoreApplication.translate


class FileProperties(QDialog):
    """Ask for title, marking and yardstick."""

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent)
        self.setObjectName("fileProperties")
        self.setWindowTitle(_say("FileProperties", "Title, marking, yardstick"))
        self.setMinimumWidth(460)
        self._was = {
            "title": str(document.setting("title", "")), "marking": str(document.setting("marking", "TLP:CLEAR")),
            "yardstick": str(document.setting("yardstick", "") or ICD203.id),
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
        self.yardstick = QComboBox(self)
        for one in YARDSTICKS.values():
            self.yardstick.addItem(one.name, one.id)
            words = ", ".join(f"{word} {low}–{high} %" for word, (low, high) in one.words.items())
            self.yardstick.setItemData(self.yardstick.count() - 1, plain_tip(words), Qt.ItemDataRole.ToolTipRole)
        if self.yardstick.findData(self._was["yardstick"]) < 0:
            self.yardstick.addItem(one_line(self._was["yardstick"]), self._was["yardstick"])
        self.yardstick.setCurrentIndex(self.yardstick.findData(self._was["yardstick"]))
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow(_say("FileProperties", "Title"), self.title)
        form.addRow(_say("FileProperties", "Marking"), self.marking)
        form.addRow(_say("FileProperties", "Likelihood in words of"), self.yardstick)
        told = _say("FileProperties", "A card without a marking of its own has this one; every exported page shows it.")
        told += " " + _say("FileProperties", "Likelihoods in words of another yardstick stay, and are shown as such.")
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
        """Return what was changed; what this version does not know stays untouched."""
        now = {
            "title": self.title.text().strip(), "marking": self.marking.currentData(),
            "yardstick": self.yardstick.currentData(),
        }  # fmt: skip
        return {name: value for name, value in now.items() if value != self._was[name].strip()}
