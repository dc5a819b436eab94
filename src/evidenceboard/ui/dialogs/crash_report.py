"""What is known of a bug of ours, to be read whole before anything of it is copied."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from evidenceboard.ui.plain import plain_label

_say = QCoreApplication.translate


class CrashReport(QDialog):
    """Show what happened, how the file is, and the report; the window behind it can be used meanwhile."""

    def __init__(self, parent: QWidget, happened: str, file: str, report: str) -> None:
        super().__init__(parent)
        self.setObjectName("crashReport")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_say("Crash", "What went wrong"))
        self.resize(680, 500)
        told = _say(
            "Crash",
            "This is the whole report. It holds no text of your board, no path and no name. Nothing is sent anywhere: "
            "copy it if you want to hand it to those who mend the program.",
        )
        self.happened = plain_label(happened, self)
        self.file = plain_label(file, self)
        note = plain_label(told, self, name="quiet")
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(_say("Crash", "The report"))
        self.copy = QPushButton(_say("Crash", "Copy the report"), self)
        self.copy.clicked.connect(self._copy)
        close = QPushButton(_say("Crash", "Close"), self)
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for label in (self.happened, self.file, note):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.report, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(close)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(_say("Crash", "Copied"))
