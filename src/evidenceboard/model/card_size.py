"""How high a card must be for its text, told without Qt, so that the core can size cards by itself."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from evidenceboard.model.face import Face
from evidenceboard.model.inter_widths import MEDIUM, REGULAR
from evidenceboard.model.marks import SHOWN, visible

STRIPE: Final = 4.0
PADDING: Final = 14.0
HEAD: Final = 18.0
TITLE_LINE: Final = 18.0
SECOND_LINE: Final = 15.0
CHIPS: Final = 20.0
GAP: Final = 8.0
TITLE_SIZE: Final = 13.0
SECOND_SIZE: Final = 11.0
TITLE_LINES: Final = 4
SECOND_LINES: Final = 2
_SAFETY: Final = 1.02


def fitted_height(face: Face, width: float) -> float:
    """Return the height at which a card shows its face on the screen: at most four lines of title, two below."""
    return _height(face, width, TITLE_LINES, SECOND_LINES)


def full_height(face: Face, width: float) -> float:
    """Return the height at which nothing of the text is left out, as on paper."""
    return _height(face, width, SHOWN, SHOWN)


def _height(face: Face, width: float, title_lines: int, second_lines: int) -> float:
    room = text_width(width)
    table = "regular" if face.title_is_sentence else "medium"
    height = PADDING + HEAD + min(title_lines, count_lines(face.title, room, TITLE_SIZE, table)) * TITLE_LINE
    if face.second_line:
        height += 2 + min(second_lines, count_lines(face.second_line, room, SECOND_SIZE, "regular")) * SECOND_LINE
    if face.chips:
        height += GAP + CHIPS
    return math.ceil(height + PADDING - 2)


def text_width(card_width: float) -> float:
    """Return the room for a line of text on a card, in board units."""
    # In this order a width that is no number gives the least room, and the record then refuses it in words.
    return max(20.0, card_width - STRIPE - 2 * PADDING + 4)


def count_lines(text: str, room: float, size: float, weight: str) -> int:
    """Return how many lines a text takes when it breaks at spaces, and inside words that are too long."""
    return sum(_paragraph_lines(line, room, size, weight) for line in visible(text).split("\n"))


def _paragraph_lines(text: str, room: float, size: float, weight: str) -> int:
    widths = _table(weight)
    scale = size / 1000 * _SAFETY
    space = widths[32] * scale
    lines, at = 1, 0.0
    for word in text.split(" "):
        wide = sum(widths.get(ord(letter)) or _other(letter) for letter in word) * scale
        needed = wide if at == 0 else at + space + wide
        if needed <= room:
            at = needed
        elif wide <= room:
            lines, at = lines + 1, wide
        else:
            rows = math.ceil(wide / max(room - size, size))
            lines, at = lines + rows - (at == 0), room
    return lines


def _other(letter: str) -> int:
    # Letters outside the bundled fonts: East Asian ones fill the square, most others are narrower.
    code = ord(letter)
    return 1000 if 0x1100 <= code <= 0x11FF or 0x2E80 <= code <= 0xD7FF or code >= 0xF900 else 650


@lru_cache(maxsize=2)
def _table(weight: str) -> dict[int, int]:
    source = REGULAR if weight == "regular" else MEDIUM
    return {start + step: width for start, row in source for step, width in enumerate(row)}
