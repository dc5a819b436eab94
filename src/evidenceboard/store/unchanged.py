"""Which files this program left as they are: one that nobody touched since need not be looked over again."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from evidenceboard.store.personal import private_dir

_MOST: Final = 200
"""Files that are remembered; the one that was left longest ago is forgotten first."""
_NAME: Final = "left.json"
_here: Final[dict[str, list[int]]] = {}
"""Files as this very process left them, while they are still open."""


def is_known(path: Path) -> bool:
    """Tell whether a file is as this program left it, by what the system keeps of it."""
    key, stands = _stands(path)
    return bool(stands) and stands in (_here.get(key), _read().get(key))


def note(path: Path) -> None:
    """Note for this process alone how a file stands that it has just written to."""
    key, stands = _stands(path)
    _here[key] = stands


def remember(path: Path) -> None:
    """Note how a file stands that was looked over, or made here, and that nobody else wrote to since."""
    key, stands = _stands(path)
    known = _read()
    if not stands or known.get(key) == stands:
        return
    known.pop(key, None)
    known[key] = stands
    _write(dict(list(known.items())[-_MOST:]))


def _stands(path: Path) -> tuple[str, list[int]]:
    try:
        about = path.stat()
    except OSError:
        return "", []
    # Neither name nor text of a board is written down.
    return f"{about.st_dev:x}-{about.st_ino:x}", [about.st_size, about.st_mtime_ns, about.st_ctime_ns]


def _read() -> dict[str, list[int]]:
    try:
        read = json.loads((private_dir("known") / _NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _write(known: dict[str, list[int]]) -> None:
    place = private_dir("known") / _NAME
    beside = place.with_suffix(f".{os.getpid()}")
    # Where it cannot be kept, files are looked over once more, which does no harm.
    with suppress(OSError):
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(known, file)
        beside.replace(place)
