"""Gathering what is searched in a process of its own, so that the window has Python to itself meanwhile."""

from __future__ import annotations

import gc
import marshal
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.document import Document
from evidenceboard.store import handing, own_process
from evidenceboard.store.arrival import Arrival
from evidenceboard.store.gathering import Chunk, Gathering
from evidenceboard.store.handing import Handed
from evidenceboard.store.own_process import read_number, read_piece, write_number, write_piece

WORD: Final = "--gather"
"""The first word of the command line by which a frozen program does this."""
_TOGETHER: Final = 16
"""Parts of a table that are handed over together at least while it is being read."""
FROM: Final = 10_000
"""Entities from which on it is worth while to begin a process."""
_NUMBERS, _ROWS = "numbers", "rows"


def main(words: Sequence[str]) -> int:
    """Gather from what stands on the standard input, and write what is to be put in; end where nobody wants it."""
    gc.disable()  # nothing here holds itself; looking for that among a million texts would take a tenth of the time
    own_process.stand_back()
    gathering = Gathering()
    coming, going = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError):
        while (handed := marshal.loads(read_piece(coming)))[0] != _ROWS:
            if handed[0] == _NUMBERS:
                write_piece(going, gathering.numbers().tobytes())
                going.flush()
            else:
                gathering.take(*handed)
        for chunks in gathering.gathered(np.frombuffer(handed[1], np.int64)):
            write_number(going, len(chunks))
            for chunk in chunks:
                for said in (chunk.places.tobytes(), chunk.rows):
                    write_piece(going, said)
            going.flush()
        write_number(going, 0)
        going.flush()
    return 0


class Gatherer:
    """Have what is searched gathered beside the program. Whoever begins this has to `stop` it.

    What a document holds is handed over as soon as it is there; nothing of it may change meanwhile.
    """

    def __init__(self) -> None:
        """Raises `OSError` where no process can be started."""
        self._process = own_process.begun(WORD, __name__)
        self._worker = ThreadPoolExecutor(1)
        self._handed: set[str] = set()
        self._parts = {"entities": 0, "links": 0}
        """Parts of a table that were handed over before all of it was there."""
        self.stopped = False

    def take(self, table: str, arrival: Arrival) -> None:
        """Hand over what has come of a table since the last time, while it is being read and is held as columns."""
        found = arrival.so_far(table, self._parts[table])
        if len(found.parts) >= _TOGETHER:
            self._parts[table] += len(found.parts)
            self._write(handing.coming(table, found))

    def hand(self, document: Document) -> None:
        """Hand over what is there of a document that is held as it was read; what was handed before is not again."""
        for table, tell in (("entities", handing.entities), ("links", handing.links)):
            if table not in self._handed:
                kept = handing.as_held(document, table) if document.has((table,)) else None
                if kept is None:
                    return
                self._handed.add(table)
                self._write(tell(kept, self._parts[table]))

    def numbers(self, base: Document) -> NDArray[np.int64]:
        """Hand over the rest, and return what `Gathering` says of the numbers of entities.

        Raises `OSError`, `EOFError` or `ValueError` where the process has ended before it was done; `gathered` as well.
        """
        self.hand(base)
        if any(many and table not in self._handed for table, many in self._parts.items()):
            raise ValueError("a table had to be read once more, row by row")
        self._write([(_NUMBERS,)])
        self._write(handing.rest(base))
        return np.frombuffer(read_piece(self._coming()), np.int64)

    def gathered(self, row_at: NDArray[np.int64]) -> Iterator[list[Chunk]]:
        """Yield what is to be put in, as `Gathering` does."""
        self._write([(_ROWS, row_at.tobytes())])
        pipe = self._coming()
        while many := read_number(pipe):
            yield [Chunk(array("i", read_piece(pipe)), read_piece(pipe)) for _ in range(many)]

    def _coming(self) -> IO[bytes]:
        pipe = self._process.stdout
        assert pipe is not None, "it was asked for"
        return pipe

    def _write(self, handed: Iterable[Handed]) -> None:
        self._worker.submit(self._written, handed)

    def _written(self, handed: Iterable[Handed]) -> None:
        pipe = self._process.stdin
        assert pipe is not None, "it was asked for"
        try:
            for one in handed:
                write_piece(pipe, marshal.dumps(one))
            pipe.flush()
        except BaseException:
            # Else both sides would wait for each other: now who reads learns that nothing more comes.
            self._process.kill()
            raise

    def stop(self) -> None:
        """End the process, if it still is at work; nobody waits until the system has taken its memory back."""
        if not self.stopped:
            self.stopped = True
            own_process.end(self._process, self._worker)
