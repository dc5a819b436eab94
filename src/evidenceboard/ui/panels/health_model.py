"""Board health as a list: findings under the headings of their rules, which fold."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from evidenceboard.model import health
from evidenceboard.model.document import Document
from evidenceboard.model.health import Finding, Health
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
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


@dataclass(frozen=True, slots=True)
class Line:
    """One finding. `reason` is why it is silenced, "" where it is not."""

    finding: Finding
    reason: str = ""

    @property
    def beneath(self) -> str:
        return one_line(self.reason) if self.reason else self.finding.what


class HealthModel(QAbstractListModel):
    """What the rules found, or what of it is silenced; nothing is told of cards that fall under a supposition."""

    def __init__(
        self, document: Callable[[], Document], parent: QObject, *, falls: Callable[[], Container[str]] = frozenset
    ) -> None:
        super().__init__(parent)
        self._document, self._falls = document, falls
        self._folded: set[str] = set()
        self._found = Health([], [])
        self.rows: Sequence[Heading | Line] = ()
        self.told = self.silent = 0
        self.silenced = False

    def take(self, found: Health) -> None:
        """List what the rules found now."""
        self._found = found
        self.refresh()

    def refresh(self) -> None:
        """List what is to be listed of what the rules found last."""
        falls = self._falls()
        findings = [one for one in self._found.findings if one.entity_id not in falls]
        self.told, self.silent = len(findings), len(self._found.silenced)
        pairs = self._found.silenced if self.silenced else [(one, "") for one in findings]
        grouped: dict[str, list[Line]] = {}
        for finding, reason in pairs:
            grouped.setdefault(finding.rule, []).append(Line(finding, reason))
        rows: list[Heading | Line] = []
        for rule, lines in grouped.items():
            rows.append(Heading(rule, heading(rule), len(lines), rule not in self._folded))
            rows += [] if rule in self._folded else lines
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))  # titles and types may be others

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
        for row, line in enumerate(self.rows):
            if isinstance(line, Line) and line.finding == finding:
                return self.index(row)
        return QModelIndex()

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
