"""What a program asks of the disk: written down, or refused once, by a small library that is built on the spot."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.promises.outcome import SkippedError

_SOURCE: Final = Path(__file__).with_name("calls.c")
_HEAD: Final = struct.Struct("=c3xiqq")
NO_SPACE, IO_ERROR, HALF = 1, 2, 3
"""How a call is refused: no room, the disk's fault, or half of it is done (of what has no halves: done, and yet
reported as failed)."""


@dataclass(frozen=True, slots=True)
class Call:
    """One thing asked of the disk.

    `kind`: open, write, truncate, sync, unlink, rename, link, mkdir by their first letters (a note of the program
    itself is "n"). `at`: offset, or length of a truncation. `data`: bytes written, or paths.
    """

    kind: str
    descriptor: int
    at: int
    data: bytes


def loaded_before(folder: Path) -> dict[str, str]:
    """Build the library and return the environment that loads it. Raises `SkippedError` where it cannot be built."""
    if not sys.platform.startswith("linux"):
        raise SkippedError("only Linux loads a library before the system's own")
    compiler = shutil.which("cc")
    if compiler is None:
        raise SkippedError("there is no C compiler here")
    built = folder / "calls.so"
    words = [compiler, "-O1", "-shared", "-fPIC", "-U_FORTIFY_SOURCE", "-o", str(built), str(_SOURCE), "-ldl"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SkippedError("the C compiler here cannot build the library")
    return {**os.environ, "LD_PRELOAD": str(built), "EVIDENCEBOARD_CONFIG_DIR": str(folder / "config")}


def watch(folder: Path, log: Path | None = None) -> None:
    """Watch what this process asks for in a folder, and write it down where a log is given."""
    descriptor = -1 if log is None else os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    ctypes.CDLL(None).calls_watch(os.fsencode(folder), descriptor)


def refuse(number: int, way: int) -> None:
    """Refuse one call of this process from now on, counted from 1; 0 refuses none."""
    ctypes.CDLL(None).calls_refuse(ctypes.c_long(number), way)


def made() -> int:
    """Return how many calls there were since `refuse`."""
    count = ctypes.CDLL(None).calls_made
    count.restype = ctypes.c_long
    return int(count())


def noted(log: Path, text: str) -> None:
    """Write a note of the program itself between the calls."""
    data = text.encode()
    with log.open("ab") as file:
        file.write(_HEAD.pack(b"n", -1, 0, len(data)) + data)


def read(log: Path) -> Iterator[Call]:
    """Yield the calls of a log in their order."""
    data = log.read_bytes()
    at = 0
    while at < len(data):
        kind, descriptor, offset, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield Call(kind.decode(), descriptor, offset, data[at : at + size])
        at += size
