"""The marking of cards, links, boards and attachments, with the reason where it is lowered."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.model.markings import Marked, effective, inherited, read_as
from evidenceboard.model.records import Attachment, Board, Entity
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.marking_words import REASON_LIMIT, choices, said, told
from evidenceboard.ui.plain import one_line, plain_label
from evidenceboard.ui.shell import Shell

_MANY = 20
"""Things up to which the dialog looks at where each has its marking from."""


class MarkingDialog(QDialog):
    """Ask for a marking, and for the reason where one of the things would have a higher one without it."""

    def __init__(self, shell: Shell, ids: Iterable[str], word: str | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("markingDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_say("Marking"))
        self.setMinimumWidth(480)
        self._shell = shell
        self._ids = list(dict.fromkeys(ids))
        self._records = [commands.marked_record(shell.document, record_id) for record_id in self._ids]
        self.marking = QComboBox(self)
        self._fill(word)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(REASON_LIMIT)
        reasons = {record.marking_reason for record in self._records}
        self.reason.setText(reasons.pop() if len(reasons) == 1 else "")
        self.note = plain_label("", self, name="quiet")
        self.note.setWordWrap(True)
        self.form = form = QFormLayout()
        form.setSpacing(10)
        form.addRow(_say("Marking"), self.marking)
        form.addRow(_say("Why lower"), self.reason)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.ok = buttons.button(kinds.Ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addWidget(plain_label(self._subject(), self))
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(buttons)
        self.lowering: list[Marked] = []
        """The things that would have a higher marking without the one that is chosen."""
        self.marking.currentIndexChanged.connect(self._choose)
        self.reason.textChanged.connect(self._look)
        self._choose()
        if self.lowering:
            self.reason.setFocus()

    def _fill(self, word: str | None) -> None:
        document = self._shell.document
        above = {said(inherited(document, record)) for record in self._records[:_MANY]}
        for value, text in choices(above.pop() if len(above) == 1 else _say("As inherited")):
            self.marking.addItem(text, value)
        own = {read_as(record.marking) for record in self._records}
        wanted = word if word is not None else own.pop() if len(own) == 1 else None
        if wanted is None:
            self.marking.setPlaceholderText(_say("various"))
            self.marking.setCurrentIndex(-1)
            return
        if self.marking.findData(wanted) < 0:
            self.marking.addItem(one_line(wanted), wanted)
        self.marking.setCurrentIndex(self.marking.findData(wanted))

    def _subject(self) -> str:
        if len(self._records) > 1:
            return _say("{n} things").format(n=len(self._records))
        return name_of(self._records[0]) if self._records else ""

    def _choose(self) -> None:
        word, document = str(self.marking.currentData() or ""), self._shell.document
        self.lowering = [record for record in self._records if commands.lowers(document, record, word)]
        self.form.setRowVisible(self.reason, bool(self.lowering))
        self.note.setText(self._told())
        self._look()

    def _look(self) -> None:
        chosen = self.marking.currentIndex() >= 0
        self.ok.setEnabled(chosen and (not self.lowering or bool(self.reason.text().strip())))

    def _told(self) -> str:
        document = self._shell.document
        if len(self.lowering) == 1:
            first = self.lowering[0]
            words = _say("{name} has {marking} otherwise, so a lower one needs a reason, which is kept beside it.")
            return words.format(name=name_of(first), marking=said(inherited(document, first)))
        if self.lowering:
            words = _say("{n} of these have a higher one otherwise, so this needs a reason, which is kept beside it.")
            return words.format(n=len(self.lowering))
        if len(self._records) == 1 and (more := told(effective(document, self._records[0]))):
            return more
        return _say("What has no marking of its own has the highest of what it hangs on.")

    def accept(self) -> None:
        """Write the marking as one operation; what the file refuses stays in the dialog."""
        word, reason = self.marking.currentData(), self.reason.text().strip()

        def change(tx: Transaction) -> bool:
            commands.set_markings(tx, self._ids, str(word), reason)
            return True

        if word is not None and self._shell.perform("Mark {n} things", change, n=len(self._ids)):
            super().accept()


def ask(shell: Shell, parent: QWidget | None, ids: Iterable[str], word: str | None = None) -> None:
    """Open the dialog for some things; `word` is chosen already."""
    MarkingDialog(shell, ids, word, parent).open()


def name_of(record: Marked) -> str:
    """Return what a thing is called in a sentence."""
    if isinstance(record, Entity):
        return record.number
    if isinstance(record, Board):
        return _say("The board “{title}”").format(title=one_line(record.title, 60))
    if isinstance(record, Attachment):
        return _say("The file “{name}”").format(name=one_line(record.name, 60))
    return _say("This link")


def _say(text: str) -> str:
    return QCoreApplication.translate("MarkingDialog", text)
