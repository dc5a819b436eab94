"""Lists of lines in panels: rows of fixed heights, without a grid."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


def row_list(parent: QWidget, name: str, said: str, model: QAbstractItemModel, *, high: int, least: int) -> QTableView:
    """Return a list that shows a model in one column; `high` and `least`: pixels of its rows, and of the lowest.

    `name` is that of the object, `said` what a screen reader says of it.
    """
    view = QTableView(parent)
    view.setObjectName(name)
    view.setAccessibleName(said)
    view.setModel(model)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.horizontalHeader().hide()
    view.horizontalHeader().setStretchLastSection(True)
    # Rows of known heights: the only view of Qt that does not walk through all of them to lay them out.
    rows = view.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(least)
    rows.setDefaultSectionSize(high)
    view.setMouseTracking(True)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return view
