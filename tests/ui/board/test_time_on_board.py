"""Time over a real board: the timeline dims its cards, on whichever board is shown, and lets go when it is closed."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hands import Hand
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.edtf import Day
from evidenceboard.ui.panels.timeline import Timeline
from evidenceboard.ui.window import Window

pytestmark = pytest.mark.qt
OCTOBER = (Day(2024, 10, 1).number, Day(2024, 10, 31).number)


@pytest.fixture
def timeline(window: Window, hand: Hand, qtbot: QtBot) -> Timeline:
    """Return the timeline of the window; C1 happened in October, E1 in December, and S1 was published in October."""
    with window.session.transaction("Date them") as tx:
        commands.set_fields(tx, hand.of("C1").id, happened="2024-10-18")
        commands.set_fields(tx, hand.of("E1").id, happened="2024-12")
        commands.set_fields(tx, hand.of("S1").id, published="2024-10-20")
        second = window.document.boards[1].id
        for number in ("C1", "E1"):
            commands.place(tx, second, hand.of(number).id, x=0 if number == "C1" else 400, y=0)
    window.run("panel_timeline")
    made = window.docks["timeline"].fill()
    assert isinstance(made, Timeline)
    qtbot.waitUntil(lambda: len(made.view.lanes) == 3)
    return made


def bright(window: Window) -> set[str]:
    """Return the numbers of the cards that the painter shows as they are."""
    picture, scene = window.board.surface.picture, window.board.surface.scene
    away = np.zeros(scene.n, bool) if picture.receding is None else picture.receding
    slots = np.flatnonzero(~away & scene.alive[: scene.n])
    return set(window.document.numbers_of([scene.entity_ids[slot] for slot in slots]))


def test_a_span_dims_the_board_and_the_next_board_and_undo_brings_a_card_back(
    window: Window, hand: Hand, timeline: Timeline
) -> None:
    operations = window.session.operation_count()
    timeline.view.brush.put(OCTOBER)
    assert bright(window) == {"C1", "S1", "A1"}, "with the claim stay its source and who asserts it"
    assert window.session.operation_count() == operations, "looking at a span changed the file"
    window.show_board(window.document.boards[1].id)
    assert bright(window) == {"C1"}
    window.show_board(window.document.boards[0].id)
    with window.session.transaction("Remove the source") as tx:
        commands.remove(tx, [hand.of("S1").id])
    assert bright(window) == {"C1", "A1"}
    window.run("undo")
    assert bright(window) == {"C1", "S1", "A1"}


def test_a_card_that_is_made_while_a_span_is_brushed_is_seen(window: Window, hand: Hand, timeline: Timeline) -> None:
    timeline.view.brush.put(OCTOBER)
    window.add_card("note")
    window.board.editor.give_up()
    assert "N1" in bright(window)


def test_closing_the_panel_makes_everything_bright_and_putting_it_behind_another_does_not(
    window: Window, timeline: Timeline, qtbot: QtBot
) -> None:
    everything = bright(window)
    timeline.view.brush.put(OCTOBER)
    window.run("panel_matrix")
    window.tabifyDockWidget(window.docks["timeline"], window.docks["matrix"])
    window.docks["matrix"].raise_()
    qtbot.wait(50)
    assert bright(window) == {"C1", "S1", "A1"}
    window.run("panel_timeline")
    assert bright(window) == everything
    assert not window.sight.is_wished("timeline")


def test_the_action_plays_what_was_reported_and_another_ends_it(
    window: Window, timeline: Timeline, qtbot: QtBot
) -> None:
    everything = bright(window)
    window.run("panel_timeline")
    window.run("play_reports")
    assert (
        timeline.isVisible()
        and timeline.said.words == "As known on 20 Oct 2024: 1 of 2 claims · 1 without a date of report recede"
    )
    timeline.bar.pause()
    assert bright(window) == {"C1", "S1", "A1"}
    window.show_board(window.document.boards[1].id)
    assert bright(window) == {"C1"} and timeline.bar.isVisible()
    window.show_board(window.document.boards[0].id)
    window.run("end_time")
    assert bright(window) == everything and timeline.bar.isHidden()


def test_escape_on_the_timeline_ends_the_span_in_the_window(window: Window, timeline: Timeline, qtbot: QtBot) -> None:
    timeline.view.brush.put(OCTOBER)
    timeline.view.setFocus()
    qtbot.keyClick(timeline.view, Qt.Key.Key_Escape)
    assert not window.sight.is_wished("timeline")


def test_brushing_asks_the_board_for_one_look_a_move(window: Window, timeline: Timeline) -> None:
    looks: list[float] = []
    window.sight.changed.connect(lambda: looks.append(time.perf_counter()))
    timeline.view.brush.put(OCTOBER)
    timeline.view.brush.put(OCTOBER)
    timeline.view.brush.put((OCTOBER[0], OCTOBER[1] + 1))
    assert len(looks) == 2
