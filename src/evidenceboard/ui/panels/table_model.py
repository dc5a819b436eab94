"""The rows and columns of the table: read and sorted bit by bit, in step with operations, asked only for what shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from evidenceboard.model.affected import affected
from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.giving_back import let_go
from evidenceboard.model.numbers import natural
from evidenceboard.model.query import Query
from evidenceboard.model.records import Entity
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.table_columns import Column, Columns
from evidenceboard.ui.panels.table_order import Key, Order, ordered
from evidenceboard.ui.plain import one_line, plain_tip
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns

ENTITY: Final = Qt.ItemDataRole.UserRole
QUIET: Final = Qt.ItemDataRole.UserRole + 1
"""Whether what a cell shows is computed and cannot be written there."""
REST: Final = 500
"""Milliseconds after an operation before a search for words is done again."""
_LOOK: Final = 60
"""Milliseconds between two looks whether all text can be searched."""
_STEP: Final = 16
"""Entities that are looked at in one step."""
_SHOWN: Final = 200
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_SHOWN_ONLY: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WRITTEN: Final = _SHOWN_ONLY | Qt.ItemFlag.ItemIsEditable
_ALL: Final = Query("")


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: a type of entity, "" for all; only what has a card on a board, where one is named; a search."""

    type_id: str = ""
    board_id: str = ""
    query: Query = _ALL


