"""A board as a picture: PNG in pixels, SVG as lines and text, the same page as the poster."""

from __future__ import annotations

import re
from math import inf
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from evidenceboard.errors import EvidenceBoardError, InvalidValueError
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.kept import Kept
from evidenceboard.render import application, page_paint
from evidenceboard.render.included import included
from evidenceboard.render.pages import Pages, planned
from evidenceboard.render.paper import laid_out
from evidenceboard.render.progress import Tick, from_to, ticking
from evidenceboard.session import Session

SCALE: Final = 2.0
"""Pixels for one board unit in a PNG, where nobody asks for another number."""
SCALES: Final = (0.01, 20.0)
LONGEST: Final = 30_000
"""Pixels that a side of a PNG may have."""
MOST: Final = 64_000_000
"""Pixels that a PNG may have in all: a quarter of a gigabyte while it is painted."""
_DESCRIPTION: Final = "Evidenceboard"
_NOTHING: Final = re.compile(rb"<g [^>]*>\s*</g>\s*|<defs>\s*</defs>\s*")
"""Qt opens a group at each change of pen, also where nothing is drawn with it."""
_FAMILY: Final = re.compile(rb'font-family="([^"]*)"')


def write_png(session: Session, options: ExportOptions) -> Written:
    """Write one board as PNG, in memory. Raises `EvidenceBoardError`."""
    wanted = SCALE if options.scale is None else options.scale
    if not SCALES[0] <= wanted <= SCALES[1]:
        raise InvalidValueError(
            "This number of pixels for one unit of the board does not fit; nothing was written.",
            f"It goes from {SCALES[0]:g} to {SCALES[1]:g}.",
        )
    pages, tick, withheld = _prepared(session, options)
    page = pages.pages[0]
    full = wanted / page.scale
    scale = min(full, LONGEST / max(page.width, page.height), (MOST / (page.width * page.height)) ** 0.5)
    said = [*pages.paper.said, *pages.said, "text that can be searched"]
    if scale < full:
        most = scale * page.scale
        number = f"{most:.2g}" if most >= 0.001 else "less than 0.001"
        said.append(f"{wanted:g} pixels for one unit of the board: a picture so large has {number}")
    image = QImage(max(1, round(page.width * scale)), max(1, round(page.height * scale)), QImage.Format.Format_RGB32)
    if image.isNull():
        raise EvidenceBoardError(
            "A picture of this size does not fit into memory; nothing was written.", "Use a smaller scale."
        )
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.scale(scale, scale)
    _paint(painter, pages, tick)
    return Written(as_png(image), said, withheld)


def as_png(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG. Raises `EvidenceBoardError`."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise EvidenceBoardError("The picture could not be made; nothing was written.")
    return bytes(data.data())


def write_svg(session: Session, options: ExportOptions) -> Written:
    """Write one board as SVG: lines and text. Raises `EvidenceBoardError`."""
    pages, tick, withheld = _prepared(session, options)
    page = pages.pages[0]
    ground = QRectF(0, 0, page.width, page.height)
    head, body = _drawn(pages, lambda painter: painter.fillRect(ground, QColor("#FFFFFF")))
    made = Kept()
    made.write(head + body)
    # Qt holds all that it draws until the end, twice as large as what comes out: so each piece is drawn by itself.
    pieces = list(page_paint.pieces(pages, 0))
    for done, piece in enumerate(pieces):
        made.write(_drawn(pages, piece)[1])
        tick((done + 1) / len(pieces))
    made.write(b"</svg>\n")
    said = [*pages.paper.said, *pages.said, "the typeface: a program that has no Inter takes another"]
    return Written(made.settled(), said, withheld)


def _drawn(pages: Pages, piece: page_paint.Piece) -> tuple[bytes, bytes]:
    """Return an SVG with one piece of a page: what stands before the drawing, and the drawing without the end."""
    page, data = pages.pages[0], QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(page.width), round(page.height)))
    generator.setViewBox(QRectF(0, 0, page.width, page.height))
    generator.setResolution(72)
    generator.setTitle(pages.paper.included.title)
    generator.setDescription(_DESCRIPTION)
    painter = QPainter(generator)
    try:
        piece(painter)
    finally:
        painter.end()
    buffer.close()
    head, mark, rest = bytes(data.data()).partition(f"<desc>{_DESCRIPTION}</desc>\n".encode())
    drawn = _NOTHING.sub(b"", _FAMILY.sub(_with_others, rest.rpartition(b"</svg>")[0]))
    return head + mark, _NOTHING.sub(b"", drawn)  # what held nothing but such groups is one now


def _with_others(found: re.Match[bytes]) -> bytes:
    return b'font-family="' + found[1] + b", 'Noto Sans', 'Noto Sans CJK KR', sans-serif\""


def _prepared(session: Session, options: ExportOptions) -> tuple[Pages, Tick, int]:
    application.ensure()
    tick = ticking(options.progress)
    what = included(session.document, options.board_id, options.at_most, options.only, session.as_of)
    pages = planned(laid_out(what, from_to(tick, 0.0, 0.3), options.styling), largest=inf)
    return pages, from_to(tick, 0.3, 1.0), what.withheld


def _paint(painter: QPainter, pages: Pages, tick: Tick) -> None:
    try:
        pieces = list(page_paint.pieces(pages, 0))
        for done, piece in enumerate(pieces):
            piece(painter)
            tick((done + 1) / len(pieces))
    finally:
        painter.end()
