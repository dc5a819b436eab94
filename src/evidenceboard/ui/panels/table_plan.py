"""What shall be written into cells of the table: what fits, what does not and why, before anything is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Final

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.placing import place_all
from evidenceboard.model.gradings import ASSESSED
from evidenceboard.model.records import Entity
from evidenceboard.model.seam import RandomSeam
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.saving import check_references
from evidenceboard.ui.panels.table_columns import Column, Columns
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

REASONS: Final = 5
NAMED: Final = 4
"""Reasons why cells do not fit, and cells of each, that are named; the others are counted."""
_STEP: Final = 8
_SHORT: Final = 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value for one cell. `row` tells a new entity from another where there is no `entity_id`."""

    column: Column
    typed: str
    entity_id: str = ""
    row: int = 0


@dataclass(slots=True)
class Plan:
    """What would be written. `cells` by entity and field; `new` the fields of entities that would be made, by row.

    `judged` are this author's judgements that would be others, with what they are now and would be.
    """

    type_id: str
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    new: dict[int, dict[str, str]] = field(default_factory=dict)
    misfits: dict[str, list[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    fit: int = 0
    judged: list[tuple[str, str, str, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def unfit(self) -> int:
        """Return how many cells do not fit."""
        return self.counts.total()

    def refuse(self, why: str, cell: str = "") -> None:
        """Note that a cell does not fit, and why."""
        self.counts[why] += 1
        named = self.misfits.setdefault(why, [])
        if cell and len(named) < NAMED:
            named.append(cell)

    def told(self) -> list[str]:
        """Return the reasons, each with cells that it is about."""
        lines = []
        for why, named in list(self.misfits.items())[:REASONS]:
            more = self.counts[why] - len(named)
            cells = ", ".join(named)
            if named and more > 0:
                cells = _say("{cells} and {n} more").format(cells=cells, n=f"{more:,}")
            lines.append(f"{cells}: {why}" if named else why)
        left = self.unfit - sum(self.counts[why] for why in list(self.misfits)[:REASONS])
        return [*lines, _say("and {n} more, for other reasons").format(n=f"{left:,}")] if left > 0 else lines

    def write(self, tx: Transaction, board_id: str) -> bool:
        """Write what fits; new entities get cards below all that is on the board."""
        for entity_id, fields in self.cells.items():
            if tx.document.find("entities", entity_id):
                commands.set_fields(tx, entity_id, **fields)
        made = [commands.add_entity(tx, self.type_id) for _ in self.new]
        for entity, fields in zip(made, self.new.values(), strict=True):
            commands.set_fields(tx, entity.id, **fields)
        if made:
            place_all(tx, board_id, [tx.document.get(Entity, one.id) for one in made])
        return True


def planned(
    shell: Shell, source: Columns, type_id: str, wanted: Iterable[Wanted | str | None]
) -> Iterator[Plan | None]:
    """Try what is wanted in small steps: yield None after each, and the plan at the end. Nothing is changed.

    A text among what is wanted says why a cell has no place at all.
    """
    plan, trial = Plan(type_id), Trial(shell)
    for place, one in enumerate(wanted, 1):
        if isinstance(one, str):
            plan.refuse(one)
        elif one is not None:
            _try(shell, source, plan, trial, one)
        if one is None or place % _STEP == 0:
            yield None
    yield plan


def _try(shell: Shell, source: Columns, plan: Plan, trial: Trial, one: Wanted) -> None:
    column = one.column
    found = shell.document.find("entities", one.entity_id) if one.entity_id else None
    entity = found if isinstance(found, Entity) else None
    if one.entity_id and entity is None:
        plan.refuse(_say("A row is no longer in the file."))
        return
    name = f"{entity.number if entity else _say('new row')} {column.label}"
    now = column.typed(entity) if entity else ""
    if one.typed == now or (column.field is None and entity and one.typed == column.words(entity)):
        return  # as it is already
    if column.field is None:
        if entity is not None or one.typed:
            why = _say("This is computed, never typed.") if column.help else _say("The file gives this.")
            plan.refuse(why, name)
        return
    why = trial.why_not(entity.type if entity else plan.type_id, column, one.typed)
    if why:
        plan.refuse(why, f"{name} “{one_line(one.typed, _SHORT)}”")
        return
    plan.fit += 1
    plan.labels[column.key] = column.label
    fields = plan.cells.setdefault(entity.id, {}) if entity else plan.new.setdefault(one.row, {})
    fields[column.key] = one.typed
    own = source.own(entity.id, column.key) if entity and column.key in ASSESSED else ""
    if entity and own and one.typed and own != one.typed:
        plan.judged.append((entity.id, column.key, own, one.typed))


class Trial:
    """Try values on entities that are never written; the same value is tried once for each type."""

    def __init__(self, shell: Shell) -> None:
        self._tx = Transaction(shell.document, RandomSeam(), shell.session.author_id, {})
        self._on: dict[str, Entity] = {}
        self._known: dict[tuple[str, str, str], str] = {}

    def why_not(self, type_id: str, column: Column, typed: str) -> str:
        """Return why a value does not fit, in words; "" where it does."""
        asked = (type_id, column.key, typed)
        if asked not in self._known:
            self._known[asked] = self._tried(type_id, column, typed)
        return self._known[asked]

    def _tried(self, type_id: str, column: Column, typed: str) -> str:
        try:
            if type_id not in self._on:
                self._on[type_id] = commands.add_entity(self._tx, type_id)
            if column.key == "marking" and commands.lowers(self._tx.document, self._on[type_id], typed):
                return _say("It is lower than that of the file, which takes a reason: Edit, Marking…")
            if column.field is not None:
                check_references(self._tx.document, column.field, typed)
            commands.set_fields(self._tx, self._on[type_id].id, **{column.key: typed})
        except EvidenceBoardError as error:
            return reason_of(error)
        return ""


def reason_of(error: EvidenceBoardError) -> str:
    """Return why a value was refused; nobody has changed anything yet, so that half of the sentence goes."""
    _, takes, what = str(error).partition("It takes ")
    if takes:
        return takes + what
    said = error.message.partition(";")[0].removesuffix(" Nothing was changed.").rstrip(".") + "."
    return f"{said} {error.hint}".strip()


def _say(text: str) -> str:
    return QCoreApplication.translate("Table", text)
