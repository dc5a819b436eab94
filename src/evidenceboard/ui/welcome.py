"""The window when no file is open: what went wrong, and three ways on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QVBoxLayout, QWidget

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.session import Session
from evidenceboard.ui import last_resort, settings
from evidenceboard.ui.dialogs import ask
from evidenceboard.ui.notices import Banner
from evidenceboard.ui.plain import menu_text, plain_label, plain_tip
from evidenceboard.ui.sample import own_copy
from evidenceboard.ui.window import show_file

_say = QCoreApplication.translate
_RECENT: Final = 5


class Welcome(QMainWindow):
    """Offer to open, to make and to try; closes as soon as a file is open."""

    def __init__(self, error: EvidenceBoardError | None = None, path: Path | None = None) -> None:
        """`path` is the file that was refused with this error."""
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Evidenceboard")
        self.resize(1000, 680)
        self.notices = Banner(self)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(plain_label("Evidenceboard", self, name="welcomeTitle"), 0, Qt.AlignmentFlag.AlignHCenter)
        told = _say("Welcome", "Who says what, on what evidence, and how surely.")
        column.addWidget(plain_label(told, self, name="quiet"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        self.open_button = self._button(column, _say("Welcome", "Open a board…"), "Ctrl+O", self._open)
        self.new_button = self._button(column, _say("Welcome", "New board…"), "Ctrl+N", self._new)
        self.sample_button = self._button(column, _say("Welcome", "Look at the sample board"), "", self._sample)
        recent = [path for path in settings.recent_files() if path.is_file()][:_RECENT]
        if recent:
            column.addSpacing(14)
            said = plain_label(_say("Welcome", "Opened last"), self, name="quiet")
            column.addWidget(said, 0, Qt.AlignmentFlag.AlignHCenter)
        for path in recent:
            button = self._button(column, menu_text(path.name), "", partial(self.open_path, path))
            button.setProperty("quiet", True)
            button.setToolTip(plain_tip(str(path)))
        column.addStretch(3)
        middle = QWidget(self)
        outer = QVBoxLayout(middle)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.notices)
        outer.addLayout(column, 1)
        self.setCentralWidget(middle)
        if error is not None and path is not None:
            last_resort.tell(path, error, self._show, self.notices)
        elif error is not None:
            self.notices.say(error.message, error.hint, alarm=True)

    def open_path(self, path: Path) -> None:
        """Open a file in a window of its own; a refusal is told here."""
        last_resort.attempt(path, self._show, self.notices)

    def _show(self, path: Path) -> None:
        show_file(path)
        self.close()

    def _button(self, column: QVBoxLayout, text: str, keys: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setMinimumWidth(240)
        if keys:
            button.setShortcut(keys)
        button.clicked.connect(act)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def _open(self) -> None:
        path = ask.file_to_open(self)
        if path:
            self.open_path(path)

    def _new(self) -> None:
        path = ask.place_for_new(self)
        if not path:
            return
        try:
            Session.create(path).close()
        except EvidenceBoardError as error:
            self.notices.say(error.message, error.hint, alarm=True)
        else:
            self.open_path(path)

    def _sample(self) -> None:
        try:
            path = own_copy()
        except EvidenceBoardError as error:
            self.notices.say(error.message, error.hint, alarm=True)
        else:
            self.open_path(path)
