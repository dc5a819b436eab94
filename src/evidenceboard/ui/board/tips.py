"""What a resting pointer is told: what the grade, likelihood or judgement under it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from evidenceboard.model import card_size
from evidenceboard.model.definitions import definition, pair_definition
from evidenceboard.model.face import UNDECIDED
from evidenceboard.model.records import Link
from evidenceboard.model.reports import grade
from evidenceboard.render import faces
from evidenceboard.render.badges import badge_width
from evidenceboard.render.board_paint import shown_face
from evidenceboard.render.text import line_width
from evidenceboard.render.view import Detail
from evidenceboard.ui.plain import plain_tip

if TYPE_CHECKING:
    from evidenceboard.model.document import Document
    from evidenceboard.ui.board.surface import Surface


def show(surface: Surface, event: QHelpEvent) -> bool:
    """Show the definition of what lies under the pointer, as long as that stays near; return whether there is one."""
    said = said_at(surface, QPointF(event.pos()))
    if not said:
        QToolTip.hideText()
        event.ignore()
        return False
    near = QRect(event.pos(), event.pos()).adjusted(-12, -9, 12, 9)
    QToolTip.showText(event.globalPos(), plain_tip(said), surface, near)
    return True


def said_at(surface: Surface, at: QPointF) -> str:
    """Return what lies at a pixel of the board means: a chip of a card, or the judgement that a link carries."""
    place = surface.to_board(at)
    slot = surface.slot_at(place.x(), place.y())
    if slot is None:
        link = surface.shell.document.find("links", surface.link_at(place.x(), place.y()) or "")
        return of_link(surface.shell.document, link) if isinstance(link, Link) else ""
    if surface.camera.view().detail is not Detail.FACES:
        return ""
    face, worn = shown_face(surface.picture, slot)
    rect = QRectF(*map(float, surface.scene.box[:, slot]))
    if face.undecided:
        number = line_width(face.number, card_size.SECOND_SIZE)
        if faces.undecided_box(face, rect, number, badge_width(worn.sign)).adjusted(-3, -3, 3, 3).contains(place):
            return f"{', '.join(face.undecided)} – {UNDECIDED}"
    chip = faces.chip_at(face, rect, place)
    return chip.means if chip else ""


def of_link(document: Document, link: Link) -> str:
    """Return what the grade of a report or the judgement of a cell means; "" where there is none."""
    if link.type in ("states", "denies"):
        return pair_definition(grade(document, link.id, link.from_id))
    return definition(document, "consistency", document.judged(link.id, "consistency"))
