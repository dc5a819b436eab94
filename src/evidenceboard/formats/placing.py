"""Places on a board for what comes in without one: rows below all that is there."""

from __future__ import annotations

import math
from typing import Final

from evidenceboard.commands import place
from evidenceboard.model.document import Document
from evidenceboard.model.records import Card, Entity, Frame
from evidenceboard.model.transaction import Transaction

GAP: Final = 40.0
"""Board units between cards."""
WIDEST: Final = 40
"""Cards in one row."""
ACROSS: Final = 5
STEP_X: Final = 320.0
STEP_Y: Final = 200.0
"""Columns, and the size of a place, that one new card after the other is given."""


def place_all(tx: Transaction, board_id: str, entities: list[Entity]) -> int:
    """Place entities that are not on a board yet, nearly in a square; return how many cards were made."""
    there = tx.document.cards_on(board_id)
    left = min((card.x for card in there), default=0.0)
    top = max((card.y + card.h for card in there), default=-GAP) + GAP
    frames = tx.document.frames_on(board_id)
    top = max([top, *(frame.y + frame.h + GAP for frame in frames)])
    wide = min(WIDEST, max(1, math.isqrt(max(0, len(entities) - 1)) + 1))
    for start in range(0, len(entities), wide):
        x, bottom = left, top
        for entity in entities[start : start + wide]:
            card = place(tx, board_id, entity.id, x=x, y=top)
            x, bottom = x + card.w + GAP, max(bottom, card.y + card.h)
        top = bottom + GAP
    return len(entities)


def free_place(document: Document, board_id: str) -> tuple[float, float]:
    """Return the first place on a board, row by row, that a usual card shares neither with a card nor with a frame."""
    there: list[Card | Frame] = [*document.cards_on(board_id), *document.frames_on(board_id)]
    free: list[tuple[int, int]] = []
    for column in range(ACROSS):
        left, row = column * STEP_X, 0
        rows = [
            (math.floor(one.y / STEP_Y), math.ceil((one.y + one.h) / STEP_Y))
            for one in there
            if one.x < left + STEP_X and one.x + one.w > left
        ]
        for top, bottom in sorted(rows):
            if top > row:
                break
            row = max(row, bottom)
        free.append((row, column))
    row, column = min(free)
    return column * STEP_X, row * STEP_Y
