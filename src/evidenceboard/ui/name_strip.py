"""The author's name: asked once, with the first judgement or comment, or before a file is sent or merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import Operation
from evidenceboard.store import personal
from evidenceboard.ui.plain import ask_line, plain_label

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window


def _say(text: str) -> str:
    return QCoreApplication.translate("AuthorName", text)


def who_sees() -> str:
    """Say who reads the name, and that there need be none."""
    return _say("Whoever gets this file sees it. A pseudonym will do. Leave it empty to stay without a name.")


def take_name(window: Window, name: str) -> None:
    """Keep a name for this user, and leave it in the file of this window. Every other file gets it with a change."""
    try:
        window.session.sign(personal.choose_author_name(name))
    except EvidenceBoardError as error:
        window.banner(error.message, error.hint, alarm=True)
    except OSError:
        window.banner(_say("The name could not be kept for the next time; nothing else is changed."), alarm=True)


def asked_before(window: Window) -> bool:
    """Ask for the name before a file is sent or merged, where it was never answered; False where that is put off.

    No name is an answer, and whatever is answered, it is not asked again.
    """
    known = personal.author_name()
    if known is not None or window.session.signs_as is not None:
        return True
    words = _say("Your name beside judgements and comments?") + "\n" + who_sees()
    answer = ask_line(window, _say("Your name"), words, window.name_strip.name.text())
    if answer is None:
        return False
    window.name_strip.hide()
    take_name(window, answer)
    return True


class NameStrip(QFrame):
    """Ask for the name; whatever is answered, it is not asked again."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("nameStrip")
        self._window = window
        said = plain_label(_say("Your name beside judgements and comments?") + " " + who_sees(), self)
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.name = QLineEdit(self)
        self.name.setObjectName("authorName")
        self.name.setMaxLength(personal.LONGEST_NAME)
        self.name.setMinimumWidth(180)
        self.name.setPlaceholderText(_say("Name or pseudonym"))
        self.name.setAccessibleName(_say("Your name or pseudonym"))
        self.name.setAccessibleDescription(who_sees())
        self.name.returnPressed.connect(self.answer)
        self.name.textChanged.connect(self._tell)
        self.done = QPushButton(self)
        self.done.setObjectName("authorNameDone")
        self.done.clicked.connect(self.answer)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(said, 1)
        row.addWidget(self.name)
        row.addWidget(self.done)
        self._tell()
        self.hide()
        window.bridge.changed.connect(self._changed)

    def _tell(self) -> None:
        self.done.setText(_say("Keep") if self.name.text().strip() else _say("Without a name"))

    def _changed(self, operation: Operation) -> None:
        own = operation.kind == "do" and operation.tables() & {"assessments", "comments"}
        if own and self.isHidden() and self._window.session.signs_as is None:
            self.ask()

    def ask(self) -> None:
        """Show the question where it was never answered; nothing waits for it."""
        known = personal.author_name()
        if known is None:
            self.show()
        else:
            self._window.session.signs_as = known  # it was answered in another window

    def answer(self) -> None:
        """Take what stands there, nothing included."""
        self.hide()
        take_name(self._window, self.name.text())
        self._window.board.setFocus()
