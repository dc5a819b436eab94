"""One selection for the table and the board: each marks what is selected in the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.ui.panels.table_view import TableView
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns

FOLLOWED: Final = 500
"""Selected cards that are marked in the table; more would only cost time."""
KEPT: Final = 2000
"""Selected rows that stay so, wherever they stand, when all are listed anew; all of them stay so too."""
_SOON: Final = 30
_STEP: Final = 64


class Sharing(QObject):
    """Take the rows with a selected cell to the board, and back; `chosen` tells that a hand selected others."""

    chosen = Signal()
    followed = Signal()
    let_go = Signal(int)
    """So many rows were selected, and now they lie so far apart that they are no more."""

    def __init__(self, shell: Shell, view: TableView) -> None:
        super().__init__(view)
        self._shell, self._view, self._model = shell, view, view.rows
        self._held = False
        self._mine: object = None
        """What the table selected on the board: it need not follow that."""
        self._kept: tuple[list[str], str, int] = ([], "", 0)
        self._all, self._too_many = False, 0
        self._listing = self._model.listing
        self._choosing = Turns(self)
        self._choosing.done.connect(self._select)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.follow)
        shell.selection.changed.connect(self._soon.start)
        view.selectionModel().selectionChanged.connect(self._changed)
        self._model.modelAboutToBeReset.connect(self._keep_place)
        self._model.modelReset.connect(self._back_to_place)

    @property
    def busy(self) -> bool:
        """Return whether cards of selected rows are still being looked up."""
        return self._choosing.busy

    def follow_operation(self, operation: Operation) -> None:
        """Let the rows follow an operation; rows that go with it select nothing else on the board."""
        self._held = True
        self._model.changed(operation)
        self._held = False
        if self._choosing.busy:
            self._choosing.start(self._cards())

    # -- from the table to the board ---------------------------------------------------------------------------

    def _changed(self) -> None:
        if not self._held:
            self._choosing.start(self._cards())
            self.chosen.emit()

    def _cards(self) -> Iterator[tuple[list[str], str | None] | None]:
        document, board = self._shell.document, self._shell.board_id
        blocks, order = self._view.blocks(), self._model.order
        cards: list[str] = []
        first = ""
        for place, row in enumerate(blocks.rows(), 1):
            entity_id = order.id_at(row) if row < len(order) else ""
            first = first or entity_id
            card = document.card_on(board, entity_id)
            if card is not None:
                cards.append(card.id)
            if place % _STEP == 0:
                yield None
        yield cards, first if first and not cards and blocks.count() == 1 else None

    def _select(self, found: tuple[list[str], str | None]) -> None:
        cards, loose = found
        self._mine = (frozenset(cards), loose)
        self._shell.selection.set(cards=cards, entity=loose)

    # -- from the board to the table ---------------------------------------------------------------------------

    def follow(self) -> None:
        """Mark what is selected on the board."""
        selection = self._shell.selection
        if (selection.cards, selection.entity) == self._mine:
            return
        self._mine = None
        self._choosing.stop()
        ids = selection.entities(self._shell.document, most=FOLLOWED)
        rows = [row for entity_id in ids if (row := self._model.order.row_of(entity_id)) >= 0]
        current = self._view.currentIndex()
        column = current.column() if current.isValid() else self._view.shown_columns()[0]
        self._mark(rows, column, rows[0] if len(rows) == 1 else -1)
        self.followed.emit()

    def _mark(self, rows: list[int], column: int, current: int) -> None:
        self._held = True
        self._view.select_rows(rows, column, current=current)
        self._held = False
        if current >= 0:
            self._view.scrollTo(self._model.index(current, column))

    # -- what is selected stays so where rows are listed anew --------------------------------------------------

    def _keep_place(self) -> None:
        blocks, current = self._view.blocks(), self._view.currentIndex()
        count = blocks.count()
        self._all = count > KEPT and count == len(self._model.order) and self._model.listing == self._listing
        self._too_many = count if count > KEPT else 0
        rows = list(blocks.rows()) if count <= KEPT else []
        here = self._model.order.id_at(current.row()) if current.isValid() else ""
        self._kept = ([self._model.order.id_at(row) for row in rows], here, max(0, current.column()))

    def _back_to_place(self) -> None:
        ids, here, column = self._kept
        order = self._model.order
        # Sorted anew it is the same rows that are listed: then all of them are selected as before.
        self._all = self._all and self._too_many == len(order)
        self._listing = self._model.listing
        rows = list(range(len(order))) if self._all else [row for one in ids if (row := order.row_of(one)) >= 0]
        self._mark(rows, min(column, len(self._model.columns) - 1), order.row_of(here))
        if self._too_many and not self._all:
            self.let_go.emit(self._too_many)
