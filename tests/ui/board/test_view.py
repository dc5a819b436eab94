"""Moving the view: panning, zooming, flying, the map, the boards, and where one stood when the file was closed."""

from __future__ import annotations

import pytest
from hands import CONTROL, MIDDLE, NONE, SHIFT, Hand, Key, differing
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.window import Window, show_file

EMPTY = QPoint(300, 680)


def wheel(
    hand: Hand, angle: QPoint, held: Qt.KeyboardModifier = NONE, *, pixels: QPoint | None = None, at: QPoint = EMPTY
) -> None:
    """Turn the wheel, or move two fingers by pixels."""
    place = QPointF(at)
    event = QWheelEvent(
        place, hand.surface.mapToGlobal(place), pixels or QPoint(), angle, Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(hand.surface, event)
    assert event.isAccepted()


def pinch(hand: Hand, value: float, at: QPoint) -> None:
    place = QPointF(at)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, place, place,
        hand.surface.mapToGlobal(place), value, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(hand.surface, event)


def corner(hand: Hand) -> tuple[float, float]:
    at = hand.surface.to_board(QPointF(0, 0))
    return at.x(), at.y()


def test_the_middle_button_moves_the_board(hand: Hand) -> None:
    with hand.nothing_changes():
        hand.drag(hand.at("C1"), hand.at("C1") + QPoint(-60, 30), button=MIDDLE)
    assert corner(hand) == (60, -30)
    assert not hand.window.selection


def test_space_and_a_drag_move_the_board_also_over_a_card(hand: Hand) -> None:
    with hand.nothing_changes():
        QTest.keyPress(hand.surface, Key.Key_Space)
        assert hand.surface.cursor().shape() == Qt.CursorShape.OpenHandCursor
        hand.drag(hand.at("C1"), hand.at("C1") + QPoint(40, 50))
        QTest.keyRelease(hand.surface, Key.Key_Space)
    assert corner(hand) == (-40, -50)
    hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160))
    assert hand.card("C1").y == 240, "without space it moves the card again"


def test_the_wheel_moves_up_and_down_and_with_shift_sideways(hand: Hand) -> None:
    wheel(hand, QPoint(0, -120))
    assert corner(hand) == (0, 72)
    wheel(hand, QPoint(0, -120), SHIFT)
    assert corner(hand) == (72, 72)
    wheel(hand, QPoint(120, 0))
    assert corner(hand) == (0, 72)


def test_two_fingers_move_by_as_many_pixels_as_they_went(hand: Hand) -> None:
    wheel(hand, QPoint(0, -40), pixels=QPoint(7, -13))
    assert corner(hand) == (-7, 13)


def test_ctrl_and_the_wheel_zoom_and_keep_the_point_under_the_pointer(hand: Hand) -> None:
    place = hand.at("C1")
    for angle in (120, 120, -360, 240):
        before = hand.surface.to_board(QPointF(place))
        zoom = hand.surface.zoom
        wheel(hand, QPoint(0, angle), CONTROL, at=place)
        after = hand.surface.to_board(QPointF(place))
        assert hand.surface.zoom == pytest.approx(zoom * 1.2 ** (angle / 120))
        assert abs(after.x() - before.x()) < 1 / hand.surface.zoom and abs(after.y() - before.y()) < 1
    assert hand.surface.card_at(place) == "C1"


def test_a_pinch_zooms_and_keeps_the_point_under_the_fingers(hand: Hand) -> None:
    place = hand.at("H1")
    before = hand.surface.to_board(QPointF(place))
    pinch(hand, 0.25, place)
    after = hand.surface.to_board(QPointF(place))
    assert hand.surface.zoom == pytest.approx(1.25)
    assert abs(after.x() - before.x()) < 1 and abs(after.y() - before.y()) < 1


