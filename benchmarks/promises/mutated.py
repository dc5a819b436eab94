"""Files spoiled by chance: each opens or is refused in words, in seconds, and no changed value goes unnoticed."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import Records, in_a_child, records, small_board
from evidenceboard import Session
from evidenceboard.errors import EvidenceBoardError

LONGEST: Final = 40
"""Seconds that opening a spoiled file may take. Some send SQLite round in circles: the process that looks a file over
is stopped after five seconds of processor time, six times that by the clock, and the file is refused.
"""
_PAGE: Final = 4096
_SECTOR: Final = 512
_UNNOTICED: Final = 3
"""Exit status of a child that read other values than were written, without a word about it."""


def failures(folder: Path, n: int) -> Tried:
    """Spoil so many copies of a board; count those that do anything but open or be refused in words.

    Nor may a value that is not the one that was written be read without a word, or a byte of the file change.
    """
    board = small_board(folder / "board.db")
    with Session.open(board, read_only=True) as session:
        wanted = records(session)
    sound = board.read_bytes()
    chance = random.Random(11)
    broken = 0
    path = folder / "spoiled.db"
    for _ in range(n):
        data = spoiled(sound, chance)
        path.write_bytes(data)
        status = os.waitpid(in_a_child(lambda: _open(path, wanted)), 0)[1]
        broken += os.waitstatus_to_exitcode(status) != 0 or path.read_bytes() != data
        path.unlink()
    return Tried(n, broken)


def _open(path: Path, wanted: Records) -> None:
    signal.alarm(LONGEST)  # ends this process where it hangs
    try:
        with Session.open(path, read_only=True) as session:
            session.history(1000)
            if records(session) != wanted and not (session.problems or session.hold.entry.sentences):
                os._exit(_UNNOTICED)
    except EvidenceBoardError as error:
        if not error.message:
            raise AssertionError("refused without a word") from error


def spoiled(sound: bytes, chance: random.Random) -> bytes:
    """Return a file with something wrong: one of the ways in which disks, cables and programs spoil files."""
    data = bytearray(sound)
    chance.choice(_WAYS)(data, chance)
    return bytes(data)


def _bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 8, 200))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _bytes(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 4, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _head(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 2, 8))):
        data[chance.randrange(100)] = chance.randrange(256)


def _sector(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) // _SECTOR) * _SECTOR
    data[at : at + _SECTOR] = chance.choice((bytes(_SECTOR), b"\xff" * _SECTOR, chance.randbytes(_SECTOR)))


def _pages(data: bytearray, chance: random.Random) -> None:
    first, second = (chance.randrange(len(data) // _PAGE) * _PAGE for _ in range(2))
    one, other = data[first : first + _PAGE], data[second : second + _PAGE]
    data[first : first + _PAGE], data[second : second + _PAGE] = other, other if chance.random() < 0.3 else one


def _length(data: bytearray, chance: random.Random) -> None:
    if chance.random() < 0.8:
        del data[chance.randrange(len(data)) :]
    else:
        data.extend(chance.randbytes(chance.choice((1, _SECTOR, _PAGE))))


_WAYS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (_bits, _bytes, _head, _sector, _pages, _length)
