"""What the signs on a printed board mean: types, lines that speak for and against, standings, grades."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model import link_look
from evidenceboard.model.boxes import once
from evidenceboard.model.face import TWO, UNDECIDED
from evidenceboard.model.origins import STANDINGS, standing_of
from evidenceboard.model.style_classes import StyleClass
from evidenceboard.model.types import TYPES
from evidenceboard.model.types.claim import CLAIM, MARKS
from evidenceboard.model.values import dataclass
from evidenceboard.render import chips
from evidenceboard.render.badges import HIGH, badge_width, paint_badge
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.icons import draw_icon
from evidenceboard.render.style_colours import role_colour
from evidenceboard.render.text import broken, draw_lines_of_text, line_width

ROW: Final = 14.0
_SIZE: Final = 8.0
_GAP: Final = 16.0
_GLYPH: Final = 10.0
_LINE: Final = 24.0
LINES: Final = (
    (link_look.FOR, "supports, consistent"),
    (link_look.AGAINST, "denies, contradicts, inconsistent"),
)
GRADES: Final = "B2: source reliability A to F, credibility 1 to 6; F and 6: cannot be judged"
BY_HAND: Final = "coloured by hand"
LEFT_OUT: Final = "What is marked above {marking} is left out; counts and grades are those of what is shown"
_Paint = Callable[[QPainter, float, float], None]
_Entry = tuple[float, _Paint, str]


@dataclass(frozen=True, slots=True)
class Legend:
    """The entries of a legend in rows, in points."""

    rows: tuple[tuple[_Entry, ...], ...]

    @property
    def words(self) -> list[str]:
        """Return what the entries say."""
        return [said for row in self.rows for _, _, said in row]

    @property
    def height(self) -> float:
        """Return the height of all rows."""
        return len(self.rows) * ROW

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Paint the rows downwards from a point."""
        for place, row in enumerate(self.rows):
            x = left
            for wide, paint, _ in row:
                paint(painter, x, top + place * ROW)
                x += wide + _GAP


def made(picture: Picture, width: float, at_most: str = "", marks: set[str] | None = None) -> Legend:
    """Return the legend of a board in rows of at most `width`; none for an empty board.

    `marks` are the shapes of standings on its cards where they are known; else the standings are looked up.
    """
    rows: list[list[_Entry]] = []
    used = 0.0
    for wide, paint, said in _entries(picture, width, at_most, _marks(picture) if marks is None else marks):
        if not rows or used + wide > width:
            rows.append([])
            used = 0.0
        rows[-1].append((wide, paint, said))
        used += wide + _GAP
    return Legend(tuple(tuple(row) for row in rows))


def _entries(picture: Picture, width: float, at_most: str, marks: set[str]) -> list[_Entry]:
    scene = picture.scene
    kinds = set(once(scene.type[scene.order()]).tolist())
    tones = set(once(scene.tone[: scene.m][picture.routes.shown]).tolist())
    entries = _classes(picture)
    entries += [_type(picture, place, plain=not entries) for place in range(len(TYPES)) if place in kinds]
    entries += [_line(picture, tone, words) for tone, words in LINES if tone in tones]
    explained = picture.styled is not None and picture.styled.styling.id == "standing"
    entries += [_mark(picture, MARKS[one], one) for one in STANDINGS if MARKS[one] in marks and not explained]
    if TWO in marks:
        entries.append(_mark(picture, TWO, UNDECIDED))
    sentences = []
    if any(kind.id in ("source", "claim") for place, kind in enumerate(TYPES) if place in kinds):
        sentences.append(GRADES)
    if at_most:
        sentences.append(LEFT_OUT.format(marking=at_most))
    # A sentence that is wider than the page goes on in the next row.
    return entries + [_words(picture, row) for said in sentences for row in broken(said, _SIZE, "regular", width, 99)]


