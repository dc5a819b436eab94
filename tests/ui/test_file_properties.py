"""The dialog for title and marking: it changes what a hand changed, and nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.records import Setting
from evidenceboard.session import Session
from evidenceboard.ui import program
from evidenceboard.ui.dialogs.file_properties import FileProperties
from evidenceboard.ui.window import Window, show_file


def shown(path: Path, qtbot: QtBot) -> Window:
    program.application()
    window = show_file(path)
    qtbot.waitExposed(window)
    return window


def answer(window: Window, title: str | None = None, marking: str | None = None, yardstick: str = "") -> None:
    """Run the action, fill the dialog in and press OK."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FileProperties)
        if title is not None:
            dialog.title.setText(title)
        if marking is not None:
            dialog.marking.setCurrentIndex(dialog.marking.findData(marking))
        if yardstick:
            dialog.yardstick.setCurrentIndex(dialog.yardstick.findData(yardstick))
        dialog.accept()

    QTimer.singleShot(0, window, fill)
    window.run("file_properties")


def test_title_and_marking_are_changed_in_one_step(board_path: Path, qtbot: QtBot) -> None:
    window = shown(board_path, qtbot)
    count = window.session.operation_count()
    answer(window, "Spring", "TLP:AMBER")
    assert (window.document.setting("title"), window.document.setting("marking")) == ("Spring", "TLP:AMBER")
    assert window.session.operation_count() == count + 1
    answer(window)
    assert window.session.operation_count() == count + 1


def test_a_marking_that_this_version_does_not_know_is_never_lowered_by_looking(board_path: Path, qtbot: QtBot) -> None:
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        known = tx.document.find("settings", "marking")
        assert isinstance(known, Setting)
        tx.change(known, value="TLP:BLACK")
    window = shown(board_path, qtbot)
    answer(window, "Spring")
    assert (window.document.setting("title"), window.document.setting("marking")) == ("Spring", "TLP:BLACK")
    answer(window, marking="TLP:RED")
    assert window.document.setting("marking") == "TLP:RED"


def test_a_very_long_title_is_not_cut_by_looking_and_one_too_long_is_refused(board_path: Path, qtbot: QtBot) -> None:
    long = "x" * 60_000
    with Session.open(board_path) as session, session.transaction("Rename") as tx:
        commands.set_file(tx, title=long)
    window = shown(board_path, qtbot)
    answer(window, marking="TLP:GREEN")
    assert (window.document.setting("title"), window.document.setting("marking")) == (long, "TLP:GREEN")
    answer(window, "y" * 200_000)
    assert window.document.setting("title") == long
    assert "100,000 characters" in window.notices.text()


def test_the_yardstick_of_a_file_is_chosen_here_and_one_of_a_newer_version_stays(
    board_path: Path, qtbot: QtBot
) -> None:
    window = shown(board_path, qtbot)
    answer(window, "Spring")
    assert window.document.find("settings", "yardstick") is None
    answer(window, yardstick="phia")
    assert window.document.setting("yardstick") == "phia"
    with window.session.transaction("As a newer version writes it") as tx:
        known = tx.document.find("settings", "yardstick")
        assert isinstance(known, Setting)
        tx.change(known, value="iso")
    answer(window, "Summer")
    assert window.document.setting("yardstick") == "iso"
