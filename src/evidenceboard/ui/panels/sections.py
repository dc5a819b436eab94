"""The smaller parts of the inspector's pages: heads, headings, rules, chips and rows that lead somewhere."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidenceboard.model.entity_type import EntityType
from evidenceboard.render.icons import icon
from evidenceboard.ui.panels.prose import Prose, ProseButton, letters
from evidenceboard.ui.plain import one_line, plain_label, plain_tip
from evidenceboard.ui.shell import Shell

NUMBER: Final = 40
"""Width of the column of numbers, in pixels."""

_WIDEST: Final = 150
"""Pixels that the words of a chip have at most."""


def column(parent: QWidget, spacing: int = 0) -> QVBoxLayout:
    """Give a widget a column without margins."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def rule(parent: QWidget) -> QFrame:
    """Return a hairline."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    line.setAutoFillBackground(True)
    colours = line.palette()
    colours.setColor(QPalette.ColorRole.Window, colours.color(QPalette.ColorRole.Mid))
    line.setPalette(colours)
    return line


def heading(text: str, parent: QWidget) -> Prose:
    """Return the heading of a section."""
    made = Prose(text, parent, weight=QFont.Weight.DemiBold)
    made.setObjectName("heading")
    return made


def head(shell: Shell, kind: EntityType, right: str, parent: QWidget, tail: str = "") -> QWidget:
    """Return the first line of a page: glyph and word in the colour of the type, the number at the right."""
    line = QWidget(parent)
    row = QHBoxLayout(line)
    row.setContentsMargins(ProseButton.PAD[0], 0, ProseButton.PAD[0], 0)
    row.setSpacing(8)
    colour = shell.palette_.type_colour(kind.colour)
    glyph = plain_label("", line)
    glyph.setPixmap(icon(kind.glyph, colour).pixmap(QSize(18, 18), line.devicePixelRatioF()))
    row.addWidget(glyph)
    row.addWidget(Prose(kind.word + tail, line, weight=QFont.Weight.Medium, colour=colour), 1)
    number = Prose(right, line, quiet=True)
    row.addWidget(number, 0, Qt.AlignmentFlag.AlignRight)
    return line


class Chip(QToolButton):
    """A short fact on a patch; a click leads to the link that says it."""

    def __init__(self, text: str, parent: QWidget, colour: QColor | None = None) -> None:
        super().__init__(parent)
        self._font, self._colour = letters(self, 11, QFont.Weight.Medium), colour
        said = one_line(text)
        # Without an end it would make the whole panel as wide as it is.
        self._words = QFontMetricsF(self._font).elidedText(said, Qt.TextElideMode.ElideRight, _WIDEST)
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(int(QFontMetricsF(self._font).horizontalAdvance(self._words)) + 15, 19)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setFont(self._font)
        painter.setPen(self._colour or self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)


class More(QToolButton):
    """Three dots that show while the row has the pointer or they have the keyboard."""

    def __init__(self, said: str, row: QWidget) -> None:
        super().__init__(row)
        self._row = row
        self.setFixedSize(20, 20)
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not (self._row.underMouse() or self.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Link) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.WindowText))
        for x in (5, 10, 15):
            painter.drawEllipse(QRectF(x - 1.2, 8.8, 2.4, 2.4))


class Leading(QWidget):
    """A number in its colour, a title that leads to the entity, a chip, and a quiet line that leads to the link."""

    go = Signal()
    link_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        number: str,
        title: str,
        colour: QColor,
        parent: QWidget,
        *,
        chip: str = "",
        chip_help: str = "",
        chip_colour: QColor | None = None,
        beneath: str = "",
        beneath_colour: QColor | None = None,
        beneath_help: str = "",
        has_link: bool = True,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        self.number = ProseButton(number, self, weight=QFont.Weight.Medium, colour=colour)
        self.number.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.number.setMinimumWidth(NUMBER)
        self.number.clicked.connect(self.go)
        grid.addWidget(self.number, 0, 0, top)
        self.title = ProseButton(title, self, lines=3)
        self.title.name(f"{number} {title}")
        self.title.setToolTip(plain_tip(title))
        self.title.clicked.connect(self.go)
        grid.addWidget(self.title, 0, 1)
        self.beneath: ProseButton | None = None
        if beneath:
            self.beneath = ProseButton(beneath, self, size=12, quiet=beneath_colour is None, colour=beneath_colour)
            self.beneath.name(f"{number}: {beneath}")
            if beneath_help:
                self.beneath.setToolTip(plain_tip(beneath_help))
            self.beneath.clicked.connect(self.link_wanted)
            grid.addWidget(self.beneath, 1, 1, 1, 2)
        self.chip: Chip | None = None
        if chip:
            self.chip = Chip(chip, self, chip_colour)
            self.chip.setToolTip(plain_tip(chip_help))
            self.chip.clicked.connect(self.link_wanted)
            edge = QVBoxLayout()
            edge.setContentsMargins(4, 2, ProseButton.PAD[0], 0)
            edge.addWidget(self.chip, 0, top)
            grid.addLayout(edge, 0, 2, top)
        self.more: More | None = None
        if has_link and not chip:
            said = QCoreApplication.translate("Leading", "Show the link with {number}")
            self.more = More(said.format(number=number), self)
            self.more.clicked.connect(self.link_wanted)
            grid.addWidget(self.more, 0, 2, top)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


def menu_at(parent: QWidget, place: QPoint, offers: list[tuple[str, object]]) -> QMenu:
    """Open a menu of our own words at a place on the screen."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, run in offers:
        act = menu.addAction(text)
        if callable(run):
            act.triggered.connect(lambda _=False, run=run: run())
    menu.popup(place)
    return menu
