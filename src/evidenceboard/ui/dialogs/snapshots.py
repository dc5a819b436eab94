"""The snapshots of this board, of boards whose file is gone or cannot be opened, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError, FileRefusedError
from evidenceboard.model.records import Snapshot
from evidenceboard.store import backups, gate
from evidenceboard.store.backups import Backup
from evidenceboard.ui import restoring
from evidenceboard.ui.backing_up import EVERY
from evidenceboard.ui.last_resort import backups_of
from evidenceboard.ui.past_window import show_past
from evidenceboard.ui.plain import one_line, plain_label
from evidenceboard.ui.statusline import clock

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate
_ROLE: Final = Qt.ItemDataRole.UserRole
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIGURES: Final = (2, 3, 4)
"""The columns of figures, set to the right."""
_WIDE, _HIGH = 150, 26
"""Pixels: room for a time with its day, and for a line."""


class Snapshots(QDialog):
    """List the snapshots, newest first; what is to be done with one is done when the dialog has closed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._then: Callable[[], object] | None = None
        self._sure = False
        self._other: set[Path] = set()
        self.setObjectName("snapshots")
        self.setWindowTitle(_say("Snapshots", "Snapshots and restore"))
        self.resize(760, 560)
        told = _say(
            "Snapshots",
            "Whole copies of your board, made while you work: after it was opened and every {minutes} minutes, if "
            "something changed. Each was looked through when it was made. The last 10 stay, then one an hour for a "
            "day and one a day for 30 days; of a large board fewer. They lie in your own folder on this machine.",
        ).format(minutes=EVERY)
        self.board = QComboBox(self)
        self.board.setAccessibleName(_say("Snapshots", "Board"))
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(_say("Snapshots", "Snapshots, newest first"))
        heads = ("Made", "What", "Cards", "Steps", "Size")
        self.list.setHeaderLabels([_say("Snapshots", word) for word in heads])
        for place in _FIGURES:
            self.list.headerItem().setTextAlignment(place, _RIGHT)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.empty = plain_label("", self, name="quiet")
        self.empty.setWordWrap(True)
        self.show_button = self._button(_say("Snapshots", "Look at it"), self._show)
        self.save_button = self._button(_say("Snapshots", "Save as a board…"), self._save)
        self.restore_button = self._button(_say("Snapshots", "Restore here"), self._restore)
        self.delete_button = self._button(_say("Snapshots", "Delete"), self._delete)
        self.make_button = self._button(_say("Snapshots", "Make one now"), self._make)
        close = self._button(_say("Snapshots", "Close"), self.reject)
        self.keep = QCheckBox(_say("Snapshots", "Make snapshots of this board"), self)
        self.keep.clicked.connect(self._switch)
        self.note = plain_label("", self, name="quiet")
        self.note.setWordWrap(True)
        words = plain_label(told, self, name="quiet")
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(self.board)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        row = QHBoxLayout()
        for button in (self.show_button, self.save_button, self.restore_button, self.delete_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addStretch(1)
        row.addWidget(self.make_button)
        row.addWidget(close)
        column.addLayout(row)
        self._fill_boards()
        self.board.currentIndexChanged.connect(self._fill)
        self.list.itemSelectionChanged.connect(self._tell)
        self.list.itemActivated.connect(self._show)
        self._fill()
        self.list.setFocus()

    def ask(self) -> None:
        """Show the dialog, and do what was chosen in it."""
        self.exec()
        self.deleteLater()
        if self._then is not None:
            self._then()

    # -- what is listed ----------------------------------------------------------------------------------------

    def _fill_boards(self) -> None:
        own = self._window.session.path
        self.board.addItem(_say("Snapshots", "This board: {name}").format(name=one_line(own.name, 60)), str(own))
        for path in dict.fromkeys(series.board for series in backups.every_series()):
            if path != own and (why := _problem_at(path)):
                said = f"{one_line(path.name, 60)}  ·  {why}  ·  {one_line(str(path.parent), 80)}"
                self.board.addItem(said, str(path))

    def _fill(self) -> None:
        self.list.clear()
        path = self._path()
        self._other = self._of_others()
        rows: list[tuple[str, Backup | Snapshot]] = [(one.at, one) for one in backups_of(path)]
        if path == self._window.session.path:
            rows += [(one.at, one) for one in self._window.document.snapshots]
        for at, one in sorted(rows, key=lambda row: row[0], reverse=True):
            if isinstance(one, Backup):
                size = _say("Snapshots", "{n} MB").format(n=f"{one.size / 1e6:,.1f}")
                what = _say("Snapshots", "of another board that lay here") if one.path in self._other else ""
                words = [what or _say("Snapshots", "automatic"), f"{one.cards:,}", f"{one.operations:,}", size]
            else:
                name = _say("Snapshots", "named: {name}").format(name=one_line(one.name, 120))
                words = [name, "", "", _say("Snapshots", "in the history")]
            item = QTreeWidgetItem(self.list, [clock(at), *words])
            item.setData(0, _ROLE, one)
            item.setSizeHint(0, QSize(_WIDE, _HIGH))
            for place in _FIGURES:
                item.setTextAlignment(place, _RIGHT)
        self.empty.setText(_say("Snapshots", "There is no snapshot of this board yet."))
        self.empty.setVisible(not rows)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self._tell()

    def _of_others(self) -> set[Path]:
        """Return the snapshots of what lay at the place of this board before it: they are not restored into it."""
        session = self._window.session
        if self._path() != session.path:
            return set()
        first = session.history(1, session.operation_count() - 1)
        born = first[0][0].id if first else ""
        every = backups.series_of(session.path)
        return {one.path for series in every if series.born != born for one in series.backups()}

    def _tell(self) -> None:
        """Say what can be done, and why nothing is kept where that is so."""
        session, one = self._window.session, self._chosen()
        here = self._path() == session.path
        self.show_button.setEnabled(isinstance(one, Backup) or (one is not None and session.reading is None))
        self.save_button.setEnabled(isinstance(one, Backup))
        self.delete_button.setEnabled(bool(self._deletable()))
        self.delete_button.setText(_say("Snapshots", "Delete"))
        self._sure = False
        can = one is not None and here and not session.read_only
        can = can and not (isinstance(one, Backup) and one.path in self._other)
        self.restore_button.setEnabled(can)
        why = commands.why_no_backups(session.document) if session.reading is None else ""
        self.keep.setChecked(not why and not session.read_only)
        self.keep.setEnabled(why != "red" and not session.read_only)
        self.make_button.setEnabled(not why and not session.read_only)
        said = [self._why(why)] if why else []
        if session.read_only:
            said = [_say("Snapshots", "This board is open for reading only, so no snapshots of it are made.")]
        elif why and here and any(True for _ in backups_of(session.path)):
            said.append(_say("Snapshots", "Those made earlier stay until they are deleted here."))
        if isinstance(one, Snapshot):
            said.append(
                _say(
                    "Snapshots",
                    "A named state lies in the history of this board: look at it, restore it, and undo if need be.",
                )
            )
        elif can:
            said.append(_say("Snapshots", "Restoring is one step, and undo takes it back; the history stays."))
        self.note.setText(" ".join(said))

    def _why(self, why: str) -> str:
        if why == "off":
            return _say("Snapshots", "Snapshots of this board are switched off.")
        return _say("Snapshots", "Something in this file is marked TLP:RED or higher, so no copies of it are made.")

    # -- what is done ------------------------------------------------------------------------------------------

    def _show(self) -> None:
        one = self._chosen()
        if isinstance(one, Backup):
            self._close_and(lambda: restoring.show_backup(self._window, one))
        elif isinstance(one, Snapshot) and self.show_button.isEnabled():
            self._close_and(lambda: show_past(self._window, one.operation_id))

    def _save(self) -> None:
        if isinstance(one := self._chosen(), Backup):
            name = self._path().name
            self._close_and(lambda: restoring.save_out(self._window, one, name))

    def _restore(self) -> None:
        one = self._chosen()
        if isinstance(one, Backup):
            self._close_and(lambda: restoring.restore_backup(self._window, one))
        elif isinstance(one, Snapshot):
            self._close_and(lambda: restoring.restore_state(self._window, one))

    def _delete(self) -> None:
        # Nothing brings a copy back, so the same button asks once more.
        if not self._sure:
            self._sure = True
            self.delete_button.setText(_say("Snapshots", "Delete for good?"))
            return
        for one in self._deletable():
            backups.delete(one)
        self._fill()

    def _make(self) -> None:
        if restoring.make_now(self._window) is None:
            self.reject()  # the banner of the window says why
            return
        self.board.setCurrentIndex(0)
        self._fill()

    def _switch(self, on: bool) -> None:
        self._window.perform("Switch snapshots on or off", lambda tx: commands.switch_backups(tx, on))
        self._tell()

    def _close_and(self, then: Callable[[], object]) -> None:
        self._then = then
        self.accept()

    def _chosen(self) -> Backup | Snapshot | None:
        chosen = self._all_chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _deletable(self) -> list[Backup]:
        return [one for one in self._all_chosen() if isinstance(one, Backup)]

    def _all_chosen(self) -> list[Backup | Snapshot]:
        found = (item.data(0, _ROLE) for item in self.list.selectedItems())
        return [one for one in found if isinstance(one, (Backup, Snapshot))]

    def _path(self) -> Path:
        return Path(str(self.board.currentData()))

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button


def _problem_at(path: Path) -> str:
    """Return why the board at a place needs its snapshots; "" where it looks as if it can be opened."""
    try:
        gate.check_bytes(path)
    except EvidenceBoardError as error:
        if isinstance(error, FileRefusedError) and error.code == "missing":
            return _say("Snapshots", "its file is gone")
        return _say("Snapshots", "its file cannot be opened")
    return ""
