"""Taking in what other programs wrote: tables, notes, a board as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidenceboard.errors import EvidenceBoardError, StoppedError
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import Finding
from evidenceboard.formats.importing import Importing
from evidenceboard.model.changes import BULK
from evidenceboard.ui import beside
from evidenceboard.ui.board import drops

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_say = QCoreApplication.translate


def endings() -> list[str]:
    """Return the endings of the files that are read."""
    return [ending for kind in FORMATS if kind.read for ending in kind.endings]


def take_in(window: Window, path: Path) -> None:
    """Take a file into the board that is shown, and show what came. Raises `EvidenceBoardError`; then nothing did."""
    wanted = Importing(path, board=window.board_id)
    made = beside.carry_out(window, wanted.begin(window.session), _say("Import", "Importing…"))
    report = wanted.report
    if made is None:
        window.banner(_say("Import", "There is nothing in this file that is not on the board already."))
        return
    shown = window.board.surface.scene.slot_of
    cards = [card_id for card_id in made.ids("cards") if card_id in shown]
    if cards and len(cards) <= BULK:
        window.selection.set(cards=cards)
        window.board.surface.fit_selection()
    elif cards:
        window.board.surface.fit()
    counts = [
        _say("Import", words).format(n=f"{n:,}")
        for n, words in (
            (report.created.total(), "{n} entities"),
            (report.links, "{n} links"),
            (report.cards, "{n} cards"),
            (report.frames, "{n} frames"),
        )
        if n
    ]
    window.offer(
        _say("Import", "Imported: {counts}.").format(counts=", ".join(counts)),
        _notes(report.notes),
        (_say("Import", "Undo"), lambda: window.run("undo")),
    )


def take_in_dropped(window: Window, paths: list[Path]) -> None:
    """Take in files that were dropped, one step each; those that cannot be read so are offered to be kept as files."""
    failed: list[tuple[Path, EvidenceBoardError]] = []
    for path in paths:
        try:
            take_in(window, path)
        except EvidenceBoardError as error:
            failed.append((path, error))
    if not failed:
        return
    first = failed[0][1]
    middle = window.board.surface.visible_area().center()

    def keep() -> None:
        refused = [path for path, _ in failed]
        drops.keep_files(window.board.surface, refused, middle.x(), middle.y(), onto_cards=False)

    said = _say("Import", "Keep it as a source") if len(failed) == 1 else _say("Import", "Keep them as sources")
    offers = () if isinstance(first, StoppedError) else ((said, keep),)
    window.notices.say(first.message, first.hint, alarm=True, offers=offers)


def _notes(notes: list[Finding]) -> str:
    if not notes:
        return ""
    said = _say("Import", "{where}: {what}.").format(where=notes[0].where, what=notes[0].what)
    more = _say("Import", "{n} notes in all.").format(n=f"{len(notes):,}")
    return said if len(notes) == 1 else f"{said} {more}"