def _classes(picture: Picture) -> list[_Entry]:
    """Return what the colours and signs of a styling mean: its name, the classes that occur, what hands coloured."""
    styled = picture.styled
    if styled is None or styled.styling.is_plain:
        return []
    by_hand = styled.count_by_hand()
    hands = [_words(picture, f"{BY_HAND}: {by_hand}")] if by_hand else []
    found = zip(styled.styling.classes, styled.counts(), strict=True)
    title = _words(picture, f"{styled.styling.title}:")
    return [title, *(_class(picture, one, count) for one, count in found if count), *hands]


def _class(picture: Picture, one: StyleClass, count: int) -> _Entry:
    colour = role_colour(picture.palette, one.colour)
    small = ROW * 0.72 / HIGH
    wide = (badge_width(one.sign) if one.sign else HIGH * 0.4) * small
    words = f"{one.words} ({count})"

    def paint(painter: QPainter, x: float, y: float) -> None:
        if one.sign:
            painter.save()
            painter.translate(x, y + (ROW - HIGH * small) / 2)
            painter.scale(small, small)
            paint_badge(painter, one.sign, QPointF(0, 0), colour, dashed=one.unknown)
            painter.restore()
        else:
            painter.fillRect(QRectF(x, y + 2.5, wide, ROW - 5), colour)
        at = QPointF(x + wide + 4, y)
        draw_lines_of_text(painter, at, (words,), _SIZE, "regular", ROW, QColor(picture.palette.ink))

    return wide + 4 + line_width(words, _SIZE), paint, words


def _type(picture: Picture, place: int, *, plain: bool) -> _Entry:
    kind = TYPES[place]
    # Under another styling the colour tells something else, the glyph and the word do not.
    colour = picture.palette.type_colour(kind.colour) if plain else QColor(picture.palette.muted)

    def paint(painter: QPainter, x: float, y: float) -> None:
        draw_icon(painter, kind.glyph, QRectF(x, y + (ROW - _GLYPH) / 2, _GLYPH, _GLYPH), colour)
        draw_lines_of_text(painter, QPointF(x + _GLYPH + 4, y), (kind.word,), _SIZE, "medium", ROW, colour)

    return _GLYPH + 4 + line_width(kind.word, _SIZE, "medium"), paint, kind.word


def _line(picture: Picture, tone: int, words: str) -> _Entry:
    against = tone == link_look.AGAINST
    colour = QColor(picture.palette.contradicts if against else picture.palette.supports)

    def paint(painter: QPainter, x: float, y: float) -> None:
        pen = QPen(colour, 1.05)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if against:
            pen.setDashPattern([4.5 / 1.05, 3 / 1.05])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y + ROW / 2), QPointF(x + _LINE, y + ROW / 2))
        at = QPointF(x + _LINE + 5, y)
        draw_lines_of_text(painter, at, (words,), _SIZE, "regular", ROW, QColor(picture.palette.muted))

    return _LINE + 5 + line_width(words, _SIZE), paint, words


def _marks(picture: Picture) -> set[str]:
    scene = picture.scene
    claims = [place for place, kind in enumerate(TYPES) if kind.id == CLAIM.id]
    found = [scene.entity_ids[slot] for slot in scene.order().tolist() if scene.type[slot] in claims]
    return {MARKS[standing_of(picture.document, one).standing] for one in found}


def _mark(picture: Picture, mark: str, words: str) -> _Entry:
    ink, room = QColor(picture.palette.ink), chips.mark_width(mark) + 5

    def paint(painter: QPainter, x: float, y: float) -> None:
        chips.paint_mark(painter, mark, QPointF(x, y + ROW / 2), ink)
        at = QPointF(x + room, y)
        draw_lines_of_text(painter, at, (words,), _SIZE, "regular", ROW, QColor(picture.palette.muted))

    return room + line_width(words, _SIZE), paint, words


def _words(picture: Picture, words: str) -> _Entry:
    def paint(painter: QPainter, x: float, y: float) -> None:
        draw_lines_of_text(painter, QPointF(x, y), (words,), _SIZE, "regular", ROW, QColor(picture.palette.muted))

    return line_width(words, _SIZE), paint, words
