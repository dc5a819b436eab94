"""What the program remembers for one user: the look, recent files, and where things stood. Never card text."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from evidenceboard.store import backups, personal

RECENT_LIMIT: Final = 10
_PLACES_LIMIT: Final = 200


def get(name: str, default: Any = None) -> Any:
    """Return a remembered value; one of another kind than the default counts as none."""
    value = personal.read_settings().get(name, default)
    return default if default is not None and not isinstance(value, type(default)) else value


def put(**values: Any) -> None:
    """Remember values. A disk that refuses costs only the memory, never the work."""
    known = personal.read_settings()
    if any(known.get(name) != value for name, value in values.items()):
        with contextlib.suppress(OSError):
            personal.write_settings({**known, **values})


def own_folder() -> Path:
    """Return the folder in which the program keeps the user's own copy of the sample."""
    return personal.private_dir("boards")


def recent_files() -> list[Path]:
    """Return the files opened last, newest first."""
    return [Path(path) for path in get("recent", []) if isinstance(path, str)]


def remember_file(path: Path) -> None:
    """Put a file at the head of the recent ones; a snapshot is none that one works on."""
    if backups.is_backup(path):
        return
    said = str(path.resolve())
    put(recent=[said, *(str(p) for p in recent_files() if str(p) != said)][:RECENT_LIMIT])


def place_of(path: Path) -> dict[str, Any]:
    """Return where things stood when this file was closed: board, camera."""
    found = get("places", {}).get(_key(path), {})
    return dict(found) if isinstance(found, dict) else {}


def remember_place(path: Path, place: Mapping[str, Any]) -> None:
    """Remember where things stand in this file, in place of what was remembered before."""
    places = {key: value for key, value in get("places", {}).items() if key != _key(path)}
    kept = list(places.items())[-_PLACES_LIMIT:]
    put(places={**dict(kept), _key(path): dict(place)})


def _key(path: Path) -> str:
    # A digest: the list of recent files is short and can be emptied, this one need not tell paths.
    return hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
