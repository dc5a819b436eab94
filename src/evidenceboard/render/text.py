"""Breaking text into lines and drawing them: plain text, whatever it holds."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption

from evidenceboard.model.marks import visible
from evidenceboard.render import fonts

_BREAK: Final = "\u2028"


@lru_cache(maxsize=4096)
def broken(text: str, size: float, weight: str, width: float, lines: int) -> tuple[str, ...]:
    """Return text as lines of at most `width`; what is left after the last line is told by an ellipsis."""
    return broken_once(text, size, weight, width, lines)


def broken_once(text: str, size: float, weight: str, width: float, lines: int) -> tuple[str, ...]:
    """Return the same of text that will hardly be asked for again: nothing is remembered of it."""
    if lines < 1 or not text:
        return ()
    shown = visible(text)
    font = fonts.font(size, weight)
    layout = QTextLayout(shown.replace("\n", _BREAK), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(_python_index(shown, line.textStart()))
    layout.endLayout()
    ends = [*starts[1:], len(shown)]
    rows = [shown[start:end].strip("\n " + _BREAK) for start, end in zip(starts, ends, strict=True)]
    if len(rows) <= lines:
        return tuple(rows)
    rest = " ".join(shown[starts[lines - 1] :].split())
    last = QFontMetricsF(font).elidedText(rest[:400] + "…", Qt.TextElideMode.ElideRight, width)
    return (*rows[: lines - 1], last)


def _python_index(text: str, utf16: int) -> int:
    # Qt counts UTF-16 units; a sign outside the first plane takes two of them.
    if text.isascii():
        return utf16
    return len(text.encode("utf-16-le")[: 2 * utf16].decode("utf-16-le", "ignore"))


@lru_cache(maxsize=8192)
def line_width(text: str, size: float, weight: str = "regular") -> float:
    """Return the width of one line of text, in the units of its size."""
    return fonts.metrics(size, weight).horizontalAdvance(text)


def draw_lines_of_text(
    painter: QPainter,
    at: QPointF,
    rows: tuple[str, ...],
    size: float,
    weight: str,
    line_height: float,
    colour: QColor,
    *,
    struck: bool = False,
) -> None:
    """Draw lines of text downwards from the upper left corner `at`."""
    font = fonts.font(size, weight)
    metrics = fonts.metrics(size, weight)
    painter.setFont(font)
    painter.setPen(colour)
    above = (line_height + metrics.capHeight()) / 2
    for place, row in enumerate(rows):
        base = at.y() + place * line_height + above
        painter.drawText(QPointF(at.x(), base), row)
        if struck:
            high = base - metrics.strikeOutPos()
            painter.drawLine(QPointF(at.x(), high), QPointF(at.x() + metrics.horizontalAdvance(row), high))
