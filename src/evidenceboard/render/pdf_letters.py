"""Lines of text as words of a PDF, set from what Qt told once of each letter and of each pair of letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QRawFont, QTextLayout

from evidenceboard.render import fonts
from evidenceboard.render.pdf_drawn import Drawn
from evidenceboard.render.pdf_file import colour, numbers
from evidenceboard.render.text import draw_lines_of_text

_LINE: Final = b"BT\n/%b %g Tf 1 0 0 -1 %b Tm\n[<%b>] TJ\nET\n"
_EM: Final = 1000
"""Parts of the height of a letter in which a PDF tells widths: letters of so many pixels are measured."""
_NEAR: Final = 0.5
"""Of these, how much nearer or farther a letter may stand than its width says without that being written."""
_FIRST: Final = "A"
"""The letter that tells which typeface a weight is set in."""
_DRAWN: Final = re.compile(rb"/(F\d+) [^<]*<([0-9A-F]{4})> Tj")
Text = tuple[str, str]
"""A line of text and its weight."""


@dataclass(slots=True)
class _Letter:
    glyph: int
    code: bytes
    wide: float


@dataclass(slots=True)
class _Set:
    """What is known of one weight: letters, and for each pair of them what stands for the first one before the other.

    Letters that are not of its typeface are None; `odd` are lines that are not set letter by letter.
    """

    font: bytes = b""
    letters: dict[str, _Letter | None] = field(default_factory=dict)
    pairs: dict[tuple[str, str], bytes] = field(default_factory=dict)
    steps: dict[tuple[str, str], float] = field(default_factory=dict)
    odd: set[str] = field(default_factory=set)


class Letters:
    """Set lines of text without Qt: most of a board's text is in letters of the bundled typeface.

    Whatever is not (other scripts, signs put together of several) is left to Qt, which sets the same line as on the
    screen.
    """

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._sets: dict[str, _Set] = {}

    def lines(
        self, rows: tuple[str, ...], at: tuple[float, float], size: float, weight: str, high: float, ink: str,
        scale: float,
    ) -> bytes | None:  # fmt: skip
        """Return what draws lines of text downwards from a point of the board; None where Qt has to draw them.

        All of them must have been met before.
        """
        if not rows:
            return b""
        known = self._sets[weight]
        if not known.odd.isdisjoint(rows):
            return None
        x, y = at[0] * scale, (at[1] + _above(size, weight, high)) * scale
        said: list[bytes] = [b"%b scn\n" % colour(ink)]
        pairs = known.pairs.__getitem__
        for place, row in enumerate(rows):
            if row:
                line = b"".join(map(pairs, pairwise(row + "\n")))
                corner = numbers(x, y + place * high * scale)
                said.append(_LINE % (known.font, size * scale, corner, line))
        return b"".join(said)

    def meet(self, texts: Iterable[Text]) -> None:
        """Get to know lines of text that are to be set."""
        met: dict[str, list[str]] = {}
        for text, weight in texts:
            met.setdefault(weight, []).append(text)
        new: dict[str, list[str]] = {}
        for weight, found in met.items():
            known = self._sets.setdefault(weight, _Set())
            if not known.pairs.keys() >= _pairs("\n".join(found)):
                unknown = [text for text in found if text not in known.odd and not known.pairs.keys() >= _pairs(text)]
                new.update({weight: unknown} if unknown else {})
        if not new:
            return
        self._learn_letters({weight: set(_FIRST).union(*found) for weight, found in new.items()})
        for weight, found in new.items():
            for text in found:
                if not self._learn(self._sets[weight], weight, text):
                    self._sets[weight].odd.add(text)

    def _learn_letters(self, signs: dict[str, set[str]]) -> None:
        """Let Qt draw each new letter once, and see by which code of which typeface it does so."""
        known_before = {weight: self._sets[weight].letters.keys() for weight in signs}
        new = [(weight, sign) for weight, found in signs.items() for sign in sorted(found - known_before[weight])]
        # The first one tells which typeface the others have to be of.
        new.sort(key=lambda one: one[1] != _FIRST)
        pieces = [partial(draw_lines_of_text, at=QPointF(0, 0), rows=(sign,), size=13, weight=weight, line_height=18,
                          colour=QColor("#000000")) for weight, sign in new]  # fmt: skip
        for (weight, sign), stamp in zip(new, self._drawn.stamps(pieces), strict=True):
            known = self._sets[weight]
            known.letters[sign] = None
            drawn = _DRAWN.findall(stamp)
            raw = _raw(weight)
            glyphs = raw.glyphIndexesForString(sign)
            if len(drawn) != 1 or len(glyphs) != 1 or unicodedata.category(sign)[0] in "MC":
                continue
            font, code = drawn[0]
            known.font = known.font or (font if sign == _FIRST else b"")
            if font == known.font:
                wide = round(raw.advancesForGlyphIndexes(glyphs)[0].x(), 1)
                known.letters[sign] = _Letter(glyphs[0], code, wide)
                self._drawn.widths.setdefault(font, {})[int(code, 16)] = wide

    def _learn(self, known: _Set, weight: str, text: str) -> bool:
        """Learn the pairs of a line; return whether it is set letter by letter, each by its pair with the next one."""
        letters = [letter for sign in text if (letter := known.letters[sign]) is not None]
        if len(letters) != len(text):
            return False
        layout = QTextLayout(text, fonts.font(_EM, weight))
        layout.beginLayout()
        layout.createLine().setLineWidth(1e9)
        layout.endLayout()
        runs = layout.glyphRuns()
        if len(runs) != 1 or runs[0].glyphIndexes() != [letter.glyph for letter in letters]:
            return False
        places = runs[0].positions()
        if len({place.y() for place in places}) != 1:
            return False
        xs = [place.x() for place in places]
        for place, letter in enumerate(letters):
            pair = (text[place], text[place + 1] if place + 1 < len(text) else "\n")
            step = round(letter.wide - (xs[place + 1] - xs[place]), 1) if place + 1 < len(text) else 0.0
            if abs(known.steps.setdefault(pair, step) - step) > _NEAR:
                return False
            known.pairs[pair] = letter.code if abs(step) <= _NEAR else b"%b>%g<" % (letter.code, step)
        return True


def _pairs(text: str) -> set[tuple[str, str]]:
    """Return which letters follow each other in lines of text; after the last one of a line it ends."""
    ended = text + "\n"
    return {pair for pair in set(pairwise(ended)) if pair[0] != "\n"}


@lru_cache(maxsize=8)
def _raw(weight: str) -> QRawFont:
    return QRawFont.fromFont(fonts.font(_EM, weight))


@lru_cache(maxsize=64)
def _above(size: float, weight: str, line_height: float) -> float:
    """Return how far below the upper edge of a line its letters stand, as `draw_lines_of_text` has it."""
    return (line_height + QFontMetricsF(fonts.font(size, weight)).capHeight()) / 2
