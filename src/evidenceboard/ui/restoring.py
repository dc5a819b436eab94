"""Going back to a snapshot or a named state: one step, with a snapshot of what is there now before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidenceboard import commands
from evidenceboard.model.document import Document
from evidenceboard.model.pace import Tick
from evidenceboard.model.records import Snapshot
from evidenceboard.session import Session
from evidenceboard.store import backups
from evidenceboard.store.backups import Backup
from evidenceboard.ui.dialogs import ask
from evidenceboard.ui.statusline import clock, moment

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate


def make_now(window: Window) -> Backup | None:
    """Make a snapshot of the board of a window, with a bar where it takes long. A refusal becomes a banner."""
    board, source = window.session.path, window.session.hold.file.path
    made = window.look_up(lambda tick: backups.make(board, source=source), _say("Snapshots", "Making a snapshot…"))
    if made is not None and window.later.backing_up is not None:
        window.later.backing_up.note(made)
    return made


def restore_backup(window: Window, backup: Backup) -> None:
    """Make the board what it is in a snapshot, after that was looked through."""

    def read(tick: Tick) -> Session:
        from evidenceboard.ui import merging  # what compares copies is only needed here

        backup.check()
        return merging.opened(backup.path, tick)

    kept = window.look_up(read, _say("Snapshots", "Reading the snapshot…"))
    if kept is not None:
        with kept:
            _restore(window, kept.document, kept.attachment, backup.at)


def restore_state(window: Window, state: Snapshot) -> None:
    """Make the board what it was after an operation of its history that was given a name."""
    session = window.session
    earlier = window.look_up(
        lambda tick: session.document_at(state.operation_id, tick), _say("Snapshots", "Reading the history…")
    )
    if earlier is not None:
        _restore(window, earlier, session.attachment, session.header(state.operation_id).at)


def restore_document(window: Window, wanted: Document, at: str) -> None:
    """Make the board what it was in a document of its own history, at a time in UTC."""
    _restore(window, wanted, window.session.attachment, at)


def _restore(window: Window, wanted: Document, bytes_of: Callable[[str], bytes], at: str) -> None:
    time = clock(at)
    kept = None if commands.why_no_backups(window.document) else make_now(window)
    label = "Restore the state from {time}"
    count = window.perform(label, lambda tx: commands.become(tx, wanted, bytes_of), time=moment(at))
    if count is None:
        return
    if not count:
        window.banner(_say("Snapshots", "The board is what it was at {time}; nothing was changed.").format(time=time))
        return
    also = _say("Snapshots", "A snapshot of what was there before was made as well.") if kept else ""
    window.offer(
        _say("Snapshots", "The board is again what it was at {time}, as one step that can be undone.").format(
            time=time
        ),
        also,
        (_say("Snapshots", "Undo it"), lambda: window.run("undo")),
    )


def save_out(window: Window, backup: Backup, name: str) -> None:
    """Ask for a place and write a snapshot there as a board of its own."""
    path = ask.place_for_copy(window, window.session.path.with_name(name))
    if path is None:
        return

    def write() -> bool:
        backups.write_out(backup, path)
        return True

    if window.look_up(lambda tick: write(), _say("Snapshots", "Writing the copy…")):
        window.offer(
            _say("Snapshots", "The snapshot from {time} was written as a board of its own: {name}.").format(
                time=clock(backup.at), name=path.name
            ),
            "",
            (_say("Snapshots", "Open it"), lambda: window.open_path(path)),
        )


def show_backup(window: Window, backup: Backup) -> None:
    """Show a snapshot in a window of its own, for reading only, after it was looked through."""

    def look(tick: Tick) -> bool:
        backup.check()
        tick(1.0)  # who has pressed Stop meanwhile does not want to see it
        return True

    if window.look_up(look, _say("Snapshots", "Looking through the snapshot…")):
        window.open_path(backup.path)
