"""The matrix as a table: weights, a column for each scenario, diagnosticity; it is asked only for what shows."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidenceboard.model.ach import EMPTY, Row, Score
from evidenceboard.model.gradings import CONSISTENCY, WEIGHT
from evidenceboard.model.records import Link
from evidenceboard.ui.plain import one_line, plain_tip
from evidenceboard.ui.supposing import Supposing

WEIGHT_COLUMN: Final = 0
VALUE: Final = Qt.ItemDataRole.UserRole
WHY: Final = Qt.ItemDataRole.UserRole + 1
"""Whether a reason is written for a cell."""
SEVERAL: Final = Qt.ItemDataRole.UserRole + 2
"""Whether analysts judged a cell differently, so that one of the values is shown."""
_NAMED: Final = 60
"""Rows without a cell that are named one by one."""
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


def _say(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)


class MatrixModel(QAbstractTableModel):
    """Show the matrix of a file: `by_rank` in rank order, else by number; `hidden` keeps the figures back.

    Under a supposition the rows stay where the file has them, those that fall too, and `matrix` is what is left.
    """

    def __init__(self, supposing: Supposing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._supposing = supposing
        self._document = supposing.document
        self.by_rank = False
        self.hidden = False
        self.matrix = self.of_file = EMPTY
        self.supposed = supposing.supposed
        self.rows: tuple[Row, ...] = ()
        self.scores: tuple[Score, ...] = ()

    # -- what is shown -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Weigh everything anew; where rows and columns stay as they were, the view stays where it is."""
        self.supposed = self._supposing.supposed
        self.of_file, self.matrix = self._supposing.of_file(), self._supposing.weighed()
        self._draw()

    def draw(self, *, by_rank: bool, hidden: bool) -> None:
        """Choose the order and whether the figures are shown. Hidden figures give no order away."""
        self.by_rank, self.hidden = by_rank, hidden
        self._draw()

    def _draw(self) -> None:
        rows, scores = self.of_file.rows, self.matrix.scores
        if self.hidden or not self.by_rank:
            rows, scores = self.of_file.rows_by_number, self.matrix.scores_by_number
        same_rows = [row.entity.id for row in rows] == [row.entity.id for row in self.rows]
        if same_rows and [one.entity.id for one in scores] == [one.entity.id for one in self.scores]:
            self.rows, self.scores = rows, scores
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self.beginResetModel()
        self.rows, self.scores = rows, scores
        self.endResetModel()

    # -- asked by others ---------------------------------------------------------------------------------------

    @property
    def last(self) -> int:
        """Return the column of diagnosticity."""
        return len(self.scores) + 1

    def row_at(self, index: Index) -> Row | None:
        """Return the row at an index, or None."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def falls(self, row: Row) -> str:
        """Return why a row falls under the supposition, or ""."""
        return self.supposed.falls.get(row.entity.id, "")

    def before(self, score: Score) -> Score | None:
        """Return the score that the file gives a scenario where the supposition gives it another, else None."""
        if self.matrix is self.of_file:
            return None
        was = next((one for one in self.of_file.scores if one.entity.id == score.entity.id), None)
        told = (score.marks, score.not_assessed, score.rank)
        return was if was is not None and (was.marks, was.not_assessed, was.rank) != told else None

    def score_at(self, column: int) -> Score | None:
        """Return the scenario of a column, or None."""
        return self.scores[column - 1] if 0 < column <= len(self.scores) else None

    def place(self, row_id: str, scenario_id: str = "") -> QModelIndex:
        """Return where a row meets a scenario, or its weight; an invalid index where it is not in the matrix."""
        row = next((at for at, one in enumerate(self.rows) if one.entity.id == row_id), -1)
        column = next((at for at, one in enumerate(self.scores, 1) if one.entity.id == scenario_id), WEIGHT_COLUMN)
        return self.index(row, column) if row >= 0 else QModelIndex()

    def link_at(self, index: Index) -> Link | None:
        """Return the link that a cell is, or None where there is none yet."""
        row, one = self.row_at(index), self.score_at(index.column())
        cell = row.cells.get(one.entity.id) if row and one else None
        link = self._document.find("links", cell.link_id) if cell else None
        return link if isinstance(link, Link) else None

    # -- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.scores) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        score = self.score_at(index.column())
        if score is None:
            return self._of_row(row, index.column(), role)
        value = row.value(score.entity.id)
        if role in (Qt.ItemDataRole.DisplayRole, VALUE):
            return value
        if role == WHY:
            link = self.link_at(index)
            return bool(link and str(link.props.get("reason") or "").strip())
        if role == SEVERAL:
            return len(self._judged(index)) > 1
        words = CONSISTENCY.words.get(value, _say("not assessed"))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.entity.number} {score.entity.number}: {value} {words}".replace(":  ", ": ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(index, row, score, words))
        return None

    def _of_row(self, row: Row, column: int, role: int) -> Any:
        if column == WEIGHT_COLUMN:
            said, tip = row.weight, f"{row.weight}: {WEIGHT.words[row.weight]}"
        elif self.hidden:
            said, tip = "", _say("Hidden while you judge row by row")
        else:
            said, tip = f"{row.diagnosticity:.2f}", _say("How far the cells lie apart; 0 tells the scenarios not apart")
        if role in (Qt.ItemDataRole.DisplayRole, VALUE):
            return said
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.entity.number} {_say('weight') if column == WEIGHT_COLUMN else _say('tells apart')}: {said}"
        return plain_tip(tip) if role == Qt.ItemDataRole.ToolTipRole else None

    def _judged(self, index: Index) -> set[str]:
        link = self.link_at(index)
        found = self._document.assessments_of(link.id) if link else []
        return {one.value for one in found if one.field == "consistency" and one.value}

    def _tip(self, index: Index, row: Row, score: Score, words: str) -> str:
        parts = [f"{row.entity.number}, {score.entity.number}: {words}"]
        if len(others := self._judged(index)) > 1:
            parts.append(_say("Analysts differ ({values}); one counts").format(values=", ".join(sorted(others))))
        link = self.link_at(index)
        reason = str(link.props.get("reason") or "") if link else ""
        return ". ".join([*parts, reason] if reason.strip() else parts)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = way == Qt.Orientation.Horizontal
        one: Row | Score | None = self.score_at(section) if across else None
        if not across and section < len(self.rows):
            one = self.rows[section]
        if one is None:
            said = _say("Weight") if section == WEIGHT_COLUMN else _say("Tells apart")
            return said if across and role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return one.entity.number
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = f"{one.entity.number} {one_line(one.entity.title)}"
            if isinstance(one, Score) and not self.hidden:
                said = f"{said}. {derivation(one)}"
                if (was := self.before(one)) is not None:
                    said = f"{said}. " + _say("In the file {derivation}").format(derivation=derivation(was))
            elif isinstance(one, Row) and (why := self.falls(one)):
                said = f"{said}. {why}"
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def derivation(score: Score) -> str:
    """Say in words what made the figures of a scenario, its terms and the rows that are blank."""
    terms = " + ".join(_term(term.number, term.value, term.points, term.factor) for term in score.terms)
    said = f"{score.weighted:g} = {terms}" if terms else _say("0: nothing is inconsistent with it")
    if score.weighted != score.inconsistency:
        said += " " + _say("({n} without weights)").format(n=score.inconsistency)
    if score.not_assessed:
        more = score.not_assessed - _NAMED
        rows = ", ".join(score.first_blank(_NAMED))
        rows = _say("{rows} and {n} more").format(rows=rows, n=f"{more:,}") if more > 0 else rows
        said += ". " + _say("Not assessed: {rows}").format(rows=rows)
    return said


def _term(number: str, value: str, points: int, factor: float) -> str:
    return f"{number} {value} {points}" if factor == 1 else f"{number} {value} {points}×{factor:g}"