class TableModel(QAbstractTableModel):
    """Entities as rows. `listed` tells that rows came or went, `busy` that they are being read, or no more."""

    listed = Signal()
    busy = Signal(bool)

    def __init__(self, shell: Shell, parent: Any) -> None:
        super().__init__(parent)
        self._shell = shell
        self.source = Columns(lambda: shell.document, shell.session.author_id)
        self.listing = Listing()
        self.columns: list[Column] = self.source.of("")
        self.sorted_by, self.down = 0, False
        self.order = Order()
        self._reading = Turns(self)
        self._reading.done.connect(self._take)
        self._following = Turns(self)
        self._late: dict[str, None] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.read)
        self._waits = False

    # -- what is listed ----------------------------------------------------------------------------------------

    def show_listing(self, listing: Listing, sorted_by: str = "number", *, down: bool = False) -> None:
        """List something else, sorted by the column of this name."""
        if listing.type_id != self.listing.type_id or not self.columns:
            self.beginResetModel()
            self.columns = self.source.of(listing.type_id)
            self._swap(Order())
            self.endResetModel()
        self.listing = listing
        keys = [column.key for column in self.columns]
        self.sorted_by, self.down = (keys.index(sorted_by) if sorted_by in keys else 0), down
        self.read()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; to turn the order round takes no sorting."""
        down = order == Qt.SortOrder.DescendingOrder
        if column < 0 or (column, down) == (self.sorted_by, self.down):
            return
        turned, self.sorted_by, self.down = column == self.sorted_by, column, down
        if turned and not self._reading.busy:
            self.beginResetModel()
            self.order.down = down
            self.endResetModel()
        else:
            self.read()

    def read(self) -> None:
        """Read and sort everything anew; what is listed stays until then."""
        self._again.stop()
        self._following.stop()
        self._late.clear()
        query, finder = self.listing.query, self._shell.finder
        self._waits = bool(query.words or query.without) and not finder.ready
        if self._waits:
            self._reading.stop()
            self._again.start(_LOOK)  # it fills by itself, in turns of its own
        else:
            self._reading.start(self._read())
        if self.reading:
            self.busy.emit(True)

    def read_anew(self) -> None:
        """Read everything anew after operations that were not followed one by one."""
        self.source.figures.forget()
        self.columns = self.source.of(self.listing.type_id)
        self.read()

    @property
    def reading(self) -> bool:
        """Whether rows are being read or sorted."""
        return self._waits or self._reading.busy or self._following.busy

    def finish(self) -> None:
        """Read and sort now what is under way."""
        self._reading.finish()
        self._following.finish()

    def _read(self) -> Iterator[tuple[Order, bool] | None]:
        known: dict[str, tuple[bool, Key]] = {}
        fits = self.listing.query.fits
        try:
            for place, entity_id in enumerate(self._candidates(), 1):
                entity = None if entity_id is None else self._shell.document.find("entities", entity_id)
                if isinstance(entity, Entity) and self._is_here(entity) and fits(entity):
                    known[entity.id] = self._key(entity)
                if entity_id is None or place % _STEP == 0:
                    yield None
            for order in ordered(known, down=self.down):
                if order is None:
                    yield None
                else:
                    made = order, (yield from order.same_as(self.order))
        except GeneratorExit:  # nobody waits for it any more
            let_go(known)
            raise
        yield made

    def _candidates(self) -> Iterable[str | None]:
        document, listing = self._shell.document, self.listing
        if listing.query.words or listing.query.without:
            return self._shell.finder.looking(listing.query)
        if listing.type_id:
            return (record.id for record in document.where("entities", "type", listing.type_id))
        return document.each_id("entities")

    def _is_here(self, entity: Entity) -> bool:
        listing = self.listing
        if listing.type_id and entity.type != listing.type_id:
            return False
        return not listing.board_id or self._shell.document.card_on(listing.board_id, entity.id) is not None

    def _key(self, entity: Entity) -> tuple[bool, Key]:
        value = self.columns[self.sorted_by].order(entity)
        tail = (natural(entity.number), entity.id)
        return (True, tail) if value is None else (False, (value, *tail))

    def _take(self, made: tuple[Order, bool]) -> None:
        order, same = made
        order.down = self.down
        if same:
            order.let_go()
            self._repaint()
        else:
            self.beginResetModel()
            self._swap(order)
            self.endResetModel()
        self.busy.emit(False)
        self.listed.emit()

    def _swap(self, order: Order) -> None:
        old, self.order = self.order, order
        old.let_go()

    def _repaint(self) -> None:
        if len(self.order):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.order) - 1, len(self.columns) - 1))

    # -- following operations ----------------------------------------------------------------------------------

    def changed(self, operation: Operation) -> None:
        """Follow an operation: what may say something else is looked at anew, and moves where the sorting says so."""
        self.source.figures.forget()
        if "settings" in operation.tables():
            self.read_anew()  # another yardstick has other words
            return
        ids = affected(self._shell.document, operation)
        if ids is None or operation.is_bulk or self._reading.busy or self._waits:
            self.read()
            return
        self._late.update(dict.fromkeys(ids))
        if self.listing.board_id:
            self._late.update((entity_id, None) for change in operation.changes if (entity_id := _carded(change)))
        self._repaint()  # the view asks only for the cells in sight
        if self._late:
            self._following.start(self._follow())
        if self.listing.query.words or self.listing.query.without:
            self._again.start(REST)

    def _follow(self) -> Iterator[bool | None]:
        before = len(self.order)
        while self._late:
            entity_id = next(iter(self._late))
            del self._late[entity_id]
            self._place(entity_id)
            yield None
        if before != len(self.order):
            self.listed.emit()
        yield True

    def _place(self, entity_id: str) -> None:
        entity = self._shell.document.find("entities", entity_id)
        was = self.order.known.get(entity_id)
        now = self._key(entity) if isinstance(entity, Entity) and self._belongs(entity, was is not None) else None
        if was == now:
            return
        row = self.order.row_of(entity_id)
        if now is None:
            self.beginRemoveRows(_NOWHERE, row, row)
            self.order.take(entity_id)
            self.endRemoveRows()
            return
        if was is None:
            there = self.order.row_for(*now)
            self.beginInsertRows(_NOWHERE, there, there)
            self.order.put(entity_id, *now)
            self.endInsertRows()
            return
        self.order.take(entity_id)
        there = self.order.row_for(*now)
        self.order.put(entity_id, *was)
        moves = there != row and self.beginMoveRows(_NOWHERE, row, row, _NOWHERE, there + (there > row))
        self.order.take(entity_id)
        self.order.put(entity_id, *now)
        if moves:
            self.endMoveRows()

    def _belongs(self, entity: Entity, listed: bool) -> bool:
        query = self.listing.query
        # Whether words fit, the index says a moment later; until then what is listed stays listed.
        known = listed or not (query.words or query.without)
        return known and query.fits(entity) and self._is_here(entity)

    # -- asked by others ---------------------------------------------------------------------------------------

    def entity_at(self, row: int) -> Entity | None:
        """Return the entity of a row, None where it was removed a moment ago."""
        found = self._shell.document.find("entities", self.order.id_at(row)) if 0 <= row < len(self.order) else None
        return found if isinstance(found, Entity) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entity = self.entity_at(index.row()) if index.isValid() else None
        if entity is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(column.words(entity), _SHOWN)
        if role == ENTITY:
            return entity
        if role == QUIET:
            return column.field is None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.words(entity))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = one_line(column.words(entity), _SHOWN) or self.tr("empty")
            return f"{entity.number}, {column.label}: {said}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        if role == Qt.ItemDataRole.ToolTipRole and self.columns[section].help:
            return plain_tip(self.columns[section].help)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        written = self.columns[index.column()].field is not None and not self._shell.session.read_only
        return _WRITTEN if written else _SHOWN_ONLY


def _carded(change: Change) -> str:
    """Return the entity whose card came or went; "" for any other change."""
    if change.table != "cards" or change.is_shift or (change.before and change.after):
        return ""
    return str((change.before or change.after or {}).get("entity_id", ""))
