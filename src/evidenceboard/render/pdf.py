"""A board as PDF: a poster on one page, or an atlas of tiles. Vector, and every word can be searched."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter, QPen

from evidenceboard.errors import EvidenceBoardError, InvalidValueError
from evidenceboard.formats.chosen import chosen
from evidenceboard.formats.format import ExportOptions, Written
from evidenceboard.model.dates import shown
from evidenceboard.model.document import Document
from evidenceboard.model.records import Board
from evidenceboard.render import application, legend, sheets
from evidenceboard.render.board_paint import Picture, paint_board, paint_card, paint_ground
from evidenceboard.render.palette import MARKINGS
from evidenceboard.render.paper import extent, highest_marking, on_paper
from evidenceboard.render.pdf_outline import finished
from evidenceboard.render.sheets import FOOT, HEAD, MARGIN, UNIT, Sheet
from evidenceboard.render.text import broken, draw_lines_of_text, line_width
from evidenceboard.render.view import Detail, View
from evidenceboard.session import Session

DOTS: Final = 10
"""Device pixels for one point: fine enough that rounding is never seen."""
PRODUCTS: Final = ("poster", "atlas")
_SMALL: Final = 8.0
_PIXELS: Final = 200 / 72
_CHUNK: Final = 200


def write(session: Session, options: ExportOptions) -> Written:
    """Write one board as PDF, in memory. Raises `EvidenceBoardError`."""
    if options.product == "report":
        raise EvidenceBoardError(
            "The report is not made by this version yet; nothing was written.", "Use poster or atlas."
        )
    if options.product not in PRODUCTS:
        raise InvalidValueError("There is no product of this name; nothing was written.", "Products: poster, atlas.")
    sheets.paper_size(options.paper)
    application.ensure()
    document, withheld = chosen(session.document, options.at_most)
    book = Book(document, board_of(document, options), options)
    data, not_expressed = finished(book.paint(), book)
    return Written(data, [*book.said, *not_expressed], withheld)


def board_of(document: Document, options: ExportOptions) -> Board:
    """Return the board that is asked for, or the first. Raises `InvalidValueError` where the marking withholds it."""
    found = document.find("boards", options.board_id or "") if options.board_id else next(iter(document.boards), None)
    if not isinstance(found, Board):
        raise InvalidValueError("This board may not go out at this marking; nothing was written.")
    return found


class Book:
    """The pages of one board, and how they are painted. `said` tells what could not be kept."""

    def __init__(self, document: Document, board: Board, options: ExportOptions) -> None:
        self.document = document
        self.board = board
        self.options = options
        self.picture = on_paper(document, board.id)
        self.marking = highest_marking(document, board.id)
        self.said: list[str] = []
        self.bounds = extent(self.picture)
        self.map: Sheet | None = None
        if options.product == "atlas":
            self.sheets = sheets.atlas(self.picture.scene, self.bounds, options.paper)
            if len(self.sheets) > 1:
                self.map = self._map_sheet(self.sheets[0])
            first = self.map or self.sheets[0]
            self.legend = legend.rows(self.picture, (first.width - 2 * MARGIN) / UNIT)
        else:
            wide = max((self.bounds[2] - self.bounds[0]) * UNIT, sheets.SMALLEST - 2 * MARGIN)
            self.legend = legend.rows(self.picture, min(wide, sheets.LARGEST) / UNIT)
            sheet, smaller = sheets.poster(self.bounds, len(self.legend) * legend.ROW * UNIT + 8, sheets.SMALLEST)
            self.sheets = [sheet]
            if smaller:
                share = round(sheet.scale / UNIT * 100, 1)
                self.said.append(f"A page may be 200 inches wide or high, so the board is at {share} % of its size")
        title = str(document.setting("title", "") or "")
        self.title = " · ".join(part for part in (title, board.title) if part.strip())
        self.date = shown(date.today().isoformat())

    @property
    def pages(self) -> list[Sheet]:
        """Return all pages in order, the key map first."""
        return [self.map, *self.sheets] if self.map else self.sheets

    def _map_sheet(self, tile: Sheet) -> Sheet:
        wide, high = self.bounds[2] - self.bounds[0], self.bounds[3] - self.bounds[1]
        room_x = tile.width - 2 * MARGIN
        room_y = tile.height - 2 * MARGIN - HEAD - FOOT - 5 * legend.ROW * UNIT
        return Sheet(
            tile.width, tile.height, self.bounds, min(room_x / max(wide, 1), room_y / max(high, 1), UNIT), "map"
        )

    # -- painting ----------------------------------------------------------------------------------------------

    def paint(self) -> bytes:
        """Return the pages as Qt writes them."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(72 * DOTS)
        writer.setCreator("Evidenceboard")
        writer.setTitle(self.title)
        painter = QPainter()
        for place, sheet in enumerate(self.pages):
            writer.setPageSize(QPageSize(QSizeF(sheet.width, sheet.height), QPageSize.Unit.Point, "board"))
            writer.setPageMargins(QMarginsF(0, 0, 0, 0))
            if place == 0:
                if not painter.begin(writer):
                    raise EvidenceBoardError("The PDF could not be begun; nothing was written.")
            else:
                writer.newPage()
            self._tell((place + 0.1) / len(self.pages))
            self.paint_page(painter, place, DOTS)
        painter.end()
        buffer.close()
        self._tell(1.0)
        return bytes(data.data())

    def _tell(self, share: float) -> None:
        if self.options.progress is not None:
            self.options.progress(share)

    def paint_page(self, painter: QPainter, place: int, dots: float) -> None:
        """Paint one page on a device with `dots` pixels a point."""
        sheet = self.pages[place]
        x, y = sheet.body
        wide = (sheet.area[2] - sheet.area[0]) * sheet.scale
        high = (sheet.area[3] - sheet.area[1]) * sheet.scale
        target = QRect(round(x * dots), round(y * dots), round(wide * dots) + 1, round(high * dots) + 1)
        scale = sheet.scale * dots
        view = View(scale, target.left() - round(sheet.area[0] * scale), target.top() - round(sheet.area[1] * scale))
        if sheet is self.map:
            self._paint_map(painter, view, target, dots)
        elif self.options.pixels:
            self._paint_pixels(painter, sheet, target)
        else:
            self._paint_body(painter, view, target, place)
        self._paint_edges(painter, sheet, place, dots)

    def _paint_body(self, painter: QPainter, view: View, target: QRect, place: int) -> None:
        painter.save()
        painter.setClipRect(target)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self.picture, view, target)
        slots = self.picture.scene.cards_in(view.area(target)).tolist()
        for done, slot in enumerate(slots):
            paint_card(painter, self.picture, view, slot, Detail.FACES)
            if done % _CHUNK == _CHUNK - 1:
                self._tell((place + 0.1 + 0.9 * done / len(slots)) / len(self.pages))
        painter.restore()

    def _paint_pixels(self, painter: QPainter, sheet: Sheet, target: QRect) -> None:
        wide = max(1, round((sheet.area[2] - sheet.area[0]) * sheet.scale * _PIXELS))
        high = max(1, round((sheet.area[3] - sheet.area[1]) * sheet.scale * _PIXELS))
        image = QImage(wide, high, QImage.Format.Format_RGB32)
        if image.isNull():
            raise EvidenceBoardError("A page of pixels of this size does not fit into memory; nothing was written.")
        inner = QPainter(image)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = sheet.scale * _PIXELS
        view = View(scale, -round(sheet.area[0] * scale), -round(sheet.area[1] * scale))
        paint_board(inner, self.picture, view, QRect(0, 0, wide, high))
        inner.end()
        painter.drawImage(target, image)

    def _paint_map(self, painter: QPainter, view: View, target: QRect, dots: float) -> None:
        sketch = Picture(self.document, self.picture.scene, self.picture.routes, self.picture.palette, dots=False)
        small = View(view.scale / dots, 0, 0)
        painter.save()
        painter.translate(target.topLeft())
        painter.scale(dots, dots)
        # As on a screen where words are too small to be read: the map shows where things are, not what they say.
        plain = View(min(small.scale, 0.2), -round(self.bounds[0] * min(small.scale, 0.2)), 0)
        factor = small.scale / plain.scale
        painter.scale(factor, factor)
        plain = View(plain.scale, -round(self.bounds[0] * plain.scale), -round(self.bounds[1] * plain.scale))
        wide, high = target.width() / dots / factor, target.height() / dots / factor
        painter.setClipRect(QRectF(0, 0, wide + 1, high + 1))
        paint_board(painter, sketch, plain, QRect(0, 0, round(wide) + 1, round(high) + 1))
        for sheet in self.sheets:
            left, top = sheet.area[0] * plain.scale + plain.dx, sheet.area[1] * plain.scale + plain.dy
            box = QRectF(
                left, top, (sheet.area[2] - sheet.area[0]) * plain.scale, (sheet.area[3] - sheet.area[1]) * plain.scale
            )
            painter.setPen(QPen(QColor(self.picture.palette.selection), 0.8, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            ink = QColor(self.picture.palette.selection)
            draw_lines_of_text(painter, box.topLeft() + QPointF(5, 2), (sheet.name,), 13, "semibold", 18, ink)
        painter.restore()

    def _paint_edges(self, painter: QPainter, sheet: Sheet, place: int, dots: float) -> None:
        painter.save()
        painter.scale(dots, dots)
        muted = QColor(self.picture.palette.muted)
        right = sheet.width - MARGIN
        said = self.title + (f" · {sheet.name}" if sheet.name not in ("", "map") else "")
        room = right - MARGIN - _width(self.marking) - 24
        _small(painter, QPointF(MARGIN, MARGIN), *broken(said, _SMALL, "regular", room, 1), colour=muted)
        for y in (MARGIN, sheet.height - MARGIN - 12):
            self._paint_marking(painter, QPointF(right, y))
        of = f"{self.date} · page {place + 1} of {len(self.pages)}"
        _small(painter, QPointF(MARGIN, sheet.height - MARGIN - 12), of, colour=muted)
        if place == 0 and self.legend:
            painter.translate(MARGIN, sheet.height - MARGIN - FOOT - len(self.legend) * legend.ROW * UNIT)
            painter.scale(UNIT, UNIT)
            legend.paint(painter, self.legend, QPointF(0, 0))
        painter.restore()

    def _paint_marking(self, painter: QPainter, at: QPointF) -> None:
        """Paint the marking as its letters on black (TLP 2.0), its upper right corner at a point."""
        wide = _width(self.marking) + 8
        painter.fillRect(QRectF(at.x() - wide, at.y() - 1, wide, 13), QColor("#000000"))
        ink = QColor(MARKINGS.get(self.marking, "#FFFFFF"))
        _small(painter, QPointF(at.x() - wide + 4, at.y()), self.marking, colour=ink)


def _width(text: str) -> float:
    return line_width(text, _SMALL)


def _small(painter: QPainter, at: QPointF, *rows: str, colour: QColor) -> None:
    draw_lines_of_text(painter, at, rows, _SMALL, "regular", 11.0, colour)
