"""What is in a file that is sent as it is: who worked on it, and what can be read in it that no card shows any more."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from evidenceboard.model.markings import of_file, read_as
from evidenceboard.model.records import TABLES, as_row
from evidenceboard.session import Session

SAYING: Final = (
    "title", "notes", "name", "text", "reason", "marking_reason", "url", "details", "props", "tags", "value",
)  # fmt: skip
"""The columns that hold what somebody wrote."""
_SHORTEST: Final = 4


@dataclass(slots=True)
class Contents:
    """What a file holds beside its cards. `authors`: name ("" where there is none) and operations, the most first.

    `gone`: texts that only the history has, as they were written; `markings` counts what bears which marking.
    """

    authors: list[tuple[str, int]] = field(default_factory=list)
    operations: int = 0
    gone: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    deleted_files: int = 0
    markings: Counter[str] = field(default_factory=Counter)


def contents(session: Session) -> Contents:
    """Return what is in an open file, its history included."""
    document, log = session.document, session.log
    made = Contents()
    done = Counter(one.author_id for one in log.headers())
    names = dict(log.authors())
    made.authors = [(names.get(one, ""), count) for one, count in done.most_common()]
    made.authors += [(name, 0) for one, name in names.items() if one not in done and name]
    made.operations = sum(done.values())
    here = {text for table in TABLES for one in document.table(table).values() for text in _written(as_row(one))}
    lost = dict.fromkeys(text for said in log.texts() for text in _of_json(said) if text not in here)
    made.gone = sorted(lost, key=lambda text: -len(text))
    for table in TABLES:
        for record in document.table(table).values():
            row = as_row(record)
            if row.get("notes"):
                made.notes.append(row["notes"])
            if table == "attachments":
                made.attachments.append(row["name"])
            if row.get("marking"):
                made.markings[read_as(row["marking"])] += 1
    made.markings[of_file(document)] += 1
    held = {as_row(one)["sha256"] for one in document.table("attachments").values()}
    made.deleted_files = len(log.attached() - held)
    return made


def _of_json(said: str) -> list[str]:
    try:
        return list(_written(json.loads(said)))
    except (ValueError, RecursionError):
        return []


def _written(side: Any) -> Iterator[str]:
    """Yield what somebody wrote in a record or a change of one, a row of several changes among them."""
    if not isinstance(side, dict):
        return
    parts = [side, *(one for one in (side.get("each"), side.get("same")) if isinstance(one, dict))]
    for part in parts:
        for key in SAYING:
            yield from _texts(part.get(key))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) >= _SHORTEST:
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
