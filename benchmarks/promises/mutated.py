"""Files with bytes changed by chance: each opens or is refused in words, within seconds, and is not written to."""

from __future__ import annotations

import random
import signal
from pathlib import Path

from benchmarks.promises.worlds import ends_well, in_a_child, small_board
from evidenceboard import Session
from evidenceboard.errors import EvidenceBoardError

LONGEST = 5
"""Seconds that opening a spoiled file may take."""


def failures(folder: Path, n: int) -> int:
    """Spoil so many copies of a board; count those that do anything but open or be refused in words."""
    sound = small_board(folder / "board.db").read_bytes()
    chance = random.Random(11)
    broken = 0
    for number in range(n):
        path = folder / f"{number}.db"
        path.write_bytes(_spoiled(sound, chance))
        before = path.read_bytes()
        broken += not ends_well(in_a_child(lambda path=path: _open(path))) or path.read_bytes() != before
        path.unlink()
    return broken


def _open(path: Path) -> None:
    signal.alarm(LONGEST)  # ends this process where it hangs
    try:
        with Session.open(path, read_only=True) as session:
            session.history(1000)
    except EvidenceBoardError as error:
        if not error.message:
            raise AssertionError("refused without a word") from error


def _spoiled(sound: bytes, chance: random.Random) -> bytes:
    data = bytearray(sound)
    kind = chance.randrange(4)
    if kind == 0:
        return bytes(data[: chance.randrange(len(data))])
    if kind == 1:
        first, second = (chance.randrange(len(data) // 4096) * 4096 for _ in range(2))
        data[first : first + 4096], data[second : second + 4096] = (
            data[second : second + 4096],
            data[first : first + 4096],
        )
        return bytes(data)
    for _ in range(chance.choice((1, 1, 8, 200))):
        at = chance.randrange(100) if kind == 2 else chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
    return bytes(data)
