"""The command palette: one field that finds cards and runs every action, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QShowEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.render.icons import icon
from evidenceboard.ui.actions import ACTIONS
from evidenceboard.ui.fuzzy import best
from evidenceboard.ui.plain import one_line, plain_label

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from evidenceboard.ui.window import Window

_ROW: Final = 34
_SHOWN: Final = 9
_CARDS: Final = 12
_DETAIL: Final = int(Qt.ItemDataRole.UserRole) + 1
_RUN: Final = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette."""

    text: str
    detail: str
    run: Callable[[], None]
    glyph: str = ""
    colour: str = ""


class _Line(QStyledItemDelegate):
    """Paint a line: its text, and at the right where it stands or its keys."""

    def __init__(self, parent: QWidget, muted: Callable[[], QColor]) -> None:
        super().__init__(parent)
        self._muted = muted

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        palette: QPalette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 5, 5)
        glyph = index.data(Qt.ItemDataRole.DecorationRole)
        if glyph is not None and not glyph.isNull():
            glyph.paint(painter, QRect(rect.left() + 12, rect.top() + (_ROW - 16) // 2, 16, 16))
        detail = str(index.data(_DETAIL) or "")
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(detail)
        painter.setPen(self._muted())
        right = rect.adjusted(0, 0, -14, 0)
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), detail)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        room = rect.adjusted(38, 0, -(wide + 30), 0)
        text = metrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class PaletteBox(QFrame):
    """A field and what it finds, over the window. Enter runs or flies, Esc closes."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("palette")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self._back: QWidget | None = None
        say = QCoreApplication.translate
        self.field = QLineEdit(self)
        self.field.setObjectName("paletteField")
        self.field.setPlaceholderText(say("PaletteBox", "Find a card, or type a command"))
        self.field.textChanged.connect(self.refresh)
        self.field.installEventFilter(self)
        self.lines = QListView(self)
        self.lines.setObjectName("paletteList")
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.setUniformItemSizes(True)
        self.lines.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setItemDelegate(_Line(self.lines, lambda: QColor(window.palette_.muted)))
        self.lines.clicked.connect(self.run_chosen)
        self._model = QStandardItemModel(self)
        self.lines.setModel(self._model)
        self.empty = plain_label(say("PaletteBox", "Nothing is called that."), self, name="paletteEmpty")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.lines)
        column.addWidget(self.empty)
        self.hide()

    def open(self, text: str = "") -> None:
        """Show the palette with the keyboard in its field."""
        focus = self._window.focusWidget()
        self._back = focus if focus is not self.field else self._back
        self.field.setText(text)
        self.refresh()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def dismiss(self) -> None:
        """Close, and give the keyboard back to where it was."""
        if self.isVisible():
            self.hide()
            (self._back or self._window.board).setFocus()

    def refresh(self) -> None:
        """Find again what fits the text."""
        self._model.clear()
        for offer in self._offers(self.field.text().strip()):
            item = QStandardItem(offer.text)
            item.setData(offer.detail, _DETAIL)
            item.setData(offer.run, _RUN)
            item.setData(f"{offer.text}, {offer.detail}", Qt.ItemDataRole.AccessibleTextRole)
            if offer.glyph:
                item.setIcon(icon(offer.glyph, QColor(offer.colour)))
            self._model.appendRow(item)
        rows = self._model.rowCount()
        self.lines.setVisible(rows > 0)
        self.empty.setVisible(rows == 0)
        if rows:
            self.lines.setCurrentIndex(self._model.index(0, 0))
        self.place()

    def place(self) -> None:
        """Stand in the middle of the window, below the top bar's field."""
        width = min(620, max(320, self._window.width() - 80))
        rows = self._model.rowCount()
        high = (min(rows, _SHOWN) * _ROW + 10) if rows else 44
        field = self._window.topbar.field
        top = field.mapTo(self._window, field.rect().topLeft()).y()
        self.lines.setFixedHeight(high)
        self.setGeometry((self._window.width() - width) // 2, top, width, 46 + high)

    def _offers(self, text: str) -> list[Offer]:
        found = self._cards(text) if text else []
        commands = [
            Offer(one_line(said), _keys(action.shortcut, action.menu), partial(self._window.run, action.id))
            for action, said in best(
                text, [(a, self._window.says(a)) for a in ACTIONS.values() if self._window.can(a.id)]
            )
        ]
        starts = [offer for offer in commands if text and offer.text.lower().startswith(text.lower())]
        return [*starts, *found, *(offer for offer in commands if offer not in starts)]

    def _cards(self, text: str) -> list[Offer]:
        offers = []
        for entity in self._window.find_entities(text, _CARDS):
            kind = entity_type(entity.type)
            offers.append(
                Offer(
                    one_line(entity.title) or kind.word,
                    f"{kind.word} {entity.number}",
                    partial(self._window.show_entity, entity.id),
                    kind.glyph,
                    self._window.palette_.type_colour(kind.colour).name(),
                )
            )
        return offers

    def run_chosen(self) -> None:
        """Do what the chosen line says."""
        run = self.lines.currentIndex().data(_RUN)
        if callable(run):
            self.dismiss()
            run()

    def showEvent(self, event: QShowEvent) -> None:
        self._window.installEventFilter(self)  # it stays in the middle of a window that becomes larger or smaller
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._window.removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.place()
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and self._window.isActiveWindow():
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key, rows = event.key(), self._model.rowCount()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN, Qt.Key.Key_PageUp: -_SHOWN}
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_chosen()
        elif key in steps and rows:
            step = steps[Qt.Key(key)]
            row = self.lines.currentIndex().row() + step
            row = row % rows if abs(step) == 1 else max(0, min(rows - 1, row))
            self.lines.setCurrentIndex(self._model.index(row, 0))
        else:
            return super().eventFilter(watched, event)
        return True


def _keys(shortcut: str, menu: str) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) if shortcut else menu
