"""Snapshots that the program makes by itself: whole copies of a board, in the user's own folder.

A folder with a random name belongs to one board; `board.json` in it says which. A snapshot is a board file, named by
its time alone, with what is known of it in a `.json` beside it; without that it is a copy that was never finished.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from evidenceboard.errors import EvidenceBoardError, SaveFailedError
from evidenceboard.model import snapshot_rule
from evidenceboard.model.values import dataclass
from evidenceboard.store import boardfile, gate
from evidenceboard.store.copying import check, copy_beside, no_room
from evidenceboard.store.personal import data_dir

TOTAL: Final = 4 << 30
"""Bytes that all snapshots together may take."""
_SPARED: Final = 64 << 20
"""Bytes of the disk that no snapshot takes: the work itself needs them."""
_ABOUT: Final = "board.json"
_LEFT: Final = 3600.0
"""Seconds after which a copy that was never finished belongs to nobody any more."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One snapshot. `at` in UTC, `size` in bytes, `newest` the id of the last operation that is in it."""

    path: Path
    at: str
    cards: int
    operations: int
    size: int
    newest: str

    @property
    def time(self) -> float:
        """Return when it was made, in seconds."""
        return datetime.fromisoformat(self.at).timestamp()

    def check(self) -> None:
        """Look the whole copy through; of a large one this takes a while. Raises `SaveFailedError`."""
        check(self.path)

    def is_sound(self) -> bool:
        """Tell the same, without saying why."""
        try:
            self.check()
        except EvidenceBoardError:
            return False
        return True

    def is_there(self) -> bool:
        """Tell at a glance whether the copy is as long as it was, and a board."""
        try:
            gate.check_bytes(self.path)
            return self.path.stat().st_size == self.size
        except (EvidenceBoardError, OSError):
            return False


@dataclass(frozen=True, slots=True)
class Series:
    """The snapshots of one board. `board` is where it lay, `born` the id of its first operation."""

    folder: Path
    board: Path
    born: str

    def backups(self) -> list[Backup]:
        """Return the snapshots, newest first."""
        found = [_read(path) for path in self.folder.glob("*.json") if path.name != _ABOUT]
        return sorted((one for one in found if one), key=lambda one: (one.at, one.path.name), reverse=True)


def every_series() -> list[Series]:
    """Return the series of every board that has snapshots."""
    found = [_read_series(about) for about in sorted(data_dir("snapshots").glob(f"*/{_ABOUT}"))]
    return [one for one in found if one is not None]


def series_of(board: Path) -> list[Series]:
    """Return the series of what lies or lay at a place; several where one board took the place of another."""
    place = board.resolve()
    return [one for one in every_series() if one.board == place]


def of_board(board: Path, born: str) -> Series | None:
    """Return the series of a board, which is told by its place and its first operation; None before the first snapshot.

    One whose file is gone from its place goes on with the board that begins with the same operation.
    """
    alike = [one for one in every_series() if one.born == born]
    here = [one for one in alike if one.board == board.resolve()]
    return next(iter(here or [one for one in alike if not one.board.exists()]), None)


def make(
    board: Path, stop: Callable[[], bool] = lambda: False, now: datetime | None = None, source: Path | None = None
) -> Backup:
    """Make a snapshot of a board as it is on the disk, look it through, and thin out the older ones.

    `source` is the file that is written to, where that is a working copy of the board. Made for a worker. Raises
    `SaveFailedError` where there is none afterwards, `StoppedError` where `stop` says so.
    """
    at = now or datetime.now(UTC)
    try:
        store = data_dir("snapshots")
        if shutil.disk_usage(store).free < (source or board).stat().st_size + _SPARED:
            raise no_room()
        with passing_copy(source or board, stop) as half:
            made = _take_in(half, board.resolve(), at)
    except OSError as error:
        raise SaveFailedError(
            "No snapshot could be made: your folder for them cannot be written to. "
            "Your own work is not touched by this: every step is still written to the file.",
            f"The system says: {error.strerror}.",
        ) from error
    _thin(made, at.timestamp())
    return made


