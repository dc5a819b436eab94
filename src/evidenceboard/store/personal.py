"""Where the files of one user lie: who the author is, locks, settings. Never beside a board, never card text."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import Any, Final

import platformdirs

NAMED: Final = "EVIDENCEBOARD_AUTHOR"
"""The variable that names the author for one run of the program; empty: without a name."""
LONGEST_NAME: Final = 100


def config_dir() -> Path:
    """Return the folder of the per-user files, made with mode 0700. `EVIDENCEBOARD_CONFIG_DIR` moves it."""
    chosen = os.environ.get("EVIDENCEBOARD_CONFIG_DIR")
    folder = Path(chosen) if chosen else Path(platformdirs.user_config_dir("evidenceboard"))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def private_dir(name: str) -> Path:
    """Return a folder of mode 0700 below the per-user files."""
    folder = config_dir() / name
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def data_dir(name: str) -> Path:
    """Return a folder of mode 0700 for what is large and kept; `EVIDENCEBOARD_CONFIG_DIR` moves it as well."""
    chosen = os.environ.get("EVIDENCEBOARD_CONFIG_DIR")
    above = Path(chosen) if chosen else Path(platformdirs.user_data_dir("evidenceboard"))
    above.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = above / name
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def read_settings() -> dict[str, Any]:
    """Return the user's settings; a file that cannot be read counts as none."""
    try:
        read = json.loads((config_dir() / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def write_settings(values: dict[str, Any]) -> None:
    """Write the user's settings, mode 0600, whole or not at all."""
    path = config_dir() / "settings.json"
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(values, file, ensure_ascii=False, indent=1)
    beside.replace(path)


def author_name() -> str | None:
    """Return the name that this user chose to leave, "" for none, or None where nobody asked yet.

    `EVIDENCEBOARD_AUTHOR` goes before what was chosen.
    """
    known = os.environ.get(NAMED, read_settings().get("author_name"))
    return fitting_name(known) if isinstance(known, str) else None


def choose_author_name(name: str) -> str:
    """Keep the name that this user leaves in files from now on, "" for none; return it as it is kept."""
    made = fitting_name(name)
    write_settings({**read_settings(), "author_name": made})
    return made


def fitting_name(name: str) -> str:
    """Return a name on one line, at most `LONGEST_NAME` characters long, without what no file takes."""
    return " ".join(name.encode("utf-8", "replace").decode().replace("\x00", " ").split())[:LONGEST_NAME]


def author_id() -> str:
    """Return the random id under which this user's operations stand; made at first use."""
    settings = read_settings()
    known = settings.get("author_id")
    if isinstance(known, str) and known:
        return known
    made = uuid.uuid4().hex
    write_settings({**settings, "author_id": made})
    return made
