"""Taking values out of the log for good: rows lose what they say and their salt, and keep their commitment."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Final

from evidenceboard.model.records import Redaction

_EMPTY: Final = (
    "update changes set before = null, after = null, salt = ''"
    ' where "table" = :table and (op in (select value from json_each(:operations))'
    " or op in (select id from operations where kind = 'merge'))"
    " and (record_id = :record or (record_id is null and coalesce(after, '') not like '{\"dx\"%'"
    " and (instr(coalesce(before, ''), :record) or instr(coalesce(after, ''), :record))))"
    " and (:field = '\"\"' or instr(coalesce(before, '') || coalesce(after, ''), :field))"
)


def redact(connection: sqlite3.Connection, redactions: Iterable[Redaction]) -> None:
    """Empty the rows that redactions name, and those of merges, which repeat what they brought.

    A row of several changes is emptied whole. What is emptied already stays so.
    """
    for one in redactions:
        asked = {
            "table": one.record_table,
            "record": one.record_id,
            "operations": json.dumps(one.operations),
            "field": f'"{one.field.removeprefix("props.")}"',
        }
        connection.execute(_EMPTY, asked)
