"""Printing the board that is shown: the pages of the atlas, on the paper of the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from evidenceboard.render import page_paint
from evidenceboard.render.included import included
from evidenceboard.render.pages import planned
from evidenceboard.render.paper import laid_out

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_PAPERS: Final = {
    QPageSize.PageSizeId.A4: "A4",
    QPageSize.PageSizeId.A3: "A3",
    QPageSize.PageSizeId.Letter: "Letter",
}
_say = QCoreApplication.translate


def ask(window: Window) -> None:
    """Ask for a printer, and print the board that is shown."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setCreator("Evidenceboard")
    dialog = QPrintDialog(printer, window)
    if dialog.exec() and print_board(window, printer):
        window.banner(_say("Export", "The board was handed to the printer."))


def print_board(window: Window, printer: QPrinter) -> bool:
    """Print the board that is shown; return whether the printer took it, the window having said so where not."""
    size = printer.pageLayout().pageSize().id()
    paper = _PAPERS.get(size, "A4")
    pages = planned(laid_out(included(window.document, window.board_id), lambda share: None), "atlas", paper)
    count = len(pages.pages)
    lying = pages.pages[0].width > pages.pages[0].height
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(_size(paper)), orientation, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        window.banner(
            _say("Export", "The printer did not take the board; nothing was printed."),
            _say("Export", "Export it as PDF and print that."),
            alarm=True,
        )
        return False
    first = printer.fromPage() or 1
    last = min(printer.toPage() or count, count)
    for place in range(first - 1, last):
        if place > first - 1:
            printer.newPage()
        painter.save()
        painter.scale(printer.resolution() / 72, printer.resolution() / 72)
        page_paint.paint(painter, pages, place)
        painter.restore()
    painter.end()
    return True


def _size(paper: str) -> QPageSize.PageSizeId:
    return next(size for size, name in _PAPERS.items() if name == paper)
