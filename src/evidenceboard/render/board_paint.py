"""Painting one board: ground, frames, links, cards, in that order, for the screen and for paper alike."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from evidenceboard.model.boxes import Box, Floats, marked
from evidenceboard.model.comments import open_on
from evidenceboard.model.document import Document
from evidenceboard.model.face import Face
from evidenceboard.model.origins import has_many_reports, standing_at_hand
from evidenceboard.model.records import Card, Entity
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.styled import Styled
from evidenceboard.model.supposing import Supposed
from evidenceboard.model.thinning import Thinning
from evidenceboard.model.types import entity_type
from evidenceboard.model.undecided import fields_undecided
from evidenceboard.render import faces, sketches
from evidenceboard.render.buffers import draw_points
from evidenceboard.render.covered import topmost, uncovered
from evidenceboard.render.dress import Dress, dress
from evidenceboard.render.frame_paint import frames_in, paint_frame, paint_frame_title
from evidenceboard.render.line_pieces import Pieces
from evidenceboard.render.link_paint import paint_links
from evidenceboard.render.palette import Palette
from evidenceboard.render.sprites import BYTES, Sprites
from evidenceboard.render.view import Detail, View

RECEDING: Final = 0.22
"""How much of a card that recedes is seen."""
DOTS: Final = 24.0
"""Board units between the dots of the ground."""


@dataclass(slots=True)
class Picture:
    """What is painted. Slots that `lifted` marks (and their links) and frames are left out.

    Links off the `emphasis` slots recede. `receding` marks the slots of cards that are there but not looked at;
    `sprites` keeps painted cards, `pieces` the lines around the view, `thinning` which links are drawn; in a `complete`
    picture all of them are.
    `supposed`: what cards show under a supposition, those that fall struck through.
    `styled` tells the classes of cards, None: they are coloured by type.
    """

    document: Document
    scene: Scene
    lines: Routes
    """Those of the links, which may be behind; who looks at them asks for `routes`."""
    palette: Palette
    sprites: Sprites | None = None
    lifted: NDArray[np.bool_] | None = None
    lifted_frames: frozenset[str] = frozenset()
    emphasis: frozenset[int] = frozenset()
    receding: NDArray[np.bool_] | None = None
    styled: Styled | None = None
    supposed: Supposed | None = None
    dots: bool = True
    pieces: Pieces | None = None
    thinning: Thinning | None = None
    complete: bool = False
    labels: dict[int, tuple[str, str]] = field(default_factory=dict)
    """The words of links that were looked at, each with its marking where that is above the board's."""

    @property
    def routes(self) -> Routes:
        """Return the lines of the links as they are now."""
        return self.lines.caught_up()


def paint_board(painter: QPainter, picture: Picture, view: View, target: QRect) -> None:
    """Paint the part of a board that lies under a rectangle of the target; the painter is clipped to it."""
    painter.save()
    deque(painting(painter, picture, view, target), maxlen=0)
    painter.restore()


def painting(painter: QPainter, picture: Picture, view: View, target: QRect) -> Iterator[None]:
    """Do the same in steps of a few milliseconds; the painter stays clipped."""
    painter.setClipRect(target)
    yield from painting_ground(painter, picture, view, target)
    yield from _paint_cards(painter, picture, view, target)


def painting_ground(painter: QPainter, picture: Picture, view: View, target: QRect) -> Iterator[None]:
    """Paint what lies behind the cards, in steps: ground, frames and links."""
    area = view.area(target)
    painter.fillRect(target, QColor(picture.palette.board))
    if picture.dots:
        _paint_dots(painter, picture.palette, view, area)
    frames = frames_in(picture, view, area)
    for index in frames:
        paint_frame(painter, picture, view, index, target)
        yield
    yield from paint_links(painter, picture, view, area)
    for index in frames:
        paint_frame_title(painter, picture, view, index, target)
        yield


def _paint_cards(painter: QPainter, picture: Picture, view: View, target: QRect) -> Iterator[None]:
    """Paint the cards in a part of the target, the hindmost first; those that recede lie behind all others."""
    slots = picture.scene.cards_in(view.area(target))
    if picture.lifted is not None:
        slots = slots[~picture.lifted[slots]]
    if not len(slots):
        return
    if picture.receding is not None:
        behind = picture.receding[slots]
        painter.setOpacity(RECEDING)
        yield from _paint_slots(painter, picture, view, slots[behind], target)
        painter.setOpacity(1.0)
        slots = slots[~behind]
    yield from _paint_slots(painter, picture, view, slots, target)


def _paint_slots(
    painter: QPainter, picture: Picture, view: View, slots: NDArray[np.int32], target: QRect
) -> Iterator[None]:
    detail = view.detail
    if detail <= Detail.SKETCHES:
        if picture.supposed is not None and picture.supposed.falls:
            # Too small to be struck through: what falls is pale.
            at = (picture.scene.slot_of_entity.get(one) for one in picture.supposed.falls)
            falls = marked(picture.scene.n, (slot for slot in at if slot is not None))[slots]
            painter.setOpacity(painter.opacity() * RECEDING)
            sketches.paint(painter, picture.scene, picture.palette, view, slots[falls], detail, picture.styled)
            painter.setOpacity(painter.opacity() / RECEDING)
            slots = slots[~falls]
        sketches.paint(painter, picture.scene, picture.palette, view, slots, detail, picture.styled)
        yield
        return
    if painter.opacity() == 1.0:
        boxes = picture.scene.box
        # Painted ready they stand on whole pixels; otherwise a hair of one may show beside another.
        slots = topmost(boxes, slots) if picture.sprites is None else uncovered(boxes, slots, view, target)
    part = target if _are_too_many(picture, view, slots) else None
    for slot in slots.tolist():
        if picture.sprites is not None and not picture.sprites.is_sure(slot):
            yield from _have_standing(picture, slot)
        paint_card(painter, picture, view, slot, detail, part)
        yield


