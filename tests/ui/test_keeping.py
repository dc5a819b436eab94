"""A window whose file is moved, replaced, changed, deleted or given free says so at once, and offers a way out."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.store import places
from evidenceboard.store.personal import data_dir
from evidenceboard.ui import keeping, program, publisher
from evidenceboard.ui.board import written
from evidenceboard.ui.window import Window, show_file, windows

TOLD = sys.platform == "linux"
"""Whether the system tells where a file that is open lies now."""
SOON = 15_000
"""Milliseconds: far more than a window needs, on a machine that does other things too."""


@pytest.fixture
def path(board_path: Path) -> Path:
    program.application()
    return board_path


@pytest.fixture
def window(path: Path, qtbot: QtBot) -> Window:
    shown = show_file(path)
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def far(path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Window:
    """Return a window on a board that is worked on through a copy."""
    monkeypatch.setenv(places.FORCED, "always")
    shown = show_file(path)
    qtbot.waitExposed(shown)
    return shown


def add(window: Window, title: str = "mine") -> None:
    window.perform("Add a claim", lambda tx: commands.add_entity(tx, "claim", title=title))


def press(window: Window, text: str) -> None:
    """Press a button of the banner."""
    button = next(one for one in window.notices.findChildren(QPushButton) if one.text() == text and one.isEnabled())
    button.click()


def offered(window: Window) -> set[str]:
    QApplication.processEvents()  # a button is seen when its row has been laid out
    return {one.text() for one in window.notices.findChildren(QPushButton) if one.isVisibleTo(window)}


def titles(path: Path) -> set[str]:
    with Session.open(path, read_only=True) as session:
        return {entity.title for entity in session.document.entities}


def write_on(window: Window, text: str) -> None:
    """Begin to write the title of C1 on the board."""
    entity = window.document.entity("C1")
    card = window.document.cards_of(entity.id)[0]
    window.board.editor.open(written.card(window.board.surface, card.id))
    window.board.editor.lines.setPlainText(text)


def test_without_a_change_or_a_click_the_window_notices_that_its_file_is_gone(window: Window, qtbot: QtBot) -> None:
    away = window.session.path.rename(window.session.path.with_name("away.db"))
    qtbot.waitUntil(lambda: "moved" in window.notices.text(), timeout=SOON)
    assert window.status.saved.text().startswith("Nothing is saved")
    away.rename(window.session.path)
    qtbot.waitUntil(lambda: "back at its place" in window.notices.text(), timeout=SOON)
    assert window.status.saved.text().startswith("Saved")
    add(window)
    assert "mine" in titles(window.session.path)


def test_a_file_that_was_moved_is_opened_where_it_lies_with_what_was_being_written(window: Window) -> None:
    place = window.session.path.rename(window.session.path.with_name("moved.db"))
    write_on(window, "Written meanwhile")
    assert not window.board.editor.keep()
    if TOLD:
        assert str(place) in window.notices.text()
        press(window, "Open it there")
    else:
        keeping.go_on_with(window, place)
    shown = windows()[0]
    assert len(windows()) == 1 and shown.session.path == place and shown.session.read_only == ""
    assert "Written meanwhile" in titles(place)
    assert shown.notices.text() == ""


def test_what_is_on_the_screen_is_saved_elsewhere_with_what_was_being_written(window: Window, tmp_path: Path) -> None:
    add(window)
    window.session.path.unlink()
    write_on(window, "Written meanwhile")
    assert not window.board.editor.keep()
    assert offered(window) == {"Save as…"}
    window.told(lambda: keeping.save_as_to(window, tmp_path / "elsewhere.db"))
    assert [shown.session.path for shown in windows()] == [tmp_path / "elsewhere.db"]
    assert titles(tmp_path / "elsewhere.db") >= {"mine", "Written meanwhile"}


def test_a_place_that_is_taken_is_refused_and_nothing_is_lost(window: Window, tmp_path: Path) -> None:
    window.session.path.unlink()
    (tmp_path / "taken.db").write_bytes(b"somebody else's")
    add(window)
    window.told(lambda: keeping.save_as_to(window, tmp_path / "taken.db"))
    assert "not touched" in window.notices.text()
    assert (tmp_path / "taken.db").read_bytes() == b"somebody else's"
    window.notices.dismiss()
    assert offered(window) == {"Save as…"}, "the banner that stands came back"


@pytest.mark.parametrize("in_place", [True, False])
def test_what_a_sync_client_put_there_is_shown_beside_and_nothing_is_overwritten(
    window: Window, path: Path, tmp_path: Path, in_place: bool, qtbot: QtBot
) -> None:
    other = tmp_path / "other.db"
    shutil.copyfile(path, other)
    with Session.open(other) as theirs, theirs.transaction("Add") as tx:
        commands.add_entity(tx, "claim", title="theirs")
    strange = other.read_bytes()
    add(window)
    path.write_bytes(strange) if in_place else other.replace(path)
    write_on(window, "Written meanwhile")
    assert not window.board.editor.keep()
    assert path.read_bytes() == strange
    press(window, "Show the file as it is now")
    first, second = windows()
    assert first is window
    qtbot.waitUntil(lambda: second.session.read_only == "", timeout=SOON)  # what another program wrote is looked over
    assert "theirs" in {entity.title for entity in second.document.entities}
    assert "mine" in {entity.title for entity in window.document.entities}
    assert window.board.editor.lines.toPlainText() == "Written meanwhile"
    add(second, "goes on")
    assert titles(path) >= {"theirs", "goes on"}


def test_a_window_whose_content_lies_nowhere_else_closes_only_at_the_second_try(window: Window, path: Path) -> None:
    add(window)
    path.unlink()
    window.watch.look()
    window.close()
    assert window in windows() and "lost when this window closes" in window.notices.text()
    window.watch.look()
    assert "lost when this window closes" in window.notices.text(), "what stands did not cover it"
    window.close()
    assert windows() == ()


def test_a_window_in_which_nothing_was_changed_closes_at_once(window: Window, path: Path) -> None:
    path.write_bytes(path.read_bytes() + bytes(4096))
    window.watch.look()
    assert window.watch.lost is not None
    window.close()
    assert windows() == ()


def test_saving_by_hand_writes_what_is_being_written_or_says_that_it_is_not_saved(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    write_on(window, "Kept by Ctrl+S")
    qtbot.keyClick(window.board.editor.lines, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Kept by Ctrl+S" in titles(path) and "Saved already" in window.notices.text()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("begin exclusive")
    window.board.editor.lines.setPlainText("Not yet")
    qtbot.keyClick(window.board.editor.lines, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Saved already" not in window.notices.text() and "was not saved" in window.notices.text()
    qtbot.waitUntil(lambda: window.status.saved.text() == "Not saved yet: what you typed", timeout=SOON)
    holder.execute("rollback")
    holder.close()
    qtbot.keyClick(window.board.editor.lines, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Not yet" in titles(path)
    qtbot.waitUntil(lambda: window.status.saved.text().startswith("Saved "), timeout=SOON)


def test_what_was_typed_in_the_inspector_is_written_as_soon_as_that_works(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    from evidenceboard.ui.panels.field_row import FieldRow

    window.selection.set(entity=window.document.entity("C1").id)
    qtbot.waitUntil(lambda: bool([row for row in window.findChildren(FieldRow) if row.field.key == "notes"]))
    row = next(row for row in window.findChildren(FieldRow) if row.field.key == "notes")
    row.open()
    qtbot.keyClicks(row.editor, "Typed in the panel")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("begin exclusive")
    row.keep()
    assert row.waits
    qtbot.waitUntil(lambda: window.status.saved.text() == "Not saved yet: what you typed", timeout=SOON)
    holder.execute("rollback")
    holder.close()
    qtbot.waitUntil(lambda: window.document.entity("C1").notes == "Typed in the panel", timeout=SOON)
    qtbot.waitUntil(lambda: window.status.saved.text().startswith("Saved "), timeout=SOON)


def test_a_board_that_is_held_by_another_process_can_be_changed_when_that_lets_go(path: Path, qtbot: QtBot) -> None:
    script = (
        "import sys\nfrom evidenceboard import Session, commands\n"
        "with Session.open(sys.argv[1], holder='a window of a colleague') as held:\n"
        "    print('held', flush=True)\n    sys.stdin.readline()\n"
        "    with held.transaction('Add') as tx: commands.add_entity(tx, 'claim', title='theirs')\n"
        "    print('changed', flush=True)\n    sys.stdin.readline()\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None and other.stdout is not None
        assert other.stdout.readline() == "held\n"
        window = show_file(path)
        said = window.notices.text()
        assert f"a window of a colleague (process {other.pid})" in said and "reading only" in said
        written = subprocess.run(
            [sys.executable, "-m", "evidenceboard", "add", str(path), "claim", "--title", "x"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert written.returncode == 1 and "a window of a colleague" in written.stderr
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "changed\n"
        qtbot.waitUntil(lambda: offered(window) == {"Show the newest"}, timeout=SOON)
        press(window, "Show the newest")
        (window,) = windows()
        assert "theirs" in {entity.title for entity in window.document.entities} and window.session.read_only
        other.stdin.write("\n")
        other.stdin.flush()
        other.wait()
    qtbot.waitUntil(lambda: offered(window) == {"Open for writing"}, timeout=SOON)
    press(window, "Open for writing")
    (window,) = windows()
    assert window.session.read_only == "" and window.notices.text() == ""
    add(window)
    assert titles(path) >= {"mine", "theirs"}


def test_a_board_on_a_far_place_says_so_and_is_published_after_a_rest(
    far: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "you work on a copy" in far.notices.text()
    assert far.status.saved.text().endswith("published")
    monkeypatch.setattr(publisher, "REST", 300)
    add(far)
    assert far.status.saved.text().endswith("not published yet")
    assert "mine" not in titles(far.session.path)
    qtbot.waitUntil(lambda: "mine" in titles(far.session.path), timeout=SOON)
    qtbot.waitUntil(lambda: "published " in far.status.saved.text(), timeout=SOON)


def test_saving_by_hand_and_closing_publish_at_once(far: Window, qtbot: QtBot) -> None:
    path = far.session.path
    add(far)
    qtbot.keyClick(far.board, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "put back to its place at" in far.notices.text() and "mine" in titles(path)
    add(far, "at the end")
    far.close()
    assert windows() == () and "at the end" in titles(path)


def test_a_place_out_of_reach_is_told_work_goes_on_and_closing_takes_two_tries(far: Window, qtbot: QtBot) -> None:
    path = far.session.path
    add(far)
    away = path.parent.rename(path.parent.with_name("away"))
    far.run("save")
    assert "working copy" in far.notices.text() and offered(far) == {"Try again"}
    assert far.status.saved.property("alarm") is True
    add(far, "goes on")
    assert "goes on" in {entity.title for entity in far.document.entities}
    far.close()
    assert far in windows() and "safe on this machine" in far.notices.text()
    far.close()
    assert windows() == ()
    away.rename(path.parent)
    again = show_file(path)
    assert "were found" in again.notices.text()
    again.close()
    assert titles(path) >= {"mine", "goes on"}


def test_what_a_colleague_published_is_not_overwritten_and_ones_own_is_offered_again(
    far: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = far.session.path
    add(far)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv(places.FORCED, "never")
        with Session.open(path) as theirs, theirs.transaction("Add") as tx:
            commands.add_entity(tx, "claim", title="theirs")
    far.run("save")
    assert "Somebody else has changed the file" in far.notices.text()
    assert offered(far) == {"Save as…", "Merge…", "Show the file as it is now"}
    press(far, "Show the file as it is now")
    shown = next(each for each in windows() if each is not far)
    assert "theirs" in {entity.title for entity in shown.document.entities}
    qtbot.waitUntil(lambda: offered(shown) == {"Show what was kept", "Let it go…"}, timeout=SOON)
    press(shown, "Show what was kept")
    kept = windows()[-1]
    assert "mine" in {entity.title for entity in kept.document.entities}
    assert "mine" not in titles(path)
    kept.close()
    far.watch.may_go = True
    far.close()
    press(shown, "Let it go…")
    assert offered(shown) == {"Delete them", "Keep them"}
    press(shown, "Keep them")
    assert offered(shown) == {"Show what was kept", "Let it go…"}
    press(shown, "Let it go…")
    press(shown, "Delete them")
    assert "not touched" in shown.notices.text() and offered(shown) == set()
    shown.close()
    assert not list(data_dir("working").rglob("unpublished*"))
