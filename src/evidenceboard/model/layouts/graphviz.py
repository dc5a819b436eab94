"""Graphviz, where it is installed: its `sfdp` finds places for larger groups with a little more care than we do."""

from __future__ import annotations

import shutil
import subprocess
from typing import Final

import numpy as np

from evidenceboard.model.layouts.things import Floats, Tick, Whole

LEAST: Final = 300
MOST: Final = 5_000
"""Things in a group between which Graphviz is asked: for fewer ours is as good, for more it takes too long."""
_LONGEST: Final = 30.0
"""Seconds after which it is given up."""
_LOOK: Final = 0.1
_INCH: Final = 72.0
"""Board units that are called an inch for it."""


def rested(n: int, ends: Whole, size: Floats, seed: int, tick: Tick) -> Floats | None:
    """Return the middles (2, n) of things of these sizes that all hang together, or None where it cannot be had.

    It is told numbers alone: which of the things are linked, and how large they are. It is not called through a shell.
    """
    program = shutil.which("sfdp") if LEAST < n <= MOST else None
    if program is None:
        return None
    said = _answer([program, "-Goverlap=prism", f"-Gstart={seed + 1}", "-Tplain"], _asked(ends, size), tick)
    return None if said is None else _read(said, n)


def _asked(ends: Whole, size: Floats) -> str:
    inches = (size / _INCH).T.tolist()
    things = [f"{place}[width={w:.4f} height={h:.4f}]" for place, (w, h) in enumerate(inches)]
    links = [f"{a}--{b}" for a, b in ends.T.tolist() if a != b]
    return "\n".join(['graph{node[shape=box fixedsize=true label=""]', *things, *links, "}"])


def _answer(words: list[str], asked: str, tick: Tick) -> str | None:
    """Return what a program answers; None where it fails or takes too long. It ends where `tick` raises."""
    try:
        asking = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
    except OSError:
        return None
    given: str | None = asked
    with asking:
        try:
            for turn in range(round(_LONGEST / _LOOK)):
                tick(turn * _LOOK / _LONGEST)
                try:
                    said, _ = asking.communicate(given, timeout=_LOOK)
                    return said if asking.returncode == 0 else None
                except subprocess.TimeoutExpired:
                    given = None  # it has been told already
            return None
        finally:
            asking.kill()


def _read(said: str, n: int) -> Floats | None:
    """Return the places in an answer in Graphviz's plain format, y upwards and in inches; None where one is missing."""
    at = np.full((2, n), np.nan)
    for line in said.splitlines():
        words = line.split()
        if len(words) > 3 and words[0] == "node" and words[1].isdigit() and int(words[1]) < n:
            try:
                at[:, int(words[1])] = float(words[2]) * _INCH, -float(words[3]) * _INCH
            except ValueError:
                return None
    return at if np.isfinite(at).all() else None
