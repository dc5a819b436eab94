"""How lists in panels paint a line: glyph or number, plain text with its hits, something quiet at the right."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPalette, QTextLayout
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from evidenceboard.model.marks import marked

ROUND: Final = 4.0


def ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint the patch under a chosen line or one under the pointer, and the ring of the one with the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours: QPalette = option.palette
    rect = QRectF(option.rect).adjusted(6, 1, -6, -1)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        patch = QColor(colours.color(QPalette.ColorRole.AlternateBase))
        if not chosen:
            patch.setAlphaF(0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(patch)
        painter.drawRoundedRect(rect, ROUND, ROUND)
    if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
        painter.setPen(colours.color(QPalette.ColorRole.Link))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)


def ink(option: QStyleOptionViewItem) -> QColor:
    """Return the colour of text."""
    return QColor(option.palette.color(QPalette.ColorRole.WindowText))


def quiet() -> QColor:
    """Return the colour of quiet text."""
    # Not of the option: a stylesheet makes its own placeholder colour there, too pale to be read.
    return QColor(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))


def sized(font: QFont, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return a font in another size (pixels) and weight."""
    made = QFont(font)
    made.setPixelSize(size)
    made.setWeight(weight)
    return made


def text(painter: QPainter, rect: QRect, said: str, font: QFont, colour: QColor, *, right: bool = False) -> int:
    """Paint one line of plain text, shortened to its room; return its width in pixels."""
    shown, wide, above = _shortened(said, rect.width(), font.key())
    base = rect.top() + rect.height() / 2 + above
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(rect.right() - wide if right else rect.left(), base), shown)
    return round(wide)


@lru_cache(maxsize=4096)
def _shortened(said: str, room: int, font: str) -> tuple[str, float, float]:
    """Return text as it fits a room, its width, and how far the base of its letters lies below the middle of a line.

    Lists are painted again and again, and of each line much the same: it is measured once.
    """
    known = QFont()
    known.fromString(font)
    metrics = QFontMetricsF(known)
    shown = metrics.elidedText(marked(said), Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown), (metrics.ascent() - metrics.descent()) / 2


def marked_text(
    painter: QPainter, rect: QRect, said: str, font: QFont, colour: QColor, hits: list[tuple[int, int]], strong: QColor
) -> None:
    """Paint one line of plain text with stretches (start, length) made strong, the first of them in view."""
    metrics = QFontMetricsF(font)
    start = 0
    if hits and metrics.horizontalAdvance(said[: hits[0][0] + hits[0][1]]) > rect.width() * 0.8:
        start = max(0, hits[0][0] - 12)
    shown = ("…" if start else "") + said[start:]
    moved = (1 if start else 0) - start
    shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, rect.width())
    layout = QTextLayout(shown, font)
    ranges = []
    for at, length in hits:
        if at + moved < 0 or at + moved >= len(shown):
            continue
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = at + moved, min(length, len(shown) - at - moved)
        mark.format.setForeground(strong)
        mark.format.setFontWeight(QFont.Weight.DemiBold)
        ranges.append(mark)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    layout.endLayout()
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(colour)
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2))
    painter.restore()


def hits(said: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where words begin in a text, whatever their case: start and length, in the order of the text."""
    folded = said.lower()
    if len(folded) != len(said):
        # A few letters grow when they are made small; then places in the two texts would not agree.
        folded = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in said)
    found: list[tuple[int, int]] = []
    for word in (word.lower() for word in words if word):
        at = folded.find(word)
        while at >= 0:
            found.append((at, len(word)))
            at = folded.find(word, at + len(word))
    found.sort()
    kept: list[tuple[int, int]] = []
    for at, length in found:
        if not kept or at >= kept[-1][0] + kept[-1][1]:
            kept.append((at, length))
    return kept