def test_keys_zoom_in_out_to_the_board_to_the_selection_and_to_100_percent(hand: Hand) -> None:
    hand.key(Key.Key_Plus, CONTROL)
    assert hand.surface.zoom == 1.25
    hand.key(Key.Key_Minus, CONTROL)
    hand.key(Key.Key_Minus, CONTROL)
    assert hand.surface.zoom == pytest.approx(0.8)
    assert hand.window.status.zoom.text() == "80 %"
    hand.key(Key.Key_0, CONTROL)
    assert hand.surface.zoom == 1.0
    hand.surface.put_camera(2.0, 5000, 5000)
    hand.key(Key.Key_9, CONTROL)
    assert all(hand.surface.rect().contains(hand.surface.rect_of(n)) for n in hand.numbers())
    hand.surface.put_camera(0.1, 5000, 5000)
    hand.click(hand.at("C2"))
    hand.window.selection.set(cards=[hand.card("C2").id])
    hand.key(Key.Key_8, CONTROL)
    hand.settled()
    rect = hand.surface.rect_of("C2")
    assert hand.surface.zoom == 1.0 and (rect.center() - hand.surface.rect().center()).manhattanLength() < 4


def test_the_selection_is_shown_also_where_it_is_a_frame_or_a_link(hand: Hand) -> None:
    for chosen in ({"frames": [hand.frame().id]}, {"links": [hand.link("S1", "C1").id]}):
        hand.surface.put_camera(0.5, 5000, 5000)
        hand.window.selection.set(**chosen)
        hand.key(Key.Key_8, CONTROL)
        hand.settled()
        shown = "A1" if "frames" in chosen else "S1"
        assert hand.surface.rect().contains(hand.surface.rect_of(shown))


def test_the_zoom_of_the_status_line_offers_sizes(hand: Hand) -> None:
    menu = hand.window.status.zoom.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    {action.text(): action for action in menu.actions()}["200 %"].trigger()
    assert hand.surface.zoom == 2.0
    {action.text(): action for action in menu.actions()}["Fit the whole board"].trigger()
    assert hand.surface.zoom < 1.01


