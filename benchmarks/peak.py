"""The most memory that this process has held so far."""

from __future__ import annotations

import sys


def peak() -> float | None:
    """Return it in MB; None on Windows, where the standard library does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    # Linux counts in KB, macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
