"""The health panel: what is worth a second look, by rule; a line leads there, and is silenced with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import Operation
from evidenceboard.model.health import DOUBLE, UNVERIFIED, Finding
from evidenceboard.model.records import Attachment
from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels import lines
from evidenceboard.ui.panels.health_listing import Line, listing
from evidenceboard.ui.panels.health_model import ROW, Heading, HealthModel, Index
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.panels.row_list import row_list
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns

PAUSE: Final = 150
"""Milliseconds after a change before the rules are applied anew to a large file; to a small one they are at once."""
_HEAD, _LINE = 34, 46


def _say(text: str) -> str:
    return QCoreApplication.translate("Health", text)


class _Lines(QStyledItemDelegate):
    """Paint a rule with its count, or a finding: number and title, and beneath what was found."""

    def __init__(self, parent: QWidget, shell: Shell, model: HealthModel) -> None:
        super().__init__(parent)
        self._shell, self._model = shell, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _HEAD if isinstance(index.data(ROW), Heading) else _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        lines.ground(painter, option)
        if isinstance(row, Heading):
            bold = lines.sized(option.font, 13, QFont.Weight.DemiBold)
            count = lines.text(
                painter, rect.adjusted(16, 4, -16, 0), f"{row.count:,}", option.font, lines.quiet(), right=True
            )
            lines.text(painter, rect.adjusted(32, 4, -count - 24, 0), row.words, bold, lines.ink(option))
            middle = QPoint(rect.left() + 19, rect.center().y() + 2)
            across = [(-3, -1), (0, 2), (3, -1)] if row.open else [(-1, -3), (2, 0), (-1, 3)]
            painter.setPen(lines.quiet())
            painter.drawPolyline([QPoint(middle.x() + x, middle.y() + y) for x, y in across])
        elif isinstance(row, Line):
            type_id, title = self._model.about(row)
            colour = self._shell.palette_.type_colour(entity_type(type_id).colour)
            first = QRect(rect.left() + 32, rect.top() + 3, rect.width() - 46, 21)
            wide = lines.text(
                painter, first, row.finding.number, lines.sized(option.font, 12, QFont.Weight.Medium), colour
            )
            room = first.adjusted(max(42, wide + 8), 0, 0, 0)
            lines.text(painter, room, title, lines.sized(option.font, 13), lines.ink(option))
            below = QRect(room.left(), first.bottom() - 1, room.width(), 20)
            lines.text(painter, below, row.beneath, lines.sized(option.font, 12), lines.quiet())
        painter.restore()


class Health(QWidget):
    """List what the rules find, go there, silence it."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("health")
        self._shell = shell
        self._stale = self._small = True
        self.model = HealthModel(lambda: shell.supposing.seen, self)
        self.list = self._list()
        self.empty = Prose("", self, quiet=True)
        self.late = Prose(_say("As it was before the last change. Looking again…"), self, quiet=True)
        self.late.setObjectName("healthOfBefore")
        self.other = QPushButton(self)
        self.other.setObjectName("healthSilenced")
        self.other.setProperty("quiet", True)
        self.other.clicked.connect(self._turn)
        self.what = Prose("", self)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("silenceReason")
        self.reason.setPlaceholderText(_say("Why it need not be looked at"))
        self.reason.setAccessibleName(_say("Reason for silencing it"))
        self.reason.textChanged.connect(lambda: self._tell_buttons())
        self.reason.returnPressed.connect(self.silence)
        self.hush = QPushButton(_say("Silence"), self)
        self.hush.setObjectName("silence")
        self.hush.clicked.connect(self.silence)
        self.again = QPushButton(_say("Tell it again"), self)
        self.again.setObjectName("tellAgain")
        self.again.clicked.connect(self.tell_again)
        self.check = QPushButton(_say("Verify now"), self)
        self.check.setObjectName("verifyNow")
        self.check.clicked.connect(self.verify)
        self.both = QPushButton(_say("Look at both…"), self)
        self.both.setObjectName("lookAtBoth")
        self.both.clicked.connect(self.look_at_both)
        self.foot = QWidget(self)
        self.foot.setObjectName("healthDetails")
        self._arrange()
        self.setFocusProxy(self.list)
        self._turns = Turns(self)
        self._turns.done.connect(lambda listed: self._draw(lambda: self.model.take(listed)))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        shell.bridge.changed.connect(self._changed)
        shell.supposing.changed.connect(self._outdate)
        on_look(shell, self.list.viewport().update)
        self.refresh()

    def _list(self) -> QTableView:
        view = row_list(self, "healthList", _say("Findings by rule"), self.model, high=_LINE, least=_HEAD)
        view.setItemDelegate(_Lines(view, self._shell, self.model))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.clicked.connect(self.go)
        view.selectionModel().currentChanged.connect(lambda: self._tell())
        view.installEventFilter(self)
        self.model.modelReset.connect(self._size_headings)
        return view

    def _size_headings(self) -> None:
        for row in self.model.headings():
            self.list.verticalHeader().resizeSection(row, _HEAD)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(6)
        indented = QVBoxLayout()
        indented.setContentsMargins(16, 0, 16, 0)
        indented.addWidget(self.empty)
        column.addLayout(indented)
        column.addWidget(self.list, 1)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(16, 4, 16, 4)
        foot.setSpacing(8)
        foot.addWidget(self.what)
        foot.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.both, self.hush, self.again, self.check):
            row.addWidget(button)
        row.addStretch(1)
        foot.addLayout(row)
        column.addWidget(self.foot)
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        below.addWidget(self.late)
        column.addLayout(below)
        last = QHBoxLayout()
        last.setContentsMargins(12, 0, 12, 0)
        last.addWidget(self.other)
        last.addStretch(1)
        column.addLayout(last)

    # -- what is listed ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Apply the rules: at once, or bit by bit where there is much to look at."""
        self._later.stop()
        self._stale = False
        supposing = self._shell.supposing
        self._turns.start(listing(supposing.seen, supposing.supposed.falls, self.model.listed))
        self._small = not self._turns.busy
        policy = self.late.sizePolicy()
        policy.setRetainSizeWhenHidden(not self._small)  # so that nothing moves under the hand when it comes
        self.late.setSizePolicy(policy)
        if self._turns.busy:
            self._tell_empty()

    def _draw(self, change: Callable[[], None]) -> None:
        """Show other lines; the chosen one stays chosen where it is still there, and the list where it is."""
        was, row = self.chosen(), self.list.currentIndex().row()
        scrolled = self.list.verticalScrollBar().value()
        change()
        self.list.verticalScrollBar().setValue(scrolled)
        if was is not None:
            place = self.model.place_of(was.finding)
            if not place.isValid() and self.model.rows:
                # What was dealt with is gone; the next stands in its place.
                place = self.model.index(min(row, len(self.model.rows) - 1))
            self.list.setCurrentIndex(place)
        self._tell()
        self._tell_empty()

    @property
    def is_of_now(self) -> bool:
        """Tell whether what is listed is what the rules find now, or will be before anybody sees it."""
        return not self._turns.busy and (self._small or not self._stale)

    def _tell_empty(self) -> None:
        model = self.model
        none = _say("Nothing is silenced.") if model.silenced else _say("No rule found anything on this board.")
        if not model.silenced and model.silent:
            none = _say("All that the rules found is silenced.")
        if not self.is_of_now:
            none = _say("Looking the file over…")
        self.empty.say(none)
        self.empty.setVisible(not model.rows)
        self.late.setVisible(bool(model.rows) and not self.is_of_now)
        self.list.setVisible(bool(model.rows))
        said = _say("{n} silenced · show").format(n=f"{model.silent:,}")
        self.other.setText(_say("Back to what is told") if model.silenced else said)
        self.other.setVisible(model.silenced or bool(model.silent))

    def _changed(self, operation: Operation) -> None:
        if operation.tables() & {"entities", "links", "assessments", "attachments", "settings", "conflicts"}:
            self._outdate()

    def _outdate(self) -> None:
        self._stale = True
        self._turns.stop()
        if self.isVisible():
            self._later.start(0 if self._small else PAUSE)
        self._tell_empty()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _turn(self) -> None:
        self.model.silenced = not self.model.silenced
        self.list.setCurrentIndex(QModelIndex())
        self._draw(self.model.refresh)

    # -- one finding -------------------------------------------------------------------------------------------

    def chosen(self) -> Line | None:
        """Return the line that is chosen, or None."""
        row = self.list.currentIndex().data(ROW) if self.list.currentIndex().isValid() else None
        return row if isinstance(row, Line) else None

    def go(self, index: QModelIndex) -> None:
        """Go to the entity of a finding, and to the link where it is about one; fold a heading."""
        row = index.data(ROW)
        if isinstance(row, Heading):
            self.model.fold(row.rule)
            self.list.setCurrentIndex(self.model.index(index.row()))
            self._tell_empty()
        elif isinstance(row, Line):
            self._shell.show_entity(row.finding.entity_id)
            if self._shell.document.find("links", row.finding.subject_id):
                self._shell.selection.set(links=[row.finding.subject_id])

    def _tell(self) -> None:
        line = self.chosen()
        self.foot.setVisible(line is not None)
        if line is None:
            return
        self.what.say(f"{line.finding.number}: {line.finding.what}" + (f" {line.reason}" if line.reason else ""))
        silenced = self.model.silenced
        self.reason.setVisible(not silenced)
        self.hush.setVisible(not silenced)
        self.again.setVisible(silenced)
        self.both.setVisible(line.finding.rule == DOUBLE and not silenced)
        self.check.setVisible(line.finding.rule == UNVERIFIED and not silenced)
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        may = not self._shell.session.read_only
        self.hush.setEnabled(may and bool(self.reason.text().strip()))
        for widget in (self.reason, self.again, self.check):
            widget.setEnabled(may)

    def silence(self) -> None:
        """Silence the chosen finding with the reason in the field."""
        line, reason = self.chosen(), self.reason.text()
        if line is None or not reason.strip():
            return
        one = line.finding
        done = self._shell.perform(
            "Silence a finding", lambda tx: commands.silence(tx, one.rule, one.subject_id, reason)
        )
        if done:
            self.reason.clear()
            self.refresh()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_again(self) -> None:
        """Take the chosen silence back."""
        line = self.chosen()
        if line is not None:
            one = line.finding
            self._shell.perform("Tell a finding again", lambda tx: commands.unsilence(tx, one.rule, one.subject_id))
            self.refresh()

    def look_at_both(self) -> None:
        """Show the card of the chosen finding beside the one that it may be."""
        line = self.chosen()
        if line is not None:
            self._shell.show_entity(line.finding.entity_id)
            self._shell.run("lookalikes")

    def verify(self) -> None:
        """Hash the attachment of the chosen finding anew and note it where it is as it was taken in."""
        line = self.chosen()
        if line is None:
            return
        try:
            sound = self._is_sound(line.finding)
        except EvidenceBoardError as error:
            self._shell.banner(error.message, error.hint, alarm=True)
            return
        if not sound:
            said = _say("This attachment is not as it was taken in; nothing was changed.")
            self._shell.banner(said, _say("`check` looks the whole file over."), alarm=True)
            return
        attachment_id = line.finding.subject_id
        self._shell.perform("Verify an attachment", lambda tx: commands.note_verified(tx, [attachment_id]))
        self.refresh()

    def _is_sound(self, finding: Finding) -> bool:
        kept = self._shell.document.get(Attachment, finding.subject_id)
        data = self._shell.session.attachment(kept.sha256)
        return len(data) == kept.size and hashlib.sha256(data).hexdigest() == kept.sha256

    # -- keys --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            index = self.list.currentIndex()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go(index)
                return True
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(row := index.data(ROW), Heading):
                if row.open != (event.key() == Qt.Key.Key_Right):
                    self.go(index)
                return True
        return super().eventFilter(watched, event)


make: Final = Health
