"""Sending a file as it is: what is in it that nobody sees on the board, told before a copy is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from evidenceboard.sharing.contents import Contents
from evidenceboard.ui.dialogs.account_tree import AccountTree, Line
from evidenceboard.ui.plain import plain_label

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_EXAMPLES: Final = 5
_say = QCoreApplication.translate


class Send(QDialog):
    """Say what whoever gets the file can read in it; the buttons are what can be done then."""

    def __init__(self, window: Window, found: Contents) -> None:
        super().__init__(window)
        self.setObjectName("send")
        self.setWindowTitle(_say("Send", "Send"))
        self.resize(640, 620)
        words = plain_label(
            _say(
                "Send",
                "The file is one whole: whoever gets it can also read the following, whether a card shows it or not. "
                "A clean copy holds only what you choose.",
            ),
            self,
        )
        words.setWordWrap(True)
        self.list = AccountTree(_say("Send", "What is in this file"), self)
        self.list.show_sections(sections(found))
        self.then = ""
        self.copy = self._button(_say("Send", "Save a copy as it is…"), "save_copy")
        self.share = self._button(_say("Send", "Share a clean copy…"), "share")
        self.share.setDefault(True)
        close = QPushButton(_say("Send", "Cancel"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(close)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.share)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addLayout(row)

    def _button(self, text: str, action_id: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._leave(action_id))
        return button

    def _leave(self, action_id: str) -> None:
        self.then = action_id
        self.accept()


def ask(window: Window) -> None:
    """Look through the file, say what is in it, and do what is chosen."""
    from evidenceboard.sharing.contents import contents

    session = window.session
    found = window.look_up(lambda tick: contents(session), _say("Send", "Looking through the file…"))
    if found is None:
        return
    dialog = Send(window, found)
    dialog.exec()
    dialog.deleteLater()
    if dialog.then:
        window.run(dialog.then)


def sections(found: Contents) -> list[tuple[str, list[Line]]]:
    """Return what is in a file as headings with their lines."""
    authors: list[Line] = [
        (name or _say("Send", "An author without a name, under a random id"), _steps(count))
        for name, count in found.authors
    ]
    files: list[Line] = _counted(_say("Send", "Kept with cards"), found.attachments)
    if found.deleted_files:
        files.append((_say("Send", "Of what was deleted, still in the history"), f"{found.deleted_files:,}"))
    return [
        (_say("Send", "Who worked on it"), authors),
        (_say("Send", "History"), [(_say("Send", "Steps, each with its time and author"), f"{found.operations:,}")]),
        (
            _say("Send", "Deleted or rewritten, still to be read in the history"),
            _counted(_say("Send", "Texts"), found.gone) or [(_say("Send", "None"), "")],
        ),
        (_say("Send", "Notes"), _counted(_say("Send", "Notes of things and links"), found.notes)),
        (_say("Send", "Files"), files),
        (
            _say("Send", "Markings"),
            [(word, _say("Send", "{n} times").format(n=f"{n:,}") if n > 1 else "") for word, n in _ordered(found)],
        ),
    ]


def _steps(count: int) -> str:
    return _say("Send", "1 step") if count == 1 else _say("Send", "{n} steps").format(n=f"{count:,}")


def _counted(what: str, texts: list[str]) -> list[Line]:
    """Return how many texts there are, and some of them."""
    if not texts:
        return []
    lines: list[Line] = [(what, f"{len(texts):,}")]
    lines += [(f"“{text}”", "") for text in texts[:_EXAMPLES]]
    if len(texts) > _EXAMPLES:
        lines.append((_say("Send", "… and {n} more").format(n=f"{len(texts) - _EXAMPLES:,}"), ""))
    return lines


def _ordered(found: Contents) -> list[tuple[str, int]]:
    from evidenceboard.model.markings import rank

    return sorted(found.markings.items(), key=lambda one: -rank(one[0]))
