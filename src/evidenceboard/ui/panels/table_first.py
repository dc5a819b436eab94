"""The first column of the table, which stays in sight while the others are scrolled sideways."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from evidenceboard.ui.panels.table_cells import LINE, Cells
from evidenceboard.ui.shell import Shell


class FirstColumn(QTableView):
    """Lie over the left edge of a table and show its first column again, in step with it."""

    gone_to = Signal()
    menu_wanted = Signal(QPoint)
    """Where a menu is wanted, on the screen."""

    def __init__(self, shell: Shell, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._column = -1
        self.setAccessibleName("")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(Cells(shell, table))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at)))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSelectionModel(QItemSelectionModel(table.model(), head))
        head.sectionClicked.connect(self._sort)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(LINE)
        self.verticalHeader().setDefaultSectionSize(LINE)
        mine, theirs = self.verticalScrollBar(), table.verticalScrollBar()
        theirs.valueChanged.connect(mine.setValue)
        mine.valueChanged.connect(theirs.setValue)
        table.model().modelReset.connect(self._forget)
        self.hide()

    def _forget(self) -> None:
        self._column = -1
        self.place()

    def _sort(self, column: int) -> None:
        head, up, down = self._table.horizontalHeader(), Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        turned = head.sortIndicatorSection() == column and head.sortIndicatorOrder() == up
        head.setSortIndicator(column, down if turned else up)

    def width_over(self) -> int:
        """Return how many pixels of the table it lies over."""
        return 0 if self.isHidden() else self.width()

    def place(self) -> None:
        """Lie over the left edge where the first column is scrolled out of sight, else be hidden."""
        table, head = self._table, self._table.horizontalHeader()
        shown = [at for place in range(head.count()) if not table.isColumnHidden(at := head.logicalIndex(place))]
        wide = table.columnWidth(shown[0]) if shown else 0
        if not wide or not table.horizontalScrollBar().value() or wide * 2 > table.viewport().width():
            self.hide()
            return
        if self._column != shown[0]:
            self._column = shown[0]
            for column in range(head.count()):
                self.setColumnHidden(column, column != self._column)
        self.setColumnWidth(self._column, wide)
        room = table.viewport().geometry()
        self.horizontalHeader().setFixedHeight(head.height())
        self.setGeometry(room.left(), room.top() - head.height(), wide + 1, room.height() + head.height())
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        edge = self.viewport().rect()
        painter.fillRect(edge.right(), 0, 1, edge.height(), self.palette().color(QPalette.ColorRole.Mid))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.gone_to.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._table.viewport(), event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._table.setFocus(event.reason())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Stay where the table is: that scrolls for both."""
