"""Beside the matrix: what the current cell says and why, what made the figures, and what the order hangs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.model.ach import Row, Score, cell_link, steps_of
from evidenceboard.model.gradings import CONSISTENCY, WEIGHT
from evidenceboard.model.linchpins import Linchpin, Linchpins, Marks, Swap
from evidenceboard.model.seam import derived_id
from evidenceboard.ui.panels.field_row import FieldRow, Value
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.matrix_model import WEIGHT_COLUMN, MatrixModel, derivation
from evidenceboard.ui.panels.page import judged_by
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.saving import Drafts, put
from evidenceboard.ui.plain import plain_tip
from evidenceboard.ui.shell import Shell
from evidenceboard.ui.turns import Turns

LISTED: Final = 60
"""Linchpins that are listed one by one."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)


_TALL: Final = 12
"""Lines of text that one sentence may take: of thousands of scenarios it could fill the page."""


class Told(NamedTuple):
    """What a line says, what is told to somebody who rests on it, and where it leads."""

    words: str
    tip: Callable[[], str]
    go: Callable[[], object]


class _Line(ProseButton):
    """A line that leads somewhere. Its tip is made when somebody rests on it: it has a figure for every scenario."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, size=12, lines=_TALL)
        self._told: Told | None = None
        self.clicked.connect(self._go)

    def tell(self, told: Told) -> None:
        """Say something, or the same again, and lead where that leads."""
        self._told = told
        if told.words != self.words:
            self.say(told.words)

    def _go(self) -> None:
        if self._told is not None:
            self._told.go()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._told is not None:
            self.setToolTip(plain_tip(self._told.tip()))
        return super().event(event)


class MatrixSide(QScrollArea):
    """Tell of one cell and of the linchpins."""

    done = Signal()
    """The reason was kept or put back: the keyboard may go back to the table."""
    twin_wanted = Signal(str)
    """A line about a deception twin was clicked: its row is wanted."""

    def __init__(self, shell: Shell, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("matrixSide")
        self._shell, self._model = shell, model
        self._drafts = Drafts()
        self.reason: FieldRow | None = None
        self.linchpins: list[_Line] = []
        self.swaps: list[_Line] = []
        self._writing = Turns(self)
        self._told: tuple[str, str] | None = None
        self._page = QWidget(self)
        self._page.setAutoFillBackground(False)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(10, 6, 10, 12)
        column.setSpacing(4)
        across = ProseButton.PAD[0]
        words = QVBoxLayout()
        words.setContentsMargins(across, 0, across, 0)
        words.setSpacing(4)
        self.head = Prose("", self._page, weight=QFont.Weight.DemiBold)
        self.terms = Prose("", self._page, size=12, quiet=True)
        self.others = Prose("", self._page, size=12)
        for prose in (self.head, self.others, self.terms):
            words.addWidget(prose)
        column.addLayout(words)
        self._reasons = QVBoxLayout()
        column.addLayout(self._reasons)
        column.addSpacing(10)
        self.deception = Prose(_say("If it is deception"), self._page, weight=QFont.Weight.DemiBold)
        twins = QVBoxLayout()
        twins.setContentsMargins(across, 0, across, 2)
        twins.addWidget(self.deception)
        column.addLayout(twins)
        self._swaps = QVBoxLayout()
        self._swaps.setSpacing(0)
        column.addLayout(self._swaps)
        self.deception.hide()
        column.addSpacing(10)
        title = QVBoxLayout()
        title.setContentsMargins(across, 0, across, 2)
        self.title = Prose(_say("What the order hangs on"), self._page, weight=QFont.Weight.DemiBold)
        self.none = Prose("", self._page, size=12, quiet=True)
        title.addWidget(self.title)
        title.addWidget(self.none)
        column.addLayout(title)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        column.addStretch(1)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    # -- the current cell --------------------------------------------------------------------------------------

    def tell(self, row: Row | None, column: int) -> None:
        """Tell of a cell, a weight or a diagnosticity."""
        score = self._model.score_at(column)
        self.head.setVisible(row is not None)
        self.terms.setVisible(row is not None)
        self.others.say(self._judges(row, score, column) if row else "")
        self.others.setVisible(bool(self.others.words))
        if row is None:
            self._show_reason(None, None)
            return
        number = row.entity.number
        if score is not None:
            value = row.value(score.entity.id)
            meaning = CONSISTENCY.words.get(value, _say("not assessed"))
            said = _say("{row} against {scenario}: {meaning}")
            self.head.say(said.format(row=number, scenario=score.entity.number, meaning=meaning))
            self.terms.say("" if self._model.hidden else self._derived(row, score))
        elif column == WEIGHT_COLUMN:
            self.head.say(_say("{row} weighs {weight}").format(row=number, weight=row.weight))
            self.terms.say(WEIGHT.words[row.weight] + " · " + _say("H high, M medium, L low"))
        else:
            self.head.say("" if self._model.hidden else _apart(row))
            self.terms.say("" if self._model.hidden else self._steps(row))
        self.terms.setVisible(bool(self.terms.words))
        self._show_reason(row, score)

    def _derived(self, row: Row, score: Score) -> str:
        """Say what made the figures of a scenario, and where a row stands that adds nothing to them."""
        parts = [f"{score.entity.number}: {derivation(score)}"]
        was = self._model.before(score)
        if was is not None and (was.terms, was.blank) != (score.terms, score.blank):
            parts.append(_say("In the file {derivation}").format(derivation=derivation(was)))
        if why := self._model.falls(row):
            parts.append(why.rstrip("."))
        elif row.twin_of and row.entity.id not in self._model.supposed.supposition.true:
            first = self._shell.document.numbers_of([row.twin_of])
            twin = _say("{twin} adds nothing to it: it counts only in place of {first}, where that is deception")
            parts.append(twin.format(twin=row.entity.number, first="".join(first)))
        return "\n".join(parts)

    def _judges(self, row: Row, score: Score | None, column: int) -> str:
        """Say who judged what, and whose value counts, where analysts differ."""
        subject, field = row.entity.id, "weight" if column == WEIGHT_COLUMN else ""
        if score is not None:
            link = cell_link(self._shell.document, row.entity.id, score.entity.id)
            subject, field = link.id if link else "", "consistency"
        found = [one for one in self._shell.document.assessments_of(subject) if one.field == field and one.value]
        if len({one.value for one in found}) < 2:
            return ""
        chosen = self._shell.document.setting("assessor", "")
        counts = next((judged_by(self._shell, one) for one in found if one.author_id == chosen), "")
        judged = " · ".join(f"{judged_by(self._shell, one)}: {one.value}" for one in found)
        rule = _say("What {who} judged counts.").format(who=counts) if counts else _say("The more cautious counts.")
        return f"{judged}. {rule}"

    def _steps(self, row: Row) -> str:
        numbers = {one.entity.id: one.entity.number for one in self._model.scores}
        terms = ", ".join(f"{number} {value} {step}" for number, value, step in steps_of(row, numbers))
        if not terms:
            return _say("No cell is assessed.")
        return _say("The standard deviation of {terms}").format(terms=terms)

    def _show_reason(self, row: Row | None, score: Score | None) -> None:
        wanted = (row.entity.id, score.entity.id) if row and score else None
        if wanted == self._told and self.reason is not None:
            self.reason.refresh()
            return
        self._told = wanted
        if self.reason is not None:
            self._reasons.removeWidget(self.reason)
            self.reason.hide()
            self.reason.deleteLater()
            self.reason = None
        if wanted is None:
            return
        row_id, scenario_id = wanted

        def read() -> Value:
            link = cell_link(self._shell.document, row_id, scenario_id)
            text = str(link.props.get("reason") or "") if link else ""
            return Value(text, text)

        def write(typed: str) -> str:
            label = "Write the reason of a cell"
            return put(self._shell, label, lambda tx: commands.give_reason(tx, row_id, scenario_id, typed))

        field = Field("reason", _say("Reason"), kind="text", empty=_say("none yet; Enter writes one"))
        subject = derived_id("bears on", row_id, scenario_id)
        editable = not self._shell.session.read_only
        self.reason = FieldRow(field, subject, read, write, self._drafts, self._page, editable=editable)
        self.reason.went_on.connect(lambda *_: self._end())
        self._reasons.addWidget(self.reason)

    def write_reason(self) -> None:
        """Open the editor of the reason and give it the keyboard."""
        row = self.reason
        if row is None:
            return
        row.open()
        if row.editor is not None:
            self.ensureWidgetVisible(row)
            row.editor.editing.kept.connect(self._end)
            row.editor.editing.put_back.connect(self._end)

    def _end(self) -> None:
        QTimer.singleShot(0, self, self._tell_done)

    def _tell_done(self) -> None:
        if self.reason is None or self.reason.editor is None:
            self.done.emit()

    # -- linchpins ---------------------------------------------------------------------------------------------

    def list_out(self, found: Linchpins, twins: list[Swap]) -> None:
        """List what the order hangs on, and what becomes of it where a row is read as its deception twin reads it."""
        self.deception.setVisible(bool(twins))
        supposing = bool(self._model.supposed.supposition)
        self.title.say(_say("What the order would hang on") if supposing else _say("What the order hangs on"))
        if self._model.hidden:
            self.none.say(_say("Figures are hidden while you judge row by row."))
        elif found.count > LISTED:
            self.none.say(_say("The first {n} of {all}").format(n=LISTED, all=f"{found.count:,}"))
        else:
            self.none.say("" if found.count else _say("No single row, source or origin changes the order."))
        self.none.setVisible(bool(self.none.words))
        self._writing.start(self._write(found.first[:LISTED], twins[:LISTED]))

    def finish(self) -> None:
        """Write now what is still to be written."""
        self._writing.finish()

    def _write(self, linchpins: list[Linchpin], twins: list[Swap]) -> Iterator[bool | None]:
        """Write the lines, a few at a time; one that says the same stays as it is."""
        yield from self._listed(self._swaps, self.swaps, [self._swap(one) for one in twins])
        yield from self._listed(self._list, self.linchpins, [self._linchpin(one) for one in linchpins])
        yield True

    def _listed(self, column: QVBoxLayout, lines: list[_Line], told: list[Told]) -> Iterator[None]:
        while len(lines) > len(told):
            old = lines.pop()
            column.removeWidget(old)
            old.hide()
            old.deleteLater()
        wide = column.contentsRect().width()
        for place, one in enumerate(told):
            if place == len(lines):
                lines.append(_Line(self._page))
                lines[-1].resize(wide, lines[-1].height())
                column.addWidget(lines[-1])
            lines[place].tell(one)
            lines[place].sizeHint()  # how high it is takes longest to find out: here, and not for many lines at once
            yield

    def _swap(self, one: Swap) -> Told:
        said = _say("If {row} is deception, {change}")
        words = said.format(row=one.first, change=one.change or _say("the order stands."))
        return Told(words, partial(_instead, one), partial(self.twin_wanted.emit, one.twin_id))

    def _linchpin(self, one: Linchpin) -> Told:
        return Told(one.change, partial(_without, one), partial(self._shell.show_entity, one.entity_id))


def _without(one: Linchpin) -> str:
    return _say("Without {rows}: {figures}").format(rows=", ".join(one.rows), figures=_figures(one.after))


def _instead(one: Swap) -> str:
    said = _say("{twin} in place of {first}: {figures}")
    return said.format(twin=one.twin, first=one.first, figures=_figures(one.after))


def _figures(marks: Marks) -> str:
    return ", ".join(f"{number} {weighted:g}" for number, (weighted, _) in marks.items())


def _apart(row: Row) -> str:
    said = _say("{row} tells the scenarios apart: {n}") if row.diagnosticity else _say("{row} tells nothing apart: {n}")
    return said.format(row=row.entity.number, n=f"{row.diagnosticity:.2f}")
