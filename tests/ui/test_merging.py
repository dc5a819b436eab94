"""Taking in another copy from the window: what is told before, after, and where it is refused."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.ui import comparing, merging
from evidenceboard.ui.compare.window import CompareWindow
from evidenceboard.ui.dialogs.merging import MergeDialog
from evidenceboard.ui.window import Window, windows


def change(path: Path, number: str, **fields: str) -> None:
    with Session.open(path) as session, session.transaction("Change") as tx:
        commands.set_fields(tx, tx.document.entity(number).id, **fields)


@pytest.fixture
def theirs(board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the copy of a colleague, who wrote another title and added a claim."""
    other = tmp_path / "other.db"
    shutil.copyfile(board_path, other)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "colleague"))
        change(other, "C1", title="Trains carried 3,000 soldiers")
        with Session.open(other) as session, session.transaction("Add") as tx:
            made = commands.add_entity(tx, "claim", title="A second train came")
            commands.place(tx, tx.document.boards[0].id, made.id, x=0, y=700)
    return other


@pytest.fixture
def window(board_path: Path, theirs: Path, qtbot: QtBot) -> Iterator[Window]:
    change(board_path, "C1", title="Lorries carried 3,000 men")
    shown = Window(Session.open(board_path))
    qtbot.addWidget(shown)
    shown.resize(1200, 800)
    shown.show()
    qtbot.waitUntil(shown.board.surface.is_settled, timeout=30_000)
    yield shown
    for one in shown.findChildren(CompareWindow):
        one.close()
    shown.close()


def answer(seen: list[list[str]], press: str) -> None:
    """Press a button of the dialog as soon as it is there, and note what it says."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, MergeDialog):
            QTimer.singleShot(20, look)
            return
        seen.append([dialog.said.words, dialog.fields.words])
        button = dialog.findChild(QPushButton, f"merge_{press}")
        assert isinstance(button, QPushButton)
        button.click()

    QTimer.singleShot(20, look)


def drop(target: QWidget, at: QPoint, path: Path) -> None:
    """Drag a file onto a widget and let it go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    none, left, action = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    with warnings.catch_warnings():
        # Newer Qt would rather have the point as one of floats, which older Qt does not take.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(at, action, mime, left, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(at), action, mime, left, none))


def offered(window: Window) -> dict[str, QPushButton]:
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    return {one.text(): one for one in window.notices.findChildren(QPushButton) if one.isVisible()}


def test_before_anything_is_written_one_sees_what_would_come(window: Window, theirs: Path) -> None:
    seen: list[list[str]] = []
    before = theirs.read_bytes(), window.session.operation_count()
    answer(seen, "cancel")
    merging.take_in(window, theirs)
    said, fields = seen[0]
    assert "2 operations by another analyst, since" in said
    assert "1 entity added" in said and "1 card added" in said
    assert fields == "C1 · title · “Lorries carried 3,000 men” or “Trains carried 3,000 soldiers”"
    assert (theirs.read_bytes(), window.session.operation_count()) == before


def test_a_merge_is_told_with_a_way_to_the_conflicts_and_undone_at_once(window: Window, theirs: Path) -> None:
    answer([], "merge")
    merging.take_in(window, theirs)
    assert window.notices.text() == "2 operations taken. 1 field needs a decision."
    assert window.document.entity("C3").title == "A second train came"
    offered(window)["Show"].click()
    assert window.docks["conflicts"].isVisible()
    window.run("undo")
    assert window.document.conflicts == [] and window.document.entity("C1").title == "Lorries carried 3,000 men"


def test_taking_the_same_copy_twice_says_that_there_is_nothing_to_take(window: Window, theirs: Path) -> None:
    answer([], "merge")
    merging.take_in(window, theirs)
    merging.take_in(window, theirs)
    assert "There is nothing to take: everything in other.db is in this board already." in window.notices.text()