def _are_too_many(picture: Picture, view: View, slots: NDArray[np.int32]) -> bool:
    """Tell whether more cards lie here than can be kept: each would be painted whole again for every band of them."""
    if picture.sprites is None:
        return False
    pixels = float((picture.scene.box[2, slots] * picture.scene.box[3, slots]).sum()) * view.scale**2
    return pixels * BYTES > picture.sprites.budget


def _have_standing(picture: Picture, slot: int) -> Iterator[None]:
    """Work out in steps what a claim with very many reports says of them, before it is painted."""
    document = picture.document if picture.supposed is None else picture.supposed.document
    entity = document.find("entities", picture.scene.entity_ids[slot])
    if isinstance(entity, Entity) and entity.type == "claim" and has_many_reports(document, entity.id):
        yield from standing_at_hand(document, entity.id)


def paint_card(
    painter: QPainter, picture: Picture, view: View, slot: int, detail: Detail, part: QRect | None = None
) -> None:
    """Paint one card with its words; with a `part` of the target no more of it than lies there, which is not kept."""
    x, y, w, h = picture.scene.box[:, slot]
    if picture.sprites is None:
        painter.save()
        painter.translate(x * view.scale + view.dx, y * view.scale + view.dy)
        painter.scale(view.scale, view.scale)
        _paint_face(painter, picture, slot, QRectF(0, 0, w, h), detail)
        painter.restore()
        return
    if not picture.sprites.is_sure(slot):
        picture.sprites.look(slot, shown_face(picture, slot))
    place = view.snapped(x, y, w, h)
    sprite = picture.sprites.get(slot, place.size(), view.scale, picture.palette)
    if sprite is None and part is not None:
        seen = place & part
        painter.drawImage(seen.topLeft(), _painted(picture, view, slot, detail, place, seen))
        return
    if sprite is None:
        sprite = _painted(picture, view, slot, detail, place, place)
        picture.sprites.put(slot, place.size(), view.scale, picture.palette, sprite)
    painter.drawImage(place.topLeft(), sprite)


def _painted(picture: Picture, view: View, slot: int, detail: Detail, place: QRect, part: QRect) -> QImage:
    """Return what a part of the target shows of a card that stands at a place."""
    image = Sprites.blank(part.size())
    if image.isNull():
        return image
    inner = QPainter(image)
    inner.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    inner.translate(place.topLeft() - part.topLeft())
    inner.scale(view.scale, view.scale)
    size = QRectF(0, 0, place.width() / view.scale, place.height() / view.scale)
    _paint_face(inner, picture, slot, size, detail)
    inner.end()
    return image


def _paint_face(painter: QPainter, picture: Picture, slot: int, rect: QRectF, detail: Detail) -> None:
    face, worn = shown_face(picture, slot)
    if detail is Detail.TITLES:
        faces.paint_title_only(painter, picture.palette, face, rect, worn)
    else:
        faces.paint_card(painter, picture.palette, face, rect, worn)


def shown_face(picture: Picture, slot: int) -> tuple[Face, Dress]:
    """Return what a card shows now, under what is supposed, and what it wears."""
    if picture.supposed is None:
        return face_of(picture.document, picture.scene, slot, picture.styled)
    face, worn = face_of(picture.supposed.document, picture.scene, slot, picture.styled)
    return picture.supposed.face(picture.scene.entity_ids[slot], face), worn


def face_of(document: Document, scene: Scene, slot: int, styled: Styled | None = None) -> tuple[Face, Dress]:
    """Return what a card shows and what it wears."""
    entity = document.find("entities", scene.entity_ids[slot])
    card = document.find("cards", scene.card_ids[slot])
    if not isinstance(entity, Entity):
        return Face("", "", "", ""), Dress()
    face = entity_type(entity.type).face(entity, document, scene.board_id)
    if talk := open_on(document, entity.id):
        face = replace(face, talk=talk)
    if fields := fields_undecided(document, entity.id):
        face = replace(face, undecided=fields)
    if not isinstance(card, Card):
        return face, dress(styled, slot, "")
    return replace(face, pinned=True) if card.pinned else face, dress(styled, slot, card.colour)


def _paint_dots(painter: QPainter, palette: Palette, view: View, area: Box) -> None:
    step = DOTS
    while step * view.scale < 14:
        step *= 4
    if step > DOTS * 4:
        return
    wide = max(1, round(1.5 * min(view.scale, 2)))
    reach = (wide + 1) / view.scale
    across, down = _steps(area[0] - reach, area[2] + reach, step), _steps(area[1] - reach, area[3] + reach, step)
    if not len(across) or not len(down):
        return  # a strip that comes into view is often less wide than the dots are apart
    # Rounded before the view is added, which may be odd or even where a half is rounded.
    xs, ys = np.round(across * view.scale) + view.dx, np.round(down * view.scale) + view.dy
    # Edges of a dot lie between pixels, never on the middle of one, where a clip decides whether that is painted.
    middle = 0.5 if wide % 2 else 0.0
    grid = np.stack([np.tile(xs + middle, len(ys)), np.repeat(ys + middle, len(xs))], axis=1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(palette.dot), wide))
    draw_points(painter, grid)


def _steps(low: float, high: float, step: float) -> Floats:
    """Return the multiples of a step between two numbers."""
    return np.arange(math.ceil(low / step), math.floor(high / step) + 1, dtype=np.float64) * step
