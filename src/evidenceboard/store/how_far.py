"""How far looking a file over is: guessed from what is in it, told by its process line by line, and heard beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import IO, Any, Final

from evidenceboard.model.pace import Tick
from evidenceboard.model.records import TABLES

_EACH: Final = 0.01
"""The share of the work of which a line is printed. All of these lines together fit into the pipe."""
_LEAST: Final = 0.01
_LONGEST: Final = 1e6
"""Seconds that a stage may take at most by this guess, which strangers may have written."""
_STEPS: Final = 1000
"""Steps of the database between two looks at how many pages it has read."""
_TWICE: Final = 2
"""How often most pages are read while they are looked at: as pages, then for the rows on them."""
_COSTS: Final = {
    "pages": (("pragma page_count", 4e-6),),
    "rows": tuple((f'select max(rowid) from "{table}"', 3e-6) for table in TABLES),
    "history": (("select total(records) from changes", 7e-6),),
    "attachments": (("select total(size) from attachments", 1.5e-9),),
}
"""What to ask a file for each stage, and about how many seconds one of what it answers takes."""


def spans(connection: Any, stages: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return from which share of all the work to which each stage goes, by a guess that nothing depends on."""
    costs = [
        _LEAST + sum(min(_number(connection, asked) * each, _LONGEST) for asked, each in _COSTS[stage])
        for stage in stages
    ]
    ends = [sum(costs[: place + 1]) / sum(costs) for place in range(len(costs))]
    return dict(zip(stages, zip([0.0, *ends], ends, strict=False), strict=True))


def rows_in(connection: Any, table: str) -> float:
    """Return the number of the last row, which is about how many there are."""
    return _number(connection, f'select max(rowid) from "{table}"')


def _number(connection: Any, asked: str) -> float:
    # What is damaged is told by the stage that looks at it; here it only makes the guess a bad one.
    with suppress(Exception):
        found = float(next(iter(connection.execute(asked)))[0] or 0)
        return found if found > 0 else 0.0
    return 0.0


@contextmanager
def pages_told(connection: Any, tick: Tick) -> Iterator[None]:
    """Tell how many of the pages have been read meanwhile, where the SQLite behind a connection can say so."""
    if not hasattr(connection, "status"):
        yield
        return
    from apsw import SQLITE_DBSTATUS_CACHE_MISS as READ

    all_pages = _TWICE * max(1, next(iter(connection.execute("pragma page_count")))[0])
    before = connection.status(READ)[0]

    def told() -> bool:
        tick(min(1.0, (connection.status(READ)[0] - before) / all_pages))
        return False

    connection.set_progress_handler(told, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None)


class Telling:
    """Print the share that is done, a number on a line of its own; where nobody listens any more, that raises."""

    def __init__(self) -> None:
        self._next = _EACH

    def __call__(self, share: float) -> None:
        if share >= self._next:
            self._next = share + _EACH
            print(json.dumps(round(share, 3)), flush=True)


class Hearing:
    """Listen to what a process prints, however much that is. `share` is how far it says it is, 0 to 1."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.share = 0.0
        self.lines: list[Any] = []
        self._pipe = pipe
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        for line in self._pipe:
            try:
                said = json.loads(line)
            except ValueError:
                said = None  # it was ended in the middle of a line
            if isinstance(said, float):
                self.share = max(self.share, min(said, 1.0))
            else:
                self.lines.append(said)

    def is_over(self, seconds: float = 0.0) -> bool:
        """Tell whether it has said all, after at most so many seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def close(self) -> None:
        """Listen no more to a process that has ended."""
        self._thread.join()
        self._pipe.close()
