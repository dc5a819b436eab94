"""Search: hits as one types, in all text of the file; Enter flies to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.model.changes import Operation
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.render.icons import icon
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Panel, Shell

PAUSE: Final = 60
"""Milliseconds after the last key before the search begins."""
LIMIT: Final = 200
_ONE, _TWO = 32, 50
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


def _say(text: str) -> str:
    return QCoreApplication.translate("Search", text)


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity that was found, and the stretch of text in which."""

    entity_id: str
    type_id: str
    number: str
    title: str
    snippet: str


class HitList(QAbstractListModel):
    """The hits, best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()
        self.words: list[str] = []

    def show(self, hits: Sequence[Hit], words: list[str]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.hits, self.words = hits, words
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                part for part in (entity_type(hit.type_id).word, hit.number, hit.title, hit.snippet) if part
            )
        return None


class _Lines(QStyledItemDelegate):
    """Paint a hit: glyph, number and title, and beneath the text in which it was found."""

    def __init__(self, parent: QWidget, shell: Shell, model: HitList) -> None:
        super().__init__(parent)
        self._shell, self._model = shell, model
        self.glyphs: dict[str, QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(Qt.ItemDataRole.UserRole)
        return QSize(120, _TWO if isinstance(hit, Hit) and hit.snippet else _ONE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(hit, Hit):
            return
        painter.save()
        lines.ground(painter, option)
        rect: QRect = option.rect
        kind = entity_type(hit.type_id)
        colour = self._shell.palette_.type_colour(kind.colour)
        if hit.type_id not in self.glyphs:
            self.glyphs[hit.type_id] = icon(kind.glyph, colour)
        first = QRect(rect.left() + 16, rect.top() + 4, rect.width() - 32, 24)
        self.glyphs[hit.type_id].paint(painter, QRect(first.left(), first.center().y() - 7, 16, 16))
        number = lines.sized(option.font, 12, QFont.Weight.Medium)
        wide = lines.text(painter, first.adjusted(24, 0, 0, 0), hit.number, number, QColor(colour))
        words, strong = self._model.words, QColor(self._shell.palette_.selection)
        room = first.adjusted(24 + max(34, wide + 8), 0, 0, 0)
        font = lines.sized(option.font, 13)
        lines.marked_text(painter, room, hit.title, font, lines.ink(option), lines.hits(hit.title, words), strong)
        if hit.snippet:
            below = QRect(first.left() + 24, first.bottom() - 1, first.width() - 24, 20)
            small = lines.sized(option.font, 12)
            found = lines.hits(hit.snippet, words)
            lines.marked_text(painter, below, hit.snippet, small, lines.quiet(), found, strong)
        painter.restore()


class Search(QWidget):
    """A field and what it finds in the file."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._shell = shell
        self.field = QLineEdit(self)
        self.field.setObjectName("searchField")
        self.field.setPlaceholderText(_say("Find in titles, notes and quotes"))
        self.field.setAccessibleName(_say("Find in this file"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self.said = Prose("", self, size=12, quiet=True)
        self.said.setObjectName("searchSaid")
        self.hits = HitList(self)
        self.list = QListView(self)
        self.list.setObjectName("searchHits")
        self.list.setAccessibleName(_say("Hits"))
        self.list.setModel(self.hits)
        self._lines = _Lines(self.list, shell, self.hits)
        self.list.setItemDelegate(self._lines)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.installEventFilter(self)
        self.list.clicked.connect(self.go)
        self._arrange()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.search)
        self.field.textChanged.connect(lambda: self._later.start())
        shell.bridge.changed.connect(self._changed)
        on_look(shell, self._redress)
        self.search()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(6)
        top.addWidget(self.field)
        indented = QVBoxLayout()
        indented.setContentsMargins(4, 0, 4, 0)
        indented.addWidget(self.said)
        top.addLayout(indented)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        # Without hits the field stays where it is.
        policy = self.list.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.list.setSizePolicy(policy)

    def _redress(self) -> None:
        self._lines.glyphs.clear()
        self.list.viewport().update()

    # -- finding -----------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Show what fits the text in the field, the chosen hit staying chosen where it is still there."""
        self._later.stop()
        text = self.field.text().strip()
        was = self._chosen_id()
        found = self._found(text) if text else []
        self.hits.show(found, text.split())
        self.list.setVisible(bool(found))
        self._tell(text, len(found))
        if found:
            row = next((row for row, hit in enumerate(found) if hit.entity_id == was), 0)
            self.list.setCurrentIndex(self.hits.index(row, 0))

    def _found(self, text: str) -> list[Hit]:
        document = self._shell.document
        made = []
        for found in self._shell.finder.search(text, LIMIT):
            entity = document.find("entities", found.entity_id)
            if isinstance(entity, Entity):
                title = one_line(entity.title) or entity_type(entity.type).word
                snippet = one_line(found.snippet)
                bare = snippet.strip("… ")
                made.append(Hit(entity.id, entity.type, entity.number, title, "" if bare in title else snippet))
        return made

    def _tell(self, text: str, n: int) -> None:
        if not text:
            said = ""
        elif not n:
            said = _say("No hits. Fewer letters, or another word, may find it.")
        elif n == 1:
            said = _say("1 hit")
        elif n >= LIMIT:
            said = _say("The first {n} hits")
        else:
            said = _say("{n} hits")
        self.said.say(said.format(n=n))
        self.said.setVisible(bool(said))

    def _changed(self, operation: Operation) -> None:
        if operation.tables() & {"entities", "links", "attachments", "assessments"} and self.field.text().strip():
            self._later.start()

    # -- going -------------------------------------------------------------------------------------------------

    def _chosen_id(self) -> str:
        hit = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return hit.entity_id if isinstance(hit, Hit) else ""

    def go(self, index: QModelIndex) -> None:
        """Fly to a hit."""
        hit = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self._shell.show_entity(hit.entity_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key, rows = event.key(), self.hits.rowCount()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._later.isActive():
                self.search()
            self.go(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if watched is self.field and rows and key in steps:
            row = max(0, min(rows - 1, self.list.currentIndex().row() + steps[Qt.Key(key)]))
            self.list.setCurrentIndex(self.hits.index(row, 0))
            return True
        return super().eventFilter(watched, event)


PANEL = Panel("search", "Search", "left", Search)
