"""Breaking the plain text of many cards into lines: what is known of letters tells where, else Qt does."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from evidenceboard.model.marks import SHOWN
from evidenceboard.render.letter_steps import EM, Steps, steps_of
from evidenceboard.render.text import broken, line_width

_LETTER: Final = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481\u048a-\u052f"
_PLAIN: Final = re.compile(f"(?:[{_LETTER}][{_LETTER}.,:;]* )*[{_LETTER}][{_LETTER}.,:;]*")
"""Words between single blanks: such text breaks at blanks and nowhere else."""
_BLURRED: Final = 0.02
"""Pixels for each letter by which widths may differ from those of Qt, which rounds each of them to a 64th."""
_OVERHANG: Final = 1.2
"""Pixels that the last letter of a line may reach beyond its width; Qt looks at that too."""
_MET: Final = 8
"""Texts with unknown pairs that are met before these are learned, all at once."""
_ALL: Final = 10_000
_met: Final[dict[str, list[str]]] = {}


@lru_cache(maxsize=4096)
def lines_of(text: str, size: float, weight: str, width: float) -> tuple[str, ...]:
    """Return text as lines of at most `width`, as `broken` does where it leaves nothing out."""
    if len(text) <= SHOWN and _PLAIN.fullmatch(text):
        unit = round(size) / EM
        found = _by_words(text, steps_of(weight), width / unit, unit)
        if found is not None:
            return found
    return broken(text, size, weight, width, _ALL)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, weight: str = "regular") -> float:
    """Return the width of one line of text, to some hundredths of a unit of its size."""
    if _PLAIN.fullmatch(text):
        steps = steps_of(weight)
        try:
            return (sum(map(steps.apart.__getitem__, pairwise(text))) + steps.wide(text[-1])) * round(size) / EM
        except KeyError:
            _meet(steps, text)
    return line_width(text, size, weight)


def _by_words(text: str, steps: Steps, room: float, unit: float) -> tuple[str, ...] | None:
    """Return the lines; None where letters are not known yet, or too little is left to say whether a word fits."""
    try:
        places = list(accumulate(map(steps.apart.__getitem__, pairwise(text)), initial=0.0))
    except KeyError:
        _meet(steps, text)
        return None
    blurred, overhang = _BLURRED / unit, _OVERHANG / unit
    rows: list[str] = []
    start = fits = 0
    end = -1
    while end < len(text):
        end = text.find(" ", end + 1)
        if end < 0:
            end = len(text)
        while True:
            wide = places[end - 1] - places[start] + steps.wide(text[end - 1])
            blur = (end - start) * blurred
            if wide + blur + overhang <= room:
                fits = end
                break
            if wide - blur <= room or fits <= start:
                return None
            rows.append(text[start:fits])
            start = fits + 1
    return (*rows, text[start:])


def _meet(steps: Steps, text: str) -> None:
    met = _met.setdefault(steps.weight, [])
    met.append(text)
    if len(met) >= _MET:
        steps.learn(pair for one in met for pair in pairwise(one))
        met.clear()
