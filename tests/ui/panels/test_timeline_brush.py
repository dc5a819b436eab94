"""Brushing a span of time: by hand and key, what the board is asked to show, and how it ends."""

from __future__ import annotations

import numpy as np
import pytest
from desk import Desk
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.edtf import Day
from evidenceboard.model.scene import Scene
from evidenceboard.ui.panels.timeline import Timeline
from evidenceboard.ui.panels.timeline_brush import Brush
from evidenceboard.ui.panels.timeline_paint import HEAD, NAMES, Sight

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def number(day: str) -> int:
    return Day(*map(int, day.split("-"))).number


def at(timeline: Timeline, day: str) -> QPoint:
    """Return where a day begins on the axis."""
    return QPointF(timeline.view.sight().x(float(number(day))), HEAD / 2).toPoint()


def draw(timeline: Timeline, qtbot: QtBot, start: str, end: str) -> None:
    """Drag over the axis from the middle of one day to the middle of another."""
    port, half = timeline.view.viewport(), QPoint(round(timeline.view.scale / 2), 0)
    qtbot.mousePress(port, LEFT, pos=at(timeline, start) + half)
    qtbot.mouseMove(port, (at(timeline, start) + at(timeline, end)) / 2)
    qtbot.mouseMove(port, at(timeline, end) + half)
    qtbot.mouseRelease(port, LEFT, pos=at(timeline, end) + half)


def bright(desk: Desk) -> set[str] | None:
    """Return the numbers of the cards that do not recede, None where none does."""
    scene = Scene(desk.document, desk.board_id)
    away = desk.sight.receding(scene)
    if away is None:
        return None
    return set(desk.document.numbers_of([scene.entity_ids[slot] for slot in np.flatnonzero(~away)]))


@pytest.fixture
def near(timeline: Timeline) -> Timeline:
    """Return the timeline with autumn 2024 in sight."""
    timeline.view.scale, timeline.view.left = 8.0, float(number("2024-09-20"))
    timeline.view.pan(0, 0)
    return timeline


