"""Handing numpy arrays to Qt's bulk drawing calls without making one Python object per shape."""

from __future__ import annotations

from ctypes import memmove
from typing import Any, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath

# QRectF, QLineF and QPointF are four, four and two doubles in a row: an array of such rows is what Qt's calls that take
# a pointer and a count read. The array must stay alive and contiguous while Qt reads it.


def draw_rects(painter: QPainter, rects: NDArray[Any]) -> None:
    """Draw rectangles (n, 4): x, y, width, height, with the pen and brush that are set."""
    if len(rects):
        held = np.ascontiguousarray(rects, np.float64)
        painter.drawRects(cast(QRectF, shiboken6.wrapInstance(held.ctypes.data, QRectF)), len(held))


def draw_lines(painter: QPainter, lines: NDArray[Any]) -> None:
    """Draw lines (n, 4): x1, y1, x2, y2, with the pen that is set."""
    if len(lines):
        held = np.ascontiguousarray(lines, np.float64)
        painter.drawLines(cast(QLineF, shiboken6.wrapInstance(held.ctypes.data, QLineF)), len(held))


def draw_points(painter: QPainter, points: NDArray[Any]) -> None:
    """Draw points (n, 2) with the pen that is set."""
    if len(points):
        held = np.ascontiguousarray(points, np.float64)
        painter.drawPoints(cast(QPointF, shiboken6.wrapInstance(held.ctypes.data, QPointF)), len(held))


def draw_triangles(painter: QPainter, corners: NDArray[Any]) -> None:
    """Fill triangles (n, 3, 2) with the brush that is set."""
    path = QPainterPath()
    for (ax, ay), (bx, by), (cx, cy) in corners.tolist():
        path.moveTo(ax, ay)
        path.lineTo(bx, by)
        path.lineTo(cx, cy)
        path.closeSubpath()
    painter.drawPath(path)


def scroll(image: QImage, dx: int, dy: int) -> None:
    """Move the pixels of a 32-bit image by whole pixels; what comes in at the edge is yet to be painted."""
    width, height = image.width(), image.height()
    if abs(dx) >= width or abs(dy) >= height:
        return
    # All rows as one: what leaves a row at its end comes in at the edge of the next, where it is painted over anyway.
    # To do that with arrays would take twice as long, as they copy what overlaps twice.
    by = dy * image.bytesPerLine() + dx * 4
    start, whole = np.frombuffer(image.bits(), np.uint8).ctypes.data, image.sizeInBytes()
    memmove(start + max(by, 0), start + max(-by, 0), whole - abs(by))


def copy_pixels(source: QImage, target: QImage) -> None:
    """Copy a 32-bit picture into another one of the same size, which need not be made anew for that."""
    pixels = source.height() * source.bytesPerLine() // 4
    np.frombuffer(target.bits(), np.uint32)[:pixels] = np.frombuffer(source.constBits(), np.uint32)[:pixels]
