"""The chain behind a claim, drawn over the board: its reports, the citations behind them, and the ends."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from evidenceboard.model.changes import Operation
from evidenceboard.model.face import DOT, JOINED, OPEN
from evidenceboard.model.lineage import ESTABLISHED, NOWHERE, RECORDED, End, Lineage, lineage_at_hand
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import EACH
from evidenceboard.model.scene import Scene
from evidenceboard.render import chips, fonts
from evidenceboard.render.board_paint import shown_face
from evidenceboard.render.faces import chip_at
from evidenceboard.render.link_paint import paint_label
from evidenceboard.render.view import READING, Detail
from evidenceboard.ui.board import motion
from evidenceboard.ui.board.overlay import link_path
from evidenceboard.ui.lineage_words import circles_said, kind_said, named, summary
from evidenceboard.ui.turns import Turns

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

NAME: Final = "chain"
"""The name of its wish to the sight of the window."""
DRAWN: Final = 400
"""Links, and ends, that are drawn one by one; of a larger chain the board shows the lines as they are."""
TELLING: Final = frozenset({"entities", "links", "assessments", "settings", "cards", "frames"})
MARKS: Final = {ESTABLISHED: JOINED, RECORDED: DOT, NOWHERE: OPEN}
_LINE: Final = 2.6
_ARROW: Final = 11.0
_RING: Final = 4.0
_HIGH: Final = 22.0
_WORDS: Final = (160.0, 10.0)
"""Half the width and height that the words of a link can have, in board units."""
_TOP: Final = 12.0
_PAD: Final = 12.0


def badge_at(surface: Surface, x: float, y: float) -> str | None:
    """Return the claim whose badge (standing, reports and origins) is painted at a board point, or None."""
    slot = surface.slot_at(x, y)
    if slot is None or surface.camera.view().detail is not Detail.FACES:
        return None
    entity = surface.shell.document.find("entities", surface.scene.entity_ids[slot])
    if not isinstance(entity, Entity) or entity.type != "claim":
        return None
    face, _ = shown_face(surface.picture, slot)
    chip = chip_at(face, QRectF(*map(float, surface.scene.box[:, slot])), QPointF(x, y))
    return entity.id if chip is not None and chip.leads else None


class ShownChain:
    """The chain that is drawn over a board, if one is. It follows operations; the rest of the board recedes."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self.lineage: Lineage | None = None
        self._lines: list[tuple[str, bool]] = []
        self._ends: dict[str, End] = {}
        self._turns = Turns(surface)
        self._slots: tuple[Lineage, Scene, int, NDArray[np.intp]] | None = None
        self._wanted = ""
        """The claim whose chain is drawn or being worked out."""
        self._told = False
        self._bring = False
        """Whether the chain that is being worked out shall come into view."""
        surface.shell.sight.ended.connect(self._ended)

    @property
    def claim_id(self) -> str | None:
        """Return the claim whose chain is drawn, or None."""
        return self.lineage.claim_id if self.lineage else None

    def show(self, claim_id: str) -> None:
        """Draw the chain of a claim, all of it in view."""
        self._wanted, self._bring = claim_id, True
        self.look_again()

    def _working(self, claim_id: str) -> Iterator[bool | None]:
        """Draw the chain of a claim as it is or, under a supposition, would be; without the claim none is drawn.

        In steps, because there can be very many reports.
        """
        shell, scene = self._surface.shell, self._surface.scene
        entity = shell.document.find("entities", claim_id)
        if not isinstance(entity, Entity) or entity.type != "claim":
            self.end()
            yield True
            return
        lineage = yield from lineage_at_hand(shell.supposing.seen_behind(claim_id), claim_id)
        slots = np.full(len(lineage.sources), -1, np.intp)
        for place, one in enumerate(lineage.sources):
            if place % EACH == EACH - 1:
                yield None
            slots[place] = scene.slot_of_entity.get(one, -1)
        self._slots = (lineage, scene, scene.version, slots)
        self._take(lineage)
        yield None
        if self._bring:
            self._bring = False
            found = self._slots_of(lineage)[self._is_seen(lineage)].tolist()
            own = self._slot(claim_id)
            motion.bring_into_view(self._surface, found if own is None else [own, *found])
        yield True

    def _slots_of(self, lineage: Lineage) -> NDArray[np.intp]:
        """Return the slot of each source of a chain, -1 where it has no card here."""
        scene = self._surface.scene
        known = self._slots
        if known is None or known[0] is not lineage or known[1] is not scene or known[2] != scene.version:
            slots = np.array([scene.slot_of_entity.get(one, -1) for one in lineage.sources], np.intp)
            self._slots = known = (lineage, scene, scene.version, slots)
        return known[3]

    def _is_seen(self, lineage: Lineage) -> NDArray[np.bool_]:
        """Tell which sources of a chain have a card here that shows."""
        slots = self._slots_of(lineage)
        made: NDArray[np.bool_] = slots >= 0
        made[made] = self._surface.scene.shown[slots[made]]
        return made

    def toggle(self, claim_id: str) -> None:
        """Draw the chain of a claim, or end that where it is drawn."""
        if not self._has_ended(claim_id):
            self.show(claim_id)

    def _has_ended(self, claim_id: str) -> bool:
        return self.claim_id == claim_id and self.end()

    def end(self) -> bool:
        """Show the board as it was; return whether a chain was drawn."""
        self._turns.stop()
        self._wanted, self._bring = "", False
        if self.lineage is None:
            return False
        self._take(None)
        return True

    def _ended(self, name: str) -> None:
        if name == NAME:
            self.end()

    def follow(self, operation: Operation) -> None:
        """Draw what the chain is after an operation; without its claim it ends."""
        if operation.tables() & TELLING:
            self.look_again()

    def look_again(self) -> None:
        """Draw what the chain is now."""
        if self._wanted:
            self._turns.start(self._working(self._wanted))

    def _take(self, lineage: Lineage | None) -> None:
        self.lineage, self._told = lineage, False
        self._ends = {end.source_id: end for end in lineage.ends} if lineage else {}
        wanted = None if lineage is None else [lineage.claim_id, *lineage.sources]
        self._surface.shell.sight.bright(NAME, wanted)
        if not self._told:
            self.tell()

    def tell(self) -> None:
        """Say anew what is drawn, after cards were put on the board, left out or folded away."""
        self._told = True
        self._lines = self._said()
        self._surface.setAccessibleDescription("\n".join(line for line, _ in self._lines))
        self._surface.update_overlay()

    # -- what is said ------------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[tuple[str, bool]]:
        """Return the lines above the board, each with True where it is an alarm; none where no chain is drawn."""
        return self._lines

    def _said(self) -> list[tuple[str, bool]]:
        if self.lineage is None:
            return []
        document = self._surface.shell.document
        said = [(f"{summary(document, self.lineage)} · {_say('Esc ends')}", False)]
        said += [(f"{_say('In a circle')}: {circle}", True) for circle in circles_said(document, self.lineage)[:3]]
        absent = self.absent()
        if absent:
            said.append((f"{_say('Not seen on this board')}: {named(document, absent)}", False))
        return said

    def absent(self) -> list[str]:
        """Return the sources of the chain that have no card here, or one that is left out or folded away."""
        if self.lineage is None:
            return []
        return [self.lineage.sources[place] for place in np.flatnonzero(~self._is_seen(self.lineage)).tolist()]

    def _slot(self, entity_id: str) -> int | None:
        scene = self._surface.scene
        slot = scene.slot_of_entity.get(entity_id)
        return slot if slot is not None and scene.shown[slot] else None

    # -- painting ----------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Paint the chain, in pixels of the widget."""
        if self.lineage is None:
            return
        colours = self._surface.shell.palette_
        ink, alarm = QColor(colours.ink), QColor(colours.contradicts)
        if len(self.lineage.links) <= DRAWN:
            for link_id in self.lineage.links - self.lineage.circular:
                self._paint_link(painter, link_id, ink)
            for link_id in self.lineage.circular:
                self._paint_link(painter, link_id, alarm)
            self._paint_words(painter, self.lineage)
        around = {one for circle in self.lineage.circles for one in circle}
        for source_id in around - self._ends.keys():
            self._paint_ring(painter, source_id, alarm, Qt.PenStyle.SolidLine)
        self._paint_ring(painter, self.lineage.claim_id, ink, Qt.PenStyle.SolidLine)
        for end in self._ends_in_view(self.lineage):
            lost = end.kind == NOWHERE
            style = Qt.PenStyle.DashLine if lost else Qt.PenStyle.SolidLine
            colour = alarm if end.source_id in around else QColor(colours.muted) if lost else ink
            rect = self._paint_ring(painter, end.source_id, colour, style)
            if rect is not None:
                self._paint_sign(painter, rect, end.kind)

    def _ends_in_view(self, lineage: Lineage) -> list[End]:
        """Return the ends to mark: none while too many are in view to tell them apart."""
        if len(lineage.ends) <= DRAWN:
            return list(lineage.ends)
        area, scene = self._surface.visible_area(), self._surface.scene
        slots = scene.cards_in((area.left(), area.top(), area.right(), area.bottom()))
        if len(slots) > DRAWN:
            return []
        seen = (self._ends.get(scene.entity_ids[slot]) for slot in slots.tolist())
        return [end for end in seen if end is not None]

    def paint_lines(self, painter: QPainter) -> None:
        """Paint what is said of the chain at the upper edge, over everything else."""
        if not self._lines:
            return
        surface = self._surface
        colours = surface.shell.palette_
        room = surface.width() - 2 * _TOP - 2 * _PAD
        font = fonts.font(13, "medium")
        metrics = QFontMetricsF(font)
        rows = [(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room), alarm) for line, alarm in self._lines]
        wide = max(metrics.horizontalAdvance(line) for line, _ in rows) + 2 * _PAD + 1
        box = QRectF((surface.width() - wide) / 2, _TOP + surface.top_taken, wide, _HIGH * len(rows) + _PAD)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.chrome))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(font)
        for place, (line, alarm) in enumerate(rows):
            painter.setPen(QColor(colours.contradicts if alarm else colours.ink if not place else colours.muted))
            at = QRectF(box.left() + _PAD, box.top() + _PAD / 2 + place * _HIGH, wide - 2 * _PAD, _HIGH)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)

    def _paint_link(self, painter: QPainter, link_id: str, colour: QColor) -> None:
        surface = self._surface
        index = surface.scene.index_of.get(link_id)
        if index is None or index >= surface.routes.points.shape[2] or not surface.routes.shown[index]:
            return
        path = link_path(surface, index)
        painter.setPen(QPen(colour, _LINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        angle = math.radians(path.angleAtPercent(1.0))
        tip = path.pointAtPercent(1.0)
        corners = [tip + QPointF(-math.cos(angle + turn), math.sin(angle + turn)) * _ARROW for turn in (-0.42, 0.42)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, *corners]))

    def _paint_words(self, painter: QPainter, lineage: Lineage) -> None:
        """Paint the words of the links anew, which the thicker lines have covered."""
        surface = self._surface
        view, area, routes = surface.camera.view(), surface.visible_area(), surface.routes
        found = [surface.scene.index_of.get(link_id, -1) for link_id in lineage.links]
        links = np.array([at for at in found if 0 <= at < routes.points.shape[2] and routes.shown[at]], np.intp)
        if view.scale < READING or not len(links):
            return
        wide, high = _WORDS
        painter.save()
        painter.scale(1 / surface.camera.ratio, 1 / surface.camera.ratio)
        for index in links.tolist():
            x, y = routes.label_at(index)
            if area.adjusted(-wide, -high, wide, high).contains(x, y):
                paint_label(painter, surface.picture, view, index, at=(x, y))
        painter.restore()

    def _paint_ring(self, painter: QPainter, entity_id: str, colour: QColor, style: Qt.PenStyle) -> QRectF | None:
        """Paint a ring around a card that is in view; return where the card is."""
        slot = self._slot(entity_id)
        rect = None if slot is None else self._surface.rect_on_screen(slot)
        if rect is None or not rect.intersects(QRectF(self._surface.rect())):
            return None
        painter.setPen(QPen(colour, 1.8, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-_RING, -_RING, _RING, _RING), 6 + _RING, 6 + _RING)
        return rect

    def _paint_sign(self, painter: QPainter, rect: QRectF, kind: str) -> None:
        """Say above a card what its source counts as."""
        colours = self._surface.shell.palette_
        font = fonts.font(11, "medium")
        mark = MARKS[kind]
        # Seen from afar the words would be wider than the cards; the shape says the same.
        words = kind_said(kind) if self._surface.camera.view().detail is Detail.FACES else ""
        room = chips.mark_width(mark) + (5 if words else 0)
        wide = QFontMetricsF(font).horizontalAdvance(words) + room + 14
        # On the edge of the card: as little of it and of what stands above it is covered as can be.
        box = QRectF(rect.left() + 4, rect.top() - 18 + min(9.0, 9 * self._surface.zoom), wide, 18)
        ink = QColor(colours.muted if kind == NOWHERE else colours.ink)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine if kind == NOWHERE else Qt.PenStyle.SolidLine))
        painter.setBrush(QColor(colours.card))
        painter.drawRoundedRect(box, 4, 4)
        chips.paint_mark(painter, mark, QPointF(box.left() + 7, box.center().y()), ink)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(
            box.adjusted(7 + room, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
        )


def _say(text: str) -> str:
    return QCoreApplication.translate("Chain", text)
