"""Board health as a list: findings under the headings of their rules, which fold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidenceboard.model import health
from evidenceboard.model.document import Document
from evidenceboard.model.health import Finding, place_of
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.health_listing import Line, Lines, Listed
from evidenceboard.ui.plain import one_line, plain_tip

ROW: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


def _say(text: str) -> str:
    return QCoreApplication.translate("Health", text)


def heading(rule: str) -> str:
    """Return the heading of a rule; one that this panel does not know stands under its own name."""
    return {
        health.UNSOURCED: _say("Claims without a source"),
        health.ONE_ORIGIN: _say("Single origins under high confidence"),
        health.UNTRIED: _say("Scenarios nobody tried to refute"),
        health.CIRCULAR: _say("Circular citations"),
        health.UNJUDGED: _say("Graded F6 yet a linchpin"),
        health.BARE: _say("Relations that rest on no claim"),
        health.UNVERIFIED: _say("Attachments never verified"),
        health.UNDECIDED: _say("Undecided between two copies"),
        health.UNREADABLE: _say("Dates that cannot be read"),
        health.DOUBLE: _say("Two that may be one"),
    }.get(rule, rule[:1].upper() + rule[1:])


@dataclass(frozen=True, slots=True)
class Heading:
    """A rule with the number of its findings."""

    rule: str
    words: str
    count: int
    open: bool


class HealthModel(QAbstractListModel):
    """What the rules found, or what of it is silenced."""

    def __init__(self, document: Callable[[], Document], parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._folded: set[str] = set()
        self.listed = Listed()
        self.rows: Sequence[Heading | Line] = ()
        self.silenced = False

    @property
    def silent(self) -> int:
        """Return how many findings are silenced."""
        return sum(map(len, self.listed.silenced.values()))

    @property
    def _shown(self) -> Lines:
        return self.listed.silenced if self.silenced else self.listed.told

    def _heading(self, rule: str) -> Heading:
        return Heading(rule, heading(rule), len(self._shown[rule]), rule not in self._folded)

    def take(self, listed: Listed) -> None:
        """List what the rules found now."""
        if listed is not self.listed:
            before, self.listed = self.listed, listed
            self.refresh()
            before.let_go()
        elif self.rows:
            # Titles and types may be others.
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def refresh(self) -> None:
        """List what is to be listed of what the rules found last."""
        rows: list[Heading | Line] = []
        for rule, lines in self._shown.items():
            rows.append(self._heading(rule))
            rows += [] if rule in self._folded else lines
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def fold(self, rule: str) -> None:
        """Close the findings of a rule under its heading, or open them."""
        self._folded ^= {rule}
        self.refresh()

    def headings(self) -> list[int]:
        """Return the rows that are headings."""
        found, at = [], 0
        while at < len(self.rows):
            row = self.rows[at]
            found.append(at)
            at += 1 + (row.count if isinstance(row, Heading) and row.open else 0)
        return found

    def about(self, line: Line) -> tuple[str, str]:
        """Return the type and the title of the entity that a finding is about."""
        entity = self._document().find("entities", line.finding.entity_id)
        if not isinstance(entity, Entity):
            return "", ""
        return entity.type, one_line(entity.title) or entity_type(entity.type).word

    def place_of(self, finding: Finding) -> QModelIndex:
        """Return where a finding stands; invalid where it is not listed."""
        lines = self._shown.get(finding.rule, [])
        at = bisect_left(lines, place_of(finding), key=lambda line: place_of(line.finding))
        if finding.rule in self._folded or at == len(lines) or lines[at].finding != finding:
            return QModelIndex()
        above = next(row for row in self.headings() if self.rows[row] == self._heading(finding.rule))
        return self.index(above + 1 + at)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, Heading):
            said = f"{row.words}, {row.count:,}"
            return said if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.finding.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((row.finding.number, self.about(row)[1], row.beneath))
        return plain_tip(row.beneath) if role == Qt.ItemDataRole.ToolTipRole else None
