"""What is done to the selected cells of the table: written, filled, emptied, copied, pasted, each as one operation."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from evidenceboard import commands
from evidenceboard.model.records import Entity
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.dialogs import marking
from evidenceboard.ui.panels import table_text
from evidenceboard.ui.panels.reason_line import ReasonLine
from evidenceboard.ui.panels.saving import put
from evidenceboard.ui.panels.table_blocks import Blocks
from evidenceboard.ui.panels.table_columns import Column
from evidenceboard.ui.panels.table_plan import Plan, Trial, Wanted, planned
from evidenceboard.ui.panels.table_question import about
from evidenceboard.ui.panels.table_view import TableView
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns


class Deeds(QObject):
    """Plan a change of cells in turns, ask where something does not fit, and carry it out."""

    told = Signal(str)
    asks = Signal(QWidget)
    """A question, or the asking for a reason, that wants a place in the panel."""

    def __init__(self, shell: Shell, view: TableView, panel: QWidget) -> None:
        super().__init__(view)
        self._shell, self._view, self._panel, self._model = shell, view, panel, view.rows
        self._refused = ""
        self._asks_first, self._word = False, ""
        self._planning = Turns(self)
        self._planning.done.connect(self._planned)
        self._copying = Turns(self)
        self._copying.done.connect(self._copied)

    @property
    def busy(self) -> bool:
        """Whether cells are being looked at before they are written or copied."""
        return self._planning.busy or self._copying.busy

    def outdate(self) -> None:
        """Let go of what is being planned: the file is no longer what it was planned for."""
        if self.busy:
            self._planning.stop()
            self._copying.stop()
            self.told.emit(_say("The file changed meanwhile, so this was stopped; nothing was written."))

    def finish(self) -> None:
        """Do to the end what is under way."""
        self._planning.finish()
        self._copying.finish()

    # -- what is wanted ----------------------------------------------------------------------------------------

    def write(self, entity_id: str, column: Column, typed: str) -> str:
        """Write a value into this column of an entity, or of all selected rows; return why it is not taken, or ""."""
        found = self._shell.document.find("entities", entity_id)
        if not isinstance(found, Entity):
            return _say("This row is no longer in the file, so this was not saved. Esc lets it go.")
        blocks, order = self._view.blocks(), self._model.order
        many = blocks.count() > 1
        if column.key == "marking" and typed and self._lowers(blocks.rows() if many else (), found, typed):
            return ""
        why = Trial(self._shell).why_not(found.type, column, typed)
        if why and typed != column.typed(found):
            return why
        ids = (order.id_at(row) for row in blocks.rows()) if many else iter((entity_id,))
        return self._plan((Wanted(column, typed, one) for one in ids), "Change")

    def _lowers(self, rows: Iterable[int], current: Entity, typed: str) -> bool:
        """Ask in its dialog for a marking that takes a reason; return whether it does."""
        found = [self._model.entity_at(row) for row in rows] or [current]
        records = [one for one in found if one is not None]
        if not any(commands.lowers(self._shell.document, one, typed) for one in records):
            return False
        marking.ask(self._shell, self._view.window(), [one.id for one in records], typed)
        return True

    def fill(self) -> None:
        """Write the value of the first selected row into the rows below; of a single one, the value above it."""
        blocks = self._view.blocks()
        first = next(blocks.rows(), 0)
        alone = blocks.count() == 1
        above = self._model.entity_at(first - 1 if alone else first)
        if above is not None:
            self._plan(self._cells(blocks, lambda column: column.typed(above)), "Fill")

    def empty(self) -> None:
        """Empty the selected cells, those that are computed excepted."""
        blocks = self._view.blocks()
        if any(self._model.columns[at].field for at in blocks.columns()):
            self._plan(self._cells(blocks, _nothing), "Empty")
        else:
            self.told.emit(_say("These cells are computed; there is nothing here to empty."))

    def _cells(self, blocks: Blocks, value: Callable[[Column], str], *, all_: bool = False) -> Iterator[Wanted]:
        """Yield a value for each selected cell that is written by hand, or for `all_` of them."""
        for row in blocks.rows():
            for at in blocks.cells_in(row):
                column = self._model.columns[at]
                if all_ or column.field is not None:
                    yield Wanted(column, value(column), self._model.order.id_at(row))

    # -- the clipboard -----------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected cells onto the clipboard, as spreadsheets read them."""
        blocks = self._view.blocks()
        if blocks.columns():
            self._copying.start(table_text.written(self._texts(blocks)))

    def _texts(self, blocks: Blocks) -> Iterator[list[str]]:
        columns = blocks.columns()
        for row in blocks.rows():
            entity, chosen = self._model.entity_at(row), set(blocks.cells_in(row))
            if entity is not None:
                yield [self._model.columns[at].typed(entity) if at in chosen else "" for at in columns]

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit(_say("Copied."))

    def paste(self) -> None:
        """Write what is on the clipboard into the cells from the current one on; one value into all selected cells."""
        text = QGuiApplication.clipboard().text()
        if not text:
            self.told.emit(_say("There is no text on the clipboard."))
        elif (where := self._view.blocks()).columns():
            self._plan(self._pasted(text, where), "Paste")

    def _pasted(self, text: str, blocks: Blocks) -> Iterator[Wanted | str | None]:
        rows: list[list[str]] = []
        for cells in table_text.read(text):
            if cells is None:
                yield None
            else:
                rows.append(cells)
        if len(rows) == 1 and len(rows[0]) == 1:
            yield from self._cells(blocks, lambda column: rows[0][0], all_=True)
            return
        top, first = next(blocks.rows()), blocks.shown.index(blocks.columns()[0])
        columns = [self._model.columns[at] for at in blocks.shown[first:]]
        below = self._model.rowCount()
        for at, cells in enumerate(rows, top):
            if at >= below and not self._model.listing.type_id:
                yield _say("The text goes on below the last row; choose a type above, and it can make new ones.")
                continue
            entity_id = self._model.order.id_at(at) if at < below else ""
            for one, typed in zip(columns, cells, strict=False):
                yield Wanted(one, typed, entity_id, at)
            if any(cells[len(columns) :]):
                yield _say("The text has more columns than the table from here on.")

    # -- planned, asked, written -------------------------------------------------------------------------------

    def _plan(self, wanted: Iterable[Wanted | str | None], word: str) -> str:
        if self._shell.session.read_only:
            said = _say("This board is open for reading only: {why}. Nothing was changed.")
            self._shell.banner(said.format(why=self._shell.session.read_only), _say("Save a copy to work on."))
            return ""
        self._refused, self._word = "", word
        type_id = self._model.listing.type_id
        self._planning.start(planned(self._shell, self._model.source, type_id, wanted))
        if self._planning.busy:
            self.told.emit(_say("Looking at the cells…"))
        return self._refused

    def _planned(self, plan: Plan) -> None:
        if plan.unfit or plan.new:
            self.told.emit("")
            self.asks.emit(about(plan, lambda: self._carry_out(plan), self._panel))
        elif plan.fit:
            self._carry_out(plan)
        else:
            self.told.emit("" if self._word == "Change" else _say("Nothing was to be changed."))

    def _carry_out(self, plan: Plan) -> None:
        group, board_id = uuid.uuid4().hex, self._shell.board_id
        label = f"{self._word} {{n}} cells"
        values: dict[str, object] = {"n": plan.fit}
        if self._word == "Change" and len(plan.labels) == 1:
            label = "Change {field}" if plan.fit == 1 else "Change {field} of {n} things"
            values["field"] = next(iter(plan.labels.values()))
            if plan.fit == 1:
                del values["n"]
        self._refused = put(self._shell, label, lambda tx: plan.write(tx, board_id), group=group, **values)
        if self._refused:
            self.told.emit(self._refused)
            return
        done = _say("1 cell was changed.") if plan.fit == 1 else _say("{n} cells were changed; one undo takes it back.")
        self.told.emit("" if plan.fit == 1 else done.format(n=f"{plan.fit:,}"))
        if plan.judged:
            self.asks.emit(self._why(plan, group))

    def _why(self, plan: Plan, group: str) -> ReasonLine:
        """Ask once why judgements were changed; the reason is kept beside each."""
        _, _, before, after = plan.judged[0]
        question = _say("Why {value} instead of {before}?").format(value=after, before=before)
        n = len(plan.judged)
        if n > 1:
            question = _say("Why were these {n} judgements changed? One reason is kept beside each.")
            question = question.format(n=f"{n:,}")

        def keep(typed: str) -> str:
            def explain(tx: Transaction) -> None:
                for entity_id, key, _, _ in plan.judged:
                    commands.explain(tx, entity_id, key, typed)

            return put(self._shell, "Say why", explain, group=group, n=n) if typed else ""

        return ReasonLine(question, keep, self._panel, hint=_say("Enter keeps, Esc skips"))


def _nothing(column: Column) -> str:
    return "no" if column.field is not None and column.field.kind == "yes-no" else ""


def _say(text: str) -> str:
    return QCoreApplication.translate("Table", text)
