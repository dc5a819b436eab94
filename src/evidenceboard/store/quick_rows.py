"""Rows that are seen to be as they were written, many at a time: SQLite writes them as the JSON that digests are of.

That says yes or nothing: where a digest does not fit, or SQLite would write a number or a text in another way, the rows
are looked at one by one. So it may take longer, but lets nothing pass.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any, Final

from evidenceboard.model.records import COLUMNS, FARTHEST, STEPS_PER_UNIT
from evidenceboard.store.digests import of_texts

AT_ONCE: Final = 1000
"""Rows that are looked at together."""
_NUMBERS: Final = frozenset(("x", "y", "w", "h"))
"""Columns of floats. SQLite writes fifteen digits of one, which is all of it where it lies on the grid."""


def sound(connection: Any, table: str, after: int) -> tuple[int, int, int] | None:
    """Return how many of the next rows are sound, the sum of their digests and the number of the last one.

    None where they have to be looked at one by one.
    """
    try:
        last, count, odd, texts, known = next(iter(connection.execute(_asked(table), (after,))))
        if not count:
            return 0, 0, after
        made = of_texts(texts.split(b"\n")) if not odd else []
    except _errors(connection):
        return None  # whatever it is, it is told by who looks at each row
    if len(made) != count or ",".join(map(str, made)) != known:
        return None
    return count, sum(made), last


def _errors(connection: Any) -> tuple[type[Exception], ...]:
    if isinstance(connection, sqlite3.Connection):
        return (sqlite3.Error, UnicodeError)
    import apsw

    return (apsw.Error, UnicodeError)


@cache
def _asked(table: str) -> str:
    names = ", ".join(COLUMNS[table])
    odd = ["typeof(digest) <> 'integer'"]
    for name in _NUMBERS.intersection(COLUMNS[table]):
        whole = f"cast({name} * {STEPS_PER_UNIT}.0 as integer) / {STEPS_PER_UNIT}.0"
        odd.append(f"{name} is not {whole} or abs({name}) > {FARTHEST!r}")
    return (
        f"select max(rowid), count(*), total({' or '.join(odd)}),"
        f" cast(group_concat(json_array({names}), char(10)) as blob),"
        f" group_concat(digest) from (select rowid, {names}, digest from {table} where rowid > ? order by rowid"
        f" limit {AT_ONCE})"
    )
