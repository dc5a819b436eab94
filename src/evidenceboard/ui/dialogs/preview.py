"""How the pages of an export will look, painted by what will write them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.format import ExportOptions
from evidenceboard.render import page_paint
from evidenceboard.render.included import included
from evidenceboard.render.pages import Pages, planned
from evidenceboard.render.paper import laid_out
from evidenceboard.session import Session
from evidenceboard.ui.plain import plain_label

MOST: Final = 3000
"""Cards up to which a preview is painted."""
_say = QCoreApplication.translate


class Sheet(QWidget):
    """One page on a quiet ground, as large as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumSize(320, 260)
        self.pages: Pages | None = None
        self.page = 0
        self._image: QImage | None = None

    def outdate(self) -> None:
        """Paint the page anew."""
        self._image = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._image = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.pages is not None:
            if self._image is None:
                self._image = self._painted(self.pages)
            ratio = self.devicePixelRatioF()
            wide, high = self._image.width() / ratio, self._image.height() / ratio
            at = QPointF((self.width() - wide) / 2, (self.height() - high) / 2)
            painter.fillRect(QRectF(at.x() - 1, at.y() - 1, wide + 2, high + 2), QColor("#C9C5BC"))
            painter.drawImage(at, self._image)
        painter.end()

    def _painted(self, pages: Pages) -> QImage:
        page = pages.pages[self.page]
        ratio = self.devicePixelRatioF()
        dots = min((self.width() - 4) / page.width, (self.height() - 4) / page.height) * ratio
        wide, high = max(1, round(page.width * dots)), max(1, round(page.height * dots))
        image = QImage(wide, high, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(dots, dots)
        page_paint.paint(painter, pages, self.page)
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image


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

    def show_options(self, session: Session, options: ExportOptions | None) -> None:
        """Show the pages that an export would have; None where it has none."""
        self.sheet.pages, self.sheet.page = None, 0
        said = _say("Export", "This format has no pages.") if options is None else ""
        if options is not None:
            try:
                what = included(session.document, options.board_id, options.at_most)
                if len(what.document.cards_on(what.board.id)) > MOST:
                    said = _say("Export", "Boards of more than {n} cards are shown without a preview.").format(n=MOST)
                else:
                    paper = laid_out(what, lambda share: None)
                    self.sheet.pages = planned(paper, options.product, options.paper)
            except EvidenceBoardError as error:
                said = error.message
        self._tell(said)

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
