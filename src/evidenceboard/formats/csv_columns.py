"""Which column of a table says what: by the names in its header, or by a mapping that the user gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import FormatError
from evidenceboard.formats.csv_text import Table
from evidenceboard.formats.format import Input, Report
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.model.types import BY_ID, TYPES
from evidenceboard.model.values import dataclass

_MAPPING: Final = ("type", "columns", "ends")
_SAME: Final = {
    "number": ("number", "no", "nr"),
    "id": ("id", "key"),
    "type": ("type",),
    "notes": ("notes", "note", "description", "comment", "comments"),
    "marking": ("marking", "tlp"),
    "marking_reason": ("marking_reason",),
    "tags": ("tags", "tag", "keywords"),
    "title": ("title", "name", "label", "statement", "sentence"),
}
_FROM: Final = ("from", "source", "start", "from_number")
_TO: Final = ("to", "target", "end", "to_number")


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table is: a field, "from" or "to", or None to leave it out.

    `joins`: each row is a link. `ours`: written here, both ends told in full. `type_id`: of the rows, or of new ends.
    """

    targets: list[str | None]
    joins: bool
    ours: bool
    type_id: str

    def values(self, cells: list[str]) -> dict[str, str]:
        """Return the fields of a row that say something, the ends of a link aside."""
        found = {t: cell for t, cell in zip(self.targets, cells, strict=True) if t and cell.strip()}
        if self.joins:
            return {key: cell for key, cell in found.items() if not (key in ("from", "to") or self._is_end(key))}
        said = found.get("type", "").strip().lower()
        if said in BY_ID or not self.type_id:
            found["type"] = said
        else:
            found |= {"type": self.type_id} | ({"kind": found["type"]} if said and "kind" not in found else {})
        return found

    def end(self, cells: list[str], side: str) -> dict[str, str]:
        """Return what a row tells of one end of its link."""
        found = {t: cell for t, cell in zip(self.targets, cells, strict=True) if t and cell.strip()}
        if self.ours:
            mine = f"{side}_"
            return {key.removeprefix(mine): cell for key, cell in found.items() if key.startswith(mine)}
        called = {"title": found[side].strip()} if side in found else {}
        return called | ({"type": self.type_id} if self.type_id and called else {})

    def _is_end(self, key: str) -> bool:
        return self.ours and key.startswith(("from_", "to_"))


def columns(table: Table, given: Input, report: Report) -> Columns | None:
    """Return what the columns of a table are; report what cannot be told. Raises `FormatError` for a bad mapping."""
    mapping = _checked(given.mapping)
    wanted: dict[str, str | None] = mapping.get("columns", {})
    where = f"{table.name} line 1" if isinstance(given.data, dict) else "line 1"
    for name in wanted:
        if name not in table.header:
            report.problem(where, f"the mapping names a column “{name[:40]}” that is not there")
    if {"from_number", "from_type", "to_number", "to_type", "type"} <= set(table.header) and not wanted:
        return Columns(list(table.header), True, True, "")
    plain = [wanted[name] if name in wanted else _plain(name) for name in table.header]
    start, end = _first(plain, _FROM), _first(plain, _TO)
    if start is not None and end is not None and not _first_is(plain, "title"):
        targets = [_link_field(target) for target in plain]
        targets[start], targets[end] = "from", "to"
        return Columns(targets, True, False, mapping.get("ends", ""))
    return _of_entities(table, plain, set(wanted), mapping, where, report)


def _of_entities(
    table: Table, plain: list[str | None], wanted: set[str], mapping: dict[str, Any], where: str, report: Report
) -> Columns | None:
    type_id = mapping.get("type") or _type_of(Path(table.name).stem)
    known = {key for kind in TYPES if type_id in ("", kind.id) for key in kind.props.model_fields}
    targets = list(plain)
    for target, names in _SAME.items():
        if target in (plain[at] for at, name in enumerate(table.header) if name in wanted):
            continue
        for name in names:
            found = _first(plain, (name,))
            if found is not None and not (name in known and target != name) and table.header[found] not in wanted:
                targets[found] = target
                break
    for at, name in enumerate(table.header):
        if targets[at] == plain[at] and name not in wanted and plain[at] not in (*known, *_SAME):
            targets[at] = name[:200] or None
    if "title" not in targets:
        report.problem(where, "no column is a title or a name; a mapping can say which one is")
    if not type_id and "type" not in targets:
        kinds = ", ".join(BY_ID)
        report.problem(where, f"nothing says what these rows are; a column “type” or a mapping can: {kinds}")
    return None if report.problems else Columns(targets, False, False, type_id)


def _checked(mapping: dict[str, Any]) -> dict[str, Any]:
    strange = [key for key in mapping if key not in _MAPPING]
    columns = mapping.get("columns", {})
    sound = isinstance(columns, dict) and all(isinstance(one, str | None) for one in columns.values())
    types = [mapping[key] for key in ("type", "ends") if key in mapping]
    if strange or not sound or any(one not in BY_ID for one in types):
        raise FormatError(
            "The mapping cannot be used; nothing was changed.",
            'It is JSON such as {"type": "actor", "columns": {"Full name": "title", "Row": null}}; for links “ends” is '
            f"the type of ends that are new. Types: {', '.join(BY_ID)}.",
        )
    return mapping


def _plain(name: str) -> str:
    word = name.strip().lower().rstrip(".:").replace(" ", "_")
    models = [*(kind.props for kind in TYPES), *(kind.props for kind in LINK_TYPES)]
    labels = {
        str(field.title or "").lower().replace(" ", "_"): key
        for model in models
        for key, field in model.model_fields.items()
    }
    return labels.get(word, word)


def _link_field(target: str | None) -> str | None:
    return next((key for key in ("notes", "marking", "marking_reason", "tags") if target in _SAME[key]), target)


def _first(plain: list[str | None], names: tuple[str, ...]) -> int | None:
    return next((at for at, name in enumerate(plain) if name in names), None)


def _first_is(plain: list[str | None], target: str) -> bool:
    return any(name == target for name in plain)


def _type_of(stem: str) -> str:
    word = stem.strip().lower()
    return next((kind.id for kind in TYPES if word in (kind.id, kind.plural.lower())), "")