def test_a_drag_on_the_map_moves_the_view(hand: Hand) -> None:
    hand.surface.put_camera(2.0, 0, 0)
    small = hand.window.board.minimap
    assert small.isVisible()
    hand.qtbot.mouseClick(small, Qt.MouseButton.LeftButton, pos=QPoint(small.width() - 12, small.height() // 2))
    x, _ = corner(hand)
    assert x > 300
    assert not hand.window.selection
    with hand.nothing_changes():
        hand.window.run("minimap")
    assert not small.isVisible()


def test_each_board_stands_where_it_was_left_also_after_the_file_was_closed(hand: Hand, window: Window) -> None:
    second = window.document.boards[1].id
    entity = hand.of("C1").id
    window.perform("Place", lambda tx: commands.place(tx, second, entity, x=9000, y=9000))
    hand.surface.put_camera(1.5, 30.0, 40.0)
    window.run("next_board")
    assert hand.surface.rect().contains(hand.surface.rect_of("C1")), "a board that is new to one is shown whole"
    hand.surface.put_camera(0.5, 8000.0, 8500.0)
    window.run("previous_board")
    assert (hand.surface.zoom, hand.surface.camera.x, hand.surface.camera.y) == (1.5, 30.0, 40.0)
    path = window.session.path
    window.run("next_board")
    window.close()
    again = show_file(path)
    surface = again.board.surface
    assert again.board_id == second
    assert (surface.zoom, surface.camera.x, surface.camera.y) == (0.5, 8000.0, 8500.0)
    again.run("previous_board")
    assert (surface.zoom, surface.camera.x, surface.camera.y) == (1.5, 30.0, 40.0)


def test_boards_are_tabs_and_each_shows_its_own_cards(hand: Hand) -> None:
    hand.click(hand.at("C1"))
    QTest.mouseClick(hand.window.topbar.tabs, Qt.MouseButton.LeftButton, NONE,
                     hand.window.topbar.tabs.tabRect(1).center())  # fmt: skip
    assert hand.window.board_id == hand.document.boards[1].id
    assert not hand.window.selection and hand.surface.rect_of("C1").isEmpty()
    hand.window.board.setFocus()
    hand.key(Key.Key_N)
    hand.key(Key.Key_Return)
    assert hand.card("N1").board_id == hand.document.boards[1].id
    hand.key(Key.Key_PageUp, CONTROL)
    assert hand.surface.rect_of("N1").isEmpty() and not hand.surface.rect_of("C1").isEmpty()


def test_the_empty_board_says_how_to_begin_until_the_first_card(hand: Hand) -> None:
    def colours() -> int:
        middle = hand.surface.rect().center()
        shown = hand.settled().copy(middle.x() - 250, middle.y() - 45, 500, 90)
        return len({shown.pixel(x, y) for x in range(shown.width()) for y in range(shown.height())})

    hand.window.run("next_board")
    assert colours() > 10, "there are words"
    note = hand.window.perform("Add", lambda tx: commands.add_entity(tx, "note", title="First"))
    assert note is not None
    hand.window.perform("Place", lambda tx: commands.place(tx, hand.window.board_id, note.id, x=5000, y=5000))
    assert colours() <= 2, "there is only ground with its dots"


def test_leaving_the_window_with_space_held_does_not_leave_the_hand_open(hand: Hand) -> None:
    QTest.keyPress(hand.surface, Key.Key_Space)
    hand.window.status.zoom.setFocus()
    hand.surface.setFocus()
    hand.drag(hand.at("C1"), hand.at("C1") + QPoint(0, 160))
    assert hand.card("C1").y == 240
    QApplication.sendEvent(hand.surface, QEvent(QEvent.Type.Leave))
    assert hand.surface.last_pointer is None


def test_the_link_under_the_pointer_is_the_same_whether_the_lines_are_at_hand_or_not(
    window: Window, hand: Hand, qtbot: QtBot
) -> None:
    surface = window.board.surface
    qtbot.waitUntil(surface.is_settled)
    qtbot.waitUntil(lambda: surface.picture.pieces is not None)
    area = surface.visible_area()
    spots = [
        (area.left() + area.width() * x / 60, area.top() + area.height() * y / 40) for x in range(60) for y in range(40)
    ]
    near = [surface.link_at(x, y) for x, y in spots]
    assert any(near)
    surface.picture.pieces = None
    differing = [(one, surface.link_at(*spot)) for one, spot in zip(near, spots, strict=True)]
    # Dashes have gaps, and lines are cut into fewer pieces: at the very edge of reach the two may differ.
    assert sum(one != other for one, other in differing) < len(spots) / 200


@pytest.mark.parametrize("covered", (True, False))
def test_far_out_the_title_of_a_frame_is_not_painted_where_cards_would_cover_it(
    window: Window, hand: Hand, covered: bool
) -> None:
    surface = window.board.surface

    def build(tx: Transaction) -> str:
        made = commands.add_frame(tx, window.board_id, title="What the front knows", x=6000, y=6000, w=1200, h=600)
        note = commands.add_entity(tx, "note", title="Above")
        commands.place(tx, window.board_id, note.id, x=6100, y=5860 if covered else 5600, w=240, h=120)
        return made.id

    frame_id = window.perform("Build", build)
    assert frame_id is not None
    surface.put_camera(0.2, 5000, 5000)
    before = hand.settled()
    window.perform("Name", lambda tx: commands.rename_frame(tx, frame_id, "Ж Ж Ж Ж Ж"))
    assert (differing(before, hand.settled()) == 0) is covered
    surface.put_camera(1.0, 5800, 5800)
    before = hand.settled()
    window.perform("Name", lambda tx: commands.rename_frame(tx, frame_id, "Near it is read"))
    assert differing(before, hand.settled()) > 0
