"""The comments panel: every thread of the file, open ones first asked for; read, answered and resolved in place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.model.changes import Operation
from evidenceboard.model.comments import Thread
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.comment_list import CommentList, keep_drafts
from evidenceboard.ui.panels.comments_model import ALL, OPEN, RESOLVED, ROW, CommentsModel, Index, Row
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.row_list import row_list
from evidenceboard.ui.panels.saving import Drafts
from evidenceboard.ui.shell import Shell

PAUSE: Final = 120
"""Milliseconds after a key before the list is filtered."""
_HIGH: Final = 64


def _say(text: str) -> str:
    return QCoreApplication.translate("Comments", text)


def answers(thread: Thread) -> str:
    """Return how many answers a thread has, and that it is resolved where it is."""
    n = len(thread.answers)
    said = "" if not n else _say("1 answer") if n == 1 else _say("{n} answers").format(n=f"{n:,}")
    return " · ".join(part for part in (said, "" if thread.is_open else _say("resolved")) if part)


class _Lines(QStyledItemDelegate):
    """Paint a thread: what it is about, its first words, by whom and when."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        lines.ground(painter, option)
        rect: QRect = option.rect.adjusted(16, 5, -16, 0)
        first = QRect(rect.left(), rect.top(), rect.width(), 18)
        wide = lines.text(painter, first, row.number, lines.sized(option.font, 12, QFont.Weight.Medium), lines.quiet())
        lines.text(painter, first.adjusted(wide + 8, 0, 0, 0), row.title, lines.sized(option.font, 12), lines.quiet())
        said = QRect(rect.left(), first.bottom(), rect.width(), 20)
        ink = lines.ink(option) if row.thread.is_open else lines.quiet()
        lines.text(painter, said, row.words, lines.sized(option.font, 13), ink)
        below = QRect(rect.left(), said.bottom(), rect.width(), 17)
        lines.text(painter, below, row.beneath, lines.sized(option.font, 11), lines.quiet())
        painter.restore()


class Comments(QWidget):
    """List threads; the chosen one stands whole beneath, to be answered there."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comments")
        self._shell = shell
        self._stale = True
        self._drafts = Drafts()
        self.model = CommentsModel(shell, answers, self)
        self.sought = QLineEdit(self)
        self.sought.setObjectName("commentsFind")
        self.sought.setPlaceholderText(_say("Card, author or words"))
        self.sought.setAccessibleName(_say("Show only comments with these words"))
        self.sought.setClearButtonEnabled(True)
        self.state = QComboBox(self)
        self.state.setObjectName("commentsState")
        self.state.setAccessibleName(_say("Which comments"))
        for name, words in ((OPEN, _say("Open")), (RESOLVED, _say("Resolved")), (ALL, _say("All"))):
            self.state.addItem(words, name)
        self.list = self._list()
        self.empty = Prose("", self, quiet=True)
        self.whole: CommentList | None = None
        self.going = QPushButton(_say("Go to the card"), self)
        self.going.setObjectName("goToCard")
        self.going.clicked.connect(lambda: self.go(self.list.currentIndex()))
        self._foot = QScrollArea(self)
        self._arrange()
        self.setFocusProxy(self.list)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.refresh)
        self.sought.textChanged.connect(self._later.start)
        self.state.currentIndexChanged.connect(self.refresh)
        shell.bridge.changed.connect(self._changed)
        on_look(shell, self._dress)
        self.refresh()

    def _list(self) -> QTableView:
        view = row_list(self, "commentsList", _say("Comments"), self.model, high=_HIGH, least=_HIGH)
        view.setItemDelegate(_Lines(view))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.doubleClicked.connect(self.go)
        view.selectionModel().currentChanged.connect(lambda: self._tell())
        view.installEventFilter(self)
        return view

    def _arrange(self) -> None:
        self._foot.setObjectName("commentsWhole")
        self._foot.setWidgetResizable(True)
        self._foot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(6)
        head.addWidget(self.sought, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 4, 16, 0)
        indented.addWidget(self.empty)
        column.addLayout(indented)
        column.addWidget(self.list, 3)
        column.addWidget(self._foot, 2)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.going)
        row.addStretch(1)
        column.addLayout(row)

    # -- what is listed ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """List the threads that fit; the chosen one stays chosen where it is still listed."""
        self._later.stop()
        self._stale = False
        was, at = self.chosen(), self.list.currentIndex().row()
        scrolled = self.list.verticalScrollBar().value()
        self.model.state, self.model.words = str(self.state.currentData()), self.sought.text()
        self.model.refresh()
        self.list.verticalScrollBar().setValue(scrolled)
        if was is not None:
            place = self.model.place_of(was.thread.first.id)
            if not place.isValid() and self.model.rows:
                # What was dealt with is gone; the next stands in its place.
                place = self.model.index(min(max(at, 0), len(self.model.rows) - 1))
            self.list.setCurrentIndex(place)
        self._tell()
        none = _say("No comment fits.") if self.model.total else _say("Nobody has commented on anything yet.")
        if self.model.total and not self.model.words and self.model.state == OPEN:
            none = _say("All comments are resolved.")
        self.empty.say(none)
        self.empty.setVisible(not self.model.rows)
        self.list.setVisible(bool(self.model.rows))

    def chosen(self) -> Row | None:
        """Return the line that is chosen, or None."""
        index = self.list.currentIndex()
        row = index.data(ROW) if index.isValid() else None
        return row if isinstance(row, Row) else None

    def _tell(self) -> None:
        row = self.chosen()
        self._foot.setVisible(row is not None)
        self.going.setVisible(row is not None and bool(row.entity_id))
        first = row.thread.first if row is not None else None
        if first is None or self.whole is None or self.whole.thread_id != first.id:
            self.whole = None
            if (gone := self._foot.takeWidget()) is not None:
                gone.hide()
                gone.deleteLater()
        if first is not None and self.whole is None:
            holder = QWidget(self._foot)
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(10, 4, 10, 8)
            self.whole = CommentList(self._shell, first.subject_id, holder, self._drafts, only=first.id)
            inside.addWidget(self.whole)
            inside.addStretch(1)
            self._foot.setWidget(holder)
            holder.setAutoFillBackground(False)
        if self.whole is not None:
            self.whole.refresh()

    def _dress(self) -> None:
        self.list.viewport().update()
        self.whole = None
        self._tell()

    def _changed(self, operation: Operation) -> None:
        if operation.tables() & {"comments", "entities", "links", "boards", "frames", "attachments"}:
            self._stale = True
            if self.isVisible():
                self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        above = self.window()
        while (higher := above.parentWidget()) is not None:  # the panel may float in a window of its own
            above = higher.window()
        above.installEventFilter(self)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stale |= self._later.isActive()
        self._later.stop()

    # -- one thread --------------------------------------------------------------------------------------------

    def go(self, index: QModelIndex) -> None:
        """Go to what a thread is about."""
        row = index.data(ROW)
        if not isinstance(row, Row) or not row.entity_id:
            return
        self._shell.show_entity(row.entity_id)
        if self._shell.document.find("links", row.thread.first.subject_id):
            self._shell.selection.set(links=[row.thread.first.subject_id])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is not self.list:
            keep_drafts(self._shell, self._drafts)
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self.whole
        ):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go(self.list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Space:
                self.whole.answer()
                return True
        return super().eventFilter(watched, event)


make: Final = Comments
