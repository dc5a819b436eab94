"""Looking at every row of a file: digests and sums, the chain of the log, the bytes of attachments.

It asks the connection alone, whichever SQLite is behind it, and returns what it finds as pairs of where and what.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, Final

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.pace import Tick, unheard
from evidenceboard.model.records import COLUMNS, TABLES
from evidenceboard.store import quick_rows
from evidenceboard.store.digests import OTHERS, SUM, WHOLE, mismatched, sum_of
from evidenceboard.store.how_far import rows_in
from evidenceboard.store.quick_rows import AT_ONCE
from evidenceboard.store.rows import from_sql

Finding = tuple[str, str]
"""Where something is wrong, such as C12, and what."""
_MOST: Final = 20
"""Findings of one table that are told one by one."""
_NUMBER: Final = re.compile(r"[A-Z]{1,3}\d{1,9}[a-z]{0,3}")
_ENTITY: Final = {
    "entities": ("id", "it"),
    "cards": ("entity_id", "its card"),
    "attachments": ("entity_id", "what is attached to it"),
    "assessments": ("subject_id", "a judgement of it"),
}
"""By which column a row belongs to an entity, and how it is called there."""
_NAMES: Final = {
    "authors": "the list of authors",
    "_sqlite_migrations": "the list of steps of the format",
    "operations": "the list of operations",
    "changes": "the list of changes",
    "chunks": "the list of attached bytes",
    "meta": "the highest number of a type",
}


def rows(connection: Any, tick: Tick = unheard) -> Iterator[Finding]:
    """Yield what was not written by this program as it stands there, table by table."""
    sums: dict[str, int] = {}
    there, done = sum(rows_in(connection, table) for table in TABLES), 0
    for table in TABLES:
        wrong, last = 0, -(2**63)
        while True:
            found = quick_rows.sound(connection, table, last)
            if found is None:
                part, reached = _part(connection, table, last)
                count, total = len(part), sum(row[-1] for row in part if type(row[-1]) is int)
                for at in mismatched(table, part):
                    wrong += 1
                    if wrong <= _MOST:
                        yield _told(connection, table, part[at])
            else:
                count, total, reached = found
            if not count:
                break
            if reached <= last:
                yield table, "rows do not lie in their order"  # and who reads on would come by here again and again
                break
            last = reached
            sums[table] = sums.get(table, 0) + total
            done += count
            tick(done / max(there, done))
        if wrong > _MOST:
            yield table, f"{wrong - _MOST} more rows like these"
    yield from _sums(connection, sums)


def _part(connection: Any, table: str, after: int) -> tuple[list[tuple[Any, ...]], int]:
    """Return the next rows of a table with their digest last, and the number of the last one of them."""
    names = ", ".join(COLUMNS[table])
    said = f"select rowid, {names}, digest from {table} where rowid > ? order by rowid limit {AT_ONCE}"
    raw = [f"case typeof({name}) when 'text' then cast({name} as blob) else {name} end" for name in COLUMNS[table]]
    try:
        found = list(connection.execute(said, (after,)))
    except (UnicodeDecodeError, sqlite3.OperationalError):
        # A text that is none: read as bytes, row by row, so that it is told which.
        asked = said.replace(names, ", ".join(raw))
        found = [tuple(map(_text, row)) for row in connection.execute(asked, (after,))]
    return [row[1:] for row in found], found[-1][0] if found else after


def _text(value: Any) -> Any:
    try:
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return value


def _told(connection: Any, table: str, row: tuple[Any, ...]) -> Finding:
    """Return what is said of a row that does not fit its digest."""
    values = dict(zip(COLUMNS[table], row, strict=False))
    where, name = _place(connection, table, values)
    _, odd = from_sql(table, [row[:-1]])
    if odd:
        return where, f"{name} is damaged: it was changed outside this program, and holds what cannot be"
    return where, f"{name} was changed outside this program{_since(connection, values['id'])}"


def _place(connection: Any, table: str, values: dict[str, Any]) -> Finding:
    column, name = _ENTITY.get(table, ("", ""))
    if column and (number := _number(connection, values[column])):
        return number, name
    if table == "assessments" and (ends := _ends(connection, values["subject_id"])):
        return ends, "a judgement of this link"
    if table == "links" and (ends := _between(connection, values["from_id"], values["to_id"])):
        return ends, "this link"
    return table, "a row"


def _number(connection: Any, entity_id: Any) -> str:
    for (number,) in connection.execute("select cast(number as blob) from entities where id = ?", (entity_id,)):
        said = bytes(number).decode("utf-8", "replace")
        return said if _NUMBER.fullmatch(said) else ""
    return ""


def _ends(connection: Any, link_id: Any) -> str:
    for start, end in connection.execute("select from_id, to_id from links where id = ?", (link_id,)):
        return _between(connection, start, end)
    return ""


def _between(connection: Any, start: Any, end: Any) -> str:
    numbers = [_number(connection, one) for one in (start, end)]
    return " to ".join(numbers) if all(numbers) else ""


def _since(connection: Any, record_id: Any) -> str:
    """Return since when: the last operation that is known to have written a record, else the first of the file."""
    asked = (
        "select at from operations where id = (select op from changes where record_id = ? order by rowid desc limit 1)",
        "select at from operations where ? <> '' order by rowid limit 1",
    )
    for said in asked:
        for (at,) in connection.execute(said, (record_id,)):
            if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", str(at)):
                return f" since {str(at)[:16].replace('T', ' ')} UTC"
    return ""


def _sums(connection: Any, made: dict[str, int]) -> Iterator[Finding]:
    known = dict(connection.execute(f"select key, value from meta where key like '{SUM}%'"))
    for table in (*TABLES, *OTHERS):
        total: int | None
        try:
            total = made.get(table, 0) if table in TABLES else sum_of(connection, table)
        except (ValueError, TypeError):
            total = None
        if total is None or str(total % WHOLE) != known.get(f"{SUM}{table}"):
            name = _NAMES.get(table)
            what = f"{name} was changed" if name else "rows were added or taken out, or their sum was changed,"
            yield ("history" if table in ("operations", "changes") else table), f"{what} outside this program"


def history(connection: Any, tick: Tick = unheard) -> Iterator[Finding]:
    """Yield what does not hold in the log: hashes over each operation, and the operations that they name."""
    # Reading the log brings in what rows do not need, which takes longer than looking at those of a small board.
    from evidenceboard.store.log import HEADER
    from evidenceboard.store.taking import CHANGES, check_hashes

    known: set[str] = set()
    wrong = lost = done = 0
    there = rows_in(connection, "changes")
    asked = f'select {CHANGES} from changes where op = ? order by "index"'
    for row in list(connection.execute(f"select {HEADER} from operations order by rowid")):
        changes = list(connection.execute(asked, (row[0],)))
        try:
            check_hashes([row], _told_of(changes, tick, done, there))
            wrong += not all(_counts(row) for row in changes)
            lost += bool(set(json.loads(row[10])) - known)
        except (EvidenceBoardError, ValueError, TypeError, KeyError):
            wrong += 1
        known.add(row[-1])
        done += len(changes)
    if wrong:
        yield "history", f"{wrong} operations are not as they were written"
    if lost:
        yield "history", f"{lost} operations come after one that is not there"


def _told_of(changes: list[Any], tick: Tick, done: int, there: float) -> Iterator[Any]:
    for place, change in enumerate(changes, done + 1):
        yield change
        tick(place / max(there, place))


def _counts(row: tuple[Any, ...]) -> bool:
    """Tell whether a row of the log is about as many records as it says; what was taken out cannot be counted."""
    _, _, _, record_id, records, before, after, *_ = row
    if record_id is not None:
        return bool(records == 1)
    said = after or before
    return said is None or bool(records == len(json.loads(said)["ids"]))


def attachments(connection: Any, tick: Tick = unheard) -> Iterator[Finding]:
    """Yield the attachments whose bytes are not there, or not what they were."""
    sizes: dict[str, tuple[int, bool]] = {}
    there, done = rows_in(connection, "chunks"), 0
    for (said,) in list(connection.execute("select distinct sha256 from chunks")):
        size, made = 0, hashlib.sha256()
        for (part,) in connection.execute("select bytes from chunks where sha256 = ? order by part", (said,)):
            if isinstance(part, bytes):
                made.update(part)
                size += len(part)
            done += 1
            tick(done / max(there, done))
        sizes[said] = (size, made.hexdigest() == said)
    named = set()
    for entity_id, said, size in list(connection.execute("select entity_id, sha256, size from attachments")):
        named.add(said)
        there, same = sizes.get(said, (-1, False))
        where = _number(connection, entity_id) or "attachments"
        if there < 0:
            yield where, "the bytes of something attached are not in the file"
        elif not same or there != size:
            yield where, "the bytes of something attached are not what they were"
    if any(not same for said, (_, same) in sizes.items() if said not in named):
        yield "attachments", "bytes that are kept for undo are not what they were"


STAGES: Final[dict[str, Callable[[Any, Tick], Iterator[Finding]]]] = {
    "rows": rows,
    "history": history,
    "attachments": attachments,
}
"""What is looked at after the pages, in this order."""