def test_another_board_and_the_very_same_file_are_refused_in_words(window: Window, tmp_path: Path) -> None:
    strange = tmp_path / "strange.db"
    Session.create(strange).close()
    count = window.session.operation_count()
    merging.take_in(window, strange)
    assert "another board" in window.notices.text()
    merging.take_in(window, window.session.path)
    assert "This is the board that is open here" in window.notices.text()
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\0 and nothing else")
    merging.take_in(window, broken)
    assert window.notices.text() and window.session.operation_count() == count


def test_a_board_that_is_dropped_is_asked_about(window: Window, theirs: Path, qtbot: QtBot) -> None:
    drop(window.board.surface, QPoint(200, 200), theirs)
    assert "What shall be done with other.db?" in window.notices.text()
    assert set(offered(window)) == {"Open", "Compare", "Merge in…"}
    assert len(windows()) <= 1
    offered(window)["Compare"].click()
    (shown,) = window.findChildren(CompareWindow)
    assert shown.isVisible() and window.notices.text() == ""


def test_where_another_copy_took_the_place_of_the_file_merging_is_offered_and_nothing_is_lost(
    window: Window, theirs: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    theirs.replace(window.session.path)
    window.watch.look()
    assert "Merge…" in offered(window)
    put, place = window.session.path.read_bytes(), window.session.path
    answer([], "merge")
    merging.from_the_place_to(window, tmp_path / "mine.db")
    qtbot.waitUntil(lambda: len(windows()) == 1 and bool(windows()[0].document.conflicts), timeout=30_000)
    (shown,) = windows()
    assert shown.session.path == tmp_path / "mine.db"
    assert {one.title for one in shown.document.entities} >= {"A second train came"}
    assert shown.document.entity("C1").title in ("Lorries carried 3,000 men", "Trains carried 3,000 soldiers")
    assert place.read_bytes() == put


def test_two_copies_over_each_other_are_marked_listed_and_led_to(window: Window, theirs: Path, qtbot: QtBot) -> None:
    with Session.open(theirs) as session, session.transaction("Move") as tx:
        card = tx.document.cards_of(tx.document.entity("S1").id)[0]
        commands.move_cards(tx, [card.id], 40, 40)
    shown = comparing.compare(window, theirs)
    assert shown is not None
    qtbot.waitUntil(shown.board.is_settled, timeout=30_000)
    kinds = {one.line.number: one.kind for one in shown.found}
    assert kinds == {"C3": "theirs", "C1": "other", "S1": "moved"}
    headings = [row.words for row in shown.list.model.rows if hasattr(row, "words")]
    assert headings == ["+  Only in other.db", "≠  Different", "→  Only moved"]
    assert [row.count for row in shown.list.model.rows if hasattr(row, "count")] == [1, 1, 1]
    assert "moved" in shown.list.model.folded
    different = next(one for one in shown.found if one.kind == "other")
    assert (different.mine, different.theirs) == ("Lorries carried 3,000 men", "Trains carried 3,000 soldiers")
    shown.list.choose(different.line.id)
    shown.go(different.line.id)
    qtbot.waitUntil(lambda: bool(shown.board.glowing))
    shown.filter.setText("second train")
    assert [row.number for row in shown.list.model.rows if hasattr(row, "number")] == ["C3"]
    shown.filter.clear()
    shown.toggles["other"].setChecked(False)
    assert all(getattr(row, "number", "") != "C1" for row in shown.list.model.rows)
    assert window.session.operation_count() and not shown.same.isVisible()


def test_a_copy_that_says_the_same_is_said_to(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    same = tmp_path / "same.db"
    window.session.save_copy(same)
    shown = comparing.compare(window, same)
    assert shown is not None and shown.same.isVisible() and shown.found == []


def test_comparing_changes_neither_file(window: Window, theirs: Path, sizes: Callable[[], list[bytes]]) -> None:
    before = sizes()
    assert comparing.compare(window, theirs) is not None
    assert sizes() == before


@pytest.fixture
def sizes(window: Window, theirs: Path) -> Callable[[], list[bytes]]:
    return lambda: [window.session.path.read_bytes(), theirs.read_bytes()]
