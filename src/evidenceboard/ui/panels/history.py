"""The history panel: who changed what when, and what exactly an operation changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import Operation
from evidenceboard.model.walking import LOOK
from evidenceboard.ui.panels.history_filters import HistoryFilters
from evidenceboard.ui.panels.history_lines import StepLines
from evidenceboard.ui.panels.history_model import ROW, HistoryModel
from evidenceboard.ui.panels.history_steps import Step
from evidenceboard.ui.panels.history_words import ChangeLine, Teller
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.shell import Shell

LINES: Final = 200
"""Changes of one operation that are told one by one."""


def _say(text: str) -> str:
    return QCoreApplication.translate("History", text)


class History(QWidget):
    """Show the operations of the file and tell one of them in words."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._shell = shell
        self.model = HistoryModel(shell.session, self)
        self.filters = HistoryFilters(shell, self)
        self.filter = self.filters.text
        self.setFocusProxy(self.filters)
        self.naming = QPushButton(_say("Name this state…"), self)
        self.naming.setObjectName("nameState")
        self.naming.setEnabled(not shell.session.now.read_only)
        shell.bridge.ready.connect(lambda: self.naming.setEnabled(not shell.session.now.read_only))
        self.naming.clicked.connect(lambda: shell.run("name_state"))
        self.list = self._list()
        self.empty = Prose(_say("Nothing in the history fits the filter."), self, quiet=True)
        self.told = QScrollArea(self)
        self.told.setObjectName("historyDetails")
        self.told.setWidgetResizable(True)
        self.told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told.viewport().setAutoFillBackground(False)
        self.told.hide()
        self.lines: list[ChangeLine] = []
        self._arrange()
        self.filters.changed.connect(self.narrow)
        shell.bridge.changed.connect(self._changed)
        on_look(shell, self._redress)
        self._tell_empty()

    def _list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("historyList")
        view.setAccessibleName(_say("Operations, newest first"))
        view.setModel(self.model)
        view.setItemDelegate(StepLines(view))
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.selectionModel().currentChanged.connect(self._tell)
        return view

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(6)
        top.addWidget(self.filter, 1)
        top.addWidget(self.naming)
        column.addLayout(top)
        more = QVBoxLayout()
        more.setContentsMargins(12, 0, 12, 0)
        more.addWidget(self.filters)
        column.addLayout(more)
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 0, 16, 0)
        indented.addWidget(self.empty)
        column.addLayout(indented)
        self.halves = QSplitter(Qt.Orientation.Vertical, self)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.list)
        self.halves.addWidget(self.told)
        self.halves.setStretchFactor(0, 3)
        self.halves.setStretchFactor(1, 2)
        column.addWidget(self.halves, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Docked below, the panel is wide and low: then the details stand beside the list.
        wide = self.width() > 1.6 * self.height()
        self.halves.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _redress(self) -> None:
        self.list.viewport().update()
        self._tell(self.list.currentIndex())

    # -- what is listed ----------------------------------------------------------------------------------------

    def narrow(self) -> None:
        """List only what fits the filter."""
        self.model.choose(self.filters.wanted())
        self._tell_empty()
        if not self.list.currentIndex().isValid():
            self.told.hide()

    def _tell_empty(self) -> None:
        none = not self.model.rowCount()
        self.empty.setVisible(none)
        self.halves.setVisible(not none)

    def _changed(self, operation: Operation) -> None:
        if operation.kind == LOOK:
            self.model.tell_anew()
            self._go_to_shown()
            return
        if operation.kind == "merge" or operation.author_id != self._shell.session.author_id:
            self.filters.fill()
        if not self.filters.wanted().is_all:
            self.filters.outdate()
            self.model.choose(self.filters.wanted())
        self.model.told(operation)
        self._tell_empty()

    def _go_to_shown(self) -> None:
        """Let the list stand where the state is that is shown."""
        row = self.model.row_of(self._shell.session.operation_id)
        if row is not None:
            self.list.scrollTo(self.model.index(row))

    def chosen(self) -> str:
        """Return the id of the operation that is chosen, or ""."""
        index = self.list.currentIndex()
        step = index.data(ROW) if index.isValid() else None
        return step.operation_id if isinstance(step, Step) else ""

    # -- one operation in words --------------------------------------------------------------------------------

    def _tell(self, index: QModelIndex) -> None:
        step = index.data(ROW) if index.isValid() else None
        if not isinstance(step, Step):
            self.told.hide()
            return
        try:
            operation = self._shell.session.operation(step.operation_id)
        except EvidenceBoardError as error:
            self._shell.banner(error.message, error.hint, alarm=True)
            return
        self.lines, left = Teller(self._shell.document, operation).lines(LINES)
        page = QWidget(self.told)
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 10, 10, 12)
        column.setSpacing(2)
        head = QVBoxLayout()
        head.setContentsMargins(ProseButton.PAD[0], 0, ProseButton.PAD[0], 4)
        head.addWidget(Prose(step.label, page, weight=QFont.Weight.DemiBold))
        column.addLayout(head)
        column.addLayout(self._deeds(step, page))
        for line in self.lines:
            column.addWidget(self._line(line, page))
        if left or not self.lines:
            said = _say("and {n} more changes").format(n=f"{left:,}") if left else _say("Nothing of the cards changed.")
            column.addWidget(Prose(said, page, quiet=True))
        column.addStretch(1)
        old = self.told.takeWidget()
        if old is not None:
            old.deleteLater()
        self.told.setWidget(page)
        page.setAutoFillBackground(False)
        self.told.show()

    def _deeds(self, step: Step, page: QWidget) -> QVBoxLayout:
        """Return the buttons for the state after a step; the panel may be too narrow for all in one row."""
        session, column = self._shell.session, QVBoxLayout()
        column.setContentsMargins(ProseButton.PAD[0], 2, ProseButton.PAD[0], 6)
        column.setSpacing(6)
        rows = [[(_say("Go to this state") if session.is_past else _say("See the board then"), "see_past")]]
        if step.names and not session.read_only:
            rows.append([(_say("Rename…"), "rename_state"), (_say("Remove the name"), "unname_state")])
        for deeds in rows:
            row = QHBoxLayout()
            row.setSpacing(6)
            for text, action_id in deeds:
                button = QPushButton(text, page)
                button.setObjectName(action_id)
                button.clicked.connect(lambda _=False, action_id=action_id: self._shell.run(action_id))
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        return column

    def _line(self, line: ChangeLine, page: QWidget) -> QWidget:
        made = ProseButton(line.words, page, size=12)
        there = bool(line.entity_id) and self._shell.document.find("entities", line.entity_id) is not None
        if there:
            made.clicked.connect(lambda: self._shell.show_entity(line.entity_id))
        else:
            made.setEnabled(False)
            made.setCursor(Qt.CursorShape.ArrowCursor)
        return made


make: Final = History
