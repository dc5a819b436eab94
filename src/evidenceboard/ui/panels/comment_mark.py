"""The bubble beside a field that is talked about; a click goes to what is said."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from evidenceboard.render.talk import HIGH, paint_talk, talk_width
from evidenceboard.ui.plain import plain_tip
from evidenceboard.ui.shell import Shell


class CommentMark(QToolButton):
    """Show how many open comments a field has; it is not there where it has none."""

    def __init__(self, shell: Shell, field: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._field = shell, field
        self.setObjectName("commentMark")
        self.count = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        self.count = count
        say = QCoreApplication.translate
        said = (
            say("Comments", "{field}: 1 open comment") if count == 1 else say("Comments", "{field}: {n} open comments")
        )
        self.setAccessibleName(said.format(field=self._field, n=f"{count:,}"))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.setFixedSize(self.sizeHint())
        self.setVisible(bool(count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(talk_width(max(self.count, 1))) + 4, round(HIGH) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QColor(self._shell.palette_.selection) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._shell.palette_.chip))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        paint_talk(painter, self._shell.palette_, self.count, QPointF(2, 2))
        painter.end()
