"""The most memory that this process has held so far."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def peak() -> float | None:
    """Return it in MB; None on Windows, where the standard library does not tell."""
    if sys.platform == "win32":
        return None
    if sys.platform == "linux":
        # What the standard library tells there counts the program that started this one too.
        return _told("VmHWM")
    import resource

    # macOS counts in bytes, others in KB.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def anew() -> float | None:
    """Let the most count from now on, where the system can do that; return what it begins with."""
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    return peak()


def with_those_begun() -> float:
    """Return the MB that this process and those that it began hold now; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    listed = [one.read_text("ascii").split() for one in Path("/proc/self/task").glob("*/children")]
    return sum(_told("VmRSS", pid) or 0.0 for pid in ["self", *(pid for some in listed for pid in some)])


def _told(name: str, pid: str = "self") -> float | None:
    try:
        said = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return None
    told = re.search(rf"^{name}:\s*(\d+) kB", said, re.MULTILINE)
    return int(told[1]) / 1e3 if told else None
