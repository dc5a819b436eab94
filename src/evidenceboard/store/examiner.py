"""What looks a file over, in a process of its own: a current SQLite in which all that could act is switched off."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import FileRefusedError
from evidenceboard.model.pace import Tick, from_to, unheard
from evidenceboard.store import gate, how_far
from evidenceboard.store.scrutiny import STAGES, Finding

LONGEST: Final = 64 * 1024 * 1024
"""Bytes of one value, beyond which a file is not read."""
GENTLY: Final = "gently"
"""Among the stages: what is looked over beside a window lets that go first."""
_PRAGMAS: Final = ("query_only=on", "cell_size_check=on", "temp_store=memory", "mmap_size=0", "cache_size=-65536")


def main(words: Sequence[str]) -> int:
    """Look over the file that is named first, stage by stage, and print what is found as lines of JSON.

    Between them stand numbers: how far it is. Where nobody reads them any more, it ends.
    Whatever else a file makes go wrong here ends the process before its last line, which says so to who began it.
    """
    path, seconds, *stages = words
    gc.disable()  # rows come and go, and nothing of them holds itself
    _hold_back(int(seconds), gently=GENTLY in stages)
    try:
        with closing(_connected(Path(path))) as connection:
            for finding in examined(connection, stages, how_far.Telling()):
                print(json.dumps(finding), flush=True)
    except FileRefusedError as error:
        print(json.dumps({"code": error.code, "message": error.message, "hint": error.hint}), flush=True)
    else:
        print(json.dumps("done"), flush=True)
    return 0


def examined(connection: Any, stages: Iterable[str], tick: Tick = unheard) -> Iterator[Finding]:
    """Yield what is wrong with a file. Raises `FileRefusedError`, and whatever its SQLite raises for damage.

    `tick` is told how far it is, and may raise.
    """
    gate.check_tables(connection)
    for stage, (start, end) in how_far.spans(connection, [stage for stage in stages if stage != GENTLY]).items():
        tick(start)
        if stage == "pages":
            with how_far.pages_told(connection, from_to(tick, start, end)):
                broken = gate.broken_pages(connection)
                loose = list(gate.loose_rows(connection))
            yield from (("pages", said) for said in broken)
            yield from loose
        else:
            yield from STAGES[stage](connection, from_to(tick, start, end))


def in_this_process(path: Path, stages: Iterable[str], tick: Tick = unheard) -> list[Finding]:
    """Do the same here, where no process can be started. Raises `FileRefusedError`, and what `tick` raises."""
    with gate.damage_told(), closing(gate.read_alone(path)) as connection:
        return list(examined(connection, stages, tick))


def _connected(path: Path) -> Any:
    try:
        import apsw
    except ImportError:
        return gate.read_alone(path)
    uri = f"{path.as_uri()}?mode=ro&immutable=1"
    connection = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    for switch in (apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, apsw.SQLITE_DBCONFIG_ENABLE_VIEW):
        connection.config(switch, 0)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.enable_load_extension(False)
    for limit, most in (
        (apsw.SQLITE_LIMIT_LENGTH, LONGEST),
        (apsw.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (apsw.SQLITE_LIMIT_EXPR_DEPTH, 100),
        (apsw.SQLITE_LIMIT_ATTACHED, 0),
        (apsw.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (apsw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
        (apsw.SQLITE_LIMIT_WORKER_THREADS, 0),
    ):
        connection.limit(limit, most)
    for pragma in _PRAGMAS:
        connection.execute(f"pragma {pragma}")
    return connection


def _hold_back(seconds: int, *, gently: bool) -> None:
    """Write no file whatever happens, and use no more of the processor than so much; gently: let others go first."""
    with suppress(ImportError, OSError, ValueError, AttributeError):
        if gently:
            os.nice(5)
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
