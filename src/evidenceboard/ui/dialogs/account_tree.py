"""A list of counts with headings, as the dialogs of sending and sharing show what goes and what stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from evidenceboard.ui.plain import one_line

LONGEST: Final = 160
"""Letters of a text that a line shows."""
Line = tuple[str, str]
"""What is counted, and how much of it, or what is said of it."""


class AccountTree(QTreeWidget):
    """Show sections of lines; keys walk them, and a screen reader reads them."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(14)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def show_sections(self, sections: Iterable[tuple[str, list[Line]]]) -> None:
        """Show headings with their lines; a heading without a line is left out."""
        self.clear()
        for title, lines in sections:
            if not lines:
                continue
            head = QTreeWidgetItem(self, [title])
            head.setForeground(0, self.palette().brush(QPalette.ColorRole.PlaceholderText))
            head.setFirstColumnSpanned(True)
            for what, count in lines:
                item = QTreeWidgetItem(head, [one_line(what, LONGEST), one_line(count, LONGEST)])
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                item.setTextAlignment(0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                if not count:
                    item.setFirstColumnSpanned(True)
            head.setExpanded(True)
        self.expandAll()

    def lines(self) -> list[str]:
        """Return every line that is shown, for those who read them otherwise."""
        items = [item for head in _children(self.invisibleRootItem()) for item in (head, *_children(head))]
        return [f"{item.text(0)} {item.text(1)}".strip() for item in items]


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for at in range(item.childCount()) if (child := item.child(at)) is not None]
