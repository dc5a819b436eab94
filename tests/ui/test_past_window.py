"""The board as it was: in a window of its own, marked without doubt, for reading only, with the ways back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.document import Document
from evidenceboard.model.records import TABLES, Card, Entity, Record
from evidenceboard.session.redacting import redact
from evidenceboard.ui import do_file, program
from evidenceboard.ui.panels.history import History
from evidenceboard.ui.past_window import PastWindow, past_of, show_past
from evidenceboard.ui.window import Window, show_file, windows


def held(document: Document) -> dict[str, dict[str, Record]]:
    return {table: dict(document.table(table)) for table in TABLES if table != "snapshots"}


def newest(session: Session) -> str:
    return session.history(1)[0][0].id


def picture(window: Window, qtbot: QtBot) -> QImage:
    window.resize(1100, 700)
    window.run("zoom_fit")
    qtbot.waitUntil(window.board.surface.is_settled)
    return window.board.surface.grab().toImage()


@pytest.fixture
def now(board_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """Return a window on the small board, in which C1 was renamed, C2 removed and a note added."""
    program.application()
    window = show_file(board_path)
    qtbot.waitExposed(window)
    board = window.board_id
    claim, other = window.document.entity("C1").id, window.document.entity("C2").id
    window.perform("Rename", lambda tx: commands.set_fields(tx, claim, title="Another"))
    window.perform("Remove a claim", lambda tx: commands.remove(tx, [other]))
    window.perform(
        "Add a note",
        lambda tx: commands.place(tx, board, commands.add_entity(tx, "note", title="New").id, x=0, y=600),
    )
    yield window


@pytest.fixture
def past(now: Window, qtbot: QtBot) -> PastWindow:
    shown = show_past(now, now.session.history(1, 3)[0][0].id)
    assert shown is not None
    qtbot.waitExposed(shown)
    return shown


def test_the_board_is_shown_as_it_was_and_says_so(past: PastWindow, now: Window) -> None:
    assert past.document.entity("C1").title == "Lorries carried 3,000 soldiers"
    assert past.document.entity("C2").title == "드론 부대가 도착했다"
    assert past.band.said.text().startswith("As it was on ") and "read only" in past.band.said.text()
    assert "as it was on" in past.windowTitle()
    assert past.band.step.text() == "Step 2 of 5 · Add cards · you"
    assert now.document.entity("C1").title == "Another"


def test_what_became_of_the_cards_is_marked_and_counted(past: PastWindow, now: Window) -> None:
    cards = [(past.document.get(Card, card_id), word) for card_id, word in past.marks.since.became.items()]
    marked = {past.document.get(Entity, card.entity_id).number: word for card, word in cards}
    assert marked == {"C1": "changed", "C2": "removed"}
    added = [now.document.get(Entity, card.entity_id).number for card in past.marks.since.added]
    assert added == ["N1"]
    assert past.band.since.text() == "On this board since then: 1 changed · 1 removed · 1 added · 1 link different"


def test_it_is_painted_like_any_board_of_the_same_records(
    past: PastWindow, now: Window, board_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    copy = tmp_path / "then.db"
    past.session.save_copy(copy)
    fresh = show_file(copy)
    qtbot.waitExposed(fresh)
    past.board.surface.also.clear()
    past.board.setProperty("past", False)
    past.band.hide()
    past.go_to(past.past.place + 3)
    past.go_to(past.past.place - 3)
    size = picture(past, qtbot).size().boundedTo(picture(fresh, qtbot).size())
    fresh.board.surface.setFixedSize(size)
    past.board.surface.setFixedSize(size)
    for window in (past, fresh):
        window.run("zoom_fit")
        qtbot.waitUntil(window.board.surface.is_settled)
    assert past.board.surface.grab().toImage() == fresh.board.surface.grab().toImage()


def test_steps_are_walked_by_key_button_and_slider(past: PastWindow, qtbot: QtBot) -> None:
    past.activateWindow()
    qtbot.keyClick(past.board.surface, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: past.past.place == 3)
    assert past.document.entity("C1").title == "Another" and past.band.slider.value() == 3
    qtbot.mouseClick(past.band.back, Qt.MouseButton.LeftButton)
    assert past.past.place == 2
    past.band.slider.setValue(1)
    assert not past.document.cards and not past.band.back.isEnabled()
    past.band.slider.setValue(5)
    assert held(past.document) == held(past.now.document) and not past.band.restore.isEnabled()


def test_nothing_is_changed_here_and_why_is_said(past: PastWindow, now: Window) -> None:
    before = held(past.document)
    past.selection.set(cards=[past.document.cards[0].id])
    past.run("delete")
    past.run("undo")
    past.run("add_claim")
    assert held(past.document) == before and past.session.undo_label() == ""
    assert "earlier time" in past.notices.text()


def test_restoring_is_one_step_that_is_called_by_its_time_and_undone_at_once(past: PastWindow, now: Window) -> None:
    then, latest, count = held(past.document), held(now.document), now.session.operation_count()
    time = past.at()
    past.run("past_restore")
    assert past not in windows() and held(now.document) == then
    assert now.session.operation_count() == count + 1
    assert now.session.history(1)[0][0].label == f"Restore the state from {time}"
    now.run("undo")
    assert held(now.document) == latest


def test_a_copy_of_the_state_is_a_board_of_its_own(past: PastWindow, tmp_path: Path) -> None:
    out = tmp_path / "copy.db"
    do_file.save_copy_to(past, out)
    assert "board of its own" in past.notices.text()
    with Session.open(out) as copy:
        assert held(copy.document) == held(past.document)


def test_one_window_shows_the_past_and_follows_what_is_done_meanwhile(past: PastWindow, now: Window) -> None:
    assert show_past(now, newest(now.session)) is past and past_of(now.session) is past
    past.go_to(2)
    now.perform("Remove", lambda tx: commands.remove(tx, [tx.document.entity("A1").id]))
    past.compare()
    assert "2 removed" in past.band.since.text() and past.band.slider.maximum() == 6
    assert past.document.entity("A1")
    assert show_file(now.session.path) is now
    now.close()
    assert past not in windows()


def test_back_to_now_closes_it_and_the_file_goes_on(past: PastWindow, now: Window) -> None:
    past.run("past_end")
    assert past not in windows() and now in windows()
    assert now.perform("Go on", lambda tx: commands.add_entity(tx, "claim")) is not None


def test_the_history_leads_there_and_shows_which_state_is_seen(now: Window, qtbot: QtBot) -> None:
    dock = now.docks["history"]
    dock.bring()
    history = dock.fill()
    assert isinstance(history, History)
    row = history.model.row_of(now.session.history(1, 3)[0][0].id)
    assert row is not None
    history.list.setCurrentIndex(history.model.index(row))
    now.run("see_past")
    past = past_of(now.session)
    assert past is not None and past.past.place == 2
    dock = past.docks["history"]
    dock.bring()
    there = dock.fill()
    assert isinstance(there, History)
    details = [step.detail.split(" · ")[0] for step in there.model.rows if not isinstance(step, str)]
    assert details == ["later", "later", "later", "shown here", "you"]
    past.run("past_forward")
    details = [step.detail.split(" · ")[0] for step in there.model.rows if not isinstance(step, str)]
    assert details == ["later", "later", "shown here", "you", "you"]


def test_what_is_taken_out_of_the_file_for_good_is_not_seen_here_any_longer(past: PastWindow, now: Window) -> None:
    redact(now.session, "entities", now.document.entity("C1").id, "title")
    assert past not in windows()
    assert show_past(now, now.session.steps.all()[0][1]) is None
    assert "taken out" in now.notices.text()


def test_the_band_has_room_for_all_it_says_in_a_narrow_window_too(past: PastWindow, qtbot: QtBot) -> None:
    for wide in (1500, 820, 1500):
        past.resize(wide, 640)
        qtbot.waitUntil(lambda: past.band.slider.width() >= 100 and past.band.height() < 200)
        for widget in (past.band.said, past.band.step, past.band.since, past.band.end):
            assert widget.width() > 60 and past.band.rect().contains(widget.geometry())


def test_no_board_can_be_added_or_renamed_here_and_nothing_looks_as_if_it_could(past: PastWindow, qtbot: QtBot) -> None:
    bar, asked = past.topbar, []
    bar.tabs.add_wanted.connect(lambda: asked.append("add"))
    bar.tabs.rename_wanted.connect(asked.append)
    assert not bar.add.isEnabled() and "The past cannot be changed" in bar.add.toolTip()
    qtbot.mouseClick(bar.add, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(bar.tabs, Qt.MouseButton.LeftButton, pos=bar.tabs.tabRect(0).center())
    menu = bar.tabs.menu_for(past.board_id)
    assert not any(one.isEnabled() for one in menu.actions())
    assert asked == [] and past.now.topbar.add.isEnabled()
