"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from typing import Any

import PySide6


def machine() -> dict[str, Any]:
    """Return the machine, and how many programs ran on it in the last minute."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": cores,
        "python": platform.python_version(),
        "qt": PySide6.__version__,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }
