"""Which columns of the table show, how wide and in which order: remembered for each type, per user."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from evidenceboard.ui import settings
from evidenceboard.ui.panels.table_view import TableView
from evidenceboard.ui.plain import menu_text

NAME: Final = "table"
_PAUSE: Final = 400
"""Milliseconds after the last movement of a hand before it is remembered."""
_WIDEST: Final = 2000


class Layout(QObject):
    """Put the columns as they were left for a type, and remember what a hand does to them."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._view, self._type = view, ""
        self._taking = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.remember)
        head = view.horizontalHeader()
        head.sectionMoved.connect(self._moved)
        head.sectionResized.connect(self._moved)
        head.sortIndicatorChanged.connect(self._moved)

    def _moved(self) -> None:
        if not self._taking:
            self._later.start()

    def sorting(self, type_id: str) -> tuple[str, bool]:
        """Return the column that a type was sorted by, and whether downwards."""
        known = _known(type_id)
        return str(known.get("sort", "number")), known.get("down") is True

    def leave(self) -> None:
        """Remember what a hand did a moment ago, before other columns come; what those do is no hand's doing."""
        if self._later.isActive():
            self.remember()
        self._taking = True

    def take(self, type_id: str, sorted_by: int, *, down: bool) -> None:
        """Put the columns as they were left for a type."""
        self._taking, self._type = True, type_id
        known, head = _known(type_id), self._view.horizontalHeader()
        keys = [column.key for column in self._view.rows.columns]
        widths = known.get("widths") if isinstance(known.get("widths"), dict) else {}
        hidden = known.get("hidden") if isinstance(known.get("hidden"), list) else []
        order = [key for key in known.get("order", []) if key in keys] if isinstance(known.get("order"), list) else []
        for at, column in enumerate(self._view.rows.columns):
            self._view.setColumnHidden(at, False)
            wide = widths.get(column.key) if isinstance(widths, dict) else None
            self._view.setColumnWidth(at, min(wide, _WIDEST) if isinstance(wide, int) and wide > 0 else column.wide)
        for place, key in enumerate([*order, *(key for key in keys if key not in order)]):
            head.moveSection(head.visualIndex(keys.index(key)), place)
        for key in hidden if isinstance(hidden, list) and len(set(hidden)) < len(keys) else []:
            if key in keys:
                self._view.setColumnHidden(keys.index(key), True)
        head.setSortIndicator(sorted_by, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self._taking = False

    def remember(self) -> None:
        """Remember how the columns stand now."""
        self._later.stop()
        head, columns = self._view.horizontalHeader(), self._view.rows.columns
        hidden = [column.key for at, column in enumerate(columns) if self._view.isColumnHidden(at)]
        shown = {c.key: self._view.columnWidth(at) for at, c in enumerate(columns) if c.key not in hidden}
        kept = _known(self._type).get("widths")
        order = [columns[head.logicalIndex(place)].key for place in range(head.count())]
        mine = {
            "order": order,
            "hidden": hidden,
            "widths": {**(kept if isinstance(kept, dict) else {}), **shown},
            "sort": columns[head.sortIndicatorSection()].key,
            "down": head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        }
        settings.put(**{NAME: {**settings.get(NAME, {}), self._type or "all": mine}})

    def turn(self, at: int, shown: bool) -> None:
        """Show a column or hide it; the last one stays."""
        if shown or len(self._view.shown_columns()) > 1:
            self._view.setColumnHidden(at, not shown)
            self._later.start()

    def fill_menu(self, menu: QMenu) -> None:
        """Fill a menu with the columns to show."""
        menu.clear()
        for at, column in enumerate(self._view.rows.columns):
            item = QAction(menu_text(column.label), menu)
            item.setCheckable(True)
            item.setChecked(not self._view.isColumnHidden(at))
            item.toggled.connect(_turning(self, at))
            menu.addAction(item)
        menu.addSeparator()
        menu.addAction(_say("As at first"), self.reset)

    def reset(self) -> None:
        """Put the columns of this type as they were at first."""
        settings.put(**{NAME: {k: v for k, v in settings.get(NAME, {}).items() if k != (self._type or "all")}})
        head = self._view.horizontalHeader()
        down = head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self.take(self._type, head.sortIndicatorSection(), down=down)

    def ask(self, place: QPoint) -> None:
        """Open the menu of the columns at a place of the header."""
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill_menu(menu)
        menu.popup(self._view.horizontalHeader().mapToGlobal(place))


def _turning(layout: Layout, at: int) -> Callable[[bool], None]:
    return lambda shown: layout.turn(at, shown)


def _known(type_id: str) -> dict[str, Any]:
    found = settings.get(NAME, {}).get(type_id or "all", {})
    return found if isinstance(found, dict) else {}


def _say(text: str) -> str:
    return QCoreApplication.translate("Table", text)
