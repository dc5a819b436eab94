"""The names that a clean copy says otherwise: one row for each actor, source and place, the alias written in place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.model.document import Document
from evidenceboard.model.numbers import natural
from evidenceboard.sharing.names import NAMED, names_of, numbered
from evidenceboard.ui.plain import one_line, plain_label

_ROLE: Final = Qt.ItemDataRole.UserRole
_ALIAS: Final = 2
_LONGEST: Final = 200
_say = QCoreApplication.translate


class AliasTable(QWidget):
    """List names with an empty field beside each; what is written there stands in the copy instead."""

    changed = Signal()

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._fields: list[QTableWidgetItem] = []
        self.table = QTableWidget(0, 3, self)
        self.table.setAccessibleName(_say("Share", "Names and their aliases"))
        heads = ("Number", "Name", "Goes as (write here)")
        self.table.setHorizontalHeaderLabels([_say("Share", word) for word in heads])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_ALIAS, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fill()
        row = QHBoxLayout()
        row.addWidget(plain_label(_say("Share", "Names"), self))
        row.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        for type_id, text in (
            ("actor", _say("Share", "Alias all actors")),
            ("source", _say("Share", "Alias all sources")),
            ("place", _say("Share", "Alias all places")),
        ):
            button = QPushButton(text, self)
            button.setProperty("quiet", True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, one=type_id: self.alias_all(one))
            button.setVisible(any(entity.type == type_id for entity in document.entities))
            row.addWidget(button)
            self.buttons[type_id] = button
        clear = QPushButton(_say("Share", "Names as they are"), self)
        clear.setProperty("quiet", True)
        clear.setAutoDefault(False)
        clear.clicked.connect(self.clear)
        row.addWidget(clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.table)
        self.table.itemChanged.connect(self._edited)

    def _fill(self) -> None:
        found = [one for one in self._document.entities if one.type in NAMED]
        found.sort(key=lambda one: (NAMED.index(one.type), natural(one.number)))
        self.table.setRowCount(len(found))
        still = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for row, entity in enumerate(found):
            others = [name for name in names_of(entity) if name != entity.title]
            title = one_line("; ".join([entity.title, *others]), 120)
            for column, text in enumerate((one_line(entity.number, 12), title)):
                item = QTableWidgetItem(text)
                item.setFlags(still)
                self.table.setItem(row, column, item)
            alias = QTableWidgetItem("")
            alias.setData(_ROLE, entity.id)
            self.table.setItem(row, _ALIAS, alias)
            self._fields.append(alias)

    def aliases(self) -> dict[str, str]:
        """Return the alias of each entity that has one, by id."""
        return {str(one.data(_ROLE)): said[:_LONGEST] for one in self._fields if (said := one.text().strip())}

    def alias_all(self, type_id: str) -> None:
        """Give everything of a type an alias such as “Source 7”."""
        self._put(numbered(self._document, type_id))

    def clear(self) -> None:
        """Let every name stand."""
        self._put(dict.fromkeys(self.aliases(), ""))

    def _put(self, names: dict[str, str]) -> None:
        self.table.blockSignals(True)
        for item in self._fields:
            if (name := names.get(str(item.data(_ROLE)))) is not None:
                item.setText(name)
        self.table.blockSignals(False)
        self.table.viewport().update()
        self.changed.emit()

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() == _ALIAS:
            self.changed.emit()
