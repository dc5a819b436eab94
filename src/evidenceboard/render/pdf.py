"""A board as PDF: a poster on one page, or an atlas of tiles. Vector, and every word can be found and copied."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.render import application, page_paint, pdf_parts, pdf_words
from evidenceboard.render.included import included
from evidenceboard.render.pages import Page, Pages, check, planned
from evidenceboard.render.paper import laid_out
from evidenceboard.render.progress import Tick, from_to, ticking
from evidenceboard.session import Session

PIXELS_TO_THE_INCH: Final = 200
LARGEST_PICTURE: Final = 64_000_000
"""Pixels that a page may have where it is painted as a picture."""


def write(session: Session, options: ExportOptions) -> Written:
    """Write one board as PDF, in memory. Raises `EvidenceBoardError`; nothing is written to the disk."""
    check(options.product, options.paper)
    application.ensure()
    tick = ticking(options.progress)
    what = included(session.document, options.board_id, options.at_most, options.only)
    pages = planned(laid_out(what, from_to(tick, 0.0, 0.2), options.styling), options.product, options.paper)
    said = [*pages.paper.said, *pages.said]
    if options.pixels:
        said.append("text that can be searched: the pages are pictures")
    drawn, counts = _drawn(pages, options.pixels, from_to(tick, 0.2, 0.8), said)
    data, more = pdf_parts.assembled(drawn, counts, pages, from_to(tick, 0.8, 0.9), links=not options.pixels)
    pdf_words.check(data, pages, session.document, from_to(tick, 0.9, 1.0), pictures=options.pixels)
    return Written(data, [*said, *more], what.withheld)


def _drawn(pages: Pages, pixels: bool, tick: Tick, said: list[str]) -> tuple[bytes, list[int]]:
    """Return a PDF in which each piece of a page is a page of its own, and how many pieces each page has.

    Qt packs a page in one step when it is done, and keeps large ones in a file: short ones keep a window alive, and
    no text reaches the disk.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    painter = QPainter()
    counts: list[int] = []
    try:
        for place, page in enumerate(pages.pages):
            whole = partial(_picture, pages=pages, place=place, said=said)
            pieces: list[page_paint.Piece] = [whole] if pixels else list(page_paint.pieces(pages, place))
            for done, piece in enumerate(pieces):
                tick((place + done / len(pieces)) / len(pages.pages))
                _next(writer, painter, page)
                piece(painter)
            counts.append(len(pieces))
    finally:
        # Qt crashes where what is painted on goes away before what paints.
        painter.end()
        buffer.close()
    return bytes(data.data()), counts


def _next(writer: QPdfWriter, painter: QPainter, page: Page) -> None:
    writer.setPageSize(QPageSize(QSizeF(page.width, page.height), QPageSize.Unit.Point, "board"))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    begun = writer.newPage() if painter.isActive() else painter.begin(writer)
    if not begun:
        raise EvidenceBoardError("The PDF could not be made; nothing was written.", "Try it again.")


def _picture(painter: QPainter, pages: Pages, place: int, said: list[str]) -> None:
    """Paint a page as pixels: a fresh picture, which holds nothing but what is seen."""
    page = pages.pages[place]
    scale = min(PIXELS_TO_THE_INCH / 72, (LARGEST_PICTURE / (page.width * page.height)) ** 0.5)
    if scale < PIXELS_TO_THE_INCH / 72 and not any("pixels" in one for one in said):
        said.append(f"{PIXELS_TO_THE_INCH} pixels to the inch: a page so large has {scale * 72:.0f}")
    image = QImage(max(1, round(page.width * scale)), max(1, round(page.height * scale)), QImage.Format.Format_RGB32)
    if image.isNull():
        raise EvidenceBoardError("A page of pixels of this size does not fit into memory; nothing was written.")
    image.fill(QColor("#FFFFFF"))
    inner = QPainter(image)
    try:
        inner.scale(scale, scale)
        page_paint.paint(inner, pages, place)
    finally:
        inner.end()
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.drawImage(QRectF(QPointF(0, 0), QSizeF(page.width, page.height)), image)
