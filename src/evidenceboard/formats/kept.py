"""An export before it takes its place: in memory while it is small, then in a file that nobody else sees."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Thread
from typing import IO, Final
from weakref import finalize

from evidenceboard.errors import SaveFailedError

IN_MEMORY: Final = 8_000_000
"""Bytes from which on an export lies in a file until it is whole."""
_CHUNK: Final = 1 << 20
_AT_ONCE: Final = 1 << 16
"""Bytes that go to the disk in one step where they come in small ones."""


class Kept:
    """Hold bytes that are written once from the start. A file that holds them has no name and goes away with them."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._file: IO[bytes] = io.BytesIO()
        self._most = in_memory
        self._size = 0
        self._in_memory = True

    def __len__(self) -> int:
        """Return the number of bytes."""
        return self._size

    def write(self, data: bytes) -> None:
        """Add bytes at the end. Raises `SaveFailedError` where there is no room for them."""
        try:
            if self._in_memory and self._size + len(data) > self._most:
                before = self._file
                with ExitStack() as opened:
                    self._file = opened.enter_context(tempfile.TemporaryFile(buffering=_AT_ONCE))
                    finalize(self, _beside, opened.pop_all().close)
                self._file.write(before.getbuffer() if isinstance(before, io.BytesIO) else b"")
                self._in_memory = False
            self._file.write(data)
        except OSError as error:
            raise _no_room() from error
        self._size += len(data)

    def part(self, start: int, end: int) -> bytes:
        """Return the bytes from one place to another. Nothing can be added afterwards."""
        try:
            self._file.seek(start)
            return self._file.read(max(0, min(end, self._size) - start))
        except OSError as error:
            raise _no_room() from error

    @property
    def number(self) -> int | None:
        """Return by which number another process could have the file that holds all bytes; None where none does."""
        if self._in_memory:
            return None
        try:
            self._file.flush()
        except OSError as error:
            raise _no_room() from error
        return self._file.fileno()

    def chunks(self) -> Iterator[bytes]:
        """Yield all bytes in pieces of a size that fits into any memory."""
        for start in range(0, self._size, _CHUNK):
            yield self.part(start, start + _CHUNK)

    def settled(self) -> bytes | Kept:
        """Return the bytes themselves where they lie in memory."""
        return self.part(0, self._size) if self._in_memory else self


def _beside(close: Callable[[], None]) -> None:
    """Close a file in a thread: until the system has let go of half a gigabyte, a third of a second goes by."""
    try:
        Thread(target=close, name="an export goes", daemon=True).start()
    except RuntimeError:  # Python ends and begins no thread any more
        close()


def _no_room() -> SaveFailedError:
    return SaveFailedError(
        "There is no room for the export while it is made; nothing was written.",
        "Make room on the disk that holds temporary files, then try again.",
    )
