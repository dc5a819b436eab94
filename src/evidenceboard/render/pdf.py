"""A board as PDF: a poster on one page, or an atlas of tiles. Vector, and every word can be found and copied."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.formats.kept import Kept
from evidenceboard.render import application, page_paint, pdf_words
from evidenceboard.render.included import included
from evidenceboard.render.pages import Pages, check, planned
from evidenceboard.render.paper import empty, give_back_after, laid_out, let_go
from evidenceboard.render.pdf_drawn import Drawn, placed
from evidenceboard.render.pdf_file import Behind, Packer, PdfFile
from evidenceboard.render.pdf_liner import Liner, liner_for
from evidenceboard.render.pdf_pages import PageWriter, based
from evidenceboard.render.pdf_parts import finished
from evidenceboard.render.progress import Tick, beside, from_to, ticking, uncollected
from evidenceboard.session import Session

PIXELS_TO_THE_INCH: Final = 200
LARGEST_PICTURE: Final = 64_000_000
"""Pixels that a page may have where it is painted as a picture."""


def write(session: Session, options: ExportOptions) -> Written:
    """Write one board as PDF. Raises `EvidenceBoardError`; nothing is written but to a file that only this one sees."""
    check(options.product, options.paper)
    application.ensure()
    tick = ticking(options.progress)
    with uncollected():
        # What is made on the way is gone before Python looks for rings of things again.
        made = _written(session, options, tick)
        tick(1.0)
    return made


def _written(session: Session, options: ExportOptions, tick: Tick) -> Written:
    what = beside(
        partial(included, session.document, options.board_id, options.at_most, options.only, session.as_of), tick
    )
    with liner_for(0 if options.pixels else what.document.size("links")) as liner:
        paper = laid_out(what, from_to(tick, 0.0, 0.15), options.styling)
        pages = planned(paper, options.product, options.paper, tick=from_to(tick, 0.15, 0.2))
        said = [*pages.paper.said, *pages.said]
        if options.pixels:
            said.append("text that can be searched: the pages are pictures")
        kept, more = _made(pages, options.pixels, from_to(tick, 0.2, 0.9), said, liner)
    give_back_after(pages.paper.scene, tick)
    pdf_words.check(kept, pages, what.whole, from_to(tick, 0.9, 1.0), pictures=options.pixels)
    let_go(pages.paper, tick)
    empty(pages.signs, tick)
    empty(pages.pages, tick)
    return Written(kept.settled(), [*said, *more], what.withheld)


def _made(pages: Pages, pixels: bool, tick: Tick, said: list[str], liner: Liner | None) -> tuple[Kept, list[str]]:
    """Return the PDF and what it could not be given, in words."""
    kept = Kept()
    draw = from_to(tick, 0.0, 0.95)
    behind = Behind(kept, from_to(tick, 0.0, 0.0))
    file = PdfFile(behind)
    packer, drawn = Packer(file, draw), Drawn(file)
    try:
        if pixels:
            streams = _pictures(pages, packer, drawn, draw, said)
        else:
            streams = PageWriter(pages, packer, drawn, draw, liner).write()
        packer.close()
        needed = drawn.finish()
        pictures = list(needed[b"XObject"]) if pixels else []
        last = from_to(tick, 0.95, 1.0)
        more = finished(file, pages, streams, needed, drawn.resources, pictures, last, links=not pixels)
        behind.close()
        return kept, more
    finally:
        packer.give_up()
        drawn.close()
        behind.give_up()


def _pictures(pages: Pages, packer: Packer, drawn: Drawn, tick: Tick, said: list[str]) -> list[list[int]]:
    """Draw each page as one picture."""
    streams: list[list[int]] = []
    for place, page in enumerate(pages.pages):
        tick(place / len(pages.pages))
        stamp = drawn.stamps([partial(_picture, pages=pages, place=place, said=said)])[0]
        streams.append([packer.put([based(page), placed(stamp)])])
    return streams


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
