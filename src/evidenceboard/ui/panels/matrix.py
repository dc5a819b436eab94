"""The matrix panel: claims and events against scenarios, judged by keys, with what the order of scenarios hangs on."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.model.ach import ROW_TYPES
from evidenceboard.model.changes import Operation
from evidenceboard.model.gradings import CONSISTENCY, WEIGHT
from evidenceboard.model.linchpins import Linchpins, search, swaps
from evidenceboard.model.records import Entity
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.matrix_model import WEIGHT_COLUMN, MatrixModel
from evidenceboard.ui.panels.matrix_side import LISTED, MatrixSide
from evidenceboard.ui.panels.matrix_view import MatrixView
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.sections import menu_at
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns

PAUSE: Final = 40
"""Milliseconds before what was chosen is followed; linchpins wait longer, so that judging on is never held up."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)


class MatrixPanel(QWidget):
    """Judge cells, weigh rows, and read what follows from them."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("matrix")
        self._shell = shell
        self._following = False
        self._stale = False
        self._kept = ("", "")
        self.model = MatrixModel(shell.supposing, self)
        self.table = MatrixView(shell, self.model, self)
        self.table.setAccessibleName(_say("Claims and events against scenarios"))
        self.side = MatrixSide(shell, self.model, self)
        self.by_rank = self._toggle("matrixByRank", _say("In rank order"))
        self.row_by_row = self._toggle("matrixRowByRow", _say("Row by row"))
        self.put_in = QPushButton(_say("Put selection in"), self)
        self.put_in.setObjectName("matrixPutIn")
        self.put_in.clicked.connect(self.put_selected_in)
        self.caution = Prose("", self, size=12, quiet=True)
        keys = _say("1 CC · 2 C · 3 N · 4 NA · 5 I · 6 II, or c C n a i I · Backspace clears · Enter writes the reason")
        self.keys = Prose(keys, self, size=12, quiet=True, lines=1)
        self.empty = Prose("", self, quiet=True)
        self.setFocusProxy(self.table)
        self._arrange()
        self._weighing, self._searching, self._marking = Turns(self), Turns(self), Turns(self)
        self._marking.done.connect(self._mark)
        self._weighing.done.connect(self._weighed)
        self._searching.done.connect(self._take_linchpins)
        self._soon = self._timer(self.show_linchpins)
        self._soon.setInterval(3 * PAUSE)
        self._follow_soon = self._timer(self.follow)
        self._select_soon = self._timer(self._select)
        self._connect()
        self.refresh()
        self._redraw()
        self._take_place()
        self.follow()

    def _toggle(self, name: str, text: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setObjectName(name)
        made.setCheckable(True)
        made.toggled.connect(self._redraw)
        return made

    def _timer(self, run: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(PAUSE)
        timer.timeout.connect(run)
        return timer

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(6)
        for button in (self.by_rank, self.row_by_row, self.put_in):
            top.addWidget(button)
        top.addSpacing(8)
        top.addWidget(self.caution, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(top)
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 4, 16, 0)
        indented.addWidget(self.empty)
        column.addLayout(indented)
        self.halves = QSplitter(Qt.Orientation.Horizontal, self)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.table)
        self.halves.addWidget(self.side)
        self.halves.setStretchFactor(0, 1)
        self.halves.setStretchFactor(1, 0)
        self.halves.setSizes([900, 300])
        column.addWidget(self.halves, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(self.keys)
        column.addLayout(foot)

    def _connect(self) -> None:
        shell, table = self._shell, self.table
        table.judged.connect(self.judge)
        table.asked_why.connect(self._ask_why)
        table.opened.connect(self._offer)
        table.moved.connect(self._moved)
        table.customContextMenuRequested.connect(lambda place: self._offer(table.indexAt(place)))
        table.claims.customContextMenuRequested.connect(self._offer_row)
        table.claims.sectionClicked.connect(self._go_to_row)
        table.scenarios.sectionClicked.connect(self._go_to_scenario)
        self.side.twin_wanted.connect(lambda row_id: table.go(self.model.place(row_id)))
        self.side.done.connect(lambda: table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.model.modelAboutToBeReset.connect(self._note_place)
        self.model.modelReset.connect(self._take_place)
        shell.bridge.changed.connect(self._changed)
        shell.selection.changed.connect(self._selected)
        shell.supposing.changed.connect(self._follow_supposing)
        on_look(shell, self._redress)

    # -- what is shown -----------------------------------------------------------------------------------------

    def _redraw(self) -> None:
        """Show rows and columns in the order that was chosen, with their figures or without."""
        hidden = self.row_by_row.isChecked()
        self.by_rank.setEnabled(not hidden)
        self.model.draw(by_rank=self.by_rank.isChecked(), hidden=hidden)
        self.table.scenarios.updateGeometry()
        self.table.updateGeometries()
        self._refreshed()

    def refresh(self) -> None:
        """Weigh everything anew: at once, or bit by bit where there is much, which it says meanwhile."""
        self._searching.stop()
        self._weighing.start(self._shell.supposing.weighing())
        self._caution()

    def finish(self) -> None:
        """Weigh now what is still to be weighed, linchpins too."""
        self._weighing.finish()
        self._searching.finish()
        self.side.finish()

    def _weighed(self) -> None:
        self._stale = False
        self.model.refresh()
        self._refreshed()

    def _refreshed(self) -> None:
        rows, scores = self.model.rows, self.model.scores
        self._caution()
        here = bool(rows and scores)
        self.halves.setVisible(here)
        self.keys.setVisible(here)
        self.caution.setVisible(here)
        self.empty.setVisible(not here)
        none = _say("There is no scenario yet; the matrix sets claims and events against scenarios.")
        blank = _say("No claim or event is in the matrix yet: select some and put them in, or link one to a scenario.")
        self.empty.say(_say("Weighing…") if self._weighing.busy else blank if scores else none)
        self.table.fit()
        self.table.scenarios.viewport().update()
        self.table.claims.viewport().update()
        self._tell()
        self._soon.start()

    def _caution(self) -> None:
        """Say how the figures are to be read, and while they are weighed anew that they are of before."""
        first = _say("Fewest contradictions first: this is not a probability.")
        judging = _say("One row at a time, against every scenario; figures come back when you leave this.")
        late = _say("As it was before the last change. Weighing again…")
        self.caution.say(late if self._weighing.busy else judging if self.model.hidden else first)

    def show_linchpins(self) -> None:
        """List what the order hangs on as it is shown now, and what deception would make of it."""
        if self.model.hidden:
            self._searching.stop()
            self._take_linchpins(Linchpins([], 0))
        elif not self._weighing.busy:
            self._searching.start(search(self._shell.supposing.seen, self.model.matrix, LISTED))

    def _take_linchpins(self, found: Linchpins) -> None:
        self.side.list_out(found, [] if self.model.hidden else swaps(self.model.matrix))

    def _tell(self) -> None:
        here = self.table.currentIndex()
        self.side.tell(self.model.row_at(here), here.column())

    def _redress(self) -> None:
        for part in (self.table, self.table.claims, self.table.scenarios):
            part.viewport().update()

    def _changed(self, operation: Operation) -> None:
        if operation.tables() & {"entities", "links", "assessments", "settings"}:
            self._outdate()

    def _follow_supposing(self) -> None:
        self._outdate()

    def _outdate(self) -> None:
        self._stale = True
        self._weighing.stop()
        self._searching.stop()
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        self._selected()

    def resizeEvent(self, event: object) -> None:
        # In a narrow place the words stand below the table, else beside it.
        wide = self.width() > 1.6 * self.height()
        self.halves.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _note_place(self) -> None:
        here = self.table.currentIndex()
        row, score = self.model.row_at(here), self.model.score_at(here.column())
        self._kept = (row.entity.id if row else "", score.entity.id if score else "")

    def _take_place(self) -> None:
        self._following = True
        place = self.model.place(*self._kept)
        self.table.go(place if place.isValid() else self.model.index(0, 1))
        self._following = False

    # -- judging -----------------------------------------------------------------------------------------------

    def judge(self, value: str) -> None:
        """Judge the current cell, or weigh its row, as one step."""
        here = self.table.currentIndex()
        row, score = self.model.row_at(here), self.model.score_at(here.column())
        if row is None:
            return
        row_id = row.entity.id
        if here.column() == WEIGHT_COLUMN:
            self._shell.perform("Weigh a row", lambda tx: commands.set_fields(tx, row_id, weight=value))
        elif score is not None:
            scenario_id = score.entity.id
            label = "Judge a cell" if value else "Clear a cell"
            if value or row.value(scenario_id):
                self._shell.perform(label, lambda tx: commands.rate(tx, row_id, scenario_id, value))
            if self.model.hidden and value:
                self.table.step(1)

    def _ask_why(self) -> None:
        self.side.write_reason()

    def _offer(self, index: QModelIndex) -> None:
        """Open a menu of what the cell can be."""
        row = self.model.row_at(index)
        if row is None or index.column() == self.model.last:
            return
        self.table.go(index)
        words = WEIGHT.words if index.column() == WEIGHT_COLUMN else CONSISTENCY.words
        offers: list[tuple[str, object]] = [(f"{v} · {said}", partial(self.judge, v)) for v, said in words.items()]
        if index.column() != WEIGHT_COLUMN:
            offers += [(_say("Not assessed"), partial(self.judge, "")), (_say("Write the reason"), self._ask_why)]
        below = self.table.visualRect(index).bottomLeft()
        menu_at(self, self.table.viewport().mapToGlobal(below), offers)

    # -- rows --------------------------------------------------------------------------------------------------

    def put_selected_in(self) -> None:
        """Put the selected claims and events into the matrix."""
        document = self._shell.document
        chosen = [document.get(Entity, one) for one in self._shell.selection.entities(document)]
        ids = [entity.id for entity in chosen if entity.type in ROW_TYPES]
        if not ids:
            said = _say("Select claims or events on the board first; they become rows of the matrix.")
            self._shell.banner(said)
            return
        label = "Put a card into the matrix" if len(ids) == 1 else "Put {n} cards into the matrix"
        self._shell.perform(label, lambda tx: commands.put_into_matrix(tx, ids), n=len(ids))

    def _offer_row(self, place: QPoint) -> None:
        at = self.table.claims.logicalIndexAt(place)
        if not 0 <= at < len(self.model.rows):
            return
        row = self.model.rows[at]
        row_id = row.entity.id
        supposing = self._shell.supposing
        supposition = supposing.supposed.supposition
        offers: list[tuple[str, object]] = [(_say("Go to the card"), partial(self._go_to_row, at))]
        if row_id in supposition.false or row_id in supposition.true:
            offers.append((_say("Suppose this no longer"), partial(supposing.take_back, [row_id])))
        true = _say("Suppose it is deception") if row.twin_of else _say("Suppose this is true")
        offers += [
            (_say("Suppose this is false"), partial(self._suppose, row_id, False)),
            (true, partial(self._suppose, row_id, True)),
        ]
        if not row.twin_of:
            offers.append((_say("Add a deception twin"), partial(self._add_twin, row_id)))
        out = _say("Remove this deception twin") if row.twin_of else _say("Take out of the matrix with its cells")
        offers.append((out, partial(self._take_out, row_id)))
        menu_at(self, self.table.claims.viewport().mapToGlobal(place), offers)

    def _suppose(self, row_id: str, true: bool) -> None:
        self._shell.supposing.suppose([row_id], true=true)

    def _add_twin(self, row_id: str) -> None:
        made = self._shell.perform("Add a deception twin", lambda tx: commands.add_deception_twin(tx, row_id))
        if made is not None:
            self._weighing.finish()
            self.table.go(self.model.place(made.id, self.model.scores[0].entity.id if self.model.scores else ""))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_out(self, row_id: str) -> None:
        label = "Take a row out of the matrix"
        self._shell.perform(label, lambda tx: commands.take_out_of_matrix(tx, row_id))

    # -- one selection -----------------------------------------------------------------------------------------

    def _go_to_row(self, at: int) -> None:
        self.table.go(self.model.index(at, max(0, self.table.currentIndex().column())))
        self._select_soon.stop()
        self._shell.show_entity(self.model.rows[at].entity.id)

    def _go_to_scenario(self, column: int) -> None:
        score = self.model.score_at(column)
        if score is not None:
            self.table.go(self.model.index(max(0, self.table.currentIndex().row()), column))
            self._select_soon.stop()
            self._shell.show_entity(score.entity.id)

    def _moved(self) -> None:
        self._tell()
        if not self._following and self.table.hasFocus():
            self._select_soon.start()

    def _select(self) -> None:
        """Select what the current cell is: its link, else the card of its row."""
        here = self.table.currentIndex()
        row, link = self.model.row_at(here), self.model.link_at(here)
        if row is None:
            return
        card = self._shell.document.card_on(self._shell.board_id, row.entity.id)
        self._following = True
        if link is not None:
            self._shell.selection.set(links=[link.id])
        elif card is not None:
            self._shell.selection.set(cards=[card.id])
        else:
            self._shell.selection.set(entity=row.entity.id)
        self._following = False

    def _selected(self) -> None:
        if not self.isVisible():
            return
        self._marking.start(self._shell.selection.looked_up(self._shell.document))
        if not self._following:
            # What was chosen elsewhere came later than where the hand went here.
            self._select_soon.stop()
            self._follow_soon.start()

    def _mark(self, ids: list[str]) -> None:
        self.table.claims.marked = frozenset(ids)
        self.table.claims.viewport().update()

    def follow(self) -> None:
        """Go to the cell or the one row that is selected."""
        selection, document = self._shell.selection, self._shell.document
        chosen = selection.entities(document, most=2)
        self._following = True
        if len(selection.links) == 1 and not chosen:
            link = document.find("links", next(iter(selection.links)))
            self._show(getattr(link, "from_id", ""), getattr(link, "to_id", ""))
        elif len(chosen) == 1 and not selection.links:
            here = self.model.score_at(self.table.currentIndex().column())
            self._show(chosen[0], here.entity.id if here else "")
        self._following = False

    def _show(self, row_id: str, scenario_id: str) -> None:
        place = self.model.place(row_id, scenario_id)
        here = self.model.row_at(self.table.currentIndex())
        if place.isValid() and (place.column() or not here or here.entity.id != row_id):
            self.table.go(place)


make: Final = MatrixPanel
