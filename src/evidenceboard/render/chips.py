"""The short facts at the foot of a card: where they stand, their marks, and painting them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from evidenceboard.model import face
from evidenceboard.model.face import Chip
from evidenceboard.render.palette import MARKINGS, Palette
from evidenceboard.render.text import broken, draw_lines_of_text, line_width

SIZE: Final = 10.5
_HIGH: Final = 18.0
_INSIDE: Final = 7.0
_GAP: Final = 5.0
_BESIDE: Final = 5.0
"""Room between a mark and its words."""
_ALL: Final = 10_000
_FINE: Final = 4
"""Chips are set in a size that is no whole number of pixels, so they are drawn larger and scaled down."""
_ONE: Final = 9.0
_TWO: Final = 17.0


def width_of(chip: Chip) -> float:
    """Return the width of a chip with its mark, in board units."""
    return line_width(chip.text, SIZE * _FINE, "medium") / _FINE + 2 * _INSIDE + _mark_room(chip.mark)


def mark_width(mark: str) -> float:
    """Return the width of a mark, in board units; 0 for none."""
    return 0.0 if not mark else _TWO if mark in (face.APART, face.JOINED) else _ONE


def _mark_room(mark: str) -> float:
    return mark_width(mark) + _BESIDE if mark else 0.0


def rows(chips: Iterable[Chip], width: float) -> list[tuple[Chip, ...]]:
    """Return the chips in rows of at most `width`, the words of a longer one broken into several."""
    made: list[list[Chip]] = []
    at = 0.0
    for chip in chips:
        parts = [chip]
        if width_of(chip) > width:
            room = max(width - 2 * _INSIDE - _mark_room(chip.mark), 8.0)
            words = broken(chip.text, SIZE * _FINE, "medium", room * _FINE, _ALL)
            parts = [replace(chip, text=word, mark="" if place else chip.mark) for place, word in enumerate(words)]
        for part in parts:
            wide = width_of(part)
            if not made or at + wide > width:
                made.append([])
                at = 0.0
            made[-1].append(part)
            at += wide + _GAP
    return [tuple(row) for row in made]


def places(chips: tuple[Chip, ...], line: QRectF) -> list[tuple[Chip, QRectF]]:
    """Return the chips that have room on one line, elided where they must be, each with its box."""
    found = []
    x = line.left()
    for place, chip in enumerate(chips):
        left = line.right() - x
        rest = len(chips) - place - 1
        wide = width_of(chip)
        if wide > left - (24 if rest else 0):
            room = max(left - 2 * _INSIDE - _mark_room(chip.mark), 8.0)
            text = broken(chip.text, SIZE * _FINE, "medium", room * _FINE, 1)
            if left < 40 or not text:
                break
            chip, wide = replace(chip, text=text[0]), min(wide, left)
        found.append((chip, QRectF(x, line.bottom() - _HIGH, wide, _HIGH)))
        x += wide + _GAP
    return found


def paint_row(painter: QPainter, palette: Palette, chips: tuple[Chip, ...], line: QRectF) -> None:
    """Paint the chips that have room on one line."""
    for chip, box in places(chips, line):
        paint_chip(painter, palette, chip, box.topLeft())


def paint_chip(painter: QPainter, palette: Palette, chip: Chip, at: QPointF) -> None:
    """Paint a chip, its upper left corner at `at`."""
    ground, ink = QColor(palette.chip), QColor(palette.ink)
    if chip.role == "marking":
        ground, ink = QColor("#000000"), QColor(MARKINGS.get(chip.text, "#FFFFFF"))
    elif chip.role == "alarm":
        ink = QColor(palette.contradicts)
    elif chip.role == "doubt":
        ink = QColor(palette.muted)
    elif chip.role == "supposed":
        ground, ink = QColor(palette.scenario), QColor(palette.card)
    box = QRectF(at.x(), at.y(), width_of(chip), _HIGH)
    painter.setPen(QPen(QColor(palette.border), 1, Qt.PenStyle.DashLine) if chip.role == "doubt" else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if chip.role == "doubt" else ground)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if chip.role == "doubt" else box, 3.5, 3.5)
    if chip.mark:
        paint_mark(painter, chip.mark, QPointF(at.x() + _INSIDE, box.center().y()), ink)
    painter.save()
    painter.translate(at.x() + _INSIDE + _mark_room(chip.mark), at.y())
    painter.scale(1 / _FINE, 1 / _FINE)
    draw_lines_of_text(painter, QPointF(0, 0), (chip.text,), SIZE * _FINE, "medium", _HIGH * _FINE, ink)
    painter.restore()


def paint_mark(painter: QPainter, mark: str, at: QPointF, ink: QColor) -> None:
    """Paint the shape of a mark, the middle of its left edge at `at`."""
    pen = QPen(ink, 1.3)
    painter.save()
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    whole = QRectF(at.x() + 0.65, at.y() - _ONE / 2 + 0.65, _ONE - 1.3, _ONE - 1.3)
    if mark == face.SPLIT:
        painter.drawEllipse(whole)
        painter.setBrush(ink)
        painter.drawPie(whole, 90 * 16, 180 * 16)
    elif mark == face.EMPTY:
        pen.setDashPattern([1.5, 1.5])
        painter.setPen(pen)
        painter.drawEllipse(whole)
    elif mark == face.OPEN:
        painter.drawArc(whole, 0, 250 * 16)
    elif mark == face.DOT:
        painter.setBrush(ink)
        painter.drawEllipse(whole.adjusted(0.6, 0.6, -0.6, -0.6))
    elif mark == face.TWO:
        painter.drawRect(QRectF(whole.left(), whole.top(), 5.6, 5.6))
        painter.setBrush(ink)
        painter.drawRect(QRectF(whole.right() - 5.0, whole.bottom() - 5.0, 5.0, 5.0))
    elif mark in (face.APART, face.JOINED):
        for middle in (at.x() + 3.4, at.x() + _TWO - 3.4):
            painter.setBrush(ink if mark == face.JOINED else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(middle, at.y()), 2.7, 2.7)
        if mark == face.JOINED:
            painter.drawLine(QPointF(at.x() + 3.4, at.y()), QPointF(at.x() + _TWO - 3.4, at.y()))
    painter.restore()
