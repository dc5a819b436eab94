"""The comments on one record and its fields: threads to read, answer, resolve; and where a new one is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.model.comments import Thread, threads
from evidenceboard.model.records import Comment
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.panels.comment_editor import CommentEditor
from evidenceboard.ui.panels.comment_words import about, counted, resolved_by, said_by
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.saving import Drafts, put
from evidenceboard.ui.panels.sections import column, heading
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

MOST: Final = 20
"""Threads, and answers in one, that are shown at first: the newest."""
MORE: Final = 100
"""How many more of them each time that one asks."""
_ADD: Final = "comment"
_ANSWER: Final = "answer:"
_CHANGE: Final = "words:"
_INDENT: Final = 14
_Tool = tuple[str, Callable[[], None], str]
"""Words, what a press does, and a name for tests."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Comments", text)


class CommentList(QWidget):
    """Show threads. `only`: the one thread to show, without a heading; else those of the record."""

    drafted = Signal()
    told = Signal()
    """The comments are others now."""

    def __init__(
        self, shell: Shell, subject_id: str, parent: QWidget | None = None, drafts: Drafts | None = None, only: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName("comments_of_record")
        self._shell, self.subject_id, self.thread_id = shell, subject_id, only
        self._drafts = Drafts() if drafts is None else drafts
        self._shown: object = None
        self._most, self._resolved_too = MOST, bool(only)
        self._field = ""
        self._open = next((key for one, key in self._drafts.held if one == subject_id and _is_ours(key)), "")
        self.editor: CommentEditor | None = None
        self.threads: list[Thread] = []
        self._column = column(self, 2)

    @property
    def writing(self) -> bool:
        """Whether something is being written here."""
        return self.editor is not None

    def refresh(self) -> None:
        """Show the comments as they are now; what is being written stays."""
        found = threads(self._shell.document, self.subject_id)
        self.threads = [one for one in found if not self.thread_id or one.first.id == self.thread_id]
        names = [self._shell.session.author_name(who) for who in sorted({c.author_id for t in found for c in t.all})]
        now = (self.threads, names, self._open, self._most, self._resolved_too, self._shell.session.read_only)
        if now != self._shown:
            self._shown = now
            self._build()
            self.told.emit()

    def write(self, field: str = "") -> None:
        """Open the editor for a new comment on the record or one field of it."""
        if not self._shell.session.read_only:
            self._field = field
            self._turn(f"{_ADD}.{field}" if field else _ADD)

    def answer(self) -> None:
        """Open the editor for an answer to the first thread."""
        if self.threads and not self._shell.session.read_only:
            self._turn(f"{_ANSWER}{self.threads[0].first.id}")

    # -- what stands where -------------------------------------------------------------------------------------

    def _build(self) -> None:
        had = self.editor is not None and self.editor.isAncestorOf(self.focusWidget() or self)
        self.editor = None
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        if not self.thread_id:
            self._column.addWidget(self._head())
        open_ = [one for one in self.threads if one.is_open or self._resolved_too]
        hidden = max(0, len(open_) - self._most)
        if hidden:
            self._add_button(
                _say("{n} earlier ones · show").format(n=f"{hidden:,}"), self._show_more, "earlierComments"
            )
        for thread in open_[hidden:]:
            self._column.addWidget(self._thread(thread))
        resolved = len(self.threads) - len(open_)
        if resolved:
            said = _say("{n} resolved · show").format(n=f"{resolved:,}")
            self._add_button(said, self._show_resolved, "resolvedComments")
        may = not self._shell.session.read_only
        if self._open.startswith(_ADD):
            self._field = self._open.partition(".")[2]
            self._column.addWidget(self._editor(self._new_label(), "", self._add))
        elif may and not self.thread_id:
            begun = self._drafts.of(self.subject_id, _ADD) is not None
            said = _say("Go on with your comment…") if begun else _say("Write a comment…")
            self._add_button(said, self.write, "writeComment")
        if had and self.editor is not None:
            self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(ProseButton.PAD[0], 14, ProseButton.PAD[0], 2)
        row.addWidget(heading(_say("Comments"), holder))
        if self.threads:
            row.addWidget(Prose(counted(self.threads), holder, size=12, quiet=True))
        row.addStretch(1)
        return holder

    def _thread(self, thread: Thread) -> QWidget:
        block = QWidget(self)
        block.setObjectName("commentThread")
        lines = column(block)
        lines.setContentsMargins(0, 4, 0, 6)
        if field := about(self._shell.document, thread.first):
            self._put(lines, _say("on {field}").format(field=field), quiet=True)
        self._one(lines, thread.first, 0, tools=bool(thread.answers))
        answers = thread.answers[-self._most :]
        if len(answers) < len(thread.answers):
            said = _say("{n} earlier answers · show").format(n=f"{len(thread.answers) - len(answers):,}")
            lines.addWidget(self._tool(said, self._show_more, block))
        for answer in answers:
            self._one(lines, answer, _INDENT)
        if said := resolved_by(self._shell, thread):
            self._put(lines, said, quiet=True)
        first = thread.first
        if self._open == f"{_ANSWER}{first.id}":
            write = partial(commands.answer_comment, comment_id=first.id)
            lines.addWidget(
                self._editor(_say("Your answer"), "", lambda text: self._do("Answer a comment", write, text))
            )
        elif not self._shell.session.read_only:
            tools: list[_Tool] = [(_say("Answer…"), partial(self._turn, f"{_ANSWER}{first.id}"), "answerComment")]
            if thread.is_open:
                tools.append((_say("Resolve"), partial(self._settle, first, True), "resolveComment"))
            else:
                tools.append((_say("Open again"), partial(self._settle, first, False), "reopenComment"))
            self._tools(lines, [*tools, *(() if thread.answers else self._own(first))], 0)
        return block

    def _one(self, lines: QVBoxLayout, comment: Comment, indent: int, *, tools: bool = True) -> None:
        self._put(lines, said_by(self._shell, comment), quiet=True, indent=indent)
        if self._open == f"{_CHANGE}{comment.id}":
            write = partial(commands.change_comment, comment_id=comment.id)
            lines.addWidget(
                self._editor(
                    _say("In other words"), comment.text, lambda text: self._do("Change a comment", write, text)
                )
            )
            return
        self._put(lines, comment.text, indent=indent)
        if tools and (own := self._own(comment)):
            self._tools(lines, own, indent)

    def _own(self, comment: Comment) -> list[_Tool]:
        """Return what one does with a comment of one's own."""
        if comment.author_id != self._shell.session.author_id or self._shell.session.read_only:
            return []
        return [
            (_say("Change…"), partial(self._turn, f"{_CHANGE}{comment.id}"), "changeComment"),
            (_say("Remove"), partial(self._remove, comment), "removeComment"),
        ]

    def _put(self, lines: QVBoxLayout, said: str, *, quiet: bool = False, indent: int = 0) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(ProseButton.PAD[0] + indent, 0, ProseButton.PAD[0], 0)
        inside.addWidget(Prose(said, self, size=12 if quiet else 13, quiet=quiet))
        lines.addLayout(inside)

    def _tools(self, lines: QVBoxLayout, tools: Sequence[_Tool], indent: int) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(indent, 0, 0, 0)
        row.setSpacing(2)
        for text, press, name in tools:
            row.addWidget(self._tool(text, press, self, name))
        row.addStretch(1)
        lines.addLayout(row)

    def _tool(self, text: str, press: Callable[[], None], parent: QWidget, name: str = "") -> ProseButton:
        button = ProseButton(text, parent, size=12, quiet=True)
        button.setObjectName(name)
        button.clicked.connect(press)
        return button

    def _add_button(self, text: str, press: Callable[[], None], name: str) -> None:
        self._column.addWidget(self._tool(text, press, self, name), 0, Qt.AlignmentFlag.AlignLeft)

    def _editor(self, label: str, text: str, write: Callable[[str], str]) -> CommentEditor:
        self.editor = CommentEditor(label, text, write, self._drafts, (self.subject_id, self._open), self)
        self.editor.closed.connect(self._close)
        self.editor.drafted.connect(self.drafted)
        return self.editor

    def _new_label(self) -> str:
        if not self._field:
            return _say("New comment")
        field = about(self._shell.document, Comment("-", self.subject_id, self._field, "-", ""))
        return _say("New comment on {field}").format(field=one_line(field, 60))

    # -- what is done ------------------------------------------------------------------------------------------

    def _turn(self, key: str) -> None:
        self._open = key
        self.refresh()
        if self.editor is not None:
            # When the line that was pressed has gone, or the keyboard would wander on from it.
            QTimer.singleShot(0, self.editor, self._ask)

    def _ask(self) -> None:
        if self.editor is not None:
            self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._open, self._field = "", ""
        self.refresh()
        self._to_first("writeComment" if not self.thread_id else "answerComment")

    def _to_first(self, name: str) -> None:
        button = self.findChild(ProseButton, name)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_more(self) -> None:
        self._most += MORE
        self.refresh()

    def _show_resolved(self) -> None:
        self._resolved_too = True
        self.refresh()

    def _add(self, text: str) -> str:
        field = self._field
        return self._do("Add a comment", lambda tx, text: commands.add_comment(tx, self.subject_id, text, field), text)

    def _do(self, label: str, write: Callable[..., object], text: str) -> str:
        return put(self._shell, label, lambda tx: write(tx, text=text))

    def _settle(self, first: Comment, done: bool) -> None:
        def settle(tx: Transaction) -> None:
            (commands.resolve_comment if done else commands.reopen_comment)(tx, first.id)

        self._shell.perform("Resolve a comment" if done else "Open a comment again", settle)
        self.refresh()

    def _remove(self, comment: Comment) -> None:
        self._shell.perform("Remove a comment", lambda tx: commands.remove_comment(tx, comment.id))
        self.refresh()


def keep_drafts(shell: Shell, drafts: Drafts) -> None:
    """Put every comment that is only typed into the file, because the window closes."""
    for subject_id, key in [place for place in drafts.held if _is_ours(place[1])]:
        draft = drafts.held[subject_id, key]
        kind, _, rest = key.partition(":")
        write: Callable[..., object] = partial(commands.add_comment, subject_id=subject_id, field=key.partition(".")[2])
        if rest:
            said: Callable[..., object] = commands.answer_comment if f"{kind}:" == _ANSWER else commands.change_comment
            write = partial(said, comment_id=rest)
        if not put(shell, "Add a comment", partial(write, text=draft.text)):
            drafts.keep(subject_id, key, None)


def _is_ours(key: str) -> bool:
    return key == _ADD or key.startswith((f"{_ADD}.", _ANSWER, _CHANGE))
