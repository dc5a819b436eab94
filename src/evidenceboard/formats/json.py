"""JSON: the state of a whole file without its history, read back exactly as it was written."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final, cast

from evidenceboard.errors import FormatError
from evidenceboard.formats import listing
from evidenceboard.formats.chosen import chosen
from evidenceboard.formats.format import ExportOptions, Input, Report, Written
from evidenceboard.formats.json_parts import parts
from evidenceboard.formats.records_in import Row, take_in
from evidenceboard.model.changes import canonical
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Attachment, Board, Card, Entity, Frame, Record, as_row
from evidenceboard.model.transaction import Transaction

if TYPE_CHECKING:
    from evidenceboard.session import Session

NAME: Final = "evidenceboard"
VERSION: Final = 1
TABLES_OUT: Final = tuple(table for table in TABLES if table != "snapshots")
_BYTES: Final = "bytes"
_KEYS: Final = ("format", "version", _BYTES, *TABLES)


def write(session: Session, options: ExportOptions) -> Written:
    """Write every record, one a line; with `attachments` their bytes as base64 as well."""
    document, withheld = chosen(session.document, options.at_most)
    tables = {table: [canonical(as_row(record)) for record in ordered(document, table)] for table in TABLES_OUT}
    parts = {table: "[\n" + ",\n".join(rows) + "\n]" if rows else "[]" for table, rows in tables.items()}
    parts |= {"format": canonical(NAME), "version": canonical(VERSION)}
    if options.attachments:
        held = dict.fromkeys(cast(Attachment, one).sha256 for one in ordered(document, "attachments"))
        lines = [f"{canonical(sha)}:{canonical(_base64(session.attachment(sha)))}" for sha in sorted(held)]
        parts[_BYTES] = "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"
    text = "{\n" + ",\n".join(f"{canonical(key)}:{parts[key]}" for key in sorted(parts)) + "\n}\n"
    return Written(text.encode(), _not_expressed(session, document, options), withheld)


def ordered(document: Document, table: str) -> list[Record]:
    """Return the records of a table in one order for one state: what is undone is written as if it never was."""
    return sorted(document.table(table).values(), key=_order)


def _order(record: Record) -> tuple[Any, ...]:
    if isinstance(record, Entity):
        return listing.by_number(record)
    if isinstance(record, Board):
        return (record.position, record.id)
    if isinstance(record, Card | Frame):
        return (record.board_id, record.z, record.id)
    return (record.id,)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _not_expressed(session: Session, document: Document, options: ExportOptions) -> list[str]:
    said = ["the history, so nothing that was done before can be undone or looked at"]
    if session.document.snapshots:
        said.append(f"{len(session.document.snapshots)} names of states, which point into the history")
    if document.table("attachments") and not options.attachments:
        said.append(f"the bytes of {len(document.table('attachments'))} attachments; --attachments takes them along")
    return said


def recognises(given: Input) -> bool:
    """Tell whether an input is an object with our name or our tables in it."""
    if isinstance(given.data, dict) or given.data.lstrip()[:1] != b"{":
        return False
    return bool(re.search(rb'"format"\s*:\s*"evidenceboard"', given.data)) or b'"entities"' in given.data


def read(tx: Transaction, given: Input) -> Report:
    """Take in a file that was written here. Ids, numbers and unknown fields stay as they are."""
    report = Report()
    text = _text(given, report)
    rows: list[Row] = []
    if report.problems:
        return report
    ours = False
    try:
        for key, line, value in tx.pace.over(parts(text, TABLES)):
            where = f"line {line}"
            if value != {"format": NAME, "version": VERSION}.get(key, value):
                raise _stranger()
            ours |= key in ("format", *TABLES)
            if key in TABLES:
                rows.append(Row(key, where, value))
            elif key == _BYTES:
                _keep(tx, where, value, report)
            elif key not in _KEYS:
                report.note(where, "a part that this version does not know was left out")
    except json.JSONDecodeError as error:
        report.problem(f"line {error.lineno}", f"this is no JSON: {error.msg.lower()}")
    except RecursionError:
        report.problem("the whole input", "this is nested too deeply")
    if not ours and not report.problems:
        raise _stranger()
    take_in(tx, given, rows, report)
    kept = [row.values for row in rows if row.table == "attachments" and isinstance(row.values, dict)]
    missing = sum(str(values.get("sha256")) not in tx.blobs for values in kept)
    if missing:
        report.note("the whole input", f"the bytes of {missing} attachments did not come along")
    return report


def _stranger() -> FormatError:
    return FormatError(
        "This JSON is of another program or a newer version; nothing was changed.",
        "Update this program, or ask for another format.",
    )


def _text(given: Input, report: Report) -> str:
    data = given.data if isinstance(given.data, bytes) else b""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report.problem(f"line {data.count(10, 0, error.start) + 1}", "this is not UTF-8 text")
        return ""


def _keep(tx: Transaction, where: str, value: Any, report: Report) -> None:
    for digest, said in value.items() if isinstance(value, dict) else [("", value)]:
        try:
            data = base64.b64decode(said, validate=True)
        except (binascii.Error, TypeError, ValueError):
            report.problem(where, "the bytes of an attachment are not base64")
            continue
        if hashlib.sha256(data).hexdigest() != digest:
            report.problem(where, "the bytes of an attachment are not those that were written")
        else:
            tx.blobs[digest] = data
