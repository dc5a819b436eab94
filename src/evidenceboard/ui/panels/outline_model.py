"""All entities by type, for the outline: one flat list with headings, quick with 100,000, kept up by operations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity
from evidenceboard.model.types import TYPES, entity_type
from evidenceboard.ui.panels.outline_reading import STEP, Key, Read, reading
from evidenceboard.ui.plain import one_line, plain_tip
from evidenceboard.ui.turns import Turns

MIME: Final = "application/x-evidenceboard-entity"
ID: Final = Qt.ItemDataRole.UserRole
NUMBER: Final = Qt.ItemDataRole.UserRole + 1
COUNT: Final = Qt.ItemDataRole.UserRole + 2
PLACED: Final = Qt.ItemDataRole.UserRole + 3
TYPE: Final = Qt.ItemDataRole.UserRole + 4
OPEN: Final = Qt.ItemDataRole.UserRole + 5
_FEW: Final = 200
"""Above so many changed entities the whole outline is made anew, which is then the quicker way."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
# Put together once: views ask for them at every cell that they paint.
_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled


class OutlineModel(QAbstractListModel):
    """Headings of types with their entities below. `dress` returns the glyph and colour of a type."""

    def __init__(
        self, document: Callable[[], Document], dress: Callable[[str], tuple[QIcon, QColor]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document, self._dress = document, dress
        self._text = ""
        self._types: frozenset[str] = frozenset()
        self._board_id = ""
        self._closed: set[str] = set()
        self._all: dict[str, list[Key]] = {}
        self._known: dict[str, tuple[str, Key]] = {}
        self._small: dict[str, str] = {}
        self._order: list[str] = []
        self._shown: dict[str, list[Key]] = {}
        self._starts: list[int] = []
        self._rows = 0
        self._wanted: tuple[str, frozenset[str]] | None = None
        """The filter that is being applied, None where what is listed fits the one that was chosen."""
        self._late: dict[str, None] = {}
        """Entities that were touched while everything is read anew."""
        self._reading = Turns(self)
        self._reading.done.connect(self._take_all)
        self._filtering = Turns(self)
        self._filtering.done.connect(self._take_shown)
        self.rebuild()

    # -- what is listed ----------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Read everything anew: at once, or bit by bit where there is much; what is listed stays until then."""
        self._wanted = self._wanted or (self._text, self._types)
        self._filtering.stop()
        self._late = {}
        self._reading.start(reading(self._document()))

    def _take_all(self, read: Read) -> None:
        self._all, self._known = read
        late, self._late = self._late, {}
        for entity_id in late:
            self._follow_one(entity_id)
        text, types = self._wanted or (self._text, self._types)
        self._begin(text, types, self._all)

    def choose(self, text: str, types: frozenset[str]) -> None:
        """List only what holds this text in number or title and is of these types; nothing chosen lists all."""
        text = text.strip().casefold()
        if (text, types) == (self._wanted or (self._text, self._types)):
            return
        if self._reading.busy:
            self._wanted = (text, types)
            return
        # What more letters fit is among what fewer fitted.
        narrower = self._wanted is None and types == self._types and self._text in text
        self._begin(text, types, self._shown if narrower else self._all)

    def finish(self) -> None:
        """List now what the filter wants."""
        self._reading.finish()
        self._filtering.finish()

    def _begin(self, text: str, types: frozenset[str], among: dict[str, list[Key]]) -> None:
        self._wanted = (text, types)
        self._filtering.start(self._fitting(text, types, among))

    def _fitting(
        self, text: str, types: frozenset[str], among: dict[str, list[Key]]
    ) -> Iterator[dict[str, list[Key]] | None]:
        found: dict[str, list[Key]] = {}
        for type_id, keys in among.items():
            if types and type_id not in types:
                continue
            if not text:
                found[type_id] = list(keys)
                continue
            fits = found[type_id] = []
            for place, key in enumerate(keys, 1):
                if text in self._small_text(key[1]):
                    fits.append(key)
                if place % STEP == 0:
                    yield None
        yield found

    def _take_shown(self, found: dict[str, list[Key]]) -> None:
        self.beginResetModel()
        assert self._wanted is not None
        (self._text, self._types), self._wanted = self._wanted, None
        self._shown = found
        self._arrange()
        self.endResetModel()

    def show_board(self, board_id: str) -> None:
        """Mute what has no card on this board."""
        self._board_id = board_id
        self._repaint()

    def fold(self, type_id: str) -> None:
        """Close a heading that is open, or open it again."""
        if type_id not in self._order:
            return
        keys, top = self._shown[type_id], self._starts[self._order.index(type_id)]
        first, last = top + 1, top + len(keys)
        if type_id in self._closed:
            self.beginInsertRows(QModelIndex(), first, last)
            self._closed.discard(type_id)
            self._count()
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), first, last)
            self._closed.add(type_id)
            self._count()
            self.endRemoveRows()
        self.dataChanged.emit(self.index(top), self.index(top))

    def _small_text(self, entity_id: str) -> str:
        small = self._small.get(entity_id)
        if small is None:
            entity = self._document().find("entities", entity_id)
            small = f"{entity.number} {entity.title}".casefold() if isinstance(entity, Entity) else ""
            self._small[entity_id] = small
        return small

    def _arrange(self) -> None:
        known = [kind.id for kind in TYPES]
        there = [type_id for type_id, keys in self._shown.items() if keys]
        self._order = sorted(there, key=lambda t: (known.index(t), "") if t in known else (len(known), t))
        self._count()

    def _count(self) -> None:
        self._starts, self._rows = [], 0
        for type_id in self._order:
            self._starts.append(self._rows)
            self._rows += 1 + (0 if type_id in self._closed else len(self._shown[type_id]))

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(self._rows - 1))

    # -- following operations ----------------------------------------------------------------------------------

    def changed(self, operation: Operation) -> None:
        """Follow an operation."""
        touched = operation.ids("entities")
        for entity_id in touched:
            self._small.pop(entity_id, None)
        if touched and len(touched) > _FEW:
            self.rebuild()
            return
        if self._reading.busy:
            self._late.update(dict.fromkeys(touched))
        else:
            for entity_id in touched:
                self._follow_one(entity_id)
            if touched and self._wanted is not None:
                self._begin(*self._wanted, self._all)
        if "cards" in operation.tables():
            self._repaint()  # the view asks only for the lines in sight

    def _follow_one(self, entity_id: str) -> None:
        entity = self._document().find("entities", entity_id)
        self._follow(entity_id, entity if isinstance(entity, Entity) else None)

    def _follow(self, entity_id: str, entity: Entity | None) -> None:
        old = self._known.pop(entity_id, None)
        new = (entity.type, (natural(entity.number), entity.id)) if entity else None
        if old != new:
            if old:
                del self._all[old[0]][bisect_left(self._all[old[0]], old[1])]
            if new:
                insort(self._all.setdefault(new[0], []), new[1])
        if new:
            self._known[entity_id] = new
        was = old is not None and self._lists(*old)
        now = (
            new is not None and (not self._types or new[0] in self._types) and self._text in self._small_text(entity_id)
        )
        if was and now and old == new:
            at = self.place_of(entity_id)
            self.dataChanged.emit(at, at)
            return
        if was and old:
            self._take_out(*old)
        if now and new:
            self._put_in(*new)

    def _lists(self, type_id: str, key: Key) -> bool:
        keys = self._shown.get(type_id, [])
        place = bisect_left(keys, key)
        return place < len(keys) and keys[place] == key

    def _take_out(self, type_id: str, key: Key) -> None:
        keys = self._shown[type_id]
        place = bisect_left(keys, key)
        if len(keys) == 1:
            self._with_heading(lambda: keys.remove(key))
            return
        top = self._starts[self._order.index(type_id)]
        if type_id in self._closed:
            del keys[place]
        else:
            self.beginRemoveRows(QModelIndex(), top + 1 + place, top + 1 + place)
            del keys[place]
            self._count()
            self.endRemoveRows()
        self.dataChanged.emit(self.index(top), self.index(top))

    def _put_in(self, type_id: str, key: Key) -> None:
        keys = self._shown.setdefault(type_id, [])
        if not keys:
            self._with_heading(lambda: keys.append(key))
            return
        place = bisect_left(keys, key)
        top = self._starts[self._order.index(type_id)]
        if type_id in self._closed:
            keys.insert(place, key)
        else:
            self.beginInsertRows(QModelIndex(), top + 1 + place, top + 1 + place)
            keys.insert(place, key)
            self._count()
            self.endInsertRows()
        self.dataChanged.emit(self.index(top), self.index(top))

    def _with_heading(self, change: Callable[[], None]) -> None:
        """Change the list where a heading comes or goes with it."""
        self.beginResetModel()
        change()
        self._arrange()
        self.endResetModel()

    # -- asked by others ---------------------------------------------------------------------------------------

    def place_of(self, entity_id: str) -> QModelIndex:
        """Return where an entity is listed; an invalid index where it is not in sight."""
        found = self._known.get(entity_id)
        if not found or found[0] in self._closed or not self._lists(*found):
            return QModelIndex()
        top = self._starts[self._order.index(found[0])]
        return self.index(top + 1 + bisect_left(self._shown[found[0]], found[1]))

    def heading_of(self, type_id: str) -> QModelIndex:
        """Return where the heading of a type stands; an invalid index where there is none."""
        return self.index(self._starts[self._order.index(type_id)]) if type_id in self._order else QModelIndex()

    def id_of(self, index: Index) -> str:
        """Return the id of the entity at an index; "" for a heading."""
        return str(index.data(ID) or "")

    def listed(self) -> int:
        """Return how many entities fit the filter."""
        return sum(map(len, self._shown.values()))

    def _at(self, row: int) -> tuple[str, int]:
        """Return the type of a row and its place below the heading; the heading itself is at -1."""
        group = bisect_right(self._starts, row) - 1
        return self._order[group], row - self._starts[group] - 1

    # -- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._rows:
            return None
        type_id, place = self._at(index.row())
        if role == TYPE:
            return type_id
        if place < 0:
            return self._of_type(type_id, role)
        entity = self._document().find("entities", self._shown[type_id][place][1])
        return self._of_entity(entity, role) if isinstance(entity, Entity) else None

    def _of_type(self, type_id: str, role: int) -> Any:
        kind, count = entity_type(type_id), len(self._shown[type_id])
        if role == Qt.ItemDataRole.DisplayRole:
            return kind.plural
        if role == COUNT:
            return count
        if role == OPEN:
            return type_id not in self._closed
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
        if not index.isValid() or index.row() >= self._rows:
            return Qt.ItemFlag.NoItemFlags
        if self._at(index.row())[1] < 0:
            return Qt.ItemFlag.ItemIsEnabled
        return _FLAGS

    # -- dragging ----------------------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return mime_of([found for index in indexes if (found := self.id_of(index))], self._document())

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
