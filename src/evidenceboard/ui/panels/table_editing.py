"""Writing into a cell of the table: the editor that lies over it until what was typed is kept or put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QPersistentModelIndex, QRect, Qt, Signal

from evidenceboard.model.sentences import is_checked
from evidenceboard.ui.panels.dates_typed import understanding
from evidenceboard.ui.panels.editors import Choice, Editor, Line, Lines, editor
from evidenceboard.ui.panels.table_columns import Column
from evidenceboard.ui.panels.table_view import TableView
from evidenceboard.ui.shell import Shell

_NARROWEST: Final = 220
"""Pixels that an editor is wide at least, where the table has room for it."""


class CellEditing(QObject):
    """Hold the one open editor.

    `keep` is told the id of the entity, the column and what was typed; it returns why that will not do, or "".

    Enter keeps and goes down, Tab keeps and goes on, Esc puts back.
    """

    told = Signal(str)
    """How what is typed is understood, or why it is not taken; "" where there is nothing to say."""

    def __init__(self, shell: Shell, view: TableView, keep: Callable[[str, Column, str], str]) -> None:
        super().__init__(view)
        self._shell, self._view, self._keep = shell, view, keep
        self._index = QPersistentModelIndex()
        self._column: Column | None = None
        self._entity_id = ""
        self._refused = False
        self.editor: Editor | None = None
        for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
            bar.valueChanged.connect(self.place)
        view.horizontalHeader().sectionResized.connect(self.place)

    def open(self, typed: str | None = None) -> None:
        """Write into the current cell; `typed` takes the place of what stands there."""
        index, entity = self._view.current(), None
        if index.isValid():
            entity = self._view.rows.entity_at(index.row())
        column = self._view.column_at(index.column()) if entity is not None else None
        if entity is None or column is None or column.field is None or self.editor is not None:
            return
        self._index, self._column, self._entity_id = QPersistentModelIndex(index), column, entity.id
        made = self.editor = editor(column.field, column.typed(entity), self._view.viewport())
        made.setObjectName("cellEditor")
        made.setAccessibleName(f"{entity.number}, {column.label}")
        editing = made.editing
        editing.kept.connect(lambda: self.keep(1))
        editing.put_back.connect(self.put_back)
        editing.went_on.connect(lambda step: self.keep(0, step))
        editing.left.connect(self._leave)
        if isinstance(made, Line):
            made.textEdited.connect(lambda: self.told.emit(self._hint()))
        if isinstance(made, Lines):
            made.refused.connect(self.told)
            if is_checked(entity.type, column.key):
                made.check_sentences().told.connect(lambda said: self.told.emit(said or self._hint()))
            made.document().documentLayout().documentSizeChanged.connect(self.place)
        self.place()
        made.show()
        made.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed is not None:
            self._type(made, typed)
        elif isinstance(made, Choice):
            made.showPopup()
        self.told.emit(self._hint())

    def _type(self, made: Editor, typed: str) -> None:
        if isinstance(made, Choice):
            # A letter goes to the first value that begins with it.
            found = made.findText(typed, Qt.MatchFlag.MatchStartsWith)
            if found >= 0:
                made.setCurrentIndex(found)
        elif isinstance(made, Lines):
            made.selectAll()
            made.insertPlainText(typed)
        else:
            made.selectAll()
            made.insert(typed)

    def _hint(self) -> str:
        if self._column is None or self._column.field is None or self.editor is None:
            return ""
        if self._column.field.date and self.editor.touched():
            return understanding(self._shell.session, self.editor.value()) or self._column.field.help
        return self._column.field.help

    def place(self) -> None:
        """Lie over the cell, also after the table was scrolled."""
        made = self.editor
        if made is None or not self._index.isValid():
            return
        cell: QRect = self._view.visualRect(self._index)
        room = self._view.viewport().rect()
        wide = min(max(cell.width(), _NARROWEST), room.width())
        high = made.height() if isinstance(made, Lines) else max(cell.height(), made.sizeHint().height())
        left = max(0, min(cell.left(), room.width() - wide))
        top = max(0, min(cell.top(), room.height() - high)) if cell.bottom() >= 0 else cell.top()
        made.setGeometry(left, top, wide, high)

    # -- keeping -----------------------------------------------------------------------------------------------

    def keep(self, down: int = 0, across: int = 0) -> bool:
        """Hand on what was typed; what is not taken stays in the editor, and why is told."""
        made, column = self.editor, self._column
        if made is None or column is None:
            return True
        if made.touched() or self._refused:
            made.settle()  # before the answer: what it opens takes the keyboard, which must not keep this twice
            refused = self._keep(self._entity_id, column, made.value())
            self._refused = bool(refused)
            if refused:
                self.told.emit(refused)
                return False
        self._close()
        if down or across:
            self._view.step(down, across)
        return True

    def put_back(self) -> None:
        """Drop what was typed."""
        self._close()

    def _leave(self, to_another_window: bool) -> None:
        if not to_another_window and not (self._refused and self.editor and not self.editor.touched()):
            self.keep()

    def _close(self) -> None:
        if self.editor is None:
            return
        gone, self.editor, self._refused = self.editor, None, False
        had = gone.hasFocus()
        gone.removeEventFilter(gone.editing)
        if had:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        gone.hide()
        gone.deleteLater()
        self._column = None
        self.told.emit("")
