"""Cards as words of a PDF: what many have in common is drawn once by Qt, what is a card's own is set as text."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from evidenceboard.model import card_size
from evidenceboard.model.face import Chip
from evidenceboard.render import chips, faces
from evidenceboard.render.badges import HIGH, paint_badge
from evidenceboard.render.dress import Dress
from evidenceboard.render.palette import Palette
from evidenceboard.render.paper import Paper
from evidenceboard.render.pdf_drawn import Drawn, Piece, placed, scaled
from evidenceboard.render.pdf_forms import Forms
from evidenceboard.render.pdf_letters import Letters
from evidenceboard.render.shown_cards import Shown
from evidenceboard.render.style_colours import role_colour
from evidenceboard.render.text import draw_lines_of_text

_SIGN: Final = card_size.PADDING + card_size.HEAD / 2 - 4 - HIGH / 2
"""Board units below the upper edge of a card where the sign that it wears begins."""
_Part = tuple[Hashable, Piece, float, float]
"""What a card has in common with others: its key, what paints it, and where it stands on the card."""


@dataclass(slots=True)
class Cards:
    """Write the cards of a board, all at one scale."""

    paper: Paper
    scale: float
    drawn: Drawn
    forms: Forms
    letters: Letters

    def written(self, slots: list[int]) -> dict[int, bytes]:
        """Return what draws some cards, by slot, from their upper left corner downwards in points."""
        palette, box = self.paper.picture.palette, self.paper.scene.box
        ones: dict[int, Shown] = {}
        parts: dict[int, list[_Part]] = {}
        lines: dict[int, tuple[faces.Lines, ...]] = {}
        for slot, wide, high in zip(slots, box[2, slots].tolist(), box[3, slots].tolist(), strict=True):
            one = ones[slot] = self.paper.faces[slot]
            parts[slot] = _parts(palette, one, wide, high)
            lines[slot] = faces.lines(palette, one.face, wide, one.rows)
        self.forms.make({part[0]: scaled(self.scale, part[1]) for found in parts.values() for part in found})
        for weight in {line.weight for own in lines.values() for line in own}:
            self.letters.meet(weight, [row for own in lines.values() for one in own if one.weight == weight
                                       for row in one.rows])  # fmt: skip
        said = {slot: self._own(ones[slot], lines[slot]) for slot in slots}
        left = {slot: found for slot, (_, found) in said.items() if found}
        paint = partial(partial, _paint_lines)
        pieces = [scaled(self.scale, paint(one=ones[slot], lines=found)) for slot, found in left.items()]
        by_qt = dict(zip(left, self.drawn.stamps(pieces), strict=True))
        made: dict[int, bytes] = {}
        for slot in slots:
            forms = [self.forms.placed(key, x * self.scale, y * self.scale) for key, _, x, y in parts[slot]]
            made[slot] = b"".join([*forms, said[slot][0], placed(by_qt.get(slot, b""))])
        return made

    def _own(self, one: Shown, lines: tuple[faces.Lines, ...]) -> tuple[bytes, list[faces.Lines]]:
        """Return what draws the lines of a card, and those that Qt has to draw."""
        set_here: list[bytes] = []
        left: list[faces.Lines] = []
        for line in lines:
            said = None
            if not (one.face.struck and line.rows is one.rows.title):
                at = (line.x, line.y)
                said = self.letters.lines(line.rows, at, line.size, line.weight, line.high, line.ink, self.scale)
            if said is None:
                left.append(line)
            else:
                set_here.append(said)
        return b"".join(set_here), left


def _paint_lines(painter: QPainter, one: Shown, lines: list[faces.Lines]) -> None:
    for said in lines:
        struck = one.face.struck and said.rows is one.rows.title
        at, ink = QPointF(said.x, said.y), QColor(said.ink)
        draw_lines_of_text(painter, at, said.rows, said.size, said.weight, said.high, ink, struck=struck)


def _parts(palette: Palette, one: Shown, wide: float, high: float) -> list[_Part]:
    """Return all of a card but what is its own to say."""
    face, worn, rows = one.face, one.worn, one.rows
    room = card_size.text_width(wide)
    key = (face.type_id, face.struck, rows.head, worn, wide, high)
    found: list[_Part] = [(key, partial(_paint_ground, palette=palette, one=one, wide=wide, high=high), 0.0, 0.0)]
    if worn.sign:
        at = card_size.PADDING + faces.sign_left(rows, room, worn)
        found.append((worn, partial(_paint_sign, palette=palette, worn=worn), at, _SIGN))
    for foot, row in faces.chip_rows(high, rows):
        for chip, left, top in _places(row, room):
            piece = partial(chips.paint_chip, palette=palette, chip=chip, at=QPointF(0, 0))
            found.append((chip, piece, card_size.PADDING + left, foot + top))
    return found


@lru_cache(maxsize=4096)
def _places(row: tuple[Chip, ...], room: float) -> tuple[tuple[Chip, float, float], ...]:
    """Return where the chips of a row stand on their line."""
    places = chips.places(row, QRectF(0, 0, room, card_size.CHIPS))
    return tuple((chip, box.left(), box.top()) for chip, box in places)


def _paint_ground(painter: QPainter, palette: Palette, one: Shown, wide: float, high: float) -> None:
    tint = faces.paint_paper(painter, palette, one.face, QRectF(0, 0, wide, high), one.worn, edge=faces.PAPER_EDGE)
    head = faces.head_of(QRectF(0, 0, wide, high))
    faces.paint_kind(painter, palette, one.face, head, tint, one.rows.head, one.worn)


def _paint_sign(painter: QPainter, palette: Palette, worn: Dress) -> None:
    paint_badge(painter, worn.sign, QPointF(0, 0), role_colour(palette, worn.sign_colour), dashed=worn.dashed)
