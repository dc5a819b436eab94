"""The timeline in the window: lanes, vague and open dates, zoom, pan, and a click that leads there."""

from __future__ import annotations

import numpy as np
import pytest
from desk import Desk, row_of
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.document import Document
from evidenceboard.model.edtf import Day, readable
from evidenceboard.model.timeline import Moment
from evidenceboard.render.palette import DARK, HIGH_CONTRAST, LIGHT, contrast, over
from evidenceboard.ui.panels.timeline import PAUSE, SLICE, Timeline
from evidenceboard.ui.panels.timeline_axis import APART, MOST, ticks
from evidenceboard.ui.panels.timeline_lanes import Lanes
from evidenceboard.ui.panels.timeline_paint import (
    FILL,
    HEAD,
    MANY_RINGS,
    NAMES,
    Sight,
    bar_rect,
    lane_tops,
    paint_rings,
    rings,
    sorted_out,
)
from evidenceboard.ui.panels.timeline_view import NEAREST, said


def wheel(timeline: Timeline, turned: int, at: QPoint, keys: Qt.KeyboardModifier) -> None:
    port = timeline.view.viewport()
    place = QPointF(at)
    QApplication.sendEvent(
        port,
        QWheelEvent(
            place, QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def place(timeline: Timeline, desk: Desk, number: str) -> QPoint:
    found = timeline.view.place_of(desk.of(number).id)
    assert found is not None, f"{number} is not in sight"
    return found


def listed(timeline: Timeline) -> dict[str, list[str]]:
    """Return the numbers of each lane, in the order in which they stand."""
    made: dict[str, list[str]] = {lane.name: [] for lane in timeline.view.lanes.lanes}
    for moment, at in zip(timeline.view.lanes.moments, timeline.view.lanes.lane, strict=True):
        made[timeline.view.lanes.lanes[at].name].append(moment.number)
    return made


def pick(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def test_dates_stand_in_lanes_by_type_in_the_order_of_time(timeline: Timeline, desk: Desk) -> None:
    assert listed(timeline) == {"Claims": ["C2", "C1"], "Events": ["E2", "E1"], "Sources": ["S1"]}
    assert timeline.undated.words == "1 without a date · show" and timeline.empty.isHidden()
    across = [place(timeline, desk, number).x() for number in ("C2", "C1", "S1")]
    assert across == sorted(across) and across[0] > NAMES


def test_lanes_by_source_actor_and_scenario_and_dates_of_the_report(timeline: Timeline) -> None:
    pick(timeline.lanes, "source")
    assert listed(timeline) == {
        "S1 Request of the 200 defectors": ["C1", "S1"],
        "S2 국정원 브리핑": ["C1"],
        "": ["E2", "E1", "C2"],
    }
    pick(timeline.lanes, "actor")
    assert listed(timeline)["A1 200 defectors"] == ["C1"]
    pick(timeline.lanes, "scenario")
    assert listed(timeline)["H1 Fighting in Ukraine itself"] == ["C1"]
    pick(timeline.lanes, "type")
    pick(timeline.dates, "reported")
    assert listed(timeline) == {"Claims": ["C1"], "Sources": ["S1"]}


def test_a_click_on_a_bar_goes_to_its_entity_and_one_beside_it_does_not(
    timeline: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    port = timeline.view.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place(timeline, desk, "C1"))
    assert desk.went_to == [desk.of("C1").id] and timeline.view.marked == {desk.of("C1").id}
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(NAMES // 2, HEAD + 20))
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(port.width() - 3, HEAD + 3))
    assert desk.went_to == [desk.of("C1").id]
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place(timeline, desk, "E1"))
    assert desk.went_to[-1] == desk.of("E1").id


def test_the_wheel_zooms_about_the_pointer_and_all_brings_everything_back(
    timeline: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    view = timeline.view
    at, before = place(timeline, desk, "C1"), view.scale
    for _ in range(12):
        wheel(timeline, 120, at, Qt.KeyboardModifier.NoModifier)
    assert view.scale > before * 5
    assert abs(place(timeline, desk, "C1").x() - at.x()) <= 60
    for _ in range(200):
        wheel(timeline, 120, at, Qt.KeyboardModifier.NoModifier)
    assert view.scale == NEAREST
    for _ in range(400):
        wheel(timeline, -120, at, Qt.KeyboardModifier.NoModifier)
    first, last = view.lanes.bounds()
    assert 0 < (last - first) * view.scale < view.viewport().width()
    qtbot.mouseClick(timeline.all, Qt.MouseButton.LeftButton)
    assert view.scale == before and place(timeline, desk, "C1") == at


def test_dragging_pans_without_choosing_anything_and_never_loses_the_dates(
    timeline: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    view, port = timeline.view, timeline.view.viewport()
    start, left = place(timeline, desk, "C1"), timeline.view.left
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(port, start - QPoint(40, 0))
    qtbot.mouseMove(port, start - QPoint(90, 0))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start - QPoint(90, 0))
    assert desk.went_to == []
    assert view.left == pytest.approx(left + 90 / view.scale)
    for _ in range(60):
        view.pan(-500, 0)
    assert view.left < view.lanes.bounds()[1]
    for _ in range(60):
        view.pan(500, 0)
    assert view.sight().right > view.lanes.bounds()[0]


def test_shift_and_wheel_scroll_through_lanes_that_do_not_fit(timeline: Timeline, desk: Desk) -> None:
    with desk.session.transaction("Add") as tx:
        for _ in range(40):
            commands.add_entity(tx, "event", title="Same day", props={"happened": "2024-10-18"})
    timeline.refresh()
    bar = timeline.view.verticalScrollBar()
    assert bar.maximum() > 300 and bar.value() == 0
    wheel(timeline, -240, QPoint(500, 100), Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 240
    rows = timeline.view.lanes.row[timeline.view.lanes.lane == 1]
    assert len(set(rows.tolist())) >= 40


def test_keys_walk_through_time_zoom_and_lead(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    view = timeline.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.chosen == desk.of("C2").id and "happened about Oct 2024" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert desk.went_to == [desk.of("C1").id]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.chosen == desk.of("S1").id and "published 5 Nov 2024" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.chosen == desk.of("E1").id
    qtbot.keyClick(view, Qt.Key.Key_Home)
    scale = view.scale
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale > scale
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.scale == pytest.approx(scale)


def test_a_moment_chosen_by_key_is_brought_into_sight(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    view = timeline.view
    view.setFocus()
    for _ in range(30):
        view.zoom(1.2)
    view.pan(100_000, 0)
    assert view.place_of(desk.of("S1").id) is None
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.place_of(desk.of("S1").id) is not None


def test_the_timeline_follows_operations_and_says_when_it_is_empty(
    timeline: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    with desk.session.transaction("Take the dates away") as tx:
        for entity in tx.document.entities:
            if entity.props.get("happened") or entity.props.get("published"):
                key = "published" if entity.type == "source" else "happened"
                commands.set_fields(tx, entity.id, **{key: ""})
    qtbot.waitUntil(lambda: timeline.empty.isVisible())
    assert timeline.empty.words.startswith("Nothing here has a date yet.") and timeline.view.isHidden()
    assert timeline.undated.words == "6 without a date · show"
    desk.session.undo()
    qtbot.waitUntil(lambda: timeline.view.isVisible())
    assert len(timeline.view.lanes) == 5


def test_what_is_selected_elsewhere_is_ringed(timeline: Timeline, desk: Desk) -> None:
    desk.show_entity(desk.of("C2").id)
    assert timeline.view.marked == {desk.of("C2").id}
    desk.selection.clear()
    assert timeline.view.marked == frozenset()


def test_years_far_from_any_calendar_are_shown(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    with desk.session.transaction("Add") as tx:
        commands.add_entity(tx, "event", title="Far", props={"happened": "Y170000002"})
        commands.add_entity(tx, "event", title="Long ago", props={"happened": "-1985"})
    timeline.refresh(fit=True)
    timeline.view.grab()
    first, last = timeline.view.lanes.bounds()
    assert first < Day(-1985, 6, 1).number and last > Day(170_000_002, 6, 1).number
    assert place(timeline, desk, "E3").x() > place(timeline, desk, "E4").x()


def test_a_moment_is_told_in_words() -> None:
    one = Moment("i", "C1", "claim", "It is\nso", "2024-10~", "2024-11", "2024-12-01T09:00:00.000Z", None)
    assert said(one) == "C1 It is so · happened about Oct 2024 · reported Nov 2024 · captured 1 Dec 2024"
    assert row_of("timeline").id == "timeline" and row_of("timeline").area == "bottom"


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda colours: colours.name)
def test_words_can_be_read_on_every_bar_and_bars_be_seen(colours: object) -> None:
    from evidenceboard.render.palette import Palette

    assert isinstance(colours, Palette)
    ground = QColor(colours.chrome)
    assert contrast(QColor(colours.muted), ground) >= 4.5
    for role in ("claim", "event", "source"):
        colour = colours.type_colour(role)
        fill = QColor(colour)
        fill.setAlphaF(FILL)
        assert contrast(QColor(colours.ink), over(fill, ground)) >= 4.5
        assert contrast(colour, ground) >= 3


@given(st.floats(-1e9, 1e9), st.floats(1e-7, 80), st.floats(100, 3000))
def test_dates_at_the_top_stand_apart_in_order_and_are_never_too_many(left: float, scale: float, wide: float) -> None:
    found = ticks(left, left + wide / scale, scale)
    assert len(found) <= min(MOST, wide / APART * 1.3 + 2)
    places = np.array([at for at, _ in found])
    assert (np.diff(places) * scale >= APART * 0.85).all()
    assert len({words for _, words in found}) == len(found)


spans = st.lists(
    st.builds(
        lambda day, length, form: form.format(f"2024-01-{day:02d}", f"2024-02-{length:02d}"),
        st.integers(1, 31),
        st.integers(1, 28),
        st.sampled_from(["{0}", "{0}~", "{0}/{1}", "{0}/..", "../{1}", "{0}?"]),
    ),
    max_size=40,
)


@example(["2024-01-01", "2024-01-01", "2024-01-02", "2024-01-02~"], 1.0, 1.0)
@given(spans, st.floats(0, 40), st.floats(0, 10))
def test_no_bar_hides_another_of_its_row(dates: list[str], least: float, soft: float) -> None:
    moments = [Moment(f"e{n}", f"E{n}", "event", "t", date, "", "", readable(date)) for n, date in enumerate(dates)]
    lanes = Lanes(Document(), moments, "type", "happened")
    lanes.pack(least, soft)
    assert len(lanes) == len(dates)
    edges = lanes.vague * soft if least else 0.0
    starts, ends = lanes.start - edges, np.maximum(lanes.end + edges, lanes.start - edges + least)
    for row in set(lanes.row.tolist()):
        here = np.flatnonzero(lanes.row == row)
        here = here[np.argsort(starts[here], kind="stable")]
        assert (starts[here][1:] >= ends[here][:-1]).all()
    if len(lanes):
        assert lanes.row.max() < lanes.rows[0]


def test_many_dates_are_looked_up_while_the_window_stays_alive(
    timeline: Timeline, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidenceboard.ui.turns.TURN", 0.0)
    with desk.session.transaction("Add") as tx:
        for n in range(2 * SLICE + 10):
            commands.add_entity(tx, "event", title="Seen", props={"happened": f"2024-10-{n % 31 + 1:02d}"})
    again = Timeline(desk)
    qtbot.addWidget(again)
    assert len(again.view.lanes) == 0
    again.show()
    qtbot.waitUntil(lambda: len(again.view.lanes) == 2 * SLICE + 15)
    qtbot.waitUntil(lambda: len(timeline.view.lanes) == 2 * SLICE + 15)


def test_a_change_that_touches_no_date_leaves_the_picture_as_it_is(
    timeline: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    lanes = timeline.view.lanes
    desk.perform("Link", lambda tx: commands.link(tx, "related", desk.of("C1").id, desk.of("C2").id))
    qtbot.wait(3 * PAUSE)
    assert timeline.view.lanes is lanes
    desk.perform("Date", lambda tx: commands.set_fields(tx, desk.of("C1").id, happened="2023-01-02"))
    qtbot.waitUntil(lambda: timeline.view.lanes is not lanes)
    again = Timeline(desk)
    qtbot.addWidget(again)
    assert timeline.view.lanes.moments == again.view.lanes.moments
    assert timeline.view.lanes.start.tolist() == again.view.lanes.start.tolist()


def on_one_spot() -> tuple[Lanes, Sight]:
    """Return five claims of one day in one row, and one far from them."""
    days = {**{f"e{n}": "2024-10-01" for n in range(5)}, "far": "2025-10-01"}
    moments = [
        Moment(one, f"C{n}", "claim", "", day, "", "", readable(day)) for n, (one, day) in enumerate(days.items())
    ]
    lanes = Lanes(Document(), moments, "type", "happened")
    lanes.row[:] = 0
    return lanes, Sight(float(lanes.start[0]) - 10, 1.0, 0, QSize(900, 300))


def test_of_dots_on_one_spot_one_is_painted() -> None:
    lanes, sight = on_one_spot()
    dots, long = sorted_out(lanes, sight, np.arange(len(lanes)))
    assert not len(long)
    assert [lanes.moments[bar].entity_id for bar in dots.tolist()] == ["e0", "far"]


def test_one_of_several_on_one_spot_is_ringed_with_its_dot() -> None:
    lanes, sight = on_one_spot()
    picture = QImage(900, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_rings(painter, lanes, sight, LIGHT, "", np.array([one.entity_id == "e3" for one in lanes.moments]))
    painter.end()
    rect = bar_rect(lanes, sight, lanes.places["e3"], lane_tops(lanes))
    middle, above = rect.center().toPoint(), QPointF(rect.center().x(), rect.top() - 2.5).toPoint()
    assert picture.pixelColor(middle) == LIGHT.type_colour("claim")
    assert picture.pixelColor(above) == QColor(LIGHT.selection)


def test_the_picture_is_what_it_was_when_nothing_is_selected_any_more(timeline: Timeline, desk: Desk) -> None:
    before = timeline.view.grab().toImage()
    desk.selection.set(cards=[card.id for card in desk.document.cards])
    ringed = timeline.view.grab().toImage()
    assert timeline.view.marked and ringed != before
    desk.selection.clear()
    assert timeline.view.grab().toImage() == before


@pytest.mark.parametrize("count", [1, MANY_RINGS + 1])
def test_a_ring_lies_around_its_bar_also_where_there_are_very_many(count: int) -> None:
    picture = QImage(80, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("#123456"), 2))
    rings(painter, np.full((count, 4), (20.5, 20.5, 30.0, 14.0)))
    painter.end()
    sides = [(35, 17), (35, 37), (17, 27), (53, 27)]
    assert [picture.pixelColor(x, y).name() for x, y in sides] == ["#123456"] * 4
    assert {picture.pixelColor(x, y).name() for x, y in ((35, 27), (35, 14), (57, 27))} == {"#ffffff"}
