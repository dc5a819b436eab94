"""The history panel: who changed what when, and what exactly an operation changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import Operation
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.history_model import ROW, HistoryModel, Index, Step
from evidenceboard.ui.panels.history_words import ChangeLine, Teller
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.shell import Shell

PAUSE: Final = 60
LINES: Final = 200
"""Changes of one operation that are told one by one."""
_HEAD, _STEP, _NAMED = 32, 44, 62


def _say(text: str) -> str:
    return QCoreApplication.translate("History", text)


class _Lines(QStyledItemDelegate):
    """Paint a day, or a step: what at the left, when at the right, who and how much beneath."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        return QSize(120, _HEAD if not isinstance(row, Step) else _NAMED if row.names else _STEP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        if not isinstance(row, Step):
            bold = lines.sized(option.font, 11, QFont.Weight.DemiBold)
            lines.text(painter, rect.adjusted(16, 6, -16, 0), str(row), bold, lines.quiet())
            painter.restore()
            return
        lines.ground(painter, option)
        top = rect.top() + 4
        if row.names:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(option.palette.link())
            painter.drawEllipse(QRect(rect.left() + 16, top + 6, 7, 7))
            name = QRect(rect.left() + 30, top, rect.width() - 46, 19)
            bold = lines.sized(option.font, 13, QFont.Weight.DemiBold)
            lines.text(painter, name, ", ".join(row.names), bold, lines.ink(option))
            top += 18
        small = lines.sized(option.font, 12)
        room = QRect(rect.left() + 16, top, rect.width() - 32, 20)
        wide = lines.text(painter, room, row.time, small, lines.quiet(), right=True)
        colour = lines.quiet() if row.kind == "undo" else lines.ink(option)
        lines.text(painter, room.adjusted(0, 0, -wide - 10, 0), row.label, lines.sized(option.font, 13), colour)
        below = QRect(rect.left() + 16, top + 18, rect.width() - 32, 18)
        lines.text(painter, below, row.detail, small, lines.quiet())
        painter.restore()


class History(QWidget):
    """Show the operations of the file and tell one of them in words."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._shell = shell
        self.model = HistoryModel(shell.session, self)
        self.filter = QLineEdit(self)
        self.filter.setObjectName("historyFilter")
        self.filter.setPlaceholderText(_say("Filter"))
        self.filter.setAccessibleName(_say("Filter the history"))
        self.filter.setClearButtonEnabled(True)
        self.setFocusProxy(self.filter)
        self.naming = QPushButton(_say("Name this state…"), self)
        self.naming.setObjectName("nameState")
        self.naming.setEnabled(not shell.session.read_only)
        shell.bridge.ready.connect(lambda: self.naming.setEnabled(not shell.session.read_only))
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
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.narrow)
        self.filter.textChanged.connect(lambda: self._later.start())
        shell.bridge.changed.connect(self._changed)
        on_look(shell, self._redress)
        self._tell_empty()

    def _list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("historyList")
        view.setAccessibleName(_say("Operations, newest first"))
        view.setModel(self.model)
        view.setItemDelegate(_Lines(view))
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
        self._later.stop()
        self.model.choose(self.filter.text())
        self._tell_empty()
        if not self.list.currentIndex().isValid():
            self.told.hide()

    def _tell_empty(self) -> None:
        none = not self.model.rowCount()
        self.empty.setVisible(none)
        self.halves.setVisible(not none)

    def _changed(self, operation: Operation) -> None:
        self.model.told(operation)
        self._tell_empty()

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
