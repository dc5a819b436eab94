"""The row of a judgement: its value, who judged so and why, what was judged before, and the asking for a reason."""

from __future__ import annotations

import uuid
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.confirmed import CONFIRMED, asks_by_whom
from evidenceboard.model.definitions import definition
from evidenceboard.model.judged import judged
from evidenceboard.model.records import Assessment, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.yardsticks import reading
from evidenceboard.ui.panels.field_row import FieldRow
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.judged_words import change_said, judgement
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.range_bar import RangeBar
from evidenceboard.ui.panels.reason_line import ReasonLine
from evidenceboard.ui.panels.saving import Drafts, put, put_field
from evidenceboard.ui.plain import plain_tip
from evidenceboard.ui.shell import Shell

LISTED: Final = 40
"""Earlier values that are listed; the rest is counted."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Judgement", text)


class JudgedRow(FieldRow):
    """Show a judgement with what is known of it; a changed one asks why, in place."""

    def __init__(self, shell: Shell, field: Field, subject_id: str, drafts: Drafts, parent: QWidget) -> None:
        self._shell = shell
        self.asking: ReasonLine | None = None
        self.range = RangeBar()
        self.history = ProseButton("", size=11, quiet=True)
        self.saying_why = ProseButton("", size=11, quiet=True)
        self._unexplained = False
        self._earlier: QWidget | None = None
        super().__init__(
            field,
            subject_id,
            lambda: judgement(shell, subject_id, field, unexplained=self._unexplained),
            self._judge,
            drafts,
            parent,
            editable=not shell.session.read_only,
        )

    def _build(self) -> None:
        super()._build()
        self._column.insertWidget(1, self.range)
        self.history.setObjectName("history")
        self.history.clicked.connect(self.turn_history)
        self.saying_why.clicked.connect(self._write_reason)
        self._tools = QWidget(self)
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.history)
        row.addWidget(self.saying_why)
        row.addStretch(1)
        self._column.addWidget(self._tools)

    @property
    def busy(self) -> bool:
        """Whether something is being written here."""
        return super().busy or self.asking is not None

    def refresh(self) -> None:
        """Show the judgement as the document has it now."""
        super().refresh()
        document = self._shell.document
        found = judged(document, self.subject_id, self.field.key)
        value = found.counts.value if found else ""
        self.range.show_reading(reading(document, value) if self.field.key == "likelihood" and value else None)
        self.value.setToolTip(plain_tip(definition(document, self.field.key, value)) if value else "")
        # What was judged once and taken back has a history too, and nobody would know.
        known = found is not None or bool(self._past())
        self.history.setVisible(known)
        self.history.say(_say("Hide the history") if self._earlier else _say("History"))
        own = self._own()
        free = self.value.isEnabled() and self.asking is None and self.field.key != "consistency"
        self.saying_why.setVisible(own is not None and free)
        self.saying_why.say(_say("Change the reason") if own and own.reason else _say("Say why"))
        self._tools.setVisible(known)
        if self._earlier is not None:
            self._show_history()

    def _own(self) -> Assessment | None:
        found = judged(self._shell.document, self.subject_id, self.field.key)
        author_id = self._shell.session.author_id
        return next((one for one in found.made if one.author_id == author_id), None) if found else None

    # -- what was judged before --------------------------------------------------------------------------------

    def _past(self) -> list[str]:
        """Return the lines of the history, newest first."""
        try:
            found = self._shell.session.judgement_history(self.subject_id, self.field.key)
        except EvidenceBoardError as error:
            return [str(error)]
        lines = [change_said(self._shell, one) for one in reversed(found[-LISTED:])]
        more = len(found) - LISTED
        return [*lines, _say("and {n} before").format(n=f"{more:,}")] if more > 0 else lines

    def turn_history(self) -> None:
        """Open the earlier values in place, or close them."""
        if self._earlier is None:
            self._show_history()
        else:
            self._hide_history()
        self.history.say(_say("Hide the history") if self._earlier else _say("History"))

    def _show_history(self) -> None:
        self._hide_history()
        self._earlier = QWidget(self)
        self._earlier.setObjectName("earlier")
        lines = QVBoxLayout(self._earlier)
        lines.setContentsMargins(ProseButton.PAD[0], 2, 0, 4)
        lines.setSpacing(3)
        for said in self._past() or [_say("This file keeps no earlier value.")]:
            lines.addWidget(Prose(said, self._earlier, size=11))
        self._column.addWidget(self._earlier)
        self._earlier.show()

    def _hide_history(self) -> None:
        if self._earlier is not None:
            self._earlier.hide()
            self._earlier.deleteLater()
            self._earlier = None

    # -- judging -----------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Write what was chosen, and a reason that is being typed."""
        super().keep()
        if self.asking is not None and self.asking.typed():
            self.asking.keep()

    def _judge(self, typed: str) -> str:
        own = self._own()
        before = own.value if own else ""
        link = self._shell.document.find("links", self.subject_id)
        if (
            before != typed
            and isinstance(link, Link)
            and self.field.key == "credibility"
            and asks_by_whom(self._shell.document, link, typed)
        ):
            self._ask(self._by_whom())
            return ""
        group = uuid.uuid4().hex
        refused = put_field(self._shell, self.subject_id, self.field, typed, group=group)
        self._unexplained = False
        if not refused and before and typed and before != typed:
            question = _say("Why {value} instead of {before}?").format(value=typed, before=before)
            self._ask(self._why(question, group))
        return refused

    def _why(self, question: str, group: str, text: str = "") -> ReasonLine:
        def keep(typed: str) -> str:
            self._unexplained = not typed
            if typed == text:
                return ""
            return put(self._shell, "Say why", lambda tx: self._give_reason(tx, typed), group=group)

        return ReasonLine(question, keep, self, text=text, hint=_say("Enter keeps, Esc skips"))

    def _give_reason(self, tx: Transaction, reason: str) -> None:
        link = tx.document.find("links", self.subject_id)
        if self.field.key == "consistency" and isinstance(link, Link):
            commands.give_reason(tx, link.from_id, link.to_id, reason)
        else:
            commands.explain(tx, self.subject_id, self.field.key, reason)

    def _write_reason(self) -> None:
        own = self._own()
        if own is not None:
            question = _say("Why {value}?").format(value=own.value)
            self._ask(self._why(question, uuid.uuid4().hex, own.reason))

    def _by_whom(self) -> ReasonLine:
        """Ask who confirms it: the board knows of no two independent origins (AJP-2.1, credibility 1)."""

        def keep(typed: str) -> str:
            if not typed:
                return _say("Say by whom, or choose 2.")
            fields = {self.field.key: CONFIRMED, "reason": typed}
            return put(
                self._shell,
                "Change {field}",
                lambda tx: commands.set_fields(tx, self.subject_id, **fields),
                field=self.field.label,
            )

        def choose_two() -> None:
            self._forget()
            if not self._judge("2") and self.asking is None:
                self._asked()

        line = ReasonLine(
            _say("Confirmed by whom? Two independent origins are not established here."),
            keep,
            self,
            hint=_say("Who else says so"),
            offers=((_say("Choose 2 instead"), choose_two), (_say("Keep 1"), lambda: line.keep())),
            stays=True,
        )
        return line

    def _ask(self, line: ReasonLine) -> None:
        """Put a question beneath, and give it the keyboard when the editor has gone."""
        self._forget()
        self.asking = line
        line.closed.connect(self._asked)
        self._column.addWidget(line)
        line.show()
        self.saying_why.hide()
        QTimer.singleShot(0, line, line.ask)

    def _asked(self) -> None:
        self._forget()
        self._shown = None
        self.refresh()
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafted.emit()

    def _forget(self) -> None:
        if self.asking is not None:
            gone, self.asking = self.asking, None
            gone.hide()
            gone.deleteLater()
