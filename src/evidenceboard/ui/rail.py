"""The left rail: the types of cards, glyph over word, to be dragged onto the board or clicked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget

from evidenceboard.model.entity_type import EntityType
from evidenceboard.model.types import TYPES
from evidenceboard.render.icons import icon
from evidenceboard.render.palette import Palette
from evidenceboard.ui.plain import plain_tip

MIME: Final = "application/x-evidenceboard-type"
WIDTH: Final = 56


class TypeButton(QToolButton):
    """One type of card."""

    dragged = Signal()

    def __init__(self, kind: EntityType, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self._pressed_at = QPoint()
        self.setObjectName("railButton")
        self.setText(kind.word)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(22, 22))
        self.setFixedSize(WIDTH - 2, 56)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        said = QCoreApplication.translate("Rail", "{what}. Click, drag onto the board, or press {key}.")
        self.setToolTip(plain_tip(said.format(what=kind.hint or kind.word, key=kind.key)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or far < QApplication.startDragDistance():
            super().mouseMoveEvent(event)
            return
        self.setDown(False)
        mime = QMimeData()
        mime.setData(MIME, QByteArray(self.kind.id.encode()))
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.setPixmap(self.icon().pixmap(self.iconSize()))
        drag.exec(Qt.DropAction.CopyAction)


class Rail(QWidget):
    """All types. `chosen` tells the id of the one clicked."""

    chosen = Signal(str)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 8)
        column.setSpacing(2)
        self.buttons = [TypeButton(kind, self) for kind in TYPES]
        for button in self.buttons:
            button.clicked.connect(self._tell)
            column.addWidget(button)
        column.addStretch(1)
        self.set_palette(palette)

    def set_palette(self, palette: Palette) -> None:
        """Paint the glyphs in the colours of their types."""
        for button in self.buttons:
            button.setIcon(icon(button.kind.glyph, palette.type_colour(button.kind.colour)))

    def _tell(self) -> None:
        button = self.sender()
        if isinstance(button, TypeButton):
            self.chosen.emit(button.kind.id)
