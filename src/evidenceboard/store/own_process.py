"""Processes that this program begins beside itself, from a wheel, a folder of sources or a frozen program alike.

What two of them say to each other goes through pipes in pieces, before each of which stands how long it is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from struct import Struct
from threading import Thread
from typing import IO, Final

_RUN: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1));"
    " from importlib import import_module; sys.exit(import_module(sys.argv.pop(1)).main(sys.argv[1:]))"
)
_LONG: Final = Struct("<q")
"""How long what follows is, in bytes; or how many pieces follow."""
_GENTLY: Final = 5
"""How far such a process stands back behind a window that is alive."""
NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def command(word: str, module: str, *words: str) -> list[str]:
    """Return the words that start a process which runs `main` of a module with some words.

    `word`: the first one of the command line by which a frozen program does the same, as it has no interpreter.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, word, *words]
    # Only from where this program itself came, never from the folder that it was started in, nor by variables.
    places = [str(Path(__file__).parents[2]), *(place for place in sys.path if place and Path(place).is_absolute())]
    return [sys.executable, "-I", "-S", "-c", _RUN, json.dumps(places), module, *words]


def begun(word: str, module: str, *words: str, files: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Begin a process that reads and writes pieces. Raises `OSError` where none can be started.

    `files`: the numbers of open files that it shall have too, under the same numbers; Windows knows no such thing.
    """
    return subprocess.Popen(
        command(word, module, *words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=files,
        creationflags=NO_WINDOW,
    )


def end(process: subprocess.Popen[bytes], worker: Executor) -> None:
    """End a process and the worker that speaks to it; nobody waits until the system has taken its memory back."""
    process.kill()
    Thread(target=_ended, args=(process, worker), name="a process ends", daemon=True).start()


def _ended(process: subprocess.Popen[bytes], worker: Executor) -> None:
    process.wait()
    worker.shutdown(cancel_futures=True)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was not written yet is not wanted any more
                pipe.close()


def stand_back() -> None:
    """Let the window go first. For the process that was begun, where the system knows of that."""
    with suppress(OSError, AttributeError):
        os.nice(_GENTLY)


def read_piece(pipe: IO[bytes]) -> bytes:
    """Return the next piece. Raises `EOFError`."""
    return _whole(pipe, read_number(pipe))


def read_number(pipe: IO[bytes]) -> int:
    """Return the number that stands next. Raises `EOFError`."""
    (number,) = _LONG.unpack(_whole(pipe, _LONG.size))
    return int(number)


def _whole(pipe: IO[bytes], long: int) -> bytes:
    found = pipe.read(long)
    if len(found) < long:
        raise EOFError
    return found


def write_piece(pipe: IO[bytes], said: bytes | memoryview) -> None:
    """Write a piece; it is on its way once the pipe is flushed."""
    write_number(pipe, len(said))
    pipe.write(said)


def write_number(pipe: IO[bytes], number: int) -> None:
    """Write a number by itself."""
    pipe.write(_LONG.pack(number))
