"""Playing by date of report: by the clock, by hand, by key, and step by step where the system asks for less motion."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.edtf import Day
from evidenceboard.model.scene import Scene
from evidenceboard.ui.panels.timeline import Timeline
from evidenceboard.ui.panels.timeline_play import SPEEDS

LEFT = Qt.MouseButton.LeftButton


class Motion(QProxyStyle):
    """The usual style, where the system asks for motion or for less of it."""

    def __init__(self, wanted: bool) -> None:
        super().__init__("Fusion")
        self.wanted = int(wanted)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_Widget_Animate:
            return self.wanted
        return super().styleHint(hint, option, widget, data)


def bright(desk: Desk) -> set[str] | None:
    scene = Scene(desk.document, desk.board_id)
    away = desk.sight.receding(scene)
    if away is None:
        return None
    return set(desk.document.numbers_of([scene.entity_ids[slot] for slot in np.flatnonzero(~away)]))


@pytest.fixture
def moving(qtbot: QtBot) -> Iterator[Motion]:
    """Yield a style that outlives the widgets that wear it."""
    made = Motion(True)
    yield made


@pytest.fixture
def calm(qtbot: QtBot) -> Iterator[Motion]:
    """Yield a style of a system that asks for less motion."""
    made = Motion(False)
    yield made


@pytest.fixture
def reported(timeline: Timeline, desk: Desk, moving: Motion) -> Timeline:
    """Return a timeline where C2 was reported on 20 Oct, S1 and its C1 on 5 Nov, and S3 states C2 again later."""
    with desk.session.transaction("Report") as tx:
        early = commands.add_entity(tx, "source", title="Early", props={"published": "2024-10-20"})
        late = commands.add_entity(tx, "source", title="Late", props={"published": "2024-12"})
        for number, source in enumerate((early, late)):
            commands.place(tx, desk.board_id, source.id, x=900, y=300.0 * number)
            commands.link(tx, "states", source.id, tx.document.entity("C2").id)
    timeline.refresh()
    timeline.bar.setStyle(moving)
    return timeline


def test_each_day_of_reports_brings_what_came_to_be_known_and_nothing_of_later(
    reported: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.mouseClick(reported.play, LEFT)
    assert reported.bar.isVisible() and reported.bar.is_running
    reported.bar.pause()
    assert reported.bar.day == Day(2024, 10, 20).number
    assert bright(desk) == {"C2", "S3"}
    assert reported.said.words == "As known on 20 Oct 2024: 1 of 2 claims"
    assert reported.dates.currentData() == "reported" and reported.view.day == reported.bar.day
    qtbot.mouseClick(reported.bar.on, LEFT)
    assert bright(desk) == {"C1", "C2", "S1", "S2", "S3", "H1"}, "S4 was published later"
    assert reported.said.words == "As known on 5 Nov 2024: 2 of 2 claims"
    reported.bar.step(1)
    assert reported.bar.day == Day(2024, 12, 31).number and "S4" in (bright(desk) or ())
    qtbot.mouseClick(reported.bar.back, LEFT)
    assert reported.bar.day == Day(2024, 11, 5).number


def test_it_goes_on_by_itself_at_the_speed_that_is_chosen_and_stops_at_the_last_day(
    reported: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    reported.bar.speed.setCurrentIndex(len(SPEEDS) - 1)
    reported.start_playing()
    qtbot.waitUntil(lambda: not reported.bar.is_running, timeout=4000)
    assert reported.bar.day == Day(2024, 12, 31).number
    assert reported.bar.run.text() == "Play"
    qtbot.mouseClick(reported.bar.run, LEFT)
    assert reported.bar.is_running and reported.bar.day == Day(2024, 10, 20).number
    qtbot.mouseClick(reported.bar.run, LEFT)
    assert not reported.bar.is_running and reported.bar.run.text() == "Play"


def test_keys_play_pause_step_and_end(reported: Timeline, desk: Desk, qtbot: QtBot) -> None:
    reported.view.setFocus()
    qtbot.keyClick(reported.view, Qt.Key.Key_Space)
    assert reported.bar.is_running
    qtbot.keyClick(reported.view, Qt.Key.Key_Space)
    assert not reported.bar.is_running
    reported.bar.slider.setFocus()
    qtbot.keyClick(reported.bar.slider, Qt.Key.Key_Right)
    assert reported.bar.day == Day(2024, 11, 5).number
    qtbot.keyClick(reported.bar.slider, Qt.Key.Key_Space)
    assert reported.bar.is_running
    qtbot.keyClick(reported.bar.slider, Qt.Key.Key_Escape)
    assert reported.bar.isHidden() and not reported.bar.is_running
    assert bright(desk) is None and reported.view.day is None
    assert reported.dates.currentData() == "happened", "the dates shown before did not come back"


def test_where_the_system_asks_for_less_motion_each_press_goes_on_by_one_day(
    reported: Timeline, desk: Desk, calm: Motion, qtbot: QtBot
) -> None:
    reported.bar.setStyle(calm)
    reported.start_playing()
    assert not reported.bar.is_running and reported.bar.run.text() == "Next"
    qtbot.wait(300)
    assert reported.bar.day == Day(2024, 10, 20).number
    qtbot.mouseClick(reported.bar.run, LEFT)
    assert reported.bar.day == Day(2024, 11, 5).number and not reported.bar.is_running
    assert reported.bar.speed.isHidden()


def test_playing_follows_operations_and_keeps_its_day(reported: Timeline, desk: Desk, qtbot: QtBot) -> None:
    reported.start_playing()
    reported.bar.step(1)
    with desk.session.transaction("Publish earlier") as tx:
        commands.set_fields(tx, desk.of("S4").id, published="2024-09-01")
    qtbot.waitUntil(lambda: reported.bar.slider.value() == 2)
    assert reported.bar.day == Day(2024, 11, 5).number and "S4" in (bright(desk) or ())
    desk.session.undo()
    qtbot.waitUntil(lambda: "S4" not in (bright(desk) or ()))
    assert reported.bar.day == Day(2024, 11, 5).number


def test_closing_the_panel_stops_the_clock_and_brushing_ends_the_playing(
    reported: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    reported.start_playing()
    reported.view.brush.put((Day(2024, 10, 1).number, Day(2024, 10, 31).number))
    assert reported.bar.isHidden() and "of 8" in reported.said.words
    reported.start_playing()
    assert reported.view.brush.days is None
    reported.hide()
    assert not reported.bar.is_running and bright(desk) is None


def test_where_no_report_has_a_date_there_is_nothing_to_play(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    with desk.session.transaction("Take the date away") as tx:
        commands.set_fields(tx, desk.of("S1").id, published="")
    qtbot.waitUntil(lambda: not timeline.play.isEnabled())
    timeline.start_playing()
    assert timeline.bar.isHidden() and bright(desk) is None