@contextlib.contextmanager
def passing_copy(board: Path, stop: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """Give a whole copy of a board that was looked through, and delete it unless it was taken elsewhere.

    What an earlier run left half done when it was killed is deleted first. Raises as `copy_beside` does.
    """
    store = data_dir("snapshots")
    for left in store.glob("*.half"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT:
                left.unlink()
    half = store / f"{uuid.uuid4().hex}.half"
    copy_beside(board, half, stop)
    try:
        yield half
    finally:
        half.unlink(missing_ok=True)


def write_out(backup: Backup, to: Path) -> None:
    """Write a snapshot, after it was looked through, to a place that holds nothing yet. Raises `SaveFailedError`."""
    check(backup.path)
    file = boardfile.BoardFile(backup.path, "it is a snapshot")
    try:
        file.copy_to(to)
    finally:
        file.close()


def delete(backup: Backup) -> None:
    """Delete a snapshot; the folder goes with the last one. What the system refuses to delete stays listed."""
    with contextlib.suppress(OSError):
        backup.path.unlink(missing_ok=True)
        backup.path.with_suffix(".json").unlink(missing_ok=True)
        if not list(backup.path.parent.glob("*.db")):
            (backup.path.parent / _ABOUT).unlink(missing_ok=True)
            backup.path.parent.rmdir()


def is_backup(path: Path) -> bool:
    """Tell whether a file is one of the snapshots: it is looked at, never worked on."""
    return path.resolve().is_relative_to(data_dir("snapshots").resolve())


def why_only_read(path: Path) -> str:
    """Return in words why a snapshot is only read, with the name of the file that it is one of."""
    series = _read_series(path.resolve().parent / _ABOUT)
    return f"it is a snapshot of {gate.one_line(series.board.name) if series else 'a board'}"


def newest_operation(copy: Path) -> str:
    """Return the id of the last operation in a copy that nobody writes to. Raises `SaveFailedError`."""
    return _facts(copy)[1]


def _take_in(half: Path, board: Path, at: datetime) -> Backup:
    born, newest, facts = _facts(half)
    series = of_board(board, born)
    if series is None or series.board != board:
        series = Series(series.folder if series else half.parent / uuid.uuid4().hex, board, born)
        series.folder.mkdir(exist_ok=True, mode=0o700)
        _write(series.folder / _ABOUT, {"board": str(board), "born": born})
    name = f"{at:%Y-%m-%d %H.%M.%S} UTC"
    place = series.folder / f"{name}.db"
    for number in range(2, 1000):
        if not place.exists():
            break
        place = series.folder / f"{name} {number}.db"
    made = Backup(place, at.isoformat(), facts["cards"], facts["operations"], half.stat().st_size, newest)
    _write(place.with_suffix(".json"), {name: value for name, value in asdict(made).items() if name != "path"})
    half.replace(place)
    return made


def _facts(copy: Path) -> tuple[str, str, dict[str, int]]:
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            ends = [
                connection.execute(f"select id from operations order by rowid {way} limit 1").fetchone()
                for way in ("asc", "desc")
            ]
            counts = {
                table: int(connection.execute(f"select count(*) from {table}").fetchone()[0])
                for table in ("cards", "operations")
            }
    except sqlite3.Error as error:
        raise SaveFailedError("The copy cannot be read.") from error
    born, newest = (str(row[0]) if row else "" for row in ends)
    return born, newest, counts


def _thin(made: Backup, now: float) -> None:
    own = [one for series in every_series() if series.folder == made.path.parent for one in series.backups()]
    stay = set(snapshot_rule.kept([one.time for one in own], [one.size for one in own], now))
    for place, one in enumerate(own):
        if place not in stay and one.path != made.path:
            delete(one)
    # All boards together: the oldest go first, and the newest of a board only where nothing else is left.
    every = [(place == 0, one.time, one) for series in every_series() for place, one in enumerate(series.backups())]
    total = sum(one.size for _, _, one in every)
    for _, _, one in sorted(every, key=lambda known: known[:2]):
        if total > TOTAL and one.path != made.path:
            delete(one)
            total -= one.size


def _write(path: Path, values: dict[str, Any]) -> None:
    beside = path.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(values, file)
    beside.replace(path)


def _read_series(about: Path) -> Series | None:
    try:
        known = json.loads(about.read_text("utf-8"))
        return Series(about.parent, Path(str(known["board"])), str(known["born"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read(facts: Path) -> Backup | None:
    path = facts.with_suffix(".db")
    try:
        known = json.loads(facts.read_text("utf-8"))
        at = datetime.fromisoformat(known["at"]).astimezone(UTC).isoformat()
        cards, operations, size = (int(known[name]) for name in ("cards", "operations", "size"))
        found = Backup(path, at, cards, operations, size, str(known["newest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if path.is_file() else None
