"""A board that lies where locks may lie: a working copy on this machine, put back whole and only over what we left."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

from evidenceboard.errors import EvidenceBoardError, SaveFailedError, StaleFileError
from evidenceboard.model.pace import Tick
from evidenceboard.model.values import dataclass
from evidenceboard.store import boardfile, gate, unchanged
from evidenceboard.store.failures import damaged
from evidenceboard.store.personal import data_dir

_PART: Final = 1024 * 1024
_SAFE: Final = "Every step is in your working copy on this machine."


@dataclass(frozen=True, slots=True)
class Left:
    """What this program left at the place of a board, or found there when it made its working copy."""

    stat: tuple[int, ...]
    heads: tuple[int, str]
    digest: str
    at: str
    """When it was put there, in UTC; "" where it was only found."""


def key_of(path: Path) -> str:
    """Return the name under which what belongs to the board at a place is kept, on this machine alone."""
    # A home folder may itself be on several machines.
    node = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return sha256(f"{node}\n{path.resolve()}".encode("utf-8", "surrogateescape")).hexdigest()[:24]


def heads(path: Path) -> tuple[int, str]:
    """Return how many operations a board holds and the hash of the newest. Raises `FileRefusedError`."""
    gate.check_bytes(path)
    gate.check_schema(path)
    try:
        return _heads(f"{path.resolve().as_uri()}?mode=ro&immutable=1")
    except sqlite3.Error as error:
        raise damaged() from error


def _heads(uri: str) -> tuple[int, str]:
    with closing(sqlite3.connect(uri, uri=True)) as board:
        board.execute("pragma trusted_schema=OFF")
        found = board.execute("select rowid, hash from operations order by rowid desc limit 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def kept(path: Path) -> Path | None:
    """Return the working copy of a board that is no longer at its place, where there is one."""
    copy = data_dir("working") / key_of(path) / "board.db"
    return copy if copy.is_file() else None


class Publishing:
    """The working copy of one board, `copy`, and what is known of the file at its place, `path`.

    `place` says in words why. `found` tells that steps were found which had not been published when the program ended;
    such steps that do not fit to what lies at the place now are kept `aside`. Raises `SaveFailedError` where
    nothing can be kept on this machine.
    """

    def __init__(self, path: Path, place: str) -> None:
        self.path = path.resolve()
        self.place = place
        try:
            self.folder = data_dir("working") / key_of(path)
            self.folder.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise _no_copy(error) from error
        self.copy = self.folder / "board.db"
        self.found = False
        self.left: Left | None = None
        self._one_at_a_time = Lock()

    def begin(self) -> None:
        """Make the working copy, or go on with the one that is there. Raises `EvidenceBoardError`."""
        self.left = self._remembered()
        mine = self._mine()
        if mine is not None:
            same = self.is_as_left()
            self.found = same and self.left is not None and mine != self.left.heads
            if same:
                return
            if self.left is None or mine != self.left.heads:
                self._set_aside(mine)
        self._copy_here()

    def begin_new(self) -> None:
        """Make room for the working copy of a board that is still to be made."""
        mine = self._mine()
        if mine is not None:
            self._set_aside(mine)
        self.left = None
        (self.folder / "left.json").unlink(missing_ok=True)

    @property
    def aside(self) -> list[Path]:
        """Return the files with steps that were never published and do not fit any more, newest last."""
        return sorted(self.folder.glob("unpublished *.db"), key=lambda path: (len(path.name), path.name))

    def remove(self) -> None:
        """Leave no working copy on this machine: all of it is at its place. What is kept aside stays."""
        if not self.is_published:
            return
        with suppress(OSError):
            self.copy.unlink()
            (self.folder / "left.json").unlink(missing_ok=True)
            if not self.aside:
                self.folder.rmdir()

    @property
    def is_published(self) -> bool:
        """Tell whether all that is in the working copy is at its place. In any thread."""
        # Under SQLite's own lock: this may be in the middle of a change.
        return self.left is not None and _heads(f"{self.copy.as_uri()}?mode=ro") == self.left.heads

    def has_moved_on(self) -> bool:
        """Tell at a glance whether the file at the place may be another than the one that was left."""
        return self.left is None or self._stat() != self.left.stat

    def is_as_left(self) -> bool:
        """Tell whether the file at the place is the one that was left there, byte for byte or by its log."""
        left = self.left
        if left is None:
            return not os.path.lexists(self.path)
        try:
            if self._stat() == left.stat:
                return heads(self.path) == left.heads
            if _digest(self.path) != left.digest:
                return False
        except (OSError, EvidenceBoardError):
            return False
        # The same bytes under another date: a sync program has written them anew.
        self._remember(Left(self._stat(), left.heads, left.digest, left.at))
        return True

    def check(self) -> None:
        """Raise `StaleFileError` where the file at the place is not the one that was left. In any thread."""
        with self._one_at_a_time:
            if self.path.parent.is_dir() and not self.is_as_left():
                raise self._another()

    def publish(self, tick: Tick = lambda share: None) -> bool:
        """Put the working copy in the place of the board, whole or not at all; False where there was nothing new.

        In any thread. Raises `StaleFileError` where another file lies there than was left, and `SaveFailedError`.
        """
        with self._one_at_a_time:
            if not self._is_new():
                return False
            if not self.path.parent.is_dir():
                raise self._unreachable("the folder is not there")
            if not self.is_as_left():
                raise self._another()
            try:
                self._put(tick)
            except OSError as error:
                raise self._unreachable(error.strerror or "unknown") from error
            except sqlite3.Error as error:
                raise self._unreachable("the working copy cannot be read") from error
            return True

    def _is_new(self) -> bool:
        try:
            return not self.is_published
        except sqlite3.Error as error:
            raise self._unreachable("the working copy cannot be read") from error

    def _put(self, tick: Tick) -> None:
        whole = self.folder / "whole.db"
        beside = self.path.with_name(f".{self.path.name[:100]}.{key_of(self.path)[:8]}.new")
        try:
            _empty(whole)
            # SQLite copies a state that is whole, whatever is written meanwhile.
            source, target = sqlite3.connect(f"{self.copy.as_uri()}?mode=ro", uri=True), sqlite3.connect(whole)
            with closing(source), closing(target):
                target.execute("pragma synchronous=OFF")
                source.backup(target, pages=4096, progress=lambda _, left, total: tick(0.5 - left / total / 2))
            found, digest = heads(whole), sha256()
            done, size = 0, whole.stat().st_size
            mode = self.path.stat().st_mode & 0o777 if self.left is not None else 0o600
            beside.unlink(missing_ok=True)
            with whole.open("rb") as source_file, os.fdopen(os.open(beside, _NEW, mode), "wb") as file:
                while part := source_file.read(_PART):
                    file.write(part)
                    digest.update(part)
                    done += len(part)
                    tick(0.5 + done / size / 2)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(mode)
            if not self.is_as_left():
                raise self._another()
            beside.replace(self.path)
            if unchanged.is_known(self.copy):
                unchanged.remember(self.path)
        finally:
            whole.unlink(missing_ok=True)
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        _sync_folder(self.path.parent)
        self._remember(Left(self._stat(), found, digest.hexdigest(), datetime.now(UTC).isoformat()))

    # -- what is kept here -------------------------------------------------------------------------------------

    def _mine(self) -> tuple[int, str] | None:
        """Return the heads of the working copy, a crash in it rolled back; None where there is none to go on with."""
        if not self.copy.is_file():
            return None
        try:
            boardfile.BoardFile(self.copy).close()
            return heads(self.copy)
        except EvidenceBoardError:
            self._set_aside(None)
            return None

    def _set_aside(self, mine: tuple[int, str] | None) -> None:
        with suppress(EvidenceBoardError):
            if mine is not None and heads(self.path) == mine:
                return  # it says nothing else than the file at its place
        number = 1
        while (aside := self.folder / f"unpublished {number}.db").exists():
            number += 1
        self.copy.rename(aside)

    def _copy_here(self) -> None:
        fresh, digest = self.folder / "fresh.db", sha256()
        try:
            stat, known = self._stat(), unchanged.is_known(self.path)
            _empty(fresh)
            with self.path.open("rb") as source, fresh.open("wb") as file:
                while part := source.read(_PART):
                    digest.update(part)
                    file.write(part)
            found = heads(fresh)
            fresh.replace(self.copy)
            if known and self._stat() == stat:
                unchanged.note(self.copy)
        except OSError as error:
            raise _no_copy(error) from error
        finally:
            fresh.unlink(missing_ok=True)
        self._remember(Left(stat, found, digest.hexdigest(), ""))

    def _remembered(self) -> Left | None:
        try:
            said = json.loads((self.folder / "left.json").read_text("utf-8"))
            count, newest = said["heads"]
            return Left(tuple(map(int, said["stat"])), (int(count), str(newest)), str(said["digest"]), str(said["at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _remember(self, left: Left) -> None:
        self.left = left
        place = self.folder / "left.json"
        beside = place.with_suffix(".new")
        with suppress(OSError):  # then the next opening compares bytes
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump({**asdict(left), "path": str(self.path)}, file)
            beside.replace(place)

    def _stat(self) -> tuple[int, ...]:
        try:
            about = self.path.stat()
        except OSError:
            return ()
        return (about.st_size, about.st_mtime_ns, about.st_ino)

    def _another(self) -> StaleFileError:
        gone = not os.path.lexists(self.path)
        what = "The file is no longer at its place" if gone else "Somebody else has changed the file at its place"
        return StaleFileError(
            f"{what} since you opened it, so yours was not put over it. {_SAFE}",
            "Save yours under another name" + ("." if gone else ", or look at the other one beside it."),
            "gone" if gone else "replaced",
        )

    def _unreachable(self, why: str) -> SaveFailedError:
        return SaveFailedError(
            f"Your changes could not be put back to where the board lies ({why}). {_SAFE}",
            "It is tried again; you can go on working.",
        )


_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _no_copy(error: OSError) -> SaveFailedError:
    return SaveFailedError(
        "No working copy of this board could be made on this machine; the board was not touched.",
        f"The system says: {error.strerror}.",
    )


def _empty(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.close(os.open(path, _NEW, 0o600))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while part := file.read(_PART):
            digest.update(part)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    # Not every network drive can; the file itself is written through already.
    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
