"""What became of the cards since the state that is shown, marked on them: by colour, line and word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from evidenceboard.model.records import Card, Entity
from evidenceboard.model.since import CHANGED, MOVED, REMOVED, Since
from evidenceboard.render import fonts
from evidenceboard.session import Past
from evidenceboard.ui.plain import one_line

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

_FROM: Final = 0.3
"""The zoom from which on a mark has its word beside its line."""
_SIZE: Final = 11
_PAD: Final = 7.0
_HIGH: Final = 19.0
_GAP: Final = 2.0
_DRAWN: Final = 2_000
"""Cards in view that are marked one by one; the band counts all of them."""
ADDED: Final = "added"


def _say(text: str) -> str:
    return QCoreApplication.translate("Past", text)


def word(became: str) -> str:
    """Return what a mark says."""
    return {
        CHANGED: _say("changed since"),
        MOVED: _say("moved since"),
        REMOVED: _say("removed since"),
        ADDED: _say("added since"),
    }[became]


class SinceMarks:
    """Mark the cards of a board that shows the past; what was not there yet is a dotted outline."""

    def __init__(self, surface: Surface, past: Past) -> None:
        self._surface, self._past = surface, past
        self.since = Since({}, ())

    def paint(self, painter: QPainter) -> None:
        """Paint the marks in pixels of the widget."""
        surface, drawn = self._surface, 0
        window = QRectF(surface.rect()).adjusted(-40, -40, 40, 40)
        for card in self.since.added:
            rect = surface.box_on_screen(card.x, card.y, card.x + card.w, card.y + card.h)
            if rect.intersects(window) and drawn < _DRAWN:
                drawn += 1
                self._mark(painter, rect, ADDED, self._name(card))
        for card_id, became in self.since.became.items():
            slot = surface.scene.slot_of.get(card_id)
            if slot is None or not surface.scene.shown[slot] or drawn >= _DRAWN:
                continue
            rect = surface.rect_on_screen(slot)
            if rect.intersects(window):
                drawn += 1
                self._mark(painter, rect, became, "")

    def _mark(self, painter: QPainter, rect: QRectF, became: str, name: str) -> None:
        palette = self._surface.shell.palette_
        colour, line = {
            CHANGED: (palette.claim, Qt.PenStyle.SolidLine),
            MOVED: (palette.muted, Qt.PenStyle.SolidLine),
            REMOVED: (palette.contradicts, Qt.PenStyle.DashLine),
            ADDED: (palette.supports, Qt.PenStyle.DotLine),
        }[became]
        painter.setPen(QPen(QColor(colour), 2.0 if became != MOVED else 1.4, line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-_GAP, -_GAP, _GAP, _GAP), 7, 7)
        if self._surface.zoom < _FROM:
            return
        font = fonts.font(_SIZE, "medium")
        said = " · ".join(part for part in (name, word(became)) if part)
        wide = QFontMetricsF(font).horizontalAdvance(said) + 2 * _PAD
        pill = QRectF(rect.right() - wide + _GAP, rect.top() - _HIGH - _GAP, wide, _HIGH)  # not over its number
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(pill, _HIGH / 2, _HIGH / 2)
        painter.setPen(QColor(palette.card))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, said)

    def _name(self, card: Card) -> str:
        entity = self._past.now.document.find("entities", card.entity_id)
        return one_line(entity.number, 20) if isinstance(entity, Entity) else ""
