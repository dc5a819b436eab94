"""A board as a picture: PNG in pixels, SVG as lines and text, through the same painter as screen and paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from evidenceboard.errors import EvidenceBoardError, InvalidValueError
from evidenceboard.formats.chosen import chosen
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.model.scene import Box
from evidenceboard.render import application
from evidenceboard.render.board_paint import Picture, paint_board
from evidenceboard.render.paper import extent, on_paper
from evidenceboard.render.pdf import board_of
from evidenceboard.render.view import View
from evidenceboard.session import Session

SCALE: Final = 2.0
"""Pixels for one board unit in a PNG, where nobody asks for another number."""
LARGEST: Final = 16_000
"""Pixels that a side of a PNG may have."""
MOST: Final = 120_000_000
"""Pixels that a PNG may have in all."""
MARGIN: Final = 24.0


def write_png(session: Session, options: ExportOptions) -> Written:
    """Write one board as PNG, in memory. Raises `EvidenceBoardError`."""
    application.ensure()
    picture, bounds, withheld = _prepared(session, options)
    wanted = SCALE if options.scale is None else options.scale
    if not 0.01 <= wanted <= 8:
        raise InvalidValueError("The scale is a number from 0.01 to 8; nothing was written.")
    wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
    scale = min(wanted, LARGEST / max(wide, high), (MOST / (wide * high)) ** 0.5)
    said = []
    if scale < wanted:
        said.append(f"A PNG may have {LARGEST:,} pixels on a side, so it has {scale:.2f} for one unit of the board")
    image = QImage(max(1, round(wide * scale)), max(1, round(high * scale)), QImage.Format.Format_RGB32)
    if image.isNull():
        raise EvidenceBoardError("A picture of this size does not fit into memory; nothing was written.")
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    view = View(scale, -round(bounds[0] * scale), -round(bounds[1] * scale))
    paint_board(painter, picture, view, QRect(0, 0, image.width(), image.height()))
    painter.end()
    return Written(as_png(image), ["PNG: no text that can be searched, no links", *said], withheld)


def as_png(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG. Raises `EvidenceBoardError`."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise EvidenceBoardError("The picture could not be made; nothing was written.")
    return bytes(data.data())


def write_svg(session: Session, options: ExportOptions) -> Written:
    """Write one board as SVG, in memory: lines and text. Raises `EvidenceBoardError`."""
    application.ensure()
    picture, bounds, withheld = _prepared(session, options)
    wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(wide), round(high)))
    generator.setViewBox(QRectF(0, 0, round(wide), round(high)))
    generator.setResolution(96)
    generator.setTitle(board_of(picture.document, options).title)
    generator.setDescription("Evidenceboard")
    painter = QPainter(generator)
    view = View(1.0, -round(bounds[0]), -round(bounds[1]))
    paint_board(painter, picture, view, QRect(0, 0, round(wide), round(high)))
    painter.end()
    return Written(bytes(data.data()), ["SVG: the typeface is named in it, not part of it"], withheld)


def _prepared(session: Session, options: ExportOptions) -> tuple[Picture, Box, int]:
    document, withheld = chosen(session.document, options.at_most)
    picture = on_paper(document, board_of(document, options).id)
    left, top, right, bottom = extent(picture)
    return picture, (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN), withheld
