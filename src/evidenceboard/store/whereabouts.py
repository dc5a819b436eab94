"""What has become of a file that is open: still where it was, moved, replaced, changed in place, or gone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from evidenceboard.errors import StaleFileError

_OPEN_FILES: Final = Path("/proc/self/fd")
_LEFT_ALONE: Final = "so nothing was written to it."
_ON_SCREEN: Final = "What is on the screen is whole."


def now_at(path: Path, device: int, number: int) -> Path | None:
    """Return where an open file lies now that no longer lies at `path`; None where that cannot be told, or nowhere.

    Only Linux tells it. `device` and `number` are those that `os.stat` gave when the file was opened.
    """
    try:
        held = list(_OPEN_FILES.iterdir())
    except OSError:
        return None
    for one in held:
        try:
            about, place = one.stat(), one.readlink()
            if (about.st_dev, about.st_ino) != (device, number) or place == path:
                continue
            there = place.stat()
        except OSError:
            continue  # closed meanwhile, or deleted
        if (there.st_dev, there.st_ino) == (device, number):
            return place
    return None


def stale(path: Path, left: tuple[int, ...], now: tuple[int, ...]) -> StaleFileError:
    """Return the refusal to write into a file that is no longer the one that was opened, and what became of it.

    `left` and `now` are fingerprints, device and number first; `now` is empty where nothing lies at `path`.
    """
    if left and now[:2] == left[:2]:
        return StaleFileError(
            f"Another program has changed this file, {_LEFT_ALONE} {_ON_SCREEN}",
            "Save it under another name, or look at what the file holds now.",
            "changed",
        )
    moved = now_at(path, *left[:2]) if left else None
    if moved is not None:
        return StaleFileError(
            f"The file was moved or renamed, {_LEFT_ALONE} Every step is in it, where it lies now.",
            "Open it there to go on.",
            "moved",
            moved,
        )
    if now:
        return StaleFileError(
            f"Another file has taken the place of this one, {_LEFT_ALONE} {_ON_SCREEN}",
            "Save it under another name, or look at the file that lies there now.",
            "replaced",
        )
    return StaleFileError(
        f"The file is no longer at its place: it was moved or deleted, {_LEFT_ALONE} {_ON_SCREEN}",
        "Save it under another name, or put the file back.",
        "gone",
    )
