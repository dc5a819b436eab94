"""Cards too small for words: patches of colour far out, then paper with a stripe and grey bars for lines of text."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from evidenceboard.model.card_size import STRIPE
from evidenceboard.model.scene import Scene
from evidenceboard.model.styled import Styled
from evidenceboard.render.buffers import draw_rects
from evidenceboard.render.palette import Palette
from evidenceboard.render.style_colours import patches
from evidenceboard.render.view import Detail, View

_BARS = ((14.0, 12.0, 0.30), (34.0, 13.0, 0.82), (53.0, 13.0, 0.62))
"""Top, height and share of the width of the bars that stand for type, title and second line, in board units."""


def paint(
    painter: QPainter,
    scene: Scene,
    palette: Palette,
    view: View,
    slots: NDArray[Any],
    detail: Detail,
    styled: Styled | None = None,
) -> None:
    """Paint cards as plain shapes, one call per colour. Cards that overlap lose their order among themselves."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    box = _snapped(scene, view, slots)
    if detail is Detail.BLOCKS:
        _paint_patches(painter, scene, palette, slots, box, styled)
        return
    painter.setBrush(QColor(palette.border))
    draw_rects(painter, box)
    painter.setBrush(QColor(palette.card))
    draw_rects(painter, box + np.array([1.0, 1.0, -2.0, -2.0]))
    _paint_bars(painter, palette, view, box)
    stripe = box.copy()
    stripe[:, 2] = max(2, round(STRIPE * 1.5 * view.scale))
    _paint_patches(painter, scene, palette, slots, stripe, styled)


def _paint_patches(
    painter: QPainter, scene: Scene, palette: Palette, slots: NDArray[Any], box: NDArray[Any], styled: Styled | None
) -> None:
    places, colours = patches(styled, scene, palette)
    here = places[slots]
    for place, colour in enumerate(colours):
        painter.setBrush(colour)
        draw_rects(painter, box[here == place])


def _paint_bars(painter: QPainter, palette: Palette, view: View, box: NDArray[Any]) -> None:
    painter.setBrush(QColor(palette.edge))
    for top, high, share in _BARS:
        fits = box[:, 3] > (top + high) * view.scale
        bars = box[fits].copy()
        bars[:, 0] += round(16 * view.scale)
        bars[:, 1] += round(top * view.scale)
        bars[:, 2] = np.round((bars[:, 2] - 28 * view.scale) * share)
        bars[:, 3] = max(1, round(high * view.scale * 0.6))
        draw_rects(painter, bars)


def _snapped(scene: Scene, view: View, slots: NDArray[Any]) -> NDArray[np.float64]:
    x, y, w, h = scene.box[:, slots]
    s = view.scale
    return np.stack(
        [
            np.rint(x * s) + view.dx,
            np.rint(y * s) + view.dy,
            np.maximum(1, np.rint(w * s)),
            np.maximum(1, np.rint(h * s)),
        ],
        axis=1,
    )
