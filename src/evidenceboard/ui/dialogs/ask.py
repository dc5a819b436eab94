"""Short questions: a line of text, a file to open, a place for a new one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from evidenceboard.ui import settings
from evidenceboard.ui.plain import ask_line

_say = QCoreApplication.translate


def line(parent: QWidget, title: str, question: str, text: str) -> str:
    """Ask for one line of text; "" where it is put off."""
    return (ask_line(parent, title, question, text) or "").strip()


def file_to_open(parent: QWidget) -> Path | None:
    """Ask for a board file."""
    chosen, _ = QFileDialog.getOpenFileName(parent, _say("Ask", "Open a board file"), str(_folder()), _kinds())
    return Path(chosen) if chosen else None


def file_to_import(parent: QWidget, endings: Iterable[str]) -> Path | None:
    """Ask for a file of another program, by the endings that are read."""
    kinds = _say("Ask", "Files that can be imported ({endings})").format(
        endings=" ".join(f"*.{ending}" for ending in endings)
    )
    every = _say("Ask", "All files (*)")
    chosen, _ = QFileDialog.getOpenFileName(parent, _say("Ask", "Import"), str(_folder()), f"{kinds};;{every}")
    return Path(chosen) if chosen else None


def place_for_new(parent: QWidget) -> Path | None:
    """Ask where a new board file shall lie. A file that is there already is never written over."""
    return _place(parent, _say("Ask", "Where shall the new board lie?"), _folder() / "board.db")


def place_for_copy(parent: QWidget, path: Path) -> Path | None:
    """Ask where a copy shall lie."""
    return _place(parent, _say("Ask", "Where shall the copy lie?"), path.with_name(f"{path.stem} copy.db"))


def place_for_shared(parent: QWidget, path: Path) -> Path | None:
    """Ask where a clean copy shall lie."""
    return _place(parent, _say("Ask", "Where shall the clean copy lie?"), path.with_name(f"{path.stem} clean.db"))


def _place(parent: QWidget, title: str, proposed: Path) -> Path | None:
    # No "replace it?" of Qt's: what is there is never replaced, and the refusal says so.
    option = QFileDialog.Option.DontConfirmOverwrite
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), _kinds(), "", option)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".db")


def _kinds() -> str:
    return _say("Ask", "Board files (*.db);;All files (*)")


def _folder() -> Path:
    for recent in settings.recent_files():
        if recent.parent.is_dir() and not recent.is_relative_to(settings.own_folder()):
            return recent.parent
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if Path(documents).is_dir() else Path.home()
