"""Printing the board that is shown: the pages of the atlas, on the paper of the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from evidenceboard.errors import StoppedError
from evidenceboard.render import page_paint
from evidenceboard.render.included import included
from evidenceboard.render.pages import planned
from evidenceboard.render.paper import laid_out
from evidenceboard.render.progress import Tick, from_to
from evidenceboard.ui.dialogs.export import file_alone
from evidenceboard.ui.dialogs.waiting import waiting

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
    if not dialog.exec():
        return
    try:
        with waiting(window, _say("Export", "Handing the board to the printer…")) as progress:
            printed = print_board(window, printer, progress)
    except StoppedError:
        window.banner(_say("Export", "Printing was stopped; pages that the printer has already may still come out."))
        return
    if printed:
        said = _say("Export", "The board was handed to the printer.")
        if window.sight.reasons():
            said = _say("Export", "The board was handed to the printer, with the cards too that are left out just now.")
        window.banner(said, *file_alone(window))


def print_board(window: Window, printer: QPrinter, tick: Tick = lambda share: None) -> bool:
    """Print the board that is shown; return whether the printer took it, the window having said so where not."""
    size = printer.pageLayout().pageSize().id()
    paper = _PAPERS.get(size, "A4")
    styling = window.board.surface.styles.chosen(window.board_id)
    laid = laid_out(
        included(window.document, window.board_id, as_of=window.session.as_of), from_to(tick, 0.0, 0.3), styling
    )
    pages = planned(laid, "atlas", paper)
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
    painter.scale(printer.resolution() / 72, printer.resolution() / 72)
    try:
        for place in range(first - 1, last):
            if place > first - 1:
                printer.newPage()
            for piece in page_paint.pieces(pages, place):
                tick(0.3 + 0.7 * (place - first + 1) / max(1, last - first + 1))
                piece(painter)
    except StoppedError:
        printer.abort()
        raise
    finally:
        painter.end()
    return True


def _size(paper: str) -> QPageSize.PageSizeId:
    return next(size for size, name in _PAPERS.items() if name == paper)
