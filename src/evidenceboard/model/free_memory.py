"""How much memory is free: large work takes it where it is there, and goes on in smaller steps where it is not."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_SHARE: Final = 4
"""Where nobody tells what is free, one in so many parts of all memory counts as such."""
_UNKNOWN: Final = 1 << 30
_TOLD: Final = Path("/proc/meminfo")


def free_memory(told: Path = _TOLD) -> int:
    """Return how many bytes can be had without taking them from another program, as the system has it."""
    with suppress(OSError, ValueError, AttributeError, IndexError):
        if sys.platform == "win32":
            return _of_windows()
        if sys.platform == "linux":
            return int(told.read_text("ascii").split("MemAvailable:")[1].split()[0]) * 1024
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // _SHARE
    return _UNKNOWN


def _of_windows() -> int:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            *((name, ctypes.c_uint64) for name in ("all", "free", "file", "free_file", "own", "free_own", "more")),
        )

    status = Status(length=ctypes.sizeof(Status))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined,unused-ignore]
        raise OSError("the system does not tell")
    return int(status.free)
