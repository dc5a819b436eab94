"""Whether two origins are independent of each other: what was judged, by whom and why, and judging it in place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QRadioButton, QSizePolicy, QWidget

from evidenceboard import commands
from evidenceboard.model.independence import pair_link
from evidenceboard.model.records import Assessment, Link
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.editors import Line
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.page import judged_by
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.sections import column
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairDraft:
    """What is being written about a pair, and not kept yet."""

    value: str
    reason: str


def judgement_said(shell: Shell, link: Link | None) -> str:
    """Return what counts of a pair, then who judged it how and why."""
    document = shell.document
    if link is None:
        return _say("independence not judged")
    word = {"yes": _say("independent"), "no": _say("not independent")}.get(document.judged(link.id, "independent"))
    parts = [word or _say("independence not judged")]
    made = [one for one in document.assessments_of(link.id) if one.field == "independent" and one.value]
    for one in made:
        value = {"yes": _say("yes"), "no": _say("no")}.get(one.value, one_line(one.value, 20))
        who = judged_by(shell, one) + (f" {value}" if len(made) > 1 else "")
        parts.append(f"{who}: {one_line(one.reason, 160)}" if one.reason.strip() else who)
    return " · ".join(parts)


class PairRow(QWidget):
    """Say how a pair is judged; a click, Enter or Space opens the judgement. Enter keeps it, Esc puts it back."""

    def __init__(self, shell: Shell, pair: Pair, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self.pair = shell, pair
        self._numbers = shell.document.numbers_of(list(pair))
        self.editor: PairEditor | None = None
        link = pair_link(shell.document, *pair)
        said = judgement_said(shell, link)
        open_ = link is None or not shell.document.judged(link.id, "independent")
        words = _say("{one} and {other}: {said}").format(one=self._numbers[0], other=self._numbers[1], said=said)
        self.said = ProseButton(words, self, size=12, quiet=open_)
        self.said.setEnabled(not shell.session.read_only)
        self.said.clicked.connect(lambda: self.open())
        self._column = column(self, 2)
        self._column.addWidget(self.said)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def own(self) -> Assessment | None:
        """Return this analyst's judgement of the pair, or None."""
        link = pair_link(self._shell.document, *self.pair)
        made = self._shell.document.assessments_of(link.id) if link else []
        author = self._shell.session.author_id
        return next((one for one in made if one.field == "independent" and one.author_id == author), None)

    def open(self, draft: PairDraft | None = None, *, focus: bool = True) -> None:
        """Open the judgement, with what was begun before."""
        if self.editor is None:
            own = self.own()
            begun = draft or PairDraft(own.value if own else "yes", own.reason if own else "")
            self.editor = PairEditor(begun, self, can_take_back=own is not None)
            if draft is not None:
                self.editor.reason.end(False)
                self.editor.reason.setModified(True)
            self.editor.reason.editing.kept.connect(self.keep)
            self.editor.reason.editing.put_back.connect(self.put_back)
            self.editor.keeping.clicked.connect(self.keep)
            self.editor.taking_back.clicked.connect(self.take_back)
            self._column.addWidget(self.editor)
            self.editor.show()
        if focus:
            self.editor.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> PairDraft | None:
        """Return what is being written, or None."""
        return self.editor.draft() if self.editor is not None else None

    def put_back(self) -> None:
        """Drop what was begun."""
        if self.editor is not None:
            gone, self.editor = self.editor, None
            gone.hide()
            gone.deleteLater()
            self.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Judge the pair; without a reason the editor stays and asks for it."""
        draft = self.draft()
        if draft is None or self.editor is None:
            return
        if not draft.reason.strip():
            colour = QColor(self._shell.palette_.contradicts)
            self.editor.ask(_say("Not kept yet: say why."), colour)
            return
        self._judge(draft.value, draft)

    def take_back(self) -> None:
        """Take this analyst's judgement back."""
        self._judge("", self.draft())

    def _judge(self, value: str, draft: PairDraft | None) -> None:
        self.put_back()
        reason = draft.reason if draft and value else ""
        label = "Judge whether two sources are independent" if value else "Take back a judgement of two sources"
        had = self.own()
        made = self._shell.perform(label, lambda tx: commands.judge_independence(tx, *self.pair, value, reason))
        if made is None and (value or had):
            self.open(draft)


class PairEditor(QWidget):
    """Two choices, and the reason in a line."""

    def __init__(self, begun: PairDraft, parent: QWidget, *, can_take_back: bool) -> None:
        super().__init__(parent)
        self.setObjectName("pairEditor")
        inside = column(self, 4)
        inside.setContentsMargins(ProseButton.PAD[0], 2, 0, 8)
        self.yes = QRadioButton(_say("independent"), self)
        self.no = QRadioButton(_say("not independent"), self)
        (self.no if begun.value == "no" else self.yes).setChecked(True)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(self.yes)
        choices.addWidget(self.no)
        choices.addStretch(1)
        inside.addLayout(choices)
        self.reason = Line(Field("reason", _say("Why")), begun.reason, self)
        self.reason.setPlaceholderText(_say("Why? Neither has it from the other, nor both from a third"))
        self.reason.editing.went_on.connect(self._go_on)
        inside.addWidget(self.reason)
        self.hint = Prose(_say("Enter keeps, Esc puts back"), self, size=11, quiet=True)
        inside.addWidget(self.hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        self.keeping = QPushButton(_say("Keep"), self)
        self.taking_back = QPushButton(_say("Take back"), self)
        self.taking_back.setVisible(can_take_back)
        buttons.addWidget(self.keeping)
        buttons.addWidget(self.taking_back)
        buttons.addStretch(1)
        inside.addLayout(buttons)

    def draft(self) -> PairDraft:
        """Return what stands here now."""
        return PairDraft("no" if self.no.isChecked() else "yes", self.reason.value())

    def ask(self, words: str, colour: QColor) -> None:
        """Say what is missing."""
        self.hint.colour = colour
        self.hint.say(words)

    def _go_on(self, step: int) -> None:
        if step > 0:
            self.focusNextChild()
        else:
            self.focusPreviousChild()


def _say(text: str) -> str:
    return QCoreApplication.translate("PairRow", text)
