"""Whether an open file may be changed already: not before it was looked over, nor where its pages are damaged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidenceboard.store import boardfile, gate, lock, unchanged
from evidenceboard.store.boardfile import BoardFile
from evidenceboard.store.examination import Examination, looked_over
from evidenceboard.store.scrutiny import Finding


class Entry:
    """What is known of a file that was opened. `findings` is what is wrong with it, as far as it was looked over."""

    def __init__(self, path: Path, read_path: Path, *, made_here: bool = False) -> None:
        """`read_path`: the private copy that is read where a crash left the file itself half written."""
        self._path, self._read_path = path, read_path
        self._going: Examination | None = None
        self.waits = not made_here and not (path == read_path and unchanged.is_known(path))
        """Whether it still has to be looked over."""
        self.findings: list[Finding] = []

    def look_over(self) -> None:
        """Look it over now. Raises `FileRefusedError`."""
        if self.waits:
            self.findings = looked_over(self._read_path)
            self.waits = False

    def look_beside(self) -> bool:
        """Look it over beside the program; return whether that goes on. Raises `FileRefusedError`."""
        if self.waits:
            self._going = self._going or Examination(self._read_path)
            found = self._going.done()
            if found is not None:
                changed = self._going.changed
                self.stop()
                if changed:
                    return True
                self.findings, self.waits = found, False
        return self.waits

    @property
    def reason(self) -> str:
        """Return why nothing may be written yet, or ever, in words, or ""."""
        if self.waits:
            return "it is still being looked over"
        return "its pages are damaged" if any(where == "pages" for where, _ in self.findings) else ""

    @property
    def sentences(self) -> list[str]:
        """Return what was found, a sentence each."""
        return [f"{where}: {what}" for where, what in self.findings]

    def wrote(self) -> None:
        """Note that this program has just written to the file."""
        if not self.waits and not self.findings:
            unchanged.note(self._path)

    def stop(self) -> None:
        """Leave off looking it over."""
        if self._going is not None:
            self._going.stop()
            self._going = None

    def close(self, *, untouched: bool) -> None:
        """Remember a file that is sound, and that nobody but this program wrote to meanwhile."""
        self.stop()
        if untouched and not self.waits and not self.findings and self._path == self._read_path:
            unchanged.remember(self._path)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was let in, what is known of it, and the lock on it where it may be written to."""

    file: BoardFile
    entry: Entry
    held: lock.Lock | None

    def close(self) -> None:
        """Let go of all three. There is nothing to save: it is on the disk already."""
        self.entry.close(untouched=not self.file.sidecars and self.file.is_unchanged)
        self.file.close()
        if self.held:
            self.held.release()


def let_in(path: Path, holder: str, *, read_only: bool, look_over: str) -> Opened:
    """Open a board; one that somebody else holds is only read. Raises `FileRefusedError`.

    `look_over`: "now", "later", which is for the caller to do, or "never".
    """
    gate.check_bytes(path)
    reason, held = ("it was opened so" if read_only else ""), None
    if not read_only:
        taken = lock.take(path, holder)
        if isinstance(taken, str):
            reason = f"it is open in {taken}"
        else:
            held = taken
    file = None
    try:
        file = BoardFile(path, reason)
        entry = Entry(file.path, file.read_path)
        if look_over == "now":
            entry.look_over()
        return Opened(file, entry, held)
    except BaseException:
        if file:
            file.close()
        if held:
            held.release()
        raise


def made(path: Path, holder: str) -> Opened:
    """Make a new file and open it. Raises `SaveFailedError` where there is one already."""
    file = boardfile.create(path)
    taken = lock.take(path, holder)
    return Opened(file, Entry(file.path, file.path, made_here=True), None if isinstance(taken, str) else taken)
