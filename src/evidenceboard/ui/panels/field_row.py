"""One field of a form: its value in words, and in its place the editor while one writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.editors import Choice, Editor, Line, Lines, editor
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.saving import Draft, Drafts, not_taken

LABEL: Final = 88
"""Width of the column of labels, in pixels."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds: in words, as it is typed, and a quiet line beneath."""

    words: str
    typed: str = ""
    beneath: str = ""


class FieldRow(QWidget):
    """Show a field; a click, Enter or Tab opens its editor. Enter keeps, Esc puts back, Tab goes on.

    `read` returns the value as the document has it; `write` keeps what was typed and returns why it was refused.
    `explain` returns how what is typed is understood, while it is typed.
    """

    went_on = Signal(object, int)
    drafted = Signal()

    def __init__(
        self,
        field: Field,
        subject_id: str,
        read: Callable[[], Value],
        write: Callable[[str], str],
        drafts: Drafts,
        parent: QWidget | None = None,
        *,
        editable: bool = True,
        large: bool = False,
        explain: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.field, self.subject_id = field, subject_id
        self._read, self._write, self._drafts, self._large = read, write, drafts, large
        self._explain = explain
        self.setObjectName(f"field_{field.key}")
        self.editor: Editor | None = None
        self._offered: ProseButton | None = None
        self._refused = ""
        self._shown: Value | None = None
        weight = QFont.Weight.Medium if large else QFont.Weight.Normal
        self.value = ProseButton("", self, size=15 if large else 13, weight=weight)
        self.value.clicked.connect(lambda: self.open(choose=True))
        if not editable:
            self.value.setEnabled(False)
            self.value.setCursor(Qt.CursorShape.ArrowCursor)
        self.beneath = Prose("", self, size=11, quiet=True)
        self._build()
        self.refresh()
        draft = drafts.of(subject_id, field.key)
        if draft:
            self.open(focus=False)
            self._take(draft)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0 if self._large else ProseButton.PAD[0], 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        self._column = QVBoxLayout()
        self._head = self._column
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.value)
        under = QVBoxLayout()
        under.setContentsMargins(ProseButton.PAD[0], 0, 0, 0)
        under.addWidget(self.beneath)
        self._column.addLayout(under)
        if not self._large:
            label = Prose(self.field.label, self, quiet=True)
            label.setFixedWidth(LABEL - ProseButton.PAD[0])
            head = QVBoxLayout()
            head.setContentsMargins(0, ProseButton.PAD[1], 0, 0)
            head.addWidget(label)
            head.addStretch(1)
            grid.addLayout(head, 0, 0)
            self._head = head
        grid.addLayout(self._column, 0, 1)
        grid.setColumnStretch(1, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def offer(self, text: str, press: Callable[[], None]) -> None:
        """Put a line to click below the value, for as long as there is one."""
        self._offered = ProseButton(text, self, size=12, quiet=True)
        self._offered.setObjectName(f"offer_{self.field.key}")
        self._offered.clicked.connect(press)
        self._offered.setVisible(bool(self._shown and self._shown.words))
        self._column.addWidget(self._offered, 0, Qt.AlignmentFlag.AlignLeft)

    def put_mark(self, mark: QWidget) -> None:
        """Put a small mark under the label; where there is none, under the value."""
        self._head.insertWidget(1, mark, 0, Qt.AlignmentFlag.AlignLeft)

    def hang(self, widget: QWidget) -> None:
        """Put a widget below the value, as what is not decided about it."""
        self._column.addWidget(widget)

    # -- reading -----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the value as the document has it now; an open editor keeps what is typed in it."""
        now = self._read()
        if now == self._shown:
            return
        self._shown = now
        empty = not now.words
        self.value.quiet = empty
        self.value.say(now.words or self.field.empty)
        if self._offered is not None:
            self._offered.setVisible(not empty)
        said = QCoreApplication.translate("FieldRow", "{field}: {value}")
        self.value.name(said.format(field=self.field.label, value=now.words or self.field.empty))
        if self.editor is None:
            self._say_beneath(now.beneath)

    def _say_beneath(self, text: str) -> None:
        self.beneath.say(text)
        self.beneath.setVisible(bool(text))

    @property
    def busy(self) -> bool:
        """Whether something is being written here."""
        return self.editor is not None

    # -- writing -----------------------------------------------------------------------------------------------

    def open(self, *, choose: bool = False, focus: bool = True) -> None:
        """Put the editor in the place of the value. `choose`: open the list of a choice."""
        if self.editor is None:
            if not self.value.isEnabled():
                return
            now = self._shown or self._read()
            self.editor = editor(self.field, now.typed, self, 15 if self._large else 13)
            self.editor.setObjectName(f"editor_{self.field.key}")
            editing = self.editor.editing
            editing.kept.connect(self.keep)
            editing.put_back.connect(self.put_back)
            editing.went_on.connect(self._go_on)
            editing.left.connect(self._leave)
            if isinstance(self.editor, Lines):
                self.editor.refused.connect(self._say_beneath)
                if self.field.checked:
                    self.editor.check_sentences().told.connect(self._say_hint)
            elif isinstance(self.editor, Line):
                self.editor.textEdited.connect(lambda: self._say_beneath(self._hint()))
            self._column.insertWidget(0, self.editor)
            self.editor.show()
            if focus:
                # Before the value goes, or the keyboard would wander to the next one.
                self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.value.hide()
            self._say_beneath(self._hint())
        if focus:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            if choose and isinstance(self.editor, Choice):
                self.editor.showPopup()

    def _say_hint(self, said: str) -> None:
        if self.editor is not None and not self._refused:
            self._say_beneath(said or self._hint())

    def _hint(self) -> str:
        if self._explain is not None and self.editor is not None and self.editor.touched():
            return self._explain(self.editor.value()) or self.field.help
        keys = ""
        if isinstance(self.editor, Lines):
            keys = QCoreApplication.translate("FieldRow", "Enter keeps, Shift+Enter breaks the line, Esc puts back")
        return " · ".join(part for part in (self.field.help, keys) if part)

    def keep(self) -> None:
        """Write what was typed; where the file refuses, it stays in the editor with the reason beneath."""
        if self._save() and self.editor is not None:
            had = self.editor.hasFocus()
            self._close()
            if had:
                self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def waits(self) -> bool:
        """Whether the file did not take what was typed here, which says nothing against it."""
        draft = self._drafts.of(self.subject_id, self.field.key)
        return self.editor is not None and draft is not None and draft.reason == not_taken()

    def try_again(self) -> None:
        """Write once more what the file did not take; where somebody writes on, the editor stays."""
        if self._save() and self.editor is not None and not self.editor.hasFocus():
            self._close()

    def put_back(self) -> None:
        """Drop what was typed and show the value again."""
        if self.editor is None:
            return
        had = self.editor.hasFocus()
        self._drafts.keep(self.subject_id, self.field.key, None)
        self._close()
        if had:
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafted.emit()

    def _save(self) -> bool:
        if self.editor is None:
            return True
        typed = self.editor.value()
        draft = self._drafts.of(self.subject_id, self.field.key)
        if not self.editor.touched() and draft is None:
            return True
        reason = self._write(typed)
        self._drafts.keep(self.subject_id, self.field.key, Draft(typed, reason, self.field.label) if reason else None)
        if self.editor is not None:
            self.editor.settle()
            self._refuse(reason)
        self.drafted.emit()
        return not reason

    def _go_on(self, step: int) -> None:
        if self._save():
            self._close()
            self.went_on.emit(self, step)

    def _leave(self, to_another_window: bool) -> None:
        if self.editor is None or (self._refused and not self.editor.touched()):
            return
        if self._save() and not to_another_window:
            self._close()

    def _close(self) -> None:
        if self.editor is None:
            return
        gone, self.editor = self.editor, None
        gone.removeEventFilter(gone.editing)
        self._refuse("")
        self.value.show()
        if gone.hasFocus():
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        gone.hide()
        gone.deleteLater()
        self._shown = None
        self.refresh()

    def _take(self, draft: Draft) -> None:
        if isinstance(self.editor, Choice):
            self.editor.choose(draft.text)
        elif isinstance(self.editor, Lines):
            self.editor.show_text(draft.text)
        elif self.editor is not None:
            self.editor.setText(draft.text)
        if self.editor is not None:
            self.editor.settle()
        self._refuse(draft.reason)

    def _refuse(self, reason: str) -> None:
        self._refused = reason
        known = self.findChild(NotSaved)
        if known is not None:
            known.setParent(None)
            known.deleteLater()
        if reason:
            self._say_beneath("")
            shown = NotSaved(reason, self)
            shown.retry.clicked.connect(self.keep)
            shown.drop.clicked.connect(self.put_back)
            self._column.addWidget(shown)


class NotSaved(QWidget):
    """Say that what stands above is not saved, why, and what can be done."""

    def __init__(self, reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notSaved")
        say = QCoreApplication.translate
        self.reason = Prose(say("NotSaved", "Not saved. {reason}").format(reason=reason), self, size=12)
        self.reason.setObjectName("reason")
        self.retry = QPushButton(say("NotSaved", "Try again"), self)
        self.drop = QPushButton(say("NotSaved", "Put back"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 6)
        column.setSpacing(6)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.retry)
        row.addWidget(self.drop)
        row.addStretch(1)
        column.addLayout(row)