def test_dragging_over_the_axis_dims_what_cannot_lie_in_the_span_and_says_so(
    near: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    left = near.view.left
    draw(near, qtbot, "2024-10-08", "2024-10-14")
    assert near.view.brush.days == (number("2024-10-08"), number("2024-10-14"))
    assert near.view.left == left, "the drag moved the timeline too"
    # C2 is dated about October and may lie in it; C1 is dated the 18th and cannot.
    assert bright(desk) == {"C2"}
    assert near.said.words == "8 – 14 Oct 2024 · 2 of 6, with what hangs on them · 1 undated recede · Esc ends it"
    draw(near, qtbot, "2024-10-17", "2024-10-20")
    assert bright(desk) == {"C1", "C2", "S1", "S2", "H1"}, "what hangs on C1 does not stay"
    assert near.view.grab().toImage().pixelColor(at(near, "2024-10-19")) != near.palette().window().color()


def test_edges_and_the_whole_span_can_be_dragged_and_an_edge_can_pass_the_other(near: Timeline, qtbot: QtBot) -> None:
    draw(near, qtbot, "2024-10-08", "2024-10-14")
    port = near.view.viewport()

    def pull(start: QPoint, end: QPoint) -> None:
        qtbot.mousePress(port, LEFT, pos=start)
        qtbot.mouseMove(port, (start + end) / 2)
        qtbot.mouseMove(port, end)
        qtbot.mouseRelease(port, LEFT, pos=end)

    pull(at(near, "2024-10-15"), at(near, "2024-10-21"))
    assert near.view.brush.days == (number("2024-10-08"), number("2024-10-20"))
    pull(at(near, "2024-10-12"), at(near, "2024-10-14"))
    assert near.view.brush.days == (number("2024-10-10"), number("2024-10-22"))
    pull(at(near, "2024-10-10"), at(near, "2024-10-30"))
    assert near.view.brush.days == (number("2024-10-23"), number("2024-10-29"))


def test_escape_and_a_click_outside_end_the_span_and_one_within_it_or_on_a_bar_does_not(
    near: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    port = near.view.viewport()
    draw(near, qtbot, "2024-10-08", "2024-10-30")
    qtbot.mouseClick(port, LEFT, pos=at(near, "2024-10-12"))
    found = near.view.place_of(desk.of("C1").id)
    assert found is not None
    qtbot.mouseClick(port, LEFT, pos=found)
    assert near.view.brush.days and desk.went_to == [desk.of("C1").id]
    qtbot.mouseClick(port, LEFT, pos=at(near, "2024-11-20"))
    assert near.view.brush.days is None and bright(desk) is None and near.said.isHidden()
    draw(near, qtbot, "2024-10-08", "2024-10-30")
    near.view.setFocus()
    qtbot.keyClick(near.view, Qt.Key.Key_Escape)
    assert near.view.brush.days is None and not desk.sight.is_wished("timeline")


def test_a_span_is_begun_stretched_and_moved_by_keys(near: Timeline, desk: Desk, qtbot: QtBot) -> None:
    view = near.view
    view.choose(desk.of("C1").id)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.brush.days == (number("2024-10-18"), number("2024-10-18"))
    assert bright(desk) is not None and "C1" in (bright(desk) or ())
    view.scale = 14.0
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.brush.days == (number("2024-10-18"), number("2024-10-20"))
    qtbot.keyClick(view, Qt.Key.Key_Left, SHIFT | Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT | Qt.KeyboardModifier.AltModifier)
    assert view.brush.days == (number("2024-10-18"), number("2024-10-21"))
    for _ in range(9):
        qtbot.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert view.brush.days == (number("2024-10-18"), number("2024-10-18"))


def test_the_span_follows_operations_undo_and_the_choice_of_dates(near: Timeline, desk: Desk, qtbot: QtBot) -> None:
    draw(near, qtbot, "2024-10-08", "2024-10-14")
    assert "C1" not in (bright(desk) or ())
    with desk.session.transaction("Date it") as tx:
        commands.set_fields(tx, desk.of("C1").id, happened="10 Oct 2024")
    qtbot.waitUntil(lambda: "C1" in (bright(desk) or ()))
    assert "3 of 6" in near.said.words
    desk.session.undo()
    qtbot.waitUntil(lambda: "C1" not in (bright(desk) or ()))
    near.dates.setCurrentIndex(near.dates.findData("reported"))
    assert bright(desk) == set() and "0 of 6" in near.said.words


def test_closing_the_panel_ends_the_span(near: Timeline, desk: Desk, qtbot: QtBot) -> None:
    draw(near, qtbot, "2024-10-08", "2024-10-14")
    near.hide()
    assert bright(desk) is None and near.view.brush.days is None


def test_a_span_that_is_ended_elsewhere_is_ended_here_too(near: Timeline, desk: Desk, qtbot: QtBot) -> None:
    draw(near, qtbot, "2024-10-08", "2024-10-14")
    desk.sight.bright("timeline", None)
    assert near.view.brush.days is None and near.said.isHidden()
    near.start_playing()
    desk.sight.bright("timeline", None)
    assert near.bar.isHidden() and not near.bar.is_running


def test_a_hand_that_is_called_back_brushes_what_was_brushed_before(near: Timeline, qtbot: QtBot) -> None:
    draw(near, qtbot, "2024-10-08", "2024-10-14")
    before = near.view.brush.days
    qtbot.mousePress(near.view.viewport(), LEFT, pos=at(near, "2024-10-20"))
    qtbot.mouseMove(near.view.viewport(), at(near, "2024-10-25"))
    qtbot.mouseMove(near.view.viewport(), at(near, "2024-10-26"))
    assert near.view.brush.days != before
    near.view.brush.give_back()
    assert near.view.brush.days == before


@given(st.floats(-1e6, 1e6), st.floats(1e-4, 80), st.lists(st.floats(NAMES, 1500), min_size=2, max_size=6))
def test_wherever_a_hand_draws_the_span_has_at_least_a_day_and_lies_under_it(
    left: float, scale: float, places: list[float]
) -> None:
    sight, brush = Sight(left, scale, 0, QSize(1500, 300)), Brush()
    assert brush.press(sight, QPointF(places[0], 5))
    for place in places[1:]:
        brush.drag(sight, QPointF(place, 5))
        assert brush.days is not None
        first, last = brush.days
        low, high = sorted((places[0], place))
        assert first <= last
        assert first <= left + (low - NAMES) / scale + 1e-6
        assert last + 1 >= left + (high - NAMES) / scale - 1e-6


def test_spans_far_outside_what_is_seen_are_painted(near: Timeline) -> None:
    picture = QPixmap(near.view.viewport().size())
    painter = QPainter(picture)
    for days in ((-(10**9), 10**9), (10**9, 10**9 + 1), (-(10**9), -(10**8))):
        near.view.brush.put(days)
        near.view.brush.paint(painter, near.view.lanes, near.view.sight(), near._shell.palette_)
    painter.end()
