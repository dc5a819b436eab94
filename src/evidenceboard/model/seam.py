"""The one place where ids, clock and salts come from, so that a script can make them repeatable."""

from __future__ import annotations

import hashlib
import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Seam(Protocol):
    """Give ids, times and salts."""

    def new_id(self) -> str: ...
    def now(self) -> str: ...
    def salt(self) -> str: ...


class RandomSeam:
    """Give random ids (they tell neither time nor order), the UTC clock and random salts."""

    def new_id(self) -> str:
        return uuid.uuid4().hex

    def now(self) -> str:
        return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def salt(self) -> str:
        return os.urandom(16).hex()


class SeededSeam:
    """Give the same ids, times and salts on every run, from a seed. Times step by one second from `start`."""

    def __init__(self, seed: str, start: datetime = datetime(2024, 12, 1, 9, 0, tzinfo=UTC)) -> None:
        self._seed = seed
        self._count = 0
        self._clock = start

    def new_id(self) -> str:
        self._count += 1
        return hashlib.sha256(f"{self._seed}:{self._count}".encode()).hexdigest()[:32]

    def now(self) -> str:
        self._clock += timedelta(seconds=1)
        return self._clock.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def salt(self) -> str:
        return self.new_id()


def derived_id(*parts: str) -> str:
    """Return the id that two copies of a file would both choose for the same parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
