"""A disk that keeps for itself what was not synced: at a power cut it loses, reorders and tears what it likes."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.promises.calls import Call

SECTOR = 512
"""Bytes that a disk writes at once, or not at all."""


@dataclass(eq=False, slots=True)
class Inode:
    """One file: what of it is on the disk, and what is on its way there (writes, and lengths as int)."""

    durable: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes] | int] = field(default_factory=list)

    def synced(self) -> None:
        """Put all on the disk."""
        for one in self.waiting:
            _put(self.durable, one)
        self.waiting.clear()

    def after_cut(self, chance: random.Random, kept: float) -> bytes:
        """Return what is there after a power cut; each thing that waited was done with a chance of `kept`."""
        data = bytearray(self.durable)
        for one in self.waiting:
            if isinstance(one, int):
                if chance.random() < kept:
                    _put(data, one)
                continue
            at, written = one
            for piece in _pieces(at, written, whole=chance.random() < 0.5):
                if chance.random() < kept:
                    _put(data, piece)
                elif chance.random() < 0.3 and len(data) < piece[0] + len(piece[1]):
                    # The length is there and the bytes are not: whatever lay on the disk before is read instead.
                    data.extend(chance.randbytes(piece[0] + len(piece[1]) - len(data)))
        return bytes(data)


class LyingDisk:
    """Follow the calls of a program in some folders. Names and files are synced each for itself, as POSIX has it."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = {bytes(folder) for folder in folders}
        self._open: dict[int, Inode | bytes] = {}  # a folder by its name
        self._names: dict[bytes, Inode] = {}
        self._durable_names: dict[bytes, Inode] = {}
        self._waiting: list[dict[bytes, Inode | None]] = []

    def take(self, call: Call) -> None:
        """Follow one call."""
        if call.kind == "o":
            self._opened(call)
        elif call.kind in "wts":
            self._asked(call)
        elif call.kind == "u":
            self._renamed({call.data: None})
        elif call.kind in "rl":
            before, after = call.data.split(b"\0")
            self._renamed({after: self._names[before], **({before: None} if call.kind == "r" else {})})

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files that are there when the power goes now, by path."""
        kept = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        names = dict(self._durable_names)
        for step in self._waiting:
            if chance.random() < kept:
                _name(names, step)
        return {name.decode(): inode.after_cut(chance, kept) for name, inode in names.items()}

    def _opened(self, call: Call) -> None:
        if call.data in self._folders:
            self._open[call.descriptor] = call.data
            return
        if call.data not in self._names:
            self._renamed({call.data: Inode()})
        self._open[call.descriptor] = self._names[call.data]

    def _asked(self, call: Call) -> None:
        inode = self._open[call.descriptor]
        if isinstance(inode, bytes):
            for step in self._waiting:
                if any(name.rpartition(b"/")[0] == inode for name in step):
                    _name(self._durable_names, step)
                    step.clear()
        elif call.kind == "s":
            inode.synced()
        else:
            inode.waiting.append(call.at if call.kind == "t" else (call.at, call.data))

    def _renamed(self, step: dict[bytes, Inode | None]) -> None:
        _name(self._names, step)
        self._waiting.append(step)


def _name(names: dict[bytes, Inode], step: dict[bytes, Inode | None]) -> None:
    for name, inode in step.items():
        if inode is None:
            names.pop(name, None)
        else:
            names[name] = inode


def _pieces(at: int, data: bytes, *, whole: bool) -> list[tuple[int, bytes]]:
    """Return a write as it was asked for, or in sectors."""
    if whole:
        return [(at, data)]
    edges = [at, *range((at // SECTOR + 1) * SECTOR, at + len(data), SECTOR), at + len(data)]
    return [(first, data[first - at : last - at]) for first, last in pairwise(edges)]


def _put(data: bytearray, one: tuple[int, bytes] | int) -> None:
    if isinstance(one, int):
        del data[one:]
        data.extend(bytes(one - len(data)))
        return
    at, written = one
    data.extend(bytes(max(0, at - len(data))))
    data[at : at + len(written)] = written
