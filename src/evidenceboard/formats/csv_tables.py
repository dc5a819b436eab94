"""A folder of CSV, one file per table of the board file: what is in it comes back exactly, ids and all."""

from __future__ import annotations

import json
from typing import Any, Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.formats.csv_text import guarded, table, unguarded, written
from evidenceboard.formats.format import Input, Report, what
from evidenceboard.formats.json import TABLES_OUT, ordered
from evidenceboard.formats.records_in import Row, take_in
from evidenceboard.model.changes import canonical
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props, checked
from evidenceboard.model.link_types import LINK_TYPES, link_type
from evidenceboard.model.records import COLUMNS, Entity, Link, Record, as_row
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.types import TYPES, entity_type

MORE: Final = "more"
"""The column for fields that no type names, and for values that a plain cell would not give back: JSON."""
_JSON: Final = {"settings": ("value",)}
_NUMBERS: Final = ("x", "y", "w", "h", "z", "position", "size")
_TRUE: Final = ("fitted", "collapsed", "pinned")
_OR_NONE: Final = ("frame_id",)


def write(document: Document) -> dict[str, bytes]:
    """Return the files by name."""
    files = {}
    for name in TABLES_OUT:
        rows = [_row(record) for record in ordered(document, name)]
        header = [column for column in COLUMNS[name] if column != "props"]
        if "props" in COLUMNS[name]:
            used = {key for row in rows for key in row}
            header += [key for key in _fields(name) if key in used] + [MORE]
        files[f"{name}.csv"] = written(header, ([row.get(column) for column in header] for row in rows))
    return files


def not_expressed(document: Document) -> list[str]:
    """Say what the folder does not hold."""
    kept = len(document.table("attachments"))
    return [*([f"the bytes of {kept} attachments"] if kept else []), "the history"]


def recognises(files: dict[str, bytes]) -> bool:
    """Tell whether a folder has the tables that are written here."""
    start = files.get("entities.csv", b"").lstrip(b"\xef\xbb\xbf")[:40]
    return start.startswith(b"id,type,number,title")


def _fields(name: str) -> list[str]:
    models = [kind.props for kind in (TYPES if name == "entities" else LINK_TYPES)]
    return [
        key for key in dict.fromkeys(key for model in models for key in model.model_fields) if key not in COLUMNS[name]
    ]


def _row(record: Record) -> dict[str, Any]:
    row = as_row(record)
    if "value" in row and "reason" not in row:
        row["value"] = canonical(row["value"])
    if not isinstance(record, Entity | Link):
        return row
    if [tag.strip() for tag in ";".join(record.tags).split(";") if tag.strip()] != list(record.tags):
        row["tags"] = canonical(list(record.tags))
    model, more = _model(record.type, isinstance(record, Link)), {}
    for key, value in row.pop("props").items():
        if (
            key in model.model_fields
            and key not in row
            and value not in ("", [])
            and _back(model, key, guarded(value)) == value
        ):
            row[key] = value
        else:
            more[key] = value
    return {**row, MORE: canonical(more) if more else ""}


def _model(type_id: str, is_link: bool) -> type[Props]:
    return link_type(type_id).props if is_link else entity_type(type_id).props


def _back(model: type[Props], key: str, cell: str) -> Any:
    try:
        return checked(model, {key: unguarded(cell)})[key]
    except InvalidValueError:
        return None


def read(tx: Transaction, given: Input, files: dict[str, bytes], report: Report) -> None:
    """Take the tables of a folder in."""
    rows: list[Row] = []
    for name in TABLES_OUT:
        found = table(f"{name}.csv", files[f"{name}.csv"], report, named=True) if f"{name}.csv" in files else None
        for where, cells in tx.pace.over(found.rows if found else []):
            values = _values(name, dict(zip(found.header, cells, strict=True)) if found else {}, where, report)
            if values is not None:
                rows.append(Row(name, where, values))
    for name in files.keys() - {f"{name}.csv" for name in TABLES_OUT}:
        report.note(name, "this is none of the tables of a board; it was left out")
    if not report.problems:
        take_in(tx, given, rows, report)


def _values(name: str, cells: dict[str, str], where: str, report: Report) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    props: dict[str, Any] = {}
    model = _model(cells.get("type", ""), name == "links")
    for column, cell in cells.items():
        try:
            if column == MORE or (name == "settings" and column == "value"):
                read = json.loads(cell) if cell else {}
                if column == MORE:
                    props |= read
                else:
                    values[column] = read
            elif column in COLUMNS[name]:
                values[column] = _plain(column, cell)
            elif cell and column in model.model_fields:
                props |= checked(model, {column: cell})
            elif cell:
                props[column] = cell
        except (ValueError, TypeError, RecursionError):
            report.problem(where, f"“{column[:40]}” is not the JSON that it should be")
            return None
        except InvalidValueError as error:
            report.problem(where, what(error))
            return None
    return {**values, "props": props} if "props" in COLUMNS[name] else {**values, **props}


def _plain(column: str, cell: str) -> Any:
    if column in _TRUE:
        return cell.strip().lower() in ("yes", "1", "true")
    if column in _OR_NONE:
        return cell or None
    if column == "tags":
        read = json.loads(cell) if cell.startswith("[") and cell.endswith("]") else None
        return read if isinstance(read, list) else [tag.strip() for tag in cell.split(";") if tag.strip()]
    return cell
