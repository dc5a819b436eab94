"""The searches that a file keeps, as a list beneath the search box: run, renamed, removed."""

from __future__ import annotations

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from evidenceboard import commands
from evidenceboard.model.saved_searches import SavedSearch, saved_searches
from evidenceboard.ui.dialogs import ask
from evidenceboard.ui.panels import lines
from evidenceboard.ui.plain import one_line, plain_label, plain_tip
from evidenceboard.ui.shell import Shell

_LINE = 28
_SHOWN = 8
_LEAST = 40


def _say(text: str) -> str:
    return QCoreApplication.translate("SavedSearches", text)


class _Lines(QStyledItemDelegate):
    """Paint a saved search: its name, and quietly what it looks for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, _LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        lines.ground(painter, option)
        rect: QRect = option.rect.adjusted(16, 0, -16, 0)
        wide = lines.text(painter, rect, one_line(one.name), lines.sized(option.font, 13), lines.ink(option))
        rest = rect.adjusted(wide + 12, 0, 0, 0)
        if rest.width() > _LEAST:
            lines.text(painter, rest, one_line(one.text), lines.sized(option.font, 12), lines.quiet())
        painter.restore()


class SavedSearches(QWidget):
    """Name the saved searches of the file; nothing is shown where there is none."""

    wanted = Signal(str)
    """The words of a saved search that somebody wants to search for."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.list = QListWidget(self)
        self.list.setObjectName("savedSearches")
        self.list.setAccessibleName(_say("Saved searches"))
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.itemClicked.connect(self._run)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = plain_label(_say("Saved searches"), self, name="dockTitle")
        head.setContentsMargins(16, 0, 12, 0)
        column.addWidget(head)
        column.addWidget(self.list)
        self.fill()

    def fill(self) -> None:
        """Show what the file keeps now."""
        was = self._chosen()
        self.list.clear()
        for one in saved_searches(self._shell.document):
            item = QListWidgetItem(one_line(one.name), self.list)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setToolTip(plain_tip(one.text))
            if was is not None and one.id == was.id:
                self.list.setCurrentItem(item)
        rows = self.list.count()
        self.list.setFixedHeight(min(rows, _SHOWN) * _LINE + 4)
        self.setVisible(rows > 0)

    def _chosen(self) -> SavedSearch | None:
        item = self.list.currentItem()
        one = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return one if isinstance(one, SavedSearch) else None

    def _run(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole).text)

    def save(self, text: str) -> None:
        """Ask for a name and keep a search under it."""
        name = ask.line(self, _say("Save this search"), _say("Its name"), one_line(text, 60))
        if name:
            self._shell.perform("Save a search", lambda tx: commands.save_search(tx, name, text))

    def rename(self) -> None:
        """Ask for another name of the chosen search."""
        one = self._chosen()
        if one is not None:
            name = ask.line(self, _say("Rename the search"), _say("Its name"), one.name)
            if name and name != one.name:
                self._shell.perform("Rename a search", lambda tx: commands.rename_search(tx, one.id, name))

    def remove(self) -> None:
        """Remove the chosen search; undo brings it back."""
        one = self._chosen()
        if one is not None:
            self._shell.perform("Remove a search", lambda tx: commands.remove_search(tx, one.id))

    def menu(self) -> QMenu:
        """Return what can be done with the chosen search."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_say("Search"), lambda: self._run(self.list.currentItem()))
        menu.addAction(_say("Rename…"), self.rename)
        menu.addAction(_say("Remove"), self.remove)
        return menu

    def _menu(self, at: QPoint) -> None:
        item = self.list.itemAt(at)
        if item is not None:
            self.list.setCurrentItem(item)
            self.menu().popup(self.list.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._chosen() is not None:
            deeds = {Qt.Key.Key_Return: lambda: self._run(self.list.currentItem()), Qt.Key.Key_F2: self.rename}
            deeds |= {Qt.Key.Key_Enter: deeds[Qt.Key.Key_Return], Qt.Key.Key_Delete: self.remove}
            if (deed := deeds.get(Qt.Key(event.key()))) is not None:
                deed()
                return True
        return super().eventFilter(watched, event)
