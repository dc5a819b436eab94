"""How a session holds its file: for writing or only for reading, under which lock, at its place or through a copy."""

from __future__ import annotations

import os
from pathlib import Path

from evidenceboard.errors import FileRefusedError, SaveFailedError
from evidenceboard.model.pace import Tick, unheard
from evidenceboard.store import backups, boardfile, gate, lock, new_place, places, publishing
from evidenceboard.store.boardfile import BoardFile
from evidenceboard.store.entry import Entry
from evidenceboard.store.failures import damaged
from evidenceboard.store.publishing import Publishing


class Hold:
    """A file that is open. `waits` tells that it is read-only because somebody else holds it."""

    def __init__(
        self,
        file: BoardFile,
        held: lock.Lock | None,
        *,
        waits: str = "",
        publishing: Publishing | None = None,
        made_here: bool = False,
    ) -> None:
        self.file = file
        self.entry = Entry(file.path, file.read_path, made_here=made_here)
        self.publishing = publishing
        self._held = held
        self._waits = waits

    @property
    def path(self) -> Path:
        """Return where the board lies; the file that is written may be a working copy of it."""
        return self.publishing.path if self.publishing else self.file.path

    @property
    def waits(self) -> bool:
        return bool(self._waits)

    def is_free(self) -> bool:
        """Tell whether nobody holds the file any more."""
        return self.waits and lock.is_free(self._waits)

    def is_outdated(self) -> bool:
        """Tell whether a file that is only read has been changed since it was opened."""
        return bool(self.file.read_only) and self.file.has_changed()

    def is_now_at(self, path: Path) -> bool:
        """Tell whether the file of this session lies at a place; then it need not be looked over there again."""
        found = self.file.lies_at(path)
        if found:
            self.entry.vouch_for(path)
        return found

    def let_go(self) -> None:
        """Let others write to the file: it is no longer the one of this session, which goes on being readable."""
        if self._held:
            self._held.release()
            self._held = None

    def publish(self) -> None:
        """Put a board that is worked on through a copy back to its place. Raises `SaveFailedError`."""
        if self.publishing and self._held:
            self.publishing.publish()

    def close(self, *, publish: bool = True) -> None:
        """Let go of the file, published where it is worked on through a copy. Raises `SaveFailedError`."""
        self.entry.close(untouched=not self.file.sidecars and not self.file.has_changed())
        self.file.close()
        try:
            if publish:
                self.publish()
            if self.publishing and self._held:
                self.publishing.remove()
        finally:
            self.let_go()


def take(path: Path, *, read_only: bool, holder: str, look: str, tick: Tick = unheard) -> Hold:
    """Open a file for writing where that can be, else for reading. Raises `FileRefusedError`.

    `look`: "now", or "later" or "never", for the caller. `tick` is told how far looking is; what it raises ends it.
    """
    hold = _taken(path, read_only, holder)
    try:
        if look == "now":
            hold.entry.look_over(tick)
        if not hold.file.count("boards"):
            raise damaged()
    except BaseException:
        hold.close(publish=False)
        raise
    return hold


def _taken(path: Path, read_only: bool, holder: str) -> Hold:
    try:
        gate.check_bytes(path)
    except FileRefusedError as error:
        copy = publishing.kept(path) if error.code == "missing" else None
        if copy is None:
            raise
        raise FileRefusedError("missing", error.message, f"Your working copy of it is kept: {copy}.") from error
    if backups.is_backup(path):
        return Hold(BoardFile(path, backups.why_only_read(path)), None)
    if read_only:
        return Hold(BoardFile(path, "it was opened so"), None)
    place = places.shared(path)
    if place and _is_plain(path):
        return _through_copy(path, place, holder)
    name = lock.name_of(path)
    return _held(lock.take(name, holder), name, path)


def make(path: Path, holder: str) -> Hold:
    """Make a new file, with nothing in it yet, and hold it. Raises `SaveFailedError` where there is one already."""
    place = places.shared(path)
    if not place:
        file = boardfile.create(path)
        taken = lock.take(lock.name_of(path), holder)
        return Hold(file, None if isinstance(taken, str) else taken, made_here=True)
    new_place.check(path)
    taken = lock.take(publishing.key_of(path), holder)
    if isinstance(taken, str):
        raise SaveFailedError(f"A board of this name is open in {taken}; none was made.", "Choose another name.")
    try:
        copied = Publishing(path, place)
        copied.begin_new()
        return Hold(boardfile.create(copied.copy), taken, publishing=copied, made_here=True)
    except BaseException:
        taken.release()
        raise


def _is_plain(path: Path) -> bool:
    """Tell whether a file can be worked on through a copy: it may be written, and nothing lies beside it."""
    path = path.resolve()
    if gate.sidecars(path):
        BoardFile(path).close()  # a crash of our own is rolled back where it lies
    return not (gate.sidecars(path) or gate.needs_neighbours(path)) and (
        os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    )


def _through_copy(path: Path, place: str, holder: str) -> Hold:
    name = publishing.key_of(path)
    taken = lock.take(name, holder)
    if isinstance(taken, str):
        return _held(taken, name, path)
    try:
        copied = Publishing(path, place)
        copied.begin()
        return Hold(BoardFile(copied.copy), taken, publishing=copied)
    except BaseException:
        taken.release()
        raise


def _held(taken: lock.Lock | str, name: str, path: Path) -> Hold:
    if isinstance(taken, str):
        return Hold(BoardFile(path, f"it is open in {taken}"), None, waits=name)
    try:
        return Hold(BoardFile(path), taken)
    except BaseException:
        taken.release()
        raise
