"""What a search found, as a list: one entity a line, with the text in which it was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.render.icons import icon
from evidenceboard.ui.panels import lines
from evidenceboard.ui.shell import Shell

_ONE, _TWO = 32, 50
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity that was found, and the stretch of text in which."""

    entity_id: str
    type_id: str
    number: str
    title: str
    snippet: str


class HitList(QAbstractListModel):
    """The hits, best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()
        self.words: list[str] = []

    def show(self, hits: Sequence[Hit], words: list[str]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.hits, self.words = hits, words
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.UserRole:
            return hit
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                part for part in (entity_type(hit.type_id).word, hit.number, hit.title, hit.snippet) if part
            )
        return None


class HitLines(QStyledItemDelegate):
    """Paint a hit: glyph, number and title, and beneath the text in which it was found."""

    def __init__(self, parent: QWidget, shell: Shell, model: HitList) -> None:
        super().__init__(parent)
        self._shell, self._model = shell, model
        self.glyphs: dict[str, QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(Qt.ItemDataRole.UserRole)
        return QSize(120, _TWO if isinstance(hit, Hit) and hit.snippet else _ONE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(hit, Hit):
            return
        painter.save()
        lines.ground(painter, option)
        rect: QRect = option.rect
        kind = entity_type(hit.type_id)
        colour = self._shell.palette_.type_colour(kind.colour)
        if hit.type_id not in self.glyphs:
            self.glyphs[hit.type_id] = icon(kind.glyph, colour)
        first = QRect(rect.left() + 16, rect.top() + 4, rect.width() - 32, 24)
        self.glyphs[hit.type_id].paint(painter, QRect(first.left(), first.center().y() - 7, 16, 16))
        number = lines.sized(option.font, 12, QFont.Weight.Medium)
        wide = lines.text(painter, first.adjusted(24, 0, 0, 0), hit.number, number, QColor(colour))
        words, strong = self._model.words, QColor(self._shell.palette_.selection)
        room = first.adjusted(24 + max(34, wide + 8), 0, 0, 0)
        font = lines.sized(option.font, 13)
        lines.marked_text(painter, room, hit.title, font, lines.ink(option), lines.hits(hit.title, words), strong)
        if hit.snippet:
            below = QRect(first.left() + 24, first.bottom() - 1, first.width() - 24, 20)
            small = lines.sized(option.font, 12)
            found = lines.hits(hit.snippet, words)
            lines.marked_text(painter, below, hit.snippet, small, lines.quiet(), found, strong)
        painter.restore()
