"""Painting one card: paper, a stripe in the colour of its type, and what its face says."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from evidenceboard.model import card_size
from evidenceboard.model.face import TWO, Chip, Face
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.render import breaking, chips
from evidenceboard.render.badges import HIGH, badge_width, paint_badge
from evidenceboard.render.breaking import lines_of, lines_often, width_of
from evidenceboard.render.dress import Dress
from evidenceboard.render.icons import draw_icon
from evidenceboard.render.palette import Palette
from evidenceboard.render.style_colours import role_colour
from evidenceboard.render.talk import paint_talk, talk_width
from evidenceboard.render.text import broken, draw_lines_of_text, line_width

RADIUS: Final = 6.0
GLYPH: Final = 14.0
PAPER_EDGE: Final = 2 / 3
"""The edge of a card on paper, in board units: half a point at full size."""
UNTITLED: Final = "Untitled"
PLAIN: Final = Dress()
_LARGE: Final = 1.45
"""How much larger a badge is on a card of which only the title can be read."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The words of a card as they are broken into lines, its chips as they stand in rows, the width of its number."""

    head: tuple[str, ...]
    title: tuple[str, ...]
    second: tuple[str, ...]
    chips: tuple[tuple[Chip, ...], ...]
    number: float

    @property
    def height(self) -> float:
        """Return the height of a card that shows all of them, in board units."""
        high = card_size.PADDING + card_size.HEAD + max(0, len(self.head) - 1) * card_size.SECOND_LINE
        high += len(self.title) * card_size.TITLE_LINE
        high += 2 + len(self.second) * card_size.SECOND_LINE if self.second else 0.0
        high += card_size.GAP + len(self.chips) * card_size.CHIPS if self.chips else 0.0
        return math.ceil(high + card_size.PADDING - 2)


def meet(met: Iterable[Face]) -> None:
    """Learn what has to be known of letters to tell the rows of some faces: the plain texts of all in one step."""
    texts: dict[str, set[str]] = {"regular": set()}
    for face in met:
        texts.setdefault(_weight(face), set()).add(title_of(face))
        texts["regular"].update((face.second_line, face.number))
    for weight, said in texts.items():
        breaking.meet(weight, said)


def whole_rows(face: Face, width: float, badge: float = 0.0) -> Rows:
    """Return everything that a card of a width has to say, nothing left out: as on paper. `badge` wide is its sign."""
    room = card_size.text_width(width)
    number = width_of(face.number, card_size.SECOND_SIZE)
    return Rows(
        lines_often(face.word, card_size.SECOND_SIZE, "medium", _head_room(room - badge - number)),
        lines_of(title_of(face), card_size.TITLE_SIZE, _weight(face), room),
        lines_often(face.second_line, card_size.SECOND_SIZE, "regular", room),
        tuple(chips.rows(face.chips, room)),
        number,
    )


