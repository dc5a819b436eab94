"""How far letters of the typeface stand from each other: Qt tells it once for each pair of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFontMetricsF, QTextLayout

from evidenceboard.render import fonts

EM: Final = 1000
"""Parts of the height of a letter in which steps are told: letters of so many pixels are measured."""
TOGETHER: Final = 100
"""Pairs that Qt lays out in one line."""
_APART: Final = " "
_NO_LETTERS: Final = ("M", "C")
"""Kinds of signs that have no place of their own in a line."""
_TURNED: Final = ("R", "AL", "AN")
"""Directions in which Qt has to set a line."""
Pair = tuple[str, str]
Glyph = tuple[str, int]
"""The typeface and the number of a sign in it."""


@dataclass(slots=True)
class Steps:
    """What is known of one weight.

    `apart`: how far the second letter of each pair stands from the first, in parts of an em; `glyphs`: those of both.
    `odd` are pairs that do not stand in a line as two signs, one after the other.
    """

    weight: str
    apart: dict[Pair, float] = field(default_factory=dict)
    glyphs: dict[Pair, tuple[Glyph, Glyph]] = field(default_factory=dict)
    odd: set[Pair] = field(default_factory=set)
    _wide: dict[str, float] = field(default_factory=dict)

    def wide(self, sign: str) -> float:
        """Return how wide a letter is, in parts of an em."""
        known = self._wide.get(sign)
        if known is None:
            known = self._wide[sign] = QFontMetricsF(fonts.font(EM, self.weight)).horizontalAdvance(sign)
        return known

    def learn(self, pairs: Iterable[Pair]) -> None:
        """Learn what is not known of some pairs, of `TOGETHER` in a few tenths of a millisecond."""
        new = set(pairs) - self.apart.keys() - self.odd
        # In a line with those that turn it, others would not stand where they are looked for.
        odd = {pair for pair in new if not all(map(stands_alone, pair))}
        self.odd |= odd
        listed = sorted(new - odd)
        for first in range(0, len(listed), TOGETHER):
            self._lay_out(listed[first : first + TOGETHER])

    def _lay_out(self, pairs: list[Pair]) -> None:
        found = _laid(self.weight, _APART.join(one + other for one, other in pairs))
        if len(found) == len(pairs) * 3 - 1:
            for place, pair in enumerate(pairs):
                (glyph, x), (next_glyph, next_x) = found[3 * place : 3 * place + 2]
                self.apart[pair], self.glyphs[pair] = next_x - x, (glyph, next_glyph)
        elif len(pairs) == 1:
            self.odd.update(pairs)
        else:
            # Letters that become one sign are found by trying fewer of them.
            middle = len(pairs) // 2
            self._lay_out(pairs[:middle])
            self._lay_out(pairs[middle:])


@lru_cache(maxsize=4096)
def stands_alone(sign: str) -> bool:
    """Tell whether a sign has a place of its own in a line, and leaves the direction of the line as it is."""
    return unicodedata.category(sign)[0] not in _NO_LETTERS and unicodedata.bidirectional(sign) not in _TURNED


@lru_cache(maxsize=8)
def steps_of(weight: str) -> Steps:
    """Return what is known of a weight; it grows as long as the program runs."""
    return Steps(weight)


def _laid(weight: str, text: str) -> list[tuple[Glyph, float]]:
    """Return the glyphs of a line, each with its place; none where they do not stand on one line."""
    layout = QTextLayout(text, fonts.font(EM, weight))
    layout.beginLayout()
    layout.createLine().setLineWidth(1e9)
    layout.endLayout()
    found: list[tuple[Glyph, float]] = []
    heights: set[float] = set()
    for run in layout.glyphRuns():
        family, places = run.rawFont().familyName(), run.positions()
        heights.update(place.y() for place in places)
        glyphs = [(family, glyph) for glyph in run.glyphIndexes()]
        found += zip(glyphs, (place.x() for place in places), strict=True)
    return sorted(found, key=lambda one: one[1]) if len(heights) == 1 else []
