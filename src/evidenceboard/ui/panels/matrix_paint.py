"""How the matrix is painted: its cells, the head of each scenario with its figures, and the claims at the left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from evidenceboard.model.ach import Score
from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.matrix_look import cell_colours
from evidenceboard.ui.panels.matrix_model import SEVERAL, VALUE, WHY, Index, MatrixModel
from evidenceboard.ui.panels.prose import Typeset
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

LINE: Final = 30
HEAD: Final = 104
_SHORT: Final = 76
"""Height of the heads while the figures are hidden."""
_ROUND: Final = 4.0
_OPEN: Final = ("", "NA")
"""Values whose cells have an outline and no ground."""
_KEPT: Final = 100
"""Grounds of cells that are kept when they were drawn."""
_INDENT: Final = 20
"""How far a deception twin stands to the right of its first row."""
_FALLEN: Final = 0.5
"""How strongly the cells of a row are painted that falls under a supposition."""
_AWAY: Final = 0.35
"""How strongly rows are painted that are not the one being judged."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)


class Cells(QStyledItemDelegate):
    """Paint a value: coloured and lettered; a dot where a reason is written, ≠ where analysts differ."""

    def __init__(self, shell: Shell, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._model = shell, model
        self._patches: dict[tuple[object, ...], QImage] = {}
        self.current = -1
        """The row that is being judged."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self._model.row_at(index)
        if self._model.hidden and index.row() != self.current:
            painter.setOpacity(_AWAY)
        elif row is not None and self._model.falls(row):
            painter.setOpacity(_FALLEN)
        rect = QRectF(option.rect).adjusted(2, 2, -2, -2)
        value = str(index.data(VALUE) or "")
        if self._model.score_at(index.column()) is None:
            font = lines.sized(option.font, 12)
            quiet = value in ("medium", "0.00")
            painter.setPen(lines.quiet() if quiet else lines.ink(option))
            painter.setFont(font)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, value)
        else:
            self._value(painter, option, index, rect, value)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setOpacity(1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._shell.palette_.selection), 2))
            painter.drawRoundedRect(rect, _ROUND, _ROUND)
        painter.restore()

    def _value(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRectF, value: str) -> None:
        colours = self._shell.palette_
        ground, ink = cell_colours(colours, value)
        self._patch(painter, rect, value, ground, QColor(colours.border))
        if not value and self._model.link_at(index) is None:
            return  # nearly every cell of a large matrix: no letter, no reason, no second opinion
        painter.setFont(lines.sized(option.font, 12, QFont.Weight.DemiBold))
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, value)
        if index.data(WHY):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(rect.right() - 9, rect.top() + 5, 4, 4))
        if index.data(SEVERAL):
            painter.setPen(ink)
            painter.setFont(lines.sized(option.font, 11))
            painter.drawText(rect.adjusted(6, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "≠")

    def _patch(self, painter: QPainter, rect: QRectF, value: str, ground: QColor, border: QColor) -> None:
        """Paint the ground of a value. One of a size and kind is drawn once: a matrix shows hundreds of cells."""
        ratio = painter.device().devicePixelRatioF()
        if ratio % 1:
            _draw_patch(painter, rect, value, ground, border)  # cells do not begin on whole pixels
            return
        kind = value if value in _OPEN else "·"
        key = (rect.width(), rect.height(), ratio, kind, ground.rgba(), border.rgba())
        if key not in self._patches:
            if len(self._patches) >= _KEPT:
                self._patches.clear()
            size = QSize(int(rect.width() * ratio), int(rect.height() * ratio))
            made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            inner = QPainter(made)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw_patch(inner, QRectF(0, 0, rect.width(), rect.height()), value, ground, border)
            inner.end()
            self._patches[key] = made
        painter.drawImage(rect.topLeft(), self._patches[key])


def _draw_patch(painter: QPainter, rect: QRectF, value: str, ground: QColor, border: QColor) -> None:
    if value in _OPEN:
        # Nothing is said, or nothing applies: no ground that could pass for neutral.
        style = Qt.PenStyle.DotLine if not value else Qt.PenStyle.SolidLine
        painter.setPen(QPen(border, 1, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)


class Scenarios(QHeaderView):
    """The heads of the columns: number and title of a scenario, and beneath them what speaks against it."""

    def __init__(self, shell: Shell, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._shell, self._model = shell, model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _SHORT if self._model.hidden else HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours, score = self._shell.palette_, self._model.score_at(section)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(colours.chrome))
        inside = rect.adjusted(6, 4, -6, -6)
        small = lines.sized(self.font(), 11)
        if score is None:
            said = str(self._model.headerData(section, Qt.Orientation.Horizontal) or "")
            if section and self._model.hidden:
                said = ""
            painter.setFont(small)
            painter.setPen(QColor(colours.muted))
            painter.drawText(inside, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, said)
        else:
            self._head(painter, inside, score, small)
            if not self._model.hidden:
                self._figures(painter, inside, section, score, small)
        painter.setPen(QColor(colours.edge))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _head(self, painter: QPainter, inside: QRect, score: Score, small: QFont) -> None:
        colours = self._shell.palette_
        number = QRect(inside.left(), inside.top(), inside.width(), 18)
        medium = lines.sized(self.font(), 13, QFont.Weight.Medium)
        lines.text(painter, number, score.entity.number, medium, colours.type_colour("scenario"))
        if self._model.by_rank and not self._model.hidden:
            tied = sum(one.rank == score.rank for one in self._model.scores) > 1
            said = _say("{rank}, tied").format(rank=score.rank) if tied else f"{score.rank}"
            if (was := self._model.before(score)) is not None and was.rank != score.rank:
                said = f"{was.rank} → {said}"
            lines.text(painter, number, said, small, lines.quiet(), right=True)
        title = Typeset(one_line(score.entity.title, 120), small, 2)
        title.draw(painter, QRect(inside.left(), inside.top() + 19, inside.width(), 32), QColor(colours.ink))

    def _figures(self, painter: QPainter, inside: QRect, section: int, score: Score, small: QFont) -> None:
        colours = self._shell.palette_
        line = QRect(inside.left(), inside.top() + 54, inside.width(), 20)
        strong = lines.sized(self.font(), 16, QFont.Weight.DemiBold)
        was = self._model.before(score)
        if was is not None and was.marks != score.marks:
            wide = lines.text(painter, line, f"{was.weighted:g} → ", strong, lines.quiet())
            line.setLeft(line.left() + wide)
        wide = lines.text(painter, line, f"{score.weighted:g}", strong, QColor(colours.ink))
        if score.weighted != score.inconsistency:
            plain = _say("plain {n}").format(n=score.inconsistency)
            lines.text(painter, line.adjusted(wide + 6, 2, 0, 0), plain, small, lines.quiet())
        below = QRect(inside.left(), inside.top() + 75, inside.width(), 16)
        blank = f"{score.not_assessed}"
        if was is not None and was.not_assessed != score.not_assessed:
            blank = f"{was.not_assessed} → {blank}"
        lines.text(painter, below, _say("{n} not assessed").format(n=blank), small, lines.quiet())
        self._tie(painter, inside, section, score)

    def _tie(self, painter: QPainter, inside: QRect, section: int, score: Score) -> None:
        """Join what is tied by one bar: equal scores are one place."""
        if not self._model.by_rank:
            return
        left, right = (
            neighbour is not None and neighbour.rank == score.rank
            for neighbour in (self._model.score_at(section - 1), self._model.score_at(section + 1))
        )
        if left or right:
            painter.setPen(QPen(QColor(self._shell.palette_.muted), 2))
            y = inside.bottom() + 3
            painter.drawLine(inside.left() - (6 if left else 0), y, inside.right() + (6 if right else 0), y)


class Claims(QHeaderView):
    """The heads of the rows: number and title of a claim or event."""

    def __init__(self, shell: Shell, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._shell, self._model = shell, model
        self.marked: frozenset[str] = frozenset()
        """The ids of the rows that are selected on the board."""
        self.current = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(LINE)
        self.setDefaultSectionSize(LINE)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if section >= len(self._model.rows):
            return
        colours, row = self._shell.palette_, self._model.rows[section]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(colours.chrome))
        if section == self.current or row.entity.id in self.marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chip))
            painter.drawRoundedRect(QRectF(rect).adjusted(6, 2, -2, -2), _ROUND, _ROUND)
        if self._model.hidden and section != self.current:
            painter.setOpacity(_AWAY)
        kind = entity_type(row.entity.type)
        medium = lines.sized(self.font(), 12, QFont.Weight.Medium)
        falls = bool(self._model.falls(row))
        medium.setStrikeOut(falls)
        number = QRect(rect.left() + 16, rect.top(), 44, rect.height())
        if row.twin_of:
            self._paint_branch(painter, number)
            number.translate(_INDENT, 0)
        lines.text(painter, number, row.entity.number, medium, colours.type_colour(kind.colour))
        title = one_line(row.entity.title) or kind.word
        if row.entity.id in self._model.supposed.supposition.true:
            title = _say("✓ supposed true: {title}").format(title=title)
        room = QRect(number.left() + 46, rect.top(), rect.right() - number.left() - 56, rect.height())
        plain = lines.sized(self.font(), 12)
        plain.setStrikeOut(falls)
        quiet = falls or bool(row.twin_of)
        lines.text(painter, room, title, plain, lines.quiet() if quiet else QColor(colours.ink))
        painter.restore()

    def _paint_branch(self, painter: QPainter, number: QRect) -> None:
        """Tie a deception twin to the row above it."""
        painter.setPen(QPen(QColor(self._shell.palette_.muted), 1))
        x, y = number.left() + 6, number.center().y()
        painter.drawLine(x, number.top(), x, y)
        painter.drawLine(x, y, x + 9, y)
