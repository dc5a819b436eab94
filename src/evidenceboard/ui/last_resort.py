"""When a board cannot be opened: what is said, and the snapshot that is still there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.store import backups
from evidenceboard.store.backups import Backup
from evidenceboard.ui.notices import Banner, Offer
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.statusline import clock

Show = Callable[[Path], object]
"""What shows a file in a window; it raises `EvidenceBoardError` or tells of it itself."""
T = TypeVar("T")
_say = QCoreApplication.translate


def attempt(path: Path, show: Callable[[Path], T], notices: Banner) -> T | None:
    """Show a file and return what `show` does; where it is refused, say why and offer its newest snapshot."""
    try:
        return show(path)
    except EvidenceBoardError as error:
        tell(path, error, show, notices)
        return None


def tell(path: Path, error: EvidenceBoardError, show: Show, notices: Banner) -> None:
    """Say why a file was refused, and offer its newest snapshot."""
    said, offers = _offered(path, show, notices)
    notices.say(error.message, f"{error.hint} {said}".strip(), alarm=True, offers=offers)


def tell_of_gone(path: Path, show: Show, notices: Banner) -> None:
    """Say that the file opened last is no longer at its place, where a snapshot of it is."""
    said, offers = _offered(path, show, notices)
    if offers:
        gone = _say("LastResort", "{name}, which you had open last, is no longer at its place.")
        notices.say(gone.format(name=one_line(path.name, 60)), said, offers=offers)


def backups_of(path: Path) -> list[Backup]:
    """Return the snapshots of what lies or lay at a place, newest first, but for those that are plainly spoiled."""
    found = [one for series in backups.series_of(path) for one in series.backups()]
    return sorted((one for one in found if one.is_there()), key=lambda one: one.at, reverse=True)


def _offered(path: Path, show: Show, notices: Banner) -> tuple[str, tuple[Offer, ...]]:
    if backups.is_backup(path) or not (found := backups_of(path)):
        return "", ()
    said = _say("LastResort", "A snapshot from {time} is there.").format(time=clock(found[0].at))
    return said, ((_say("LastResort", "Open the snapshot"), lambda: _open_sound(found, show, notices)),)


def _open_sound(found: list[Backup], show: Show, notices: Banner) -> None:
    """Show the newest snapshot that is sound after a look through all of it."""
    for place, one in enumerate(found):
        if not one.is_sound():
            continue
        if place:
            said = _say("LastResort", "The newest snapshot is damaged, so the one from {time} was opened.")
            notices.say(said.format(time=clock(one.at)))
        attempt(one.path, show, notices)
        return
    notices.say(_say("LastResort", "None of the snapshots of this board can be read."), alarm=True)