def fitting_rows(face: Face, width: float, height: float, badge: float = 0.0) -> Rows:
    """Return what there is room for on a card of a size, as on the screen."""
    room = card_size.text_width(width)
    free = height - 2 * card_size.PADDING - card_size.HEAD + 2
    if face.chips:
        free -= card_size.CHIPS + card_size.GAP
    seconds = broken(face.second_line, card_size.SECOND_SIZE, "regular", room, 2)
    reserved = 2 + len(seconds) * card_size.SECOND_LINE if seconds else 0.0
    lines = max(1, int((free - reserved + 1) // card_size.TITLE_LINE))
    title = broken(title_of(face), card_size.TITLE_SIZE, _weight(face), room, lines)
    lines = int((free - len(title) * card_size.TITLE_LINE - 1) // card_size.SECOND_LINE)
    second = broken(face.second_line, card_size.SECOND_SIZE, "regular", room, lines)
    number = line_width(face.number, card_size.SECOND_SIZE)
    row = (face.chips,) if face.chips else ()
    taken = badge + number + talk_width(face.talk) + _undecided_width(face)
    head = broken(face.word, card_size.SECOND_SIZE, "medium", _head_room(room - taken), 1)
    return Rows(head, title, second, row, number)


def paint_card(
    painter: QPainter, palette: Palette, face: Face, rect: QRectF, worn: Dress = PLAIN, *, whole: Rows | None = None
) -> None:
    """Paint a card with its words into a rectangle, in board units. `whole`: on paper, with nothing left out."""
    tint = paint_paper(painter, palette, face, rect, worn, edge=PAPER_EDGE if whole else 1.0)
    rows = whole or fitting_rows(face, rect.width(), rect.height(), badge_width(worn.sign))
    x, width = rect.left() + card_size.PADDING, card_size.text_width(rect.width())
    y = rect.top() + card_size.PADDING
    head = head_of(rect)
    paint_kind(painter, palette, face, head, tint, rows.head, worn)
    if whole is None:
        # On paper nothing is laid out any more, and comments are for those who work on the file.
        left = x + width - rows.number - (badge_width(worn.sign) + 6 if worn.sign else 0)
        if face.talk:
            left -= talk_width(face.talk) + 6
            paint_talk(painter, palette, face.talk, QPointF(left, y - 3))
        if face.pinned:
            draw_icon(painter, "pin", QRectF(left - GLYPH - 2, y - 2, GLYPH, GLYPH), QColor(palette.muted))
        if face.undecided:
            _paint_undecided(painter, palette, face, undecided_box(face, rect, rows.number, badge_width(worn.sign)))
    if worn.sign:
        place = QPointF(x + sign_left(rows, width, worn), head.center().y() - 1 - HIGH / 2)
        paint_badge(painter, worn.sign, place, role_colour(palette, worn.sign_colour), dashed=worn.dashed)
    for foot, row in chip_rows(rect.height(), rows):
        chips.paint_row(painter, palette, row, QRectF(x, rect.top() + foot, width, card_size.CHIPS))
    for said in lines(palette, face, rect.width(), rows):
        at = QPointF(rect.left() + said.x, rect.top() + said.y)
        struck = face.struck and said.rows is rows.title
        draw_lines_of_text(painter, at, said.rows, said.size, said.weight, said.high, QColor(said.ink), struck=struck)


def undecided_box(face: Face, rect: QRectF, number: float, badge: float = 0.0) -> QRectF:
    """Return where the mark of what is not decided stands on the screen: left of number, sign and pin, with a count."""
    head = head_of(rect)
    right = head.right() - number - 8 - (badge + 6 if badge else 0.0) - (GLYPH if face.pinned else 0.0)
    right -= talk_width(face.talk) + 6 if face.talk else 0.0
    wide = _undecided_width(face) - 8
    return QRectF(right - wide, head.center().y() - 1 - GLYPH / 2, wide, GLYPH)


def _undecided_width(face: Face) -> float:
    """Return the room that the mark and the number of undecided fields take in the first line."""
    if not face.undecided:
        return 0.0
    return chips.mark_width(TWO) + 3 + line_width(str(len(face.undecided)), card_size.SECOND_SIZE, "semibold") + 8


def _paint_undecided(painter: QPainter, palette: Palette, face: Face, box: QRectF) -> None:
    ink, high = QColor(palette.contradicts), card_size.SECOND_LINE
    chips.paint_mark(painter, TWO, QPointF(box.left(), box.center().y()), ink)
    at = QPointF(box.left() + chips.mark_width(TWO) + 3, box.center().y() - high / 2)
    draw_lines_of_text(painter, at, (str(len(face.undecided)),), card_size.SECOND_SIZE, "semibold", high, ink)


def head_of(rect: QRectF) -> QRectF:
    """Return the first line of a card, where its type and its number stand."""
    left, top = rect.left() + card_size.PADDING, rect.top() + card_size.PADDING - 3
    return QRectF(left, top, card_size.text_width(rect.width()), card_size.HEAD)


class Lines(NamedTuple):
    """Lines of text of a card, downwards from a point that counts from the card's corner, in board units."""

    rows: tuple[str, ...]
    x: float
    y: float
    size: float
    weight: str
    high: float
    ink: str


def lines(palette: Palette, face: Face, width: float, rows: Rows) -> tuple[Lines, Lines, Lines]:
    """Return what is a card's own: its number, its title, its second line."""
    number = card_size.text_width(width) - rows.number
    size, high = card_size.SECOND_SIZE, card_size.SECOND_LINE
    title = card_size.PADDING + card_size.HEAD + max(0, len(rows.head) - 1) * high
    second = title + len(rows.title) * card_size.TITLE_LINE + 2
    ink = palette.ink if face.title.strip() else palette.muted
    x, top = card_size.PADDING, card_size.PADDING + card_size.HEAD / 2 - 4 - high / 2
    return (
        Lines((face.number,), x + number, top, size, "regular", high, palette.muted),
        Lines(rows.title, x, title, card_size.TITLE_SIZE, _weight(face), card_size.TITLE_LINE, ink),
        Lines(rows.second, x, second, size, "regular", high, palette.muted),
    )


def chip_rows(height: float, rows: Rows) -> list[tuple[float, tuple[Chip, ...]]]:
    """Return the rows of chips of a card, the lowest first, each with where it begins below the card's upper edge."""
    foot = height - card_size.PADDING + 2
    return [(foot - place * card_size.CHIPS, row) for place, row in enumerate(reversed(rows.chips), start=1)]


def sign_left(rows: Rows, width: float, worn: Dress) -> float:
    """Return where the sign that a card wears begins, right of where its text does; `width` is that of the text."""
    return width - rows.number - 6 - badge_width(worn.sign)


def chip_at(face: Face, rect: QRectF, at: QPointF) -> Chip | None:
    """Return the chip at a point of a card as `paint_card` paints it on the screen, or None; in board units."""
    foot = rect.bottom() - card_size.PADDING + 2 - card_size.CHIPS
    line = QRectF(rect.left() + card_size.PADDING, foot, card_size.text_width(rect.width()), card_size.CHIPS)
    return next((chip for chip, box in chips.places(face.chips, line) if box.contains(at)), None)


def _weight(face: Face) -> str:
    return "regular" if face.title_is_sentence else "medium"


def paint_title_only(painter: QPainter, palette: Palette, face: Face, rect: QRectF, worn: Dress = PLAIN) -> None:
    """Paint a card of which only the title can be read, in letters that are larger than on the whole card."""
    tint = paint_paper(painter, palette, face, rect, worn)
    draw_icon(painter, entity_type(face.type_id).glyph, QRectF(rect.left() + 14, rect.top() + 12, 20, 20), tint)
    weight = "medium"
    size, high = 20.0, 25.0
    number = line_width(face.number, 18.0, "medium")
    draw_lines_of_text(
        painter,
        QPointF(rect.right() - 12 - number, rect.top() + 10),
        (face.number,),
        18.0,
        "medium",
        24.0,
        QColor(palette.muted),
    )
    if worn.sign:
        number += 8 + badge_width(worn.sign) * _LARGE
        painter.save()
        painter.translate(rect.right() - 12 - number, rect.top() + 11)
        painter.scale(_LARGE, _LARGE)
        colour = role_colour(palette, worn.sign_colour)
        paint_badge(painter, worn.sign, QPointF(0, 0), colour, dashed=worn.dashed)
        painter.restore()
    if face.talk:
        number += 8 + talk_width(face.talk) * _LARGE
        painter.save()
        painter.translate(rect.right() - 12 - number, rect.top() + 11)
        painter.scale(_LARGE, _LARGE)
        paint_talk(painter, palette, face.talk, QPointF(0, 0))
        painter.restore()
    if face.undecided:
        number += 22
        painter.save()
        painter.translate(rect.right() - 12 - number, rect.top() + 22)
        painter.scale(_LARGE, _LARGE)
        chips.paint_mark(painter, TWO, QPointF(0, 0), QColor(palette.contradicts))
        painter.restore()
    room = int((rect.height() - 42) // high)
    at, wide = QPointF(rect.left() + 14, rect.top() + 38), rect.width() - 26
    if room < 1:
        # A low card has its title beside the glyph.
        at, wide, room = QPointF(rect.left() + 42, rect.top() + 10), wide - 36 - number, 1
    rows = broken(title_of(face), size, weight, wide, room)
    ink = QColor(palette.ink if face.title.strip() else palette.muted)
    draw_lines_of_text(painter, at, rows, size, weight, high, ink, struck=face.struck)


def title_of(face: Face) -> str:
    """Return the title as it is painted; a card that has none yet says so."""
    return face.title if face.title.strip() else UNTITLED


def _head_room(width: float) -> float:
    """Return the width of the word of a type, which stands between glyph and number: these leave so much for both."""
    return max(width - GLYPH - 6 - 8, 10.0)


def paint_paper(
    painter: QPainter, palette: Palette, face: Face, rect: QRectF, worn: Dress, *, edge: float = 1.0
) -> QColor:
    """Paint a card without words, its edge `edge` wide; return the colour of its glyph."""
    tint = role_colour(palette, worn.colour or entity_type(face.type_id).colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(QRectF(rect.left(), rect.top(), RADIUS * 2 + 2, rect.height()), RADIUS, RADIUS)
    body = _body(rect.adjusted(card_size.STRIPE, 0, 0, 0), RADIUS, closed=True)
    painter.fillPath(body, QColor(palette.card))
    if face.struck:
        painter.fillPath(body, QBrush(QColor(palette.border), Qt.BrushStyle.BDiagPattern))
    painter.setPen(_edge(palette, worn, edge))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_body(rect.adjusted(card_size.STRIPE, 0.5, -0.5, -0.5), RADIUS - 0.5, closed=False))
    return QColor(palette.muted) if worn.colour == "outside" else tint


def _edge(palette: Palette, worn: Dress, edge: float) -> QPen:
    """Return the pen of a card's border: that of its class where it has one, dashed where that is not known."""
    if not worn.sign_colour or worn.sign_colour == "outside":
        return QPen(QColor(palette.border), edge)
    pen = QPen(role_colour(palette, worn.sign_colour), edge)
    if worn.dashed:
        pen.setDashPattern([4 / edge, 3 / edge])
    return pen


def _body(rect: QRectF, radius: float, *, closed: bool) -> QPainterPath:
    """Return the outline of a card to the right of its stripe."""
    path = QPainterPath(rect.topLeft())
    path.lineTo(rect.right() - radius, rect.top())
    path.quadTo(rect.right(), rect.top(), rect.right(), rect.top() + radius)
    path.lineTo(rect.right(), rect.bottom() - radius)
    path.quadTo(rect.right(), rect.bottom(), rect.right() - radius, rect.bottom())
    path.lineTo(rect.bottomLeft())
    if closed:
        path.closeSubpath()
    return path


def paint_kind(
    painter: QPainter, palette: Palette, face: Face, line: QRectF, tint: QColor, word: tuple[str, ...], worn: Dress
) -> None:
    """Paint the glyph and the word of a card's type into its first line."""
    middle = line.center().y() - 1
    draw_icon(painter, entity_type(face.type_id).glyph, QRectF(line.left(), middle - GLYPH / 2, GLYPH, GLYPH), tint)
    high = card_size.SECOND_LINE
    at = QPointF(line.left() + GLYPH + 6, middle - high / 2)
    # The colour of a class need not be one that letters can be read in.
    ink = QColor(palette.muted) if worn.classed else tint
    draw_lines_of_text(painter, at, word, card_size.SECOND_SIZE, "medium", high, ink)
