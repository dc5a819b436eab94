"""The clipboard: cards go out as data, text and picture, and what comes in becomes the right card."""

from __future__ import annotations

import json
import math
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QPointF, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from evidenceboard import commands
from evidenceboard.commands.clipboard import COPIED, Pasted
from evidenceboard.model.boxes import Box, marked
from evidenceboard.model.pace import EACH, Pace, Tick
from evidenceboard.model.records import FARTHEST, Card
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
_FEW: Final = 200
"""Cards up to which copying takes no longer than a frame or two."""
_LONG: Final = 200_000
"""Bytes from which on what was copied is read beside the window."""
_RECORD: Final = 300
"""Letters that a copied record has, more or less."""
_say = QCoreApplication.translate


def copy(surface: Surface) -> bool:
    """Put the selected cards onto the clipboard, for boards as data and for other programs as text."""
    selection, document = surface.shell.selection, surface.shell.document
    if not selection.cards and not selection.frames:
        return False
    cards, frames = selection.cards, selection.frames

    def make(tick: Tick) -> tuple[QByteArray, str]:
        data = commands.copied(document, cards, frames, Pace(tick, 0.0, 0.3))
        written = _written(data, Pace(tick, 0.3, 0.5))
        count = len(data["cards"])
        return written, commands.as_text(document, [row["id"] for row in data["cards"]], Pace(tick, 0.5, 1.0, count))

    large = len(cards) + sum(document.count("cards", "frame_id", frame) for frame in frames) > _FEW
    made = surface.shell.look_up(make, _say("Board", "Copying…")) if large else make(lambda share: None)
    if made is None:
        return False
    mime = QMimeData()
    mime.setData(MIME, made[0])
    mime.setText(made[1])
    QGuiApplication.clipboard().setMimeData(mime)
    return True


def _written(data: dict[str, Any], pace: Pace) -> QByteArray:
    """Return what was copied as JSON, put together record by record: at once it would keep the window waiting."""
    pace.expect(sum(len(part) for part in data.values() if isinstance(part, list)))
    made = QByteArray(b"{")
    for place, (key, value) in enumerate(data.items()):
        made.append(f"{', ' if place else ''}{json.dumps(key)}: ".encode())
        if not isinstance(value, list):
            made.append(json.dumps(value, ensure_ascii=False).encode())
            continue
        made.append(b"[")
        for start in range(0, len(value), EACH):
            part = json.dumps(value[start : start + EACH], ensure_ascii=False)[1:-1]
            made.append(f"{', ' if start else ''}{part}".encode())
            pace.on(EACH)
        made.append(b"]")
    made.append(b"}")
    return made


def paste(surface: Surface, at: QPointF | None = None) -> None:
    """Put what the clipboard holds onto the board, at a board point, else where the pointer is or in the middle."""
    # There is none where nothing was ever copied, whatever Qt's type says.
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if not doings.may_change(surface):
        return
    found: tuple[dict[str, Any], Box | None] | None = ({}, None)
    if mime is not None and mime.hasFormat(MIME):
        held = mime.data(MIME)
        if held.size() > _LONG:
            found = surface.shell.look_up(lambda tick: _read(held, tick), _say("Board", "Reading what was copied…"))
        else:
            found = _read(held)
    if found is None:
        return
    data, box = found
    at = at or chosen.where(surface)
    if box is not None:
        _paste_cards(surface, data, box, at)
    elif mime is None or not drops.drop(surface, mime, at.x(), at.y(), onto_cards=False):
        surface.shell.banner(_say("Board", "There is nothing on the clipboard that can stand on a board."))


def _read(held: QByteArray, tick: Tick = lambda share: None) -> tuple[dict[str, Any], Box | None]:
    """Return what was copied, which any program may have put there, and the box around it where it has one."""
    from evidenceboard.formats.json_parts import parts

    found: dict[str, Any] = {}
    try:
        text = bytes(held.data()).decode()
        pace = Pace(tick, 0.0, 1.0, max(1, len(text) // _RECORD))
        for key, _, value in parts(text, COPIED):
            if key in COPIED:
                found.setdefault(key, []).append(value)
            else:
                found[key] = value
            pace.on()
    except (ValueError, RecursionError):
        return {}, None
    return found, _box_around(found)


def _box_around(data: dict[str, Any]) -> Box | None:
    rows = [row for table in ("cards", "frames") if isinstance(data.get(table), list) for row in data[table]]
    sizes = [[_number(row.get(key)) for key in "xywh"] for row in rows if isinstance(row, dict)]
    x, y, w, h = np.fromiter(chain.from_iterable(sizes), float, 4 * len(sizes)).reshape(-1, 4).T
    sound = np.isfinite(x + y + w + h)
    if not sound.any():
        return None
    right, bottom = (x + w)[sound], (y + h)[sound]
    return float(x[sound].min()), float(y[sound].min()), float(right.max()), float(bottom.max())


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
    slots = surface.selected_array()
    box = motion.box_of(surface, slots) or surface.scene.bounds()
    if box is None:
        return False
    scale = min(2.0, _LARGEST / max(box[2] - box[0], box[3] - box[1], 1.0))
    wide, high = round((box[2] - box[0]) * scale) + 2 * _MARGIN, round((box[3] - box[1]) * scale) + 2 * _MARGIN
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    others = ~marked(surface.scene.n, slots) if len(slots) else None
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
