"""Starting: what is said when something is missing, the user's own sample, and a bug of ours."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.render.resources import sample_board
from evidenceboard.session import Session
from evidenceboard.ui import app, program, sample, settings
from evidenceboard.ui.plain import menu_text, one_line, plain_tip
from evidenceboard.ui.window import Window, windows


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "config"))
    yield tmp_path / "config"
    for window in windows():
        window.close()


def test_a_missing_library_is_named_with_its_package() -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "sudo apt install libegl1" in app.missing_library(error)
    assert app.missing_library(ImportError("something else")) == ""
    assert "libodd.so.3" in app.missing_library(ImportError("libodd.so.3: cannot open"))


def test_no_screen_is_said_and_the_way_without_one() -> None:
    assert "no screen" in app.missing_on_screen({})
    assert app.missing_on_screen({"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert app.missing_on_screen({"WAYLAND_DISPLAY": "wayland-0"}) == ""


@pytest.fixture
def came(tmp_path: Path) -> Path:
    path = tmp_path / "came" / "sample_board.db"
    path.parent.mkdir()
    path.write_bytes(Path(sample_board()).read_bytes())
    return path


def test_the_sample_opens_as_the_users_own_copy_and_says_so(came: Path, qtbot: QtBot) -> None:
    program.application()
    before = came.read_bytes()
    shown = program.start(came)
    assert isinstance(shown, Window)
    assert shown.session.path == (settings.own_folder() / "sample_board.db").resolve()
    assert "your own copy" in shown.notices.text()
    assert shown.session.path.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"
    shown.session.undo()
    assert came.read_bytes() == before


def test_an_earlier_copy_of_the_sample_is_kept(came: Path) -> None:
    copy = sample.own_copy()
    with Session.open(copy) as session, session.transaction("Rename") as tx:
        commands.set_file(tx, title="Mine")
    assert sample.own_copy() == copy
    with Session.open(copy) as session:
        assert session.document.setting("title") == "Mine"
    assert not sample.is_sample(copy)
    assert sample.is_sample(came)


def test_settings_that_cannot_be_read_count_as_none(own_config: Path) -> None:
    own_config.mkdir()
    (own_config / "settings.json").write_text('{"recent": "not a list", "look": 7}', "utf-8")
    assert settings.recent_files() == []
    assert settings.get("look", "system") == "system"


def test_a_file_that_is_gone_is_passed_over_at_the_start(tmp_path: Path, came: Path, qtbot: QtBot) -> None:
    program.application()
    settings.remember_file(tmp_path / "gone.db")
    shown = program.start(None)
    assert isinstance(shown, Window) and shown.session.path.name == "sample_board.db"


def test_text_of_files_stays_text() -> None:
    assert "<img" not in plain_tip('<img src="file:///dev/zero">')
    assert menu_text("A & B\tC") == "A && B C"
    assert one_line("a\u202eb\nc") == "a‹RLO›b c"
    assert len(one_line("x" * 1_000_000)) == 300


def test_a_damaged_database_opens_nothing_and_is_named(tmp_path: Path, qtbot: QtBot) -> None:
    program.application()
    wrong = tmp_path / "other.db"
    with sqlite3.connect(wrong) as connection:
        connection.execute("create table t (x)")
    connection.close()
    shown = program.start(wrong)
    qtbot.addWidget(shown)
    assert "another program" in shown.notices.text()
