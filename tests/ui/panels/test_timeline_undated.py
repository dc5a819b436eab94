"""What has no date: counted, listed, shown on the board, and dated in the list."""

from __future__ import annotations

from desk import Desk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.ui.panels.timeline import LISTED, Timeline
from evidenceboard.ui.panels.timeline_undated import Undated

LEFT = Qt.MouseButton.LeftButton


def listed(part: Undated) -> list[str]:
    model = part.list.model()
    return [str(model.index(row, 0).data()).split()[0] for row in range(model.rowCount())]


def choose(part: Undated, row: int) -> None:
    part.list.setCurrentIndex(part.list.model().index(row, 0))


def test_what_has_no_date_is_counted_listed_and_led_to(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    assert timeline.undated.words == "1 without a date · show" and timeline.list.isHidden()
    qtbot.mouseClick(timeline.undated, LEFT)
    assert timeline.list.isVisible() and listed(timeline.list) == ["S2"]
    assert timeline.undated.words == "1 without a date · hide" and timeline.list.width() <= LISTED
    first = timeline.list.list.model().index(0, 0)
    qtbot.mouseClick(timeline.list.list.viewport(), LEFT, pos=timeline.list.list.visualRect(first).center())
    assert desk.went_to == [desk.of("S2").id]
    qtbot.mouseClick(timeline.undated, LEFT)
    assert timeline.list.isHidden()


def test_a_date_is_understood_while_it_is_typed_kept_with_enter_and_undone(
    timeline: Timeline, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.mouseClick(timeline.undated, LEFT)
    part = timeline.list
    choose(part, 0)
    part.date.setFocus()
    qtbot.keyClicks(part.date, "mid Oct 2024")
    assert part.beneath.words == "Understood as about 11 Oct 2024 to about 20 Oct 2024"
    qtbot.keyClick(part.date, Qt.Key.Key_Return)
    assert desk.of("S2").props["published"] == "2024-10-11~/2024-10-20~" and part.date.text() == ""
    qtbot.waitUntil(lambda: timeline.undated.isHidden() and part.isHidden())
    desk.session.undo()
    qtbot.waitUntil(lambda: timeline.undated.words == "1 without a date · show")


def test_what_is_no_date_stays_in_the_box_with_the_reason(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(timeline.undated, LEFT)
    part, before = timeline.list, desk.session.operation_count()
    choose(part, 0)
    for typed, why in (("03/04/2024", "two ways"), ("yesterday-ish", "read later"), ("2024-13", "no such month")):
        part.date.setText(typed)
        assert why in part.beneath.words and "nothing was changed" not in part.beneath.words
        qtbot.keyClick(part.date, Qt.Key.Key_Return)
        assert part.date.text() == typed and "nothing was changed" in part.beneath.words
    assert desk.session.operation_count() == before


def test_after_a_date_is_kept_the_next_line_is_chosen(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    with desk.session.transaction("Add") as tx:
        commands.add_entity(tx, "event", title="Later <b>known</b>")
    timeline.refresh()
    qtbot.mouseClick(timeline.undated, LEFT)
    assert listed(timeline.list) == ["E3", "S2"]
    choose(timeline.list, 0)
    timeline.list.date.setText("2024")
    timeline.list.keep()
    qtbot.waitUntil(lambda: listed(timeline.list) == ["S2"])
    assert timeline.list.chosen is not None and timeline.list.chosen.number == "S2"
    timeline.list.grab()


def test_a_date_that_stands_elsewhere_is_not_asked_for_here(timeline: Timeline, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(timeline.undated, LEFT)
    timeline.dates.setCurrentIndex(timeline.dates.findData("reported"))
    assert listed(timeline.list) == ["C2", "E1", "E2", "S2"]
    choose(timeline.list, 0)
    assert not timeline.list.date.isEnabled() and "C2 takes this date from" in timeline.list.beneath.words
    choose(timeline.list, 3)
    assert timeline.list.date.isEnabled()
    timeline.dates.setCurrentIndex(timeline.dates.findData("captured"))
    assert len(timeline.view.lanes) == 1, "the file kept with C1 has its date of capture"
    choose(timeline.list, 0)
    assert not timeline.list.date.isEnabled()


def test_in_a_narrow_panel_the_list_stands_in_place_of_the_dates(timeline: Timeline, qtbot: QtBot) -> None:
    qtbot.mouseClick(timeline.undated, LEFT)
    timeline.resize(480, 300)
    qtbot.waitUntil(lambda: timeline.view.isHidden())
    qtbot.waitUntil(lambda: timeline.list.width() > LISTED)
    qtbot.mouseClick(timeline.undated, LEFT)
    assert timeline.view.isVisible()
