"""Every action with its key, in a list that can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from evidenceboard.model.filters import KINDS
from evidenceboard.ui.actions import ACTIONS, MENUS
from evidenceboard.ui.fuzzy import score

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate


class Keys(QDialog):
    """Show what there is and which key does it; a double click or Enter runs it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("keys")
        self.setWindowTitle(_say("Keys", "Keys and commands"))
        self.resize(900, 680)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_say("Keys", "Find a command or a key"))
        self.field.textChanged.connect(self._sift)
        self.tree = QTreeWidget(self)
        self.tree.setColumnCount(3)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(14)
        for menu in MENUS:
            actions = [action for action in ACTIONS.values() if action.menu == menu]
            if not actions:
                continue
            head = self._head(_say("Menu", menu))
            for action in actions:
                keys = QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
                item = QTreeWidgetItem(head, [_say("Action", action.text), keys, action.help])
                item.setData(0, Qt.ItemDataRole.UserRole, action.id)
        head = self._head(_say("Keys", "Filters of a search"))
        for kind in KINDS:
            QTreeWidgetItem(head, [f"{kind.key}:", "", " · ".join(part for part in (kind.help, kind.takes) if part)])
        self.tree.expandAll()
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.itemActivated.connect(self._run)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.tree)

    def _head(self, text: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self.tree, [text])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        return head

    def _sift(self, text: str) -> None:
        for place in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(place)
            if head is None:
                continue
            shown = 0
            for row in range(head.childCount()):
                item = head.child(row)
                if item is None:
                    continue
                fits = bool(score(text, f"{item.text(0)} {item.text(1)}"))
                item.setHidden(not fits)
                shown += fits
            head.setHidden(not shown)

    def _run(self, item: QTreeWidgetItem) -> None:
        action_id = item.data(0, Qt.ItemDataRole.UserRole)
        if action_id and action_id != "keys":
            self.accept()
            self._window.run(str(action_id))
