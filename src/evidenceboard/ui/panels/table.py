"""The table: entities of a type in rows, sorted, filtered, written in place and pasted from a spreadsheet."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from evidenceboard.model.changes import Operation
from evidenceboard.model.query import read
from evidenceboard.model.records import Entity
from evidenceboard.model.types import TYPES, entity_type
from evidenceboard.render.icons import icon
from evidenceboard.ui import settings
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.reason_line import ReasonLine
from evidenceboard.ui.panels.sections import menu_at
from evidenceboard.ui.panels.table_deeds import Deeds
from evidenceboard.ui.panels.table_editing import CellEditing
from evidenceboard.ui.panels.table_layout import Layout
from evidenceboard.ui.panels.table_model import Listing, TableModel
from evidenceboard.ui.panels.table_question import Question
from evidenceboard.ui.panels.table_sharing import Sharing
from evidenceboard.ui.panels.table_view import TableView
from evidenceboard.ui.shell import Shell

PAUSE: Final = 200
"""Milliseconds after the last key before the rows follow what is typed."""
_KIND: Final = "table_kind"
_FIRST: Final = "claim"


def _say(text: str) -> str:
    return QCoreApplication.translate("Table", text)


class Table(QWidget):
    """Choose what is listed; the cells share one selection with the board."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("table")
        self._shell = shell
        self.model = TableModel(shell, self)
        self.view = TableView(shell, self.model, self)
        self.layout_ = Layout(self.view)
        self.deeds = Deeds(shell, self.view, self)
        self.sharing = Sharing(shell, self.view)
        self.editing = CellEditing(shell, self.view, self.deeds.write)
        self.kind = self._kinds()
        self.here = self._button(_say("Only this board"), "tableHere")
        self.here.setCheckable(True)
        self.filter = self._filter()
        self.show_columns = self._button(_say("Columns"), "tableColumns")
        self.said = Prose("", self, size=12, quiet=True)
        self.said.setObjectName("tableSaid")
        self.question: Question | ReasonLine | None = None
        self._listed: str | None = None
        self._stale = False
        self._told = ""
        self._arrange()
        self._connect()
        self._redress()
        wanted = self.kind.findData(settings.get(_KIND, _FIRST))
        self.kind.setCurrentIndex(max(0, wanted))
        self.choose()

    # -- what stands where -------------------------------------------------------------------------------------

    def _kinds(self) -> QComboBox:
        made = QComboBox(self)
        made.setObjectName("tableKind")
        made.setAccessibleName(_say("Rows of the table"))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.addItem(_say("All"), "")
        for kind in TYPES:
            made.addItem(kind.plural, kind.id)
        return made

    def _button(self, text: str, name: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setObjectName(name)
        return made

    def _filter(self) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName("tableFilter")
        made.setPlaceholderText(_say("Words, or filters such as grade:<=C3"))
        made.setAccessibleName(_say("Filter the rows"))
        made.setClearButtonEnabled(True)
        made.setMinimumWidth(120)
        made.installEventFilter(self)
        return made

    def _arrange(self) -> None:
        self.setFocusProxy(self.view)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(12, 0, 12, 0)
        self._top.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget, stretch in ((self.kind, 0), (self.here, 0), (self.filter, 1), (self.show_columns, 0)):
            row.addWidget(widget, stretch)
        self._top.addLayout(row)
        self._top.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._top)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        shell, view, model = self._shell, self.view, self.model
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.choose)
        self.kind.activated.connect(self.choose)
        self.here.toggled.connect(self.choose)
        self.filter.textChanged.connect(lambda: self._later.start())
        menu = QMenu(self.show_columns)
        menu.aboutToShow.connect(lambda: self.layout_.fill_menu(menu))
        self.show_columns.setMenu(menu)
        head = view.horizontalHeader()
        head.customContextMenuRequested.connect(self.layout_.ask)
        model.listed.connect(self._tell)
        model.busy.connect(self._tell)
        view.wanted.connect(self._do)
        view.typed.connect(self.write)
        view.customContextMenuRequested.connect(lambda at: self._menu(view.viewport().mapToGlobal(at)))
        view.first.menu_wanted.connect(self._menu)
        self.sharing.chosen.connect(self._chosen)
        self.sharing.followed.connect(self._tell)
        self.sharing.let_go.connect(self._say_let_go)
        self.deeds.told.connect(self.tell)
        self.deeds.asks.connect(self._ask)
        self.editing.told.connect(self.tell)
        shell.bridge.changed.connect(self._changed)
        shell.supposing.changed.connect(self._tell)
        shown = getattr(shell, "board_shown", None)
        if shown is not None:
            shown.connect(self._show_board)
        on_look(shell, self._redress)

    def _redress(self) -> None:
        for at, kind in enumerate(TYPES, 1):
            self.kind.setItemIcon(at, icon(kind.glyph, self._shell.palette_.type_colour(kind.colour)))
        self.view.viewport().update()

    # -- what is listed ----------------------------------------------------------------------------------------

    def choose(self) -> None:
        """List what is chosen above."""
        self._later.stop()
        self.editing.keep()
        type_id = str(self.kind.currentData() or "")
        query = read(self.filter.text().strip(), self._shell.document)
        listing = Listing(type_id, self._shell.board_id if self.here.isChecked() else "", query)
        column, down = self.model.columns[self.model.sorted_by].key, self.model.down
        if type_id != self._listed:
            self._listed = type_id
            self.layout_.leave()
            column, down = self.layout_.sorting(type_id)
            settings.put(**{_KIND: type_id})
        self._told = ""
        self.model.show_listing(listing, column, down=down)
        self.layout_.take(type_id, self.model.sorted_by, down=self.model.down)
        self._tell()

    def _show_board(self) -> None:
        if self.here.isChecked():
            self.choose()

    def _changed(self, operation: Operation) -> None:
        self.deeds.outdate()
        if isinstance(self.question, Question):
            self._forget()
            self.tell(_say("The file changed meanwhile, so what was asked is no longer true; nothing was written."))
        if not self.isVisible():
            self._stale = True  # nobody looks; it is read when somebody does
            return
        self.sharing.follow_operation(operation)
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        above: QWidget | None = self
        while above is not None:
            if above.isWindow():  # the panel may float in a window of its own beside that of the file
                above.installEventFilter(self)
            above = above.parentWidget()
        if self._stale:
            self._stale = False
            self.model.read_anew()

    def tell(self, said: str) -> None:
        """Say something in the line above the rows, in place of how many there are; "" says that again."""
        self._told = said
        self._tell()

    def _tell(self) -> None:
        kind = entity_type(self.model.listing.type_id) if self.model.listing.type_id else None
        what = kind.plural.lower() if kind else _say("things")
        n, narrowed = len(self.model.order), bool(self.model.listing.query) or bool(self.model.listing.board_id)
        parts = [*self.model.listing.query.problems]
        chosen = self.view.blocks().count()
        if chosen > 1 and self.editing.editor is not None:
            parts.append(_say("This goes to all {n} selected rows.").format(n=f"{chosen:,}"))
        if self._told:
            parts.append(self._told)
        elif self.model.reading:
            parts.append(_say("Reading and sorting…"))
        elif n:
            words = (kind.word.lower() if kind else _say("thing")) if n == 1 else what
            parts.append(f"{n:,} {words}")
            if chosen > 1 and self.editing.editor is None:
                parts.append(_say("What you write goes to all {n} selected rows.").format(n=f"{chosen:,}"))
        elif narrowed:
            parts.append(_say("No {what} fit. Fewer words, or the whole file, may show some.").format(what=what))
        else:
            parts.append(_say("There are no {what} in this file yet.").format(what=what))
        if self._shell.supposing:
            parts.append(_say("The table shows the file, not what is supposed."))
        self.said.say(" · ".join(parts))

    # -- what is done ------------------------------------------------------------------------------------------

    def _do(self, what: str) -> None:
        if what == "go":
            self.go()
        elif what == "write":
            self.write()
        else:
            {"copy": self.deeds.copy, "paste": self.deeds.paste, "fill": self.deeds.fill, "empty": self.deeds.empty}[
                what
            ]()

    def write(self, typed: str | None = None) -> None:
        """Open the editor of the current cell; one that is computed leads to what it was computed from."""
        index = self.view.current()
        entity = self.model.entity_at(index.row()) if index.isValid() else None
        if entity is None:
            return
        column = self.model.columns[index.column()]
        if column.field is None:
            if typed is None:
                self._lead(entity, column.leads)
            else:
                self.tell(_say("Nothing is written here; Enter goes to where it comes from."))
        elif self._shell.session.read_only:
            said = _say("This board is open for reading only: {why}. Nothing was changed.")
            self._shell.banner(said.format(why=self._shell.session.read_only), _say("Save a copy to work on."))
        else:
            self.editing.open(typed)

    def _lead(self, entity: Entity, leads: str) -> None:
        self._shell.show_entity(entity.id)
        if leads == "chain" and self._shell.document.card_on(self._shell.board_id, entity.id) is not None:
            self._shell.run("chain")

    def go(self) -> None:
        """Fly to the card of the current row."""
        entity = self.model.entity_at(self.view.currentIndex().row())
        if entity is not None:
            self._shell.show_entity(entity.id)

    def _menu(self, place: QPoint) -> None:
        if not self.view.current().isValid():
            return
        offers: list[tuple[str, object]] = [(_say("Go to the card"), self.go), (_say("Copy"), self.deeds.copy)]
        if not self._shell.session.read_only:
            offers += [
                (_say("Paste"), self.deeds.paste),
                (_say("Fill down"), self.deeds.fill),
                (_say("Empty the cells"), self.deeds.empty),
            ]
        menu_at(self, place, offers)

    def _ask(self, question: Question | ReasonLine) -> None:
        self._forget()
        self.question = question
        closed = question.answered if isinstance(question, Question) else question.closed
        closed.connect(partial(self._answered, question))
        self._top.addWidget(question)
        question.show()
        QTimer.singleShot(0, question, question.ask)

    def _answered(self, question: QWidget) -> None:
        if question is self.question:
            self._forget()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        if self.question is not None:
            gone, self.question = self.question, None
            gone.hide()
            gone.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is not self:
            self.editing.keep()  # the window lets go of the file; what stands in an editor is written before
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.choose()
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    def chosen(self) -> list[str]:
        """Return the ids of the entities with a selected cell."""
        return [self.model.order.id_at(row) for row in self.view.blocks().rows()]

    def _say_let_go(self, rows: int) -> None:
        said = _say("{n} rows were selected: too many to stay so where they are listed anew. The board keeps its own.")
        self.tell(said.format(n=f"{rows:,}"))

    def _chosen(self) -> None:
        if self.editing.editor is None:
            self._told = ""
        self._tell()


make: Final = Table
