"""What this program is and which version runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

import evidenceboard
from evidenceboard.ui.plain import plain_label

_say = QCoreApplication.translate


class About(QDialog):
    """Name, version, and the promises that matter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(_say("About", "About Evidenceboard"))
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(10)
        column.addWidget(plain_label("Evidenceboard", self, name="welcomeTitle"))
        version = _say("About", "Version {version}, with Qt {qt}")
        lines = (
            version.format(version=evidenceboard.__version__, qt=qVersion()),
            _say("About", "Who says what, on what evidence, how surely, and which scenario it favours."),
            _say("About", "Every step is written to your file as you make it. Nothing leaves this machine by itself."),
            _say("About", "The typeface is Inter, under the SIL Open Font License 1.1."),
        )
        for text in lines:
            label = plain_label(text, self)
            label.setWordWrap(True)
            column.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(440)
