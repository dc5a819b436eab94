"""Sharing a clean copy: what goes along is chosen at the left, what that comes to stands at the right."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.gradings import TLP
from evidenceboard.model.seam import RandomSeam
from evidenceboard.model.types import TYPES, entity_type
from evidenceboard.sharing.choice import Account, Choice
from evidenceboard.sharing.cleaned import clean
from evidenceboard.sharing.copying import Shared, share
from evidenceboard.ui import beside
from evidenceboard.ui.dialogs import ask as asking
from evidenceboard.ui.dialogs.account_tree import AccountTree
from evidenceboard.ui.dialogs.alias_table import AliasTable
from evidenceboard.ui.dialogs.share_words import account_said, report_said
from evidenceboard.ui.plain import one_line, plain_label

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_LOOK: Final = 15
"""Milliseconds between two looks at whether the account is worked out."""
_LINES: Final = 7
"""Lines that a list of ticks shows at once."""
_ROLE: Final = Qt.ItemDataRole.UserRole
_say = QCoreApplication.translate


def ask(window: Window) -> None:
    """Choose, look at what it comes to, and write the copy."""
    dialog = Share(window)
    dialog.exec()
    dialog.deleteLater()
    if dialog.open_then and dialog.done_with is not None:
        window.open_path(dialog.done_with.out)


class Share(QDialog):
    """Choose what goes along; the account at the right follows, and after sharing becomes the report."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.done_with: Shared | None = None
        self.open_then = False
        self.setObjectName("share")
        self.setWindowTitle(_say("Share", "Share a clean copy"))
        self.resize(1040, 740)
        document = window.document
        self.at_most = QComboBox(self)
        self.at_most.addItem(_say("Share", "Everything, however it is marked"), "")
        for word, meaning in reversed(list(TLP.words.items())):
            self.at_most.addItem(_say("Share", "At most {marking}").format(marking=word), word)
            self.at_most.setItemData(self.at_most.count() - 1, meaning, Qt.ItemDataRole.AccessibleDescriptionRole)
        self.boards = _Ticked(_say("Share", "Boards"), self)
        for board in document.boards:
            self.boards.add(one_line(board.title or "–", 60), board.id)
        self.types = _Ticked(_say("Share", "Types"), self)
        here = {entity.type for entity in document.entities}
        for type_id in dict.fromkeys([*(kind.id for kind in TYPES if kind.id in here), *sorted(here)]):
            if type_id != "note":
                self.types.add(one_line(entity_type(type_id).plural, 40), type_id)
        self.notes = QCheckBox(_say("Share", "Notes, note cards and reasons"), self)
        self.attachments = QCheckBox(_say("Share", "Attached files (pictures are painted anew)"), self)
        self.authors = QCheckBox(_say("Share", "Names of authors, and when they judged"), self)
        self.history = QCheckBox(_say("Share", "History (steps; not what was deleted or rewritten)"), self)
        self.mergeable = QCheckBox(_say("Share", "Can be merged back (ids stay the same)"), self)
        self.account = AccountTree(_say("Share", "What goes along and what stays"), self)
        self.aliases = AliasTable(document, self)
        self.note = plain_label("", self, name="quiet")
        self.note.setWordWrap(True)
        self.go = QPushButton(_say("Share", "Share…"), self)
        self.go.setDefault(True)
        self.open_copy = QPushButton(_say("Share", "Open the copy"), self)
        self.open_copy.setAutoDefault(False)
        self.close_button = QPushButton(_say("Share", "Cancel"), self)
        self.close_button.setAutoDefault(False)
        self._arrange()
        self._worker = ThreadPoolExecutor(1)
        self._running: Future[Account] | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._take)
        self._connect()
        self._changed()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(_say("Share", "Marking"), self.at_most)
        form.addRow(_say("Share", "Boards"), self.boards)
        form.addRow(_say("Share", "Types"), self.types)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(form)
        left.addSpacing(6)
        left.addWidget(plain_label(_say("Share", "Goes along as well"), self))
        for box in (self.notes, self.attachments, self.authors, self.history, self.mergeable):
            left.addWidget(box)
        left.addStretch(1)
        left.addWidget(self.note)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.account, 3)
        right.addWidget(self.aliases, 2)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.close_button, self.open_copy, self.go):
            buttons.addWidget(button)
        self.open_copy.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addLayout(row, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.at_most.currentIndexChanged.connect(self._changed)
        for listed in (self.boards, self.types):
            listed.itemChanged.connect(self._changed)
        for box in (self.notes, self.attachments, self.authors, self.history, self.mergeable):
            box.toggled.connect(self._changed)
        self.aliases.changed.connect(self._changed)
        self.go.clicked.connect(self._ask_place)
        self.open_copy.clicked.connect(self._open)
        self.close_button.clicked.connect(self.reject)

    # -- what is chosen ----------------------------------------------------------------------------------------

    def choice(self) -> Choice:
        """Return what is chosen."""
        types = self.types.ticked()
        if types is not None and self.notes.isChecked():
            types = types | {"note"}
        return Choice(
            at_most=self.at_most.currentData(), boards=self.boards.ticked(), types=types,
            history=self.history.isChecked(), authors=self.authors.isChecked(), notes=self.notes.isChecked(),
            attachments=self.attachments.isChecked(), mergeable=self.mergeable.isChecked(),
            aliases=self.aliases.aliases(),
        )  # fmt: skip

    @property
    def settled(self) -> bool:
        """Tell whether the account is that of what is chosen."""
        return self._running is None

    def _changed(self) -> None:
        self.mergeable.setEnabled(not self.history.isChecked())
        self._again = self._running is not None
        if not self._again:
            document, choice = self._window.document, self.choice()
            self._running = self._worker.submit(lambda: clean(document, choice, RandomSeam()).account)
            self._timer.start()

    def _take(self) -> None:
        if self._running is None or not self._running.done():
            return
        account, self._running = self._running.result(), None
        self._timer.stop()
        if self._again:
            self._changed()
            return
        self.account.show_sections(account_said(account, self.choice(), self._window.document))
        empty = not account.goes["boards"]
        self.go.setEnabled(not empty)
        self.note.setText(_say("Share", "Nothing is left by what is chosen.") if empty else "")

    # -- sharing -----------------------------------------------------------------------------------------------

    def _ask_place(self) -> None:
        path = self._window.session.path
        chosen = asking.place_for_shared(self, path)
        if chosen:
            self.share_to(chosen)

    def share_to(self, out: Path) -> bool:
        """Write the copy; what refuses it is said in the dialog, and nothing is written then."""
        choice, session = self.choice(), self._window.session
        words = _say("Share", "Writing the copy and searching it…")
        try:
            done = beside.look_up(self._window, lambda tick: share(session, out, choice, tick), words)
        except EvidenceBoardError as error:
            self.note.setText(f"{error.message} {error.hint}".strip())
            return False
        self.done_with = done
        self.setWindowTitle(_say("Share", "Shared"))
        self.account.show_sections(report_said(done, choice, self._window.document))
        for part in (self.at_most, self.boards, self.types, self.notes, self.attachments, self.authors, self.history):
            part.setEnabled(False)
        self.mergeable.setEnabled(False)
        self.aliases.hide()
        self.go.hide()
        self.open_copy.show()
        self.close_button.setText(_say("Share", "Close"))
        self.close_button.setFocus()
        self.note.setText(_say("Share", "You still work on the file you had open; it was only read."))
        return True

    def _open(self) -> None:
        self.open_then = True
        self.accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        self._worker.shutdown(wait=True)
        super().done(result)


class _Ticked(QListWidget):
    """A short list in which each line can be ticked."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSpacing(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the lines need, up to some of them."""
        super().showEvent(event)
        self.ensurePolished()
        line = max(1, self.sizeHintForRow(0)) + 2 * self.spacing()
        self.setFixedHeight(min(self.count(), _LINES) * line + 2 * self.frameWidth() + 4)

    def add(self, text: str, value: str) -> None:
        item = QListWidgetItem(text, self)
        item.setData(_ROLE, value)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)

    def ticked(self) -> frozenset[str] | None:
        """Return what is ticked; None where that is all."""
        items = [self.item(place) for place in range(self.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return None if len(chosen) == len(items) else frozenset(str(item.data(_ROLE)) for item in chosen)
