"""Rows of other people's tables: which column says what, which row is which thing, what a link hangs on."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from evidenceboard.commands import add_entity, link, set_fields
from evidenceboard.errors import EvidenceBoardError, FormatError
from evidenceboard.formats.csv_columns import Columns, columns
from evidenceboard.formats.csv_text import Table
from evidenceboard.formats.format import Input, Report, what
from evidenceboard.formats.placing import place_all
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.link_types import BY_ID, fits, fitting, link_type
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import BY_ID as BY_TYPE
from evidenceboard.model.types import entity_type

_ZEROS: Final = re.compile(r"^([A-Za-z]{1,3})0+(\d)")
DIRECTIONS: Final = ("", "directed", "undirected", "mutual")
"""What other programs call the type of a link when they mean its direction."""
OWN: Final = ("title", "notes", "marking", "marking_reason", "tags")
LONGEST_NUMBER: Final = 20


class Import:
    """One import of tables: what was made so far, what rows call it, and what is to be joined last."""

    def __init__(self, tx: Transaction, given: Input, report: Report) -> None:
        self._tx = tx
        self._given = given
        self._report = report
        self._made: dict[str, Entity] = {}
        self._called: dict[str, Entity] = {}
        self._keys: dict[str, Entity] = {}
        self._titles: dict[str, Entity | None] = {}
        self._later: list[tuple[str, Entity | Link, str, list[str]]] = []
        self._links = {(one.type, one.from_id, one.to_id): one for one in tx.document.links}
        for entity in tx.document.entities:
            self._name(entity, str(entity.props.get("id") or ""))

    def take(self, tables: list[Table]) -> None:
        """Add all rows, entities before links; then what names other rows; then cards for what is new."""
        planned = [(one, columns(one, self._given, self._report)) for one in tables]
        if self._report.problems:
            return
        for joins in (False, True):
            for one, plan in planned:
                for where, cells in self._tx.pace.over(one.rows if plan and plan.joins == joins else ()):
                    self._row(plan, where, cells)
        for where, record, key, names in self._later:
            self._refer(where, record, key, names)
        if not any(one.rows for one in tables):
            self._report.problem("the whole input", "there are no rows in it")
        if not self._report.problems:
            self._report.cards = place_all(self._tx, self._given.board_id, list(self._made.values()))

    def _row(self, plan: Columns | None, where: str, cells: list[str]) -> None:
        try:
            if plan and plan.joins:
                self._link(plan, where, cells)
            elif plan:
                self._entity(dict(plan.values(cells)), where)
        except EvidenceBoardError as error:
            self._report.problem(where, what(error))

    def _entity(self, values: dict[str, Any], where: str) -> Entity:
        type_id, number = str(values.pop("type")), str(values.pop("number", "")).strip()
        if type_id not in BY_TYPE and "id" not in values and not number:
            raise FormatError(f"“type” is none of {', '.join(BY_TYPE)}")
        taken = number and next(self._tx.document.where("entities", "number", number), None)
        if taken or len(number) > LONGEST_NUMBER:
            self._report.note(where, "its number is given to another one already, so it gets the next")
        refers = self._refers(entity_type(type_id).props, values)
        own = {key: values.pop(key) for key in OWN if key in values}
        entity = add_entity(
            self._tx, type_id, number="" if taken else number, strangers=True, props=values, **own
        )  # fmt: skip
        self._made[entity.id] = entity
        self._report.created[type_id] += 1
        self._name(entity, str(values.get("id", "")))
        if number:
            self._called[number] = entity
        self._later += [(where, entity, name, names) for name, names in refers.items()]
        return entity

    def _link(self, plan: Columns, where: str, cells: list[str]) -> None:
        end = self._told if plan.ours else self._end
        start, goal = end(plan.end(cells, "from"), where, "from"), end(plan.end(cells, "to"), where, "to")
        if start is None or goal is None:
            return
        values: dict[str, Any] = dict(plan.values(cells))
        type_id = str(values.pop("type", "")).strip()
        if not plan.ours and type_id.lower() in (*BY_ID, *DIRECTIONS):
            type_id = "related" if type_id.lower() in DIRECTIONS else type_id.lower()
        elif not plan.ours:
            values.setdefault("label", type_id)
            type_id = "related"
        if not plan.ours and not fits(BY_ID[type_id], start.type, goal.type):
            usual = ", ".join(kind.id for kind, turned in fitting(start.type, goal.type) if not turned)
            raise FormatError(f"“{type_id}” does not join these two: from the one to the other go {usual}")
        if (type_id, start.id, goal.id) in self._links:
            self._report.note(where, "there is such a link between the two already; it was left as it is")
            return
        refers = self._refers(link_type(type_id).props, values)
        own = {key: values.pop(key) for key in OWN if key in values}
        values = {key.removeprefix("link_") if plan.ours else key: value for key, value in values.items()}
        made = link(self._tx, type_id, start.id, goal.id, strangers=True, props=values, **own)
        self._report.links += 1
        self._later += [(where, made, name, names) for name, names in refers.items()]

    def _told(self, values: dict[str, str], where: str, side: str) -> Entity | None:
        """Return the entity at an end that the row tells in full: one told before, one of the file, or a new one."""
        number, type_id, title = (values.get(key, "") for key in ("number", "type", "title"))
        if not number or not type_id:
            self._report.problem(where, f"“{side}” leads to nothing: its number or its type is missing")
            return None
        known = self._called.get(number)
        if known is None:
            known = next((cast(Entity, one) for one in self._tx.document.where("entities", "number", number)), None)
            if known is None or (known.type, known.title) != (type_id, title):
                known = self._entity(dict(values), where)
            self._called[number] = known
        if known.title != title:
            self._report.note(
                where, f"“{side}” tells of {known.number} otherwise than a row before; the first one counts"
            )
        return known

    def _end(self, values: dict[str, str], where: str, side: str) -> Entity | None:
        """Return the entity that is called so: by number, by the id of a row, or by a title that only one has."""
        name = values.get("title", "")
        known = self._named(name)
        if known or not name:
            pass
        elif values.get("type") and name not in self._titles:
            known = self._entity(dict(values), where)
        if known is None:
            what = "several things are called so" if name in self._titles else "nothing is called so"
            self._report.problem(where, f"“{side}” leads to nothing: {what if name else 'it is empty'}")
        return known

    def _refers(self, model: type[Props], values: dict[str, Any]) -> dict[str, list[str]]:
        """Take out the fields that name other entities, which may come in a later row."""
        found = {name: str(values.pop(name)) for name in list(values) if extra(model, name).get("refers_to")}
        return {name: [one.strip() for one in said.split(";") if one.strip()] for name, said in found.items()}

    def _refer(self, where: str, record: Entity | Link, key: str, names: list[str]) -> None:
        found = [one.id for one in map(self._named, names) if one]
        if len(found) == len(names):
            set_fields(self._tx, record.id, **{key: found})
        else:
            self._report.problem(where, f"“{key}” names something that is neither in the file nor in the input")

    def _name(self, entity: Entity, key: str) -> None:
        if key:
            self._keys.setdefault(key, entity)
        if entity.title:
            self._titles[entity.title] = None if entity.title in self._titles else entity

    def _named(self, name: str) -> Entity | None:
        if name in self._called:
            return self._called[name]
        for number in (name, _ZEROS.sub(r"\1\2", name)):
            for found in self._tx.document.where("entities", "number", number):
                return cast(Entity, found)
        return self._keys.get(name) or self._titles.get(name)
