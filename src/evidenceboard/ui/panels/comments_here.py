"""Comments on a page of the inspector: the list beneath it, and a bubble beside each field that is talked about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from evidenceboard.model.comments import open_by_field
from evidenceboard.ui.panels.comment_list import CommentList
from evidenceboard.ui.panels.comment_mark import CommentMark
from evidenceboard.ui.panels.field_row import FieldRow
from evidenceboard.ui.panels.saving import Drafts
from evidenceboard.ui.plain import menu_text
from evidenceboard.ui.shell import Shell

if TYPE_CHECKING:
    from evidenceboard.ui.panels.page import Page


_LAID_OUT: Final = 60
"""Milliseconds after which an editor that was just opened has its height."""


class CommentsHere(CommentList):
    """The list of a page's subject; it looks after the bubbles of the page's rows as well."""

    def __init__(self, shell: Shell, page: Page, drafts: Drafts) -> None:
        super().__init__(shell, page.subject_id, page, drafts)
        self._page = page
        self._marks: dict[str, CommentMark] = {}
        self.drafted.connect(page.drafted)
        self.told.connect(self.mark)

    def mark(self) -> None:
        """Show beside each field how many open comments it has; rows come in bit by bit."""
        counts = open_by_field(self._shell.document, self.subject_id)
        for row in self._page.form.rows:
            key = row.field.key
            if key not in self._marks:
                row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                row.customContextMenuRequested.connect(partial(self._menu, row))
                self._marks[key] = CommentMark(self._shell, row.field.label, row)
                self._marks[key].clicked.connect(self.come)
                row.put_mark(self._marks[key])
            self._marks[key].show_count(counts.get(key, 0))

    def come(self) -> None:
        """Bring the comments, or what is being written, into view: when it is laid out."""
        QTimer.singleShot(_LAID_OUT, self, self._come)

    def _come(self) -> None:
        above: QWidget | None = self
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self.editor or self, 0, 24)

    def comment(self) -> None:
        """Begin a comment on the field that has the keyboard, or else on all of the subject."""
        focus = self._page.window().focusWidget()
        at = next((row for row in self._page.form.rows if focus is not None and row.isAncestorOf(focus)), None)
        self.write(at.field.key if at is not None else "")
        self.come()

    def _menu(self, row: FieldRow, at: QPoint) -> None:
        menu = QMenu(row)
        menu.setObjectName("fieldMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        said = QCoreApplication.translate("Comments", "Comment on {field}…").format(field=row.field.label)
        begun = menu.addAction(menu_text(said), partial(self._begin, row.field.key))
        begun.setEnabled(not self._shell.session.read_only)
        menu.popup(row.mapToGlobal(at))

    def _begin(self, key: str) -> None:
        self.write(key)
        self.come()
