"""Breaking the plain text of many cards into lines: what is known of letters tells where, else Qt does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from evidenceboard.model.marks import SHOWN
from evidenceboard.render import fonts
from evidenceboard.render.letter_steps import EM, Steps, steps_of
from evidenceboard.render.text import broken_once, line_width

_LETTER: Final = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481\u048a-\u052f"
_WORD: Final = f"(?:[{_LETTER}][{_LETTER}.,:;]*|·)"
_PLAIN: Final = re.compile(f"(?:{_WORD} )*{_WORD}")
"""Words between single blanks: such text breaks at blanks and nowhere else."""
_BLURRED: Final = 0.02
"""Pixels for each letter by which widths may differ from those of Qt, which rounds each of them to a 64th."""
_BEYOND: Final = 1.2
"""Pixels that a letter of another typeface may reach beyond its width at the end of a line."""
_MET: Final = 8
"""Texts with unknown pairs that are met before these are learned, all at once."""
_ALL: Final = 10_000
_met: Final[dict[str, list[str]]] = {}


def lines_of(text: str, size: float, weight: str, width: float) -> tuple[str, ...]:
    """Return text as lines of at most `width`, as `broken` does where it leaves nothing out.

    Nothing is remembered of it: a title hardly ever comes again, and would keep what lies around it in memory.
    """
    if len(text) <= SHOWN and _PLAIN.fullmatch(text):
        found = _by_words(text, size, weight, width)
        if found is not None:
            return found
    return broken_once(text, size, weight, width, _ALL)


def meet(weight: str, texts: Iterable[str]) -> None:
    """Learn what has to be known of letters to break such texts, all in one step: quicker than one text at a time."""
    steps_of(weight).learn({pair for text in texts if _PLAIN.fullmatch(text) for pair in pairwise(text)})


@lru_cache(maxsize=4096)
def lines_often(text: str, size: float, weight: str, width: float) -> tuple[str, ...]:
    """Return the same of text that comes again and again."""
    return lines_of(text, size, weight, width)


def width_of(text: str, size: float, weight: str = "regular") -> float:
    """Return the width of one line of text, to some hundredths of a unit of its size."""
    if _PLAIN.fullmatch(text):
        steps = steps_of(weight)
        try:
            return (sum(map(steps.apart.__getitem__, pairwise(text))) + steps.wide(text[-1])) * round(size) / EM
        except KeyError:
            _meet(steps, text)
    return line_width(text, size, weight)


def _by_words(text: str, size: float, weight: str, width: float) -> tuple[str, ...] | None:
    """Return the lines; None where letters are not known yet, or too little is left to say whether a word fits."""
    steps = steps_of(weight)
    try:
        places = list(accumulate(map(steps.apart.__getitem__, pairwise(text)), initial=0.0))
    except KeyError:
        _meet(steps, text)
        return None
    unit = round(size) / EM

    def left(start: int, end: int) -> float | None:
        """Return what is left of the width after some words, less than nothing where they do not fit; None: a doubt."""
        sign = text[end - 1]
        found = width - (places[end - 1] - places[start] + steps.wide(sign)) * unit - _overhang(sign, size, weight)
        doubt = (end - start) * _BLURRED + (0.0 if sign.isascii() else _BEYOND)
        return None if abs(found) <= doubt else found

    rows: list[str] = []
    start = 0
    while (rest := left(start, len(text))) is not None and rest < 0:
        # The last word that begins where there is room has to fit, and the next one must not.
        end = text.rfind(" ", start, bisect_right(places, places[start] + width / unit))
        after = text.find(" ", end + 1)
        if end < 0 or (left(start, end) or -1.0) < 0:
            return None
        if (left(start, after if after > 0 else len(text)) or 1.0) > 0:
            return None
        rows.append(text[start:end])
        start = end + 1
    return None if rest is None else (*rows, text[start:])


@lru_cache(maxsize=1024)
def _overhang(sign: str, size: float, weight: str) -> float:
    """Return how far a letter of our typeface reaches beyond its width: Qt breaks a line where that is outside."""
    return max(0.0, -fonts.metrics(size, weight).rightBearing(sign)) if sign.isascii() else 0.0


def _meet(steps: Steps, text: str) -> None:
    met = _met.setdefault(steps.weight, [])
    met.append(text)
    if len(met) >= _MET:
        steps.learn(pair for one in met for pair in pairwise(one))
        met.clear()
