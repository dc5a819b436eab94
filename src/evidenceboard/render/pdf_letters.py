"""Lines of text as words of a PDF, set from what Qt told once of each letter and of each pair of letters."""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF

from evidenceboard.model.values import dataclass
from evidenceboard.render import fonts
from evidenceboard.render.letter_steps import TOGETHER, Glyph, steps_of
from evidenceboard.render.pdf_drawn import Drawn
from evidenceboard.render.pdf_file import colour, numbers
from evidenceboard.render.progress import Tick, unheard
from evidenceboard.render.text import draw_lines_of_text

_LINE: Final = b"BT\n/%b %b Tf 1 0 0 -1 %b Tm\n[<%b>] TJ\nET\n"
_TALL: Final = b"@"
"""Stands for the height of a line where it goes on in another typeface."""
_NEAR: Final = 0.5
"""Thousandths of the height of a letter by which one may stand nearer or farther than it is wide, without a word."""
_DRAWN: Final = re.compile(rb"/(F\d+) [^<]* 1 0 0 -1 0 0 Tm\n[^<]*<([0-9A-F]{4})> Tj\nET")
_STEP: Final = 30
"""Letters that Qt draws in one step."""
_END: Final = "\n"
"""Stands after the last letter of a line."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter: the typeface and glyph that Qt lays it out with, the font and code of the PDF, the width in an em."""

    glyph: Glyph
    font: bytes
    code: bytes
    wide: float


@dataclass(slots=True)
class _Set:
    """What is known of one weight: letters, and for each pair of them what stands for the first one before the other.

    Signs that are no letters by themselves are None; `odd` are pairs that are not set letter by letter.
    """

    letters: dict[str, _Letter | None] = field(default_factory=dict)
    pairs: dict[tuple[str, str], bytes] = field(default_factory=dict)
    odd: set[tuple[str, str]] = field(default_factory=set)


class Letters:
    """Set lines of text without Qt: letters of which each has its place after the one before.

    Whatever is not of that kind (scripts that join or turn, signs put together of several) is left to Qt.
    """

    def __init__(self, drawn: Drawn, tick: Tick = unheard) -> None:
        self._drawn = drawn
        self._tick = tick
        self._sets: dict[str, _Set] = {}

    def lines(
        self, rows: tuple[str, ...], at: tuple[float, float], size: float, weight: str, high: float, ink: str,
        scale: float,
    ) -> bytes | None:  # fmt: skip
        """Return what draws lines of text downwards from a point of the board; None where Qt has to draw them."""
        if not rows:
            return b""
        known = self._sets.setdefault(weight, _Set())
        x, y, tall = at[0] * scale, (at[1] + _above(size, weight, high)) * scale, numbers(size * scale)
        said: list[bytes] = [b"%b scn\n" % colour(ink)]
        for place, row in enumerate(rows):
            line = self._line(known, weight, row)
            if line is None:
                return None
            if row and (first := known.letters[row[0]]) is not None:
                corner = numbers(x, y + place * high * scale)
                said.append(_LINE % (first.font, tall, corner, line.replace(_TALL, tall)))
        return b"".join(said)

    def meet(self, weight: str, texts: list[str]) -> None:
        """Learn the letters of lines that are to be set soon, and the pairs of them, all in one step."""
        known = self._sets.setdefault(weight, _Set())
        self._learn_letters(known, weight, "".join(texts))
        new = {pair for text in texts for pair in pairwise(text)} - known.pairs.keys() - known.odd
        plain = sorted((one, other) for one, other in new if known.letters[one] and known.letters[other])
        for first in range(0, len(plain), TOGETHER):
            self._tick(0.0)
            _learn_pairs(known, weight, plain[first : first + TOGETHER])
        known.odd |= new - known.pairs.keys()

    def _line(self, known: _Set, weight: str, text: str) -> bytes | None:
        for _ in range(2):
            try:
                return b"".join(map(known.pairs.__getitem__, pairwise(text + _END)))
            except KeyError as missing:
                if missing.args[0] in known.odd:
                    break
            self.meet(weight, [text])
        return None

    def _learn_letters(self, known: _Set, weight: str, text: str) -> None:
        """Let Qt draw each new letter once, and see by which code of which typeface it does so."""
        new = sorted(set(text) - known.letters.keys())
        for first in range(0, len(new), _STEP):
            self._tick(0.0)
            self._draw_letters(known, weight, new[first : first + _STEP])

    def _draw_letters(self, known: _Set, weight: str, new: list[str]) -> None:
        pieces = [partial(draw_lines_of_text, at=QPointF(0, 0), rows=(sign,), size=13, weight=weight, line_height=18,
                          colour=QColor("#000000")) for sign in new]  # fmt: skip
        steps_of(weight).learn((sign, sign) for sign in new)
        for sign, stamp in zip(new, self._drawn.stamps(pieces), strict=True):
            letter = _letter(weight, sign, _DRAWN.findall(stamp)) if stamp.count(b"Tj") == 1 else None
            known.letters[sign] = letter
            if letter is None:
                known.odd.add((sign, _END))
            else:
                known.pairs[sign, _END] = letter.code
                self._drawn.widths.setdefault(letter.font, {})[int(letter.code, 16)] = letter.wide


def _learn_pairs(known: _Set, weight: str, pairs: list[tuple[str, str]]) -> None:
    """Learn what stands for the first letter of each pair."""
    steps = steps_of(weight)
    steps.learn(pairs)
    for pair in pairs:
        letter, after = (known.letters[sign] for sign in pair)
        if letter is None or after is None or steps.glyphs.get(pair) != (letter.glyph, after.glyph):
            continue
        step = round(letter.wide - steps.apart[pair], 1)
        said = letter.code if abs(step) <= _NEAR else b"%b>%g<" % (letter.code, step)
        same = after.font == letter.font
        known.pairs[pair] = said if same else b"%b>] TJ\n/%b %b Tf [<" % (said, after.font, _TALL)


def _letter(weight: str, sign: str, drawn: list[tuple[bytes, bytes]]) -> _Letter | None:
    """Return what is known of a sign that Qt has drawn by one code of one typeface; None where it is no letter."""
    steps = steps_of(weight)
    twice = steps.glyphs.get((sign, sign))
    if len(drawn) != 1 or twice is None or twice[0] != twice[1]:
        return None
    return _Letter(twice[0], *drawn[0], round(steps.wide(sign), 1))


@lru_cache(maxsize=64)
def _above(size: float, weight: str, line_height: float) -> float:
    """Return how far below the upper edge of a line its letters stand, as `draw_lines_of_text` has it."""
    return (line_height + QFontMetricsF(fonts.font(size, weight)).capHeight()) / 2
