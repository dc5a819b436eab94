"""Processes that this program begins beside itself, from a wheel, a folder of sources or a frozen program alike."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

_RUN: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1));"
    " from importlib import import_module; sys.exit(import_module(sys.argv.pop(1)).main(sys.argv[1:]))"
)
NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def command(word: str, module: str, *words: str) -> list[str]:
    """Return the words that start a process which runs `main` of a module with some words.

    `word`: the first one of the command line by which a frozen program does the same, as it has no interpreter.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, word, *words]
    # Only from where this program itself came, never from the folder that it was started in, nor by variables.
    places = [str(Path(__file__).parents[2]), *(place for place in sys.path if place and Path(place).is_absolute())]
    return [sys.executable, "-I", "-S", "-c", _RUN, json.dumps(places), module, *words]
