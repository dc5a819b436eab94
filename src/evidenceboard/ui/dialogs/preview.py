"""How the pages of an export will look, painted by what will write them, a little at a time."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.format import ExportOptions
from evidenceboard.render import page_paint
from evidenceboard.render.included import included
from evidenceboard.render.pages import Pages, planned
from evidenceboard.render.paper import Paper, laid_out
from evidenceboard.session import Session
from evidenceboard.ui.plain import plain_label

MOST: Final = 3000
"""Cards up to which a preview is painted."""
_SLICE: Final = 0.008
"""Seconds after which painting lets the window do something else."""
_EDGE: Final = "#C9C5BC"
_say = QCoreApplication.translate


class _OutdatedError(Exception):
    """Drop a layout that nobody waits for any more."""


class Sheet(QWidget):
    """One page on a quiet ground, as large as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 260)
        self.pages: Pages | None = None
        self.page = 0
        self._image: QImage | None = None
        self._rest: Iterator[page_paint.Piece] | None = None
        self._dots = 1.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def settled(self) -> bool:
        """Return whether the page is painted whole."""
        return self._rest is None

    def outdate(self) -> None:
        """Paint the page anew."""
        self._image = self._rest = None
        if self.pages is not None:
            page = self.pages.pages[self.page]
            ratio = self.devicePixelRatioF()
            self._dots = min((self.width() - 4) / page.width, (self.height() - 4) / page.height) * ratio
            wide, high = max(1, round(page.width * self._dots)), max(1, round(page.height * self._dots))
            self._image = QImage(wide, high, QImage.Format.Format_RGB32)
            self._image.fill(Qt.GlobalColor.white)
            self._rest = page_paint.pieces(self.pages, self.page)
            self._timer.start()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.outdate()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        wide, high = self._image.width() / ratio, self._image.height() / ratio
        box = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(_EDGE))
        painter.drawImage(box, self._image)
        painter.end()

    def _go_on(self) -> None:
        if self._rest is None or self._image is None:
            self._timer.stop()
            return
        begun = monotonic()
        painter = QPainter(self._image)
        painter.scale(self._dots, self._dots)
        while monotonic() - begun < _SLICE:
            piece = next(self._rest, None)
            if piece is None:
                self._rest = None
                break
            piece(painter)
        painter.end()
        self.update()


class Preview(QWidget):
    """The page that is looked at, and a way to the others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.sheet = Sheet(self)
        self.said = plain_label("", self, name="quiet")
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back, self.on = QToolButton(self), QToolButton(self)
        self.back.setText("‹")
        self.on.setText("›")
        self.back.setAccessibleName(_say("Export", "Page before"))
        self.on.setAccessibleName(_say("Export", "Next page"))
        self.back.clicked.connect(lambda: self._go(-1))
        self.on.clicked.connect(lambda: self._go(1))
        row = QHBoxLayout()
        row.addStretch(1)
        for part in (self.back, self.said, self.on):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet, 1)
        column.addLayout(row)
        self._wanted: tuple[Session, ExportOptions] | None = None
        self._turn = 0
        self._paper: tuple[tuple[str | None, str, str], Paper] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._lay_out)

    @property
    def settled(self) -> bool:
        """Return whether what is wanted is shown."""
        return self._wanted is None and self.sheet.settled

    def show_options(self, session: Session, options: ExportOptions | None) -> None:
        """Show the pages that an export would have, as soon as they are made; None where it has none."""
        self._turn += 1
        self.sheet.pages, self.sheet.page = None, 0
        self._wanted = (session, options) if options is not None else None
        if options is None:
            self._tell(_say("Export", "This format has no pages."))
        else:
            self._tell("")
            self._soon.start(0)

    def give_up(self) -> None:
        """Make no more pages: the dialog goes."""
        self._turn += 1
        self._wanted = None
        self._soon.stop()

    def _lay_out(self) -> None:
        if self._wanted is None:
            return
        turn, said = self._turn, ""
        try:
            self.sheet.pages = self._made(*self._wanted)
        except _OutdatedError:
            return
        except EvidenceBoardError as error:
            said = error.message
        if turn == self._turn:
            self._wanted = None
            self._tell(said)

    def _made(self, session: Session, options: ExportOptions) -> Pages:
        """Return the pages, the window staying alive meanwhile. Raises `_OutdatedError` when others are wanted."""
        turn, last = self._turn, monotonic()

        def tick(share: float) -> None:
            nonlocal last
            if monotonic() - last > 2 * _SLICE:
                QApplication.processEvents()
                last = monotonic()
            if turn != self._turn:
                raise _OutdatedError

        key = (options.board_id, options.at_most, options.styling)
        if self._paper is None or self._paper[0] != key:
            what = included(session.document, options.board_id, options.at_most, as_of=session.as_of)
            if len(what.document.cards_on(what.board.id)) > MOST:
                words = _say("Export", "Boards of more than {n} cards are shown without a preview.")
                raise EvidenceBoardError(words.format(n=MOST))
            self._paper = key, laid_out(what, tick, options.styling)
        return planned(self._paper[1], options.product, options.paper)

    def _go(self, step: int) -> None:
        self.sheet.page += step
        self._tell("")

    def _tell(self, said: str) -> None:
        pages = self.sheet.pages.pages if self.sheet.pages else []
        self.back.setEnabled(self.sheet.page > 0)
        self.on.setEnabled(self.sheet.page < len(pages) - 1)
        self.back.setVisible(len(pages) > 1)
        self.on.setVisible(len(pages) > 1)
        if pages:
            page = pages[self.sheet.page]
            size = f"{round(page.width / 72 * 25.4)} × {round(page.height / 72 * 25.4)} mm"
            said = _say("Export", "page {n} of {all} · {size}").format(n=self.sheet.page + 1, all=len(pages), size=size)
        self.said.setText(said)
        self.sheet.outdate()
