"""The clipboard: cards go out as data, text and picture, and what comes in becomes the right card."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QPointF, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from evidenceboard import commands
from evidenceboard.commands.clipboard import Pasted
from evidenceboard.model.records import FARTHEST, Card
from evidenceboard.model.scene import Box, around
from evidenceboard.model.transaction import Transaction
from evidenceboard.render.board_paint import Picture, paint_board
from evidenceboard.render.labels import settle_labels
from evidenceboard.render.view import View
from evidenceboard.ui.board import chosen, doings, drops, motion
from evidenceboard.ui.board.snapping import GRID

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

MIME: Final = "application/x-evidenceboard-cards"
_STEP: Final = 24.0
_MARGIN: Final = 24
_LARGEST: Final = 8000
_say = QCoreApplication.translate


def copy(surface: Surface) -> bool:
    """Put the selected cards onto the clipboard, for boards as data and for other programs as text."""
    selection, document = surface.shell.selection, surface.shell.document
    if not selection.cards and not selection.frames:
        return False
    data = commands.copied(document, selection.cards, selection.frames)
    mime = QMimeData()
    mime.setData(MIME, QByteArray(json.dumps(data, ensure_ascii=False).encode()))
    mime.setText(commands.as_text(document, [row["id"] for row in data["cards"]]))
    QGuiApplication.clipboard().setMimeData(mime)
    return True


def paste(surface: Surface, at: QPointF | None = None) -> None:
    """Put what the clipboard holds onto the board, at a board point, else where the pointer is or in the middle."""
    # There is none where nothing was ever copied, whatever Qt's type says.
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if not doings.may_change(surface):
        return
    data = _cards_in(mime) if mime is not None else None
    at = at or chosen.where(surface)
    if data is not None and (box := _box_around(data)) is not None:
        _paste_cards(surface, data, box, at)
    elif mime is None or not drops.drop(surface, mime, at.x(), at.y(), onto_cards=False):
        surface.shell.banner(_say("Board", "There is nothing on the clipboard that can stand on a board."))


def _cards_in(mime: QMimeData) -> dict[str, Any] | None:
    if not mime.hasFormat(MIME):
        return None
    try:
        found = json.loads(bytes(mime.data(MIME).data()))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _box_around(data: dict[str, Any]) -> Box | None:
    """Return the box around what was copied; any program may have put it onto the clipboard."""
    rows = [row for table in ("cards", "frames") if isinstance(data.get(table), list) for row in data[table]]
    sizes = ([_number(row.get(key)) for key in "xywh"] for row in rows if isinstance(row, dict))
    return around([(x, y, x + w, y + h) for x, y, w, h in sizes if math.isfinite(x + y + w + h)])


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and abs(value) <= FARTHEST else math.nan


def _paste_cards(surface: Surface, data: dict[str, Any], box: Box, at: QPointF) -> None:
    dx = round((at.x() - (box[0] + box[2]) / 2) / GRID) * GRID
    dy = round((at.y() - (box[1] + box[3]) / 2) / GRID) * GRID
    board_id = surface.shell.board_id

    def paste_cards(tx: Transaction) -> Pasted:
        return _at_home(surface, tx, commands.paste(tx, board_id, data, dx=dx, dy=dy))

    cards = data.get("cards")
    count = len(cards) if isinstance(cards, list) else 0
    _show(surface, surface.shell.perform("Paste {n} cards", paste_cards, n=count))


def _at_home(surface: Surface, tx: Transaction, made: Pasted) -> Pasted:
    """Let the frames under new cards own them, unless they came with a frame of their own."""
    for card_id in made.cards:
        card = tx.document.get(Card, card_id)
        home = doings.frame_under(surface, card.x + card.w / 2, card.y + card.h / 2)
        if card.frame_id is None and home is not None:
            commands.put_into_frame(tx, [card_id], home)
    return made


def duplicate(surface: Surface) -> None:
    """Add copies of the selected cards a step below them."""
    selection = surface.shell.selection
    cards, frames = selection.cards, selection.frames
    if not (cards or frames) or not doings.may_change(surface):
        return
    made = surface.shell.perform(
        "Duplicate {n} cards",
        lambda tx: _at_home(surface, tx, commands.duplicate(tx, cards, frames, dx=_STEP, dy=_STEP)),
        n=len(cards),
    )
    _show(surface, made)


def _show(surface: Surface, made: Pasted | None) -> None:
    if made is None:
        return
    surface.shell.selection.set(cards=made.cards, frames=made.frames)
    if made.left_behind:
        said = _say("Board", "{n} attachments stayed in the other file: only their cards were pasted.")
        surface.shell.banner(said.format(n=made.left_behind), _say("Board", "Drop the files onto the cards here."))


def copy_picture(surface: Surface) -> bool:
    """Put a picture of the selected cards, or of the whole board, onto the clipboard."""
    slots = surface.selected_slots()
    box = motion.box_of(surface, slots) or surface.scene.bounds()
    if box is None:
        return False
    scale = min(2.0, _LARGEST / max(box[2] - box[0], box[3] - box[1], 1.0))
    wide, high = round((box[2] - box[0]) * scale) + 2 * _MARGIN, round((box[3] - box[1]) * scale) + 2 * _MARGIN
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    others = frozenset(surface.scene.order().tolist()) - frozenset(slots) if slots else frozenset()
    picture = Picture(
        surface.shell.document, surface.scene, surface.routes, surface.shell.palette_, lifted=others, dots=False,
        styled=surface.picture.styled, complete=True,
    )  # fmt: skip
    settle_labels(picture)
    painter = QPainter(image)
    view = View(scale, _MARGIN - round(box[0] * scale), _MARGIN - round(box[1] * scale))
    paint_board(painter, picture, view, QRect(0, 0, wide, high))
    painter.end()
    QGuiApplication.clipboard().setImage(image)
    return True
