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
        told = re.search(r"^VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("utf-8"), re.MULTILINE)
        if told:
            return int(told[1]) / 1e3
    import resource

    # macOS counts in bytes, others in KB.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
