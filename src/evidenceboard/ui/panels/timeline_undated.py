"""What has no date on the timeline: listed, shown on the board by a click, and dated where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.model.timeline import Moment
from evidenceboard.model.types import entity_type
from evidenceboard.render.icons import icon
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.dates_typed import understanding
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.saving import put
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

_ROW: Final = 28
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


def _say(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


class _Model(QAbstractListModel):
    """The moments without a date, in the order of their numbers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.moments: Sequence[Moment] = ()

    def show(self, moments: Sequence[Moment]) -> None:
        """Show other moments."""
        self.beginResetModel()
        self.moments = moments
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.moments)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            moment = self.moments[index.row()]
            return f"{moment.number} {one_line(moment.title)}"
        return self.moments[index.row()] if role == Qt.ItemDataRole.UserRole else None


class _Lines(QStyledItemDelegate):
    """Paint a line: glyph, number, title."""

    def __init__(self, parent: QWidget, shell: Shell) -> None:
        super().__init__(parent)
        self._shell = shell

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        moment = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(moment, Moment):
            return
        painter.save()
        lines.ground(painter, option)
        rect: QRect = option.rect.adjusted(14, 0, -12, 0)
        kind = entity_type(moment.type)
        colour = self._shell.palette_.type_colour(kind.colour)
        icon(kind.glyph, colour).paint(painter, QRect(rect.left(), rect.center().y() - 7, 16, 16))
        bold = lines.sized(option.font, 12, QFont.Weight.Medium)
        wide = lines.text(painter, rect.adjusted(24, 0, 0, 0), moment.number, bold, lines.quiet())
        title = rect.adjusted(24 + max(wide + 8, 34), 0, 0, 0)
        lines.text(painter, title, one_line(moment.title, 160), lines.sized(option.font, 12), lines.ink(option))
        painter.restore()


class Undated(QWidget):
    """List what has no date; a click goes to it, and a date written below is kept with Enter.

    `field_of` names the field of a moment in which the date that is shown stands, "" where it stands elsewhere.
    """

    def __init__(self, shell: Shell, field_of: Callable[[Moment], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelineUndatedPart")
        self._shell, self._field_of = shell, field_of
        self._model = _Model(self)
        self.list = QListView(self)
        self.list.setObjectName("timelineUndatedList")
        self.list.setAccessibleName(_say("Without a date"))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Lines(self.list, shell))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._go(index))
        self.list.activated.connect(lambda index: self._write_at(index))
        self.list.selectionModel().currentChanged.connect(lambda: self._tell())
        self.date = QLineEdit(self)
        self.date.setObjectName("timelineDate")
        self.date.setPlaceholderText(_say("Date, such as mid Oct 2024"))
        self.date.textChanged.connect(lambda: self._tell())
        self.date.returnPressed.connect(self.keep)
        self.beneath = Prose("", self, size=12, quiet=True)
        self.beneath.setObjectName("timelineDateSaid")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 0, 12, 0)
        inside.setSpacing(4)
        inside.addWidget(self.date)
        inside.addWidget(self.beneath)
        column.addLayout(inside)
        self._tell()

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """List other moments; the line that was chosen, or the one in its place, stays so."""
        row, chosen = self.list.currentIndex().row(), self.chosen
        self._model.show(moments)
        at = next((n for n, one in enumerate(moments) if chosen and one.entity_id == chosen.entity_id), row)
        if moments and at >= 0:
            self.list.setCurrentIndex(self._model.index(min(at, len(moments) - 1), 0))
        self._tell()

    @property
    def chosen(self) -> Moment | None:
        """Return the moment whose line is chosen."""
        moment = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return moment if isinstance(moment, Moment) else None

    def _go(self, index: QModelIndex) -> None:
        moment = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(moment, Moment):
            self._shell.show_entity(moment.entity_id)

    def _write_at(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        if self.date.isEnabled():
            self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        moment = self.chosen
        field = self._field_of(moment) if moment else ""
        self.date.setEnabled(bool(field) and not self._shell.session.read_only)
        if moment is None:
            said = _say("Choose a line to write its date.")
        elif not field:
            said = _say(
                "{number} takes this date from what is tied to it: a link’s “Reported”, a source’s “Published”, a file."
            ).format(number=moment.number)
        else:
            said = understanding(self._shell.session, self.date.text()) or _say(
                "Date of {number}; Enter keeps it"
            ).format(number=moment.number)
        self.date.setAccessibleName(_say("Date of {number}").format(number=moment.number) if moment else _say("Date"))
        self.beneath.say(said)

    def keep(self) -> None:
        """Write the date; where it is refused it stays in the box, with the reason beneath."""
        moment, typed = self.chosen, self.date.text()
        field = self._field_of(moment) if moment else ""
        if moment is None or not field or not typed.strip():
            return
        label = {"happened": _say("Happened"), "published": _say("Published")}[field]
        refused = put(
            self._shell,
            "Change {field}",
            lambda tx: commands.set_fields(tx, moment.entity_id, **{field: typed}),
            field=label,
        )
        if refused:
            self.beneath.say(refused)
        else:
            self.date.clear()
