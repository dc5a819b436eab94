"""Whether an open file may be changed already: not before it was looked over, nor where its pages are damaged."""

from __future__ import annotations

from pathlib import Path

from evidenceboard.errors import FileRefusedError
from evidenceboard.model.pace import Tick, unheard
from evidenceboard.store import unchanged
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
        self._refused = False
        self.left_off = False
        """Whether looking it over was stopped before the end; it still waits, and may be begun again."""

    def look_over(self, tick: Tick = unheard) -> None:
        """Look it over now; `tick` is told how far it is, and may raise. Raises `FileRefusedError`."""
        if self.waits:
            self.findings = looked_over(self._read_path, tick=tick)
            self.waits = False

    def look_beside(self) -> bool:
        """Look it over beside the program; return whether that goes on. Raises `FileRefusedError`, once."""
        if self.waits:
            self.left_off = False
            self._going = self._going or Examination(self._read_path, gently=True)
            try:
                found = self._going.done()
            except FileRefusedError:
                self._refused, self.waits = True, False
                self.stop()
                raise
            if found is not None:
                changed = self._going.changed
                self.stop()
                if changed:
                    return True
                self.findings, self.waits = found, False
        return self.waits

    @property
    def share(self) -> float:
        """Return how much of it has been looked over, 0 to 1, about."""
        return self._going.share if self._going is not None else 0.0

    @property
    def reason(self) -> str:
        """Return why nothing may be written yet, or ever, in words, or ""."""
        if self.left_off:
            return "it was not looked over"
        if self.waits:
            return "it is still being looked over"
        if self._refused:
            return "it could not be looked over"
        return "its pages are damaged" if any(where == "pages" for where, _ in self.findings) else ""

    @property
    def _is_sound(self) -> bool:
        return not (self.waits or self.findings or self._refused)

    @property
    def sentences(self) -> list[str]:
        """Return what was found, a sentence each."""
        return [f"{where}: {what}" for where, what in self.findings]

    def wrote(self) -> None:
        """Note that this program has just written to the file."""
        if self._is_sound:
            unchanged.note(self._path)

    def vouch_for(self, path: Path) -> None:
        """Note that what lies at a place is as this file: a copy of it, or the file itself after it was moved."""
        if self._is_sound:
            unchanged.note(path)

    def leave_off(self) -> None:
        """Look it over no further, because somebody wants that; it stays as it is, and nothing may be written."""
        if self.waits:
            self.left_off = True
            self.stop()

    def stop(self) -> None:
        """End what looks it over."""
        if self._going is not None:
            self._going.stop()
            self._going = None

    def close(self, *, untouched: bool) -> None:
        """Remember a file that is sound, and that nobody but this program wrote to meanwhile."""
        self.stop()
        if untouched and self._is_sound and self._path == self._read_path:
            unchanged.remember(self._path)
