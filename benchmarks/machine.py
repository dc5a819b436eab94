"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from statistics import geometric_mean
from typing import Any

import PySide6

from benchmarks.bars import THERE
from benchmarks.stolen import Clock


def slower(bars: Sequence[Mapping[str, Any]]) -> float | None:
    """Return how many times as long this machine takes as the one on which the bars were set; None if not measured.

    That is the geometric mean of what programs of this kind are made of, by the rows that tell it.
    """
    times = [bar["value"] / bar["limit"] for bar in bars if bar["name"] in THERE and bar["value"] and bar["limit"]]
    return round(geometric_mean(times), 2) if times else None


def machine(clock: Clock) -> dict[str, Any]:
    """Return the machine, how many programs ran on it in the last minute, and what was taken from it by the clock.

    That is the share of its processors' time that its host gave to others since the clock was made.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": cores,
        "python": platform.python_version(),
        "qt": PySide6.__version__,
        "taken": f"{clock.share():.1%}",
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }
