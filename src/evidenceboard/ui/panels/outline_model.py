"""All entities by type, for the outline: fast with 100,000, and kept up by operations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Entity
from evidenceboard.model.types import TYPES, entity_type
from evidenceboard.ui.panels.natural import natural
from evidenceboard.ui.plain import one_line, plain_tip

MIME: Final = "application/x-evidenceboard-entity"
ID: Final = Qt.ItemDataRole.UserRole
NUMBER: Final = Qt.ItemDataRole.UserRole + 1
COUNT: Final = Qt.ItemDataRole.UserRole + 2
PLACED: Final = Qt.ItemDataRole.UserRole + 3
_FEW: Final = 200
"""Above so many changed entities the whole outline is made anew, which is then the quicker way."""

Key = tuple[tuple[str, int, str], str]
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class OutlineModel(QAbstractItemModel):
    """Types with their entities beneath. `dress` returns the glyph and colour of a type."""

    def __init__(
        self, document: Callable[[], Document], dress: Callable[[str], tuple[QIcon, QColor]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document, self._dress = document, dress
        self._text = ""
        self._types: frozenset[str] = frozenset()
        self._board_id = ""
        self._order: list[str] = []
        self._keys: dict[str, list[Key]] = {}
        self._known: dict[str, tuple[str, Key]] = {}
        self._folded: dict[str, str] = {}
        self.rebuild()

    # -- what is listed ----------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """List everything anew."""
        self.beginResetModel()
        groups: dict[str, list[Key]] = {}
        self._known = {}
        for entity in self._document().table("entities").values():
            if isinstance(entity, Entity) and self._fits(entity):
                key = (natural(entity.number), entity.id)
                groups.setdefault(entity.type, []).append(key)
                self._known[entity.id] = (entity.type, key)
        known = [kind.id for kind in TYPES]
        self._order = [t for t in known if t in groups] + sorted(t for t in groups if t not in known)
        self._keys = {type_id: sorted(groups[type_id]) for type_id in self._order}
        self.endResetModel()

    def choose(self, text: str, types: frozenset[str]) -> None:
        """List only what holds this text in number or title and is of these types; nothing chosen lists all."""
        text = text.strip().casefold()
        if (text, types) != (self._text, self._types):
            self._text, self._types = text, types
            self.rebuild()

    def show_board(self, board_id: str) -> None:
        """Mute what has no card on this board."""
        if board_id != self._board_id:
            self._board_id = board_id
            self.repaint()

    def repaint(self) -> None:
        """Tell that everything may look different."""
        for row, type_id in enumerate(self._order):
            top = self.index(row, 0)
            self.dataChanged.emit(top, top)
            self.dataChanged.emit(self.index(0, 0, top), self.index(len(self._keys[type_id]) - 1, 0, top))

    def changed(self, operation: Operation) -> None:
        """Follow an operation."""
        document = self._document()
        touched = operation.ids("entities")
        for entity_id in touched:
            self._folded.pop(entity_id, None)
        if len(touched) > _FEW:
            self.rebuild()
            return
        for entity_id in touched:
            entity = document.find("entities", entity_id)
            self._follow(entity_id, entity if isinstance(entity, Entity) else None)
        if "cards" in operation.tables():
            self._follow_cards(operation)

    def _follow(self, entity_id: str, entity: Entity | None) -> None:
        old = self._known.get(entity_id)
        new = (entity.type, (natural(entity.number), entity.id)) if entity and self._fits(entity) else None
        if old == new:
            if old:
                at = self.place_of(entity_id)
                self.dataChanged.emit(at, at)
            return
        if (old and len(self._keys[old[0]]) == 1) or (new and new[0] not in self._keys):
            # A heading comes or goes.
            self.rebuild()
            return
        if old:
            row = bisect_left(self._keys[old[0]], old[1])
            self.beginRemoveRows(self._top(old[0]), row, row)
            del self._keys[old[0]][row]
            del self._known[entity_id]
            self.endRemoveRows()
            self.dataChanged.emit(self._top(old[0]), self._top(old[0]))
        if new:
            row = bisect_left(self._keys[new[0]], new[1])
            self.beginInsertRows(self._top(new[0]), row, row)
            self._keys[new[0]].insert(row, new[1])
            self._known[entity_id] = new
            self.endInsertRows()
            self.dataChanged.emit(self._top(new[0]), self._top(new[0]))

    def _follow_cards(self, operation: Operation) -> None:
        made_or_gone = [
            change for change in operation.changes if change.table == "cards" and not (change.before and change.after)
        ]
        rows = [change.after or change.before or {} for change in made_or_gone if not change.is_shift]
        if len(rows) > _FEW:
            self.repaint()
            return
        for row in rows:
            at = self.place_of(str(row.get("entity_id", "")))
            if at.isValid():
                self.dataChanged.emit(at, at)

    def _fits(self, entity: Entity) -> bool:
        if self._types and entity.type not in self._types:
            return False
        if not self._text:
            return True
        folded = self._folded.get(entity.id)
        if folded is None:
            folded = self._folded[entity.id] = f"{entity.number} {entity.title}".casefold()
        return self._text in folded

    # -- asked by others ---------------------------------------------------------------------------------------

    def place_of(self, entity_id: str) -> QModelIndex:
        """Return where an entity is listed; an invalid index where it is not."""
        found = self._known.get(entity_id)
        if not found:
            return QModelIndex()
        return self.index(bisect_left(self._keys[found[0]], found[1]), 0, self._top(found[0]))

    def id_of(self, index: Index) -> str:
        """Return the id of the entity at an index; "" for a heading."""
        return str(index.data(ID) or "")

    def listed(self) -> int:
        """Return how many entities are listed."""
        return len(self._known)

    def _top(self, type_id: str) -> QModelIndex:
        return self.index(self._order.index(type_id), 0)

    def _entity(self, index: Index) -> Entity | None:
        type_id = self._order[index.internalId() - 1]
        found = self._document().find("entities", self._keys[type_id][index.row()][1])
        return found if isinstance(found, Entity) else None

    # -- Qt's questions ----------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> Any:
        inside = index.internalId() if index.isValid() else 0
        return self.createIndex(inside - 1, 0, 0) if inside else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._order)
        if parent.internalId() or parent.row() >= len(self._order):
            return 0
        return len(self._keys[self._order[parent.row()]])

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if not index.internalId():
            return self._of_type(self._order[index.row()], role)
        entity = self._entity(index)
        return None if entity is None else self._of_entity(entity, role)

    def _of_type(self, type_id: str, role: int) -> Any:
        kind = entity_type(type_id)
        count = len(self._keys[type_id])
        if role == Qt.ItemDataRole.DisplayRole:
            return kind.plural
        if role == COUNT:
            return count
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{kind.plural}, {count}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._dress(type_id)[0]
        return None

    def _of_entity(self, entity: Entity, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(entity.title) or entity_type(entity.type).word
        if role == ID:
            return entity.id
        if role == NUMBER:
            return entity.number
        if role == PLACED:
            return self._document().card_on(self._board_id, entity.id) is not None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._dress(entity.type)[1]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entity.number} {one_line(entity.title)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{entity.number} {entity.title}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled
        if not index.isValid() or not index.internalId():
            return plain
        return plain | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    # -- dragging ----------------------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [found for index in indexes if (found := self.id_of(index))]
        return mime_of(ids, self._document())

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def mime_of(ids: Iterable[str], document: Document) -> QMimeData:
    """Return what is dragged: the ids for the board, numbers and titles for any other program."""
    kept = list(dict.fromkeys(ids))
    data = QMimeData()
    data.setData(MIME, QByteArray("\n".join(kept).encode()))
    records = [record for id_ in kept if isinstance(record := document.find("entities", id_), Entity)]
    data.setText("\n".join(f"{record.number} {record.title}" for record in records))
    return data
